"""The running timer, where `timer` and `done` meet."""

from __future__ import annotations

from pathlib import Path

from llmpath.cli.asking import ask, ask_text
from llmpath.cli.output import warn
from llmpath.cli.workspace import Workspace
from llmpath.core.curriculum import Lesson, shown_id
from llmpath.core.when import parse_duration, spoken_minutes
from llmpath.errors import LlmpathError, UsageError
from llmpath.named_tuple import NamedTuple
from llmpath.storage.timer import Timer, elapsed_minutes, read_timer, remove_timer

LONG_MINUTES = 4 * 60
LONGEST_MINUTES = 24 * 60


class Stopped(NamedTuple):
    """A timer that this command stops.

    Attributes:
        lesson: On which it ran; None where no timer ran on these lessons.
        minutes: To log on it; None where the learner gave a time.
        file: To remove once the minutes are on disk.
    """

    lesson: str | None = None
    minutes: int | None = None
    file: Path | None = None

    def remove(self) -> None:
        """Remove the timer's file."""
        if self.file is not None:
            remove_timer(self.file)


def timer_file(workspace: Workspace) -> Path:
    """Where the timer of this machine is kept."""
    return workspace.places.state / "timer.json"


def find_timer(workspace: Workspace) -> Timer | None:
    """The running timer, on the lesson that its lesson became; None if none runs.

    Of several it is the first open one.

    Raises:
        LlmpathError: The file cannot be read.
    """
    timer = read_timer(timer_file(workspace))
    curriculum = workspace.curriculum
    if timer is None or timer.lesson in curriculum.lessons or not curriculum.changes:
        return timer
    from llmpath.core.ledger import Ledger  # noqa: PLC0415 - few lessons have changed

    ends = Ledger(curriculum.changes, curriculum).ends(timer.lesson)
    progress = workspace.situation.progress
    known = [each for each in ends if each in curriculum.lessons] or [timer.lesson]
    now = next((each for each in known if progress.is_open(each)), known[0])
    return timer._replace(lesson=now)


def stop_for_done(
    workspace: Workspace, lessons: tuple[Lesson, ...], *, took: int | None
) -> Stopped:
    """Stop the timer if it runs on one of these lessons.

    Raises:
        UsageError: It ran for so long that somebody must say how long it took.
    """
    file = timer_file(workspace)
    try:
        timer = find_timer(workspace)
    except LlmpathError as error:  # the timer is no part of what is done
        warn(workspace.options, f"{error.message}; try: {error.remedy}")
        return Stopped()
    if timer is None or timer.lesson not in {each.id for each in lessons}:
        return Stopped()
    if took is not None:
        return Stopped(timer.lesson, None, file)
    minutes = checked_minutes(workspace, timer, command="done")
    return Stopped(timer.lesson, minutes, file)


def checked_minutes(workspace: Workspace, timer: Timer, *, command: str) -> int:
    """The minutes that a timer ran; over four hours the learner is asked for them.

    Raises:
        UsageError: It ran over four hours and nobody can be asked, or said nothing.
    """
    present = workspace.present
    minutes = elapsed_minutes(timer, present.now, present.uptime())
    if minutes <= LONG_MINUTES:
        return minutes
    long = f"the timer has run for {spoken_minutes(minutes)}"
    what = f"{command} {shown_id(timer.lesson)}" if command == "done" else command
    remedy = f"llmpath {what} --took 45m, with the time it really took"
    if not workspace.options.can_ask:
        raise UsageError(long, remedy=remedy)
    # The questions name no length, so that they are the same when they are answered.
    since = f"the timer runs since {timer.since:%Y-%m-%d %H:%M}"
    can_take = minutes <= LONGEST_MINUTES
    if can_take and ask(workspace, f"{since}; log all of it?", option="--took"):
        return minutes
    said = ask_text(workspace.options, f"{since}; how long did you study, such as 45m?")
    if not said:
        raise UsageError(long, remedy=remedy)
    return parse_duration(said)
