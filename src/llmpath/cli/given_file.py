"""A file that the learner names, read within a limit."""

from __future__ import annotations

import sys
from pathlib import Path
from urllib.parse import unquote

from llmpath.errors import LlmpathError, UsageError
from llmpath.storage.durable import reason_of

STDIN = "-"


def read_given_file(name: str, limit: int) -> bytes:
    """Read a file, a pipe or, for `-`, stdin.

    Args:
        limit: Bytes; of a longer file one byte more is read, which tells that it is.

    Raises:
        UsageError: The name is empty.
        LlmpathError: It is missing, a folder, or cannot be read.
    """
    if name == STDIN:
        return sys.stdin.buffer.read(limit + 1)
    path = given_path(name)
    try:
        with path.open("rb") as file:
            return file.read(limit + 1)
    except OSError as error:
        message = f"cannot read {name}: {reason_of(error).lower()}"
        raise LlmpathError(message, remedy=remedy_for(name)) from error


def remedy_for(name: str) -> str | None:
    """What to give instead of an address; None where it is none."""
    scheme, mark, rest = name.partition("://")
    if not mark:
        return None
    if scheme.lower() == "file":
        return f"the path alone: {unquote(rest)}"
    return "download it, and give the file"


def given_path(name: str) -> Path:
    """The path of a file that the learner names.

    Raises:
        UsageError: It is empty.
        LlmpathError: It lies in the folder of a user who does not exist, or is no name.
    """
    if not name:
        raise UsageError("the name of the file is empty")
    if "\0" in name:
        raise LlmpathError(f"cannot use {name!a}: not a file's name")
    try:
        return Path(name).expanduser()
    except RuntimeError:
        raise LlmpathError(f"{name} is in nobody's folder") from None
