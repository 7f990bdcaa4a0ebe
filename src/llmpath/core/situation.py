"""The learner's situation: what every question about their study starts from."""

from __future__ import annotations

from datetime import date

from llmpath.core.curriculum import Curriculum, Route, make_route
from llmpath.core.paths import with_paths
from llmpath.core.progress import Progress
from llmpath.named_tuple import NamedTuple


class Situation(NamedTuple):
    """Curriculum, progress and road on one study day.

    Attributes:
        curriculum: With the tracks to goals that are active.
        route: The active tracks as one road; empty before `start`.
        today: The present study day, by the learner's day end.
    """

    curriculum: Curriculum
    progress: Progress
    route: Route
    today: date


def make_situation(
    curriculum: Curriculum, progress: Progress, today: date
) -> Situation:
    """Join a curriculum and the folded journal on a day.

    Progress of earlier editions is carried to the ids of this one, and counts wherever
    a lesson is linked.
    """
    if curriculum.changes or progress.linked:
        from llmpath.core.carrying import (  # noqa: PLC0415 - 2 ms, few have any
            carry_and_share,
        )

        progress = carry_and_share(progress, curriculum)
    tracks = progress.started.tracks if progress.started else ()
    studied = with_paths(curriculum, tracks)
    return Situation(studied, progress, make_route(studied, tracks), today)
