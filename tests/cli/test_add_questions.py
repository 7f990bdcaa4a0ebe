"""What `curriculum add` says and asks at a terminal before it writes anything."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.cli.program import Program
from tests.cli.states import without_note, written_in
from tests.cli.test_curricula import a_file, curricula_of

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminals", allow_module_level=True)

from tests.cli.terminal import Terminal

LIST = """\
# Bread

A few words.

- [x] [Dough](https://example.org/0)
- [Oven](https://example.org/oven) (2 hours)
"""
READING = """\
Would add Bread as bread: 1 track, 2 lessons.
Read as a Markdown roadmap or checklist, with lessons in lists.
1 lesson is ticked; --ticks takes them for done.
Understood: the whole document is one track
Stated by the source: 2 hours
Our estimate: 10 minutes to 1 hour 55 minutes for 1 lesson without a time of its
    own
Left out: line 3: A few words. (paragraph)
Add it? [y/N] """
LINKING = """\
The same link: Dough (bread:bread/dough and own:first/l0)
Link it, so that done in one is done in both? [y/N] """


@pytest.fixture
def terminal(run: Program) -> Terminal:
    return Terminal(run)


@pytest.fixture
def bread(tmp_path: Path) -> Path:
    path = tmp_path / "bread.md"
    path.write_text(LIST)
    return path


def test_what_is_read_guessed_and_left_out_is_said_before_anything_is_written(
    terminal: Terminal, run: Program, bread: Path
) -> None:
    before = written_in(run.home)

    shown = terminal("curriculum", "add", str(bread), typed="n\n")
    assert without_note(shown.stderr).startswith(READING)
    assert shown.code == 1
    assert "nothing was added" in shown.stderr
    assert written_in(run.home) == before

    shown = terminal("curriculum", "add", str(bread), typed="y\n")
    assert without_note(shown.stderr) == READING
    assert shown.code == 0
    assert "Left out" not in shown.text
    assert "bread" in curricula_of(run)


@pytest.mark.parametrize("answer", ["y", "n"])
def test_lessons_of_another_curriculum_are_named_before_they_are_linked(
    terminal: Terminal, run: Program, bread: Path, tmp_path: Path, answer: str
) -> None:
    assert run("curriculum", "add", a_file(tmp_path)).code == 0

    shown = terminal("curriculum", "add", str(bread), typed=f"y\n{answer}\n")

    assert without_note(shown.stderr).endswith(LINKING)
    assert run("done", "own:first/l0").code == 0
    lesson = run("show", "bread:bread/dough", "--json").json()
    assert (lesson["status"] == "done") is (answer == "y")


def test_without_a_terminal_or_with_yes_nothing_is_asked(
    terminal: Terminal, run: Program, bread: Path
) -> None:
    shown = terminal("-y", "curriculum", "add", str(bread))
    assert (shown.code, without_note(shown.stderr)) == (0, "")
    assert "Left out" in shown.text
    assert run("curriculum", "remove", "bread").code == 0
    assert run("curriculum", "add", bread).code == 0


def test_a_curriculum_in_the_own_format_is_not_asked_about(
    terminal: Terminal, tmp_path: Path
) -> None:
    shown = terminal("curriculum", "add", str(a_file(tmp_path)))
    assert (shown.code, without_note(shown.stderr)) == (0, "")
