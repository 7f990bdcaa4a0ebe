"""Questions to the learner, put while nothing is locked.

A command that needs an answer gives up with `Question` before it has written anything;
the program lets go of the lock, asks, and runs the command again with the answer. A
question left open in one terminal thus keeps no other from writing.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from llmpath.cli.options import Options, is_accessible
from llmpath.errors import UsageError

if TYPE_CHECKING:
    from llmpath.cli.workspace import Workspace


YES = frozenset(["y", "yes"])


class Question(Exception):  # noqa: N818 - it asks, and is no error
    """An answer is needed to go on."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def put(question: Question) -> str:
    """Ask, and wait for a line."""
    from llmpath.core.text import clean_lines  # noqa: PLC0415 - only to ask

    sys.stderr.write(f"{clean_lines(question.text)} ")
    sys.stderr.flush()
    return sys.stdin.readline().strip()


def ask_text(options: Options, question: str) -> str:
    """The learner's answer.

    Raises:
        Question: It was not asked yet.
    """
    if question not in options.answers:
        raise Question(question)
    return options.answers[question]


def numbered(choices: Sequence[str], question: str) -> str:
    """A question below what there is to choose from, a line each with its number."""
    lines = [f"{number}. {each}" for number, each in enumerate(choices, start=1)]
    return "\n".join([*lines, question])


def ask(workspace: Workspace, question: str, *, option: str) -> bool:
    """Ask yes or no, in accessible mode by number; what is no yes is a no.

    Args:
        option: What to add to the command line where it cannot ask.

    Raises:
        UsageError: Nobody can be asked.
        Question: It was not asked yet.
    """
    options = workspace.options
    if options.yes:
        return True
    if not options.can_ask:
        what = question.removesuffix("; go on?").rstrip("?")
        raise UsageError(what, remedy=f"add {option}")
    if is_accessible(workspace.looks):
        choices = numbered(("yes", "no"), "Type 1 for yes or 2 for no:")
        return ask_text(options, f"{question}\n{choices}").lower() in {"1", *YES}
    return ask_text(options, f"{question} [y/N]").lower() in YES
