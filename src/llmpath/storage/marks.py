"""How far this machine has seen the journal, so that it notices when a file goes back.

Marks follow from the journal and the archive: damaged or missing ones are made anew by
the next command that writes.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any
from zlib import crc32

from llmpath.core.events import GREATEST_COUNTER
from llmpath.named_tuple import NamedTuple
from llmpath.storage.durable import PLAIN_FILE
from llmpath.storage.files import write_atomically
from llmpath.storage.journal_files import read_regular
from llmpath.storage.paths import Places, prepare_folder

_VERSION = 1
_UNREADABLE = (
    OSError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    RecursionError,
)
_REACH = 4096
# CRC-32 of all that was seen would add 0.2 ms a megabyte to each start. A file
# that went back, grew again or was put together anew differs here as well; a change
# further up breaks the checksum of a line.


class Seen(NamedTuple):
    """How far a file was seen.

    Attributes:
        size: Bytes from its start.
        crc: CRC-32 of the last 4096 of them.
    """

    size: int
    crc: int

    def is_in(self, data: bytes | None) -> bool:
        """Whether a file still has what was seen; None is a file that is not there."""
        if data is None:
            return not self.size
        end = data[max(0, self.size - _REACH) : self.size]
        return len(data) >= self.size and crc32(end) == self.crc


NOTHING = Seen(0, 0)


class Accepted(NamedTuple):
    """What is not to be warned of any more.

    Attributes:
        lines: CRC-32 of damaged lines by which nothing is lost, or whose record the
            learner took for lost.
        numbers: How many numbers of each device are missing, as the learner knows.
    """

    lines: frozenset[int]
    numbers: Mapping[str, int]


NOTHING_ACCEPTED = Accepted(frozenset(), {})


class Marks(NamedTuple):
    """What this machine has seen.

    Attributes:
        devices: The highest number of a record of each device.
        lamport: The highest counter that orders records.
        files: The journal's files as they were, by name.
        lost: Files as they were before they went back, by name.
        archive: The archive, once it held all that was seen; None until then.
        is_short: Something that was seen is in none of the journal's files.
        accepted: What a repair has looked at, or the learner took for lost.
    """

    devices: Mapping[str, int]
    lamport: int
    files: Mapping[str, Seen]
    lost: Mapping[str, Seen]
    archive: Seen | None
    is_short: bool
    accepted: Accepted


NO_MARKS = Marks({}, 0, {}, {}, None, is_short=False, accepted=NOTHING_ACCEPTED)


def see(data: bytes) -> Seen:
    """See all of a file."""
    return Seen(len(data), crc32(data[-_REACH:]))


def see_file(path: Path, size: int | None = None) -> Seen:
    """See all of a file without reading more than its end; nothing if there is none.

    Args:
        size: See so many bytes of it, as if it ended there.

    Raises:
        OSError: It cannot be read.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | PLAIN_FILE)
    except FileNotFoundError:
        return NOTHING
    with open(descriptor, "rb") as file:  # noqa: PTH123  # a descriptor
        if size is None:
            size = file.seek(0, os.SEEK_END)
        start = file.seek(max(0, size - _REACH))
        return Seen(size, crc32(file.read(size - start)))


def read_marks(places: Places) -> Marks | None:
    """Read the marks; None if there are none that can be used.

    To be read before the files that they speak of: what is read later is no older.
    """
    try:
        return _parse(read_regular(places.marks))
    except _UNREADABLE:
        return None


def write_marks(places: Places, marks: Marks) -> None:
    """Put marks in place of the former ones.

    They are not flushed: after a power cut older ones or none are as good.

    Raises:
        NotSavedError: The system refused.
    """
    document = {
        "v": _VERSION,
        "devices": marks.devices,
        "lamport": marks.lamport,
        "files": marks.files,
        "lost": marks.lost,
        "archive": marks.archive,
        "is_short": marks.is_short,
        "accepted": {
            "lines": sorted(marks.accepted.lines),
            "numbers": marks.accepted.numbers,
        },
    }
    body = json.dumps(document, separators=(",", ":"), sort_keys=True).encode("ascii")
    prepare_folder(places.state)
    data = b"%s\n%08x\n" % (body, crc32(body))
    write_atomically(places.marks, data, is_flushed=False)


def is_all_there(
    places: Places,
    marks: Marks | None,
    contents: Mapping[str, bytes],
    absent: Collection[str],
) -> bool:
    """Whether the journal's files still hold all that was seen of them.

    Without marks it is so if there is no archive either.

    Args:
        absent: Names of the files that are not downloaded, of which nothing is known.
    """
    if marks is None:
        return not os.path.lexists(places.archive)
    return not marks.is_short and all(
        name in absent or seen.is_in(contents.get(name))
        for name, seen in marks.files.items()
    )


def _parse(data: bytes) -> Marks:
    """Read marks; what this raises is for `read_marks`."""
    body, checksum = data.splitlines()
    if checksum != b"%08x" % crc32(body):
        raise ValueError("the checksum does not match")
    document = json.loads(body)
    if document["v"] != _VERSION:
        raise ValueError("of another version")
    archive, accepted = document["archive"], document["accepted"]
    return Marks(
        _counts(document["devices"]),
        _count(document["lamport"]),
        {name: _seen(value) for name, value in document["files"].items()},
        {name: _seen(value) for name, value in document["lost"].items()},
        None if archive is None else _seen(archive),
        document["is_short"] is True,
        Accepted(
            frozenset(map(_count, accepted["lines"])), _counts(accepted["numbers"])
        ),
    )


def _counts(value: dict[str, Any]) -> dict[str, int]:
    return {name: _count(number) for name, number in value.items()}


def _seen(value: Any) -> Seen:  # noqa: ANN401  # of a JSON document
    size, crc = map(_count, value)
    return Seen(size, crc)


def _count(value: object) -> int:
    if type(value) is not int or not 0 <= value <= GREATEST_COUNTER:
        raise ValueError("no count")
    return value
