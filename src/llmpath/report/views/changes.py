"""What commands answer that write, and the journal as a list."""

from __future__ import annotations

from datetime import datetime

from llmpath.core.agenda import Agenda
from llmpath.core.counting import Tally
from llmpath.core.curriculum import Lesson, Module
from llmpath.core.progress import Note
from llmpath.core.undoing import HistoryEntry, StillDone
from llmpath.named_tuple import NamedTuple


class ChangeView(NamedTuple):
    """`done`, `skip`, `include`, `later`, `reopen`, `log`, `note`: what was written.

    Attributes:
        command: The command's name.
        said: What happened, a sentence each, the most important first.
        questions: Outcomes of modules just completed, to answer without looking.
        following: What `next` shows first now, after `done`.
        moved: How many lessons begin on another day; None where no plan was adjusted.
    """

    command: str
    event: str | None
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    tally: Tally
    said: tuple[str, ...]
    questions: tuple[tuple[Module, tuple[str, ...]], ...]
    following: Agenda | None
    moved: int | None = None


class NotesView(NamedTuple):
    """`note` without text: the notes on a module or lesson."""

    id: str
    title: str
    notes: tuple[Note, ...]
    tally: Tally


class UndoView(NamedTuple):
    """`undo` and `redo`: what was taken back or restored.

    Attributes:
        command: The name of this command.
        of: The command line of the record that it is about.
        still_done: What keeps lessons of that record done.
    """

    command: str
    event: str | None
    voided: str
    of: str
    tally: Tally
    is_dry_run: bool
    still_done: tuple[StillDone, ...] = ()


class HistoryView(NamedTuple):
    """`history`: what was written, newest first."""

    entries: tuple[HistoryEntry, ...]
    total: int


class TimerView(NamedTuple):
    """`timer`: the running timer, or what stopping it logged."""

    action: str
    lesson: Lesson | None
    since: datetime | None
    minutes: int | None
    event: str | None
    said: tuple[str, ...]


class OpenView(NamedTuple):
    """`open`: the link, and whether a browser took it; None before it was asked to."""

    lesson: str
    url: str
    is_opened: bool | None
