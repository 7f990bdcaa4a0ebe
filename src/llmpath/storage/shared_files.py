"""The files of the data folder that git carries, and no others."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath

from llmpath.errors import LlmpathError, NotSavedError
from llmpath.storage.durable import reason_of, sync_folder, write_refused
from llmpath.storage.files import write_atomically
from llmpath.storage.journal_files import list_files, read_regular
from llmpath.storage.paths import Places, prepare_folder

ATTRIBUTES = ".gitattributes"
ATTRIBUTES_LINE = b"*.jsonl -text merge=union\n"
"""So that a merge by hand keeps all lines, and no line ends are changed."""

_JOURNAL, _CURRICULA = "journal", "curricula"
_UNSAFE = frozenset('\\:*?"<>|') if os.name == "nt" else frozenset()

Files = Mapping[str, bytes]
"""Contents by path, folders parted by `/`."""


def is_joined(path: str) -> bool:
    """Tell whether a file holds lines of which none is ever dropped."""
    return path == ATTRIBUTES or (_is_in(path, _JOURNAL) and path.endswith(".jsonl"))


def is_shared(path: str) -> bool:
    """Tell whether a path, as a tree of a remote may have it, is one of these files."""
    return is_joined(path) or _is_in(path, _CURRICULA)


def read_shared(places: Places) -> dict[str, bytes]:
    """Read the files; what is no regular file, or a tool's temporary one, is left out.

    Raises:
        LlmpathError: A folder or a file cannot be read.
    """
    found = [
        (f"{_JOURNAL}/{each.name}", each) for each in list_files(places.journal)[0]
    ]
    with suppress(FileNotFoundError):
        curricula = sorted((places.data / _CURRICULA).iterdir())
        found += [(f"{_CURRICULA}/{each.name}", each) for each in curricula]
    found.append((ATTRIBUTES, places.data / ATTRIBUTES))
    files = {}
    for path, place in found:
        if is_shared(path) and _is_regular(place):
            files[path] = _read(place)
    return files


def write_shared(places: Places, path: str, data: bytes | None) -> None:
    """Put a file in place in one step, or remove it.

    Raises:
        NotSavedError: The storage refused, or something other than a file is there.
    """
    place = places.data / PurePosixPath(path)
    if os.path.lexists(place) and not _is_regular(place):
        message = "not saved: not a regular file; nothing was changed"
        raise NotSavedError(message, detail=(str(place),))
    prepare_folder(place.parent)
    if data is not None:
        write_atomically(place, data)
        return
    try:
        place.unlink(missing_ok=True)
    except OSError as error:
        raise write_refused(error, place) from error
    with suppress(OSError):
        sync_folder(place.parent)


def _is_in(path: str, folder: str) -> bool:
    """Whether a path is a visible file right below a folder, safe to write there."""
    parent, _, name = path.partition("/")
    return (
        parent == folder
        and bool(name)
        and "/" not in name
        and name.isprintable()
        and not name.startswith((".", "~"))
        and not name.endswith(("~", ".tmp"))
        and _UNSAFE.isdisjoint(name)
    )


def _is_regular(place: Path) -> bool:
    try:
        return stat.S_ISREG(place.lstat().st_mode)
    except OSError:
        return False


def _read(place: Path) -> bytes:
    try:
        return read_regular(place)
    except OSError as error:
        message = f"a file to be sent cannot be read: {reason_of(error)}"
        raise LlmpathError(message, detail=(str(place),)) from error
