"""Tables of courses in Markdown, as the Open Source Society University writes them.

A row is a course, which becomes a module with one lesson; the section above the table
becomes its phase.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import quantiles

from llmpath.exchange.importers.course_names import CourseNames
from llmpath.exchange.importers.course_rows import ROLES, CourseRow, read_rows
from llmpath.exchange.importers.draft import (
    DraftLesson,
    DraftModule,
    DraftPhase,
    DraftTrack,
    Reading,
    Span,
)
from llmpath.exchange.importers.estimates import middle
from llmpath.exchange.importers.markdown_blocks import read_blocks
from llmpath.exchange.importers.sections import (
    Section,
    find_electives,
    leave_prose,
    only_title,
    read_sections,
)
from llmpath.exchange.importers.source import Importer, Source, refused
from llmpath.exchange.importers.tables import (
    one_line,
    role_of,
    table_columns,
)
from llmpath.exchange.importers.tally import Tally
from llmpath.exchange.importers.titles import name_document
from llmpath.exchange.importers.wording import counted, listed, shortened

_FEW = 4
"""Courses with a time, from which on the middle half of them says something."""


def recognise(source: Source) -> int:
    """Sure where a table has courses and their duration or effort."""
    for columns in table_columns(source.text):
        roles = {role_of(each, ROLES) for each in columns}
        if "course" in roles and roles & {"duration", "effort"}:
            return 90
    return 0


def read(source: Source) -> Reading:
    """Read every table that has a column of courses."""
    document = read_blocks(source)
    sections = read_sections(document.blocks)
    tally = Tally()
    rows = read_rows(document.blocks, source, tally)
    if not rows:
        reason = "no table with a column of courses"
        raise refused(source, reason, "name the columns, Courses among them")
    leave_prose(sections, tally)
    electives = find_electives(sections)
    modules = _modules(rows, sections, electives)
    title, origin = name_document(document.title or only_title(sections), source)
    track = DraftTrack(title, tuple(_phases(rows, modules, sections)))
    return Reading(
        title=title,
        tracks=(track,),
        understood=tuple(_understood(rows, modules, len(track.phases))),
        guessed=tuple(_guessed(rows, sections, electives)),
        left_out=tally.left_out(document.left_out),
        title_from=origin,
    )


def _modules(
    rows: Sequence[CourseRow], sections: Sequence[Section], electives: dict[int, str]
) -> list[DraftModule]:
    names = CourseNames(
        [each.course for each in rows],
        [(_title(sections[each.section]), each.is_spare) for each in rows],
    )
    a_week = _middle_half(
        [
            middle(each.span) * 2 / sum(each.weeks)
            for each in rows
            if each.span and each.weeks
        ]
    )
    in_all = _middle_half([middle(each.span) for each in rows if each.span])
    return [
        DraftModule(
            row.course.title,
            (_lesson(row, _guess(row, a_week, in_all)),),
            url=row.course.url,
            needs=names.needs_of(at, row.needs),
            is_optional=row.is_spare or row.section in electives,
            note="; ".join(row.notes) or None,
        )
        for at, row in enumerate(rows)
    ]


def _lesson(row: CourseRow, guess: Span | None) -> DraftLesson:
    return DraftLesson(
        *row.course, row.span, is_done=row.is_done, line=row.line, guess=guess
    )


def _middle_half(values: Sequence[float]) -> Span | None:
    if len(values) < _FEW:
        return None
    low, _, high = quantiles(values, n=4)
    return Span(max(1, round(low)), max(1, round(high)))


def _guess(row: CourseRow, a_week: Span | None, in_all: Span | None) -> Span | None:
    """What a course without stated hours takes: as its weeks, or it, do elsewhere."""
    if row.span is not None:
        return None
    if row.weeks and a_week and a_week.high:
        return Span(row.weeks[0] * a_week.low, row.weeks[1] * a_week.high)
    return in_all


def _phases(
    rows: Sequence[CourseRow],
    modules: Sequence[DraftModule],
    sections: Sequence[Section],
) -> Iterator[DraftPhase]:
    by_section: dict[int, list[DraftModule]] = {}
    for row, module in zip(rows, modules, strict=True):
        by_section.setdefault(row.section, []).append(module)
    for at, own in by_section.items():
        first = own[0].lessons[0].line
        goal = next(
            (
                each.text
                for each in sections[at].prose
                if each.line < first and not each.is_item and not _is_label(each.text)
            ),
            None,
        )
        yield DraftPhase(_title(sections[at]) or "Courses", tuple(own), goal)


def _is_label(text: str) -> bool:
    """Whether a paragraph heads a list or a table instead of telling something."""
    return text.casefold().startswith("topics covered") or text.endswith(":")


def _title(section: Section) -> str:
    return one_line(section.heading.words)


def _understood(
    rows: Sequence[CourseRow], modules: Sequence[DraftModule], phases: int
) -> Iterator[str]:
    yield f"{counted(len(rows), 'row')} as courses, in {counted(phases, 'section')}"
    stated = sum(each.span is not None for each in rows)
    yield f"{counted(stated, 'course')} with hours, or weeks and hours a week"
    titles = {each.title for each in modules}
    needs = [need for each in modules for need in each.needs]
    if needs:
        known = sum(need in titles for need in needs)
        yield (
            f"{known} of {counted(len(needs), 'prerequisite')} as courses of the "
            "document; the others are what a course assumes"
        )


def _guessed(
    rows: Sequence[CourseRow], sections: Sequence[Section], electives: dict[int, str]
) -> Iterator[str]:
    blind = [each.course.title for each in rows if each.span is None]
    if blind:
        told = listed(blind)
        yield f"the time of {counted(len(blind), 'course')} without hours: {told}"
    spare = [each.course.title for each in rows if each.is_spare]
    if spare:
        yield f"optional, as the first of a choice are taken: {listed(spare)}"
    named: dict[str, list[str]] = {}
    for at in dict.fromkeys(row.section for row in rows if row.section in electives):
        named.setdefault(electives[at], []).append(_title(sections[at]))
    for sentence, names in named.items():
        yield f"optional, by \u201c{shortened(sentence)}\u201d: {listed(names)}"


IMPORTER = Importer("ossu", "Markdown tables of courses", recognise, read)
