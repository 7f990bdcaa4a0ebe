"""Prepared homes: built once by real commands, put back before every use.

A home knows its own path, so a copy elsewhere would be another device; the same folder
is emptied and filled again instead.
"""

from __future__ import annotations

import json
import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.cli.program import NOON, Program

SHORT = "start --track short"
TRANSFORMER = "illustrated-transformer"
BEGUN = (SHORT, f"done {TRANSFORMER}")
"""The first module of `short` is done."""

STUDIED = (
    "start --track long --hours 6 --by 2027-04-30 --today 2026-09-28",
    *(
        f"done {lesson} --took {minutes}m --today 2026-{day}"
        for lesson, minutes, day in (
            ("ml-intro-videos", 150, "09-29"),
            ("ml-intro-quizzes", 40, "09-30"),
            ("regression-videos", 90, "10-06"),
            ("regression-quizzes", 45, "10-07"),
            ("linear-regression-lab", 200, "10-08"),
            ("classification-videos", 95, "10-14"),
            ("classification-quizzes", 50, "10-20"),
        )
    ),
)
"""Four weeks of study on `long`, then four and a half without any."""

STATES: dict[str, tuple[str, ...]] = {
    "empty": (),
    "hours only": ("hours 3",),
    "short": (SHORT,),
    "begun": BEGUN,
    "stopped": (*BEGUN, "start --none"),
    "skipped": (SHORT, f"skip {TRANSFORMER}"),
    "with a target": (SHORT, "target 2026-12-11"),
    "with days off": (SHORT, "off add 2026-12-24..2026-12-26"),
    "on a break": (SHORT, "off add today.."),
    "undone": (*BEGUN, "undo"),
    "timing": (SHORT, f"timer start {TRANSFORMER}"),
    "studied": STUDIED,
    "at risk": (*STUDIED, "include advanced-algorithms", "target 2027-01-31"),
    "noted": (SHORT, f'note {TRANSFORMER} "two heads are better"'),
}

NOTE = re.compile("note: the present is given: .*\n")


class Homes:
    """The homes of some tests, all at one path, one at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, dict[Path, bytes]] = {}

    def __call__(self, state: str) -> Program:
        """The program with a home in that state."""
        program = Program(self._folder / "home")
        if state in self._known:
            put_back(program.home, self._known[state])
            return program
        shutil.rmtree(program.home, ignore_errors=True)
        for line in STATES[state]:
            result = program(*shlex.split(line), today=NOON)
            assert result.code == 0, (line, result)
        self._known[state] = files_in(program.home)
        return program


def files_in(folder: Path) -> dict[Path, bytes]:
    """Every file below a folder with its bytes; none if there is no such folder."""
    return {each: each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def put_back(home: Path, files: dict[Path, bytes]) -> None:
    """Make a folder hold these files and no others; to remove folders is slow."""
    if home.is_file():
        home.unlink()
    folders = {parent for path in files for parent in path.parents}
    for path in sorted(home.rglob("*"), reverse=True):
        if path.is_dir() and path not in folders:
            path.rmdir()
        elif path.is_file() and path not in files:
            path.unlink()
    for path, data in files.items():
        if not path.is_file() or path.read_bytes() != data:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def written_in(home: Path) -> dict[Path, bytes]:
    """What must not change when nothing is written: the data and the timer."""
    return {
        path: data
        for path, data in files_in(home).items()
        if path.name == "timer.json" or (home / "data") in path.parents
    }


def journal_file(home: Path) -> Path:
    """The one file of the journal."""
    (file,) = (home / "data" / "journal").iterdir()
    return file


def records_in(home: Path) -> list[dict[str, Any]]:
    """The journal's records, as they were written."""
    folder = home / "data" / "journal"
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    lines = [line for file in files for line in file.read_bytes().splitlines()]
    return [json.loads(line) for line in lines]


def timer_file(home: Path) -> Path:
    """The running timer of this machine."""
    (state,) = (home / "state").iterdir()
    return state / "timer.json"


def without_note(stderr: str) -> str:
    """What was said, but for the line on the given present."""
    return NOTE.sub("", stderr)


Damage = Callable[[Path], None]
"""Spoils a home."""
