"""Draw docs/pictures/*.svg and the README's screens from what the program prints.

The program runs in this process on homes of its own and on given days, as if its output
were a terminal of 80 columns. A test compares the result with the files.

    python scripts/make_pictures.py
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from llmpath.cli.main import main

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
README = ROOT / "README.md"
WIDTH = 80
SCREEN = re.compile(
    r"(<!-- screen: (\w+) -->\n```text\n).*?(```\n<!-- end -->)", re.DOTALL
)

TEXT = re.compile(
    r'(<text class="[^"]*" )x="([^"]*)" (y="[^"]*") textLength="([^"]*)"[^>]*>'
    r"([^<]*)</text>"
)
CELL = 12.2
"""Width of a character in the pictures, as Rich has it."""


class Step(NamedTuple):
    """A command line typed on a day.

    Attributes:
        name: Of the picture or the screen that it makes; empty where it makes none.
    """

    day: str
    typed: str
    name: str = ""


FIRST_DAY = (
    Step("2026-11-20", "start --track short", "start"),
    Step("2026-11-20", "next", "next"),
    Step("2026-11-20", "done self-attention-detail --took 15m", "done"),
    Step("2026-11-20", "status", "first_status"),
)

NINE_WEEKS = (
    Step("2026-09-21", "start --track long --hours 5 --by 2027-03-31"),
    Step("2026-10-03", "done supervised-learning --took 15h30"),
    Step("2026-10-24", "done deep-networks --took 21h"),
    Step("2026-11-07", "done practical-dl-videos practical-dl-quiz --took 4h"),
    Step("2026-11-14", "done optimizers-videos --took 2h"),
    Step("2026-11-18", "done optimizers-quiz --took 30m"),
    Step("2026-11-19", "status", "status"),
    Step("2026-11-19", "plan", "plan"),
    Step("2026-11-19", "forecast", "forecast"),
)

PICTURED = ("start", "next", "status", "plan", "forecast")

THEME = TerminalTheme(
    (22, 27, 34),
    (230, 237, 243),
    [
        (72, 79, 88),
        (255, 123, 114),
        (86, 211, 100),
        (227, 179, 65),
        (121, 192, 255),
        (210, 168, 255),
        (86, 212, 221),
        (230, 237, 243),
    ],
)

FORMAT = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">
<title>llmpath @TYPED@</title>
<style>
.{unique_id}-matrix {{
  font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: {char_height}px;
  line-height: {line_height}px;
}}
{styles}
</style>
<rect fill="@BACKGROUND@" width="100%" height="100%" rx="8"/>
<g class="{unique_id}-matrix">
<text fill="@DIM@" x="{terminal_x}" y="28">$ llmpath @TYPED@</text>
</g>
<g transform="translate({terminal_x}, {terminal_y})">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


class Terminal(StringIO):
    """A stream that passes for a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        """Say so."""
        return True


def printed() -> dict[str, tuple[str, str]]:
    """What was typed and what the program wrote, by name."""
    shown: dict[str, tuple[str, str]] = {}
    for session in (FIRST_DAY, NINE_WEEKS):
        with tempfile.TemporaryDirectory() as home, surroundings(Path(home)):
            for step in session:
                shown[step.name] = step.typed, output_of(step)
    return shown


@contextmanager
def surroundings(home: Path) -> Iterator[None]:
    """An environment in which nothing but the home is the machine's."""
    changing = ("LLMPATH", "NO_COLOR", "FORCE_COLOR", "ACCESSIBLE", "TERM")
    kept = {
        key: text for key, text in os.environ.items() if not key.startswith(changing)
    }
    own = {
        "LLMPATH_HOME": str(home),
        "COLUMNS": str(WIDTH),
        "LC_ALL": "C.UTF-8",
        "TERM": "xterm",
    }
    with patch.dict(os.environ, {**kept, **own}, clear=True):
        yield


def output_of(step: Step, *, expected: int = 0) -> str:
    """Run a command that ends with this code; what it wrote, with escape sequences."""
    words = [*step.typed.split(), "--today", step.day, "--color", "always"]
    said = StringIO()
    with (
        redirect_stdout(Terminal()) as screen,
        redirect_stderr(said),
        patch.object(sys, "stdin", StringIO()),
    ):
        code = main(words)
    if code != expected:
        raise SystemExit(f"llmpath {step.typed} ended with {code}: {said.getvalue()}")
    return screen.getvalue()


def pictures(shown: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """An SVG for each picture, by its file's name."""
    return {f"{name}.svg": picture(name, *shown[name]) for name in PICTURED}


def picture(name: str, typed: str, text: str) -> str:
    """Draw what was typed and printed; no font and nothing else comes from outside."""
    console = Console(
        width=WIDTH,
        record=True,
        file=StringIO(),
        force_terminal=True,
        color_system="truecolor",
        legacy_windows=False,
    )
    console.print(Text.from_ansi(text.rstrip("\n")))
    own = FORMAT.replace("@TYPED@", typed)
    own = own.replace("@BACKGROUND@", THEME.background_color.hex)
    own = own.replace("@DIM@", THEME.ansi_colors[4].hex)
    drawn = console.export_svg(theme=THEME, code_format=own, unique_id=name)
    return "\n".join(line.rstrip() for line in trimmed(drawn).splitlines()) + "\n"


def trimmed(svg: str) -> str:
    """Texts without the spaces around them, which some viewers leave out."""

    def trim(found: re.Match[str]) -> str:
        start, left, height, length, body = found.groups()
        words = body.replace("&#160;", " ").strip("\n")
        shown = words.strip()
        if not shown:
            return ""
        left = float(left) + CELL * (len(words) - len(words.lstrip()))
        length = float(length) - CELL * (len(words) - len(shown))
        body = shown.replace(" ", "&#160;")
        return f'{start}x="{left:g}" {height} textLength="{length:g}">{body}</text>'

    return TEXT.sub(trim, svg)


def with_screens(text: str, shown: Mapping[str, tuple[str, str]]) -> str:
    """The README with each screen as the program prints it now."""

    def screen(found: re.Match[str]) -> str:
        typed, output = shown[found[2]]
        lines = Text.from_ansi(output.rstrip("\n")).plain.splitlines()
        body = "\n".join(line.rstrip() for line in (f"$ llmpath {typed}", *lines))
        return f"{found[1]}{body}\n{found[3]}"

    return SCREEN.sub(screen, text)


def write_all() -> None:
    """Write the pictures and the README."""
    shown = printed()
    PICTURES.mkdir(exist_ok=True)
    for name, text in pictures(shown).items():
        (PICTURES / name).write_text(text, encoding="utf-8", newline="\n")
    readme = with_screens(README.read_text(encoding="utf-8"), shown)
    README.write_text(readme, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_all()
