"""Plain text: headings by position, numbered and bulleted lists."""

from __future__ import annotations

import re

from llmpath.exchange.importers.draft import DraftLesson, Reading
from llmpath.exchange.importers.headings import OpenHeading, OpenHeadings
from llmpath.exchange.importers.markdown_blocks import (
    Heading,
    Listing,
    Paragraph,
)
from llmpath.exchange.importers.markdown_items import (
    links_as_lessons,
)
from llmpath.exchange.importers.markdown_words import Words
from llmpath.exchange.importers.outline import Node, make_tracks
from llmpath.exchange.importers.source import (
    OTHER_ENDINGS,
    Importer,
    Source,
    refused,
)
from llmpath.exchange.importers.tally import Tally
from llmpath.exchange.importers.text_lines import (
    LINE_LIMIT,
    LIST_LEVEL,
    STAGE_LEVEL,
    TOPIC_LEVEL,
    is_short,
    read_lines,
)
from llmpath.exchange.importers.titles import name_document

_OTHER_STARTS = ("{", "<", "---\n", "%")
_LETTER = re.compile(r"[^\W\d_]")
_PROSE = frozenset(
    [
        *("conclusion", "introduction", "overview", "summary", "about", "preface"),
        *("background", "references", "appendix", "next steps", "final thoughts"),
        *("notes", "note"),
    ]
)


def recognise(source: Source) -> int:
    """Little sure of any text that nothing tells to be something else."""
    is_other = source.text.lstrip().startswith(_OTHER_STARTS) or "\0" in source.text
    if is_other or source.name.lower().endswith(OTHER_ENDINGS):
        return 0
    return 10 if _LETTER.search(source.text) else 0


def read(source: Source) -> Reading:
    """Read stages as phases, other headings as modules and list items as lessons.

    Raises:
        RefusedInputError: No list is in it, or lists are nested too deep.
    """
    tally = Tally()
    sections = _Sections(tally)
    blocks = read_lines(source)
    own = None
    if blocks and isinstance(blocks[0], Heading) and _is_title(blocks[0], blocks[1:]):
        own, blocks = blocks[0].words.text, blocks[1:]
    title, origin = name_document(own, source)
    for block in blocks:
        sections.add(block)
    root = sections.close()
    nodes = list(root.children)
    if root.lessons:
        nodes.insert(0, root._replace(title=title, children=()))
    tracks, told = make_tracks(title, nodes, tally)
    if not any(phase.modules for track in tracks for phase in track.phases):
        reason = "no lesson found: no numbered list and no list with marks"
        raise refused(source, reason, "write each lesson on a line that begins with - ")
    understood = ("short lines above a paragraph or a list are headings", told)
    return Reading(
        title, tracks, understood, tuple(tally.guessed()), tally.left_out(), origin
    )


IMPORTER = Importer(
    "text",
    "a plain text with headings on lines of their own and lists",
    recognise,
    read,
)


def _is_lesson(words: Words) -> bool:
    """Tell whether a paragraph is mostly links or a short line that ends with one."""
    text = words.text.strip()
    linked = sum(each.end - each.start for each in words.links)
    is_line = len(text) <= LINE_LIMIT and text.endswith(words.links[-1].url)
    return linked * 2 >= len(text) or is_line


def _is_title(
    first: Heading, others: tuple[Heading | Paragraph | Listing, ...]
) -> bool:
    """Tell whether the first heading is the title: not of a stage, nor of a list."""
    has_others = any(isinstance(each, Heading) for each in others)
    return first.level == TOPIC_LEVEL and has_others


class _Sections:
    """Puts blocks below their headings."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._open = OpenHeadings(tally, self._ending)

    def add(self, block: Heading | Paragraph | Listing) -> None:
        section = self._open.last
        match block:
            case Heading():
                self._begin(block)
            case Paragraph():
                self._paragraph(section, block)
            case Listing(items, _):
                self._open.add_items(items)

    def close(self) -> Node:
        """The root, whose children are the headings of the highest level."""
        return self._open.close()

    def _begin(self, heading: Heading) -> None:
        level = self._level(heading)
        begun = self._open.begin(level, heading.words, heading.line)
        begun.is_stage = level == STAGE_LEVEL

    def _level(self, heading: Heading) -> int:
        """A line right above a list is below the heading before it if that has none."""
        if heading.level != LIST_LEVEL:
            return heading.level
        topics = [each for each in self._open.all if each.level == TOPIC_LEVEL]
        if topics and not topics[-1].lessons:
            self._tally.guess("headings right above a list are parts of the one before")
            return LIST_LEVEL
        return TOPIC_LEVEL

    def _ending(self, heading: OpenHeading) -> None:
        is_empty = not (heading.lessons or heading.children or heading.sentences)
        is_study = heading.title.casefold() not in _PROSE
        if is_empty and heading.has_text and is_study and self._is_in_stage():
            self._tally.guess("headings of a stage with text alone are lessons")
            heading.lessons.append(
                DraftLesson(heading.title, span=heading.span, line=heading.line)
            )
        elif is_empty:
            reason = "heading with no list below it"
            self._tally.name(reason, heading.line, heading.title)

    def _is_in_stage(self) -> bool:
        return any(each.level == STAGE_LEVEL for each in self._open.all)

    def _paragraph(self, section: OpenHeading, block: Paragraph) -> None:
        words = block.words
        section.has_text = True
        if words.links and _is_lesson(words):
            section.lessons += links_as_lessons(
                words, block.line, section.title, self._tally
            )
            return
        if section.takes_time(words):
            return
        for link in words.links:
            self._tally.name("link in a sentence", block.line, link.url)
        if is_short(words.text.strip()):
            reason = "line with neither text nor a list below it"
            self._tally.name(reason, block.line, words.text)
        else:
            self._tally.leave("paragraph", block.line, words.text)
