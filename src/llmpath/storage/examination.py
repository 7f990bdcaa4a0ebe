"""What `doctor` finds in the files of the journal, the archive and the marks."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from llmpath.named_tuple import NamedTuple
from llmpath.storage.damage import Damage, count_gaps
from llmpath.storage.device import find_damage
from llmpath.storage.durable import reason_of
from llmpath.storage.journal import Journal
from llmpath.storage.journal_files import list_files, parse_file
from llmpath.storage.judging import Judge
from llmpath.storage.losses import Losses, find_losses
from llmpath.storage.marking import Contents
from llmpath.storage.marks import NO_MARKS, Marks, Seen, read_marks
from llmpath.storage.paths import Places
from llmpath.storage.second_copy import read_archive, read_contents

IN_THE_WAY = "a folder is in its place"
"""Why a file of this machine cannot be made anew."""


class Archive(NamedTuple):
    """How the second copy is.

    Attributes:
        whole: Records in it.
        lacking: Records of the journal that are not in it.
        fault: Why it cannot be read; None if it can, or is not there.
    """

    whole: int
    lacking: int
    fault: str | None


class Examination(NamedTuple):
    """What was found.

    Attributes:
        damaged: Of the journal, then of what else was looked at.
        losses: What was seen here and is gone.
        gaps: How many numbers are missing between those of each device's records, but
            for what the learner took for lost.
        absent: Names of files that are not downloaded: until then nothing is lost.
    """

    damaged: tuple[Damage, ...]
    archive: Archive
    losses: Losses
    gaps: Mapping[str, int]
    absent: Collection[str]

    @property
    def is_past_repair(self) -> bool:
        """Whether something is lost that this machine cannot restore."""
        is_damaged = any(each.line and each.is_open for each in self.damaged)
        is_short = bool(self.gaps or self.losses.numbers)
        return (is_damaged or is_short) and not (self.losses.lines or self.absent)


def examine(places: Places, journal: Journal) -> Examination:
    """Look at every file that the journal needs.

    Raises:
        LlmpathError: The journal's folder cannot be read.
    """
    marks = read_marks(places)
    known = {record.id: record for record in journal.records}
    absent = list_files(places.journal)[1]
    losses = find_losses(places, marks, known, absent)
    files = read_contents(places)
    marks_read = marks or NO_MARKS
    gaps = count_gaps(journal.records, marks_read.accepted)
    judge = Judge(journal.records, gaps, marks_read.accepted)
    archive, in_archive = _examine_archive(places, known, judge)
    damaged = (
        *journal.damaged,
        *_files_gone_back(places, marks_read, files, journal, losses),
        *in_archive,
        *_damaged_state(places, marks),
    )
    return Examination(damaged, archive, losses, gaps, absent)


def _files_gone_back(
    places: Places, marks: Marks, files: Contents, journal: Journal, losses: Losses
) -> Iterator[Damage]:
    """The files that no longer have what was seen in them.

    One that is no shorter and has a damaged line differs because of that line.
    """
    is_whole = not any(losses)
    damaged = {each.file.name for each in journal.damaged}
    for name in sorted({*marks.files, *marks.lost} - {*files.unread}):
        data = files.by_name.get(name)
        marked = (marks.files.get(name), marks.lost.get(name))
        gone = [seen for seen in marked if seen is not None and not seen.is_in(data)]
        size = 0 if data is None else len(data)
        if gone and (size < gone[0].size or name not in damaged):
            reason = _how_it_went_back(data, gone[0])
            yield Damage(places.journal / name, 0, size, reason, is_whole)


def _how_it_went_back(data: bytes | None, seen: Seen) -> str:
    if data is None:
        return f"not there; {seen.size} bytes of it were seen here"
    if len(data) < seen.size:
        return f"{seen.size} bytes of it were seen here, {len(data)} are left"
    return f"its first {seen.size} bytes are not those that were seen here"


def _examine_archive(
    places: Places, known: Collection[str], judge: Judge
) -> tuple[Archive, tuple[Damage, ...]]:
    try:
        data = read_archive(places)
    except OSError as error:
        reason = reason_of(error)
        return Archive(0, len(known), reason), (Damage(places.archive, 0, 0, reason),)
    content = parse_file(data)
    ids = {record.id for record in content.records}
    damaged = judge.judge(places.archive, data, content, content.faults)
    return Archive(len(ids), len({*known} - ids), None), tuple(damaged)


def _damaged_state(places: Places, marks: Marks | None) -> Iterator[Damage]:
    if marks is None and os.path.lexists(places.marks):
        yield _in_state(places.marks, "not marks of this version")
    found = find_damage(places)
    if found is not None:
        yield _in_state(*found)


def _in_state(path: Path, reason: str) -> Damage:
    return Damage(path, 0, 0, IN_THE_WAY if path.is_dir() else reason)
