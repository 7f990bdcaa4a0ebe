"""The journal: what all devices wrote, read as one, and the next record to append.

Readers take no lock and write nothing. Nothing that lies on disk is ever rewritten:
damage is skipped, reported and left in its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from llmpath.core.events import Event, Record, UnknownEvent
from llmpath.errors import Fault, NotSavedError, RefusedInputError, UsageError
from llmpath.storage.appending import append_lines_to
from llmpath.storage.device import Device, forget_device, make_device, read_device
from llmpath.storage.files import reason_of
from llmpath.storage.interrupts import Interrupts
from llmpath.storage.journal_files import (
    FileRecords,
    line_starts,
    list_files,
    parse_file,
    read_regular,
    tell_missing,
)
from llmpath.storage.lock import hold_lock
from llmpath.storage.paths import Places, prepare_folder
from llmpath.storage.records import (
    UNSTATED,
    decode_records,
    encode_record,
    random_id,
)


class Damage(NamedTuple):
    """A line that is no record, or a file that cannot be read.

    Attributes:
        line: Counted from 1; 0 where the whole file is meant.
        byte: Offset of the line in the file.
        reason: Why, lowercase and short.
    """

    file: Path
    line: int
    byte: int
    reason: str


class Journal(NamedTuple):
    """Everything that was read.

    Attributes:
        records: Each id once, in the order read: files by name, lines from the top.
        unknown_events: Events of types that this version does not know.
        newer_records: Records of a newer format.
        missing: Sentences on files that should be there and are not.
    """

    records: tuple[Record, ...]
    damaged: tuple[Damage, ...]
    unknown_events: int
    newer_records: int
    missing: tuple[str, ...]


def read_journal(places: Places, device: Device | None) -> Journal:
    """Read what all devices wrote; a journal that is not there yet is empty.

    Args:
        device: This machine's identity, whose own file must be there.

    Raises:
        LlmpathError: The journal's folder cannot be read.
    """
    paths, absent = list_files(places.journal)
    known: dict[str, Record] = {}
    newer: set[str] = set()
    damaged: list[Damage] = []
    for path in paths:
        try:
            data = read_regular(path)
        except OSError as error:
            damaged.append(Damage(path, 0, 0, reason_of(error)))
            continue
        content = parse_file(data)
        newer |= content.newer
        faults = [*content.faults, *_add(known, content)]
        if faults:
            damaged.extend(_damages(path, data, faults))
    records = tuple(known.values())
    missing = tell_missing(paths, absent, None if device is None else device.id)
    return Journal(
        records, tuple(damaged), _count_unknown(records), len(newer), missing
    )


def read_lines(places: Places) -> Iterator[str]:
    """Read the lines of all records as they were written, each id once, for a backup.

    Files that cannot be read are left out; `read_journal` tells of them.

    Raises:
        LlmpathError: The journal's folder cannot be read.
    """
    seen: set[str] = set()
    for path in list_files(places.journal)[0]:
        with suppress(OSError):
            content = parse_file(read_regular(path))
            for record, line in zip(content.records, content.lines, strict=True):
                if record.id not in seen:
                    seen.add(record.id)
                    yield line.decode("ascii")


@contextmanager
def write_journal(places: Places, *, timeout: float = 10.0) -> Iterator[JournalWriter]:
    """Be the one writer of this machine while the block runs.

    Read, decide, append and print the confirmation inside the block: from the append
    on, interrupts are held back until it ends.

    Args:
        timeout: Seconds to wait for another writer.

    Raises:
        NotSavedError: The home cannot be written, or another llmpath is writing.
    """
    prepare_folder(places.state)
    with (
        Interrupts() as interrupts,
        hold_lock(places.state / "lock", timeout=timeout) as is_locked,
    ):
        yield JournalWriter(places, interrupts, is_locked=is_locked)


class JournalWriter:
    """Appends to the file of this device; made by `write_journal`.

    Attributes:
        device: This machine's identity; None until its first record.
    """

    def __init__(
        self, places: Places, interrupts: Interrupts, *, is_locked: bool
    ) -> None:
        self.device = read_device(places)
        self._places = places
        self._interrupts = interrupts
        self._is_locked = is_locked
        self._appended: list[Record] = []

    def append(  # noqa: PLR0913  # keywords, one for each part of a record
        self,
        *,
        at: str,
        day: date,
        command: str,
        events: tuple[Event, ...],
        journal: Journal,
        given_today: bool,
        stated: object = UNSTATED,
    ) -> Record:
        """Append one record and give it back; it is on stable storage then.

        Args:
            at: Local time with its offset, for display.
            day: The study day; its year names the file.
            journal: What was read inside this block; counters go on from there.
            stated: The forecast shown, as JSON values.

        Raises:
            NotSavedError: The system refused; nothing changed.
            UnconfirmedError: The record may be there or not; its id is named.
            UsageError: The record is too long or cannot be read again.
        """
        self._interrupts.hold()
        known = (*journal.records, *self._appended)
        with self._identity() as device:
            written = (each.n for each in known if each.device == device.id)
            record = Record(
                random_id(),
                device.id,
                1 + max(written, default=0),
                1 + max((each.lamport for each in known), default=0),
                at,
                day,
                command,
                events,
                given_today,
            )
            line = encode_record(record, stated=stated)
            self._save(device, day.year, line, f"record {record.id}")
        self._appended.append(record)
        return record

    def append_lines(self, lines: Sequence[str], *, source: str = "backup") -> None:
        """Append records of a backup byte for byte, all or none.

        Args:
            lines: Lines as `read_lines` gives them, without their ends.
            source: Name of the backup, for messages.

        Raises:
            RefusedInputError: Some are no whole records; nothing changed.
            NotSavedError: The system refused; nothing changed.
            UnconfirmedError: The records may be there or not.
        """
        records = _check_lines(lines, source)
        if not records:
            return
        self._interrupts.hold()
        year = max(record.day for record in records).year
        data = "".join(f"{line}\n" for line in lines).encode("ascii")
        with self._identity() as device:
            self._save(device, year, data, f"{len(lines)} records")

    @contextmanager
    def _identity(self) -> Iterator[Device]:
        """Give the identity, made for the first record and dropped if that fails."""
        device = self.device or make_device(self._places)
        try:
            yield device
        except (NotSavedError, UsageError):
            if self.device is None:
                forget_device(self._places)
            raise
        self.device = device

    def _save(self, device: Device, year: int, data: bytes, what: str) -> None:
        folder = self._places.journal
        prepare_folder(folder)
        path = folder / f"{device.id}.{year:04d}.jsonl"
        append_lines_to(path, data, is_locked=self._is_locked, what=what)


def _add(known: dict[str, Record], content: FileRecords) -> list[tuple[int, str]]:
    """Add records to those known; give the lines whose id is another record's."""
    return [
        (number, "another record has the same id")
        for number, record in zip(content.numbers, content.records, strict=True)
        if known.setdefault(record.id, record) is not record
        and known[record.id] != record
    ]


def _damages(
    path: Path, data: bytes, faults: Iterable[tuple[int, str]]
) -> Iterator[Damage]:
    starts = line_starts(data)
    for number, reason in sorted(faults):
        yield Damage(path, number, starts[number - 1], reason)


def _count_unknown(records: Iterable[Record]) -> int:
    events = chain.from_iterable(map(attrgetter("events"), records))
    return list(map(type, events)).count(UnknownEvent)


def _check_lines(lines: Sequence[str], source: str) -> list[Record]:
    """Decode a backup's lines.

    Raises:
        RefusedInputError: Some are no whole records.
    """
    encoded = [line.encode(errors="surrogatepass") for line in lines]
    records, faults, _ = decode_records(encoded)
    reasons = dict(faults)
    reasons |= {
        index: "not one line" for index, line in enumerate(encoded) if b"\n" in line
    }
    if reasons:
        remedy = "make the backup again"
        raise RefusedInputError(
            f"{source} holds lines that are no records",
            tuple(
                Fault(source, f"records[{index}]", None, reason, remedy)
                for index, reason in sorted(reasons.items())
            ),
        )
    return records
