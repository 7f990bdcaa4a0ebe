"""The archive, a second copy of every record in the state folder, and the marks.

Both are written by whoever holds the lock, after the journal: what is in the archive
was in the journal before, and marks never run ahead of what they speak of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from llmpath.core.events import Record
from llmpath.errors import LlmpathError
from llmpath.named_tuple import NamedTuple
from llmpath.storage.appending import append_lines_to
from llmpath.storage.comparing import ids_in, records_beyond
from llmpath.storage.durable import cause_of
from llmpath.storage.journal_files import list_files, parse_file, read_regular
from llmpath.storage.marking import (
    Archived,
    Contents,
    advance,
    grow,
    highest_lamport,
    highest_numbers,
)
from llmpath.storage.marks import (
    NO_MARKS,
    NOTHING,
    Accepted,
    Marks,
    read_marks,
    see_file,
    write_marks,
)
from llmpath.storage.paths import Places

_REFUSED = (OSError, LlmpathError)


class Copied(NamedTuple):
    """What became of the second copy.

    Attributes:
        added: Records that were added to the archive.
        warning: Why archive or marks are behind, a sentence; None if they are not.
    """

    added: int
    warning: str | None


class Counters(NamedTuple):
    """How far counters have come.

    Attributes:
        numbers: The highest number of each device.
        lamport: The highest counter that orders records.
    """

    numbers: Mapping[str, int]
    lamport: int

    def after(self, records: Sequence[Record]) -> Counters:
        """How far they have come with these records."""
        return Counters(
            highest_numbers(records, self.numbers),
            highest_lamport(records, self.lamport),
        )


class SecondCopy:
    """The archive and the marks of this machine, while the lock is held."""

    def __init__(self, places: Places, *, is_locked: bool) -> None:
        self._places = places
        self._is_locked = is_locked
        self._marks = read_marks(places) or NO_MARKS
        self._highest: Counters | None = None

    def highest(self) -> Counters:
        """What counters have reached, as far as it was ever seen here."""
        if self._highest is None:
            self._highest = Counters(self._marks.devices, self._marks.lamport)
            if not self._is_archive_as_marked():
                with suppress(OSError):
                    records = parse_file(read_archive(self._places)).records
                    self._highest = self._highest.after(records)
        return self._highest

    def keep(
        self,
        path: Path,
        data: bytes,
        written: Sequence[Record],
        seen: Sequence[Record],
    ) -> Copied:
        """Copy what was just appended to a file, and all that the archive lacks.

        Args:
            data: The lines appended.
            written: Their records.
            seen: The other records of the journal.
        """
        if not self._is_all_else_as_marked(path, data):
            return self.catch_up((*seen, *written))
        warning = None
        try:
            self._append(data)
        except _REFUSED as error:
            warning = self._no_copy(error)
        try:
            marks = grow(self._marks, path, written)
            archive = see_file(self._places.archive) if warning is None else None
            self._write(marks._replace(archive=archive))
        except _REFUSED as error:
            warning = warning or self._no_marks(error)
        return Copied(0 if warning else len(written), warning)

    def catch_up(
        self, records: Sequence[Record], taken: Accepted | None = None
    ) -> Copied:
        """Copy all records that the archive lacks, and mark how far the files go.

        Args:
            records: All of the journal.
            taken: Take the files as they are, and this for lost: what else is gone from
                them is told by `doctor` alone from now on.
        """
        archived, warning = None, None
        new: dict[str, Record] = {}
        try:
            files = read_contents(self._places)
        except LlmpathError as error:
            return Copied(0, self._no_copy(error))
        try:
            archived, new = self._fill_archive(files)
        except _REFUSED as error:
            warning = self._no_copy(error)
        everything = {each.id: each for each in records} | new
        marks = advance(self._marks, files, [*everything.values()], archived)
        if taken is not None:
            marks = marks._replace(is_short=False, accepted=taken)
        try:
            if archived is not None and (archived.was_complete or not marks.is_short):
                marks = marks._replace(archive=see_file(self._places.archive))
            self._write(marks)
        except _REFUSED as error:
            warning = warning or self._no_marks(error)
        return Copied(len(new), warning)

    def _fill_archive(self, files: Contents) -> tuple[Archived, dict[str, Record]]:
        """Append what the archive lacks; give what it had, and the records new in it.

        Raises:
            OSError: The archive cannot be read.
            NotSavedError: It cannot be written.
            UnconfirmedError: What was written may be there or not.
        """
        data = read_archive(self._places)
        marked = self._marks.archive
        had = Archived(ids_in(data), marked is not None and marked.is_in(data))
        new: dict[str, tuple[Record, bytes]] = {}
        for content in files.by_name.values():
            new = records_beyond(content, had.ids | new.keys()) | new
        if new:
            self._append(b"".join(b"%s\n" % line for _, line in new.values()))
        return had, {name: record for name, (record, _) in new.items()}

    def _is_all_else_as_marked(self, path: Path, data: bytes) -> bool:
        """Whether nothing changed since the marks were made but for one file's end.

        Of other files sizes decide: their marks stay, and readers compare more and
        tell. The mark of this one moves on, so that what it spoke of must be there.
        """
        marks = self._marks
        if marks.is_short or not self._is_archive_as_marked():
            return False
        before = marks.files.get(path.name, NOTHING)
        expected = {name: seen.size for name, seen in marks.files.items()}
        expected[path.name] = before.size + len(data)
        try:
            if see_file(path, before.size) != before:
                return False
            paths, _ = list_files(self._places.journal)
            sizes = {each.name: each.lstat().st_size for each in paths}
        except (OSError, LlmpathError):
            return False
        return sizes == expected

    def _is_archive_as_marked(self) -> bool:
        try:
            size = self._places.archive.lstat().st_size
        except OSError:
            return False
        return self._marks.archive is not None and size == self._marks.archive.size

    def _append(self, data: bytes) -> None:
        path = self._places.archive
        append_lines_to(path, data, is_locked=self._is_locked, what="the second copy")

    def _write(self, marks: Marks) -> None:
        write_marks(self._places, marks)
        self._marks = marks

    def _no_copy(self, error: Exception) -> str:
        what = f"saved, but without a second copy in {self._places.state}"
        return f"{what}: {cause_of(error)}"

    def _no_marks(self, error: Exception) -> str:
        what = f"saved, also in the second copy, but not marked in {self._places.marks}"
        return f"{what}: {cause_of(error)}"


def read_archive(places: Places) -> bytes:
    """Read the archive; empty if there is none.

    Raises:
        OSError: It is there but cannot be read.
    """
    try:
        return read_regular(places.archive)
    except FileNotFoundError:
        return b""


def read_contents(places: Places) -> Contents:
    """Read all files of the journal that can be read.

    Raises:
        LlmpathError: The journal's folder cannot be read.
    """
    paths, absent = list_files(places.journal)
    contents: dict[str, bytes] = {}
    unread = set(absent)
    for path in paths:
        try:
            contents[path.name] = read_regular(path)
        except OSError:
            unread.add(path.name)
    return Contents(contents, unread)
