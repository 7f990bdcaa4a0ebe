"""A program and a home of its own, known only by its command line and its files."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

WORDS = "the loss of a bigram model"
_ENTRY = re.compile(rf"entry-(\d{{5}}) {WORDS}")
_TIMEOUT = 120
_KEPT_VARIABLES = ("PATH", "SYSTEMROOT")


class NotRunError(Exception):
    """A measure that this machine cannot take; the message says why."""


class Program(NamedTuple):
    """A program under test.

    Attributes:
        command: What starts it; its working directory is the home.
        add: Arguments that add the nth entry, given n and its text.
        export: Arguments that write all entries.
        parse: The entries in that output.
        first: Arguments of the listing that a user sees each day.
        store: Pattern of the one file in the home that holds the entries.
        fill: Writes so many entries into a home that was just made.
        setup: Commands before the first add.
        files: Texts of files in a new home, by name.
        variables: Its environment; `{home}` stands for the home.
        repair: Arguments of its own repair of damage, if it has one.
        missing: Why it cannot be run here.
    """

    name: str
    version: str
    command: Sequence[str] = ()
    add: Callable[[int, str], list[str]] = lambda _, text: ["add", text]
    export: Sequence[str] = ("export",)
    parse: Callable[[Any], list[Any]] = list
    first: Sequence[str] = ("list",)
    store: str = "*"
    fill: Callable[[Path, int], None] = lambda *_: None
    setup: Sequence[Sequence[str]] = ()
    files: Mapping[str, str] = {}
    variables: Mapping[str, str] = {}
    repair: Sequence[str] = ()
    missing: str = ""


class Shown(NamedTuple):
    """What a program shows of its entries.

    Attributes:
        works: It ended with 0, and its output could be parsed.
        entries: Each entry with all that is shown of it.
        said: What it wrote to stderr, numbers left out.
    """

    works: bool
    entries: frozenset[str]
    said: frozenset[str]

    @property
    def numbers(self) -> set[int]:
        """Numbers of the entries whose text is whole."""
        found = map(_ENTRY.search, self.entries)
        return {int(match[1]) for match in found if match}

    @property
    def without_text(self) -> set[str]:
        """Entries without a whole text."""
        return {each for each in self.entries if not _ENTRY.search(each)}


def text_of(n: int, more: str = "") -> str:
    """The text of the nth entry."""
    return f"entry-{n:05} {WORDS}{more}"


class Home:
    """Everything that a program keeps, in one folder.

    The folder never moves: a program may bind what it keeps to its place. Temporary
    files lie in it as well, so that they can be renamed.

    Attributes:
        first_entries: What was shown of it when it had just been made.
    """

    def __init__(self, program: Program, path: Path) -> None:
        self.program = program
        self.path = path
        self.first_entries: frozenset[str] = frozenset()
        variables = {
            key: text.format(home=path) for key, text in program.variables.items()
        }
        self.environment = {
            **{key: os.environ[key] for key in _KEPT_VARIABLES if key in os.environ},
            "HOME": str(path),
            "LC_ALL": "C.UTF-8",
            "PYTHONHASHSEED": "0",
            "TERM": "dumb",
            "TMPDIR": str(path / "tmp"),
            "TZ": "UTC",
            **variables,
        }

    def make(self) -> Home:
        """Begin anew."""
        shutil.rmtree(self.path, ignore_errors=True)
        (self.path / "tmp").mkdir(parents=True)
        for name, text in self.program.files.items():
            (self.path / name).write_text(text, encoding="utf-8")
        for words in self.program.setup:
            done = self.run(words)
            if done.returncode:
                raise NotRunError(f"{' '.join(words)}: {last_line(done.stderr)}")
        self.first_entries = self.shown().entries
        return self

    def run(
        self,
        words: Sequence[str],
        *,
        before: Sequence[str] = (),
        variables: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Run a command to its end; one that hangs ends with 124."""
        command = [*before, *self.program.command, *words]
        try:
            return subprocess.run(
                command,
                cwd=self.path,
                env={**self.environment, **(variables or {})},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                timeout=_TIMEOUT,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return subprocess.CompletedProcess(command, 124, "", "hangs")

    def start(self, words: Sequence[str]) -> subprocess.Popen[bytes]:
        """Start a command that is to be stopped or killed."""
        return subprocess.Popen(
            [*self.program.command, *words],
            cwd=self.path,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def words(self, n: int, more: str = "") -> list[str]:
        """Arguments that add the nth entry."""
        return self.program.add(n, text_of(n, more))

    def add(self, n: int, more: str = "") -> bool:
        """Add an entry; whether the program says that it is kept."""
        return self.run(self.words(n, more)).returncode == 0

    def add_all(self, numbers: Sequence[int]) -> set[int]:
        """Add entries one after the other; those that the program says are kept."""
        return {n for n in numbers if self.add(n)}

    def shown(self) -> Shown:
        """Read back everything, over the program's own export."""
        done = self.run(self.program.export)
        said = frozenset(re.sub(r"\d+", "#", done.stderr).splitlines())
        try:
            found = self.program.parse(json.loads(done.stdout))
            entries = frozenset(json.dumps(each, sort_keys=True) for each in found)
        except (ValueError, LookupError, TypeError):
            return Shown(works=False, entries=frozenset(), said=said)
        return Shown(done.returncode == 0, entries, said)

    def torn(self, shown: Shown) -> int:
        """Entries shown that are neither whole nor from the beginning."""
        return len(shown.without_text - self.first_entries)

    def store(self) -> Path:
        """The file that holds the entries.

        Raises:
            NotRunError: It is not there, or is not one.
        """
        files = list(self.path.glob(self.program.store))
        if len(files) != 1:
            raise NotRunError(f"{len(files)} files hold the entries")
        return files[0]

    def keep(self) -> None:
        """Remember the home as it is now."""
        shutil.rmtree(self._kept, ignore_errors=True)
        shutil.copytree(self.path, self._kept)

    def restore(self) -> None:
        """Bring the home back to what it was."""
        shutil.rmtree(self.path, ignore_errors=True)
        shutil.copytree(self._kept, self.path)

    @property
    def _kept(self) -> Path:
        return self.path.with_name(f"{self.path.name}.kept")


def last_line(text: str) -> str:
    """The last line that says something."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "no reason given"
