"""`why`: a lesson's day, the reason that binds, the others, what would move it."""

from __future__ import annotations

from rich.text import Text

from llmpath.report.drawn.layout import (
    INDENT,
    bullets,
    facts,
    headline,
    indented,
    sections,
    words,
    wrapped,
)
from llmpath.report.drawn.look import Look
from llmpath.report.drawn.pieces import (
    command,
    day_text,
    heading,
    hint,
    id_text,
    marked,
)
from llmpath.report.views.why import WhyView
from llmpath.report.why import (
    also_sentences,
    asked_fact,
    main_clause,
    sentence,
    short,
)


def why_lines(view: WhyView, look: Look) -> list[Text]:
    """The answer first, then what else bears on it."""
    wording = short(view.today)
    main = sentence(main_clause(view, wording))
    also = [marked(each) for each in also_sentences(view, wording)]
    return sections(
        top_lines(view, look),
        wrapped(marked(main), look.prose),
        bullets(also, look.prose, look.glyphs.later),
        change_lines(view, look),
    )


def top_lines(view: WhyView, look: Look) -> list[Text]:
    """The lesson with its day, and which one of a module it is."""
    day = Text() if view.planned is None else day_text(view.planned, view.today)
    asked = asked_fact(view)
    return [
        *headline(heading(view.lesson.title), day, look.prose),
        *indented([id_text(view.lesson.id)]),
        *(wrapped(hint(asked), look.prose, indent=INDENT) if asked else []),
    ]


def change_lines(view: WhyView, look: Look) -> list[Text]:
    """The command that gives it an earlier day, or a day at all."""
    if view.change is None:
        return []
    text = command(view.change.command)
    if view.change.planned is not None:
        then = day_text(view.change.planned, view.today)
        text = words(text, "  then ", then)
    label = "to plan it" if view.planned is None else "earlier"
    return facts([(label, text)], look.prose)
