"""What `status` and `tracks` answer."""

from __future__ import annotations

from datetime import date

from llmpath.core.agenda import Return
from llmpath.core.summary import PhaseSummary, StatusSummary, TrackSummary
from llmpath.named_tuple import NamedTuple


class StatusView(NamedTuple):
    """`status`: progress by phase and module, this week, ahead or behind."""

    summary: StatusSummary
    phases: tuple[PhaseSummary, ...]
    returning: Return | None
    curriculum: str
    edition: str
    started: date | None


class TracksView(NamedTuple):
    """`tracks`: what one can start."""

    tracks: tuple[TrackSummary, ...]
