"""The curriculum's file format: its models, its JSON Schema and its check.

A key whose value would be null, false or empty may be left out; what is stored has
every key. The models alone make the schema and the faults of single values; what
concerns several values is in `curriculum_faults`. This is the only module that imports
pydantic (55 ms); what it passed is read back without it by `curricula`.
"""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
)

from llmpath.core.curriculum import LESSON_LIMIT
from llmpath.core.text import NOTE_LIMIT, TITLE_LIMIT, URL_LIMIT, clean, safe_url
from llmpath.errors import Fault
from llmpath.named_tuple import NamedTuple
from llmpath.storage.curriculum_advice import find_advice
from llmpath.storage.curriculum_cleaning import find_cleaned
from llmpath.storage.curriculum_document import FILE_LIMIT, Finding
from llmpath.storage.curriculum_faults import find_contradictions, make_fault
from llmpath.storage.curriculum_forms import parse_document
from llmpath.storage.curriculum_reasons import PATTERNS, explain

_SCHEMA = "https://json-schema.org/draft/2020-12/schema"
_WEEK = 7 * 24 * 60
_FAULT_LIMIT = 1000
_ERROR_LIMIT = 100_000
"""Errors of single values: pydantic lists all or none, 1 KB each."""


def _cleaned(value: object) -> object:
    return clean(value, FILE_LIMIT) if isinstance(value, str) else value


def _pair(value: object) -> object:
    """Hours that are open at their end stand alone in TOML, which has no null."""
    return [*value, None] if isinstance(value, list) and len(value) == 1 else value


def _address(value: str) -> str:
    address = safe_url(value)
    if address is None:
        raise ValueError
    return address


Slug = Annotated[str, Field(pattern=PATTERNS["slug"])]
AnyId = Annotated[str, Field(pattern=PATTERNS["id"])]
Edition = Annotated[str, Field(pattern=PATTERNS["edition"])]
Day = Annotated[str, Field(pattern=PATTERNS["day"])]
Line = Annotated[
    str,
    Field(pattern=PATTERNS["words"], max_length=TITLE_LIMIT),
    BeforeValidator(_cleaned),
]
Note = Annotated[
    str,
    Field(pattern=PATTERNS["words"], max_length=NOTE_LIMIT),
    BeforeValidator(_cleaned),
]
Url = Annotated[
    str,
    Field(pattern=PATTERNS["address"], max_length=URL_LIMIT),
    AfterValidator(_address),
]
Minutes = Annotated[int, Field(ge=1, le=_WEEK)]
Year = Annotated[int, Field(ge=1900, le=2100)]
Hours = Annotated[int, Field(ge=0, le=10_000, strict=True)]
HoursPair = Annotated[
    tuple[Hours, Hours | None],
    BeforeValidator(_pair),
    Field(strict=False, json_schema_extra={"minItems": 1}),
]

_Few: Any = Field(default=[], max_length=100)
_Some = Field(min_length=1, max_length=1000)
_Many = Field(min_length=1, max_length=LESSON_LIMIT)


