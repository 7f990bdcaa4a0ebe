"""Writing: the workspace under the journal's lock, and one record for a command."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from llmpath.cli.options import Options
from llmpath.cli.output import warn
from llmpath.cli.workspace import Workspace, load
from llmpath.core.availability import monday_of
from llmpath.core.events import NOTHING_STATED, Event, Record, Stated, next_lamport
from llmpath.core.folding import fold
from llmpath.core.progress import Progress
from llmpath.core.situation import Situation, make_situation
from llmpath.core.text import clean
from llmpath.named_tuple import NamedTuple
from llmpath.storage.curriculum_copies import read_library
from llmpath.storage.device import machine_id
from llmpath.storage.journal_writing import JournalWriter, write_journal
from llmpath.storage.kept_fold import keep_fold_after
from llmpath.storage.paths import find_places

LONGEST_COMMAND = 300


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
        return situation_after(self.workspace, *events, day=day)

    def save(self, *events: Event, day: date | None = None) -> Saved:
        """Append one record; it is on stable storage when this returns.

        Args:
            day: The study day that it counts for; today if not given.
        """
        workspace = self.workspace
        records = workspace.journal.records
        monday = monday_of(workspace.today)
        opens_week = not any(
            each.stated is not None and monday_of(each.stated.day or each.day) == monday
            for each in records
        )
        self._warn_of_clock()
        record = self._writer.append(
            at=workspace.present.now.isoformat(timespec="milliseconds"),
            day=day or workspace.today,
            command=command_text(workspace.options),
            events=events,
            journal=workspace.journal,
            given_today=workspace.present.is_given,
            stated=self._forecast(*events, day=day) if opens_week else None,
        )
        progress = fold((*records, record))
        keep_fold_after(
            workspace.places.state, workspace.files, self._writer.written, progress
        )
        return Saved(record.id, situation_with(workspace, progress))

    def _warn_of_clock(self) -> None:
        """Say that the clock was set back since the last record, or was ahead."""
        from llmpath.core.clock_jumps import (  # noqa: PLC0415 - only to write
            find_ahead,
            last_of,
            set_back,
        )

        workspace, device = self.workspace, self._writer.device
        if workspace.present.is_given:
            return
        records = workspace.journal.records
        last = None if device is None else last_of(records, device.id)
        now = workspace.present.now.isoformat()
        if last is not None and set_back(last.at, now):
            what = f"the last record here is of {last.at}, which is still to come"
            warn(workspace.options, f"{what}; is the clock right?")
        ahead = [each.day for each in find_ahead(records, workspace.today)]
        if ahead:
            what = f"records lie ahead of today, the last on {max(ahead)}"
            warn(workspace.options, f"{what}; is the clock right?")

    def _forecast(self, *events: Event, day: date | None) -> Stated:
        """The forecast that is shown after these events."""
        from llmpath.core.outlook import make_forecast  # noqa: PLC0415 - once a week

        after = self.after(*events, day=day)
        if not after.route.tracks:
            return NOTHING_STATED
        return make_forecast(after).shown.stated._replace(day=after.today)

    @property
    def writer(self) -> JournalWriter:
        """The open journal."""
        return self._writer


@contextmanager
def writing(options: Options) -> Iterator[Session]:
    """Hold the journal's lock over read, decide, append and confirm.

    Raises:
        NotSavedError: Another process holds the lock, or the home cannot be written.
    """
    places = find_places(options.home, machine_id())
    with write_journal(places, ends_process=options.ends_process) as writer:
        try:
            yield Session(load(options), writer)
        finally:
            for text in writer.warnings:
                warn(options, text)


def situation_after(
    workspace: Workspace, *events: Event, day: date | None = None
) -> Situation:
    """The situation as it would be with these events written; nothing is."""
    return situation_of(workspace, records_after(workspace, *events, day=day))


def records_after(
    workspace: Workspace, *events: Event, day: date | None = None
) -> tuple[Record, ...]:
    """The journal's records with one of these events."""
    records = workspace.journal.records
    record = Record(
        id="",
        device="",
        n=1,
        lamport=next_lamport(records),
        at="",
        day=day or workspace.today,
        command="",
        events=events,
    )
    return (*records, record)


def situation_of(workspace: Workspace, records: tuple[Record, ...]) -> Situation:
    """Fold records into the situation of the same study day."""
    return situation_with(workspace, fold(records))


def situation_with(workspace: Workspace, progress: Progress) -> Situation:
    """The situation of the same study day with other progress.

    The curricula are read anew where that puts other links or other copies in force.
    """
    before = workspace.situation.progress
    after = make_situation(workspace.source, progress, workspace.today)
    said = after.progress
    if (said.links, said.curricula) == (before.links, before.curricula):
        return after
    source = read_library(workspace.places, progress).curriculum
    return make_situation(source, progress, workspace.today)


def command_text(options: Options) -> str:
    """The command line as the journal keeps it."""
    return clean(shlex.join(options.command_line), LONGEST_COMMAND)
