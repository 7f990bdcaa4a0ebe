"""Takes one precaution after the other out of the program: some test must notice.

`python -m tests.faults.mutants [--write] [NAME...]` copies the package for each mutant,
changes one place in it, runs the tests of the storage and of the faults against the
copy, and prints which of them fail. It ends with 1 if a mutant survives, and with an
error if the place is no longer there. `--write` puts it into the table of README.md.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
README = Path(__file__).parent / "README.md"
BEGIN, END = "<!-- mutants -->\n", "<!-- end -->\n"
TESTS = (
    *("test_appending", "test_device", "test_durable", "test_interrupts"),
    *("test_journal",),
    *("test_journal_files", "test_journal_processes", "test_journal_writing"),
    *("test_kept_fold", "test_lock", "test_marks", "test_records", "test_repairing"),
    "test_second_copy",
)
SHOWN = 3
"""So many of the tests that fail are named in the table, those of the faults first."""


class Mutant(NamedTuple):
    """A precaution left out: in a module one piece of text becomes another."""

    name: str
    module: str
    old: str
    new: str


def answering(name: str, module: str, signature: str, answer: str) -> Mutant:
    """A mutant in which a function does nothing but answer."""
    return Mutant(name, module, f"{signature}\n", f"{signature}\n    return {answer}\n")


MUTANTS = (
    answering(
        "no flush of a file",
        "storage/durable.py",
        "def _flush(descriptor: int) -> None:",
        "None",
    ),
    Mutant(
        "no flush of a folder",
        "storage/durable.py",
        "    descriptor = os.open(folder, os.O_RDONLY | CLOSED_ON_EXEC)\n",
        "    return\n    descriptor = os.open(folder, os.O_RDONLY | CLOSED_ON_EXEC)\n",
    ),
    Mutant(
        "a failed flush is tried again",
        "storage/durable.py",
        '    """\n    try:\n        _flush(descriptor)\n    except OSError as error:\n',
        '    """\n    try:\n        _flush(descriptor)\n    except OSError as error:\n'
        "        _flush(descriptor)\n        return\n",
    ),
    Mutant(
        "a short write is taken for a whole one",
        "storage/durable.py",
        "        view = view[written:]\n",
        "        return\n",
    ),
    Mutant(
        "no lock",
        "storage/lock.py",
        "        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)\n",
        "        pass\n",
    ),
    Mutant(
        "no healing of a torn end",
        "storage/appending.py",
        "    if _ends_torn(descriptor, size):\n",
        "    if not size and _ends_torn(descriptor, size):\n",
    ),
    answering(
        "no check that the file is still the one under its name",
        "storage/appending.py",
        "def _is_under(path: Path, descriptor: int) -> bool:",
        "True",
    ),
    Mutant(
        "nothing is read back",
        "storage/appending.py",
        "        _check(descriptor, data)\n",
        "",
    ),
    Mutant(
        "a failed write is not cut off",
        "storage/appending.py",
        "        os.ftruncate(descriptor, size)\n",
        "        pass\n",
    ),
    Mutant(
        "links are followed",
        "storage/durable.py",
        '    getattr(os, "O_NOFOLLOW", 0)\n',
        "    0\n",
    ),
    Mutant(
        "no checksum is checked",
        "storage/records.py",
        '_CRC % crc32(b"}", crc32(line[:-_CRC_LENGTH])):\n        raise',
        "line[-_CRC_LENGTH:-10] + line[-10:]:\n        raise",
    ),
    Mutant(
        "nothing is salvaged out of a damaged line",
        "storage/records.py",
        "        if end >= 0:\n",
        "        if False:\n",
    ),
    Mutant(
        "no interrupt is held back",
        "storage/interrupts.py",
        "signal.pthread_sigmask(signal.SIG_BLOCK, _HELD)",
        "signal.pthread_sigmask(signal.SIG_BLOCK, ())",
    ),
    Mutant(
        "interrupts are let through after the report",
        "cli/session.py",
        "ends_process=options.ends_process",
        "ends_process=False",
    ),
    Mutant(
        "no second copy",
        "storage/second_copy.py",
        "    def _append(self, data: bytes) -> None:\n",
        "    def _append(self, data: bytes) -> None:\n        return\n",
    ),
    Mutant(
        "no marks of how far files were seen",
        "storage/second_copy.py",
        "        write_marks(self._places, marks)\n",
        "",
    ),
    Mutant(
        "numbers go on from the journal alone",
        "storage/second_copy.py",
        "self._highest = Counters(self._marks.devices, self._marks.lamport)\n",
        "return Counters({}, 0)\n",
    ),
    Mutant(
        "a repair restores nothing",
        "storage/repairing.py",
        "for line in lines], journal=journal)",
        "for line in ()], journal=journal)",
    ),
    Mutant(
        "the kept fold is that of any journal",
        "storage/kept_fold.py",
        "    return told.hexdigest()\n",
        '    return "0" * 32\n',
    ),
    Mutant(
        "the kept fold has no checksum",
        "storage/kept_fold.py",
        '(key.encode("ascii"), crc32(body))',
        '(key.encode("ascii"), 0)',
    ),
    answering(
        "an identity is not bound to its machine and folder",
        "storage/device.py",
        "def _bound(places: Places) -> str:",
        '"anything"',
    ),
)


