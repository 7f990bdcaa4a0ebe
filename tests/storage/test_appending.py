"""A line is appended whole and stays, or the file is as it was."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from llmpath.core.events import StudyLogged
from llmpath.errors import NotSavedError, UnconfirmedError
from llmpath.storage.appending import append_lines_to
from llmpath.storage.journal import read_journal
from llmpath.storage.records import encode_record
from tests.builders import a_record
from tests.storage.broken_system import FLUSH, break_call
from tests.storage.journal_values import a_home

OLD = b"".join(
    encode_record(a_record(StudyLogged("a/b", minutes), n=minutes))
    for minutes in range(1, 4)
)
NEW_RECORD = a_record(StudyLogged("a/c", 1), n=4)
NEW = encode_record(NEW_RECORD)
EVENT = StudyLogged("a/b", 25)

posix_only = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no pipes, modes and folder flushes"
)
Break = pytest.MonkeyPatch


def append(path: Path, data: bytes = NEW, *, is_locked: bool = True) -> None:
    append_lines_to(path, data, is_locked=is_locked, what="record x")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "a.jsonl").write_bytes(OLD)
    return tmp_path / "a.jsonl"


def test_a_line_is_added_at_the_end(path: Path) -> None:
    append(path)

    assert path.read_bytes() == OLD + NEW


def test_a_torn_end_is_ended_first_in_the_same_write(
    monkeypatch: Break, path: Path
) -> None:
    path.write_bytes(OLD[:-9])
    write, sizes = os.write, []

    def counting(descriptor: int, data: bytes) -> int:
        sizes.append(len(data))
        return write(descriptor, data)

    monkeypatch.setattr(os, "write", counting)
    append(path)

    assert path.read_bytes() == OLD[:-9] + b"\n" + NEW
    assert sizes == [1 + len(NEW)]


@posix_only
def test_a_missing_file_is_made_for_its_owner_only(tmp_path: Path) -> None:
    append(tmp_path / "new.jsonl")

    assert (tmp_path / "new.jsonl").read_bytes() == NEW
    assert stat.S_IMODE((tmp_path / "new.jsonl").stat().st_mode) == 0o600


def test_a_file_cut_anywhere_keeps_its_whole_records_and_takes_the_new_one(
    monkeypatch: Break, tmp_path: Path
) -> None:
    monkeypatch.setattr(os, FLUSH, lambda _: None)
    home = a_home(tmp_path)
    home.journal.mkdir(parents=True)
    path = home.journal / "a.jsonl"
    lines = OLD.splitlines()
    for place in range(len(OLD) + 1):
        path.write_bytes(OLD[:place])
        append(path)

        journal = read_journal(home, None)
        whole = len([line for line in OLD[:place].splitlines() if line in lines])
        assert [each.n for each in journal.records] == [*range(1, whole + 1), 4], place
        assert len(journal.damaged) <= 1, place


def full_disk(room: int) -> Callable[[int, bytes], int]:
    write, left = os.write, room

    def limited(descriptor: int, data: bytes) -> int:
        nonlocal left
        if not left:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        written = write(descriptor, bytes(data)[:left])
        left -= written
        return written

    return limited


@pytest.mark.parametrize("room", [0, 1, 50, len(NEW) - 1])
def test_on_a_full_disk_nothing_changes_and_the_free_space_is_told(
    room: int, monkeypatch: Break, path: Path
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(os, "write", full_disk(room))
        with pytest.raises(NotSavedError, match="nothing was changed") as caught:
            append(path)

    assert caught.value.detail[0] == str(path)
    assert "bytes free" in caught.value.detail[1]
    assert path.read_bytes() == OLD
    append(path)
    assert path.read_bytes() == OLD + NEW


def test_a_new_file_that_cannot_be_filled_is_not_left_behind(
    monkeypatch: Break, tmp_path: Path
) -> None:
    monkeypatch.setattr(os, "write", full_disk(5))

    with pytest.raises(NotSavedError):
        append(tmp_path / "new.jsonl")

    assert not list(tmp_path.iterdir())


def test_a_disk_that_gives_back_something_else_is_an_error(
    monkeypatch: Break, path: Path
) -> None:
    read_bytes = os.read
    monkeypatch.setattr(
        os, "read", lambda fd, size: read_bytes(fd, size).replace(b"a/c", b"a/d")
    )

    with pytest.raises(NotSavedError, match="what was read back"):
        append(path)

    assert path.read_bytes() == OLD


@pytest.mark.parametrize("room", [0, 20])
def test_without_a_lock_nothing_is_cut_off_again(
    room: int, monkeypatch: Break, path: Path
) -> None:
    monkeypatch.setattr(os, "write", full_disk(room))
    error = UnconfirmedError if room else NotSavedError

    with pytest.raises(error):
        append(path, is_locked=False)

    assert path.read_bytes() == OLD + NEW[:room]


def test_what_cannot_be_cut_off_again_is_unconfirmed(
    monkeypatch: Break, path: Path
) -> None:
    monkeypatch.setattr(os, "write", full_disk(20))
    break_call(monkeypatch, "ftruncate", errno.EIO)

    with pytest.raises(UnconfirmedError, match="record x"):
        append(path)


def test_an_error_while_flushing_is_unconfirmed_and_not_tried_again(
    monkeypatch: Break, path: Path
) -> None:
    flushed = []

    def refuse(descriptor: int) -> NoReturn:
        flushed.append(descriptor)
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, FLUSH, refuse)
    with pytest.raises(UnconfirmedError, match="while saving record x") as caught:
        append(path)

    assert len(flushed) == 1
    assert caught.value.exit_code == 4
    assert caught.value.remedy == "llmpath history"


def test_a_system_that_cannot_flush_still_saves(monkeypatch: Break, path: Path) -> None:
    break_call(monkeypatch, FLUSH, errno.EINVAL)

    append(path)

    assert path.read_bytes() == OLD + NEW


@posix_only
def test_an_error_while_flushing_the_folder_of_a_new_file_is_unconfirmed(
    monkeypatch: Break, tmp_path: Path
) -> None:
    flush = os.fsync

    def refuse_folders(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        flush(descriptor)

    monkeypatch.setattr(os, "fsync", refuse_folders)
    with pytest.raises(UnconfirmedError):
        append(tmp_path / "new.jsonl")


@posix_only
@pytest.mark.parametrize("kind", ["link", "dangling link", "pipe", "folder"])
def test_what_is_no_regular_file_is_left_alone(
    kind: str, tmp_path: Path, path: Path
) -> None:
    place = tmp_path / "b.jsonl"
    match kind:
        case "link":
            place.symlink_to(path)
        case "dangling link":
            place.symlink_to(tmp_path / "elsewhere")
        case "pipe":
            os.mkfifo(place)
        case _:
            place.mkdir()

    with pytest.raises(NotSavedError, match="nothing was changed"):
        append(place)

    assert path.read_bytes() == OLD
    assert not (tmp_path / "elsewhere").exists()


@posix_only
def test_nothing_is_written_into_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.jsonl")
    reader = os.open(tmp_path / "a.jsonl", os.O_RDONLY | os.O_NONBLOCK)
    try:
        with pytest.raises(NotSavedError, match="not a regular file"):
            append(tmp_path / "a.jsonl")
        assert os.read(reader, 100) == b""
    finally:
        os.close(reader)


def replacing(path: Path, times: int) -> Callable[[int], None]:
    """A flush during which another program puts an older copy in the file's place."""
    left = times

    def flush(_: int) -> None:
        nonlocal left
        if left:
            left -= 1
            other = path.with_suffix(".other")
            other.write_bytes(OLD)
            other.replace(path)

    return flush


@posix_only
def test_a_file_replaced_meanwhile_gets_the_line_as_well(
    monkeypatch: Break, path: Path
) -> None:
    monkeypatch.setattr(os, FLUSH, replacing(path, times=1))

    append(path)

    assert path.read_bytes() == OLD + NEW


@posix_only
def test_a_file_deleted_meanwhile_is_made_again(monkeypatch: Break, path: Path) -> None:
    flush = os.fsync

    def deleting(_: int) -> None:
        path.unlink()
        monkeypatch.setattr(os, FLUSH, flush)

    monkeypatch.setattr(os, FLUSH, deleting)
    append(path)

    assert path.read_bytes() == NEW


@posix_only
def test_a_file_that_is_replaced_again_and_again_ends_unconfirmed(
    monkeypatch: Break, path: Path
) -> None:
    monkeypatch.setattr(os, FLUSH, replacing(path, times=99))

    with pytest.raises(UnconfirmedError, match="keeps replacing"):
        append(path)
