"""Writing the journal: one writer at a time, one line a record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from llmpath.core.events import (
    GREATEST_COUNTER,
    Event,
    Record,
    Stated,
    next_lamport,
)
from llmpath.errors import Fault, NotSavedError, RefusedInputError, UsageError
from llmpath.storage.appending import append_lines_to
from llmpath.storage.device import Device, forget_device, make_device, read_device
from llmpath.storage.interrupts import Interrupts
from llmpath.storage.journal import Journal
from llmpath.storage.lock import hold_lock
from llmpath.storage.paths import Places, prepare_folder
from llmpath.storage.records import (
    decode_records,
    encode_record,
    random_id,
)


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
        written: What was appended to each file.
    """

    def __init__(
        self, places: Places, interrupts: Interrupts, *, is_locked: bool
    ) -> None:
        self.device = read_device(places)
        self._places = places
        self._interrupts = interrupts
        self._is_locked = is_locked
        self._appended: list[Record] = []
        self.written: dict[Path, bytes] = {}

    def append(  # noqa: PLR0913  # keywords, one for each part of a record
        self,
        *,
        at: str,
        day: date,
        command: str,
        events: tuple[Event, ...],
        journal: Journal,
        given_today: bool,
        stated: Stated | None = None,
    ) -> Record:
        """Append one record and give it back; it is on stable storage then.

        Args:
            at: Local time with its offset, for display.
            day: The study day; its year names the file.
            journal: What was read inside this block; counters go on from there.
            stated: The forecast shown, in the first record of a study week.

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
                min(1 + max(written, default=0), GREATEST_COUNTER),
                next_lamport(known),
                at,
                day,
                command,
                events,
                given_today,
                stated,
            )
            line = encode_record(record)
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
        self.written[path] = self.written.get(path, b"") + data


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
