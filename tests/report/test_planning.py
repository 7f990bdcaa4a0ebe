from __future__ import annotations

from datetime import date

import pytest

from llmpath.core.availability import ONE_DAY
from llmpath.core.events import LeaveSet
from llmpath.report.planning import (
    hours_document,
    hours_sentences,
    plan_document,
    plan_sentences,
    target_document,
    target_sentences,
)
from llmpath.report.views.planning import Dates, TargetView
from tests.builders import TODAY, a_record
from tests.report.example_views import (
    CHANGED,
    FITS,
    FRIDAY,
    NEXT_YEAR,
    TUESDAY,
    plan_on,
)
from tests.report.examples import (
    SCORES,
    a_start,
    as_text,
    completed,
)


def a_block(
    day: str, lesson: str, minutes: int, part: int, parts: int
) -> dict[str, object]:
    return {
        "day": day,
        "lesson": lesson,
        "minutes": minutes,
        "part": part,
        "parts": parts,
        "title": lesson.partition("/")[2].title(),
    }


def test_the_document_of_plan_holds_all_weeks_whatever_is_shown() -> None:
    leave = a_record(LeaveSet({TUESDAY: 0}), n=2)
    view = plan_on(TODAY, a_start(target=NEXT_YEAR), leave)
    assert as_text(plan_document(view)) == as_text(
        {
            "schema": "llmpath/plan/1",
            "today": "2026-11-20",
            "start": "2026-11-20",
            "finish": "2026-11-25",
            "shortfall_minutes": 0,
            "blocks": [
                a_block("2026-11-20", "attention/scores", 30, 1, 1),
                a_block("2026-11-20", "attention/heads", 30, 1, 4),
                a_block("2026-11-23", "attention/heads", 30, 2, 4),
                a_block("2026-11-23", "attention/heads", 30, 3, 4),
                a_block("2026-11-25", "attention/heads", 30, 4, 4),
                a_block("2026-11-25", "tuning/adapters", 40, 1, 1),
            ],
            "weeks": [
                {
                    "start": "2026-11-16",
                    "capacity_minutes": 60,
                    "planned_minutes": 60,
                },
                {
                    "start": "2026-11-23",
                    "capacity_minutes": 240,
                    "planned_minutes": 130,
                },
            ],
            "curriculum": {"id": "llmpath", "edition": "2026.11"},
            "started": "2026-11-20",
            "target": "2027-01-08",
            "phases": [{"title": "Phase 1", "end": "2026-11-25"}],
            "days": [{"day": "2026-11-24", "minutes": 0}],
        }
    )


def test_minutes_without_room_are_the_plans_shortfall() -> None:
    view = plan_on(TODAY, a_start(week=(0, 0, 0, 0, 0, 0, 0)))
    document = plan_document(view)
    assert (document["finish"], document["shortfall_minutes"]) == (None, 190)
    assert plan_sentences(view)[:5] == [
        "Nothing is planned.",
        "Plan ends: no date",
        "No room for 3 hours 10 minutes of lessons",
        "Your days off: llmpath off list",
        "Your hours: llmpath hours",
    ]


def test_plan_says_a_block_a_line_and_how_to_see_the_rest() -> None:
    view = plan_on(TODAY, a_start(target=NEXT_YEAR))
    assert plan_sentences(view) == [
        "Plan ends: Tuesday 24 November",
        "Target: Friday 8 January 2027, fits if every study day is used",
        "Slack: 45 days",
        "Week from Monday 16 November: 1 hour planned, 1 hour available",
        "Friday 20 November: Scores, 30 minutes, module Attention",
        "Friday 20 November: Heads, part 1 of 4, 30 minutes, module Attention",
        "Week from Monday 23 November: 2 hours 10 minutes planned, 5 hours available",
    ]
    later = view._replace(milestones=())
    assert plan_sentences(later)[-1] == "1 more week: llmpath plan --all"


