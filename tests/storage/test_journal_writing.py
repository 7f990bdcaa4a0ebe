"""What a command appends is one record of this device, or nothing at all."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import strategies as st

from llmpath.core.events import NoteAdded, Record, Stated, StudyLogged
from llmpath.errors import (
    NotSavedError,
    RefusedInputError,
    UnconfirmedError,
    UsageError,
)
from llmpath.storage.device import read_device
from llmpath.storage.journal import Journal, read_journal, read_lines
from llmpath.storage.journal_writing import write_journal
from llmpath.storage.records import encode_record
from tests.builders import TODAY, a_record
from tests.storage.broken_system import FLUSH, break_call
from tests.storage.journal_values import (
    a_document,
    a_home,
    an_identity,
    put,
    read,
    records,
    save,
    signed,
)
from tests.strategies import law

EVENT = StudyLogged("a/b", 25)
Break = pytest.MonkeyPatch
posix_only = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no modes and other locks"
)


def test_a_record_is_appended_with_the_next_counters(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    put(home.journal, "phone-c01d.2026.jsonl", a_record(EVENT, n=7, lamport=40))

    first, second = save(home, EVENT), save(home, EVENT, given_today=True)

    assert [first.n, second.n] == [1, 2]
    assert [first.lamport, second.lamport] == [41, 42]
    assert [first.given_today, second.given_today] == [False, True]
    assert first.device == second.device == read_device(home).id  # type: ignore[union-attr]  # it has written
    assert set(read(home)) >= {first, second}


def test_two_records_of_one_block_count_on(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    with write_journal(home) as writer:
        journal = read_journal(home, writer.device)
        written = [
            writer.append(
                at="now",
                day=TODAY,
                command="",
                events=(),
                journal=journal,
                given_today=False,
            )
            for _ in range(2)
        ]

    assert [(each.n, each.lamport) for each in written] == [(1, 1), (2, 2)]


def test_the_file_is_named_after_the_device_and_the_year_of_the_study_day(
    tmp_path: Path,
) -> None:
    home = a_home(tmp_path)
    days = [date(2026, 12, 31), date(2027, 1, 1), date(2026, 1, 1)]
    saved = [save(home, EVENT, day=day) for day in days]
    device = saved[0].device

    assert {path.name for path in home.journal.iterdir()} == {
        f"{device}.2026.jsonl",
        f"{device}.2027.jsonl",
    }
    assert [each.n for each in saved] == [1, 2, 3]


@posix_only
@pytest.mark.parametrize("umask", [0o000, 0o777], ids=oct)
def test_everything_is_private_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        save(a_home(tmp_path / "home"), EVENT)
    finally:
        os.umask(before)

    made = [tmp_path / "home", *(tmp_path / "home").rglob("*")]
    modes = {(path.is_dir(), path.stat().st_mode & 0o777) for path in made}
    assert modes == {(True, 0o700), (False, 0o600)}


def test_a_command_that_decides_to_write_nothing_makes_no_journal(
    tmp_path: Path,
) -> None:
    home = a_home(tmp_path)
    with write_journal(home) as writer:
        assert writer.device is None

    assert not home.data.exists()
    assert read_device(home) is None


def test_a_forecast_is_saved_with_the_record(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    with write_journal(home) as writer:
        writer.append(
            at="now",
            day=TODAY,
            command="",
            events=(),
            journal=read_journal(home, None),
            given_today=False,
            stated=Stated(date(2027, 3, 1), None, (200, 900)),
        )

    written = (
        ',"stated":{"p50":"2027-03-01","p80":null,"minutes":[200,900],"day":null},'
    )
    assert written in next(read_lines(home))


def test_a_home_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file in the way")

    with pytest.raises(NotSavedError) as caught:
        save(a_home(tmp_path / "home"), EVENT)

    assert str(tmp_path / "home") in caught.value.detail[0]


def test_a_first_record_that_fails_leaves_no_identity(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    home.data.write_text("a file in the way")

    with pytest.raises(NotSavedError), write_journal(home) as writer:
        writer.append_lines(
            [signed(a_document()).decode()], journal=Journal((), (), 0, 0, ())
        )
    assert read_device(home) is None
    home.data.unlink()
    with pytest.raises(UsageError):
        save(home, NoteAdded("a/b", "\ud800"))

    assert read_device(home) is None
    assert not home.data.exists()


def test_an_identity_outlives_a_later_failure(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    save(home, EVENT)

    with pytest.raises(UsageError):
        save(home, NoteAdded("a/b", "\ud800"))

    assert read_device(home) is not None


@law(st.lists(records, max_size=4, unique_by=lambda record: record.id), plain=30)
def test_a_backup_restores_every_line_byte_for_byte(written: list[Record]) -> None:
    with tempfile.TemporaryDirectory() as folder, Break.context() as unsynced:
        for call in {"fsync", FLUSH}:
            unsynced.setattr(os, call, lambda _: None)
        old, new = a_home(Path(folder) / "old"), a_home(Path(folder) / "new")
        put(old.journal, "a.jsonl", *written, *written)
        backup = list(read_lines(old))
        with write_journal(new) as writer:
            writer.append_lines(backup, journal=read_journal(new, None))

        assert list(read_lines(new)) == backup
        assert list(read(new)) == written


def test_a_restored_backup_lies_in_one_file_of_this_device(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    device = an_identity(home)
    lines = [
        encode_record(a_record(EVENT, n=n, day=TODAY + timedelta(days=40 * n)))
        .decode()
        .removesuffix("\n")
        for n in (1, 2)
    ]
    with write_journal(home) as writer:
        writer.append_lines(lines, journal=read_journal(home, None))

    assert [path.name for path in home.journal.iterdir()] == [f"{device.id}.2027.jsonl"]


def test_a_backup_with_a_bad_line_is_refused_whole(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    good = signed(a_document()).decode()
    split = signed('{"id":"x",\n"v":1}').decode()

    with write_journal(home) as writer, pytest.raises(RefusedInputError) as caught:
        writer.append_lines(
            [good, good[1:], "\ud800", split],
            journal=read_journal(home, None),
            source="old.json",
        )

    assert [(fault.file, fault.path) for fault in caught.value.faults] == [
        ("old.json", "records[1]"),
        ("old.json", "records[2]"),
        ("old.json", "records[3]"),
    ]
    assert read(home) == ()


def test_an_empty_backup_writes_nothing(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    with write_journal(home) as writer:
        writer.append_lines([], journal=read_journal(home, None))

    assert not home.data.exists()


@posix_only
def test_the_name_of_an_unconfirmed_record_is_the_one_in_the_journal(
    monkeypatch: Break, tmp_path: Path
) -> None:
    home = a_home(tmp_path)
    save(home, EVENT)
    with monkeypatch.context() as broken:
        break_call(broken, FLUSH, errno.EIO)
        with pytest.raises(UnconfirmedError) as caught:
            save(home, EVENT)

    assert f"record {read(home)[-1].id}: " in caught.value.message


@posix_only
def test_a_record_is_saved_where_there_are_no_locks(
    monkeypatch: Break, tmp_path: Path
) -> None:
    fcntl = pytest.importorskip("fcntl")

    def refuse(*_: int) -> NoReturn:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", refuse)

    record = save(a_home(tmp_path), EVENT)

    assert read(a_home(tmp_path)) == (record,)
