"""A new plan beside the one that holds: what it would move, and at which velocity."""

from __future__ import annotations

from datetime import date

from llmpath.core.calendar import last_days
from llmpath.core.events import PlanAccepted
from llmpath.core.outlook import FULL_HISTORY_WEEKS, Forecast, make_forecast
from llmpath.core.plan import Plan
from llmpath.core.progress import AcceptedPlan, Progress
from llmpath.core.scheduling import held_velocity, make_plan, repair
from llmpath.core.situation import Situation
from llmpath.named_tuple import NamedTuple

LOWEST_VELOCITY = 0.1
LEAST_CHANGE, AHEAD_DAYS = 0.05, 5


class Move(NamedTuple):
    """A lesson whose first block stands on another day; None is no day."""

    lesson: str
    before: date | None
    after: date | None

    @property
    def is_earlier(self) -> bool:
        """Whether it comes sooner than before, or gets a day at all."""
        if self.before is None or self.after is None:
            return self.before is None
        return self.after < self.before


class PhaseEnd(NamedTuple):
    """The last day of a phase that has blocks, before and after."""

    title: str
    before: date | None
    after: date | None


class Proposal(NamedTuple):
    """A new plan, and what it would change.

    Attributes:
        plan: What is written when it is accepted; None if it would change nothing.
        velocity: That of the plan that holds, and that of the new one.
        moves: In the order of the new plan.
        forecast: As it is now; a plan does not change it.
    """

    plan: PlanAccepted | None
    before: Plan
    after: Plan
    velocity: tuple[float, float]
    moves: tuple[Move, ...]
    phases: tuple[PhaseEnd, ...]
    forecast: Forecast


def propose(situation: Situation) -> Proposal:
    """Lay out anew what is open, at the learner's own velocity once it is known."""
    forecast = make_forecast(situation)
    held = held_velocity(situation.progress)
    velocity = own_velocity(forecast) or held
    plan = make_plan(situation, velocity=velocity)
    before = repair(situation)
    if plan.finish is None and before.finish is not None:
        # a share of a few minutes a week may be none at all
        velocity = held
        plan = make_plan(situation, velocity=velocity)
    after = repair(accepting(situation, plan))
    moves = find_moves(before, after)
    is_new = bool(moves) or velocity != held or situation.progress.plan is None
    return Proposal(
        plan if is_new else None,
        before,
        after,
        (held, velocity),
        moves,
        phase_ends(situation, before, after),
        forecast,
    )


def is_due(
    forecast: Forecast, progress: Progress, finish: date | None, ahead: int | None
) -> bool:
    """Tell whether a new plan would help where the plan's end is far from likely.

    It would go by another velocity, or bring forward what lies ahead of the learner.

    Args:
        finish: Day on which the plan ends.
        ahead: Study days ahead of the plan.
    """
    own = own_velocity(forecast)
    if own is None or not forecast.is_far_from(finish):
        return False
    apart = abs(own - held_velocity(progress))
    return apart >= LEAST_CHANGE or (ahead or 0) >= AHEAD_DAYS


def own_velocity(forecast: Forecast) -> float | None:
    """Lesson minutes for a declared one as they were so far; None without a history.

    At most 1, so that no day is planned fuller than it was declared.
    """
    if forecast.weeks_of_history < FULL_HISTORY_WEEKS:
        return None
    velocity = min(1.0, forecast.adherence) / forecast.pace
    return round(max(LOWEST_VELOCITY, min(1.0, velocity)), 2)


def accepting(situation: Situation, plan: PlanAccepted) -> Situation:
    """The situation in which a plan holds from today on."""
    progress = situation.progress
    accepted = AcceptedPlan(situation.today, "", plan)
    plans = (*progress.plans, accepted)
    return situation._replace(progress=progress._replace(plans=plans))


def find_moves(before: Plan, after: Plan) -> tuple[Move, ...]:
    """Lessons that begin on another day, or have one in only one of the plans."""
    old, new = before.first_days(), after.first_days()
    lessons = dict.fromkeys([*new, *old])
    return tuple(
        Move(each, old.get(each), new.get(each))
        for each in lessons
        if old.get(each) != new.get(each)
    )


def phase_ends(situation: Situation, before: Plan, after: Plan) -> tuple[PhaseEnd, ...]:
    """The phases whose last day changes."""
    old, new = last_days(situation, before), last_days(situation, after)
    return tuple(
        PhaseEnd(phase.title, old.get(key), new.get(key))
        for track in situation.route.tracks
        for phase in track.phases
        for key in ((track.id, phase.id),)
        if old.get(key) != new.get(key)
    )
