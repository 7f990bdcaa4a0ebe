"""The programs that are compared, each with what its own command line needs."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.faults import stores
from benchmarks.faults.homes import Program, last_line
from benchmarks.startup import make_home, write_launcher

PEERS = {"Watson": "td-watson==2.1.0", "jrnl": "jrnl==4.6"}
"""What is installed from the package index, by the name in the table."""

LESSON = "illustrated-transformer/self-attention-detail"
JRNL_CONFIGURATION = """\
colors: {body: none, date: none, tags: none, title: none}
default_hour: 9
default_minute: 0
display_format:
editor: ''
encrypt: false
highlight: true
indent_character: '|'
journals: {default: {journal: journal.txt}}
linewrap: 79
tagsymbols: '@'
template: false
timeformat: '%F %T'
version: '4.6'
"""


def find_programs(folder: Path, *, with_peers: bool = True) -> Iterator[Program]:
    """llmpath, its peers where they can be had, and the control."""
    yield llmpath(folder)
    if with_peers:
        yield from installed_peers(folder)
        yield taskwarrior()
        yield timewarrior()
    yield careless()


def llmpath(folder: Path) -> Program:
    """This checkout, started as pip's console script starts it."""
    command = write_launcher(folder, "run_llmpath.py", "llmpath.__main__", "main")

    def fill(home: Path, count: int) -> None:
        shutil.rmtree(home)
        make_home(home, count, command)

    help_text = said([*command, "doctor", "--help"])
    return Program(
        "llmpath",
        said([*command, "--version"]).removeprefix("llmpath "),
        command,
        add=lambda _, text: ["note", LESSON, text],
        export=["export", "json"],
        parse=lambda document: list(document["records"]),
        first=["next"],
        store="data/journal/*.jsonl",
        fill=fill,
        setup=[["start", "--track", "short"]],
        variables={"LLMPATH_HOME": "{home}"},
        repair=["doctor", "--repair"] if "--repair" in help_text else [],
    )


def installed_peers(folder: Path) -> Iterator[Program]:
    """Peers from the package index, in an environment of their own."""
    environment = folder / "peers"
    binaries = environment / ("Scripts" if sys.platform == "win32" else "bin")
    install = [str(binaries / "python"), "-m", "pip", "install", "--quiet"]
    for make, requirement in zip((watson, jrnl), PEERS.values(), strict=True):
        reason = failure([sys.executable, "-m", "venv", str(environment)]) or failure(
            [*install, requirement]
        )
        yield make(binaries)._replace(missing=reason)


def failure(command: list[str]) -> str:
    """Why a command failed; empty where it did not."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return last_line(done.stderr) if done.returncode else ""


def said(command: list[str]) -> str:
    """What a command prints."""
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def watson(binaries: Path) -> Program:
    """A JSON list, written to a temporary file and renamed."""

    def add(n: int, text: str) -> list[str]:
        begin, end = minute(n), minute(n + 1)
        return ["add", "--from", f"{begin}", "--to", f"{end}", text]

    return Program(
        "Watson",
        PEERS["Watson"].partition("==")[2],
        [str(binaries / "watson")],
        add=add,
        export=["log", "--all", "--json"],
        first=["log", "--no-pager"],
        store="frames",
        fill=stores.fill_watson,
        variables={"WATSON_DIR": "{home}"},
    )


def jrnl(binaries: Path) -> Program:
    """A text, read whole and written in its place."""
    return Program(
        "jrnl",
        PEERS["jrnl"].partition("==")[2],
        [str(binaries / "jrnl"), "--config-file", "jrnl.yaml"],
        add=lambda _, text: [text],
        export=["--format", "json"],
        parse=lambda document: list(document["entries"]),
        first=["-n", "3"],
        store="journal.txt",
        fill=stores.fill_jrnl,
        files={"jrnl.yaml": JRNL_CONFIGURATION, "journal.txt": ""},
    )


def taskwarrior() -> Program:
    """A line for each task, in a file for open and one for done."""
    return found_here(
        "taskwarrior",
        "task",
        Program(
            "taskwarrior",
            "",
            add=lambda _, text: ["add", text],
            export=["export"],
            parse=without("id", "urgency"),
            first=["next"],
            store="pending.data",
            fill=stores.fill_taskwarrior,
            files={"taskrc": ""},
            variables={"TASKRC": "{home}/taskrc", "TASKDATA": "{home}"},
        ),
    )


def timewarrior() -> Program:
    """A line for each interval, in a file for each month."""

    def add(n: int, text: str) -> list[str]:
        return ["track", f"{minute(n):%FT%T}", "-", f"{minute(n + 1):%FT%T}", text]

    return found_here(
        "timewarrior",
        "timew",
        Program(
            "timewarrior",
            "",
            add=add,
            parse=without("id"),
            first=["summary", ":week"],
            store="data/2020-01.data",
            fill=stores.fill_timewarrior,
            setup=[[":yes", "export"]],
            variables={"TIMEWARRIORDB": "{home}"},
        ),
    )


def careless() -> Program:
    """The control."""
    script = str(Path(__file__).with_name("careless.py"))
    return Program(
        "careless control",
        "",
        [sys.executable, "-I", script],
        store="entries.txt",
        fill=stores.fill_careless,
    )


def found_here(name: str, command: str, program: Program) -> Program:
    """A program that the machine has, or has not."""
    path = shutil.which(command)
    if path is None:
        return program._replace(missing=f"{name} is not installed")
    version = re.search(r"\d[\d.]*", said([path, "--version"]))
    return program._replace(version=version[0] if version else "", command=[path])


def minute(n: int) -> datetime:
    """The nth minute of a month in which nothing else is recorded."""
    return datetime(2020, 1, 1) + timedelta(minutes=n)  # noqa: DTZ001 - local, in UTC


def without(*keys: str) -> Any:  # noqa: ANN401 - of entries in JSON
    """Entries without what depends on other entries or on the clock."""

    def parse(document: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
        return [
            {key: value for key, value in each.items() if key not in keys}
            for each in document
        ]

    return parse
