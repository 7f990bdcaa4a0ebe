"""Questions to the learner, put while nothing is locked.

A command that needs an answer gives up with `Question` before it has written anything;
the program lets go of the lock, asks, and runs the command again with the answer. A
question left open in one terminal thus keeps no other from writing.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from llmpath.cli.failing import fitted
from llmpath.cli.options import Options, is_accessible
from llmpath.errors import LlmpathError, UsageError

if TYPE_CHECKING:
    from llmpath.cli.workspace import Workspace


YES = frozenset(["y", "yes"])


class Question(Exception):  # noqa: N818 - it asks, and is no error
    """An answer is needed to go on.

    Attributes:
        accepts: Whether a line is an answer; it is asked for another one else.
        again: What is said then.
    """

    def __init__(
        self,
        text: str,
        accepts: Callable[[str], bool] = lambda _: True,
        again: str = "",
    ) -> None:
        super().__init__(text)
        self.text = text
        self.accepts = accepts
        self.again = again


def put(question: Question) -> str | None:
    """Ask, and wait for a line that is an answer; None where the input ends."""
    write_question(question.text)
    while line := sys.stdin.readline():
        said = line.strip()
        if question.accepts(said):
            return said
        write_question(question.again)
    sys.stderr.write("\n")
    return None


def write_question(text: str) -> None:
    """Write a question to stderr, broken at spaces, and leave the cursor behind it."""
    from llmpath.core.text import clean_lines  # noqa: PLC0415 - only to ask

    lines = clean_lines(text).split("\n")
    broken = (piece for line in lines for piece in fitted(line))
    sys.stderr.write("\n".join(broken) + " ")
    sys.stderr.flush()


def ask_text(options: Options, question: str) -> str:
    """The learner's answer; empty where the input ended.

    Raises:
        Question: It was not asked yet.
    """
    if question not in options.answers:
        raise Question(question)
    return options.answers[question] or ""


def ask_numbers(
    options: Options, head: str, choices: Sequence[str], last: str
) -> tuple[int, ...]:
    """Which of several things are chosen, counted from 0; none by the last number.

    Args:
        last: What it means to choose none.

    Raises:
        Question: It was not asked yet.
        LlmpathError: The input ended.
    """
    none = len(choices) + 1
    wanted = f"1 to {none}, or several such as 1,2" if none > 2 else "1 or 2"
    question = f"{head}\n{numbered([*choices, last], f'{wanted}:')}"
    if question not in options.answers:
        is_answer = lambda said: typed_numbers(said, none) is not None  # noqa: E731
        raise Question(question, is_answer, f"Type {wanted}:")
    said = options.answers[question]
    if said is None:
        raise LlmpathError("nothing was changed")
    numbers = typed_numbers(said, none) or ()
    return tuple(each - 1 for each in numbers if each != none)


def typed_numbers(said: str, none: int) -> tuple[int, ...] | None:
    """Numbers from 1, as `2` or `1,2`; None where they are no choice.

    Args:
        none: The number that stands alone.
    """
    parts = said.replace(",", " ").split()
    if not all(each.isdecimal() and 1 <= int(each) <= none for each in parts):
        return None
    numbers = tuple(dict.fromkeys(map(int, parts)))
    is_mixed = none in numbers and len(numbers) > 1
    return None if is_mixed else numbers or None


def numbered(choices: Sequence[str], question: str) -> str:
    """A question below what there is to choose from, a line each with its number."""
    from llmpath.core.text import clean  # noqa: PLC0415 - only to ask

    lines = [f"{number}. {clean(each)}" for number, each in enumerate(choices, start=1)]
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
