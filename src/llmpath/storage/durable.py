"""Bytes that stay: flushing with errors told, and what to say when a disk refuses.

Functions of `os` are called through the module, so that tests can break them.
"""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from pathlib import Path

from llmpath.errors import NotSavedError, UnconfirmedError

if sys.platform == "darwin":
    import fcntl

CLOSED_ON_EXEC = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOINHERIT", 0)
PLAIN_FILE = (
    getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
    | CLOSED_ON_EXEC
)
"""Flags that open neither a symbolic link nor wait for the other end of a pipe."""

_NO_SYNC = frozenset(
    {errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOTTY, errno.ENOSYS}
)


def reason_of(error: OSError) -> str:
    """The system's own words, without number and path."""
    if error.errno == errno.ELOOP:  # the system speaks of too many, also for one
        return "symbolic link not followed"
    return error.strerror or str(error)


def cause_of(error: Exception) -> str:
    """The system's own words for its error, or for one of ours that has it as cause."""
    cause = error if isinstance(error, OSError) else error.__cause__
    return reason_of(cause) if isinstance(cause, OSError) else str(error)


def write_refused(error: OSError, path: Path) -> NotSavedError:
    """Build the error for a refused write, with the free space where that matters."""
    return NotSavedError(
        f"not saved: {reason_of(error)}; nothing was changed",
        detail=(str(path), *free_space(error, path)),
    )


def free_space(error: OSError, path: Path) -> tuple[str, ...]:
    """Say how much is free, if the disk is full; else nothing."""
    if error.errno != errno.ENOSPC:  # beyond a quota much may be free
        return ()
    import shutil  # noqa: PLC0415  # on a full disk only; 2 ms where nobody has it yet

    folder = next((each for each in path.parents if each.is_dir()), path)
    with suppress(OSError):
        return (f"{shutil.disk_usage(folder).free} bytes free",)
    return ()


def unconfirmed(error: OSError, path: Path, what: str) -> UnconfirmedError:
    """Build the error for a write whose fate the disk did not tell."""
    return UnconfirmedError(
        f"the disk reported an error while saving {what}: {reason_of(error)}",
        detail=(str(path),),
        remedy="llmpath history",
    )


def sync_file(descriptor: int) -> None:
    """Flush a file to stable storage; a file system that cannot is let pass.

    Raises:
        OSError: The disk reported an error; asking again would hide it, because the
            pages may be marked clean.
    """
    try:
        _flush(descriptor)
    except OSError as error:
        if error.errno not in _NO_SYNC:
            raise


def can_flush(path: Path) -> bool:
    """Whether a file's system flushes at all; Windows wants the right to write for it.

    Raises:
        OSError: The file cannot be opened, or the disk reported an error.
    """
    if sys.platform == "win32":
        return True
    descriptor = os.open(path, os.O_RDONLY | PLAIN_FILE)
    try:
        _flush(descriptor)
    except OSError as error:
        if error.errno not in _NO_SYNC:
            raise
        return False
    finally:
        os.close(descriptor)
    return True


def sync_folder(folder: Path) -> None:
    """Flush the names in a folder; Windows has no such thing.

    Raises:
        OSError: The disk reported an error.
    """
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY | CLOSED_ON_EXEC)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_SYNC:
            raise
    finally:
        os.close(descriptor)


def create_private(path: Path, flags: int) -> int:
    """Create a file that only its owner may read, whatever the umask, and open it.

    Raises:
        OSError: It is there already, or the system refused.
    """
    descriptor = os.open(path, flags | os.O_CREAT | os.O_EXCL, 0o600)
    if sys.platform != "win32":
        os.fchmod(descriptor, 0o600)
    return descriptor


def write_all(descriptor: int, data: bytes) -> None:
    """Write all of `data`, going on after a short write.

    Raises:
        OSError: The system refused some of it; the rest may be written.
    """
    view = memoryview(data)
    while view:
        written = os.write(descriptor, view)
        if not written:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        view = view[written:]


def _flush(descriptor: int) -> None:
    if sys.platform == "darwin":
        try:
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
        except OSError as error:
            if error.errno not in _NO_SYNC:
                raise
            os.fsync(descriptor)
    elif sys.platform == "linux":
        os.fdatasync(descriptor)
    else:
        os.fsync(descriptor)
