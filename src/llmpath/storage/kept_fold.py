"""The last fold, kept in the state folder, so that old records are not parsed again.

It is found by what the journal's files hold: by a hash over the names and bytes of all
of them and over the program's modules that parse and fold. Whatever changes one of
these, a file synchronised, edited, restored or taken away, makes it another journal's
fold, which is passed over. No time stamp is trusted, and without the file, or with a
damaged one, the answer is the same (docs/decisions/0004-one-kept-fold.md).
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from zlib import crc32

try:  # what `hashlib` gives, without the 4 ms of importing it
    from _blake2 import blake2b
except ImportError:  # pragma: no cover - a Python built otherwise
    from hashlib import blake2b

from llmpath import __version__
from llmpath.core.folding import fold
from llmpath.core.progress import Progress
from llmpath.named_tuple import NamedTuple
from llmpath.storage.durable import CLOSED_ON_EXEC, PLAIN_FILE, write_all
from llmpath.storage.journal import JournalFiles
from llmpath.storage.journal_files import read_regular
from llmpath.storage.progress_values import decode_progress, encode_progress

LEAST_BYTES = 64 * 2**10
"""A smaller journal, some 240 records, is folded as quickly as a kept fold is read."""

DECIDING_MODULES = (
    "core/availability.py",
    "core/events.py",
    "core/folding.py",
    "core/plan_settings.py",
    "core/progress.py",
    "core/registers.py",
    "core/voiding.py",
    "storage/checked_values.py",
    "storage/damage.py",
    "storage/event_payloads.py",
    "storage/journal.py",
    "storage/journal_files.py",
    "storage/judging.py",
    "storage/kept_fold.py",
    "storage/progress_values.py",
    "storage/records.py",
)
"""The modules on which a fold depends; with another of them it is made anew."""

_UNREADABLE = (
    OSError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    RecursionError,
)
"""What comes of a file that holds something else than was written."""
_PACKAGE = Path(__file__).resolve().parents[1]


class KeptFold(NamedTuple):
    """A journal's fold, and what a command tells of its files.

    Attributes:
        damaged: Lines and files to warn of.
        gaps: Numbers that are missing between those of a device's records.
        unknown_events: Events of types that this version does not know.
    """

    progress: Progress
    damaged: int
    gaps: int
    unknown_events: int


def fold_path(state: Path) -> Path:
    """Where the fold is kept."""
    return state / "fold.json"


def fold_files(state: Path, files: JournalFiles) -> KeptFold:
    """The fold of the files: the kept one if it is theirs, else made and kept."""
    if not is_worth_keeping(files):
        return _fold(files)
    key = key_of(files)
    kept = read_fold(state, key)
    if kept is None:
        kept = _fold(files)
        keep_fold(state, key, kept)
    return kept


def keep_fold_after(
    state: Path, files: JournalFiles, written: Mapping[Path, bytes], progress: Progress
) -> None:
    """Keep the fold of files to which this run has appended.

    Where they hold more by now, such as the line feed that ends a torn line, it is the
    fold of files that do not exist, and the next run makes its own. So it does where
    something was lost, which the appended may have changed.
    """
    contents = dict(files.contents)
    for path, data in written.items():
        contents[path] = contents.get(path, b"") + data
    after = JournalFiles(contents, files.unreadable, files.missing, files.accepted)
    journal = files.journal
    is_sound = not journal.new_damage and not journal.gaps
    if is_sound and is_worth_keeping(after):
        kept = KeptFold(progress, 0, 0, journal.unknown_events)
        keep_fold(state, key_of(after), kept)


def is_worth_keeping(files: JournalFiles) -> bool:
    """Tell whether a kept fold is read more quickly than the files are folded."""
    return sum(map(len, files.contents.values())) >= LEAST_BYTES


def _fold(files: JournalFiles) -> KeptFold:
    journal = files.journal
    return KeptFold(
        fold(journal.records),
        journal.new_damage,
        journal.gaps,
        journal.unknown_events,
    )


def key_of(files: JournalFiles) -> str:
    """The name of the fold of these files, by this program."""
    told = blake2b(_program(), digest_size=16)
    for path, data in sorted(files.contents.items()):
        told.update(f"{path.name}\0{len(data)}\0".encode(errors="surrogateescape"))
        told.update(data)
    for damage in files.unreadable:
        told.update(f"{damage.file.name}\0\0".encode(errors="surrogateescape"))
    lines, numbers = files.accepted
    accepted = repr((sorted(lines), sorted(numbers.items())))
    told.update(accepted.encode(errors="surrogateescape"))
    return told.hexdigest()


def read_fold(state: Path, key: str) -> KeptFold | None:
    """Read the kept fold; None if it is another's, damaged or not there."""
    try:
        head, _, body = read_regular(fold_path(state)).partition(b"\n")
        if head != _head(key, body):
            return None
        progress, *counts = json.loads(body)
        return KeptFold(decode_progress(progress), *counts)
    except _UNREADABLE:
        return None


def keep_fold(state: Path, key: str, kept: KeptFold) -> None:
    """Keep a fold in place of the last one; where that cannot be, nothing happens.

    It is not flushed to the disk: half of it after a power cut is a damaged one.
    """
    values = [encode_progress(kept.progress), *kept[1:]]
    body = json.dumps(values, separators=(",", ":")).encode("ascii")
    with suppress(OSError):
        if not _is_own(state):
            return
        # One name for all: what two runs wrote at once is damaged, and passed over.
        temporary = state / ".fold.tmp"
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | PLAIN_FILE | CLOSED_ON_EXEC
        try:
            descriptor = os.open(temporary, flags, 0o600)
            try:
                write_all(descriptor, _head(key, body) + b"\n" + body)
            finally:
                os.close(descriptor)
            temporary.replace(fold_path(state))
        finally:
            temporary.unlink(missing_ok=True)


def _is_own(folder: Path) -> bool:
    """Whether a folder is there and the user's own: root leaves others' as they are."""
    return sys.platform == "win32" or folder.stat().st_uid == os.geteuid()


def _head(key: str, body: bytes) -> bytes:
    return b"%s %08x" % (key.encode("ascii"), crc32(body))


def _program() -> bytes:
    """Which program parses and folds: its place, and its modules' sizes and times."""
    told = [__version__, sys.implementation.cache_tag or "", str(_PACKAGE)]
    for name in DECIDING_MODULES:
        with suppress(OSError):  # inside an archive there are no files
            found = (_PACKAGE / name).stat()
            told.append(f"{found.st_size} {found.st_mtime_ns}")
    return "\n".join(told).encode(errors="surrogateescape")
