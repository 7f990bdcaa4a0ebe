"""How much of a source fits into a curriculum, told in the source's own words."""

from __future__ import annotations

from collections.abc import Iterator

from llmpath.exchange.importers.draft import Reading
from llmpath.exchange.importers.source import Source, refused
from llmpath.exchange.importers.wording import shortened

PART_LIMIT = 1000
"""Tracks, phases of a track and modules of a phase in the curriculum's format."""
LESSON_LIMIT = 20_000
"""Lessons of a module in the curriculum's format."""


def check_limits(source: Source, reading: Reading) -> None:
    """Let pass what fits.

    Raises:
        RefusedInputError: A track, phase or module has too much in it.
    """
    for title, number, limit, what in _counts(reading):
        if number > limit:
            reason = f"{number:,} {what} in {shortened(title)!r}; {limit:,} fit"
            raise refused(source, reason, "split it, or put headings between them")


def _counts(reading: Reading) -> Iterator[tuple[str, int, int, str]]:
    """Each part with how many it holds; the empty ones are not made and not counted."""
    tracks = 0
    for track in reading.tracks:
        filled = 0
        for phase in track.phases:
            modules = [each for each in phase.modules if each.lessons]
            filled += bool(modules)
            yield phase.title, len(modules), PART_LIMIT, "modules"
            for module in modules:
                yield module.title, len(module.lessons), LESSON_LIMIT, "lessons"
        tracks += bool(filled)
        yield track.title, filled, PART_LIMIT, "phases"
    yield reading.title, tracks, PART_LIMIT, "tracks"
