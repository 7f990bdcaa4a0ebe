"""Put what the program prints into the examples of docs/import.md.

Each document is added and its first track started in a home of its own. Of the plan
the beginning and the two dates are shown. Documents of others are in no copy of this
repository: their examples are made where a folder has them, at the commits and by the
names that the page gives, and stay as they are elsewhere. Of these what was guessed
and left out, which quotes them, is not shown.

    python -m scripts.make_import_examples [FOLDER]
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import chdir
from itertools import takewhile
from pathlib import Path

from rich.text import Text

from scripts.make_pictures import Step, output_of, surroundings

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "import.md"
OWN = ROOT / "tests" / "golden" / "sources"
PUBLIC = {"llm-course.md", "ossu-cs.md", "ROADMAP.md", "_toctree.yml", "SUMMARY.md"}

REGION = re.compile(r"<!-- import: (\S+) as (\S+) -->\n.*?<!-- end -->", re.DOTALL)
DAY = "2026-11-20"
START = "start --track {} --hours 6 --from 2026-11-30"


def with_examples(page: str, public: Path | None = None) -> str:
    """The page with what the program prints now of the documents that are there."""

    def made(found: re.Match[str]) -> str:
        folder = public if found[1] in PUBLIC else OWN
        return found[0] if folder is None else region(folder / found[1], found[2])

    return REGION.sub(made, page)


def region(source: Path, own_id: str) -> str:
    """A document's example between its markers."""
    lines = "\n".join(example(source, own_id))
    marker = f"<!-- import: {source.name} as {own_id} -->"
    return f"{marker}\n```console\n{lines}\n```\n<!-- end -->"


def example(source: Path, own_id: str) -> Iterator[str]:
    """Both commands with what they print."""
    file = source.name
    with (
        tempfile.TemporaryDirectory() as home,
        surroundings(Path(home)),
        chdir(home),
    ):
        shutil.copyfile(source, file)
        adding = f"curriculum add {file} --as {own_id}"
        *added, start = printed(adding)
        yield f"$ llmpath {adding}"
        yield from unquoted(added[:-1]) if file in PUBLIC else added[:-1]
        yield ""
        starting = START.format(start.rpartition(" ")[2])
        yield f"$ llmpath {starting}"
        yield from shortened(printed(starting))


def printed(typed: str) -> list[str]:
    """The lines that a command prints at a terminal, without colours."""
    text = Text.from_ansi(output_of(Step(DAY, typed)).rstrip("\n")).plain
    return [line.rstrip() for line in text.splitlines()]


def unquoted(reading: Sequence[str]) -> Iterator[str]:
    """What was said of an import without what was guessed and left out."""
    quotes = False
    for line in reading:
        is_other = line.startswith(("stated ", "estimate "))
        if line in {"Guessed", "Left out"} and not quotes:
            yield "\u2026"
        quotes = line in {"Guessed", "Left out"} or (quotes and not is_other)
        if not quotes:
            yield line


def shortened(plan: Sequence[str]) -> Iterator[str]:
    """The first block of a plan and when it begins and ends."""
    yield from takewhile(bool, plan)
    yield "\u2026"
    yield from (each for each in plan if each.startswith(("begins ", "plan ends ")))


if __name__ == "__main__":
    before = PAGE.read_text(encoding="utf-8")
    folder = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else None
    PAGE.write_text(with_examples(before, folder), encoding="utf-8", newline="\n")
