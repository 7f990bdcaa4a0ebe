"""Which courses a cell of prerequisites names, in whatever words it does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from llmpath.exchange.importers.markdown_words import Words
from llmpath.exchange.importers.tables import column_name
from llmpath.named_tuple import NamedTuple

_NOTHING = frozenset(["", "none", "n a", "nothing", "no"])
_SMALL_WORDS = frozenset(["a", "an", "and", "for", "from", "in", "of", "the", "to"])
_COMMON = 200
"""A word in so many titles tells nothing, and would make the search long."""
_LIKENESS = 0.4
"""Of the words of a title that have to stand in a name for it."""
_SECTION_LIMIT = 20
"""A section of more courses is not meant when its name stands as a prerequisite."""
_PARTS = re.compile(r"[,;]")
_AND = re.compile(r"\band\b|&", re.IGNORECASE)
_LEADING = re.compile(r"^\W*(?:and\b|or\b)?\W*", re.IGNORECASE)


class Course(NamedTuple):
    """A course by its title and its address on the web."""

    title: str
    url: str | None


class CourseNames:
    """Courses in their order, looked up by what others call them."""

    def __init__(
        self, courses: Sequence[Course], sections: Sequence[tuple[str, bool]]
    ) -> None:
        """Take the courses, each with its section and whether it is one to spare."""
        self._titles = [each.title for each in courses]
        self._addresses = {each.url: each.title for each in reversed(courses)}
        self._words = [frozenset(_words(each)) for each in self._titles]
        self._exact = {column_name(each): each for each in reversed(self._titles)}
        self._short: dict[str, set[str]] = {}
        self._sections: dict[str, list[str]] = {}
        self._with_word: dict[str, list[int]] = {}
        for at, title in enumerate(self._titles):
            for part in title.split(":") if ":" in title else ():
                self._short.setdefault(column_name(part), set()).add(title)
            for word in self._words[at]:
                self._with_word.setdefault(word, []).append(at)
            name, is_spare = sections[at]
            if not is_spare:
                self._sections.setdefault(column_name(name), []).append(title)

    def needs_of(self, at: int, cell: Words) -> tuple[str, ...]:
        """Titles of the courses that a cell names; what it says of others, as it does.

        `at` is the course's own position. Names that are only like a title lead to
        courses that stand before it.
        """
        linked = {
            column_name(each.title): self._addresses[each.url]
            for each in cell.links
            if each.url in self._addresses
        }
        found = dict.fromkeys(self._look_up(at, cell.text, linked))
        return tuple(each for each in found if each != self._titles[at])

    def _look_up(self, at: int, text: str, linked: dict[str, str]) -> Iterator[str]:
        whole = self._named(at, text, linked)
        if whole:
            yield from whole
            return
        for part in map(_trimmed, _PARTS.split(text)):
            if column_name(part) not in _NOTHING:
                yield from self._part(at, part, linked)

    def _part(self, at: int, text: str, linked: dict[str, str]) -> Iterable[str]:
        found = self._named(at, text, linked)
        if found:
            return found
        pieces = [_trimmed(each) for each in _AND.split(text)]
        each_found = [self._named(at, each, linked) for each in pieces]
        if len(pieces) > 1 and all(each_found):
            return [title for titles in each_found for title in titles]
        return [text]

    def _named(self, at: int, text: str, linked: dict[str, str]) -> Sequence[str]:
        name = column_name(text)
        if name in linked:
            return [linked[name]]
        if name in self._exact:
            return [self._exact[name]]
        section = self._sections.get(name, ())
        if 0 < len(section) <= _SECTION_LIMIT:
            return section
        short = self._short.get(name, ())
        return [*short] if len(short) == 1 else self._alike(at, text)

    def _alike(self, at: int, text: str) -> Sequence[str]:
        """The one course before this one whose title has all words of a text."""
        words = frozenset(_words(text))
        if len(words) < 2:
            return ()
        rarest = min(
            (self._with_word.get(each, []) for each in words), key=len, default=[]
        )
        if len(rarest) > _COMMON:
            return ()
        alike = [
            each
            for each in rarest
            if each < at
            and words <= self._words[each]
            and len(words) >= _LIKENESS * len(self._words[each])
        ]
        return [self._titles[alike[0]]] if len(alike) == 1 else ()


def _words(text: str) -> Iterator[str]:
    return (each for each in column_name(text).split() if each not in _SMALL_WORDS)


def _trimmed(text: str) -> str:
    return _LEADING.sub("", text).strip()
