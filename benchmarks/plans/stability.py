"""How many open lessons change their week from one Monday to the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from enum import StrEnum
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
from llmpath.core.availability import monday_of
from llmpath.core.events import PlanAccepted
from llmpath.core.forecast import find_level, find_pace
from llmpath.core.plan import Plan
from llmpath.core.progress import AcceptedPlan
from llmpath.core.replanning import accepting, propose
from llmpath.core.scheduling import make_plan, repair
from llmpath.core.situation import Situation, make_situation
from llmpath.core.summary import summarize_status

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


class Policy(StrEnum):
    """When a new plan is made, and at which velocity."""

    HELD = "the first plan held"
    REBASED = "hold and repair at the learner's velocity"
    PROPOSED = "a new plan whenever the program says so"


class Planner:
    """A learner's course, with the plan that holds.

    The first plan has the velocity of every first plan and holds. Or each plan has that
    which the forecast has on its day, the first one too, and gives way when its end is
    too far from the likely day. Or the learner begins as the program does and accepts
    what `replan` proposes as soon as `status` says that it would help.
    """

    def __init__(self, learner: Learner, policy: Policy) -> None:
        self._learner = learner
        self._policy = policy
        self._course = learner_course(learner)
        self._first = learner_start(learner, self._course)
        self._accepted: tuple[AcceptedPlan, ...] = ()

    def open(self, week: int, snapshot: Snapshot) -> tuple[Plan, bool]:
        """The plan of a Monday, and whether it is a new one."""
        today = MONDAY + timedelta(weeks=week)
        progress = learner_progress(self._learner, self._course, self._first, week)
        situation = make_situation(
            self._course, progress._replace(plans=self._accepted), today
        )
        plan = repair(situation)
        made = self._new_plan(situation, plan, snapshot)
        if made is None:
            return plan, False
        self._accepted = (AcceptedPlan(today, f"p{week}", made),)
        return repair(accepting(situation, made)), True

    def _new_plan(
        self, situation: Situation, plan: Plan, snapshot: Snapshot
    ) -> PlanAccepted | None:
        """What is accepted on a Monday; None where the plan holds."""
        if self._policy is Policy.REBASED:
            if self._accepted and not is_far(plan, snapshot):
                return None
            return make_plan(situation, velocity=velocity(snapshot))
        if not self._accepted:
            return make_plan(situation)
        if self._policy is Policy.HELD:
            return None
        status = summarize_status(situation, plan, left_over=0)
        return propose(situation).plan if status.needs_new_plan else None


def steps_of(learner: Learner, policy: Policy) -> Iterator[Step]:
    """Hold and repair a learner's plan, week after week."""
    planner = Planner(learner, policy)
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
    return min(1.0, min(1.0, share) / exp(find_pace(snapshot.timed).mean))


def mean_moved(steps: Iterable[Step]) -> float:
    """Mean share over Mondays."""
    rows = [each.moved for each in steps]
    return fmean(rows) if rows else float("nan")
