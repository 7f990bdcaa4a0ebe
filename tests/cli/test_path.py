"""`path --to` and `start --to`: the smallest way to a goal, asked for and begun."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from llmpath.storage.curricula import bundled_curriculum_path
from tests.cli.asking import ask, do, sentences
from tests.cli.program import Program
from tests.cli.states import Homes, records_in, without_note, written_in
from tests.storage.journal_values import a_document, signed

GPT = "lets-build-gpt"
LESSON = f"{GPT}/bigram-baseline"
OPTIONAL = f"{GPT}/gpt-code-along"
TRACK = f"path.{LESSON}"
GOALS = (GPT, LESSON, OPTIONAL, "illustrated-transformer", "attention-quiz")
STARTS = [
    (state, goal)
    for state in ("empty", "begun", "with days off", "studied")
    for goal in GOALS
    if (state, goal) != ("begun", "illustrated-transformer")
]
"""Of what is not done in that state."""

HOURS = ("", " --hours 9", " --by 2027-03-01", " --by 2026-12-01 --hours mon=2h,sat=3h")


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Homes:
    return Homes(tmp_path_factory.mktemp("path"))


def ids(lessons: list[dict[str, Any]]) -> list[str]:
    return [each["id"] for each in lessons]


def curriculum() -> dict[str, Any]:
    document = json.loads(bundled_curriculum_path().read_text(encoding="utf-8"))
    assert isinstance(document, dict)
    return document


def put_start(program: Program, *tracks: str) -> None:
    """The record of another machine that starts these tracks."""
    started = {
        "type": "TrackStarted",
        "tracks": list(tracks),
        "from": "2026-11-20",
        "curriculum": "llmpath",
        "edition": "2026.11",
    }
    line = signed(a_document(started, device="peer", n=1, lamport=99))
    (program.home / "data" / "journal" / "peer.2026.jsonl").write_bytes(line + b"\n")


# What `path` says, `start --to` plans


@pytest.mark.parametrize(
    ("state", "goal", "options"),
    [
        pytest.param(
            *start,
            options,
            # In a plain run each is started with one of the hours; they take turns.
            marks=() if number % len(HOURS) == turn else pytest.mark.thorough,
        )
        for number, start in enumerate(STARTS)
        for turn, options in enumerate(HOURS)
    ],
)
def test_a_start_plans_exactly_the_lessons_of_the_way(
    state: str, goal: str, options: str, homes: Homes
) -> None:
    program = homes(state)
    asked = ask(program, f"path --to {goal}{options}")
    started = ask(program, f"start --to {goal}{options}")

    assert started["tracks"] == [asked["track"]]
    same = ("finish", "feasible", "hours", "weekly_minutes", "target", "slack_days")
    assert {key: started[key] for key in same} == {key: asked[key] for key in same}
    assert started["shortfall_minutes"] == asked["shortfall_minutes"]
    planned = ask(program, "next -n 1000")["lessons"]
    assert planned == asked["lessons"]
    assert asked["minutes"] == sum(each["minutes"] for each in planned)
    blocks = ask(program, "plan")["blocks"]
    assert asked["left_minutes"] == sum(each["minutes"] for each in blocks)


def test_a_way_holds_what_is_needed_first_and_of_the_last_module_only_a_part(
    homes: Homes,
) -> None:
    lessons = ids(ask(homes("empty"), f"path --to {LESSON}")["lessons"])

    assert lessons[-2:] == [f"{GPT}/data-and-batches", LESSON]
    needed = [
        each["module"]
        for module in curriculum()["modules"]
        if module["id"] == GPT
        for each in module["prerequisites"]
    ]
    assert needed
    assert set(needed) <= {each.partition("/")[0] for each in lessons[:-2]}


def test_what_is_done_is_not_on_the_way(homes: Homes) -> None:
    program = homes("begun")
    found = ask(program, f"path --to {GPT}")

    assert not [each for each in ids(found["lessons"]) if each.startswith("illus")]
    assert found["closed_lessons"] == 2


def test_asking_writes_nothing_and_needs_nothing_started(homes: Homes) -> None:
    for state in ("empty", "begun", "stopped"):
        program = homes(state)
        before = written_in(program.home)
        do(program, f"path --to {GPT} --by 2027-01-31")
        assert written_in(program.home) == before


def test_a_way_that_is_all_done_is_no_error(homes: Homes) -> None:
    program = homes("begun")
    found = ask(program, "path --to illustrated-transformer --by 2026-12-01")

    assert found["lessons"] == []
    assert (found["minutes"], found["finish"], found["feasible"]) == (0, None, True)
    assert found["reached"] is True
    assert sentences(program, "path --to illustrated-transformer") == [
        "Path to The Illustrated Transformer: nothing is left",
        "Behind you: 2 lessons done or skipped",
    ]


def test_a_date_that_no_hours_can_reach_does_not_fit(homes: Homes) -> None:
    found = ask(homes("empty"), "path --to sequence-models --by today")

    assert found["feasible"] is False
    assert found["shortfall_minutes"] > 0
    assert found["weekly_minutes"] == 300


@pytest.mark.parametrize("command", ["path", "start"])
@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        ("--to bigram-basline", 1, "nothing has the id 'bigram-basline'"),
        (f"--to {GPT} --by 2026-11-19", 1, "is past"),
        (f"--to {GPT} --by 11/12/26", 2, "11/12/26"),
        (f"--to {GPT} --hours 0", 2, "'0' is not hours a week"),
        (f"--to {GPT} --hours mon=13h", 2, "13 hours on one day"),
    ],
)
def test_what_cannot_be_done_is_refused_in_both(
    command: str, options: str, code: int, message: str, homes: Homes
) -> None:
    program = homes("short")
    before = written_in(program.home)

    result = program(command, *options.split())

    assert (result.code, result.stdout) == (code, "")
    assert message in result.stderr
    assert written_in(program.home) == before


def test_an_unknown_goal_is_told_with_the_near_ones(homes: Homes) -> None:
    said = without_note(homes("short")("path", "--to", "bigram-basline").stderr)

    assert said.splitlines()[1:3] == [
        "  near ones:",
        f"    {LESSON}  A bigram model: loss, generation, training, script",
    ]


def test_without_a_goal_it_is_wrong_usage(homes: Homes) -> None:
    assert homes("short")("path").code == 2


# Begun


def test_a_goal_that_is_done_is_not_begun(homes: Homes) -> None:
    program = homes("begun")
    before = written_in(program.home)

    result = program("start", "--to", "illustrated-transformer")

    assert (result.code, result.stdout) == (1, "")
    assert "The Illustrated Transformer (illustrated-transformer) is done" in (
        result.stderr
    )
    assert written_in(program.home) == before


def test_a_way_goes_with_other_tracks_and_comes_after_them(homes: Homes) -> None:
    program = homes("empty")
    started = ask(program, f"start --track short --to {LESSON}")

    assert started["tracks"] == ["short", TRACK]
    listed = ask(program, "list")["modules"]
    (gpt,) = [each for each in listed if each["id"] == GPT]
    required = [each["id"] for each in gpt["lessons"] if not each["optional"]]
    assert f"{GPT}/scaling-up" in required
    assert "micrograd" in [each["id"] for each in listed]


def test_what_a_way_left_out_is_planned_again_by_the_track_that_replaces_it(
    homes: Homes,
) -> None:
    afresh = ask(homes("empty"), "start --track short")
    program = homes("empty")
    do(program, f"start --to {GPT}/data-and-batches")

    replaced = ask(program, "start --track short")

    same = ("tracks", "finish", "next", "forecast")
    assert {key: replaced[key] for key in same} == {key: afresh[key] for key in same}


def test_a_start_counts_the_lessons_of_the_way_and_no_others(homes: Homes) -> None:
    program = homes("empty")
    count = len(ask(program, f"path --to {LESSON}")["lessons"])

    said = sentences(program, f"start --to {LESSON}")

    assert [each for each in said if f": {count} required lessons, " in each]


def test_another_start_replaces_a_way_and_the_same_one_changes_nothing(
    homes: Homes,
) -> None:
    program = homes("empty")
    do(program, f"start --to {LESSON}")

    assert ask(program, f"start --to {LESSON}")["event"] is None
    assert ask(program, f"start --track {TRACK}")["event"] is None
    do(program, "start --track short")
    assert TRACK not in [each["id"] for each in ask(program, "tracks")["tracks"]]
    required = [
        each["id"]
        for each in ask(program, f"show {GPT}")["lessons"]
        if not each["optional"]
    ]
    assert f"{GPT}/scaling-up" in required
    assert (
        ask(program, f"path --to {GPT}")["minutes"]
        == (ask(homes("empty"), f"path --to {GPT}")["minutes"])
    )


def test_what_comes_after_the_goal_can_be_included(homes: Homes) -> None:
    program = homes("empty")
    do(program, f"start --to {LESSON}")
    after = f"{GPT}/scaling-up"

    assert after not in ids(ask(program, "next -n 1000")["lessons"])
    do(program, f"include {after}")
    assert ids(ask(program, "next -n 1000")["lessons"])[-1] == after


def test_done_of_the_goals_module_takes_it_up_to_the_goal(homes: Homes) -> None:
    program = homes("empty")
    do(program, f"start --to {LESSON}")

    changed = ask(program, f"done {GPT}")["changed"]

    assert changed == [f"{GPT}/data-and-batches", LESSON]


def test_stopping_names_the_command_that_begins_the_way_again(homes: Homes) -> None:
    program = homes("empty")
    do(program, f"start --track short --to {LESSON}")
    before = ask(program, "next -n 1000")["lessons"]

    said = sentences(program, "start --none")

    (again,) = [each for each in said if each.startswith("To begin again: ")]
    assert again == f"To begin again: llmpath start --track short --track {TRACK}"
    do(program, again.removeprefix("To begin again: llmpath "))
    assert ask(program, "next -n 1000")["lessons"] == before


EVERY_COMMAND = (
    "",
    "next",
    "status --weeks 2",
    "plan --all",
    "tracks",
    "list",
    "list --track " + TRACK,
    "show " + TRACK,
    "show " + GPT,
    "why " + LESSON,
    "why " + OPTIONAL,
    "forecast",
    "target 2027-02-01",
    "hours 6",
    "replan --dry-run",
    "later " + LESSON,
    "off add tue..wed",
    "export csv",
    "export md",
    "export ics",
    "export json",
    "doctor",
    "history",
    "undo --dry-run",
    "config set plan.buffer 0.2",
)


@pytest.mark.parametrize("line", EVERY_COMMAND)
def test_every_command_works_on_a_way_in_every_form(line: str, homes: Homes) -> None:
    program = homes("empty")
    do(program, f"start --to {LESSON}")
    for options, env in (("--plain", {}), ("", {"ACCESSIBLE": "1"}), ("--json", {})):
        if not line.startswith("export") or options != "--json":
            assert do(program, f"{line} {options}", env=env).stdout


def test_a_way_stands_in_the_outputs_by_its_title_and_id(homes: Homes) -> None:
    program = homes("empty")
    do(program, f"start --to {LESSON}")
    title = "Path to A bigram model: loss, generation, training, script"

    assert ask(program, "status")["tracks"] == [TRACK]
    (way,) = [each for each in ask(program, "tracks")["tracks"] if each["active"]]
    assert (way["id"], way["title"]) == (TRACK, title)
    assert way["lessons"] == ask(program, "status")["progress"]["lessons"]
    assert f"Track: {title}" in sentences(program, "status")
    assert f"## {title}" in do(program, "export md").stdout
    assert f"\n{TRACK},{TRACK}," in do(program, "export csv").stdout


def test_the_journal_keeps_the_goal_alone(homes: Homes) -> None:
    program = homes("empty")
    do(program, f"start --to {LESSON}")

    (record,) = records_in(program.home)
    assert record["events"][0]["tracks"] == [f"llmpath:{TRACK}"]


def test_a_backup_brings_a_way_into_another_home(homes: Homes, tmp_path: Path) -> None:
    program = homes("empty")
    do(program, f"start --to {LESSON}")
    do(program, f"export json -o {tmp_path}/backup.json")
    lessons = ask(program, "next -n 1000")["lessons"]

    other = Program(tmp_path / "home")
    do(other, f"import {tmp_path}/backup.json")

    assert ask(other, "next -n 1000")["lessons"] == lessons


# A goal that has gone


@pytest.mark.parametrize(
    ("line", "code"),
    [("", 0), ("next", 1), ("status", 1), ("plan", 1), ("list", 0), ("tracks", 0)],
)
def test_where_the_goal_has_gone_one_sentence_says_so(
    line: str, code: int, homes: Homes
) -> None:
    program = homes("begun")
    put_start(program, "llmpath:path.gone/lesson")

    result = program(*line.split())

    assert result.code == code
    warnings = [each for each in result.stderr.splitlines() if "warning" in each]
    what = "no curriculum has 'gone/lesson' any more; the path to it is left out"
    assert warnings == [f"warning: {what}: llmpath start --to ID"]


def test_beside_a_goal_that_has_gone_the_other_tracks_are_studied(homes: Homes) -> None:
    program = homes("short")
    before = ask(program, "next -n 1000")["lessons"]
    put_start(program, "llmpath:short", "llmpath:path.gone", "other:path.gone")

    assert ask(program, "next -n 1000")["lessons"] == before
    assert ask(program, "status")["tracks"] == ["short"]
    do(program, "done illustrated-transformer")
    do(program, f"start --to {LESSON}")
    assert "gone" not in program("next").stderr


if sys.platform != "win32":
    from tests.cli.terminal import Terminal

    @pytest.mark.parametrize("columns", [40, 80, 120])
    def test_what_is_drawn_has_every_lesson_of_the_way(
        columns: int, homes: Homes
    ) -> None:
        program = homes("empty")
        lessons = ids(ask(program, f"path --to {LESSON}")["lessons"])

        drawn = Terminal(program, columns)("path", "--to", LESSON).text

        for each in lessons:
            assert each.rpartition("/")[2] in drawn
        assert f"llmpath start --to {LESSON}" in drawn
