"""Rows of the table, what is to be reached, and how much of it is measured."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.faults.homes import Program

SEED = 4


class Scale(NamedTuple):
    """How much is done of each.

    Attributes:
        adds: Adds of each of the eight writers.
        kills: Random kills.
        calls: Of the calls that write, an add is killed at each so-many-th.
        flips: Bits flipped.
        cuts: Places at which the store is cut.
        power_cuts: Power cuts of each kind.
        latest: Seconds of adding before a power cut, at most.
        full_disks: Disks that fill.
        rounds: Rounds of a time; medians are taken.
        rounds_of_many: The same with many records.
        records: Sizes of the homes of which the listing is timed.
    """

    adds: int
    kills: int
    calls: int
    flips: int
    cuts: int
    power_cuts: int
    latest: float
    full_disks: int
    rounds: int
    rounds_of_many: int
    records: Sequence[int]


SMALL = Scale(4, 10, 1, 60, 20, 2, 1.0, 3, 5, 3, (10_000, 100_000))
FULL = Scale(20, 100, 1, 500, 150, 6, 4.0, 9, 21, 3, (10_000, 100_000))


class Share(NamedTuple):
    """So many of so many."""

    part: int
    whole: int

    def __str__(self) -> str:
        """In words."""
        return f"{self.part} of {self.whole}"


class Milliseconds(float):
    """A time."""

    def __str__(self) -> str:
        """With one digit behind the point."""
        return f"{float(self):.1f}"


Value = Share | Milliseconds | int | str


class Row(NamedTuple):
    """One line of the table.

    Attributes:
        demand: What llmpath is to reach, in words; empty where it is only measured.
    """

    name: str
    demand: str = ""
    is_reached: Callable[[Value], bool] = lambda _: True


def none_row(name: str) -> Row:
    """A row that is to be 0, and not 0 of nothing."""
    return Row(
        name,
        "0",
        lambda value: isinstance(value, Share) and 0 == value.part < value.whole,
    )


def all_row(name: str) -> Row:
    """A row that is to be all, and not all of nothing."""
    return Row(
        name,
        "all",
        lambda value: isinstance(value, Share) and 0 < value.whole == value.part,
    )


def most_row(name: str, most: int) -> Row:
    """A row with an upper bound."""
    return Row(
        name, f"at most {most}", lambda value: isinstance(value, int) and value <= most
    )


class Procedure(NamedTuple):
    """What is done to each program in the same way.

    Attributes:
        measure: Gives a value for each row, given a program, an empty folder and how
            much to do; raises `NotRunError` where this machine cannot.
    """

    name: str
    rows: Sequence[Row]
    measure: Callable[[Program, Path, Scale], Sequence[Value]]
