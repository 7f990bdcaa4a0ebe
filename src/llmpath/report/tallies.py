"""Progress and weeks as JSON objects."""

from __future__ import annotations

from llmpath.core.counting import Tally
from llmpath.core.summary import WeekSummary
from llmpath.report.parts import Document


def progress_object(tally: Tally) -> Document:
    """Progress over some lessons."""
    return {
        "done_lessons": tally.done_lessons,
        "lessons": tally.lessons,
        "done_minutes": tally.done_minutes,
        "minutes": tally.minutes,
        "percent": tally.percent,
    }


def week_object(week: WeekSummary) -> Document:
    """Planned, done and studied minutes of a week."""
    return {
        "planned_minutes": week.planned,
        "done_minutes": week.done,
        "studied_minutes": week.studied,
    }
