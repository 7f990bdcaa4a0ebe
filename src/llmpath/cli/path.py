"""`path`: the smallest way to a module or lesson."""

from datetime import date
from typing import Annotated

import typer

from llmpath.cli.first_hours import (
    FIRST_HOURS,
    checked_hours,
    least_daily_hours,
    target_day,
)
from llmpath.cli.output import Answer
from llmpath.cli.resolve import find_one
from llmpath.cli.session import situation_after
from llmpath.cli.track_choice import source_goal
from llmpath.cli.workspace import Workspace, load, options_of
from llmpath.core.agenda import make_agenda
from llmpath.core.availability import WeekMinutes
from llmpath.core.counting import counted_lessons
from llmpath.core.curriculum import Lesson, Module, shown_id
from llmpath.core.events import AvailabilitySet, Event, TrackStarted
from llmpath.core.full_attendance import left_over_minutes
from llmpath.core.open_work import open_lessons
from llmpath.core.paths import is_reached, path_id
from llmpath.core.scheduling import make_plan, repair
from llmpath.core.situation import Situation
from llmpath.core.when import parse_hours
from llmpath.report.feasibility import week_argument
from llmpath.report.path import path_document, path_sentences
from llmpath.report.views.path import PathView


def path(
    ctx: typer.Context,
    *,
    goal: Annotated[
        str, typer.Option("--to", metavar="ID", help="The goal: a module or lesson.")
    ],
    target: Annotated[
        str | None, typer.Option("--by", metavar="DATE", help="To be finished by.")
    ] = None,
    hours: Annotated[
        str | None,
        typer.Option(metavar="H", help="Hours a week: 5, or mon=1h,sat=3h."),
    ] = None,
) -> None:
    """Show the smallest way to a goal.

    All that the goal needs and that is not done or skipped, in order, and when it
    would end if it were begun today. Writes nothing; llmpath start --to ID begins it.
    Without hours: those in force, else 5 a week, or with --by every day up to then.
    """
    workspace = load(options_of(ctx))
    day = None if target is None else target_day(target, workspace.today)
    given = None if hours is None else checked_hours(workspace, parse_hours(hours))
    thing = source_goal(workspace, find_one(workspace, goal).thing)
    view = path_view(workspace, thing, given, day)
    workspace.answer(
        Answer(view, lambda: path_document(view), lambda: path_sentences(view))
    )


def path_view(
    workspace: Workspace,
    goal: Module | Lesson,
    given: WeekMinutes | None,
    target: date | None,
) -> PathView:
    """The way to a goal, planned as a start of today would plan it.

    Args:
        goal: As the curriculum has it, whatever is studied.
        given: The weekly hours that were given.
    """
    situation, week = situation_to(workspace, goal, given, target)
    _, progress, route, _ = situation
    plan = repair(situation)
    lessons = open_lessons(route, progress)
    return PathView(
        goal=goal,
        track=path_id(goal.id),
        agenda=make_agenda(situation, plan, count=len(lessons)),
        closed=sum(1 for _ in counted_lessons(route, progress)) - len(lessons),
        is_reached=is_reached(goal, progress),
        week=week,
        finish=plan.finish,
        target=target,
        left_over=0 if target is None else left_over_minutes(situation, target),
        command=start_command(goal, given, target),
    )


def situation_to(
    workspace: Workspace,
    goal: Module | Lesson,
    given: WeekMinutes | None,
    target: date | None,
) -> tuple[Situation, WeekMinutes]:
    """The situation after a start of the track to a goal today, with the hours."""
    curriculum, today = workspace.source, workspace.today
    tracks = (path_id(goal.id),)
    events: list[Event] = [
        TrackStarted(tracks, today, curriculum.id, curriculum.edition)
    ]
    week = given or hours_for(workspace, events, target)
    events.append(AvailabilitySet(today, week))
    accepted = make_plan(situation_after(workspace, *events))
    return situation_after(workspace, *events, accepted), week


def hours_for(
    workspace: Workspace, events: list[Event], target: date | None
) -> WeekMinutes:
    """The hours in force, or those that a first start would take.

    Where not even 24 hours a day reach a target, the answer is by 5 hours a week.
    """
    known = workspace.situation.progress.availability
    if known.weekly:
        return known.week_minutes(workspace.today)
    if target is None:
        return FIRST_HOURS
    return least_daily_hours(workspace, events, target) or FIRST_HOURS


def start_command(
    goal: Module | Lesson, given: WeekMinutes | None, target: date | None
) -> str:
    """The command that begins the way as it is shown."""
    hours = "" if given is None else f" --hours {week_argument(given)}"
    by = "" if target is None else f" --by {target.isoformat()}"
    return f"llmpath start --to {shown_id(goal.id)}{hours}{by}"
