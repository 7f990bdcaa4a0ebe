"""Runs the program on small file systems and prints how each run ended, as JSON.

Started in a mount namespace of its own: `on_a_small_disk.py HOME KIND SIZE...`. Kinds:
`kibibytes` and `inodes` start anew on a disk of each size; `filling` fills one disk.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

from llmpath.cli.main import main

LESSON = "lets-build-gpt/data-and-batches"
OPTIONS = {"kibibytes": "size={}k", "inodes": "size=4m,nr_inodes={}"}
START = ("start", "--track", "short", "--json")


def mount(home: Path, options: str) -> None:
    command = ["mount", "-t", "tmpfs", "-o", options, "none", str(home)]
    subprocess.run(command, check=True)


def unmount(home: Path) -> None:
    subprocess.run(["umount", str(home)], check=True)  # noqa: S607 - as above


def run(*arguments: str) -> dict[str, Any]:
    stdout, stderr = io.StringIO(), io.StringIO()
    with redirect_stdout(stdout), redirect_stderr(stderr):
        code = main(arguments)
    return {"code": code, "stdout": stdout.getvalue(), "stderr": stderr.getvalue()}


def journal(home: Path) -> list[str]:
    folder = home / "data" / "journal"
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    return [f"{each.name} {each.read_text()}" for each in files]


def events(home: Path) -> set[str]:
    files = sorted((home / "data" / "journal").glob("*.jsonl"))
    lines = [line for each in files for line in each.read_text().splitlines()]
    return {json.loads(line)["id"] for line in lines}


def refused(home: Path, line: tuple[str, ...], known: set[str]) -> dict[str, Any]:
    """Run a command; where it is refused, again once there is room."""
    before = journal(home)
    ended = run(*line)
    if ended["code"] == 3:
        ended |= {"before": before, "after": journal(home)}
        remount(home)
        again = run(*line)
        ended |= {"room again": again["code"], "again": again["stderr"]}
    elif ended["code"] == 0:
        known.add(json.loads(ended["stdout"])["event"])
    return ended | {"lost": sorted(known - events(home))}


def remount(home: Path) -> None:
    command = ["mount", "-o", "remount,size=4m,nr_inodes=1000", str(home)]
    subprocess.run(command, check=True)


def started_anew(home: Path, option: str, sizes: list[int]) -> list[dict[str, Any]]:
    runs = []
    for size in sizes:
        mount(home, option.format(size))
        runs.append(refused(home, START, set()))
        unmount(home)
    return runs


def filled(home: Path, count: int) -> list[dict[str, Any]]:
    """Records of 2 kB, until the disk is full and a little longer."""
    runs = []
    mount(home, f"size={(count + 30) * 2048}")
    known: set[str] = set()
    runs.append(refused(home, START, known))
    filler = home / "filler"
    free = os.statvfs(home)
    room = free.f_bavail * free.f_bsize - (count // 2 + 2) * 2048
    filler.write_bytes(bytes(max(0, room)))
    while runs[-1]["code"] == 0:
        line = ("note", LESSON, "x" * 1900, "--json")
        runs.append(refused(home, line, known))
    unmount(home)
    return runs


def main_in_namespace(home: Path, kind: str, sizes: list[int]) -> None:
    if kind == "filling":
        runs = filled(home, *sizes)
    else:
        runs = started_anew(home, OPTIONS[kind], sizes)
    sys.stdout.write(json.dumps(runs))


if __name__ == "__main__":
    main_in_namespace(
        Path(sys.argv[1]), sys.argv[2], [int(each) for each in sys.argv[3:]]
    )
