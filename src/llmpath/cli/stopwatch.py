"""The running timer, where `timer` and `done` meet."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from llmpath.cli.workspace import Workspace, ask
from llmpath.core.curriculum import Lesson, shown_id
from llmpath.core.when import spoken_minutes
from llmpath.errors import UsageError
from llmpath.storage.timer import Timer, elapsed_minutes, read_timer, remove_timer

LONG_MINUTES = 4 * 60
LONGEST_MINUTES = 24 * 60


class Stopped(NamedTuple):
    """A timer that this command stops.

    Attributes:
        minutes: To log; None where no timer ran on the lesson.
        file: To remove once the minutes are on disk.
    """

    minutes: int | None = None
    file: Path | None = None

    def remove(self) -> None:
        """Remove the timer's file."""
        if self.file is not None:
            remove_timer(self.file)


def timer_file(workspace: Workspace) -> Path:
    """Where the timer of this machine is kept."""
    return workspace.places.state / "timer.json"


def stop_for_done(
    workspace: Workspace, lessons: tuple[Lesson, ...], *, took: int | None
) -> Stopped:
    """Stop the timer if it runs on one of these lessons.

    Raises:
        UsageError: It ran for so long that somebody must say how long it took.
    """
    file = timer_file(workspace)
    timer = read_timer(file)
    if timer is None or timer.lesson not in {each.id for each in lessons}:
        return Stopped()
    if took is not None:
        return Stopped(None, file)
    return Stopped(checked_minutes(workspace, timer, command="done"), file)


def checked_minutes(workspace: Workspace, timer: Timer, *, command: str) -> int:
    """The minutes that a timer ran; over four hours only if the learner says so.

    Raises:
        UsageError: It ran over four hours and nobody can be asked, or said no.
    """
    minutes = elapsed_minutes(timer, workspace.present.now)
    if minutes <= LONG_MINUTES:
        return minutes
    long = f"the timer has run for {spoken_minutes(minutes)}"
    what = f"{command} {shown_id(timer.lesson)}" if command == "done" else command
    remedy = f"llmpath {what} --took 45m, with the time it really took"
    can_take = minutes <= LONGEST_MINUTES and workspace.options.can_ask
    if can_take and ask(workspace.options, f"{long}; log all of it?", option="--took"):
        return minutes
    raise UsageError(long, remedy=remedy)
