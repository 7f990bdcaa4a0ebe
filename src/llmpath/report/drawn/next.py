"""`next`: what to study now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich.text import Text

from llmpath.core.agenda import AgendaLesson
from llmpath.core.curriculum import Lesson, shown_id
from llmpath.core.when import shown_minutes
from llmpath.report.agenda import noted
from llmpath.report.drawn.agenda import (
    ITEM,
    blocks_words,
    finished_lines,
    id_command,
    item_cells,
    state_lines,
)
from llmpath.report.drawn.layout import (
    INDENT,
    facts,
    indented,
    joined,
    sections,
    words,
    wrapped,
)
from llmpath.report.drawn.look import Look
from llmpath.report.drawn.phrases import (
    needs_words,
    planned_words,
)
from llmpath.report.drawn.pieces import (
    command,
    heading,
    id_text,
    link_lines,
    module_text,
)
from llmpath.report.drawn.returning import return_lines
from llmpath.report.drawn.tables import table
from llmpath.report.drawn.theme import Role
from llmpath.report.phrases import price_words, stop_fact
from llmpath.report.views.next import NextView


def next_lines(view: NextView, look: Look) -> list[Text]:
    """What to study now, with all that is needed to begin."""
    agenda = view.agenda
    lessons = noted(agenda)
    first, others = lessons[:1], lessons[1:]
    return sections(
        return_lines(view.returning, agenda.today, look),
        state_lines(agenda, look),
        *(first_blocks(*first[0], agenda.today, look) if first else ()),
        *then_blocks(others, agenda.today, look),
        finished_lines(agenda, look),
    )


def first_blocks(
    item: AgendaLesson, note: str | None, today: date, look: Look
) -> tuple[list[Text], list[Text], list[Text]]:
    """The lesson to begin with: link, facts, and what to type afterwards."""
    lesson = item.lesson
    title = words((lesson.title, Role.HEADING))
    top = [*wrapped(title, look.prose), *link_lines(lesson.url, INDENT)]
    return (
        top,
        facts(lesson_facts(item, note, today), look.prose, indent=INDENT),
        afterwards_lines(item, look),
    )


def then_blocks(
    items: Sequence[tuple[AgendaLesson, str | None]], today: date, look: Look
) -> list[list[Text]]:
    """The lessons after the first, compactly: link, day, and what to type."""
    blocks = [then_lines(*each, today, look) for each in items]
    if blocks:
        blocks[0].insert(0, heading("Then"))
    return blocks


def then_lines(
    item: AgendaLesson, note: str | None, today: date, look: Look
) -> list[Text]:
    """One of the lessons after the first."""
    row = item_cells(item, item.planned or today, look)
    pairs = [
        ("planned", planned_text(item, today)),
        ("unlocks", joined([id_text(each) for each in item.unlocks], ", ")),
        ("note", words(note or "")),
        ("when done", id_command("done", item)),
    ]
    return [
        *indented(table([row], ITEM, look.width - INDENT, look.glyphs)),
        *link_lines(item.lesson.url, 2 * INDENT),
        *facts(pairs, look.prose, indent=2 * INDENT),
    ]


def lesson_facts(
    item: AgendaLesson, note: str | None, today: date
) -> list[tuple[str, Text]]:
    """What to know about a lesson before the time is spent."""
    lesson, module = item.lesson, item.module
    waiting = [id_text(each.module) for each in item.waiting]
    costs = ""
    if lesson.access == "paid":
        costs = "money" if module.price is None else price_words(module.price)
    return [
        ("time", words(time_words(item))),
        stop_pair(lesson),
        ("part of", module_text(module)),
        ("planned", planned_text(item, today)),
        ("later", words("after ", joined(waiting, ", ")) if waiting else Text()),
        ("unlocks", joined([id_text(each) for each in item.unlocks], ", ")),
        ("needs", words(needs_words(lesson))),
        ("costs", words(costs)),
        ("note", words(note or "")),
    ]


def stop_pair(lesson: Lesson) -> tuple[str, Text]:
    """Where to stop: at a time mark, or after a heading."""
    label, _, place = (stop_fact(lesson) or "").partition(": ")
    return label.lower(), words(place)


def planned_text(item: AgendaLesson, today: date) -> Text:
    """The day of a lesson's next block."""
    if item.planned is None and item.is_counted:
        said = "no day for it in your calendar: "
        return words(said, command("llmpath off list"))
    if item.planned is None:
        return words("not in the plan: ", id_command("include", item))
    role = Role.DUE if item.planned == today else Role.PLAIN
    return words((planned_words(item.planned, today), role))


def time_words(item: AgendaLesson) -> str:
    """How long it takes now, and what is left after that."""
    lesson = item.lesson
    kind = f", {lesson.kind}{', optional' if lesson.optional else ''}"
    if not item.blocks or item.blocks[0].parts <= 1:
        return f"{shown_minutes(item.left)}{kind}"
    now = sum(block.minutes for block in item.blocks)
    left = max(0, item.left - now)
    after = f", {shown_minutes(left)} left" if left else ", the last"
    return f"{blocks_words(item.blocks)}: {shown_minutes(now)} now{after}{kind}"


def afterwards_lines(item: AgendaLesson, look: Look) -> list[Text]:
    """What to type after the lesson, or after this part of it."""
    now = sum(block.minutes for block in item.blocks)
    is_partial = bool(item.blocks) and now < item.left
    log = Text()
    if is_partial:
        log = command(f"llmpath log {shown_id(item.lesson.id)} {now}m")
    pairs = [("after this part", log), ("when done", id_command("done", item))]
    return facts(pairs, look.width)
