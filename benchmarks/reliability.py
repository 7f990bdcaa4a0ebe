"""Break what llmpath and its peers keep in the same ways, and count what is lost.

    python -m benchmarks.reliability            small counts, print the table
    python -m benchmarks.reliability --full     the counts of the document
    python -m benchmarks.reliability --full --write
                                                and put it into docs/reliability.md

Watson and jrnl are installed from the package index for the run; taskwarrior and
timewarrior are measured where the machine has them. Power cuts need Linux and root, a
full disk root or `unshare -Urm` before the command.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.faults.costs import ADD, UNSYNCED, start_procedure
from benchmarks.faults.damage import CUTS, FLIPS
from benchmarks.faults.disks import FIRST_POWER, FULL_DISK, POWER
from benchmarks.faults.homes import NotRunError, Program
from benchmarks.faults.interruptions import AT_ONCE, CALLS, KILLS, SYNCS
from benchmarks.faults.measures import FULL, SMALL, Procedure, Row, Scale, Value
from benchmarks.faults.programs import find_programs
from benchmarks.marked_text import RELIABILITY, write_marked


class NotRun(NamedTuple):
    """The place of a value that could not be measured."""

    procedure: str
    program: str
    reason: str

    def __str__(self) -> str:
        """In the table."""
        return "not run"


Line = tuple[Row, Sequence[Value | NotRun]]
"""A row with a value for each program."""


def main() -> int:
    """Measure, print the table and write it into the document if asked."""
    arguments = parse_arguments()
    scale = FULL if arguments.full else SMALL
    begin = time.monotonic()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as name:
        folder = Path(name)
        programs = list(find_programs(folder, with_peers=not arguments.no_peers))
        lines = list(measure(programs, procedures(scale), folder, scale))
        text = "\n".join([*table(programs, lines), "", *notes(folder, scale)])
    print(f"\n{text}")
    print(f"\n{time.monotonic() - begin:.0f} seconds", file=sys.stderr)
    if arguments.write:
        write_marked(RELIABILITY, "reliability", text)
    return 0


def parse_arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--full", action="store_true", help="the document's counts")
    parser.add_argument("--no-peers", action="store_true", help="llmpath and control")
    parser.add_argument("--folder", help="where to work, on the disk to be measured")
    parser.add_argument("--write", action="store_true", help=f"update {RELIABILITY}")
    return parser.parse_args()


def procedures(scale: Scale) -> list[Procedure]:
    """All that is done, in the order of the table."""
    return [
        *(AT_ONCE, KILLS, CALLS, POWER, FIRST_POWER, FULL_DISK, FLIPS, CUTS),
        *(SYNCS, ADD, UNSYNCED, start_procedure(scale.records)),
    ]


def measure(
    programs: Sequence[Program],
    steps: Sequence[Procedure],
    folder: Path,
    scale: Scale,
) -> Iterator[Line]:
    """Do each procedure to each program."""
    for step in steps:
        columns = []
        for program in programs:
            with tempfile.TemporaryDirectory(dir=folder) as name:
                found = values_of(step, program, Path(name), scale)
            columns.append(found)
            told = "; ".join(map(str, found))
            print(f"{step.name}, {program.name}: {told}", file=sys.stderr, flush=True)
        yield from zip(step.rows, zip(*columns, strict=True), strict=True)


def values_of(
    step: Procedure, program: Program, folder: Path, scale: Scale
) -> Sequence[Value | NotRun]:
    """A value for each row; the reason in their places where there is none."""
    reason = program.missing
    if not reason:
        try:
            return step.measure(program, folder, scale)
        except NotRunError as error:
            reason = str(error)
    return [NotRun(step.name, program.name, reason)] * len(step.rows)


def table(programs: Sequence[Program], lines: Sequence[Line]) -> Iterator[str]:
    """The Markdown table, the first program beside what it is to reach."""
    names = [f"{each.name} {each.version}".strip() for each in programs]
    yield f"| measure | to reach | {names[0]} | reached | {' | '.join(names[1:])} |"
    yield f"|---|---|---:|---|{'---:|' * len(names[1:])}"
    for row, values in lines:
        ours, *others = values
        shown = " | ".join(map(str, others))
        answer = answer_of(row, ours)
        yield f"| {row.name} | {row.demand} | {ours} | {answer} | {shown} |"
    reasons = list(reasons_of(lines))
    if reasons:
        yield from ("", "Not run:", "", *reasons)


def answer_of(row: Row, value: Value | NotRun) -> str:
    """Whether a value is what is to be reached."""
    if not row.demand or isinstance(value, NotRun):
        return ""
    return "yes" if row.is_reached(value) else "**no**"


def reasons_of(lines: Sequence[Line]) -> Iterator[str]:
    """Why values are missing, with the programs and procedures that share a reason."""
    found: dict[str, list[NotRun]] = {}
    for _, values in lines:
        for each in values:
            if isinstance(each, NotRun):
                found.setdefault(each.reason, []).append(each)
    for reason, missing in found.items():
        steps = dict.fromkeys(each.procedure for each in missing)
        names = dict.fromkeys(each.program for each in missing)
        yield f"- {', '.join(steps)}; {', '.join(names)}: {reason}"


def notes(folder: Path, scale: Scale) -> Iterator[str]:
    """What it was measured on, and how much was done."""
    version = f"{platform.python_implementation()} {platform.python_version()}"
    machine = f"{platform.system()} {platform.release()} {platform.machine()}"
    yield f"{version}, {machine}, {os.cpu_count()} CPUs, {file_system(folder)}."
    yield (
        f"Random kills: {scale.kills}. Bits flipped: {scale.flips}. Cuts:"
        f" {scale.cuts + 1}. Power cuts: {scale.power_cuts} of each kind, within"
        f" {scale.latest:g} s of adding. Disks that fill: {scale.full_disks}."
    )
    yield (
        f"Times are medians of {scale.rounds} rounds in turns, of"
        f" {scale.rounds_of_many} with many records."
    )
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "not known"
    yield f"Processes that wanted a processor at the end: {load}."


def file_system(folder: Path) -> str:
    """The kind of file system in which was measured, where the system tells."""
    command = ["stat", "-f", "-c", "%T", str(folder)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return "unknown file system"
    return f"file system {done.stdout.strip()}"


if __name__ == "__main__":
    raise SystemExit(main())
