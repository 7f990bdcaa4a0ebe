"""What a damaged line costs: nothing, where all that it held is whole elsewhere."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from zlib import crc32

from llmpath.core.events import Record
from llmpath.storage.damage import SAME_ID, Damage
from llmpath.storage.journal_files import FileRecords, line_starts
from llmpath.storage.marks import Accepted

_PIECE = re.compile(rb'\{"id":"([^"\\]+)","v":')
_NUMBER = re.compile(rb'"device":"([^"\\]+)","n":([0-9]+),')
_MERGE_MARK = re.compile(rb"([<=>|])\1{6}(?: .*)?\r?")


class Judge:
    """The records that are whole, to judge the lines that are not."""

    def __init__(
        self,
        records: Collection[Record],
        gaps: Collection[str],
        accepted: Accepted,
    ) -> None:
        """Look at the records.

        Args:
            gaps: Devices of which a number is missing.
        """
        self._ids = {record.id for record in records}
        self._numbers = {(record.device, record.n) for record in records}
        self._gaps = {*gaps}
        self._accepted = accepted.lines

    def judge(
        self,
        path: Path,
        data: bytes,
        content: FileRecords,
        faults: Iterable[tuple[int, str]],
    ) -> Iterator[Damage]:
        """Find the places of a file's damaged lines, and what each costs.

        Args:
            content: What was read of the file.
            faults: The damaged lines' numbers and reasons.
        """
        starts = line_starts(data)
        devices = {record.device for record in content.records}
        is_numbered = bool(devices) and self._gaps.isdisjoint(devices)
        last = max(content.numbers, default=0)
        for number, reason in sorted(faults):
            start, end = starts[number - 1 : number + 1]
            line = data[start : end - 1]
            # What a line was cannot always be told. If it was a record, a number is
            # missing, or it is the last of its device.
            is_none = is_numbered and number < last
            pieces = _cut(line)
            is_rubble = not (pieces or _MERGE_MARK.fullmatch(line))
            is_whole = is_none if is_rubble else all(map(self._has, pieces))
            crc = crc32(line)
            yield Damage(
                path,
                number,
                start,
                reason,
                is_whole and reason != SAME_ID,
                crc,
                crc in self._accepted,
                is_rubble,
            )

    def _has(self, piece: bytes) -> bool:
        match = _PIECE.match(piece)
        if match and match[1].decode(errors="replace") in self._ids:
            return True
        # A record gets the number of one that was never confirmed, and a damaged id
        # leaves the number: either way the record of that number is here.
        number = _NUMBER.search(piece)
        if not number:
            return False
        device = number[1].decode(errors="replace")
        is_here = (device, int(number[2][:20])) in self._numbers
        return is_here and device not in self._gaps


def _cut(line: bytes) -> list[bytes]:
    """Cut a line where a record starts; nothing if none does."""
    starts = [match.start() for match in _PIECE.finditer(line)]
    return [line[start:end] for start, end in pairwise((*starts, len(line)))]
