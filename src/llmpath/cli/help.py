"""`help`: what `--help` prints, by the command's name."""

from typing import Annotated

import typer
from typer.core import TyperGroup

from llmpath.cli.output import write
from llmpath.errors import UsageError


def show_help(
    ctx: typer.Context,
    command: Annotated[
        str | None, typer.Argument(metavar="[COMMAND]", help="A command.")
    ] = None,
    subcommand: Annotated[
        str | None, typer.Argument(metavar="[SUBCOMMAND]", help="One of its commands.")
    ] = None,
) -> None:
    """Show the help of a command.

    Without COMMAND: that of llmpath.
    """
    context = ctx.find_root()
    for name in filter(None, (command, subcommand)):
        group = context.command
        if not isinstance(group, TyperGroup):
            raise UsageError(
                f"{context.command_path} has no commands of its own",
                remedy=f"{context.command_path} --help",
            )
        _, found, _ = group.resolve_command(context, [name])
        assert found is not None  # noqa: S101 - for mypy; an unknown one raises
        # Resilient while the context is made, as no arguments are there to be parsed;
        # not after, so that an unknown command below it is an error.
        context = found.make_context(name, [], parent=context, resilient_parsing=True)
        context.resilient_parsing = False
    write(f"{context.get_help()}\n")
