"""`list` and `search`: modules and lessons in rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from rich.text import Text

from llmpath.core.curriculum import Lesson
from llmpath.core.searching import Hit
from llmpath.core.when import shown_minutes
from llmpath.report.contents import all_known, known_named, known_status
from llmpath.report.drawn.layout import (
    INDENT,
    facts,
    headline,
    indented,
    joined,
    sections,
    words,
    wrapped,
)
from llmpath.report.drawn.look import Look
from llmpath.report.drawn.phrases import (
    extra_words,
    percent_words,
    put_off_words,
    rough_hours,
)
from llmpath.report.drawn.pieces import (
    command,
    heading,
    id_text,
    lesson_slug_text,
    state_text,
    status_text,
    titled,
)
from llmpath.report.drawn.tables import FIGURE, FIXED, WRAPPED, table
from llmpath.report.drawn.theme import Role
from llmpath.report.phrases import STATUS_WORDS, counted
from llmpath.report.views.contents import ListedModule, ListView, SearchView


def list_lines(view: ListView, look: Look) -> list[Text]:
    """Modules, phase by phase, with their lessons."""
    status = view.status or ""
    shown = f", only {STATUS_WORDS.get(status, status)}" if status else ""
    title = view.track.title if view.track else "All modules"
    lessons = sum(len(each.lessons) for each in view.modules)
    figures = (
        f"{counted(len(view.modules), 'module')}, {counted(lessons, 'lesson')}{shown}"
    )
    blocks: list[list[Text]] = []
    phase = ""
    for plain in view.modules:
        is_known = all_known(plain.lessons, view.known)
        listed = plain._replace(
            status=known_status(plain.status, is_known=is_known),
            lessons=tuple(known_named(plain.lessons, view.known)),
        )
        if listed.phase_title and listed.phase != phase:
            phase = listed.phase
            blocks.append(phase_rule(listed.phase_title, look))
        blocks.append(module_lines(listed, view.put_off, look))
    return sections(headline(heading(title), words(figures), look.width), *blocks)


def phase_rule(title: str, look: Look) -> list[Text]:
    """A phase's title with a line after it."""
    *lines, last = wrapped(heading(title), look.width)
    rest = look.width - last.cell_len - 1
    if rest < 1:
        return [*lines, last]
    return [*lines, words(last, " ", (look.glyphs.rest * rest, Role.LATER))]


def module_lines(
    listed: ListedModule, put_off: Mapping[str, date], look: Look
) -> list[Text]:
    """A module with its lessons."""
    return [
        *module_heading(listed, look),
        *lesson_rows(plain_lessons(listed), put_off, look),
    ]


def plain_lessons(listed: ListedModule) -> list[tuple[Lesson, str]]:
    """A module's lessons; those of an optional one need not say that they are."""
    if not listed.optional:
        return list(listed.lessons)
    return [(each._replace(optional=False), status) for each, status in listed.lessons]


def module_heading(listed: ListedModule, look: Look) -> list[Text]:
    """A module's title and id, and where it stands."""
    module = listed.module
    title = words((module.title, Role.HEADING), "  ", id_text(module.id))
    return headline(title, module_state(listed, look), look.width)


def module_state(listed: ListedModule, look: Look) -> Text:
    """Status, share and hours of a module."""
    tally = listed.tally
    optional = words(("optional" if listed.optional else "", Role.LATER))
    is_begun = listed.status == "active"
    return joined(
        [
            state_text(listed.status, (each.id for each in listed.waits), look),
            words(percent_words(tally.percent) if is_begun else ""),
            optional,
            words(rough_hours(module_minutes(listed))),
        ],
        ", ",
    )


def module_minutes(listed: ListedModule) -> int:
    """Minutes that count; of a module in which nothing counts, the required ones."""
    if listed.tally.minutes:
        return listed.tally.minutes
    lessons = listed.module.lessons
    required = sum(each.minutes for each in lessons if not each.optional)
    return required or sum(each.minutes for each in lessons)


def lesson_rows(
    lessons: Iterable[tuple[Lesson, str]], put_off: Mapping[str, date], look: Look
) -> list[Text]:
    """Lessons in rows: status, minutes, title with id and kind."""
    rows = [
        lesson_cells(lesson, status, put_off.get(lesson.id), look)
        for lesson, status in lessons
    ]
    columns = (FIXED, FIGURE, FIXED, WRAPPED)
    return indented(table(rows, columns, look.width - INDENT, look.glyphs))


def lesson_cells(
    lesson: Lesson, status: str, put_off: date | None, look: Look
) -> tuple[Text, Text, Text, Text]:
    """Status, minutes, kind, and title with id; on a narrow screen all in the last."""
    minutes, kind = shown_minutes(lesson.minutes), lesson.kind
    more = extra_words(lesson)
    if put_off is not None:
        more = (*more, put_off_words(put_off))
    if not look.is_wide:
        kind, more = "", (kind, *more)
    if look.is_narrow:
        minutes, more = "", (minutes, *more)
    return (
        status_text(status, look),
        words(minutes),
        words((kind, Role.LATER)),
        titled(lesson.title, lesson_slug_text(lesson), *more),
    )


def search_lines(view: SearchView, look: Look) -> list[Text]:
    """Where words were found, the words marked."""
    if not view.hits:
        found = words(f"Nothing has the words '{view.words}'.")
        return sections(
            wrapped(found, look.prose),
            facts([("all of it", command("llmpath list"))], look.width),
        )
    title = words(f"{counted(len(view.hits), 'place')} with '{view.words}'")
    lines = [line for hit in view.hits for line in hit_lines(hit, view.words, look)]
    return sections(
        wrapped(title, look.prose),
        lines,
        facts([("look", command("llmpath show ID"))], look.width),
    )


def hit_lines(hit: Hit, wanted: str, look: Look) -> list[Text]:
    """A module or lesson, and the text in which the words stand if not its title."""
    title = words(marked(hit.thing.title, wanted), "  ", id_text(hit.thing.id))
    lines = wrapped(title, look.width, hang=INDENT)
    if hit.field in {"title", "id"}:
        return lines
    field = words((f"{hit.field}: ", Role.LATER), marked(hit.text, wanted))
    return [*lines, *wrapped(field, look.prose, indent=2 * INDENT, hang=INDENT)]


def marked(text: str, wanted: str) -> Text:
    """A text in which the words looked for stand out."""
    result = words(text)
    result.highlight_words(wanted.split(), Role.HEADING, case_sensitive=False)
    return result
