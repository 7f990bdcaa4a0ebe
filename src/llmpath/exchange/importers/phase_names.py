"""Phases by their numbers and titles, as prose about prerequisites names them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from llmpath.exchange.importers.efforts import read_effort
from llmpath.exchange.importers.tables import column_name
from llmpath.named_tuple import NamedTuple

_WORD = "phase|stage|part|step|level|unit|week|module|section|chapter|track"
_NUMBERED = re.compile(
    rf"\W*(?P<word>{_WORD})\s+(?P<number>\d{{1,4}})\b(?P<title>.*)", re.IGNORECASE
)
_NAMED = re.compile(
    rf"\b(?:{_WORD})s?\s+(?P<first>\d{{1,4}})(?:\s*(?:-|\u2013|to)\s*(?P<last>\d{{1,4}}))?"
    r"(?P<others>(?:\s*(?:,|and\b|&)+\s*\d{1,4}\b(?!\s*(?:min|h)))*)",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d{1,4}")
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_PARTS = re.compile(r"[,;]")
_AND = re.compile(r"\band\b|&", re.IGNORECASE)
_LESSON = re.compile(r"\W*(?:all\s+(?:of\s+)?)?(?:lessons?\b|\d|\u00b7)", re.IGNORECASE)
_NOTHING = frozenset(["", "none", "nothing", "n a"])
_MARKS = "\"')]?!%+"
_RANGE = 100
"""A range of more phases is no prerequisite; a module has at most so many."""


class Numbered(NamedTuple):
    """A heading such as `Phase 3: Title`."""

    number: int
    title: str


def numbered(heading: str) -> Numbered | None:
    """The number and the title of a phase's heading, or None."""
    match = _NUMBERED.match(heading)
    return Numbered(int(match["number"]), match["title"]) if match else None


def plain_title(heading: str) -> str:
    """A heading without its number, its time and marks such as those of a status."""
    found = numbered(heading)
    title = read_effort(found.title if found else heading).rest
    end, begin = len(title), 0
    while end and not (title[end - 1].isalnum() or title[end - 1] in _MARKS):
        end -= 1
    while begin < end and not (title[begin].isalnum() or title[begin] in "\"'(["):
        begin += 1
    return title[begin:end] or heading


class PhaseNames:
    """Keys of modules by the phase that they stand in."""

    def __init__(self, headings: Sequence[str]) -> None:
        """Take the heading of each module's phase, in the order of the modules."""
        self._keys = [
            f"{at + 1}. {plain_title(each)}" for at, each in enumerate(headings)
        ]
        self._numbers = [numbered(each) for each in headings]
        self._by_number: dict[int, list[str]] = {}
        self._by_title: dict[str, list[str]] = {}
        for key, heading, found in zip(
            self._keys, headings, self._numbers, strict=True
        ):
            if found:
                self._by_number.setdefault(found.number, []).append(key)
            title = column_name(plain_title(heading))
            self._by_title.setdefault(title, []).append(key)

    def key(self, at: int) -> str:
        """What the module at this position is called by those that need it."""
        return self._keys[at]

    def needs_of(self, at: int, texts: Sequence[str]) -> tuple[str, ...]:
        """Keys of what the texts name; what is no phase, as they have it.

        A module does not need another one of its own phase by this.
        """
        found = dict.fromkeys(each for text in texts for each in self._named(text))
        own = self._numbers[at]
        same = self._by_number[own.number] if own else [self._keys[at]]
        return tuple(each for each in found if each not in same[:_RANGE])

    def _named(self, text: str) -> Iterator[str]:
        plain = _IN_BRACKETS.sub("", text)
        for match in _NAMED.finditer(plain):
            for number in _numbers(match):
                yield from self._by_number.get(number, [])[:_RANGE]
        for part in _PARTS.split(_NAMED.sub(" \u00b7 ", plain)):
            pieces = [part] if column_name(part) in self._by_title else _AND.split(part)
            for piece in pieces:
                name = column_name(piece)
                if name in self._by_title:
                    yield from self._by_title[name][:_RANGE]
                elif name not in _NOTHING and not _LESSON.match(piece):
                    yield piece.strip(" .")


def _numbers(match: re.Match[str]) -> Iterator[int]:
    first, last = int(match["first"]), int(match["last"] or match["first"])
    yield from range(first, min(last, first + _RANGE) + 1)
    yield from map(int, _DIGITS.findall(match["others"]))
