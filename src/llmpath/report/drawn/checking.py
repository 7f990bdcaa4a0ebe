"""`curriculum check`: files in order, and what their authors may have meant."""

from __future__ import annotations

from rich.text import Text

from llmpath.errors import Fault
from llmpath.report.checking import file_words
from llmpath.report.drawn.layout import INDENT, joined, sections, words, wrapped
from llmpath.report.drawn.look import Look
from llmpath.report.drawn.pieces import heading
from llmpath.report.drawn.theme import Role
from llmpath.report.views.data import CheckedFile, CheckView


def check_lines(view: CheckView, look: Look) -> list[Text]:
    """Each file, then the advice on all of them."""
    advice = [line for each in view.advice for line in advice_lines(each, look)]
    return sections(
        [line for each in view.files for line in file_lines(each, look)],
        [heading("Advice"), *advice] if advice else [],
    )


def file_lines(checked: CheckedFile, look: Look) -> list[Text]:
    """A file that is in order, and what there is in it."""
    mark = (f"{look.glyphs.done} ", Role.DONE)
    verdict = words(mark, (checked.file, Role.ID), " is in order")
    what = wrapped(words(file_words(checked)), look.prose, indent=INDENT)
    return [*wrapped(verdict, look.width, hang=INDENT), *what]


def advice_lines(advice: Fault, look: Look) -> list[Text]:
    """The place of a piece of advice, then what is so and what to do."""
    place = joined([words((advice.file, Role.ID)), words(advice.path)], ": ")
    what = words(advice.reason, ("; ", Role.LATER), (advice.remedy, Role.LATER))
    return [
        *wrapped(place, look.width, indent=INDENT, hang=INDENT),
        *wrapped(what, look.prose, indent=2 * INDENT, hang=INDENT),
    ]
