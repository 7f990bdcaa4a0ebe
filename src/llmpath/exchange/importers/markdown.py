"""Markdown roadmaps and checklists: headings, lists, links, boxes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from llmpath.exchange.importers.draft import DraftLesson, Reading
from llmpath.exchange.importers.efforts import read_effort
from llmpath.exchange.importers.headings import OpenHeading, OpenHeadings
from llmpath.exchange.importers.markdown_blocks import (
    Block,
    Fold,
    Heading,
    Listing,
    Paragraph,
    Table,
    read_blocks,
)
from llmpath.exchange.importers.markdown_exported import has_exported
from llmpath.exchange.importers.markdown_items import (
    is_table_of_contents,
    links_as_lessons,
)
from llmpath.exchange.importers.markdown_words import Words
from llmpath.exchange.importers.outline import Node, is_stage, make_tracks
from llmpath.exchange.importers.source import (
    OTHER_ENDINGS,
    Importer,
    Source,
    refused,
)
from llmpath.exchange.importers.tally import Tally
from llmpath.exchange.importers.text_lines import is_short
from llmpath.exchange.importers.titles import Title, name_document

_LOOKED_AT = 20_000
_ENDINGS = (".md", ".markdown", ".mdown", ".mkd")
_HEADING = re.compile(r"^ {0,3}#{1,6} \S", re.MULTILINE)
_SIGN = re.compile(
    r"^ *(?:[-*+]|[0-9]{1,3}[.)]) +(?:\[[ xX]\] |\S*\[).*$|^.*\]\(.*$", re.MULTILINE
)
"""A line with a link in brackets or a box."""
_ITEM = re.compile(r"^ *(?:[-*+]|[0-9]{1,3}[.)]) +\S", re.MULTILINE)
_TRANSLATED = re.compile(
    r"(?:^|/)readme[-_.](?!(?:mdx?|rst|txt|html?)$)[a-z]{2,4}(?:[-_][a-z]{2,4})?(?:\.|$)"
)
"""Names such as README.zh-CN.md and README_ptbr.md."""
_BOLD_LEVEL = 7
_NOT_STUDY = frozenset(
    [
        *("table of contents", "contents", "toc", "contributing", "contributors"),
        *("contribution", "how to contribute", "code of conduct", "license", "licence"),
        *("acknowledgements", "acknowledgments", "credits", "sponsors", "citation"),
        *("translations", "changelog", "star history", "authors", "author", "contact"),
        *("about the author", "disclaimer"),
    ]
)


def recognise(source: Source) -> int:
    """Surer with headings, links in brackets and boxes, and with the file's name.

    Without headings and name it takes a link or a box in most of the items.
    """
    name = source.name.lower()
    if name.endswith(OTHER_ENDINGS) or "\0" in source.text:
        return 0
    beginning = source.text[:_LOOKED_AT]
    has_heading = _HEADING.search(beginning) is not None
    signs = len(_SIGN.findall(beginning))
    if name.endswith(_ENDINGS):
        return 40 + 10 * has_heading + 10 * (signs > 0)
    if has_heading and signs:
        return 50
    # A plain text may have a box or a link too, and loses its headings as Markdown.
    return 30 if signs * 2 > len(_ITEM.findall(beginning)) else 0


def read(source: Source) -> Reading:
    """Read headings as tracks, phases and modules, items and links as lessons.

    Raises:
        RefusedInputError: Nothing to study is in it, or lists are nested too deep.
    """
    document = read_blocks(source)
    tally = Tally()
    sections = _Sections(tally)
    following = (*document.blocks, None)[1:]
    for block, after in zip(document.blocks, following, strict=True):
        sections.add(block, after)
    title, nodes = _title_and_nodes(sections.close(), document.title, source)
    tracks, told = make_tracks(title.text, nodes, tally)
    if not any(phase.modules for track in tracks for phase in track.phases):
        reason = "no lesson found: no list items and no lines of links"
        if any(each.reason == "piece of raw HTML" for each in document.left_out):
            reason = f"{reason}; raw HTML is not read"
        raise refused(
            source, reason, "write each lesson as a list item: - [Title](link)"
        )
    left_out = tally.left_out(document.left_out)
    guessed = tuple(tally.guessed())
    return Reading(title.text, tracks, (told,), guessed, left_out, title.origin)


IMPORTER = Importer(
    "markdown",
    "a Markdown roadmap or checklist, with lessons in lists",
    recognise,
    read,
)


def _title_and_nodes(
    root: Node, given: str | None, source: Source
) -> tuple[Title, list[Node]]:
    """The title is the front matter's, that of the only heading, or the file's."""
    nodes = list(root.children)
    only = nodes[0] if len(nodes) == 1 and nodes[0].is_heading else None
    title = name_document(given or (only.title if only else None), source)
    if only:
        nodes = list(only.children)
        if only.lessons:
            nodes.insert(0, only._replace(title=title.text, children=()))
    if root.lessons:
        nodes.insert(0, root._replace(title=title.text, children=()))
    return title, nodes


class _Sections:
    """Puts blocks below their headings."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._open = OpenHeadings(tally, self._ending)

    def add(self, block: Block, after: Block | None) -> None:
        """Add a block; a bold paragraph before a list or table is its heading."""
        section = self._open.last
        match block:
            case Heading(level, words, line):
                self._begin(level, words, line)
            case Fold(title, line):
                self._fold(title, line)
            case Paragraph(words, line) if _is_heading(words, after):
                self._begin(_BOLD_LEVEL, words, line)
            case _ if self._is_not_study() and not has_exported(block):
                reason = "part below a heading that names nothing to study"
                self._tally.leave(reason, block.line, section.title)
            case Paragraph(words, line):
                self._paragraph(section, words, line)
            case Listing(items, line):
                if is_table_of_contents(items):
                    text = items[0].words.text
                    self._tally.leave("table of contents", line, text)
                else:
                    self._open.add_items(items)
            case Table():
                self._table(section, block)

    def close(self) -> Node:
        """The root, whose children are the headings of the highest level."""
        return self._open.close()

    def _fold(self, title: str, line: int) -> None:
        if title:
            self._begin(_BOLD_LEVEL, Words(title), line)
        else:
            self._open.end(_BOLD_LEVEL)

    def _begin(self, level: int, words: Words, line: int) -> None:
        heading = self._open.begin(level, words, line)
        heading.is_stage = is_stage(heading.title)
        if words.links and not words.links[0].url.startswith("#"):
            heading.url = words.links[0].url

    def _ending(self, heading: OpenHeading) -> None:
        if heading.url and not heading.lessons and not heading.children:
            self._tally.guess("linked headings with nothing below are lessons")
            heading.lessons.append(
                DraftLesson(heading.title, heading.url, heading.span, line=heading.line)
            )

    def _is_not_study(self) -> bool:
        titles = (each.title.casefold() for each in self._open.all)
        return any(re.sub(r"[^\w ]", "", each).strip() in _NOT_STUDY for each in titles)

    def _paragraph(self, section: OpenHeading, words: Words, line: int) -> None:
        """A paragraph of links is lessons, one of a time is that of its heading."""
        linked = sum(each.end - each.start for each in words.links)
        if words.links and _are_translations([each.url for each in words.links]):
            self._tally.leave("translation of this document", line, words.text)
            return
        if words.links and linked * 2 >= len(words.text.strip()):
            section.lessons += links_as_lessons(words, line, section.title, self._tally)
            return
        if section.takes_time(words):
            return
        if words.links:
            for link in words.links:
                text = f"{link.title} {link.url}"
                self._tally.name("link in a sentence", line, text)
        elif words.text.strip():
            self._tally.leave("paragraph", line, words.text)

    def _table(self, section: OpenHeading, table: Table) -> None:
        """A row with a link is a lesson; its other cells may state a time."""
        for cells, line in table.rows:
            linked = next((each for each in cells if each.links), None)
            text = " | ".join(each.text.strip() for each in cells)
            if linked is None:
                self._tally.name("row of a table without a link", line, text)
                continue
            named = (each.text.strip() for each in cells if not each.links)
            name = next(filter(_has_letters, named), section.title)
            lessons = links_as_lessons(linked, line, name, self._tally)
            span = next(
                filter(None, (read_effort(each.text).span for each in cells)), None
            )
            section.lessons += [
                each._replace(span=each.span or span) for each in lessons
            ]


def _are_translations(urls: Sequence[str]) -> bool:
    """Tell whether links lead to other versions of the document itself.

    The README of another folder is another document, unless a language is in a name.
    """
    names = [each.partition("#")[0].lower().removeprefix("./") for each in urls]
    is_readme = all(each.rpartition("/")[2].startswith("readme") for each in names)
    is_here = not any("/" in each for each in names)
    return is_readme and (is_here or any(map(_TRANSLATED.search, names)))


def _has_letters(text: str) -> bool:
    return any(map(str.isalpha, text))


def _is_heading(words: Words, after: Block | None) -> bool:
    bold = words.lead.strip(" :")
    text = words.text.strip(" :")
    is_all = bool(bold) and bold == read_effort(text).rest.strip(" :")
    is_line = is_stage(text) and is_short(text) and not words.links
    return (is_all or is_line) and isinstance(after, Listing | Table)
