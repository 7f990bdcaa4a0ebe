"""`import`: records of a backup that are not here yet."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Annotated

import typer

from llmpath.cli.checked_curriculum import checked_text
from llmpath.cli.given_file import read_given_file
from llmpath.cli.output import Answer
from llmpath.cli.session import writing
from llmpath.cli.workspace import Workspace, load, options_of
from llmpath.core.events import Record
from llmpath.core.undoing import named_in
from llmpath.exchange.backup import (
    SIZE_LIMIT,
    Backup,
    parse_backup,
    record_fault,
    refusal,
)
from llmpath.named_tuple import NamedTuple
from llmpath.report.data import import_document, import_sentences
from llmpath.report.phrases import counted
from llmpath.report.views.data import ImportView
from llmpath.storage.curriculum_copies import (
    copy_name,
    keep_copy,
    named_copies,
    read_copy,
)
from llmpath.storage.records import decode_records


class Addition(NamedTuple):
    """What of a backup is new here.

    Attributes:
        records: The new ones, with their lines.
        there: How many of the backup's records are here already.
        copies: Texts of the curricula that are not here, by their copies' names.
    """

    records: tuple[Record, ...]
    lines: tuple[str, ...]
    there: int
    copies: Mapping[str, str]


def import_backup(
    ctx: typer.Context,
    file: Annotated[
        str,
        typer.Argument(metavar="FILE", help="What `export json` wrote; - is stdin."),
    ],
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what it would add.")
    ] = False,
) -> None:
    """Add the records of a backup.

    Those that are not here yet. Nothing is replaced, so that importing twice adds
    nothing. A backup with any fault is refused whole.

    Example: llmpath import backup.json --dry-run
    """
    options = options_of(ctx)
    backup = parse_backup(read_given_file(file, SIZE_LIMIT), file)
    records = checked_records(backup, file)
    if dry_run:
        workspace = load(options)
        found = find_new(workspace, backup, records, file)
        answer_import(workspace, import_view(workspace, backup, found), found)
        return
    with writing(options) as session:
        found = find_new(session.workspace, backup, records, file)
        workspace = session.workspace
        for copy, text in found.copies.items():
            keep_copy(workspace.places, copy.partition(".")[0], text)
        journal = workspace.journal
        session.writer.append_lines(found.lines, journal=journal, source=file)
        view = import_view(session.workspace, backup, found)
        is_applied = bool(found.lines or found.copies)
        answer_import(session.workspace, view._replace(is_applied=is_applied), found)


def checked_records(backup: Backup, name: str) -> list[Record]:
    """The records of a backup.

    Raises:
        RefusedInputError: Some are not what was written, with every one of them.
    """
    lines = (line.encode("ascii") for line in backup.lines)
    records, faults, _ = decode_records(lines)
    if faults:
        told = [record_fault(name, *each) for each in faults]
        raise refusal(name, told)
    return records


def find_new(
    workspace: Workspace, backup: Backup, records: Sequence[Record], name: str
) -> Addition:
    """The records that are not here, each once.

    Raises:
        RefusedInputError: An id is that of another record, here or in the backup.
    """
    here = {each.id: each for each in workspace.journal.records}
    known = dict(here)
    new: list[int] = []
    faults: list[tuple[int, str]] = []
    for index, record in enumerate(records):
        if record.id not in known:
            known[record.id] = record
            new.append(index)
        elif known[record.id] != record:
            faults.append((index, "another record has the same id"))
    if faults:
        told = [record_fault(name, *each) for each in faults]
        raise refusal(name, told)
    return Addition(
        tuple(records[index] for index in new),
        tuple(backup.lines[index] for index in new),
        len({each.id for each in records}) - len(new),
        find_copies(workspace, backup, known.values(), name),
    )


def find_copies(
    workspace: Workspace, backup: Backup, records: Iterable[Record], name: str
) -> dict[str, str]:
    """The texts of the curricula that records name and that are not here.

    Raises:
        RefusedInputError: Some are no curricula, with every fault in them.
    """
    wanted = {
        file: curriculum
        for file, curriculum in named_copies(records).items()
        if read_copy(workspace.places, curriculum, file) is None
    }
    texts = {
        copy_name(curriculum, text): text
        for text in backup.curricula
        for curriculum in set(wanted.values())
    }
    found = {file: text for file, text in texts.items() if file in wanted}
    for index, text in enumerate(found.values()):
        checked_text(text, f"{name}: curricula[{index}]")
    return found


def import_view(workspace: Workspace, backup: Backup, found: Addition) -> ImportView:
    """The answer, as if nothing were written yet."""
    lessons = {
        key
        for record in found.records
        for event in record.events
        for key in named_in(event)
    }
    count, edition = len(found.records), workspace.curriculum.edition
    said = [f"New records: {count}. Already there: {found.there}."]
    if found.copies:
        said.append(f"New editions of curricula: {len(found.copies)}.")
    if backup.edition not in {None, edition}:
        made = f"The backup was made with edition {backup.edition} of the curriculum"
        said.append(f"{made}; this is edition {edition}.")
    return ImportView(
        command="import",
        curriculum=backup.curriculum,
        is_applied=False,
        lessons=len(lessons),
        said=tuple(said),
        changes=tuple(by_device(found.records)),
    )


def by_device(records: Iterable[Record]) -> list[str]:
    """How many records each device wrote, and for which days."""
    lines = []
    ordered = sorted(records, key=attrgetter("device"))
    for device, group in groupby(ordered, key=attrgetter("device")):
        days = [each.day for each in group]
        lines.append(
            f"{device}: {counted(len(days), 'record')},"
            f" {min(days).isoformat()} to {max(days).isoformat()}"
        )
    return lines


def answer_import(workspace: Workspace, view: ImportView, found: Addition) -> None:
    """Answer `import`, with the counts of records behind the keys of its document."""
    counts = {"added_records": len(found.records), "known_records": found.there}
    workspace.answer(
        Answer(
            view,
            lambda: {**import_document(view), **counts},
            lambda: import_sentences(view),
            is_confirmation=view.is_applied,
        )
    )
