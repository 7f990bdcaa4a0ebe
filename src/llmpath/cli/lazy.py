"""Commands that are imported when they run, and the help that lists them.

`--help` of the program needs names and one line each, which stand in a table; making
the context of a command, be it to run, to print its help or to complete, imports it.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, ClassVar

import typer
from typer.core import TyperCommand, TyperGroup

from llmpath.named_tuple import NamedTuple

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class Entry(NamedTuple):
    """Where a command lives and how the program's help lists it.

    Attributes:
        attribute: A function, or a Typer app where the command has subcommands.
    """

    module: str
    attribute: str
    help: str
    section: str


class LazyCommand(TyperCommand):
    """A name and a help line; making its context imports the real command."""

    def __init__(self, name: str, entry: Entry) -> None:
        super().__init__(
            name,
            help=entry.help,
            rich_help_panel=entry.section,
            rich_markup_mode=None,
        )
        self.entry = entry

    def load(self) -> TyperCommand | TyperGroup:
        """The real command."""
        target = getattr(import_module(self.entry.module), self.entry.attribute)
        app = target if isinstance(target, typer.Typer) else make_app()
        if app is not target:
            app.command(self.name)(target)
        command = typer.main.get_command(app)
        assert isinstance(command, TyperCommand | TyperGroup)  # noqa: S101 - for mypy
        return command

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: Any = None,  # noqa: ANN401 - Typer's contexts are private
        **extra: Any,  # noqa: ANN401 - as above
    ) -> Any:  # noqa: ANN401 - as above
        """Make the real command's context."""
        return self.load().make_context(info_name, args, parent, **extra)


class LazyGroup(TyperGroup):
    """A group whose commands come from a table and are listed by section."""

    entries: ClassVar[dict[str, Entry]] = {}

    def __init__(self, **attrs: Any) -> None:  # noqa: ANN401 - Typer's own arguments
        super().__init__(**attrs)
        for name, entry in self.entries.items():
            self.add_command(LazyCommand(name, entry), name)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401, ARG002 - Typer's own signature, of private types
        """List the commands by section, in the order of the table."""
        sections: dict[str, list[tuple[str, str]]] = {}
        for name, entry in self.entries.items():
            sections.setdefault(entry.section, []).append((name, entry.help))
        for section, rows in sections.items():
            with formatter.section(section):
                formatter.write_dl(rows, col_max=12)


def make_app(**attrs: Any) -> typer.Typer:  # noqa: ANN401 - handed on as they come
    """A Typer app with the program's habits: plain help, no panels, `-h`."""
    return typer.Typer(
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings=CONTEXT,
        **attrs,
    )
