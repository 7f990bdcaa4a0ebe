"""What counts: which lessons, how many minutes of them are left, what was studied.

A lesson counts when the road requires it or the learner included it, and it is not
skipped. Minutes logged on an open lesson count up to four fifths of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import accumulate, chain, pairwise

from llmpath.core.curriculum import Lesson, Route, RouteModule
from llmpath.core.progress import Progress
from llmpath.named_tuple import NamedTuple


class Tally(NamedTuple):
    """Progress over some lessons.

    Attributes:
        done_minutes: Estimates of done lessons, and the part of open ones that logged
            minutes cover.
        minutes: Estimates of all of them.
    """

    done_lessons: int
    lessons: int
    done_minutes: int
    minutes: int

    @property
    def percent(self) -> int | None:
        """Share of the minutes, rounded down; None when there is nothing to count."""
        if not self.lessons:
            return None
        if self.done_lessons == self.lessons:
            return 100
        return min(99, 100 * self.done_minutes // self.minutes)


def is_counted(route: Route, progress: Progress, lesson: Lesson) -> bool:
    """Tell whether a lesson is part of what the learner set out to do."""
    place = route.modules.get(lesson.module)
    return place is not None and any(wanted_lessons((lesson,), place, progress))


def counted_lessons(route: Route, progress: Progress) -> Iterator[Lesson]:
    """The lessons that count, done ones too, in the order of the tracks."""
    return chain.from_iterable(
        wanted_lessons(place.module.lessons, place, progress)
        for place in route.modules.values()
    )


def wanted_lessons(
    lessons: Iterable[Lesson], place: RouteModule, progress: Progress
) -> list[Lesson]:
    """Those of a module's lessons that count."""
    included, skips, done = progress.included, progress.skips, progress.completions
    is_extra = place.optional
    if is_extra and not included:
        return []
    return [
        each
        for each in lessons
        if (not (is_extra or each.optional) or each.id in included)
        and (each.id not in skips or each.id in done)
    ]


def tally(lessons: Iterable[Lesson], progress: Progress) -> Tally:
    """Count lessons and minutes of lessons that count."""
    done_lessons = count = done_minutes = minutes = 0
    done, logged = progress.completions, progress.logged
    for lesson in lessons:
        count += 1
        minutes += lesson.minutes
        if lesson.id in done:
            done_lessons += 1
            done_minutes += lesson.minutes
        elif lesson.id in logged:
            done_minutes += credited_minutes(lesson, logged[lesson.id])
    return Tally(done_lessons, count, done_minutes, minutes)


def credited_minutes(lesson: Lesson, logged: int) -> int:
    """How much of an open lesson logged minutes cover: at most four fifths."""
    return min(logged, lesson.minutes * 4 // 5)


def left_minutes(lesson: Lesson, progress: Progress) -> int:
    """Estimated minutes that an open lesson still takes; 0 for a closed one."""
    if not progress.is_open(lesson.id):
        return 0
    return left_after(lesson, progress.logged.get(lesson.id, 0), progress)


def left_after(lesson: Lesson, logged: int, progress: Progress) -> int:
    """Estimated minutes left of an open lesson after so many logged ones.

    What is planned as the last block stays so long; of a lesson that took its whole
    estimate and is not done, a fifth is left, or the shortest block.
    """
    if not logged:
        return lesson.minutes
    fifth = lesson.minutes - credited_minutes(lesson, lesson.minutes)
    return max(lesson.minutes - logged, min(fifth, progress.settings.block_min))


def minutes_between(days: Mapping[date, int], start: date, end: date) -> int:
    """Sum of the minutes of the days from `start` up to, not including, `end`."""
    return sum(minutes for day, minutes in days.items() if start <= day < end)


def shares(minutes: int, weights: Sequence[int]) -> list[int]:
    """Divide minutes by weights that are not all 0; the shares add up to them."""
    whole = sum(weights)
    marks = [minutes * each // whole for each in accumulate(weights, initial=0)]
    return [after - before for before, after in pairwise(marks)]
