"""Markdown as headings, lists, paragraphs and tables, each with its line.

Only this module and `markdown_words` import markdown-it. Emphasis, images, raw HTML and
code blocks are gone from the words; how many of them there were is counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from markdown_it import MarkdownIt
from markdown_it.token import Token

from llmpath.exchange.importers.draft import LeftOut
from llmpath.exchange.importers.front_matter import split_front_matter
from llmpath.exchange.importers.html_headings import html_headings
from llmpath.exchange.importers.limits import check_marks
from llmpath.exchange.importers.markdown_words import WordMaker, Words, without_box
from llmpath.exchange.importers.source import Source, refused
from llmpath.exchange.importers.tally import Tally
from llmpath.named_tuple import NamedTuple

DEPTH_LIMIT = 20
"""Levels of lists and quotes, two for each list; markdown-it drops what lies deeper."""

_HOLDERS = frozenset(["list_item_open", "blockquote_open"])


class Heading(NamedTuple):
    """A heading of level 1 to 6."""

    level: int
    words: Words
    line: int


class Paragraph(NamedTuple):
    """Text between headings and lists."""

    words: Words
    line: int


class Item(NamedTuple):
    """An item of a list with what stands below it.

    Attributes:
        is_ticked: None where there is no box.
        paragraphs: How many there are beside the first.
    """

    words: Words
    line: int
    is_ticked: bool | None
    items: tuple[Item, ...]
    is_numbered: bool
    paragraphs: int = 0


class Listing(NamedTuple):
    """A list."""

    items: tuple[Item, ...]
    line: int


class Table(NamedTuple):
    """A table; each row has its cells and its line."""

    header: tuple[Words, ...]
    rows: tuple[tuple[tuple[Words, ...], int], ...]
    line: int


class Fold(NamedTuple):
    """The summary of what is folded in HTML; without a title the end of it."""

    title: str
    line: int


Block: TypeAlias = Heading | Paragraph | Listing | Table | Fold


class Document(NamedTuple):
    """The blocks of a text and what is in none of them.

    Attributes:
        title: From the front matter; None without.
    """

    blocks: tuple[Block, ...]
    title: str | None
    left_out: tuple[LeftOut, ...]


def read_blocks(source: Source) -> Document:
    """Read the blocks of a Markdown text.

    Raises:
        RefusedInputError: Lists or quotes are nested too deep, or it is too much.
    """
    check_marks(source)
    text, title, front_lines = split_front_matter(source.text)
    parser = MarkdownIt("commonmark", {"maxNesting": DEPTH_LIMIT})
    tokens = parser.enable(["table", "strikethrough"]).parse(text)
    for token in tokens:
        if token.type in _HOLDERS and token.level >= DEPTH_LIMIT - 1:
            line = token.map[0] + 1 if token.map else None
            reason = f"lists and quotes are nested too deep, {DEPTH_LIMIT} levels"
            raise refused(source, reason, "flatten them", line=line)
    tally = Tally()
    builder = _Builder(tally)
    builder.read(tokens)
    if front_lines:
        tally.leave("line of front matter", 1, "", front_lines)
    return Document(tuple(builder.blocks), title, tally.left_out())


class _OpenItem:
    """An item whose end has not come yet."""

    def __init__(self, line: int, *, is_numbered: bool) -> None:
        self.line = line
        self.is_numbered = is_numbered
        self.words: Words | None = None
        self.items: list[Item] = []
        self.paragraphs = 0

    def close(self) -> Item:
        words, is_ticked = without_box(self.words or Words(""))
        items = tuple(self.items)
        return Item(
            words, self.line, is_ticked, items, self.is_numbered, self.paragraphs
        )


class _Builder:
    """Puts tokens together to blocks; what has no block is counted."""

    def __init__(self, tally: Tally) -> None:
        self.blocks: list[Block] = []
        self._tally = tally
        self._items: list[_OpenItem] = []
        self._lists: list[tuple[bool, int]] = []
        self._top: list[Item] = []
        self._row: list[Words] = []
        self._rows: list[tuple[tuple[Words, ...], int]] = []
        self._line = 1

    def read(self, tokens: Sequence[Token]) -> None:
        before = ""
        level = 1
        for token in tokens:
            if token.map:
                self._line = token.map[0] + 1
            match token.type:
                case "inline":
                    self._take(before, level, token)
                case "heading_open":
                    level = int(token.tag[1:])
                case "fence" | "code_block":
                    self._tally.leave("block of code", self._line, token.content)
                case "html_block":
                    self._headings(token.content)
                    self._tally.leave("piece of raw HTML", self._line, token.content)
                case _:
                    self._structure(token)
            before = token.type

    def _headings(self, html: str) -> None:
        for is_title, text in () if self._items else html_headings(html):
            if is_title:
                self.blocks.append(Heading(1, Words(text), self._line))
            else:
                self.blocks.append(Fold(text, self._line))

    def _structure(self, token: Token) -> None:
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                self._lists.append((token.type.startswith("o"), self._line))
            case "list_item_open":
                is_numbered = self._lists[-1][0]
                self._items.append(_OpenItem(self._line, is_numbered=is_numbered))
            case "list_item_close":
                item = self._items.pop().close()
                (self._items[-1].items if self._items else self._top).append(item)
            case "bullet_list_close" | "ordered_list_close":
                _, line = self._lists.pop()
                if not self._lists:
                    self.blocks.append(Listing(tuple(self._top), line))
                    self._top = []
            case "tr_close":
                self._rows.append((tuple(self._row), self._line))
                self._row = []
            case "table_close":
                (header, line), *rows = self._rows
                self.blocks.append(Table(header, tuple(rows), line))
                self._rows = []
            case _:
                pass  # the ends of what is read above, and rules

    def _take(self, before: str, level: int, token: Token) -> None:
        words = self._words(token.children or [])
        if before in {"th_open", "td_open"}:
            self._row.append(words)
        elif self._items:
            item = self._items[-1]
            if item.words is None and not item.items:
                item.words = words
            else:
                item.paragraphs += 1
        elif before == "heading_open":
            self.blocks.append(Heading(level, words, self._line))
        else:
            self.blocks.append(Paragraph(words, self._line))

    def _words(self, tokens: Sequence[Token]) -> Words:
        """The words of an inline token; images and HTML are counted."""
        made = WordMaker()
        for token in tokens:
            if token.type == "image":
                self._tally.leave("image", self._line, token.content)
            elif token.type == "html_inline":
                self._tally.leave("piece of raw HTML", self._line, token.content)
            made.add(token)
        return made.words()
