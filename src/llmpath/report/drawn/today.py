"""Bare `llmpath`: today's lessons, and how the week and the plan stand."""

from __future__ import annotations

from rich.text import Text

from llmpath.core.agenda import Agenda, AgendaState
from llmpath.report.drawn.agenda import (
    finished_lines,
    following_lines,
    id_command,
    state_lines,
    without_notes,
)
from llmpath.report.drawn.layout import (
    facts,
    sections,
)
from llmpath.report.drawn.look import Look
from llmpath.report.drawn.pieces import (
    command,
)
from llmpath.report.drawn.returning import return_lines
from llmpath.report.drawn.status import standing_lines
from llmpath.report.views.today import TodayView


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
