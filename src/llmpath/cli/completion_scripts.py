"""Completion scripts for bash, zsh and fish: the tree of commands as tables.

All three find the command that is being typed and look up what can follow. Commands,
options and fixed values stand in the script; ids are asked of the program, because the
active tracks decide which ones there are.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Iterator, Sequence

from llmpath import __version__
from llmpath.cli.command_tree import Command, Option, Values, Word
from llmpath.cli.completion_templates import BASH, FISH, ZSH
from llmpath.named_tuple import NamedTuple

HELP = Option(("-h", "--help"), "Show this message and exit.", None)


class Case(NamedTuple):
    """What a place in the command line takes.

    Attributes:
        pattern: A path and a word; `*` stands for any text, all else for itself.
    """

    pattern: str
    values: Values


class Tables(NamedTuple):
    """The tree of commands, flat.

    Attributes:
        takers: Patterns of the options that take a value.
        children: Patterns of the commands below another.
        values: By path and option.
        options: By path.
        arguments: By path and position.
        common: Options of every command.
    """

    takers: tuple[str, ...]
    children: tuple[str, ...]
    values: tuple[Case, ...]
    options: tuple[Case, ...]
    arguments: tuple[Case, ...]
    common: tuple[Word, ...]


def make_tables(commands: Sequence[Command]) -> Tables:
    """Flatten the tree; the program itself comes first."""
    program, *others = commands
    values = [Case(f"* {name}", each) for name, each in valued(program.options)]
    values += [
        Case(f"{command.path} {name}", each)
        for command in others
        for name, each in valued(command.options)
    ]
    return Tables(
        takers=tuple(case.pattern for case in values),
        children=tuple(
            f"{command.path} {child.text}"
            for command in commands
            for child in command.children
        ),
        values=tuple(case for case in values if case.values.kind != "anything"),
        options=tuple(
            Case(command.path, Values("words", option_words(command.options)))
            for command in others
            if command.options
        ),
        arguments=tuple(case for each in commands for case in argument_cases(each)),
        common=option_words((*program.options, HELP)),
    )


def valued(options: Iterable[Option]) -> Iterator[tuple[str, Values]]:
    """Each name of the options that take a value."""
    for option in options:
        if option.values is not None:
            yield from ((name, option.values) for name in option.names)


def option_words(options: Iterable[Option]) -> tuple[Word, ...]:
    """Each name of some options."""
    return tuple(Word(name, each.help) for each in options for name in each.names)


def argument_cases(command: Command) -> Iterator[Case]:
    """What the positions behind a command take."""
    if command.children:
        yield Case(f"{command.path} 0", Values("words", command.children))
    for position, argument in enumerate(command.arguments):
        if argument.values.kind != "anything":
            place = "*" if argument.repeats else str(position)
            yield Case(f"{command.path} {place}", argument.values)


class Syntax(NamedTuple):
    """How a shell writes a table.

    Attributes:
        pattern: A pattern of `case`.
        quote: A text as one word.
        either: Between two patterns.
        case: A line of `case`, of a pattern and what to do.
    """

    pattern: Callable[[str], str]
    quote: Callable[[str], str]
    either: str
    case: str


def fill(template: str, tables: Tables, syntax: Syntax) -> str:
    """Put the tables into a script."""
    marks = {
        "VERSION": __version__,
        "TAKERS": syntax.either.join(map(syntax.pattern, tables.takers)),
        "CHILDREN": syntax.either.join(map(syntax.pattern, tables.children)),
        "VALUES": case_lines(tables.values, syntax),
        "OPTIONS": case_lines(tables.options, syntax),
        "ARGUMENTS": case_lines(tables.arguments, syntax),
        "COMMON": offer(Values("words", tables.common), syntax),
    }
    for mark, text in marks.items():
        template = template.replace(f"@{mark}@", text)
    return template


def case_lines(cases: Iterable[Case], syntax: Syntax) -> str:
    """The lines of a `case`."""
    return "\n".join(
        syntax.case.format(syntax.pattern(each.pattern), offer(each.values, syntax))
        for each in cases
    )


def offer(values: Values, syntax: Syntax) -> str:
    """The call that offers values; words carry their help behind a colon."""
    words = (":".join(filter(None, word)) for word in values.words)
    return " ".join([f"_llmpath_{values.kind}", *map(syntax.quote, words)])


def sh_pattern(pattern: str) -> str:
    """A pattern of bash or zsh: quoted, but for the star."""
    return "*".join(shlex.quote(part) if part else "" for part in pattern.split("*"))


def fish_quote(text: str) -> str:
    """A text as one word of fish."""
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


SH_SYNTAX = Syntax(sh_pattern, shlex.quote, "|", "            {}) {} ;;")
# fish expands a star in quotes as well where it stands in a pattern of `case`.
FISH_SYNTAX = Syntax(
    fish_quote, fish_quote, " ", "            case {}\n                {}"
)


def bash_script(commands: Sequence[Command]) -> str:
    """The script for bash; descriptions are left out when it completes."""
    return fill(BASH, make_tables(commands), SH_SYNTAX)


def zsh_script(commands: Sequence[Command]) -> str:
    """The script for zsh."""
    return fill(ZSH, make_tables(commands), SH_SYNTAX)


def fish_script(commands: Sequence[Command]) -> str:
    """The script for fish."""
    return fill(FISH, make_tables(commands), FISH_SYNTAX)


SCRIPTS = {"bash": bash_script, "zsh": zsh_script, "fish": fish_script}
