"""Damage to the journal, and the numbers that tell that a record is not there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from llmpath.core.events import Record
from llmpath.named_tuple import NamedTuple
from llmpath.storage.marks import Accepted

SAME_ID = "another record has the same id"


class Damage(NamedTuple):
    """A line that is no record, or a file that cannot be read.

    Attributes:
        line: Counted from 1; 0 where the whole file is meant.
        byte: Offset of the line in the file; what is left of a whole file.
        reason: Why, lowercase and short.
        is_whole: Nothing that was confirmed is lost by it: the record is whole
            elsewhere, or its number belongs to another.
        crc: CRC-32 of the line; 0 of a file.
        is_accepted: A repair has looked at it, or the learner took what it costs for
            lost.
        is_rubble: Nothing in it tells what it was.
    """

    file: Path
    line: int
    byte: int
    reason: str
    is_whole: bool = False
    crc: int = 0
    is_accepted: bool = False
    is_rubble: bool = False

    @property
    def is_open(self) -> bool:
        """Whether something is lost by it that the learner was not told to be."""
        return not (self.is_whole or self.is_accepted)

    @property
    def is_news(self) -> bool:
        """Whether to warn of it, and of rubble also where no number is missing."""
        return not self.is_accepted and (self.is_rubble or not self.is_whole)


def count_missing(
    records: Iterable[Record], highest: Mapping[str, int]
) -> dict[str, int]:
    """Count the numbers that each device skipped: each numbers its own from 1.

    Args:
        highest: How far numbers are known to go; those of the records count as well.
    """
    numbers: dict[str, set[int]] = defaultdict(set)
    for record in records:
        numbers[record.device].add(record.n)
    last = {device: max(seen) for device, seen in numbers.items()}
    missing = {
        device: max(highest.get(device, 0), last.get(device, 0)) - len(numbers[device])
        for device in sorted({*highest, *last})
    }
    return {device: count for device, count in missing.items() if count > 0}


def count_gaps(records: Iterable[Record], accepted: Accepted) -> dict[str, int]:
    """Count the numbers missing between those there are, but for those accepted."""
    missing = count_missing(records, {})
    gaps = {
        device: count - accepted.numbers.get(device, 0)
        for device, count in missing.items()
    }
    return {device: count for device, count in gaps.items() if count > 0}
