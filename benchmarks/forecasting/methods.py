"""Ways to foretell the end: the forecast, and the simpler ones that it is held against.

Each gives a curve: days from now with the chance to be done by then. Where a simpler
way has no history to go by, it says what the plan says.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate
from math import ceil, sqrt
from random import Random
from statistics import fmean, pvariance

from benchmarks.forecasting.snapshots import Snapshot, without_logs
from llmpath.core.forecast import (
    HORIZON_DAYS,
    DayChance,
    day_chances,
    find_level,
    find_pace,
    find_rest,
    normal_share,
)

Curve = list[tuple[int, float]]
"""Days, rising, with the chance that holds from that day to the next one named."""

ENOUGH = 0.999
"""Where a curve may end; what follows adds less than 0.01 days to its score."""

RUNS = 200
"""Futures drawn by the Monte Carlo method."""


def closed_form(snapshot: Snapshot) -> Curve:
    """The program's forecast, until it is certain and the truth is past."""
    curve = []
    for each in chances_of(snapshot):
        curve.append((each.offset + 1, each.chance))
        if curve[-1][1] > ENOUGH and each.offset >= snapshot.truth:
            break
    return curve


def likely_day(snapshot: Snapshot) -> int:
    """The day at which the forecast's chance is a half."""
    reached = (each.offset + 1 for each in chances_of(snapshot) if each.score >= 0)
    return next(reached, HORIZON_DAYS)


def chances_of(snapshot: Snapshot) -> Iterator[DayChance]:
    """The program's forecast, day by day."""
    level = find_level(snapshot.weeks)
    rest = find_rest(snapshot.rest, find_pace(snapshot.timed))
    return day_chances(level, rest, snapshot.declared_on)


def done_only(snapshot: Snapshot) -> Curve:
    """The program's forecast where no minutes are logged."""
    return closed_form(without_logs(snapshot))


def plan_as_is(snapshot: Snapshot) -> Curve:
    """Every declared minute is studied, and every lesson takes its estimate."""
    left = sum(
        max(each.estimate - each.spent, each.estimate / 5) for each in snapshot.rest
    )
    for day, minutes in enumerate(snapshot.declared[:HORIZON_DAYS], start=1):
        left -= minutes
        if left <= 0:
            return [(day, 1.0)]
    return [(HORIZON_DAYS, 1.0)]


def straight_line(snapshot: Snapshot) -> Curve:
    """What is left over the mean of all weeks."""
    return line(snapshot, snapshot.throughput)


def recent_line(snapshot: Snapshot) -> Curve:
    """What is left over the mean of the last four weeks."""
    return line(snapshot, snapshot.throughput[-4:])


def line(snapshot: Snapshot, weeks: Sequence[float]) -> Curve:
    """What is left over the mean of some weeks."""
    if not weeks:
        return plan_as_is(snapshot)
    mean = fmean(weeks)
    if not mean:
        return [(HORIZON_DAYS, 1.0)]
    return [(min(HORIZON_DAYS, ceil(7 * left_estimate(snapshot) / mean)), 1.0)]


def left_estimate(snapshot: Snapshot) -> float:
    """Estimates of the open lessons."""
    return sum(each.estimate for each in snapshot.rest)


def throughput(snapshot: Snapshot) -> Curve:
    """Weeks so far drawn at random, again and again, until nothing is left."""
    weeks = snapshot.throughput
    if not weeks:
        return plan_as_is(snapshot)
    if not any(weeks):
        return [(HORIZON_DAYS, 1.0)]
    random = Random(f"{snapshot.truth} {len(weeks)}")  # noqa: S311 - a simulation
    left = left_estimate(snapshot)
    days = sorted(days_until(left, weeks, random) for _ in range(RUNS))
    return [(day, (nth + 1) / RUNS) for nth, day in enumerate(days)]


def days_until(left: float, weeks: Sequence[float], random: Random) -> int:
    """Days until drawn weeks have done what is left."""
    size = ceil(left / fmean(weeks)) + 8
    passed = 0
    while 7 * passed < HORIZON_DAYS:
        sums = list(accumulate(random.choices(weeks, k=size)))
        if sums[-1] >= left:
            nth = bisect_left(sums, left)
            earlier = sums[nth - 1] if nth else 0.0
            share = (left - earlier) / (sums[nth] - earlier)
            return min(HORIZON_DAYS, 7 * (passed + nth) + max(1, ceil(7 * share)))
        left -= sums[-1]
        passed += size
    return HORIZON_DAYS


def evidence_based(snapshot: Snapshot) -> Curve:
    """Estimates over velocities of done lessons, at the declared minutes.

    The sum over draws from the velocities so far is taken as normal.
    """
    ratios = [each.minutes / each.estimate for each in snapshot.timed]
    if not ratios:
        return plan_as_is(snapshot)
    estimates = [each.estimate for each in snapshot.rest]
    mean = fmean(ratios) * sum(estimates) - snapshot.rest[0].spent
    spread = sqrt(pvariance(ratios) * sum(each * each for each in estimates))
    curve = []
    minutes = 0
    for day, declared in enumerate(snapshot.declared[:HORIZON_DAYS], start=1):
        minutes += declared
        if not declared:
            continue
        score = (minutes - mean) / spread if spread else 9.0 * (minutes >= mean) - 4.5
        curve.append((day, normal_share(score)))
        if score > 4.3:
            break
    return curve


METHODS: Mapping[str, Callable[[Snapshot], Curve]] = {
    "the forecast": closed_form,
    "the forecast, completions only": done_only,
    "plan as is": plan_as_is,
    "straight line": straight_line,
    "straight line, last 4 weeks": recent_line,
    "throughput Monte Carlo": throughput,
    "evidence-based scheduling": evidence_based,
}


def day_at(curve: Curve, share: float) -> int:
    """The first day with such a chance; the horizon if none has it."""
    for day, chance in curve:
        if chance >= share:
            return day
    return HORIZON_DAYS


def chance_by(curve: Curve, day: int) -> float:
    """The chance to be done within so many days."""
    nth = bisect_left(curve, (day + 1, -1.0))
    return curve[nth - 1][1] if nth else 0.0


def crps(curve: Curve, truth: int) -> float:
    """Continuous ranked probability score in days, up to the horizon.

    The square of the distance between the curve and the step at the truth, summed over
    days; Matheson and Winkler 1976.
    """
    days = [day for day, _ in curve]
    starts = [0, *days]
    ends = [*days, max(HORIZON_DAYS, truth)]
    total = 0.0
    for start, end, chance in zip(
        starts, ends, [0.0, *(chance for _, chance in curve)], strict=True
    ):
        before = max(0, min(end, truth) - start)
        after = max(0, end - max(start, truth))
        total += before * chance**2 + after * (1 - chance) ** 2
    return total
