"""Flushing passes over what a system cannot do and hides nothing that went wrong."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from llmpath.storage.durable import (
    create_private,
    sync_file,
    sync_folder,
    write_all,
    write_refused,
)
from tests.storage.broken_system import FLUSH, break_call

UNABLE = [errno.EINVAL, errno.ENOTSUP, errno.ENOTTY]


@pytest.mark.parametrize("code", UNABLE)
def test_a_system_that_cannot_flush_is_let_pass(
    code: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with (tmp_path / "file").open("wb") as file:
        break_call(monkeypatch, FLUSH, code)
        break_call(monkeypatch, "fsync", code)
        sync_file(file.fileno())
    sync_folder(tmp_path)


@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC])
def test_an_error_while_flushing_is_raised(
    code: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    break_call(monkeypatch, FLUSH, code)
    with (
        (tmp_path / "file").open("wb") as file,
        pytest.raises(OSError, match=os.strerror(code)),
    ):
        sync_file(file.fileno())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows flushes no folders")
def test_an_error_while_flushing_a_folder_is_raised(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    break_call(monkeypatch, "fsync", errno.EIO)
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        sync_folder(tmp_path)


def test_short_writes_are_continued(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda to, data: write(to, bytes(data)[:3]))

    with (tmp_path / "file").open("wb") as file:
        write_all(file.fileno(), b"0123456789")

    assert (tmp_path / "file").read_bytes() == b"0123456789"


def test_a_write_that_takes_nothing_is_an_error_and_no_endless_loop(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(os, "write", lambda *_: 0)

    with (
        (tmp_path / "file").open("wb") as file,
        pytest.raises(OSError, match=os.strerror(errno.EIO)),
    ):
        write_all(file.fileno(), b"0123456789")


def test_a_file_that_is_there_is_not_created_again(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")

    with pytest.raises(FileExistsError):
        create_private(tmp_path / "file", os.O_WRONLY)

    assert (tmp_path / "file").read_text() == "mine"


def test_a_full_disk_is_told_with_its_free_bytes(tmp_path: Path) -> None:
    path = tmp_path / "not" / "there"

    full = write_refused(OSError(errno.ENOSPC, "No space left on device"), path)
    denied = write_refused(OSError(errno.EACCES, "Permission denied"), path)

    assert full.message == "not saved: No space left on device; nothing was changed"
    assert full.detail[0] == denied.detail[0] == str(path)
    assert full.detail[1].endswith(" bytes free")
    assert len(denied.detail) == 1
