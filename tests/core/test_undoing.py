"""What an undo leaves: lessons that other records complete as well."""

from __future__ import annotations

from hypothesis import strategies as st

from llmpath.core.events import (
    LessonsCompleted,
    LessonsReopened,
    Record,
    RecordsVoided,
    next_lamport,
)
from llmpath.core.folding import fold
from llmpath.core.undoing import StillDone, still_done
from tests.builders import TODAY, a_record
from tests.strategies import LESSON_IDS, Step, completed, histories, law

ONE, TWO, OTHER = "llmpath:a/one", "llmpath:a/two", "llmpath:b/one"
DONE = a_record(completed((ONE, TWO), 30), n=1)
DONE_THERE = a_record(completed((TWO, OTHER), 30), device="phone-0002", lamport=2)


def undo(record: Record, records: tuple[Record, ...]) -> Record:
    """A record that takes one back."""
    return a_record(
        RecordsVoided((record.id,)),
        n=sum(each.device == record.device for each in records) + 1,
        device=record.device,
        lamport=next_lamport(records),
    )


def after_undo(
    record: Record, *records: Record
) -> tuple[tuple[Record, ...], tuple[StillDone, ...]]:
    """The records with an undo behind them, and what keeps lessons done then."""
    longer = (*records, undo(record, records))
    return longer, still_done(longer, record, fold(records), fold(longer))


def lessons_of(record: Record) -> set[str]:
    return {
        lesson
        for event in record.events
        if isinstance(event, LessonsCompleted)
        for lesson in event.lessons
    }


@law(histories(), st.integers(0, 9))
def test_lessons_that_stay_done_are_open_once_all_that_is_named_is_taken_back(
    history: tuple[Step, ...], pick: int
) -> None:
    there = a_record(completed(LESSON_IDS, 30), device="desk-0004", lamport=pick)
    records = (*(step.record for step in history), there)
    completing = [each for each in records if lessons_of(each)]
    undone = completing[pick % len(completing)]
    records, kept = after_undo(undone, *records)
    progress = fold(records)
    done = {each for each in lessons_of(undone) if progress.is_done(each)}

    assert {lesson for each in kept for lesson in each.lessons} == done
    assert {(each.id, lesson) for each in kept for lesson in each.lessons} == {
        (name, lesson)
        for lesson in done
        for name in progress.completions[lesson].records
    }
    by_id = {each.id: each for each in records}
    for each in kept:
        records = (*records, undo(by_id[each.id], records))
    assert not any(fold(records).is_done(lesson) for lesson in lessons_of(undone))


def test_a_lesson_done_on_two_devices_stays_done_by_the_other_record() -> None:
    _, kept = after_undo(DONE, DONE, DONE_THERE)

    assert kept == (StillDone(DONE_THERE.id, TODAY, "phone-0002", (TWO,)),)


def test_where_no_other_record_completes_them_nothing_stays_done() -> None:
    assert after_undo(DONE_THERE, DONE, DONE_THERE)[1][0].lessons == (TWO,)
    assert after_undo(DONE, DONE)[1] == ()


def test_a_completion_that_was_reopened_or_taken_back_keeps_nothing_done() -> None:
    reopened = a_record(LessonsReopened({TWO: (DONE_THERE.id,)}), n=2, lamport=3)
    assert after_undo(DONE, DONE, DONE_THERE, reopened)[1] == ()

    without, _ = after_undo(DONE_THERE, DONE, DONE_THERE)
    assert after_undo(DONE, *without)[1] == ()


def test_undo_of_a_redo_says_what_stays_done_of_what_that_had_restored() -> None:
    undone, _ = after_undo(DONE, DONE, DONE_THERE)
    redone, _ = after_undo(undone[-1], *undone)
    _, kept = after_undo(redone[-1], *redone)

    assert [(each.id, each.lessons) for each in kept] == [(DONE_THERE.id, (TWO,))]


def test_what_is_taken_back_already_is_told_as_well() -> None:
    records, kept = after_undo(DONE, DONE, DONE_THERE)
    progress = fold(records)

    assert still_done(records, DONE, progress, progress) == kept


def test_records_that_keep_lessons_done_stand_in_their_order() -> None:
    third = a_record(completed((ONE,), 30), device="tower-0003", lamport=3)
    _, kept = after_undo(DONE, third, DONE_THERE, DONE)

    assert [each.id for each in kept] == [DONE_THERE.id, third.id]
