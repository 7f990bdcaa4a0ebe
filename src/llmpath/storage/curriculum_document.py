"""A curriculum's document as it was read: its limits, and what no form may hold.

JSON and TOML both let pass what would end the program or fill its memory later.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, time
from math import isfinite
from typing import Any, TypeAlias

from llmpath.core.curriculum import LESSON_LIMIT
from llmpath.named_tuple import NamedTuple

FILE_LIMIT = 5 * 1024 * 1024
DEPTH_LIMIT = 8
VALUE_LIMIT = 30 * LESSON_LIMIT
"""Values by their commas and brackets: 5 MiB of `{},` would take 400 MB to refuse."""
OBJECT_LIMIT = 4 * LESSON_LIMIT
"""Also of what stands where an object should: to list what is wrong takes 1 KB each."""
_LISTS_OF_OBJECTS = frozenset(
    [
        *("tracks", "phases", "modules", "lessons", "changes"),
        *("prerequisites", "alternatives"),
    ]
)
KEY_LIMIT = 1000
_BIT_LIMIT = 64

Place: TypeAlias = tuple[str | int, ...]
"""Keys and positions that lead to a value in a document."""


class Finding(NamedTuple):
    """Something wrong in a document, at a place.

    Attributes:
        line: Where the text broke, as `column`, counted from 1; else None.
    """

    place: Place
    reason: str
    remedy: str
    line: int | None = None
    column: int | None = None


class RepeatedKeys(dict[str, Any]):
    """An object in which keys stand more than once; the last value holds."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        times = Counter(key for key, _ in pairs)
        self.repeated = [key for key in self if times[key] > 1]


def look_through(document: object) -> tuple[Any, list[Finding]]:
    """Walk a document; in the answer it is None if it is too deep or too large."""
    findings: list[Finding] = []
    objects = 0
    for place, value in places_of(document):
        objects += _is_object(place, value)
        if objects > OBJECT_LIMIT:
            return None, [too_many("objects", OBJECT_LIMIT)]
        excess = _excess(place, value)
        if excess is not None:
            return None, [excess]
        findings.extend(_odd_value(place, value))
    return document, findings


def _is_object(place: Place, value: object) -> bool:
    """Tell whether a value is an object, or an entry of a list that should be one."""
    if isinstance(value, dict):
        return True
    if not place or isinstance(place[-1], str):
        return False
    is_text = isinstance(value, str) and bool(value.strip())
    return not is_text or (len(place) > 1 and place[-2] in _LISTS_OF_OBJECTS)


def _excess(place: Place, value: object) -> Finding | None:
    """What makes a value too much to look at the rest of the document."""
    if len(place) > DEPTH_LIMIT:
        return too_deep(place[:-1])
    if isinstance(value, dict) and len(value) > KEY_LIMIT:
        return Finding(place, f"more than {KEY_LIMIT} keys", "take the others out")
    if isinstance(value, int) and value.bit_length() > _BIT_LIMIT:
        return too_long(place)
    return None


def too_deep(place: Place) -> Finding:
    """The finding on what is nested beyond the limit."""
    reason = f"objects and lists stand more than {DEPTH_LIMIT} deep"
    return Finding(place, reason, "remove the inner ones")


def too_long(place: Place) -> Finding:
    """The finding on a number that nothing in the format could mean."""
    return Finding(place, "a number is too long", "shorten it")


def too_many(what: str, limit: int) -> Finding:
    """The finding on a text with more of something than memory is meant for."""
    return Finding((), f"more than {limit} {what}", "split the file")


def places_of(document: object) -> Iterator[tuple[Place, object]]:
    """Every value of the document with its place, in its order."""
    ahead: list[tuple[Place, object]] = [((), document)]
    while ahead:
        place, value = ahead.pop()
        yield place, value
        ahead.extend(reversed([((*place, key), part) for key, part in _parts(value)]))


def _parts(value: object) -> Iterator[tuple[str | int, object]]:
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, list):
        yield from enumerate(value)


def _odd_value(place: Place, value: object) -> Iterator[Finding]:
    if isinstance(value, RepeatedKeys):
        for key in value.repeated:
            yield Finding((*place, key), "the key stands twice", "keep one of them")
    if isinstance(value, float) and not isfinite(value):
        yield Finding(place, "not a finite number", "write a whole number")
    if isinstance(value, datetime | time):  # only TOML has them
        yield Finding(place, "a time of day", "write a date, or text in quotes")
    if not all(map(_is_encodable, _texts(value))):
        yield Finding(place, "half of a surrogate pair", "write the character itself")


def _texts(value: object) -> Iterator[str]:
    """The text itself, or the keys of an object."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from value


def _is_encodable(text: str) -> bool:
    return text.isascii() or not any("\ud800" <= each <= "\udfff" for each in text)
