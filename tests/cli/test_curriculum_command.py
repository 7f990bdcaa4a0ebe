from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from llmpath.storage.curricula import bundled_curriculum_path, read_curriculum
from tests.cli.program import Program


@pytest.fixture
def document() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(bundled_curriculum_path().read_bytes())
    return loaded


def written(folder: Path, document: object) -> Path:
    file = folder / "mine.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    return file


def test_the_bundled_curriculum_is_in_order(run: Program) -> None:
    done = run("curriculum", "check", bundled_curriculum_path(), "--json")
    assert done.code == 0
    assert done.json() == {
        "schema": "llmpath/curriculum-check/1",
        "curriculum": "llmpath",
        "applied": False,
        "lessons": len(read_curriculum(bundled_curriculum_path()).lessons),
        "faults": [],
        "changes": [],
    }
    assert not run.home.exists()


@pytest.mark.parametrize(
    "name",
    [
        *("../x", "/etc/x", "..", "a.", "a/b", "a:b", "a b", "a\n", "", "-a", "CON"),
        *("A", "\uff41", "caf\u00e9", "cafe\u0301", "\u0430", "a\u200b", "a" * 65),
    ],
)
def test_an_id_that_could_be_a_path_or_look_like_another_is_refused(
    run: Program, tmp_path: Path, document: dict[str, Any], name: str
) -> None:
    for entry in (
        document,
        document["tracks"][0],
        document["tracks"][0]["phases"][0],
        document["modules"][0],
        document["modules"][0]["lessons"][0],
    ):
        before, entry["id"] = entry["id"], name
        done = run("curriculum", "check", written(tmp_path, document))
        assert (done.code, done.stdout) == (5, "")
        assert "id: " in done.stderr
        entry["id"] = before
    assert {each.name for each in tmp_path.iterdir()} == {"mine.json"}


def test_every_fault_is_told_and_a_build_gets_them_as_json(
    run: Program, tmp_path: Path, document: dict[str, Any]
) -> None:
    document["modules"][0]["lessons"][0]["minutes"] = 0
    document["modules"][1]["prerequisites"] = [{"module": "nowhere", "reason": "x"}]
    del document["title"]
    file = written(tmp_path, document)
    plain = run("curriculum", "check", file)
    assert (plain.code, plain.stdout) == (5, "")
    lines = plain.stderr.splitlines()
    assert lines[0] == f"error: {file} has 3 faults"
    assert len(lines) == 4
    build = run("curriculum", "check", file, "--json")
    assert (build.code, build.stderr) == (5, plain.stderr)
    answer = build.json()
    assert list(answer) == [
        "schema",
        "curriculum",
        "applied",
        "lessons",
        "faults",
        "changes",
    ]
    assert {each["path"] for each in answer["faults"]} == {
        "title",
        "modules[0].lessons[0].minutes",
        "modules[1].prerequisites[0].module",
    }
    assert list(answer["faults"][0]) == ["file", "path", "line", "reason", "remedy"]


def test_a_syntax_error_has_its_line(run: Program, tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    file.write_text('{\n"format": 1,\n')
    done = run("curriculum", "check", file)
    assert done.code == 5
    assert f"{file}:3: not JSON" in done.stderr


def test_a_curriculum_comes_through_a_pipe(
    run: Program, document: dict[str, Any]
) -> None:
    document["id"] = "mine"
    done = run("curriculum", "check", "-", "--json", stdin=json.dumps(document))
    assert (done.code, done.json()["curriculum"]) == (0, "mine")


def test_the_answer_in_sentences(run: Program, tmp_path: Path) -> None:
    file = written(tmp_path, json.loads(bundled_curriculum_path().read_bytes()))
    done = run("curriculum", "check", file, env={"ACCESSIBLE": "1"})
    assert done.stdout.startswith(f"{file} is in order.\n")


@pytest.mark.parametrize("name", ["nowhere.json", "."])
def test_a_file_that_cannot_be_read_is_named(
    run: Program, tmp_path: Path, name: str
) -> None:
    done = run("curriculum", "check", tmp_path / name)
    assert (done.code, done.stdout) == (1, "")
    assert done.stderr.startswith(f"error: cannot read {tmp_path / name}: ")


def test_a_file_above_the_limit_is_refused(run: Program, tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    with file.open("wb") as stream:
        stream.truncate(100 * 2**20)
    done = run("curriculum", "check", file)
    assert (done.code, "larger than 5 MiB" in done.stderr) == (5, True)
