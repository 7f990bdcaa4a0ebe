"""`timer`: time a lesson as it is studied."""

from typing import Annotated

import typer

from llmpath.cli.done import day_sentences
from llmpath.cli.lazy import make_app
from llmpath.cli.log import logged_sentence, to_log_on
from llmpath.cli.output import Answer
from llmpath.cli.resolve import first_lesson, named
from llmpath.cli.session import writing
from llmpath.cli.stopwatch import checked_minutes, find_timer, timer_file
from llmpath.cli.workspace import Workspace, load, options_of
from llmpath.core.curriculum import Lesson, shown_id
from llmpath.core.events import StudyLogged
from llmpath.core.when import parse_duration, spoken_minutes
from llmpath.errors import LlmpathError
from llmpath.report.timer import timer_document, timer_sentences
from llmpath.report.views.changes import TimerView
from llmpath.storage.timer import (
    Timer,
    elapsed_minutes,
    remove_timer,
    write_timer,
)

app = make_app(help="Time a lesson as you study it.", no_args_is_help=True)


@app.command("start")
def start_timer(
    ctx: typer.Context,
    text: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="Module or lesson.")
    ] = None,
) -> None:
    """Start the timer.

    A module means its first open lesson. Without ID: the first lesson of
    `llmpath next`.
    """
    with writing(options_of(ctx)) as session:
        workspace = session.workspace
        running = find_timer(workspace)
        if running is not None:
            raise LlmpathError(
                f"the timer runs already, on {shown_id(running.lesson)}",
                remedy="llmpath timer stop",
            )
        if text is None:
            thing = first_lesson(workspace, "timer start").lesson
        else:
            found = to_log_on(workspace, text)
            if not isinstance(found, Lesson):
                raise LlmpathError(f"nothing is open in {shown_id(found.id)}")
            thing = found
        timer = Timer(thing.id, workspace.present.now, workspace.present.uptime())
        write_timer(timer_file(workspace), timer)
        said = (f"Timing {named(thing)}.", "Stop it with: llmpath timer stop")
        view = TimerView("start", thing, timer.since, 0, None, said)
        answer_timer(workspace, view, is_confirmation=True)


@app.command("stop")
def stop_timer(
    ctx: typer.Context,
    *,
    took: Annotated[
        str | None, typer.Option(metavar="DUR", help="Time it took, instead.")
    ] = None,
) -> None:
    """Stop the timer and log its time."""
    given = None if took is None else parse_duration(took)
    with writing(options_of(ctx)) as session:
        workspace = session.workspace
        timer = running_timer(workspace)
        minutes = given
        if minutes is None:
            minutes = checked_minutes(workspace, timer, command="timer stop")
        lesson = workspace.curriculum.lessons.get(timer.lesson)
        if not minutes:
            remove_timer(timer_file(workspace))
            said = ("It ran for less than a minute; nothing was logged.",)
            view = TimerView("stop", lesson, timer.since, 0, None, said)
            answer_timer(workspace, view, is_confirmation=True)
            return
        saved = session.save(StudyLogged(timer.lesson, minutes))
        remove_timer(timer_file(workspace))
        total = saved.situation.progress.logged[timer.lesson]
        counts_for = day_sentences(workspace, workspace.today)
        told = [f"Logged {spoken_minutes(minutes)}.", *counts_for]
        if lesson is not None:
            told = [
                logged_sentence(lesson, minutes, total),
                *counts_for,
                f"If it is done: llmpath done {shown_id(lesson.id)}",
            ]
        view = TimerView("stop", lesson, timer.since, minutes, saved.event, tuple(told))
        answer_timer(workspace, view, is_confirmation=True)


@app.command("cancel")
def cancel_timer(ctx: typer.Context) -> None:
    """Stop the timer and log nothing."""
    with writing(options_of(ctx)) as session:
        workspace = session.workspace
        file = timer_file(workspace)
        if not file.exists():
            raise LlmpathError("no timer runs", remedy="llmpath timer start")
        remove_timer(file)
        view = TimerView(
            "cancel",
            None,
            None,
            None,
            None,
            ("The timer is gone; nothing was logged.",),
        )
        answer_timer(workspace, view, is_confirmation=True)


@app.command("status")
def timer_status(ctx: typer.Context) -> None:
    """Show whether the timer runs, and since when."""
    workspace = load(options_of(ctx))
    timer = find_timer(workspace)
    if timer is None:
        view = TimerView("status", None, None, None, None, ("No timer runs.",))
    else:
        lesson = workspace.curriculum.lessons.get(timer.lesson)
        present = workspace.present
        minutes = elapsed_minutes(timer, present.now, present.uptime())
        name = shown_id(timer.lesson) if lesson is None else named(lesson)
        said = (f"Timing {name} for {spoken_minutes(minutes)}.",)
        view = TimerView("status", lesson, timer.since, minutes, None, said)
    answer_timer(workspace, view)


def running_timer(workspace: Workspace) -> Timer:
    """The running timer.

    Raises:
        LlmpathError: None runs.
    """
    timer = find_timer(workspace)
    if timer is None:
        raise LlmpathError("no timer runs", remedy="llmpath timer start")
    return timer


def answer_timer(
    workspace: Workspace, view: TimerView, *, is_confirmation: bool = False
) -> None:
    """Answer a command of the timer."""
    workspace.answer(
        Answer(
            view,
            lambda: timer_document(view),
            lambda: timer_sentences(view),
            is_confirmation,
        )
    )
