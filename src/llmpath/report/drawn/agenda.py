"""An agenda, for each command that shows one: the day, and the lessons with theirs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich.text import Text

from llmpath.core.agenda import Agenda, AgendaLesson, AgendaState
from llmpath.core.curriculum import shown_id
from llmpath.core.plan import StudyBlock
from llmpath.core.when import shown_day, shown_minutes
from llmpath.report.agenda_phrases import FAR_DAYS
from llmpath.report.drawn.layout import (
    INDENT,
    facts,
    indented,
    words,
    wrapped,
)
from llmpath.report.drawn.look import Look
from llmpath.report.drawn.phrases import (
    extra_words,
    part_words,
)
from llmpath.report.drawn.pieces import (
    command,
    heading,
    lesson_id,
    titled,
)
from llmpath.report.drawn.tables import FIGURE, FIXED, WRAPPED, column_widths, table
from llmpath.report.drawn.theme import Role

ITEM = (FIGURE, FIXED, WRAPPED)

REASONS = {
    AgendaState.TODAY: ("", ""),
    AgendaState.DAY_USED: ("Today's minutes are used.", "If you like to go on:"),
    AgendaState.AHEAD: ("Nothing is planned for today.", "If you like to go on:"),
    AgendaState.FREE_DAY: ("Today is free.", "If you like to study all the same:"),
    AgendaState.BREAK: (
        "You are on a break; llmpath off remove today ends it.",
        "If you like to study all the same:",
    ),
    AgendaState.ONLY_OPTIONAL: (
        "Nothing that is required is left. The rest is optional:",
        "",
    ),
    AgendaState.FINISHED: ("Finished: nothing is left to study.", ""),
}
"""How `next` begins on a day that is not simply a study day, and how it leads on."""


def state_lines(agenda: Agenda, look: Look) -> list[Text]:
    """Which day it is, and why these lessons are shown."""
    day = heading(shown_day(agenda.today, today=agenda.today))
    if agenda.state is AgendaState.TODAY:
        day = words(day, f", {shown_minutes(agenda.today_minutes)} planned")
    reason = state_words(agenda)
    return [day, *(wrapped(words(reason), look.prose) if reason else ())]


def state_words(agenda: Agenda) -> str:
    """Why these lessons are shown, where they are not simply today's."""
    day = agenda.following
    shown = "" if day is None else shown_day(day, today=agenda.today)
    if agenda.state is AgendaState.BEFORE_START:
        begins = f"on {shown}" if shown else "later"
        return f"The plan begins {begins}. To begin sooner:"
    opening, ending = REASONS[agenda.state]
    goes_on = f"The plan goes on {shown}." if shown and ending else ""
    is_ahead = agenda.state is AgendaState.AHEAD and day is not None
    if is_ahead and day is not None and (day - agenda.today).days >= FAR_DAYS:
        goes_on += " llmpath replan lays out anew what is left."
    return " ".join(filter(None, (opening, goes_on, ending)))


def finished_lines(agenda: Agenda, look: Look) -> list[Text]:
    """Where to look after the last lesson."""
    if agenda.state is not AgendaState.FINISHED:
        return []
    pairs = [
        ("look back", command("llmpath status")),
        ("go on", command("llmpath tracks")),
    ]
    return facts(pairs, look.width)


def following_lines(
    items: Sequence[tuple[AgendaLesson, str | None]],
    today: date,
    look: Look,
    title: str | None,
) -> list[Text]:
    """Lessons, a line or two each, with the notes on their modules."""
    lines = [heading(title)] if title and items else []
    rows = [item_cells(item, today, look) for item, _ in items]
    widths = column_widths(rows, ITEM, look.width - INDENT) if rows else ()
    for (_, note), row in zip(items, rows, strict=True):
        lines += indented(table([row], ITEM, look.width, look.glyphs, widths=widths))
        if note:
            text = words(("note: ", Role.LATER), note)
            lines += wrapped(text, look.prose, indent=2 * INDENT, hang=INDENT)
    return lines


def without_notes(agenda: Agenda) -> list[tuple[AgendaLesson, str | None]]:
    """The lessons alone, where there is no room for notes."""
    return [(each, None) for each in agenda.lessons]


def item_cells(item: AgendaLesson, today: date, look: Look) -> tuple[Text, Text, Text]:
    """Minutes of the next sitting, day, title with id."""
    now = sum(block.minutes for block in item.blocks) or item.left
    day = item.planned
    when = "" if day is None or day == today else shown_day(day, today=today)
    more = [blocks_words(item.blocks) if item.blocks else "", *extra_words(item.lesson)]
    title = titled(item.lesson.title, lesson_id(item.lesson, look), *more)
    return words(shown_minutes(now)), words("" if look.is_narrow else when), title


def blocks_words(blocks: tuple[StudyBlock, ...]) -> str:
    """Which parts of a lesson some blocks are."""
    return part_words(blocks[0].part, blocks[-1].part, blocks[0].parts)


def id_command(verb: str, item: AgendaLesson) -> Text:
    """A command on this lesson, ready to copy."""
    return command(f"llmpath {verb} {shown_id(item.lesson.id)}")
