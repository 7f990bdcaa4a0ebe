"""What a command works on: everything read once, and the way to write one record."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import NamedTuple, cast

import typer

from llmpath.cli.options import Options
from llmpath.cli.output import Answer, answer, say
from llmpath.cli.present import Present, find_present
from llmpath.core.availability import monday_of
from llmpath.core.curriculum import Curriculum
from llmpath.core.events import Event, Record
from llmpath.core.plan import Plan
from llmpath.core.progress import fold
from llmpath.core.scheduling import repair
from llmpath.core.situation import Situation, make_situation
from llmpath.errors import LlmpathError, fault_line
from llmpath.storage.curricula import bundled_curriculum_path, read_curriculum
from llmpath.storage.device import Device, machine_id, read_device
from llmpath.storage.journal import Journal, JournalWriter, read_journal, write_journal
from llmpath.storage.paths import Places, find_places
from llmpath.storage.settings import Looks, read_looks

LONGEST_COMMAND = 300


class Workspace(NamedTuple):
    """Everything that a command reads."""

    options: Options
    places: Places
    present: Present
    device: Device | None
    looks: Looks
    journal: Journal
    curriculum: Curriculum
    situation: Situation

    @property
    def today(self) -> date:
        """The present study day."""
        return self.situation.today

    def plan(self) -> Plan:
        """The plan that holds, as it stands today."""
        return repair(self.situation)

    def answer(self, what: Answer) -> None:
        """Write an answer to stdout."""
        answer(self.options, self.looks, what)


class Saved(NamedTuple):
    """A record on disk, and the situation that follows from it."""

    event: str
    situation: Situation


class Session:
    """A workspace under the journal's lock: read, decide, append, confirm."""

    def __init__(self, workspace: Workspace, writer: JournalWriter) -> None:
        self.workspace = workspace
        self._writer = writer

    def after(self, *events: Event, day: date | None = None) -> Situation:
        """The situation as it would be with these events written."""
        workspace = self.workspace
        records = workspace.journal.records
        record = Record(
            id="",
            device="",
            n=1,
            lamport=1 + max((each.lamport for each in records), default=0),
            at="",
            day=day or workspace.today,
            command="",
            events=events,
        )
        return situation_of(workspace, (*records, record))

    def save(self, *events: Event, day: date | None = None) -> Saved:
        """Append one record; it is on stable storage when this returns.

        Args:
            day: The study day that it counts for; today if not given.
        """
        workspace = self.workspace
        records = workspace.journal.records
        monday = monday_of(workspace.today)
        opens_week = not any(monday_of(each.day) == monday for each in records)
        record = self._writer.append(
            at=workspace.present.now.isoformat(timespec="milliseconds"),
            day=day or workspace.today,
            command=command_text(workspace.options),
            events=events,
            journal=workspace.journal,
            given_today=workspace.present.is_given,
            **({"stated": None} if opens_week else {}),
        )
        return Saved(record.id, situation_of(workspace, (*records, record)))

    @property
    def writer(self) -> JournalWriter:
        """The open journal."""
        return self._writer


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
        say(options, f"warning: {shown}")
    journal = read_journal(places, device)
    warn_of_damage(options, journal)
    curriculum = read_curriculum(bundled_curriculum_path())
    progress = fold(journal.records)
    today = present.study_day(progress.settings.day_ends)
    if present.is_given:
        say(options, f"note: the present is given: {present.now.isoformat()}")
    if options.verbose:
        say(options, f"journal: {places.journal}")
    situation = make_situation(curriculum, progress, today)
    return Workspace(
        options, places, present, device, looks, journal, curriculum, situation
    )


@contextmanager
def writing(options: Options) -> Iterator[Session]:
    """Hold the journal's lock over read, decide, append and confirm.

    Raises:
        NotSavedError: Another process holds the lock, or the home cannot be written.
    """
    places = find_places(options.home, machine_id())
    with write_journal(places) as writer:
        yield Session(load(options), writer)


def situation_of(workspace: Workspace, records: tuple[Record, ...]) -> Situation:
    """Fold records into the situation of the same study day."""
    return make_situation(workspace.curriculum, fold(records), workspace.today)


def warn_of_damage(options: Options, journal: Journal) -> None:
    """Say on stderr what of the journal could not be read."""
    for text in journal.missing:
        say(options, f"warning: {text}")
    if journal.damaged:
        count = len(journal.damaged)
        lines = "1 damaged line" if count == 1 else f"{count} damaged lines"
        say(options, f"warning: {lines} in the journal; see: llmpath doctor")
    if journal.unknown_events:
        count = journal.unknown_events
        what = "1 event" if count == 1 else f"{count} events"
        say(options, f"warning: {what} of a newer version kept but not shown")


def command_text(options: Options) -> str:
    """The command line as the journal keeps it."""
    return shlex.join(options.command_line)[:LONGEST_COMMAND]


def require_started(situation: Situation) -> None:
    """Refuse where no track is active.

    Raises:
        LlmpathError: No track was started, or study was stopped.
    """
    if not situation.route.tracks:
        raise LlmpathError(
            "no track is started",
            detail=("llmpath tracks lists them",),
            remedy="llmpath start --track short",
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


def ask(options: Options, question: str, *, option: str) -> bool:
    """Ask yes or no.

    Args:
        option: What to add to the command line where it cannot ask.

    Raises:
        UsageError: Nobody can be asked.
    """
    if options.yes:
        return True
    if not options.can_ask:
        from llmpath.errors import UsageError  # noqa: PLC0415 - only for the error

        raise UsageError(question.rstrip("?"), remedy=f"add {option}")
    sys.stderr.write(f"{question} [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in {"y", "yes"}
