"""Planning: order first, dates second; then hold the plan and repair it.

A new plan fills each week but for its buffer, and commits every lesson to the week in
which it begins. What is shown from then on is one repair of that commitment: what is
still open is laid out from today on, in the committed order, no lesson before its
week, every day up to its declared minutes. Undone work thus moves into the buffer or
pushes later work, and the order never changes by itself.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from llmpath.core.availability import monday_of
from llmpath.core.counting import counted_lessons
from llmpath.core.curriculum import Lesson, Route
from llmpath.core.events import PlanAccepted, PlannedWeek
from llmpath.core.filling import fill_days
from llmpath.core.open_work import open_lessons, works
from llmpath.core.plan import Plan
from llmpath.core.prerequisites import study_order
from llmpath.core.progress import Progress
from llmpath.core.rooms import at_velocity, buffered, carried, first_day, room_from
from llmpath.core.situation import Situation

FIRST_VELOCITY = 1.0
"""Lesson minutes planned for one available minute, before there is a history.

A lower velocity keeps the end of each week free, as the buffer does: blocks stay as
long as the days allow, and what runs over finds room in the same week.
"""


def make_plan(
    situation: Situation,
    *,
    in_order: Sequence[Lesson] = (),
    velocity: float | None = None,
) -> PlanAccepted:
    """Lay the open lessons out anew, keeping the buffer of each week free.

    Blocks begin today or on the first day of the track, whichever is later.

    Args:
        in_order: An order to keep; the order of the tracks if empty.
        velocity: Lesson minutes for one available minute, above 0 and at most 1; that
            of the plan that holds if not given.
    """
    _, progress, route, today = situation
    lessons = study_order(route, in_order or open_lessons(route, progress))
    settings = progress.settings
    start = first_day(progress, today)
    studied = progress.studied
    kept = held_velocity(progress) if velocity is None else velocity
    # Weeks are told by minutes alone. Were blocks kept whole here, a minute more on one
    # day could take the rest of the budget from another, on which a lesson began.
    rough = fill_days(
        works(route, progress, [(lesson, date.min) for lesson in lessons]),
        start,
        buffered(
            room_from(progress, studied, today), 1 - kept * (1 - settings.buffer), start
        ),
        settings._replace(block_min=1, tolerance=0),
        carried(progress, studied, start),
    )
    return accept(situation, committed_weeks(rough, settings.block_min), kept)


def plan_with_room(situation: Situation, *, keeps_order: bool = True) -> PlanAccepted:
    """The plan after a change that gives time or takes work away.

    Laid out anew, so that it may end earlier; but a new plan keeps the end of each week
    free again, which the one that holds may have used up by now. More room shall never
    make a plan end later: of the two, the one that ends earlier, and of two that end
    alike the one that holds.

    Args:
        keeps_order: The new plan has the order of the one that holds; else that of the
            tracks, so that a lesson once put off finds its place again.
    """
    _, progress, route, _ = situation
    weeks = progress.plan.plan.weeks if progress.plan is not None else ()
    order = held_lessons(weeks, route, progress) if keeps_order else []
    new = make_plan(situation, in_order=[lesson for lesson, _ in order])
    held = accept(situation, committed_weeks(repair(situation)))
    if new.finish is None or (held.finish is not None and held.finish <= new.finish):
        return held
    return new


def repair(situation: Situation) -> Plan:
    """The plan that holds, as it stands today.

    A function of the last accepted plan, the progress and the day, computed in one
    step: applying it day after day in between would give another plan.
    """
    accepted = situation.progress.plan
    weeks = accepted.plan.weeks if accepted is not None else ()
    return lay_out(situation, weeks, held_velocity(situation.progress))


def held_velocity(progress: Progress) -> float:
    """The velocity of the plan that holds, or that of a first plan; at most 1."""
    plan = progress.plan
    return FIRST_VELOCITY if plan is None else min(1.0, plan.plan.velocity)


def accept(
    situation: Situation, weeks: tuple[PlannedWeek, ...], velocity: float | None = None
) -> PlanAccepted:
    """The plan that commits lessons to weeks, with the dates that follow from it.

    Args:
        velocity: As for `make_plan`.
    """
    kept = held_velocity(situation.progress) if velocity is None else velocity
    plan = lay_out(situation, weeks, kept)
    return PlanAccepted(
        velocity=kept,
        buffer=situation.progress.settings.buffer,
        weeks=weeks,
        finish=plan.finish,
        minutes=plan.minutes,
    )


def lay_out(
    situation: Situation, weeks: tuple[PlannedWeek, ...], velocity: float
) -> Plan:
    """Put what is open of a commitment on days, from today on."""
    _, progress, route, today = situation
    studied = progress.studied
    start = first_day(progress, today)
    return fill_days(
        works(route, progress, held_lessons(weeks, route, progress)),
        start,
        at_velocity(
            velocity,
            room_from(progress, studied, today),
            start,
            progress.settings.block_min,
        ),
        progress.settings,
        carried(progress, studied, start),
    )


def held_lessons(
    weeks: tuple[PlannedWeek, ...], route: Route, progress: Progress
) -> list[tuple[Lesson, date]]:
    """Open lessons in committed order, each with the Monday before which it waits.

    A lesson that no week holds stands after the last planned lesson before it in the
    order of the tracks.
    """
    counted = {each.id: each for each in counted_lessons(route, progress)}
    mondays: dict[str, date] = {}
    for week in weeks:
        for lesson_id in week.lessons:
            if lesson_id in counted:
                mondays.setdefault(lesson_id, week.start)
    followers = lessons_between(route, counted.values(), mondays)
    wished = list(followers.get(None, ()))
    for lesson_id, monday in list(mondays.items()):
        wished.append(counted[lesson_id])
        for each in followers.get(lesson_id, ()):
            mondays[each.id] = monday
            wished.append(each)
    is_open = progress.is_open
    lessons = study_order(route, (each for each in wished if is_open(each.id)))
    return [(lesson, mondays.get(lesson.id, date.min)) for lesson in lessons]


def lessons_between(
    route: Route, lessons: Collection[Lesson], planned: Collection[str]
) -> dict[str | None, list[Lesson]]:
    """Lessons that no week holds, by the planned one before them in study order.

    Args:
        lessons: All that count, in the order of the tracks.
        planned: Those of them that a week holds.
    """
    between: dict[str | None, list[Lesson]] = {}
    if len(planned) == len(lessons):
        return between
    last = None
    for lesson in study_order(route, lessons):
        if lesson.id in planned:
            last = lesson.id
        else:
            between.setdefault(last, []).append(lesson)
    return between


def committed_weeks(plan: Plan, shortest: int = 1) -> tuple[PlannedWeek, ...]:
    """Each lesson in the week in which it begins; what found no room in the last.

    Args:
        shortest: Minutes of a lesson that must lie in a week for it to begin there;
            fewer where the lesson itself has fewer.
    """
    weeks: dict[date, list[str]] = {}
    for lesson, day in begun_days(plan, shortest).items():
        weeks.setdefault(monday_of(day), []).append(lesson)
    if plan.shortfall is not None:
        last = max(weeks, default=monday_of(plan.start))
        begun = set(weeks.get(last, ()))
        weeks.setdefault(last, []).extend(
            lesson for lesson in plan.shortfall.lessons if lesson not in begun
        )
    return tuple(PlannedWeek(week, tuple(weeks[week])) for week in sorted(weeks))


def begun_days(plan: Plan, shortest: int) -> dict[str, date]:
    """The day on which so many minutes of each lesson are reached, or all it has."""
    planned: dict[str, int] = {}
    days: dict[str, date] = {}
    for block in plan.blocks:
        before = planned.get(block.lesson, 0)
        planned[block.lesson] = before + block.minutes
        if before < shortest:
            days[block.lesson] = block.day
    return days
