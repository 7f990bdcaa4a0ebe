"""`forecast`: when the learner will finish."""

from enum import StrEnum
from typing import Annotated

import typer

from llmpath.cli.output import Answer
from llmpath.cli.workspace import load, options_of, require_started
from llmpath.core.burn_up import make_burn_up
from llmpath.core.outlook import make_forecast
from llmpath.report.forecast import forecast_document, forecast_sentences
from llmpath.report.views.forecast import ForecastView


class Grouping(StrEnum):
    """By what the pace is shown."""

    KIND = "kind"


def forecast(
    ctx: typer.Context,
    *,
    by: Annotated[
        Grouping | None,
        typer.Option(
            "--by", metavar="WHAT", help="Show the pace by kind of lesson: kind."
        ),
    ] = None,
) -> None:
    """Show when you will finish.

    Likely is the day by which you finish with a chance of 50 in 100, safe with 80,
    almost certain with 95. They rest on the hours that you set, how much of them you
    studied, and how long lessons took you.
    """
    workspace = load(options_of(ctx))
    require_started(workspace)
    situation = workspace.situation
    plan = workspace.plan()
    found = make_forecast(situation)
    started = situation.progress.started
    view = ForecastView(
        found,
        plan.finish,
        make_burn_up(situation, plan, found),
        by is Grouping.KIND,
        workspace.curriculum.id,
        workspace.curriculum.edition,
        started.from_day if started else None,
    )
    workspace.answer(
        Answer(view, lambda: forecast_document(view), lambda: forecast_sentences(view))
    )
