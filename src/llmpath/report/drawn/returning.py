"""The first screen after time away."""

from __future__ import annotations

from datetime import date

from rich.text import Text

from llmpath.core.agenda import Return
from llmpath.core.curriculum import Lesson
from llmpath.core.when import shown_day, shown_minutes
from llmpath.report.drawn.layout import INDENT, facts, words, wrapped
from llmpath.report.drawn.look import Look
from llmpath.report.drawn.phrases import away_words, finish_words
from llmpath.report.drawn.pieces import heading, lesson_id, titled


def lesson_text(lesson: Lesson | None, look: Look, more: str) -> Text:
    """A lesson's title, id and a remark; nothing for none."""
    if lesson is None:
        return Text()
    return titled(lesson.title, lesson_id(lesson, look), more)


def moved_end(returning: Return, today: date) -> Text:
    """The plan's end now, and before where that differs."""
    now = finish_words(returning.finish, today)
    before = returning.planned_finish
    if before is None or before == returning.finish:
        return words(f"{now}, as before")
    return words(f"{now} instead of {shown_day(before, today=today)}")


def return_lines(returning: Return | None, today: date, look: Look) -> list[Text]:
    """The first screen after time away: no backlog, and a short way back in."""
    if returning is None:
        return []
    stopped, step = returning.lesson, returning.short_step
    minutes = "" if step is None else f"{shown_minutes(returning.short_minutes)}"
    last = (
        f"{shown_day(returning.last_day, today=today)}, "
        f"{away_words((today - returning.last_day).days)}"
    )
    pairs = [
        ("last day", words(last)),
        ("stopped at", lesson_text(stopped, look, "")),
        ("your note", words(returning.note or "")),
        ("plan ends", moved_end(returning, today)),
        ("short step", lesson_text(step, look, minutes)),
    ]
    calm = words("Nothing is overdue: what was planned has moved to the days ahead.")
    return [
        heading("Welcome back"),
        *wrapped(calm, look.prose),
        *facts(pairs, look.prose, indent=INDENT),
    ]
