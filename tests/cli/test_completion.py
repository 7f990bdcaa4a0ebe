from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import typer

from llmpath.cli.command_tree import Command, walk
from llmpath.cli.main import Root, app
from llmpath.cli.setting_values import KEYS
from tests.cli.program import Program

MODULE = "illustrated-transformer"
SHELLS = ("bash", "zsh", "fish")


class Case(NamedTuple):
    """Words as typed, the last one not finished, and what they can become."""

    typed: tuple[str, ...]
    offered: frozenset[str]


def offers(typed: str, *offered: str) -> Case:
    words = shlex.split(typed)
    return Case(
        (*words, "") if typed.endswith(" ") else tuple(words), frozenset(offered)
    )


CASES = (
    offers("llmpath sta", "start", "status"),
    offers("llmpath off ", "add", "list", "remove"),
    offers("llmpath --color always config set co", "color"),
    offers(
        "llmpath config get plan.b", "plan.buffer", "plan.block_min", "plan.block_max"
    ),
    offers("llmpath config set color "),
    offers("llmpath start --t", "--track", "--to", "--today"),
    offers("llmpath start --track ", "short", "long", "guide"),
    offers("llmpath --color ", "auto", "always", "never"),
    offers("llmpath list --status b", "blocked"),
    offers("llmpath show sho", "short"),
    offers("llmpath export ", "ics", "json", "csv", "md"),
    offers("llmpath completion ", *SHELLS),
    offers("llmpath help re", "reopen", "redo", "replan"),
    offers("llmpath help timer "),
    offers(
        "llmpath done illustrated-transformer/h", f"{MODULE}/heads-positions-decoder"
    ),
    offers("llmpath path --to illustrating-rlhf/rlhf-p", "illustrating-rlhf/rlhf-post"),
    offers(
        f"llmpath done {MODULE} --took 20 illustrating-rlhf/rlhf-p",
        "illustrating-rlhf/rlhf-post",
    ),
    offers(f"llmpath later {MODULE} "),
    offers("llmpath done -- -"),
    offers("llmpath export json -o /dev/nul", "/dev/null"),
)

BASH = """\
source {script}
complete -p llmpath >&2
COMP_WORDS=({words})
COMP_CWORD=$(({count} - 1))
_llmpath llmpath
printf '%s\\n' "${{COMPREPLY[@]}}"
"""

# What zsh would list is taken from the calls that list it: they need a line editor.
ZSH = """\
compdef() {{ print -u2 -- "$@"; }}
source {script}
_describe() {{ print -rl -- "${{(@P)@[-1]}}"; }}
_files() {{ print -r -- /dev/null; }}
words=({words})
CURRENT={count}
_llmpath
"""

FISH = """\
source {script}
complete -C {line}
"""


@pytest.fixture
def completed(run: Program, tmp_path: Path) -> Callable[[str, Case], set[str]]:
    """What a real shell offers for a line, with llmpath on its path."""
    program = tmp_path / "bin" / "llmpath"
    program.parent.mkdir()
    program.write_text(
        f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m llmpath "$@"\n'
    )
    program.chmod(0o755)
    run("start", "--track", "short")

    def complete(shell: str, case: Case) -> set[str]:
        script = script_of(run, shell, tmp_path)
        text = {"bash": BASH, "zsh": ZSH, "fish": FISH}[shell].format(
            script=shlex.quote(str(script)),
            words=" ".join(map(shlex.quote, case.typed)),
            count=len(case.typed),
            line=shlex.quote(" ".join(case.typed)),
        )
        environment = run.environment(None, None, "2026-11-20")
        path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
        done = in_shell(shell, text, {**environment, "PATH": path})
        return {word_of(line, shell) for line in done.splitlines() if line}

    return complete


def in_shell(shell: str, text: str, environment: dict[str, str]) -> str:
    """What a script prints in a shell without the user's own settings."""
    found = shutil.which(shell)
    if found is None:
        pytest.skip(f"{shell} is not installed")
    quiet = {"bash": ["--norc", "-c"], "zsh": ["-f", "-c"], "fish": ["-N", "-c"]}
    done = subprocess.run(
        [found, *quiet[shell], text],
        capture_output=True,
        encoding="utf-8",
        env=environment,
        timeout=60,
        check=False,
    )
    assert (done.returncode, "rror" in done.stderr) == (0, False), done
    return done.stdout


