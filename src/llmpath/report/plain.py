r"""Documents as lines for other programs: tab-separated, in the order of the JSON keys.

A line is a record; there is no header. Every document is written by these rules:

* A record is the whole document without `schema`, or each item of the list that
  `records` names; a list that is null has none. In a list inside a list, such as
  `phases.modules`, each line begins with the first field, the id, of the object that
  holds the item.
* A text, number or date is one field. Null is an empty field, also where an object may
  stand; true and false are written so. Tabs and line breaks in a text become spaces.
* An object inside a record is flattened in place: its fields, in the order of its keys.
* A list is one field, its items joined with commas; an object in it stands as its own
  first field, such as its id or day.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from llmpath.core.text import clean
from llmpath.report.parts import Document

RECORDS: dict[str, tuple[str | None, ...]] = {
    "config": ("settings",),
    "curriculum-list": ("curricula",),
    "curriculum-show": ("curricula.tracks",),
    "curriculum-check": ("files", "advice"),
    "curriculum-links": ("links",),
    "doctor": (None, "checks", "damaged"),
    "history": ("events",),
    "list": ("modules.lessons",),
    "next": ("lessons",),
    "note": ("notes",),
    "off-list": ("days",),
    "path": (None, "lessons"),
    "plan": ("blocks",),
    "search": ("matches",),
    "show": (None, "lessons", "notes"),
    "status": (None, "weeks", "phases.modules"),
    "sync": (None, "devices"),
    "sync-check": (None, "devices"),
    "sync-init": (None, "devices"),
    "today": ("lessons",),
    "tracks": ("tracks",),
    "why": (None, "reasons"),
}
"""The records of a command, one kind after the other; elsewhere the document is one."""


def plain_report(document: Document) -> list[str]:
    """All lines of a document: its command's records, or itself if it has no such."""
    command = str(document["schema"]).split("/")[1]
    known = [
        each
        for each in RECORDS.get(command, ())
        if each is None or each.split(".")[0] in document
    ]
    return [line for each in known or [None] for line in plain_lines(document, each)]


def plain_lines(document: Document, records: str | None) -> list[str]:
    """One line for the document, or one for each item of a list in it.

    Args:
        records: Where the list is, such as `lessons` or `phases.modules`; None for the
            document itself.
    """
    if records is None:
        rest = {key: value for key, value in document.items() if key != "schema"}
        return ["\t".join(fields(rest))]
    return ["\t".join(row) for row in rows(document, records.split("."), ())]


def rows(
    holder: Document, names: list[str], ids: tuple[str, ...]
) -> Iterator[tuple[str, ...]]:
    """The fields of every item, behind the ids of the objects on the way to it."""
    name, *inner = names
    for item in cast("list[Document] | None", holder[name]) or ():
        if inner:
            yield from rows(item, inner, (*ids, next(fields(item))))
        else:
            yield (*ids, *fields(item))


def fields(value: object) -> Iterator[str]:
    """One field; an object has those of its values."""
    if isinstance(value, dict):
        for each in value.values():
            yield from fields(each)
    elif isinstance(value, list):
        yield ",".join(next(fields(each), "") for each in value)
    elif value is None:
        yield ""
    elif isinstance(value, bool):
        yield "true" if value else "false"
    else:
        yield clean(str(value))
