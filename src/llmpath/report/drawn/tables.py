"""Columns and bars: lines that stand below each other in order."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from llmpath.named_tuple import NamedTuple
from llmpath.report.drawn.glyphs import Glyphs
from llmpath.report.drawn.layout import BLANK, GAP, padded, shortened, words, wrapped
from llmpath.report.drawn.theme import Role

_HALVES = 2
_SHORTEST_TITLE = 16


class Column(NamedTuple):
    """How a column is set.

    Attributes:
        is_right: Set at the right edge, as figures are.
        is_flexible: Takes what the other columns leave, at most its longest cell.
        is_cut: Cells that are too long get an ellipsis, before the dim remark that may
            end them; else they are wrapped.
    """

    is_right: bool = False
    is_flexible: bool = False
    is_cut: bool = False


FIGURE = Column(is_right=True)
FIXED = Column()
WRAPPED = Column(is_flexible=True)
CUT = Column(is_flexible=True, is_cut=True)


def column_widths(
    rows: Sequence[Sequence[Text]], columns: Sequence[Column], width: int
) -> list[int]:
    """Widths of the longest cells; the flexible column gets what is left."""
    natural = [
        max((row[nth].cell_len for row in rows), default=0)
        for nth in range(len(columns))
    ]
    fixed = sum(
        size
        for size, column in zip(natural, columns, strict=True)
        if not column.is_flexible
    )
    gaps = GAP * (sum(1 for size in natural if size) - 1)
    room = max(1, width - fixed - gaps)
    return [
        min(size, room) if column.is_flexible else size
        for size, column in zip(natural, columns, strict=True)
    ]


def table(
    rows: Sequence[Sequence[Text]],
    columns: Sequence[Column],
    width: int,
    glyphs: Glyphs,
    *,
    widths: Sequence[int] | None = None,
) -> list[Text]:
    """Align rows in columns two spaces apart; empty columns are left out.

    Args:
        widths: Widths to share with other tables.
    """
    sizes = column_widths(rows, columns, width) if widths is None else widths
    lines: list[Text] = []
    for row in rows:
        lines += _row(row, columns, sizes, glyphs)
    return lines


def bar(done: int, total: int, width: int, glyphs: Glyphs, role: Role) -> Text:
    """A bar of `done` out of `total`, full only when all of it is done."""
    halves = width * _HALVES
    filled = 0
    if done > 0 and total > 0:
        filled = min(halves, max(1, halves * done // total))
    full, half = divmod(filled, _HALVES)
    rest = width - full - half
    return words(
        (glyphs.full * full + glyphs.half * half, role),
        (glyphs.rest * rest, Role.LATER),
    )


def _row(
    row: Sequence[Text], columns: Sequence[Column], sizes: Sequence[int], glyphs: Glyphs
) -> list[Text]:
    """The lines of one row: as many as its longest wrapped cell has."""
    cells = [
        _cell(text, column, size, glyphs)
        for text, column, size in zip(row, columns, sizes, strict=True)
    ]
    lines: list[Text] = []
    for nth in range(max(len(cell) for cell in cells)):
        line = Text()
        for cell, column, size in zip(cells, columns, sizes, strict=True):
            if size:
                piece = cell[nth] if nth < len(cell) else BLANK
                gap = " " * GAP if line.plain else ""
                line = words(line, gap, padded(piece, size, right=column.is_right))
        line.rstrip()
        lines.append(line)
    return lines


def _cell(text: Text, column: Column, size: int, glyphs: Glyphs) -> list[Text]:
    if not column.is_flexible:
        return [text]
    if column.is_cut:
        return [_shortened_title(text, size, glyphs)]
    return wrapped(text, size)


def _shortened_title(text: Text, width: int, glyphs: Glyphs) -> Text:
    """Cut a text to a width, but for a dim remark at its end if there is room."""
    size = len(text.plain)
    starts = [
        span.start
        for span in text.spans
        if span.style == Role.LATER and span.end == size and span.start
    ]
    if text.cell_len <= width or not starts:
        return shortened(text, width, glyphs)
    head, remark = text.divide([starts[-1]])
    room = width - remark.cell_len
    if room < _SHORTEST_TITLE:
        return shortened(text, width, glyphs)
    return words(shortened(head, room, glyphs), remark)
