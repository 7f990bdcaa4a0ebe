"""What the forecast rests on: study by week, timed lessons, what is still open.

A completed lesson is timed if minutes were logged on the day of its completion or
later, or four fifths of its estimate before. Of another one is known what was logged;
the rest of its estimate, at the pace of that day, counts as studied on that day.
Completions before the first day of study are not study, nor is time on what was known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from math import exp

from llmpath.core.availability import ONE_WEEK
from llmpath.core.curriculum import Curriculum, Lesson, Module
from llmpath.core.forecast import (
    USUAL_PACE,
    OpenLesson,
    TimedLesson,
    Week,
    shrunk_pace,
)
from llmpath.core.open_work import open_lessons
from llmpath.core.progress import Completion, Progress, logged_for
from llmpath.core.rooms import first_day, room_from
from llmpath.core.situation import Situation
from llmpath.named_tuple import NamedTuple

TIMED_SHARE = 0.8
LEAST_RATIO, MOST_RATIO = 0.5, 4.0
"""Bounds for a source's own study time as a multiple of its lessons' minutes."""


class History(NamedTuple):
    """What was studied up to yesterday, and what is left.

    Attributes:
        weeks: Spans of seven days that end yesterday, oldest first; the first may be
            shorter.
        timed: Completed lessons with their minutes, the first one first.
        open: Open lessons that count, in order of study.
        is_timed: Whether anything was logged at all.
        days: Minutes studied by day, as the weeks count them.
    """

    weeks: tuple[Week, ...]
    timed: tuple[TimedLesson, ...]
    open: tuple[OpenLesson, ...]
    is_timed: bool
    days: Mapping[date, float] = {}


def make_history(situation: Situation) -> History:
    """Bring together what the forecast rests on."""
    curriculum, progress, route, today = situation
    done = completions_since_start(progress)
    known = timed_lessons(progress, done)
    days = studied_days(progress, done, known)
    timed = tuple(
        TimedLesson(
            module_of(lesson),
            kind_of(lesson, curriculum),
            expected(module_of(lesson), estimate, curriculum),
            progress.logged[lesson],
        )
        for lesson, (_, estimate, _) in done.items()
        if lesson in known
    )
    return History(
        weeks_until(today, progress, days),
        timed,
        tuple(
            OpenLesson._make(
                (
                    lesson.module,
                    lesson.kind,
                    expected(lesson.module, lesson.minutes, curriculum),
                    progress.logged.get(lesson.id, 0),
                )
            )
            for lesson in open_lessons(route, progress)
        ),
        bool(progress.study_days),
        days,
    )


def completions_since_start(progress: Progress) -> dict[str, Completion]:
    """Completions that were study, in the order of their days."""
    begun = progress.begun or date.max
    rows = [
        (lesson, each)
        for lesson, each in progress.completions.items()
        if each.day >= begun
    ]
    return dict(sorted(rows, key=lambda row: row[1].day))


def timed_lessons(progress: Progress, done: Mapping[str, Completion]) -> set[str]:
    """Completed lessons of which it is known how long they took.

    One that some record estimated at nothing says nothing of the pace.
    """
    _, before = logged_for(progress.study_days, done)
    return {
        lesson
        for lesson, (_, estimate, _) in done.items()
        for minutes in (progress.logged.get(lesson, 0),)
        if minutes
        and estimate
        and (minutes > before.get(lesson, 0) or minutes >= TIMED_SHARE * estimate)
    }


def studied_days(
    progress: Progress, done: Mapping[str, Completion], timed: set[str]
) -> dict[date, float]:
    """Minutes studied on each day: logged ones, and the rest of untimed lessons.

    What was logged on a lesson that turned out to be known is none of them.
    """
    days = untimed_days(done, timed, progress.logged)
    skips = progress.skips.items()
    known = {key for key, skip in skips if skip.known and not progress.is_done(key)}
    for day, by_id in progress.study_days.items():
        minutes = (each for key, each in by_id.items() if key not in known)
        days[day] = days.get(day, 0.0) + sum(minutes)
    return days


def untimed_days(
    done: Mapping[str, Completion], timed: set[str], logged: Mapping[str, int]
) -> dict[date, float]:
    """Minutes of each day that nobody logged: the rest of estimates, at its pace.

    Args:
        done: Completions in the order of their days.
        timed: Those whose time is known.
        logged: Minutes logged in all.
    """
    took = estimated = squares = 0.0
    modules: set[str] = set()
    days: dict[date, float] = {}
    for lesson, (day, estimate, _) in done.items():
        if lesson in timed:
            took += logged[lesson]
            estimated += estimate
            squares += estimate * estimate
            modules.add(module_of(lesson))
            continue
        mean, _ = shrunk_pace(took, estimated, squares, len(modules))
        rest = max(0.0, estimate * exp(mean) - logged.get(lesson, 0))
        days[day] = days.get(day, 0.0) + rest
    return days


def weeks_until(
    today: date, progress: Progress, studied: Mapping[date, float]
) -> tuple[Week, ...]:
    """Declared and studied minutes of the weeks since the first day of study."""
    begun = progress.begun
    weeks: list[Week] = []
    end = today
    while begun is not None and begun < end:
        start = max(begun, end - ONE_WEEK)
        days = [start + timedelta(days=n) for n in range((end - start).days)]
        declared = sum(
            progress.availability.minutes_then(day)
            for day in days
            if progress.is_active_on(day)
        )
        weeks.append(Week(declared, sum(studied.get(d, 0.0) for d in days), len(days)))
        end = start
    return tuple(reversed(weeks))


def declared_from_today(situation: Situation) -> Callable[[int], int]:
    """Declared minutes so many days after today, without what was studied today."""
    progress, today = situation.progress, situation.today
    minutes_on = progress.availability.minutes_on
    first = (first_day(progress, today) - today).days
    todays = room_from(progress, progress.studied, today)(today) if first <= 0 else 0
    ordinal, day_of = today.toordinal(), date.fromordinal

    def declared_on(offset: int) -> int:
        if offset < first:
            return 0
        return minutes_on(day_of(ordinal + offset)) if offset else todays

    return declared_on


def expected(module_id: str, estimate: int, curriculum: Curriculum) -> float:
    """An estimate such that the usual pace gives the time that its source states."""
    module = curriculum.modules.get(module_id)
    return estimate * (1.0 if module is None else stated_ratio(module))


def stated_ratio(module: Module) -> float:
    """The source's study time for its lessons' minutes, over the usual pace; else 1."""
    if not module.study_minutes:
        return 1.0
    total = sum(each.minutes for each in module.lessons)
    if not total:
        return 1.0
    ratio = module.study_minutes / total
    return max(LEAST_RATIO, min(MOST_RATIO, ratio)) / USUAL_PACE


def module_of(lesson: str) -> str:
    """The module's id in a lesson's."""
    return lesson.rpartition("/")[0]


def kind_of(lesson: str, curriculum: Curriculum) -> str:
    """A lesson's kind; empty for one that the curriculum no longer has."""
    known: Lesson | None = curriculum.lessons.get(lesson)
    return "" if known is None else known.kind
