"""Study order, what is ready, and what waits for what.

A prerequisite is a module. It binds only where both modules stand on the road, and is
met when each of its required lessons is done or skipped. A module that is optional on
the road has none, and so never blocks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from llmpath.core.curriculum import Lesson, Route
from llmpath.core.progress import Progress
from llmpath.named_tuple import NamedTuple


class Waiting(NamedTuple):
    """A module that is not met, with the lessons still open in it."""

    module: str
    lessons: tuple[Lesson, ...]


def unmet(route: Route, progress: Progress, module: str) -> Iterator[Waiting]:
    """The prerequisites that bind a module and are not met, in the module's order."""
    place = route.modules.get(module)
    if place is None:
        return
    for needed in place.module.prerequisites:
        lessons = tuple(
            each
            for each in route.required_lessons(needed.module)
            if progress.is_open(each.id)
        )
        if lessons:
            yield Waiting(needed.module, lessons)


def study_order(route: Route, lessons: Iterable[Lesson]) -> tuple[Lesson, ...]:
    """Put lessons in order of study: each prerequisite just before its first use.

    Walks the lessons as given and, before a lesson, emits what its module needs,
    depth first. Lessons that nothing pulls forward keep their order; what already is
    in order of study is left as it is. O(lessons + prerequisites).

    Args:
        lessons: Open lessons in the order wished for, such as that of the tracks.
    """
    wished = tuple(lessons)
    of_module: dict[str, list[Lesson]] = {}
    for lesson in wished:
        of_module.setdefault(lesson.module, []).append(lesson)
    places = {each: place for each in of_module if (place := route.modules.get(each))}
    required = {
        module: rows
        for module, place in places.items()
        if not place.optional
        and (rows := [each for each in of_module[module] if not each.optional])
    }
    needs = {
        module: [
            needed.module
            for needed in place.module.prerequisites
            if needed.module in required
        ]
        for module, place in places.items()
    }
    ordered: dict[str, Lesson] = {}
    visited: set[str] = set()
    pulled: set[str] = set()
    for lesson in wished:
        if lesson.module not in visited:
            for needed in modules_before(lesson.module, needs, visited):
                if needed not in pulled:
                    pulled.add(needed)
                    for each in required[needed]:
                        ordered.setdefault(each.id, each)
        ordered.setdefault(lesson.id, lesson)
    return tuple(ordered.values())


def modules_before(
    module: str, needs: Mapping[str, Iterable[str]], visited: set[str]
) -> Iterator[str]:
    """What a module needs, depth first; nothing if it was visited before.

    By a stack: a chain of a thousand modules would exhaust the recursion. Curricula
    are checked to have no cycle; `visited` ends the walk all the same.
    """
    if module in visited:
        return
    visited.add(module)
    stack = [(module, iter(needs.get(module, ())))]
    while stack:
        needed = next(stack[-1][1], None)
        if needed is None:
            finished, _ = stack.pop()
            if stack:
                yield finished
        elif needed in visited:
            yield needed
        else:
            visited.add(needed)
            stack.append((needed, iter(needs[needed])))
