"""What is open, what is left of it, and what of it is put off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from llmpath.core.counting import counted_lessons, left_minutes
from llmpath.core.curriculum import Lesson, Route
from llmpath.core.filling import Work
from llmpath.core.prerequisites import study_order
from llmpath.core.progress import Progress
from llmpath.named_tuple import NamedTuple


def open_lessons(route: Route, progress: Progress) -> tuple[Lesson, ...]:
    """The open lessons that count, in order of study."""
    counted = counted_lessons(route, progress)
    return study_order(
        route,
        (each for each in counted if progress.is_open(each.id)),
    )


def works(
    route: Route, progress: Progress, lessons: Sequence[tuple[Lesson, date]]
) -> list[Work]:
    """What is left of each lesson, with the days before which it may not begin.

    A lesson whose prerequisite is deferred is deferred as well.
    """
    until = deferrals(route, progress, [lesson for lesson, _ in lessons])
    done_parts = parts_studied(progress)
    return [
        Work._make(
            (
                lesson.id,
                left_minutes(lesson, progress),
                done_parts.get(lesson.id, 0),
                held,
                until[lesson.id].until if lesson.id in until else date.min,
            )
        )
        for lesson, held in lessons
    ]


class Deferral(NamedTuple):
    """A day before which a lesson may not begin, and the lesson put off to it."""

    until: date
    lesson: str


def deferrals(
    route: Route, progress: Progress, lessons: Sequence[Lesson]
) -> dict[str, Deferral]:
    """Lessons that may not begin before a day, theirs or that of what they need."""
    if not progress.deferred:
        return {}
    deferred: dict[str, Deferral] = {}
    of_module: dict[str, Deferral] = {}
    for lesson in lessons:
        place = route.modules.get(lesson.module)
        own = progress.deferred.get(lesson.id)
        known = [Deferral(own, lesson.id)] if own is not None else []
        known += [
            of_module[needed.module]
            for needed in (place.module.prerequisites if place else ())
            if needed.module in of_module
        ]
        if not known:
            continue
        latest = max(known, key=lambda each: each.until)
        deferred[lesson.id] = latest
        if lesson in route.required_lessons(lesson.module):
            before = of_module.get(lesson.module, latest)
            of_module[lesson.module] = max(before, latest, key=lambda it: it.until)
    return deferred


def parts_studied(progress: Progress) -> dict[str, int]:
    """The blocks that logged minutes make up: on each day as many as were planned."""
    longest = progress.settings.block_max
    parts: dict[str, int] = {}
    for by_id in progress.study_days.values():
        for key, minutes in by_id.items():
            parts[key] = parts.get(key, 0) + -(-minutes // longest)
    return parts
