"""What was written and taken back: `done` and its kin, notes, `undo`, `history`."""

from __future__ import annotations

from collections.abc import Iterable

from llmpath.core.curriculum import Module, shown_id
from llmpath.core.progress import Note
from llmpath.core.text import clean
from llmpath.core.undoing import HistoryEntry, StillDone
from llmpath.core.when import spoken_minutes
from llmpath.report.agenda import agenda_objects
from llmpath.report.agenda_phrases import following_facts
from llmpath.report.parts import Document, iso, schema, shown_ids
from llmpath.report.phrases import (
    UNDO,
    counted,
    facts,
    few_ids,
    progress_fact,
    shown_list,
    spoken_day,
)
from llmpath.report.tallies import progress_object
from llmpath.report.views.changes import ChangeView, HistoryView, NotesView, UndoView


def change_document(view: ChangeView) -> Document:
    """The document of `done`, `skip`, `include`, `later`, `reopen`, `log`, `note`."""
    return {
        **schema(view.command),
        "event": view.event,
        "changed": shown_ids(view.changed),
        "unchanged": shown_ids(view.unchanged),
        "progress": progress_object(view.tally),
        "questions": question_objects(view.questions),
        "next": agenda_objects(view.following),
        "moved_lessons": view.moved,
    }


def change_sentences(view: ChangeView) -> list[str]:
    """What was written, how far one is, questions to answer, what comes next."""
    return facts(
        view.said or bare_change_facts(view),
        None if view.command in {"later", "note"} else progress_fact(view.tally),
        question_facts(view),
        following_facts(view.following),
        UNDO if view.event else None,
    )


def bare_change_facts(view: ChangeView) -> list[str]:
    """The ids that changed and those that did not."""
    return facts(
        f"Changed by {view.command}: {shown_list(view.changed)}"
        if view.changed
        else None,
        f"Unchanged: {shown_list(view.unchanged)}" if view.unchanged else None,
    )


def question_facts(view: ChangeView) -> list[str]:
    """The outcomes of the modules just completed, one a line."""
    return [
        line
        for module, outcomes in view.questions
        if outcomes
        for line in (f"Answer without looking, on {module.title}:", *outcomes)
    ]


def notes_document(view: NotesView) -> Document:
    """The document of `note` without text: it changes nothing and shows the notes."""
    return {
        **schema("note"),
        "event": None,
        "changed": [],
        "unchanged": [],
        "progress": progress_object(view.tally),
        "id": shown_id(view.id),
        "title": view.title,
        "notes": note_objects(view.notes),
    }


def notes_sentences(view: NotesView) -> list[str]:
    """The notes on a module or a lesson, oldest first."""
    own_id = shown_id(view.id)
    count = counted(len(view.notes), "note") if view.notes else "No notes"
    return facts(
        f"{count} on {view.title}",
        (f"{spoken_day(each.day, None)}: {each.text}" for each in view.notes),
        f"To add one: llmpath note {own_id} TEXT",
    )


def undo_document(view: UndoView) -> Document:
    """The document of `undo` and `redo`."""
    return {
        **schema(view.command),
        "event": view.event,
        "voided": view.voided,
        "command": view.of,
        "progress": progress_object(view.tally),
        "dry_run": view.is_dry_run,
        "still_done": [
            {
                "id": each.id,
                "day": iso(each.day),
                "device": each.device,
                "lessons": shown_ids(each.lessons),
            }
            for each in view.still_done
        ],
    }


def undo_sentences(view: UndoView) -> list[str]:
    """What was taken back or restored, or would be, and what stays done."""
    is_undo = view.command == "undo"
    verb = "taken back" if is_undo else "restored"
    if view.is_dry_run:
        return facts(
            f"This would be {verb}: {view.of}",
            still_done_facts(view.still_done),
            "Nothing was changed.",
            f"To do it: llmpath {view.command} {view.voided}",
        )
    return facts(
        f"{verb.capitalize()}: {view.of}",
        still_done_facts(view.still_done),
        progress_fact(view.tally),
        "To restore it: llmpath redo" if is_undo else UNDO,
    )


def still_done_facts(kept: Iterable[StillDone]) -> list[str]:
    """By which records lessons stay done, and how each of these is taken back."""
    lines = []
    for each in kept:
        verb = "stays" if len(each.lessons) == 1 else "stay"
        origin = f"record {each.id} of {spoken_day(each.day, None)} on {each.device}"
        lines += [
            f"{few_ids(each.lessons)} {verb} done, by {origin}",
            f"To take that one back: llmpath undo {each.id}",
        ]
    return lines


def history_document(view: HistoryView) -> Document:
    """The document of `history`."""
    return {
        **schema("history"),
        "events": [
            {
                "id": each.id,
                "at": each.at,
                "day": iso(each.day),
                "device": each.device,
                "command": clean(each.command),
                "lessons": shown_ids(each.lessons),
                "minutes": each.minutes,
                "voided": each.is_voided,
            }
            for each in view.entries
        ],
        "total": view.total,
    }


def history_sentences(view: HistoryView) -> list[str]:
    """What was written, newest first, a line each."""
    shown = len(view.entries)
    return facts(
        "Nothing was written yet." if not view.total else None,
        map(entry_fact, view.entries),
        f"{shown} of {view.total} shown; all of them: llmpath history -n {view.total}"
        if shown < view.total
        else None,
    )


def entry_fact(entry: HistoryEntry) -> str:
    """One record with the command that wrote it first and its id last."""
    lessons = counted(len(entry.lessons), "lesson") if entry.lessons else ""
    minutes = f"{spoken_minutes(entry.minutes)} logged" if entry.minutes else ""
    words = (
        spoken_day(entry.day, None),
        lessons,
        minutes,
        "taken back" if entry.is_voided else "",
        f"on {entry.device}",
        f"record {entry.id}",
    )
    return f"{entry.command}: {', '.join(word for word in words if word)}"


def note_objects(notes: Iterable[Note]) -> list[Document]:
    """Notes, oldest first."""
    return [{"day": iso(each.day), "text": each.text} for each in notes]


def question_objects(
    questions: Iterable[tuple[Module, tuple[str, ...]]],
) -> list[Document]:
    """Modules just completed with their outcomes."""
    return [
        {"module": shown_id(module.id), "outcomes": list(outcomes)}
        for module, outcomes in questions
    ]
