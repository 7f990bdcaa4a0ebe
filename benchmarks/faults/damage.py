"""Stores with flipped bits, and stores that end too early."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from random import Random
from typing import NamedTuple, TypeVar

from benchmarks.faults.homes import Home, NotRunError, Program, Shown, text_of
from benchmarks.faults.measures import (
    SEED,
    Procedure,
    Scale,
    Share,
    Value,
    all_row,
    most_row,
    none_row,
)

ENTRIES = range(1, 9)
NEW = 9

T = TypeVar("T")
Given = TypeVar("Given")


class FilledHome(NamedTuple):
    """A home with eight entries, remembered so that each trial begins with it.

    Attributes:
        whole: The bytes of its store.
        shown: What the program shows of it.
    """

    home: Home
    whole: bytes
    shown: Shown


def filled(program: Program, folder: Path) -> FilledHome:
    """Make a home with eight entries."""
    home = Home(program, folder).make()
    kept = home.add_all(ENTRIES)
    shown = home.shown()
    if shown.numbers != kept or len(kept) != len(ENTRIES):
        raise NotRunError("adds in a new home are not kept")
    home.keep()
    return FilledHome(home, home.store().read_bytes(), shown)


def in_turns(
    homes: Sequence[FilledHome],
    trial: Callable[[FilledHome, Given], T],
    each: Iterable[Given],
) -> Iterator[T]:
    """Do a trial with each, in as many homes at a time as there are."""
    free: SimpleQueue[FilledHome] = SimpleQueue()
    for home in homes:
        free.put(home)

    def run(given: Given) -> T:
        home = free.get()
        try:
            home.home.restore()
            return trial(home, given)
        finally:
            free.put(home)

    with ThreadPoolExecutor(len(homes)) as pool:
        yield from pool.map(run, each)


def make_homes(program: Program, folder: Path, trials: int) -> list[FilledHome]:
    """A filled home for each processor, but one for few trials."""
    homes = min(os.cpu_count() or 1, 1 + trials // 16)
    return [filled(program, folder / f"home-{n}") for n in range(homes)]


def least_size(homes: Sequence[FilledHome]) -> int:
    """Bytes of the shortest store: a place in it is one in every store."""
    return min(len(each.whole) for each in homes)


def sample(size: int, count: int) -> list[int]:
    """Numbers below a size, in order, spread by the fixed seed."""
    random = Random(SEED)  # noqa: S311 - the same places in every run
    return sorted(random.sample(range(size), min(size, count)))


class Flip(NamedTuple):
    """What one flipped bit did.

    Attributes:
        changed: Entries shown that were never added.
        missing: How many entries fewer are shown.
        lost: Entries no longer shown as they were.
        is_told: The program said something that it does not say of a whole store.
        given_back: Lost entries that the program's own repair gave back.
    """

    changed: int
    missing: int
    lost: int
    is_told: bool
    works: bool
    given_back: int


def measure_flips(program: Program, folder: Path, scale: Scale) -> Sequence[Value]:
    """Flip one bit of the store, then list."""
    homes = make_homes(program, folder, scale.flips)
    places = sample(8 * least_size(homes), scale.flips)
    flips = list(in_turns(homes, flip, places))
    return (
        Share(sum(each.changed > 0 and not each.is_told for each in flips), len(flips)),
        Share(sum(each.missing > 0 and not each.is_told for each in flips), len(flips)),
        max(each.lost for each in flips),
        Share(sum(not each.works for each in flips), len(flips)),
        given_back(program, flips),
    )


def flip(one: FilledHome, bit: int) -> Flip:
    """Flip a bit of the store."""
    changed = bytearray(one.whole)
    changed[bit // 8] ^= 1 << bit % 8
    one.home.store().write_bytes(changed)
    shown = one.home.shown()
    lost = one.shown.entries - shown.entries
    return Flip(
        len(shown.entries - one.shown.entries),
        max(0, len(one.shown.entries) - len(shown.entries)),
        len(lost),
        not shown.works or bool(shown.said - one.shown.said),
        shown.works,
        len(lost & repaired(one.home)) if lost else 0,
    )


def repaired(home: Home) -> frozenset[str]:
    """The entries after the program's own repair; none where it has no repair."""
    if not home.program.repair:
        return frozenset()
    home.run(home.program.repair)
    return home.shown().entries


class Cut(NamedTuple):
    """What a store that ends too early did.

    Attributes:
        before: Entries that lay wholly before the cut.
        missing: Those of them that are no longer shown.
        is_refused: The next add was refused.
        is_new_lost: It was acknowledged and is not shown.
        lost: All entries no longer shown.
        given_back: Those of them that the program's own repair gave back.
    """

    before: int
    missing: int
    is_refused: bool
    is_new_lost: bool
    lost: int
    given_back: int


def measure_cuts(program: Program, folder: Path, scale: Scale) -> Sequence[Value]:
    """Cut the store off, then add once."""
    homes = make_homes(program, folder, scale.cuts)
    cuts = list(in_turns(homes, cut, [0, *sample(least_size(homes), scale.cuts)]))
    accepted = [each for each in cuts if not each.is_refused]
    return (
        Share(sum(each.missing for each in cuts), sum(each.before for each in cuts)),
        Share(sum(each.is_new_lost for each in accepted), len(accepted)),
        Share(len(cuts) - len(accepted), len(cuts)),
        given_back(program, cuts),
    )


def cut(one: FilledHome, size: int) -> Cut:
    """Cut the store after so many bytes."""
    os.truncate(one.home.store(), size)
    before = entries_before(one.whole, size)
    is_kept = one.home.add(NEW)
    shown = one.home.shown()
    lost = one.shown.entries - shown.entries
    return Cut(
        len(before),
        len(before - shown.numbers),
        not is_kept,
        is_kept and NEW not in shown.numbers,
        len(lost),
        len(lost & repaired(one.home)) if lost else 0,
    )


def entries_before(whole: bytes, size: int) -> set[int]:
    """Entries that end before a place in the store: another begins before it.

    The text of an entry may stand in it more than once.
    """
    places = sorted(
        (whole.index(text), n)
        for n in ENTRIES
        for text in [text_of(n).encode()]
        if text in whole
    )
    begun = [n for place, n in places if place < size]
    return set(begun[:-1])


def given_back(program: Program, trials: Sequence[Flip] | Sequence[Cut]) -> Value:
    """How many of the entries lost the program's own repair gave back."""
    if not program.repair:
        return "no repair"
    return Share(
        sum(each.given_back for each in trials), sum(each.lost for each in trials)
    )


FLIPS = Procedure(
    "bit flips",
    [
        none_row("one bit flipped: an entry is another, and nothing says so"),
        none_row("one bit flipped: an entry is missing, and nothing says so"),
        most_row("one bit flipped: most entries missing or changed", 1),
        none_row("one bit flipped: the listing fails"),
        all_row("one bit flipped: entries that its own repair gives back"),
    ],
    measure_flips,
)
CUTS = Procedure(
    "cuts",
    [
        none_row("store cut off: entries before the cut lost"),
        none_row("store cut off: the next add acknowledged and lost"),
        none_row("store cut off: the next add refused"),
        all_row("store cut off: entries that its own repair gives back"),
    ],
    measure_cuts,
)
