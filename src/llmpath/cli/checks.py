"""What `doctor` looks at: one function a check, none of which writes."""

from __future__ import annotations

import os
import platform
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from shutil import get_terminal_size

from llmpath.cli.options import Options, is_accessible, is_terminal
from llmpath.cli.output import has_color, has_unicode, stdout_encoding
from llmpath.core.curriculum import Curriculum, shown_id
from llmpath.core.events import Record
from llmpath.core.progress import Progress
from llmpath.core.when import shown_minutes
from llmpath.errors import Fault, LlmpathError, RefusedInputError, fault_line
from llmpath.named_tuple import NamedTuple
from llmpath.report.phrases import counted
from llmpath.report.views.data import Check
from llmpath.storage.curricula import bundled_curriculum_path, read_curriculum
from llmpath.storage.device import Device
from llmpath.storage.journal import Journal, JournalFiles
from llmpath.storage.kept_fold import fold_path, key_of, read_fold
from llmpath.storage.paths import Places
from llmpath.storage.settings import Looks
from llmpath.storage.timer import elapsed_minutes, read_timer

ADVICE, FAULTY, DAMAGED = 0, 5, 6


class Found(NamedTuple):
    """A check, and the exit code where it failed.

    Attributes:
        code: `ADVICE` where nothing is broken, `FAULTY`, or `DAMAGED`.
    """

    check: Check
    code: int = 0


def passed(name: str, detail: str) -> Found:
    """A check that found nothing wrong."""
    return Found(Check(name, is_ok=True, detail=detail))


def failed(name: str, detail: str, code: int) -> Found:
    """A check that found something."""
    return Found(Check(name, is_ok=False, detail=detail), code)


def check_python() -> Found:
    """The interpreter."""
    version = f"{platform.python_implementation()} {platform.python_version()}"
    return passed("python", f"{version}, {sys.executable}")


def check_platform() -> Found:
    """The system."""
    return passed("platform", platform.platform())


def check_folder(name: str, folder: Path) -> Found:
    """A folder can be read and written, or can be made."""
    if not is_there(folder):
        parent = next(each for each in folder.parents if is_there(each))
        if os.access(parent, os.W_OK | os.X_OK):
            return passed(name, "not there yet")
        return failed(name, f"cannot be made: no right to write in {parent}", DAMAGED)
    if not folder.is_dir():
        return failed(name, f"{folder} is no folder", DAMAGED)
    if not os.access(folder, os.R_OK | os.X_OK):
        return failed(name, f"no right to read {folder}", DAMAGED)
    if not os.access(folder, os.W_OK):
        return failed(name, f"no right to write in {folder}", DAMAGED)
    return passed(name, "can be read and written")


def is_there(path: Path) -> bool:
    """Tell whether there is something; a name too long for the system names nothing."""
    return os.path.exists(path)  # noqa: PTH110  # `Path.exists` raises for such a name


def check_modes(folders: Iterable[Path]) -> Found:
    """Nobody else can read the notes and the journal; Windows has no such modes."""
    if os.name == "nt":
        return passed("modes", "left to Windows")
    # A folder that only its owner enters protects what lies in it, whatever the
    # modes that git or a file syncer gave to the files.
    is_open = [str(each) for each in folders if is_there(each) and mode(each) & 0o077]
    if is_open:
        what = f"open to other users: chmod -R go-rwx {' '.join(is_open)}"
        return failed("modes", what, ADVICE)
    return passed("modes", "closed to other users")


def mode(path: Path) -> int:
    """The permission bits of a file."""
    return path.stat().st_mode & 0o777


def check_journal(journal: Journal, device: Device | None) -> Found:
    """Every line of every file is a record."""
    devices = len({each.device for each in journal.records})
    detail = (
        f"{counted(len(journal.records), 'record')} of {counted(devices, 'device')}"
    )
    if device is not None:
        detail += f"; this one is {device.id}"
    if journal.damaged:
        detail += f"; {counted(len(journal.damaged), 'damaged line')}, left in place"
        return failed("journal", detail, DAMAGED)
    return passed("journal", detail)


def check_missing(journal: Journal) -> Found:
    """No file is missing, and no number in what each device wrote."""
    missing = [*journal.missing, *gaps(journal.records)]
    if missing:
        return failed("missing", "; ".join(missing), DAMAGED)
    return passed("missing", "nothing")


