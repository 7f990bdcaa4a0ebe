"""A backup: the journal's records as one JSON document, and back.

Records stand in it as they stand on disk, one a line. Written out again without spaces
they are the same bytes, which their checksums prove, so a backup may be formatted anew
by other programs.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from llmpath.errors import Fault, RefusedInputError
from llmpath.named_tuple import NamedTuple

SCHEMA = "llmpath/export/1"
SIZE_LIMIT = 64 * 2**20
"""Bytes; about 150,000 records."""
RECORD_LIMIT = 300_000
VALUE_LIMIT = SIZE_LIMIT // 16
"""Values by their commas and brackets: 64 MiB of `{},` would take 8 GB to refuse."""
FAULT_LIMIT = 1000

_REMEDY = "make the backup again"
_GIVE = "give what `llmpath export json` wrote"


class Origin(NamedTuple):
    """Where a backup comes from.

    Attributes:
        app: Program and version.
        curriculum: Id of the curriculum in use, with its edition.
        started: First study day of the active tracks.
    """

    app: str
    curriculum: str
    edition: str
    started: date | None


class Backup(NamedTuple):
    """What a backup holds.

    Attributes:
        curriculum: Id of the curriculum in use when it was made, and its edition;
            None where the backup does not say.
        lines: A line of the journal for each record; the checksums are not looked at.
        curricula: The texts of the copies of curricula as they were stored, unchecked.
    """

    curriculum: str | None
    edition: str | None
    lines: tuple[str, ...]
    curricula: tuple[str, ...] = ()


def backup_text(
    origin: Origin, lines: Iterable[str], curricula: Iterable[str] = ()
) -> str:
    """Write a backup.

    Args:
        lines: The journal's lines, without their ends.
        curricula: The texts of the stored copies that the journal names.
    """
    started = None if origin.started is None else origin.started.isoformat()
    curriculum = {"id": origin.curriculum, "edition": origin.edition}
    head = {
        "schema": SCHEMA,
        "app": origin.app,
        "curriculum": curriculum,
        "started": started,
    }
    parts = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in head.items()]
    records = ",\n".join(lines)
    parts.append(f'"records": [\n{records}\n]' if records else '"records": []')
    copies = ",\n".join(each.strip() for each in curricula)
    parts.append(f'"curricula": [\n{copies}\n]' if copies else '"curricula": []')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def parse_backup(data: bytes, name: str) -> Backup:
    """Read a backup, of at most `SIZE_LIMIT` bytes.

    Args:
        name: What the faults call the file.

    Raises:
        RefusedInputError: It is none, with every fault that can be seen.
    """
    document, faults = _parse_document(data, name)
    lines: list[str] = []
    curricula: list[str] = []
    if isinstance(document, dict):
        faults += [
            Fault(name, place, None, reason, remedy)
            for place, reason, remedy in _odd(document)
        ]
        written = [_compact(record) for record in _records(document)]
        faults += (
            record_fault(name, index, "not an object")
            for index, line in enumerate(written)
            if line is None
        )
        lines = [line for line in written if line is not None]
        copies = [_stored_text(each) for each in _curricula(document)]
        faults += (
            Fault(name, f"curricula[{index}]", None, "not an object", _REMEDY)
            for index, text in enumerate(copies)
            if text is None
        )
        curricula = [text for text in copies if text is not None]
    elif not faults:
        faults = [Fault(name, "", None, "not a backup of llmpath", _GIVE)]
    if faults:
        raise refusal(name, faults)
    return Backup(*_origin(document), tuple(lines), tuple(curricula))


def record_fault(name: str, index: int, reason: str) -> Fault:
    """The fault that one record of a backup is not what was written."""
    return Fault(name, f"records[{index}]", None, reason, _REMEDY)


def refusal(name: str, faults: Sequence[Fault]) -> RefusedInputError:
    """The error for a backup with faults: the first thousand, and how many more."""
    told = list(faults[:FAULT_LIMIT])
    if len(faults) > FAULT_LIMIT:
        reason = f"{len(faults) - FAULT_LIMIT} more faults"
        told.append(Fault(name, "", None, reason, _REMEDY))
    return RefusedInputError(f"{name} is no whole backup", tuple(told))


class _Reader:
    """Reads JSON and keeps what the standard parser would let pass unsaid."""

    def __init__(self) -> None:
        self.odd: dict[str, None] = {}

    def read(self, text: str) -> object:
        return json.loads(
            text, object_pairs_hook=self._object, parse_constant=self._constant
        )

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) != len(pairs):
            times = Counter(key for key, _ in pairs)
            twice = (key for key in times if times[key] > 1)
            self.odd |= dict.fromkeys(f"the key {key!a} stands twice" for key in twice)
        return made

    def _constant(self, name: str) -> None:
        self.odd[f"{name} is no number of JSON"] = None


def _parse_document(data: bytes, name: str) -> tuple[object, list[Fault]]:
    reader = _Reader()
    if len(data) > SIZE_LIMIT:
        reason, line = f"larger than {SIZE_LIMIT // 2**20} MiB", None
    elif sum(map(data.count, (b",", b"[", b"{"))) > VALUE_LIMIT:
        reason, line = f"more than {VALUE_LIMIT} values", None
    elif not data.strip():
        reason, line = "the file is empty", None
    else:
        try:
            document = reader.read(data.decode("utf-8-sig"))
        except (ValueError, RecursionError, MemoryError) as error:
            reason, line = _why_unreadable(error), getattr(error, "lineno", None)
        else:
            return document, [Fault(name, "", None, odd, _REMEDY) for odd in reader.odd]
    return None, [Fault(name, "", line, reason, _REMEDY)]


def _why_unreadable(error: Exception) -> str:
    match error:
        case json.JSONDecodeError():
            return f"not JSON: {error.msg} at column {error.colno}"
        case UnicodeDecodeError():
            return "not UTF-8"
        case RecursionError():
            return "nested too deeply"
        case MemoryError():
            return "it needs more memory than there is"
        case _:  # int() refuses more than 4,300 digits
            return "a number is too long"


def _odd(document: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Place, reason and remedy of what the document itself must not be."""
    schema = document.get("schema")
    if schema != SCHEMA:
        if isinstance(schema, str) and schema.startswith(SCHEMA.removesuffix("1")):
            yield "schema", "made by a newer llmpath", "update llmpath"
        else:
            yield "schema", f"not {SCHEMA}", _GIVE
    if not isinstance(document.get("records"), list):
        yield "records", "not a list", _GIVE
    elif len(document["records"]) > RECORD_LIMIT:
        yield "records", f"more than {RECORD_LIMIT}", "import it in parts"
    if not isinstance(document.get("curricula", []), list):
        yield "curricula", "not a list", _REMEDY


def _records(document: dict[str, Any]) -> list[object]:
    """The records, as many as one looks at."""
    records = document.get("records")
    return records[:RECORD_LIMIT] if isinstance(records, list) else []


def _curricula(document: dict[str, Any]) -> list[object]:
    curricula = document.get("curricula")
    return curricula if isinstance(curricula, list) else []


def _stored_text(curriculum: object) -> str | None:
    """A curriculum as its copy was stored; None for what is no object, or a deep one.

    Copies are written by `json.dumps` in this form, which reading keeps.
    """
    if not isinstance(curriculum, dict):
        return None
    try:
        return json.dumps(curriculum, ensure_ascii=False, indent=1) + "\n"
    except RecursionError:
        return None


def _compact(record: object) -> str | None:
    """A record as a line of the journal; None for what is no object, or a deep one."""
    if not isinstance(record, dict):
        return None
    try:
        return json.dumps(record, separators=(",", ":"))
    except RecursionError:
        return None


def _origin(document: Any) -> tuple[str | None, str | None]:  # noqa: ANN401 - JSON
    """Id and edition of the curriculum, where a backup says them as text."""
    match document.get("curriculum"):
        case {"id": str(name), "edition": str(edition)}:
            return name, edition
        case _:
            return None, None
