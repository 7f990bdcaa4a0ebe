"""What a run imports, by module names: times vary from machine to machine."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from functools import cache
from importlib import import_module

import pytest

from llmpath.cli.lazy import LazyCommand
from llmpath.cli.main import Root
from tests.cli.program import Program

LIST_IMPORTS = """
import sys
bare = set(sys.modules)
from llmpath.cli.main import main
code = main(sys.argv[2:])
with open(sys.argv[1], "w", encoding="utf-8") as file:
    file.write("\\n".join(set(sys.modules) - bare))
sys.exit(code)
"""

NEVER_AT_ONCE = frozenset(
    {
        "asyncio",
        "csv",
        "dataclasses",
        "decimal",
        "email",
        "hashlib",
        "http",
        "icalendar",
        "importlib.metadata",
        "llmpath.exchange",
        "llmpath.report.drawn",
        "logging",
        "markdown_it",
        "platformdirs",
        "pydantic",
        "pydantic_core",
        "pygments",
        "random",
        "rich",
        "socket",
        "sqlite3",
        "tempfile",
        "tomlkit",
        "tomllib",
        "typer._adapters",
        "typer.rich_utils",
        "typing_extensions",
        "webbrowser",
        "zoneinfo",
    }
)
"""What would cost a run milliseconds and is not needed to answer in text."""

Imports = Callable[..., set[str]]


@pytest.fixture(scope="module")
def imports(tmp_path_factory: pytest.TempPathFactory) -> Imports:
    """`imports("next")`: the modules that a piped run adds to a bare Python's."""

    @cache
    def run(*arguments: str) -> set[str]:
        folder = tmp_path_factory.mktemp("startup")
        listing, program = folder / "modules.txt", Program(folder / "home")
        program("start", "--track", "long")
        subprocess.run(
            [sys.executable, "-c", LIST_IMPORTS, str(listing), *arguments],
            env=program.environment(None, None, today=None),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
        )
        return set(listing.read_text(encoding="utf-8").split("\n"))

    return run


def among(modules: set[str], packages: frozenset[str]) -> set[str]:
    """The modules that are one of these packages or lie in one."""
    return {
        module
        for module in modules
        if any(f"{module}.".startswith(f"{each}.") for each in packages)
    }


def own(modules: set[str], package: str) -> set[str]:
    """The names of the modules of one of our packages."""
    start = f"llmpath.{package}."
    return {each.removeprefix(start) for each in modules if each.startswith(start)}


@pytest.mark.parametrize("arguments", [["--help"], ["--version"]])
def test_what_is_not_about_study_reads_nothing_of_it(
    imports: Imports, arguments: list[str]
) -> None:
    modules = imports(*arguments)

    layers = frozenset({"llmpath.core", "llmpath.storage", "llmpath.report"})
    assert among(modules, NEVER_AT_ONCE | layers) == set()
    assert own(modules, "cli") == {
        *("asking", "failing", "lazy", "main", "options", "run_options")
    }


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["next"],
        ["next", "--json"],
        ["status"],
        ["status", "--json"],
        ["plan"],
        ["list"],
        ["done", "supervised-learning"],
    ],
    ids=" ".join,
)
def test_an_answer_in_text_imports_nothing_that_draws_or_checks(
    imports: Imports, arguments: list[str]
) -> None:
    assert among(imports(*arguments), NEVER_AT_ONCE) == set()


def test_help_of_a_command_draws_nothing(imports: Imports) -> None:
    assert among(imports("next", "--help"), NEVER_AT_ONCE) == set()


def test_a_command_imports_no_other_one(imports: Imports) -> None:
    commands = {entry.module for entry in Root.entries.values()}

    assert among(imports("next"), frozenset(commands)) == {"llmpath.cli.next"}


@pytest.mark.parametrize(
    ("arguments", "most"),
    # Measured on CPython 3.11: 117, 167, 179; later versions differ by a few.
    [(["--help"], 130), (["next"], 185), (["status"], 195)],
    ids=["help", "next", "status"],
)
def test_the_number_of_imports_stays_small(
    imports: Imports, arguments: list[str], most: int
) -> None:
    assert len(imports(*arguments)) <= most


@pytest.mark.parametrize("name", Root.entries)
def test_listed_help_is_the_commands_own(name: str) -> None:
    entry = Root.entries[name]

    real = LazyCommand(name, entry).load()

    assert real.help is not None
    first = " ".join(real.help.partition("\n\n")[0].split())
    assert entry.help == first


@pytest.mark.parametrize(
    "module", sorted({each.module for each in Root.entries.values()})
)
def test_a_command_keeps_no_annotations_as_text(module: str) -> None:
    # what `from __future__ import annotations` leaves in a module
    assert not hasattr(import_module(module), "annotations")
