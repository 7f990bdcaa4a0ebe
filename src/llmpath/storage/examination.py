"""What `doctor` finds in the files of the journal, the archive and the marks."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from llmpath.core.events import Record
from llmpath.named_tuple import NamedTuple
from llmpath.storage.device import find_damage
from llmpath.storage.durable import reason_of
from llmpath.storage.journal import SAME_ID, Damage, Journal, damages_of
from llmpath.storage.journal_files import list_files, parse_file
from llmpath.storage.losses import Losses, find_losses
from llmpath.storage.marking import Contents
from llmpath.storage.marks import NO_MARKS, Marks, Seen, read_marks
from llmpath.storage.paths import Places
from llmpath.storage.second_copy import read_archive, read_contents

_PIECE = re.compile(rb'\{"id":"([^"\\]+)","v":')
_NUMBER = re.compile(rb'"device":"([^"\\]+)","n":([0-9]+),')


class Finding(NamedTuple):
    """Damage, and what it costs.

    Attributes:
        is_whole: Nothing that was confirmed is lost by it: the record is whole
            elsewhere, or its number belongs to another.
    """

    damage: Damage
    is_whole: bool


class Archive(NamedTuple):
    """How the second copy is.

    Attributes:
        whole: Records in it.
        lacking: Records of the journal that are not in it.
        fault: Why it cannot be read; None if it can, or is not there.
    """

    whole: int
    lacking: int
    fault: str | None


class Examination(NamedTuple):
    """What was found.

    Attributes:
        losses: What was seen here and is gone.
    """

    findings: tuple[Finding, ...]
    archive: Archive
    losses: Losses


def examine(places: Places, journal: Journal) -> Examination:
    """Look at every file that the journal needs, and read the damaged lines again.

    Raises:
        LlmpathError: The journal's folder cannot be read.
    """
    marks = read_marks(places)
    known = {record.id: record for record in journal.records}
    absent = list_files(places.journal)[1]
    losses = find_losses(places, marks, known, absent)
    files = read_contents(places)
    whole = _Whole(journal.records)
    archive, in_archive = _examine_archive(places, whole)
    findings = (
        *(_judge(each, files, whole) for each in journal.damaged),
        *_files_gone_back(places, marks or NO_MARKS, files, journal, losses),
        *in_archive,
        *_damaged_state(places, marks),
    )
    return Examination(findings, archive, losses)


def count_gaps(records: Iterable[Record]) -> dict[str, int]:
    """Count the numbers that each device skipped: each numbers its own from 1."""
    numbers: dict[str, set[int]] = defaultdict(set)
    for record in records:
        numbers[record.device].add(record.n)
    lost = {device: max(seen) - len(seen) for device, seen in sorted(numbers.items())}
    return {device: count for device, count in lost.items() if count}


class _Whole:
    """The records that are whole, to judge the lines that are not."""

    def __init__(self, records: Collection[Record]) -> None:
        self.ids = {record.id for record in records}
        self.numbers = {(record.device, record.n) for record in records}
        self.gaps = count_gaps(records)

    def has_all_of(self, line: bytes, devices: Collection[str], rest: bytes) -> bool:
        """Whether a damaged line costs nothing.

        Args:
            devices: Those whose records are in the file.
            rest: What follows the line in the file.
        """
        starts = [match.start() for match in _PIECE.finditer(line)]
        if starts:
            ends = [*starts[1:], len(line)]
            pieces = (line[a:b] for a, b in zip(starts, ends, strict=True))
            return all(map(self._has, pieces))
        # what it was cannot be told; if it was a record, a number is missing, or it
        # is the last of its device
        is_numbered = bool(devices) and not any(map(self.gaps.get, devices))
        return is_numbered and bool(parse_file(rest).records)

    def _has(self, piece: bytes) -> bool:
        match = _PIECE.match(piece)
        if match and match[1].decode(errors="replace") in self.ids:
            return True
        # A record gets the number of one that was never confirmed, and a damaged id
        # leaves the number: either way the record of that number is here.
        number = _NUMBER.search(piece)
        if not number:
            return False
        device = number[1].decode(errors="replace")
        is_here = (device, int(number[2][:20])) in self.numbers
        return is_here and device not in self.gaps


def _judge(damage: Damage, files: Contents, whole: _Whole) -> Finding:
    data = files.by_name.get(damage.file.name)
    if not damage.line or data is None or damage.reason == SAME_ID:
        return Finding(damage, is_whole=False)
    return Finding(damage, _is_whole(damage, data, whole))


def _is_whole(damage: Damage, data: bytes, whole: _Whole) -> bool:
    line, _, rest = data[damage.byte :].partition(b"\n")
    devices = {record.device for record in parse_file(data).records}
    return whole.has_all_of(line, devices, rest)


def _files_gone_back(
    places: Places, marks: Marks, files: Contents, journal: Journal, losses: Losses
) -> Iterator[Finding]:
    """The files that no longer have what was seen in them.

    One that is no shorter and has a damaged line differs because of that line.
    """
    is_whole = not any(losses)
    damaged = {each.file.name for each in journal.damaged}
    for name in sorted({*marks.files, *marks.lost} - {*files.unread}):
        data = files.by_name.get(name)
        marked = (marks.files.get(name), marks.lost.get(name))
        gone = [seen for seen in marked if seen is not None and not seen.is_in(data)]
        size = 0 if data is None else len(data)
        if gone and (size < gone[0].size or name not in damaged):
            reason = _how_it_went_back(data, gone[0])
            yield Finding(Damage(places.journal / name, 0, size, reason), is_whole)


def _how_it_went_back(data: bytes | None, seen: Seen) -> str:
    if data is None:
        return f"not there; {seen.size} bytes of it were seen here"
    if len(data) < seen.size:
        return f"{seen.size} bytes of it were seen here, {len(data)} are left"
    return f"its first {seen.size} bytes are not those that were seen here"


def _examine_archive(places: Places, whole: _Whole) -> tuple[Archive, list[Finding]]:
    try:
        data = read_archive(places)
    except OSError as error:
        reason = reason_of(error)
        damage = Damage(places.archive, 0, 0, reason)
        return Archive(0, len(whole.ids), reason), [Finding(damage, is_whole=False)]
    content = parse_file(data)
    ids = {record.id for record in content.records}
    findings = [
        Finding(damage, _is_whole(damage, data, whole))
        for damage in damages_of(places.archive, data, content.faults)
    ]
    return Archive(len(ids), len(whole.ids - ids), None), findings


def _damaged_state(places: Places, marks: Marks | None) -> Iterator[Finding]:
    if marks is None and os.path.lexists(places.marks):
        reason = "not marks of this version"
        yield Finding(Damage(places.marks, 0, 0, reason), is_whole=False)
    found = find_damage(places)
    if found is not None:
        yield Finding(Damage(found[0], 0, 0, found[1]), is_whole=False)
