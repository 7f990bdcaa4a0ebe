"""What `why` answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from llmpath.core.curriculum import Lesson, Module
from llmpath.core.reasons import Kind, Reason
from llmpath.named_tuple import NamedTuple

CLOSED = frozenset({Kind.DONE, Kind.SKIPPED, Kind.OPTIONAL, Kind.TRACK})
"""Kinds that keep a lesson out of the plan, rather than from an earlier day."""


class Change(NamedTuple):
    """A command that gives a lesson an earlier day, or one at all.

    Attributes:
        planned: The day that it would then have; None where that is not known.
    """

    command: str
    planned: date | None


class WhyView(NamedTuple):
    """`why`: what holds a lesson on its day.

    Attributes:
        asked: The module that was asked for; None if the lesson itself was.
        planned: Day of its first block; None where it has none.
        reasons: The binding one first.
        lessons: The lessons that may be named, by id.
        modules: Their modules, by id.
        block_min: Shortest block of the settings.
        change: What would move it; None where nothing small does.
    """

    today: date
    lesson: Lesson
    asked: Module | None
    planned: date | None
    reasons: tuple[Reason, ...]
    lessons: Mapping[str, Lesson]
    modules: Mapping[str, Module]
    block_min: int
    change: Change | None

    @property
    def is_closed(self) -> bool:
        """Whether the lesson is not in the plan at all."""
        return self.reasons[0].kind in CLOSED
