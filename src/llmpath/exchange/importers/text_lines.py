"""Plain text as headings by position, lists and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from llmpath.exchange.importers.limits import check_marks
from llmpath.exchange.importers.markdown_blocks import (
    Heading,
    Item,
    Listing,
    Paragraph,
)
from llmpath.exchange.importers.markdown_words import plain_words, without_box
from llmpath.exchange.importers.outline import is_stage
from llmpath.exchange.importers.source import Source, refused
from llmpath.named_tuple import NamedTuple

STAGE_LEVEL, TOPIC_LEVEL, LIST_LEVEL = 1, 2, 3
"""Of `Phase 2: ...`; of a line before a paragraph; of a line right before a list."""

DEPTH_LIMIT = 9
LINE_LIMIT = 200
"""Of a line with a link that is no paragraph of prose."""
_ITEM = re.compile(
    r"(?P<indent>[ \t]*)"
    r"(?:(?P<mark>[0-9]{1,3}[.)]|[-*+•·‣▪◦●○\u2013])[ \t]+(?=\S)|(?=\[[ xX]\][ \t]+\S))"
)
"""A mark with a text, or a box with one."""
_HASHES = re.compile(r"\s*#{1,6}\s+(?=\S)")
_RULE = re.compile(r"\s*(?:={3,}|-{3,}|_{3,}|\*{3,}|~{3,})\s*")
_LETTER = re.compile(r"\w")
_LENGTH, _WORDS = 100, 16
_LABEL_WORDS = 4
_ABOVE_TEXT = 50
_FINAL = (".", "!", "?", ";", ",", ":")


class _Line(NamedTuple):
    text: str
    line: int
    is_item: bool


def read_lines(source: Source) -> tuple[Heading | Paragraph | Listing, ...]:
    """Read the blocks of a plain text.

    A heading is a short line without a final mark, alone between empty lines or above a
    longer one, that has a paragraph or a list below it.

    Raises:
        RefusedInputError: Lists are nested too deep, or it is too much.
    """
    check_marks(source)
    blocks: list[Paragraph | Listing] = []
    for lines in _stretches(source.text):
        for is_item, of_kind in groupby(lines, key=lambda each: each.is_item):
            if is_item:
                blocks.append(_listing(source, [*of_kind]))
            else:
                blocks += _paragraphs([*of_kind])
    return tuple(_with_headings(_joined(blocks)))


def is_short(text: str) -> bool:
    """Tell whether a text is one line of few words without a final mark."""
    is_few = len(text) <= _LENGTH and len(text.split()) <= _WORDS and "\n" not in text
    return is_few and not text.endswith(_FINAL)


def _stretches(text: str) -> Iterator[list[_Line]]:
    """Lines between empty lines and rules; an item's further lines are joined to it."""
    lines: list[_Line] = []
    for number, text_line in enumerate(text.split("\n"), 1):
        if not text_line.strip() or _RULE.fullmatch(text_line):
            if lines:
                yield lines
            lines = []
            continue
        is_item = _ITEM.match(text_line) is not None
        is_further = not is_item and lines and lines[-1].is_item
        if is_further and text_line[0] in " \t":
            joined = f"{lines[-1].text} {text_line.strip()}"
            lines[-1] = lines[-1]._replace(text=joined)
        else:
            lines.append(_Line(text_line, number, is_item))
    if lines:
        yield lines


def _paragraphs(lines: list[_Line]) -> Iterator[Paragraph]:
    """One paragraph, or two where a title stands right above the text.

    Short lines of which one has a link are a paragraph each.
    """
    is_row = any("://" in each.text for each in lines)
    if is_row and all(len(each.text) <= LINE_LIMIT for each in lines):
        yield from (_paragraph([each]) for each in lines)
        return
    if len(lines) > 1 and _is_above(lines[0].text.strip(), lines[1].text.strip()):
        yield _paragraph(lines[:1])
        lines = lines[1:]
    yield _paragraph(lines)


def _is_above(first: str, second: str) -> bool:
    is_title = is_stage(first) or (is_short(first) and len(first) <= _ABOVE_TEXT)
    return is_title and len(second) > len(first) and not second[:1].islower()


def _paragraph(lines: Sequence[_Line]) -> Paragraph:
    text = "\n".join(_HASHES.sub("", each.text, count=1).strip() for each in lines)
    return Paragraph(plain_words(text), lines[0].line)


def _listing(source: Source, lines: Sequence[_Line]) -> Listing:
    """The items of a list; one is below another that is indented less."""
    levels: list[tuple[int, list[Item]]] = [(-1, [])]
    opened: list[tuple[_Line, bool]] = []
    for line in lines:
        match = _ITEM.match(line.text)
        mark = (match["mark"] if match else None) or ""
        indent = len(match["indent"].expandtabs(4)) if match else 0
        while levels[-1][0] >= indent:
            _close(levels, opened)
        if len(levels) > DEPTH_LIMIT:
            reason = f"lists stand more than {DEPTH_LIMIT} deep"
            raise refused(source, reason, "flatten them", line=line.line)
        text = line.text[match.end() :] if match else line.text
        levels.append((indent, []))
        opened.append((line._replace(text=text), mark[:1].isdigit()))
    while len(levels) > 1:
        _close(levels, opened)
    return Listing(tuple(levels[0][1]), lines[0].line)


def _close(
    levels: list[tuple[int, list[Item]]], opened: list[tuple[_Line, bool]]
) -> None:
    _, below = levels.pop()
    line, is_numbered = opened.pop()
    words, is_ticked = without_box(plain_words(line.text))
    item = Item(words, line.line, is_ticked, tuple(below), is_numbered)
    levels[-1][1].append(item)


def _joined(
    blocks: Sequence[Paragraph | Listing],
) -> Iterator[Paragraph | Listing]:
    """The blocks, lists joined that only empty lines divide."""
    for is_list, of_kind in groupby(blocks, key=lambda each: isinstance(each, Listing)):
        if not is_list:
            yield from of_kind
            continue
        lists = [each for each in of_kind if isinstance(each, Listing)]
        items = tuple(item for each in lists for item in each.items)
        yield Listing(items, lists[0].line)


def _with_headings(
    blocks: Iterator[Paragraph | Listing],
) -> Iterator[Heading | Paragraph | Listing]:
    every = [*blocks]
    for at, block in enumerate(every):
        below = every[at + 1] if at + 1 < len(every) else None
        level = _level(block, below) if isinstance(block, Paragraph) else None
        if isinstance(block, Paragraph) and level is not None:
            yield Heading(level, block.words, block.line)
        else:
            yield block


def _level(block: Paragraph, below: Paragraph | Listing | None) -> int | None:
    """The level of a paragraph that is a heading by its place; None for others."""
    text = block.words.text.strip()
    if block.words.links or below is None or not _LETTER.search(text):
        return None
    is_above_list = isinstance(below, Listing)
    if is_stage(text) and is_short(text.rstrip(":")):
        return STAGE_LEVEL
    is_label = text.endswith(":") and len(text.split()) <= _LABEL_WORDS
    if is_short(text) or (is_label and is_above_list):
        return LIST_LEVEL if is_above_list else TOPIC_LEVEL
    return None
