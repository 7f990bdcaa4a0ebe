"""Filling days with lessons: the second half of planning, after the order.

A cursor walks over the days that have room and places lessons one after the other.
A lesson that does not fit is split, if each part keeps the shortest block; a day may
run over by the tolerance, and the next study day pays that back.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from datetime import date

from llmpath.core.availability import ONE_DAY
from llmpath.core.plan import Placement, Plan, Shortfall, StudyBlock, Wait
from llmpath.core.plan_settings import PlanSettings
from llmpath.named_tuple import NamedTuple

HORIZON_DAYS = 3653
"""Ten years; what finds no room by then is a shortfall."""

RoomOn = Callable[[date], int]
"""Minutes that a day may hold; 0 where there is no study."""


class Work(NamedTuple):
    """A lesson to be planned.

    Attributes:
        minutes: Planned minutes still to do, at least 1.
        done_parts: Blocks already studied, for numbering.
        held_until: The lesson and all after it begin no earlier than this day.
        deferred_until: This lesson begins no earlier; those after it may go first.
    """

    lesson: str
    minutes: int
    done_parts: int = 0
    held_until: date = date.min
    deferred_until: date = date.min


class Carried(NamedTuple):
    """What study before the filling leaves to its first days.

    Attributes:
        debt: Minutes to pay back on the first days with room.
        begun: A day on which something was studied already, so that it holds no part
            shorter than the shortest block.
    """

    debt: int = 0
    begun: date | None = None


NOTHING_CARRIED = Carried()
NO_DAYS: tuple[int, ...] = ()


class _Queue:
    """Work in order; deferred work stands aside until its day, then goes first."""

    def __init__(self, work: Iterable[Work]) -> None:
        self._coming = deque(work)
        self.aside: list[Work] = []

    def __bool__(self) -> bool:
        return bool(self._coming or self.aside)

    def first(self, day: date) -> Work | None:
        """The work that may begin on a day; None if all that is left waits."""
        for each in self.aside:
            if each.deferred_until <= day:
                return each
        coming = self._coming
        while coming:
            work = coming[0]
            _, _, _, held_until, deferred_until = work
            if held_until > day:
                break
            if deferred_until <= day:
                return work
            self.aside.append(coming.popleft())
        return None

    def remove(self, work: Work) -> None:
        """Take out what `first` gave."""
        if self.aside and work in self.aside:
            self.aside.remove(work)
        else:
            self._coming.popleft()

    def held(self) -> Work | None:
        """What comes next and waits for its week, when nothing may begin."""
        return self._coming[0] if self._coming else None

    def rest(self) -> list[Work]:
        """Everything that was not taken out."""
        return [*self.aside, *self._coming]


class _Cursor:
    """The day being filled, its room, and the minutes to pay back."""

    def __init__(
        self, start: date, room_on: RoomOn, settings: PlanSettings, carried: Carried
    ) -> None:
        self._room_on = room_on
        self._settings = settings
        self._days_ahead = HORIZON_DAYS - 1
        self._debt, self._begun = carried
        self.day = start
        self._open_day()

    def _open_day(self) -> None:
        declared = self._room_on(self.day)
        paid = min(self._debt, declared)
        self._debt -= paid
        self.room = declared - paid
        self.is_untouched = self.room > 0 and self.day != self._begun

    def advance(self) -> bool:
        """Go to the next day; False at the horizon."""
        if not self._days_ahead:
            return False
        self._days_ahead -= 1
        self.day += ONE_DAY
        self._open_day()
        return True

    def has_room(self, work: Work) -> bool:
        """Tell whether the day can hold the beginning of a lesson."""
        return self._part_of(work.minutes) > 0

    def _part_of(self, left: int) -> int:
        return part_of_day(left, self.room, self._settings, self.is_untouched)

    def take(self, left: int) -> int:
        """Take what the day holds of so many minutes; what runs over is owed later."""
        room = self.room
        if room > left:
            self.room = room - left
            self.is_untouched = False
            return left
        minutes = self._part_of(left)
        if minutes:
            self._debt += max(0, minutes - room)
            self.room = max(0, room - minutes)
            self.is_untouched = False
        return minutes


class _Trail:
    """What leads each lesson to its day, noted on the way."""

    def __init__(self) -> None:
        self.placements: list[Placement] = []
        self._last: str | None = None
        self._first: Work | None = None
        self._since = date.min
        self._spared: list[int] = []
        self._held: dict[str, Wait] = {}
        self._deferred: dict[str, Wait] = {}

    def put_aside(self, works: Iterable[Work], cursor: _Cursor) -> None:
        """Note which lessons are put off on a day, and whether they had room."""
        for work in works:
            if work.deferred_until > cursor.day:
                self._wait(self._deferred, work, work.deferred_until, cursor)
                if work is self._first:
                    self._first = None

    def hold(self, work: Work, cursor: _Cursor) -> None:
        """Note that the next lesson waits for its week on a day."""
        if work.deferred_until > cursor.day:
            self._wait(self._deferred, work, work.deferred_until, cursor)
            self._held.setdefault(work.lesson, Wait(cursor.day, work.held_until, None))
        else:
            self._wait(self._held, work, work.held_until, cursor)
        self.pass_day(work, cursor)

    def _wait(
        self, waits: dict[str, Wait], work: Work, until: date, cursor: _Cursor
    ) -> None:
        known = waits.get(work.lesson) or Wait(cursor.day, until, None)
        if known.room_on is None and cursor.has_room(work):
            known = known._replace(room_on=cursor.day)
        waits[work.lesson] = known

    def pass_day(self, work: Work, cursor: _Cursor) -> None:
        """Note that the first in line does not begin on a day, and what stays free."""
        if work is not self._first:
            self._first, self._since, self._spared = work, cursor.day, []
        self._spared.append(cursor.room)

    def place(self, work: Work, day: date) -> None:
        """Note that the first in line begins."""
        lesson = work.lesson
        since, spared = day, NO_DAYS
        if work is self._first:
            since, spared = self._since, tuple(self._spared)
        held, deferred = self._held.get(lesson), self._deferred.get(lesson)
        self.placements.append(
            Placement._make((lesson, day, self._last, since, spared, held, deferred))
        )
        self._first, self._last = None, lesson


def fill_days(
    work: Iterable[Work],
    start: date,
    room_on: RoomOn,
    settings: PlanSettings,
    carried: Carried = NOTHING_CARRIED,
) -> Plan:
    """Place work on days in order.

    With p the minutes left of a lesson and r the room of the day: place it whole if
    p <= r + tolerance; else as much as leaves both parts the shortest block; else, if
    that is not possible, r on a day that holds nothing yet; else leave r as slack.
    More room and fewer lessons never end later by this rule.

    Args:
        start: First day that may hold a block.
        room_on: Minutes that each day may hold; asked once a day, in order.
    """
    queue = _Queue(work)
    cursor = _Cursor(start, room_on, settings, carried)
    trail = _Trail()
    blocks: list[StudyBlock] = []
    left_over: list[tuple[Work, int]] = []
    while (begun := _begin_next(queue, cursor, trail)) is not None:
        first, minutes = begun
        left = _place(first, minutes, cursor, settings.block_max, blocks)
        if left:
            left_over.append((first, left))
            break
    left_over += [(each, each.minutes) for each in queue.rest()]
    return Plan(start, tuple(blocks), _shortfall(left_over), tuple(trail.placements))


def _begin_next(
    queue: _Queue, cursor: _Cursor, trail: _Trail
) -> tuple[Work, int] | None:
    """Begin the next lesson on the first day with room, with its minutes there.

    None if nothing is left, or no day.
    """
    while queue:
        first = queue.first(cursor.day)
        if queue.aside:
            trail.put_aside(queue.aside, cursor)
        if first is not None:
            minutes = cursor.take(first.minutes)
            if minutes:
                queue.remove(first)
                trail.place(first, cursor.day)
                return first, minutes
            trail.pass_day(first, cursor)
        else:
            held = queue.held()
            if held is not None:
                trail.hold(held, cursor)
        if not cursor.advance():
            break
    return None


def _shortfall(left_over: list[tuple[Work, int]]) -> Shortfall | None:
    """Lessons with the minutes of them that found no room; None if all did."""
    if not left_over:
        return None
    return Shortfall(
        sum(minutes for _, minutes in left_over),
        tuple(each.lesson for each, _ in left_over),
    )


def _place(
    work: Work, minutes: int, cursor: _Cursor, longest: int, blocks: list[StudyBlock]
) -> int:
    """Place a lesson, so many minutes on the cursor's day; the minutes without room."""
    lesson, left, nth, _, _ = work
    if left == minutes <= longest:
        blocks.append(StudyBlock._make((cursor.day, lesson, left, nth + 1, nth + 1)))
        return 0
    days = [(cursor.day, minutes)]
    left -= minutes
    while left and cursor.advance():
        minutes = cursor.take(left)
        if minutes:
            days.append((cursor.day, minutes))
            left -= minutes
    pieces = [
        (day, piece) for day, whole in days for piece in even_pieces(whole, longest)
    ]
    parts = nth + len(pieces)
    for day, minutes in pieces:
        nth += 1
        blocks.append(StudyBlock._make((day, lesson, minutes, nth, parts)))
    return left


def part_of_day(left: int, room: int, settings: PlanSettings, untouched: bool) -> int:  # noqa: FBT001 - a fact of the day, not a switch
    """Minutes of a lesson to place in a day's room; 0 leaves the room as slack."""
    if room <= 0:
        return 0
    if left <= room + settings.tolerance:
        return left
    part = min(room, left - settings.block_min)
    if part >= settings.block_min:
        return part
    return room if untouched else 0


def even_pieces(minutes: int, longest: int) -> tuple[int, ...]:
    """Cut minutes into the fewest pieces of at most `longest`, as even as can be."""
    if minutes <= longest:
        return (minutes,)
    count = -(-minutes // longest)
    size, longer = divmod(minutes, count)
    return (size + 1,) * longer + (size,) * (count - longer)
