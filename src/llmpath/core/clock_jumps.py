"""A machine's clock that was set back, or ahead: told, without effect on the order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from itertools import pairwise
from operator import attrgetter

from llmpath.core.events import Record
from llmpath.core.voiding import voided_records

TOLERANCE = timedelta(minutes=2)
"""Clocks are set right by less than this all the time."""


def set_back(before: str, after: str) -> timedelta | None:
    """How far the clock went back between two times of one machine, if more than this.

    Both are times with their offset, as records keep them; what is none is passed over.
    """
    try:
        gap = datetime.fromisoformat(before) - datetime.fromisoformat(after)
    except (ValueError, TypeError, OverflowError):  # no time, or one without offset
        return None
    return gap if gap > TOLERANCE else None


def last_of(records: Iterable[Record], device: str) -> Record | None:
    """The last record of a device whose time was read from its clock."""
    own = (each for each in records if each.device == device and not each.given_today)
    return max(own, key=attrgetter("n"), default=None)


def find_set_back(records: Iterable[Record]) -> list[Record]:
    """Find the records before which their machine's clock had been set back."""
    by_device: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        if not record.given_today:
            by_device[record.device].append(record)
    return [
        after
        for own in by_device.values()
        for before, after in pairwise(sorted(own, key=attrgetter("n")))
        if set_back(before.at, after.at)
    ]


def find_ahead(records: Collection[Record], today: date) -> list[Record]:
    """Find the live records for days after tomorrow, but for those of `--today`."""
    limit = today + timedelta(days=1)
    ahead = [each for each in records if each.day > limit and not each.given_today]
    if not ahead:
        return []
    voided = voided_records({each.id: each for each in records})
    return [each for each in ahead if each.id not in voided]
