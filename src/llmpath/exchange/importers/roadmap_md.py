"""Roadmaps in Markdown with a table of lessons and their minutes for each phase.

As the ROADMAP.md of rohitg00/ai-engineering-from-scratch has it: `## Phase 1: Title
(~14 hours)`, a table with the columns Lesson, Status and Est., and prerequisites in
prose or in a column, such as `Phase 5 · 13 (Question Answering), Phase 2`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from llmpath.exchange.importers.draft import (
    DraftLesson,
    DraftModule,
    DraftPhase,
    DraftTrack,
    Reading,
    Span,
)
from llmpath.exchange.importers.efforts import read_effort
from llmpath.exchange.importers.kinds import guess_kind
from llmpath.exchange.importers.markdown_blocks import (
    Block,
    Heading,
    Table,
    read_blocks,
)
from llmpath.exchange.importers.markdown_words import Words
from llmpath.exchange.importers.phase_names import PhaseNames, numbered, plain_title
from llmpath.exchange.importers.sections import (
    Prose,
    Section,
    only_title,
    prose_of,
    read_sections,
)
from llmpath.exchange.importers.source import Importer, Source, refused
from llmpath.exchange.importers.tables import (
    cell_text,
    columns_of,
    is_ticked,
    one_line,
    role_of,
    row_links,
    rows_of,
    table_columns,
    web_address,
    with_unit,
)
from llmpath.exchange.importers.tally import Tally
from llmpath.exchange.importers.titles import name_document
from llmpath.exchange.importers.wording import counted
from llmpath.named_tuple import NamedTuple

_ROLES = {
    "lesson": ("lesson", "project", "topic", "chapter", "exercise", "task", "module"),
    "time": (
        "est",
        "estimate",
        "estimated",
        "time",
        "duration",
        "minute",
        "min",
        "hour",
    ),
    "status": ("statu", "status", "state"),
    "needs": ("prerequisite", "prereq", "require", "requirement", "depend"),
    "done": ("done", "completed", "finished"),
}
_NEEDS = re.compile(
    r"\W*(?:prerequisites?|prereqs?|requires|depends on|builds on|needs)\b[\s:*]*(.+)",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"\btotal\b", re.IGNORECASE)


class _Part(NamedTuple):
    """A section with lessons.

    Attributes:
        phase: Position of the section that is its phase, which may be itself.
        needs: What it says of prerequisites, for all of it and for single lessons.
    """

    section: int
    phase: int
    lessons: tuple[DraftLesson, ...]
    statuses: tuple[str, ...]
    needs: tuple[str, ...]


def recognise(source: Source) -> int:
    """Sure where a table has lessons and their time."""
    for columns in table_columns(source.text):
        roles = {role_of(each, _ROLES) for each in columns}
        if {"lesson", "time"} <= roles:
            return 85
    return 0


def read(source: Source) -> Reading:
    """Read every table that has a column of lessons."""
    document = read_blocks(source)
    sections = read_sections(document.blocks)
    tally = Tally()
    parts = [*_parts(document.blocks, sections, source, tally)]
    if not parts:
        reason = "no table with a column of lessons"
        raise refused(source, reason, "name the columns, Lesson and Est. among them")
    names = PhaseNames([_heading(sections, each.phase) for each in parts])
    modules = [_module(at, part, sections, names) for at, part in enumerate(parts)]
    title, origin = name_document(document.title or only_title(sections), source)
    phases = tuple(_phases(parts, modules, sections))
    track = DraftTrack(title, phases, span=_total(sections, tally))
    return Reading(
        title=title,
        tracks=(track,),
        understood=tuple(_understood(parts, modules, phases)),
        guessed=tuple(_guessed(parts)),
        left_out=tally.left_out(document.left_out),
        title_from=origin,
    )


def _parts(
    blocks: Sequence[Block],
    sections: Sequence[Section],
    source: Source,
    tally: Tally,
) -> Iterator[_Part]:
    tables = _tables_by_section(blocks, tally)
    for at, own in tables.items():
        rows = [
            (cells, line, _unit(table))
            for table in own
            for cells, line in _rows(table, tally)
        ]
        if not rows:
            continue
        lessons = tuple(_lesson(*row, source, tally) for row in rows)
        texts = [cell_text(cells, "status") for cells, _, _ in rows]
        statuses = tuple(each for each in texts if each)
        needs = [cell_text(cells, "needs") for cells, _, _ in rows if "needs" in cells]
        phase = _phase_of(sections, at)
        for place in dict.fromkeys((phase, at)):
            needs += _needs_in_prose(sections[place].prose)
        yield _Part(at, phase, lessons, statuses, tuple(needs))


def _tables_by_section(blocks: Sequence[Block], tally: Tally) -> dict[int, list[Table]]:
    """Tables of lessons by the position of their heading."""
    found: dict[int, list[Table]] = {}
    section = 0
    for block in blocks:
        if isinstance(block, Heading):
            section += 1
        elif not isinstance(block, Table):
            for each in prose_of(block):
                is_told = _NEEDS.match(each.text) or _is_total(each.text)
                if each.text and not is_told:
                    tally.leave("text outside the tables", each.line, each.text)
        elif any(role_of(each, _ROLES) == "lesson" for each in columns_of(block)):
            found.setdefault(section, []).append(block)
        else:
            text = ", ".join(columns_of(block))
            tally.name("table without a column of lessons", block.line, text)
    return found


def _rows(table: Table, tally: Tally) -> Iterator[tuple[dict[str, Words], int]]:
    """Rows with a lesson."""
    for cells, line in rows_of(table, _ROLES):
        if cell_text(cells, "lesson"):
            yield cells, line
        else:
            tally.name("row without a lesson", line, "")


def _lesson(
    cells: dict[str, Words], line: int, unit: str, source: Source, tally: Tally
) -> DraftLesson:
    words = cells["lesson"]
    links = row_links(words, cells, line, tally)
    url = web_address(links[0].url, source) if links else None
    if links and url is None:
        tally.leave("link relative to the document", line, links[0].url)
    own = words.links
    title = own[0].title if len(own) == 1 and own[0].title else one_line(words)
    return DraftLesson(
        title,
        url,
        read_effort(with_unit(cell_text(cells, "time"), unit)).span,
        guess_kind(title, url),
        is_optional="(optional)" in words.text.casefold(),
        is_done=is_ticked(cells.get("done")),
        line=line,
    )


def _unit(table: Table) -> str:
    """What a number alone counts as its time."""
    return "hours" if any("hour" in each for each in columns_of(table)) else "min"


def _phase_of(sections: Sequence[Section], at: int) -> int:
    """The nearest heading above, or this one, that is numbered as a phase."""
    place: int | None = at
    while place is not None:
        if numbered(_heading(sections, place)):
            return place
        place = sections[place].parent
    return at


def _heading(sections: Sequence[Section], at: int) -> str:
    return one_line(sections[at].heading.words)


def _needs_in_prose(prose: Sequence[Prose]) -> Iterator[str]:
    for each in prose:
        if match := _NEEDS.match(each.text):
            yield match[1]


def _module(
    at: int, part: _Part, sections: Sequence[Section], names: PhaseNames
) -> DraftModule:
    heading = _heading(sections, part.section)
    is_phase = part.section == part.phase
    return DraftModule(
        plain_title(heading) or "Lessons",
        part.lessons,
        key=names.key(at),
        span=None if is_phase else read_effort(heading).span,
        needs=names.needs_of(at, part.needs),
    )


def _phases(
    parts: Sequence[_Part], modules: Sequence[DraftModule], sections: Sequence[Section]
) -> Iterator[DraftPhase]:
    by_phase: dict[int, list[DraftModule]] = {}
    for part, module in zip(parts, modules, strict=True):
        by_phase.setdefault(part.phase, []).append(module)
    for at, own in by_phase.items():
        heading = _heading(sections, at)
        title = plain_title(heading) or "Lessons"
        yield DraftPhase(title, tuple(own), span=read_effort(heading).span)


def _is_total(text: str) -> bool:
    return bool(_TOTAL.search(text)) and read_effort(text).span is not None


def _total(sections: Sequence[Section], tally: Tally) -> Span | None:
    """What the document states for all of it; the first of several holds."""
    every = [each for section in sections for each in section.prose]
    totals = [each for each in every if _is_total(each.text)]
    for each in totals[1:]:
        tally.name("total beside the first, which holds", each.line, each.text)
    return read_effort(totals[0].text).span if totals else None


def _understood(
    parts: Sequence[_Part], modules: Sequence[DraftModule], phases: Sequence[DraftPhase]
) -> Iterator[str]:
    lessons = [each for part in parts for each in part.lessons]
    timed = sum(each.span is not None for each in lessons)
    held = counted(len(phases), "phase")
    yield f"{counted(len(lessons), 'row')} as lessons of {held}"
    yield f"{counted(timed, 'lesson')} with their time"
    needs = [need for each in modules for need in each.needs]
    keys = {each.key for each in modules}
    known = sum(need in keys for need in needs)
    if needs:
        yield (
            f"{known} of {counted(len(needs), 'prerequisite')} as phases of the "
            "document; the others are what a phase assumes"
        )


def _guessed(parts: Sequence[_Part]) -> Iterator[str]:
    statuses = Counter(each for part in parts for each in part.statuses)
    if statuses:
        told = ", ".join(f"{times} {mark}" for mark, times in statuses.most_common(5))
        yield (
            f"the status ({told}) is the author's, of what is written: nothing is "
            "ticked by it or left out"
        )
    if any(part.needs for part in parts):
        yield "a prerequisite of a single lesson holds for the whole phase it stands in"


IMPORTER = Importer(
    "roadmap-md", "Markdown tables of lessons with their minutes", recognise, read
)
