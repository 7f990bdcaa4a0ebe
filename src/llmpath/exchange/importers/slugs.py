"""Ids from titles, the same from the same source.

Articles, numbers in front and accents do not matter, so that an edition which changes
only these keeps its ids.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from unicodedata import combining, normalize
from zlib import crc32

_LIMIT = 64
_READ = 300
_WORD = re.compile(r"[a-z0-9]+")
_APOSTROPHES = str.maketrans("", "", "'\u2019\u02bc")
_NUMBERING = re.compile(r"\s*(?:[0-9]{1,3}\s?[.):]\s?)+(?=\S)")
_ARTICLES = frozenset(["a", "an", "the"])


def slug(title: str, kind: str) -> str:
    """An id for a title; one in another script than Latin gets its kind and a number.

    Of a title that is too long, what stands behind its last colon is enough.
    The number is a checksum of the title, so that what stands around it does not
    matter.
    """
    number = _NUMBERING.match(title)
    plain = title[number.end() if number else 0 :][:_READ]
    folded = normalize("NFKD", plain).lower().translate(_APOSTROPHES)
    letters = "".join(each for each in folded if not combining(each))
    words = _WORD.findall(letters)
    told = [each for each in words if each not in _ARTICLES] or words
    if not told or sum(map(len, told)) * 2 < sum(map(str.isalnum, letters)):
        return f"{kind}-{crc32(title.encode('utf-8', 'replace')):08x}"
    name = "-".join(told)
    part = plain.rpartition(": ")[2]
    if len(name) > _LIMIT and part != plain:
        return slug(part, kind)
    return _cut(name, _LIMIT)


class SlugPool:
    """Ids given so far in one namespace."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._next: Counter[str] = Counter()

    def give(self, wanted: Iterable[str]) -> str:
        """The first wanted id that is free, or the last one with a number."""
        name = ""
        for name in wanted:
            if name not in self._taken:
                self._taken.add(name)
                return name
        self._next[name] = max(self._next[name], 1)
        while True:
            self._next[name] += 1
            number = f"-{self._next[name]}"
            numbered = _cut(name, _LIMIT - len(number)) + number
            if numbered not in self._taken:
                self._taken.add(numbered)
                return numbered


def _cut(name: str, limit: int) -> str:
    """The name up to a limit, without half a word where that leaves most of it."""
    if len(name) <= limit:
        return name
    whole = name[: limit + 1].rpartition("-")[0]
    return whole if len(whole) * 2 > limit else name[:limit].rstrip("-")
