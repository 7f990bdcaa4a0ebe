"""The one place that makes a Rich console."""

from __future__ import annotations

from io import StringIO
from typing import TextIO

from rich.console import Console, RenderableType

from llmpath.report.drawn.theme import THEME

_ANY_HEIGHT = 25


def make_console(
    file: TextIO, *, width: int, color: bool, emphasis: bool = False
) -> Console:
    """A console that reads nothing from its surroundings and changes no text.

    Drawings break their own lines, so it neither wraps nor crops.

    Args:
        color: Colours and emphasis; without both, no escape sequence is written.
        emphasis: Bold and dim text even without colour, as `NO_COLOR` allows.
    """
    is_styled = color or emphasis
    return Console(
        file=file,
        width=width,
        height=_ANY_HEIGHT,
        theme=THEME,
        color_system="standard" if is_styled else None,
        no_color=not color,
        force_terminal=is_styled,
        force_jupyter=False,
        force_interactive=False,
        legacy_windows=None if is_styled else False,
        soft_wrap=True,
        markup=False,
        emoji=False,
        highlight=False,
    )


def make_live_console(file: TextIO, *, width: int, color: bool) -> Console:
    """A console on a terminal, for what is drawn over again."""
    return Console(
        file=file,
        width=width,
        theme=THEME,
        color_system="standard" if color else None,
        no_color=not color,
        force_terminal=True,
        force_jupyter=False,
        markup=False,
        emoji=False,
        highlight=False,
    )


def render(
    drawn: RenderableType, *, width: int, color: bool, emphasis: bool = False
) -> str:
    """The text that a drawing writes, each line with its line break."""
    file = StringIO()
    make_console(file, width=width, color=color, emphasis=emphasis).print(drawn)
    return file.getvalue()
