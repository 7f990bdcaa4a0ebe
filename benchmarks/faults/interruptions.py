"""Many writers at once, and writers that are killed."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from random import Random
from statistics import median
from typing import NamedTuple

from benchmarks.faults.homes import Home, NotRunError, Program, last_line
from benchmarks.faults.measures import (
    SEED,
    Milliseconds,
    Procedure,
    Row,
    Scale,
    Share,
    Value,
    all_row,
    none_row,
)

WRITERS = 8
TIMED = 5
WRITING = (
    "open,openat,creat,write,pwrite64,writev,ftruncate,truncate,fallocate,rename,"
    "renameat,renameat2,unlink,unlinkat,link,linkat,mkdir,mkdirat,fsync,fdatasync"
)
"""System calls that can change what lies on the disk, or put it there for good."""


def measure_writers(
    program: Program, folder: Path, scale: Scale
) -> tuple[Value, Value]:
    """Eight processes at a time, each followed by the next as soon as it ends."""
    home = Home(program, folder / "home").make()
    numbers = range(1, WRITERS * scale.adds + 1)
    with ThreadPoolExecutor(WRITERS) as pool:
        kept = list(pool.map(home.add, numbers))
    acknowledged = {n for n, is_kept in zip(numbers, kept, strict=True) if is_kept}
    return (
        Share(len(acknowledged & home.shown().numbers), len(acknowledged)),
        Share(len(numbers) - len(acknowledged), len(numbers)),
    )


class Toll(NamedTuple):
    """What interruptions cost.

    Attributes:
        acknowledged: Adds that the program said were kept.
        refused: Adds after an interruption that the program refused.
        torn: Entries shown that are not what was added.
    """

    kills: int
    acknowledged: int
    lost: int
    refused: int
    torn: int

    def values(self) -> tuple[Value, Value, Value]:
        """The values of the three rows."""
        return (
            Share(self.lost, self.acknowledged),
            Share(self.refused, self.kills),
            Share(self.torn, self.kills),
        )


def measure_kills(program: Program, folder: Path, scale: Scale) -> Sequence[Value]:
    """Kill an add at a random moment, add another; begin anew where that is refused."""
    random = Random(SEED)  # noqa: S311 - moments that are the same in every run
    home = Home(program, folder / "home").make()
    length = median(seconds_of_add(home, n) for n in range(1, TIMED + 1))
    acknowledged = set(range(1, TIMED + 1))
    total = lost = refused = torn = 0
    numbers = count(TIMED + 1)
    for nth in range(scale.kills):
        killed, after = next(numbers), next(numbers)
        if is_kept_when_killed(home, killed, random.uniform(0, 1.1 * length)):
            acknowledged.add(killed)
        is_refused = not home.add(after)
        refused += is_refused
        if not is_refused:
            acknowledged.add(after)
        if is_refused or nth + 1 == scale.kills:
            shown = home.shown()
            total += len(acknowledged)
            lost += len(acknowledged - shown.numbers)
            torn += home.torn(shown)
            home.make()
            acknowledged = set()
    return Toll(scale.kills, total, lost, refused, torn).values()


def seconds_of_add(home: Home, n: int) -> float:
    """Time an add that must succeed."""
    begin = time.perf_counter()
    if not home.add(n):
        raise NotRunError("an add in a new home is refused")
    return time.perf_counter() - begin


def is_kept_when_killed(home: Home, n: int, after: float) -> bool:
    """Kill an add after so many seconds; whether it had ended well before."""
    process = home.start(home.words(n))
    time.sleep(after)
    process.kill()
    return process.wait() == 0


def measure_calls(program: Program, folder: Path, scale: Scale) -> Sequence[Value]:
    """Kill an add as it enters a call that writes; then add twice."""
    if shutil.which("strace") is None:
        raise NotRunError("strace is not installed")
    home = Home(program, folder / "home").make()
    before = home.add_all([1, 2, 3])
    home.keep()
    calls = list(writing_calls(home, folder / "trace"))[:: scale.calls]
    acknowledged = lost = refused = torn = 0
    for name, nth in calls:
        home.restore()
        kill = ["-e", f"trace={name}", "-e", f"inject={name}:signal=KILL:when={nth}"]
        done = home.run(home.words(4), before=[*traced(folder / "trace"), *kill])
        kept = before | home.add_all([5, 6]) | ({4} if done.returncode == 0 else set())
        shown = home.shown()
        acknowledged += len(kept)
        lost += len(kept - shown.numbers)
        refused += not {5, 6} <= kept
        torn += home.torn(shown)
    return Toll(len(calls), acknowledged, lost, refused, torn).values()


def traced(output: Path) -> list[str]:
    """The start of a command that traces another."""
    return ["strace", "-f", "-y", "-qq", "-s", "0", "-o", str(output)]


def writing_calls(home: Home, output: Path) -> Iterator[tuple[str, int]]:
    """The calls of an add that write in its home, each with its number by name.

    Raises:
        NotRunError: Tracing is not allowed.
    """
    trace = [*traced(output), "-e", f"trace={WRITING}"]
    done = home.run(home.words(4), before=trace)
    if done.returncode:
        raise NotRunError(f"strace: {last_line(done.stderr)}")
    seen: dict[str, int] = {}
    for line in output.read_text(errors="replace").splitlines():
        call = re.match(r"\d+\s+(\w+)\((.*)", line)
        if call is None:
            continue
        name, arguments = call.groups()
        seen[name] = seen.get(name, 0) + 1
        if str(home.path) in arguments and is_writing(name, arguments):
            yield name, seen[name]


def is_writing(name: str, arguments: str) -> bool:
    """Whether a call can change a file; one that opens only to read cannot."""
    return (
        not name.startswith("open")
        or re.search(r"O_(WRONLY|RDWR|CREAT|TRUNC)", arguments) is not None
    )


def measure_syncs(program: Program, folder: Path, scale: Scale) -> Sequence[Value]:
    """The calls that put something on the disk for good in one add, and their time."""
    if shutil.which("strace") is None:
        raise NotRunError("strace is not installed")
    home = Home(program, folder / "home").make()
    home.add_all([1, 2, 3])
    output = folder / "trace"
    trace = [*traced(output), "-T", "-e", "trace=fsync,fdatasync,msync,syncfs,sync"]
    counts, times = [], []
    for n in range(5, 5 + scale.rounds):
        home.run(home.words(n), before=trace)
        took = re.findall(r"<([\d.]+)>$", output.read_text(), re.MULTILINE)
        counts.append(len(took))
        times.append(1000 * sum(map(float, took)))
    return round(median(counts)), Milliseconds(median(times))


AT_ONCE = Procedure(
    "writers",
    [
        all_row(f"{WRITERS} writers at once: acknowledged adds that are there"),
        none_row(f"{WRITERS} writers at once: adds refused"),
    ],
    measure_writers,
)
KILLS = Procedure(
    "random kills",
    [
        none_row("`kill -9` at random: acknowledged adds lost"),
        none_row("`kill -9` at random: the next add refused"),
        none_row("`kill -9` at random: half an entry shown"),
    ],
    measure_kills,
)
CALLS = Procedure(
    "kills at calls",
    [
        none_row("`kill -9` at each call that writes: acknowledged adds lost"),
        none_row("`kill -9` at each call that writes: the next adds refused"),
        none_row("`kill -9` at each call that writes: half an entry shown"),
    ],
    measure_calls,
)
SYNCS = Procedure(
    "syncs",
    [Row("syncs in one add"), Row("what they take, ms")],
    measure_syncs,
)
