"""How the marks follow the journal's files."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from llmpath.core.events import Record
from llmpath.named_tuple import NamedTuple
from llmpath.storage.marks import NOTHING, Marks, Seen, see, see_file


class Contents(NamedTuple):
    """The journal's files as they lie on disk, by name.

    Attributes:
        unread: Names of those that are not downloaded or cannot be read.
    """

    by_name: Mapping[str, bytes]
    unread: Collection[str]


class Archived(NamedTuple):
    """What the archive held before the present command added to it.

    Attributes:
        ids: Of its records.
        was_complete: It is the one that once held all that was seen.
    """

    ids: set[str]
    was_complete: bool


def grow(marks: Marks, path: Path, written: Iterable[Record]) -> Marks:
    """Mark what was appended to one file, and nothing else.

    Raises:
        OSError: The file cannot be read.
    """
    return marks._replace(
        devices=highest_numbers(written, marks.devices),
        lamport=highest_lamport(written, marks.lamport),
        files={**marks.files, path.name: see_file(path)},
    )


def advance(
    before: Marks,
    files: Contents,
    records: Sequence[Record],
    archived: Archived | None,
) -> Marks:
    """Mark the files as they are, and whether all that was seen is still in them.

    The archive is left unmarked.

    Args:
        records: All of the journal.
        archived: None where the archive cannot be used.
    """
    gone = {
        name: seen
        for name, seen in before.files.items()
        if name not in files.unread and not seen.is_in(files.by_name.get(name))
    }
    lost = {
        name: seen
        for name, seen in _further(before.lost, gone).items()
        if not seen.is_in(files.by_name.get(name))
    }
    kept = {name: seen for name, seen in before.files.items() if name in files.unread}
    devices = highest_numbers(records, before.devices)
    is_short = devices != highest_numbers(records)
    if archived is not None:
        is_short |= not archived.ids <= {record.id for record in records}
    if archived is None or not archived.was_complete:
        is_short |= bool(gone) or (before.is_short and bool(lost))
    return Marks(
        devices,
        highest_lamport(records, before.lamport),
        kept | {name: see(data) for name, data in files.by_name.items()},
        lost,
        None,
        is_short,
        before.accepted,
    )


def highest_numbers(
    records: Iterable[Record], before: Mapping[str, int] | None = None
) -> dict[str, int]:
    """Find the highest number of each device, none below those given."""
    highest = {} if before is None else {**before}
    for record in records:
        if record.n > highest.get(record.device, 0):
            highest[record.device] = record.n
    return highest


def highest_lamport(records: Iterable[Record], before: int = 0) -> int:
    """Find the highest counter that orders records, not below the one given."""
    return max(before, max((record.lamport for record in records), default=0))


def _further(one: Mapping[str, Seen], other: Mapping[str, Seen]) -> dict[str, Seen]:
    """Of each file what was seen furthest."""
    return {
        name: max(one.get(name, NOTHING), other.get(name, NOTHING))
        for name in one.keys() | other.keys()
    }
