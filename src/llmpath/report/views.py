"""What a command answers: values that every form of output is made from.

Each view has a JSON document, sentences for screen readers and, where it is more than
a few lines, a drawing for the terminal.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from llmpath.core.agenda import Agenda, Return
from llmpath.core.availability import WeekMinutes
from llmpath.core.calendar import CalendarWeek
from llmpath.core.counting import Tally
from llmpath.core.curriculum import Lesson, Module, Track
from llmpath.core.lookup import Hit
from llmpath.core.plan import Plan
from llmpath.core.progress import Note
from llmpath.core.summary import StatusSummary, TrackSummary
from llmpath.core.undoing import HistoryEntry


class Dates(NamedTuple):
    """The end of the plan before and after a change; None where it has no end."""

    before: date | None
    after: date | None


class NextView(NamedTuple):
    """`next`: what to study now.

    Attributes:
        returning: What to show first after time away.
    """

    agenda: Agenda
    returning: Return | None


class TodayView(NamedTuple):
    """Bare `llmpath`: today, and how the week and the plan stand."""

    agenda: Agenda
    returning: Return | None
    status: StatusSummary


class StatusView(NamedTuple):
    """`status`: progress by phase and module, this week, ahead or behind."""

    summary: StatusSummary
    returning: Return | None
    curriculum: str
    edition: str
    started: date | None


class PlanView(NamedTuple):
    """`plan`: the calendar.

    Attributes:
        plan: The plan that holds, whole.
        weeks: The weeks to show; `hidden_weeks` more follow.
        lessons: Titles and modules of the planned lessons, by id.
    """

    today: date
    plan: Plan
    weeks: tuple[CalendarWeek, ...]
    all_weeks: tuple[CalendarWeek, ...]
    lessons: dict[str, tuple[Lesson, Module]]
    target: date | None
    curriculum: str
    edition: str
    started: date | None

    @property
    def hidden_weeks(self) -> int:
        """How many weeks of the plan are not shown."""
        return len(self.all_weeks) - len(self.weeks)


class TracksView(NamedTuple):
    """`tracks`: what one can start."""

    tracks: tuple[TrackSummary, ...]


class ListedModule(NamedTuple):
    """A module with its lessons' statuses; `phase` is empty outside a track."""

    module: Module
    phase: str
    phase_title: str
    optional: bool
    status: str
    tally: Tally
    lessons: tuple[tuple[Lesson, str], ...]


class ListView(NamedTuple):
    """`list`: modules and lessons of a track, or of all of the curriculum."""

    track: Track | None
    status: str | None
    modules: tuple[ListedModule, ...]


class PrerequisiteView(NamedTuple):
    """A prerequisite, why it is one, and whether it is met."""

    module: str
    title: str
    reason: str
    is_met: bool


class ShowView(NamedTuple):
    """`show`: everything about a module, or about one lesson of it.

    Attributes:
        lesson: The lesson that was asked for; None if the module was.
        lessons: The lessons to list with their statuses.
        logged: Minutes logged on it.
        planned: Day of its first block.
    """

    module: Module
    lesson: Lesson | None
    status: str
    lessons: tuple[tuple[Lesson, str], ...]
    prerequisites: tuple[PrerequisiteView, ...]
    unlocks: tuple[Module, ...]
    notes: tuple[Note, ...]
    logged: int
    planned: date | None
    tracks: tuple[Track, ...]


class ShowTrackView(NamedTuple):
    """`show` of a track."""

    summary: TrackSummary
    modules: tuple[ListedModule, ...]


class SearchView(NamedTuple):
    """`search`: where words were found."""

    words: str
    hits: tuple[Hit, ...]


class HistoryView(NamedTuple):
    """`history`: what was written, newest first."""

    entries: tuple[HistoryEntry, ...]
    total: int


