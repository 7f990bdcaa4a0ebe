"""Forecasts made for simulated learners, and what then happened."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from random import Random
from typing import NamedTuple

from benchmarks.forecasting.learners import Learner, make_learner
from benchmarks.forecasting.methods import (
    METHODS,
    chance_by,
    closed_form,
    crps,
    day_at,
    likely_day,
    plan_as_is,
)
from benchmarks.forecasting.parameters import (
    ORIGINS,
    TARGETS,
    TYPES,
    WORLDS,
    Parameter,
    numbers_of,
)
from benchmarks.forecasting.snapshots import Snapshot, look_at
from llmpath.core.forecast import find_level, minutes_range

FOUR_WEEKS = 28
WORLD_ORIGINS = (0, 4, 13)
TARGETS_OF_PLAN = 3

LearnerKey = tuple[str, int]


class Case(NamedTuple):
    """Where and for whom a forecast was made."""

    kind: str
    seed: int
    week: int

    @property
    def learner(self) -> LearnerKey:
        """Whose forecasts depend on each other."""
        return self.kind, self.seed


class Outcome(NamedTuple):
    """A forecast by one method, in days, with the truth.

    Attributes:
        shares: Days at the chances of 10, 50, 80, 90 and 95 percent.
    """

    case: Case
    method: str
    truth: int
    shares: tuple[int, int, int, int, int]
    crps: float

    @property
    def is_covered(self) -> bool:
        """Whether the truth lies in the middle 80 percent."""
        return self.shares[0] <= self.truth <= self.shares[3]

    @property
    def p50(self) -> int:
        """The likely day."""
        return self.shares[1]


class Statement(NamedTuple):
    """A chance of a target, and whether it was met."""

    case: Case
    by_plan: bool
    chance: float
    is_met: bool


class Range(NamedTuple):
    """Minutes foretold for four weeks, and those studied."""

    case: Case
    low: int
    high: int
    studied: int

    @property
    def is_covered(self) -> bool:
        """Whether the truth lies in it."""
        return self.low <= self.studied <= self.high


class Movement(NamedTuple):
    """The change of the likely day within a week, over the remaining days."""

    case: Case
    share: float


class Run(NamedTuple):
    """All that was measured on some seeds.

    Attributes:
        learners: Learners simulated.
        never: Of them, those who are not done within the horizon.
        outcomes: By all methods.
        worlds: Outcomes of the forecast in worlds that it does not expect.
    """

    learners: int
    never: dict[str, int]
    outcomes: list[Outcome]
    statements: list[Statement]
    ranges: list[Range]
    movements: list[Movement]
    worlds: dict[str, list[Outcome]]


def run(seeds: Collection[int], origins: Collection[int] = ORIGINS) -> Run:
    """Simulate a learner of each type for each seed, and measure.

    Movements and the other worlds take a part of the seeds, one in five and one in
    four, since each learner gives many there.

    Args:
        origins: Weeks of the forecasts; movements are followed until the last one.
    """
    learners = [make_learner(kind, seed) for kind in TYPES for seed in seeds]
    return Run(
        learners=len(learners),
        never={
            kind: sum(each.finish is None and each.kind == kind for each in learners)
            for kind in TYPES
        },
        outcomes=list(outcomes_of(learners, METHODS, origins)),
        statements=[
            each
            for case, _, snapshot in looks(learners, origins)
            for each in statements(case, snapshot)
        ],
        ranges=[range_of(*look) for look in looks(learners, origins)],
        movements=[
            each
            for learner in learners
            if learner.seed % 5 == 0
            for each in movements(learner, max(origins))
        ],
        worlds={
            name: list(in_world(changes, [s for s in seeds if s % 4 == 0], origins))
            for name, changes in WORLDS.items()
        },
    )


def looks(
    learners: Iterable[Learner], weeks: Iterable[int]
) -> Iterator[tuple[Case, Learner, Snapshot]]:
    """Learners at the weeks of the forecasts, where they are not done."""
    for learner in learners:
        for week in weeks:
            snapshot = look_at(learner, week)
            if snapshot is not None:
                yield Case(learner.kind, learner.seed, week), learner, snapshot


def outcomes_of(
    learners: Iterable[Learner], methods: Collection[str], origins: Iterable[int]
) -> Iterator[Outcome]:
    """What came of the forecasts of some methods."""
    for case, _, snapshot in looks(learners, origins):
        for method in methods:
            yield outcome(case, method, snapshot)


def outcome(case: Case, method: str, snapshot: Snapshot) -> Outcome:
    """One forecast, with what came of it."""
    curve = METHODS[method](snapshot)
    shares = tuple(day_at(curve, share) for share in (0.1, 0.5, 0.8, 0.9, 0.95))
    p10, p50, p80, p90, p95 = shares
    score = crps(curve, snapshot.truth)
    return Outcome(case, method, snapshot.truth, (p10, p50, p80, p90, p95), score)


def statements(case: Case, snapshot: Snapshot) -> Iterator[Statement]:
    """Chances of targets drawn around the plan, and of one around the truth.

    Only those around the plan know nothing of what will happen.
    """
    random = Random(f"{case}")  # noqa: S311 - a simulation, not a secret
    numbers = {each.key: each for each in target_numbers()}
    curve = closed_form(snapshot)
    plan = plan_as_is(snapshot)[0][0]
    factors = [(True, numbers["by plan"].draw(random)) for _ in range(TARGETS_OF_PLAN)]
    factors.append((False, numbers["by truth"].draw(random)))
    for by_plan, factor in factors:
        target = max(1, round(factor * (plan if by_plan else snapshot.truth)))
        is_met = snapshot.truth <= target
        yield Statement(case, by_plan, chance_by(curve, target), is_met)


def target_numbers() -> Iterable[Parameter]:
    """How targets are drawn."""
    return (each for each in numbers_of(TARGETS).values() if each.of == TARGETS)


def range_of(case: Case, learner: Learner, snapshot: Snapshot) -> Range:
    """The minutes of the next four weeks."""
    level = find_level(snapshot.weeks)
    low, high = minutes_range(level, snapshot.declared_on, FOUR_WEEKS)
    first = 7 * case.week
    return Range(case, low, high, sum(learner.studied[first : first + FOUR_WEEKS]))


def movements(learner: Learner, weeks: int) -> Iterator[Movement]:
    """How far the likely day moves from week to week."""
    before: int | None = None
    for week in range(weeks + 1):
        snapshot = look_at(learner, week)
        if snapshot is None:
            return
        likely = likely_day(snapshot)
        if before is not None:
            share = abs(likely + 7 - before) / before
            yield Movement(Case(learner.kind, learner.seed, week), share)
        before = likely


def in_world(
    changes: Iterable[Parameter], seeds: Iterable[int], origins: Collection[int]
) -> Iterator[Outcome]:
    """Forecasts in a world with other numbers."""
    learners = (make_learner(kind, seed, changes) for seed in seeds for kind in TYPES)
    weeks = [each for each in WORLD_ORIGINS if each in origins]
    yield from outcomes_of(learners, ["the forecast"], weeks)
