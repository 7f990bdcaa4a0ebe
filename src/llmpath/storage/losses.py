"""What was seen here and is in none of the journal's files any more.

Looked for only where a mark does not fit: it reads the archive.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress

from llmpath.core.events import Record
from llmpath.named_tuple import NamedTuple
from llmpath.storage.comparing import ids_in, records_beyond
from llmpath.storage.damage import count_missing
from llmpath.storage.marking import highest_numbers
from llmpath.storage.marks import NO_MARKS, Marks
from llmpath.storage.paths import Places
from llmpath.storage.second_copy import read_archive, read_contents


class Losses(NamedTuple):
    """What is gone.

    Attributes:
        lines: Lines of the records that the archive still has, by id.
        numbers: Devices of which not even the archive has the last record that was
            seen: its number, and the highest there is.
        files: Names of the files that went back, where the archive is too young to tell
            whether their records are elsewhere.
    """

    lines: Mapping[str, bytes]
    numbers: Mapping[str, tuple[int, int]]
    files: tuple[str, ...]


NO_LOSSES = Losses({}, {}, ())


def find_losses(
    places: Places,
    marks: Marks | None,
    known: Mapping[str, Record],
    absent: Collection[str],
) -> Losses:
    """Compare the journal with the archive and the marks.

    Args:
        marks: Read before the journal.
        known: All records of the journal.
        absent: Names of files that are not downloaded: with any, nothing is lost yet.
    """
    if absent:
        return NO_LOSSES
    marks = marks or NO_MARKS
    archive = b""
    with suppress(OSError):  # `doctor` tells why
        archive = read_archive(places)
    missing = records_beyond(archive, known)
    files = read_contents(places)
    if missing:  # another command may have written since the journal was read
        here = set().union(*map(ids_in, files.by_name.values()))
        missing = {name: each for name, each in missing.items() if name not in here}
    kept = [record for record, _ in missing.values()]
    is_complete = marks.archive is not None and marks.archive.is_in(archive)
    before = {} if is_complete else {**marks.files, **marks.lost}
    return Losses(
        {name: line for name, (_, line) in missing.items()},
        _find_ends_gone(marks, (*known.values(), *kept)),
        tuple(
            name
            for name, seen in sorted(before.items())
            if not seen.is_in(files.by_name.get(name))
        ),
    )


def _find_ends_gone(
    marks: Marks, records: Collection[Record]
) -> dict[str, tuple[int, int]]:
    """Find the devices of which the last record seen is gone, and not accepted so."""
    highest = highest_numbers(records)
    missing = count_missing(records, marks.devices)
    accepted = marks.accepted.numbers
    return {
        device: (number, highest.get(device, 0))
        for device, number in marks.devices.items()
        if number > highest.get(device, 0) and missing[device] > accepted.get(device, 0)
    }


def tell_losses(losses: Losses, *, to_doctor: bool = False) -> tuple[str, ...]:
    """Say in one sentence what is gone, and what to do; nothing if nothing is.

    Args:
        to_doctor: `doctor` says it, and need not be named.
    """
    count = len(losses.lines)
    if count:
        what = "1 record is" if count == 1 else f"{count} records are"
        which = "it" if count == 1 else "them"
        gone = f"{what} gone from the journal"
        return (f"{gone}; llmpath doctor --repair restores {which}",)
    for device, (number, highest) in losses.numbers.items():
        ends = f"record {number} of {device} was here, now it ends at {highest}"
        what = f"the journal went back: {ends}"
        return (what if to_doctor else f"{what}; see: llmpath doctor",)
    for name in losses.files:
        what = f"{name} is not as it was seen here"
        remedy = "llmpath doctor --repair takes it as it is"
        return (f"{what}; {remedy if to_doctor else 'see: llmpath doctor'}",)
    return ()
