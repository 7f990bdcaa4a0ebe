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
    bundled = read_curriculum(bundled_curriculum_path())
    file = str(bundled_curriculum_path())
    done = run("curriculum", "check", file, "--json")
    assert (done.code, done.stderr) == (0, "")
    answer = done.json()
    advice = answer.pop("advice")
    assert answer == {
        "schema": "llmpath/curriculum-check/1",
        "curriculum": "llmpath",
        "applied": False,
        "lessons": len(bundled.lessons),
        "faults": [],
        "changes": [],
        "files": [
            {
                "file": file,
                "curriculum": "llmpath",
                "title": bundled.title,
                "edition": bundled.edition,
                "tracks": len(bundled.tracks),
                "modules": len(bundled.modules),
                "lessons": len(bundled.lessons),
            }
        ],
    }
    # Courses give no address of their parts, and labs none of their steps.
    kinds = {each["reason"].partition(": ")[2].partition(":")[0] for each in advice}
    assert {kind.partition(" that of")[0] for kind in kinds} == {
        *("the same link as another lesson here", "over 3 hours", "the same link as"),
    }
    assert len({(each["path"], each["reason"]) for each in advice}) == len(advice)
    assert not run.home.exists()


@pytest.mark.parametrize(
    "name",
    [
        *("../x", "a/b", "a\n", "", "CON", "\u0430", "a\u200b", "a" * 65),
        *(
            pytest.param(name, marks=pytest.mark.thorough)
            for name in (
                *("/etc/x", "..", "a.", "a:b", "a b", "-a"),
                *("A", "\uff41", "caf\u00e9", "cafe\u0301"),
            )
        ),
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
        "advice",
        "files",
    ]
    assert (answer["curriculum"], answer["files"]) == (None, [])
    assert {each["path"] for each in answer["faults"]} == {
        "title",
        "modules[0].lessons[0].minutes",
        "modules[1].prerequisites[0].module",
    }
    assert list(answer["faults"][0]) == [
        *("file", "path", "line", "reason", "remedy", "column"),
    ]


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("mine.json", '{\n"format": 1,\n', "3:1: not JSON: "),
        ("mine.toml", "format = 1\nid = mine\n", "2:6: not TOML: "),
        ("README", "# Mine\n\n- [ ] one\n", "3:3: neither JSON nor TOML: "),
    ],
)
def test_a_syntax_error_has_its_line_and_column(
    run: Program, tmp_path: Path, name: str, text: str, place: str
) -> None:
    file = tmp_path / name
    file.write_text(text)
    done = run("curriculum", "check", file)
    assert (done.code, done.stdout) == (5, "")
    assert done.stderr.splitlines()[1].startswith(f"  {file}:{place}")
    (fault,) = run("curriculum", "check", file, "--json").json()["faults"]
    line, column, _ = place.split(":", 2)
    assert (fault["line"], fault["column"]) == (int(line), int(column))


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


def short(document: dict[str, Any], **changed: object) -> dict[str, Any]:
    """The shorter road alone, of which there is no advice."""
    track = document["tracks"][0]
    used = {each["module"] for each in track["phases"][0]["modules"]}
    modules = [each for each in document["modules"] if each["id"] in used]
    for module in modules:
        module["prerequisites"] = []
        for number, each in enumerate(module["lessons"]):
            each["url"] = f"{each['url']}#{number}"
    return {**document, "tracks": [track], "modules": modules, "id": "mine", **changed}


def test_advice_is_no_fault_unless_it_is_to_be(
    run: Program, tmp_path: Path, document: dict[str, Any]
) -> None:
    mine = short(document)
    file = written(tmp_path, mine)
    assert run("curriculum", "check", file, "--strict").code == 0
    mine["modules"][0]["lessons"][0]["url"] = None
    written(tmp_path, mine)
    name = mine["modules"][0]["id"]
    what = f"{name}/{mine['modules'][0]['lessons'][0]['id']}: without a link"
    remedy = "add the address of what is to be done"

    plain = run("curriculum", "check", file, "--plain")
    assert (plain.code, plain.stderr) == (0, "")
    assert plain.stdout.splitlines()[1:] == [
        f"{file}\tmodules[0].lessons[0].url\t\t{what}\t{remedy}\t"
    ]
    said = run("curriculum", "check", file, env={"ACCESSIBLE": "1"}).stdout
    assert said.splitlines()[2:] == [
        f"Advice: {file}: modules[0].lessons[0].url: {what}; {remedy}"
    ]
    strict = run("curriculum", "check", file, "--strict")
    assert (strict.code, strict.stdout) == (5, "")
    assert strict.stderr.splitlines() == [
        f"error: {file} has no fault, and 1 piece of advice",
        f"  {file}: modules[0].lessons[0].url: {what}; {remedy}",
    ]
    build = run("curriculum", "check", file, "--strict", "--json")
    assert (build.code, build.json()["faults"]) == (5, [])
    assert [each["reason"] for each in build.json()["advice"]] == [what]


def test_advice_stands_beside_faults(
    run: Program, tmp_path: Path, document: dict[str, Any]
) -> None:
    mine = short(document)
    (at, *_), lesson = mine["modules"], mine["modules"][0]["lessons"][0]
    lesson["url"] = None
    at["prerequisites"] = [{"module": "nowhere", "reason": "used here"}]
    file = written(tmp_path, mine)
    place = f"{at['id']}/{lesson['id']}"
    advice = f"  advice: {file}: modules[0].lessons[0].url: {place}: without a link"

    done = run("curriculum", "check", file)
    assert (done.code, done.stdout) == (5, "")
    head, fault, told = done.stderr.splitlines()
    assert head == f"error: {file} has 1 fault"
    assert "no module has the id nowhere" in fault
    assert told.startswith(advice)
    document = run("curriculum", "check", file, "--json").json()
    assert [each["path"] for each in document["advice"]] == [
        "modules[0].lessons[0].url"
    ]


def test_several_files_are_checked_together(
    run: Program, tmp_path: Path, document: dict[str, Any]
) -> None:
    good, empty = written(tmp_path, short(document)), tmp_path / "empty.toml"
    both = run("curriculum", "check", good, good, "--json").json()
    assert both["curriculum"] is None
    assert [each["curriculum"] for each in both["files"]] == ["mine", "mine"]
    assert both["lessons"] == 2 * both["files"][0]["lessons"]

    empty.write_text("\n")
    odd = run("curriculum", "check", good, empty, "--json")
    assert odd.code == 5
    assert odd.stderr.startswith("error: 1 of 2 files has 1 fault\n")
    assert [each["file"] for each in odd.json()["files"]] == [str(good)]
    assert [each["file"] for each in odd.json()["faults"]] == [str(empty)]


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
