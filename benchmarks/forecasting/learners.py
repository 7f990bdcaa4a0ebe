"""Simulated learners: what they declare, what they study, and when they are done.

All of it follows from a type, a seed and the table of parameters. Noise of weeks, days,
modules and lessons has mean 1, so that adherence and pace are what their names say.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from math import exp, sqrt
from random import Random
from typing import NamedTuple

from benchmarks.forecasting.parameters import Numbers, Parameter, numbers_of
from llmpath.core.forecast import HORIZON_DAYS

WEEKS = HORIZON_DAYS // 7
"""A learner who is not done by then counts as one who never is."""

KINDS = ("video", "reading", "practice", "project")
DAYS_AFTER = 35
"""Days simulated after the last lesson, for the ranges of the coming weeks."""

MOST_MINUTES = 960
"""Studied on one day."""


class Lesson(NamedTuple):
    """A lesson, with the minutes that it takes at the first pace."""

    module: str
    kind: str
    estimate: int
    minutes: float


class Learner(NamedTuple):
    """A learner's whole study, by days from the start, a Monday.

    Attributes:
        declared: Minutes by day, for twice the horizon.
        studied: Minutes by day, until some weeks after the last lesson.
        before: Minutes studied before each day.
        ends: Minutes studied in all when each lesson was done.
        finish: Day of the last lesson; None if it is beyond the horizon.
    """

    kind: str
    seed: int
    lessons: Sequence[Lesson]
    declared: Sequence[int]
    studied: Sequence[int]
    before: Sequence[int]
    ends: Sequence[float]
    finish: int | None


def make_learner(kind: str, seed: int, changes: Iterable[Parameter] = ()) -> Learner:
    """Simulate a learner until some weeks after the last lesson."""
    random = Random(f"{kind} {seed}")  # noqa: S311 - a simulation, not a secret
    numbers = numbers_of(kind, changes)
    lessons = list(make_lessons(numbers, random))
    weekly = numbers["weekly"].draw(random)
    estimated = sum(each.estimate for each in lessons)
    factors = list(week_factors(kind, numbers, random, estimated / weekly))
    declared, wished = daily_minutes(kind, numbers, random, weekly)
    weeks = list(zip(factors, week_speeds(kind, numbers, random), strict=True))
    needed = list(accumulate(each.minutes for each in lessons))
    studied, worked = study(numbers, random, wished, weeks, needed[-1])
    before = list(accumulate(studied, initial=0))
    ends = [minutes_at(work, before, worked) for work in needed if work <= worked[-1]]
    finish = None
    if len(ends) == len(lessons):
        finish = bisect_left(worked, needed[-1]) - 1
    return Learner(kind, seed, lessons, declared, studied, before, ends, finish)


def make_lessons(numbers: Numbers, random: Random) -> Iterator[Lesson]:
    """Modules of lessons until the hours are filled."""
    left = numbers["hours"].draw(random) * 60
    pace = numbers["pace"].draw(random)
    spread = numbers["kind"].first
    paces = {kind: pace * (noise(random, spread) if spread else 1) for kind in KINDS}
    module = 0
    while left > 0:
        module += 1
        apart = noise(random, numbers["module"].first)
        for _ in range(int(numbers["lessons"].draw(random))):
            drawn = round(numbers["estimate"].draw(random))
            estimate = max(5, min(180, drawn))
            kind = random.choice(KINDS)
            one = noise(random, numbers["lesson"].first)
            yield Lesson(
                f"m{module}", kind, estimate, estimate * paces[kind] * apart * one
            )
            left -= estimate
            if left <= 0:
                return


def noise(random: Random, spread: float) -> float:
    """A lognormal factor with mean 1."""
    return exp(random.gauss(-spread * spread / 2, spread))


def week_factors(
    kind: str, numbers: Numbers, random: Random, plan_weeks: float
) -> Iterator[float]:
    """What a type of learner makes of the level, week by week."""
    match kind:
        case "bursty":
            yield from bursts(numbers, random)
        case "dropout-return":
            yield from absences(numbers, random)
        case _:
            rates = {key: each.draw(random) for key, each in numbers.items()}
            for week in range(WEEKS + 1):
                yield smooth_factor(kind, rates, week, plan_weeks)


def smooth_factor(
    kind: str, rates: dict[str, float], week: int, plan_weeks: float
) -> float:
    """The factor of a type that does not change by chance."""
    match kind:
        case "declining":
            return max(rates["floor"], (1 - rates["loss"]) ** week)
        case "improving":
            return min(rates["most"], (1 + rates["gain"]) ** week)
        case "over-planner":
            return rates["half"]
        case "deadline-driven":
            gone = week / (rates["until"] * plan_weeks)
            rising = rates["first"] + rates["rise"] * gone * gone
            return rising if gone <= 1 else rates["after"]
        case _:
            return 1.0


def bursts(numbers: Numbers, random: Random) -> Iterator[float]:
    """Weeks of much and weeks of little study."""
    means = {True: numbers["on"].draw(random), False: numbers["off"].draw(random)}
    levels = {True: numbers["high"].first, False: numbers["low"].first}
    is_on = random.random() < means[True] / (means[True] + means[False])
    for _ in range(WEEKS + 1):
        yield levels[is_on]
        if random.random() < 1 / means[is_on]:
            is_on = not is_on


def absences(numbers: Numbers, random: Random) -> Iterator[float]:
    """Usual weeks, and now and then some without study."""
    risk = numbers["risk"].draw(random)
    away = 0
    for _ in range(WEEKS + 1):
        if not away and random.random() < risk:
            away = int(numbers["away"].draw(random))
        yield 0.0 if away else 1.0
        away = max(0, away - 1)


def week_speeds(kind: str, numbers: Numbers, random: Random) -> list[float]:
    """How much sooner a minute's work is done than at first, week by week."""
    if kind != "improving":
        return [1.0] * (WEEKS + 1)
    less = numbers["quicker"].draw(random)
    least = numbers["quickest"].first
    return [1 / max(least, (1 - less) ** week) for week in range(WEEKS + 1)]


