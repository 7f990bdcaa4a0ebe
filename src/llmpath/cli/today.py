"""Bare `llmpath`: today's view, or how to begin."""

from __future__ import annotations

import typer

from llmpath.cli.output import Answer, write_json, write_lines
from llmpath.cli.summarize import status_summary
from llmpath.cli.workspace import Workspace, load, options_of, require_journal
from llmpath.core.agenda import make_agenda, make_return
from llmpath.report.today import today_document, today_sentences
from llmpath.report.views.today import TodayView

BEGINNING = [
    "llmpath plans and tracks your study.",
    "See what there is: llmpath tracks",
    "Begin: llmpath start --track short",
]
"""Short enough for a terminal of 40 columns."""


def show_today(ctx: typer.Context) -> None:
    """Show today's lessons and how the week and the plan stand."""
    workspace = load(options_of(ctx))
    if not workspace.situation.route.tracks:
        require_journal(workspace)
        show_beginning(workspace)
        return
    plan = workspace.plan()
    view = TodayView(
        make_agenda(workspace.situation, plan),
        make_return(workspace.situation, plan),
        status_summary(workspace, plan),
    )
    workspace.answer(
        Answer(view, lambda: today_document(view), lambda: today_sentences(view))
    )


def show_beginning(workspace: Workspace) -> None:
    """Say how to begin; in JSON, that there is nothing today."""
    if not workspace.options.json:
        write_lines(BEGINNING)
        return
    from llmpath.report.today import empty_today_document  # noqa: PLC0415 - as above

    write_json(empty_today_document(workspace.today))
