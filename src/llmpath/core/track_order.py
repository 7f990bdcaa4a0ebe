"""In which order several tracks end soonest; suggested, never imposed.

Smith's rule with sharing: of the tracks that are left, the one next that adds the
fewest minutes to those before it (Smith, "Various optimizers for single-stage
production", 1956). What tracks share is studied with the first of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from llmpath.core.counting import is_counted, left_minutes
from llmpath.core.curriculum import Track
from llmpath.core.situation import Situation

Work = Mapping[str, int]
"""Minutes left of a track's lessons, by id."""


def sooner_order(situation: Situation) -> tuple[Track, ...] | None:
    """An order in which the first track ends sooner; None where there is none.

    Only where tracks end no later in the mean than in the order that holds.
    """
    tracks = situation.route.tracks
    order = suggested_order([track_work(each, situation) for each in tracks])
    return None if order is None else tuple(tracks[nth] for nth in order)


def suggested_order(works: Sequence[Work]) -> tuple[int, ...] | None:
    """The places of the tracks in the better order; None if theirs is as good."""
    if not works:
        return None
    order = shortest_first(works)
    before, after = finishes(works, range(len(works))), finishes(works, order)
    if after[0] >= before[0] or sum(after) > sum(before):
        return None
    return order


def shortest_first(works: Sequence[Work]) -> tuple[int, ...]:
    """Place after place the track that adds the fewest minutes; the first of equals."""
    left = list(range(len(works)))
    studied: set[str] = set()
    order = []
    while left:
        best = min(left, key=lambda nth: added_minutes(works[nth], studied))
        left.remove(best)
        order.append(best)
        studied |= works[best].keys()
    return tuple(order)


def finishes(works: Sequence[Work], order: Sequence[int]) -> list[int]:
    """The minutes of study after which each track ends, in that order."""
    studied: set[str] = set()
    total = 0
    ends = []
    for nth in order:
        total += added_minutes(works[nth], studied)
        studied |= works[nth].keys()
        ends.append(total)
    return ends


def added_minutes(work: Work, studied: set[str]) -> int:
    """Minutes of the lessons that no track before had."""
    return sum(minutes for lesson, minutes in work.items() if lesson not in studied)


def track_work(track: Track, situation: Situation) -> dict[str, int]:
    """What is left of the lessons that a track requires and that count."""
    curriculum, progress, route, _ = situation
    return {
        lesson.id: left_minutes(lesson, progress)
        for phase in track.phases
        for entry in phase.modules
        if not entry.optional
        for lesson in curriculum.modules[entry.module].lessons
        if progress.is_open(lesson.id) and is_counted(route, progress, lesson)
    }
