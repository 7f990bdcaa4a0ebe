"""How a run ends that did not do what was asked: lines on stderr and an exit code."""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Iterator, Sequence
from typing import TextIO

import typer

from llmpath.errors import LlmpathError

INTERRUPTED = 130

FULL = frozenset([errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO])
"""What a full disk says where Typer prints help; storage has errors of its own."""

WORDINGS = (
    (r"^got unexpected extra argument\(s\) \((.*)\)$", r"unexpected argument: \1"),
    (r"^invalid value for '([^']*)'(?: / '[^']*')*: ", r"\1: "),
    (r" \(Possible options?: (.*)\)$", r". Did you mean \1?"),
    (r"^(option '.*') requires an argument$", r"\1 needs a value"),
    (r"^missing argument '(.*?)'", r"\1 is missing"),
)
"""What the parser says in words of its own, and how it is said here."""


_MARKS = "/-.:?&=_"
"""Behind which a path, an address or an id is broken that fits no line."""


def interrupted() -> int:
    """Say that the command was stopped by the keyboard, and return its exit code."""
    write_stderr("interrupted; nothing was saved")
    return INTERRUPTED


def crashed(error: Exception, arguments: Sequence[str]) -> int:
    """Report a bug, or that stdout did not take the help, and return the exit code."""
    if isinstance(error, OSError) and error.errno in FULL:
        from llmpath.cli.output import unwritten  # noqa: PLC0415 - only on failure

        return failed(unwritten(error), arguments)
    from llmpath.cli.crash import report_crash  # noqa: PLC0415 - only for a bug

    return report_crash(error, arguments)


def failed(error: LlmpathError, arguments: Sequence[str]) -> int:
    """Report an error of ours; with `--debug`, where it came from."""
    if "--debug" in arguments:
        write_stderr(trace_of(error))
    return report(error)


def trace_of(error: Exception) -> str:
    """Where an error came from, cleaned: its text may quote what was typed or read."""
    import traceback  # noqa: PLC0415 - only to debug and for a bug

    from llmpath.core.text import clean_lines  # noqa: PLC0415 - as above

    return clean_lines("".join(traceback.format_exception(error)))


def report(error: LlmpathError) -> int:
    """Write an error's lines to stderr and return its exit code."""
    from llmpath.core.text import NOTE_LIMIT, clean  # noqa: PLC0415 - for an error

    lines = fitted(f"error: {clean(error.message, NOTE_LIMIT)}")
    for line in error.detail:
        lines += fitted(f"  {clean(line, NOTE_LIMIT)}")
    if error.remedy is not None:
        lines.append(f"  try: {clean(error.remedy, NOTE_LIMIT)}")
    write_stderr("\n".join(lines))
    return error.exit_code


def fitted(line: str) -> list[str]:
    """A line, on a terminal broken where it is too narrow for it.

    That is at spaces, and in what is wider than the terminal behind the marks of paths
    and ids.
    """
    if not (sys.stderr and sys.stderr.isatty()):
        return [line]
    import textwrap  # noqa: PLC0415 - only for an error on a terminal
    from shutil import get_terminal_size  # noqa: PLC0415 - as above

    width = max(20, get_terminal_size().columns)
    lines = textwrap.wrap(
        line.lstrip(),
        width,
        initial_indent=" " * (len(line) - len(line.lstrip())),
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [piece for each in lines for piece in split_long(each, width)]


def split_long(line: str, width: int) -> Iterator[str]:
    """The pieces of a line, broken behind its marks where it is wider."""
    while len(line) > width:
        text = len(line) - len(line.lstrip())
        cut = max(line.rfind(mark, text, width) for mark in _MARKS) + 1
        if cut <= text:
            break
        yield line[:cut]
        line = f"    {line[cut:]}"
    yield line


def usage_error(error: typer.TyperException, arguments: Sequence[str]) -> int:
    """Report what the parser did not understand, in our form and with its code."""
    message = plain_message(error)
    context = getattr(error, "ctx", None)
    path = "llmpath" if context is None else context.command_path
    if type(error).__name__ == "NoArgsIsHelpError":  # the message is all of the help
        commands = getattr(getattr(context, "command", None), "commands", {})
        message = f"{path} needs one of: {', '.join(commands)}"
    failed(LlmpathError(message, remedy=f"{path} --help"), arguments)
    return int(getattr(error, "exit_code", 2))


def plain_message(error: typer.TyperException) -> str:
    """What the parser says, in plain words and on one line."""
    message = " ".join(getattr(error, "format_message", error.__str__)().split())
    message = message[:1].lower() + message[1:].rstrip(".")
    for theirs, ours in WORDINGS:
        message = re.sub(theirs, ours, message)
    return message


def write_stderr(text: str) -> None:
    """Write lines to stderr; one that is closed or full is no further error."""
    try:
        sys.stderr.write(text + "\n")
        sys.stderr.flush()
    except OSError:
        point_nowhere(sys.stderr)
    except AttributeError:  # a closed one is None
        return


def point_nowhere(stream: TextIO | None) -> None:
    """Let a stream take what it still holds, so that the process ends in silence."""
    if stream is None:
        return
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    except (OSError, ValueError):
        return
