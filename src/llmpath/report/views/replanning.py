"""What `replan` answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from llmpath.core.curriculum import Lesson
from llmpath.core.replanning import Proposal
from llmpath.named_tuple import NamedTuple


class ReplanView(NamedTuple):
    """`replan`: a new plan beside the one that held.

    Attributes:
        lessons: Those that move, by id.
        event: Id of the record; None if nothing was written.
    """

    today: date
    proposal: Proposal
    lessons: Mapping[str, Lesson]
    event: str | None
    is_dry_run: bool = False

    @property
    def earlier(self) -> int:
        """How many lessons come sooner."""
        return sum(1 for each in self.proposal.moves if each.is_earlier)

    @property
    def later(self) -> int:
        """How many lessons come later."""
        return len(self.proposal.moves) - self.earlier