def test_plan_says_what_was_done_and_which_days_are_off() -> None:
    leave = a_record(LeaveSet({TUESDAY: 0, FRIDAY: 30}), n=3)
    view = plan_on(TODAY, a_start(), completed(SCORES.id), leave, weeks=2)
    heads = "Heads, part {} of 4, 30 minutes, module Attention"
    assert plan_sentences(view) == [
        "Plan ends: Wednesday 25 November",
        "Week from Monday 16 November: 30 minutes planned, 1 hour available",
        "Friday 20 November: done, Scores",
        f"Friday 20 November: {heads.format(1)}",
        (
            "Week from Monday 23 November: 2 hours 10 minutes planned, "
            "3 hours 30 minutes available"
        ),
        f"Monday 23 November: {heads.format(2)}",
        f"Monday 23 November: {heads.format(3)}",
        "Tuesday 24 November: day off",
        f"Wednesday 25 November: {heads.format(4)}",
        "Wednesday 25 November: Adapters, 40 minutes, module Tuning",
        "Thursday 26 November: free, 1 hour",
        "Friday 27 November: 30 minutes on this date",
        "Friday 27 November: free, 30 minutes",
    ]


@pytest.mark.parametrize("command", ["hours", "off-add", "off-list", "off-remove"])
def test_hours_and_days_off_have_the_contracts_keys_and_then_ours(
    command: str,
) -> None:
    assert as_text(hours_document(CHANGED._replace(command=command))) == as_text(
        {
            "schema": f"llmpath/{command}/1",
            "hours": {
                "mon": 60,
                "tue": 0,
                "wed": 0,
                "thu": 0,
                "fri": 0,
                "sat": 180,
                "sun": 0,
            },
            "weekly_minutes": 240,
            "days": [
                {"day": "2026-11-24", "minutes": 0},
                {"day": "2027-01-08", "minutes": 30},
            ],
            "finish": {"from": "2026-11-24", "to": "2026-11-27"},
            "event": "laptop-0002",
            "open_from": None,
            "moved_lessons": 2,
        }
    )


def test_hours_say_all_seven_days_the_sum_and_what_moved() -> None:
    assert hours_sentences(CHANGED) == [
        "Hours set.",
        "Monday: 1 hour",
        "Tuesday: 0 minutes",
        "Wednesday: 0 minutes",
        "Thursday: 0 minutes",
        "Friday: 0 minutes",
        "Saturday: 3 hours",
        "Sunday: 0 minutes",
        "Sum: 4 hours a week",
        "To change them: llmpath hours 6",
        "Or by day: llmpath hours mon-fri=45m,sat=2h",
        "Tuesday 24 November: day off",
        "Friday 8 January 2027: 30 minutes on this date",
        "Plan ends: Friday 27 November; before: Tuesday 24 November",
        "2 lessons begin on another day",
        "Undo: llmpath undo",
    ]


@pytest.mark.parametrize(
    ("dates", "moved", "sentences"),
    [
        (
            Dates(TUESDAY, TUESDAY),
            0,
            [
                "Plan ends: Tuesday 24 November, as before",
                "No lesson begins on another day",
            ],
        ),
        (
            Dates(TUESDAY, None),
            1,
            ["Plan ends: no date", "1 lesson begins on another day"],
        ),
        (
            Dates(None, TUESDAY),
            1,
            ["Plan ends: Tuesday 24 November", "1 lesson begins on another day"],
        ),
        (Dates(None, None), 0, []),
    ],
)
def test_a_day_off_says_what_it_did_to_the_plans_end(
    dates: Dates, moved: int, sentences: list[str]
) -> None:
    view = CHANGED._replace(command="off-add", dates=dates, moved=moved)
    assert hours_sentences(view) == ["Hours set.", *sentences, "Undo: llmpath undo"]


