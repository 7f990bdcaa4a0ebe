"""JSON text from elsewhere, read within limits.

The standard parser takes NaN, lone surrogates, repeated keys and any depth and length;
a lone surrogate would end the program where it is printed.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from math import isfinite
from typing import Any, TypeAlias

from llmpath.named_tuple import NamedTuple

FILE_LIMIT = 5 * 1024 * 1024
DEPTH_LIMIT = 8
LESSON_LIMIT = 20_000
VALUE_LIMIT = 30 * LESSON_LIMIT
"""Values by their commas and brackets: 5 MiB of `{},` would take 400 MB to refuse."""

Place: TypeAlias = tuple[str | int, ...]
"""Keys and positions that lead to a value in a document."""


class Finding(NamedTuple):
    """Something wrong in a document, at a place; `line` only where the text broke."""

    place: Place
    reason: str
    remedy: str
    line: int | None = None


class RepeatedKeys(dict[str, Any]):
    """An object in which keys stand more than once; the last value holds."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        times = Counter(key for key, _ in pairs)
        self.repeated = [key for key in self if times[key] > 1]


def parse_document(source: bytes | str) -> tuple[Any, list[Finding]]:
    """Read JSON text; the document is None if it cannot be read at all.

    A byte order mark is taken away. Numbers that are not finite, repeated keys and lone
    surrogates are findings, and the rest of the document can still be looked at.
    """
    if len(source) > FILE_LIMIT:
        return None, [Finding((), "the file is larger than 5 MiB", "split it")]
    text, finding = _read_text(source)
    if finding is not None:
        return None, [finding]
    try:
        document = json.loads(text, object_pairs_hook=_make_object)
    except json.JSONDecodeError as error:
        reason = f"not JSON: {error.msg} at column {error.colno}"
        return None, [Finding((), reason, "correct the syntax", error.lineno)]
    except RecursionError:
        return None, [_too_deep(())]
    except ValueError:  # int() refuses more than 4,300 digits
        return None, [Finding((), "a number is too long", "shorten it")]
    return _look_through(document)


def _look_through(document: object) -> tuple[Any, list[Finding]]:
    """Walk the document; it is None in the answer if it is too deep."""
    findings: list[Finding] = []
    for place, value in _values(document):
        if len(place) > DEPTH_LIMIT:
            return None, [_too_deep(place[:-1])]
        findings.extend(_odd_value(place, value))
    return document, findings


def _read_text(source: bytes | str) -> tuple[str, Finding | None]:
    """The text, if it is one and has not more values than memory is meant for."""
    try:
        data = source.encode() if isinstance(source, str) else source
        text = data.decode("utf-8-sig")
    except UnicodeError:
        return "", Finding((), "not UTF-8", "save the file as UTF-8")
    if sum(map(text.count, ",[{")) > VALUE_LIMIT:
        reason = f"more than {VALUE_LIMIT} values"
        return "", Finding((), reason, "split the file")
    return text, None


def _make_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    return made if len(made) == len(pairs) else RepeatedKeys(pairs)


def _values(document: object) -> Iterator[tuple[Place, object]]:
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


def _too_deep(place: Place) -> Finding:
    reason = f"objects and lists stand more than {DEPTH_LIMIT} deep"
    return Finding(place, reason, "remove the inner ones")
