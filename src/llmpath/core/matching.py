"""Which lessons of an edition are those of an earlier one under other ids, by evidence.

By address: one lesson had it and one has it; or one had it and several have parts of
it, told apart by fragment, time or stop; or the other way round. Then by title: in the
same module, or, for a title that stands once in each edition, in another one. A module
counts as the same under another id by its title or address. Where addresses and titles
disagree nothing is inferred.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from llmpath.core.addresses import Destination, destination_of, page_of
from llmpath.core.curriculum import Curriculum, Lesson, Module, Track
from llmpath.named_tuple import NamedTuple

SAME_ADDRESS = "same address"
SAME_TITLE = "same title"
PARTS = "parts of one address"

PART_LIMIT = 100
"""An address that more lessons than this have is a course's."""
CANDIDATE_LIMIT = 5

T = TypeVar("T")


class Match(NamedTuple):
    """Lessons that became others, and what tells it."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    because: str


class Unclear(NamedTuple):
    """A lesson of which it has to be asked what became of it.

    Attributes:
        candidates: At most five, those of its own module first.
    """

    lesson: str
    candidates: tuple[str, ...]


class Matches(NamedTuple):
    """What became of lessons that are gone; who is in neither has nothing like it."""

    sure: tuple[Match, ...]
    unclear: tuple[Unclear, ...]


def match_lessons(
    old: Curriculum, new: Curriculum, gone: Sequence[Lesson], fresh: Sequence[Lesson]
) -> Matches:
    """Find what became of lessons.

    Args:
        gone: Those of the old edition whose ids are no more, and of which no change is
            declared.
        fresh: Those of the new edition that were not there, and that no change names.
    """
    shared = addresses_elsewhere(old, gone) | addresses_elsewhere(new, fresh)
    found = list(by_address(old, new, families(gone, fresh, shared)))
    doubted = doubtful(found, gone, fresh)
    sure = [each for each in found if not doubted.intersection(each.before)]
    out = {key for each in found for key in (*each.before, *each.after)}
    left = [each for each in gone if each.id not in out]
    open_ = [each for each in fresh if each.id not in out]
    sure += by_title(old, new, left, open_)
    taken = {key for each in sure for key in (*each.before, *each.after)}
    offered = Offers(same_modules(old, new), (f for f in fresh if f.id not in taken))
    unclear = [
        Unclear(each.id, candidates)
        for each in gone
        if each.id not in taken
        for candidates in (offered.to(each, has_address=address(each) not in shared),)
        if candidates
    ]
    return Matches(tuple(sure), tuple(unclear))


def address(lesson: Lesson) -> str | None:
    """A lesson's web address without the place in it; None without a link."""
    return page_of(lesson.url)


def destination(lesson: Lesson) -> Destination | None:
    """The place that a lesson has in its page; None without a link."""
    return destination_of(lesson.url, lesson.stop)


def title_of(thing: Lesson | Module | Track) -> str:
    """A title as it is compared."""
    return " ".join(thing.title.split()).casefold()


def addresses_elsewhere(
    curriculum: Curriculum, some: Sequence[Lesson]
) -> set[str | None]:
    """The addresses of all other lessons: what has one of them is no sign."""
    ids = {each.id for each in some}
    others = (each for each in curriculum.lessons.values() if each.id not in ids)
    return {None, *map(address, others)}


Family = tuple[list[Lesson], list[Lesson]]


def families(
    gone: Iterable[Lesson], fresh: Iterable[Lesson], shared: set[str | None]
) -> list[Family]:
    """Lessons gone and fresh by address, where there are both."""
    found: dict[str | None, Family] = {}
    for side, lessons in enumerate((gone, fresh)):
        for each in lessons:
            page = address(each)
            if page not in shared:
                found.setdefault(page, ([], []))[side].append(each)
    return [each for each in found.values() if all(each)]


def by_address(
    old: Curriculum, new: Curriculum, found: Iterable[Family]
) -> Iterator[Match]:
    """What addresses tell."""
    for before, after in found:
        if len(before) == len(after) == 1:
            (was,), (became,) = before, after
            is_course = is_of_course(was, old) or is_of_course(became, new)
            begin_alike = destination_of(was.url) == destination_of(became.url)
            if begin_alike and not is_course:
                yield match(before, after, SAME_ADDRESS)
        elif min(len(before), len(after)) == 1:
            if are_parts(before) and are_parts(after):
                yield match(before, after, PARTS)
        else:
            for was, became in paired(before, after, destination):
                yield match([was], [became], SAME_ADDRESS)


