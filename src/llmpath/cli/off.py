"""`off`: days off, other dated exceptions, open breaks."""

from datetime import date, timedelta
from typing import Annotated

import typer

from llmpath.cli.adjust import adjust
from llmpath.cli.hours import answer_hours, hours_view
from llmpath.cli.lazy import make_app
from llmpath.cli.session import Session, writing
from llmpath.cli.workspace import load, options_of
from llmpath.core.availability import Availability
from llmpath.core.events import LeaveSet
from llmpath.core.when import (
    parse_day_range,
    parse_hours_of_day,
    spoken_minutes,
)
from llmpath.errors import LlmpathError, UsageError
from llmpath.report.phrases import spoken_day

LONGEST_RANGE = 731
"""Days; a longer break is an open one."""

app = make_app(help="Set days off and other exceptions.", no_args_is_help=True)


@app.command("add")
def add_off(
    ctx: typer.Context,
    days: Annotated[
        str,
        typer.Argument(metavar="DATE[..[DATE]]", help="A day, a range, or DATE.."),
    ],
    *,
    hours: Annotated[
        str | None,
        typer.Option(metavar="H", help="Hours on these days; none if not given."),
    ] = None,
) -> None:
    """Take days off, or give them other hours.

    `today..` is a break without an end.
    """
    with writing(options_of(ctx)) as session:
        today = session.workspace.today
        first, last = parse_day_range(days, today)
        minutes = 0 if hours is None else parse_hours_of_day(hours)
        if last is None:
            if hours is not None:
                raise UsageError("a break without an end has no hours")
            event = LeaveSet({}, open_from=first, changes_break=True)
            said = f"Off from {spoken_day(first, today)} until you end it."
        else:
            event = LeaveSet(dict.fromkeys(days_between(first, last), minutes))
            said = f"{range_text(first, last, today)}: {minutes_text(minutes)}."
        known = session.workspace.situation.progress.availability
        write_leave(session, "off-add", without_known(event, known), said)


@app.command("list")
def list_off(ctx: typer.Context) -> None:
    """List the exceptions from today on."""
    workspace = load(options_of(ctx))
    answer_hours(workspace, hours_view(workspace.situation, "off-list"))


@app.command("remove")
def remove_off(
    ctx: typer.Context,
    days: Annotated[
        str, typer.Argument(metavar="DATE", help="A day, a range, or a break's day.")
    ],
) -> None:
    """Take exceptions away, or end a break.

    On a day of a break without an end, the break ends there.
    """
    with writing(options_of(ctx)) as session:
        today = session.workspace.today
        known = session.workspace.situation.progress.availability
        first, last = parse_day_range(days, today)
        chosen = [
            day for day in known.leave if first <= day and (last is None or day <= last)
        ]
        open_from = known.open_from
        ends = open_from is not None and (last is None or open_from <= last)
        if chosen and open_from is not None and open_from < first:
            ends = False  # an exception of its own, within the break
        if not chosen and not ends:
            raise LlmpathError(
                f"{spoken_day(first, today)} has no exception",
                remedy="llmpath off list",
            )
        changes: dict[date, int | None] = dict.fromkeys(chosen)
        said = f"{len(chosen)} exceptions are gone."
        if len(chosen) == 1:
            said = f"{spoken_day(chosen[0], today)} has its usual hours again."
        if ends and open_from is not None:
            back = spoken_day(max(first, open_from), today)
            said = f"The break is over on {back}."
            if open_from < first:
                # The days before were off, and stay so.
                past = days_between(open_from, first - timedelta(days=1))
                changes |= dict.fromkeys(past, 0)
        event = LeaveSet(changes, open_from=None, changes_break=ends)
        write_leave(session, "off-remove", event, said)


def write_leave(session: Session, command: str, event: LeaveSet, said: str) -> None:
    """Write exceptions with the plan that follows."""
    workspace = session.workspace
    situation = workspace.situation
    if not event.days and not event.changes_break:
        text = "These days are so already. Nothing was written."
        answer_hours(workspace, hours_view(situation, command)._replace(said=(text,)))
        return
    before = situation.progress.availability
    after = session.after(event).progress.availability
    adjustment = adjust(
        workspace, event, gives_room=gives_room(before, after, event, situation.today)
    )
    saved = session.save(event, *adjustment.events)
    view = hours_view(saved.situation, command)._replace(
        said=(said,),
        dates=adjustment.dates,
        moved=adjustment.moved,
        event=saved.event,
    )
    answer_hours(workspace, view)


def gives_room(
    before: Availability, after: Availability, event: LeaveSet, today: date
) -> bool:
    """Tell whether a change gives any day from today on more minutes."""
    if event.changes_break and event.open_from is None:
        return True
    return any(
        after.minutes_on(day) > before.minutes_on(day)
        for day in event.days
        if day >= today
    )


def without_known(event: LeaveSet, known: Availability) -> LeaveSet:
    """A change without what is so already."""
    days = {
        day: minutes
        for day, minutes in event.days.items()
        if known.leave.get(day) != minutes
    }
    changes_break = event.changes_break and event.open_from != known.open_from
    return LeaveSet(days, event.open_from if changes_break else None, changes_break)


def days_between(first: date, last: date) -> list[date]:
    """The days of a range, both ends included.

    Raises:
        UsageError: There are more than two years of them.
    """
    count = (last - first).days + 1
    if count > LONGEST_RANGE:
        raise UsageError(
            f"that is {count} days; at most {LONGEST_RANGE} at once",
            remedy="llmpath off add DATE.. for a break without an end",
        )
    return [first + timedelta(days=n) for n in range(count)]


def range_text(first: date, last: date, today: date) -> str:
    """A range in words."""
    if first == last:
        return spoken_day(first, today)
    return f"{spoken_day(first, today)} to {spoken_day(last, today)}"


def minutes_text(minutes: int) -> str:
    """What a day has."""
    return spoken_minutes(minutes) if minutes else "off"
