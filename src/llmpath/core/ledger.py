"""Where a curriculum's ledger of changes leads an id of an earlier edition.

Three rules make that one answer for each id, whatever the ledger says, and the same
answer when it is asked again of the result:

- What the curriculum has under an id stays there: its present meaning counts.
- An id leaves once, by the first change that takes it; one that names a lesson goes
  before those that name its module. One that a change retires does not go with it.
- No id leads to one that left before, unless the curriculum has that one again.

So each step goes to a later change, and a ledger in a circle comes to an end. A module
stands for all its lessons: each goes to the lesson of the same slug.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from llmpath.core.curriculum import Change, Curriculum, lesson_slug
from llmpath.named_tuple import NamedTuple

STAYING = frozenset(("retired", "retimed"))
"""Kinds of change that take no id elsewhere."""
SINGLE = frozenset(("renamed", "moved"))
"""Kinds that go one by one, where there are as many ids after as before."""


class Step(NamedTuple):
    """Part of a change: ids that became others together.

    Attributes:
        number: The change's place in the ledger.
        place: The part's place in the change.
        lessons: The lessons among `before`.
        into_modules: The modules among what came after.
        into_lessons: The lessons among what came after.
    """

    number: int
    place: int
    before: tuple[str, ...]
    after: tuple[str, ...]
    lessons: tuple[str, ...]
    into_modules: tuple[str, ...]
    into_lessons: tuple[str, ...]


class Way(NamedTuple):
    """Where ids go by one step.

    Attributes:
        name: The same for ids that go together; in the order of the ledger.
        before: Lessons that make up what it becomes; none where it is not known which
            there were, but for those that the journal names.
        after: Where they go; never empty.
        is_whole: Whether nothing is missing from `before`.
    """

    name: tuple[int, int, str]
    before: tuple[str, ...]
    after: tuple[str, ...]
    is_whole: bool


class Ledger:
    """The changes of a curriculum, looked up by the ids that they took away."""

    def __init__(self, changes: Iterable[Change], curriculum: Curriculum) -> None:
        self._curriculum = curriculum
        self._steps: dict[str, Step] = {}
        self._weights: dict[str, int] = {}
        self._together: dict[tuple[int, int], Way | None] = {}
        changes = tuple(changes)
        self._retired = {
            key for each in changes if each.kind == "retired" for key in each.before
        }
        for step in steps_of(changes):
            for key in step.before:
                if step.after != (key,):
                    self._steps.setdefault(key, step)

    def __bool__(self) -> bool:
        """Tell whether any id leads elsewhere."""
        return bool(self._steps)

    def way(self, key: str) -> Way | None:
        """The way that a lesson's or module's id takes; None where it stays.

        Of several ids it goes to those that lead to something in the curriculum: of
        the modules that one became, a lesson goes to that which has it.
        """
        way = self._permitted(key)
        if way is None or len(way.after) == 1:
            return way
        living = tuple(each for each in way.after if self.weight(each))
        after = living or way.after
        return way._replace(after=after if "/" in key else after[:1])

    def ends(self, key: str, *, short_of: Collection[str] = ()) -> tuple[str, ...]:
        """The ids at which an id ends, itself if it stays, in the ledger's order.

        Args:
            short_of: Ids at which it is not to arrive, nor to pass them.
        """
        found: dict[str, None] = {}
        seen = {key}
        stack = [key]
        while stack:
            top = stack.pop()
            way = self.way(top)
            if way is None:
                found[top] = None
                continue
            after = [each for each in way.after if each not in short_of]
            stack += [each for each in reversed(after) if each not in seen]
            seen.update(after)
        return tuple(found)

    def is_all(self, key: str) -> bool:
        """Tell whether what became of an id is made of nothing else."""
        seen = {key}
        stack = [key]
        while stack:
            way = self.way(stack.pop())
            if way is None:
                continue
            if not way.is_whole or len(way.before) > 1:
                return False
            stack += [each for each in way.after if each not in seen]
            seen.update(way.after)
        return True

    def weight(self, key: str) -> int:
        """Minutes that the curriculum has for an id; 0 where it leads to nothing there.

        Of what became of it together with others it has an equal share, at least 1.
        """
        known, stack = self._weights, [key]
        while stack:
            top = stack[-1]
            way = self._permitted(top)
            after = () if way is None else way.after
            unknown = [each for each in after if each not in known]
            if unknown and top not in known:
                stack += unknown
                continue
            known[stack.pop()] = self._weigh(top, way)
        return known[key]

    def _weigh(self, key: str, way: Way | None) -> int:
        """The weight of an id, those of the ids after it being known."""
        if way is None:
            lesson = self._curriculum.lessons.get(key)
            return int(self._is_in_force(key)) if lesson is None else lesson.minutes
        total = sum(self._weights[each] for each in way.after)
        return max(1, total // max(1, len(way.before))) if total else 0

    def _is_in_force(self, key: str) -> bool:
        pool = self._curriculum
        return key in pool.lessons or key in pool.modules or key in pool.tracks

    def _step(self, key: str) -> Step | None:
        own = self._steps.get(key)
        if own is not None or "/" not in key or key in self._retired:
            return own
        return self._steps.get(key.rpartition("/")[0])

    def _permitted(self, key: str) -> Way | None:
        """The way of an id, without targets that left before."""
        step = None if self._is_in_force(key) else self._step(key)
        if step is None:
            return None
        if "/" not in key:
            return self._without_left(module_way(key, step))
        if not goes_as_one(key, step):
            return self._without_left(way_by_slug(key, step))
        # once for all that go together: each looks at all of them
        part = step.number, step.place
        if part not in self._together:
            self._together[part] = self._without_left(way_as_one(step))
        return self._together[part]

    def _without_left(self, way: Way) -> Way | None:
        """A way without the ids that left before; None if there are no others."""
        name, before, after, is_whole = way
        left = tuple(each for each in after if self._takes(each, name[0]))
        return Way(name, before, left, is_whole) if left else None

    def _takes(self, key: str, number: int) -> bool:
        """Tell whether an id may be reached by a change."""
        if self._is_in_force(key):
            return True
        step = self._step(key)
        return step is None or step.number > number


def steps_of(changes: Iterable[Change]) -> Iterator[Step]:
    """The parts of changes that take ids elsewhere."""
    for number, change in enumerate(changes):
        if change.kind in STAYING or not change.after:
            continue
        before = tuple(dict.fromkeys(change.before))
        after = tuple(dict.fromkeys(change.after))
        pairs = [(before, after)]
        if change.kind in SINGLE and len(change.before) == len(change.after):
            singles = zip(change.before, change.after, strict=True)
            pairs = [((old,), (new,)) for old, new in singles if old != new]
        for place, (some, others) in enumerate(pairs):
            modules, lessons = modules_of(others), lessons_of(others)
            yield Step(number, place, some, others, lessons_of(some), modules, lessons)


def goes_as_one(key: str, step: Step) -> bool:
    """Tell whether a lesson goes with others, not by its slug."""
    if not step.into_lessons:
        return False
    return not step.into_modules or key in step.lessons


def way_as_one(step: Step) -> Way:
    """Where a step takes all its lessons together.

    Of a module that became a lesson it is not known which lessons it had.
    """
    is_whole = bool(step.into_modules) or len(step.lessons) == len(step.before)
    name = (step.number, step.place, "")
    return Way(name, step.lessons, step.into_lessons, is_whole)


def way_by_slug(key: str, step: Step) -> Way:
    """Where a step takes a lesson into modules."""
    slug = lesson_slug(key)
    before: tuple[str, ...] = ()
    if step.lessons and not step.into_lessons:
        before = tuple(each for each in step.lessons if lesson_slug(each) == slug)
    after = [f"{each}/{slug}" for each in step.into_modules]
    after += [each for each in step.into_lessons if lesson_slug(each) == slug]
    return Way((step.number, step.place, slug), before, tuple(after), is_whole=True)


def module_way(key: str, step: Step) -> Way:
    """Where a step takes what was said of a module itself."""
    after = step.into_modules or step.into_lessons[:1]
    return Way((step.number, step.place, key), (), after, is_whole=True)


def lessons_of(keys: Sequence[str]) -> tuple[str, ...]:
    """The ids of lessons among ids."""
    return tuple(each for each in keys if "/" in each)


def modules_of(keys: Sequence[str]) -> tuple[str, ...]:
    """The ids of modules among ids."""
    return tuple(each for each in keys if "/" not in each)
