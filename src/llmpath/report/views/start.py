"""What `start` answers."""

from __future__ import annotations

from datetime import date

from llmpath.core.agenda import Agenda
from llmpath.core.availability import WeekMinutes
from llmpath.core.curriculum import Module, shown_id
from llmpath.core.outlook import Forecast
from llmpath.core.summary import TrackSummary
from llmpath.named_tuple import NamedTuple

_BEGINNINGS = ("replace", "target is dropped")
"""Words of what only a start of other tracks says."""


class StartView(NamedTuple):
    """`start`: the tracks begun and the plan.

    Attributes:
        said: What this start kept or changed, a sentence each.
        notes: What the required modules' notes warn of, with the module.
        assumes: What these modules expect and no module teaches.
        event: Id of the record; None if nothing changed.
        sooner: Ids of the tracks in an order in which the first one ends sooner.
    """

    tracks: tuple[TrackSummary, ...]
    start: date
    week: WeekMinutes
    finish: date | None
    target: date | None
    left_over: int
    slack: int | None
    said: tuple[str, ...]
    notes: tuple[tuple[Module, str], ...]
    assumes: tuple[str, ...]
    agenda: Agenda | None
    forecast: Forecast | None
    event: str | None
    sooner: tuple[str, ...] = ()

    @property
    def sooner_command(self) -> str:
        """The command that begins the tracks in that order."""
        return " ".join(
            ["llmpath start", *(f"--track {shown_id(i)}" for i in self.sooner)]
        )

    @property
    def is_change(self) -> bool:
        """Whether active tracks were changed, not begun; `said` tells what."""
        begins = any(word in each for each in self.said for word in _BEGINNINGS)
        return self.event is not None and bool(self.said) and not begins