def gaps(records: Iterable[Record]) -> list[str]:
    """How many records of each device are lost: each numbers its own from 1."""
    numbers: dict[str, set[int]] = defaultdict(set)
    for record in records:
        numbers[record.device].add(record.n)
    lost = {device: max(seen) - len(seen) for device, seen in sorted(numbers.items())}
    return [
        f"{counted(count, 'record')} of {device} not here"
        for device, count in lost.items()
        if count
    ]


def check_kept_fold(places: Places, files: JournalFiles, progress: Progress) -> Found:
    """What was kept of the journal says what the journal says."""
    kept = read_fold(places.state, key_of(files))
    if kept is None:
        return passed("fold", "none is kept of the journal as it is now")
    if kept.progress != progress:
        path = fold_path(places.state)
        return failed("fold", f"the kept one is wrong; remove {path}", DAMAGED)
    return passed("fold", "the kept one is that of the journal")


def check_newer(journal: Journal) -> Found:
    """Nothing was written by a newer version."""
    parts = []
    if journal.unknown_events:
        parts.append(counted(journal.unknown_events, "event"))
    if journal.newer_records:
        parts.append(counted(journal.newer_records, "record"))
    if parts:
        what = f"{' and '.join(parts)} of a newer version, kept; update llmpath"
        return failed("newer", what, ADVICE)
    return passed("newer", "everything here is known to this version")


def check_clock(records: Iterable[Record], today: date) -> Found:
    """No record lies more than a day ahead, but for those of `--today`."""
    limit = today + timedelta(days=1)
    ahead = [each.day for each in records if each.day > limit and not each.given_today]
    if ahead:
        what = (
            f"{counted(len(ahead), 'record')} after {limit}, the last on {max(ahead)}"
        )
        return failed("clock", f"{what}; is the clock right?", ADVICE)
    return passed("clock", f"today is {today}; no record lies ahead")


def check_settings(faults: Sequence[Fault]) -> Found:
    """The settings file can be used."""
    if faults:
        return failed("settings", "; ".join(map(fault_line, faults)), FAULTY)
    return passed("settings", "no faults")


def check_curriculum() -> tuple[Found, Curriculum | None]:
    """The curriculum can be read."""
    try:
        curriculum = read_curriculum(bundled_curriculum_path())
    except RefusedInputError as error:
        return failed("curriculum", "; ".join(error.detail), DAMAGED), None
    name, edition = shown_id(curriculum.id), curriculum.edition
    lessons = counted(len(curriculum.lessons), "lesson")
    return passed("curriculum", f"{name}, edition {edition}, {lessons}"), curriculum


def check_lessons(curriculum: Curriculum, progress: Progress) -> Found:
    """The curriculum has what the journal names."""
    named = {
        *progress.completions,
        *progress.skips,
        *progress.included,
        *progress.deferred,
        *progress.logged,
        *progress.notes,
    }
    strange = sorted(named - curriculum.lessons.keys() - curriculum.modules.keys())
    if strange:
        shown = ", ".join(map(shown_id, strange[:5]))
        more = f" and {len(strange) - 5} more" if len(strange) > 5 else ""
        return failed("lessons", f"not in the curriculum: {shown}{more}", ADVICE)
    return passed("lessons", "the curriculum has all that the journal names")


def check_timer(places: Places, now: datetime) -> Found:
    """The timer's file can be read, if there is one."""
    try:
        timer = read_timer(places.state / "timer.json")
    except LlmpathError as error:
        return failed("timer", f"{error.message}; try: {error.remedy}", DAMAGED)
    if timer is None:
        return passed("timer", "none runs")
    minutes = shown_minutes(elapsed_minutes(timer, now))
    return passed("timer", f"runs on {shown_id(timer.lesson)} since {minutes}")


def check_terminal(options: Options, looks: Looks) -> Found:
    """What the output goes to, and how it is written there."""
    facts = (
        "a terminal" if is_terminal(sys.stdout) else "no terminal",
        stdout_encoding() or "no encoding",
        f"{get_terminal_size().columns} columns",
        "colour" if has_color(options, looks) else "no colour",
        "unicode" if has_unicode(looks) else "ascii",
        "sentences" if is_accessible(looks) else "drawings on a terminal",
    )
    return passed("terminal", ", ".join(facts))
