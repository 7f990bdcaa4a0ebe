from __future__ import annotations

from datetime import date

import pytest

from llmpath.core.events import LeaveSet
from llmpath.report.look import (
    status_document,
    status_sentences,
    tracks_document,
    tracks_sentences,
)
from llmpath.report.outlook import forecast_facts, forecast_object
from llmpath.report.views.progress import TracksView
from tests.builders import TODAY, a_record
from tests.report.example_views import status_on, track_summary
from tests.report.examples import (
    MONDAY,
    SCORES,
    SHORT,
    a_start,
    as_text,
    completed,
    objects,
)


def a_progress(
    done: int, lessons: int, done_minutes: int, minutes: int, percent: int | None
) -> dict[str, object]:
    return {
        "done_lessons": done,
        "lessons": lessons,
        "done_minutes": done_minutes,
        "minutes": minutes,
        "percent": percent,
    }


def test_the_document_of_status_has_the_contracts_keys_and_then_ours() -> None:
    start = a_start(target=date(2026, 12, 18))
    view = status_on(MONDAY, start, completed(SCORES.id), weeks=2)
    assert as_text(status_document(view)) == as_text(
        {
            "schema": "llmpath/status/1",
            "today": "2026-11-23",
            "track": "short",
            "tracks": ["short"],
            "progress": a_progress(1, 3, 30, 190, 15),
            "phases": [
                {
                    "id": "short-1",
                    "title": "Phase 1",
                    "progress": a_progress(1, 3, 30, 190, 15),
                    "modules": [
                        {
                            "id": "attention",
                            "title": "Attention",
                            "status": "active",
                            "progress": a_progress(1, 2, 30, 150, 20),
                        },
                        {
                            "id": "tuning",
                            "title": "Tuning",
                            "status": "blocked",
                            "progress": a_progress(0, 1, 0, 40, 0),
                        },
                    ],
                },
                {
                    "id": "short-2",
                    "title": "Phase 2",
                    "progress": a_progress(0, 0, 0, 0, None),
                    "modules": [
                        {
                            "id": "extras",
                            "title": "Extras",
                            "status": "ready",
                            "progress": a_progress(0, 0, 0, 0, None),
                        }
                    ],
                },
            ],
            "studied_minutes": 30,
            "this_week": {
                "planned_minutes": 130,
                "done_minutes": 0,
                "studied_minutes": 0,
            },
            "weeks": [
                {
                    "start": "2026-11-16",
                    "planned_minutes": 60,
                    "done_minutes": 30,
                    "studied_minutes": 30,
                },
                {
                    "start": "2026-11-23",
                    "planned_minutes": 130,
                    "done_minutes": 0,
                    "studied_minutes": 0,
                },
            ],
            "ahead_days": -1,
            "target": "2026-12-18",
            "forecast": forecast_object(view.summary.forecast),
            "curriculum": {"id": "llmpath", "edition": "2026.11"},
            "started": "2026-11-20",
            "plan_ends": "2026-11-25",
            "accepted_plan_ends": "2026-11-24",
            "slack_days": 23,
            "shortfall_minutes": 0,
            "returning": None,
        }
    )


def test_status_without_weeks_and_target_has_nulls() -> None:
    document = status_document(status_on(TODAY))
    assert [document[key] for key in ("weeks", "target", "slack_days")] == [None] * 3


def test_status_says_progress_week_plan_and_then_every_module() -> None:
    start = a_start(target=date(2026, 12, 18))
    view = status_on(MONDAY, start, completed(SCORES.id), weeks=1)
    assert status_sentences(view) == [
        "Track: Short",
        "Progress: 1 of 3 lessons done, 30 minutes of 3 hours 10 minutes, 15 percent",
        "Studied in all: 30 minutes",
        "Planned this week: 2 hours 10 minutes",
        "Done this week: 0 minutes of lessons",
        "Studied this week: 0 minutes",
        "1 study day behind the accepted plan",
        "Plan ends: Wednesday 25 November, was Tuesday 24 November",
        *forecast_facts(view.summary.forecast),
        "Target: Friday 18 December, fits if every study day is used",
        "Slack: 23 days",
        (
            "Week from Monday 23 November: 2 hours 10 minutes planned, 0 minutes done, "
            "0 minutes studied"
        ),
        (
            "Phase: Phase 1, 1 of 3 lessons done, "
            "30 minutes of 3 hours 10 minutes, 15 percent"
        ),
        (
            "Module: Attention, begun, 1 of 2 lessons done, "
            "30 minutes of 2 hours 30 minutes, 20 percent"
        ),
        (
            "Module: Tuning, later: after Attention, 0 of 1 lesson done, "
            "0 minutes of 40 minutes, 0 percent"
        ),
        "Phase: Phase 2, nothing to count",
        "Module: Extras, optional, open",
    ]


def test_status_after_a_break_begins_with_where_one_stopped() -> None:
    view = status_on(date(2027, 1, 8), a_start(), completed(SCORES.id))
    assert status_sentences(view)[:4] == [
        "Last time: Friday 20 November 2026",
        "You stopped at: Scores",
        "Nothing is overdue.",
        "Plan ends: Tuesday 12 January; before: Tuesday 24 November 2026",
    ]
    assert status_document(view)["returning"] == {
        "last_day": "2026-11-20",
        "days_away": 49,
        "lesson": "attention/scores",
        "note": None,
        "plan_ends": {"from": "2026-11-24", "to": "2027-01-12"},
        "short_lesson": "attention/heads",
    }


