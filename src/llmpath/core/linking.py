"""Lessons that stand in several curricula."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from llmpath.core.curriculum import Curriculum, Lesson, curriculum_of


def same_lessons(new: Curriculum, others: Curriculum) -> list[tuple[Lesson, Lesson]]:
    """Find the lessons of one curriculum that others have too, each with the first.

    A link that several lessons of one curriculum share, such as the address of a whole
    course, tells of none of them.
    """
    elsewhere = [
        each for each in others.lessons.values() if curriculum_of(each.id) != new.id
    ]
    there: dict[str, Lesson] = {}
    for link, lesson in _telling(elsewhere):
        there.setdefault(link, lesson)
    return [
        (lesson, there[link])
        for link, lesson in _telling(new.lessons.values())
        if link in there
    ]


def _telling(lessons: Iterable[Lesson]) -> list[tuple[str, Lesson]]:
    """The lessons whose link is that of no other in their curriculum."""
    linked = [
        ((curriculum_of(each.id), _folded(each.url)), each)
        for each in lessons
        if each.url is not None
    ]
    times = Counter(key for key, _ in linked)
    return [(link, each) for (name, link), each in linked if times[name, link] == 1]


def _folded(url: str) -> str:
    """A link without what leads to the same page: the scheme and a last slash."""
    return url.removeprefix("https://").removeprefix("http://").rstrip("/")
