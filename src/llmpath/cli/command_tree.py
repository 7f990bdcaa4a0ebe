"""The program's commands with their options, as completion scripts need them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from llmpath.cli.lazy import LazyCommand
from llmpath.cli.main import Root
from llmpath.cli.setting_values import KEYS
from llmpath.named_tuple import NamedTuple

# What the metavars of the commands mean: the kinds of `Values`.
KINDS = {"ID": "ids", "FILE": "files", "DIR": "folders"}


class Word(NamedTuple):
    """A command, an option or a fixed value, with one line on it."""

    text: str
    help: str = ""


class Values(NamedTuple):
    """What can stand in a place.

    Attributes:
        kind: `ids` of modules and lessons, `tracks`, `things` for both, `files`,
            `folders`, `words` for those listed, or `anything`.
    """

    kind: str
    words: tuple[Word, ...] = ()


class Option(NamedTuple):
    """An option; its values are None for a flag."""

    names: tuple[str, ...]
    help: str
    values: Values | None


class Argument(NamedTuple):
    """An argument; one that repeats takes all positions."""

    values: Values
    repeats: bool


class Command(NamedTuple):
    """A command.

    Attributes:
        path: Its names from the program on, each behind a slash; empty for the program.
        children: Its subcommands.
    """

    path: str
    options: tuple[Option, ...]
    arguments: tuple[Argument, ...]
    children: tuple[Word, ...]


def walk(command: Any, path: str = "") -> Iterator[Command]:  # noqa: ANN401 - Typer's types are private
    """A command with all below it, as it would run."""
    real: TyperCommand | TyperGroup = command
    if isinstance(command, LazyCommand):
        real = command.load()
    children = real.commands if isinstance(real, TyperGroup) else {}
    yield Command(
        path,
        tuple(
            make_option(each, path)
            for each in real.params
            if isinstance(each, TyperOption) and not each.hidden
        ),
        tuple(
            make_argument(each, path)
            for each in real.params
            if isinstance(each, TyperArgument)
        ),
        tuple(Word(name, first_line(each.help)) for name, each in children.items()),
    )
    for name, each in children.items():
        yield from walk(each, f"{path}/{name}")


def make_option(option: TyperOption, path: str) -> Option:
    """An option of the command at a path."""
    values = None if option.is_flag else values_of(option, path)
    return Option(tuple(option.opts), first_line(option.help), values)


def make_argument(argument: TyperArgument, path: str) -> Argument:
    """An argument of the command at a path."""
    repeats = (argument.metavar or "").endswith("...")
    return Argument(values_of(argument, path), repeats)


def values_of(parameter: TyperOption | TyperArgument, path: str) -> Values:
    """What a parameter takes, by its choices or by its metavar."""
    choices = getattr(parameter.type, "choices", None)
    if choices:
        return Values("words", tuple(Word(str(each)) for each in choices))
    first = re.match(r"\[?([A-Z]*)", parameter.metavar or "")
    name = first[1] if first else ""
    if name == "KEY":
        return Values("words", tuple(map(Word, KEYS)))
    if name == "COMMAND":
        entries = Root.entries.items()
        return Values("words", tuple(Word(each, row.help) for each, row in entries))
    if "--track" in parameter.opts:
        return Values("tracks")
    if path == "/show":
        return Values("things")
    return Values(KINDS.get(name, "anything"))


def first_line(text: str | None) -> str:
    """The first paragraph of a help text, on one line."""
    return " ".join((text or "").partition("\n\n")[0].split())
