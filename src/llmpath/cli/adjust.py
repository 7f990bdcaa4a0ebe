"""Accepting the smallest change of the plan that a command brings about."""

from __future__ import annotations

from llmpath.cli.session import situation_after
from llmpath.cli.workspace import Workspace
from llmpath.core.events import Event, PlanAccepted
from llmpath.core.plan import Plan
from llmpath.core.scheduling import accept, committed_weeks, plan_with_room, repair
from llmpath.core.situation import Situation
from llmpath.named_tuple import NamedTuple
from llmpath.report.phrases import spoken_day
from llmpath.report.views.planning import Dates


class Adjustment(NamedTuple):
    """A plan before and after a change.

    Attributes:
        accepted: The plan to write with the change; None if no track is started.
    """

    accepted: PlanAccepted | None
    before: Plan
    after: Plan

    @property
    def events(self) -> tuple[Event, ...]:
        """What to write beside the change itself."""
        return () if self.accepted is None else (self.accepted,)

    @property
    def dates(self) -> Dates:
        """The plan's end before and after."""
        return Dates(self.before.finish, self.after.finish)

    @property
    def moved(self) -> int:
        """How many lessons begin on another day, or gained or lost their day."""
        before = self.before.first_days()
        after = self.after.first_days()
        both = open_in(self.before) & open_in(self.after)
        return sum(1 for key in both if before.get(key) != after.get(key))


def open_in(plan: Plan) -> set[str]:
    """The lessons of a plan, those that found no room too."""
    short = plan.shortfall.lessons if plan.shortfall else ()
    return {*plan.first_days(), *short}


def adjust(
    workspace: Workspace, *events: Event, gives_room: bool, keeps_order: bool = True
) -> Adjustment:
    """Fit the plan to a change.

    Args:
        gives_room: The change adds minutes or takes work away: the weeks are laid out
            anew, so that the plan may end earlier. Otherwise later work is pushed.
        keeps_order: Laid out anew in the order of the plan that holds; else in that of
            the tracks, so that a lesson once put off finds its place again.
    """
    before = workspace.situation
    after = situation_after(workspace, *events)
    held = before.progress.plan
    if not after.route.tracks:
        empty = Plan(before.today, (), None)
        return Adjustment(None, empty, empty)
    if gives_room and held is not None:
        accepted = plan_with_room(after, keeps_order=keeps_order)
    else:
        accepted = accept(after, committed_weeks(repair(after)))
    shown = situation_after(workspace, *events, accepted)
    return Adjustment(accepted, repair(before), repair(shown))


def end_sentence(situation: Situation, dates: Dates) -> str:
    """Where the plan ends now, and where it ended before if that is another day."""
    if dates.after is None:
        return "The plan has no end: the hours do not suffice."
    text = f"The plan ends {spoken_day(dates.after, situation.today)}"
    if dates.before is None or dates.before == dates.after:
        return text + "."
    return f"{text}, was {spoken_day(dates.before, situation.today)}."
