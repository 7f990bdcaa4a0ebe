"""What was saved here once can be restored, whatever happens to the journal's files."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from llmpath.core.events import StudyLogged
from llmpath.core.folding import fold
from llmpath.storage.device import read_device
from llmpath.storage.examination import examine
from llmpath.storage.journal import read_journal
from llmpath.storage.journal_files import parse_file
from llmpath.storage.paths import Places
from llmpath.storage.records import encode_record
from llmpath.storage.repairing import repair
from tests.builders import a_record
from tests.storage.broken_system import FLUSH
from tests.storage.journal_values import a_home, put, read, save

EVENT = StudyLogged("a/b", 25)
Step = tuple[str, int, int]

HARM = ("cut", "delete", "empty", "flip", "roll back", "rename", "marks", "no marks")
steps = st.lists(
    st.tuples(
        st.sampled_from(("write", "write", "receive", "snapshot", "copy", *HARM)),
        st.integers(0, 2),
        st.integers(0, 2**16),
    ),
    max_size=14,
)


@contextmanager
def a_quick_home() -> Iterator[Places]:
    """A home whose disk is not waited for."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as quick:
        for call in {"fsync", FLUSH}:
            quick.setattr(os, call, lambda _: None)
        yield a_home(Path(folder))


class History:
    """A home to which things happen; knows what was confirmed in it."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.confirmed: dict[str, tuple[str, int]] = {}
        self.received = 0
        self.snapshot: dict[str, bytes] = {}

    def take(self, step: Step) -> None:
        """Let one thing happen."""
        kind, which, number = step
        files = self.files()
        match kind:
            case "write":
                self.write()
            case "receive":
                self.receive()
            case "snapshot":
                self.snapshot = {path.name: path.read_bytes() for path in files}
            case "roll back":
                for path in files:
                    path.unlink()
                for name, data in self.snapshot.items():
                    (self.places.journal / name).write_bytes(data)
            case "marks" if self.places.marks.exists():
                self.places.marks.write_bytes(b"{}")
            case "no marks":
                self.places.marks.unlink(missing_ok=True)
            case _ if files:
                self.harm(kind, files[which % len(files)], number)
            case _:  # nothing is there to harm
                pass

    def harm(self, kind: str, path: Path, number: int) -> None:
        data = bytearray(path.read_bytes())
        match kind:
            case "cut":
                os.truncate(path, number % (len(data) + 1))
            case "empty":
                path.write_bytes(b"")
            case "delete":
                path.unlink()
            case "flip" if data:
                data[number % len(data)] ^= 1 << number % 8
                path.write_bytes(data)
            case "rename":
                path.rename(path.with_name(f"{number} {path.name}"))
            case "copy":
                (path.parent / f"copy {path.name}").write_bytes(data)
            case _:  # no bit to flip
                pass

    def write(self) -> None:
        """Save a record, which also confirms whatever is in the files then."""
        save(self.places, EVENT)
        for record in read(self.places):
            self.confirmed[record.id] = (record.device, record.n)

    def receive(self) -> None:
        """Get a record from another machine, at the end of its file."""
        self.received += 1
        record = a_record(EVENT, device="phone-c01d", n=self.received)
        self.places.journal.mkdir(parents=True, exist_ok=True)
        path = self.places.journal / "phone-c01d.2026.jsonl"
        with path.open("ab") as file:
            file.write(encode_record(record))

    def files(self) -> list[Path]:
        folder = self.places.journal
        return sorted(folder.iterdir()) if folder.exists() else []

    def missing(self) -> tuple[str, ...]:
        return read_journal(self.places, read_device(self.places)).missing


def check_restored(taken: list[Step]) -> None:
    with a_quick_home() as home:
        history = History(home)
        for step in taken:
            history.take(step)
        gone = history.confirmed.keys() - {record.id for record in read(home)}

        assert bool(history.missing()) is bool(gone)
        assert repair(home).restored == len(gone)
        assert {record.id for record in read(home)} >= history.confirmed.keys()
        assert not history.missing()


@given(steps)
@example([("write", 0, 0), ("flip", 0, 0), ("write", 0, 0)])
def test_after_a_repair_all_that_was_ever_confirmed_is_there(taken: list[Step]) -> None:
    check_restored(taken)


@pytest.mark.thorough
@given(steps)
@settings(max_examples=3000)
def test_after_thousands_of_histories_all_that_was_ever_confirmed_is_there(
    taken: list[Step],
) -> None:
    check_restored(taken)


@given(steps)
def test_a_number_is_never_given_twice_whatever_was_lost(taken: list[Step]) -> None:
    with a_quick_home() as home:
        history = History(home)
        for step in taken:
            history.take(step)
        history.write()

        numbers = [
            each for each in history.confirmed.values() if each[0] != "phone-c01d"
        ]
        assert len(numbers) == len(set(numbers))


@given(steps)
def test_a_second_repair_changes_no_file(taken: list[Step]) -> None:
    with a_quick_home() as home:
        history = History(home)
        for step in taken:
            history.take(step)
        repair(home)
        before = contents(home)

        again = repair(home)

        assert (again.restored, again.copied, again.warnings) == (0, 0, ())
        assert contents(home) == before


@given(steps)
def test_once_a_loss_is_accepted_nothing_is_a_fault_until_more_is_lost(
    taken: list[Step],
) -> None:
    with a_quick_home() as home:
        history = History(home)
        for step in taken:
            history.take(step)
        for path in history.files()[:1]:  # and what neither copy has
            path.write_bytes(path.read_bytes()[:200])
        home.archive.unlink(missing_ok=True)

        repair(home, accepts_loss=True)

        journal = read_journal(home, read_device(home))
        found = examine(home, journal)
        assert not any(each.is_open for each in found.damaged)
        assert (journal.new_damage, journal.gaps, journal.missing) == (0, 0, ())
        assert not found.is_past_repair
        history.write()
        after = read_journal(home, read_device(home))
        assert (after.new_damage, after.gaps, after.missing) == (0, 0, ())


@given(steps)
def test_a_repair_rewrites_nothing_and_only_appends(taken: list[Step]) -> None:
    with a_quick_home() as home:
        history = History(home)
        for step in taken:
            history.take(step)
        before = {
            path: path.read_bytes()
            for path in (*history.files(), home.archive)
            if path.exists()
        }

        repair(home)

        assert all(path.read_bytes().startswith(data) for path, data in before.items())


@given(st.lists(st.sampled_from(("journal", "archive", "both")), max_size=6))
def test_journal_and_archive_in_any_mix_fold_to_the_same_state(mix: list[str]) -> None:
    records = [a_record(StudyLogged("a/b", 5 + n), n=n + 1) for n in range(len(mix))]
    with a_quick_home() as home:
        home.state.mkdir(parents=True)
        for name, folder in (("journal", home.journal), ("archive", home.state)):
            kept = [
                r
                for r, place in zip(records, mix, strict=True)
                if place in {name, "both"}
            ]
            put(folder, "archive.jsonl", *kept)
        repair(home)

        assert set(read(home)) == set(records)
        assert fold(read(home)) == fold(records)
        assert set(parse_file(home.archive.read_bytes()).records) == set(records)


def contents(home: Places) -> dict[str, bytes]:
    return {
        str(path): path.read_bytes()
        for path in sorted(home.data.parent.rglob("*"))
        if path.is_file()
    }


def test_damage_is_still_named_after_the_repair_as_costing_nothing(
    tmp_path: Path,
) -> None:
    home = a_home(tmp_path)
    for _ in range(3):
        save(home, EVENT)
    (path,) = home.journal.iterdir()
    data = path.read_bytes()
    path.write_bytes(data.replace(b'"n":2,', b'"n":9,'))
    before = examine(home, read_journal(home, None)).damaged

    repair(home)

    after = examine(home, read_journal(home, None)).damaged
    assert [each.is_whole for each in before] == [False]
    assert [each[:4] for each in after] == [each[:4] for each in before]
    assert [each.is_whole for each in after] == [True]
    assert path.read_bytes().startswith(data.replace(b'"n":2,', b'"n":9,'))


def test_after_a_repair_readers_are_silent_until_there_is_new_damage(
    tmp_path: Path,
) -> None:
    home = a_home(tmp_path)
    for _ in range(3):
        save(home, EVENT)
    (path,) = home.journal.iterdir()
    path.write_bytes(path.read_bytes().replace(b'"n":2,', b'"n":9,'))
    assert read_journal(home, None).new_damage == 1

    repair(home)
    assert read_journal(home, None).new_damage == 0

    with path.open("ab") as file:
        file.write(b"torn\n")
    assert read_journal(home, None).new_damage == 1
    assert len(read_journal(home, None).damaged) == 2


def harm_both_copies(home: Places) -> bytes:
    """Three records, the second damaged in both copies; gives its line as it was."""
    for _ in range(3):
        save(home, EVENT)
    (path,) = home.journal.iterdir()
    line = path.read_bytes().splitlines(keepends=True)[1]
    for each in (path, home.archive):
        each.write_bytes(each.read_bytes().replace(b'"minutes":25', b'"minutes":29', 2))
        each.write_bytes(each.read_bytes().replace(b'"minutes":29', b'"minutes":25', 1))
    return line


def test_what_both_copies_lost_is_told_until_it_comes_from_elsewhere(
    tmp_path: Path,
) -> None:
    home = a_home(tmp_path)
    line = harm_both_copies(home)

    assert repair(home).restored == 0
    journal = read_journal(home, None)
    assert (journal.new_damage, journal.gaps) == (1, 1)
    assert examine(home, journal).is_past_repair

    put(home.journal, "from-a-backup.jsonl")
    (home.journal / "from-a-backup.jsonl").write_bytes(line)
    journal = read_journal(home, None)
    assert (journal.new_damage, journal.gaps) == (0, 0)
    assert not examine(home, journal).is_past_repair


def test_an_accepted_loss_is_listed_and_new_damage_is_told(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    harm_both_copies(home)

    repair(home, accepts_loss=True)

    found = examine(home, read_journal(home, None))
    assert [each.is_accepted for each in found.damaged] == [True, True]
    assert not any(each.is_whole for each in found.damaged)
    assert repair(home).restored == 0
    assert read_journal(home, None).new_damage == 0, "a repair forgets nothing"
    save(home, EVENT)
    (path,) = home.journal.iterdir()
    path.write_bytes(path.read_bytes().replace(b'"n":1,', b'"n":7,', 1))
    assert read_journal(home, None).new_damage == 1


def test_a_record_overwritten_with_line_feeds_is_missed_by_its_number(
    tmp_path: Path,
) -> None:
    home = a_home(tmp_path)
    for _ in range(30):
        save(home, EVENT)
    (path,) = home.journal.iterdir()
    first, second, *rest = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(first + b"\n" * len(second) + b"".join(rest))

    journal = read_journal(home, read_device(home))
    assert (journal.damaged, journal.missing, journal.gaps) == ((), (), 1)
    assert repair(home).restored == 1
    assert read_journal(home, None).gaps == 0


def test_what_is_in_the_place_of_the_marks_is_removed_unless_it_is_a_folder(
    tmp_path: Path,
) -> None:
    home = a_home(tmp_path)
    save(home, EVENT)
    home.marks.unlink()
    if hasattr(os, "mkfifo"):
        os.mkfifo(home.marks)
        assert repair(home).warnings == ()
        assert home.marks.is_file()
        home.marks.unlink()
    home.marks.mkdir()

    (warning,) = repair(home).warnings

    assert warning.startswith("saved, also in the second copy, but not marked in")
    (damage,) = examine(home, read_journal(home, None)).damaged
    assert damage[:4] == (home.marks, 0, 0, "a folder is in its place")


def test_a_file_that_went_back_is_named_after_the_repair_until_it_comes_again(
    tmp_path: Path,
) -> None:
    home = a_home(tmp_path)
    put(home.journal, "phone-c01d.2026.jsonl", a_record(EVENT, device="phone-c01d"))
    save(home, EVENT)
    path = home.journal / "phone-c01d.2026.jsonl"
    data = path.read_bytes()
    path.unlink()

    repair(home)

    (finding,) = examine(home, read_journal(home, None)).damaged
    assert finding.is_whole
    assert finding[:4] == (
        *(path, 0, 0),
        f"not there; {len(data)} bytes of it were seen here",
    )
    path.write_bytes(data)
    repair(home)
    assert not examine(home, read_journal(home, None)).damaged


def test_what_is_nowhere_any_more_is_told_until_a_repair_takes_it_as_it_is(
    tmp_path: Path,
) -> None:
    home = a_home(tmp_path)
    for _ in range(2):
        save(home, EVENT)
    (path,) = home.journal.iterdir()
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])
    home.archive.unlink()
    device = read_device(home)
    assert device is not None

    (told,) = read_journal(home, device).missing
    assert told == (
        f"the journal went back: record 2 of {device.id} was here, now it ends at 1;"
        " see: llmpath doctor"
    )
    assert save(home, EVENT).n == 3
    assert read_journal(home, device).missing == (
        f"{path.name} is not as it was seen here; see: llmpath doctor",
    )
    assert repair(home).restored == 0
    assert not read_journal(home, device).missing
    (finding,) = examine(home, read_journal(home, None)).damaged
    assert finding.file == path


def test_what_is_not_downloaded_is_not_taken_for_lost(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    path = put(
        home.journal, "phone-c01d.2026.jsonl", a_record(EVENT, device="phone-c01d")
    )
    save(home, EVENT)
    path.rename(path.with_name(f".{path.name}.icloud"))

    assert read_journal(home, None).missing == (
        "phone-c01d.2026.jsonl is not downloaded from iCloud yet",
    )
    assert repair(home).restored == 0
    assert not examine(home, read_journal(home, None)).damaged


REPAIR = """
import sys
from pathlib import Path
from llmpath.storage.paths import find_places
from llmpath.storage.repairing import repair
print(repair(find_places(Path(sys.argv[1]), "5a11c0de")).restored)
"""


def test_of_repairs_at_once_one_restores_and_the_others_find_nothing(
    tmp_path: Path,
) -> None:
    home = a_home(tmp_path)
    saved = {save(home, EVENT) for _ in range(3)}
    (path,) = home.journal.iterdir()
    path.unlink()
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", REPAIR, str(tmp_path)],
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    restored = [int(run.communicate()[0]) for run in runs]

    assert sorted(restored) == [0, 0, 0, 3]
    assert {*read(home)} == saved
    assert len(path.read_bytes().splitlines()) == 3
