"""Planning: order first, dates second; then hold the plan and repair it.

A new plan fills each week but for its buffer, and commits every lesson to the week in
which it begins. What is shown from then on is one repair of that commitment: what is
still open is laid out from today on, in the committed order, no lesson before its
week, every day up to its declared minutes. Undone work thus moves into the buffer or
pushes later work, and the order never changes by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from llmpath.core.availability import monday_of
from llmpath.core.counting import counted_lessons, left_minutes
from llmpath.core.curriculum import Lesson, Route
from llmpath.core.events import PlanAccepted, PlannedWeek
from llmpath.core.filling import Carried, RoomOn, Work, fill_days
from llmpath.core.plan import Plan
from llmpath.core.prerequisites import study_order
from llmpath.core.progress import Progress
from llmpath.core.situation import Situation
from llmpath.named_tuple import NamedTuple

FIRST_VELOCITY = 1.0
"""Lesson minutes planned for one available minute, before there is a history.

A lower velocity keeps the end of each week free, as the buffer does: blocks stay as
long as the days allow, and what runs over finds room in the same week.
"""

REPAID_DAYS = 14
"""How far back overruns are looked for; at most the tolerance is ever owed."""


def open_lessons(route: Route, progress: Progress) -> tuple[Lesson, ...]:
    """The open lessons that count, in order of study."""
    counted = counted_lessons(route, progress)
    return study_order(
        route,
        (each for each in counted if progress.is_open(each.id)),
    )


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
    places: dict[str, tuple[int, date]] = {}
    for week in weeks:
        for lesson_id in week.lessons:
            places.setdefault(lesson_id, (len(places), week.start))
    keyed: list[tuple[tuple[int, int], Lesson, date]] = []
    last = (-1, date.min)
    ordered = study_order(route, counted_lessons(route, progress))
    for nth, lesson in enumerate(ordered, start=1):
        place = places.get(lesson.id)
        if place is not None:
            last = place
        if progress.is_open(lesson.id):
            keyed.append(((last[0], 0 if place else nth), lesson, last[1]))
    keyed.sort(key=lambda entry: entry[0])
    monday = {lesson.id: held for _, lesson, held in keyed}
    lessons = study_order(route, (each for _, each, _ in keyed))
    return [(lesson, monday[lesson.id]) for lesson in lessons]


def works(
    route: Route, progress: Progress, lessons: Sequence[tuple[Lesson, date]]
) -> list[Work]:
    """What is left of each lesson, with the days before which it may not begin.

    A lesson whose prerequisite is deferred is deferred as well.
    """
    until = deferrals(route, progress, [lesson for lesson, _ in lessons])
    done_parts = parts_studied(progress)
    return [
        Work(
            lesson.id,
            left_minutes(lesson, progress),
            done_parts.get(lesson.id, 0),
            held,
            until[lesson.id].until if lesson.id in until else date.min,
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


def first_day(progress: Progress, today: date) -> date:
    """The first day that may hold a block."""
    return max(today, progress.started.from_day) if progress.started else today


def room_from(progress: Progress, studied: Mapping[date, int], today: date) -> RoomOn:
    """Declared minutes of each day, today's without those already studied."""
    availability = progress.availability

    def room_on(day: date) -> int:
        minutes = availability.minutes_on(day)
        return max(0, minutes - studied.get(today, 0)) if day == today else minutes

    return room_on


def at_velocity(velocity: float, room_on: RoomOn, start: date, shortest: int) -> RoomOn:
    """Rooms of which a week's share is used; all of it at a velocity of 1.

    What is left of the share on its last day is used only if it holds a block.
    """
    if velocity >= 1:
        return room_on
    shared = buffered(room_on, 1 - velocity, start)

    def room_of_share(day: date) -> int:
        room = shared(day)
        return room if room >= min(shortest, room_on(day)) else 0

    return room_of_share


def buffered(room_on: RoomOn, buffer: float, start: date) -> RoomOn:
    """Rooms that leave a share of each week free, at the end of the week."""
    rooms: dict[date, int] = {}

    def room_of_week(day: date) -> int:
        if day not in rooms:
            monday = monday_of(day)
            days = [monday + timedelta(days=n) for n in range(7)]
            minutes = {each: room_on(each) for each in days if each >= start}
            budget = int(sum(minutes.values()) * (1 - buffer))
            for each, room in minutes.items():
                rooms[each] = min(room, budget)
                budget -= rooms[each]
        return rooms[day]

    return room_of_week


def carried(progress: Progress, studied: Mapping[date, int], start: date) -> Carried:
    """What was studied up to a day, as far as it bears on that day and those after it.

    Minutes by which days ran over are paid back, at most the tolerance.
    """
    availability = progress.availability
    most = progress.settings.tolerance
    debt = 0
    for back in range(REPAID_DAYS, 0, -1):
        day = start - timedelta(days=back)
        declared = availability.minutes_on(day)
        if declared:
            over = debt + studied.get(day, 0) - declared
            debt = min(most, max(0, over))
    declared = availability.minutes_on(start)
    if declared:
        debt = min(most, debt + max(0, studied.get(start, 0) - declared))
    return Carried(debt, start if studied.get(start) else None)


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


class Load(NamedTuple):
    """Work that may begin on a day, and the room from then until a target.

    Attributes:
        work: Minutes left of the lessons that may begin no earlier than the day.
        room: Declared minutes from the day up to and including the target.
    """

    work: int
    room: int


def loads_until(situation: Situation, target: date) -> tuple[Load, ...]:
    """Work against room at full attendance, from today and from each deferral on.

    All of it can be done by the target exactly if no load is greater than its room:
    one learner with release dates.
    """
    _, progress, route, today = situation
    lessons = open_lessons(route, progress)
    start = first_day(progress, today)
    until = deferrals(route, progress, lessons)
    released = {
        each.id: max(start, until[each.id].until) if each.id in until else start
        for each in lessons
    }
    room_on = room_from(progress, progress.studied, today)
    return tuple(
        Load(
            sum(
                left_minutes(each, progress)
                for each in lessons
                if released[each.id] >= day
            ),
            sum(
                room_on(day + timedelta(days=n)) for n in range((target - day).days + 1)
            ),
        )
        for day in sorted({start, *released.values()})
    )


def left_over_minutes(situation: Situation, target: date) -> int:
    """Lesson minutes beyond what full attendance allows by the target; 0 if it fits."""
    loads = loads_until(situation, target)
    return max(0, *(each.work - each.room for each in loads))


def needed_weekly_minutes(situation: Situation, target: date) -> int | None:
    """Minutes a week that full attendance takes until the target, all days alike.

    None where work is left and no day has time for it.
    """
    progress = situation.progress
    weekly = sum(progress.availability.week_minutes(situation.today))
    loads = [each for each in loads_until(situation, target) if each.work]
    if any(not each.room for each in loads):
        return None
    return max((-(-weekly * each.work // each.room) for each in loads), default=0)
