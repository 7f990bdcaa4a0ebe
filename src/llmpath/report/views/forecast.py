"""What `forecast` answers."""

from __future__ import annotations

from datetime import date

from llmpath.core.burn_up import BurnUp
from llmpath.core.outlook import Forecast
from llmpath.named_tuple import NamedTuple


class ForecastView(NamedTuple):
    """`forecast`: when the learner will finish, and what that rests on.

    Attributes:
        finish: Day on which the plan ends.
        burn_up: Done and planned over time; None where nothing counts.
        is_by_kind: Show the pace of each kind of lesson.
    """

    forecast: Forecast
    finish: date | None
    burn_up: BurnUp | None
    is_by_kind: bool
    curriculum: str
    edition: str
    started: date | None
