"""Whether an id means the same lesson in two editions, and ids by which it does.

Ids that were made of titles mean another lesson as soon as one of the same title comes
before it. An author may give an id to another lesson by mistake.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping

from llmpath.core.curriculum import Curriculum, Lesson, Module
from llmpath.core.ledger import Ledger
from llmpath.core.likeness import LEAST_SHARE, share, words_of
from llmpath.core.matching import address, alone_by, destination, title_of
from llmpath.named_tuple import NamedTuple

SLUG_LIMIT = 58
"""Of an id that gets a number, so that it is not longer than the format permits."""


class Meanings:
    """What the ids of an edition, and those of earlier ones, mean."""

    def __init__(self, edition: Curriculum, earlier: Mapping[str, Lesson]) -> None:
        """Take an edition in force.

        Args:
            earlier: Lessons of editions before it, by ids that it has no more.
        """
        self._edition = edition
        self._earlier = earlier
        self._ledger = Ledger(edition.changes, edition)
        self._retired = {
            key
            for change in edition.changes
            if change.kind == "retired"
            for key in change.before
        }
        self._marks = marks(edition.lessons.values())

    def has_left(self, key: str) -> bool:
        """Tell whether a lesson's id meant something once and is in force no more."""
        if key in self._edition.lessons:
            return False
        gone = self._retired.intersection((key, key.rpartition("/")[0]))
        return key in self._earlier or bool(gone) or self._ledger.way(key) is not None

    def is_same(self, key: str, lesson: Lesson, new: Marks) -> bool:
        """Tell whether an id's lesson is one that it means or has meant.

        Args:
            lesson: As an edition to come has it.
            new: How often that has its titles and addresses.
        """
        lessons = self._edition.lessons
        known = [lessons[each] for each in self._ledger.ends(key) if each in lessons]
        known += [self._earlier[key]] if key in self._earlier else []
        return any(is_same(was, lesson, self._marks, new) for was in known)


class Marks(NamedTuple):
    """How often an edition has what tells lessons from each other.

    Attributes:
        titles: In one module.
        pages: In all of it.
        both: Titles with where their links lead, in one module.
    """

    titles: Counter[Hashable]
    pages: Counter[str | None]
    both: Counter[Hashable]


def marks(lessons: Iterable[Lesson]) -> Marks:
    """Count the titles and addresses of lessons."""
    every = list(lessons)
    return Marks(
        Counter((each.module, title_of(each)) for each in every),
        Counter(map(address, every)),
        Counter((each.module, *exactly(each)) for each in every),
    )


def exactly(lesson: Lesson) -> tuple[str, object]:
    """A lesson's title and where its link leads."""
    return title_of(lesson), destination(lesson)


def is_same(was: Lesson, now: Lesson, old: Marks, new: Marks) -> bool:
    """Tell whether two lessons of one id in two editions are taken for the same.

    They have the same title, or the same address, or half of the words of their titles.
    An address that several lessons have tells nothing. Of a title that several of a
    module have the address decides, or their number where there is none.
    """
    page, other = address(was), address(now)
    if title_of(was) == title_of(now):
        # 0 for a lesson of an earlier edition
        before = max(1, old.titles[was.module, title_of(was)])
        after = new.titles[now.module, title_of(now)]
        times = old.both[was.module, *exactly(was)], new.both[now.module, *exactly(now)]
        if exactly(was) == exactly(now) and max(times) <= 1:
            return True
        if None in (page, other) or before == after == 1:
            return before == after
        return destination(was) == destination(now)
    is_alone = old.pages[page] == new.pages[page] == 1
    if page is not None and page == other and is_alone:
        return True
    return share(words_of(was.title), words_of(now.title)) >= LEAST_SHARE


def other_meanings(old: Curriculum, new: Curriculum) -> tuple[str, ...]:
    """Ids of both editions that mean another lesson in the new one."""
    before, after = marks(old.lessons.values()), marks(new.lessons.values())
    return tuple(
        key
        for key, lesson in new.lessons.items()
        if key in old.lessons and not is_same(old.lessons[key], lesson, before, after)
    )


def settled_ids(meant: Meanings, old: Curriculum, new: Curriculum) -> dict[str, str]:
    """Other ids for lessons of an import, so that none means another than it did.

    A lesson of the same title and address in the same module keeps its id.

    Returns:
        Ids to put in place of those that were made of titles, where they differ.
    """
    after = marks(new.lessons.values())
    changed: dict[str, str] = {}

    def is_given(key: str) -> bool:
        return key in old.lessons or meant.has_left(key)

    for module in new.modules.values():
        ids = paired_ids(old.modules.get(module.id), module)
        used = {*ids.values()}
        for lesson in module.lessons:
            key = lesson.id
            if key in ids:
                continue
            is_other = is_given(key) and not meant.is_same(key, lesson, after)
            module_part, _, slug = lesson.id.rpartition("/")
            number = 2
            while key in used or is_other:
                key = f"{module_part}/{slug[:SLUG_LIMIT]}-{number}"
                is_other = key in new.lessons or is_given(key)
                number += 1
            used.add(key)
            ids[lesson.id] = key
        changed.update((was, now) for was, now in ids.items() if was != now)
    return changed


def paired_ids(old: Module | None, new: Module) -> dict[str, str]:
    """Ids of a module's lessons with those of the same title and address before."""
    if old is None:
        return {}
    before = alone_by(old.lessons, exactly)
    after = alone_by(new.lessons, exactly)
    return {each.id: before[key].id for key, each in after.items() if key in before}
