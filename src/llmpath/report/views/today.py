"""What bare `llmpath` answers."""

from __future__ import annotations

from llmpath.core.agenda import Agenda, Return
from llmpath.core.summary import StatusSummary
from llmpath.named_tuple import NamedTuple


class TodayView(NamedTuple):
    """Bare `llmpath`: today, and how the week and the plan stand."""

    agenda: Agenda
    returning: Return | None
    status: StatusSummary
