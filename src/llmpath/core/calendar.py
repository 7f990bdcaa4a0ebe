"""The plan as a calendar: weeks with their days, blocks and what was done."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from llmpath.core.availability import ONE_WEEK, monday_of
from llmpath.core.curriculum import Lesson
from llmpath.core.plan import Plan
from llmpath.core.rooms import left_on
from llmpath.core.situation import Situation
from llmpath.named_tuple import NamedTuple


class CalendarDay(NamedTuple):
    """One day of the calendar.

    Attributes:
        minutes: Declared minutes.
        free: Declared minutes that neither study nor blocks take, from the plan's first
            day on; on a day whose study leaves no room for a block, none.
        is_exception: The minutes come from a day off or another dated exception.
        done: Lessons completed on that day.
        blocks: Indices into the plan's blocks.
    """

    day: date
    minutes: int
    free: int
    is_exception: bool
    done: tuple[Lesson, ...]
    blocks: tuple[int, ...]


class CalendarWeek(NamedTuple):
    """One week of the calendar, from Monday.

    Attributes:
        capacity: Declared minutes from the plan's first day on.
        planned: Minutes of the blocks in it.
        days: Its days but for those before the plan on which nothing was done.
    """

    start: date
    capacity: int
    planned: int
    days: tuple[CalendarDay, ...]


class Milestone(NamedTuple):
    """The day of the last block of a phase that the plan ends."""

    phase: str
    title: str
    day: date


def milestones(situation: Situation, plan: Plan) -> tuple[Milestone, ...]:
    """The phases all of which the plan has room for, in the order of their ends."""
    days = last_days(situation, plan)
    found = [
        Milestone(phase.id, phase.title, days[track.id, phase.id])
        for track in situation.route.tracks
        for phase in track.phases
        if (track.id, phase.id) in days
    ]
    return tuple(sorted(found, key=lambda each: each.day))


def last_days(situation: Situation, plan: Plan) -> dict[tuple[str, str], date]:
    """The day of each phase's last block, by track and phase; no phase without room."""
    lessons, places = situation.curriculum.lessons, situation.route.modules

    def phase_of(lesson: str) -> tuple[str, str]:
        place = places[lessons[lesson].module]
        return place.track, place.phase

    days: dict[tuple[str, str], date] = {}
    for block in plan.blocks:
        key = phase_of(block.lesson)
        days[key] = max(block.day, days.get(key, block.day))
    for lesson in plan.shortfall.lessons if plan.shortfall is not None else ():
        days.pop(phase_of(lesson), None)
    return days


def calendar_weeks(situation: Situation, plan: Plan) -> tuple[CalendarWeek, ...]:
    """The weeks from this one to the last block's, without empty ones before it."""
    blocks: dict[date, list[int]] = {}
    for index, block in enumerate(plan.blocks):
        blocks.setdefault(block.day, []).append(index)
    done: dict[date, list[Lesson]] = {}
    for lesson_id, completion in situation.progress.completions.items():
        lesson = situation.curriculum.lessons.get(lesson_id)
        if lesson is not None:
            done.setdefault(completion.day, []).append(lesson)
    last = monday_of(max(blocks, default=situation.today))
    start = monday_of(situation.today)
    weeks = []
    while start <= last:
        weeks.append(_week(start, situation, plan, blocks, done))
        start += ONE_WEEK
    return tuple(weeks)


def _week(
    start: date,
    situation: Situation,
    plan: Plan,
    blocks: dict[date, list[int]],
    done: dict[date, list[Lesson]],
) -> CalendarWeek:
    availability = situation.progress.availability
    days = tuple(
        CalendarDay(
            day,
            availability.minutes_on(day),
            _free_minutes(day, situation, plan, blocks.get(day, ())),
            availability.minutes_on(day)
            != availability.week_minutes(day)[day.weekday()],
            tuple(done.get(day, ())),
            tuple(blocks.get(day, ())),
        )
        for day in (start + timedelta(days=n) for n in range(7))
        if day >= plan.start or day in done
    )
    return CalendarWeek(
        start,
        sum(each.minutes for each in days if each.day >= plan.start),
        sum(plan.blocks[index].minutes for each in days for index in each.blocks),
        days,
    )


def _free_minutes(
    day: date, situation: Situation, plan: Plan, blocks: Iterable[int]
) -> int:
    if day < plan.start:
        return 0
    progress = situation.progress
    left = left_on(day, progress, situation.today)
    return max(0, left - sum(plan.blocks[index].minutes for index in blocks))
