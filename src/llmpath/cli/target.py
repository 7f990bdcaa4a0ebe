"""`target`: the date to be finished by."""

from typing import Annotated

import typer

from llmpath.cli.first_hours import target_day
from llmpath.cli.output import Answer
from llmpath.cli.session import writing
from llmpath.cli.workspace import Workspace, load, options_of, require_started
from llmpath.core.events import TargetSet
from llmpath.core.feasibility import weigh_target
from llmpath.core.full_attendance import left_over_minutes
from llmpath.core.scheduling import repair
from llmpath.core.situation import Situation
from llmpath.report.phrases import spoken_day
from llmpath.report.planning import target_document, target_sentences
from llmpath.report.views.planning import TargetView


def target(
    ctx: typer.Context,
    text: Annotated[
        str | None, typer.Argument(metavar="[DATE | none]", help="Day, or none.")
    ] = None,
) -> None:
    """Show or set the date to be finished by.

    The answer says whether it fits if no planned day is missed, the chance that you
    make it, the weekly hours for a chance of 50, 80 and 95 in 100, and ways out where
    it is at risk. Setting it moves no lesson.
    """
    options = options_of(ctx)
    if text is None:
        workspace = load(options)
        require_started(workspace)
        answer_target(workspace, target_view(workspace.situation))
        return
    with writing(options) as session:
        workspace = session.workspace
        require_started(workspace)
        today = workspace.today
        day = None if text.strip().lower() == "none" else target_day(text, today)
        if day == workspace.situation.progress.target:
            view = target_view(workspace.situation)
            said = ("This is so already. Nothing was written.",)
            answer_target(workspace, view._replace(said=said))
            return
        saved = session.save(TargetSet(day))
        said = ("The target is gone.",)
        if day is not None:
            said = (f"To be finished by {spoken_day(day, today)}.",)
        view = target_view(saved.situation)._replace(said=said, event=saved.event)
        answer_target(workspace, view)


def target_view(situation: Situation) -> TargetView:
    """Whether the target fits, and what it needs at full attendance."""
    _, progress, _, today = situation
    finish = repair(situation).finish
    day = progress.target
    week = progress.availability.week_minutes(today)
    view = TargetView(today, day, finish, None, 0, None, week, (), None)
    if day is None:
        return view
    if day < today:
        return view._replace(left_over=left_over_minutes(situation, day))
    weighed = weigh_target(situation)
    return view._replace(
        slack=None if finish is None else (day - finish).days,
        left_over=weighed.left_over,
        needed=weighed.full_attendance,
        feasibility=weighed,
    )


def answer_target(workspace: Workspace, view: TargetView) -> None:
    """Answer `target`."""
    workspace.answer(
        Answer(
            view,
            lambda: target_document(view),
            lambda: target_sentences(view),
            is_confirmation=view.event is not None,
        )
    )
