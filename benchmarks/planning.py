"""Time the planner and the forecast, and measure how steady the plan is.

    python -m benchmarks.planning                  print the table
    python -m benchmarks.planning --learners 2     with fewer learners of each type
    python -m benchmarks.planning --write          and put it into docs/forecast.md

Times are those of the machine; the other numbers are the same in every run.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from statistics import fmean, median, quantiles
from typing import NamedTuple, TypeVar

from benchmarks.forecasting.learners import make_learner
from benchmarks.forecasting.parameters import FRESH_SEEDS, ORIGINS, TYPES
from benchmarks.forecasting.snapshots import Snapshot, look_at
from benchmarks.forecasting.tables import Demand
from benchmarks.marked_text import FORECAST, write_marked
from benchmarks.plans.cold_start import measure_cold
from benchmarks.plans.courses import (
    MONDAY,
    lesson_minutes,
    long_course,
    situation_of,
    spread_hours,
)
from benchmarks.plans.stability import WEEKS, Policy, Step, mean_moved, steps_of
from llmpath.__main__ import quiet_collector
from llmpath.core.filling import Work, fill_days
from llmpath.core.forecast import (
    LEVELS,
    day_chances,
    find_level,
    find_pace,
    find_rest,
)
from llmpath.core.open_work import open_lessons, works
from llmpath.core.plan_settings import PlanSettings
from llmpath.core.progress import AcceptedPlan
from llmpath.core.rooms import room_from
from llmpath.core.scheduling import make_plan, repair
from llmpath.core.situation import Situation

T = TypeVar("T")

ROUNDS, COLD_ROUNDS = 5, 15
LESSONS = 10_000
COLD_MS, COLD_MB = 250, 80


class Row(NamedTuple):
    """One demand; no value where it could not be measured."""

    name: str
    unit: str
    demand: Demand
    value: float | None


def main() -> int:
    """Measure, print the table and write it into the document if asked."""
    arguments = parse_arguments()
    text = report(arguments.learners, cold=not arguments.no_cold)
    print(text)
    if arguments.write:
        write_marked(FORECAST, "planning", text)
    return 0


def parse_arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--learners", type=int, default=30, help="learners of each type, 30 by default"
    )
    parser.add_argument("--no-cold", action="store_true", help="start no processes")
    parser.add_argument("--write", action="store_true", help="update docs/forecast.md")
    return parser.parse_args()


def report(learners: int, *, lessons: int = LESSONS, cold: bool = True) -> str:
    """The tables, with what they were measured on."""
    quiet_collector()
    rows = [
        # first: a process counts the memory of the one that started it as its own
        *(cold_rows(lessons) if cold else ()),
        *plan_rows(lessons),
        *forecast_rows(learners),
    ]
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "not known"
    steps = {policy: follow(policy, learners) for policy in Policy}
    rows += [row for policy in Policy for row in churn_rows(policy, steps[policy])]
    rows += idle_rows()
    version = f"{platform.python_implementation()} {platform.python_version()}"
    lines = [
        "| measure | demand | measured | reached |",
        "|---|---|---:|---|",
        *map(line_of, rows),
        "",
        f"{version}, {platform.system()} {platform.machine()}, {os.cpu_count()} CPUs;",
        f"the least of {ROUNDS} rounds. Times are processor time; commands are timed",
        "from start to end as well.",
        f"Processes that wanted a processor while times were taken: {load}.",
        f"{learners} learners of each type, followed for up to {WEEKS} weeks.",
        "",
        "Share of open lessons whose week changed, by type:",
        "",
        *churn_table(steps),
    ]
    return "\n".join(lines)


def follow(policy: Policy, learners: int) -> list[Step]:
    """The Mondays of so many learners of each type."""
    with ProcessPoolExecutor() as pool:
        rows = pool.map(follow_type, TYPES, repeat(policy), repeat(learners))
        return [step for each in rows for step in each]


def follow_type(kind: str, policy: Policy, learners: int) -> list[Step]:
    """The Mondays of so many learners of one type."""
    return [
        step
        for seed in FRESH_SEEDS[:learners]
        for step in steps_of(make_learner(kind, seed), policy)
    ]


def line_of(row: Row) -> str:
    """One row of the table."""
    if row.value is None:
        return f"| {row.name} | {row.demand} {row.unit} | not run | |"
    bound = f"{row.demand} {row.unit}".strip() if f"{row.demand}" else ""
    shown = f"{row.value:.3f}" if row.value < 1 else f"{row.value:.1f}"
    value = f"{shown} {row.unit}".strip()
    return f"| {row.name} | {bound} | {value} | {row.demand.answer(row.value)} |"


def milliseconds(action: Callable[[T], object], given: T) -> float:
    """Processor time, the least of some rounds: what others do only adds to it."""
    took = []
    for _ in range(ROUNDS):
        begin = time.process_time()
        action(given)
        took.append((time.process_time() - begin) * 1000)
    return min(took)


def plan_rows(lessons: int) -> Iterator[Row]:
    """Order and fill, a new plan, and its repair."""
    for count, most in ((lessons, 150), (5 * lessons, 700)):
        course = long_course(count)
        # five years; five times the lessons get five times the hours
        now = situation_of(course, spread_hours(course, 260))
        name = f"order and fill, {count:,} lessons"
        took = milliseconds(order_and_fill, now)
        yield Row(name, "ms", Demand(high=most), took)
        if count == lessons:
            made = make_plan(now)
            took = milliseconds(make_plan, now)
            yield Row(f"a new plan, {count:,} lessons", "ms", Demand(), took)
            accepted = (AcceptedPlan(MONDAY, "r2", made),)
            held = now._replace(progress=now.progress._replace(plans=accepted))
            took = milliseconds(repair, held)
            yield Row(f"repair, {count:,} lessons", "ms", Demand(high=50), took)


def order_and_fill(now: Situation) -> object:
    """The open lessons in order, on days at their declared minutes."""
    lessons = open_lessons(now.route, now.progress)
    work = works(now.route, now.progress, [(each, MONDAY) for each in lessons])
    room = room_from(now.progress, now.progress.studied, now.today)
    return fill_days(work, now.today, room, now.progress.settings)


def forecast_rows(learners: int) -> Iterator[Row]:
    """The forecast until its almost certain day, over simulated learners."""
    looks = [
        snapshot
        for kind in TYPES
        for seed in FRESH_SEEDS[:learners]
        for learner in [make_learner(kind, seed)]
        for week in ORIGINS
        if (snapshot := look_at(learner, week))
    ]
    took = [milliseconds(forecast, each) for each in looks]
    yield Row("forecast, median", "ms", Demand(), median(took))
    yield Row("forecast, 95th of 100", "ms", Demand(high=5), quantiles(took, n=20)[-1])
    yield Row("forecast, slowest", "ms", Demand(), max(took))


def forecast(snapshot: Snapshot) -> int | None:
    """The almost certain day, all others found on the way."""
    rest = find_rest(snapshot.rest, find_pace(snapshot.timed))
    level = find_level(snapshot.weeks)
    for each in day_chances(level, rest, snapshot.declared_on):
        if each.score >= LEVELS[95]:
            return each.offset
    return None


def churn_rows(policy: Policy, steps: Sequence[Step]) -> Iterator[Row]:
    """How many open lessons change their week; the demand is on hold and repair."""
    steady = [each for each in steps if each.kind == "steady"]
    start = "open lessons whose week changed in a week"
    for name, rows, most in (("steady", steady, 0.25), ("all types", steps, 0.35)):
        demand = Demand() if policy is Policy.HELD else Demand(high=most)
        yield Row(f"{start}, {name}: {policy}", "", demand, mean_moved(rows))


def churn_table(steps: Mapping[Policy, Sequence[Step]]) -> list[str]:
    """The same for each type, with the share of Mondays with a new plan."""
    heads = ("held", "at the learner's velocity", "new", "as the program says", "new")
    lines = [
        f"| learners | Mondays | {' | '.join(heads)} |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for kind in TYPES:
        held, rebased, proposed = (
            [each for each in steps[policy] if each.kind == kind] for policy in Policy
        )
        cells = (mean_moved(held), *moved_and_new(rebased), *moved_and_new(proposed))
        shown = " | ".join(f"{each:.3f}" for each in cells)
        lines.append(f"| {kind} | {len(held)} | {shown} |")
    return lines


def moved_and_new(steps: Sequence[Step]) -> tuple[float, float]:
    """Mean share of moved lessons, and the share of Mondays with a new plan."""
    new = fmean(each.is_new for each in steps) if steps else float("nan")
    return mean_moved(steps), new


def idle_rows() -> Iterator[Row]:
    """Declared minutes left unused by 1,000 lessons before the last day."""
    for minutes, days, most in ((45, 5, 0.08), (60, 7, 0.05)):
        name = f"idle capacity, {minutes} min x {days}"
        yield Row(name, "", Demand(high=most), idle_share(minutes, days))


def idle_share(minutes: int, days: int) -> float:
    """The part of the declared time that the filling leaves empty."""
    work = [Work(f"l{n}", each) for n, each in enumerate(lesson_minutes(1000))]
    settings = PlanSettings()
    plan = fill_days(
        work, MONDAY, lambda day: minutes if day.weekday() < days else 0, settings
    )
    last = max(block.day for block in plan.blocks)
    used = sum(block.minutes for block in plan.blocks if block.day < last)
    weeks, rest = divmod((last - MONDAY).days, 7)
    return 1 - used / (minutes * (weeks * days + min(rest, days)))


def cold_rows(lessons: int) -> Iterator[Row]:
    """Whole processes with a curriculum of so many lessons, and with more besides."""
    commands = ("llmpath next", "llmpath")
    plain, more = f"{lessons:,} lessons", f"{lessons:,} lessons, and optional ones"
    if sys.platform == "win32":
        for name in commands:
            yield Row(f"`{name}`, {plain}", "ms", Demand(high=COLD_MS), None)
        return
    for what, with_optional in ((plain, False), (more, True)):
        most, room = (None, None) if with_optional else (COLD_MS, COLD_MB)
        runs = measure_cold(lessons, COLD_ROUNDS, with_optional=with_optional)
        for name, cold in runs.items():
            start = f"`{name}`, {what}"
            yield Row(start, "ms", Demand(high=most), cold.milliseconds)
            yield Row(f"{start}, processor time", "ms", Demand(), cold.processor)
            yield Row(f"{start}, memory", "MB", Demand(high=room), cold.megabytes)


if __name__ == "__main__":
    raise SystemExit(main())
