"""Ids for everything that an importer read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from llmpath.exchange.importers.draft import (
    DraftLesson,
    DraftModule,
    DraftPhase,
    Reading,
)
from llmpath.exchange.importers.slugs import SlugPool, slug
from llmpath.named_tuple import NamedTuple


class Ids(NamedTuple):
    """Ids in the order of the reading, each kind through all tracks."""

    tracks: list[str]
    phases: list[str]
    modules: list[str]
    lessons: list[str]


def _phases(reading: Reading) -> Iterator[DraftPhase]:
    for track in reading.tracks:
        yield from track.phases


def modules_of(reading: Reading) -> Iterator[DraftModule]:
    """The modules of all tracks."""
    for phase in _phases(reading):
        yield from phase.modules


def lessons_of(reading: Reading) -> Iterator[DraftLesson]:
    """The lessons of all tracks."""
    for module in modules_of(reading):
        yield from module.lessons


def make_ids(reading: Reading) -> Ids:
    """Ids for everything; those of modules are the plainest, as they are typed most.

    Modules of the same title are told apart by their phase.
    """
    shared = SlugPool()
    named = [
        (slug(module.title, "module"), slug(phase.title, "phase"))
        for phase in _phases(reading)
        for module in phase.modules
    ]
    times = Counter(name for name, _ in named)
    modules = [
        shared.give([name] if times[name] == 1 else [_joined(phase, name)])
        for name, phase in named
    ]
    tracks = [_give(shared, each.title, "track") for each in reading.tracks]
    phases = [_give(shared, each.title, "phase") for each in _phases(reading)]
    lessons = []
    for module in modules_of(reading):
        own = SlugPool()
        lessons += [own.give([slug(each.title, "lesson")]) for each in module.lessons]
    return Ids(tracks, phases, modules, lessons)


def _joined(first: str, second: str) -> str:
    return f"{first[:31].rstrip('-')}-{second[:32].rstrip('-')}"


def _give(pool: SlugPool, title: str, kind: str) -> str:
    name = slug(title, kind)
    return pool.give([name, f"{name[: 63 - len(kind)].rstrip('-')}-{kind}"])