class StartView(NamedTuple):
    """`start`: the tracks begun and the plan.

    Attributes:
        said: What this start kept or changed, a sentence each.
        notes: What the required modules' notes warn of, with the module.
        assumes: What these modules expect and no module teaches.
        event: Id of the record; None if nothing changed.
    """

    tracks: tuple[TrackSummary, ...]
    start: date
    week: WeekMinutes
    finish: date | None
    target: date | None
    left_over: int
    slack: int | None
    said: tuple[str, ...]
    notes: tuple[tuple[Module, str], ...]
    assumes: tuple[str, ...]
    agenda: Agenda | None
    event: str | None


class ChangeView(NamedTuple):
    """`done`, `skip`, `include`, `later`, `reopen`, `log`, `note`: what was written.

    Attributes:
        command: The command's name.
        said: What happened, a sentence each, the most important first.
        questions: Outcomes of modules just completed, to answer without looking.
        following: What `next` shows first now, after `done`.
    """

    command: str
    event: str | None
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    tally: Tally
    said: tuple[str, ...]
    questions: tuple[tuple[Module, tuple[str, ...]], ...]
    following: Agenda | None


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
    """

    command: str
    event: str | None
    voided: str
    of: str
    tally: Tally
    is_dry_run: bool


class HoursView(NamedTuple):
    """`hours`, `off`: availability, and what a change did to the plan.

    Attributes:
        command: `hours`, `off-add`, `off-list` or `off-remove`.
        days: Dated exceptions from today on.
        open_from: First day of an open break.
        dates: The plan's end before and after.
        moved: How many lessons begin on another day than before.
        said: What happened, a sentence each; empty where nothing changed.
    """

    command: str
    today: date
    week: WeekMinutes
    days: tuple[tuple[date, int], ...]
    open_from: date | None
    dates: Dates
    moved: int
    said: tuple[str, ...]
    event: str | None


class TargetView(NamedTuple):
    """`target`: fits or not.

    Attributes:
        finish: Day on which the plan ends.
        slack: Days between the plan's end and the target; negative if later.
        left_over: Minutes that full attendance until the target leaves undone.
        needed: Weekly minutes needed at full attendance; None without study days.
        weekly: Weekly minutes declared.
    """

    today: date
    target: date | None
    finish: date | None
    slack: int | None
    left_over: int
    needed: int | None
    weekly: int
    said: tuple[str, ...]
    event: str | None


class TimerView(NamedTuple):
    """`timer`: the running timer, or what stopping it logged."""

    action: str
    lesson: Lesson | None
    since: datetime | None
    minutes: int | None
    event: str | None
    said: tuple[str, ...]


class OpenView(NamedTuple):
    """`open`: the link, and whether a browser took it."""

    lesson: str
    url: str
    is_opened: bool


class Setting(NamedTuple):
    """One setting with where its value comes from."""

    key: str
    value: str
    origin: str
    help: str


class ConfigView(NamedTuple):
    """`config`: settings."""

    settings: tuple[Setting, ...]
    said: tuple[str, ...]


class Check(NamedTuple):
    """One thing that `doctor` looked at."""

    name: str
    is_ok: bool
    detail: str


class DamageView(NamedTuple):
    """A damaged line; `line` and `byte` are 0 where a whole file is meant."""

    file: str
    line: int
    byte: int
    reason: str


class DoctorView(NamedTuple):
    """`doctor`: versions, places, checks, damage."""

    version: str
    paths: tuple[tuple[str, str], ...]
    checks: tuple[Check, ...]
    damaged: tuple[DamageView, ...]

    @property
    def is_ok(self) -> bool:
        """Whether every check passed and nothing is damaged."""
        return not self.damaged and all(check.is_ok for check in self.checks)


class ExportView(NamedTuple):
    """`export`: the file written; None when it went to stdout."""

    file: str | None
    format: str
    items: int


class ImportView(NamedTuple):
    """`import`, `curriculum check`: what was taken or found fault with."""

    command: str
    curriculum: str | None
    is_applied: bool
    lessons: int
    said: tuple[str, ...]
    changes: tuple[str, ...]
