"""Adding bytes to a journal file: all of them on stable storage, or none."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path

from llmpath.errors import UnconfirmedError
from llmpath.storage.durable import (
    PLAIN_FILE,
    create_private,
    sync_file,
    sync_folder,
    unconfirmed,
    write_all,
    write_refused,
)

_FLAGS = os.O_RDWR | os.O_APPEND | PLAIN_FILE
_ATTEMPTS = 5


def append_lines_to(path: Path, data: bytes, *, is_locked: bool, what: str) -> None:
    """Append whole lines to a file, made where it is missing, and flush them.

    A file that another program puts in its place meanwhile gets them as well: ids
    make the second copy harmless.

    Args:
        data: Lines, the last one ended.
        is_locked: Nobody else writes, so that a failed write can be cut off again.
        what: Name of what is saved, for messages.

    Raises:
        NotSavedError: The system refused; the file is as it was.
        UnconfirmedError: The lines may be there or not.
    """
    for _ in range(_ATTEMPTS):
        if _append_once(path, data, is_locked=is_locked, what=what):
            return
    message = f"another program keeps replacing the journal while saving {what}"
    raise UnconfirmedError(message, detail=(str(path),), remedy="llmpath history")


def _append_once(path: Path, data: bytes, *, is_locked: bool, what: str) -> bool:
    """Append and flush; False where the file is no longer the one under this name."""
    try:
        descriptor, is_new = _open(path)
    except FileExistsError:
        return False
    except OSError as error:
        raise write_refused(error, path) from error
    try:
        if not _is_under(path, descriptor):
            return False
        try:
            _write(descriptor, data, path, is_locked=is_locked, what=what)
        except OSError as error:
            if is_new and is_locked:
                _drop_empty(path)
            raise write_refused(error, path) from error
        _sync(descriptor, path, what, is_new=is_new)
        return _is_under(path, descriptor)
    finally:
        with suppress(OSError):  # nothing is left to write: it was flushed, or refused
            os.close(descriptor)


def _open(path: Path) -> tuple[int, bool]:
    is_new = False
    try:
        descriptor = os.open(path, _FLAGS)
    except FileNotFoundError:
        descriptor, is_new = create_private(path, _FLAGS), True
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "not a regular file")
    return descriptor, is_new


def _is_under(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.lstat(), os.fstat(descriptor))
    except OSError:
        return False


def _write(
    descriptor: int, data: bytes, path: Path, *, is_locked: bool, what: str
) -> None:
    """Write and read back.

    Raises:
        OSError: The system refused, and the file is as it was.
        UnconfirmedError: The system refused, and what was written stays.
    """
    size = os.fstat(descriptor).st_size
    if _ends_torn(descriptor, size):
        data = b"\n" + data
    try:
        write_all(descriptor, data)
        _check(descriptor, data)
    except OSError as error:
        if os.fstat(descriptor).st_size == size:
            raise
        # without the lock, the end may be another writer's line
        if not is_locked or not _is_cut_to(descriptor, size):
            raise unconfirmed(error, path, what) from error
        raise


def _is_cut_to(descriptor: int, size: int) -> bool:
    try:
        os.ftruncate(descriptor, size)
    except OSError:
        return False
    return True


def _ends_torn(descriptor: int, size: int) -> bool:
    if not size:
        return False
    os.lseek(descriptor, size - 1, os.SEEK_SET)
    return os.read(descriptor, 1) != b"\n"


def _check(descriptor: int, data: bytes) -> None:
    """Read back what was appended: the position stands behind it on every system."""
    os.lseek(descriptor, -len(data), os.SEEK_CUR)
    left = data
    while left:
        part = os.read(descriptor, len(left))
        if not part or not left.startswith(part):
            raise OSError(errno.EIO, "what was read back is not what was written")
        left = left[len(part) :]


def _sync(descriptor: int, path: Path, what: str, *, is_new: bool) -> None:
    try:
        sync_file(descriptor)
        if is_new:
            sync_folder(path.parent)
    except OSError as error:
        raise unconfirmed(error, path, what) from error


def _drop_empty(path: Path) -> None:
    with suppress(OSError):
        path.unlink()
