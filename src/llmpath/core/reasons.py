"""Why a lesson stands on its day: what the filling noted, the binding reason first.

A reason binds if without it the lesson would begin earlier. Where two would each have
done alone, such as a full week and the wait for the next one, both are told.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from itertools import takewhile

from llmpath.core.counting import is_counted
from llmpath.core.curriculum import Lesson, Module, Route
from llmpath.core.open_work import Deferral, deferrals
from llmpath.core.plan import Placement, Plan, Wait
from llmpath.core.prerequisites import study_order, unmet
from llmpath.core.progress import Progress
from llmpath.core.situation import Situation
from llmpath.named_tuple import NamedTuple


class Kind(StrEnum):
    """What a reason speaks of."""

    PREREQUISITE = "prerequisite"
    CAPACITY = "capacity"
    DAY_OFF = "day-off"
    ORDER = "order"
    DEFERRAL = "deferral"
    TARGET = "target"
    HELD = "held"
    DONE = "done"
    SKIPPED = "skipped"
    OPTIONAL = "optional"
    TRACK = "track"


class DayRoom(NamedTuple):
    """What a day has and what it holds, as its next lesson finds it.

    Attributes:
        declared: Minutes that the learner has.
        planned: Minutes of the plan's blocks.
        studied: Minutes studied already; only today has any.
        spared: Minutes left free; what is missing in the sum repays earlier days.
        is_exception: A day off, another dated exception, or a break.
    """

    day: date
    declared: int
    planned: int
    studied: int
    spared: int
    is_exception: bool


class Reason(NamedTuple):
    """One reason; which fields it uses follows from its kind.

    Attributes:
        lessons: Lessons that it names.
        days: Days that it names.
        since: The day on which the lesson's turn came; for `done` the day of that.
        until: The day until which it had to wait, or a named lesson takes.
        minutes: Planned minutes of what comes before.
        of: The lesson that it speaks of, where that is not the one asked for.
    """

    kind: Kind
    lessons: tuple[str, ...] = ()
    days: tuple[DayRoom, ...] = ()
    since: date | None = None
    until: date | None = None
    minutes: int | None = None
    of: str | None = None


def find_reasons(
    situation: Situation, plan: Plan, lesson: Lesson
) -> tuple[Reason, ...]:
    """Why a lesson stands on its day or on none, the binding reason first."""
    placements = {each.lesson: each for each in plan.placements}
    placement = placements.get(lesson.id)
    if placement is None:
        return (absence(situation, plan, lesson),)
    own = own_reasons(situation, plan, placement)
    return (
        *own,
        *same_day_reasons(situation, plan, placement, own[0]),
        *reasons_before(plan, placement),
        *target_reasons(situation, plan, lesson),
    )


def own_reasons(
    situation: Situation, plan: Plan, placement: Placement
) -> tuple[Reason, ...]:
    """What kept a lesson from an earlier day, the binding reason first."""
    waits = wait_reasons(situation, plan, placement)
    days = days_without_room(situation, plan, placement)
    off = [Reason(Kind.DAY_OFF, days=each) for each in off_days(days)]
    full = [
        Reason(Kind.CAPACITY, lessons_on(plan, each.day), (each,))
        for each in days
        if each.declared
    ]
    order = order_reason(situation, plan, placement)
    ordered = [
        *(each for each in off if each.days[0].is_exception),
        *(each for each, wait in waits if is_binding(each, wait, placement)),
        *(each for each in full if each.days[0].spared),
        *([*full, *off] if placement.after is None else []),
        order,
        *deferral_in_force(situation, plan, placement),
        *full,
        *off,
        *(reason for reason, _ in waits),
    ]
    return tuple(dict.fromkeys(ordered))


def is_binding(reason: Reason, wait: Wait, placement: Placement) -> bool:
    """Tell whether a wait delayed a lesson last.

    A wait for a week counts only if there was room before it. A lesson put off was
    given its place in the order by that, so that it may only seem to lack room.
    """
    has_delayed = reason.kind is Kind.DEFERRAL or wait.room_on is not None
    return has_delayed and placement.since <= wait.until


def wait_reasons(
    situation: Situation, plan: Plan, placement: Placement
) -> list[tuple[Reason, Wait]]:
    """The waits that were noted, the later one first."""
    reasons: list[tuple[Reason, Wait]] = []
    if placement.held is not None:
        since, until, room_on = placement.held
        days: tuple[DayRoom, ...] = ()
        if room_on is not None and room_on >= placement.since:
            spared = placement.spared[(room_on - placement.since).days]
            days = (day_room(situation, plan, room_on, spared),)
        reason = Reason(Kind.HELD, days=days, since=since, until=until)
        reasons.append((reason, placement.held))
    if placement.deferred is not None:
        since, until, _ = placement.deferred
        known = deferral_of(situation, plan, placement.lesson)
        cause = known.lesson if known is not None else placement.lesson
        reason = Reason(Kind.DEFERRAL, (cause,), since=since, until=until)
        reasons.append((reason, placement.deferred))
    return sorted(reasons, key=lambda pair: pair[1].until, reverse=True)


def deferral_in_force(
    situation: Situation, plan: Plan, placement: Placement
) -> tuple[Reason, ...]:
    """That a lesson was put off, where it did not have to wait for that any more.

    The accepted plan then has it in a later place, which came no sooner.
    """
    known = deferral_of(situation, plan, placement.lesson)
    if placement.deferred is not None or known is None or known.until <= plan.start:
        return ()
    return (Reason(Kind.DEFERRAL, (known.lesson,), until=known.until),)


def deferral_of(situation: Situation, plan: Plan, lesson: str) -> Deferral | None:
    """The deferral that bears on a lesson: its own, or that of what it needs."""
    lessons = situation.curriculum.lessons
    rest = plan.shortfall.lessons if plan.shortfall is not None else ()
    ids = dict.fromkeys((*(each.lesson for each in plan.placements), *rest))
    ordered = study_order(situation.route, (lessons[each] for each in ids))
    return deferrals(situation.route, situation.progress, ordered).get(lesson)


def days_without_room(
    situation: Situation, plan: Plan, placement: Placement
) -> tuple[DayRoom, ...]:
    """The days on which a lesson was first in line and found too little room.

    Days on which it had room and waited all the same are none of them, nor are those
    before the day until which it was put off.
    """
    waits = [each for each in (placement.held, placement.deferred) if each]
    days = {
        placement.since + timedelta(days=nth): spared
        for nth, spared in enumerate(placement.spared)
    }
    return tuple(
        day_room(situation, plan, day, spared)
        for day, spared in days.items()
        if not any(had_room(wait, day) for wait in waits)
        if placement.deferred is None or day >= placement.deferred.until
    )


def had_room(wait: Wait, day: date) -> bool:
    """Tell whether a day lies in a wait and after the first one with room."""
    return wait.room_on is not None and wait.room_on <= day < wait.until


def day_room(situation: Situation, plan: Plan, day: date, spared: int) -> DayRoom:
    """What a day has and holds."""
    _, progress, _, today = situation
    known = progress.availability
    in_break = known.open_from is not None and day >= known.open_from
    return DayRoom(
        day,
        known.minutes_on(day),
        sum(block.minutes for block in plan.on(day)),
        progress.studied.get(day, 0) if day == today else 0,
        spared,
        day in known.leave or in_break,
    )


def off_days(days: tuple[DayRoom, ...]) -> list[tuple[DayRoom, ...]]:
    """Days without declared minutes: the exceptions, then those of the usual week."""
    free = [each for each in days if not each.declared]
    exceptions = tuple(each for each in free if each.is_exception)
    usual = tuple(each for each in free if not each.is_exception)
    return [each for each in (exceptions, usual) if each]


def lessons_on(plan: Plan, day: date) -> tuple[str, ...]:
    """The lessons with a block on a day."""
    return tuple(dict.fromkeys(block.lesson for block in plan.on(day)))


def last_day(plan: Plan, lesson: str) -> date:
    """The day of a planned lesson's last block."""
    return max(block.day for block in plan.blocks if block.lesson == lesson)


