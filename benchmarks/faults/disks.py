"""Disks that lose power, and disks that are full. Linux only; the first need root."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from random import Random

from benchmarks.faults.homes import Home, NotRunError, Program, last_line
from benchmarks.faults.measures import (
    SEED,
    Procedure,
    Row,
    Scale,
    Share,
    Value,
    none_row,
)

IMAGE_BYTES = 48 << 20
FULL_BYTES = 1 << 20
PAGE = 4096
LONG_TEXT = " and more" * 250
"""Two kilobytes, so that a refused add does not fit into a page begun already."""
TRIES = 6
NOT_SAVED = "3"


@contextmanager
def mounted(words: Sequence[str], place: Path) -> Iterator[Path]:
    """Mount something while the block runs.

    Raises:
        NotRunError: This user or this system may not.
    """
    if sys.platform != "linux":
        raise NotRunError("needs Linux")
    place.mkdir(parents=True, exist_ok=True)
    system(["mount", *words, str(place)])
    try:
        yield place
    finally:
        system(["umount", str(place)])


def system(command: Sequence[str]) -> None:
    """Run a tool of the system.

    Raises:
        NotRunError: It is not there, or failed.
    """
    path = shutil.which(command[0], path=f"{os.environ['PATH']}:/usr/sbin:/sbin")
    if path is None:
        raise NotRunError(f"{command[0]} is not installed")
    done = subprocess.run(
        [path, *command[1:]], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise NotRunError(f"{command[0]}: {last_line(done.stderr)}")


def measure_power_cuts(program: Program, folder: Path, scale: Scale) -> Sequence[Value]:
    """Power cuts after the home that was just made was flushed to the disk."""
    return cut_power(program, folder, scale, is_flushed=True)


def measure_first_power_cuts(
    program: Program, folder: Path, scale: Scale
) -> Sequence[Value]:
    """Power cuts in a home that was just made, and flushed by nobody else."""
    return cut_power(program, folder, scale, is_flushed=False)


def cut_power(
    program: Program, folder: Path, scale: Scale, *, is_flushed: bool
) -> Sequence[Value]:
    """Copy the disk while a writer is stopped, then mount the copy in its place."""
    random = Random(SEED)  # noqa: S311 - moments that are the same in every run
    acknowledged = lost = refused = 0
    disk, copy, place = folder / "disk", folder / "copy", folder / "mounted"
    for _ in range(scale.power_cuts):
        make_disk(disk)
        home = Home(program, place / "home")
        with mounted(["-o", "loop", str(disk)], place):
            home.make()
            if is_flushed:
                system(["sync", "-f", str(place)])
            kept = add_until(home, random.uniform(0.2, scale.latest), disk, copy)
        with mounted(["-o", "loop", str(copy)], place):
            home.path.mkdir(exist_ok=True)
            shown = home.shown()
            refused += not home.add(len(kept) + 2)
        acknowledged += len(kept)
        lost += len(kept - shown.numbers)
    return Share(lost, acknowledged), Share(refused, scale.power_cuts)


def make_disk(path: Path) -> None:
    """An empty ext4 file system in a file, complete, so that nothing writes later."""
    path.unlink(missing_ok=True)
    with path.open("wb") as file:
        file.truncate(IMAGE_BYTES)
    lazy = "lazy_itable_init=0,lazy_journal_init=0"
    system(["mkfs.ext4", "-q", "-F", "-E", lazy, str(path)])


def add_until(home: Home, seconds: float, disk: Path, copy: Path) -> set[int]:
    """Add one after the other, then copy the disk with the last one stopped."""
    end = time.monotonic() + seconds
    kept = set()
    for n in count(1):
        process = home.start(home.words(n))
        try:
            code = process.wait(max(0, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGSTOP)
            shutil.copyfile(disk, copy)
            process.kill()
            process.wait()
            break
        if code == 0:
            kept.add(n)
    return kept


def measure_full_disks(program: Program, folder: Path, scale: Scale) -> Sequence[Value]:
    """Fill a small disk, add until something is refused, then make room again."""
    acknowledged = lost = refused = changed = unreadable = stuck = 0
    codes = set()
    size = ["-t", "tmpfs", "-o", f"size={FULL_BYTES}", "tmpfs"]
    for nth in range(scale.full_disks):
        with mounted(size, folder / "mounted") as place:
            home = Home(program, place / "home").make()
            kept = home.add_all(range(1, 4 + nth))
            fill_up(place / "filler", left=nth % 3 * PAGE)
            for n in range(4 + nth, 4 + nth + TRIES):
                before = store_of(home)
                code = home.run(home.words(n, LONG_TEXT)).returncode
                if code == 0:
                    kept.add(n)
                    continue
                codes.add(code)
                refused += 1
                changed += store_of(home) != before
            unreadable += not home.shown().works
            (place / "filler").unlink()
            stuck += not home.add(100)
            acknowledged += len(kept)
            lost += len(kept - home.shown().numbers)
    told = ", ".join(map(str, sorted(codes))) or "none refused"
    return (
        Share(lost, acknowledged),
        Share(changed, refused),
        told,
        Share(unreadable, scale.full_disks),
        Share(stuck, scale.full_disks),
    )


def fill_up(path: Path, *, left: int) -> None:
    """Fill a disk, but for so many bytes."""
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(PAGE))
        except OSError:
            file.truncate(max(0, file.tell() - left))


def store_of(home: Home) -> bytes | None:
    """What the store holds; None where it is gone."""
    try:
        return home.store().read_bytes()
    except (OSError, NotRunError):
        return None


POWER = Procedure(
    "power cuts",
    [
        none_row("power cut: acknowledged adds lost"),
        none_row("power cut: the next add refused"),
    ],
    measure_power_cuts,
)
FIRST_POWER = Procedure(
    "power cuts in a new home",
    [
        none_row("power cut in a new home: acknowledged adds lost"),
        none_row("power cut in a new home: the next add refused"),
    ],
    measure_first_power_cuts,
)
FULL_DISK = Procedure(
    "full disk",
    [
        none_row("disk full: acknowledged adds lost"),
        none_row("disk full: store changed by a refused add"),
        Row(
            "disk full: exit code of a refused add",
            NOT_SAVED,
            lambda value: value == NOT_SAVED,
        ),
        none_row("disk full: the listing fails"),
        none_row("disk full: an add refused with room again"),
    ],
    measure_full_disks,
)
