"""The simulated learners and the measures taken from them."""

from __future__ import annotations

from itertools import pairwise
from math import sqrt
from random import Random

import pytest
from hypothesis import strategies as st

from benchmarks.forecasting.learners import Learner, make_learner
from benchmarks.forecasting.methods import (
    METHODS,
    Curve,
    chance_by,
    crps,
    day_at,
    likely_day,
)
from benchmarks.forecasting.parameters import (
    FRESH_SEEDS,
    ORIGINS,
    TUNING_SEEDS,
    TYPES,
    WORLDS,
    parameter_table,
    world_table,
)
from benchmarks.forecasting.runs import Case, Run, Statement, run
from benchmarks.forecasting.scores import (
    brier,
    calibration_error,
    clustered_error,
)
from benchmarks.forecasting.snapshots import look_at, without_logs
from benchmarks.forecasting.tables import demand_rows, report
from benchmarks.marked_text import FORECAST, read_marked
from llmpath.core.forecast import HORIZON_DAYS
from tests.strategies import law

SEED = 1


@pytest.fixture(scope="module")
def learners() -> dict[str, Learner]:
    return {kind: make_learner(kind, SEED) for kind in TYPES}


@pytest.fixture(scope="module")
def tiny() -> Run:
    return run([20], (0, 4))


# The document


@pytest.mark.parametrize(
    ("name", "lines"), [("parameters", parameter_table()), ("worlds", world_table())]
)
def test_the_numbers_in_the_document_are_those_of_the_code(
    name: str, lines: list[str]
) -> None:
    assert read_marked(FORECAST, name) == "\n".join(lines)


def test_every_demand_stands_in_the_document(tiny: Run) -> None:
    text = read_marked(FORECAST, "forecast")
    for row in demand_rows(tiny):
        assert f"| {row.name} | {row.demand} |" in text
    assert f"{len(FRESH_SEEDS) * len(TYPES)} learners" in text


def test_no_seed_is_both_fresh_and_for_tuning() -> None:
    assert not set(FRESH_SEEDS) & set(TUNING_SEEDS)
    assert len(FRESH_SEEDS) * len(TYPES) >= 700


# Learners


@pytest.mark.parametrize("kind", TYPES)
def test_a_learner_follows_from_type_and_seed(
    kind: str, learners: dict[str, Learner]
) -> None:
    assert make_learner(kind, SEED) == learners[kind]
    assert make_learner(kind, SEED + 1).lessons != learners[kind].lessons


@pytest.mark.parametrize("kind", TYPES)
def test_lessons_end_in_order_and_with_the_last_minutes(
    kind: str, learners: dict[str, Learner]
) -> None:
    learner = learners[kind]
    assert list(learner.ends) == sorted(learner.ends)
    if learner.finish is not None:
        before, after = learner.before[learner.finish : learner.finish + 2]
        assert before < learner.ends[-1] <= after


def test_types_differ_as_they_are_named(learners: dict[str, Learner]) -> None:
    weekend = learners["weekend-only"]
    for day, minutes in enumerate(weekend.studied):
        assert not (minutes and day % 7 < 5)
        assert not (weekend.declared[day] and day % 7 > 4)
    vacations = learners["vacations"]
    free = [n for n in range(0, 700, 7) if not any(vacations.declared[n : n + 7])]
    assert free
    assert not any(sum(vacations.studied[n : n + 7]) for n in free)


@pytest.mark.parametrize("kind", TYPES)
def test_a_snapshot_knows_what_was_done_and_nothing_later(
    kind: str, learners: dict[str, Learner]
) -> None:
    learner = learners[kind]
    for week in ORIGINS:
        snapshot = look_at(learner, week)
        if snapshot is None:
            assert learner.finish is None or learner.finish < 7 * week
            continue
        assert len(snapshot.weeks) == len(snapshot.throughput) == week
        assert len(snapshot.timed) + len(snapshot.rest) == len(learner.lessons)
        studied = sum(each.studied for each in snapshot.weeks)
        assert studied == sum(learner.studied[: 7 * week])
        logged = sum(each.minutes for each in snapshot.timed) + snapshot.rest[0].spent
        assert logged == pytest.approx(studied, abs=1 + len(snapshot.timed))
        unlogged = without_logs(snapshot)
        assert not unlogged.timed
        assert sum(each.studied for each in unlogged.weeks) == pytest.approx(
            1.2 * sum(snapshot.throughput)
        )


