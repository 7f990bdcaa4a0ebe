"""The journal is the union of all its files, and a record is in it or it is not."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import strategies as st

from llmpath.core.events import Record, StudyLogged, UnknownEvent
from llmpath.errors import LlmpathError
from llmpath.storage.device import Device, read_device
from llmpath.storage.journal import Journal, read_journal
from llmpath.storage.journal_writing import write_journal
from llmpath.storage.records import encode_record
from tests.builders import a_record
from tests.storage.journal_values import (
    a_document,
    a_home,
    put,
    read,
    records,
    save,
    signed,
)
from tests.strategies import law

EVENT = StudyLogged("llmpath:attention/scores", 25)
posix_only = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no pipes and modes among its files"
)


def test_a_fresh_home_has_an_empty_journal_and_reading_creates_nothing(
    tmp_path: Path,
) -> None:
    home = a_home(tmp_path / "home")

    assert read_journal(home, None) == Journal((), (), 0, 0, ())
    assert not (tmp_path / "home").exists()


@law(
    st.lists(records, max_size=5, unique_by=lambda record: record.id),
    st.lists(st.lists(st.integers(0, 4), max_size=5), max_size=4),
    plain=30,
)
def test_the_union_of_files_holds_each_record_once_however_they_are_spread(
    written: list[Record], spread: list[list[int]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = a_home(Path(folder))
        for number, places in enumerate(spread):
            chosen = [written[place] for place in places if place < len(written)]
            put(home.journal, f"{number}.jsonl", *chosen)
        put(home.journal, "rest.jsonl", *reversed(written))
        journal = read_journal(home, None)

    assert sorted(journal.records) == sorted(written, key=lambda record: record)
    assert not journal.damaged


@pytest.mark.parametrize(
    "name",
    [
        "laptop-0001.2026.sync-conflict-20261120-120000-ABCDEF.jsonl",
        "laptop-0001.2026 (conflicted copy 2026-11-20).jsonl",
        "laptop-0001.2026 2.jsonl",
        "laptop-0001.2026-HOST.jsonl",
        "anything.jsonl",
    ],
)
def test_a_copy_made_by_a_sync_tool_is_read_as_well(name: str, tmp_path: Path) -> None:
    home = a_home(tmp_path)
    ours, theirs = a_record(EVENT), a_record(EVENT, n=2)
    put(home.journal, "laptop-0001.2026.jsonl", ours)
    put(home.journal, name, ours, theirs)

    assert set(read(home)) == {ours, theirs}


@pytest.mark.parametrize(
    "name",
    [
        "laptop-0001.2026.jsonl~",
        "~laptop-0001.2026.jsonl",
        ".syncthing.laptop-0001.2026.jsonl.tmp",
        ".laptop-0001.2026.jsonl.swp",
        "._laptop-0001.2026.jsonl",
        "notes.txt",
    ],
)
def test_temporary_and_other_files_are_passed_over(name: str, tmp_path: Path) -> None:
    home = a_home(tmp_path)
    put(home.journal, name, a_record(EVENT))

    assert read_journal(home, None) == Journal((), (), 0, 0, ())


def test_damage_is_named_with_file_line_byte_and_reason(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    good = encode_record(a_record(EVENT)).replace(b"\n", b"\r\n")
    path = put(home.journal, "a.jsonl")
    path.write_bytes(good + b"\n" + b"rubble\n" + good[:40])

    assert [each[:4] for each in read_journal(home, None).damaged] == [
        (path, 3, len(good) + 1, "not a whole record"),
        (path, 4, len(good) + 8, "not a whole record"),
    ]


def test_of_two_records_with_one_id_the_first_counts_and_the_second_is_damage(
    tmp_path: Path,
) -> None:
    home = a_home(tmp_path)
    first = a_record(EVENT)
    second = first._replace(command="other")
    put(home.journal, "a.jsonl", first, first)
    path = put(home.journal, "b.jsonl", first, second)

    journal = read_journal(home, None)

    assert journal.records == (first,)
    (damage,) = journal.damaged
    reason = "another record has the same id"
    assert damage[:4] == (path, 2, len(encode_record(first)), reason)
    assert damage.is_open


def test_newer_records_and_unknown_events_are_counted_once(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    later = {"type": "Later"}
    lines = [
        signed(a_document(later, later, id="a")),
        signed(a_document(later, id="b", v=2)),
        signed(a_document(id="c", v=3)),
    ]
    for name in ("a.jsonl", "a (conflicted copy).jsonl"):
        put(home.journal, name).write_bytes(b"\n".join(lines))

    journal = read_journal(home, None)

    assert [len(record.events) for record in journal.records] == [2, 1, 0]
    assert (journal.unknown_events, journal.newer_records) == (3, 2)
    assert journal.records[0].events[0] == UnknownEvent("Later")


@posix_only
@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_what_is_no_regular_file_is_told_and_never_waited_for(
    kind: str, tmp_path: Path
) -> None:
    home = a_home(tmp_path)
    good = put(home.journal, "a.jsonl", a_record(EVENT))
    path = home.journal / "b.jsonl"
    if kind == "link":
        path.symlink_to(good)
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.mkdir()

    journal = read_journal(home, None)

    assert journal.records == (a_record(EVENT),)
    assert [(each.file, each.line, each.byte) for each in journal.damaged] == [
        (path, 0, 0)
    ]


@posix_only
def test_a_data_folder_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "data").symlink_to(tmp_path / "real")

    record = save(a_home(tmp_path), EVENT)

    assert read(a_home(tmp_path)) == (record,)


def test_a_journal_that_is_no_folder_is_an_error_not_an_empty_journal(
    tmp_path: Path,
) -> None:
    home = a_home(tmp_path)
    home.data.mkdir()
    home.journal.write_text("a file")

    with pytest.raises(LlmpathError, match="cannot read the journal"):
        read_journal(home, None)


def test_a_file_still_in_the_cloud_is_told(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    put(home.journal, ".phone-c01d.2026.jsonl.icloud")

    assert read_journal(home, None).missing == (
        "phone-c01d.2026.jsonl is not downloaded from iCloud yet",
    )


@pytest.mark.parametrize("loss", ["file", "folder", "content"])
def test_the_loss_of_what_this_device_wrote_is_told(loss: str, tmp_path: Path) -> None:
    home = a_home(tmp_path)
    save(home, EVENT)
    device = read_device(home)
    assert device is not None
    assert not read_journal(home, device).missing
    (path,) = home.journal.iterdir()
    if loss == "content":
        path.write_bytes(b"")
    else:
        path.unlink()
    if loss == "folder":
        home.journal.rmdir()

    assert read_journal(home, device).missing == (
        "1 record is gone from the journal; llmpath doctor --repair restores it",
    )
    home.marks.unlink()
    home.archive.unlink()
    assert read_journal(home, device).missing == (
        f"the records that this device wrote as {device.id} are not there",
    )


def test_readers_need_no_lock(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    record = save(home, EVENT)

    with write_journal(home):
        assert read(home) == (record,)


def test_reading_a_thousand_records_imports_nothing_heavy() -> None:
    program = (
        "import sys, llmpath.storage.journal;"
        "print(*sorted({'uuid', 'dataclasses', 'logging', 'tempfile', 'secrets',"
        " 'hashlib', 'socket', 'platformdirs', 'pydantic', 'rich', 'typer'}"
        " & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout == "\n"


def test_a_device_that_has_never_written_misses_nothing(tmp_path: Path) -> None:
    assert not read_journal(a_home(tmp_path), None).missing
    assert read_journal(a_home(tmp_path), Device("x-0000")).missing
