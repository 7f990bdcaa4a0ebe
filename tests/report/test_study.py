from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from llmpath.report.next import next_document, next_sentences
from llmpath.report.outlook import forecast_facts, forecast_object
from llmpath.report.start import start_document, start_sentences
from llmpath.report.timer import (
    open_document,
    open_sentences,
    timer_document,
    timer_sentences,
)
from llmpath.report.today import empty_today_document, today_document, today_sentences
from llmpath.report.views.changes import OpenView, TimerView
from llmpath.report.views.next import NextView
from tests.builders import TODAY
from tests.report.example_views import (
    HEADS_OBJECT,
    SCORES_FACTS,
    SCORES_OBJECT,
    a_start_view,
    next_on,
    today_on,
)
from tests.report.examples import (
    ATTENTION,
    HEADS,
    SCORES,
    a_start,
    as_text,
    completed,
    with_note,
)

AFTER_SEVEN_WEEKS = date(2027, 1, 8)


def test_the_document_of_next_has_the_contracts_keys_and_then_ours() -> None:
    assert as_text(next_document(next_on(TODAY))) == as_text(
        {
            "schema": "llmpath/next/1",
            "today": "2026-11-20",
            "lessons": [SCORES_OBJECT, HEADS_OBJECT],
            "reviews_due": None,
            "state": "today",
            "today_minutes": 60,
            "next_day": "2026-11-23",
            "returning": None,
        }
    )


def test_the_document_of_today_has_the_contracts_keys_and_then_ours() -> None:
    note = with_note(ATTENTION.id, "Two\nlines")
    view = today_on(AFTER_SEVEN_WEEKS, a_start(), completed(SCORES.id), note)
    document = today_document(view)
    lessons = document.pop("lessons")
    assert lessons == next_document(NextView(view.agenda, None))["lessons"]
    assert as_text(document) == as_text(
        {
            "schema": "llmpath/today/1",
            "today": "2027-01-08",
            "state": "today",
            "track": "short",
            "tracks": ["short"],
            "progress": {
                "done_lessons": 1,
                "lessons": 3,
                "done_minutes": 30,
                "minutes": 190,
                "percent": 15,
            },
            "this_week": {
                "planned_minutes": 0,
                "done_minutes": 0,
                "studied_minutes": 0,
            },
            "plan_ends": "2027-01-12",
            "target": None,
            "forecast": forecast_object(view.status.forecast),
            "today_minutes": 60,
            "next_day": "2027-01-11",
            "slack_days": None,
            "shortfall_minutes": 0,
            "returning": {
                "last_day": "2026-11-20",
                "days_away": 49,
                "lesson": "attention/scores",
                "note": "Two\nlines",
                "plan_ends": {"from": "2026-11-24", "to": "2027-01-12"},
                "short_lesson": "attention/heads",
            },
        }
    )


def test_today_in_an_empty_home_has_the_keys_of_any_day() -> None:
    empty = empty_today_document(TODAY)
    assert list(empty) == list(today_document(today_on(TODAY)))
    assert empty["forecast"] == forecast_object(None)
    assert {key: each for key, each in empty.items() if each and key != "forecast"} == {
        "schema": "llmpath/today/1",
        "today": "2026-11-20",
        "progress": {
            "done_lessons": 0,
            "lessons": 0,
            "done_minutes": 0,
            "minutes": 0,
            "percent": None,
        },
        "this_week": {"planned_minutes": 0, "done_minutes": 0, "studied_minutes": 0},
    }


def test_the_document_of_start_has_the_contracts_keys_and_then_ours() -> None:
    assert as_text(start_document(a_start_view())) == as_text(
        {
            "schema": "llmpath/start/1",
            "tracks": ["short"],
            "track": "short",
            "start": "2026-11-20",
            "hours": {
                "mon": 60,
                "tue": 60,
                "wed": 60,
                "thu": 60,
                "fri": 60,
                "sat": 0,
                "sun": 0,
            },
            "weekly_minutes": 300,
            "finish": "2026-11-24",
            "target": "2026-12-18",
            "feasible": True,
            "shortfall_minutes": 0,
            "forecast": forecast_object(a_start_view().forecast),
            "next": [SCORES_OBJECT, HEADS_OBJECT],
            "event": "laptop-0001",
            "slack_days": 24,
            "notes": [{"module": "attention", "text": "Watch the figures."}],
            "assumes": ["Python", "school algebra"],
            "paid_minutes": 40,
            "gpu_minutes": 40,
            "unknown_needs_minutes": 0,
            "sooner_order": None,
        }
    )


@pytest.mark.parametrize(
    ("target", "left_over", "feasible"),
    [(None, 0, None), (TODAY, 130, False), (TODAY, 0, True)],
)
def test_start_is_feasible_only_by_a_target_that_leaves_nothing_over(
    target: date | None, left_over: int, *, feasible: bool | None
) -> None:
    view = a_start_view()._replace(target=target, left_over=left_over)
    document = start_document(view)
    assert document["feasible"] is feasible
    assert document["shortfall_minutes"] == left_over


def test_start_without_tracks_has_nulls_and_empty_lists() -> None:
    view = a_start_view()._replace(
        tracks=(), agenda=None, finish=None, target=None, slack=None, event=None
    )
    document = start_document(view)
    keys = ("tracks", "track", "finish", "target", "feasible", "next", "event")
    assert [document[key] for key in keys] == [[], None, None, None, None, [], None]


