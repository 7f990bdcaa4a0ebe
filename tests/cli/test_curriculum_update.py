"""`curriculum update`: a new edition loses no tick and marks nothing by itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.program import Program
from tests.cli.states import without_note
from tests.cli.test_curricula import a_file, added, curricula_of, lesson
from tests.storage.test_curriculum_copies import MODULE


@pytest.fixture
def own(run: Program, tmp_path: Path) -> Path:
    """A curriculum of four lessons, the first two done."""
    path = a_file(tmp_path, *(lesson(number) for number in range(4)))
    added(run, path)
    assert run("start", "--track", "own:main", "--hours", "1").code == 0
    assert run("done", "own:first/l0", "own:first/l1").code == 0
    return path


def updated(run: Program, path: Path, *options: str) -> dict[str, Any]:
    done = run("curriculum", "update", path, *options, "--json")
    assert (done.code, without_note(done.stderr)) == (0, ""), done
    document: dict[str, Any] = done.json()
    return document


def statuses(run: Program) -> dict[str, str]:
    shown = run("show", "own:first", "--json").json()["lessons"]
    return {each["id"].partition("/")[2]: each["status"] for each in shown}


def declared(kind: str, before: list[str], after: list[str]) -> dict[str, Any]:
    return {
        "edition": "2",
        "kind": kind,
        "from": [f"first/{each}" for each in before],
        "to": [f"first/{each}" for each in after],
        "reason": "the author says so",
    }


def test_a_dry_run_says_what_would_change_and_changes_nothing(
    run: Program, own: Path, tmp_path: Path
) -> None:
    before = statuses(run)
    a_file(
        tmp_path,
        lesson(0, minutes=45),
        lesson(1, id="renamed"),
        lesson(3),
        lesson(9),
        edition="2",
    )
    document = updated(run, own, "--dry-run")
    assert document["changes"] == [
        "retired: Lesson 2 (first/l2)",
        "new: Lesson 9 (first/l9)",
        "required in main: 15 minutes more, 2 hours 15 minutes now",
        "renamed: Lesson 1 (first/l1) is first/renamed now",
        "retimed: Lesson 0 (first/l0) takes 45 minutes, not 30 minutes",
    ]
    assert (document["applied"], document["event"]) == (False, None)
    assert statuses(run) == before
    assert curricula_of(run)["own"]["edition"] == "1"


def test_what_was_done_is_done_under_the_new_id(
    run: Program, own: Path, tmp_path: Path
) -> None:
    a_file(tmp_path, lesson(0), lesson(1, id="new"), lesson(2), edition="2")
    updated(run, own, "-y")
    assert statuses(run) == {"l0": "done", "new": "done", "l2": "ready"}
    checks = {each["name"]: each for each in run("doctor", "--json").json()["checks"]}
    assert checks["lessons"]["ok"]
    assert curricula_of(run)["own"]["edition"] == "2"
    assert run("status", "--json").json()["progress"]["done_lessons"] == 2


def test_an_update_is_undone_with_all_ticks(
    run: Program, own: Path, tmp_path: Path
) -> None:
    before = statuses(run)
    a_file(tmp_path, lesson(0), lesson(1, id="new"), edition="2")
    updated(run, own, "-y")
    assert run("undo").code == 0
    assert statuses(run) == before
    assert run("redo").code == 0
    assert statuses(run) == {"l0": "done", "new": "done"}


def test_what_links_tell_is_asked_about_where_ticks_rest_on_it(
    run: Program, own: Path, tmp_path: Path
) -> None:
    a_file(tmp_path, lesson(0), lesson(1, id="new"), edition="2")
    refused = run("curriculum", "update", own)
    assert (refused.code, refused.stdout) == (2, "")
    assert "Lesson 1 (first/l1) is first/new now: same address" in (refused.stderr)
    assert statuses(run)["l1"] == "done"


def test_a_declared_change_is_not_asked_about(
    run: Program, own: Path, tmp_path: Path
) -> None:
    changes = [declared("renamed", ["l1"], ["other"])]
    other = lesson(7, id="other")
    a_file(tmp_path, lesson(0), other, edition="2", changes=changes)
    updated(run, own)
    assert statuses(run) == {"l0": "done", "other": "done"}


def test_parts_of_a_done_lesson_are_done(
    run: Program, own: Path, tmp_path: Path
) -> None:
    changes = [declared("split", ["l1"], ["a", "b"])]
    parts = (lesson(5, id="a"), lesson(6, id="b"))
    a_file(tmp_path, lesson(0), *parts, edition="2", changes=changes)
    updated(run, own)
    assert statuses(run) == {"l0": "done", "a": "done", "b": "done"}


def test_a_merged_lesson_is_done_only_where_each_was(
    run: Program, own: Path, tmp_path: Path
) -> None:
    changes = [
        declared("merged", ["l0", "l1"], ["both"]),
        declared("merged", ["l2", "l3"], ["open"]),
    ]
    merged = (lesson(5, id="both"), lesson(6, id="open"))
    a_file(tmp_path, *merged, edition="2", changes=changes)
    updated(run, own)
    assert statuses(run) == {"both": "done", "open": "ready"}

    assert run("undo").code == 0
    changes = [declared("merged", ["l1", "l2"], ["half"])]
    a_file(tmp_path, lesson(0), lesson(5, id="half"), edition="2", changes=changes)
    updated(run, own)
    assert statuses(run) == {"l0": "done", "half": "active"}


UNCLEAR = (lesson(0), lesson(21, title="Lesson 1"), lesson(1, id="x", title="Else"))


def test_what_is_unclear_is_refused_off_a_terminal_and_said_by_an_option(
    run: Program, own: Path, tmp_path: Path
) -> None:
    a_file(tmp_path, *UNCLEAR, edition="2")
    refused = run("curriculum", "update", own)
    assert (refused.code, refused.stdout) == (2, "")
    assert without_note(refused.stderr) == (
        "error: what became of a lesson is unclear\n"
        "  Lesson 1 (first/l1) may be: first/l21, first/x\n"
        "  try: add --became OLD=NEW for each, or --became OLD= if nothing\n"
    )
    document = updated(run, own, "--became", "first/l1=first/l21", "-y")
    assert "renamed: Lesson 1 (first/l1) is first/l21 now" in document["changes"]
    assert not [each for each in document["changes"] if "unclear" in each]
    assert statuses(run) == {"l0": "done", "l21": "done", "x": "ready"}


def test_a_done_lesson_that_became_nothing_stays_in_the_journal(
    run: Program, own: Path, tmp_path: Path
) -> None:
    a_file(tmp_path, lesson(0), lesson(8), edition="2")
    document = updated(run, own, "-y", "--became", "first/l1=")
    assert "retired" in "".join(document["changes"])
    assert statuses(run) == {"l0": "done", "l8": "ready"}
    history = run("history", "--json").json()["events"]
    assert any("own:first/l1" in each["lessons"] for each in history)


def test_a_lesson_that_comes_back_is_done_again_and_another_one_is_refused(
    run: Program, own: Path, tmp_path: Path
) -> None:
    a_file(tmp_path, lesson(0), lesson(8), edition="2")
    updated(run, own, "-y", "--became", "first/l1=")
    other = lesson(1, title="Something else", url="https://example.org/else")
    a_file(tmp_path, lesson(0), other, edition="3")
    refused = run("curriculum", "update", own, "-y")
    assert refused.code == 5
    assert "first/l1: the id was taken away by a change of edition 2" in refused.stderr

    a_file(tmp_path, *(lesson(number) for number in range(4)), edition="3")
    updated(run, own, "-y")
    assert statuses(run) == {"l0": "done", "l1": "done", "l2": "ready", "l3": "ready"}


def a_list(tmp_path: Path, *lines: str) -> Path:
    """A list in Markdown, such as people change by hand."""
    path = tmp_path / "road.md"
    items = (
        f"- [{title}](https://example.org/{page})"
        for title, page in (each.split("|") for each in lines)
    )
    path.write_text("\n".join(["# Road", "", "## Week", "", *items]))
    return path


def ticked(run: Program) -> dict[str, str]:
    """The lessons of the list that are done, by title, with their links."""
    shown = run("show", "road:week", "--json").json()["lessons"]
    found = [run("show", each["id"], "--json").json() for each in shown]
    return {
        each["title"]: each["url"].rpartition("/")[2]
        for each in found
        if each["status"] == "done"
    }


@pytest.mark.parametrize(
    ("editions", "done", "expected"),
    [
        (
            (
                ["Intro|i", "Exercise|a", "Exercise|b"],
                ["Intro|i", "Exercise|new", "Exercise|a", "Exercise|b"],
            ),
            "road:week/exercise",
            {"Exercise": "a"},
        ),
        (
            (["Intro|i", "Exercise|a", "Exercise|b"], ["Intro|i", "Exercise|b"]),
            "road:week/exercise-2",
            {"Exercise": "b"},
        ),
        (
            (["Alpha|a", "Beta|b"], ["Beta|b", "Alpha|a"]),
            "road:week/alpha",
            {"Alpha": "a"},
        ),
        ((["Alpha|a"], ["Alpha|elsewhere"]), "road:week/alpha", {"Alpha": "elsewhere"}),
    ],
)
def test_a_tick_stays_with_its_lesson_where_ids_were_made_of_titles(
    run: Program,
    tmp_path: Path,
    editions: tuple[list[str], list[str]],
    done: str,
    expected: dict[str, str],
) -> None:
    added(run, a_list(tmp_path, *editions[0]), "--as", "road")
    assert run("done", done).code == 0

    updated(run, a_list(tmp_path, *editions[1]), "--as", "road", "-y")

    assert ticked(run) == expected


def test_editions_of_a_list_that_go_back_and_forth_lose_no_tick(
    run: Program, tmp_path: Path
) -> None:
    first, second = ["Alpha|a", "Beta|b"], ["First letter|a", "Gamma|g"]
    added(run, a_list(tmp_path, *first), "--as", "road")
    assert run("done", "road:week/alpha", "road:week/beta").code == 0

    for titles in (second, first, second, first):
        updated(run, a_list(tmp_path, *titles), "--as", "road", "-y")

    assert ticked(run) == {"Alpha": "a", "Beta": "b"}


@pytest.mark.parametrize("text", ["", "x", "=x"])
def test_an_answer_that_is_none_is_wrong_usage(
    text: str, run: Program, own: Path, tmp_path: Path
) -> None:
    a_file(tmp_path, lesson(0), edition="2")
    assert run("curriculum", "update", own, "--became", text).code == 2


def test_an_answer_about_another_lesson_is_refused(
    run: Program, own: Path, tmp_path: Path
) -> None:
    a_file(tmp_path, lesson(0), lesson(1), edition="2")
    refused = run("curriculum", "update", own, "-y", "--became", "first/l0=first/l1")
    assert (refused.code, refused.stdout) == (1, "")


def test_changes_of_all_editions_are_kept(
    run: Program, own: Path, tmp_path: Path
) -> None:
    a_file(tmp_path, lesson(0), lesson(1, id="second"), edition="2")
    updated(run, own, "-y")
    a_file(tmp_path, lesson(0), lesson(1, id="third"), edition="3")
    updated(run, own, "-y")
    assert statuses(run) == {"l0": "done", "third": "done"}
    assert run("reopen", "third").code == 0
    assert statuses(run) == {"l0": "done", "third": "ready"}


def test_the_same_edition_again_changes_nothing(run: Program, own: Path) -> None:
    document = updated(run, own)
    assert (document["applied"], document["changes"]) == (False, [])


def test_the_same_edition_again_after_an_update_writes_nothing(
    run: Program, own: Path, tmp_path: Path
) -> None:
    a_file(tmp_path, lesson(0), lesson(1, id="new"), edition="2")
    assert updated(run, own, "-y")["applied"]
    again = updated(run, own, "-y")
    assert (again["applied"], again["changes"]) == (False, [])


def test_what_was_never_added_cannot_be_updated(run: Program, tmp_path: Path) -> None:
    refused = run("curriculum", "update", a_file(tmp_path))
    assert refused.code == 1
    assert "no curriculum has the id 'own'" in refused.stderr


def test_the_end_of_the_plan_is_told(run: Program, own: Path, tmp_path: Path) -> None:
    a_file(tmp_path, *(lesson(number) for number in range(12)), edition="2")
    done = run("curriculum", "update", own, env={"ACCESSIBLE": "1"})
    assert done.code == 0
    assert "The plan ends on " in done.stdout
    assert "Done: 2 lessons, before 2." in done.stdout


def an_edition_with_a_new_id(tmp_path: Path) -> Path:
    """An edition in which the third lesson has another id, and declares it."""
    changes = [declared("renamed", ["l2"], ["new"])]
    lessons = (lesson(0), lesson(1), lesson(9, id="new"), lesson(3))
    return a_file(tmp_path, *lessons, edition="2", changes=changes)


@pytest.mark.usefixtures("own")
def test_an_own_link_goes_along_and_can_be_given_back(
    run: Program, tmp_path: Path
) -> None:
    link = "https://example.net/copy"
    run("curriculum", "links", "--replace", "own:first/l2", link)
    updated(run, an_edition_with_a_new_id(tmp_path))

    shown = run("show", "own:first/new", "--json").json()
    assert (shown["url"], shown["own_link"]) == (link, True)

    words = ("curriculum", "links", "--replace", "own:first/new", "none", "--json")
    back = run(*words).json()
    assert (back["url"], back["own_link"]) == ("https://example.org/9", False)
    shown = run("show", "own:first/new", "--json").json()
    assert (shown["url"], shown["own_link"]) == ("https://example.org/9", False)
    assert run("doctor").code == 0


def test_a_linked_lesson_stays_linked(run: Program, own: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    text = own.read_text().replace('"own"', '"other"', 1)
    other.write_text(text)
    assert run("curriculum", "add", other, "--link").code == 0
    updated(run, an_edition_with_a_new_id(tmp_path))

    assert run("done", "other:first/l2").code == 0
    assert statuses(run)["new"] == "done"
    assert run("undo").code == 0
    assert statuses(run)["new"] == "ready"


@pytest.mark.usefixtures("own")
def test_a_goal_is_studied_under_its_new_id(run: Program, tmp_path: Path) -> None:
    assert run("start", "--to", "own:first/l2").code == 0
    updated(run, an_edition_with_a_new_id(tmp_path))

    status = run("status", "--json")
    assert status.json()["tracks"] == ["own:path.first/new"]
    assert "any more" not in status.stderr
    assert run("next").stdout.startswith("own:first/new")
    assert run("done", "own:first/new").code == 0
    assert run("status", "--json").json()["progress"]["percent"] == 100


@pytest.mark.usefixtures("own")
def test_a_timer_runs_on_under_the_new_id(run: Program, tmp_path: Path) -> None:
    assert run("timer", "start", "own:first/l2").code == 0
    updated(run, an_edition_with_a_new_id(tmp_path))

    assert run("timer", "status", "--json").json()["lesson"] == "own:first/new"
    stopped = run("timer", "stop", "--took", "20m", "--json").json()
    assert (stopped["lesson"], stopped["minutes"]) == ("own:first/new", 20)
    assert run("timer", "start", "own:first/new").code == 0
    assert run("done", "own:first/new").code == 0
    assert run("timer", "status", "--json").json()["running"] is False


def test_a_lesson_with_an_own_link_is_not_retired_without_asking(
    run: Program, own: Path, tmp_path: Path
) -> None:
    link = "https://example.net/copy"
    run("curriculum", "links", "--replace", "own:first/l2", link)
    a_file(tmp_path, lesson(0), lesson(1), lesson(2, id="new"), lesson(3), edition="2")

    refused = run("curriculum", "update", own)
    assert (refused.code, refused.stdout) == (2, "")
    assert "Lesson 2 (first/l2) is first/new now" in refused.stderr


@pytest.mark.usefixtures("own")
@pytest.mark.parametrize("former", ["own:first/l2", "first/l2"])
def test_a_former_id_is_told_with_the_later_one(
    former: str, run: Program, tmp_path: Path
) -> None:
    updated(run, an_edition_with_a_new_id(tmp_path))

    refused = run("done", former)
    assert (refused.code, refused.stdout) == (1, "")
    assert f"'{former}' has another id since edition 2" in refused.stderr
    assert "own:first/new" in refused.stderr


TOML = """
format = 1
id = "own"
title = "Own"
edition = "{edition}"

