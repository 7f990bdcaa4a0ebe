"""Courses to plan: any number of lessons, or those of a simulated learner."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from math import exp
from random import Random

from benchmarks.forecasting.learners import Learner
from llmpath.core.availability import ONE_DAY, WeekMinutes
from llmpath.core.curriculum import (
    Curriculum,
    Lesson,
    Module,
    Phase,
    PhaseModule,
    Prerequisite,
    Track,
)
from llmpath.core.events import AvailabilitySet, LeaveSet, Record, TrackStarted
from llmpath.core.folding import fold
from llmpath.core.progress import Completion, Progress
from llmpath.core.situation import Situation, make_situation
from llmpath.storage.curricula import bundled_curriculum_path, read_curriculum

MONDAY = date(2026, 1, 5)
MEDIAN_MINUTES, SPREAD = 27 * 1.25, 0.6
LESSONS_OF_MODULE = 10


def lesson_minutes(count: int, seed: int = 1) -> list[int]:
    """Minutes of lessons, lognormal around their median, 5 to 180."""
    random = Random(seed)  # noqa: S311 - a simulation, not a secret
    drawn = (MEDIAN_MINUTES * exp(random.gauss(0, SPREAD)) for _ in range(count))
    return [max(5, min(180, round(each))) for each in drawn]


def make_course(
    modules: Iterable[tuple[str, list[int]]], *, linked: bool
) -> Curriculum:
    """A track of modules, each a name with the minutes of its lessons.

    Args:
        linked: Each module needs the one before it and the one ten before.
    """
    bundled = read_curriculum(bundled_curriculum_path())
    pattern = next(iter(bundled.modules.values()))
    rows = list(modules)
    pool: dict[str, Module] = {}
    for nth, (name, minutes) in enumerate(rows):
        before = [rows[n][0] for n in (nth - 1, nth - 10) if linked and n >= 0]
        module = f"llmpath:{name}"
        pool[module] = pattern._replace(
            id=module,
            prerequisites=tuple(
                Prerequisite(f"llmpath:{each}", "needed") for each in before
            ),
            lessons=tuple(
                make_lesson(pattern.lessons[0], module, n, each)
                for n, each in enumerate(minutes)
            ),
        )
    entries = tuple(PhaseModule(each, optional=False) for each in pool)
    track = Track(
        "llmpath:road",
        "Road",
        "",
        "",
        None,
        "",
        (Phase("all", "All", "", entries),),
    )
    return bundled._replace(
        tracks={track.id: track},
        modules=pool,
        lessons={each.id: each for one in pool.values() for each in one.lessons},
    )


def make_lesson(pattern: Lesson, module: str, nth: int, minutes: int) -> Lesson:
    """A required lesson of so many minutes."""
    return pattern._replace(
        id=f"{module}/{nth + 1}", module=module, minutes=minutes, optional=False
    )


def long_course(count: int) -> Curriculum:
    """So many lessons in linked modules of ten."""
    minutes = lesson_minutes(count)
    size = LESSONS_OF_MODULE
    rows = [(f"m{n}", minutes[n : n + size]) for n in range(0, count, size)]
    return make_course(rows, linked=True)


def started(
    curriculum: Curriculum, hours: WeekMinutes, leave: Mapping[date, int | None]
) -> Progress:
    """Progress on the first day, with hours declared."""
    events = (
        TrackStarted(tuple(curriculum.tracks), MONDAY, "llmpath", curriculum.edition),
        AvailabilitySet(MONDAY, hours),
        LeaveSet(leave),
    )
    return fold(
        [Record("r1", "d", 1, 1, f"{MONDAY}T08:00:00Z", MONDAY, "start", events)]
    )


def situation_of(curriculum: Curriculum, hours: WeekMinutes) -> Situation:
    """A course on its first day."""
    return make_situation(curriculum, started(curriculum, hours, {}), MONDAY)


def learner_course(learner: Learner) -> Curriculum:
    """The lessons of a simulated learner."""
    modules: dict[str, list[int]] = {}
    for each in learner.lessons:
        modules.setdefault(each.module, []).append(each.estimate)
    return make_course(modules.items(), linked=False)


def learner_start(learner: Learner, curriculum: Curriculum) -> Progress:
    """The first day of a simulated learner, with the vacations declared."""
    declared = learner.declared
    busy = next(n for n in range(0, len(declared), 7) if any(declared[n : n + 7]))
    first, *rest = declared[busy : busy + 7]
    hours = (first, rest[0], rest[1], rest[2], rest[3], rest[4], rest[5])
    leave: dict[date, int | None] = {
        MONDAY + timedelta(days=day): 0
        for day, minutes in enumerate(declared)
        if minutes != hours[day % 7]
    }
    return started(curriculum, hours, leave)


def learner_progress(
    learner: Learner, curriculum: Curriculum, progress: Progress, week: int
) -> Progress:
    """What a simulated learner has done and logged on the morning of a week."""
    ids = list(curriculum.lessons)
    starts = [0.0, *learner.ends]
    done: dict[str, Completion] = {}
    days: dict[date, dict[str, int]] = {}
    nth = 0
    for offset in range(7 * week):
        day = MONDAY + offset * ONE_DAY
        begin, end = learner.before[offset], learner.before[offset + 1]
        while begin < end and nth < len(ids):
            until = learner.ends[nth] if nth < len(learner.ends) else end + 1
            minutes = round(min(end, until) - max(begin, starts[nth]))
            if minutes:
                days.setdefault(day, {})[ids[nth]] = minutes
            if until > end:
                break
            done[ids[nth]] = Completion(day, learner.lessons[nth].estimate, ("r1",))
            nth += 1
    logged: dict[str, int] = {}
    for by_id in days.values():
        for key, minutes in by_id.items():
            logged[key] = logged.get(key, 0) + minutes
    return progress._replace(
        completions=done,
        study_days=days,
        logged=logged,
        studied={day: sum(by_id.values()) for day, by_id in days.items()},
        last_day=max(days, default=MONDAY),
    )


def spread_hours(curriculum: Curriculum, weeks: int) -> WeekMinutes:
    """Equal days that fit a course into so many weeks, with a fifth to spare."""
    total = sum(each.minutes for each in curriculum.lessons.values())
    daily = -(-total * 6 // (5 * 7 * weeks))
    return (daily,) * 7