def test_today_says_how_week_and_plan_stand_before_the_lessons() -> None:
    view = today_on(TODAY, a_start(target=date(2026, 11, 23)))
    view = view._replace(status=view.status._replace(left_over=70))
    assert today_sentences(view) == [
        "Track: Short",
        "Progress: 0 of 3 lessons done, 0 minutes of 3 hours 10 minutes, 0 percent",
        "Studied in all: 0 minutes",
        "Planned this week: 1 hour",
        "Done this week: 0 minutes of lessons",
        "Studied this week: 0 minutes",
        "On plan",
        "Plan ends: Tuesday 24 November",
        *forecast_facts(view.status.forecast),
        "Target: Monday 23 November, does not fit",
        "Left over at full attendance: 1 hour 10 minutes",
        *next_sentences(NextView(view.agenda, None)),
    ]


def test_start_says_what_it_takes_before_the_plan_and_the_first_lesson() -> None:
    assert start_sentences(a_start_view()) == [
        "Started: Short",
        "These tracks replace the ones before.",
        "First day: Friday 20 November",
        "Short: 3 required lessons, 3 hours 10 minutes",
        "Its document: 2 to 3 hours, stated by the source",
        "Costs money: 40 minutes of it",
        "Needs a GPU: 40 minutes of it",
        "Note on Attention: Watch the figures.",
        "Assumed and not taught: Python; school algebra",
        "Monday: 1 hour",
        "Tuesday: 1 hour",
        "Wednesday: 1 hour",
        "Thursday: 1 hour",
        "Friday: 1 hour",
        "Saturday: 0 minutes",
        "Sunday: 0 minutes",
        "Sum: 5 hours a week",
        "To change them: llmpath hours 6",
        "Or by day: llmpath hours mon-fri=45m,sat=2h",
        "Plan ends: Tuesday 24 November",
        *forecast_facts(a_start_view().forecast),
        "Target: Friday 18 December, fits if every study day is used",
        "Slack: 24 days",
        "Undo: llmpath undo",
        "Planned for today, Friday 20 November: 1 hour",
        "Study first: Scores",
        *SCORES_FACTS,
    ]


def test_start_of_what_is_active_says_that_nothing_changed() -> None:
    view = a_start_view()
    view = view._replace(tracks=view.tracks * 2, event=None)
    sentences = start_sentences(view)
    assert sentences[0] == "Nothing changed, active already: Short, then Short"
    assert "Undo: llmpath undo" not in sentences


def test_start_with_none_says_only_what_the_command_says() -> None:
    view = a_start_view()._replace(tracks=(), agenda=None, said=("Study stopped.",))
    assert start_sentences(view) == ["Study stopped.", "Undo: llmpath undo"]
    assert start_sentences(view._replace(said=(), event=None)) == [
        "No track is active."
    ]


SINCE = datetime(2026, 11, 20, 20, 5, tzinfo=timezone(timedelta(hours=1)))


@pytest.mark.parametrize(
    ("view", "document", "sentences"),
    [
        (
            TimerView("status", HEADS, SINCE, 25, None, ()),
            {
                "schema": "llmpath/timer/1",
                "running": True,
                "lesson": "attention/heads",
                "since": "2026-11-20T20:05:00+01:00",
                "minutes": 25,
                "event": None,
            },
            [
                (
                    "The timer runs for Heads since 20:05 on Friday 20 November 2026, "
                    "25 minutes so far."
                )
            ],
        ),
        (
            TimerView("start", HEADS, SINCE, 0, None, ("Timing heads.",)),
            {
                "schema": "llmpath/timer/1",
                "running": True,
                "lesson": "attention/heads",
                "since": "2026-11-20T20:05:00+01:00",
                "minutes": 0,
                "event": None,
            },
            ["Timing heads."],
        ),
        (
            TimerView("stop", HEADS, SINCE, 25, "laptop-0002", ("Logged.",)),
            {
                "schema": "llmpath/timer/1",
                "running": False,
                "lesson": "attention/heads",
                "since": "2026-11-20T20:05:00+01:00",
                "minutes": 25,
                "event": "laptop-0002",
            },
            ["Logged.", "Undo: llmpath undo"],
        ),
        (
            TimerView("status", None, None, None, None, ()),
            {
                "schema": "llmpath/timer/1",
                "running": False,
                "lesson": None,
                "since": None,
                "minutes": None,
                "event": None,
            },
            ["No timer is running."],
        ),
    ],
)
def test_the_timer_runs_after_start_and_not_after_stop(
    view: TimerView, document: dict[str, object], sentences: list[str]
) -> None:
    assert as_text(timer_document(view)) == as_text(document)
    assert timer_sentences(view) == sentences


@pytest.mark.parametrize(
    ("is_opened", "sentence"),
    [
        (True, "Opened in the browser: attention/heads"),
        (False, "No browser opened: attention/heads"),
    ],
)
def test_open_says_whether_a_browser_took_the_link(
    *, is_opened: bool, sentence: str
) -> None:
    view = OpenView(HEADS.id, HEADS.url or "", is_opened)
    assert as_text(open_document(view)) == as_text(
        {
            "schema": "llmpath/open/1",
            "lesson": "attention/heads",
            "url": "https://example.org/heads",
            "opened": is_opened,
        }
    )
    assert open_sentences(view) == [sentence, "Link: https://example.org/heads"]


def test_a_change_of_an_active_track_is_not_called_a_start() -> None:
    view = a_start_view()._replace(said=("First day moved to Monday 30 November.",))
    said = start_sentences(view)
    assert said[:2] == ["First day moved to Monday 30 November.", "Active: Short"]


def test_an_unchanged_start_says_so_once_and_leaves_out_the_notes() -> None:
    view = a_start_view()._replace(event=None, said=("Nothing was changed.",))
    said = start_sentences(view)
    assert said[0] == "Nothing changed, active already: Short"
    assert "Nothing was changed." not in said
    assert not any(each.startswith(("Note on", "Assumed")) for each in said)
