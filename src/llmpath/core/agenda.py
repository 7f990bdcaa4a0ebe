"""What to study now: the lessons that `next` shows, and why these."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum
from itertools import chain, islice

from llmpath.core.counting import is_counted, left_minutes
from llmpath.core.curriculum import Curriculum, Lesson, Module, Route
from llmpath.core.plan import Plan, StudyBlock
from llmpath.core.prerequisites import Waiting
from llmpath.core.progress import Progress
from llmpath.core.rooms import left_on
from llmpath.core.situation import Situation
from llmpath.core.standing import Standing
from llmpath.named_tuple import NamedTuple

AWAY_DAYS = 14
"""From so many days without an event on, a screen begins with where one stopped."""


class AgendaState(StrEnum):
    """Why `next` shows what it shows."""

    TODAY = "today"
    DAY_USED = "day-used"
    AHEAD = "ahead"
    FREE_DAY = "free-day"
    BREAK = "break"
    BEFORE_START = "before-start"
    ONLY_OPTIONAL = "only-optional"
    FINISHED = "finished"


class AgendaLesson(NamedTuple):
    """A lesson to study, with all that is needed to begin.

    Attributes:
        left: Estimated minutes left.
        planned: Day of the next block; None for what is not in the plan.
        blocks: The lesson's blocks on that day.
        unlocks: Modules on the road that wait for this lesson's module.
        begins_module: No lesson of the module is done, skipped or begun.
        waiting: What the module usually needs first.
        is_counted: The lesson is required or included, so that it has a place in the
            plan, if not a day.
    """

    lesson: Lesson
    module: Module
    left: int
    planned: date | None
    blocks: tuple[StudyBlock, ...]
    status: str
    unlocks: tuple[str, ...]
    begins_module: bool
    waiting: tuple[Waiting, ...]
    is_counted: bool


class Agenda(NamedTuple):
    """The answer of `next`.

    Attributes:
        lessons: In plan order.
        today_minutes: Planned minutes of today's blocks.
        following: The next day with a block after today; None if there is none.
    """

    today: date
    state: AgendaState
    lessons: tuple[AgendaLesson, ...]
    today_minutes: int
    following: date | None


class Return(NamedTuple):
    """The first screen after time away.

    Attributes:
        last_day: Day of the last study, or of the last record if there was none.
        lesson: Where the learner stopped; None if nothing was studied yet.
        note: The last note on that lesson's module or on the lesson itself.
        planned_finish: The plan's end as accepted.
        finish: The plan's end now.
        short_step: The shortest open lesson within reach, where it is another one.
        short_minutes: What is left of it.
    """

    last_day: date
    days_away: int
    lesson: Lesson | None
    note: str | None
    planned_finish: date | None
    finish: date | None
    short_step: Lesson | None
    short_minutes: int


def make_agenda(
    situation: Situation, plan: Plan, *, count: int | None = None
) -> Agenda:
    """Choose the next lessons: today's blocks, at least one lesson, at most three.

    Args:
        count: So many lessons in plan order instead, whatever their day.
    """
    curriculum, progress, route, today = situation
    state = agenda_state(situation, plan)
    ids = planned_lessons(plan)
    if state is AgendaState.ONLY_OPTIONAL:
        ids = (each.id for each in open_optional(route, progress))
    todays = plan.on(today)
    if count is None:
        count = min(3, max(1, len({block.lesson for block in todays})))
    blocks: dict[str, list[StudyBlock]] = {each: [] for each in islice(ids, count)}
    for block in plan.blocks:
        if block.lesson in blocks:
            blocks[block.lesson].append(block)
    standing = Standing(route, progress)
    return Agenda(
        today,
        state,
        tuple(
            agenda_lesson(curriculum.lessons[each], situation, rows, standing)
            for each, rows in blocks.items()
        ),
        sum(block.minutes for block in todays),
        plan.following(today),
    )


def agenda_state(situation: Situation, plan: Plan) -> AgendaState:
    """Tell what kind of day it is for the plan."""
    _, progress, route, today = situation
    if not plan.blocks and plan.shortfall is None:
        has_more = next(iter(open_optional(route, progress)), None) is not None
        return AgendaState.ONLY_OPTIONAL if has_more else AgendaState.FINISHED
    if progress.started is not None and today < progress.started.from_day:
        return AgendaState.BEFORE_START
    if plan.on(today):
        return AgendaState.TODAY
    if not progress.availability.minutes_on(today):
        is_break = progress.availability.is_broken_off(today)
        return AgendaState.BREAK if is_break else AgendaState.FREE_DAY
    has_room = left_on(today, progress, today) > 0
    return AgendaState.AHEAD if has_room else AgendaState.DAY_USED


def planned_lessons(plan: Plan) -> Iterator[str]:
    """Lessons in plan order, those for which the calendar has no room last."""
    rest = plan.shortfall.lessons if plan.shortfall is not None else ()
    seen: set[str] = set()
    for lesson in chain((block.lesson for block in plan.blocks), rest):
        if lesson not in seen:
            seen.add(lesson)
            yield lesson


def open_optional(route: Route, progress: Progress) -> list[Lesson]:
    """Open lessons on the road that are neither required nor included."""
    return [
        each
        for each in route.lessons()
        if progress.is_open(each.id) and not is_counted(route, progress, each)
    ]


def agenda_lesson(
    lesson: Lesson,
    situation: Situation,
    blocks: Sequence[StudyBlock],
    standing: Standing,
) -> AgendaLesson:
    """Gather what a learner needs to begin a lesson with these blocks."""
    curriculum, progress, route, _ = situation
    module = curriculum.modules[lesson.module]
    planned = blocks[0].day if blocks else None
    return AgendaLesson(
        lesson=lesson,
        module=module,
        left=left_minutes(lesson, progress),
        planned=planned,
        blocks=tuple(block for block in blocks if block.day == planned),
        status=standing.of_lesson(lesson),
        unlocks=unlocked_modules(route, progress, module.id),
        begins_module=not any(
            not progress.is_open(each.id) or progress.logged.get(each.id)
            for each in module.lessons
        ),
        waiting=standing.waiting_for(module.id),
        is_counted=is_counted(route, progress, lesson),
    )


def unlocked_modules(route: Route, progress: Progress, module: str) -> tuple[str, ...]:
    """Modules on the road that wait for this one."""
    if all(not progress.is_open(each.id) for each in route.required_lessons(module)):
        return ()
    return tuple(
        place.module.id
        for place in route.modules.values()
        if any(needed.module == module for needed in place.module.prerequisites)
    )


def unlocked_by(curriculum: Curriculum, module: str) -> tuple[Module, ...]:
    """All modules of the curriculum that need this one."""
    return tuple(
        each
        for each in curriculum.modules.values()
        if any(needed.module == module for needed in each.prerequisites)
    )


def days_away(progress: Progress, today: date) -> int:
    """Days without an event since the last one; 0 in an empty journal.

    A record of a day to come, from a clock that was wrong, counts for nothing.
    """
    last = progress.last_day
    if last is not None and last > today:
        last = last_study_day(progress, today)
    return 0 if last is None else (today - last).days


def last_study_day(progress: Progress, today: date) -> date | None:
    """The last day up to today on which something was studied."""
    return max((day for day in progress.studied if day <= today), default=None)


def make_return(situation: Situation, plan: Plan) -> Return | None:
    """What to show first after 14 days without an event; None before that."""
    curriculum, progress, _, today = situation
    away = days_away(progress, today)
    if away < AWAY_DAYS or progress.last_day is None or progress.plan is None:
        return None
    lesson = last_lesson(curriculum, progress)
    step = shortest_in_reach(situation, plan)
    return Return(
        last_day=last_study_day(progress, today) or today - timedelta(days=away),
        days_away=away,
        lesson=lesson,
        note=None if lesson is None else last_note(curriculum, progress, lesson),
        planned_finish=progress.plan.plan.finish,
        finish=plan.finish,
        short_step=step,
        short_minutes=0 if step is None else left_minutes(step, progress),
    )


def last_lesson(curriculum: Curriculum, progress: Progress) -> Lesson | None:
    """The lesson last completed or logged; of one day's, the last in the curriculum."""
    days: dict[str, date] = {}
    for lesson_id, completion in progress.completions.items():
        days[lesson_id] = completion.day
    for day, by_id in progress.study_days.items():
        for key in by_id:
            days[key] = max(day, days.get(key, day))
    studied = [key for key in curriculum.lessons if key in days]
    best = max(enumerate(studied), key=lambda e: (days[e[1]], e[0]), default=None)
    return None if best is None else curriculum.lessons[best[1]]


