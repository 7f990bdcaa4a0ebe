"""Which modules and tracks of an edition are earlier ones under other ids.

A module is that to which most of its lessons went, else the one of the same title or
address. A track is the one of the same title, else one that shares with it at least
half of the lessons that either has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from llmpath.core.curriculum import Curriculum, Track, make_route
from llmpath.core.matching import Match, paired, same_modules, title_of

SAME_PLACE = "same title or lessons"
LEAST_SHARE = 0.5

Changed = Mapping[str, tuple[str, ...]]
"""Lessons of the old edition with what they became."""


def match_places(old: Curriculum, new: Curriculum, changed: Changed) -> list[Match]:
    """Find the modules and tracks that have other ids, and of which nothing says so."""
    told = {key for each in new.changes for key in (*each.before, *each.after)}
    modules = dict(moved_modules(old, new, changed))
    tracks = dict(moved_tracks(old, new, changed))
    together: dict[str, list[str]] = {}
    for was, became in (modules | tracks).items():
        if was not in told and became not in told:
            together.setdefault(became, []).append(was)
    return [
        Match(tuple(before), (after,), SAME_PLACE) for after, before in together.items()
    ]


def moved_modules(
    old: Curriculum, new: Curriculum, changed: Changed
) -> Iterator[tuple[str, str]]:
    """Modules that are gone, with new ones."""
    alike = same_modules(old, new)
    for key, module in old.modules.items():
        if key in new.modules:
            continue
        where = Counter(
            new.lessons[end].module
            for lesson in module.lessons
            for end in changed.get(lesson.id, ())
        )
        place = next((each for each, _ in where.most_common(1)), alike.get(key))
        if place is not None and place not in old.modules:
            yield key, place


def moved_tracks(
    old: Curriculum, new: Curriculum, changed: Changed
) -> Iterator[tuple[str, str]]:
    """Tracks that are gone, with new ones."""
    gone = [each for key, each in old.tracks.items() if key not in new.tracks]
    fresh = [each for key, each in new.tracks.items() if key not in old.tracks]
    taken: set[str] = set()
    for was, became in paired(gone, fresh, title_of):
        taken.update((was.id, became.id))
        yield was.id, became.id
    free = [each for each in fresh if each.id not in taken]
    lessons = {each.id: lessons_in(new, each) for each in free}
    for track in gone:
        if track.id in taken or not lessons:
            continue
        had = lessons_in(old, track)
        has = {end for key in had for end in changed.get(key, (key,))}
        most = max(lessons, key=lambda each: share(has, lessons[each]))
        if share(has, lessons[most]) >= LEAST_SHARE:
            del lessons[most]
            yield track.id, most


def lessons_in(curriculum: Curriculum, track: Track) -> set[str]:
    """The lessons of a track, optional ones too."""
    return {each.id for each in make_route(curriculum, (track.id,)).lessons()}


def share(some: set[str], others: set[str]) -> float:
    """How many of the lessons of either are in both, from 0 to 1."""
    together = some | others
    return len(some & others) / len(together) if together else 0.0
