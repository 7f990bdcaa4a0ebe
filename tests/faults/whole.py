"""What must hold after every fault: nothing told is lost, and the program goes on."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from llmpath.storage.journal import Journal, read_journal
from llmpath.storage.journal_files import parse_file
from llmpath.storage.paths import Places
from tests.cli.program import Program, Result
from tests.cli.states import put_back

LESSON = "lets-build-gpt/data-and-batches"
LOG = ("log", LESSON, "10", "--json")
"""A command that writes one record, and says its id."""

START = ("start", "--track", "short", "--json")

CODES = frozenset({0, 1, 2, 3, 4, 5, 6, 130})
"""Every exit code of the contract but that of a bug."""


ADVICE = frozenset({"modes", "newer", "clock"})
"""What `doctor` tells without calling it damage."""


def places_of(home: Path) -> Places:
    """The places of a home; of its state, that of this machine."""
    states = sorted((home / "state").glob("*"))
    return Places(home / "data", (states or [home])[0], home / "config.toml")


def restore(program: Program, files: dict[Path, bytes]) -> None:
    """Make the home hold these files and no others; without any it is gone itself."""
    if files:
        put_back(program.home, files)
    else:
        shutil.rmtree(program.home, ignore_errors=True)


def journal_of(program: Program) -> Journal:
    """What is on disk, read by the program's own reader."""
    return read_journal(places_of(program.home), None)


def saved(program: Program) -> list[str]:
    """The ids of all records on disk."""
    return [record.id for record in journal_of(program).records]


def journal_bytes(program: Program) -> dict[str, bytes]:
    """Each file of the journal."""
    folder = program.home / "data" / "journal"
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    return {path.name: path.read_bytes() for path in files}


def archived(program: Program) -> set[str]:
    """The ids of all records in the second copy."""
    path = places_of(program.home).archive
    data = path.read_bytes() if path.exists() else b""
    return {record.id for record in parse_file(data).records}


def told(result: Result) -> str | None:
    """The id that a command said it saved; None if it answered nothing."""
    return None if not result.stdout else str(result.json()["event"])


def check_ended_well(result: Result) -> None:
    """It ended with a code of the contract, or by a signal, and without a traceback."""
    assert result.code in CODES or result.code < 0, result
    assert "Traceback" not in result.stderr, result
    if result.code:
        assert not result.stdout or result.code == 1, result


def torn_only(program: Program, damaged: list[dict[str, Any]]) -> bool:
    """Tell whether no lines of the journal are damaged but torn ones."""
    folder = str(program.home / "data" / "journal")
    return all(
        each["reason"] == "not a whole record"
        for each in damaged
        if each["file"].startswith(folder) and each["line"]
    )


def check_whole(program: Program, *acknowledged: Iterable[str]) -> None:
    """All that was told is there; the next commands work and agree with the journal."""
    wanted = {each for ids in acknowledged for each in ids}
    before = saved(program)
    assert wanted <= set(before), "told to be saved and lost"
    assert len(before) == len(set(before))
    if not before:
        started = program(*START)
        assert started.code == 0, started
    examined = program("doctor", "--json")
    assert examined.code in {0, 6}, examined
    document = examined.json()
    assert torn_only(program, document["damaged"]), document
    failed = {
        each["name"]
        for each in document["checks"]
        if not each["ok"]
        and each["name"] not in ADVICE
        and not each["detail"].endswith("in the journal alone: llmpath doctor --repair")
    }
    assert bool(failed) is (examined.code == 6), document
    after = program(*LOG)
    assert after.code == 0, after
    assert told(after) in saved(program)
    assert set(saved(program)) <= archived(program), "no second copy"
