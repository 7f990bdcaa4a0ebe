"""What `next` and bare `llmpath` answer."""

from __future__ import annotations

from typing import NamedTuple

from llmpath.core.agenda import Agenda, Return


class NextView(NamedTuple):
    """`next`: what to study now.

    Attributes:
        returning: What to show first after time away.
    """

    agenda: Agenda
    returning: Return | None
