"""`next` and bare `llmpath`: what to study now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich.text import Text

from llmpath.core.agenda import Agenda, AgendaLesson, AgendaState
from llmpath.core.curriculum import Lesson, shown_id
from llmpath.core.plan import StudyBlock
from llmpath.core.when import shown_day, shown_minutes
from llmpath.report.agenda import noted
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
    extra_words,
    needs_words,
    part_words,
    planned_words,
)
from llmpath.report.drawn.pieces import (
    command,
    heading,
    id_text,
    lesson_id,
    module_text,
    titled,
)
from llmpath.report.drawn.returning import return_lines
from llmpath.report.drawn.status import standing_lines
from llmpath.report.drawn.tables import FIGURE, FIXED, WRAPPED, column_widths, table
from llmpath.report.drawn.theme import Role
from llmpath.report.phrases import price_words, stop_fact
from llmpath.report.views.next import NextView
from llmpath.report.views.today import TodayView

_ITEM = (FIGURE, FIXED, WRAPPED)

REASONS = {
    AgendaState.TODAY: ("", ""),
    AgendaState.DAY_USED: ("Today's minutes are used.", "If you like to go on:"),
    AgendaState.AHEAD: ("Nothing is planned for today.", "If you like to go on:"),
    AgendaState.FREE_DAY: ("Today is free.", "If you like to study all the same:"),
    AgendaState.ONLY_OPTIONAL: (
        "All that is required is done. What is left is optional:",
        "",
    ),
    AgendaState.FINISHED: ("Finished: nothing is left to study.", ""),
}
"""How `next` begins on a day that is not simply a study day, and how it leads on."""


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


def today_lines(view: TodayView, look: Look) -> list[Text]:
    """Today's lessons, and how the week and the plan stand."""
    agenda = view.agenda
    return sections(
        return_lines(view.returning, agenda.today, look),
        [
            *state_lines(agenda, look),
            *following_lines(without_notes(agenda), agenda.today, look, None),
        ],
        standing_lines(view.status, look, is_back=view.returning is not None),
        today_hints(agenda, look),
    )


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


def first_blocks(
    item: AgendaLesson, note: str | None, today: date, look: Look
) -> tuple[list[Text], list[Text], list[Text]]:
    """The lesson to begin with: link, facts, and what to type afterwards."""
    lesson = item.lesson
    title = words((lesson.title, Role.HEADING))
    link = words((lesson.url, Role.LINK))
    top = [*wrapped(title, look.prose), *indented([link])]
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
        *indented(table([row], _ITEM, look.width - INDENT, look.glyphs)),
        *indented([words((item.lesson.url, Role.LINK))], 2 * INDENT),
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


def blocks_words(blocks: tuple[StudyBlock, ...]) -> str:
    """Which parts of a lesson some blocks are."""
    return part_words(blocks[0].part, blocks[-1].part, blocks[0].parts)


def afterwards_lines(item: AgendaLesson, look: Look) -> list[Text]:
    """What to type after the lesson, or after this part of it."""
    now = sum(block.minutes for block in item.blocks)
    is_partial = bool(item.blocks) and now < item.left
    log = Text()
    if is_partial:
        log = command(f"llmpath log {shown_id(item.lesson.id)} {now}m")
    pairs = [("after this part", log), ("when done", id_command("done", item))]
    return facts(pairs, look.width)


def id_command(verb: str, item: AgendaLesson) -> Text:
    """A command on this lesson, ready to copy."""
    return command(f"llmpath {verb} {shown_id(item.lesson.id)}")


def following_lines(
    items: Sequence[tuple[AgendaLesson, str | None]],
    today: date,
    look: Look,
    title: str | None,
) -> list[Text]:
    """Lessons, a line or two each, with the notes on their modules."""
    lines = [heading(title)] if title and items else []
    rows = [item_cells(item, today, look) for item, _ in items]
    widths = column_widths(rows, _ITEM, look.width - INDENT) if rows else ()
    for (_, note), row in zip(items, rows, strict=True):
        lines += indented(table([row], _ITEM, look.width, look.glyphs, widths=widths))
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


def today_hints(agenda: Agenda, look: Look) -> list[Text]:
    """What to type from here."""
    if agenda.state is AgendaState.FINISHED:
        return finished_lines(agenda, look)
    first = agenda.lessons[:1]
    pairs = [
        ("begin", command("llmpath next")),
        ("when done", id_command("done", first[0]) if first else Text()),
    ]
    return facts(pairs, look.width)