@pytest.mark.parametrize(
    ("ahead", "sentence"),
    [
        (2, "2 study days ahead of the accepted plan"),
        (0, "On plan"),
        (-1, "1 study day behind the accepted plan"),
    ],
)
def test_ahead_and_behind_are_counted_in_study_days(ahead: int, sentence: str) -> None:
    view = status_on(TODAY)
    view = view._replace(summary=view.summary._replace(ahead=ahead))
    assert status_sentences(view)[6] == sentence


def test_status_without_a_plan_says_nothing_of_one() -> None:
    view = status_on(TODAY)
    nothing = view.summary.forecast._replace(remaining_minutes=0)
    bare = view.summary._replace(tracks=(), ahead=None, finish=None, forecast=nothing)
    assert status_sentences(view._replace(summary=bare, phases=())) == [
        "No track is active.",
        "Progress: 0 of 3 lessons done, 0 minutes of 3 hours 10 minutes, 0 percent",
        "Studied in all: 0 minutes",
        "Planned this week: 1 hour",
        "Done this week: 0 minutes of lessons",
        "Studied this week: 0 minutes",
    ]


def test_the_document_of_tracks_counts_required_lessons() -> None:
    view = TracksView((track_summary(a_start(), completed(SCORES.id)),))
    assert as_text(tracks_document(view)) == as_text(
        {
            "schema": "llmpath/tracks/1",
            "tracks": [
                {
                    "id": "short",
                    "title": "Short",
                    "summary": "A track.",
                    "stated_hours": [2, 3],
                    "phases": 2,
                    "modules": 2,
                    "lessons": 3,
                    "minutes": 190,
                    "optional_minutes": 25,
                    "paid_minutes": 40,
                    "active": True,
                    "done_lessons": 1,
                    "gpu_minutes": 40,
                    "unknown_needs_minutes": 0,
                }
            ],
        }
    )


@pytest.mark.parametrize(
    ("stated", "value", "words"),
    [
        ((80, None), [80, None], "80 hours or more, stated by the source"),
        ((3, 3), [3, 3], "3 hours, stated by the source"),
        ((1, 1), [1, 1], "1 hour, stated by the source"),
        (None, None, "no hours stated by the source"),
    ],
)
def test_stated_hours_may_be_open_or_absent(
    stated: tuple[int, int | None] | None, value: object, words: str
) -> None:
    summary = track_summary()
    summary = summary._replace(track=SHORT._replace(stated_hours=stated))
    (track,) = objects(tracks_document(TracksView((summary,))), "tracks")
    assert track["stated_hours"] == value
    assert f"Its document: {words}" in tracks_sentences(TracksView((summary,)))


def test_tracks_say_what_each_is_for_and_what_it_takes() -> None:
    active = track_summary(a_start(), completed(SCORES.id))
    free = active._replace(
        is_active=False,
        done_lessons=0,
        paid_minutes=0,
        gpu_minutes=0,
        optional_minutes=0,
    )
    assert tracks_sentences(TracksView((active, free))) == [
        "Track: Short, id short, active",
        "A track.",
        "For: Anyone.",
        "Short: 3 required lessons, 3 hours 10 minutes",
        "Its document: 2 to 3 hours, stated by the source",
        "Costs money: 40 minutes of it",
        "Needs a GPU: 40 minutes of it",
        "Optional besides: 25 minutes",
        "1 of 3 lessons done",
        "Track: Short, id short",
        "A track.",
        "For: Anyone.",
        "Short: 3 required lessons, 3 hours 10 minutes",
        "Its document: 2 to 3 hours, stated by the source",
        "Costs money: none of it",
        "Needs a GPU: none of it",
        "To start one: llmpath start --track ID",
    ]


def test_who_comes_back_is_not_told_how_far_behind_they_are() -> None:
    said = status_sentences(status_on(date(2027, 1, 8), a_start()))
    assert "Nothing is overdue." in said
    assert not any("behind" in each for each in said)


def test_a_plan_without_room_has_no_date_to_end_on() -> None:
    endless = a_record(LeaveSet({}, TODAY, changes_break=True), n=2)
    assert "Plan ends: no date, was Tuesday 24 November" in status_sentences(
        status_on(TODAY, a_start(), endless)
    )


@pytest.mark.parametrize(
    ("gpu", "unknown", "said"),
    [
        (0, 0, "Needs a GPU: none of it"),
        (60, 0, "Needs a GPU: 1 hour of it"),
        (
            0,
            2340,
            "Needs a GPU: none as far as is known; no source says for 39 hours",
        ),
        (60, 120, "Needs a GPU: 1 hour of it; no source says for 2 hours"),
    ],
)
def test_a_gpu_is_ruled_out_only_where_a_source_says_so(
    gpu: int, unknown: int, said: str
) -> None:
    summary = track_summary()._replace(gpu_minutes=gpu, unknown_minutes=unknown)
    assert said in tracks_sentences(TracksView((summary,)))
