"""What happened: the records of the journal and the events in them.

Days are study days, decided when the record was written. Minutes are whole. Lessons,
modules and tracks are full ids. Every value is immutable and in the past tense.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from llmpath.named_tuple import NamedTuple

GREATEST_COUNTER = 2**53 - 1
"""The greatest whole number that every JSON reader keeps."""


class TrackStarted(NamedTuple):
    """The tracks to study from a day on; none means that study stops.

    Attributes:
        from_day: First day that may hold study.
        curriculum: Id of the curriculum, with the edition in force.
        journal: Random id of the journal, in its first record only.
    """

    tracks: tuple[str, ...]
    from_day: date
    curriculum: str
    edition: str
    journal: str | None = None


class AvailabilitySet(NamedTuple):
    """Minutes for each weekday, Monday first, from a day on."""

    from_day: date
    minutes: tuple[int, int, int, int, int, int, int]


class LeaveSet(NamedTuple):
    """Dated exceptions to the weekly hours.

    Attributes:
        days: Minutes on these dates; None takes an exception away.
        open_from: First day of a break without an end; None ends it.
        changes_break: Whether `open_from` is meant at all.
    """

    days: Mapping[date, int | None]
    open_from: date | None = None
    changes_break: bool = False


class TargetSet(NamedTuple):
    """The date to be finished by, or none."""

    day: date | None


class SettingSet(NamedTuple):
    """A setting that changes study days or the plan; None means its default."""

    key: str
    value: int | float | str | None


class PlannedWeek(NamedTuple):
    """The lessons that a plan begins in the week of `start`, a Monday, in order."""

    start: date
    lessons: tuple[str, ...]


class PlanAccepted(NamedTuple):
    """The plan that holds from here on.

    Attributes:
        velocity: Lesson minutes planned for one available minute.
        buffer: Share of each week kept free.
        finish: Day of the last block; None for an empty plan or one with a shortfall.
        minutes: Planned minutes in all.
    """

    velocity: float
    buffer: float
    weeks: tuple[PlannedWeek, ...]
    finish: date | None
    minutes: int


class LessonsCompleted(NamedTuple):
    """Lessons with the minutes estimated for them that day."""

    lessons: Mapping[str, int]
    edition: str


class LessonsSkipped(NamedTuple):
    """Lessons left out; `known` where the learner knew them before."""

    lessons: tuple[str, ...]
    known: bool


class LessonsIncluded(NamedTuple):
    """Optional lessons taken into the plan."""

    lessons: tuple[str, ...]


class LessonDeferred(NamedTuple):
    """A lesson not to be planned before a day; None lifts it."""

    lesson: str
    until: date | None


class LessonsReopened(NamedTuple):
    """Lessons made open again, each with the records that this takes back."""

    lessons: Mapping[str, tuple[str, ...]]


class StudyLogged(NamedTuple):
    """Minutes studied on a lesson or a module."""

    id: str
    minutes: int


class NoteAdded(NamedTuple):
    """A note on a lesson or a module."""

    id: str
    text: str


class CurriculumStored(NamedTuple):
    """The copy of an added curriculum that is in force.

    Attributes:
        curriculum: Its id.
        file: Name of the copy among the stored ones; None takes the curriculum away.
    """

    curriculum: str
    edition: str
    file: str | None


class LinkReplaced(NamedTuple):
    """Another link for a lesson or a module; None gives back its own."""

    id: str
    url: str | None


class LessonsLinked(NamedTuple):
    """Lessons that are the same study: one that is done counts for all."""

    lessons: tuple[str, ...]


class RecordsVoided(NamedTuple):
    """Records taken back; may be taken back itself."""

    records: tuple[str, ...]


class UnknownEvent(NamedTuple):
    """An event of a newer version: kept, counted, and open to undo."""

    type: str


Event = (
    TrackStarted
    | AvailabilitySet
    | LeaveSet
    | TargetSet
    | SettingSet
    | PlanAccepted
    | LessonsCompleted
    | LessonsSkipped
    | LessonsIncluded
    | LessonDeferred
    | LessonsReopened
    | StudyLogged
    | NoteAdded
    | CurriculumStored
    | LinkReplaced
    | LessonsLinked
    | RecordsVoided
    | UnknownEvent
)


class Stated(NamedTuple):
    """The forecast that was shown when a record was written.

    Attributes:
        p50: Likely day of the last lesson; None where there was no such day.
        p80: Safe day of the last lesson.
        minutes: Least and most minutes of study in the four weeks from that day on,
            with a chance of 80 in 100; None where nothing was forecast.
        day: The study day on which it was shown, which is not that of a record written
            for an earlier day.
    """

    p50: date | None = None
    p80: date | None = None
    minutes: tuple[int, int] | None = None
    day: date | None = None


NOTHING_STATED = Stated()


class Record(NamedTuple):
    """What one command wrote: one line of a journal, all or nothing.

    Attributes:
        id: 80 random bits; the identity of the record everywhere.
        device: The device that wrote it.
        n: Counter of that device: 1, 2, 3; a gap means a lost line.
        lamport: 1 + the greatest seen when it was written; orders registers.
        at: When it was written, local with offset, as text; for display only.
        day: The study day that it counts for.
        command: What the learner typed, for `history`.
        events: In the order in which they took place.
        given_today: The present was given by `--today`, not read from the clock.
        stated: The forecast shown, in the first record of a study week only.
    """

    id: str
    device: str
    n: int
    lamport: int
    at: str
    day: date
    command: str
    events: tuple[Event, ...]
    given_today: bool = False
    stated: Stated | None = None


def next_lamport(records: Iterable[Record]) -> int:
    """The counter of a record written after these.

    It stays at its end, where a broken or hostile device has driven it: what follows
    is saved then, and ordered by device and id alone.
    """
    seen = max((each.lamport for each in records), default=0)
    return min(seen + 1, GREATEST_COUNTER)
