"""`start`: what a track asks for, and the plan it gives."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from llmpath.core.agenda import AgendaState
from llmpath.core.curriculum import Module, shown_id
from llmpath.core.summary import TrackSummary
from llmpath.core.when import shown_day
from llmpath.report.drawn.agenda import following_lines, without_notes
from llmpath.report.drawn.finish import chance_pair, finish_pairs
from llmpath.report.drawn.hours import HOURS_PAIRS, week_lines
from llmpath.report.drawn.layout import (
    INDENT,
    facts,
    joined,
    sections,
    words,
    wrapped,
)
from llmpath.report.drawn.look import Look
from llmpath.report.drawn.phrases import finish_words
from llmpath.report.drawn.pieces import (
    NOTHING_LEFT,
    closing_lines,
    command,
    heading,
    listing,
    said_lines,
    target_text,
)
from llmpath.report.drawn.theme import Role
from llmpath.report.drawn.tracks import track_facts, track_heading
from llmpath.report.phrases import counted
from llmpath.report.views.start import StartView

_AT_THE_END = frozenset({AgendaState.ONLY_OPTIONAL, AgendaState.FINISHED})
_WHOLE_NOTES = 4
_MOST_NOTES = 6


def start_lines(view: StartView, look: Look) -> list[Text]:
    """Tracks, warnings, hours, the plan's end, the first lessons."""
    if not view.tracks:
        return [*said_lines(view.said, look), *closing_lines(look, [], view.event)]
    agenda = view.agenda
    first = [] if agenda is None else without_notes(agenda)
    today = view.start if agenda is None else agenda.today
    return sections(
        said_lines(view.said, look),
        order_lines(view, look),
        *(track_lines(each, look) for each in view.tracks),
        *(
            [
                note_lines(planned_notes(view), look),
                listing("You are expected to know", view.assumes, look),
            ]
            if view.event is not None
            else ()
        ),
        [*week_lines(view.week, look), *facts(HOURS_PAIRS, look.width)],
        facts(plan_facts(view), look.prose),
        following_lines(first, today, look, "First"),
        closing_lines(look, [("begin", command("llmpath next"))], view.event),
    )


def order_lines(view: StartView, look: Look) -> list[Text]:
    """The order in which the first track ends sooner, as a command."""
    if not view.sooner:
        return []
    said = words("in this order the first track ends sooner: ")
    return wrapped(words(said, command(view.sooner_command)), look.prose, hang=INDENT)


def track_lines(summary: TrackSummary, look: Look) -> list[Text]:
    """A track with the hours stated, their sum, and what costs money or a GPU."""
    return [
        *track_heading(summary, look),
        *facts(track_facts(summary), look.prose, indent=INDENT),
    ]


def plan_facts(view: StartView) -> list[tuple[str, Text]]:
    """When study begins, when the plan ends, whether the target fits."""
    today = view.start if view.agenda is None else view.agenda.today
    target = Text()
    if view.target is not None:
        target = target_text(view.target, view.slack, view.left_over, today)
    end = ("plan ends", words((finish_words(view.finish, today), Role.HEADING)))
    if view.agenda is not None and view.agenda.state in _AT_THE_END:
        end = NOTHING_LEFT
    return [
        ("begins", words(shown_day(view.start, today=today))),
        end,
        *finish_pairs(view.forecast),
        ("target", target),
        chance_pair(view.forecast),
    ]


def planned_notes(view: StartView) -> list[tuple[Module, str]]:
    """The notes on modules that a track requires."""
    required = {
        entry.module
        for summary in view.tracks
        for phase in summary.track.phases
        for entry in phase.modules
        if not entry.optional
    }
    return [(module, text) for module, text in view.notes if module.id in required]


def note_lines(notes: Sequence[tuple[Module, str]], look: Look) -> list[Text]:
    """What the modules' notes warn of; of many, the beginnings of the first."""
    lines: list[Text] = []
    is_long = len(notes) > _WHOLE_NOTES
    for module, note in notes[:_MOST_NOTES]:
        text = first_sentence(note) if is_long else note
        lines += wrapped(
            words((f"{module.title}: ", Role.WARNING), text),
            look.prose,
            indent=INDENT,
            hang=INDENT,
        )
    if is_long:
        rest = "All of it comes with each module's first lesson."
        lines += wrapped(words((rest, Role.LATER)), look.prose, indent=INDENT)
        lines += more_note_lines([each for each, _ in notes[_MOST_NOTES:]], look)
    return [heading("Before the time is spent"), *lines] if lines else []


def more_note_lines(modules: Sequence[Module], look: Look) -> list[Text]:
    """The modules whose notes are not drawn, with what shows them."""
    if not modules:
        return []
    head = words((f"{counted(len(modules), 'more note')}: ", Role.LATER))
    shown = joined([command(f"llmpath show {shown_id(m.id)}") for m in modules], ", ")
    return wrapped(words(head, shown), look.prose, indent=INDENT, hang=INDENT)


def first_sentence(text: str) -> str:
    """A text up to the first full stop that ends a sentence."""
    head, stop, _ = text.partition(". ")
    return head + stop.rstrip()
