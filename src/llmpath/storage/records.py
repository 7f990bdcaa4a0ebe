"""The format of a journal's line, the only place that knows it.

A line is one record: ASCII JSON without spaces, `id` first, and last the CRC-32 of the
line without its `,"crc":"..."`. Single lines and whole files are read by the same code.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from operator import itemgetter
from zlib import crc32

from llmpath.core.events import GREATEST_COUNTER, Record
from llmpath.errors import UsageError
from llmpath.named_tuple import NamedTuple
from llmpath.storage.checked_values import DAYS
from llmpath.storage.event_payloads import (
    decode_event,
    decode_newer_event,
    decode_stated,
    encode_event,
    encode_stated,
    make_tuple,
)

LONGEST_WRITTEN = 2 * 2**20
LONGEST_READ = 4 * 2**20

_VERSION = 1
_MOST = GREATEST_COUNTER
_START = b'{"id":"'
_CRC = b',"crc":"%08x"}'
_CRC_LENGTH = 18
_USUAL_KEYS = 10
_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"


def _refuse_constant(name: str) -> float:
    raise ValueError(f"holds {name}")


_read_json = json.JSONDecoder(parse_constant=_refuse_constant).raw_decode
_fields = itemgetter(
    "id", "v", "device", "n", "lamport", "at", "day", "command", "events"
)


class Decoded(NamedTuple):
    """What a sequence of lines holds.

    Attributes:
        records: Of the lines that are whole, in their order.
        faults: The others: index of the line, counted from 0, and why it is none.
        newer: Ids of the records of a newer format.
    """

    records: list[Record]
    faults: list[tuple[int, str]]
    newer: set[str]


def random_id() -> str:
    """Draw 80 random bits, written as 16 lower-case letters and digits."""
    bits = int.from_bytes(os.urandom(10), "big")
    return "".join(_ALPHABET[bits >> shift & 31] for shift in range(0, 80, 5))


def encode_record(record: Record) -> bytes:
    """Write a record as a line, its end included.

    Raises:
        UsageError: It would be longer than 2 MiB, or holds what could not be read
            again, such as half a surrogate pair.
    """
    document = {
        "id": record.id,
        "v": _VERSION,
        "device": record.device,
        "n": record.n,
        "lamport": record.lamport,
        "at": record.at,
        "day": record.day.isoformat(),
        **({"today": "given"} if record.given_today else {}),
        "command": record.command,
        "events": [encode_event(event) for event in record.events],
        **({} if record.stated is None else {"stated": encode_stated(record.stated)}),
    }
    # `default`: a mapping that is no dict is written as one
    body = json.dumps(
        document, separators=(",", ":"), allow_nan=False, default=dict
    ).encode("ascii")
    line = body[:-1] + _CRC % crc32(body)
    if len(line) > LONGEST_WRITTEN:
        raise UsageError("too much for one command: more than 2 MiB to save")
    try:
        decode_record(line)
    except ValueError as error:
        raise UsageError(f"this cannot be saved: {error}") from error
    return line + b"\n"


def decode_record(line: bytes) -> Record:
    """Read one line, with or without its end.

    Raises:
        ValueError: It is no whole record; the text is a short plain reason.
    """
    records, faults, _ = decode_records([line.removesuffix(b"\n")])
    for _, reason in faults:
        raise ValueError(reason)
    return records[0]


def decode_records(lines: Iterable[bytes]) -> Decoded:
    """Read lines without their ends, bad ones among good ones."""
    records: list[Record] = []
    faults: list[tuple[int, str]] = []
    newer: set[str] = set()
    for index, line in enumerate(lines):
        try:
            record = _decode(line, newer)
        except (ValueError, KeyError, RecursionError) as error:
            faults.append((index, _reason(error)))
            continue
        records.append(record)
    return Decoded(records, faults, newer)


def proven_id(line: bytes) -> str | None:
    """Read the id of a line whose checksum matches, without reading the rest.

    None for any other line, and for ids that no program writes: those with escapes.
    """
    if line[-_CRC_LENGTH:] != _CRC % crc32(b"}", crc32(line[:-_CRC_LENGTH])):
        return None
    start, _, rest = line.partition(_START)
    name = rest[: rest.find(b'"')]
    return None if start or b"\\" in name else name.decode("ascii", "replace")


def salvage(line: bytes) -> Iterator[bytes]:
    """Cut what may be whole records out of a damaged line.

    What comes out must still be decoded. A record's own text cannot look like its start
    or its end, because quotes inside a JSON text are escaped.
    """
    for piece in line.split(_START)[1:]:
        end = piece.find(_CRC[:8])
        if end >= 0:
            yield _START + piece[: end + _CRC_LENGTH]


def _decode(line: bytes, newer: set[str]) -> Record:
    # Every start decodes thousands: the parser takes half of this, and what else is
    # done for each line is kept to what the C code of Python does in one call.
    if line[-_CRC_LENGTH:] != _CRC % crc32(b"}", crc32(line[:-_CRC_LENGTH])):
        raise ValueError(_why_unproven(line))
    if len(line) > LONGEST_READ:
        raise ValueError("longer than 4 MiB")
    text = line.decode("ascii")
    if "\\" in text and ("\\ud" in text or "\\uD" in text):
        _refuse_halves(text)
    document, end = _read_json(text)
    if end != len(text) or not text.startswith('{"id":"'):
        raise ValueError("not one record")
    id_, version, device, n, lamport, at, day, command, events = _fields(document)
    if not (
        type(id_) is type(device) is type(at) is type(day) is type(command) is str
        and type(version) is type(n) is type(lamport) is int
        and type(events) is list
    ):
        raise ValueError("a value of the wrong type")
    if not (1 <= n <= _MOST and 0 <= lamport <= _MOST and version >= 1 and id_):
        raise ValueError("a counter out of range or an empty id")
    if version == _VERSION:
        happened = tuple(map(decode_event, events))
    else:
        happened = tuple(map(decode_newer_event, events))
        newer.add(id_)
    given, stated = False, None
    if len(document) > _USUAL_KEYS:
        given = document.get("today") == "given"
        stated = decode_stated(document["stated"]) if "stated" in document else None
    fields = (id_, device, n, lamport, at, DAYS[day], command, happened, given, stated)
    return make_tuple(Record, fields)


def _why_unproven(line: bytes) -> str:
    if line[-_CRC_LENGTH:-10] != _CRC[:8]:
        return "not a whole record"
    return "the checksum does not match"


def _refuse_halves(text: str) -> None:
    """Raise `ValueError` for half a surrogate pair, which no terminal can print."""
    json.dumps(json.loads(text), ensure_ascii=False).encode("utf-8")


def _reason(error: Exception) -> str:
    match error:
        case KeyError():
            return f"{error.args[0]} is missing"
        case json.JSONDecodeError():
            return f"not JSON at character {error.pos + 1}"
        case UnicodeDecodeError():
            return "not ASCII"
        case UnicodeEncodeError():
            return "half a surrogate pair"
        case RecursionError():
            return "nested too deeply"
        case _:  # Python explains after a colon why it reads no endless numbers
            reason = str(error).partition(":")[0]
            return reason[:1].lower() + reason[1:]
