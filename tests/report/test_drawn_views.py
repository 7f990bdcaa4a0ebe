"""What the learner sees: every view at every width, and laws over all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import strategies as st
from rich.text import Text

from llmpath.core.curriculum import lesson_slug
from llmpath.report.drawn.console import render
from llmpath.report.drawn.dispatch import DRAWINGS, drawing, lines
from llmpath.report.drawn.glyphs import ASCII, UNICODE
from llmpath.report.drawn.look import Look
from llmpath.report.drawn.theme import Role
from llmpath.report.views.contents import ListView, ShowTrackView, ShowView
from llmpath.report.views.planning import PlanView
from tests.conftest import Golden
from tests.report.screens import SCREENS, renamed_screens
from tests.strategies import law

if TYPE_CHECKING:
    from llmpath.report.drawn.dispatch import View

WIDTHS = (40, 60, 80, 120)
MODES = (
    ("40", Look(40, UNICODE)),
    ("80", Look(80, UNICODE)),
    ("120", Look(120, UNICODE)),
    ("80-ascii", Look(80, ASCII)),
)
TO_COPY = {Role.ID, Role.LINK, Role.COMMAND}
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
CONTROLS = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)

HOSTILE = (
    "[/b]",
    "[bold red]x[/bold red]",
    "\x1b[2J\x1b]8;;http://evil.example\x07",
    "\u202eabc\u2066",
    "a" + "\u0301" * 200,
    "x" * 300,
    "\u6ce8\u610f\u529b" * 40,
    "\U0001f468\u200d\U0001f469\u200d\U0001f467 family",
    "two\nlines\tand a tab\x9b",
    "",
    "   ",
)
TITLES = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=80))


def drawn(view: View, look: Look, *, color: bool = False) -> str:
    return render(drawing(view, look), width=look.width, color=color)


def too_wide(drawn_lines: Iterable[Text], width: int) -> list[str]:
    """The lines that are wider than allowed and hold nothing to copy."""
    return [
        line.plain
        for line in drawn_lines
        if line.cell_len > width and not TO_COPY & {span.style for span in line.spans}
    ]


@pytest.mark.parametrize(("mode", "look"), MODES)
@pytest.mark.parametrize("name", SCREENS)
def test_a_view_looks_as_it_did(
    name: str, mode: str, look: Look, golden: Golden
) -> None:
    golden(f"views/{name}-{mode}.txt", drawn(SCREENS[name], look))


def test_every_view_has_a_screen() -> None:
    assert {type(view).__name__ for view in SCREENS.values()} == set(DRAWINGS)


@pytest.mark.parametrize("name", SCREENS)
def test_no_line_is_wider_than_the_screen_but_what_is_to_be_copied(name: str) -> None:
    for width, glyphs in product(WIDTHS, (UNICODE, ASCII)):
        assert not too_wide(lines(SCREENS[name], Look(width, glyphs)), width)


@pytest.mark.parametrize("name", SCREENS)
def test_ascii_glyphs_are_ascii(name: str) -> None:
    assert drawn(SCREENS[name], Look(80, ASCII)).isascii()


@pytest.mark.parametrize("name", SCREENS)
def test_colour_is_never_the_only_sign(name: str) -> None:
    look = Look(80, UNICODE)
    coloured = drawn(SCREENS[name], look, color=True)
    assert COLOUR.sub("", coloured) == drawn(SCREENS[name], look)


@pytest.mark.parametrize("name", SCREENS)
def test_a_line_has_no_spaces_at_its_end(name: str) -> None:
    text = drawn(SCREENS[name], Look(80, UNICODE))
    assert not [line for line in text.splitlines() if line != line.rstrip()]


@pytest.mark.parametrize("name", SCREENS)
def test_blank_lines_stand_alone_and_between_lines(name: str) -> None:
    text = drawn(SCREENS[name], Look(80, UNICODE))
    assert "\n\n\n" not in text
    assert not text.startswith("\n")
    assert not text.endswith("\n\n")


@pytest.mark.parametrize("name", [each for each in SCREENS if each.startswith("plan")])
def test_every_day_of_a_plan_has_the_ids_of_its_lessons_to_type(name: str) -> None:
    view = SCREENS[name]
    assert isinstance(view, PlanView)
    days = [day for week in view.shown_weeks for day in week.days]
    planned = [view.plan.blocks[each].lesson for day in days for each in day.blocks]
    done = [each.id for day in days for each in day.done]
    for width in range(40, 131, 6):
        shown = drawn(view, Look(width, UNICODE)).split()
        assert {lesson_slug(each) for each in (*planned, *done)} <= {
            each.rpartition("/")[2] for each in shown
        }, width


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["list", "show", "show-lesson", "show-track"])
def test_a_lesson_that_was_put_off_says_until_when(name: str, width: int) -> None:
    view = SCREENS[name]
    assert isinstance(view, ListView | ShowView | ShowTrackView)
    look = Look(width, UNICODE)
    until = dict.fromkeys(["llmpath:lets-build-gpt/gpt-code-along"], date(2026, 12, 7))
    shown = " ".join(drawn(view._replace(put_off=until), look).split())

    assert "not before" not in " ".join(drawn(view, look).split())
    assert shown.count("not before Mon 7 Dec 2026") == (name != "show-track")


@law(TITLES, st.integers(40, 130), plain=15, thorough=400)
def test_hostile_text_comes_out_harmless(title: str, width: int) -> None:
    for view in renamed_screens(title).values():
        plain = drawn(view, Look(width, UNICODE))
        assert not CONTROLS.search(plain)
        assert not too_wide(lines(view, Look(width, UNICODE)), width)
        coloured = drawn(view, Look(width, UNICODE), color=True)
        assert not CONTROLS.search(COLOUR.sub("", coloured))


def test_markup_is_shown_as_it_is_written() -> None:
    text = drawn(renamed_screens("[/b] [red]x[/red]")["next"], Look(80, UNICODE))
    assert "[/b] [red]x[/red]" in text


def test_the_week_begins_on_the_day_of_the_looks() -> None:
    text = drawn(SCREENS["hours"], Look(80, UNICODE, week_starts=6))
    days = re.findall(r"^  ([A-Z][a-z]{2})  ", text, flags=re.MULTILINE)
    assert days == ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]


def test_a_link_stands_alone_on_its_line_and_whole() -> None:
    text = drawn(SCREENS["next"], Look(40, UNICODE))
    assert "  https://example.org/gpt-code-along\n" in text
