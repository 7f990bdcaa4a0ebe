"""`undo`, `redo`, `history`: what was written, taken back and restored."""

from typing import Annotated

import typer

from llmpath.cli.counts import count_up_to
from llmpath.cli.done import road_tally
from llmpath.cli.output import Answer, say
from llmpath.cli.session import Session, situation_after, writing
from llmpath.cli.workspace import Workspace, load, options_of
from llmpath.core.events import GREATEST_COUNTER, Record, RecordsVoided
from llmpath.core.situation import Situation
from llmpath.core.undoing import history_entries, still_done, to_redo, to_undo
from llmpath.errors import LlmpathError, UnknownIdError
from llmpath.report.changes import (
    history_document,
    history_sentences,
    undo_document,
    undo_sentences,
)
from llmpath.report.views.changes import HistoryView, UndoView

SHORTEST_EVENT = 4


def undo(
    ctx: typer.Context,
    event: Annotated[
        str | None,
        typer.Argument(metavar="[EVENT]", help="Id from `llmpath history`."),
    ] = None,
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what it would take back.")
    ] = False,
) -> None:
    """Take back the last command.

    It is that of this device, or the one whose id is given. Repeated, it walks back.
    `llmpath redo` restores.
    """
    if dry_run:
        workspace = load(options_of(ctx))
        record = undo_target(workspace, event)
        view = undo_view(workspace, "undo", record, None)
        is_done = record.id in workspace.situation.progress.voided
        view = view._replace(is_dry_run=not is_done)
        after = situation_after(workspace, RecordsVoided((record.id,)))
        answer_undo(workspace, view, record, after)
        return
    with writing(options_of(ctx)) as session:
        workspace = session.workspace
        record = undo_target(workspace, event)
        if record.id not in workspace.situation.progress.voided:
            void(session, "undo", record)
            return
        say(workspace.options, "note: it is taken back already; nothing was written")
        view = undo_view(workspace, "undo", record, None)
        answer_undo(workspace, view, record, workspace.situation)


def redo(ctx: typer.Context) -> None:
    """Restore what undo took back.

    That is possible until another command writes.
    """
    with writing(options_of(ctx)) as session:
        workspace = session.workspace
        device = "" if workspace.device is None else workspace.device.id
        record = to_redo(workspace.journal.records, device)
        if record is None:
            raise LlmpathError("nothing to redo", remedy="llmpath history")
        void(session, "redo", record)


def void(session: Session, command: str, record: Record) -> None:
    """Take a record back and say so.

    Raises:
        LlmpathError: Its counter is at its end, so that no later record outranks it.
    """
    workspace = session.workspace
    device = None if workspace.device is None else workspace.device.id
    if record.lamport == GREATEST_COUNTER and record.device != device:
        raise LlmpathError(
            f"{record.id} cannot be taken back",
            detail=(f"{record.device} wrote it with the greatest counter there is",),
        )
    saved = session.save(RecordsVoided((record.id,)))
    after = workspace._replace(situation=saved.situation)
    view = undo_view(after, command, record, saved.event)
    answer_undo(workspace, view, record, saved.situation)


def undo_target(workspace: Workspace, event: str | None) -> Record:
    """The record to take back.

    Raises:
        LlmpathError: There is none.
    """
    records = workspace.journal.records
    if event is None:
        device = "" if workspace.device is None else workspace.device.id
        record = to_undo(records, device)
        if record is None:
            raise LlmpathError("nothing to undo", remedy="llmpath history")
        return record
    return record_with_id(records, event)


def record_with_id(records: tuple[Record, ...], event: str) -> Record:
    """The record whose id is this or alone begins so.

    Raises:
        UnknownIdError: None or several do.
    """
    wanted = event.strip().lower()
    exact = [each for each in records if each.id == wanted]
    begun = [each for each in records if each.id.startswith(wanted)]
    found = exact or (begun if len(wanted) >= SHORTEST_EVENT else [])
    if len(found) != 1:
        count = "no record has" if not found else f"{len(found)} records have"
        raise UnknownIdError(f"{count} the id '{event}'", remedy="llmpath history")
    return found[0]


def undo_view(
    workspace: Workspace, command: str, record: Record, event: str | None
) -> UndoView:
    """The answer of `undo` and `redo`; a redo names what it restores."""
    shown = record
    if command == "redo":
        voided = [
            each
            for inner in record.events
            if isinstance(inner, RecordsVoided)
            for each in inner.records
        ]
        by_id = {each.id: each for each in workspace.journal.records}
        shown = next((by_id[each] for each in voided if each in by_id), record)
    return UndoView(
        command,
        event,
        shown.id,
        shown.command,
        road_tally(workspace.situation),
        is_dry_run=False,
    )


def answer_undo(
    workspace: Workspace, view: UndoView, record: Record, after: Situation
) -> None:
    """Answer `undo` or `redo`, with what stays done after it."""
    before = workspace.situation.progress
    records = workspace.journal.records
    kept = still_done(records, record, before, after.progress)
    view = view._replace(still_done=kept)
    workspace.answer(
        Answer(
            view,
            lambda: undo_document(view),
            lambda: undo_sentences(view),
            is_confirmation=not view.is_dry_run,
        )
    )


def history(
    ctx: typer.Context,
    *,
    count: Annotated[
        int,
        typer.Option(
            "--limit",
            "-n",
            metavar="N",
            parser=count_up_to(None, such_as="llmpath history -n 50"),
            help="So many records.",
        ),
    ] = 20,
) -> None:
    """List what was written.

    Newest first, with the ids that `llmpath undo` takes.
    """
    workspace = load(options_of(ctx))
    progress = workspace.situation.progress
    entries = history_entries(workspace.journal.records, progress.voided)
    view = HistoryView(tuple(entries[:count]), len(entries))
    workspace.answer(
        Answer(view, lambda: history_document(view), lambda: history_sentences(view))
    )
