"""What a command works on: everything read once, and the way to write one record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import cast

import typer

from llmpath.cli.options import Options
from llmpath.cli.output import Answer, answer, say, warn
from llmpath.cli.present import Present, find_present
from llmpath.core.curriculum import Curriculum, shown_id
from llmpath.core.paths import lost_goals, lost_tracks
from llmpath.core.plan import Plan
from llmpath.core.scheduling import repair
from llmpath.core.situation import Situation, make_situation
from llmpath.core.text import TITLE_LIMIT, clean
from llmpath.errors import LlmpathError, fault_line
from llmpath.named_tuple import NamedTuple
from llmpath.storage.curriculum_copies import read_library
from llmpath.storage.device import Device, machine_id, read_device
from llmpath.storage.journal import Journal, JournalFiles, read_files
from llmpath.storage.kept_fold import KeptFold, fold_files
from llmpath.storage.paths import Places, find_places
from llmpath.storage.settings import Looks, read_looks


class Workspace(NamedTuple):
    """Everything that a command reads.

    Attributes:
        source: The curriculum as it was read, whatever is started.
    """

    options: Options
    places: Places
    present: Present
    device: Device | None
    looks: Looks
    files: JournalFiles
    source: Curriculum
    situation: Situation

    @property
    def curriculum(self) -> Curriculum:
        """The curriculum as the active tracks have it."""
        return self.situation.curriculum

    @property
    def today(self) -> date:
        """The present study day."""
        return self.situation.today

    @property
    def journal(self) -> Journal:
        """All records, which most questions do not need once they are folded."""
        return self.files.journal

    def plan(self) -> Plan:
        """The plan that holds, as it stands today."""
        return repair(self.situation)

    def answer(self, what: Answer) -> None:
        """Write an answer to stdout."""
        answer(self.options, self.looks, what)


def options_of(context: typer.Context) -> Options:
    """The options of the run."""
    return cast("Options", context.find_root().obj)


def load(options: Options) -> Workspace:
    """Read all that a command works on, and warn of what is damaged."""
    present = find_present(options.today)
    places = find_places(options.home, machine_id())
    device = read_device(places)
    looks, faults = read_looks(places.config_file)
    for fault in faults:
        shown = fault_line(fault._replace(remedy="the default applies"))
        warn(options, f"{shown}")
    files = read_files(places, device)
    progress, *_ = kept = fold_files(places.state, files)
    warn_of_damage(options, files, kept)
    curriculum, absent = read_library(places, progress)
    warn_of_absent(options, absent)
    today = present.study_day(progress.settings.day_ends)
    if present.is_given:
        say(options, f"note: the present is given: {present.now.isoformat()}")
    if options.verbose:
        say(options, f"journal: {places.journal}")
    situation = make_situation(curriculum, progress, today)
    warn_of_lost_tracks(options, situation)
    return Workspace(
        options, places, present, device, looks, files, curriculum, situation
    )


def warn_of_damage(options: Options, files: JournalFiles, kept: KeptFold) -> None:
    """Say on stderr what of the journal could not be read."""
    for text in files.missing:
        warn(options, f"{text}")
    if kept.damaged:
        lines = (
            "1 damaged line" if kept.damaged == 1 else f"{kept.damaged} damaged lines"
        )
        warn(options, f"{lines} in the journal; see: llmpath doctor")
    elif kept.gaps and not files.missing:
        what = "1 record is" if kept.gaps == 1 else f"{kept.gaps} records are"
        warn(options, f"{what} missing from the journal; see: llmpath doctor")
    if kept.unknown_events:
        count = kept.unknown_events
        what = "1 event" if count == 1 else f"{count} events"
        warn(options, f"{what} of a newer version kept but not shown")


def warn_of_lost_tracks(options: Options, situation: Situation) -> None:
    """Say on stderr that an active track or goal is in no curriculum any more."""
    started = situation.progress.started
    tracks = started.tracks if started else ()
    for track in lost_tracks(situation.curriculum, tracks):
        what = f"no curriculum has the track '{shown_id(track)}' any more"
        warn(options, f"{what}; it is left out: llmpath tracks shows the others")
    for goal in lost_goals(situation.curriculum, tracks):
        what = f"no curriculum has '{shown_id(goal)}' any more"
        warn(options, f"{what}; the path to it is left out: llmpath start --to ID")


def warn_of_absent(options: Options, absent: Iterable[str]) -> None:
    """Say on stderr which curricula of the journal are not here."""
    for name in absent:
        what = f"the curriculum {clean(name, TITLE_LIMIT)} is not here or is damaged"
        warn(options, f"{what}; see: llmpath curriculum list")


def require_started(workspace: Workspace) -> None:
    """Refuse where no track is active.

    Raises:
        LlmpathError: No track was started, study was stopped, or the journal is gone.
    """
    if not workspace.situation.route.tracks:
        require_journal(workspace)
        if workspace.journal.damaged:
            raise LlmpathError(
                "no track is started, by what can be read of the journal",
                detail=("a damaged line may have started one",),
                remedy="llmpath doctor",
            )
        raise LlmpathError(
            "no track is started",
            detail=("llmpath tracks lists them",),
            remedy="llmpath start --track short",
        )


def require_journal(
    workspace: Workspace,
    remedy: str = "llmpath doctor --repair, put the files back, or import a backup",
) -> None:
    """Refuse to take a journal that has gone for that of a new user.

    Raises:
        LlmpathError: Files are missing that should be there.
    """
    if not workspace.files.missing:
        return
    if any(workspace.files.contents.values()):
        raise LlmpathError(
            "records that were here are gone, and with them what was started",
            detail=(str(workspace.places.journal),),
            remedy="llmpath doctor --repair",
        )
    raise LlmpathError(
        "the journal is not there",
        detail=(str(workspace.places.journal),),
        remedy=remedy,
    )


def require_id(options: Options, command: str) -> None:
    """Refuse to guess a lesson where nobody can see which one it is.

    Raises:
        UsageError: Not on a terminal.
    """
    if not options.on_terminal:
        from llmpath.errors import UsageError  # noqa: PLC0415 - only for the error

        raise UsageError(
            "an id is needed when not on a terminal",
            remedy=f"llmpath {command} ID; llmpath next shows the ids",
        )
