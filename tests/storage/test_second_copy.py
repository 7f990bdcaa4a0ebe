"""Every record lies in a second place, and a failure there costs a warning only."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from llmpath.core.events import NoteAdded, Record, StudyLogged
from llmpath.storage.journal import read_journal
from llmpath.storage.journal_files import parse_file
from llmpath.storage.journal_writing import write_journal
from llmpath.storage.marks import read_marks
from llmpath.storage.paths import Places
from llmpath.storage.records import encode_record
from tests.builders import TODAY, a_record
from tests.storage.broken_system import FLUSH
from tests.storage.journal_values import (
    a_document,
    a_home,
    put,
    read,
    save,
    signed,
)

EVENT = StudyLogged("a/b", 25)
PHONE = "phone-c01d.2026.jsonl"
Break = pytest.MonkeyPatch
posix_only = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no pipes, links and modes like these"
)


def archived(places: Places) -> list[Record]:
    return list(parse_file(places.archive.read_bytes()).records)


def from_phone(n: int) -> Record:
    return a_record(EVENT, device="phone-c01d", n=n)


def save_and_hear(places: Places) -> tuple[Record, list[str]]:
    """Save a record; give it with the warnings that the learner gets."""
    with write_journal(places) as writer:
        record = writer.append(
            at="",
            day=TODAY,
            command="",
            events=(EVENT,),
            journal=read_journal(places, writer.device),
            given_today=False,
        )
    return record, writer.warnings


def test_a_record_is_in_the_archive_byte_for_byte_when_it_is_confirmed(
    tmp_path: Path,
) -> None:
    home = a_home(tmp_path)
    for _ in range(3):
        save(home, EVENT)
    (path,) = home.journal.iterdir()

    assert home.archive.read_bytes() == path.read_bytes()


@posix_only
def test_only_the_owner_may_read_archive_and_marks(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    before = os.umask(0)
    try:
        save(home, EVENT)
    finally:
        os.umask(before)

    for path in (home.archive, home.marks):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_others_wrote_is_copied_with_the_next_record_once(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    first = save(home, EVENT)
    newer = signed(a_document({"type": "Later", "cards": [{"id": "x"}]}, v=2)) + b"\n"
    path = put(home.journal, PHONE, from_phone(1), from_phone(2))
    path.write_bytes(path.read_bytes() + newer)
    put(home.journal, f"copy of {PHONE}", from_phone(1), from_phone(2))
    second = save(home, EVENT)
    third = save(home, EVENT)

    lines = home.archive.read_bytes()
    assert {each.id for each in archived(home)} == {
        *(each.id for each in (first, second, third, from_phone(1), from_phone(2))),
        a_document()["id"],
    }
    assert len(lines.splitlines()) == 6
    assert newer in lines


def test_reading_writes_nothing(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    save(home, EVENT)
    put(home.journal, PHONE, from_phone(1))
    home.marks.unlink()
    before = sorted(home.state.iterdir()), home.archive.read_bytes()

    read_journal(home, None)

    assert (sorted(home.state.iterdir()), home.archive.read_bytes()) == before


def test_a_writer_killed_between_the_copies_is_made_up_for(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    save(home, EVENT)
    program = f"""
