"""The journal: what all devices wrote, read as one.

Readers take no lock and write nothing. Nothing that lies on disk is ever rewritten:
damage is skipped, reported and left in its place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from itertools import chain, starmap
from operator import attrgetter
from pathlib import Path

from llmpath.core.events import Record, UnknownEvent
from llmpath.named_tuple import NamedTuple
from llmpath.storage.damage import SAME_ID, Damage, count_gaps
from llmpath.storage.device import Device
from llmpath.storage.durable import reason_of
from llmpath.storage.journal_files import (
    FileRecords,
    list_files,
    parse_file,
    read_regular,
    tell_missing,
)
from llmpath.storage.marks import (
    NOTHING_ACCEPTED,
    Accepted,
    Marks,
    is_all_there,
    read_marks,
)
from llmpath.storage.paths import Places


class Journal(NamedTuple):
    """Everything that was read.

    Attributes:
        records: Each id once, in the order read: files by name, lines from the top.
        unknown_events: Events of types that this version does not know.
        newer_records: Records of a newer format.
        missing: Sentences on files or records that should be there and are not.
        gaps: How many numbers are missing between those of a device's records, but for
            what the learner took for lost.
    """

    records: tuple[Record, ...]
    damaged: tuple[Damage, ...]
    unknown_events: int
    newer_records: int
    missing: tuple[str, ...]
    gaps: int = 0

    @property
    def open_damage(self) -> int:
        """How many lines and files something is lost by, as far as is known."""
        return [each.is_open for each in self.damaged].count(True)

    @property
    def new_damage(self) -> int:
        """How many lines and files to warn of."""
        return [each.is_news for each in self.damaged].count(True)


class JournalFiles:
    """What the journal's files hold; it is parsed when it is first asked for.

    Attributes:
        contents: The bytes of each file that can be read, by its path, in the order of
            their names.
        unreadable: The other files.
        missing: Sentences on files or records that should be there and are not.
        accepted: What the learner took for lost.
    """

    def __init__(
        self,
        contents: dict[Path, bytes],
        unreadable: tuple[Damage, ...],
        missing: tuple[str, ...],
        accepted: Accepted,
    ) -> None:
        self.contents = contents
        self.unreadable = unreadable
        self.missing = missing
        self.accepted = accepted

    @cached_property
    def journal(self) -> Journal:
        """The records of all files."""
        return parse_journal(self)

    def tell(self, missing: tuple[str, ...]) -> None:
        """Tell this as missing, which needed the records to be found."""
        self.missing = missing
        self.journal = self.journal._replace(missing=missing)


def read_journal(places: Places, device: Device | None) -> Journal:
    """Read and parse what all devices wrote; see `read_files`."""
    return read_files(places, device).journal


def read_files(places: Places, device: Device | None) -> JournalFiles:
    """Read what all devices wrote; a journal that is not there yet is empty.

    Args:
        device: This machine's identity, whose own file must be there.

    Raises:
        LlmpathError: The journal's folder cannot be read.
    """
    marks = read_marks(places)  # before the files, so that it is no newer
    paths, absent = list_files(places.journal)
    contents: dict[Path, bytes] = {}
    unreadable: list[Damage] = []
    for path in paths:
        try:
            contents[path] = read_regular(path)
        except OSError as error:
            unreadable.append(Damage(path, 0, 0, reason_of(error)))
    accepted = NOTHING_ACCEPTED if marks is None else marks.accepted
    own = None if device is None or device.id in accepted.numbers else device.id
    missing = tell_missing(paths, absent, own, ())
    files = JournalFiles(contents, tuple(unreadable), missing, accepted)
    by_name = {path.name: data for path, data in contents.items()}
    if missing or not is_all_there(places, marks, by_name, absent):
        records = files.journal.records
        files.tell(
            _tell_losses(places, marks, records, absent)
            or tell_missing(paths, absent, own, records)
        )
    return files


def parse_journal(files: JournalFiles) -> Journal:
    """Find the records in the files' lines, and the lines that are none."""
    known: dict[str, Record] = {}
    newer: set[str] = set()
    faulty: list[tuple[Path, bytes, FileRecords, list[tuple[int, str]]]] = []
    for path, data in files.contents.items():
        content = parse_file(data)
        newer |= content.newer
        faults = [*content.faults, *_add(known, content)]
        if faults:
            faulty.append((path, data, content, faults))
    records = tuple(known.values())
    gaps = count_gaps(records, files.accepted)
    damaged = files.unreadable
    if faulty:
        from llmpath.storage.judging import (  # noqa: PLC0415 - only where damage is
            Judge,
        )

        judge = Judge(records, gaps, files.accepted)
        damaged += tuple(chain.from_iterable(starmap(judge.judge, faulty)))
    return Journal(
        records,
        damaged,
        _count_unknown(records),
        len(newer),
        files.missing,
        sum(gaps.values()),
    )


def read_lines(places: Places) -> Iterator[str]:
    """Read the lines of all records as they were written, each id once, for a backup.

    Files that cannot be read are left out; `read_journal` tells of them.

    Raises:
        LlmpathError: The journal's folder cannot be read.
    """
    seen: set[str] = set()
    for path in list_files(places.journal)[0]:
        try:
            content = parse_file(read_regular(path))
        except OSError:
            continue
        for record, line in zip(content.records, content.lines, strict=True):
            if record.id not in seen:
                seen.add(record.id)
                yield line.decode("ascii")


def _tell_losses(
    places: Places,
    marks: Marks | None,
    records: Iterable[Record],
    absent: Collection[str],
) -> tuple[str, ...]:
    from llmpath.storage.losses import (  # noqa: PLC0415 - only where a mark differs
        find_losses,
        tell_losses,
    )

    known = {record.id: record for record in records}
    return tell_losses(find_losses(places, marks, known, absent))


def _add(known: dict[str, Record], content: FileRecords) -> list[tuple[int, str]]:
    """Add records to those known; give the lines whose id is another record's."""
    fresh = {record.id: record for record in content.records}
    if len(fresh) == len(content.records) and fresh.keys().isdisjoint(known):
        known.update(fresh)
        return []
    return [
        (number, SAME_ID)
        for number, record in zip(content.numbers, content.records, strict=True)
        if known.setdefault(record.id, record) is not record
        and known[record.id] != record
    ]


def _count_unknown(records: Iterable[Record]) -> int:
    events = chain.from_iterable(map(attrgetter("events"), records))
    return list(map(type, events)).count(UnknownEvent)
