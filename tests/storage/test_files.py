"""Whole files are replaced in one step, or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from llmpath.errors import NotSavedError
from llmpath.storage.files import (
    PUBLIC,
    read_regular_file,
    write_atomically,
)

only_posix = pytest.mark.skipif(os.name == "nt", reason="modes, links and pipes")


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_written_file_is_read_back_and_leaves_nothing_beside_it(
    tmp_path: Path,
) -> None:
    path = tmp_path / "file"

    write_atomically(path, b"old")
    write_atomically(path, b"new\r\n\x00")

    assert read_regular_file(path) == b"new\r\n\x00"
    assert names(tmp_path) == ["file"]


def test_a_missing_file_reads_as_none(tmp_path: Path) -> None:
    assert read_regular_file(tmp_path / "file") is None


@pytest.mark.parametrize(("limit", "read"), [(0, 1), (2, 3), (3, 4), (4, 4), (9, 4)])
def test_a_limit_is_passed_by_one_byte_which_tells_that_there_is_more(
    tmp_path: Path, limit: int, read: int
) -> None:
    (tmp_path / "file").write_bytes(b"\r\n\x00\xff")

    assert read_regular_file(tmp_path / "file", limit) == b"\r\n\x00\xff"[:read]


@only_posix
def test_a_file_is_private_unless_asked_otherwise(tmp_path: Path) -> None:
    umask = os.umask(0o022)
    try:
        write_atomically(tmp_path / "private", b"")
        write_atomically(tmp_path / "public", b"", mode=PUBLIC)
    finally:
        os.umask(umask)

    assert mode_of(tmp_path / "private") == 0o600
    assert mode_of(tmp_path / "public") == 0o644


@only_posix
def test_an_open_reader_keeps_the_old_content(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write_atomically(path, b"old")

    with path.open("rb") as reader:
        write_atomically(path, b"new")

        assert reader.read() == b"old"


@only_posix
def test_a_link_that_is_followed_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "kept" / "file")

    write_atomically(link, b"data", follows_link=True)

    assert link.is_symlink()
    assert (tmp_path / "kept" / "file").read_bytes() == b"data"


@only_posix
def test_a_link_in_place_of_a_file_is_replaced_and_its_target_untouched(
    tmp_path: Path,
) -> None:
    (tmp_path / "target").write_bytes(b"theirs")
    link = tmp_path / "link"
    for target in ("target", "nowhere", "link"):
        link.unlink(missing_ok=True)
        link.symlink_to(tmp_path / target)

        write_atomically(link, b"data")

        assert not link.is_symlink()
        assert link.read_bytes() == b"data"
    assert (tmp_path / "target").read_bytes() == b"theirs"
    assert not (tmp_path / "nowhere").exists()


@only_posix
@pytest.mark.parametrize("umask", [0, 0o777])
def test_a_private_file_is_its_owners_alone_whatever_the_umask(
    tmp_path: Path, umask: int
) -> None:
    before = os.umask(umask)
    try:
        write_atomically(tmp_path / "file", b"data")
    finally:
        os.umask(before)

    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o600


def test_a_name_of_any_length_that_the_folder_takes_is_written(tmp_path: Path) -> None:
    path = tmp_path / ("n" * 200)

    write_atomically(path, b"data")

    assert names(tmp_path) == [path.name]


def test_a_folder_is_not_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()

    with pytest.raises(NotSavedError) as caught:
        write_atomically(folder, b"data")

    assert caught.value.message == "not saved: not a regular file; nothing was changed"
    assert names(tmp_path) == ["folder"]


@only_posix
def test_a_pipe_is_neither_read_nor_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    with pytest.raises(OSError, match="not a regular file"):
        read_regular_file(pipe)
    with pytest.raises(NotSavedError):
        write_atomically(pipe, b"data")

    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_missing_folder_is_named_with_the_reason(tmp_path: Path) -> None:
    path = tmp_path / "none" / "file"

    with pytest.raises(NotSavedError) as caught:
        write_atomically(path, b"data")

    assert (
        caught.value.message
        == "not saved: No such file or directory; nothing was changed"
    )


@only_posix
def test_a_write_that_breaks_off_leaves_the_old_content_alone(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    path = tmp_path / "file"
    write_atomically(path, b"old")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)

    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(NotSavedError, match="File too large"):
            write_atomically(path, bytes(100_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["file"]
