"""How many open lessons change their week from one Monday to the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from math import exp
from statistics import fmean
from typing import NamedTuple

from benchmarks.forecasting.learners import Learner
from benchmarks.forecasting.methods import likely_day
from benchmarks.forecasting.snapshots import Snapshot, look_at
from benchmarks.plans.courses import (
    MONDAY,
    learner_course,
    learner_progress,
    learner_start,
)
from llmpath.core.availability import Availability, monday_of
from llmpath.core.forecast import find_level, find_pace
from llmpath.core.plan import Plan
from llmpath.core.progress import AcceptedPlan, Progress
from llmpath.core.scheduling import make_plan, repair
from llmpath.core.situation import Situation, make_situation

WEEKS = 30
SHARE_OF_REST = 0.4
"""How far the plan's end may lie from the likely day before a new plan is made."""


class Step(NamedTuple):
    """One Monday of a learner.

    Attributes:
        moved: Share of the open lessons whose week is another than a week before.
        is_new: A new plan was made.
    """

    kind: str
    week: int
    moved: float
    is_new: bool


class Planner:
    """A learner's course, with the plan that holds.

    Calibrated, hours are taken times the velocity that the forecast had when the plan
    was made, and a new plan is made when its end is too far from the likely day.
    Otherwise the first plan holds, and hours are as declared.
    """

    def __init__(self, learner: Learner, *, calibrated: bool) -> None:
        self._learner = learner
        self._calibrated = calibrated
        self._course = learner_course(learner)
        self._first = learner_start(learner, self._course)
        self._hours = self._first.availability
        self._accepted: tuple[AcceptedPlan, ...] = ()

    def open(self, week: int, snapshot: Snapshot) -> tuple[Plan, bool]:
        """The plan of a Monday, and whether it is a new one."""
        today = MONDAY + timedelta(weeks=week)
        progress = learner_progress(self._learner, self._course, self._first, week)
        if self._accepted:
            plan = repair(self._situation(progress, today))
            if not (self._calibrated and is_far(plan, snapshot)):
                return plan, False
        if self._calibrated:
            self._hours = times(self._first.availability, velocity(snapshot))
        made = make_plan(self._situation(progress, today))
        self._accepted = (AcceptedPlan(today, f"p{week}", made),)
        return repair(self._situation(progress, today)), True

    def _situation(self, progress: Progress, today: date) -> Situation:
        known = progress._replace(availability=self._hours, plans=self._accepted)
        return make_situation(self._course, known, today)


def steps_of(learner: Learner, *, calibrated: bool) -> Iterator[Step]:
    """Hold and repair a learner's plan, week after week."""
    planner = Planner(learner, calibrated=calibrated)
    before: dict[str, date] = {}
    for week in range(WEEKS + 1):
        snapshot = look_at(learner, week)
        if snapshot is None:
            return
        plan, is_new = planner.open(week, snapshot)
        weeks = {each: monday_of(day) for each, day in plan.first_days().items()}
        shared = [each for each in weeks if each in before]
        if shared:
            moved = sum(weeks[each] != before[each] for each in shared)
            yield Step(learner.kind, week, moved / len(shared), is_new)
        before = weeks


def is_far(plan: Plan, snapshot: Snapshot) -> bool:
    """Whether a plan's end is too far from the likely day."""
    likely = likely_day(snapshot)
    if plan.finish is None:
        return True
    days = (plan.finish - plan.start).days + 1
    return abs(days - likely) > max(14, SHARE_OF_REST * likely)


def velocity(snapshot: Snapshot) -> float:
    """Lesson minutes done in a declared minute, by the forecast's level and pace."""
    level = find_level(snapshot.weeks)
    share = level.adherence * exp(level.shift)
    return min(1.0, share) / exp(find_pace(snapshot.timed).mean)


def times(hours: Availability, factor: float) -> Availability:
    """Weekly hours of which only a part is counted on."""
    weekly = []
    for day, minutes in hours.weekly:
        first, *rest = (round(factor * each) for each in minutes)
        part = (first, rest[0], rest[1], rest[2], rest[3], rest[4], rest[5])
        weekly.append((day, part))
    return hours._replace(weekly=tuple(weekly))


def mean_moved(steps: Iterable[Step]) -> float:
    """Mean share over Mondays."""
    rows = [each.moved for each in steps]
    return fmean(rows) if rows else float("nan")
