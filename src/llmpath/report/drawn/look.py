"""How a view is to be drawn."""

from __future__ import annotations

from llmpath.named_tuple import NamedTuple
from llmpath.report.drawn.glyphs import Glyphs

NARROW = 60
"""Below so many columns, columns are dropped and bars go."""

WIDE = 100
"""From so many columns on, ids stand beside titles."""

PROSE = 100
"""Sentences are no longer than this on any screen."""


class Look(NamedTuple):
    """The screen and the learner's taste.

    Attributes:
        width: Columns of the screen.
        week_starts: First weekday in a list of all seven, 0 for Monday to 6 for Sunday.
    """

    width: int
    glyphs: Glyphs
    week_starts: int = 0

    @property
    def is_narrow(self) -> bool:
        """Whether columns have to go."""
        return self.width < NARROW

    @property
    def is_wide(self) -> bool:
        """Whether there is room for one more column."""
        return self.width >= WIDE

    @property
    def prose(self) -> int:
        """How wide sentences may be."""
        return min(self.width, PROSE)
