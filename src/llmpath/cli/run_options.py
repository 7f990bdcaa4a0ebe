"""The options of the run as a whole, as the parser takes them."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from llmpath import __version__


class Color(StrEnum):
    """When to use colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


def print_version(value: bool) -> None:  # noqa: FBT001 - Typer's callback
    """Print the version and leave."""
    if value:
        typer.echo(f"llmpath {__version__}")  # no error where stdout is closed
        raise typer.Exit


HomeOption = Annotated[
    str | None,
    typer.Option(
        envvar="LLMPATH_HOME", metavar="DIR", help="Keep everything under DIR."
    ),
]
TodayOption = Annotated[
    str | None,
    typer.Option(
        envvar="LLMPATH_TODAY", metavar="DATE", help="Act as if it were DATE."
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Answer with JSON.")]
PlainOption = Annotated[
    bool, typer.Option("--plain", help="Answer with tab-separated lines.")
]
ColorOption = Annotated[
    Color | None,
    typer.Option(help="Use colour: auto, always or never.", metavar="WHEN"),
]
QuietOption = Annotated[
    bool, typer.Option("--quiet", "-q", help="Leave out hints and confirmations.")
]
VerboseOption = Annotated[
    bool, typer.Option("--verbose", "-v", help="Say which files are used.")
]
NoInputOption = Annotated[
    bool, typer.Option("--no-input", help="Never ask a question.")
]
YesOption = Annotated[
    bool, typer.Option("--yes", "-y", help="Answer yes to every question.")
]
DebugOption = Annotated[
    bool, typer.Option("--debug", help="Show the traceback of an error.")
]
VersionOption = Annotated[
    bool,
    typer.Option(
        "--version",
        help="Print the version.",
        callback=print_version,
        is_eager=True,
    ),
]
