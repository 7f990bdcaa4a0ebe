"""What the forms with tables and links have in common: columns and addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urljoin, urlsplit

from llmpath.exchange.importers.markdown_blocks import Table
from llmpath.exchange.importers.markdown_words import Link, Words
from llmpath.exchange.importers.source import Source
from llmpath.exchange.importers.tally import Tally
from llmpath.exchange.importers.titles import is_web

_NUMBER = re.compile(r"~?\s*\d[\d\s.,+\u2013-]*")
_DONE = frozenset(["x", "[x]", "done", "yes", "\u2705", "\u2713", "\u2714", "\u2611"])
_RAW = "raw.githubusercontent.com"


def column_name(text: str) -> str:
    """A name for comparison: small letters, digits and single blanks alone."""
    letters = "".join(each if each.isalnum() else " " for each in text.casefold())
    return " ".join(letters.split())


def columns_of(table: Table) -> tuple[str, ...]:
    """The names of a table's columns."""
    return tuple(column_name(each.text) for each in table.header)


def role_of(column: str, roles: Mapping[str, Sequence[str]]) -> str:
    """The role whose words have the first word of a column's name; `note` without."""
    first = column.partition(" ")[0]
    for role, words in roles.items():
        if first in words or first.rstrip("s") in words:
            return role
    return "note"


def rows_of(
    table: Table, roles: Mapping[str, Sequence[str]]
) -> Iterator[tuple[dict[str, Words], int]]:
    """The first filled cell of each role and the line, row by row.

    Of the cells without a role the first with a link counts.
    """
    columns = columns_of(table)
    named = [role_of(each, roles) for each in columns]
    for row, line in table.rows:
        cells: dict[str, Words] = {}
        for role, cell in zip(named, row, strict=False):
            held = cells.get(role)
            is_linked = role == "note" and cell.links and held and not held.links
            if held is None or not held.text.strip() or is_linked:
                cells[role] = cell
        yield cells, line


def row_links(
    words: Words, cells: Mapping[str, Words], line: int, tally: Tally
) -> tuple[Link, ...]:
    """The links of a cell, else those of its row; all but the first are named."""
    links = words.links or tuple(x for each in cells.values() for x in each.links)
    for other in links[1:]:
        text = f"{other.title} {other.url}"
        tally.name("link of a row, beside its first", line, text)
    return links


def with_unit(text: str, unit: str) -> str:
    """The text, with a unit if it is a number alone."""
    return f"{text} {unit}" if _NUMBER.fullmatch(text) else text


def is_ticked(words: Words | None) -> bool:
    """Whether a cell says that something is done."""
    return words is not None and one_line(words).casefold() in _DONE


def cell_text(cells: Mapping[str, Words], role: str) -> str:
    """The text of a cell on one line; empty where there is none."""
    return one_line(cells[role]) if role in cells else ""


def one_line(words: Words) -> str:
    """The text without blanks around it or two in a row."""
    return " ".join(words.text.split())


def table_columns(text: str) -> Iterator[tuple[str, ...]]:
    """The columns of what looks like tables, found by their second line alone.

    Quick, to tell forms apart; a table in a block of code is among them.
    """
    before = ""
    for line in text.split("\n"):
        if "-" in line and "|" in line and "|" in before and not line.strip(" \t|:-"):
            cells = before.strip().strip("|").split("|")
            yield tuple(column_name(each) for each in cells)
        before = line


def web_address(address: str, source: Source) -> str | None:
    """The address on the web that a link leads to, or None.

    A relative one leads somewhere only from a source that was read from the web; in
    a repository on GitHub to the page of the file, not to its raw text.
    """
    if not address or address.startswith("#"):
        return None
    try:
        if is_web(address):
            return address
        if urlsplit(address).scheme or not is_web(source.name):
            return None
        joined = urljoin(_page(source.name), address)
    except ValueError:
        return None
    return joined if is_web(joined) else None


def _page(base: str) -> str:
    parts = urlsplit(base)
    way = parts.path.split("/", 4)
    if parts.hostname != _RAW or len(way) < 5:
        return base
    _, owner, name, branch, rest = way
    return f"https://github.com/{owner}/{name}/blob/{branch}/{rest}"
