"""What a write costs, and how long the daily listing takes with many records."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from pathlib import Path
from statistics import median

from benchmarks.faults.homes import Home, NotRunError, Program, last_line
from benchmarks.faults.measures import (
    Milliseconds,
    Procedure,
    Row,
    Scale,
    Value,
)

NO_SYNC = """\
int fsync(int descriptor) { (void)descriptor; return 0; }
int fdatasync(int descriptor) { (void)descriptor; return 0; }
"""


def measure_adds(program: Program, folder: Path, scale: Scale) -> Sequence[Value]:
    """An add and a start that does nothing, in turns."""
    home = Home(program, folder / "home").make()
    numbers = count(1)
    adds, starts = timed(
        [
            lambda: milliseconds(home, home.words(next(numbers))),
            lambda: milliseconds(home, ["--version"]),
        ],
        scale.rounds,
    )
    return adds, starts, Milliseconds(adds - starts)


def measure_unsynced(program: Program, folder: Path, scale: Scale) -> Sequence[Value]:
    """An add whose syncs do nothing."""
    library = {"LD_PRELOAD": str(compiled(folder))}
    home = Home(program, folder / "home").make()
    numbers = count(1)
    return timed(
        [lambda: milliseconds(home, home.words(next(numbers)), library)], scale.rounds
    )


def compiled(folder: Path) -> Path:
    """A library whose syncs do nothing.

    Raises:
        NotRunError: This machine cannot make or load one.
    """
    compiler = shutil.which("cc")
    if compiler is None or os.name != "posix":
        raise NotRunError("no C compiler")
    source, library = folder / "nosync.c", folder / "nosync.so"
    source.write_text(NO_SYNC, encoding="utf-8")
    command = [compiler, "-shared", "-fPIC", "-o", str(library), str(source)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotRunError(f"cc: {last_line(done.stderr)}")
    return library


def measure_start(program: Program, folder: Path, scale: Scale) -> Sequence[Value]:
    """The daily listing, an add, and the listing after it, for each number."""
    return [
        took
        for records in scale.records
        for took in with_many(program, folder / f"{records}", records, scale)
    ]


def with_many(
    program: Program, folder: Path, records: int, scale: Scale
) -> list[Milliseconds]:
    """The daily listing, an add, and the listing after it, in turns."""
    home = Home(program, folder).make()
    program.fill(folder, records)
    numbers = count(1)
    return timed(
        [
            lambda: milliseconds(home, program.first),
            lambda: milliseconds(home, home.words(next(numbers))),
            lambda: milliseconds(home, program.first),
        ],
        scale.rounds_of_many,
    )


def timed(actions: Sequence[Callable[[], float]], rounds: int) -> list[Milliseconds]:
    """Medians of actions in turns; the first round warms up and is left out."""
    times = [[action() for action in actions] for _ in range(rounds + 1)][1:]
    return [Milliseconds(median(each)) for each in zip(*times, strict=True)]


def milliseconds(
    home: Home, words: Sequence[str], variables: Mapping[str, str] | None = None
) -> float:
    """Time a command that must succeed, from its start to its end.

    Raises:
        NotRunError: It failed.
    """
    begin = time.perf_counter()
    done = home.run(words, variables=variables)
    took = (time.perf_counter() - begin) * 1000
    if done.returncode:
        raise NotRunError(f"{words[0]}: {last_line(done.stderr)}")
    return took


ADD = Procedure(
    "one add",
    [
        Row("one add, from start to end, ms"),
        Row("its start alone (`--version`), ms"),
        Row("one add without its start, ms"),
    ],
    measure_adds,
)
UNSYNCED = Procedure(
    "one add without sync",
    [Row("one add whose syncs do nothing, ms")],
    measure_unsynced,
)


def start_procedure(records: Sequence[int]) -> Procedure:
    """What many records cost, for each number of them."""
    rows = [
        Row(f"{what} with {each:,} records, ms")
        for each in records
        for what in ("daily listing", "one add", "the listing after it")
    ]
    return Procedure("many records", rows, measure_start)
