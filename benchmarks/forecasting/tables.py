"""What is demanded of the forecast, and what was measured, as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from statistics import fmean, median
from typing import NamedTuple

from benchmarks.forecasting.methods import METHODS
from benchmarks.forecasting.parameters import MORE_OF, ORIGINS, TYPES
from benchmarks.forecasting.runs import Outcome, Run
from benchmarks.forecasting.scores import (
    base_rate_brier,
    bins_of,
    brier,
    calibration_error,
    clustered_error,
    coverage,
    coverage_error,
    grouped,
    median_error,
    median_ratio,
    relative_crps,
    share_by,
    share_of,
)

OURS = "the forecast"
PLAN, LINE = "plan as is", "straight line"
WEEK_OF_WORLDS = 4


class Demand(NamedTuple):
    """Bounds of a measure; None where there is none."""

    low: float | None = None
    high: float | None = None

    def __str__(self) -> str:
        """The bounds in words."""
        if self.low is None:
            return "" if self.high is None else f"at most {self.high:g}"
        if self.high is None:
            return f"at least {self.low:g}"
        return f"{self.low:.2f} to {self.high:.2f}"

    def answer(self, value: float) -> str:
        """Whether a value is within the bounds."""
        if self.low is None and self.high is None:
            return ""
        above = self.low is None or value >= self.low
        below = self.high is None or value <= self.high
        return "yes" if above and below else "**no**"


class Row(NamedTuple):
    """One demand."""

    name: str
    demand: Demand
    value: float


def of_method(run: Run, method: str) -> list[Outcome]:
    """Outcomes of one way to foretell."""
    return [each for each in run.outcomes if each.method == method]


def demand_rows(run: Run) -> list[Row]:
    """Everything that is demanded of the forecast."""
    return [*interval_rows(run), *score_rows(run), *target_rows(run), *other_rows(run)]


def interval_rows(run: Run) -> Iterator[Row]:
    """How often the truth lies where it was said to lie."""
    ours = of_method(run, OURS)
    name = "80 % interval covers"
    yield Row(f"{name}, all", Demand(0.78, 0.90), coverage(ours))
    for week in ORIGINS:
        demand = Demand(0.76, 0.93) if week <= 26 else Demand()
        rows = [each for each in ours if each.case.week == week]
        yield Row(f"{name}, week {week}", demand, coverage(rows))
    for kind in TYPES:
        demand = Demand(0.58 if kind == "declining" else 0.75)
        rows = [each for each in ours if each.case.kind == kind]
        yield Row(f"{name}, {kind}", demand, coverage(rows))
    yield Row("done by the likely day", Demand(0.40, 0.55), share_by(ours, 1))
    yield Row("done by the safe day", Demand(0.74, 0.86), share_by(ours, 2))
    yield Row("done by the almost certain day", Demand(0.92, 0.98), share_by(ours, 4))


def score_rows(run: Run) -> Iterator[Row]:
    """How far the dates are from the truth."""
    ours, plan = of_method(run, OURS), of_method(run, PLAN)
    first = [each for each in ours if not each.case.week]
    plan_first = [each for each in plan if not each.case.week]
    score, score_first = relative_crps(ours), relative_crps(first)
    yield Row("CRPS ÷ truth, all", Demand(high=0.31), score)
    yield Row("CRPS ÷ truth, day 1", Demand(high=0.38), score_first)
    yield Row("CRPS ÷ that of the plan", Demand(high=0.75), score / relative_crps(plan))
    yield Row(
        "CRPS ÷ that of the plan, day 1",
        Demand(high=0.75),
        score_first / relative_crps(plan_first),
    )
    error = median_error(ours)
    line = median_error(of_method(run, LINE))
    yield Row(
        "median error of the likely day, truth ≥ 4 weeks", Demand(high=0.30), error
    )
    yield Row("the same ÷ that of the straight line", Demand(high=1.0), error / line)


def target_rows(run: Run) -> Iterator[Row]:
    """What the chances of targets are worth."""
    for by_plan, around in ((True, "the plan"), (False, "the truth")):
        said = [each for each in run.statements if each.by_plan == by_plan]
        name = f"targets around {around}"
        yield Row(f"Brier, {name}", Demand(high=0.145), brier(said))
        error = calibration_error(said)
        yield Row(f"calibration error, {name}", Demand(high=0.05), error)


def other_rows(run: Run) -> Iterator[Row]:
    """Worlds with other numbers, the movement of the date, and the four weeks."""
    for name, outcomes in run.worlds.items():
        rows = [each for each in outcomes if each.case.week == WEEK_OF_WORLDS]
        yield Row(f"covers at week 4 in the world {name}", Demand(0.74), coverage(rows))
    moved = median([each.share for each in run.movements] or [0.0])
    yield Row("median weekly movement ÷ remaining", Demand(high=0.09), moved)
    covered = share_of(each.is_covered for each in run.ranges)
    yield Row("range of the next 4 weeks' minutes covers", Demand(0.75, 0.92), covered)


def report(fresh: Run, tuning: Run, more: Sequence[Outcome]) -> str:
    """The whole text that stands in the document.

    Args:
        more: The forecast for more learners of one type.
    """
    parts = [
        described(fresh, tuning),
        more_lines(more),
        demand_table(demand_rows(fresh), demand_rows(tuning)),
        ["By method, fresh seeds:"],
        method_table(fresh),
        ["By type of learner, the forecast, fresh seeds:"],
        group_table("learners", of_method(fresh, OURS), lambda each: each.case.kind),
        ["By week of the forecast, fresh seeds:"],
        group_table("week", of_method(fresh, OURS), lambda each: each.case.week),
        ["The same where only completions are recorded:"],
        group_table(
            "learners",
            of_method(fresh, "the forecast, completions only"),
            lambda each: each.case.kind,
        ),
        ["Worlds with other numbers, how often the 80 % interval covers:"],
        world_rows(fresh),
        ["What was said of targets around the plan, and what happened:"],
        said_table(fresh),
        ["The minutes of the next four weeks, and the movement of the likely day:"],
        week_table(fresh),
    ]
    return "\n\n".join("\n".join(part) for part in parts)


def described(fresh: Run, tuning: Run) -> list[str]:
    """What was measured, and how sure the numbers are."""
    ours = of_method(fresh, OURS)
    safe = [(each.case.learner, float(each.truth <= each.shares[2])) for each in ours]
    score = [(each.case.learner, each.crps / each.truth) for each in ours]
    never = sum(fresh.never.values())
    named = ", ".join(f"{count} {kind}" for kind, count in fresh.never.items() if count)
    count = len(of_method(tuning, OURS))
    return [
        f"Fresh seeds: {fresh.learners} learners, {len(ours)} forecasts.",
        f"{never} learners are not done within ten years and left out:",
        f"{named or 'none'}.",
        f"Tuning seeds: {tuning.learners} learners, {count} forecasts.",
        "",
        "Standard errors on the fresh seeds, clustered by learner:",
        f"coverage {coverage_error(ours):.3f},",
        f"done by the safe day {clustered_error(safe):.3f},",
        f"CRPS ÷ truth {clustered_error(score):.3f}.",
    ]


def more_lines(more: Sequence[Outcome]) -> list[str]:
    """The coverage of more learners of one type."""
    count = len({each.case.seed for each in more})
    return [
        f"{count} more learners of the type {MORE_OF}, on which the seeds differ most:",
        f"covers {coverage(more):.3f}, standard error {coverage_error(more):.3f}.",
    ]


def demand_table(fresh: Sequence[Row], tuning: Sequence[Row]) -> list[str]:
    """Demands, what was measured, and whether the fresh seeds reach them."""
    return [
        "| measure | demand | fresh seeds | reached | tuning seeds |",
        "|---|---|---:|---|---:|",
        *(
            f"| {row.name} | {row.demand} | {row.value:.4f} |"
            f" {row.demand.answer(row.value)} | {other.value:.4f} |"
            for row, other in zip(fresh, tuning, strict=True)
        ),
    ]


COLUMNS: Sequence[tuple[str, Callable[[Sequence[Outcome]], float]]] = (
    ("covers", coverage),
    ("±", coverage_error),
    ("by likely", lambda rows: share_by(rows, 1)),
    ("by safe", lambda rows: share_by(rows, 2)),
    ("by almost certain", lambda rows: share_by(rows, 4)),
    ("CRPS ÷ truth", relative_crps),
    ("median error ≥ 4 weeks", median_error),
    ("likely ÷ truth", median_ratio),
)


def method_table(run: Run) -> list[str]:
    """The forecast beside the simpler ways."""
    rows = {method: of_method(run, method) for method in METHODS}
    return measure_table("method", rows)


def group_table(
    name: str, outcomes: Iterable[Outcome], key: Callable[[Outcome], str | int]
) -> list[str]:
    """The forecast by a property of the case."""
    return measure_table(name, grouped(outcomes, key))


def measure_table(
    name: str, groups: dict[str, list[Outcome]] | dict[str | int, list[Outcome]]
) -> list[str]:
    """Groups of outcomes, one a row, with all measures."""
    heads = [head for head, _ in COLUMNS]
    lines = [
        f"| {name} | forecasts | {' | '.join(heads)} |",
        "|---|---:|" + "---:|" * len(heads),
    ]
    for group, rows in groups.items():
        values = " | ".join(f"{measure(rows):.3f}" for _, measure in COLUMNS)
        lines.append(f"| {group} | {len(rows)} | {values} |")
    return lines


def world_rows(run: Run) -> list[str]:
    """Coverage in each world, by week."""
    weeks = sorted({each.case.week for rows in run.worlds.values() for each in rows})
    lines = [
        f"| world | {' | '.join(f'week {week}' for week in weeks)} |",
        "|---|" + "---:|" * len(weeks),
    ]
    for name, rows in run.worlds.items():
        groups = [[each for each in rows if each.case.week == week] for week in weeks]
        values = " | ".join(f"{coverage(each):.3f}" for each in groups)
        lines.append(f"| {name} | {values} |")
    return lines


def said_table(run: Run) -> list[str]:
    """Chances said and how often they came true."""
    said = [each for each in run.statements if each.by_plan]
    groups = bins_of(said)
    return [
        "| said | happened | statements |",
        "|---:|---:|---:|",
        *(
            f"| {fmean(each.chance for each in group):.2f} |"
            f" {share_of(each.is_met for each in group):.2f} | {len(group)} |"
            for group in groups
        ),
        "",
        f"{len(said)} statements. Brier of always saying how often targets are met:",
        f"{base_rate_brier(said):.3f}.",
    ]


def week_table(run: Run) -> list[str]:
    """Ranges of minutes and movement of the date, by type."""
    ranges = grouped(run.ranges, lambda each: each.case.kind)
    moved = grouped(run.movements, lambda each: each.case.kind)
    lines = [
        "| learners | range covers | median movement | mean | above 25 % |",
        "|---|---:|---:|---:|---:|",
    ]
    for kind, rows in ranges.items():
        shares = [each.share for each in moved.get(kind, [])] or [float("nan")]
        lines.append(
            f"| {kind} | {share_of(each.is_covered for each in rows):.3f} |"
            f" {median(shares):.3f} | {fmean(shares):.3f} |"
            f" {share_of(each > 0.25 for each in shares):.3f} |"
        )
    return lines
