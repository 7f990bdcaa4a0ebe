"""Devices that exchange files in any way come to the same progress, by any route.

That the fold itself knows no order and no duplicates is a law of the core's tests; here
records lie in files, which are copied, renamed, cut and glued as sync tools do.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from hypothesis import strategies as st

from llmpath.core.events import NoteAdded, Record
from llmpath.core.folding import fold
from llmpath.storage.journal import JournalFiles, read_files
from llmpath.storage.kept_fold import LEAST_BYTES, fold_files, fold_path
from llmpath.storage.paths import Places
from llmpath.storage.records import encode_record
from tests.builders import a_record
from tests.storage.journal_values import a_home
from tests.storage.test_kept_fold import as_written
from tests.strategies import DEVICES, Step, histories, law

seeds = st.integers(0, 2**32 - 1)
"""Draws what sync tools do; hypothesis makes the history shorter, not that."""

LONG = a_record(NoteAdded("llmpath:a/one", "x" * LEAST_BYTES), device="old-0009")
"""So that the fold is worth keeping."""

LONG_FILE = "old-0009.2026.jsonl"

COPIES = (
    "{}.sync-conflict-20261120-120000-ABCDEF.jsonl",
    "{} (conflicted copy 2026-11-20).jsonl",
    "{} 2.jsonl",
    "{}-HOST.jsonl",
)
RUBBLE = (b"", b"\n", b"<<<<<<< HEAD\n", b"\0" * 50 + b"\n", b'{"id":"torn","v":1,"d')


def records_of(history: Iterable[Step]) -> list[Record]:
    return [as_written(step.record) for step in history]


def on_disk(home: Places, contents: dict[str, bytes]) -> JournalFiles:
    """Make the journal's folder hold these files alone, and read it."""
    home.journal.mkdir(parents=True, exist_ok=True)
    for path in home.journal.iterdir():
        if path.name not in contents:
            path.unlink()
    for name, data in contents.items():
        (home.journal / name).write_bytes(data)
    return read_files(home, None)


def in_any_files(records: Sequence[Record], draw: random.Random) -> dict[str, bytes]:
    """Every record in at least one of some files, in any order, among rubble."""
    names = [f"{device}.2026.jsonl" for device in DEVICES]
    names += [draw.choice(COPIES).format(name[:-6]) for name in names]
    lines: dict[str, list[bytes]] = {name: [] for name in names}
    for record in records:
        for name in draw.choices(names, k=draw.choice((1, 1, 2, 3))):
            lines[name].append(encode_record(record))
    contents = {}
    for name, each in lines.items():
        draw.shuffle(each)
        pieces = [piece for line in each for piece in (draw.choice(RUBBLE), line)]
        data = b"".join(pieces)
        contents[name] = data.replace(b"\n", b"\r\n") if draw.random() < 0.2 else data
    return contents


@law(histories(), seeds)
def test_records_spread_over_any_files_are_the_same_progress(
    history: tuple[Step, ...], seed: int
) -> None:
    records = records_of(history)
    with tempfile.TemporaryDirectory() as folder:
        spread = in_any_files(records, random.Random(seed))  # noqa: S311 - no secret
        files = on_disk(a_home(Path(folder)), spread)

    assert {each.id for each in files.journal.records} == {each.id for each in records}
    assert fold(files.journal.records) == fold(records)


class Machine:
    """One device: its folder of the journal, and the fold that it kept."""

    def __init__(self, name: str, folder: Path) -> None:
        self.own = f"{name}.2026.jsonl"
        self.home = a_home(folder)
        self.files = {LONG_FILE: encode_record(LONG)}
        self.home.state.mkdir(parents=True)

    def write(self, record: Record) -> None:
        """Append to the own file, which nobody else writes."""
        self.files[self.own] = self.files.get(self.own, b"") + encode_record(record)

    def take(self, name: str, data: bytes, draw: random.Random) -> None:
        """Get another's file: whole, as it was before, or beside what is there."""
        match draw.choice(("whole", "whole", "part", "copy")):
            case "whole":
                self.files[name] = data
            case "part":
                self.files[name] = data[: draw.randint(0, len(data))]
            case _:
                self.files[draw.choice(COPIES).format(name[:-6])] = data

    def check(self) -> None:
        """What is answered, with the fold that was kept, is what the files say."""
        state = self.home.state
        afresh = fold(on_disk(self.home, self.files).journal.records)
        assert fold_files(state, read_files(self.home, None)).progress == afresh
        assert fold_path(state).is_file()
        assert fold_files(state, read_files(self.home, None)).progress == afresh


@law(histories(), seeds, plain=30, thorough=1000)
def test_machines_that_exchange_files_agree_and_a_kept_fold_is_never_anothers(
    history: tuple[Step, ...], seed: int
) -> None:
    draw = random.Random(seed)  # noqa: S311 - no secret
    with tempfile.TemporaryDirectory() as folder:
        machines = {name: Machine(name, Path(folder) / name) for name in DEVICES}
        for record in records_of(history):
            machines[record.device].write(record)
            machines[record.device].check()
            giver, taker = draw.sample(list(machines.values()), 2)
            for name, data in list(giver.files.items()):
                if name not in {taker.own, LONG_FILE} and draw.random() < 0.5:
                    taker.take(name, data, draw)
            taker.check()
        everything: dict[str, bytes] = {}
        for machine in machines.values():  # in the end every file reaches everybody
            everything |= machine.files
        for machine in machines.values():
            everything[machine.own] = machine.files.get(machine.own, b"")  # whole
        expected = fold([LONG, *records_of(history)])
        for machine in machines.values():
            machine.files = everything
            machine.check()
            files = read_files(machine.home, None)
            assert fold_files(machine.home.state, files).progress == expected
