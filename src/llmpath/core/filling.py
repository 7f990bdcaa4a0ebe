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
from llmpath.core.plan import Plan, Shortfall, StudyBlock
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
        self._aside: list[Work] = []

    def __bool__(self) -> bool:
        return bool(self._aside or self._coming)

    def first(self, day: date) -> Work | None:
        """The work that may begin on a day; None if all that is left waits."""
        for each in self._aside:
            if each.deferred_until <= day:
                return each
        while self._coming and self._coming[0].held_until <= day:
            if self._coming[0].deferred_until <= day:
                return self._coming[0]
            self._aside.append(self._coming.popleft())
        return None

    def remove(self, work: Work) -> None:
        """Take out what `first` gave."""
        if work in self._aside:
            self._aside.remove(work)
        else:
            self._coming.popleft()

    def next_day(self) -> date:
        """The next day on which something may begin, when nothing may now."""
        days = [each.deferred_until for each in self._aside]
        if self._coming:
            days.append(self._coming[0].held_until)
        return min(days)

    def rest(self) -> list[Work]:
        """Everything that was not taken out."""
        return [*self._aside, *self._coming]


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

    def advance_to(self, day: date) -> bool:
        """Go to a day that is not before this one; False beyond the horizon."""
        while self.day < day:
            if not self.advance():
                return False
        return True

    def use(self, minutes: int) -> None:
        """Take minutes from the day; what runs over is paid back later."""
        self._debt += max(0, minutes - self.room)
        self.room = max(0, self.room - minutes)
        self.is_untouched = False


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
    placed: list[tuple[Work, date, int]] = []
    left_over: list[tuple[Work, int]] = []
    while queue:
        each = queue.first(cursor.day)
        if each is None:
            if not cursor.advance_to(queue.next_day()):
                break
        elif not part_of_day(each.minutes, cursor.room, settings, cursor.is_untouched):
            if not cursor.advance():
                break
        else:
            queue.remove(each)
            left = _place(each, cursor, settings, placed)
            if left:
                left_over.append((each, left))
                break
    left_over += [(each, each.minutes) for each in queue.rest()]
    shortfall = None
    if left_over:
        shortfall = Shortfall(
            sum(minutes for _, minutes in left_over),
            tuple(each.lesson for each, _ in left_over),
        )
    return Plan(start, _blocks(placed, settings.block_max), shortfall)


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
