"""`replan`: a new plan, shown as what it moves."""

from typing import Annotated

import typer

from llmpath.cli.output import Answer
from llmpath.cli.session import writing
from llmpath.cli.workspace import Workspace, load, options_of, require_started
from llmpath.core.replanning import propose
from llmpath.report.replanning import replan_document, replan_sentences
from llmpath.report.views.replanning import ReplanView


def replan(
    ctx: typer.Context,
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the new plan without accepting it.")
    ] = False,
) -> None:
    """Lay out anew what is left.

    Shows which lessons move and when the plan ends. After four weeks of history the
    new plan goes by your own pace and by the share of your hours that you used.
    `llmpath undo` brings the old plan back.
    """
    options = options_of(ctx)
    if dry_run:
        workspace = load(options)
        require_started(workspace)
        answer_replan(workspace, replan_view(workspace)._replace(is_dry_run=True))
        return
    with writing(options) as session:
        workspace = session.workspace
        require_started(workspace)
        view = replan_view(workspace)
        if view.proposal.plan is not None:
            view = view._replace(event=session.save(view.proposal.plan).event)
        answer_replan(workspace, view)


def replan_view(workspace: Workspace) -> ReplanView:
    """The new plan beside the one that holds."""
    proposal = propose(workspace.situation)
    lessons = workspace.curriculum.lessons
    titles = {each.lesson: lessons[each.lesson] for each in proposal.moves}
    return ReplanView(workspace.today, proposal, titles, None)


def answer_replan(workspace: Workspace, view: ReplanView) -> None:
    """Answer `replan`."""
    workspace.answer(
        Answer(view, lambda: replan_document(view), lambda: replan_sentences(view))
    )
