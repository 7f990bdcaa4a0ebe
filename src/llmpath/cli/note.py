"""`note`: notes on modules and lessons."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from llmpath.cli.done import confirm, road_tally
from llmpath.cli.output import Answer
from llmpath.cli.resolve import find_one, first_lesson, named
from llmpath.cli.workspace import Workspace, load, options_of, writing
from llmpath.core.curriculum import Lesson, Module
from llmpath.core.events import NoteAdded
from llmpath.errors import LlmpathError, UsageError
from llmpath.report.changes import notes_document, notes_sentences
from llmpath.report.views import ChangeView, NotesView

LONGEST_NOTE = 20_000
"""Characters; a longer text belongs in a file of its own."""


def note(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ID] [TEXT | -]", help="Module or lesson; - reads stdin."
        ),
    ] = None,
    *,
    edit: Annotated[
        bool, typer.Option("--edit", help="Write the note in $VISUAL or $EDITOR.")
    ] = False,
) -> None:
    """Add a note, or show them if there is no TEXT.

    Without ID: the first lesson of `llmpath next`.
    """
    given = words or []
    options = options_of(ctx)
    if len(given) < 2 and not edit:
        show_notes(load(options), given)
        return
    text = edited_text() if edit else note_text(given[1:])
    with writing(options) as session:
        workspace = session.workspace
        thing = noted_thing(workspace, given, writes=True)
        saved = session.save(NoteAdded(thing.id, text))
        view = ChangeView(
            command="note",
            event=saved.event,
            changed=(thing.id,),
            unchanged=(),
            tally=road_tally(saved.situation),
            said=(f"Noted on {named(thing)}.",),
            questions=(),
            following=None,
        )
        confirm(workspace, view)


def show_notes(workspace: Workspace, given: list[str]) -> None:
    """Show the notes on what an id means, or on the first lesson of `next`."""
    thing = noted_thing(workspace, given, writes=False)
    progress = workspace.situation.progress
    view = NotesView(
        thing.id,
        thing.title,
        progress.notes.get(thing.id, ()),
        road_tally(workspace.situation),
    )
    workspace.answer(
        Answer(view, lambda: notes_document(view), lambda: notes_sentences(view))
    )


def noted_thing(
    workspace: Workspace, given: list[str], *, writes: bool
) -> Lesson | Module:
    """The module or lesson that the note is about."""
    if given:
        return find_one(workspace, given[0], writes=writes).thing
    return first_lesson(workspace, "note").lesson


def note_text(words: list[str]) -> str:
    """The text of a note from the command line or from stdin.

    Raises:
        UsageError: It is empty or too long.
    """
    text = sys.stdin.read(LONGEST_NOTE + 1) if words == ["-"] else " ".join(words)
    return checked_text(text)


def checked_text(text: str) -> str:
    """A note's text without blank ends; what is no text is left out."""
    bare = "".join(char for char in text if char == "\n" or char.isprintable()).strip()
    if not bare:
        raise UsageError("the note is empty", remedy='llmpath note ID "my words"')
    if len(bare) > LONGEST_NOTE:
        raise UsageError(f"the note is longer than {LONGEST_NOTE} characters")
    return bare


def edited_text() -> str:
    """Let the learner write a note in their editor.

    Raises:
        LlmpathError: No editor is set, or it failed.
    """
    import shlex  # noqa: PLC0415 - only with --edit
    import subprocess  # noqa: PLC0415 - as above
    import tempfile  # noqa: PLC0415 - as above
    from pathlib import Path  # noqa: PLC0415 - as above

    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        raise LlmpathError(
            "no editor is set",
            detail=("VISUAL and EDITOR are empty",),
            remedy='llmpath note ID "my words"',
        )
    with tempfile.TemporaryDirectory(prefix="llmpath-") as folder:
        file = Path(folder) / "note.txt"
        file.touch(mode=0o600)
        try:
            code = subprocess.call([*shlex.split(editor), str(file)])  # noqa: S603 - the learner's own editor
        except (OSError, ValueError) as error:
            raise LlmpathError(f"the editor could not be run: {editor}") from error
        if code:
            raise LlmpathError(f"the editor ended with {code}; nothing was saved")
        return checked_text(file.read_text(encoding="utf-8", errors="replace"))