def daily_minutes(
    kind: str, numbers: Numbers, random: Random, weekly: float
) -> tuple[list[int], list[float]]:
    """Declared minutes of each day, and those that full adherence would study."""
    count = int(numbers["days"].draw(random))
    days = sorted(random.sample(range(7), count))
    if kind == "weekend-only":
        days = list(range(count))
    declared = [round(weekly / count) if day in days else 0 for day in range(7)]
    wished = [float(each) for each in declared]
    if kind == "weekend-only":
        late = int(numbers["studied"].first)
        total = sum(declared)
        wished = [total / late if day >= 7 - late else 0.0 for day in range(7)]
    open_weeks = [True] * (2 * WEEKS + 2)
    if kind == "vacations":
        open_weeks = list(vacation_weeks(numbers, random))
    return (
        [minutes * is_open for is_open in open_weeks for minutes in declared],
        [minutes * is_open for is_open in open_weeks for minutes in wished],
    )


def vacation_weeks(numbers: Numbers, random: Random) -> Iterator[bool]:
    """Whether each week is open to study."""
    weeks: list[bool] = []
    while len(weeks) < 2 * WEEKS + 2:
        weeks += [True] * int(numbers["between"].draw(random))
        weeks += [False] * int(numbers["away"].draw(random))
    yield from weeks[: 2 * WEEKS + 2]


def study(
    numbers: Numbers,
    random: Random,
    wished: Sequence[float],
    weeks: Sequence[tuple[float, float]],
    needed: float,
) -> tuple[list[int], list[float]]:
    """Minutes studied by day, and the work done before each day and after the last.

    Args:
        wished: Minutes of each day at full adherence.
        weeks: What each week makes of the level, and the work done in a minute.
        needed: The work after which all is done.
    """
    level = numbers["adherence"].draw(random)
    skipping = numbers["skipping"].draw(random)
    spread, inertia = numbers["week noise"].first, numbers["inertia"].first
    daily = numbers["day noise"].first
    state = random.gauss(0, spread)
    studied: list[int] = []
    worked = [0.0]
    last = HORIZON_DAYS
    while len(studied) < last:
        day = len(studied)
        if day % 7 == 0 and day:
            state = inertia * state
            state += random.gauss(0, spread * sqrt(1 - inertia * inertia))
        minutes = 0
        if wished[day] and random.random() >= skipping:
            share = level * weeks[day // 7][0] * exp(state - spread * spread / 2)
            minutes = round(wished[day] * share * noise(random, daily))
        studied.append(min(MOST_MINUTES, minutes))
        worked.append(worked[-1] + studied[-1] * weeks[day // 7][1])
        if last == HORIZON_DAYS and worked[-1] >= needed:
            last = min(HORIZON_DAYS, day + DAYS_AFTER)
    return studied, worked


def minutes_at(work: float, before: Sequence[int], worked: Sequence[float]) -> float:
    """Minutes studied when so much work was done."""
    after = bisect_left(worked, work)
    if not after:
        return 0.0
    day = after - 1
    share = (work - worked[day]) / (worked[after] - worked[day])
    return before[day] + share * (before[after] - before[day])