import os
from tests.storage.journal_values import a_home, save
from llmpath.storage.second_copy import SecondCopy
from llmpath.core.events import StudyLogged
from pathlib import Path
SecondCopy.keep = lambda *_: os._exit(9)
save(a_home(Path({str(tmp_path)!r})), StudyLogged("a/b", 5))
"""
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", program], cwd=root, check=False)
    assert done.returncode == 9
    assert len(read(home)) == 2
    assert len(archived(home)) == 1

    save(home, EVENT)

    assert len(archived(home)) == 3
    assert {*archived(home)} == {*read(home)}


def test_a_writer_killed_before_the_marks_is_made_up_for(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    save(home, EVENT)
    marks = home.marks.read_bytes()
    save(home, EVENT)
    home.marks.write_bytes(marks)

    save(home, EVENT)

    assert archived(home) == list(read(home))


@pytest.mark.parametrize("torn", [b'{"id":"b7t', b"\0" * 40, b""])
def test_a_torn_archive_is_healed_and_completed(torn: bytes, tmp_path: Path) -> None:
    home = a_home(tmp_path)
    save(home, EVENT)
    second = save(home, EVENT)
    whole = home.archive.read_bytes()
    home.archive.write_bytes(whole[: len(whole) - len(encode_record(second))] + torn)

    save(home, EVENT)

    assert {*archived(home)} == {*read(home)}


@pytest.mark.parametrize("content", [None, b"", b"rubble\n", b"[1]\n00000000\n"])
def test_marks_that_cannot_be_used_are_made_anew(
    content: bytes | None, tmp_path: Path
) -> None:
    home = a_home(tmp_path)
    save(home, EVENT)
    home.marks.unlink()
    if content is not None:
        home.marks.write_bytes(content)
    assert read_marks(home) is None
    assert not read_journal(home, None).missing

    save(home, EVENT)

    marks = read_marks(home)
    assert marks is not None
    assert {*marks.devices.values()} == {2}
    assert len(archived(home)) == 2


def test_the_next_number_follows_the_highest_that_was_ever_seen(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    *_, last = [save(home, EVENT) for _ in range(3)]
    (path,) = home.journal.iterdir()
    path.unlink()

    assert (save(home, EVENT).n, save(home, EVENT).lamport) == (4, last.lamport + 2)
    path.unlink()
    home.marks.unlink()
    assert save(home, EVENT).n == 6


def test_a_name_under_which_two_write_is_left_for_a_new_one(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    first = save(home, EVENT)
    clone = first._replace(id="bbbbbbbbbbbbbbbb")
    put(home.journal, "clone.jsonl", clone)

    second, third = save(home, EVENT), save(home, EVENT)

    assert second.device == third.device != first.device
    assert [second.n, third.n] == [1, 2]


def test_a_record_with_the_last_number_or_counter_stops_no_writing(
    tmp_path: Path,
) -> None:
    home = a_home(tmp_path)
    first = save(home, EVENT)
    most = 2**53 - 1
    put(home.journal, "x.jsonl", first._replace(id="b" * 16, n=most, lamport=most))

    record = save(home, EVENT)

    assert (record.n, record.lamport) == (1, most)
    assert record.device != first.device


def fail_in(folder: Path, name: str, code: int, monkeypatch: Break) -> None:
    """Let a call of `os` fail on files of one folder, found by their descriptor."""
    real: Callable[..., int] = getattr(os, name)

    def failing(descriptor: int, *rest: object) -> int:
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        if path.is_relative_to(folder):
            raise OSError(code, os.strerror(code))
        return real(descriptor, *rest)

    monkeypatch.setattr(os, name, failing)


@pytest.mark.skipif(sys.platform != "linux", reason="tells files apart by /proc")
@pytest.mark.parametrize(
    ("call", "code"),
    [("write", errno.ENOSPC), ("write", errno.EIO), (FLUSH, errno.EIO)],
)
def test_where_only_the_state_folder_is_broken_the_record_is_saved_and_it_is_told(
    call: str, code: int, monkeypatch: Break, tmp_path: Path
) -> None:
    home = a_home(tmp_path)
    save(home, EVENT)
    with monkeypatch.context() as broken:
        fail_in(home.state, call, code, broken)
        record, warnings = save_and_hear(home)

    assert warnings == [
        f"saved, but without a second copy in {home.state}: {os.strerror(code)}"
    ]
    assert record in read(home)
    later, warnings = save_and_hear(home)
    assert (later.n, warnings) == (3, [])
    assert {*archived(home)} == {*read(home)}


def test_a_name_that_cannot_be_kept_is_told_and_the_record_is_saved(
    tmp_path: Path,
) -> None:
    home = a_home(tmp_path)
    (home.state / "device.json").mkdir(parents=True)

    record, warnings = save_and_hear(home)

    (warning,) = warnings
    assert warning == (
        f"saved, but {record.device} is not kept as this machine's name in"
        f" {home.state}: not a regular file"
    )
    assert read(home) == (record,)


@posix_only
@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
@pytest.mark.parametrize("name", ["archive.jsonl", "marks.json"])
def test_what_is_in_the_place_of_archive_or_marks_is_not_written_to(
    name: str, kind: str, tmp_path: Path
) -> None:
    home = a_home(tmp_path)
    save(home, EVENT)
    path, other = home.state / name, tmp_path / "other"
    other.write_text("of somebody else")
    path.unlink()
    if kind == "link":
        path.symlink_to(other)
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.mkdir()

    record, warnings = save_and_hear(home)

    is_replaced = (name, kind) == ("marks.json", "link")
    assert len(warnings) == (0 if is_replaced else 1)
    assert record in read(home)
    assert other.read_text() == "of somebody else"
    assert not path.is_file() or path.is_symlink() or is_replaced


@posix_only
@pytest.mark.skipif(
    hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write everywhere"
)
def test_in_a_state_folder_that_is_read_only_records_are_still_saved(
    tmp_path: Path,
) -> None:
    home = a_home(tmp_path)
    save(home, EVENT)
    home.state.chmod(0o500)
    try:
        record, warnings = save_and_hear(home)
    finally:
        home.state.chmod(0o700)

    assert len(warnings) == 1
    assert record in read(home)


def test_marks_from_the_future_do_not_stop_writing(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    save(home, EVENT)
    (path,) = home.journal.iterdir()
    marks = home.marks.read_bytes()
    for _ in range(2):
        save(home, EVENT)
    newer = home.marks.read_bytes()
    home.marks.write_bytes(marks)
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])
    home.archive.unlink()
    home.marks.write_bytes(newer)

    assert read_journal(home, None).missing
    assert save(home, EVENT).n == 4


def test_one_record_is_flushed_once_in_each_copy(
    monkeypatch: Break, tmp_path: Path
) -> None:
    home = a_home(tmp_path)
    save(home, EVENT)
    flushed: list[int] = []
    monkeypatch.setattr(os, FLUSH, flushed.append)

    save(home, EVENT)

    assert len(flushed) == 2


def test_the_archive_is_not_read_to_add_a_record(
    monkeypatch: Break, tmp_path: Path
) -> None:
    home = a_home(tmp_path)
    for _ in range(2):
        save(home, NoteAdded("a/b", "x" * 5000))

    def refuse(*_: object) -> NoReturn:
        raise AssertionError

    monkeypatch.setattr("llmpath.storage.second_copy.read_archive", refuse)
    save(home, EVENT)

    assert len(archived(home)) == 3
