"""A curriculum that is in force and is given again to `add` or `update`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.program import Program

LATER = "2026-12-24"
SHARED = "https://www.youtube.com/watch?v=zduSFxRajkE"
ROAD = f"# Road\n\n- [ ] [A](https://example.org/a)\n- [x] [Shared]({SHARED})\n"


@pytest.fixture(name="road")
def _road(tmp_path: Path, run: Program) -> Path:
    path = tmp_path / "road.md"
    path.write_text(ROAD, encoding="utf-8")
    assert run("curriculum", "add", path).code == 0
    return path


def answer(run: Program, *arguments: str | Path, **given: Any) -> dict[str, Any]:  # noqa: ANN401 - options of a run
    result = run("curriculum", *arguments, "--json", **given)
    assert result.code == 0, result
    document: dict[str, Any] = result.json()
    return document


def said(run: Program, *arguments: str | Path, today: str = LATER) -> list[str]:
    result = run("curriculum", *arguments, env={"ACCESSIBLE": "1"}, today=today)
    assert result.code == 0, result
    return result.stdout.splitlines()


def records(run: Program) -> int:
    return len(run("history", "--json").json()["events"])


def copies(run: Program) -> list[str]:
    return sorted(each.name for each in (run.home / "data" / "curricula").iterdir())


@pytest.mark.parametrize("command", ["add", "update"])
@pytest.mark.parametrize("dry", [(), ("--dry-run",)])
def test_an_import_that_did_not_change_is_not_written_again_on_another_day(
    command: str, dry: tuple[str, ...], run: Program, road: Path
) -> None:
    before = copies(run)
    again = answer(run, command, road, *dry, today=LATER)

    assert (again["applied"], again["event"], again["changes"]) == (False, None, [])
    assert again["edition"] == "2026-11-20"
    assert (records(run), copies(run)) == (1, before)
    first = {
        "add": "road is there already.",
        "update": "road is in force as it is; nothing changed.",
    }
    assert said(run, command, road, *dry)[0] == first[command]


def test_neither_is_one_that_was_updated_before(run: Program, road: Path) -> None:
    road.write_text(ROAD.replace("[A]", "[Alpha]"), encoding="utf-8")
    assert answer(run, "update", road, today="2026-11-30")["applied"]
    again = answer(run, "update", road, today=LATER)
    assert (again["applied"], again["edition"]) == (False, "2026-11-30")


def test_neither_is_one_from_another_folder(
    run: Program, road: Path, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    other = road.rename(tmp_path / "other" / "road.md")
    assert not answer(run, "update", other, today=LATER)["applied"]


def test_a_copy_that_is_gone_comes_back_on_another_day(
    run: Program, road: Path
) -> None:
    (name,) = copies(run)
    (run.home / "data" / "curricula" / name).unlink()
    assert said(run, "add", road)[0] == "The copy of road is there again."
    assert copies(run) == [name]


@pytest.mark.parametrize("command", ["add", "update"])
def test_what_is_ticked_is_taken_over_when_it_is_asked_for(
    command: str, run: Program, road: Path
) -> None:
    open_ = "1 lesson is ticked; --ticks takes them for done."
    assert open_ in said(run, command, road)
    would = said(run, command, road, "--ticks", "--dry-run")
    assert "1 lesson is ticked and is taken for done." in would
    assert records(run) == 1

    done = answer(run, command, road, "--ticks", today=LATER)
    assert done["applied"]
    shown = run("show", "road:road/shared", "--json").json()
    assert [each["status"] for each in shown["lessons"]] == ["done"]

    again = said(run, command, road, "--ticks")
    assert "What is ticked in it is done already." in again
    assert records(run) == 2
    assert run("undo").code == 0
    assert open_ in said(run, command, road)


def test_ticks_are_asked_for_where_there_are_none(run: Program, road: Path) -> None:
    road.write_text(ROAD.replace("[x]", "[ ]"), encoding="utf-8")
    assert "Nothing is ticked." in said(run, "add", road, "--ticks")


def test_lessons_are_linked_later(run: Program, road: Path) -> None:
    offered = said(run, "add", road)
    assert any("can be linked with --link" in each for each in offered)
    assert not any("linked" in each for each in said(run, "add", road, "--no-link"))

    linked = answer(run, "add", road, "--link", today=LATER)
    assert (linked["applied"], linked["linked"]) == (True, True)
    assert run("done", "gpt-tokenizer/build-a-tokenizer").code == 0
    shown = run("show", "road:road/shared", "--json").json()
    assert [each["status"] for each in shown["lessons"]] == ["done"]

    again = said(run, "add", road, "--link")
    assert "No lesson of it is left to be linked." in again
    assert not any("can be linked" in each for each in said(run, "add", road))


def test_quiet_says_nothing_of_what_is_there(run: Program, road: Path) -> None:
    for command in ("add", "update"):
        result = run("curriculum", command, road, "-q", today=LATER)
        assert (result.code, result.stdout) == (0, "")
