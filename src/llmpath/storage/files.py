"""Whole files: read if regular, replaced in one step.

A reader sees the old content or the new one, never a part, also after a power cut.
"""

from __future__ import annotations

import errno
import os
import stat
import time
from contextlib import suppress
from pathlib import Path

from llmpath.storage.durable import (
    PLAIN_FILE,
    create_private,
    sync_file,
    sync_folder,
    write_refused,
)

PRIVATE = 0o600
PUBLIC = 0o666
"""Modes for `write_atomically`; the umask takes its part from the second."""

_RETRY_SECONDS = 0.05
# A Windows virus scanner holds a new file for less than a second.
_ATTEMPTS = 20 if os.name == "nt" else 1


def read_regular_file(path: Path, limit: int | None = None) -> bytes | None:
    """Read all of a file; None if there is none.

    Args:
        limit: Bytes; of a longer file one byte more is read, which tells that it is.

    Raises:
        OSError: It cannot be read, or is a folder, pipe or device.
    """
    try:
        _require_regular(path)
        with path.open("rb") as file:
            return file.read(-1 if limit is None else limit + 1)
    except FileNotFoundError:
        return None


def write_atomically(
    path: Path,
    data: bytes,
    *,
    mode: int = PRIVATE,
    follows_link: bool = False,
    is_flushed: bool = True,
) -> None:
    """Put `data` in place of a file, or make it; what was there stays until it is safe.

    The folder must exist.

    Args:
        follows_link: A symbolic link stays, and the file that it names is replaced, as
            with a file of the learner's; else the link is replaced.
        is_flushed: To stable storage. If not, a power cut may leave the file as it was,
            empty or missing.

    Raises:
        NotSavedError: The storage refused, or the path is a folder, pipe or device.
            The old content is untouched.
    """
    target = Path(os.path.realpath(path)) if follows_link else path
    temporary = target.parent / f".llmpath-{os.urandom(8).hex()}.tmp"
    try:
        with suppress(FileNotFoundError):
            if not target.is_symlink():
                _require_regular(target)
        _write_new(temporary, data, mode, is_flushed=is_flushed)
        _replace(temporary, target)
    except OSError as error:
        raise write_refused(error, path) from error
    finally:
        with suppress(OSError):
            temporary.unlink()
    if is_flushed:
        with suppress(OSError):  # the file is whole either way
            sync_folder(target.parent)


def _require_regular(path: Path) -> None:
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(errno.EINVAL, "not a regular file", str(path))


def _write_new(path: Path, data: bytes, mode: int, *, is_flushed: bool) -> None:
    flags = os.O_WRONLY | PLAIN_FILE
    if mode == PRIVATE:
        descriptor = create_private(path, flags)
    else:
        descriptor = os.open(path, flags | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        if is_flushed:
            sync_file(file.fileno())


def _replace(source: Path, target: Path) -> None:
    for _ in range(_ATTEMPTS - 1):
        with suppress(PermissionError):
            source.replace(target)
            return
        time.sleep(_RETRY_SECONDS)
    source.replace(target)
