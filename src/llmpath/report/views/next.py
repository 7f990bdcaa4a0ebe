"""What `next` and bare `llmpath` answer."""

from __future__ import annotations

from llmpath.core.agenda import Agenda, Return
from llmpath.named_tuple import NamedTuple


class NextView(NamedTuple):
    """`next`: what to study now.

    Attributes:
        returning: What to show first after time away.
    """

    agenda: Agenda
    returning: Return | None
