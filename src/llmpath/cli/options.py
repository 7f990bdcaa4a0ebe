"""Options of every command, wherever they stand on the command line."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from llmpath.errors import UsageError
from llmpath.named_tuple import NamedTuple

if TYPE_CHECKING:
    from llmpath.storage.settings import Looks

FLAGS = frozenset(
    [
        "--json",
        "--plain",
        "-q",
        "--quiet",
        "-v",
        "--verbose",
        "--no-input",
        "-y",
        "--yes",
        "--debug",
    ]
)
WITH_VALUE = frozenset(["--home", "--today", "--color"])


class Start(NamedTuple):
    """What a run knows before it reads its command line.

    Attributes:
        answers: What the learner answered so far, by question; None where the input
            ended.
        sources: What was read of files, stdin and addresses so far, by name: a question
            begins the command anew, which shall go on with what it has read.
        ends_process: The process is there for this run alone.
    """

    answers: Mapping[str, str | None]
    sources: dict[str, bytes]
    ends_process: bool


class Options(NamedTuple):
    """What the learner asked of the run as a whole.

    Attributes:
        sources: What was read of files, stdin and addresses so far, by name.
        home: Folder that holds everything; None for the system's places.
        today: Text that replaces the present; None for the clock.
        color: `auto`, `always`, `never`; None where nothing was said.
        command_line: The rest of the command line, as the journal keeps it.
        answers: What the learner answered so far, by question; None where the input
            ended.
        ends_process: The process is there for this run alone.
    """

    sources: dict[str, bytes]
    home: Path | None = None
    today: str | None = None
    color: str | None = None
    json: bool = False
    plain: bool = False
    quiet: bool = False
    verbose: bool = False
    no_input: bool = False
    yes: bool = False
    debug: bool = False
    command_line: tuple[str, ...] = ()
    answers: Mapping[str, str | None] = {}
    ends_process: bool = False

    @property
    def can_ask(self) -> bool:
        """Whether a question can be put and answered."""
        asks = not self.no_input and not self.json
        return asks and is_terminal(sys.stdin) and is_terminal(sys.stderr)

    @property
    def on_terminal(self) -> bool:
        """Whether a person reads the answer and types at the same terminal."""
        return not self.no_input and is_terminal(sys.stdin) and is_terminal(sys.stdout)


def is_terminal(stream: TextIO | None) -> bool:
    """Tell whether a stream is a terminal; Python has none where it was closed."""
    return stream is not None and stream.isatty()


def is_accessible(looks: Looks) -> bool:
    """Tell whether sentences are wanted instead of drawings, and numbered questions."""
    return os.environ.get("ACCESSIBLE", "") not in {"", "0"} or looks.accessible


def home_folder(text: str) -> Path:
    """The folder that `--home` names.

    Raises:
        UsageError: It is empty, which would mean wherever one stands, or `~name` of
            nobody.
    """
    if not text:
        raise UsageError("--home needs a folder", remedy="llmpath --home ~/study")
    try:
        return Path(text).expanduser().absolute()
    except RuntimeError as error:
        raise UsageError(f"'{text}' is in nobody's folder") from error


def options_first(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """Part a command line into the options of the run and the rest.

    What follows `--` is left alone. An option at the end that lacks its value leaves
    nothing behind it, so that the parser names it and takes no command for the value.
    """
    front: list[str] = []
    rest: list[str] = []
    left = list(arguments)
    while left:
        argument = left.pop(0)
        if argument == "--":
            rest += [argument, *left]
            break
        if argument in FLAGS or argument.partition("=")[0] in WITH_VALUE:
            front.append(argument)
            if argument in WITH_VALUE:
                if not left:
                    return front, []
                front.append(left.pop(0))
        else:
            rest.append(argument)
    return front, rest
