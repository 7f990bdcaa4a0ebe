"""The plan: dated study blocks, and what did not fit."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date
from operator import attrgetter

from llmpath.core.availability import ONE_DAY
from llmpath.named_tuple import NamedTuple

DAY_OF = attrgetter("day")


class StudyBlock(NamedTuple):
    """A stretch of study intended for one day.

    Attributes:
        minutes: Planned minutes, at most the longest block of the settings.
        part: Number of this block among all blocks of the lesson, from 1; parts
            already studied count.
        parts: How many blocks the lesson has in all.
    """

    day: date
    lesson: str
    minutes: int
    part: int
    parts: int


class Shortfall(NamedTuple):
    """Lesson minutes for which the calendar has no room."""

    minutes: int
    lessons: tuple[str, ...]


class Wait(NamedTuple):
    """A lesson's turn came before the day on which it might begin.

    Attributes:
        since: Day on which its turn came.
        until: Day from which on it may begin.
        room_on: First day in between with room for it; None if there was none, so
            that the wait alone did not delay it.
    """

    since: date
    until: date
    room_on: date | None


class Placement(NamedTuple):
    """What led a lesson to its day, noted while the days were filled.

    Attributes:
        day: Day of its first block.
        after: The lesson placed just before it; None for the first one.
        since: Day from which on it stood first in line until it was placed.
        spared: Minutes left free on each day from `since` up to, not including, `day`.
        held: Its wait for the week to which the accepted plan commits it.
        deferred: Its wait for the day to which it was put off; others went first.
    """

    lesson: str
    day: date
    after: str | None
    since: date
    spared: tuple[int, ...]
    held: Wait | None
    deferred: Wait | None


class Plan(NamedTuple):
    """Study blocks from a day on, in order of study, and so of their days.

    Attributes:
        start: First day that may hold a block.
        shortfall: What found no room within the planner's horizon; None if all did.
        placements: How each lesson with a block came to its day, in order of study.
    """

    start: date
    blocks: tuple[StudyBlock, ...]
    shortfall: Shortfall | None
    placements: tuple[Placement, ...] = ()

    @property
    def finish(self) -> date | None:
        """Day of the last block; None if nothing is planned or not all of it fits."""
        if self.shortfall is not None or not self.blocks:
            return None
        return self.blocks[-1].day

    @property
    def minutes(self) -> int:
        """Planned minutes in all."""
        return sum(block.minutes for block in self.blocks)

    def first_days(self) -> dict[str, date]:
        """Each planned lesson with the day of its first block, in order of study."""
        days: dict[str, date] = {}
        for block in self.blocks:
            days.setdefault(block.lesson, block.day)
        return days

    def on(self, day: date) -> tuple[StudyBlock, ...]:
        """The blocks of one day."""
        return self.between(day, day + ONE_DAY)

    def between(self, start: date, end: date) -> tuple[StudyBlock, ...]:
        """The blocks from a day up to, not including, another."""
        first = bisect_left(self.blocks, start, key=DAY_OF)
        return self.blocks[first : bisect_left(self.blocks, end, first, key=DAY_OF)]

    def following(self, day: date) -> date | None:
        """The next day with a block after a day; None if there is none."""
        after = bisect_right(self.blocks, day, key=DAY_OF)
        return self.blocks[after].day if after < len(self.blocks) else None
