"""The headings of a Markdown document with their prose, and which are electives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from llmpath.exchange.importers.markdown_blocks import (
    Block,
    Heading,
    Item,
    Listing,
    Paragraph,
)
from llmpath.exchange.importers.markdown_words import Words
from llmpath.exchange.importers.tables import one_line
from llmpath.exchange.importers.tally import Tally
from llmpath.named_tuple import NamedTuple

_ELECTIVE = re.compile(
    r"\belectives?\b|\boptional\b|\bchoose a subset\b|\bmay choose\b"
    r"|\bnot every (?:course|class)\b|\bsample of options\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_SENTENCES = 50
_HEADINGS = 2000
"""How many are looked at to find one in the other; they are some ten in a document."""


class Prose(NamedTuple):
    """The text of a paragraph or of a list's item."""

    text: str
    line: int
    is_item: bool


class Section(NamedTuple):
    """A heading, the position of the one that it stands under, and its prose."""

    heading: Heading
    parent: int | None
    prose: list[Prose]


def read_sections(blocks: Sequence[Block]) -> list[Section]:
    """All headings in their order; the first entry is for what stands above them."""
    sections = [Section(Heading(0, Words(""), 0), None, [])]
    above = [0]
    for block in blocks:
        if isinstance(block, Heading):
            while sections[above[-1]].heading.level >= block.level:
                above.pop()
            sections.append(Section(block, above[-1], []))
            above.append(len(sections) - 1)
        else:
            sections[-1].prose.extend(prose_of(block))
    return sections


def only_title(sections: Sequence[Section]) -> str | None:
    """The document's only heading of the first level."""
    titles = [one_line(x.heading.words) for x in sections if x.heading.level == 1]
    return titles[0] if len(titles) == 1 else None


def prose_of(block: Block) -> Iterator[Prose]:
    """The texts of a paragraph or a list."""
    if isinstance(block, Paragraph):
        yield Prose(one_line(block.words), block.line, is_item=False)
    elif isinstance(block, Listing):
        for item in block.items:
            yield from _prose_of_item(item)


def _prose_of_item(item: Item) -> Iterator[Prose]:
    yield Prose(one_line(item.words), item.line, is_item=True)
    for each in item.items:
        yield from _prose_of_item(each)


def leave_prose(sections: Sequence[Section], tally: Tally) -> None:
    """Count the prose of all sections as left out."""
    for section in sections:
        for each in section.prose:
            if each.text:
                tally.leave("text outside the tables", each.line, each.text)


def find_electives(sections: Sequence[Section]) -> dict[int, str]:
    """Positions of sections that are left to choice, with the sentence that says so.

    It stands in the section, in one above, or it names the section alone.
    """
    found = _named_elsewhere(sections)
    for at, section in enumerate(sections):
        if at in found:
            continue
        parent = section.parent
        if parent is not None and parent in found:
            found[at] = found[parent]
        elif section.heading.level > 1:
            own = next(_sentences(section), None)
            if own is not None:
                found[at] = own
    return found


def _named_elsewhere(sections: Sequence[Section]) -> dict[int, str]:
    titles = [
        (at, one_line(each.heading.words).casefold())
        for at, each in enumerate(sections[:_HEADINGS])
        if each.heading.level > 1 and " " in one_line(each.heading.words)
    ]
    found: dict[int, str] = {}
    looked_at = 0
    for section in sections:
        for sentence in _sentences(section):
            if "elective" not in sentence.casefold() or looked_at == _SENTENCES:
                continue
            looked_at += 1
            text = sentence.casefold()
            named = [at for at, title in titles if title in text]
            if len(named) == 1:
                found.setdefault(named[0], sentence)
    return found


def _sentences(section: Section) -> Iterator[str]:
    """The sentences that speak of a choice."""
    for prose in section.prose:
        if _ELECTIVE.search(prose.text):
            parts = _SENTENCE.split(prose.text)
            yield from (each for each in parts if _ELECTIVE.search(each))
