"""The rows of tables of courses, each with what its columns say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from llmpath.exchange.importers.course_names import Course
from llmpath.exchange.importers.draft import Span
from llmpath.exchange.importers.efforts import read_effort
from llmpath.exchange.importers.markdown_blocks import (
    Block,
    Heading,
    Table,
)
from llmpath.exchange.importers.markdown_words import Link, Words
from llmpath.exchange.importers.sections import prose_of
from llmpath.exchange.importers.source import Source
from llmpath.exchange.importers.tables import (
    cell_text,
    columns_of,
    is_ticked,
    one_line,
    role_of,
    rows_of,
    web_address,
    with_unit,
)
from llmpath.exchange.importers.tally import Tally
from llmpath.named_tuple import NamedTuple

ROLES = {
    "course": ("course", "class", "classe", "subject", "specialization"),
    "duration": ("duration", "length", "week", "time"),
    "effort": ("effort", "workload", "hour", "commitment"),
    "needs": ("prerequisite", "prereq", "require", "requirement"),
    "link": ("link", "url", "website"),
    "done": ("done", "completed", "finished"),
    "talk": ("discussion", "chat", "forum"),
}
_NOTHING = frozenset(["", "-", "\u2013", "\u2014", "none", "n/a", "no", "nothing"])
_CHOOSE = re.compile(
    r"\b(?:choose|pick|select|take|complete)\s+(?:any\s+)?(one|two|three|[1-9])\b"
    r"(?!\s+\w+\s+(?:in|from)\s+each)",
    re.IGNORECASE,
)
_NUMBERS = {"one": 1, "two": 2, "three": 3}
_WEEKS = re.compile(
    r"(?P<low>\d{1,3})(?:\s?[-\u2013]\s?(?P<high>\d{1,3}))?\s?weeks?", re.IGNORECASE
)


class CourseRow(NamedTuple):
    """A row of a table of courses.

    Attributes:
        needs: The cell of the prerequisites.
        weeks: From the lowest to the highest.
        section: Position of the heading above, from 1; 0 where there is none.
        is_spare: One of several of which fewer are to be taken.
    """

    course: Course
    needs: Words
    span: Span | None
    weeks: tuple[int, int] | None
    is_done: bool
    notes: tuple[str, ...]
    section: int
    is_spare: bool
    line: int


def read_rows(blocks: Sequence[Block], source: Source, tally: Tally) -> list[CourseRow]:
    """The rows of all tables with a column of courses."""
    rows: list[CourseRow] = []
    section = wanted = 0
    for block in blocks:
        if isinstance(block, Heading):
            section, wanted = section + 1, 0
        elif isinstance(block, Table):
            found = [*_table_rows(block, section, source, tally)]
            spare = enumerate(found) if wanted else ()
            for at, each in spare:
                found[at] = each._replace(is_spare=at >= wanted)
            rows += found
            wanted = 0
        else:
            for prose in prose_of(block):
                wanted = _choice(prose.text) or wanted
    return rows


def _choice(text: str) -> int:
    """How many of what follows are to be taken; 0 where all are."""
    match = _CHOOSE.search(text)
    if match is None:
        return 0
    return _NUMBERS.get(match[1].lower()) or int(match[1])


def _table_rows(
    table: Table, section: int, source: Source, tally: Tally
) -> Iterator[CourseRow]:
    columns = columns_of(table)
    units = {role_of(each, ROLES): _unit(each) for each in reversed(columns)}
    if "course" not in units:
        reason = "table without a column of courses"
        tally.name(reason, table.line, ", ".join(columns))
        return
    for (cells, line), (row, _) in zip(rows_of(table, ROLES), table.rows, strict=True):
        title, links = _title(cells)
        if not title:
            tally.name("row without a course", line, "")
            continue
        times = [
            with_unit(cell_text(cells, role), units.get(role, ""))
            for role in ("duration", "effort")
        ]
        yield CourseRow(
            Course(title, _address(links, line, source, tally)),
            cells.get("needs", Words("")),
            read_effort(", ".join(times)).span,
            _weeks(times[0]),
            is_ticked(cells.get("done")),
            (*_alternatives(links[1:], source), *_remarks(columns, row, source)),
            section,
            is_spare=False,
            line=line,
        )
        if cells.get("talk", Words("")).links:
            text = f"{cell_text(cells, 'talk')} of {title}"
            tally.leave("place to talk, nothing to study", line, text)


def _title(cells: dict[str, Words]) -> tuple[str, tuple[Link, ...]]:
    course = cells["course"]
    links = (*course.links, *cells.get("link", Words("")).links)
    title = course.links[0].title if course.links else ""
    return title or one_line(course), links


def _address(
    links: Sequence[Link], line: int, source: Source, tally: Tally
) -> str | None:
    if not links:
        return None
    address = web_address(links[0].url, source)
    if address is None:
        reason = "link relative to the document"
        tally.leave(reason, line, links[0].url)
    return address


def _alternatives(links: Sequence[Link], source: Source) -> Iterator[str]:
    for link in links:
        address = web_address(link.url, source)
        if address:
            yield f"{link.title or 'alternative'}: {address}"


def _remarks(
    columns: Sequence[str], row: Sequence[Words], source: Source
) -> Iterator[str]:
    """What other columns say, with the addresses that they link to."""
    for column, cell in zip(columns, row, strict=False):
        text = one_line(cell)
        if role_of(column, ROLES) == "note" and text.casefold() not in _NOTHING:
            addresses = (web_address(each.url, source) for each in cell.links)
            told = " ".join(each for each in addresses if each)
            yield f"{column}: {text}" + (f" ({told})" if told else "")


def _unit(column: str) -> str:
    """What a number alone in this column counts."""
    if "hour" in column:
        return "hours/week" if "week" in column else "hours"
    return "weeks" if "week" in column else ""


def _weeks(text: str) -> tuple[int, int] | None:
    match = _WEEKS.search(text)
    if match is None or not int(match["low"]):
        return None
    return int(match["low"]), max(int(match["low"]), int(match["high"] or 0))
