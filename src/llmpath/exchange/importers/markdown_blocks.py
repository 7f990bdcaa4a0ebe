"""Markdown as headings, lists, paragraphs and tables, each with its line.

The only module that imports markdown-it. Emphasis, images, raw HTML and code blocks are
gone from the words; how many of them there were is counted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

from markdown_it import MarkdownIt
from markdown_it.token import Token

from llmpath.exchange.importers.draft import LeftOut
from llmpath.exchange.importers.source import Source, refused
from llmpath.exchange.importers.tally import Tally
from llmpath.named_tuple import NamedTuple

DEPTH_LIMIT = 20
"""Levels of lists and quotes, two for each list; markdown-it drops what lies deeper."""

_BARE_LINK = re.compile(r"https?://[^\s<>\[\]()\"'`]+(?:\([^\s()]*\))?")
_FENCES = ("---", "+++")
_FRONT_MATTER_LIMIT = 200
_HOLDERS = frozenset(["list_item_open", "blockquote_open"])


class Link(NamedTuple):
    """A link with the part of the words that it covers; a bare one has no title."""

    title: str
    url: str
    start: int
    end: int


class Words(NamedTuple):
    """The text of a heading, a paragraph, an item or a cell.

    Attributes:
        lead: What stands in bold or italics at the very beginning.
    """

    text: str
    links: tuple[Link, ...] = ()
    lead: str = ""


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


Block: TypeAlias = Heading | Paragraph | Listing | Table


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
        RefusedInputError: Lists or quotes are nested too deep.
    """
    text, title, front_lines = _without_front_matter(source.text)
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
        tally.leave("front matter", 1, f"{front_lines} lines")
    return Document(tuple(builder.blocks), title, tally.left_out())


def _without_front_matter(text: str) -> tuple[str, str | None, int]:
    """The text with empty lines in place of the front matter, its title, its length."""
    fence = text[:3]
    if fence not in _FENCES or text[3:4] != "\n":
        return text, None, 0
    lines = text.split("\n", _FRONT_MATTER_LIMIT)
    for at, line in enumerate(lines[1:-1], 1):
        if line.rstrip() == fence:
            titles = [each for each in lines[1:at] if re.match(r"title\s?[:=]", each)]
            title = re.split("[:=]", titles[0], maxsplit=1)[1] if titles else ""
            rest = [""] * (at + 1) + lines[at + 1 :]
            return "\n".join(rest), title.strip(" \"'") or None, at + 1
    return text, None, 0


class _OpenItem:
    """An item whose end has not come yet."""

    def __init__(self, line: int, *, is_numbered: bool) -> None:
        self.line = line
        self.is_numbered = is_numbered
        self.words: Words | None = None
        self.items: list[Item] = []
        self.paragraphs = 0

    def close(self) -> Item:
        words, is_ticked = _without_box(self.words or Words(""))
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
                    self._tally.leave("code blocks", self._line, token.content)
                case "html_block":
                    self._tally.leave("raw HTML", self._line, token.content)
                case _:
                    self._structure(token)
            before = token.type

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
        made = _WordMaker()
        for token in tokens:
            if token.type == "image":
                self._tally.leave("images and badges", self._line, token.content)
            elif token.type == "html_inline":
                self._tally.leave("raw HTML", self._line, token.content)
            made.add(token)
        return made.words()


class _WordMaker:
    """Joins the pieces of one line of text, links and a bold beginning marked."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._is_blank = True
        self._links: list[Link] = []
        self._open: tuple[str, int, int] | None = None
        self._emphasis = 0
        self._lead_length: int | None = None

    def add(self, token: Token) -> None:
        match token.type:
            case "text" | "code_inline":
                if token.type == "text" and self._open is None:
                    self._bare_links(token.content)
                self._append(token.content)
            case "softbreak" | "hardbreak":
                self._append(" ")
            case "html_inline" if token.content.lower().startswith("<br"):
                self._append(" ")
            case "link_open":
                url = str(token.attrGet("href") or "")
                self._open = (url, self._length, len(self._pieces))
            case "link_close":
                self._close_link()
            case _:
                self._emphasise(token)

    def _emphasise(self, token: Token) -> None:
        if token.type in {"strong_open", "em_open"}:
            if not self._emphasis and self._is_blank:
                self._lead_length = 0
            self._emphasis += 1
        elif token.type in {"strong_close", "em_close"}:
            self._emphasis -= 1
            if not self._emphasis and self._lead_length == 0:
                self._lead_length = self._length

    def words(self) -> Words:
        text = "".join(self._pieces)
        return Words(text, tuple(self._links), text[: self._lead_length or 0].strip())

    def _append(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)
        self._is_blank = self._is_blank and not text.strip()

    def _close_link(self) -> None:
        if self._open is None:
            return
        url, start, first = self._open
        self._open = None
        title = " ".join("".join(self._pieces[first:]).split())
        if title:
            is_bare = title.startswith(("http://", "https://"))
            self._links.append(Link("" if is_bare else title, url, start, self._length))

    def _bare_links(self, text: str) -> None:
        for match in _BARE_LINK.finditer(text):
            url = match[0].rstrip(".,;:!?")
            start = self._length + match.start()
            self._links.append(Link("", url, start, start + len(url)))


def _without_box(words: Words) -> tuple[Words, bool | None]:
    """The words without the box in front, and whether that is ticked."""
    for box, is_ticked in (("[ ]", False), ("[x]", True), ("[X]", True)):
        if words.text.startswith(box):
            cut = len(box)
            links = tuple(
                each._replace(start=each.start - cut, end=each.end - cut)
                for each in words.links
            )
            return Words(words.text[cut:], links, words.lead), is_ticked
    return words, None
