"""The lessons as a Markdown check list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from llmpath.core.curriculum import shown_id
from llmpath.core.progress import Note
from llmpath.core.text import clean, safe_url
from llmpath.exchange.box_lines import Facts, facts_text
from llmpath.exchange.entries import Entry

# What has a meaning inside a line of CommonMark, GitHub or a formula renderer; the
# last two parts make GitHub's links out of plain text.
_SPECIAL = re.compile(r"[\\`*_\[\]<>~|&#$@]|:(?=//)|(?<=www)\.")
# Balanced brackets alone may stand in a link's target; `;` could end an entity.
_IN_TARGET = str.maketrans({"(": "%28", ")": "%29", ";": "%3B"})


def markdown_text(title: str, entries: Iterable[Entry]) -> str:
    """Write headings for tracks, phases and modules and a check box for each lesson.

    Skipped lessons are open boxes that say so.
    """
    lines = [f"# {escaped(title)}"]
    for track, of_track in groupby(entries, key=lambda entry: entry.track):
        if track is not None:
            lines += ["", f"## {escaped(track.title)}"]
        for phase, of_phase in groupby(of_track, key=lambda entry: entry.phase):
            if phase is not None:
                lines += ["", f"### {escaped(phase.title)}"]
            level = "##" if phase is None else "####"
            for module, lessons in groupby(of_phase, key=lambda entry: entry.module):
                lines += ["", f"{level} {escaped(module.title)}", ""]
                lines += _module_lines(list(lessons))
    return "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    """One line of text that a renderer shows as it is, inside a line."""
    return _SPECIAL.sub(r"\\\g<0>", clean(text))


def _module_lines(entries: list[Entry]) -> Iterator[str]:
    for entry in entries:
        yield from _note_lines(entry.module_notes, "- note")
    for entry in entries:
        yield _box_line(entry)
        yield from _note_lines(entry.notes, "  - note")


def _box_line(entry: Entry) -> str:
    lesson = entry.lesson
    title, address = escaped(lesson.title), safe_url(lesson.url or "")
    is_skipped = entry.status == "skipped"
    facts = Facts(
        lesson.kind,
        lesson.minutes,
        is_estimate=lesson.basis != "published",
        is_optional=entry.is_optional,
        is_skipped=is_skipped,
        is_known=is_skipped and entry.is_known,
        planned=entry.planned.isoformat() if entry.planned else None,
        done_on=entry.done_on.isoformat() if entry.done_on else None,
        id=shown_id(lesson.id),
    )
    linked = f"[{title}]({address.translate(_IN_TARGET)})" if address else title
    box = "x" if entry.status == "done" else " "
    return f"- [{box}] {linked}, {facts_text(facts)}"


def _note_lines(notes: Iterable[Note], begin: str) -> Iterator[str]:
    for note in notes:
        yield f"{begin} {note.day.isoformat()}: {escaped(note.text)}"
