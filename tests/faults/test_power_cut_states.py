"""After a power cut at any moment, whatever the disk kept, nothing told is lost."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

import pytest

from llmpath.core.events import NoteAdded, StudyLogged
from llmpath.core.folding import fold
from llmpath.storage.device import read_device
from llmpath.storage.journal import read_files, read_journal
from llmpath.storage.kept_fold import fold_files
from llmpath.storage.paths import Places
from tests.cli.program import Program
from tests.cli.states import SHORT, put_back
from tests.cli.test_kept_fold import other_devices_file
from tests.faults.power_cuts import Disk, Flush, Recording, crash_states
from tests.faults.whole import LOG, START, check_whole, places_of, saved, told
from tests.storage.broken_system import FLUSH
from tests.storage.journal_values import a_home, read, save

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows flushes no names of files"
)
EVENT = StudyLogged("a/b", 25)
LAST_YEAR = date(2025, 12, 31)
Break = pytest.MonkeyPatch


def first_record(home: Places, recording: Recording) -> None:
    for minutes in (1, 2):
        recording.told(save(home, StudyLogged("a/b", minutes)).id)


def next_record(home: Places, recording: Recording) -> None:
    recording.told(save(home, EVENT).id)


def after_a_torn_line(home: Places, recording: Recording) -> None:
    recording.told(save(home, NoteAdded("a/b", "x" * 300)).id)


def first_of_a_year(home: Places, recording: Recording) -> None:
    recording.told(save(home, EVENT).id)


def prepare_nothing(home: Places) -> None:
    del home


def prepare_two(home: Places) -> None:
    save(home, EVENT)
    save(home, EVENT)


def prepare_torn(home: Places) -> None:
    prepare_two(home)
    (path,) = home.journal.iterdir()
    path.write_bytes(path.read_bytes()[:-30])


def prepare_last_year(home: Places) -> None:
    save(home, EVENT, day=LAST_YEAR)


SCENES = {
    "first record": (prepare_nothing, first_record),
    "next record": (prepare_two, next_record),
    "after a torn line": (prepare_torn, after_a_torn_line),
    "first of a year": (prepare_last_year, first_of_a_year),
}


def check_state(home: Places, disk: Disk, before: set[str], written: set[str]) -> None:
    """What was told is there, nothing else came to be, and the next save works."""
    put_back(home.data.parent, disk.files)
    kept = {record.id for record in read(home)}
    assert disk.told | before <= kept, f"lost after step {disk.after}"
    assert kept <= before | written, f"made up after step {disk.after}"
    last = save(home, EVENT)
    after = read_journal(home, read_device(home))
    assert {record.id for record in after.records} == kept | {last.id}


@pytest.mark.parametrize("scene", SCENES)
def test_a_power_cut_leaves_what_was_told(
    scene: str, monkeypatch: Break, tmp_path: Path
) -> None:
    prepare, act = SCENES[scene]
    home = a_home(tmp_path / "home")
    prepare(home)
    before = {record.id for record in read(home)}
    with Recording(tmp_path) as recording:
        act(home, recording)
    written = {record.id for record in read(home)}
    for call in {"fsync", FLUSH}:
        monkeypatch.setattr(os, call, lambda _: None)

    states = list(crash_states(recording))
    assert len(states) > 3
    for disk in states:
        check_state(home, disk, before, written)


def test_without_a_flush_the_model_loses_what_was_told(tmp_path: Path) -> None:
    home = a_home(tmp_path / "home")
    prepare_two(home)
    with Recording(tmp_path) as recording:
        told_id = save(home, EVENT).id
        recording.told(told_id)
    recording.steps = [each for each in recording.steps if not isinstance(each, Flush)]

    assert any(
        disk.told and not any(told_id.encode() in data for data in disk.files.values())
        for disk in crash_states(recording)
    )


def cut_during(program: Program, line: tuple[str, ...], *, most: int) -> int:
    """Cut the power during a command of the program; gives how many states there were.

    Of more than `most` states, evenly spread ones are looked at.
    """
    known = saved(program)
    with Recording(program.home.parent) as recording:
        event = told(program(*line))
        assert event is not None
        recording.told(event)
    states = list(crash_states(recording))
    for disk in states[:: max(1, len(states) // most)]:
        put_back(program.home, disk.files)
        places = places_of(program.home)
        if places.state.is_dir():
            files = read_files(places, None)
            folded = fold_files(places.state, files)
            assert folded.progress == fold(files.journal.records)
        check_whole(program, known, disk.told)
    return len(states)


@pytest.mark.parametrize(
    "most", [4, pytest.param(10_000, marks=pytest.mark.thorough)], ids=["some", "all"]
)
@pytest.mark.parametrize("line", [LOG, START], ids=["log", "start"])
def test_a_power_cut_during_a_command_leaves_what_was_told(
    line: tuple[str, ...], most: int, run: Program
) -> None:
    other_devices_file(run.home)  # so long that its fold is kept
    if line == LOG:
        assert run(*SHORT.split()).code == 0
        assert (places_of(run.home).state / "fold.json").is_file()

    assert cut_during(run, line, most=most) > 10