def is_of_course(lesson: Lesson, curriculum: Curriculum) -> bool:
    """Tell whether a lesson has no link but that of its module, which has others."""
    module = curriculum.modules[lesson.module]
    return len(module.lessons) > 1 and page_of(module.url) == address(lesson)


def are_parts(lessons: Sequence[Lesson]) -> bool:
    """Tell whether lessons of one address have each their own place in it."""
    marks = {destination(each) for each in lessons}
    return len(marks) == len(lessons) <= PART_LIMIT


def match(before: Iterable[Lesson], after: Iterable[Lesson], because: str) -> Match:
    """A match of lessons."""
    return Match(
        tuple(each.id for each in before), tuple(each.id for each in after), because
    )


def doubtful(
    found: Iterable[Match], gone: Sequence[Lesson], fresh: Sequence[Lesson]
) -> set[str]:
    """The lessons of matches by address against which a title speaks."""
    was = {each.id: title_of(each) for each in gone}
    became = {each.id: title_of(each) for each in fresh}
    were, are = Counter(was.values()), Counter(became.values())
    doubted: set[str] = set()
    for each in found:
        before = Counter(was[key] for key in each.before)
        after = Counter(became[key] for key in each.after)
        if len(each.before) == len(each.after) and before == after:
            continue
        others = any(are[key] > after[key] for key in before)
        if others or any(were[key] > before[key] for key in after):
            doubted.update(each.before)
    return doubted


def by_title(
    old: Curriculum, new: Curriculum, gone: Sequence[Lesson], fresh: Sequence[Lesson]
) -> list[Match]:
    """What titles tell: in the same module first, then in others."""
    modules = same_modules(old, new)
    near = paired(
        gone,
        fresh,
        lambda each: (modules.get(each.module, each.module), title_of(each)),
    )
    matches = [match([was], [became], SAME_TITLE) for was, became in near]
    out = {key for each in matches for key in (*each.before, *each.after)}
    were = Counter(map(title_of, old.lessons.values()))
    are = Counter(map(title_of, new.lessons.values()))
    far = paired(
        [each for each in gone if each.id not in out],
        [each for each in fresh if each.id not in out],
        title_of,
    )
    matches += [
        match([was], [became], SAME_TITLE)
        for was, became in far
        if were[title_of(was)] == are[title_of(became)] == 1
    ]
    return matches


def same_modules(old: Curriculum, new: Curriculum) -> dict[str, str]:
    """Modules that have another id and the same title or address, by their old ids."""
    gone = [each for key, each in old.modules.items() if key not in new.modules]
    fresh = [each for key, each in new.modules.items() if key not in old.modules]
    found = {was.id: now.id for was, now in paired(gone, fresh, title_of)}
    taken = {*found.values()}
    linked = paired(
        [each for each in gone if each.id not in found],
        [each for each in fresh if each.id not in taken],
        lambda each: page_of(each.url),
    )
    return found | {
        was.id: now.id for was, now in linked if page_of(was.url) is not None
    }


def paired(
    some: Iterable[T], others: Iterable[T], key: Callable[[T], Hashable]
) -> list[tuple[T, T]]:
    """Things of two sides that alone on their side have the same key."""
    first, second = (alone_by(each, key) for each in (some, others))
    return [(each, second[name]) for name, each in first.items() if name in second]


def alone_by(things: Iterable[T], key: Callable[[T], Hashable]) -> dict[Hashable, T]:
    """Things by a key that no other has."""
    found: dict[Hashable, list[T]] = {}
    for each in things:
        found.setdefault(key(each), []).append(each)
    return {name: each[0] for name, each in found.items() if len(each) == 1}


class Offers:
    """What may have become of a lesson, from what nothing else has become."""

    def __init__(self, modules: Mapping[str, str], fresh: Iterable[Lesson]) -> None:
        self._modules = modules
        self._found: dict[Hashable, list[str]] = {}
        for each in fresh:
            title = title_of(each)
            for key in ((each.module, title), ("", title), address(each)):
                listed = self._found.setdefault(key, [])
                # no more is shown: a course of thousands called Quiz has no end
                if len(listed) < CANDIDATE_LIMIT:
                    listed.append(each.id)

    def to(self, lesson: Lesson, *, has_address: bool) -> tuple[str, ...]:
        """The candidates for a lesson.

        Args:
            has_address: Its address is its own, so that the same one is a sign.
        """
        title = title_of(lesson)
        module = self._modules.get(lesson.module, lesson.module)
        found = dict.fromkeys(self._found.get((module, title), ()))
        found |= dict.fromkeys(self._found.get(("", title), ()))
        if has_address:
            found |= dict.fromkeys(self._found.get(address(lesson), ()))
        return tuple(found)[:CANDIDATE_LIMIT]