def order_reason(situation: Situation, plan: Plan, placement: Placement) -> Reason:
    """What was placed just before, and whether the lesson needs it."""
    after = placement.after
    if after is None:
        return Reason(Kind.ORDER, since=plan.start)
    lessons = situation.curriculum.lessons
    needed = needed_modules(
        situation.route, situation.progress, lessons[placement.lesson].module
    )
    before = lessons[after]
    is_needed = before.module in needed and situation.route.requires(before)
    kind = Kind.PREREQUISITE if is_needed else Kind.ORDER
    return Reason(kind, (after,), until=last_day(plan, after))


def needed_modules(route: Route, progress: Progress, module: str) -> frozenset[str]:
    """The modules that are not met and bind a module, directly or by another."""
    found: set[str] = set()
    coming = [module]
    while coming:
        for waiting in unmet(route, progress, coming.pop()):
            if waiting.module not in found:
                found.add(waiting.module)
                coming.append(waiting.module)
    return frozenset(found)


def same_day_reasons(
    situation: Situation, plan: Plan, placement: Placement, first: Reason
) -> tuple[Reason, ...]:
    """Why the day's first new lesson begins then, where this one only comes after it.

    Nothing where that lesson only follows one of an earlier day.
    """
    if first.kind not in {Kind.ORDER, Kind.PREREQUISITE}:
        return ()
    placements = {each.lesson: each for each in plan.placements}
    root = placement
    while root.after is not None and placements[root.after].day == placement.day:
        root = placements[root.after]
    if root is placement:
        return ()
    reason = own_reasons(situation, plan, root)[0]
    if reason.kind in {Kind.ORDER, Kind.PREREQUISITE}:
        return ()
    return (reason._replace(of=root.lesson),)


