"""How much of a source is read and fits into a curriculum, told in its own words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from llmpath.core.curriculum import LESSON_LIMIT
from llmpath.exchange.importers.draft import Reading
from llmpath.exchange.importers.source import Source, refused
from llmpath.exchange.importers.wording import shortened

PART_LIMIT = 1000
"""Tracks, phases of a track and modules of a phase in the curriculum's format."""
MARK_LIMIT = 80_000
"""Lines with something on them, marks of lists and quotes in front, opening brackets
and half of the bars of tables.

Each costs the parser and us some 50 microseconds. The 17,000 lessons that fit into a
curriculum are 68,000 with a box and a link each; coding-interview-university, the
longest roadmap we know, has 5,000.
"""
_IN_FRONT = "->*+ \t0123456789.)"
_MARKS = re.compile(r"[->*+.)]")


def check_marks(source: Source) -> None:
    """Let pass, before it is parsed, what is parsed in seconds.

    Raises:
        RefusedInputError: It has too many lines, marks and brackets.
    """
    number = source.text.count("[") + source.text.count("|") // 2
    for line in source.text.split("\n"):
        rest = line.lstrip(_IN_FRONT)
        in_front = len(line) - len(rest)
        number += bool(line and not line.isspace())
        number += len(_MARKS.findall(line, 0, in_front))
    if number > MARK_LIMIT:
        reason = f"{number:,} lines, marks and brackets; {MARK_LIMIT:,} are read"
        raise refused(source, reason, "split it")


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
