"""Which records are taken back by others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from llmpath.core.events import Record, RecordsVoided
from llmpath.core.registers import Happenings


def voided_records(records: Mapping[str, Record]) -> set[str]:
    """Ids of the records taken back, among all records by id."""
    return voided_by(Happenings(records.values()).of(RecordsVoided), records)


def voided_by(
    voiders: Iterable[tuple[Record, RecordsVoided]], records: Mapping[str, Record]
) -> set[str]:
    """Ids of the records that these take back.

    A record voids only what is older, so chains have no cycle; from the newest down,
    each is live exactly if no live one above it names it.
    """
    voided: set[str] = set()
    for record, event in sorted(
        voiders,
        key=lambda entry: (entry[0].lamport, entry[0].device, entry[0].n, entry[0].id),
        reverse=True,
    ):
        if record.id not in voided:
            voided.update(
                each
                for each in event.records
                if each in records and is_older(records[each], record)
            )
    return voided


def is_older(record: Record, other: Record) -> bool:
    """Tell whether a record can be taken back by another.

    Of one lamport, which only a counter at its end gives twice, a device knows the
    order of its own records.
    """
    if record.lamport == other.lamport and record.device == other.device:
        return record.n < other.n
    return record.lamport < other.lamport