class _Entry(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")


class Lesson(_Entry):
    """What one sits down to; its full id is `curriculum:module/lesson`."""

    id: Slug
    title: Line
    url: Url | None = None
    stop: Line | None = None
    minutes: Minutes
    machine_minutes: Minutes | None = None
    kind: Literal["video", "reading", "lab", "assignment", "quiz", "slides", "project"]
    optional: bool = False
    access: Literal["free", "account", "paid"]
    needs: Annotated[
        list[Literal["laptop", "colab", "gpu-optional", "gpu", "multi-gpu", "unknown"]],
        Field(default=[], max_length=6),
    ]
    basis: Literal["published", "recalled", "estimated"]
    source: Line
    topics: Annotated[list[Line], _Few]


class Prerequisite(_Entry):
    """A module to complete first, and why."""

    module: Slug
    reason: Line


class Price(_Entry):
    """What the paid lessons cost, how that is known, and the day of the last look."""

    amount: Line
    what_for: Line
    basis: Literal["published", "recalled", "estimated"]
    checked: Day | None = None


class Alternative(_Entry):
    """Another resource for the same matter, and for whom."""

    title: Line
    url: Url
    audience: Line


class Module(_Entry):
    """A group of lessons that one would want alone in another track."""

    id: Slug
    title: Line
    authors: Annotated[list[Line], _Few]
    provider: Line
    url: Url | None = None
    format: Line
    year: Year | None = None
    price: Price | None = None
    prerequisites: Annotated[list[Prerequisite], _Few]
    assumes: Annotated[list[Line], _Few]
    outcomes: Annotated[list[Line], _Few]
    tags: Annotated[list[Line], _Few]
    added: bool = False
    note: Note | None = None
    alternatives: Annotated[list[Alternative], _Few]
    study_minutes: Minutes | None = None
    lessons: Annotated[list[Lesson], _Many]


class PhaseModule(_Entry):
    """A module's place in a phase; an optional one is planned only when included."""

    module: Slug
    optional: bool = False


class Phase(_Entry):
    """A stage of a track."""

    id: Slug
    title: Line
    goal: Line
    modules: Annotated[list[PhaseModule], _Some]


class Track(_Entry):
    """A route through the modules; `stated_hours` is what its source claims."""

    id: Slug
    title: Line
    summary: Line
    audience: Line
    stated_hours: HoursPair | None = None
    source: Line
    phases: Annotated[list[Phase], _Some]


class Change(_Entry):
    """What an edition did to ids of an earlier one."""

    edition: Edition
    kind: Literal["renamed", "moved", "split", "merged", "retired", "retimed"]
    from_: Annotated[list[AnyId], _Some, Field(alias="from")]
    to: Annotated[list[AnyId], Field(default=[], max_length=1000)]
    reason: Line


class Curriculum(_Entry):
    """Tracks over a pool of modules."""

    schema_: Annotated[
        str | None, Field(default=None, alias="$schema", exclude=True)
    ]  # for the author's editor, not stored
    format: Annotated[int, Field(ge=1, le=1)]
    id: Slug
    title: Line
    edition: Edition
    tracks: Annotated[list[Track], _Some]
    modules: Annotated[list[Module], _Many]
    changes: Annotated[list[Change], Field(default=[], max_length=LESSON_LIMIT)]


class CheckedCurriculum(NamedTuple):
    """The outcome of a check.

    Attributes:
        text: The file as it is to be stored, cleaned; None if there is a fault.
        faults: Everything that is wrong, in the order of the checks; after a thousand,
            how many more.
        advice: What may be meant otherwise, where every single value is in order.
    """

    text: str | None
    faults: tuple[Fault, ...]
    advice: tuple[Fault, ...] = ()


def check_curriculum(
    source: bytes | str | dict[str, Any], name: str
) -> CheckedCurriculum:
    """Check a curriculum; its text is cleaned and links are put in ASCII.

    Args:
        source: A file's content, or a document that was made of one.
        name: What the faults call it; the ending says in which form a content is.
    """
    document, findings = (
        (source, []) if isinstance(source, dict) else parse_document(source, name)
    )
    if document is not None or not findings:
        read, wrong = _read_values(document)
        known = {each.place for each in findings}
        findings += [each for each in wrong if each.place not in known]
        findings += find_contradictions(document)
        if read is not None:
            text = None if findings else normalised(read)
            faults = _told(document, findings, name, "faults")
            found = [*find_cleaned(document), *find_advice(read)]
            advice = _told(read, found, name, "pieces of advice")
            return CheckedCurriculum(text, faults, advice)
    return CheckedCurriculum(None, _told(document, findings, name, "faults"))


def _told(
    document: object, findings: list[Finding], name: str, what: str
) -> tuple[Fault, ...]:
    """The first thousand findings, and how many more there are."""
    told = [make_fault(document, each, name) for each in findings[:_FAULT_LIMIT]]
    if len(findings) > _FAULT_LIMIT:
        reason = f"{len(findings) - _FAULT_LIMIT} more {what}"
        told.append(Fault(name, "", None, reason, "correct these first"))
    return tuple(told)


def curriculum_schema() -> dict[str, Any]:
    """The JSON Schema of the file; what concerns several values is not in it."""
    return {"$schema": _SCHEMA, **Curriculum.model_json_schema()}


def normalised(document: object) -> str:
    """Write a document as it is stored: one value a line, with a last line break."""
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _read_values(document: object) -> tuple[dict[str, Any] | None, list[Finding]]:
    """The document with every key and its text cleaned, or what is wrong in it."""
    try:
        curriculum = Curriculum.model_validate(document)
    except ValidationError as error:
        if error.error_count() > _ERROR_LIMIT:
            reason = f"{error.error_count()} values are wrong or missing"
            return None, [Finding((), reason, "give a curriculum's file")]
        found = error.errors(include_url=False, include_input=False)
        return None, [
            Finding(each["loc"], *explain(each["type"], each["msg"], each.get("ctx")))
            for each in found
        ]
    return curriculum.model_dump(mode="json", by_alias=True), []
