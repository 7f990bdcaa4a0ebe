"""Two versions of the same files made one, without losing what is in either."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

Version = TypeVar("Version")


def join_lines(ours: bytes, theirs: bytes) -> bytes:
    """All lines of both files; a line that only one has is never taken for deleted.

    Where theirs has all of ours, the result is theirs, so that two machines agree on
    the order as soon as one has seen the other. Else what is missing is put at the end
    of ours. Empty lines and carriage returns at line ends go where the file changes.
    """
    if ours == theirs:
        return ours
    mine, other = _lines(ours), _lines(theirs)
    if mine.keys() <= other.keys():
        return b"".join(other.values())
    if other.keys() <= mine.keys():
        return ours
    return b"".join({**mine, **other}.values())


def settle(
    ours: Mapping[str, Version],
    theirs: Mapping[str, Version],
    base: Mapping[str, Version],
) -> tuple[dict[str, Version], dict[str, Version]]:
    """Merge whole files by what changed since a common version.

    A file that one side changed is taken from there, also where the other deleted it.

    Args:
        base: The files of the last common version; empty where there is none.

    Returns:
        The version of each file that stands, and their version of those that both
        sides changed, of which ours stands.
    """
    stands, aside = dict(ours), {}
    for path in {**theirs, **base}:
        mine, other = ours.get(path), theirs.get(path)
        if mine == other or other == base.get(path):
            continue
        if other is None:
            if mine == base.get(path):
                stands.pop(path, None)
        elif mine is None or mine == base.get(path):
            stands[path] = other
        else:
            aside[path] = other
    return stands, aside


def _lines(data: bytes) -> dict[bytes, bytes]:
    """Each line that is not empty, once, ended."""
    lines = (line.rstrip(b"\r") for line in data.split(b"\n"))
    return {line: line + b"\n" for line in lines if line}
