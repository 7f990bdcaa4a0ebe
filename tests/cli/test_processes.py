"""Several terminals at once, and processes that are killed: nothing is lost."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from random import Random
from typing import Any

import pytest

from tests.cli.asking import ask, closed_lessons, do, logged_on
from tests.cli.program import TODAY, Child, Program
from tests.cli.states import SHORT, records_in

GPT = "lets-build-gpt"
LESSONS = tuple(
    f"{GPT}/{slug}"
    for slug in (
        "data-and-batches",
        "bigram-baseline",
        "averaging-the-past",
        "self-attention-in-code",
        "transformer-block",
        "scaling-up",
    )
)
posix_only = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no such signals"
)


def spawn(program: Program, *arguments: str) -> Child[str]:
    """Start the program in a process of its own."""
    return Child(
        [sys.executable, "-m", "llmpath", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=program.environment(None, None, TODAY),
    )


def run_together(program: Program, lines: list[list[str]]) -> list[dict[str, Any]]:
    """Run commands at the same time; all must succeed. Their documents."""
    children = [spawn(program, *line, "--json") for line in lines]
    ended = [child.communicate(timeout=120) for child in children]
    assert [child.returncode for child in children] == [0] * len(lines), ended
    return [json.loads(stdout) for stdout, _ in ended]


def saved_in_order(program: Program) -> list[str]:
    """The ids of all records, whose numbers are 1, 2, 3 and so on."""
    records = records_in(program.home)
    numbers = sorted(record["n"] for record in records)
    assert numbers == list(range(1, len(records) + 1))
    assert len({record["device"] for record in records}) == 1
    return [record["id"] for record in records]


def write_at_once(program: Program, *, rounds: int) -> None:
    do(program, SHORT)
    told = []
    for number in range(rounds):
        lines = [
            *(["log", lesson, "10"] for lesson in LESSONS[:3]),
            *(["done", lesson] for lesson in LESSONS[3:5]),
            ["note", GPT, f"note {number}"],
        ]
        told += [document["event"] for document in run_together(program, lines)]
    saved = saved_in_order(program)

    assert {event for event in told if event} <= set(saved)
    # Who comes second with the same lesson has nothing to write.
    assert len(saved) == 1 + 4 * rounds + 2
    assert [logged_on(program, lesson) for lesson in LESSONS[:3]] == [10 * rounds] * 3
    assert closed_lessons(program) == set(LESSONS[3:5])
    assert len(ask(program, f"note {GPT}")["notes"]) == rounds


def test_of_six_commands_at_once_nothing_is_lost(run: Program) -> None:
    write_at_once(run, rounds=1)


@pytest.mark.thorough
def test_of_a_hundred_and_fifty_commands_six_at_once_nothing_is_lost(
    run: Program,
) -> None:
    write_at_once(run, rounds=25)


def test_two_first_starts_at_once_make_one_journal(run: Program) -> None:
    run_together(run, [["start", "--track", name] for name in ("short", "long")])
    started = [
        event
        for record in records_in(run.home)
        for event in record["events"]
        if event["type"] == "TrackStarted"
    ]

    assert len(saved_in_order(run)) == 2
    assert [bool(event.get("journal")) for event in started] == [True, False]


def test_of_two_who_complete_the_same_lesson_one_writes(run: Program) -> None:
    do(run, SHORT)
    documents = run_together(run, [["done", LESSONS[0]]] * 2)

    assert sorted(len(document["changed"]) for document in documents) == [0, 1]
    assert len(records_in(run.home)) == 2


def read_while_writing(program: Program, *, writes: int) -> None:
    """A reader sees every record or none of it, and never a torn line."""
    do(program, SHORT)
    script = (
        "import sys; from llmpath.cli.main import main\n"
        f"for n in range({writes}): main(['log', '{LESSONS[0]}', '1', '-q'])"
    )
    seen: list[int] = []
    with Child(
        [sys.executable, "-c", script],
        env=program.environment(None, None, TODAY),
        stderr=subprocess.DEVNULL,
    ) as writer:
        is_over = False
        while not is_over:
            is_over = writer.poll() is not None
            result = program("show", LESSONS[0], "--json")
            assert result.code == 0, result
            assert "warning" not in result.stderr
            seen.append(result.json()["logged_minutes"])

    assert seen == sorted(seen)
    assert logged_on(program, LESSONS[0]) == writes


def test_readers_see_whole_records_while_others_write(run: Program) -> None:
    read_while_writing(run, writes=8)


@pytest.mark.thorough
def test_readers_see_whole_records_while_others_write_for_long(run: Program) -> None:
    read_while_writing(run, writes=300)


def kill_in_a_loop(program: Program, *, kills: int) -> None:
    """What was told to be saved is there; after every kill the next command works."""
    do(program, SHORT)
    draw = Random(kills)  # noqa: S311 - no secret
    told: set[str] = set()
    for number in range(kills):
        child = spawn(program, "log", LESSONS[0], "1", "--json")
        time.sleep(draw.uniform(0.1, 0.5))
        child.kill()
        stdout, _ = child.communicate()
        if child.returncode == 0:
            told.add(str(json.loads(stdout)["event"]))
        result = program("note", GPT, f"after kill {number}", "--json")
        assert result.code == 0, result
        assert "warning" not in result.stderr
        told.add(result.json()["event"])
    saved = saved_in_order(program)

    assert told <= set(saved)
    assert len(ask(program, f"note {GPT}")["notes"]) == kills
    assert logged_on(program, LESSONS[0]) == len(saved) - 1 - kills


@posix_only
def test_a_killed_command_loses_nothing_and_hinders_nobody(run: Program) -> None:
    kill_in_a_loop(run, kills=3)


@posix_only
@pytest.mark.thorough
def test_a_hundred_killed_commands_lose_nothing_and_hinder_nobody(
    run: Program,
) -> None:
    kill_in_a_loop(run, kills=100)


@posix_only
def test_a_torn_last_line_is_healed_by_the_next_command(run: Program) -> None:
    do(run, SHORT)
    do(run, f"done {LESSONS[0]}")
    file = next((run.home / "data" / "journal").iterdir())
    whole = file.read_bytes()
    file.write_bytes(whole[:-20])
    reading = run("next")
    writing = run("log", LESSONS[1], "5")
    after = run("status", "--json")

    assert (reading.code, writing.code, after.code) == (0, 0, 0)
    assert logged_on(run, LESSONS[1]) == 5
    assert file.read_bytes().endswith(b"\n")
