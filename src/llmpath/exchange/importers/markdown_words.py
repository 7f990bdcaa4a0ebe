"""One line of text from Markdown or plain text: its words, and where links stand."""

from __future__ import annotations

import re

from markdown_it.token import Token

from llmpath.named_tuple import NamedTuple

_BOXES = (
    *(("[ ]", False), ("[x]", True), ("[X]", True), ("\u2610", False)),
    *(("\u2611", True), ("[-]", False), ("[/]", False)),
)
"""As GitHub, Unicode and Obsidian have them; what is cancelled or begun is not done."""
_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]{1,30}\]")
_BARE_LINK = re.compile(r"https?://[^\s<>\[\]()\"'`]+(?:\([^\s()]*\))?")


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


def plain_words(text: str) -> Words:
    """The words of a text without marks, with the addresses in it as links."""
    found = (
        (each[0].rstrip(".,;:!?"), each.start()) for each in _BARE_LINK.finditer(text)
    )
    links = (Link("", url, start, start + len(url)) for url, start in found)
    return Words(text, tuple(links))


def without_box(words: Words) -> tuple[Words, bool | None]:
    """The words without the box in front, and whether that is ticked."""
    for box, is_ticked in _BOXES:
        if words.text.startswith(box):
            cut = len(box)
            links = tuple(
                each._replace(start=each.start - cut, end=each.end - cut)
                for each in words.links
            )
            return Words(words.text[cut:], links, words.lead), is_ticked
    return words, None


class WordMaker:
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
        """Take the next token."""
        match token.type:
            case "text" | "code_inline":
                text = token.content
                if token.type == "text":
                    text = _FOOTNOTE.sub("", text)
                    self._bare_links(text)
                self._append(text)
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
        """The words so far."""
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
        if self._open is not None:
            return
        for link in plain_words(text).links:
            start, end = self._length + link.start, self._length + link.end
            self._links.append(link._replace(start=start, end=end))