def last_note(curriculum: Curriculum, progress: Progress, lesson: Lesson) -> str | None:
    """The last note on a lesson's module or any lesson of it; of one day's, its own."""
    others = [
        each.id
        for each in curriculum.modules[lesson.module].lessons
        if each.id != lesson.id
    ]
    keys = (lesson.module, *others, lesson.id)
    notes = [note for key in keys for note in progress.notes.get(key, ())]
    notes.sort(key=lambda note: note.day)
    return notes[-1].text if notes else None


def shortest_in_reach(situation: Situation, plan: Plan) -> Lesson | None:
    """The shortest open lesson that waits for nothing, among the plan's next ten."""
    curriculum, progress, route, _ = situation
    standing = Standing(route, progress)
    ready = (
        lesson
        for lesson in map(curriculum.lessons.__getitem__, planned_lessons(plan))
        if not standing.waiting_for(lesson.module) and is_first_open(lesson, situation)
    )
    return min(
        islice(ready, 10),
        key=lambda lesson: left_minutes(lesson, progress),
        default=None,
    )


def is_first_open(lesson: Lesson, situation: Situation) -> bool:
    """Tell whether no lesson that counts is open before this one in its module."""
    curriculum, progress, route, _ = situation
    for each in curriculum.modules[lesson.module].lessons:
        if each.id == lesson.id:
            break
        if progress.is_open(each.id) and is_counted(route, progress, each):
            return False
    return True
