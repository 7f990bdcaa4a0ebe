"""`note`: notes on modules and lessons."""

import os
import sys
from typing import Annotated

import typer

from llmpath.cli.done import confirm, road_tally
from llmpath.cli.output import Answer
from llmpath.cli.resolve import find_one, first_lesson, named
from llmpath.cli.session import writing
from llmpath.cli.workspace import Workspace, load, options_of
from llmpath.core.curriculum import Lesson, Module
from llmpath.core.events import NoteAdded
from llmpath.core.text import TEXT_LIMIT, clean_lines
from llmpath.errors import LlmpathError, UsageError
from llmpath.report.changes import notes_document, notes_sentences
from llmpath.report.views.changes import ChangeView, NotesView


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
    """Add a note, or show them.

    Without TEXT the notes are shown. Without ID: the first lesson of `llmpath next`.
    """
    given = words or []
    options = options_of(ctx)
    if len(given) < 2 and not edit:
        show_notes(load(options), given)
        return
    if edit:
        if len(given) > 1:
            raise UsageError(
                "--edit takes no text", remedy=f"llmpath note {given[0]} --edit"
            )
        # Before the editor, so that no text is lost on an id that means nothing.
        workspace = load(options._replace(quiet=True))
        given = [noted_thing(workspace, given, writes=True).id]
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
    return checked_text(read_stdin() if words == ["-"] else typed_text(" ".join(words)))


def typed_text(text: str) -> str:
    """What stands on the command line, also where Python took it for another encoding.

    Raises:
        UsageError: It is no UTF-8 text.
    """
    if not any("\ud800" <= each <= "\udfff" for each in text):
        return text
    try:
        return os.fsencode(text).decode()
    except UnicodeError as error:
        raise UsageError("the note is no UTF-8 text") from error


def read_stdin() -> str:
    """Read a note from stdin, which may have been closed.

    Raises:
        UsageError: It is no UTF-8 text.
    """
    buffer = getattr(sys.stdin, "buffer", None)
    data: bytes = b"" if buffer is None else buffer.read(TEXT_LIMIT * 4 + 1)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if len(data) > TEXT_LIMIT * 4:  # cut within a letter
            return data.decode("utf-8-sig", "replace")
        raise UsageError("the note is no UTF-8 text") from error


def checked_text(text: str) -> str:
    """A note's text without blank ends, each line cleaned."""
    if len(text.strip()) > TEXT_LIMIT:
        raise UsageError(f"the note is longer than {TEXT_LIMIT} characters")
    bare = clean_lines(text).strip()
    if not bare.strip("\ufffd\n "):
        raise UsageError("the note is empty", remedy='llmpath note ID "my words"')
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
        try:
            return checked_text(file.read_text(encoding="utf-8", errors="replace"))
        except OSError as error:
            raise LlmpathError("the editor left no text; nothing was saved") from error
