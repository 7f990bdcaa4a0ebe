"""Write docs/walk.md: eight weeks with the program, three of them without study.

Every command is run on the day that stands above it, in a home of its own, as if its
output were a terminal of 80 columns. A test compares the result with the file.

    python scripts/make_walk.py
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import chdir
from datetime import date
from itertools import groupby
from pathlib import Path

from rich.text import Text

from scripts.make_pictures import Step, output_of, surroundings

WALK = Path(__file__).resolve().parents[1] / "docs" / "walk.md"

INTRODUCTION = """\
# Eight weeks

A learner begins the long track with six hours a week and a target, studies three
weeks, is away for three, studies two more, and finds the target at risk. What the
program prints is its real output, 80 columns wide, written by
`python -m scripts.make_walk`. Where a command stands alone, its output is left out.
"""

SHOWN = "shown"
"""The name of a step whose output stands in the document."""

STEPS = (
    Step("2026-09-07", "start --track long --hours 6 --by 2027-02-28"),
    Step("2026-09-08", "done ml-intro-videos --took 150m"),
    Step("2026-09-10", "done ml-intro-quizzes --took 50m"),
    Step("2026-09-11", "done regression-videos --took 75m"),
    Step("2026-09-15", "done regression-quizzes --took 40m"),
    Step("2026-09-16", "done linear-regression-lab --took 200m"),
    Step("2026-09-22", "done classification-videos --took 110m"),
    Step("2026-09-24", "done classification-quizzes --took 70m"),
    Step("2026-10-19", "", SHOWN),
    Step("2026-10-20", "done logistic-regression-lab --took 210m"),
    Step("2026-10-22", "done dl-intro-videos --took 90m"),
    Step("2026-10-28", "done dl-intro-quiz --took 45m"),
    Step("2026-10-30", "log nn-basics-videos 60m"),
    Step("2026-11-02", "forecast", SHOWN),
    Step("2026-11-02", "target", SHOWN),
    Step("2026-11-02", "replan --dry-run", SHOWN),
    Step("2026-11-02", "replan"),
    Step("2026-11-02", "why planar-data", SHOWN),
    Step("2026-11-02", "export ics -o study.ics", SHOWN),
    Step("2026-11-03", "hours 8", SHOWN),
    Step("2026-11-03", "export ics -o study.ics", SHOWN),
    Step("2026-11-03", "plan", SHOWN),
)


def walked() -> str:
    """The document, as the program answers now."""
    with (
        tempfile.TemporaryDirectory() as home,
        surroundings(Path(home)),
        chdir(home),
    ):
        days = groupby(STEPS, key=lambda step: step.day)
        parts = [part for day, steps in days for part in day_parts(day, list(steps))]
    return "\n".join([INTRODUCTION, *parts])


def day_parts(day: str, steps: list[Step]) -> Iterator[str]:
    """A heading for the day, then its commands with what they print."""
    yield f"## {date.fromisoformat(day):%A} {day}\n"
    for step in steps:
        printed = Text.from_ansi(output_of(step).rstrip("\n")).plain
        lines = [line.rstrip() for line in printed.splitlines()]
        shown = lines if step.name == SHOWN else []
        yield "\n".join(
            ["```text", f"$ llmpath {step.typed}".rstrip(), *shown, "```\n"]
        )


if __name__ == "__main__":
    WALK.write_text(walked(), encoding="utf-8", newline="\n")
    sys.stdout.write(f"{WALK}\n")
