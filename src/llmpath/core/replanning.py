"""A new plan beside the one that holds: what it would move, and at which velocity."""

from __future__ import annotations

from datetime import date

from llmpath.core.calendar import last_days
from llmpath.core.events import PlanAccepted
from llmpath.core.outlook import Forecast, make_forecast, own_velocity
from llmpath.core.plan import Plan
from llmpath.core.progress import AcceptedPlan
from llmpath.core.scheduling import held_velocity, make_plan, repair
from llmpath.core.situation import Situation
from llmpath.named_tuple import NamedTuple


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
