"""`plan`: the calendar."""

from typing import Annotated

import typer

from llmpath.cli.counts import count_up_to
from llmpath.cli.output import Answer
from llmpath.cli.workspace import Workspace, load, options_of, require_started
from llmpath.core.availability import ONE_WEEK, monday_of
from llmpath.core.calendar import calendar_weeks, milestones
from llmpath.core.full_attendance import left_over_minutes
from llmpath.report.planning import plan_document, plan_sentences
from llmpath.report.views.planning import PlanView

FIRST_WEEKS = 2


def show_plan(
    ctx: typer.Context,
    *,
    weeks: Annotated[
        int | None,
        typer.Option(
            "--weeks",
            metavar="N",
            parser=count_up_to(600, such_as="llmpath plan --weeks 4"),
            help="So many weeks, 1 to 600.",
        ),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="To the end of the plan.")
    ] = False,
) -> None:
    """Show the calendar of study blocks.

    Two weeks by day if nothing else is said, then the weeks up to the end of the phase,
    then the days on which phases end. Lines for programs and --json have all of the
    plan, with --weeks these weeks only.
    """
    workspace = load(options_of(ctx))
    require_started(workspace)
    count = None if everything else weeks or FIRST_WEEKS
    view = plan_view(workspace, count)
    if weeks is not None and not everything:
        first = monday_of(workspace.today)
        view = view._replace(until=first + weeks * ONE_WEEK)
    workspace.answer(
        Answer(view, lambda: plan_document(view), lambda: plan_sentences(view))
    )


def plan_view(workspace: Workspace, count: int | None) -> PlanView:
    """The plan with so many weeks to show, all of them if None."""
    situation = workspace.situation
    curriculum, progress = situation.curriculum, situation.progress
    plan = workspace.plan()
    weeks = calendar_weeks(situation, plan)
    lessons = {each.lesson: curriculum.lessons[each.lesson] for each in plan.blocks}
    return PlanView(
        today=workspace.today,
        plan=plan,
        weeks=weeks[:count],
        all_weeks=weeks,
        lessons={
            key: (lesson, curriculum.modules[lesson.module])
            for key, lesson in lessons.items()
        },
        target=progress.target,
        left_over=0
        if progress.target is None
        else left_over_minutes(situation, progress.target),
        curriculum=curriculum.id,
        edition=curriculum.edition,
        started=progress.started.from_day if progress.started else None,
        milestones=milestones(situation, plan),
    )
