"""`export`: the journal, or the lessons, as other programs read them."""

from __future__ import annotations

import sys
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer

from llmpath import __version__
from llmpath.cli.output import Answer, write
from llmpath.cli.workspace import Workspace, load, options_of
from llmpath.core.curriculum import shown_id
from llmpath.errors import LlmpathError, UsageError
from llmpath.exchange.backup import Origin, backup_text
from llmpath.exchange.csv_table import csv_text
from llmpath.exchange.entries import Entry, make_entries
from llmpath.exchange.markdown import markdown_text
from llmpath.named_tuple import NamedTuple
from llmpath.report.data import export_document, export_sentences
from llmpath.report.views.data import ExportView
from llmpath.storage.files import PUBLIC, write_atomically
from llmpath.storage.journal import read_lines


class Format(StrEnum):
    """What an export is written as."""

    JSON = "json"
    CSV = "csv"
    MD = "md"


class Exported(NamedTuple):
    """An export's text, and how many records or lessons it has."""

    text: str
    items: int


def export(
    ctx: typer.Context,
    format_: Annotated[
        Format,
        typer.Argument(
            metavar="FORMAT",
            help="json: a backup of everything; csv, md: the lessons of your tracks.",
        ),
    ],
    *,
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write to FILE instead of stdout."
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", "-f", help="Replace FILE if it is there.")
    ] = False,
) -> None:
    """Write a backup, CSV or Markdown.

    CSV and Markdown hold the lessons. A backup holds every record of every device, and
    no settings of looks. Before `start` csv and md have the whole curriculum.

    Example: llmpath export json -o backup.json
    """
    options = options_of(ctx)
    if output in {None, "-"}:
        if options.json and format_ is not Format.JSON:
            raise UsageError(
                f"{format_} is not JSON",
                remedy=f"llmpath export {format_} -o FILE --json",
            )
        write_raw(make_export(load(options), format_).text)
        return
    path = Path(str(output)).expanduser()
    refuse_existing(path, force=force)
    workspace = load(options)
    exported = make_export(workspace, format_)
    write_atomically(path, exported.text.encode(), mode=PUBLIC)
    view = ExportView(str(path), format_.value, exported.items)
    workspace.answer(
        Answer(
            view,
            lambda: export_document(view),
            lambda: export_sentences(view),
            is_confirmation=True,
        )
    )


def make_export(workspace: Workspace, format_: Format) -> Exported:
    """The text of an export."""
    match format_:
        case Format.JSON:
            return make_backup(workspace)
        case Format.CSV:
            entries = lesson_entries(workspace)
            return Exported(csv_text(entries), len(entries))
        case Format.MD:
            entries = lesson_entries(workspace)
            text = markdown_text(workspace.curriculum.title, entries)
            return Exported(text, len(entries))


def make_backup(workspace: Workspace) -> Exported:
    """All records as they stand on disk; what is damaged cannot be among them."""
    curriculum = workspace.curriculum
    started = workspace.situation.progress.started
    origin = Origin(
        app=f"llmpath {__version__}",
        curriculum=shown_id(curriculum.id),
        edition=curriculum.edition,
        started=started.from_day if started else None,
    )
    lines = list(read_lines(workspace.places))
    return Exported(backup_text(origin, lines), len(lines))


def lesson_entries(workspace: Workspace) -> list[Entry]:
    """The lessons of the active tracks, or of the whole curriculum, as they stand."""
    is_started = bool(workspace.situation.route.tracks)
    plan = workspace.plan() if is_started else None
    return list(make_entries(workspace.situation, plan))


def refuse_existing(path: Path, *, force: bool) -> None:
    """Refuse to replace what is there.

    Raises:
        LlmpathError: It is a folder, or a file and nobody said `--force`.
    """
    if path.is_dir():
        raise LlmpathError(f"{path} is a folder")
    if path.exists() and not force:
        raise LlmpathError(f"{path} is there already", remedy="add --force")


def write_raw(text: str) -> None:
    """Write to stdout as UTF-8 with the line ends as they are, on every system."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="")
    write(text)
