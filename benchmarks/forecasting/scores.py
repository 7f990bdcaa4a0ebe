"""Measures of forecasts against what happened."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from math import sqrt
from statistics import fmean, median
from typing import TypeVar

from benchmarks.forecasting.runs import LearnerKey, Outcome, Statement

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)

BINS = 10
FOUR_WEEKS = 28


def share_of(values: Iterable[bool]) -> float:
    """The part that is true; not a number if there is nothing."""
    rows = list(values)
    return fmean(rows) if rows else float("nan")


def clustered_error(rows: Iterable[tuple[LearnerKey, float]]) -> float:
    """Standard error of a mean whose terms depend on each other within a learner."""
    pairs = list(rows)
    mean = fmean(value for _, value in pairs)
    sums: dict[LearnerKey, float] = {}
    for learner, value in pairs:
        sums[learner] = sums.get(learner, 0.0) + value - mean
    return sqrt(sum(each * each for each in sums.values())) / len(pairs)


def coverage(outcomes: Iterable[Outcome]) -> float:
    """How often the truth lies in the middle 80 percent."""
    return share_of(each.is_covered for each in outcomes)


def coverage_error(outcomes: Iterable[Outcome]) -> float:
    """The standard error of the coverage."""
    return clustered_error(
        (each.case.learner, float(each.is_covered)) for each in outcomes
    )


def share_by(outcomes: Iterable[Outcome], place: int) -> float:
    """How often the truth is no later than one of the stated days."""
    return share_of(each.truth <= each.shares[place] for each in outcomes)


def relative_crps(outcomes: Iterable[Outcome]) -> float:
    """Mean score over the true remaining time."""
    rows = [each.crps / each.truth for each in outcomes]
    return fmean(rows) if rows else float("nan")


def median_error(outcomes: Iterable[Outcome]) -> float:
    """Median of |likely day - truth| / truth, for a truth of four weeks or more."""
    rows = [
        abs(each.p50 - each.truth) / each.truth
        for each in outcomes
        if each.truth >= FOUR_WEEKS
    ]
    return median(rows) if rows else float("nan")


def median_ratio(outcomes: Iterable[Outcome]) -> float:
    """Median of the likely day over the truth: below 1 it is too early."""
    rows = [each.p50 / each.truth for each in outcomes]
    return median(rows) if rows else float("nan")


def brier(statements: Iterable[Statement]) -> float:
    """Mean squared distance of a chance from what happened."""
    rows = [(each.chance - each.is_met) ** 2 for each in statements]
    return fmean(rows) if rows else float("nan")


def base_rate_brier(statements: Sequence[Statement]) -> float:
    """The same for one who always says how often targets are met."""
    met = share_of(each.is_met for each in statements)
    return met * (1 - met)


def bins_of(statements: Iterable[Statement]) -> list[list[Statement]]:
    """Statements by tenths of the chance; empty tenths left out."""
    return list(grouped(statements, lambda each: bin_of(each.chance)).values())


def bin_of(chance: float) -> int:
    """The tenth in which a chance lies."""
    return min(BINS - 1, int(chance * BINS))


def calibration_error(statements: Sequence[Statement]) -> float:
    """Mean distance between said and happened, over tenths of the chance."""
    total = sum(
        abs(sum(each.chance - each.is_met for each in group))
        for group in bins_of(statements)
    )
    return total / len(statements)


def grouped(rows: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    """Rows by a key, keys in order."""
    groups: dict[K, list[T]] = {}
    for each in rows:
        groups.setdefault(key(each), []).append(each)
    return {each: groups[each] for each in sorted(groups, key=order_of)}


def order_of(key: Hashable) -> tuple[bool, int, str]:
    """Numbers by size, words by letter."""
    is_number = isinstance(key, int)
    return (not is_number, key if isinstance(key, int) else 0, str(key))
