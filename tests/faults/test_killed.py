"""Processes that are killed or stopped anywhere, many at once: nothing told is lost."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from llmpath.errors import NotSavedError
from llmpath.storage.journal_writing import write_journal
from tests.cli.asking import ask, do
from tests.cli.program import Program
from tests.cli.states import SHORT, files_in, journal_file, records_in
from tests.cli.test_processes import run_together
from tests.faults.tracing import Call, needs_strace, trace
from tests.faults.whole import (
    LESSON,
    LOG,
    START,
    check_whole,
    journal_of,
    places_of,
    restore,
    saved,
    told,
)
from tests.storage.journal_values import a_home, read
from tests.storage.test_journal_processes import start_writer

LOCKS_ARE_LISTED = Path("/proc/locks").exists()
posix_only = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no such signals"
)


def kill_before_calls(program: Program, line: tuple[str, ...], *, every: int) -> int:
    """Kill a command before each n-th system call that it makes from its home on."""
    before = files_in(program.home)
    known = saved(program)
    calls = trace(program, *line).since(str(program.home))
    assert any(call.name == "fdatasync" for call in calls)
    killed = 0
    for call in calls[::every]:
        restore(program, before)
        ended = trace(program, *line, only=call.name, inject=[kill_at(call)]).result
        left = saved(program)
        assert left[: len(known)] == known, call
        assert len(left) <= len(known) + 1, call
        assert ended.code in {0, -signal.SIGKILL}, (call, ended)
        killed += ended.code != 0
        event = told(ended) if ended.code == 0 else None
        check_whole(program, known, [event] if event else [])
    return killed


def kill_at(call: Call) -> str:
    return f"{call.name}:signal=SIGKILL:when={call.nth}"


@needs_strace
def test_a_kill_before_a_system_call_leaves_a_record_whole_or_absent(
    run: Program,
) -> None:
    do(run, SHORT)

    assert kill_before_calls(run, LOG, every=60) > 2


@needs_strace
def test_a_first_command_killed_before_a_system_call_can_be_repeated(
    run: Program,
) -> None:
    assert kill_before_calls(run, START, every=90) > 2


@needs_strace
@pytest.mark.thorough
def test_a_kill_before_any_system_call_leaves_a_record_whole_or_absent(
    run: Program,
) -> None:
    do(run, SHORT)

    assert kill_before_calls(run, LOG, every=1) > 50


@needs_strace
@pytest.mark.thorough
def test_a_first_command_killed_before_any_system_call_can_be_repeated(
    run: Program,
) -> None:
    assert kill_before_calls(run, START, every=1) > 100


def kill_repairs(program: Program, *, every: int) -> int:
    """Kill a repair of a journal that went back before each n-th system call."""
    do(program, SHORT)
    file = journal_file(program.home)
    first = file.read_bytes()
    for minutes in (1, 2, 3):
        do(program, f"log {LESSON} {minutes}")
    known = saved(program)
    file.write_bytes(first)
    before, line = files_in(program.home), ("doctor", "--repair", "--json")
    calls = trace(program, *line).since(str(program.home))
    killed = 0
    for call in calls[::every]:
        restore(program, before)
        ended = trace(program, *line, only=call.name, inject=[kill_at(call)]).result
        killed += ended.code == -signal.SIGKILL
        repaired = program(*line)
        assert repaired.code in {0, 6}, (call, repaired)  # 6: a torn line stays
        assert saved(program) == known, call
        check_whole(program, known)
        numbers = [record.n for record in journal_of(program).records]
        assert numbers == list(range(1, len(known) + 2)), call
    return killed


@needs_strace
def test_a_repair_killed_before_a_system_call_can_be_repeated(run: Program) -> None:
    assert kill_repairs(run, every=250) > 1


@needs_strace
@pytest.mark.thorough
def test_a_repair_killed_before_any_system_call_can_be_repeated(run: Program) -> None:
    assert kill_repairs(run, every=1) > 100


def kill_storm(home: Path, *, writers: int, seconds: float, length: int) -> int:
    """Writers at once, each killed again and again; gives the number of kills."""
    acknowledged: set[str] = set()
    lock = threading.Lock()
    end = time.monotonic() + seconds
    kills = [0] * writers

    def torment(number: int) -> None:
        draw = random.Random(number)  # noqa: S311 - no secret
        while not kills[number] or time.monotonic() < end:
            with start_writer(home, 10_000, length) as writer:
                assert writer.stdout is not None
                ids = {writer.stdout.readline().strip()}
                killer = threading.Timer(draw.uniform(0, 0.3), writer.kill)
                killer.start()
                ids |= {line.strip() for line in writer.stdout if line.endswith("\n")}
                writer.wait()
            assert writer.returncode == -signal.SIGKILL
            kills[number] += 1
            with lock:
                acknowledged.update(ids)

    threads = [threading.Thread(target=torment, args=(n,)) for n in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    records = read(a_home(home))
    assert acknowledged <= {record.id for record in records}
    return sum(kills)


@posix_only
def test_writers_at_once_that_are_all_killed_lose_nothing_that_they_told(
    tmp_path: Path,
) -> None:
    assert kill_storm(tmp_path, writers=3, seconds=0.3, length=20) >= 3


@posix_only
@pytest.mark.thorough
@pytest.mark.parametrize("length", [20, 40_000])
def test_a_storm_of_kills_loses_nothing_that_was_told(
    length: int, tmp_path: Path
) -> None:
    kills = 0
    for batch in range(5):  # a journal of its own each, as reading grows with it
        kills += kill_storm(tmp_path / str(batch), writers=8, seconds=5, length=length)
    assert kills > 100


def undo_at_once(program: Program, count: int) -> None:
    for minutes in range(1, count + 2):
        do(program, f"log {LESSON} {minutes}")
    documents = run_together(program, [["undo"]] * count)
    taken = {document["voided"] for document in documents}

    assert len(taken) == count, "two of them took back the same record"
    logs = [each["id"] for each in records_in(program.home)[1:]][: count + 1]
    assert taken == set(logs[1:])
    assert ask(program, f"show {LESSON}")["logged_minutes"] == 1


def test_two_undos_at_once_take_back_two_records(run: Program) -> None:
    do(run, SHORT)

    undo_at_once(run, 2)


@pytest.mark.thorough
def test_eight_undos_at_once_take_back_eight_records(run: Program) -> None:
    do(run, SHORT)

    undo_at_once(run, 8)


HOLD_FOR_EVER = """
import sys, time
from pathlib import Path
from llmpath.storage.lock import hold_lock
with hold_lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(600)
"""


def held_by(pid: int) -> str:
    """What is said while a process holds the lock; Linux tells which one it is."""
    who = f" (process {pid})" if LOCKS_ARE_LISTED else ""
    return f"not saved: another llmpath is writing{who}; nothing was changed"


@posix_only
def test_while_a_holder_of_the_lock_is_stopped_others_read_and_do_not_write(
    run: Program,
) -> None:
    do(run, SHORT)
    places = places_of(run.home)
    command = [sys.executable, "-c", HOLD_FOR_EVER, str(places.state / "lock")]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as holder:
        try:
            assert holder.stdout is not None
            assert holder.stdout.readline() == b"held\n"
            holder.send_signal(signal.SIGSTOP)
            before = files_in(run.home)
            for line in ("next", "status", "plan", "history", "doctor", ""):
                assert run(*line.split(), "--json").code == 0, line
            with (
                pytest.raises(NotSavedError) as caught,
                write_journal(places, timeout=0.05),
            ):
                pass
            assert caught.value.message == held_by(holder.pid)
            assert files_in(run.home) == before
        finally:
            holder.kill()
    check_whole(run)


@posix_only
@pytest.mark.thorough
def test_a_command_gives_up_with_3_when_the_holder_of_the_lock_stays_stopped(
    run: Program,
) -> None:
    do(run, SHORT)
    known = saved(run)
    lock = places_of(run.home).state / "lock"
    command = [sys.executable, "-c", HOLD_FOR_EVER, str(lock)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as holder:
        try:
            assert holder.stdout is not None
            holder.stdout.readline()
            holder.send_signal(signal.SIGSTOP)
            result = run.process(*LOG)
        finally:
            holder.kill()

    assert (result.code, result.stdout) == (3, "")
    assert f"error: {held_by(holder.pid)}\n" in result.stderr
    assert saved(run) == known
    check_whole(run, known)
    assert not journal_of(run).damaged
