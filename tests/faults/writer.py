"""Writes records for ever and tells each, or checks that what was told is there.

For `root.sh`: `writer.py write|careless|check HOME`. The ids that are told go to stdout
and come from stdin. Every second record begins a file of its own, as long as there are
years. `careless` leaves the flushes out, which shows what the checks find then.
"""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

from llmpath.core.events import NoteAdded
from llmpath.storage.device import machine_id
from llmpath.storage.journal import read_journal
from llmpath.storage.journal_writing import write_journal
from llmpath.storage.paths import Places, find_places


def append(home: Places, number: int) -> str:
    """Append a record as a command does, and give its id."""
    with write_journal(home) as writer:
        return writer.append(
            at="",
            day=date(2000 + (number % 180 // 2 if number % 2 else 99), 1, 1),
            command="",
            events=(NoteAdded("a/b", "x" * (number % 500)),),
            journal=read_journal(home, writer.device),
            given_today=False,
        ).id


def write(home: Places) -> None:
    """Append and tell until killed."""
    number = 0
    while True:
        number += 1
        sys.stdout.write(append(home, number) + "\n")
        sys.stdout.flush()


def check(home: Places, told: set[str]) -> str:
    """What is left of what was told: numbers of told, lost and damaged ones."""
    journal = read_journal(home, None)
    lost = told - {each.id for each in journal.records}
    reasons = {each.reason for each in journal.damaged} - {"not a whole record"}
    last = append(home, 1)
    goes_on = last in {each.id for each in read_journal(home, None).records}
    if reasons or not goes_on:
        raise SystemExit(f"more than torn lines, or no next record: {reasons}")
    return f"{len(told)} {len(lost)} {len(journal.damaged)}"


def main(action: str, folder: str) -> None:
    """Do what was asked for."""
    home = find_places(Path(folder), machine_id())
    if action == "careless":
        for name in ("fsync", "fdatasync"):
            setattr(os, name, lambda _: None)
    if action == "check":
        told = {line.strip() for line in sys.stdin if line.endswith("\n")}
        sys.stdout.write(check(home, told) + "\n")
    else:
        write(home)


if __name__ == "__main__":
    main(*sys.argv[1:])
