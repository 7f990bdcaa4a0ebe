"""Which whole records are in one place and not in another, by their ids."""

from __future__ import annotations

from collections.abc import Container

from llmpath.core.events import Record
from llmpath.storage.journal_files import parse_file
from llmpath.storage.records import proven_id


def ids_in(data: bytes) -> set[str]:
    """Find the ids of all whole records, also of those inside damaged lines."""
    proven, rest = _sort_lines(data)
    return proven | {record.id for record in parse_file(rest).records}


def records_beyond(
    data: bytes, known: Container[str]
) -> dict[str, tuple[Record, bytes]]:
    """Find the whole records whose id is not known, each with its line, by id."""
    lines = [line for line in _lines(data) if proven_id(line) not in known]
    content = parse_file(b"\n".join(lines))
    found: dict[str, tuple[Record, bytes]] = {}
    for record, line in zip(content.records, content.lines, strict=True):
        if record.id not in known:
            found.setdefault(record.id, (record, line))
    return found


def _sort_lines(data: bytes) -> tuple[set[str], bytes]:
    """Part the ids of lines that prove themselves from the lines to look into."""
    proven: set[str] = set()
    rest = []
    for line in _lines(data):
        name = proven_id(line)
        if name is None:
            rest.append(line)
        else:
            proven.add(name)
    return proven, b"\n".join(rest)


def _lines(data: bytes) -> list[bytes]:
    return [line.removesuffix(b"\r") for line in data.split(b"\n")]
