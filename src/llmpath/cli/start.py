"""`start`: begin tracks, with hours, first day and target."""

import os
from base64 import b32encode
from datetime import date
from typing import Annotated

import typer

from llmpath.cli.first_hours import checked_hours, hours_to_set, target_day
from llmpath.cli.output import Answer
from llmpath.cli.session import Session, writing
from llmpath.cli.track_choice import chosen_tracks
from llmpath.cli.workspace import Workspace, options_of, require_journal
from llmpath.core.agenda import make_agenda
from llmpath.core.assumptions import joint_assumptions
from llmpath.core.availability import WeekMinutes
from llmpath.core.curriculum import Track, curriculum_of, shown_id
from llmpath.core.events import AvailabilitySet, Event, TargetSet, TrackStarted
from llmpath.core.full_attendance import left_over_minutes
from llmpath.core.outlook import make_forecast
from llmpath.core.scheduling import make_plan, repair
from llmpath.core.situation import Situation
from llmpath.core.summary import summarize_track
from llmpath.core.track_order import sooner_order
from llmpath.core.when import (
    parse_day,
    parse_hours,
    shown_day,
    spoken_minutes,
)
from llmpath.errors import UsageError
from llmpath.named_tuple import NamedTuple
from llmpath.report.phrases import spoken_day
from llmpath.report.start import start_document, start_sentences
from llmpath.report.views.start import StartView


class Wish(NamedTuple):
    """What was given on the command line, read; None where it was not given."""

    tracks: tuple[Track, ...] | None
    hours: WeekMinutes | None
    first_day: date | None
    target: date | None


def start(  # noqa: PLR0913 - one parameter for each option
    ctx: typer.Context,
    *,
    tracks: Annotated[
        list[str] | None,
        typer.Option("--track", metavar="ID", help="Track; may be repeated."),
    ] = None,
    goal: Annotated[
        str | None,
        typer.Option(
            "--to", metavar="ID", help="Module or lesson: the smallest way to it."
        ),
    ] = None,
    hours: Annotated[
        str | None,
        typer.Option(metavar="H", help="Hours a week: 5, or mon=1h,sat=3h."),
    ] = None,
    first_day: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="First day of study.")
    ] = None,
    target: Annotated[
        str | None, typer.Option("--by", metavar="DATE", help="To be finished by.")
    ] = None,
    stops: Annotated[
        bool, typer.Option("--none", help="Stop studying; progress stays.")
    ] = False,
) -> None:
    """Begin one or more tracks.

    Several are studied in the order given, the way to a goal last. Another start
    replaces them and keeps hours, days off and all progress. Without hours: those in
    force, else 5 a week, Monday to Friday. With --by and no hours set yet: every day
    up to that date.
    """
    with writing(options_of(ctx)) as session:
        workspace = session.workspace
        if stops:
            refuse_with_none(tracks, goal, hours, first_day, target)
            stop(session)
            return
        refuse_to_begin_anew(workspace)
        today = workspace.today
        wish = Wish(
            chosen_tracks(workspace, tracks or [], goal),
            None if hours is None else checked_hours(workspace, parse_hours(hours)),
            None if first_day is None else parse_day(first_day, today),
            None if target is None else target_day(target, today),
        )
        refuse_backwards(wish, workspace)
        begin(session, wish)


def refuse_backwards(wish: Wish, workspace: Workspace) -> None:
    """Refuse a first day after the day to be finished by.

    Raises:
        UsageError: They are given so.
    """
    today = workspace.today
    if wish.first_day and wish.target and wish.first_day > wish.target:
        raise UsageError(
            f"the first day, {shown_day(wish.first_day, today=today)},"
            f" is after {shown_day(wish.target, today=today)}",
            remedy="an earlier --from DATE or a later --by DATE",
        )


def refuse_to_begin_anew(workspace: Workspace) -> None:
    """Refuse to begin beside a journal that has gone, unless the learner says so.

    Raises:
        LlmpathError: Files are missing that should be there.
    """
    if not workspace.options.yes:
        require_journal(workspace, "put the files back, or add -y to begin anew")


def refuse_with_none(*given: object) -> None:
    """Refuse `--none` beside other options.

    Raises:
        UsageError: Something else was given.
    """
    if any(each not in (None, []) for each in given):
        raise UsageError("--none goes with no other option of start")


