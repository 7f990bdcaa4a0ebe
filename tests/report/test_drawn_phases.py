"""A long track fits a screen: what is finished or far away takes one line."""

from __future__ import annotations

import pytest

from llmpath.core.counting import Tally
from llmpath.core.summary import ModuleSummary, PhaseSummary
from llmpath.report.drawn.glyphs import UNICODE
from llmpath.report.drawn.look import Look
from llmpath.report.drawn.phases import phase_lines
from tests.builders import a_module

LOOK = Look(80, UNICODE)


def a_phase(name: str, modules: int, done: int) -> PhaseSummary:
    """A phase of modules with one lesson of an hour each, so many of them done."""
    rows = tuple(
        ModuleSummary(
            a_module(f"{name}-{nth}"),
            optional=False,
            status="done" if nth < done else "ready",
            tally=Tally(int(nth < done), 1, 60 * int(nth < done), 60),
        )
        for nth in range(modules)
    )
    total = Tally(done, modules, 60 * done, 60 * modules)
    return PhaseSummary(name, f"Phase {name}", total, rows)


def shown(*phases: PhaseSummary) -> list[str]:
    return [line.plain for line in phase_lines(phases, LOOK)]


def test_all_modules_of_a_short_track_are_shown() -> None:
    lines = shown(a_phase("one", 4, 4), a_phase("two", 4, 1), a_phase("three", 4, 0))
    assert len([line for line in lines if line.startswith("  ")]) == 12
    assert "more" not in lines[-1]


def test_finished_and_far_phases_of_a_long_track_take_one_line() -> None:
    lines = shown(a_phase("one", 12, 12), a_phase("two", 12, 3), a_phase("far", 12, 0))
    text = "\n".join(lines)
    assert "Two 4" in text
    assert "One 4" not in text
    assert "Far 4" not in text
    assert lines[-1] == "24 more modules: llmpath list"


@pytest.mark.parametrize("size", [20, 60, 200])
@pytest.mark.parametrize("done", [0, 15, 20])
def test_any_track_leaves_room_on_a_screen_of_40_lines(size: int, done: int) -> None:
    lines = shown(
        a_phase("one", 20, 20), a_phase("two", size, done), a_phase("three", 20, 0)
    )
    assert len(lines) <= 28


def test_a_phase_with_many_modules_shows_those_that_are_not_done() -> None:
    lines = shown(a_phase("one", 60, 50))
    text = "\n".join(lines)
    assert "One 50" in text
    assert "One 49" not in text
    assert lines[-1] == "50 more modules: llmpath list"
