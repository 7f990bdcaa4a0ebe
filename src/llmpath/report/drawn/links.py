"""`curriculum links`: what became of links, under headings."""

from __future__ import annotations

from rich.text import Text

from llmpath.core.curriculum import shown_id
from llmpath.report.drawn.layout import (
    INDENT,
    facts,
    indented,
    sections,
    words,
    wrapped,
)
from llmpath.report.drawn.look import Look
from llmpath.report.drawn.pieces import closing_lines, command, heading, said_lines
from llmpath.report.drawn.theme import Role
from llmpath.report.links import (
    finding_words,
    grouped,
    others_words,
    replaceable,
    replaced_words,
    summary_words,
)
from llmpath.report.views.links import CheckedLink, LinkReplacedView, LinksView


def links_lines(view: LinksView, look: Look) -> list[Text]:
    """How many links work, then each of which there is something to say."""
    name = replaceable(view)
    hint = command(f"llmpath curriculum links --replace {name} URL") if name else Text()
    return sections(
        said_lines([summary_words(view)], look),
        *(
            [
                *wrapped(heading(title), look.prose),
                *(line for each in members for line in link_lines(each, look)),
            ]
            for title, members in grouped(view)
        ),
        facts([("another link", hint)], look.width),
    )


def link_lines(checked: CheckedLink, look: Look) -> list[Text]:
    """A link, what has it, and what was found."""
    link = checked.link
    owners = [words((shown_id(each), Role.ID)) for each in link.ids]
    others = [
        words("instead of ", (shown_id(each), Role.ID)) for each in link.alternative_of
    ]
    lines = indented([words((link.url, Role.LINK))], INDENT)
    for text in (words((finding_words(checked), Role.LATER)), *owners, *others):
        lines += wrapped(text, look.prose, indent=2 * INDENT, hang=INDENT)
    return lines


def replaced_lines(view: LinkReplacedView, look: Look) -> list[Text]:
    """What is the link from now on, and how to take that back."""
    pairs = [
        ("link", words((view.url or "", Role.LINK))),
        ("before", words((view.before or "" if view.event else "", Role.LINK))),
    ]
    return [
        *said_lines(filter(None, (replaced_words(view), others_words(view))), look),
        *closing_lines(look, pairs, view.event),
    ]