def stop(session: Session) -> None:
    """Stop studying: no track is active."""
    workspace = session.workspace
    event = None
    said = ["No track is active. Nothing was written.", "To begin: llmpath tracks"]
    tracks = workspace.situation.route.tracks
    if tracks:
        curriculum = workspace.curriculum
        stopped = TrackStarted((), workspace.today, curriculum.id, curriculum.edition)
        event = session.save(stopped).event
        said = ["No track is active any more. All progress stays."]
        said.append(f"To begin again: {start_command(tracks)}")
    answer_start(workspace, workspace.situation, event, said, tracks=())


def start_command(tracks: tuple[Track, ...]) -> str:
    """The command that begins these tracks in this order."""
    options = (f"--track {shown_id(each.id)}" for each in tracks)
    return f"llmpath start {' '.join(options)}"


def begin(session: Session, wish: Wish) -> None:
    """Write what a start changes, with the plan that follows."""
    workspace = session.workspace
    events, said = changes(workspace, wish)
    hours = hours_to_set(workspace, events, wish.hours, wish.target)
    if hours is not None:
        events.append(AvailabilitySet(workspace.today, hours))
        if len(events) == 1:
            said.append(f"{spoken_minutes(sum(hours))} a week from today on.")
    if not events:
        said.append("Nothing was changed.")
        answer_start(workspace, workspace.situation, None, said)
        return
    accepted = make_plan(session.after(*events))
    saved = session.save(*events, accepted)
    answer_start(workspace, saved.situation, saved.event, said)


def changes(workspace: Workspace, wish: Wish) -> tuple[list[Event], list[str]]:
    """The events of a start but for hours and plan, and sentences on what it kept."""
    progress = workspace.situation.progress
    started = progress.started
    active = started.tracks if started is not None else ()
    tracks = active if wish.tracks is None else tuple(each.id for each in wish.tracks)
    replaces = tracks != active
    events: list[Event] = []
    said: list[str] = []
    first_day = wish.first_day or workspace.today
    is_new_day = (
        started is not None
        and wish.first_day is not None
        and wish.first_day != started.from_day
    )
    if replaces or is_new_day:
        curriculum = workspace.curriculum
        name = curriculum_of(tracks[0]) if tracks else curriculum.id
        events.append(
            TrackStarted(
                tracks,
                first_day,
                name,
                curriculum.edition_of(tracks[0]) if tracks else curriculum.edition,
                None if progress.journal else random_journal_id(),
            )
        )
        if not replaces:
            day = spoken_day(first_day, workspace.today)
            said.append(f"The first day is {day} now.")
    if wish.target is not None and wish.target != progress.target:
        events.append(TargetSet(wish.target))
        if not replaces:
            day = spoken_day(wish.target, workspace.today)
            said.append(f"To be finished by {day}.")
    elif replaces and progress.target is not None and wish.target is None:
        events.append(TargetSet(None))
        said.append("The target is dropped; llmpath target DATE sets one.")
    if replaces and active:
        said.append("These tracks replace the ones before; hours and progress stay.")
    return events, said


def random_journal_id() -> str:
    """80 random bits, as letters and digits."""
    return b32encode(os.urandom(10)).decode().lower()


def answer_start(
    workspace: Workspace,
    situation: Situation,
    event: str | None,
    said: list[str],
    *,
    tracks: tuple[Track, ...] | None = None,
) -> None:
    """Show the tracks, what they ask for, and the plan."""
    progress = situation.progress
    plan = repair(situation)
    active = situation.route.tracks if tracks is None else tracks
    target = progress.target if active else None
    places = situation.route.modules.values() if active else ()
    modules = [place.module for place in places if not place.optional]
    view = StartView(
        tracks=tuple(
            summarize_track(each, situation.curriculum, progress) for each in active
        ),
        start=progress.started.from_day if progress.started else workspace.today,
        week=progress.availability.week_minutes(workspace.today),
        finish=plan.finish if active else None,
        target=target,
        left_over=0 if target is None else left_over_minutes(situation, target),
        slack=(target - plan.finish).days
        if target is not None and plan.finish is not None
        else None,
        said=tuple(said),
        notes=tuple((each, each.note) for each in modules if each.note),
        assumes=joint_assumptions(modules) if active else (),
        agenda=make_agenda(situation, plan) if active else None,
        forecast=make_forecast(situation) if active else None,
        event=event,
        sooner=tuple(each.id for each in sooner_order(situation) or ())
        if active
        else (),
    )
    workspace.answer(
        Answer(
            view,
            lambda: start_document(view),
            lambda: start_sentences(view),
            is_confirmation=True,
        )
    )