@pytest.mark.parametrize(
    ("open_from", "sentences"),
    [
        (None, ["No days off are set."]),
        (TUESDAY, ["Break from Tuesday 24 November, without an end"]),
    ],
)
def test_the_list_of_days_off_names_an_open_break(
    open_from: date | None, sentences: list[str]
) -> None:
    view = CHANGED._replace(
        command="off-list", days=(), open_from=open_from, said=(), event=None
    )
    assert hours_sentences(view) == [
        *sentences,
        "Plan ends: Friday 27 November",
        "To add a day off: llmpath off add DATE",
    ]


@pytest.mark.parametrize(
    ("view", "feasible"),
    [(FITS, True), (FITS._replace(left_over=70), False)],
)
def test_a_target_is_feasible_if_nothing_is_left_over(
    view: TargetView, *, feasible: bool
) -> None:
    assert as_text(target_document(view)) == as_text(
        {
            "schema": "llmpath/target/1",
            "target": "2026-12-18",
            "feasible": feasible,
            "shortfall_minutes": view.left_over,
            "needed_weekly_minutes": {
                "p50": None,
                "p80": None,
                "p95": None,
                "full_attendance": 50,
            },
            "chance": None,
            "options": [],
            "plan_ends": "2026-11-27",
            "slack_days": 21,
            "weekly_minutes": 300,
            "event": "laptop-0002",
        }
    )


def test_without_a_target_there_is_nothing_to_be_feasible() -> None:
    view = FITS._replace(target=None, slack=None, needed=None, said=(), event=None)
    document = target_document(view)
    assert (document["target"], document["feasible"]) == (None, None)
    assert target_sentences(view) == [
        "No target is set.",
        "Plan ends: Friday 27 November",
        "To set one: llmpath target DATE",
    ]


@pytest.mark.parametrize(
    ("view", "sentences"),
    [
        (
            FITS,
            [
                "Target: Friday 18 December, fits if every study day is used",
                "Slack: 21 days",
            ],
        ),
        (
            FITS._replace(slack=0),
            [
                "Target: Friday 18 December, fits if every study day is used",
                "Slack: 0 days",
            ],
        ),
        (
            FITS._replace(slack=-1),
            [
                "Target: Friday 18 December, fits only if all your hours are used",
                "As planned it ends 1 day after the target",
            ],
        ),
        (
            FITS._replace(slack=-9, left_over=70),
            [
                "Target: Friday 18 December, does not fit",
                "Left over at full attendance: 1 hour 10 minutes",
            ],
        ),
        (
            FITS._replace(today=NEXT_YEAR, left_over=70),
            [
                "Target: Friday 18 December 2026, has passed",
                "To set another: llmpath target DATE",
            ],
        ),
        (
            FITS._replace(slack=None),
            ["Target: Friday 18 December, fits"],
        ),
    ],
)
def test_a_target_fits_fits_only_just_or_does_not(
    view: TargetView, sentences: list[str]
) -> None:
    ends = "Plan ends: Friday 27 November"
    assert target_sentences(view) == [
        "Target set.",
        *sentences,
        "Needed at full attendance: 50 minutes a week; you have 5 hours",
        f"{ends} 2026" if view.today == NEXT_YEAR else ends,
        "Undo: llmpath undo",
    ]


def test_weeks_without_a_block_are_followed_by_the_first_that_has_some() -> None:
    off = a_record(LeaveSet({TODAY + n * ONE_DAY: 0 for n in range(12)}), n=2)
    view = plan_on(TODAY, a_start(), off)
    assert view.next_day == date(2026, 12, 2)
    said = plan_sentences(view)
    assert "Next study day: Wednesday 2 December" in said
    assert "Week from Monday 30 November: 3 hours 10 minutes planned" in " ".join(said)


def test_a_target_after_the_last_lesson_names_no_end() -> None:
    view = FITS._replace(finish=None, slack=None, needed=0)
    assert not any(each.startswith("Plan ends") for each in target_sentences(view))