[[tracks]]
id = "main"
title = "Main"
summary = "s"
audience = "a"
source = "s"

[[tracks.phases]]
id = "all"
title = "All"
goal = "g"
modules = [{{ module = "first" }}]

[[modules]]
id = "first"
title = "First"
format = "article"
provider = "p"
"""
TOML_LESSON = """
[[modules.lessons]]
id = "{id}"
title = "{title}"
url = "https://example.org/{title}"
minutes = 30
kind = "reading"
access = "free"
basis = "estimated"
source = "s"
"""


def a_toml(tmp_path: Path, edition: str, first: str) -> Path:
    """A curriculum of two lessons in TOML."""
    path = tmp_path / "own.toml"
    one = TOML_LESSON.format(id=first, title="One")
    two = TOML_LESSON.format(id="two", title="Two")
    path.write_text(TOML.format(edition=edition) + one + two)
    return path


def test_a_curriculum_in_toml_is_updated_and_named_like_any_other(
    run: Program, tmp_path: Path
) -> None:
    assert added(run, a_toml(tmp_path, "1", "one"), "--as", "mine")["tracks"]
    assert run("start", "--track", "mine:main", "--hours", "1").code == 0
    assert run("done", "mine:first/one").code == 0

    updated(run, a_toml(tmp_path, "2", "other"), "--as", "mine", "-y")
    shown = run("show", "mine:first", "--json").json()["lessons"]
    assert [each["status"] for each in shown] == ["done", "ready"]

    added(run, tmp_path / "own.toml")
    updated(run, a_toml(tmp_path, "3", "third"), "-y")
    assert curricula_of(run)["own"]["edition"] == "3"


def test_a_curriculum_in_toml_is_known_without_its_ending(
    run: Program, tmp_path: Path
) -> None:
    first, second = (
        a_toml(tmp_path, edition, "one").read_text() for edition in ("1", "2")
    )
    checked = run("curriculum", "check", "-", "--json", stdin=first)
    document = run("curriculum", "add", "-", "--json", stdin=first).json()
    assert document["lessons"] == checked.json()["lessons"] == 2

    bare = tmp_path / "own"
    bare.write_text(second)
    assert run("curriculum", "update", bare, "-y").code == 0
    assert curricula_of(run)["own"]["edition"] == "2"


def test_a_text_with_the_ending_of_toml_is_read_as_it_is_called(
    run: Program, tmp_path: Path
) -> None:
    path = tmp_path / "list.toml"
    path.write_text("# Trees\n\n- [oak](https://example.org/oak)\n")

    assert added(run, path, "--format", "markdown")["lessons"] == 1


def test_a_track_under_another_id_stays_active(run: Program, own: Path) -> None:
    edition = json.loads(own.read_text())
    edition["edition"] = "2"
    edition["tracks"][0]["id"] = "core"
    own.write_text(json.dumps(edition))

    document = updated(run, own)
    assert any(each.endswith("(core) now") for each in document["changes"])
    assert run("status", "--json").json()["tracks"] == ["own:core"]
    assert run("next").code == 0

    edition["edition"] = "3"
    modules = [{"module": "second", "optional": False}]
    phase = {"id": "all", "title": "All", "goal": "g", "modules": modules}
    edition["tracks"][0] |= {"id": "other", "title": "Another", "phases": [phase]}
    edition["modules"].append(MODULE | {"id": "second", "lessons": [lesson(9)]})
    own.write_text(json.dumps(edition))
    updated(run, own)
    lost = run("status")
    assert "no curriculum has the track 'own:core' any more" in lost.stderr


def test_an_id_that_the_author_gave_to_another_lesson_needs_a_yes(
    run: Program, own: Path, tmp_path: Path
) -> None:
    other = lesson(1, title="Sheet bend", url="https://example.org/else")
    a_file(tmp_path, lesson(0), other, lesson(2), lesson(3), edition="2")

    refused = run("curriculum", "update", own)
    assert (refused.code, refused.stdout) == (2, "")
    line = "Lesson 1 (first/l1) is Sheet bend now, under the same id"
    assert line in refused.stderr

    document = updated(run, own, "-y")
    assert f"other lesson: {line}" in document["changes"]
    assert statuses(run)["l1"] == "done"


def test_another_link_of_a_lesson_is_told(
    run: Program, own: Path, tmp_path: Path
) -> None:
    moved = lesson(1, url="https://example.org/else")
    a_file(tmp_path, lesson(0), moved, lesson(2), lesson(3), edition="2")

    assert "other link: Lesson 1 (first/l1)" in updated(run, own)["changes"]
