"""An interrupt at any moment: nothing is saved and nothing told, or both."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from itertools import takewhile
from typing import Any

import pytest

from tests.cli.asking import do
from tests.cli.program import Program, Result
from tests.cli.states import SHORT, files_in
from tests.faults.tracing import needs_strace, trace
from tests.faults.whole import (
    LOG,
    START,
    check_ended_well,
    check_whole,
    restore,
    saved,
    told,
)
from tests.interrupts import taking_interrupts

posix_only = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows cannot hold interrupts"
)
CALLS = (
    *("open", "read", "write", "close", "lseek", "fstat", "lstat", "stat", "mkdir"),
    *("chmod", "fchmod", "fsync", "fdatasync", "ftruncate", "replace", "unlink"),
    *("urandom", "listdir"),
)
"""The calls of `os` through which the program reaches its files."""


def check_outcome(program: Program, result: Result, known: list[str]) -> None:
    """Saved and told, or neither; the exit code says which."""
    check_ended_well(result)
    fresh = saved(program)[len(known) :]
    event = told(result)
    assert fresh == ([] if event is None else [event]), result
    if event is None:
        assert result.code in {130, -signal.SIGINT, -signal.SIGTERM}, result
    else:
        assert result.code == 0, result
    check_whole(program, known, fresh)


class Interrupting:
    """Sends an interrupt to this process before its n-th call, and counts them."""

    def __init__(self, patch: pytest.MonkeyPatch, at: int) -> None:
        self.count = 0
        self._at = at
        for name in CALLS:
            if hasattr(os, name):
                patch.setattr(os, name, self._counting(getattr(os, name)))

    def _counting(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - any call
            self.count += 1
            if self.count == self._at:
                signal.raise_signal(signal.SIGINT)
            return call(*arguments, **options)

        return counted


def interrupt_calls(program: Program, line: tuple[str, ...], *, every: int) -> int:
    before = files_in(program.home)
    known = saved(program)
    with pytest.MonkeyPatch.context() as patch:
        calls = Interrupting(patch, at=0)
        assert program(*line).code == 0
    untold = 0
    for at in range(1, calls.count + 1, every):
        restore(program, before)
        with pytest.MonkeyPatch.context() as patch, taking_interrupts():
            Interrupting(patch, at)
            result = program(*line)
        check_outcome(program, result, known)
        untold += result.code == 130
    assert untold < (calls.count + every - 1) // every, "it was never held back"
    return untold


@posix_only
@pytest.mark.parametrize(
    "every", [41, pytest.param(1, marks=pytest.mark.thorough)], ids=["some", "all"]
)
@pytest.mark.parametrize("line", [LOG, START], ids=["log", "start"])
def test_an_interrupt_before_a_call_of_os_saves_and_tells_or_does_neither(
    line: tuple[str, ...], every: int, run: Program
) -> None:
    if line == LOG:
        do(run, SHORT)

    assert interrupt_calls(run, line, every=every) > 1


def signal_at_calls(
    program: Program, line: tuple[str, ...], name: str, *, every: int, last: int
) -> set[int]:
    """Send a signal at system calls from the home on; the exit codes that came."""
    before = files_in(program.home)
    known = saved(program)
    calls = trace(program, *line).since(str(program.home))
    chosen = sorted({*calls[::every], *calls[len(calls) - last :]}, key=calls.index)
    codes = set()
    for call in chosen:
        restore(program, before)
        fault = f"{call.name}:signal={name}:when={call.nth}"
        result = trace(program, *line, only=call.name, inject=[fault]).result
        check_outcome(program, result, known)
        codes.add(result.code)
    return codes


@needs_strace
@pytest.mark.parametrize(
    ("name", "code"), [("SIGINT", 130), ("SIGTERM", -signal.SIGTERM)]
)
def test_a_signal_at_a_system_call_saves_and_tells_or_does_neither(
    name: str, code: int, run: Program
) -> None:
    do(run, SHORT)

    codes = signal_at_calls(run, LOG, name, every=70, last=2)
    assert codes >= {0, code}, codes


@needs_strace
@pytest.mark.thorough
@pytest.mark.parametrize(
    ("name", "code"), [("SIGINT", 130), ("SIGTERM", -signal.SIGTERM)]
)
@pytest.mark.parametrize("line", [LOG, START], ids=["log", "start"])
def test_a_signal_at_any_system_call_saves_and_tells_or_does_neither(
    name: str, code: int, line: tuple[str, ...], run: Program
) -> None:
    if line == LOG:
        do(run, SHORT)

    codes = signal_at_calls(run, line, name, every=1, last=0)
    assert codes == {0, code}, codes


@needs_strace
@pytest.mark.parametrize(
    "count", [4, pytest.param(80, marks=pytest.mark.thorough)], ids=["some", "all"]
)
def test_an_interrupt_while_the_program_is_loaded_ends_it_with_130(
    count: int, run: Program
) -> None:
    home = str(run.home)
    calls = trace(run, "next").since("llmpath/cli/")
    loading = list(takewhile(lambda each: home not in each.text, calls))
    for call in loading[:: len(loading) // count]:
        fault = f"{call.name}:signal=SIGINT:when={call.nth}"
        result = trace(run, "next", only=call.name, inject=[fault]).result
        assert result == (130, "", "interrupted; nothing was saved\n"), (call, result)
