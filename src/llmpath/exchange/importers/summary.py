"""The table of contents of an mdBook, its SUMMARY.md.

A part becomes a phase, a numbered chapter a module, the chapter's page and those below
it the lessons of that module.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from llmpath.exchange.importers.draft import (
    DraftLesson,
    DraftModule,
    DraftPhase,
    DraftTrack,
    Reading,
)
from llmpath.exchange.importers.markdown_blocks import (
    Block,
    Heading,
    Item,
    Listing,
    Paragraph,
    Table,
    read_blocks,
)
from llmpath.exchange.importers.markdown_words import Words
from llmpath.exchange.importers.source import Importer, Source, refused
from llmpath.exchange.importers.tables import (
    column_name,
    one_line,
    web_address,
)
from llmpath.exchange.importers.tally import Tally
from llmpath.exchange.importers.titles import name_document
from llmpath.exchange.importers.wording import counted
from llmpath.named_tuple import NamedTuple

_PAGES = (".md)", ".markdown)")
_FEW = 5
"""Entries from which on a list of nothing but pages is a book's contents."""


class _Entry(NamedTuple):
    """What stands in the contents.

    Attributes:
        depth: 0 for a part's title and a chapter outside the numbered ones.
        address: None for text without a link.
    """

    depth: int
    title: str
    address: str | None
    is_part: bool
    line: int


class _Chapter(NamedTuple):
    """A module to be: its first entry, all entries of it, and the part it stands in."""

    title: str
    entries: tuple[_Entry, ...]
    part: int


def recognise(source: Source) -> int:
    """By the file's name or title, or where a list has links to pages alone."""
    entries = [
        each
        for each in map(str.strip, source.text.split("\n"))
        if each.startswith(("- ", "* ", "+ "))
    ]
    pages = sum(map(_is_page, entries))
    if not pages:
        return 0
    first = source.text.lstrip("\ufeff \n").partition("\n")[0]
    is_named = source.name.casefold().replace("\\", "/").endswith("summary.md")
    if is_named or column_name(first) == "summary":
        return 95
    return 75 if pages == len(entries) >= _FEW else 0


def read(source: Source) -> Reading:
    """Read the contents of a book."""
    document = read_blocks(source)
    tally = Tally()
    first, *others = document.blocks or (Heading(0, Words(""), 0),)
    heading = first if isinstance(first, Heading) and first.level == 1 else None
    entries = [*_entries(others if heading else document.blocks, tally)]
    chapters = [*_chapters(entries, tally)]
    parts = ["", *(each.title for each in entries if each.is_part)]
    own = one_line(heading.words) if heading else None
    title, origin = name_document(document.title or own, source)
    phases = [*_phases(chapters, parts, title, source)]
    if not phases:
        raise refused(source, "no chapter with a page", "list chapters with links")
    lessons = [x for phase in phases for each in phase.modules for x in each.lessons]
    modules = sum(len(each.modules) for each in phases)
    told = f"{counted(len(lessons), 'chapter')} in {counted(modules, 'module')}"
    return Reading(
        title=title,
        tracks=(DraftTrack(title, tuple(phases)),),
        understood=(f"{told} of {counted(len(phases), 'phase')}",),
        guessed=tuple(_guessed(entries, lessons)),
        left_out=tally.left_out(document.left_out),
        title_from=origin,
    )


def _is_page(entry: str) -> bool:
    address = entry.rpartition("](")[2].casefold()
    return "](" in entry and address.endswith(_PAGES) and "://" not in address


def _entries(blocks: Sequence[Block], tally: Tally) -> Iterator[_Entry]:
    for block in blocks:
        line = block.line
        if isinstance(block, Listing):
            for item in block.items:
                yield from _of_item(item, 1)
        elif isinstance(block, Heading):
            yield _Entry(0, one_line(block.words), None, is_part=True, line=line)
        elif isinstance(block, Paragraph) and block.words.links:
            for link in block.words.links:
                yield _Entry(0, link.title, link.url, is_part=False, line=line)
        elif isinstance(block, Paragraph):
            tally.name("text that is no chapter", line, one_line(block.words))
        elif isinstance(block, Table):
            tally.name("table, no chapter", line, "")


def _of_item(item: Item, depth: int) -> Iterator[_Entry]:
    words = item.words
    address = words.links[0].url if words.links else None
    yield _Entry(depth, one_line(words), address, is_part=False, line=item.line)
    for each in item.items:
        yield from _of_item(each, depth + 1)


def _chapters(entries: Sequence[_Entry], tally: Tally) -> Iterator[_Chapter]:
    """Numbered chapters with what is below them, and the runs of the others."""
    part = 0
    outside = "Front matter"
    for first, *rest in _groups(entries):
        if first.is_part:
            part += 1
            continue
        pages = tuple(each for each in (first, *rest) if _has_page(each, tally))
        if first.depth:
            outside = "Back matter"
        yield _Chapter(first.title if first.depth else outside, pages, part)


def _groups(entries: Sequence[_Entry]) -> list[list[_Entry]]:
    groups: list[list[_Entry]] = []
    for each in entries:
        first = groups[-1][0] if groups else None
        if first is None or first.is_part or each.is_part:
            groups.append([each])
        elif each.depth > 1 if first.depth else each.depth == 0:
            groups[-1].append(each)
        else:
            groups.append([each])
    return groups


def _has_page(entry: _Entry, tally: Tally) -> bool:
    if entry.address:
        return True
    reason = "chapter without a page" if entry.address is None else "draft of a chapter"
    tally.name(reason, entry.line, entry.title)
    return False


def _phases(
    chapters: Sequence[_Chapter], parts: Sequence[str], title: str, source: Source
) -> Iterator[DraftPhase]:
    for part, run in groupby(chapters, key=lambda each: each.part):
        modules = tuple(
            DraftModule(each.title, tuple(_lesson(x, source) for x in each.entries))
            for each in run
            if each.entries
        )
        if modules:
            yield DraftPhase(parts[part] or title, modules)


def _lesson(entry: _Entry, source: Source) -> DraftLesson:
    url = web_address(entry.address or "", source)
    title = entry.title or entry.address or ""
    return DraftLesson(title, url, kind="reading", line=entry.line, is_page=True)


def _guessed(
    entries: Sequence[_Entry], lessons: Sequence[DraftLesson]
) -> Iterator[str]:
    yield "every chapter is something to read, and required"
    without = sum(each.url is None for each in lessons)
    if without:
        yield (
            f"{counted(without, 'link')} without an address, as relative to the book; "
            "import from the address of the file on the web to have them"
        )
    deep = sum(each.depth > 2 for each in entries)
    if deep:
        yield f"{counted(deep, 'chapter')} of a deeper level beside those above"


IMPORTER = Importer("summary", "mdBook SUMMARY.md", recognise, read)
