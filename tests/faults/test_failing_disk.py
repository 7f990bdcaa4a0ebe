"""A disk or a system that refuses calls: the exit code says what became of the record.

Whether a call may be made again after an error is looked up in the trace.
"""

from __future__ import annotations

import re

import pytest

from tests.cli.asking import do
from tests.cli.program import Program
from tests.cli.states import SHORT, files_in, records_in
from tests.faults.tracing import Call, Traced, needs_strace, trace
from tests.faults.whole import LOG, START, check_whole, restore, saved, told

pytestmark = needs_strace


def calls_of(program: Program, line: tuple[str, ...], *names: str) -> list[Call]:
    """Calls of these names that a command makes once it has come to its home."""
    dry = trace(program, *line).since(str(program.home))
    return [each for each in dry if each.name in names]


def with_fault(
    program: Program, line: tuple[str, ...], call: Call, what: str
) -> Traced:
    fault = f"{call.name}:{what}:when={call.nth}"
    return trace(program, *line, only="write,fsync,fdatasync", inject=[fault])


@pytest.mark.parametrize("error", ["EIO", "ENOSPC", "EDQUOT"])
def test_a_record_whose_flush_fails_is_unconfirmed_and_not_flushed_again(
    error: str, run: Program
) -> None:
    do(run, SHORT)
    before = files_in(run.home)
    known = saved(run)
    first, *_ = calls_of(run, LOG, "fdatasync")
    restore(run, before)
    result, calls = with_fault(run, LOG, first, f"error={error}")

    assert (result.code, result.stdout) == (4, ""), result
    assert "try: llmpath history" in result.stderr
    place = next(n for n, each in enumerate(calls) if each.is_failed)
    later = [each for each in calls[place + 1 :] if each.name != "write"]
    assert not later, "flushed again, which would hide the error"
    (named,) = re.findall(r"while saving record (\w+):", result.stderr)
    assert saved(run) in ([*known, named], known)
    check_whole(run, known)


@pytest.mark.parametrize("name", ["fsync", "fdatasync"])
def test_a_failed_flush_of_any_file_or_folder_never_loses_what_is_told_as_saved(
    name: str, run: Program
) -> None:
    """Each that a first command makes: of folders, identity, journal, second copy."""
    calls = calls_of(run, START, name)
    assert len(calls) > 1
    codes = set()
    for call in calls:
        restore(run, {})
        result = with_fault(run, START, call, "error=EIO").result
        codes.add(result.code)
        if result.code == 3:
            assert "nothing was changed" in result.stderr
            assert not saved(run)
        # 0: what it flushed was not the journal
        check_whole(run, [told(result) or ""] if result.code == 0 else [])
    assert 4 in codes, "the journal itself"
    assert codes <= {0, 3, 4}


@pytest.mark.parametrize("error", ["EINVAL", "ENOSYS", "EOPNOTSUPP"])
def test_a_system_that_cannot_flush_saves(error: str, run: Program) -> None:
    faults = [f"{name}:error={error}" for name in ("fsync", "fdatasync")]
    result = trace(run, *START, inject=faults, only="fsync,fdatasync").result

    assert result.code == 0, result
    check_whole(run, [told(result) or ""])


@pytest.mark.parametrize("error", ["ENOLCK", "ENOSYS", "EOPNOTSUPP"])
def test_a_system_without_locks_saves(error: str, run: Program) -> None:
    fault = f"flock:error={error}"
    result, calls = trace(run, *START, inject=[fault], only="flock")

    assert result.code == 0, result
    assert all(each.is_failed for each in calls)
    assert calls
    check_whole(run, [told(result) or ""])


RESUMED = ("read", "write", "openat", "fdatasync", "fsync", "flock", "ftruncate")
"""Calls that a signal may break off, and that are made again then."""


def break_off_calls(program: Program, line: tuple[str, ...], *, every: int) -> int:
    before = files_in(program.home)
    known = saved(program)
    calls = calls_of(program, line, *RESUMED)[::every]
    for call in calls:
        restore(program, before)
        fault = f"{call.name}:error=EINTR:when={call.nth}"
        result = trace(program, *line, only=call.name, inject=[fault]).result
        assert result.code == 0, (call, result)
        assert saved(program) == [*known, told(result)]
    return len(calls)


def test_a_call_that_a_signal_broke_off_is_made_again(run: Program) -> None:
    do(run, SHORT)

    assert break_off_calls(run, LOG, every=17) > 1


@pytest.mark.thorough
@pytest.mark.parametrize("line", [LOG, START], ids=["log", "start"])
def test_any_call_that_a_signal_broke_off_is_made_again(
    line: tuple[str, ...], run: Program
) -> None:
    if line == LOG:
        do(run, SHORT)

    assert break_off_calls(run, line, every=1) > 10


def test_calls_that_signals_broke_off_all_at_once_are_made_again(run: Program) -> None:
    faults = [f"{name}:error=EINTR:when=1+3" for name in ("fdatasync", "fsync")]
    faults.append("flock:error=EINTR:when=1")
    result = trace(run, *START, inject=faults, only="fsync,fdatasync,flock").result

    assert result.code == 0, result
    assert [each["id"] for each in records_in(run.home)] == [told(result)]
