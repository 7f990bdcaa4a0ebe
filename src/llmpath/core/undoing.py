"""Which record `undo` and `redo` are about, what it leaves, and the journal as a list.

An undo is a record that voids another; a redo is one that voids an undo. Both are
records like any other: nothing is removed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from llmpath.core.events import (
    Event,
    LessonDeferred,
    LessonsCompleted,
    LessonsIncluded,
    LessonsLinked,
    LessonsReopened,
    LessonsSkipped,
    LinkReplaced,
    NoteAdded,
    Record,
    RecordsVoided,
    StudyLogged,
)
from llmpath.core.progress import Progress
from llmpath.core.registers import stamp
from llmpath.core.voiding import voided_records
from llmpath.named_tuple import NamedTuple


class HistoryEntry(NamedTuple):
    """One record, as `history` lists it.

    Attributes:
        at: When it was written, ISO with offset.
        lessons: Lessons and modules that it names.
        minutes: Minutes logged by it.
    """

    id: str
    at: str
    day: date
    device: str
    command: str
    lessons: tuple[str, ...]
    minutes: int
    is_voided: bool


class StillDone(NamedTuple):
    """A record by which lessons are done, whatever became of another one.

    Attributes:
        day: The study day of the record.
        lessons: Those that the other one had completed as well.
    """

    id: str
    day: date
    device: str
    lessons: tuple[str, ...]


def is_undo_or_redo(record: Record) -> bool:
    """Tell whether a record takes others back."""
    return any(isinstance(event, RecordsVoided) for event in record.events)


def own_records(records: Iterable[Record], device: str) -> list[Record]:
    """A device's records, the latest first."""
    mine = {each.id: each for each in records if each.device == device}
    return sorted(mine.values(), key=lambda each: (each.n, stamp(each)), reverse=True)


def to_undo(records: Iterable[Record], device: str) -> Record | None:
    """The latest live record of a device that is no undo or redo; None if none is."""
    known = {each.id: each for each in records}
    voided = voided_records(known)
    for record in own_records(known.values(), device):
        if record.id not in voided and not is_undo_or_redo(record):
            return record
    return None


def to_redo(records: Iterable[Record], device: str) -> Record | None:
    """The undo that `redo` takes back; None once another command has written.

    Walks back over the undos and redos at the end: the latest one that is live and
    that voids a record which is no undo itself.
    """
    known = {each.id: each for each in records}
    voided = voided_records(known)
    for record in own_records(known.values(), device):
        if not is_undo_or_redo(record):
            return None
        names = {
            each
            for event in record.events
            if isinstance(event, RecordsVoided)
            for each in event.records
        }
        restores = any(is_undo_or_redo(known[each]) for each in names if each in known)
        if record.id not in voided and not restores:
            return record
    return None


def still_done(
    records: Iterable[Record], undone: Record, before: Progress, after: Progress
) -> tuple[StillDone, ...]:
    """The records by which lessons of a record stay done that is taken back.

    Lessons of what it had restored are among them. Each of these records has to be
    taken back as well before its lessons are open. Oldest first.
    """
    known = {each.id: each for each in records}
    gone = {undone.id} | (after.voided - before.voided)
    lessons = dict.fromkeys(
        lesson
        for record in sorted((known[each] for each in gone), key=stamp)
        for event in record.events
        if isinstance(event, LessonsCompleted)
        for lesson in event.lessons
    )
    kept: dict[str, list[str]] = {}
    for lesson in lessons:
        done = after.completions.get(lesson)
        for each in done.records if done else ():
            kept.setdefault(each, []).append(lesson)
    return tuple(
        StillDone(record.id, record.day, record.device, tuple(kept[record.id]))
        for record in sorted((known[each] for each in kept), key=stamp)
        if record.id not in gone
    )


def history_entries(
    records: Iterable[Record], voided: frozenset[str]
) -> list[HistoryEntry]:
    """All records as `history` lists them, newest first."""
    ordered = sorted(records, key=stamp, reverse=True)
    return [
        HistoryEntry(
            each.id,
            each.at,
            each.day,
            each.device,
            each.command,
            tuple(
                dict.fromkeys(key for event in each.events for key in named_in(event))
            ),
            sum(
                event.minutes for event in each.events if isinstance(event, StudyLogged)
            ),
            each.id in voided,
        )
        for each in ordered
    ]


def named_in(event: Event) -> tuple[str, ...]:
    """Lessons and modules that an event names."""
    match event:
        case LessonsCompleted() | LessonsReopened():
            return tuple(event.lessons)
        case LessonsSkipped() | LessonsIncluded() | LessonsLinked():
            return event.lessons
        case LessonDeferred():
            return (event.lesson,)
        case StudyLogged() | NoteAdded() | LinkReplaced():
            return (event.id,)
        case _:
            return ()
