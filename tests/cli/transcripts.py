"""What a command answers in each form, as one text to compare with a file."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from tests.cli.program import NOON, Program, Result
from tests.cli.states import Homes, records_in

FORMS: tuple[tuple[str, list[str], dict[str, str]], ...] = (
    ("--json", ["--json"], {}),
    ("--plain", ["--plain"], {}),
    ("ACCESSIBLE=1", [], {"ACCESSIBLE": "1"}),
)


def transcript(homes: Homes, state: str, line: str, *, today: str = NOON) -> str:
    """A command's answers in all forms, each from the same state."""
    parts = []
    for name, options, env in FORMS:
        program = homes(state)
        result = program(*shlex.split(line), *options, env=env, today=today)
        command = f"llmpath {line}".strip()
        parts.append(f"== {command}  ({name})\n{shown(result, program)}")
    return "\n".join(parts)


def shown(result: Result, program: Program) -> str:
    """What was said, without what differs between two runs."""
    text = "".join(said(result))
    for number, (record, device) in enumerate(written(program), 1):
        text = text.replace(record, f"<record {number}>").replace(device, "<device>")
    return text.replace(str(program.home), "<home>")


def said(result: Result) -> Iterator[str]:
    """Stdout, then the lines of stderr and an exit code other than 0."""
    yield result.stdout
    yield from (f"! {line}\n" for line in result.stderr.splitlines())
    if result.code:
        yield f"! exit {result.code}\n"


def written(program: Program) -> list[tuple[str, str]]:
    """Ids and devices of the journal's records."""
    records = records_in(program.home)
    return [(str(record["id"]), str(record["device"])) for record in records]
