"""Whether a target can be met: chances, needed hours, and the ways out.

A way out says what it would give, side by side with the others; none is taken here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from llmpath.core.availability import Availability, WeekMinutes
from llmpath.core.forecast import needed_share
from llmpath.core.full_attendance import left_over_minutes, needed_weekly_minutes
from llmpath.core.open_work import open_lessons
from llmpath.core.outlook import (
    Forecast,
    chances_until,
    make_forecast,
    make_outlook,
)
from llmpath.core.scheduling import plan_with_room, repair
from llmpath.core.situation import Situation
from llmpath.named_tuple import NamedTuple

STEP_MINUTES = 6
"""Minutes of a day are offered in such steps, so that five days make half hours."""

LONGEST_DAY = 12 * 60
LEAST_GAIN = 0.005
"""By so much a way out must raise the chance."""

EXTRA_SHARE, EXTRA_DAYS = 1.25, 56
"""More than a quarter on top, or for longer than eight weeks, is not kept up."""

CHANCES = (50, 80, 95)


class WayOut(NamedTuple):
    """Something that would help, and what it would give.

    Attributes:
        kind: `break`, `hours`, `day`, `extra`, `optional` or `date`.
        week: The weekly hours that it means; None where they stay.
        weekday: The study day added, 0 for Monday.
        day: The new target, or the day on which a break ends.
        lessons: Ids of the lessons left out.
        finish: Day on which the plan would end.
        chance: To be finished by the target, or by the new one.
    """

    kind: str
    week: WeekMinutes | None
    weekday: int | None
    day: date | None
    lessons: tuple[str, ...]
    finish: date | None
    chance: float


class Feasibility(NamedTuple):
    """Whether a target can be met.

    Attributes:
        left_over: Minutes that full attendance leaves undone; 0 if the target fits.
        full_attendance: Weekly minutes needed if no planned day is missed.
        needed: Weekly minutes to declare for each chance in percent; None where no
            hours give it.
        ways_out: Where it does not fit or is at risk.
    """

    left_over: int
    full_attendance: int | None
    needed: Mapping[int, int | None]
    forecast: Forecast
    ways_out: tuple[WayOut, ...]


NO_NEEDS: Mapping[int, int | None] = dict.fromkeys(CHANCES)


def weigh_target(situation: Situation) -> Feasibility:
    """Weigh the target that is set; one that is past or absent needs nothing."""
    forecast = make_forecast(situation)
    target = situation.progress.target
    if target is None or target < situation.today:
        return Feasibility(0, None, NO_NEEDS, forecast, ())
    left_over = left_over_minutes(situation, target)
    needed = needed_minutes(situation, target)
    is_weak = forecast.has_open_target and (left_over or forecast.is_at_risk)
    ways = ways_out(situation, forecast, needed[80]) if is_weak else ()
    return Feasibility(
        left_over,
        needed_weekly_minutes(situation, target),
        needed,
        forecast,
        tuple(ways),
    )


def needed_minutes(situation: Situation, target: date) -> dict[int, int | None]:
    """Weekly minutes to declare from today on, all days alike, for each chance."""
    week = situation.progress.availability.week_minutes(situation.today)
    weekly = sum(week)
    days = (target - situation.today).days
    chances = chances_until(make_outlook(situation), days)
    if not chances or not weekly:
        return dict(NO_NEEDS)
    found: dict[int, int | None] = {}
    for percent in CHANCES:
        minutes = -int(-weekly * needed_share(chances, percent) // 1)
        longest = minutes * max(week) / weekly
        found[percent] = minutes if longest <= 24 * 60 else None
    return found


def ways_out(
    situation: Situation, forecast: Forecast, needed: int | None
) -> Iterator[WayOut]:
    """What would help, each with the plan's end and the chance that it gives.

    Args:
        needed: Weekly minutes for a chance of 80 in 100.
    """
    least = (forecast.chance or 0.0) + LEAST_GAIN
    for way in changes(situation, needed):
        if way.chance >= least:
            yield way
    today, safe = situation.today, forecast.safe
    if safe is not None:
        chances = chances_until(make_outlook(situation), (safe - today).days)
        chance, finish = chances[-1].chance, repair(situation).finish
        yield WayOut("date", None, None, safe, (), finish, chance)


def changes(situation: Situation, needed: int | None) -> Iterator[WayOut]:
    """What could be changed before the target, whether it helps or not."""
    today, progress = situation.today, situation.progress
    availability = progress.availability
    week = availability.week_minutes(today)
    if availability.open_from is not None:
        ended = availability._replace(open_from=None)
        way = way_with(with_availability(situation, ended), "break")
        yield way._replace(day=max(today, availability.open_from))
    if needed is not None and sum(week) < needed <= 7 * LONGEST_DAY:
        yield with_week(situation, "hours", scaled_week(week, needed))
    weekday = free_weekday(week)
    if weekday is not None and any(week):
        longer = with_day(week, weekday, progress.settings.block_min)
        yield with_week(situation, "day", longer, weekday)
    extra = availability._replace(leave=extra_minutes(availability, today))
    yield way_with(with_availability(situation, extra), "extra")
    optional = included_lessons(situation)
    if optional:
        yield way_with(without(situation, optional), "optional", lessons=optional)


def with_week(
    situation: Situation, kind: str, week: WeekMinutes, weekday: int | None = None
) -> WayOut:
    """What other weekly hours from today on would give."""
    availability = situation.progress.availability
    kept = [entry for entry in availability.weekly if entry[0] != situation.today]
    weekly = tuple(sorted([*kept, (situation.today, week)]))
    changed = with_availability(situation, availability._replace(weekly=weekly))
    return way_with(changed, kind)._replace(week=week, weekday=weekday)


def way_with(changed: Situation, kind: str, *, lessons: tuple[str, ...] = ()) -> WayOut:
    """What a changed situation would give by the target."""
    target = changed.progress.target or changed.today
    outlook = make_outlook(changed)
    chances = chances_until(outlook, (target - changed.today).days)
    finish = plan_with_room(changed).finish
    chance = chances[-1].chance if chances else float(outlook.rest is None)
    return WayOut(kind, None, None, None, lessons, finish, chance)


def with_availability(situation: Situation, availability: Availability) -> Situation:
    """The situation with other hours."""
    progress = situation.progress._replace(availability=availability)
    return situation._replace(progress=progress)


def without(situation: Situation, lessons: tuple[str, ...]) -> Situation:
    """The situation without included lessons."""
    progress = situation.progress
    left = progress._replace(included=progress.included - set(lessons))
    return situation._replace(progress=left)


def included_lessons(situation: Situation) -> tuple[str, ...]:
    """Open lessons that are in the plan only because they were included."""
    _, progress, route, _ = situation
    return tuple(
        each.id
        for each in open_lessons(route, progress)
        if each.id in progress.included and not route.requires(each)
    )


def scaled_week(week: WeekMinutes, needed: int) -> WeekMinutes:
    """Hours in the proportion of a week's, each day rounded up to whole steps.

    Where a day would be too long, all seven days share them.
    """
    if needed * max(week) > LONGEST_DAY * sum(week):
        week = (1, 1, 1, 1, 1, 1, 1)
    days = [
        -(-needed * minutes // (sum(week) * STEP_MINUTES)) * STEP_MINUTES
        for minutes in week
    ]
    return days[0], days[1], days[2], days[3], days[4], days[5], days[6]


def free_weekday(week: WeekMinutes) -> int | None:
    """A weekday without study, of the weekend first; None if all have some."""
    order = (5, 6, 0, 1, 2, 3, 4)
    return next((day for day in order if not week[day]), None)


def with_day(week: WeekMinutes, weekday: int, shortest: int) -> WeekMinutes:
    """A week with one more study day, as long as the others are on average."""
    days = list(week)
    mean = sum(week) / sum(1 for each in week if each)
    days[weekday] = max(shortest, round(mean / 5) * 5)
    return days[0], days[1], days[2], days[3], days[4], days[5], days[6]


def extra_minutes(availability: Availability, today: date) -> dict[date, int]:
    """A quarter more on every day of the next eight weeks, as dated exceptions."""
    leave = dict(availability.leave)
    for offset in range(EXTRA_DAYS):
        day = today + timedelta(days=offset)
        leave[day] = round(availability.minutes_on(day) * EXTRA_SHARE)
    return leave
