"""When the learner will finish: dates with their chances, in closed form.

Two factors, each lognormal: the minutes that will be studied, from the share of the
declared time that was studied in the weeks so far, and the minutes that the rest will
take, from the pace so far. Priors stand in for what is not known yet. Standard library
only, no random numbers: the same history gives the same dates. What was measured of it,
on simulated learners, is in `docs/forecast.md`.

Weeks here are spans of seven days, the newest first or last as said; days are counted
from today, which is day 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from math import erf, exp, log, sqrt

from llmpath.named_tuple import NamedTuple

LEVELS = {
    10: -1.2815515655446004,
    50: 0.0,
    80: 0.8416212335729143,
    90: 1.2815515655446004,
    95: 1.6448536269514722,
}
"""Chances in percent with their quantiles of the normal distribution."""

HORIZON_DAYS = 3653
"""Ten years; what ends later has no date."""

USUAL_PACE = 1.2
_PACE_SPREAD = 0.35
_MODULE_SPREAD, _LESSON_SPREAD, _KIND_SPREAD = 0.2, 0.45, 0.2
_USUAL_LEVEL = 0.68
_LEVEL_SPREAD, _WEEK_SPREAD = 0.3, 0.45
_PSEUDO_WEEKS = 4.0
_HALF_LIFE_WEEKS = 8.0
_MOST_OF_DECLARED = 3.0
_USUAL_CORRELATION, _MOST_CORRELATION = 0.35, 0.8
_TREND_SPREAD = 0.04
_DRIFT = 0.08
_SETTLED = 2.0
"""Weeks of weight from which a trend is looked for."""


class Week(NamedTuple):
    """A span of up to seven days.

    Attributes:
        declared: Minutes that the learner had declared for it.
        studied: Minutes studied in it.
        days: Its length; the first span of a history may be shorter than a week.
    """

    declared: float
    studied: float
    days: int = 7


class TimedLesson(NamedTuple):
    """A completed lesson whose time was logged.

    Attributes:
        estimate: Minutes that it was expected to take at the usual pace, divided by
            that pace.
        minutes: What it took.
    """

    module: str
    kind: str
    estimate: float
    minutes: float


class OpenLesson(NamedTuple):
    """A lesson still to do, with the minutes already spent on it."""

    module: str
    kind: str
    estimate: float
    spent: float = 0.0


class Level(NamedTuple):
    """Share of the declared minutes that is studied, now and from now on.

    Attributes:
        adherence: Mean share of the weeks so far, shrunk to the usual one.
        variance: Of the logarithm of the mean.
        noise: Squared coefficient of variation of a week, times the inertia of weeks
            that resemble each other.
        trend: Change of the logarithm a week, fading with time.
        shift: What the trend adds to the mean to give the present level.
        weeks: Weeks with declared minutes.
    """

    adherence: float
    variance: float
    noise: float
    trend: float
    shift: float
    weeks: int


class Pace(NamedTuple):
    """Actual minutes for an estimated one.

    Attributes:
        mean: Of the logarithm, over all kinds of lesson.
        variance: Of that mean.
        kinds: What each kind adds to the mean, for kinds with timed lessons.
    """

    mean: float
    variance: float
    kinds: dict[str, float]

    def of(self, kind: str) -> float:
        """The pace of a kind of lesson."""
        return exp(self.mean + self.kinds.get(kind, 0.0))


class Rest(NamedTuple):
    """Minutes that the open lessons will take, with the variance of the logarithm."""

    minutes: float
    variance: float


class DayChance(NamedTuple):
    """A day with declared minutes, and the chance to have finished by its end.

    Attributes:
        offset: Days after today.
        score: Quantile of the normal distribution; never less than a day earlier.
        reach: Logarithm of the minutes to come over those that the rest takes.
        spread: Standard deviation of `reach`.
    """

    offset: int
    score: float
    reach: float
    spread: float

    @property
    def chance(self) -> float:
        """Between 0 and 1."""
        return normal_share(self.score)


def normal_share(score: float) -> float:
    """The share of a normal distribution below a score."""
    return 0.5 * (1 + erf(score / sqrt(2)))


def find_level(weeks: Sequence[Week]) -> Level:
    """Estimate how much of the declared time is studied.

    Weeks without declared minutes say nothing and are left out; weeks without study
    are kept.

    Args:
        weeks: Oldest first, the last one ending yesterday.
    """
    counted = [
        (age, each) for age, each in enumerate(reversed(weeks)) if each.declared > 0
    ]
    ages = [age for age, _ in counted]
    shares = [
        min(each.studied / each.declared, _MOST_OF_DECLARED) for _, each in counted
    ]
    weights = [2 ** (-age / _HALF_LIFE_WEEKS) * each.days / 7 for age, each in counted]
    total = sum(weights)
    strength = _PSEUDO_WEEKS + total
    mean = (_PSEUDO_WEEKS * _USUAL_LEVEL + dot(weights, shares)) / strength
    apart = [share - mean for share in shares]
    squares = dot(weights, [each * each for each in apart])
    usual = _PSEUDO_WEEKS * (_WEEK_SPREAD * _USUAL_LEVEL) ** 2
    noise = (usual + squares) / strength / mean**2 * inertia(weights, apart, squares)
    variance = (noise + _LEVEL_SPREAD**2 * _PSEUDO_WEEKS) / strength
    trend = shift = 0.0
    if total > _SETTLED:
        trend, shift = find_trend(ages, weights, [s / mean for s in shares], noise)
    return Level(mean, variance, noise, trend, shift, len(counted))


def inertia(weights: Sequence[float], apart: Sequence[float], squares: float) -> float:
    """By how much weeks that resemble their neighbours widen a sum of weeks."""
    products = [one * other for one, other in pairwise(apart)]
    total = sum(weights)
    prior = 2 * _PSEUDO_WEEKS
    seen = total * dot(weights, products) / squares if squares > 0 else 0.0
    correlation = (prior * _USUAL_CORRELATION + seen) / (prior + total)
    bounded = max(0.0, min(_MOST_CORRELATION, correlation))
    return (1 + bounded) / (1 - bounded)


def find_trend(
    ages: Sequence[int], weights: Sequence[float], shares: Sequence[float], noise: float
) -> tuple[float, float]:
    """The change a week, shrunk to none, and what it adds to the mean level by now."""
    total = sum(weights)
    middle = dot(weights, ages) / total
    mean = dot(weights, shares) / total
    reach = dot(weights, [(age - middle) ** 2 for age in ages])
    if not reach:
        return 0.0, 0.0
    rises = [
        (middle - age) * (share - mean) for age, share in zip(ages, shares, strict=True)
    ]
    slope = dot(weights, rises) / reach
    trend = slope * _TREND_SPREAD**2 / (_TREND_SPREAD**2 + noise / reach)
    shift = trend * middle * total / (_PSEUDO_WEEKS + total)
    return trend, max(-0.7, min(0.5, shift))


def find_pace(timed: Iterable[TimedLesson]) -> Pace:
    """Estimate the pace from lessons whose time was logged.

    What a kind of lesson adds is shrunk to nothing where few of it are known.
    """
    lessons = [each for each in timed if each.minutes > 0 and each.estimate > 0]
    took = sum(each.minutes for each in lessons)
    mean, variance = shrunk_pace(
        took,
        sum(each.estimate for each in lessons),
        sum(each.estimate**2 for each in lessons),
        len({each.module for each in lessons}),
    )
    by_kind: dict[str, list[TimedLesson]] = {}
    for each in lessons:
        by_kind.setdefault(each.kind, []).append(each)
    pooled = log_ratio(lessons) if lessons else 0.0
    kinds = {}
    for kind in sorted(by_kind):
        share = _KIND_SPREAD**2 / (_KIND_SPREAD**2 + spread_of(by_kind[kind]))
        kinds[kind] = share * (log_ratio(by_kind[kind]) - pooled)
    return Pace(mean, variance, kinds)


def shrunk_pace(
    took: float, estimated: float, squares: float, modules: int
) -> tuple[float, float]:
    """Mean and variance of the logarithm of the pace, given sums over timed lessons.

    Args:
        took: Minutes in all.
        estimated: Estimates in all.
        squares: Sum of the squares of the estimates.
        modules: How many modules the lessons are from.
    """
    mean, variance = log(USUAL_PACE), _PACE_SPREAD**2
    if not took or not estimated:
        return mean, variance
    known = 1 / variance
    learnt = 1 / (
        _MODULE_SPREAD**2 / modules + _LESSON_SPREAD**2 * squares / estimated**2
    )
    mean = (known * mean + learnt * log(took / estimated)) / (known + learnt)
    return mean, 1 / (known + learnt)


def log_ratio(lessons: Sequence[TimedLesson]) -> float:
    """The logarithm of the minutes taken over those estimated."""
    took = sum(each.minutes for each in lessons)
    return log(took / sum(each.estimate for each in lessons))


def spread_of(lessons: Sequence[TimedLesson] | Sequence[OpenLesson]) -> float:
    """Variance of the logarithm of a sum of lessons' minutes at a known pace.

    Modules differ, and so do lessons; few large ones average less than many small.
    """
    modules = len({each.module for each in lessons})
    total = sum(each.estimate for each in lessons)
    alike = total**2 / sum(each.estimate**2 for each in lessons)
    return _MODULE_SPREAD**2 / modules + _LESSON_SPREAD**2 / alike


def find_rest(lessons: Sequence[OpenLesson], pace: Pace) -> Rest:
    """Minutes that open lessons will take at a pace.

    Of a begun lesson a fifth is left at least.

    Args:
        lessons: One or more.
    """
    paces = {kind: pace.of(kind) for kind in {each.kind for each in lessons}}
    minutes = 0.0
    for _, kind, estimate, spent in lessons:
        whole = estimate * paces[kind]
        minutes += max(whole - spent, whole / 5)
    return Rest(minutes, pace.variance + spread_of(lessons))


def day_chances(
    level: Level, rest: Rest, declared_on: Callable[[int], float], not_before: int = 0
) -> Iterator[DayChance]:
    """The chance to have finished by each day with declared minutes, for ten years.

    Args:
        declared_on: Minutes declared for the day so many days after today.
        not_before: Days after today on which the last lesson may begin; before them
            nobody finishes.
    """
    needed = log(rest.minutes) - log(level.adherence) - level.shift
    steady = level.variance + rest.variance
    minutes = squares = in_week = 0.0
    factor, best = 1.0, -1e9
    for offset in range(HORIZON_DAYS):
        if offset % 7 == 0:
            squares += in_week * in_week
            in_week = 0.0
            factor = trend_factor(level.trend, offset // 7 + 1)
        declared = declared_on(offset) * factor
        if declared <= 0:
            continue
        minutes += declared
        in_week += declared
        unlike = (squares + in_week * in_week) / (minutes * minutes)
        noise = log(1 + min(4.0, level.noise * unlike))
        drift = _DRIFT**2 * (offset + 1) / 21
        spread = sqrt(noise + steady + drift)
        reach = log(minutes) - needed - noise / 2
        best = max(best, reach / spread)
        if offset >= not_before:
            yield DayChance._make((offset, best, reach, spread))


def trend_factor(trend: float, week: int) -> float:
    """What a fading trend makes of a week's minutes; the first week from now is 1."""
    faded = trend * 0.9 * (1 - 0.9**week) / 0.1
    return exp(max(-0.9, min(0.6, faded)))


