"""`help` prints what `--help` prints, by the command's name."""

from __future__ import annotations

import re

import pytest

from llmpath.cli.main import Root
from scripts.make_docs import commands
from tests.cli.program import Program

COMMANDS = tuple(each.removeprefix("llmpath").strip() for each in commands())


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command_is_what_its_option_prints(
    command: str, run: Program
) -> None:
    asked = run("help", *command.split())
    option = run(*command.split(), "--help")

    assert asked.stdout.startswith(f"Usage: llmpath {command}".strip())
    assert asked == option
    assert asked.code == 0


def test_every_command_with_commands_of_its_own_is_among_them() -> None:
    assert {each for each in COMMANDS if " " not in each} == {"", *Root.entries}
    assert {"timer stop", "off add", "curriculum check", "config set"} <= set(COMMANDS)


@pytest.mark.parametrize(
    "line", ["nxet", "bogus", "zzz", "timer stpo", "timer bogus", "off zzz"]
)
def test_help_of_an_unknown_command_answers_as_the_command_would(
    line: str, run: Program
) -> None:
    asked = run("help", *line.split())

    assert asked == run(*line.split())
    assert (asked.code, asked.stdout) == (2, "")
    assert asked.stderr.startswith("error: no such command")


@pytest.mark.parametrize("line", ["next now", "help timer"])
def test_help_below_a_command_without_commands_is_refused(
    line: str, run: Program
) -> None:
    command = line.partition(" ")[0]
    asked = run("help", *line.split())

    assert (asked.code, asked.stdout) == (2, "")
    assert asked.stderr == (
        f"error: llmpath {command} has no commands of its own\n"
        f"  try: llmpath {command} --help\n"
    )


def test_help_needs_no_home_that_can_be_read(run: Program) -> None:
    asked = run("help", "next", "--home", "/dev/null/nowhere")

    assert (asked.code, asked.stderr) == (0, "")


@pytest.mark.parametrize("command", COMMANDS)
def test_help_speaks_of_no_types_and_no_formulas(command: str, run: Program) -> None:
    shown = run("help", *command.split()).stdout

    assert not re.search(r"<|>|\bint\b|\brange\]|INTEGER|1<=x", shown)
