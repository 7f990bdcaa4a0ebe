"""`doctor --repair`: what the archive has and the journal has lost is written again.

Nothing is rewritten or removed but marks and an identity that cannot be read: damage
stays in its place as evidence, and what is restored is appended.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from llmpath.named_tuple import NamedTuple
from llmpath.storage.damage import Damage, count_missing
from llmpath.storage.device import Device, forget_damage
from llmpath.storage.examination import examine
from llmpath.storage.journal import read_journal
from llmpath.storage.journal_files import list_files
from llmpath.storage.journal_writing import write_journal
from llmpath.storage.kept_fold import fold_path
from llmpath.storage.losses import find_losses
from llmpath.storage.marks import NO_MARKS, Accepted, read_marks
from llmpath.storage.paths import Places


class Repaired(NamedTuple):
    """What a repair did.

    Attributes:
        restored: Records that were written from the archive into the journal.
        copied: Records that were copied into the archive.
        warnings: What could not be done, a sentence each.
    """

    restored: int
    copied: int
    warnings: tuple[str, ...]


def repair(places: Places, *, accepts_loss: bool = False) -> Repaired:
    """Restore what is gone, complete the archive, and take the files as they are then.

    A second repair finds nothing to do.

    Args:
        accepts_loss: Take for lost what neither copy has: it is no longer warned of.

    Raises:
        LlmpathError: The journal's folder cannot be read.
        NotSavedError: The system refused; nothing changed.
        UnconfirmedError: What was restored may be there or not.
    """
    with write_journal(places) as writer:
        marks = read_marks(places)
        absent = list_files(places.journal)[1]
        journal = read_journal(places, writer.device)
        known = {record.id: record for record in journal.records}
        lines = find_losses(places, marks, known, absent).lines.values()
        writer.restore_lines([line.decode("ascii") for line in lines], journal=journal)
        forget_damage(places)
        _remove(fold_path(places.state))
        if marks is None:
            _remove(places.marks)
        journal = read_journal(places, writer.device)
        damaged = examine(places, journal).damaged
        accepted = _accept(damaged, (marks or NO_MARKS).accepted)
        if accepts_loss:
            missing = count_missing(journal.records, (marks or NO_MARKS).devices)
            accepted = _accept_loss(damaged, accepted, missing, writer.device)
        copied = writer.keep_copies(journal, accepted)
        return Repaired(len(lines), copied, tuple(writer.warnings))


def _remove(path: Path) -> None:
    """Remove what the next command makes anew."""
    with suppress(OSError):
        path.unlink()


def _accept(damaged: Iterable[Damage], before: Accepted) -> Accepted:
    """Take note of the lines that nothing is lost by."""
    lines = {each.crc for each in damaged if each.line and each.is_whole}
    return before._replace(lines=before.lines | lines)


def _accept_loss(
    damaged: Iterable[Damage],
    before: Accepted,
    missing: dict[str, int],
    device: Device | None,
) -> Accepted:
    """Take for lost all that is damaged or missing now.

    Args:
        missing: How many numbers of each device are.
        device: All that this machine wrote may be lost, and how much unknown.
    """
    lines = {each.crc for each in damaged if each.line}
    own = {} if device is None else {device.id: 0}
    return Accepted(before.lines | lines, own | missing)
