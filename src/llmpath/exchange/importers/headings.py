"""Headings of a document whose end has not come yet, with what stands below them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from llmpath.exchange.importers.draft import DraftLesson, Span
from llmpath.exchange.importers.efforts import read_effort
from llmpath.exchange.importers.markdown_blocks import Item
from llmpath.exchange.importers.markdown_items import (
    is_optional,
    read_items,
    settle_sentences,
    title_of,
)
from llmpath.exchange.importers.markdown_words import Words
from llmpath.exchange.importers.outline import Node
from llmpath.exchange.importers.tally import Tally


class OpenHeading:
    """A heading whose end has not come yet."""

    def __init__(self, level: int, title: str, line: int, span: Span | None) -> None:
        self.level = level
        self.title = title
        self.line = line
        self.span = span
        self.url: str | None = None
        self.is_optional = False
        self.is_stage = False
        self.has_text = False
        self.lessons: list[DraftLesson] = []
        self.children: list[Node] = []
        self.sentences: list[Item] = []

    def takes_time(self, words: Words) -> bool:
        """Take a paragraph that is a time alone for that of the heading."""
        span, rest = read_effort(words.text)
        is_time = span is not None and not rest and self.span is None
        if is_time:
            self.span = span
        return is_time

    def close(self) -> Node:
        """The heading with what was put below it."""
        return Node(
            self.title,
            self.line,
            self.span,
            self.url,
            tuple(self.lessons),
            tuple(self.children),
            is_stage=self.is_stage,
            is_optional=self.is_optional,
        )


class OpenHeadings:
    """The headings on the way down to the present line; the first is the document.

    Attributes:
        ending: Is told each heading that ends, once its sentences are settled.
    """

    def __init__(self, tally: Tally, ending: Callable[[OpenHeading], None]) -> None:
        self._tally = tally
        self._ending = ending
        self._open = [OpenHeading(0, "", 1, None)]

    @property
    def all(self) -> Sequence[OpenHeading]:
        """From the document down to the last one."""
        return self._open

    @property
    def last(self) -> OpenHeading:
        """The one that the present line stands below."""
        return self._open[-1]

    def begin(self, level: int, words: Words, line: int) -> OpenHeading:
        """Begin a heading; those of its level and of lower ones end."""
        self.end(level)
        title, span = title_of(words)
        heading = OpenHeading(level, title or "untitled", line, span)
        heading.is_optional = is_optional(words.text)
        self._open.append(heading)
        return heading

    def add_items(self, items: Sequence[Item]) -> None:
        """Put a list below the last heading."""
        group = read_items(items, self.last.title, self._tally)
        self.last.lessons += group.lessons
        self.last.children += group.nodes
        self.last.sentences += group.sentences

    def end(self, level: int) -> None:
        """End the headings of a level and of lower ones, but not the document."""
        while len(self._open) > 1 and self.last.level >= level:
            heading = self._open.pop()
            self._settle(heading)
            self._ending(heading)
            self.last.children.append(heading.close())

    def close(self) -> Node:
        """The document, whose children are the headings of the highest level."""
        self.end(0)
        self._settle(self.last)
        return self.last.close()

    def _settle(self, heading: OpenHeading) -> None:
        is_all = not heading.lessons and not heading.children
        sentences = heading.sentences
        heading.lessons += settle_sentences(sentences, self._tally, is_all=is_all)
