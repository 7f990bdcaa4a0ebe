"""`doctor --repair`: what the archive has and the journal has lost is written again.

Nothing is rewritten or removed but marks and an identity that cannot be read: damage
stays in its place as evidence, and what is restored is appended.
"""

from __future__ import annotations

from collections import Counter
from contextlib import suppress

from llmpath.named_tuple import NamedTuple
from llmpath.storage.device import forget_damage
from llmpath.storage.examination import examine
from llmpath.storage.journal import read_journal
from llmpath.storage.journal_files import list_files
from llmpath.storage.journal_writing import write_journal
from llmpath.storage.kept_fold import fold_path
from llmpath.storage.losses import find_losses
from llmpath.storage.marks import read_marks
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


def repair(places: Places) -> Repaired:
    """Restore what is gone, complete the archive, and take the files as they are then.

    A second repair finds nothing to do.

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
        with suppress(OSError):
            fold_path(places.state).unlink()  # the next command makes it anew
        journal = read_journal(places, writer.device)
        settled = Counter(
            each.damage.file.name
            for each in examine(places, journal).findings
            if each.is_whole and each.damage.line
        )
        copied = writer.keep_copies(journal, settled)
        return Repaired(len(lines), copied, tuple(writer.warnings))
