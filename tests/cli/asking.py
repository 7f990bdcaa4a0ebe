"""Commands that must succeed, and what they answer."""

from __future__ import annotations

import shlex
from typing import Any

from tests.cli.program import Program, Result


def do(program: Program, line: str, **options: Any) -> Result:  # noqa: ANN401 - as `Program` takes them
    """Run a command that must succeed."""
    result = program(*shlex.split(line), **options)
    assert result.code == 0, (line, result)
    return result


def ask(program: Program, line: str, **options: Any) -> Any:  # noqa: ANN401 - a document
    """The document of a command that must succeed."""
    return do(program, f"{line} --json", **options).json()


def sentences(program: Program, line: str, **options: Any) -> list[str]:  # noqa: ANN401 - as above
    """The answer in sentences."""
    return do(program, line, env={"ACCESSIBLE": "1"}, **options).stdout.splitlines()


def statuses(program: Program, *options: str) -> dict[str, str]:
    """Each lesson of the active tracks with its status."""
    document = ask(program, shlex.join(["list", *options]))
    return {
        lesson["id"]: lesson["status"]
        for module in document["modules"]
        for lesson in module["lessons"]
    }


def closed_lessons(program: Program) -> set[str]:
    """The lessons that are done or skipped."""
    known = statuses(program).items()
    return {lesson for lesson, status in known if status in {"done", "skipped"}}


def logged_on(program: Program, what: str) -> int:
    minutes = ask(program, f"show {what}")["logged_minutes"]
    assert isinstance(minutes, int)
    return minutes
