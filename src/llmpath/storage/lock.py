"""One writer at a time on this machine; readers never wait."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from llmpath.errors import NotSavedError
from llmpath.storage.durable import PLAIN_FILE, create_private, write_refused

_BUSY = frozenset({errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK})
_NO_LOCKS = frozenset({errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP})
_POLL_SECONDS = 0.002

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def _unlock(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)


@contextmanager
def hold_lock(path: Path, *, timeout: float = 10.0) -> Iterator[bool]:
    """Hold the lock while the block runs; the kernel frees it when a process dies.

    The file stays where it is: a lock that is a file's existence would outlive a kill.

    Args:
        timeout: Seconds to wait for another writer.

    Yields:
        Whether the lock is held; False where the file system has no locks.

    Raises:
        NotSavedError: Another process still writes, or the file cannot be opened.
    """
    descriptor = _open(path)
    try:
        is_held = _wait(descriptor, path, timeout)
        try:
            yield is_held
        finally:
            if is_held:
                _unlock(descriptor)
    finally:
        os.close(descriptor)


def can_lock(path: Path) -> bool:
    """Whether the file system has locks; a lock that somebody holds is one.

    A file that is not there or cannot be opened tells nothing, and counts as yes.
    """
    try:
        descriptor = os.open(path, os.O_RDWR | PLAIN_FILE)
    except OSError:
        return True
    try:
        _lock(descriptor)
        _unlock(descriptor)
    except OSError as error:
        return error.errno not in _NO_LOCKS
    finally:
        os.close(descriptor)
    return True


def _open(path: Path) -> int:
    try:
        try:
            return create_private(path, os.O_RDWR | PLAIN_FILE)
        except FileExistsError:
            return os.open(path, os.O_RDWR | PLAIN_FILE)
    except OSError as error:
        raise write_refused(error, path) from error


def _wait(descriptor: int, path: Path, timeout: float) -> bool:
    deadline = time.monotonic() + timeout
    while True:
        try:
            _lock(descriptor)
        except OSError as error:
            if error.errno in _NO_LOCKS:
                return False
            if error.errno not in _BUSY:
                raise write_refused(error, path) from error
        else:
            return True
        if time.monotonic() >= deadline:
            raise _held_by_another(descriptor, path)
        time.sleep(_POLL_SECONDS)


def _held_by_another(descriptor: int, path: Path) -> NotSavedError:
    """The error for a lock that stays held, with the holder where that is certain."""
    from llmpath.storage.lock_holder import (  # noqa: PLC0415 - only after waiting
        find_holder,
    )

    pid = find_holder(descriptor)
    who = "" if pid is None else f" (process {pid})"
    message = f"not saved: another llmpath is writing{who}; nothing was changed"
    return NotSavedError(message, detail=(str(path),))
