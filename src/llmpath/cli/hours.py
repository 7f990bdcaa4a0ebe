"""`hours`: weekly availability."""

from typing import Annotated

import typer

from llmpath.cli.adjust import adjust
from llmpath.cli.first_hours import checked_hours
from llmpath.cli.output import Answer
from llmpath.cli.session import writing
from llmpath.cli.workspace import Workspace, load, options_of
from llmpath.core.events import AvailabilitySet
from llmpath.core.scheduling import repair
from llmpath.core.situation import Situation
from llmpath.core.when import parse_hours, spoken_minutes
from llmpath.report.planning import hours_document, hours_sentences
from llmpath.report.views.planning import Dates, HoursView


def hours(
    ctx: typer.Context,
    text: Annotated[
        str | None,
        typer.Argument(metavar="[H]", help="Hours a week: 5, or mon=1h,sat=3h."),
    ] = None,
) -> None:
    """Show or set the weekly hours.

    A number is spread over Monday to Friday. Days that are not named get nothing. The
    order of the plan stays; its dates follow.
    """
    options = options_of(ctx)
    if text is None:
        workspace = load(options)
        view = hours_view(workspace.situation, "hours")
        if not workspace.situation.progress.availability.weekly:
            said = "No hours are set; llmpath start takes 5 a week, Monday to Friday."
            view = view._replace(said=(said,))
        answer_hours(workspace, view)
        return
    week = parse_hours(text)
    with writing(options) as session:
        workspace = session.workspace
        progress = workspace.situation.progress
        known = progress.availability
        if known.weekly and known.week_minutes(workspace.today) == week:
            view = hours_view(workspace.situation, "hours")
            text = "These are your hours already. Nothing was written."
            answer_hours(workspace, view._replace(said=(text,)))
            return
        event = AvailabilitySet(workspace.today, checked_hours(workspace, week))
        adjustment = adjust(workspace, event, gives_room=True)
        saved = session.save(event, *adjustment.events)
        view = hours_view(saved.situation, "hours")._replace(
            said=(f"{spoken_minutes(sum(week))} a week from today on.",),
            dates=adjustment.dates,
            moved=adjustment.moved,
            event=saved.event,
        )
        answer_hours(workspace, view)


def hours_view(situation: Situation, command: str) -> HoursView:
    """Availability as it stands, with the exceptions from today on."""
    _, progress, route, today = situation
    known = progress.availability
    finish = repair(situation).finish if route.tracks else None
    return HoursView(
        command=command,
        today=today,
        week=known.week_minutes(today),
        days=tuple(
            (day, minutes)
            for day, minutes in sorted(known.leave.items())
            if day >= today
        ),
        open_from=known.open_from,
        dates=Dates(finish, finish),
        moved=0,
        said=(),
        event=None,
    )


def answer_hours(workspace: Workspace, view: HoursView) -> None:
    """Answer `hours` and `off`."""
    workspace.answer(
        Answer(
            view,
            lambda: hours_document(view),
            lambda: hours_sentences(view),
            is_confirmation=view.event is not None,
        )
    )
