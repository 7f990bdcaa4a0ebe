"""Events by type, and registers: of several values that of the greatest stamp holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import TypeVar, cast

from llmpath.core.events import Event, Record

E = TypeVar("E", bound=Event)
K = TypeVar("K", str, date)
V = TypeVar("V")

Stamp = tuple[int, str, str]
"""Order of registers: (lamport, device, record id)."""


class Happenings:
    """Events with their records, grouped by type in one pass."""

    def __init__(self, records: Iterable[Record]) -> None:
        groups: defaultdict[type, list[tuple[Record, Event]]] = defaultdict(list)
        for record in records:
            for event in record.events:
                groups[type(event)].append((record, event))
        self._groups = groups

    def of(self, kind: type[E]) -> list[tuple[Record, E]]:
        """The events of one type."""
        return cast("list[tuple[Record, E]]", self._groups.get(kind, []))


def stamp(record: Record) -> Stamp:
    """The key that orders registers."""
    return record.lamport, record.device, record.id


def latest(entries: Iterable[tuple[Record, V]]) -> V | None:
    """The value of a register: that of the greatest stamp; None if never set.

    Of one record's values the last counts, as in `registers`.
    """
    ordered = sorted(entries, key=lambda entry: stamp(entry[0]))
    return ordered[-1][1] if ordered else None


def registers(entries: Iterable[tuple[Record, K, V]]) -> dict[K, V]:
    """The latest value for each key."""
    ordered = sorted(entries, key=lambda entry: stamp(entry[0]))
    return {key: value for _, key, value in ordered}
