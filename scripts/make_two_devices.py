"""Write docs/two-devices.md: two devices that study apart and share a git remote.

Every command is run on the day that stands above it, in a home of its device, as if its
output were a terminal of 80 columns. Random ids are replaced by steady ones. A test
compares the result with the file.

    python -m scripts.make_two_devices
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import chdir
from datetime import date
from itertools import groupby
from pathlib import Path
from shutil import which
from typing import NamedTuple
from unittest.mock import patch

from rich.text import Text

from scripts.make_pictures import Step, output_of, surroundings

WALK = Path(__file__).resolve().parents[1] / "docs" / "two-devices.md"

URL = "git@example.org:me/study.git"

INTRODUCTION = """\
# Two devices

A laptop and a phone, each with a home of its own, share a git repository. Both study
where there is no network, synchronise, and the phone takes back, by its id, what the
laptop did. What the program prints is its real output, 80 columns wide, written by
`python -m scripts.make_two_devices`; the repository is a bare one on disk, to which a
setting of git leads the address. Where a command stands alone, its output is left out.
"""

NAMES = {"laptop": "laptop-7f3a", "phone": "phone-c01d"}
"""The device's id instead of the random one, by the name of its host."""


class Turn(NamedTuple):
    """A command line typed on a device on a day.

    Attributes:
        typed: `{last}` in it is the id of the laptop's last record.
        is_shown: Whether its output stands in the document.
        code: The exit code with which it ends.
    """

    day: str
    device: str
    typed: str
    is_shown: bool = True
    code: int = 0


TURNS = (
    Turn("2026-11-20", "laptop", "start --track short", is_shown=False),
    Turn("2026-11-20", "laptop", f"sync init {URL}"),
    Turn("2026-11-20", "phone", f"sync init {URL}"),
    Turn("2026-11-21", "laptop", "done self-attention-detail --took 15m"),
    Turn("2026-11-21", "phone", "log bigram-baseline 20m"),
    Turn("2026-11-21", "phone", "done heads-positions-decoder", is_shown=False),
    Turn("2026-11-22", "laptop", "sync"),
    Turn("2026-11-22", "phone", "sync --check", code=1),
    Turn("2026-11-22", "phone", "sync"),
    Turn("2026-11-22", "phone", "history -n 4"),
    Turn("2026-11-22", "phone", "undo {last}"),
    Turn("2026-11-22", "phone", "sync"),
    Turn("2026-11-22", "laptop", "sync"),
    Turn("2026-11-22", "laptop", "status"),
    Turn("2026-11-22", "phone", "status"),
)


def walked() -> str:
    """The document, as the program answers now."""
    with (
        tempfile.TemporaryDirectory() as folder,
        surroundings(Path(folder)),
        chdir(folder),
    ):
        place = Path(folder)
        prepare(place)
        days = groupby(TURNS, key=lambda turn: turn.day)
        parts = [
            part for day, turns in days for part in day_parts(place, day, list(turns))
        ]
        text = "\n".join([INTRODUCTION, *parts])
        for random, steady in replacements(place).items():
            text = text.replace(random, steady)
        return text


def prepare(place: Path) -> None:
    """Make the bare repository, and settings of git that lead the address to it."""
    remote = place / "study.git"
    (place / "settings").write_text(f'[url "{remote.as_posix()}"]\ninsteadOf = {URL}\n')
    settings = {"GIT_CONFIG_GLOBAL": str(place / "settings"), "HOME": str(place)}
    os.environ.update(settings)  # those of `surroundings`, which end with it
    git = which("git")
    if git is None:
        raise SystemExit("git is not installed")
    subprocess.run([git, "init", "--quiet", "--bare", str(remote)], check=True)


def records(place: Path, device: str) -> list[str]:
    """The ids of a device's records, in their order, from its own home."""
    files = sorted((place / device / "data" / "journal").glob(f"{device}-*.jsonl"))
    lines = [line for file in files for line in file.read_bytes().splitlines()]
    return [str(json.loads(line)["id"]) for line in lines]


def replacements(place: Path) -> dict[str, str]:
    """What stands in the document for each random id; as long, so that lines stay."""
    steady = {}
    for host, name in NAMES.items():
        (file,) = (place / host / "data" / "journal").glob(f"{host}-*.jsonl")
        steady[file.name.partition(".")[0]] = name
        for number, ident in enumerate(records(place, host), 1):
            steady[ident] = f"{host[0]}{number}tzxvdszmmv6luc"
    return steady


def said(place: Path, turn: Turn, typed: str) -> str:
    """What a command prints on its device."""
    home = {"LLMPATH_HOME": str(place / turn.device)}
    with (
        patch.dict(os.environ, home),
        patch("llmpath.storage.device._host_name", return_value=turn.device),
    ):
        return output_of(Step(turn.day, typed), expected=turn.code)


def day_parts(place: Path, day: str, turns: list[Turn]) -> Iterator[str]:
    """A heading for the day, then what is typed on each device, and what it prints."""
    yield f"## {date.fromisoformat(day):%A} {day}\n"
    for turn in turns:
        last = records(place, "laptop")[-1:]
        typed = turn.typed.format(last="".join(last))
        printed = Text.from_ansi(said(place, turn, typed).rstrip("\n")).plain
        lines = [line.rstrip() for line in printed.splitlines()]
        shown = lines if turn.is_shown else []
        yield "\n".join(["```text", f"{turn.device}$ llmpath {typed}", *shown, "```\n"])


if __name__ == "__main__":
    WALK.write_text(walked(), encoding="utf-8", newline="\n")
    sys.stdout.write(f"{WALK}\n")