def mutate(mutant: Mutant, source: str) -> str:
    """The module's text with the precaution left out.

    Raises:
        ValueError: The place is not there, or not only there.
    """
    count = source.count(mutant.old)
    if count != 1:
        raise ValueError(f"{mutant.name}: {mutant.module} has the place {count} times")
    return source.replace(mutant.old, mutant.new)


def module_of(mutant: Mutant, root: Path) -> Path:
    """Where the module lies in a checkout, or a copy of it."""
    return root / "src" / "llmpath" / mutant.module


def caught_by(mutant: Mutant | None) -> list[str]:
    """The tests that fail on the mutant, or on a copy without any change."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / "src", copy / "src", ignore=ignored)
        shutil.copytree(ROOT / "data", copy / "data")
        if mutant is not None:
            path = module_of(mutant, copy)
            path.write_text(mutate(mutant, path.read_text("utf-8")), "utf-8")
        environment = {**os.environ, "PYTHONPATH": str(copy / "src")}
        check_is_used(copy, environment)
        return failing_tests(environment)


def check_is_used(copy: Path, environment: dict[str, str]) -> None:
    """See that the tests will run on the copy."""
    asked = [sys.executable, "-c", "import llmpath; print(llmpath.__file__)"]
    used = subprocess.run(
        asked, env=environment, capture_output=True, text=True, check=True
    )
    if not Path(used.stdout.strip()).is_relative_to(copy):
        raise RuntimeError(f"the tests would run on {used.stdout.strip()}")


def failing_tests(environment: dict[str, str]) -> list[str]:
    """Run the tests; `faults/test_x.py: test_y` for each that fails."""
    options = ["-q", "--tb=no", "-rfE", "-p", "no:cacheprovider"]
    # The first looks at the table, the others are slow and about other things.
    without = ("test_cases", "test_clocks", "test_long_history")
    options += [f"--ignore=tests/faults/{each}.py" for each in without]
    files = [*(f"tests/storage/{each}.py" for each in TESTS), "tests/faults"]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", *options, *files],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    failed = re.findall(
        r"^(?:FAILED|ERROR) tests/([\w/.]+)::(\w+)", run.stdout, re.MULTILINE
    )
    # 2: the run was interrupted, as by a test whose Ctrl-C was not held back
    if run.returncode not in {0, 1, 2} or (run.returncode and not failed):
        raise RuntimeError(run.stdout + run.stderr)
    return [f"{file}: {name}" for file, name in sorted(set(failed))]


def row_of(name: str, tests: list[str]) -> str:
    """A row of the table: a mutant and the tests that catch it."""
    shown = "<br>".join(f"`{each}`" for each in tests[:SHOWN])
    return f"| {name} | {len(tests)} | {shown} |"


def table_of(rows: dict[str, str]) -> str:
    """The table in Markdown, in the order of the mutants."""
    lines = ["| left out | tests that fail | among them |", "|---|---:|---|"]
    lines += [rows[each.name] for each in MUTANTS if each.name in rows]
    return "\n".join(lines) + "\n"


def rows_in(text: str) -> dict[str, str]:
    """The rows of the document's table, by the mutant's name."""
    table = text.partition(BEGIN)[2].partition(END)[0]
    rows = re.findall(r"^(\| ([^|]+) \| \d+ \|.*)$", table, re.MULTILINE)
    return {name: row for row, name in rows}


def with_table(text: str, table: str) -> str:
    """The document with the table between its marks."""
    before, _, rest = text.partition(BEGIN)
    return f"{before}{BEGIN}\n{table}\n{END}{rest.partition(END)[2]}"


def main(arguments: list[str]) -> int:
    """Run the mutants named, or all; 1 if one survives."""
    is_written = "--write" in arguments
    wanted = {each for each in arguments if each != "--write"}
    if unknown := wanted - {each.name for each in MUTANTS}:
        raise SystemExit(f"no such mutant: {', '.join(sorted(unknown))}")
    if failed := caught_by(None):
        raise SystemExit(f"fails without any change: {', '.join(failed)}")
    caught: dict[str, list[str]] = {}
    for mutant in MUTANTS:
        if not wanted or mutant.name in wanted:
            tests = caught[mutant.name] = caught_by(mutant)
            what = f"caught by {len(tests)}" if tests else "SURVIVES"
            sys.stdout.write(f"{mutant.name}: {what}\n")
            sys.stdout.writelines(f"    {each}\n" for each in tests)
            sys.stdout.flush()
    if is_written:
        text = README.read_text("utf-8")
        rows = rows_in(text) | {name: row_of(name, caught[name]) for name in caught}
        README.write_text(with_table(text, table_of(rows)), "utf-8")
    return 0 if all(caught.values()) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
