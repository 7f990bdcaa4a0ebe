"""`path`: the smallest way to a goal."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from rich.text import Text

from llmpath.core.agenda import AgendaLesson
from llmpath.core.when import shown_day, shown_minutes
from llmpath.report.drawn.agenda import ITEM
from llmpath.report.drawn.hours import week_lines
from llmpath.report.drawn.layout import (
    INDENT,
    facts,
    indented,
    sections,
    words,
    wrapped,
)
from llmpath.report.drawn.look import Look
from llmpath.report.drawn.phrases import extra_words, finish_words
from llmpath.report.drawn.pieces import (
    command,
    id_text,
    lesson_id,
    module_text,
    target_text,
    titled,
)
from llmpath.report.drawn.tables import column_widths, table
from llmpath.report.drawn.theme import Role
from llmpath.report.path import closed_words, reached_words, size_words
from llmpath.report.views.path import PathView


def path_lines(view: PathView, look: Look) -> list[Text]:
    """The goal, the lessons by module, the hours, the end, and how to begin."""
    if not view.lessons:
        pairs = [("left", words("nothing")), *size_facts(view)[1:2]]
        return [*goal_lines(view, look), *facts(pairs, look.prose, indent=INDENT)]
    return sections(
        [*goal_lines(view, look), *facts(size_facts(view), look.prose, indent=INDENT)],
        *lesson_blocks(view, look),
        week_lines(view.week, look),
        facts(end_facts(view), look.prose),
        facts(
            [
                ("begin", Text() if view.is_reached else command(view.command)),
                ("other hours", command(view.other_hours)),
            ],
            look.width,
        ),
    )


def goal_lines(view: PathView, look: Look) -> list[Text]:
    """The goal with its id."""
    title = words((f"Path to {view.goal.title}", Role.HEADING))
    return wrapped(words(title, "  ", id_text(view.goal.id)), look.prose, hang=INDENT)


def size_facts(view: PathView) -> list[tuple[str, Text]]:
    """How much is left, and what is behind the learner."""
    return [
        ("left", words(f"{shown_minutes(view.left)}, {size_words(view)}")),
        ("behind you", words(closed_words(view))),
        ("goal", words(reached_words(view))),
    ]


def lesson_blocks(view: PathView, look: Look) -> list[list[Text]]:
    """The lessons below their modules, all in the same columns."""
    rows = {
        each.lesson.id: lesson_cells(each, view.agenda.today, look)
        for each in view.lessons
    }
    widths = column_widths(list(rows.values()), ITEM, look.width - INDENT)
    return [
        [
            *wrapped(module_text(lessons[0].module), look.prose, hang=INDENT),
            *indented(
                table(
                    [rows[each.lesson.id] for each in lessons],
                    ITEM,
                    look.width - INDENT,
                    look.glyphs,
                    widths=widths,
                )
            ),
        ]
        for lessons in runs(view)
    ]


def lesson_cells(
    each: AgendaLesson, today: date, look: Look
) -> tuple[Text, Text, Text]:
    """What is left of a lesson, the day on which it begins, title with id."""
    lesson, day = each.lesson, each.planned
    shown = "" if day is None or look.is_narrow else shown_day(day, today=today)
    title = titled(lesson.title, lesson_id(lesson, look), *extra_words(lesson))
    return words(shown_minutes(each.left)), words(shown), title


def runs(view: PathView) -> list[list[AgendaLesson]]:
    """Lessons of one module in a row."""
    groups = groupby(view.lessons, key=lambda each: each.module.id)
    return [list(lessons) for _, lessons in groups]


def end_facts(view: PathView) -> list[tuple[str, Text]]:
    """When the plan would end, and whether the date asked for fits."""
    today = view.agenda.today
    target = Text()
    if view.target is not None:
        target = target_text(view.target, view.slack, view.left_over, today)
    return [
        ("plan ends", words((finish_words(view.finish, today), Role.HEADING))),
        ("target", target),
    ]
