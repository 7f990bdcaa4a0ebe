"""A disk that takes no more, or a part of it: nothing was changed, and that is said."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.asking import do
from tests.cli.program import Program
from tests.cli.states import SHORT, files_in, journal_file
from tests.faults.namespaces import UNSHARE, needs_namespace
from tests.faults.tracing import needs_strace, trace
from tests.faults.whole import (
    LOG,
    START,
    check_whole,
    journal_bytes,
    restore,
    saved,
    told,
)

INSIDE = Path(__file__).parent / "on_a_small_disk.py"
"""Runs in a namespace of its own, where a small file system can be mounted."""


def on_a_small_disk(program: Program, kind: str, *sizes: int) -> list[dict[str, Any]]:
    program.home.mkdir(parents=True)
    sized = [str(each) for each in sizes]
    command = [sys.executable, str(INSIDE), str(program.home), kind, *sized]
    done = subprocess.run(
        [*UNSHARE, *command],
        capture_output=True,
        encoding="utf-8",
        env=program.environment(None, None, today=None),
        check=False,
    )
    assert done.returncode == 0, done
    runs: list[dict[str, Any]] = json.loads(done.stdout)
    return runs


def check_runs(runs: list[dict[str, Any]], home: Path) -> None:
    """Saved and there, or refused and nothing changed."""
    for run in runs:
        assert run["code"] in {0, 3}, run
        assert run["lost"] == [], run
        if run["code"] == 3:
            check_refusal(run, home)


def check_refusal(run: dict[str, Any], home: Path) -> None:
    assert run["stdout"] == "", run
    assert "Traceback" not in run["stderr"], run
    assert "No space left on device; nothing was changed" in run["stderr"], run
    assert str(home) in run["stderr"], run
    assert "bytes free" in run["stderr"], run
    assert run["before"] == run["after"], "the journal was changed"
    assert run["room again"] == 0, "no command works once there is room"


SOME = [1, 3, 5, 8]


@needs_namespace
@pytest.mark.parametrize(
    "pages",
    [SOME, pytest.param([*range(1, 41)], marks=pytest.mark.thorough)],
    ids=["some", "all"],
)
def test_a_first_command_on_a_disk_of_so_many_pages_saves_all_or_nothing(
    pages: list[int], run: Program
) -> None:
    runs = on_a_small_disk(run, "kibibytes", *(4 * each for each in pages))

    check_runs(runs, run.home)


@needs_namespace
@pytest.mark.parametrize(
    "inodes",
    [[4, 6, 9, 12], pytest.param([*range(2, 20)], marks=pytest.mark.thorough)],
    ids=["some", "all"],
)
def test_a_first_command_on_a_disk_of_so_many_files_saves_all_or_nothing(
    inodes: list[int], run: Program
) -> None:
    runs = on_a_small_disk(run, "inodes", *inodes)

    check_runs(runs, run.home)
    assert {each["code"] for each in runs} == {0, 3}


@needs_namespace
@pytest.mark.parametrize(
    "count", [6, pytest.param(60, marks=pytest.mark.thorough)], ids=["some", "all"]
)
def test_records_go_in_until_the_disk_is_full_and_all_of_them_stay(
    count: int, run: Program
) -> None:
    runs = on_a_small_disk(run, "filling", count)

    codes = [each["code"] for each in runs]
    assert codes == sorted(codes), "one was saved after one was refused"
    assert {0, 3} == set(codes)
    check_runs(runs, run.home)


resource = pytest.importorskip("resource", reason="limits on files are for POSIX")


@pytest.mark.parametrize("room", [0, 1, 280])
def test_a_write_cut_short_by_a_limit_leaves_the_file_as_it_was(
    room: int, run: Program
) -> None:
    do(run, SHORT)
    file, known = journal_file(run.home), saved(run)
    size = file.stat().st_size
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + room, limits[1]))
    try:
        result = run(*LOG)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    assert (result.code, result.stdout) == (3, ""), result
    assert "nothing was changed" in result.stderr
    assert file.stat().st_size == size
    check_whole(run, known)


def refuse_writes(
    program: Program, line: tuple[str, ...], errors: tuple[str, ...]
) -> int:
    """Let each write below the home fail in turn; gives how many there were."""
    before = files_in(program.home)
    known = saved(program)
    dry = trace(program, *line).since(str(program.home))
    writes = [
        each
        for each in dry
        if each.name == "write" and each.descriptor not in {"1", "2"}
    ]
    for call in writes:
        for error in errors:
            restore(program, before)
            fault = f"write:error={error}:when={call.nth}"
            result = trace(program, *line, only="write", inject=[fault]).result
            assert result.code in {0, 3}, (call, result)
            if result.code == 0:  # what is kept beside the journal may fail
                check_whole(program, known, [told(result) or ""])
                continue
            assert result.stdout == ""
            assert "nothing was changed" in result.stderr
            assert saved(program) == known
            check_whole(program, known)
    return len(writes)


@needs_strace
def test_a_refused_write_leaves_the_journal_as_it_was(run: Program) -> None:
    do(run, SHORT)
    before = journal_bytes(run)

    assert refuse_writes(run, LOG, ("ENOSPC",)) >= 1
    assert all(data in journal_bytes(run)[name] for name, data in before.items())


@needs_strace
@pytest.mark.thorough
@pytest.mark.parametrize("line", [LOG, START], ids=["log", "start"])
def test_any_refused_write_leaves_the_journal_as_it_was(
    line: tuple[str, ...], run: Program
) -> None:
    if line == LOG:
        do(run, SHORT)

    assert refuse_writes(run, line, ("ENOSPC", "EIO", "EDQUOT", "EFBIG")) >= 1


@needs_strace
def test_a_write_that_takes_nothing_is_a_refusal(run: Program) -> None:
    do(run, SHORT)
    before = files_in(run.home)
    known = saved(run)
    dry = trace(run, *LOG, only="write").calls
    nth = next(each.nth for each in dry if each.descriptor not in {"1", "2"})
    restore(run, before)
    fault = f"write:retval=0:when={nth}"
    result = trace(run, *LOG, only="write", inject=[fault]).result

    assert (result.code, result.stdout) == (3, ""), result
    assert journal_file(run.home).read_bytes() in before.values()
    check_whole(run, known)
