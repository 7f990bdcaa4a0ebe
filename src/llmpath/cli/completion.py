"""`completion`: a script for the shell, which its user puts in place."""

from enum import StrEnum
from typing import Annotated

import typer

from llmpath.cli.command_tree import walk
from llmpath.cli.completion_scripts import SCRIPTS
from llmpath.cli.output import write


class Shell(StrEnum):
    """The shells that there is a script for."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"


def completion(
    ctx: typer.Context,
    shell: Annotated[Shell, typer.Argument(metavar="SHELL", help="bash, zsh or fish.")],
) -> None:
    """Print a shell's script.

    It completes commands, options and ids.

    Its first lines say where to put it. Nothing is written and no file of the shell is
    touched.

    Example: eval "$(llmpath completion bash)"
    """
    commands = list(walk(ctx.find_root().command))
    write(SCRIPTS[shell.value](commands))
