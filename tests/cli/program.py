"""The program as a test runs it: in this process, or in one of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from io import BytesIO, TextIOWrapper
from pathlib import Path
from types import TracebackType
from typing import Any, AnyStr, NamedTuple
from unittest import mock

from llmpath.cli.main import main

TODAY = "2026-11-20"
"""A Friday."""

NOON = f"{TODAY}T12:00:00+00:00"
"""With its offset, so that times read the same in every zone."""

CLEARED = (
    "ACCESSIBLE",
    "CLICOLOR_FORCE",
    "EDITOR",
    "FORCE_COLOR",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "LLMPATH_ASCII",
    "TERM",
    "VISUAL",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_STATE_HOME",
)
"""What a machine may have set and a test must not see."""


class Result(NamedTuple):
    """How a run of the program ended."""

    code: int
    stdout: str
    stderr: str

    def json(self) -> Any:  # noqa: ANN401 - a document of any command
        """The document on stdout; fails with what was said if there is none."""
        assert self.stdout, self
        return json.loads(self.stdout)


class Child(subprocess.Popen[AnyStr]):
    """A process that is killed at the end of its block, if it still runs.

    A test that fails would else wait for what its process waits for.
    """

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Kill it and wait for its end."""
        self.kill()
        super().__exit__(kind, error, trace)


class Program:
    """Runs llmpath with a home of its own, on a given day, without a terminal."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def __call__(
        self,
        *arguments: str | Path,
        home: Path | None = None,
        env: Mapping[str, str] | None = None,
        stdin: str = "",
        today: str | None = TODAY,
    ) -> Result:
        """Run it in this process."""
        settings = self.environment(home, env, today)
        # Bytes beneath, as on a real machine: the program asks for the encoding.
        stdout, stderr = (
            TextIOWrapper(BytesIO(), encoding="utf-8", newline="") for _ in range(2)
        )
        typed = TextIOWrapper(BytesIO(stdin.encode()), encoding="utf-8")
        with (
            mock.patch.dict(os.environ, settings, clear=True),
            mock.patch.object(sys, "stdin", typed),
            redirect_stdout(stdout),
            redirect_stderr(stderr),
        ):
            code = main([str(each) for each in arguments])
        return Result(code, written_to(stdout), written_to(stderr))

    def process(
        self,
        *arguments: str | Path,
        home: Path | None = None,
        env: Mapping[str, str] | None = None,
        stdin: str = "",
        today: str | None = TODAY,
        timeout: float = 60,
    ) -> Result:
        """Run `python -m llmpath` in a process of its own."""
        done = subprocess.run(
            [sys.executable, "-m", "llmpath", *map(str, arguments)],
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            env=self.environment(home, env, today),
            timeout=timeout,
            check=False,
        )
        return Result(done.returncode, done.stdout, done.stderr)

    def environment(
        self, home: Path | None, env: Mapping[str, str] | None, today: str | None
    ) -> dict[str, str]:
        """The machine's environment without what would change an answer."""
        kept = {
            key: value
            for key, value in os.environ.items()
            if key not in CLEARED and not key.startswith("LLMPATH_")
        }
        given = {} if today is None else {"LLMPATH_TODAY": today}
        return {
            **kept,
            "LLMPATH_HOME": str(home or self.home),
            "COLUMNS": "80",
            "NO_COLOR": "1",
            "PYTHONUTF8": "1",
            **given,
            **(env or {}),
        }


def written_to(stream: TextIOWrapper) -> str:
    """What was written to a stream of bytes."""
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, BytesIO)
    return buffer.getvalue().decode()
