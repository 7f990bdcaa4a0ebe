"""Hours and minutes of study in one piece of text, such as a title or a table's cell.

English units. Weeks alone say nothing of the hours and stay in the text; with hours a
week, or minutes a day, they are multiplied. Of several figures the first holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from llmpath.exchange.importers.draft import Span
from llmpath.named_tuple import NamedTuple

TEXT_LIMIT = 2000
"""Characters of a text that are looked at: a title or a cell, not a chapter."""

_HOURS_LIMIT = 10_000

# Digits of a larger number or of a version, a date, a price are no number.
_START = r"(?<![\w.,/:$€£-])(?<!series of )"
_PARTS = {"\u00bc": 0.25, "\u00bd": 0.5, "\u00be": 0.75}
_NUMBER = (
    rf"(?:[0-9]{{1,2}},[0-9]{{3}}|(?:[0-9]{{1,3}}\s?)?[{''.join(_PARTS)}]"
    r"|[0-9]{1,5}(?:[.,][0-9]{1,2})?)"
)
_TO = r"\s{0,2}(?:[-\u2010-\u2015\u2212~]|to\s|or\s)\s{0,2}"
_GAP = r"[\s\u2010\u2011-]{0,2}"
_HOUR = "(?:hours?|hrs?|h)"
_MINUTE = r"(?:minutes?|mins?|(?-i:m)(?=[)\]]))"
_UNIT = rf"(?:{_HOUR}|{_MINUTE})(?![a-z])"
_BEFORE = (
    r"(?:(?P<before>(?<![a-z])(?:about|around|approx(?:imately|\.)?|roughly|circa|ca\.|est\.?"
    r"|estimated|over|more than|at least|min\.|minimum|up to|less than|under)"
    r"|[~≈<>])\s{0,2})?"
)
_MORE = r"\s?\+|\s(?:or more|or longer|and more|and up)"
_EACH = (
    r"(?:\s(?:of )?(?:study|work|effort))?\s?"
    r"(?:(?:/|per|each|every|an?(?=\s(?:week|wk|day|month)))\s?(?P<each>[a-z]{0,20})"
    r"|(?P<often>weekly|daily|monthly|apiece))"
)
_EFFORT = re.compile(
    rf"{_BEFORE}{_START}"
    rf"(?:(?P<low>{_NUMBER})(?:\s?(?P<low_unit>{_UNIT}))?\+?{_TO})?"
    rf"(?P<high>{_NUMBER})(?P<open>{_MORE})?{_GAP}"
    rf"(?:(?P<unit>{_UNIT})|(?P<letter>h)(?=[0-5][0-9](?![0-9])))\.?"
    rf"(?:\s?,?\s?(?:and\s)?(?P<rest>[0-9]{{1,2}})\s?(?:{_MINUTE}|m)(?![a-z])"
    rf"|(?P<tight>[0-5][0-9])(?![0-9]))?"
    rf"(?P<late>{_MORE})?(?:{_EACH})?",
    re.IGNORECASE,
)
_CLOCK = re.compile(rf"{_START}([0-9]{{1,2}}):([0-5][0-9]):[0-5][0-9](?![\w:])")
_STRETCH = re.compile(
    rf"{_START}(?:(?P<low>{_NUMBER})\+?{_TO})?(?P<high>{_NUMBER})"
    rf"(?P<open>\+)?{_GAP}(?P<unit>weeks?|wks?|months?|days?)(?![a-z])",
    re.IGNORECASE,
)
_DAYS = {"d": 1.0, "w": 7.0, "m": 365 / 12, "y": 365.0}
_PERIODS = frozenset(
    ["day", "daily", "week", "weekly", "wk", "w", "month", "monthly", "year"]
)
_OPENING = frozenset(["over", "more than", "at least", ">", "min.", "minimum"])
_FILLING = frozenset(
    [
        *("read", "reading", "watch", "watching", "long", "total", "in", "time"),
        *("duration", "effort", "estimated", "approx", "about", "of", "study", "work"),
        *("for", "takes"),
    ]
)
_BRACKETS = {"(": ")", "[": "]"}
_MARKS = " \t\u00a0,;:|-\u2013\u2014\u00b7\u2022"


class Effort(NamedTuple):
    """What a piece of text says of the time that it takes.

    Attributes:
        span: None where it says nothing, or only weeks, or a time for each of some.
        rest: The text without it, where it stands apart: in brackets, or behind or
            before a dash, comma or colon. In the midst of a sentence it stays.
    """

    span: Span | None
    rest: str


def read_effort(text: str) -> Effort:
    """Read the first time of study that a text states."""
    looked_at = text[:TEXT_LIMIT]
    if not any(map(str.isnumeric, looked_at)):
        return Effort(None, text)
    for span, begin, end in _stated(looked_at):
        if 0 < span.low <= (span.high or span.named or span.low) <= _HOURS_LIMIT * 60:
            return Effort(span, _without(text, begin, end))
    return Effort(None, text)


def _stated(text: str) -> Iterator[tuple[Span, int, int]]:
    """Each time that the text states, with where it stands."""
    for match in _EFFORT.finditer(text):
        if match["each"] is None and match["often"] is None:
            yield _span(match), match.start(), match.end()
    for match in _CLOCK.finditer(text):
        minutes = int(match[1]) * 60 + int(match[2])
        yield Span(minutes, minutes), match.start(), match.end()
    stretch = _STRETCH.search(text)
    for match in _EFFORT.finditer(text) if stretch else ():
        period = match["each"] or match["often"]
        if stretch and period and period.lower() in _PERIODS:
            begin = min(match.start(), stretch.start())
            end = max(match.end(), stretch.end())
            yield _multiplied(match, stretch, period), begin, end


def _span(match: re.Match[str]) -> Span:
    unit = match["unit"] or match["letter"]
    high = _minutes(match["high"], unit) + int(match["rest"] or match["tight"] or 0)
    low = _minutes(match["low"], match["low_unit"] or unit) if match["low"] else high
    before = (match["before"] or "").lower()
    is_open = match["open"] or match["late"] or before in _OPENING
    return _open(low, high) if is_open and low <= high else Span(low, high)


def _open(low: int, named: int) -> Span:
    return Span(low, None, named if named > low else None)


def _minutes(number: str, unit: str) -> int:
    return round(_value(number) * (60 if unit.lower().startswith("h") else 1))


def _value(number: str) -> float:
    if number[-1] in _PARTS:
        return float(number[:-1] or 0) + _PARTS[number[-1]]
    whole, _, part = number.partition(",")
    return float(whole + part if len(part) == 3 else number.replace(",", "."))


def _multiplied(effort: re.Match[str], stretch: re.Match[str], period: str) -> Span:
    """Hours a week times weeks, whatever the two units are."""
    each = _span(effort)
    times = _DAYS[stretch["unit"][0].lower()] / _DAYS[period[0].lower()]
    most = _value(stretch["high"]) * times
    least = _value(stretch["low"]) * times if stretch["low"] else most
    low, high = (
        round(each.low * least),
        round((each.high or each.named or each.low) * most),
    )
    return _open(low, high) if each.high is None or stretch["open"] else Span(low, high)


def _without(text: str, begin: int, end: int) -> str:
    """The text without a part that stands apart from the rest of it."""
    opening = max(text.rfind("(", 0, begin), text.rfind("[", 0, begin))
    closing = text.find(_BRACKETS.get(text[opening], " "), end) if opening >= 0 else -1
    if closing < 0 or text.find(text[closing], opening, begin) >= 0:
        return _without_edge(text, begin, end)
    first = opening + 1
    inside = _without_edge(text[first:closing], begin - first, end - first)
    kept = f" {text[opening]}{inside}{text[closing]}" if inside else ""
    before, after = text[:opening].rstrip(), text[closing + 1 :]
    return (
        f"{before}{kept}{after}".strip() if before else f"{kept}{after}".strip(_MARKS)
    )


def _without_edge(text: str, begin: int, end: int) -> str:
    """The text without its beginning or end, where a mark divides it from the rest."""
    before, after = text[:begin].rstrip(), text[end:].lstrip()
    if _is_filling(after) and (
        _is_filling(before) or before[-1] in _MARKS or text[begin] in "~≈"
    ):
        return "" if _is_filling(before) else before.strip(_MARKS)
    if _is_filling(before) and after[0] in _MARKS:
        return after.strip(_MARKS)
    return text


def _is_filling(text: str) -> bool:
    return _FILLING.issuperset(text.lower().strip(f"{_MARKS}.!").split())
