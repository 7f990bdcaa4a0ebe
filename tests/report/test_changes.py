from __future__ import annotations

import pytest

from llmpath.core.counting import Tally
from llmpath.core.undoing import HistoryEntry
from llmpath.report.changes import (
    change_document,
    change_sentences,
    history_document,
    history_sentences,
    notes_document,
    notes_sentences,
    undo_document,
    undo_sentences,
)
from llmpath.report.next import next_document
from llmpath.report.views.changes import HistoryView, UndoView
from llmpath.report.views.next import NextView
from tests.report.example_views import (
    LOGGED,
    ONE_OF_THREE,
    STILL_DONE,
    a_change,
    a_notes_view,
)
from tests.report.examples import (
    ADAPTERS,
    ATTENTION,
    EXTRAS,
    HEADS,
    ORIGINS,
    SCORES,
    TUNING,
    as_text,
)

PROGRESS = {
    "done_lessons": 1,
    "lessons": 3,
    "done_minutes": 30,
    "minutes": 190,
    "percent": 15,
}
PROGRESS_FACT = (
    "Progress: 1 of 3 lessons done, 30 minutes of 3 hours 10 minutes, 15 percent"
)


@pytest.mark.parametrize(
    "command", ["done", "skip", "include", "later", "reopen", "log", "note"]
)
def test_all_changes_have_the_contracts_keys_and_then_ours(command: str) -> None:
    view = a_change(command, SCORES.id)._replace(
        unchanged=(HEADS.id,), questions=((ATTENTION, ("Explain attention",)),)
    )
    assert view.following is not None
    assert as_text(change_document(view)) == as_text(
        {
            "schema": f"llmpath/{command}/1",
            "event": "laptop-0002",
            "changed": ["attention/scores"],
            "unchanged": ["attention/heads"],
            "progress": PROGRESS,
            "questions": [{"module": "attention", "outcomes": ["Explain attention"]}],
            "next": next_document(NextView(view.following, None))["lessons"],
            "moved_lessons": None,
        }
    )


def test_a_change_of_nothing_has_a_null_event_and_no_undo() -> None:
    view = a_change()._replace(
        event=None, following=None, tally=Tally(0, 0, 0, 0), said=("Done already.",)
    )
    document = change_document(view)
    assert (document["event"], document["changed"], document["next"]) == (None, [], [])
    assert change_sentences(view) == ["Done already.", "Progress: nothing to count"]


def test_done_says_what_it_did_how_far_one_is_and_what_comes_next() -> None:
    assert change_sentences(a_change("done", SCORES.id)) == [
        "Done: Scores.",
        "Logged 30 minutes.",
        PROGRESS_FACT,
        "Next: Heads, part 1 of 4, 30 minutes now, 1 hour 30 minutes left after that",
        "To see it: llmpath next",
        "Undo: llmpath undo",
    ]


def test_done_of_a_module_asks_its_outcomes_one_a_line() -> None:
    view = a_change("done", SCORES.id, HEADS.id)._replace(
        questions=(
            (ATTENTION, ("Explain attention", "Say what heads add")),
            (EXTRAS, ()),
            (TUNING, ("Explain tuning",)),
        )
    )
    assert change_sentences(view)[2:] == [
        PROGRESS_FACT,
        "Answer without looking, on Attention:",
        "Explain attention",
        "Say what heads add",
        "Answer without looking, on Tuning:",
        "Explain tuning",
        "Today's minutes are used.",
        "Next study day: Monday 23 November",
        "Next: Adapters, 40 minutes",
        "To see it: llmpath next",
        "Undo: llmpath undo",
    ]


def test_done_of_the_last_lesson_says_that_all_is_done() -> None:
    every = (SCORES.id, HEADS.id, ADAPTERS.id, ORIGINS.id)
    assert change_sentences(a_change("done", *every))[2:] == [
        PROGRESS_FACT,
        "All lessons of the plan are done or skipped.",
        "What else there is: llmpath tracks",
        "Undo: llmpath undo",
    ]


@pytest.mark.parametrize("command", ["later", "note"])
def test_what_moves_no_progress_says_none(command: str) -> None:
    view = a_change(command, SCORES.id)._replace(said=("Noted.",), following=None)
    assert change_sentences(view) == ["Noted.", "Undo: llmpath undo"]


def test_a_change_without_sentences_names_its_ids() -> None:
    view = a_change("skip", SCORES.id, HEADS.id)
    view = view._replace(said=(), unchanged=(ORIGINS.id,), following=None)
    assert change_sentences(view)[:2] == [
        "Changed by skip: attention/scores and attention/heads",
        "Unchanged: extras/origins",
    ]


def test_notes_are_shown_oldest_first_without_changing_anything() -> None:
    view = a_notes_view()
    assert as_text(notes_document(view)) == as_text(
        {
            "schema": "llmpath/note/1",
            "event": None,
            "changed": [],
            "unchanged": [],
            "progress": PROGRESS,
            "id": "attention",
            "title": "Attention",
            "notes": [
                {"day": "2026-11-19", "text": "One\nline"},
                {"day": "2026-11-20", "text": "Another"},
            ],
        }
    )
    assert notes_sentences(view) == [
        "2 notes on Attention",
        "Thursday 19 November 2026: One line",
        "Friday 20 November 2026: Another",
        "To add one: llmpath note attention TEXT",
    ]
    assert notes_sentences(view._replace(notes=()))[0] == "No notes on Attention"