def minutes_range(
    level: Level, declared_on: Callable[[int], float], days: int
) -> tuple[int, int]:
    """Minutes that will be studied in the coming days: the middle 80 in 100 cases."""
    weeks = [
        sum(map(declared_on, range(first, min(first + 7, days))))
        * trend_factor(level.trend, first // 7 + 1)
        for first in range(0, days, 7)
    ]
    total = sum(weeks)
    if not total:
        return 0, 0
    unlike = sum(each * each for each in weeks) / total**2
    noise = log(1 + min(4.0, level.noise * unlike))
    middle = log(total) + log(level.adherence) + level.shift - noise / 2
    width = LEVELS[90] * sqrt(noise + level.variance)
    return round(exp(middle - width)), round(exp(middle + width))


def needed_share(chances: Iterable[DayChance], percent: int) -> float:
    """By what to multiply all future minutes, so that a chance is reached.

    More minutes add their logarithm to every day's reach, so that no search is needed.

    Args:
        chances: The days up to and including the target, at least one.
    """
    score = LEVELS[percent]
    return min(exp(score * each.spread - each.reach) for each in chances)


def dot(one: Iterable[float], other: Iterable[float]) -> float:
    """The sum of the products of two rows of the same length or cut to the shorter."""
    return sum(a * b for a, b in zip(one, other, strict=False))
