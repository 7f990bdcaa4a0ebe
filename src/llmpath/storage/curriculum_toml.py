"""TOML text from elsewhere, read within limits.

The standard parser takes a time that grows with the square of a dotted key's parts,
and a kilobyte for each table: both are counted before it runs.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime
from typing import Any

from llmpath.core.curriculum import LESSON_LIMIT
from llmpath.storage.curriculum_document import (
    DEPTH_LIMIT,
    VALUE_LIMIT,
    Finding,
    too_deep,
    too_long,
    too_many,
)

TABLE_LIMIT = 8 * LESSON_LIMIT
"""Brackets and dots outside texts; a lesson that is a table takes five to eight."""
_WORD_LIMIT = 4000
"""A longer number than this one takes 600 MB to match; Python refuses 4,301 digits."""

# No part can be read in two ways, and none is given back, so that the search takes a
# time that grows with the text alone. A text that is not closed reaches to its end.
_BASIC = r'"(?:[^"\\\n]++|\\.)*+"'
_LITERAL = r"'[^'\n]*+'"
_PART = rf"(?:[\w-]++|{_BASIC}|{_LITERAL})"
_TOKENS = re.compile(
    "|".join(
        [
            rf"(?P<long>(?<![\w-])[\w-]{{{_WORD_LIMIT},}}+)",
            rf"(?P<deep>(?<![\w-]){_PART}(?:[ \t]*+\.[ \t]*+{_PART}){{{DEPTH_LIMIT}}})",
            r'"""(?:[^"\\]++|\\.|"(?!""))*+(?:"{3,5})?',
            r"'''(?:[^']++|'(?!''))*+(?:'{3,5})?",
            rf"{_BASIC}?",
            rf"{_LITERAL}?",
            r"#[^\n]*+",
            r"(?P<table>[\[{.])",
            r"(?P<value>[=,])",
        ]
    ),
    re.DOTALL,
)
_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def parse_toml(text: str) -> tuple[Any, Finding | None]:
    """Read TOML, dates as text; the finding says why it could not be read."""
    finding = _excess(text)
    if finding is not None:
        return None, finding
    try:
        return _without_dates(tomllib.loads(text)), None
    except tomllib.TOMLDecodeError as error:
        return None, _syntax_fault(text, str(error))
    except RecursionError:
        return None, too_deep(())
    except ValueError:  # int() refuses more than 4,300 digits
        return None, too_long(())


def _excess(text: str) -> Finding | None:
    """What there is too much of for the parser: parts of a key, tables, values."""
    counts = {"table": 0, "value": 0}
    for token in _TOKENS.finditer(text):
        kind = token.lastgroup
        if kind == "deep":
            return too_deep(())
        if kind == "long":
            return too_long(())
        if kind is not None:
            counts[kind] += 1
            if counts["table"] > TABLE_LIMIT:
                return too_many("tables and lists", TABLE_LIMIT)
            if counts["value"] > VALUE_LIMIT:
                return too_many("values", VALUE_LIMIT)
    return None


def _without_dates(value: object) -> Any:  # noqa: ANN401 - any value of a document
    """A value with its dates as the text that JSON has for them."""
    if isinstance(value, dict):
        return {key: _without_dates(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_without_dates(part) for part in value]
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    return value


def _syntax_fault(text: str, message: str) -> Finding:
    """The parser's message, with its place apart; the end is the last line's end."""
    found = _PLACE.search(message)
    reason = f"not TOML: {message[: found.start()] if found else message}"
    if found and found[1]:
        place = int(found[1]), int(found[2])
    else:
        lines = text.split("\n")
        place = len(lines), len(lines[-1]) + 1
    return Finding((), reason, "correct the syntax", *place)