@pytest.mark.parametrize(
    ("command", "is_dry_run", "sentences"),
    [
        (
            "undo",
            False,
            [
                "Taken back: done attention",
                PROGRESS_FACT,
                "To restore it: llmpath redo",
            ],
        ),
        (
            "redo",
            False,
            ["Restored: done attention", PROGRESS_FACT, "Undo: llmpath undo"],
        ),
        (
            "undo",
            True,
            [
                "This would be taken back: done attention",
                "Nothing was changed.",
                "To do it: llmpath undo laptop-0002",
            ],
        ),
    ],
)
def test_undo_and_redo_name_the_command_that_they_are_about(
    command: str, sentences: list[str], *, is_dry_run: bool
) -> None:
    event = None if is_dry_run else "laptop-0003"
    view = UndoView(
        command, event, "laptop-0002", "done attention", ONE_OF_THREE, is_dry_run
    )
    assert as_text(undo_document(view)) == as_text(
        {
            "schema": f"llmpath/{command}/1",
            "event": event,
            "voided": "laptop-0002",
            "command": "done attention",
            "progress": PROGRESS,
            "dry_run": is_dry_run,
            "still_done": [],
        }
    )
    assert undo_sentences(view) == sentences


STILL_DONE_FACTS = [
    (
        "attention/scores and attention/heads stay done, "
        "by record phone-0002 of Friday 20 November 2026 on phone-c01d"
    ),
    "To take that one back: llmpath undo phone-0002",
    (
        "attention/heads stays done, "
        "by record tower-0007 of Tuesday 1 December 2026 on tower-99aa"
    ),
    "To take that one back: llmpath undo tower-0007",
]


@pytest.mark.parametrize("is_dry_run", [False, True])
def test_undo_says_by_which_records_lessons_stay_done_and_what_undoes_each(
    *, is_dry_run: bool
) -> None:
    view = UndoView(
        "undo", None, "x", "done attention", ONE_OF_THREE, is_dry_run, STILL_DONE
    )
    assert undo_document(view)["still_done"] == [
        {
            "id": "phone-0002",
            "day": "2026-11-20",
            "device": "phone-c01d",
            "lessons": ["attention/scores", "attention/heads"],
        },
        {
            "id": "tower-0007",
            "day": "2026-12-01",
            "device": "tower-99aa",
            "lessons": ["attention/heads"],
        },
    ]
    assert undo_sentences(view)[1:5] == STILL_DONE_FACTS


def test_of_more_than_three_lessons_that_stay_done_the_number_is_said() -> None:
    ids = tuple(f"llmpath:attention/part-{n}" for n in range(4))
    view = UndoView("undo", None, "x", "done", ONE_OF_THREE, is_dry_run=False)
    kept = STILL_DONE[0]._replace(lessons=ids)
    said = undo_sentences(view._replace(still_done=(kept,)))[1]
    assert said.startswith("4 lessons stay done, by record phone-0002 of ")


STARTED = LOGGED._replace(
    id="laptop-0001", command="start", lessons=(), minutes=0, is_voided=False
)


def test_history_lists_records_as_given_with_how_many_there_are() -> None:
    assert as_text(history_document(HistoryView((LOGGED, STARTED), 7))) == as_text(
        {
            "schema": "llmpath/history/1",
            "events": [
                {
                    "id": "laptop-0002",
                    "at": "2026-11-20T20:00:00.000+01:00",
                    "day": "2026-11-20",
                    "device": "laptop-0001",
                    "command": "done attention --took 2h",
                    "lessons": ["attention/scores", "attention/heads"],
                    "minutes": 120,
                    "voided": True,
                },
                {
                    "id": "laptop-0001",
                    "at": "2026-11-20T20:00:00.000+01:00",
                    "day": "2026-11-20",
                    "device": "laptop-0001",
                    "command": "start",
                    "lessons": [],
                    "minutes": 0,
                    "voided": False,
                },
            ],
            "total": 7,
        }
    )


@pytest.mark.parametrize(
    ("entries", "total", "sentences"),
    [
        ((), 0, ["Nothing was written yet."]),
        (
            (LOGGED,),
            2,
            [
                (
                    "done attention --took 2h: Friday 20 November 2026, 2 lessons, "
                    "2 hours logged, taken back, on laptop-0001, record laptop-0002"
                ),
                "1 of 2 shown; all of them: llmpath history -n 2",
            ],
        ),
        (
            (STARTED,),
            1,
            [
                "start: Friday 20 November 2026, on laptop-0001, record laptop-0001",
            ],
        ),
    ],
)
def test_history_says_a_record_a_line_and_how_to_see_the_rest(
    entries: tuple[HistoryEntry, ...], total: int, sentences: list[str]
) -> None:
    assert history_sentences(HistoryView(entries, total)) == sentences
