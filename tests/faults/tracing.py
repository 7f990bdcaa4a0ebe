"""The program under strace: which system calls it makes, and faults put into them.

A fault is put before the n-th call of a name, counted over the whole run; where that is
comes from a run without faults. Runs of the same command on the same files make the
same calls.
"""

from __future__ import annotations

import compileall
import functools
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

import llmpath
from tests.cli.program import TODAY, Program, Result
from tests.interrupts import taking_interrupts

_LINE = re.compile(r"(?:\d+ +)?(?P<name>\w+)\(")


class Call(NamedTuple):
    """One system call of a run.

    Attributes:
        nth: How many calls of this name there were so far, with this one.
        text: The line of the trace, without the process's number.
    """

    name: str
    nth: int
    text: str

    @property
    def is_failed(self) -> bool:
        return " = -1 " in self.text

    @property
    def descriptor(self) -> str:
        """The first argument, which of most calls is the file's number."""
        return self.text.partition("(")[2].partition(",")[0].partition(")")[0]


class Traced(NamedTuple):
    """How a run under strace ended, and its calls in their order."""

    result: Result
    calls: tuple[Call, ...]

    def since(self, part: str) -> tuple[Call, ...]:
        """The calls from the first on whose line holds a text."""
        for place, call in enumerate(self.calls):
            if part in call.text:
                return self.calls[place:]
        return ()


@functools.cache
def why_no_strace() -> str:
    """Why calls cannot be traced here; empty where they can."""
    if sys.platform != "linux":
        return "strace is for Linux"
    if shutil.which("strace") is None:
        return "strace is not installed"
    tried = subprocess.run(
        ["strace", "-qq", "-o", os.devnull, "true"],  # noqa: S607 - where it lies differs
        capture_output=True,
        text=True,
        check=False,
    )
    return f"strace may not trace: {tried.stderr.strip()}" if tried.returncode else ""


needs_strace = pytest.mark.skipif(bool(why_no_strace()), reason=why_no_strace())


def trace(
    program: Program,
    *arguments: str,
    inject: Sequence[str] = (),
    only: str = "all",
    today: str | None = TODAY,
) -> Traced:
    """Run a command in a process of its own under strace.

    Args:
        inject: Faults as in `fdatasync:error=EIO:when=1`.
        only: Names of the calls to be listed, with commas.
    """
    _compile()
    log = program.home.parent / "calls.txt"
    faults = [word for each in inject for word in ("-e", f"inject={each}")]
    # No --seccomp-bpf, which is faster: with it strace 6.1 sends no signals.
    strace = ["strace", "-f", "-qq", "-s", "300", "-o", str(log), "-e", f"trace={only}"]
    # Without a home Python asks the system for one, over a socket.
    own = {"HOME": str(program.home.parent), "PYTHONHASHSEED": "0"}
    with taking_interrupts():
        done = subprocess.run(
            [*strace, *faults, sys.executable, "-m", "llmpath", *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            env={**program.environment(None, None, today), **own},
            timeout=120,
            check=False,
        )
    result = Result(done.returncode, done.stdout, done.stderr)
    return Traced(result, tuple(_calls(log)))


@functools.cache
def _compile() -> None:
    """Compile the program: a first run would else make other calls than the second."""
    compileall.compile_dir(Path(llmpath.__file__).parent, quiet=2)


def _calls(log: Path) -> list[Call]:
    counts: Counter[str] = Counter()
    found = []
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        if match := _LINE.match(line):
            name = match["name"]
            counts[name] += 1
            text = line[match.start("name") :]
            found.append(Call(name, counts[name], text))
    return found
