"""The lessons as a CSV table, RFC 4180, that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from llmpath.core.curriculum import shown_id
from llmpath.core.text import clean, safe_url
from llmpath.exchange.entries import Entry

COLUMNS = (
    "track",
    "phase",
    "module",
    "lesson",
    "title",
    "url",
    "kind",
    "minutes",
    "logged",
    "status",
    "planned",
    "done_on",
    "note",
)
# ASVS 5, 1.2.10, full-width forms last. Tabs and line breaks are spaces by then, and
# what stands behind spaces counts.
_FORMULA_STARTS = tuple("=+-@\uff1d\uff0b\uff0d\uff20")


def csv_text(entries: Iterable[Entry]) -> str:
    """Write a header and a row for each lesson; lines end in CR LF."""
    target = StringIO()
    writer = csv.writer(target)
    writer.writerow(COLUMNS)
    writer.writerows(map(_row, entries))
    return target.getvalue()


def text_cell(text: str) -> str:
    """One line of text that a spreadsheet shows as it is: formulas begin with `'`."""
    shown = clean(text)
    return f"'{shown}" if shown.lstrip().startswith(_FORMULA_STARTS) else shown


def _row(entry: Entry) -> tuple[str | int, ...]:
    lesson = entry.lesson
    return (
        shown_id(entry.track.id) if entry.track else "",
        entry.phase.id if entry.phase else "",
        shown_id(entry.module.id),
        shown_id(lesson.id),
        text_cell(lesson.title),
        safe_url(lesson.url or "") or "",
        lesson.kind,
        lesson.minutes,
        entry.logged,
        entry.status,
        entry.planned.isoformat() if entry.planned else "",
        entry.done_on.isoformat() if entry.done_on else "",
        # Begins with a date, so that no note stands where a formula would.
        " | ".join(_notes(entry)),
    )


def _notes(entry: Entry) -> Iterator[str]:
    for note in entry.module_notes:
        yield f"{note.day.isoformat()} (module): {clean(note.text)}"
    for note in entry.notes:
        yield f"{note.day.isoformat()}: {clean(note.text)}"
