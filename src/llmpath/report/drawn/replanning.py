"""`replan`: what a new plan moves."""

from __future__ import annotations

from datetime import date

from rich.text import Text

from llmpath.core.when import shown_day
from llmpath.report.drawn.finish import finish_pairs
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
from llmpath.report.drawn.pieces import (
    closing_lines,
    command,
    heading,
    lesson_id,
    titled,
)
from llmpath.report.drawn.tables import FIXED, WRAPPED, table
from llmpath.report.drawn.theme import Role
from llmpath.report.phrases import counted
from llmpath.report.replanning import NOTHING_NEW
from llmpath.report.views.replanning import ReplanView

_MOST = 12
_DAYS = (FIXED, FIXED, FIXED, WRAPPED)


def replan_lines(view: ReplanView, look: Look) -> list[Text]:
    """What the new plan changes, and how to accept it or take it back."""
    proposal = view.proposal
    if proposal.plan is None:
        return [
            *wrapped(words(NOTHING_NEW), look.prose),
            *facts(finish_pairs(proposal.forecast), look.prose),
        ]
    accept = [("accept it", command("llmpath replan"))]
    return sections(
        [heading("A new plan" if view.event is None else "The plan is laid out anew")],
        facts(change_pairs(view, look), look.prose),
        phase_lines(view, look),
        move_lines(view, look),
        closing_lines(look, [] if view.event else accept, view.event),
    )


def change_pairs(view: ReplanView, look: Look) -> list[tuple[str, Text]]:
    """The plan's end, the velocity, the count of moves, the forecast."""
    proposal = view.proposal
    before, after = proposal.velocity
    planned = ""
    if before != after:
        planned = (
            f"{after:.0%} of your hours, as you studied so far, less what is kept free"
            f" each week; was {before:.0%}"
        )
    ends = changed(proposal.before.finish, proposal.after.finish, view.today, look)
    moved = f"{counted(view.earlier, 'lesson')} earlier, {view.later} later"
    return [
        ("plan ends", ends),
        ("planned", words(planned.replace("%", " %"))),
        ("moved", words(moved)),
        *finish_pairs(proposal.forecast),
    ]


def changed(before: date | None, after: date | None, today: date, look: Look) -> Text:
    """A day before and after."""
    now = words((day_words(after, today), Role.HEADING))
    if before == after:
        return words(now, ", as before")
    return words(f"{day_words(before, today)} {look.glyphs.arrow} ", now)


def day_words(day: date | None, today: date) -> str:
    """A day, or that there is none."""
    return "no date" if day is None else shown_day(day, today=today)


def phase_lines(view: ReplanView, look: Look) -> list[Text]:
    """The phases that end on another day."""
    rows = [
        day_cells(each.before, each.after, words(each.title), view, look)
        for each in view.proposal.phases
    ]
    if not rows:
        return []
    return [heading("Phases end"), *row_lines(rows, look)]


def move_lines(view: ReplanView, look: Look) -> list[Text]:
    """The first lessons that begin on another day."""
    moves = view.proposal.moves
    rows = []
    for each in moves[:_MOST]:
        lesson = view.lessons[each.lesson]
        title = titled(lesson.title, lesson_id(lesson, look))
        rows.append(day_cells(each.before, each.after, title, view, look))
    if not rows:
        return []
    rest = len(moves) - len(rows)
    more = words((f"and {counted(rest, 'lesson')} more", Role.LATER))
    lines = row_lines(rows, look)
    return [heading("Lessons begin"), *lines, *(indented([more]) if rest else ())]


def row_lines(rows: list[tuple[Text, ...]], look: Look) -> list[Text]:
    """Rows of days and titles, below a heading; on a narrow screen titles below."""
    if not look.is_narrow:
        return indented(table(rows, _DAYS, look.width - INDENT, look.glyphs))
    lines: list[Text] = []
    for *days, title in rows:
        lines += wrapped(joined(days, " "), look.width, indent=INDENT)
        lines += wrapped(title, look.width, indent=2 * INDENT)
    return lines


def day_cells(
    before: date | None, after: date | None, title: Text, view: ReplanView, look: Look
) -> tuple[Text, ...]:
    """Old day, arrow, new day, what it is."""
    old = words((day_words(before, view.today), Role.LATER))
    arrow = words(look.glyphs.arrow)
    return old, arrow, words(day_words(after, view.today)), title
