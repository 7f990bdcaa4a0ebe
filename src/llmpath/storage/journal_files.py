"""The journal's files, one by one: which there are, and the records in their lines."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import accumulate
from operator import itemgetter
from pathlib import Path

from llmpath.core.events import Record
from llmpath.errors import LlmpathError
from llmpath.named_tuple import NamedTuple
from llmpath.storage.durable import PLAIN_FILE, reason_of
from llmpath.storage.records import decode_records, salvage

_ENDING = ".jsonl"
_CLOUD_ENDING = ".jsonl.icloud"


def list_files(folder: Path) -> tuple[list[Path], list[str]]:
    """List the journal's files, whatever their names, and those not downloaded.

    Copies that a sync tool made of a conflict count. Hidden files and those that begin
    with `~` are a tool's temporary ones.

    Raises:
        LlmpathError: The folder is there but cannot be read.
    """
    try:
        names = _list_names(folder)
    except FileNotFoundError:
        return [], []
    except OSError as error:
        message = f"cannot read the journal: {reason_of(error)}"
        raise LlmpathError(message, detail=(str(folder),)) from error
    files = [
        folder / name
        for name in names
        if name.endswith(_ENDING) and not name.startswith((".", "~"))
    ]
    absent = [
        name[1 : -len(".icloud")]
        for name in names
        if name.startswith(".") and name.endswith(_CLOUD_ENDING)
    ]
    return files, absent


def _list_names(folder: Path) -> list[str]:
    """List a folder, again where a signal broke it off: Python does so for files only.

    Raises:
        OSError: The folder cannot be read.
    """
    while True:
        with suppress(InterruptedError):
            return sorted(os.listdir(folder))  # noqa: PTH208  # names, not paths


def read_regular(path: Path) -> bytes:
    """Read a whole file, following no link and waiting for no pipe.

    Raises:
        OSError: The system refused, or it is no regular file.
    """
    descriptor = os.open(path, os.O_RDONLY | PLAIN_FILE)
    with open(descriptor, "rb", buffering=0) as file:  # noqa: PTH123  # a descriptor
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(0, "not a regular file")
        return file.read()


def tell_missing(
    paths: Iterable[Path],
    absent: Iterable[str],
    device: str | None,
    records: Iterable[Record],
) -> tuple[str, ...]:
    """Say which files should be there and are not, a sentence each.

    Args:
        absent: Names of the files that are not downloaded.
        device: Id of a device that has written here.
        records: All that were read, from files of any name.
    """
    told = [f"{name} is not downloaded from iCloud yet" for name in absent]
    if not (
        device is None
        or any(_is_own(path, device) for path in paths)
        or any(record.device == device for record in records)
    ):
        told.append(f"the records that this device wrote as {device} are not there")
    return tuple(told)


def _is_own(path: Path, device: str) -> bool:
    """Whether a file holds something that the device wrote."""
    if not path.name.startswith(f"{device}."):
        return False
    with suppress(OSError):
        return path.stat().st_size > 0
    return False


class FileRecords(NamedTuple):
    """The records of one file, each with its line and the number of that line.

    Attributes:
        faults: Number of each damaged line, counted from 1, and the reason.
        newer: Ids of the records of a newer format.
    """

    records: Sequence[Record]
    lines: Sequence[bytes]
    numbers: Sequence[int]
    faults: Sequence[tuple[int, str]]
    newer: set[str]


def parse_file(data: bytes) -> FileRecords:
    """Read all records of a file, those inside damaged lines among them."""
    lines: Sequence[bytes] = _split_lines(data)
    numbers: Sequence[int] = range(1, len(lines) + 1)
    if not all(map(bytes.strip, lines)):
        numbers = [number for number in numbers if lines[number - 1].strip()]
        lines = [lines[number - 1] for number in numbers]
    records, faults, newer = decode_records(lines)
    if not faults:
        return FileRecords(records, lines, numbers, (), newer)
    bad = dict(faults)
    good = [index for index in range(len(lines)) if index not in bad]
    found = [
        (numbers[index], lines[index], record)
        for index, record in zip(good, records, strict=True)
    ]
    for index in bad:
        for piece in salvage(lines[index]):
            rescued, _, also_newer = decode_records([piece])
            found.extend((numbers[index], piece, record) for record in rescued)
            newer |= also_newer
    found.sort(key=itemgetter(0))
    return FileRecords(
        [record for _, _, record in found],
        [line for _, line, _ in found],
        [number for number, _, _ in found],
        [(numbers[index], reason) for index, reason in faults],
        newer,
    )


def line_starts(data: bytes) -> list[int]:
    """Find the offset in bytes at which each line begins."""
    lengths = (len(line) + 1 for line in data.split(b"\n"))
    return list(accumulate(lengths, initial=0))


def _split_lines(data: bytes) -> list[bytes]:
    """Split at line feeds; a carriage return before one is not part of the line."""
    lines = data.split(b"\n")
    if b"\r" in data:
        lines = [line.removesuffix(b"\r") for line in lines]
    if not lines[-1]:
        lines.pop()
    return lines
