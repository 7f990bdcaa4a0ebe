"""Lessons that stand in several curricula: finding them, and counting them in each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from itertools import chain

from llmpath.core.addresses import Destination, destination_of
from llmpath.core.curriculum import Curriculum, Lesson, curriculum_of
from llmpath.core.ledger import Ledger
from llmpath.core.progress import Completion, Progress


def same_lessons(new: Curriculum, others: Curriculum) -> list[tuple[Lesson, Lesson]]:
    """Find the lessons of one curriculum that others have too, each with the first.

    A link that several lessons of one curriculum share, such as the address of a whole
    course, tells of none of them. A part of a page is the same lesson only where the
    other curriculum divides the page alike.
    """
    elsewhere = [
        each for each in others.lessons.values() if curriculum_of(each.id) != new.id
    ]
    there: dict[Hashable, Lesson] = {}
    for link, lesson in _telling(elsewhere):
        there.setdefault(link, lesson)
    return [
        (lesson, there[link])
        for link, lesson in _telling(new.lessons.values())
        if link in there
    ]


def share_linked(progress: Progress, ledger: Ledger | None = None) -> Progress:
    """Count a lesson that is done as done wherever it is linked, from the same day.

    No minutes are counted twice: what is done elsewhere has none of its own. A lesson
    that was reopened since stays open.

    Args:
        ledger: By which progress was carried. Of a linked lesson that was divided all
            parts are the same study; one that became part of a greater lesson is done
            with that one, which is not done with it.
    """
    completions = dict(progress.completions)
    for group in progress.linked:
        ends = {key: (key,) if ledger is None else ledger.ends(key) for key in group}
        done = [_together(parts, progress) for parts in ends.values()]
        known = [each for each in done if each is not None]
        for lesson, parts in ends.items():
            if not known or (ledger is not None and not ledger.is_all(lesson)):
                continue
            for part in parts:
                shared = _shared({lesson, part}, known, progress)
                if shared is not None:
                    completions.setdefault(part, shared)
    return progress._replace(completions=completions)


def _together(parts: Iterable[str], progress: Progress) -> Completion | None:
    """The completion of a lesson in parts: that of the last one, if all are done."""
    done = [progress.completions.get(each) for each in parts]
    known = [each for each in done if each is not None]
    if len(known) < len(done):
        return None
    last = max(known)
    return last._replace(records=tuple(chain.from_iterable(it.records for it in known)))


def _shared(
    ids: Iterable[str], done: Iterable[Completion], progress: Progress
) -> Completion | None:
    """What other lessons' completions say of this one, by whatever id it was opened."""
    held = [
        (each.day, record)
        for each in done
        for record in each.records
        if not any((key, record) in progress.reopened for key in ids)
    ]
    if not held:
        return None
    return Completion(min(held)[0], 0, tuple(sorted({record for _, record in held})))


def _telling(lessons: Iterable[Lesson]) -> list[tuple[Hashable, Lesson]]:
    """The lessons that alone in their curriculum lead where they do.

    Each with where that is and how its curriculum divides the page: what has no place
    to stop ends where the next part begins.
    """
    linked = [
        (found, each)
        for each in lessons
        if (found := destination_of(each.url, each.stop)) is not None
    ]
    pages: dict[tuple[str, str], Counter[Destination]] = defaultdict(Counter)
    for found, each in linked:
        pages[curriculum_of(each.id), found.page][found] += 1
    parts = {key: frozenset(times.items()) for key, times in pages.items()}
    return [
        ((found, parts[key]), each)
        for found, each in linked
        for key in ((curriculum_of(each.id), found.page),)
        if pages[key][found] == 1
    ]
