"""What `doctor` looks at: one function a check, none of which writes."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from operator import attrgetter
from pathlib import Path
from shutil import get_terminal_size

from llmpath.cli.options import Options, is_accessible, is_terminal
from llmpath.cli.output import has_color, has_unicode, stdout_encoding
from llmpath.cli.present import Present
from llmpath.core.clock_jumps import find_ahead, find_set_back
from llmpath.core.curriculum import shown_id
from llmpath.core.events import Record
from llmpath.core.progress import Progress
from llmpath.core.when import shown_minutes
from llmpath.errors import Fault, LlmpathError, fault_line
from llmpath.named_tuple import NamedTuple
from llmpath.report.data import ACCEPTED, WHOLE
from llmpath.report.phrases import counted
from llmpath.report.views.data import Check
from llmpath.storage.damage import Damage
from llmpath.storage.device import Device
from llmpath.storage.durable import can_flush
from llmpath.storage.examination import IN_THE_WAY, Archive, Examination
from llmpath.storage.journal import Journal, JournalFiles
from llmpath.storage.kept_fold import fold_path, key_of, read_fold
from llmpath.storage.lock import can_lock
from llmpath.storage.losses import tell_losses
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
    """Every line of every file is a record, or nothing is lost by it."""
    devices = len({each.device for each in journal.records})
    detail = (
        f"{counted(len(journal.records), 'record')} of {counted(devices, 'device')}"
    )
    if device is not None:
        detail += f"; this one is {device.id}"
    if not journal.damaged:
        return passed("journal", detail)
    detail += f"; {counted(len(journal.damaged), 'damaged line')}, left in place"
    if journal.open_damage:
        return failed("journal", detail, DAMAGED)
    if all(each.is_whole for each in journal.damaged):
        return passed("journal", f"{detail}; {WHOLE}")
    return passed("journal", f"{detail}; what they held is {ACCEPTED}")


def check_missing(journal: Journal, examined: Examination) -> Found:
    """No file is missing, and no number in what each device wrote."""
    gaps = [
        f"{counted(count, 'record')} of {device} not here"
        for device, count in examined.gaps.items()
    ]
    missing = [
        *(tell_losses(examined.losses, to_doctor=True) or journal.missing),
        *gaps,
    ]
    if missing:
        code = ADVICE if examined.absent else DAMAGED
        return failed("missing", "; ".join(missing), code)
    return passed("missing", "nothing")


def check_archive(archive: Archive, file: Path, damage: Iterable[Damage]) -> Found:
    """The second copy can be read, and is complete."""
    if archive.fault is not None:
        return failed("archive", f"cannot be read: {archive.fault}", DAMAGED)
    detail = counted(archive.whole, "record")
    damaged = [each for each in damage if each.file == file]
    lost = [each for each in damaged if each.is_open]
    if lost:
        detail += f"; {counted(len(lost), 'damaged line')}"
        return failed("archive", detail, DAMAGED)
    if archive.lacking and damaged:
        detail += f"; {archive.lacking} more are in the journal alone"
        return failed("archive", f"{detail}: llmpath doctor --repair", ADVICE)
    if archive.lacking:
        detail += f"; {archive.lacking} more with the next record or a repair"
    return passed("archive", detail)


def check_state(name: str, file: Path, damaged: Iterable[Damage]) -> Found:
    """A file of this machine can be read; what it holds can be made anew."""
    for each in damaged:
        if each.file == file or each.file.stem.startswith(file.stem):
            remedy = "llmpath doctor --repair makes it new"
            if each.reason == IN_THE_WAY:
                remedy = "move it away"
            return failed(name, f"{each.reason}: {each.file}; {remedy}", DAMAGED)
    return passed(name, "in order" if file.exists() else "not there yet")


def check_flush(places: Places) -> Found:
    """The file systems put on the disk what they are told to."""
    files = [*places.journal.glob("*.jsonl"), places.archive]
    try:
        weak = [str(each) for each in files if each.is_file() and not can_flush(each)]
    except OSError as error:
        return failed("flush", f"the disk reported an error: {error}", DAMAGED)
    if weak:
        what = "a power cut may lose the last records: no flush for"
        return failed("flush", f"{what} {', '.join(weak)}", ADVICE)
    return passed("flush", "the disk takes it")


def check_locks(places: Places) -> Found:
    """Two commands that write at once wait for each other."""
    if can_lock(places.state / "lock"):
        return passed("locks", "one command writes at a time")
    what = "the file system has no locks; let one command write at a time"
    return failed("locks", what, ADVICE)


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


def check_clock(records: Collection[Record], today: date) -> Found:
    """No record lies more than a day ahead; how often the clock was set back."""
    back = find_set_back(records)
    told = ""
    if back:
        last = max(back, key=attrgetter("lamport"))
        told = f"; set back {counted(len(back), 'time')}, last before {last.at}"
    ahead = [each.day for each in find_ahead(records, today)]
    if ahead:
        what = f"{counted(len(ahead), 'record')} after tomorrow, the last on"
        return failed(
            "clock", f"{what} {max(ahead)}; is the clock right?{told}", ADVICE
        )
    return passed("clock", f"today is {today}; no record lies ahead{told}")


def check_settings(faults: Sequence[Fault]) -> Found:
    """The settings file can be used."""
    if faults:
        return failed("settings", "; ".join(map(fault_line, faults)), FAULTY)
    return passed("settings", "no faults")


def check_timer(places: Places, present: Present) -> tuple[Found, tuple[Damage, ...]]:
    """The timer's file can be read, if there is one."""
    file = places.state / "timer.json"
    try:
        timer = read_timer(file)
    except LlmpathError as error:
        found = failed("timer", f"{error.message}; try: {error.remedy}", DAMAGED)
        reason = error.message.rpartition(": ")[2]
        return found, (Damage(file, 0, 0, reason),)
    if timer is None:
        return passed("timer", "none runs"), ()
    minutes = shown_minutes(elapsed_minutes(timer, present.now, present.uptime()))
    return passed("timer", f"runs on {shown_id(timer.lesson)} since {minutes}"), ()


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
