"""`curriculum add`, `list`, `show` and `remove`, from a home of its own to a plan."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.program import Program
from tests.cli.states import without_note
from tests.storage.test_curriculum_copies import LESSON, MODULE, a_text

SHARED = "https://www.youtube.com/watch?v=zduSFxRajkE"


def lesson(number: int, **changed: Any) -> dict[str, Any]:  # noqa: ANN401 - of a document
    url = f"https://example.org/{number}"
    name = {"id": f"l{number}", "title": f"Lesson {number}", "url": url}
    return LESSON | name | changed


def a_file(tmp_path: Path, *lessons: dict[str, Any], **changed: Any) -> Path:  # noqa: ANN401 - of a document
    path = tmp_path / "own.json"
    module = MODULE | {"lessons": [*lessons] or [lesson(n) for n in range(3)]}
    path.write_text(a_text(modules=[module], **changed))
    return path


def added(run: Program, path: Path, *options: str) -> dict[str, Any]:
    done = run("curriculum", "add", path, *options, "--json")
    assert (done.code, without_note(done.stderr)) == (0, ""), done
    document: dict[str, Any] = done.json()
    return document


def curricula_of(run: Program) -> dict[str, dict[str, Any]]:
    found = run("curriculum", "list", "--json").json()["curricula"]
    return {each["id"]: each for each in found}


def test_an_added_curriculum_is_listed_planned_and_studied(
    run: Program, tmp_path: Path
) -> None:
    document = added(run, a_file(tmp_path))
    assert (document["curriculum"], document["applied"]) == ("own", True)
    assert [each["id"] for each in document["tracks"]] == ["own:main"]

    assert list(curricula_of(run)) == ["llmpath", "own"]
    tracks = run("tracks", "--json").json()["tracks"]
    assert "own:main" in [each["id"] for each in tracks]
    assert run("start", "--track", "own:main", "--hours", "3").code == 0
    (first, *_) = run("next", "--json").json()["lessons"]
    assert first["id"] == "own:first/l0"
    assert run("done", "first/l0", "--json").json()["changed"] == ["own:first/l0"]
    status = run("status", "--json").json()
    assert status["progress"]["done_lessons"] == 1
    assert status["curriculum"] == {"id": "own", "edition": "1"}


def test_the_file_is_not_needed_any_more(run: Program, tmp_path: Path) -> None:
    path = a_file(tmp_path)
    added(run, path)
    path.unlink()
    assert run("show", "own:first").code == 0


def test_a_dry_run_says_the_same_and_writes_nothing(
    run: Program, tmp_path: Path
) -> None:
    path = a_file(tmp_path)
    document = added(run, path, "--dry-run")
    assert not run.home.exists()
    real = added(run, path)
    assert {key for key in document if document[key] != real[key]} == {
        "applied",
        "event",
    }


def test_what_is_there_already_is_not_added_again(run: Program, tmp_path: Path) -> None:
    path = a_file(tmp_path)
    added(run, path)
    again = added(run, path)
    assert (again["applied"], again["event"]) == (False, None)
    assert len(run("history", "--json").json()["events"]) == 1


def test_another_one_with_the_same_id_is_refused_or_takes_another_name(
    run: Program, tmp_path: Path
) -> None:
    added(run, a_file(tmp_path))
    path = a_file(tmp_path, title="Another")
    refused = run("curriculum", "add", path)
    assert (refused.code, refused.stdout) == (1, "")
    assert without_note(refused.stderr) == (
        "error: a curriculum has the id own already\n"
        f"  try: llmpath curriculum update {path}, or add it with --as NAME\n"
    )
    assert added(run, path, "--as", "another")["curriculum"] == "another"
    assert curricula_of(run)["another"]["title"] == "Another"


def test_a_document_without_a_title_is_called_by_its_folder_and_says_so(
    run: Program, tmp_path: Path
) -> None:
    path = tmp_path / "bee-keeping" / "docs" / "README.md"
    path.parent.mkdir(parents=True)
    path.write_text("- [A](https://example.org/a)\n")

    document = added(run, path, "--dry-run")
    assert document["curriculum"] == "bee-keeping"
    assert document["guessed"][0] == (
        "the title 'bee-keeping', from the name of the folder"
    )
    assert [each["id"] for each in document["tracks"]] == [
        "bee-keeping:bee-keeping-track"
    ]

    document = added(run, path, "--as", "hives")
    assert document["guessed"][0] == "the title 'hives', from --as"
    assert curricula_of(run)["hives"]["title"] == "hives"


def test_the_folder_of_a_learner_names_no_document(
    run: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    (tmp_path / "README.md").write_text("- [A](https://example.org/a)\n")

    document = added(run, tmp_path / "README.md", "--dry-run")
    assert document["curriculum"] == "imported-curriculum"
    assert document["guessed"][0] == (
        "the title 'Imported curriculum', as nothing names it"
    )


def test_the_name_of_the_bundled_curriculum_cannot_be_taken(
    run: Program, tmp_path: Path
) -> None:
    refused = run("curriculum", "add", a_file(tmp_path), "--as", "llmpath")
    assert refused.code == 1
    assert "comes with the program" in refused.stderr


@pytest.mark.parametrize("name", ["A", "", "a b", "../a", "-a", "a" * 65, "é"])
def test_what_cannot_be_an_id_is_wrong_usage(
    name: str, run: Program, tmp_path: Path
) -> None:
    refused = run("curriculum", "add", a_file(tmp_path), f"--as={name}")
    assert (refused.code, refused.stdout) == (2, "")
    assert not run.home.exists()


def test_an_unknown_form_is_refused_with_the_forms(
    run: Program, tmp_path: Path
) -> None:
    path = a_file(tmp_path)
    refused = run("curriculum", "add", path, "--format", "docx")
    assert (refused.code, refused.stdout) == (2, "")
    names = "llmpath, markdown, ossu, roadmap-md, roadmap-sh, summary, text, toctree"
    said = f"error: no form is called 'docx'\n  try: {names}\n"
    assert refused.stderr == said
    shown = " ".join(run("curriculum", "add", "--help").stdout.split())
    assert names in shown
    assert ".md " not in shown.partition("Example:")[0].replace("SUMMARY.md ", "")


def test_the_bundled_curriculum_is_not_updated_from_a_file(
    run: Program, tmp_path: Path
) -> None:
    refused = run("curriculum", "update", a_file(tmp_path), "--as", "llmpath")
    assert (refused.code, refused.stdout) == (1, "")
    said = "error: llmpath comes with the program, and changes with it\n"
    assert without_note(refused.stderr) == said


def test_adding_and_removing_are_undone(run: Program, tmp_path: Path) -> None:
    added(run, a_file(tmp_path))
    assert run("undo").code == 0
    assert list(curricula_of(run)) == ["llmpath"]
    assert run("redo").code == 0
    assert list(curricula_of(run)) == ["llmpath", "own"]
    assert run("curriculum", "remove", "own").code == 0
    assert list(curricula_of(run)) == ["llmpath"]
    assert run("undo").code == 0
    assert list(curricula_of(run)) == ["llmpath", "own"]


def test_what_was_done_counts_again_when_a_curriculum_comes_back(
    run: Program, tmp_path: Path
) -> None:
    path = a_file(tmp_path)
    added(run, path)
    run("done", "own:first/l1")
    dry = run("curriculum", "remove", "own", "--dry-run", env={"ACCESSIBLE": "1"})
    assert (
        dry.stdout == "Would remove own.\n1 done lesson of it stays in the journal.\n"
    )
    assert run("curriculum", "remove", "own").code == 0
    added(run, path)
    (track,) = curricula_of(run)["own"]["tracks"]
    assert track["done_lessons"] == 1


def test_a_curriculum_that_is_studied_is_not_removed(
    run: Program, tmp_path: Path
) -> None:
    added(run, a_file(tmp_path))
    run("start", "--track", "own:main")
    refused = run("curriculum", "remove", "own")
    assert (refused.code, without_note(refused.stderr).splitlines()[0]) == (
        1,
        "error: a track of own is active",
    )
    assert run("start", "--none").code == 0
    assert run("curriculum", "remove", "own").code == 0


@pytest.mark.parametrize("command", ["show", "remove"])
def test_an_unknown_curriculum_is_named_with_those_there_are(
    command: str, run: Program
) -> None:
    refused = run("curriculum", command, "nowhere")
    assert (refused.code, refused.stdout) == (1, "")
    assert without_note(refused.stderr) == (
        "error: no curriculum has the id 'nowhere'\n  there are: llmpath\n"
        "  try: llmpath curriculum list\n"
    )


def test_the_bundled_curriculum_is_shown_and_not_removed(run: Program) -> None:
    shown = run("curriculum", "show", "llmpath", "--json").json()
    assert [each["id"] for each in shown["curricula"][0]["tracks"]] == [
        "short",
        "long",
        "guide",
    ]
    assert run("curriculum", "remove", "llmpath").code == 1


def test_a_copy_that_is_gone_is_told_and_comes_back_with_the_file(
    run: Program, tmp_path: Path
) -> None:
    path = a_file(tmp_path)
    added(run, path)
    (copy,) = (run.home / "data" / "curricula").iterdir()
    copy.unlink()
    told = run("tracks")
    assert told.code == 0
    assert without_note(told.stderr) == (
        "warning: the curriculum own is not here or is damaged;"
        " see: llmpath curriculum list\n"
    )
    assert curricula_of(run)["own"]["lessons"] is None
    checked = run("doctor", "--json")
    details = {each["name"]: each["detail"] for each in checked.json()["checks"]}
    assert (checked.code, details["curriculum"]) == (
        6,
        (
            "the copy of own is not here or is damaged: llmpath sync, or llmpath"
            " curriculum add FILE with the same file"
        ),
    )
    assert run("curriculum", "add", path).code == 0
    assert without_note(run("tracks").stderr) == ""


def test_a_backup_brings_the_curricula_along(run: Program, tmp_path: Path) -> None:
    added(run, a_file(tmp_path))
    run("start", "--track", "own:main")
    run("done", "l0")
    backup = tmp_path / "backup.json"
    assert run("export", "json", "-o", backup).code == 0

    other = Program(tmp_path / "other")
    taken = other("import", backup, "--json").json()
    assert taken["applied"]

    for command in (("status", "--json"), ("curriculum", "list", "--json"), ("plan",)):
        assert other(*command).stdout == run(*command).stdout
    assert not other("import", backup, "--json").json()["applied"]


def test_a_backup_with_a_curriculum_that_is_none_is_refused(
    run: Program, tmp_path: Path
) -> None:
    added(run, a_file(tmp_path))
    backup = tmp_path / "backup.json"
    run("export", "json", "-o", backup)
    document = json.loads(backup.read_text())
    document["curricula"][0]["modules"][0]["lessons"][0]["minutes"] = -1
    backup.write_text(json.dumps(document))

    other = Program(tmp_path / "other")
    taken = other("import", backup)
    # another text has another name, which no record names
    assert taken.code == 0
    assert list((tmp_path / "other" / "data").glob("curricula/*")) == []


def test_lessons_of_the_same_link_are_offered_and_linked_only_when_asked_for(
    run: Program, tmp_path: Path
) -> None:
    path = a_file(tmp_path, lesson(0), lesson(1, url=SHARED))
    document = added(run, path, "--dry-run")
    assert [each["lesson"] for each in document["same_lessons"]] == ["own:first/l1"]
    assert not added(run, path)["linked"]
    run("undo")
    assert added(run, path, "--link")["linked"]

    assert run("done", "gpt-tokenizer/build-a-tokenizer").code == 0
    shown = run("show", "own:first/l1", "--json").json()
    assert [each["status"] for each in shown["lessons"]] == ["done"]
    assert run("reopen", "own:first/l1").code == 0
    shown = run("show", "own:first/l1", "--json").json()
    assert [each["status"] for each in shown["lessons"]] == ["ready"]
    shown = run("show", "gpt-tokenizer/build-a-tokenizer", "--json").json()
    assert [each["status"] for each in shown["lessons"]] == ["done"]


BAD: list[tuple[str, bytes, str]] = [
    ("empty.json", b"", "the file is empty"),
    ("blank.md", b" \n\n", "the file is empty"),
    ("binary.md", b"\x00\x01\x02", "not a text"),
    ("wide.md", "# A\n\n- a\n".encode("utf-16"), "UTF-16"),
    ("page.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "not a text"),
    ("map.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not a text"),
    ("latin.md", "é".encode("latin-1"), "not UTF-8"),
]


@pytest.mark.parametrize(
    ("name", "data", "reason"), BAD, ids=lambda each: str(each)[:9]
)
def test_what_is_no_curriculum_is_refused_whole(
    name: str, data: bytes, reason: str, run: Program, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    refused = run("curriculum", "add", path)
    assert (refused.code, refused.stdout) == (5, "")
    assert reason in refused.stderr
    assert not run.home.exists()


@pytest.mark.parametrize("command", ["check", "add", "update"])
@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("", 2, "error: the name of the file is empty\n"),
        ("file:///no/where%20.md", 1, "\n  try: the path alone: /no/where .md\n"),
        ("ftp://a.example/x.md", 1, "\n  try: download it, and give the file\n"),
        ("nowhere.md", 1, "error: cannot read nowhere.md: no such file or directory\n"),
    ],
)
def test_what_names_no_file_is_told_with_what_to_give(
    command: str, name: str, code: int, said: str, run: Program
) -> None:
    refused = run("curriculum", command, name)
    assert (refused.code, refused.stdout) == (code, "")
    assert said in refused.stderr


@pytest.mark.parametrize("command", ["check", "add", "update"])
@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("own.json", '{"format": 1,\n "id" 2}', ":2:7: not JSON: Expecting ':'"),
        ("own", '{"format": 1,\n "id": "o', ":2:8: not JSON: Unterminated string"),
        ("own", '{"a":' * 10_000, ": objects and lists stand more than 8 deep"),
        ("own.json", "[]", ": not an object"),
        ("own", "[]", ": not an object"),
        ("own", "format = 1\nid = own", ":2:6: not TOML: Invalid value"),
        ("own.toml", "[[tracks]]\nid", ":2:3: not TOML: "),
    ],
)
def test_a_broken_curriculum_is_told_with_its_place(
    name: str, text: str, place: str, *, command: str, run: Program, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_text(text)
    refused = run("curriculum", command, path)
    assert (refused.code, refused.stdout) == (5, "")
    assert f"  {path}{place}" in refused.stderr
    assert not run.home.exists()


def test_every_fault_is_told_at_once(run: Program, tmp_path: Path) -> None:
    path = a_file(tmp_path, lesson(0, minutes=0), lesson(1, kind="song"))
    refused = run("curriculum", "add", path)
    assert refused.code == 5
    assert refused.stderr.count(f"{path}: modules[0].lessons") == 2
    assert not run.home.exists()


def test_a_file_of_a_hundred_megabytes_is_not_read_whole(
    run: Program, tmp_path: Path
) -> None:
    path = tmp_path / "big.md"
    with path.open("wb") as file:
        file.truncate(100 * 2**20)
    refused = run("curriculum", "add", path)
    assert (refused.code, "larger than 5 MiB" in refused.stderr) == (5, True)


def test_a_source_of_too_much_is_refused_for_what_it_has(
    run: Program, tmp_path: Path
) -> None:
    header = "Course | Duration | Effort\n-|-|-\n"
    path = tmp_path / "own.md"
    path.write_text(header + "A | 1 week | 1 hour/week\n" * 1001)
    refused = run("curriculum", "add", path)
    assert (refused.code, "1,001 modules in" in refused.stderr) == (5, True)

    listed = "- [All](a.md)\n" + "".join(
        f"  - [{'水' * 290} {at}](a.md)\n" for at in range(3000)
    )
    path.write_text(listed)
    refused = run("curriculum", "add", path, "--format", "summary")
    assert (refused.code, "of its 3,001 lessons is larger" in refused.stderr) == (
        5,
        True,
    )
    assert list(curricula_of(run)) == ["llmpath"]
