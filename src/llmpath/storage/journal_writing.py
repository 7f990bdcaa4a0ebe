"""Writing the journal: one writer at a time, one line a record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from llmpath.core.events import GREATEST_COUNTER, Event, Record, Stated
from llmpath.errors import Fault, NotSavedError, RefusedInputError
from llmpath.storage.appending import append_lines_to
from llmpath.storage.device import Device, draw_device, keep_device, read_device
from llmpath.storage.durable import cause_of
from llmpath.storage.interrupts import Interrupts
from llmpath.storage.journal import Journal
from llmpath.storage.lock import hold_lock
from llmpath.storage.marks import Accepted
from llmpath.storage.paths import Places, prepare_folder
from llmpath.storage.records import (
    decode_records,
    encode_record,
    random_id,
)
from llmpath.storage.second_copy import SecondCopy


@contextmanager
def write_journal(
    places: Places, *, timeout: float = 10.0, ends_process: bool = False
) -> Iterator[JournalWriter]:
    """Be the one writer of this machine while the block runs.

    Read, decide, append and print the confirmation inside the block: from the append
    on, interrupts are held back until it ends.

    Args:
        timeout: Seconds to wait for another writer.
        ends_process: The process ends after the block, and takes no interrupts from the
            append on until then.

    Raises:
        NotSavedError: The home cannot be written, or another llmpath is writing.
    """
    prepare_folder(places.state)
    with (
        Interrupts(until_end=ends_process) as interrupts,
        hold_lock(places.state / "lock", timeout=timeout) as is_locked,
    ):
        yield JournalWriter(places, interrupts, is_locked=is_locked)


class JournalWriter:
    """Appends to the file of this device; made by `write_journal`.

    Attributes:
        device: This machine's identity; None until its first record.
        written: What was appended to each file.
        warnings: What the learner should be told of the second copy, a sentence each.
    """

    def __init__(
        self, places: Places, interrupts: Interrupts, *, is_locked: bool
    ) -> None:
        self.device = read_device(places)
        self.warnings: list[str] = []
        self._places = places
        self._interrupts = interrupts
        self._is_locked = is_locked
        self._copy = SecondCopy(places, is_locked=is_locked)
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
        device = self._identity(known)
        reached = self._copy.highest().after(known)
        record = Record(
            random_id(),
            device.id,
            1 + reached.numbers.get(device.id, 0),
            min(1 + reached.lamport, GREATEST_COUNTER),
            at,
            day,
            command,
            events,
            given_today,
            stated,
        )
        line = encode_record(record)
        path = self._save(device, day.year, line, f"record {record.id}")
        self._keep(path, line, [record], known)
        self._appended.append(record)
        return record

    def append_lines(
        self,
        lines: Sequence[str],
        *,
        journal: Journal,
        source: str = "backup",
    ) -> None:
        """Append records of a backup byte for byte, all or none.

        Args:
            lines: Lines as `read_lines` gives them, without their ends.
            journal: What was read inside this block.
            source: Name of the backup, for messages.

        Raises:
            RefusedInputError: Some are no whole records; nothing changed.
            NotSavedError: The system refused; nothing changed.
            UnconfirmedError: The records may be there or not.
        """
        records = _check_lines(lines, source)
        if records:
            path, data = self._save_lines(lines, records, journal)
            self._keep(path, data, records, journal.records)

    def restore_lines(self, lines: Sequence[str], *, journal: Journal) -> None:
        """Append records out of the archive, which has them already; all or none.

        Args:
            lines: Whole records, without their ends.
            journal: What was read inside this block.

        Raises:
            NotSavedError: The system refused; nothing changed.
            UnconfirmedError: The records may be there or not.
        """
        records = _check_lines(lines, "the archive")
        if records:
            self._save_lines(lines, records, journal)

    def keep_copies(self, journal: Journal, taken: Accepted | None = None) -> int:
        """Copy what others wrote into the archive, and mark how far it was seen.

        Args:
            journal: What was read inside this block.
            taken: Take the files as they are, and this for lost.

        Returns:
            How many records the archive lacked.
        """
        copied = self._copy.catch_up(journal.records, taken)
        self._warn(copied.warning)
        return copied.added

    def _identity(self, known: Sequence[Record]) -> Device:
        """Give the identity to write under.

        Where two records have the same number, another machine writes under this name:
        a clone with the same system id. A new name is taken then, and where there are
        no numbers left.
        """
        own = self.device
        if (
            own is None
            or _has_two_writers(own, known)
            or self._copy.highest().after(known).numbers.get(own.id) == GREATEST_COUNTER
        ):
            return draw_device()
        return own

    def _save_lines(
        self, lines: Sequence[str], records: Sequence[Record], journal: Journal
    ) -> tuple[Path, bytes]:
        self._interrupts.hold()
        year = max(record.day for record in records).year
        data = "".join(f"{line}\n" for line in lines).encode("ascii")
        device = self._identity(journal.records)
        return self._save(device, year, data, f"{len(lines)} records"), data

    def _save(self, device: Device, year: int, data: bytes, what: str) -> Path:
        folder = self._places.journal
        prepare_folder(folder)
        path = folder / f"{device.id}.{year:04d}.jsonl"
        append_lines_to(path, data, is_locked=self._is_locked, what=what)
        self.written[path] = self.written.get(path, b"") + data
        if device != self.device:
            self.device = device
            # After the record: a name without a record would be taken for lost ones.
            try:
                keep_device(self._places, device)
            except (OSError, NotSavedError) as error:
                what = f"saved, but {device.id} is not kept as this machine's name in"
                self._warn(f"{what} {self._places.state}: {cause_of(error)}")
        return path

    def _keep(
        self,
        path: Path,
        data: bytes,
        written: Sequence[Record],
        seen: Sequence[Record],
    ) -> None:
        self._warn(self._copy.keep(path, data, written, seen).warning)

    def _warn(self, text: str | None) -> None:
        if text is not None and text not in self.warnings:
            self.warnings.append(text)


def _has_two_writers(device: Device, records: Iterable[Record]) -> bool:
    """Whether two records bear the same number of a device."""
    numbers = [each.n for each in records if each.device == device.id]
    return len(numbers) > len(set(numbers))


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
