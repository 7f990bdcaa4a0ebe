"""A bug: the traceback goes into a file, its path on the screen."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from pathlib import Path

from llmpath import __version__
from llmpath.cli.failing import trace_of, write_stderr
from llmpath.cli.options import home_folder, options_first
from llmpath.clock import local_now
from llmpath.errors import LlmpathError
from llmpath.storage.device import machine_id
from llmpath.storage.files import write_atomically
from llmpath.storage.paths import find_places, prepare_folder

BUG = 70


def report_crash(error: Exception, arguments: Sequence[str]) -> int:
    """Write a crash report and return the exit code of a bug.

    It holds versions, the name of the command and the traceback; no arguments, which
    may be somebody's notes.
    """
    if "--debug" in arguments:
        write_stderr(trace_of(error))
    rest = options_first(arguments)[1]
    command = rest[0] if rest else "today"
    lines = [
        f"llmpath {__version__}",
        f"Python {platform.python_version()}, {platform.platform()}",
        f"command: {command if command.isascii() and command.isalpha() else '?'}",
        trace_of(error),
        "",
    ]
    said = [f"error: this is a bug in llmpath: {type(error).__name__}"]
    try:
        said.append(f"  report: {write_report(lines, arguments)}")
    except (OSError, LlmpathError):
        said.append("  the report could not be written; --debug shows it")
    write_stderr("\n".join(said))
    return BUG


def write_report(lines: Sequence[str], arguments: Sequence[str]) -> Path:
    """Write the report into the state folder and return its path."""
    folder = find_places(given_home(arguments), machine_id()).state
    prepare_folder(folder)
    stamp = local_now().strftime("%Y%m%d-%H%M%S")
    path = folder / f"crash-{stamp}.txt"
    write_atomically(path, "\n".join(lines).encode())
    return path


def given_home(arguments: Sequence[str]) -> Path | None:
    """The home of this run, as the command line or the environment names it."""
    import os  # noqa: PLC0415 - only for a bug

    front = options_first(arguments)[0]
    home = os.environ.get("LLMPATH_HOME")
    for option, value in zip(front, [*front[1:], ""], strict=False):
        if option == "--home":
            home = value
        elif option.startswith("--home="):
            home = option.partition("=")[2]
    return home_folder(home) if home else None
