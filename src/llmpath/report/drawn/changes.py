"""What was written or done: changed lessons, notes, undo, timer, links, files."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text

from llmpath.core.agenda import AgendaState
from llmpath.core.curriculum import Module, shown_id
from llmpath.core.undoing import StillDone
from llmpath.core.when import shown_day
from llmpath.report.data import export_changes
from llmpath.report.drawn.agenda import following_lines, state_words, without_notes
from llmpath.report.drawn.layout import (
    INDENT,
    bullets,
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
    hint,
    id_text,
    listing,
    progress_text,
    said_lines,
    titled,
)
from llmpath.report.drawn.theme import Role
from llmpath.report.phrases import MOST_NAMED, counted, few_ids
from llmpath.report.views.changes import (
    ChangeView,
    NotesView,
    OpenView,
    TimerView,
    UndoView,
)
from llmpath.report.views.data import ExportView, ImportView


def change_lines(view: ChangeView, look: Look) -> list[Text]:
    """What changed, progress, questions to answer, what comes next."""
    progress = [("progress", progress_text(view.tally))]
    return sections(
        [*said_lines(view.said, look), *closing_lines(look, progress, view.event)],
        question_lines(view.questions, look),
        next_up_lines(view, look),
    )


def question_lines(
    questions: Iterable[tuple[Module, tuple[str, ...]]], look: Look
) -> list[Text]:
    """Outcomes of modules just completed, as questions."""
    lines: list[Text] = []
    for module, outcomes in questions:
        title = words((module.title, Role.PLAIN), ": can you do this now?")
        lines += wrapped(title, look.prose, indent=INDENT)
        lines += indented(bullets(outcomes, look.prose - INDENT, "?"))
    return [heading("Answer without looking"), *lines] if lines else []


def next_up_lines(view: ChangeView, look: Look) -> list[Text]:
    """What `next` shows first now."""
    agenda = view.following
    if agenda is None:
        return []
    if agenda.state is AgendaState.FINISHED:
        return wrapped(heading(state_words(agenda)), look.prose)
    if agenda.state is AgendaState.ONLY_OPTIONAL:
        done = wrapped(heading(state_words(agenda)), look.prose)
        items = without_notes(agenda)[:1]
        return [*done, *following_lines(items, agenda.today, look, None)]
    return following_lines(without_notes(agenda)[:1], agenda.today, look, "Next")


def notes_lines(view: NotesView, look: Look) -> list[Text]:
    """The notes on a module or lesson, oldest first."""
    title = wrapped(titled(view.title, id_text(view.id)), look.prose, hang=INDENT)
    pairs = [(shown_day(note.day, today=None), words(note.text)) for note in view.notes]
    if not pairs:
        add = command(f"llmpath note {shown_id(view.id)} TEXT")
        return [*title, *facts([("no notes", words("write one: ", add))], look.width)]
    return [*title, *facts(pairs, look.prose, indent=INDENT)]


def undo_lines(view: UndoView, look: Look) -> list[Text]:
    """What was taken back or restored, and what stays done."""
    is_redo = view.command == "redo"
    verb = "restored" if is_redo else "taken back"
    if view.is_dry_run:
        verb = f"would be {verb}"
    said = words((f"{verb}: ", Role.HEADING), (view.of, Role.COMMAND))
    back = Text() if view.event is None or is_redo else hint("llmpath redo")
    pairs = [
        *still_done_pairs(view.still_done),
        ("progress", progress_text(view.tally)),
        ("record", id_text(view.voided)),
        ("redo", back),
    ]
    return [
        *wrapped(said, look.prose, hang=INDENT),
        *closing_lines(look, pairs, view.event if is_redo else None),
    ]


def still_done_pairs(kept: Iterable[StillDone]) -> list[tuple[str, Text]]:
    """By which records lessons stay done, and how each of these is taken back."""
    pairs: list[tuple[str, Text]] = []
    for each in kept:
        lessons = words(few_ids(each.lessons))
        if len(each.lessons) <= MOST_NAMED:
            lessons = joined(map(id_text, each.lessons), ", ")
        day = shown_day(each.day, today=None)
        origin = f" of {day} on {each.device}"
        said = words(lessons, ", by record ", id_text(each.id), origin)
        pairs += [
            ("still done", said),
            ("take back", command(f"llmpath undo {each.id}")),
        ]
    return pairs


def timer_lines(view: TimerView, look: Look) -> list[Text]:
    """The running timer, or what stopping it logged."""
    since = "" if view.since is None else f"{view.since:%H:%M}"
    pairs = [("since", words(since))]
    return [*said_lines(view.said, look), *closing_lines(look, pairs, view.event)]


def open_lines(view: OpenView, _look: Look) -> list[Text]:
    """The link, whole, then whether a browser took it."""
    said = "open this link in a browser"
    if view.is_opened is not False:
        said = "opened in the browser" if view.is_opened else "for the browser"
    return [words((view.url, Role.LINK)), words((said, Role.LATER))]


def export_lines(view: ExportView, look: Look) -> list[Text]:
    """The file written."""
    what = f"{counted(view.items, 'item')} as {view.format}"
    if view.file is None:
        return [words(what)]
    place = words(what, " in ", (view.file, Role.ID))
    changes = ", ".join(export_changes(view)).lower()
    written = wrapped(place, look.prose, hang=INDENT)
    return [*written, words((changes, Role.LATER))] if changes else written


def import_lines(view: ImportView, look: Look) -> list[Text]:
    """What was taken, then the changes one by one."""
    is_refused = view.command == "import" and not view.is_applied
    undone = [words(("nothing was changed", Role.WARNING))] if is_refused else []
    return sections(
        said_lines(view.said, look), listing("Changes", view.changes, look), undone
    )
