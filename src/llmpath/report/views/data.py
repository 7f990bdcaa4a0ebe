"""What the commands on files and settings answer."""

from __future__ import annotations

from llmpath.errors import Fault
from llmpath.named_tuple import NamedTuple


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
    """A damaged line, or file.

    Attributes:
        line: 0 where the whole file is meant; `byte` is what is left of it then.
        whole: Nothing that was confirmed is lost by it.
        accepted: The learner took what it costs for lost.
    """

    file: str
    line: int
    byte: int
    reason: str
    whole: bool = False
    accepted: bool = False


class DoctorView(NamedTuple):
    """`doctor`: versions, places, checks, damage.

    Attributes:
        said: What a repair did.
        restored: Records that it wrote into the journal; None without a repair.
        copied: Records that it copied into the archive; None without a repair.
        advice: What to do about a loss; None where there is nothing to be done.
    """

    version: str
    paths: tuple[tuple[str, str], ...]
    checks: tuple[Check, ...]
    damaged: tuple[DamageView, ...]
    said: tuple[str, ...] = ()
    restored: int | None = None
    copied: int | None = None
    advice: str | None = None

    @property
    def is_ok(self) -> bool:
        """Whether every check passed, and no damage costs what was not accepted."""
        is_settled = all(each.whole or each.accepted for each in self.damaged)
        return is_settled and all(check.is_ok for check in self.checks)


class ExportView(NamedTuple):
    """`export`: the file written; None when it went to stdout.

    Attributes:
        added: Events that the calendar did not have before; None, as the next two,
            for other formats.
        changed: Events of the calendar that are no longer as they were.
        cancelled: Events of the calendar that are off.
    """

    file: str | None
    format: str
    items: int
    added: int | None = None
    changed: int | None = None
    cancelled: int | None = None


class ImportView(NamedTuple):
    """`import`: what was taken."""

    command: str
    curriculum: str | None
    is_applied: bool
    lessons: int
    said: tuple[str, ...]
    changes: tuple[str, ...]


class CheckedFile(NamedTuple):
    """A curriculum's file without faults, and how much there is in it."""

    file: str
    curriculum: str
    title: str
    edition: str
    tracks: int
    modules: int
    lessons: int


class CheckView(NamedTuple):
    """`curriculum check`: the files that are in order, and what is said of all."""

    files: tuple[CheckedFile, ...]
    faults: tuple[Fault, ...]
    advice: tuple[Fault, ...]
