"""`next`: what to study now."""

from typing import Annotated

import typer

from llmpath.cli.counts import count_up_to
from llmpath.cli.output import Answer, say
from llmpath.cli.workspace import load, options_of, require_started
from llmpath.core.agenda import make_agenda, make_return
from llmpath.core.curriculum import shown_id
from llmpath.report.next import next_document, next_sentences
from llmpath.report.views.next import NextView


def show_next(
    ctx: typer.Context,
    *,
    count: Annotated[
        int | None,
        typer.Option(
            "--limit",
            "-n",
            metavar="N",
            parser=count_up_to(1000, such_as="llmpath next -n 3"),
            help="So many lessons, 1 to 1000.",
        ),
    ] = None,
    opens: Annotated[
        bool, typer.Option("--open", help="Open the first one's link as well.")
    ] = False,
) -> None:
    """Show what to study now.

    Without -n: the lessons of today's blocks, at least one, at most three.
    """
    workspace = load(options_of(ctx))
    require_started(workspace)
    plan = workspace.plan()
    view = NextView(
        make_agenda(workspace.situation, plan, count=count),
        make_return(workspace.situation, plan),
    )
    workspace.answer(
        Answer(view, lambda: next_document(view), lambda: next_sentences(view))
    )
    if opens and view.agenda.lessons:
        from llmpath.cli.open import browse  # noqa: PLC0415 - only with --open

        lesson = view.agenda.lessons[0].lesson
        if lesson.url is None:
            say(workspace.options, f"note: {shown_id(lesson.id)} has no link")
        else:
            browse(workspace.options, lesson.url)
