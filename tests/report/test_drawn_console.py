"""The console: what it writes depends on its arguments alone."""

from __future__ import annotations

import pytest
from rich.text import Text

from llmpath.report.drawn.console import render
from llmpath.report.drawn.theme import Role

HEADING = Text("[b]Deep :smile: 1234 Learning[/b]", Role.HEADING)
DONE = Text("done", Role.DONE)


@pytest.fixture(
    params=[
        {"NO_COLOR": "1"},
        {"FORCE_COLOR": "1"},
        {"TERM": "dumb"},
        {"COLUMNS": "10"},
        {"TTY_COMPATIBLE": "1", "TTY_INTERACTIVE": "1", "COLORTERM": "truecolor"},
    ]
)
def surroundings(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in request.param.items():
        monkeypatch.setenv(name, value)


@pytest.mark.usefixtures("surroundings")
def test_no_escape_is_written_without_colour() -> None:
    assert render(HEADING, width=80, color=False) == HEADING.plain + "\n"


@pytest.mark.usefixtures("surroundings")
def test_colours_are_those_of_the_terminal() -> None:
    assert render(DONE, width=80, color=True) == "\x1b[32mdone\x1b[0m\n"


@pytest.mark.usefixtures("surroundings")
def test_emphasis_alone_has_no_colour() -> None:
    assert render(DONE, width=80, color=False, emphasis=True) == "done\n"
    bold = render(HEADING, width=80, color=False, emphasis=True)
    assert bold == f"\x1b[1m{HEADING.plain}\x1b[0m\n"


def test_lines_are_neither_wrapped_nor_cropped() -> None:
    link = "https://example.org/" + "a" * 90
    assert render(Text(link), width=40, color=False) == link + "\n"
