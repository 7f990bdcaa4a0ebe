"""A bar that grows while something takes long."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from rich.live import Live
from rich.text import Text

from llmpath.report.drawn.console import make_live_console
from llmpath.report.drawn.layout import joined, words
from llmpath.report.drawn.look import Look
from llmpath.report.drawn.tables import bar
from llmpath.report.drawn.theme import Role

_BAR = 24


@contextmanager
def growing_bar(
    file: TextIO, look: Look, total: int, things: str, *, color: bool
) -> Iterator[Callable[[int], None]]:
    """Draw a bar that goes when all is done; what it yields takes how many are done."""
    console = make_live_console(file, width=look.width, color=color)
    with Live(console=console, auto_refresh=False, transient=True) as live:

        def show(done: int) -> None:
            live.update(bar_line(done, total, things, look), refresh=True)

        show(0)
        yield show


def bar_line(done: int, total: int, things: str, look: Look) -> Text:
    """How much is done, as a bar and in words."""
    picture = bar(done, total, _BAR if look.width > 50 else 10, look.glyphs, Role.DONE)
    return joined([picture, words(f"{done} of {total} {things}")], "  ")
