"""Every number of the simulated learners, in one table.

The table also stands in `docs/forecast.md`; `tests/benchmarks` compares the two. It was
committed before the first run, and no run has changed it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import exp, log
from random import Random
from typing import Literal, NamedTuple

Shape = Literal["fixed", "uniform", "log-uniform", "lognormal", "whole"]

ALL, TARGETS = "all", "targets"
TYPES = (
    "steady",
    "declining",
    "bursty",
    "weekend-only",
    "dropout-return",
    "improving",
    "over-planner",
    "deadline-driven",
    "vacations",
)

ORIGINS = (0, 1, 2, 4, 8, 13, 26, 52)
"""Weeks after the start at which a forecast is made."""

TUNING_SEEDS, FRESH_SEEDS = range(50), range(9000, 9100)
"""One learner of each type for each seed; nothing may be chosen on the fresh ones."""

MORE_SEEDS, MORE_OF = range(20_000, 20_300), "declining"
"""More learners of the type on which fresh and tuning seeds differ most."""


class Parameter(NamedTuple):
    """A number of a learner, and how it is drawn.

    Attributes:
        of: The type of learner, or `all`.
        first: The value, the lower bound, or the median.
        second: The upper bound, or the standard deviation of the logarithm.
    """

    of: str
    key: str
    shape: Shape
    first: float
    second: float
    meaning: str

    def draw(self, random: Random) -> float:
        """A value for one learner."""
        low, high = self.first, self.second
        match self.shape:
            case "fixed":
                return low
            case "uniform":
                return random.uniform(low, high)
            case "log-uniform":
                return exp(random.uniform(log(low), log(high)))
            case "lognormal":
                return low * exp(random.gauss(0, high))
            case "whole":
                return random.randint(int(low), int(high))

    @property
    def drawn(self) -> str:
        """How it is drawn, in words."""
        low, high = f"{self.first:g}", f"{self.second:g}"
        match self.shape:
            case "fixed":
                return low
            case "uniform" | "log-uniform":
                return f"{low} to {high}, {self.shape}"
            case "lognormal":
                return f"median {low}, sd of the logarithm {high}"
            case "whole":
                return f"{low} to {high}, whole"


PARAMETERS = (
    Parameter(ALL, "hours", "log-uniform", 15, 400, "estimated hours of all lessons"),
    Parameter(ALL, "weekly", "log-uniform", 90, 1200, "declared minutes a week"),
    Parameter(ALL, "days", "whole", 2, 7, "study days a week, alike in length"),
    Parameter(
        ALL, "adherence", "lognormal", 0.75, 0.35, "studied minutes of a declared one"
    ),
    Parameter(ALL, "skipping", "uniform", 0.05, 0.25, "chance to skip a study day"),
    Parameter(ALL, "week noise", "fixed", 0.35, 0, "sd of the logarithm of a week"),
    Parameter(ALL, "inertia", "fixed", 0.4, 0, "autocorrelation of that noise, AR(1)"),
    Parameter(ALL, "day noise", "fixed", 0.3, 0, "sd of the logarithm of a day"),
    Parameter(ALL, "pace", "lognormal", 1.2, 0.3, "actual minutes of an estimated one"),
    Parameter(ALL, "module", "fixed", 0.2, 0, "sd of the logarithm between modules"),
    Parameter(ALL, "lesson", "fixed", 0.45, 0, "sd of the logarithm between lessons"),
    Parameter(ALL, "kind", "fixed", 0, 0, "sd of the logarithm between four kinds"),
    Parameter(
        ALL, "estimate", "lognormal", 30, 0.6, "minutes of a lesson, cut to 5 to 180"
    ),
    Parameter(ALL, "lessons", "whole", 4, 12, "lessons of a module"),
    Parameter("declining", "loss", "uniform", 0.015, 0.06, "less study each week"),
    Parameter("declining", "floor", "fixed", 0.25, 0, "of the first level, the least"),
    Parameter("bursty", "on", "uniform", 2, 6, "mean weeks of a burst"),
    Parameter("bursty", "off", "uniform", 1, 4, "mean weeks between bursts"),
    Parameter("bursty", "high", "fixed", 1.4, 0, "times the level within a burst"),
    Parameter("bursty", "low", "fixed", 0.1, 0, "times the level between bursts"),
    Parameter("weekend-only", "days", "fixed", 5, 0, "declared: Monday to Friday"),
    Parameter("weekend-only", "studied", "fixed", 2, 0, "studied: Saturday, Sunday"),
    Parameter("dropout-return", "risk", "uniform", 0.03, 0.07, "a week, to drop out"),
    Parameter("dropout-return", "away", "whole", 3, 10, "weeks away"),
    Parameter("improving", "gain", "uniform", 0.01, 0.04, "more study each week"),
    Parameter("improving", "most", "fixed", 2, 0, "of the first level, at most"),
    Parameter("improving", "quicker", "uniform", 0.005, 0.015, "pace less each week"),
    Parameter("improving", "quickest", "fixed", 0.7, 0, "of the first pace, at least"),
    Parameter("over-planner", "half", "fixed", 0.5, 0, "times the level"),
    Parameter(
        "deadline-driven",
        "until",
        "uniform",
        0.9,
        1.6,
        "deadline, times the plan's end",
    ),
    Parameter("deadline-driven", "first", "fixed", 0.6, 0, "times the level, at first"),
    Parameter(
        "deadline-driven",
        "rise",
        "fixed",
        1.2,
        0,
        "added, times (time gone)^2, till then",
    ),
    Parameter("deadline-driven", "after", "fixed", 1, 0, "times the level, after it"),
    Parameter("vacations", "between", "whole", 8, 26, "weeks between two vacations"),
    Parameter("vacations", "away", "whole", 1, 3, "weeks of one; declared in advance"),
    Parameter(
        TARGETS, "by plan", "lognormal", 1.7, 0.5, "times the plan's days; 3 a forecast"
    ),
    Parameter(
        TARGETS, "by truth", "lognormal", 1, 0.4, "times the true days; 1 a forecast"
    ),
)

Numbers = Mapping[str, Parameter]
"""The parameters of one type, by key."""

WORLDS: Mapping[str, tuple[Parameter, ...]] = {
    "adherence 0.45": (
        Parameter(ALL, "adherence", "lognormal", 0.45, 0.35, "less study"),
    ),
    "adherence 1.0": (
        Parameter(ALL, "adherence", "lognormal", 1.0, 0.35, "more study"),
    ),
    "pace 0.9": (Parameter(ALL, "pace", "lognormal", 0.9, 0.3, "quicker"),),
    "pace 1.8": (Parameter(ALL, "pace", "lognormal", 1.8, 0.3, "slower"),),
    "adherence 0.5, pace 1.6": (
        Parameter(ALL, "adherence", "lognormal", 0.5, 0.35, "less study"),
        Parameter(ALL, "pace", "lognormal", 1.6, 0.3, "slower"),
    ),
    "sd of adherence 0.6": (
        Parameter(ALL, "adherence", "lognormal", 0.75, 0.6, "learners differ more"),
    ),
    "kinds differ, sd 0.2": (
        Parameter(ALL, "kind", "fixed", 0.2, 0, "kinds of lesson differ"),
    ),
}
"""Worlds that the forecast's priors do not expect, by what is changed in them."""


def numbers_of(kind: str, changes: Iterable[Parameter] = ()) -> dict[str, Parameter]:
    """The parameters that hold for a type of learner."""
    rows = [*PARAMETERS, *changes]
    general = {each.key: each for each in rows if each.of == ALL}
    return general | {each.key: each for each in rows if each.of == kind}


def parameter_table() -> list[str]:
    """All parameters as a Markdown table."""
    return [
        "| learners | number | what it is | drawn |",
        "|---|---|---|---|",
        *(
            f"| {each.of} | {each.key} | {each.meaning} | {each.drawn} |"
            for each in PARAMETERS
        ),
    ]


def world_table() -> list[str]:
    """The worlds with other numbers, as a Markdown table."""
    return [
        "| world | changed | drawn |",
        "|---|---|---|",
        *(
            f"| {name} | {each.key} | {each.drawn} |"
            for name, changes in WORLDS.items()
            for each in changes
        ),
    ]
