"""One process at a time holds the lock; a dead one holds nothing."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest

from llmpath.errors import NotSavedError
from llmpath.storage.lock import hold_lock

posix_only = pytest.mark.skipif(
    sys.platform == "win32", reason="tests the locks of POSIX systems"
)

HOLD_AND_WAIT = """
import sys
from pathlib import Path
from llmpath.storage.lock import hold_lock
with hold_lock(Path(sys.argv[1])) as is_held:
    print(is_held, flush=True)
    sys.stdin.readline()
"""


def test_a_lock_is_held_and_free_again(tmp_path: Path) -> None:
    for _ in range(2):
        with hold_lock(tmp_path / "lock", timeout=0) as is_held:
            assert is_held


def test_a_second_writer_gives_up_after_its_time(tmp_path: Path) -> None:
    with (
        hold_lock(tmp_path / "lock"),
        pytest.raises(NotSavedError, match="another llmpath is writing"),
        hold_lock(tmp_path / "lock", timeout=0.01),
    ):
        pass


def test_a_second_writer_waits_for_the_first(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD_AND_WAIT, str(tmp_path / "lock")]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "True\n"
        with (
            pytest.raises(NotSavedError),
            hold_lock(tmp_path / "lock", timeout=0.01),
        ):
            pass
        first.communicate("\n")
    with hold_lock(tmp_path / "lock", timeout=0) as is_held:
        assert is_held


def test_a_killed_writer_leaves_the_lock_free(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD_AND_WAIT, str(tmp_path / "lock")]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as first:
        assert first.stdout is not None
        first.stdout.readline()
        first.kill()
        first.wait()

    with hold_lock(tmp_path / "lock", timeout=0) as is_held:
        assert is_held


def test_the_lock_is_free_after_an_error_inside(tmp_path: Path) -> None:
    with pytest.raises(KeyError), hold_lock(tmp_path / "lock"):
        raise KeyError

    with hold_lock(tmp_path / "lock", timeout=0) as is_held:
        assert is_held


@posix_only
@pytest.mark.parametrize("code", [errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP])
def test_a_file_system_without_locks_is_written_without_one(
    code: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    refuse_locks(monkeypatch, code)

    with hold_lock(tmp_path / "lock") as is_held:
        assert not is_held


@posix_only
def test_a_lock_that_fails_is_an_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    refuse_locks(monkeypatch, errno.EIO)

    with (
        pytest.raises(NotSavedError, match="nothing was changed") as caught,
        hold_lock(tmp_path / "lock"),
    ):
        pass

    assert caught.value.detail == (str(tmp_path / "lock"),)


@posix_only
def test_a_link_in_place_of_the_lock_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "lock").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(NotSavedError), hold_lock(tmp_path / "lock"):
        pass

    assert not (tmp_path / "elsewhere").exists()


def test_a_lock_without_a_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(NotSavedError), hold_lock(tmp_path / "none" / "lock"):
        pass


def refuse_locks(monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    def refuse(*_: int) -> NoReturn:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(pytest.importorskip("fcntl"), "flock", refuse)
