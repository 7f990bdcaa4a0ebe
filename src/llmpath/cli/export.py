"""`export`: the journal, or the lessons, as other programs read them."""

import os
import sys
from datetime import time
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from llmpath import __version__
from llmpath.cli.given_file import given_path
from llmpath.cli.options import Options
from llmpath.cli.output import Answer, write
from llmpath.cli.workspace import Workspace, load, options_of, require_started
from llmpath.core.curriculum import shown_id
from llmpath.core.when import parse_time
from llmpath.errors import LlmpathError, UsageError
from llmpath.exchange.backup import Origin, backup_text
from llmpath.exchange.csv_table import csv_text
from llmpath.exchange.entries import Entry, make_entries
from llmpath.exchange.markdown import markdown_text
from llmpath.named_tuple import NamedTuple
from llmpath.report.data import export_document, export_sentences
from llmpath.report.views.data import ExportView
from llmpath.storage.curriculum_copies import named_copies, read_texts
from llmpath.storage.durable import reason_of
from llmpath.storage.files import PUBLIC, read_regular_file, write_atomically
from llmpath.storage.journal import read_lines

if TYPE_CHECKING:
    from llmpath.exchange.ics_reading import Written


class Format(StrEnum):
    """What an export is written as."""

    ICS = "ics"
    JSON = "json"
    CSV = "csv"
    MD = "md"


class Exported(NamedTuple):
    """An export's text, and how many records, lessons or blocks it has.

    Attributes:
        added: Events of a calendar that are new; None, as the next two, for others.
    """

    text: str
    items: int
    added: int | None = None
    changed: int | None = None
    cancelled: int | None = None


class Wish(NamedTuple):
    """What was asked for.

    Attributes:
        path: None for stdout.
        force: Replace what is there.
        at: When a calendar's days of study begin; None for whole days.
    """

    format: Format
    path: Path | None
    force: bool
    at: time | None


def export(
    ctx: typer.Context,
    format_: Annotated[
        Format,
        typer.Argument(
            metavar="FORMAT",
            help="ics: the plan as a calendar; json: a backup of everything; csv, md:"
            " the lessons of your tracks.",
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
    at: Annotated[
        str | None,
        typer.Option(
            metavar="HH:MM", help="When a day's blocks begin in ics; else whole days."
        ),
    ] = None,
) -> None:
    """Write a calendar, a backup, CSV or Markdown.

    A calendar holds the plan; written to the same FILE again, it is brought up to date,
    without --force. CSV and Markdown hold the lessons. A backup holds every record of
    every device, and no settings of looks. Before `start` csv and md have the whole
    curriculum, and there is no calendar.

    Example: llmpath export json -o backup.json

    Example: llmpath export ics --at 19:00 -o study.ics
    """
    options = options_of(ctx)
    if at is not None and format_ is not Format.ICS:
        raise UsageError(f"--at goes with ics only, not with {format_}")
    path = None if output in {None, "-"} else given_path(str(output))
    wish = Wish(format_, path, force, None if at is None else parse_time(at))
    if path is not None:
        write_file(options, wish, path)
        return
    if options.json and format_ is not Format.JSON:
        raise UsageError(
            f"{format_} is not JSON",
            remedy=f"llmpath export {format_} -o FILE --json",
        )
    write_raw(make_export(load(options), wish).text)


def write_file(options: Options, wish: Wish, path: Path) -> None:
    """Write an export to a file, and say what it has."""
    refuse_existing(path, force=wish.force or wish.format is Format.ICS)
    workspace = load(options)
    refuse_own_folder(workspace, path)
    exported = make_export(workspace, wish)
    data = exported.text.encode()
    write_atomically(path, data, mode=PUBLIC, follows_link=True)
    view = ExportView(str(path), wish.format.value, *exported[1:])
    workspace.answer(
        Answer(
            view,
            lambda: export_document(view),
            lambda: export_sentences(view),
            is_confirmation=True,
        )
    )


def make_export(workspace: Workspace, wish: Wish) -> Exported:
    """The text of an export."""
    match wish.format:
        case Format.ICS:
            return make_calendar(workspace, wish)
        case Format.JSON:
            return make_backup(workspace)
        case Format.CSV:
            entries = lesson_entries(workspace)
            return Exported(csv_text(entries), len(entries))
        case Format.MD:
            entries = lesson_entries(workspace)
            text = markdown_text(workspace.curriculum.title, entries)
            return Exported(text, len(entries))


def make_calendar(workspace: Workspace, wish: Wish) -> Exported:
    """The plan, and what the calendar that it is written to has to hear of."""
    # 70 to 120 ms, which no other format has to wait for.
    from llmpath.exchange.ics import calendar_text  # noqa: PLC0415

    started = workspace.situation.progress.started
    # After `start --none` there is no plan, and a calendar to be told so.
    if started is None or started.tracks:
        require_started(workspace)
    calendar = calendar_text(
        workspace.plan(),
        workspace.situation,
        {}
        if wish.path is None
        else read_calendar(workspace, wish.path, force=wish.force),
        stamp=workspace.present.now,
        at=wish.at,
    )
    return Exported(*calendar)


def read_calendar(workspace: Workspace, path: Path, *, force: bool) -> "Written":
    """The events of the calendar at a path; none if there is no file.

    Raises:
        LlmpathError: Something else is there and nobody said `--force`.
    """
    from llmpath.exchange.ics_reading import (  # noqa: PLC0415
        SIZE_LIMIT,
        parse_calendar,
    )

    try:
        data = read_regular_file(path, SIZE_LIMIT)
        if data is None:
            return {}
        return parse_calendar(data, str(path), workspace.situation.progress)
    except LlmpathError:
        if not force:
            raise
    except OSError as error:
        if not force:
            message = f"cannot read {path}: {reason_of(error).lower()}"
            raise LlmpathError(message) from error
    return {}


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
    copies = read_texts(workspace.places, named_copies(workspace.journal.records))
    return Exported(backup_text(origin, lines, copies), len(lines))


def lesson_entries(workspace: Workspace) -> list[Entry]:
    """The lessons of the active tracks, or of the whole curriculum, as they stand."""
    is_started = bool(workspace.situation.route.tracks)
    plan = workspace.plan() if is_started else None
    return list(make_entries(workspace.situation, plan))


def refuse_existing(path: Path, *, force: bool) -> None:
    """Refuse to replace what is there.

    Raises:
        LlmpathError: It is a folder, a pipe or a device, or a file and nobody said
            `--force`, or the system does not say.
    """
    try:
        is_folder, is_there = path.is_dir(), path.exists()
        is_file = path.is_file()
    except OSError as error:
        raise LlmpathError(
            f"cannot write {path}: {reason_of(error).lower()}"
        ) from error
    if is_folder:
        raise LlmpathError(f"{path} is a folder")
    if is_there and not is_file:
        raise LlmpathError(
            f"{path} is no regular file", remedy="leave out -o and redirect stdout"
        )
    if is_there and not force:
        raise LlmpathError(f"{path} is there already", remedy="add --force")


def refuse_own_folder(workspace: Workspace, path: Path) -> None:
    """Refuse to write among the program's own files, over the journal for one.

    Raises:
        LlmpathError: The path lies there, maybe behind a link.
    """
    places = workspace.places
    own = [Path(os.path.realpath(each)) for each in (places.data, places.state)]
    if not {*own}.isdisjoint(Path(os.path.realpath(path)).parents):
        raise LlmpathError(f"{path} lies among the files of llmpath itself")


def write_raw(text: str) -> None:
    """Write to stdout as UTF-8 with the line ends as they are, on every system."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="")
    write(text)
