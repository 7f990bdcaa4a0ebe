"""`status`, `tracks`: where the learner stands, and what there is to start."""

from typing import Annotated

import typer

from llmpath.cli.counts import count_up_to
from llmpath.cli.output import Answer
from llmpath.cli.summarize import status_summary
from llmpath.cli.workspace import load, options_of, require_started
from llmpath.core.agenda import make_return
from llmpath.core.summary import summarize_phases, summarize_track
from llmpath.report.look import (
    status_document,
    status_sentences,
    tracks_document,
    tracks_sentences,
)
from llmpath.report.views.progress import StatusView, TracksView


def status(
    ctx: typer.Context,
    *,
    weeks: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            parser=count_up_to(520, such_as="llmpath status --weeks 4"),
            help="Planned and studied in so many weeks, 1 to 520.",
        ),
    ] = None,
) -> None:
    """Show progress by phase and module.

    With this week, days ahead or behind, and the end of the plan.
    """
    workspace = load(options_of(ctx))
    situation = workspace.situation
    require_started(workspace)
    plan = workspace.plan()
    started = situation.progress.started
    view = StatusView(
        summary=status_summary(workspace, plan, week_count=weeks),
        phases=summarize_phases(situation.route, situation.progress),
        returning=make_return(situation, plan),
        curriculum=workspace.curriculum.id,
        edition=workspace.curriculum.edition,
        started=started.from_day if started else None,
    )
    workspace.answer(
        Answer(view, lambda: status_document(view), lambda: status_sentences(view))
    )


def tracks(ctx: typer.Context) -> None:
    """List the tracks with their hours."""
    workspace = load(options_of(ctx))
    progress = workspace.situation.progress
    view = TracksView(
        tuple(
            summarize_track(each, workspace.curriculum, progress)
            for each in workspace.curriculum.tracks.values()
        )
    )
    workspace.answer(
        Answer(view, lambda: tracks_document(view), lambda: tracks_sentences(view))
    )
