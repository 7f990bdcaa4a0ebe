"""Lessons of an edition whose titles are like those of lessons that are gone.

Two titles are alike that have at least half of their words in common, counted without
articles and the like. That says too little to infer anything, and enough to ask.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from llmpath.core.curriculum import Lesson
from llmpath.core.matching import CANDIDATE_LIMIT

LEAST_SHARE = 0.5
WORD_LIMIT = 50
"""A word that more titles than this have tells nothing of any of them."""
EMPTY_WORDS = frozenset(("an", "and", "for", "in", "of", "on", "part", "the", "to"))


class LikeTitles:
    """Lessons by the words of their titles."""

    def __init__(self, lessons: Iterable[Lesson]) -> None:
        self._words = {each.id: words_of(each.title) for each in lessons}
        self._places = {key: place for place, key in enumerate(self._words)}
        self._having: dict[str, list[str]] = {}
        for key, words in self._words.items():
            for word in words:
                self._having.setdefault(word, []).append(key)

    def to(self, title: str) -> tuple[str, ...]:
        """The lessons whose titles are like this one, the most alike first."""
        words = words_of(title)
        listed = (self._having.get(each, ()) for each in words)
        near = {key for keys in listed if len(keys) <= WORD_LIMIT for key in keys}
        alike = sorted(
            (-shared, self._places[key], key)
            for key in near
            for shared in (share(words, self._words[key]),)
            if shared >= LEAST_SHARE
        )
        return tuple(key for _, _, key in alike[:CANDIDATE_LIMIT])


def words_of(title: str) -> frozenset[str]:
    """The words of a title that tell something: all of two letters or digits and more.

    A title without any has all that it has.
    """
    words = frozenset(re.findall(r"\w+", title.casefold()))
    telling = frozenset(each for each in words - EMPTY_WORDS if len(each) > 1)
    return telling or words


def share(some: frozenset[str], others: frozenset[str]) -> float:
    """How many of the words of two titles are in both, from 0 to 1."""
    together = some | others
    return len(some & others) / len(together) if together else 0.0