# Curves and scores


@pytest.mark.parametrize("method", METHODS)
def test_every_method_gives_a_rising_curve(
    method: str, learners: dict[str, Learner]
) -> None:
    for week in (0, 2):
        snapshot = look_at(learners["steady"], week)
        assert snapshot is not None
        curve = METHODS[method](snapshot)
        for (day, chance), (later, greater) in pairwise(curve):
            assert day <= later
            assert chance <= greater
        assert day_at(curve, 0.1) <= day_at(curve, 0.9) <= HORIZON_DAYS


def test_the_likely_day_is_that_of_the_curve(learners: dict[str, Learner]) -> None:
    snapshot = look_at(learners["steady"], 2)
    assert snapshot is not None
    assert likely_day(snapshot) == day_at(METHODS["the forecast"](snapshot), 0.5)


def chance_on(curve: Curve, day: int) -> float:
    """From the definition: the chance of the last day named until then."""
    return next((chance for at, chance in reversed(curve) if at <= day), 0.0)


@st.composite
def curves(draw: st.DrawFn) -> Curve:
    days = sorted(draw(st.sets(st.integers(1, 60), min_size=1, max_size=8)))
    chances = sorted(draw(st.floats(0, 1)) for _ in days)
    return list(zip(days, chances, strict=True))


@law(curves(), st.integers(1, 80))
def test_a_score_is_the_sum_over_days(curve: Curve, truth: int) -> None:
    expected = (
        sum((chance_on(curve, day) - (day >= truth)) ** 2 for day in range(200))
        + (HORIZON_DAYS - 200) * (1 - curve[-1][1]) ** 2
    )
    assert crps(curve, truth) == pytest.approx(expected)


@law(curves(), st.integers(0, 80))
def test_the_chance_by_a_day_is_that_of_the_last_step(curve: Curve, day: int) -> None:
    assert chance_by(curve, day) == chance_on(curve, day)


@pytest.mark.parametrize(("said", "truth", "score"), [(10, 10, 0), (10, 17, 7)])
def test_the_score_of_one_date_is_its_distance(
    said: int, truth: int, score: int
) -> None:
    assert crps([(said, 1.0)], truth) == score


def test_an_error_without_clusters_is_the_usual_one() -> None:
    random = Random(1)  # noqa: S311 - values to average
    values = [random.random() for _ in range(50)]
    mean = sum(values) / 50
    usual = sqrt(sum((each - mean) ** 2 for each in values)) / 50
    alone = [(("steady", n), each) for n, each in enumerate(values)]
    assert clustered_error(alone) == pytest.approx(usual)
    doubled = [*alone, *alone]
    assert clustered_error(doubled) == pytest.approx(usual)


def test_chances_are_scored_against_what_happened() -> None:
    case = Case("steady", 1, 0)
    said = [Statement(case, True, 0.75, met) for met in (True, True, True, False)]  # noqa: FBT003 - a column
    assert brier(said) == pytest.approx(0.1875)
    assert calibration_error(said) == pytest.approx(0)
    assert calibration_error(said[:3]) == pytest.approx(0.25)


# A tiny run


def test_a_run_has_every_row(tiny: Run) -> None:
    text = report(tiny, tiny, tiny.outcomes[:2])
    for name in (*METHODS, *TYPES, *WORLDS):
        assert f"| {name} |" in text
    for row in demand_rows(tiny):
        assert f"| {row.name} |" in text


def test_runs_of_the_same_seeds_are_the_same() -> None:
    assert run([21], (0,)) == run([21], (0,))