def reasons_before(plan: Plan, placement: Placement) -> tuple[Reason, ...]:
    """All that is planned before a lesson, where that is more than one lesson."""
    placed = (each.lesson for each in plan.placements)
    before = dict.fromkeys(takewhile(lambda each: each != placement.lesson, placed))
    if len(before) < 2:
        return ()
    minutes = sum(block.minutes for block in plan.blocks if block.lesson in before)
    return (Reason(Kind.ORDER, tuple(before), minutes=minutes),)


def target_reasons(
    situation: Situation, plan: Plan, lesson: Lesson
) -> tuple[Reason, ...]:
    """That a lesson ends after the target; nothing where it ends before it."""
    target = situation.progress.target
    last = last_day(plan, lesson.id)
    if target is None or not situation.today <= target < last:
        return ()
    return (Reason(Kind.TARGET, since=last, until=target),)


def absence(situation: Situation, plan: Plan, lesson: Lesson) -> Reason:
    """Why a lesson has no day."""
    _, progress, route, _ = situation
    completion = progress.completions.get(lesson.id)
    if completion is not None:
        return Reason(Kind.DONE, since=completion.day)
    if lesson.id in progress.skips:
        return Reason(Kind.SKIPPED)
    if lesson.module not in route.modules:
        return Reason(Kind.TRACK)
    if not is_counted(route, progress, lesson):
        return Reason(Kind.OPTIONAL)
    return no_room(situation, plan, lesson)


def no_room(situation: Situation, plan: Plan, lesson: Lesson) -> Reason:
    """Why the calendar has no day for a lesson that counts."""
    availability = situation.progress.availability
    last = max((block.day for block in plan.blocks), default=None)
    if availability.open_from is not None:
        return Reason(Kind.DAY_OFF, since=availability.open_from, until=last)
    put_off = deferral_of(situation, plan, lesson.id)
    if put_off is not None and (last is None or put_off.until > last):
        return Reason(Kind.DEFERRAL, (put_off.lesson,), until=put_off.until)
    return Reason(Kind.CAPACITY, since=plan.start, until=last)


def lesson_to_explain(situation: Situation, plan: Plan, module: Module) -> Lesson:
    """The lesson that a module's answer speaks of: the first open one of the plan.

    Without one: the one done last, else the first.
    """
    lessons = {each.id: each for each in module.lessons}
    rest = plan.shortfall.lessons if plan.shortfall is not None else ()
    for each in (*(placed.lesson for placed in plan.placements), *rest):
        if each in lessons:
            return lessons[each]
    done = situation.progress.completions
    closed = [each for each in reversed(module.lessons) if each.id in done]
    return max(closed, key=lambda each: done[each.id].day, default=module.lessons[0])
