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


class _Queue:
    """Work in order; deferred work stands aside until its day, then goes first."""

    def __init__(self, work: Iterable[Work]) -> None:
        self._coming = deque(work)
        self.aside: list[Work] = []

    def __bool__(self) -> bool:
        return bool(self.aside or self._coming)

    def first(self, day: date) -> Work | None:
        """The work that may begin on a day; None if all that is left waits."""
        for each in self.aside:
            if each.deferred_until <= day:
                return each
        while self._coming and self._coming[0].held_until <= day:
            if self._coming[0].deferred_until <= day:
                return self._coming[0]
            self.aside.append(self._coming.popleft())
        return None

    def remove(self, work: Work) -> None:
        """Take out what `first` gave."""
        if work in self.aside:
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

    def __init__(self, start: date, room_on: RoomOn, carried: Carried) -> None:
        self._room_on = room_on
        self._end = start.toordinal() + HORIZON_DAYS
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
        if self.day.toordinal() + 1 >= self._end:
            return False
        self.day += ONE_DAY
        self._open_day()
        return True

    def has_room(self, work: Work, settings: PlanSettings) -> bool:
        """Tell whether the day can hold the beginning of a lesson."""
        return part_of_day(work.minutes, self.room, settings, self.is_untouched) > 0

    def use(self, minutes: int) -> None:
        """Take minutes from the day; what runs over is paid back later."""
        self._debt += max(0, minutes - self.room)
        self.room = max(0, self.room - minutes)
        self.is_untouched = False


class _Trail:
    """What leads each lesson to its day, noted on the way."""

    def __init__(self, settings: PlanSettings) -> None:
        self.placements: list[Placement] = []
        self._settings = settings
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
        self.stand_first(work, cursor.day)
        self.pass_day(cursor.room)

    def _wait(
        self, waits: dict[str, Wait], work: Work, until: date, cursor: _Cursor
    ) -> None:
        known = waits.get(work.lesson) or Wait(cursor.day, until, None)
        if known.room_on is None and cursor.has_room(work, self._settings):
            known = known._replace(room_on=cursor.day)
        waits[work.lesson] = known

    def stand_first(self, work: Work, day: date) -> None:
        """Note from which day on a lesson is first in line."""
        if work is not self._first:
            self._first, self._since, self._spared = work, day, []

    def pass_day(self, room: int) -> None:
        """Note what a day leaves free, where the first in line does not begin."""
        self._spared.append(room)

    def place(self, work: Work, day: date) -> None:
        """Note that the first in line begins."""
        after = self.placements[-1].lesson if self.placements else None
        waits = self._held.get(work.lesson), self._deferred.get(work.lesson)
        spared = tuple(self._spared)
        self.placements.append(
            Placement(work.lesson, day, after, self._since, spared, *waits)
        )


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
    cursor = _Cursor(start, room_on, carried)
    trail = _Trail(settings)
    placed: list[tuple[Work, date, int]] = []
    left_over: list[tuple[Work, int]] = []
    while queue:
        first = _first_with_room(queue, cursor, trail, settings)
        if first is None:
            if not cursor.advance():
                break
            continue
        queue.remove(first)
        left = _place(first, cursor, settings, placed)
        if left:
            left_over.append((first, left))
            break
    left_over += [(each, each.minutes) for each in queue.rest()]
    blocks = _blocks(placed, settings.block_max)
    return Plan(start, blocks, _shortfall(left_over), tuple(trail.placements))


def _first_with_room(
    queue: _Queue, cursor: _Cursor, trail: _Trail, settings: PlanSettings
) -> Work | None:
    """The lesson to begin on the cursor's day; None if nothing may or fits."""
    first = queue.first(cursor.day)
    if queue.aside:
        trail.put_aside(queue.aside, cursor)
    if first is None:
        held = queue.held()
        if held is not None:
            trail.hold(held, cursor)
        return None
    trail.stand_first(first, cursor.day)
    if not cursor.has_room(first, settings):
        trail.pass_day(cursor.room)
        return None
    trail.place(first, cursor.day)
    return first


def _shortfall(left_over: list[tuple[Work, int]]) -> Shortfall | None:
    """Lessons with the minutes of them that found no room; None if all did."""
    if not left_over:
        return None
    return Shortfall(
        sum(minutes for _, minutes in left_over),
        tuple(each.lesson for each, _ in left_over),
    )


def _place(
    work: Work,
    cursor: _Cursor,
    settings: PlanSettings,
    placed: list[tuple[Work, date, int]],
) -> int:
    """Place one lesson from the cursor on; the minutes that found no room."""
    left = work.minutes
    while True:
        minutes = part_of_day(left, cursor.room, settings, cursor.is_untouched)
        if minutes:
            placed.append((work, cursor.day, minutes))
            cursor.use(minutes)
            left -= minutes
        if not left or not cursor.advance():
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


def _blocks(
    placed: list[tuple[Work, date, int]], block_max: int
) -> tuple[StudyBlock, ...]:
    """Cut what was placed into blocks of at most `block_max`, and number them."""
    pieces = [
        (work, day, piece)
        for work, day, minutes in placed
        for piece in even_pieces(minutes, block_max)
    ]
    totals: dict[str, int] = {}
    for work, _, _ in pieces:
        totals[work.lesson] = totals.get(work.lesson, work.done_parts) + 1
    numbers: dict[str, int] = {}
    blocks: list[StudyBlock] = []
    for work, day, minutes in pieces:
        number = numbers.get(work.lesson, work.done_parts) + 1
        numbers[work.lesson] = number
        blocks.append(
            StudyBlock(day, work.lesson, minutes, number, totals[work.lesson])
        )
    return tuple(blocks)


def even_pieces(minutes: int, longest: int) -> tuple[int, ...]:
    """Cut minutes into the fewest pieces of at most `longest`, as even as can be."""
    count = -(-minutes // longest)
    size, longer = divmod(minutes, count)
    return tuple(size + (1 if n < longer else 0) for n in range(count))
