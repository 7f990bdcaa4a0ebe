"""Put the program's own help into docs/commands.md, each between its markers.

What stands outside the markers is written by hand and left as it is.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from os import environ
from pathlib import Path
from unittest.mock import patch

from llmpath.cli.lazy import LazyCommand
from llmpath.cli.main import Root, main

DOCS = Path(__file__).resolve().parents[1] / "docs" / "commands.md"
REGION = re.compile(r"<!-- help: (llmpath[a-z -]*) -->\n.*?<!-- end -->", re.DOTALL)


def commands() -> Iterator[str]:
    """Every command as it is typed, in the order of the help."""
    yield "llmpath"
    for name, entry in Root.entries.items():
        yield f"llmpath {name}"
        real = LazyCommand(name, entry).load()
        for inner in getattr(real, "commands", {}):
            yield f"llmpath {name} {inner}"


def documented(text: str) -> list[str]:
    """The commands that have a place in the document, in its order."""
    return REGION.findall(text)


def with_help(text: str) -> str:
    """The document with the present help of each command that has a place in it."""
    return REGION.sub(lambda found: region(found[1]), text)


def region(command: str) -> str:
    """A command's help between its markers."""
    shown = "\n".join(line.rstrip() for line in help_of(command).splitlines())
    return f"<!-- help: {command} -->\n```text\n{shown}\n```\n<!-- end -->"


def help_of(command: str) -> str:
    """What a command prints with `--help`, 80 columns wide."""
    _, *words = command.split()
    with redirect_stdout(StringIO()) as printed, patch.dict(environ, COLUMNS="80"):
        main([*words, "--help"])
    return printed.getvalue().strip("\n")


if __name__ == "__main__":
    before = DOCS.read_text(encoding="utf-8")
    missing = [each for each in commands() if each not in documented(before)]
    DOCS.write_text(with_help(before), encoding="utf-8", newline="\n")
    sys.exit("\n".join(f"no place for: {each}" for each in missing))
