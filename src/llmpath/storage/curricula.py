"""Curricula on disk, read without pydantic.

What is read here has passed `curriculum_file.check_curriculum` before it was stored, so
that only its form is looked at again: importing pydantic would cost 55 ms.
"""

from __future__ import annotations

import json
from operator import itemgetter
from pathlib import Path
from typing import Any

from llmpath.core.curriculum import (
    Alternative,
    Change,
    Curriculum,
    Lesson,
    Module,
    Phase,
    PhaseModule,
    Prerequisite,
    Price,
    Track,
)
from llmpath.errors import Fault, RefusedInputError

UNREADABLE = (AttributeError, KeyError, TypeError, ValueError, RecursionError)
"""What comes of a text that is no curriculum of this format."""

_FORMAT = 1
_lesson_fields = itemgetter(*Lesson._fields)
_module_fields = itemgetter(*Module._fields)
_price_fields = itemgetter(*Price._fields)
_alternative_fields = itemgetter(*Alternative._fields)


def bundled_curriculum_path() -> Path:
    """The curriculum in the wheel, or the checkout's own when run from source."""
    package = Path(__file__).resolve().parents[1]
    shipped = package / "data" / "curriculum.json"
    if shipped.is_file():
        return shipped
    return package.parents[1] / "data" / "curriculum.json"


def read_curriculum(path: Path) -> Curriculum:
    """Read a stored curriculum.

    Raises:
        RefusedInputError: The file is missing, cannot be read or is damaged.
    """
    try:
        # the text is gone before values are made: it is half of what the document takes
        return _make_curriculum(json.loads(path.read_bytes().decode()))
    except OSError as error:
        raise _refusal(path, error.strerror or "cannot be read", None) from error
    except json.JSONDecodeError as error:
        raise _refusal(path, f"not JSON: {error.msg}", error.lineno) from error
    except UNREADABLE as error:
        raise _refusal(path, "not a curriculum of this format", None) from error


def parse_curriculum(text: str | bytes) -> Curriculum:
    """Build a curriculum with full ids from a checked file's text.

    Raises:
        UNREADABLE: One of these, on a text that was not checked.
    """
    return _make_curriculum(json.loads(text))


def _make_curriculum(document: dict[str, Any]) -> Curriculum:
    """Build the values, and take each module out of the document when it is made."""
    if document["format"] != _FORMAT:
        raise ValueError(document["format"])
    name = document["id"]
    tracks = [_make_track(name, each) for each in document["tracks"]]
    entries = document["modules"]
    entries.reverse()
    modules = []
    while entries:
        modules.append(_make_module(name, entries.pop()))
    return Curriculum(
        id=name,
        title=document["title"],
        edition=document["edition"],
        tracks={track.id: track for track in tracks},
        modules={module.id: module for module in modules},
        lessons={each.id: each for module in modules for each in module.lessons},
        changes=tuple(_make_change(name, each) for each in document["changes"]),
    )


# Keys of the file are the names of the fields: what needs no change is passed on.


def _make_track(name: str, entry: dict[str, Any]) -> Track:
    hours = entry["stated_hours"]
    changed = {
        "id": f"{name}:{entry['id']}",
        "stated_hours": None if hours is None else tuple(hours),
        "phases": tuple(_make_phase(name, each) for each in entry["phases"]),
    }
    return Track(**entry | changed)


def _make_phase(name: str, entry: dict[str, Any]) -> Phase:
    modules = tuple(
        PhaseModule(f"{name}:{each['module']}", each["optional"])
        for each in entry["modules"]
    )
    return Phase(**entry | {"modules": modules})


def _make_module(name: str, entry: dict[str, Any]) -> Module:
    # in place, as lessons are: there are dozens and more
    full = f"{name}:{entry['id']}"
    entry["id"] = full
    entry["authors"] = tuple(entry["authors"])
    if entry["price"] is not None:
        entry["price"] = Price._make(_price_fields(entry["price"]))
    entry["prerequisites"] = tuple(
        Prerequisite(f"{name}:{each['module']}", each["reason"])
        for each in entry["prerequisites"]
    )
    entry["assumes"] = tuple(entry["assumes"])
    entry["outcomes"] = tuple(entry["outcomes"])
    entry["tags"] = tuple(entry["tags"])
    entry["alternatives"] = tuple(
        Alternative._make(_alternative_fields(each)) for each in entry["alternatives"]
    )
    entry["lessons"] = tuple([_make_lesson(full, each) for each in entry["lessons"]])
    return Module._make(_module_fields(entry))


def _make_lesson(module: str, entry: dict[str, Any]) -> Lesson:
    # in place: hundreds of lessons are made at each start
    entry["id"] = f"{module}/{entry['id']}"
    entry["module"] = module
    entry["needs"] = tuple(entry["needs"])
    entry["topics"] = tuple(entry["topics"])
    return Lesson._make(_lesson_fields(entry))


def _make_change(name: str, entry: dict[str, Any]) -> Change:
    return Change(
        edition=entry["edition"],
        kind=entry["kind"],
        before=tuple(f"{name}:{each}" for each in entry["from"]),
        after=tuple(f"{name}:{each}" for each in entry["to"]),
        reason=entry["reason"],
    )


def _refusal(path: Path, reason: str, line: int | None) -> RefusedInputError:
    """The error for a file that cannot be read; the bundled one is put back by pip."""
    bundled = path == bundled_curriculum_path()
    remedy = "install llmpath again" if bundled else "add the curriculum again"
    fault = Fault(str(path), "", line, reason, remedy)
    return RefusedInputError("the curriculum cannot be read", (fault,))