def script_of(run: Program, shell: str, folder: Path) -> Path:
    done = run("completion", shell)
    assert done.code == 0
    script = folder / f"completion.{shell}"
    script.write_text(done.stdout, encoding="utf-8")
    return script


def word_of(line: str, shell: str) -> str:
    """The word of an offer, without its description."""
    return line.partition({"bash": "\n", "zsh": ":", "fish": "\t"}[shell])[0]


@pytest.mark.skipif(os.name == "nt", reason="needs a shell of Unix")
@pytest.mark.parametrize("case", CASES, ids=lambda case: " ".join(case.typed))
@pytest.mark.parametrize("shell", SHELLS)
def test_a_real_shell_offers_what_can_follow(
    completed: Callable[[str, Case], set[str]], shell: str, case: Case
) -> None:
    offered = completed(shell, case)
    # zsh and fish choose themselves from what the script offers; fish by any part.
    if shell != "bash":
        offered = {each for each in offered if each.startswith(case.typed[-1])}
    assert offered == case.offered


@pytest.mark.skipif(os.name == "nt", reason="needs a shell of Unix")
@pytest.mark.parametrize(
    ("shell", "typed", "expected"),
    [
        # bash hands the sign on as a word of its own.
        ("bash", "llmpath list --status = b", "blocked"),
        ("fish", "llmpath list --status=b", "--status=blocked"),
    ],
)
def test_a_value_may_stand_behind_an_equals_sign(
    completed: Callable[[str, Case], set[str]], shell: str, typed: str, expected: str
) -> None:
    assert completed(shell, offers(typed)) == {expected}


ZSH_EDITOR = """\
zmodload zsh/zpty
zpty -b editor zsh -f -i
zpty -w editor 'PS1=; autoload -Uz compinit; compinit -u -D; source {script}'
zpty -w editor 'bindkey "^X" list-choices; stty cols 200; echo rea''dy'
zpty -r editor said '*ready*'
zpty -w -n editor 'llmpath list --status=b'$'\\x18'
zpty -r editor said '*blocked*' && print offered
zpty -w -n editor $'\\x15llmpath sta\\x18'
zpty -r editor said '*Show progress by phase and module*' && print described
zpty -d editor
"""


@pytest.mark.skipif(os.name == "nt", reason="needs a shell of Unix")
def test_the_line_editor_of_zsh_lists_and_describes(
    run: Program, tmp_path: Path
) -> None:
    script = script_of(run, "zsh", tmp_path)
    text = ZSH_EDITOR.format(script=shlex.quote(str(script)))
    environment = {**run.environment(None, None, "2026-11-20"), "TERM": "xterm"}
    assert in_shell("zsh", text, environment) == "offered\ndescribed\n"


def all_commands() -> list[Command]:
    return list(walk(typer.main.get_command(app)))


def expected_words() -> Iterator[str]:
    for command in all_commands():
        yield from (child.text for child in command.children)
        for option in command.options:
            yield from option.names


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_has_every_command_and_option(run: Program, shell: str) -> None:
    script = run("completion", shell).stdout
    missing = [word for word in expected_words() if word not in script]
    assert missing == []
    assert all(key in script for key in KEYS)
    assert re.findall("@[A-Z]+@", script) == []


def test_the_tree_has_every_command_with_its_real_options() -> None:
    commands = {each.path: each for each in all_commands()}
    assert {path for path in commands if path.count("/") == 1} == {
        f"/{name}" for name in Root.entries
    }
    assert {"/off/add", "/timer/start", "/config/set"} <= commands.keys()
    assert [each.values.kind for each in commands["/later"].arguments] == [
        "ids",
        "anything",
    ]
    (done,) = commands["/done"].arguments
    assert (done.values.kind, done.repeats) == ("ids", True)
    start = {name: each for each in commands["/start"].options for name in each.names}
    assert start["--track"].values is not None
    assert start["--track"].values.kind == "tracks"


def test_a_script_says_how_to_install_it_and_printing_it_writes_nothing(
    run: Program,
) -> None:
    for shell in SHELLS:
        head = run("completion", shell).stdout[:600]
        assert "To try it:" in head
        assert "To keep it:" in head
    assert not run.home.exists()


@pytest.mark.parametrize("arguments", [(), ("powershell",)])
def test_another_shell_is_refused(run: Program, arguments: tuple[str, ...]) -> None:
    refused = run("completion", *arguments)
    assert (refused.code, refused.stdout) == (2, "")
