"""Pieces that several drawings share: ids, statuses, progress, closing lines."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from rich.text import Text

from llmpath.core.counting import Tally
from llmpath.core.curriculum import Lesson, Module, lesson_slug, shown_id
from llmpath.core.when import shown_day, shown_minutes
from llmpath.report.drawn.layout import (
    INDENT,
    bullets,
    facts,
    indented,
    joined,
    toned,
    words,
    wrapped,
)
from llmpath.report.drawn.look import Look
from llmpath.report.drawn.phrases import percent_words, rough_hours
from llmpath.report.drawn.tables import bar
from llmpath.report.drawn.theme import Role
from llmpath.report.phrases import STATUS_WORDS, counted

STATUS_ROLES = {
    "done": Role.DONE,
    "ready": Role.READY,
    "active": Role.READY,
    "blocked": Role.LATER,
    "skipped": Role.LATER,
    "known": Role.LATER,
}
NOTHING_LEFT = ("left", words("nothing that is required"))
"""What stands where the plan's end would, after the last required lesson."""

_COMMAND = r"llmpath [a-z-]+(?: [^ .;]+)*"
_ID = r"(?<=\()[a-z0-9:-]+/[a-z0-9-]+(?=\))"
_BAR = 24
_SHORT_REMARK = 18


def heading(text: str) -> Text:
    """A heading."""
    return words((text, Role.HEADING))


def hint(text: str) -> Text:
    """What can be typed next, or another remark that may be passed over."""
    return words((text, Role.LATER))


def id_text(full: str) -> Text:
    """An id as it can be typed."""
    return words((shown_id(full), Role.ID))


def link_lines(url: str | None, by: int) -> list[Text]:
    """A link on a line of its own; nothing where there is none."""
    return indented([words((url, Role.LINK))], by) if url else []


def lesson_id(lesson: Lesson, look: Look) -> Text:
    """A lesson's id: whole on a wide screen, else the part that is enough to type."""
    if look.is_wide:
        return id_text(lesson.id)
    return lesson_slug_text(lesson)


def command(text: str) -> Text:
    """A command to type, never broken."""
    return words((text, Role.COMMAND))


def status_text(status: str, look: Look) -> Text:
    """Glyph and word of a status."""
    word = STATUS_WORDS.get(status, status)
    return words((f"{look.glyphs.of_status(status)} {word}", STATUS_ROLES[status]))


def state_text(status: str, waits: Iterable[str], look: Look) -> Text:
    """Glyph and word of a status, with the ids of the modules that it waits for."""
    text = status_text(status, look)
    ids = joined([id_text(each) for each in waits], ", ")
    return words(text, (": after ", Role.LATER), ids) if ids.plain else text


def titled(title: str, ident: Text, *more: str) -> Text:
    """A title with its id and remarks after it, to be wrapped as one."""
    remarks = [words((each, remark_role(each))) for each in more]
    tail = joined(remarks, (", ", Role.LATER))
    text = words(title, "  ", ident)
    return words(text, "  ", tail) if tail.plain else text


def remark_role(remark: str) -> Role:
    """A short remark stays on one line."""
    return Role.REMARK if len(remark) <= _SHORT_REMARK else Role.LATER


def lesson_slug_text(lesson: Lesson) -> Text:
    """The part of a lesson's id that is enough below its module."""
    return words((lesson_slug(lesson.id), Role.ID))


def module_text(module: Module) -> Text:
    """A module's title with its id."""
    return titled(module.title, id_text(module.id))


def day_text(day: date, today: date | None) -> Text:
    """A day on which something is due."""
    return words((shown_day(day, today=today), Role.DUE))


def small_bar(done: int, total: int, look: Look) -> Text:
    """A bar beside a fact; none where the screen is narrow."""
    if look.is_narrow:
        return Text()
    return bar(done, total, _BAR, look.glyphs, Role.DONE)


def progress_text(tally: Tally) -> Text:
    """Progress in figures: share, lessons, hours."""
    if not tally.lessons:
        return words("nothing to count")
    return words(
        (percent_words(tally.percent), Role.HEADING),
        f", {tally.done_lessons} of {counted(tally.lessons, 'lesson')}, "
        f"{rough_hours(tally.done_minutes)} of {rough_hours(tally.minutes)}",
    )


def closing_lines(
    look: Look, pairs: Iterable[tuple[str, Text]], event: str | None
) -> list[Text]:
    """What stands below an answer, and how to take a change back."""
    undo = hint("llmpath undo") if event is not None else Text()
    return facts([*pairs, ("undo", undo)], look.width)


def said_lines(said: Iterable[str], look: Look) -> list[Text]:
    """Sentences of which the first says the most; ids and commands stay whole."""
    lines: list[Text] = []
    for nth, sentence in enumerate(said):
        text = marked(sentence)
        text = text if nth else toned(text, Role.HEADING)
        lines += wrapped(text, look.prose, hang=INDENT)
    return lines


def marked(sentence: str) -> Text:
    """A sentence whose ids and commands stay whole."""
    text = words(sentence)
    text.highlight_regex(_COMMAND, Role.COMMAND)
    text.highlight_regex(_ID, Role.ID)
    return text


def week_text(studied: int, planned: int, look: Look) -> Text:
    """What was studied in a week, of what was planned."""
    text = f"{shown_minutes(studied)} studied"
    if planned:
        text = f"{shown_minutes(studied)} of {shown_minutes(planned)} planned"
    picture = small_bar(studied, planned, look) if planned else Text()
    return joined([picture, words(text)], "  ")


def target_text(target: date, slack: int | None, left_over: int, today: date) -> Text:
    """A target date, and whether it fits."""
    day = day_text(target, today)
    if target < today:
        verdict = words(("has passed", Role.WARNING))
    elif left_over:
        verdict = words(
            ("does not fit", Role.WARNING), f": {shown_minutes(left_over)} left over"
        )
    elif slack is not None and slack < 0:
        late = counted(-slack, "day")
        verdict = words(
            ("fits", Role.DONE),
            " only if all your hours are used: ",
            f"the plan ends {late} later",
        )
    else:
        spare = f", {counted(slack, 'day')} to spare" if slack else ", to the day"
        spare = f" if every study day is used{spare}"
        verdict = words(("fits", Role.DONE), "" if slack is None else spare)
    return words(day, "  ", verdict)


def listing(title: str, texts: Iterable[str | Text], look: Look) -> list[Text]:
    """A heading with sentences below it; nothing without them."""
    lines = bullets(texts, look.prose, look.glyphs.later)
    return [heading(title), *lines] if lines else []
