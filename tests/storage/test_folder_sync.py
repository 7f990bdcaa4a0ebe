"""Programs that copy folders need no help: their copies are read, their own files not.

The names are those that Syncthing, Dropbox, iCloud, OneDrive, Nextcloud, ownCloud,
Google Drive and Resilio give to a second version, and to what is not whole yet.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from llmpath.core.events import StudyLogged
from llmpath.core.folding import fold
from llmpath.storage.device import read_device
from llmpath.storage.journal import read_journal
from llmpath.storage.shared_files import read_shared
from tests.builders import a_record
from tests.storage.journal_values import a_home, put, read, save

LESSON = "llmpath:attention/scores"
EVENT = StudyLogged(LESSON, 25)

COPIES = [
    "laptop-7f3a.2026.sync-conflict-20261120-211405-ABCDEFG.jsonl",
    "laptop-7f3a.2026 (laptop's conflicted copy 2026-11-20).jsonl",
    "laptop-7f3a.2026 (Case Conflict).jsonl",
    "laptop-7f3a.2026 2.jsonl",
    "laptop-7f3a.2026-DESKTOP-1A2B3C4.jsonl",
    "laptop-7f3a.2026-DESKTOP-1A2B3C4-2.jsonl",
    "laptop-7f3a.2026 (conflicted copy 2026-11-20 211405).jsonl",
    "laptop-7f3a.2026_conflict-20261120-211405.jsonl",
    "laptop-7f3a.2026 (1).jsonl",
    "laptop-7f3a.2026.Conflict.jsonl",
    "Kopie von laptop-7f3a.2026.jsonl",
    "laptop-7f3a.2026 (Ünïcode, 日本語).jsonl",
]
NOT_WHOLE = [
    ".syncthing.laptop-7f3a.2026.jsonl.tmp",
    "~syncthing~laptop-7f3a.2026.jsonl.tmp",
    "~laptop-7f3a.2026.jsonl",
    ".~laptop-7f3a.2026.jsonl",
    ".laptop-7f3a.2026.jsonl.Xy12Zw",
    ".laptop-7f3a.2026.jsonl.~1a2b",
    "laptop-7f3a.2026.jsonl.part",
    "laptop-7f3a.2026.jsonl.crdownload",
    "laptop-7f3a.2026.jsonl.!sync",
    "laptop-7f3a.2026.jsonl.tmp",
    "laptop-7f3a.2026.jsonl.gstmp",
    "laptop-7f3a.2026.jsonl.bak",
    "laptop-7f3a.2026.jsonl~",
    ".laptop-7f3a.2026.jsonl.swp",
    "._laptop-7f3a.2026.jsonl",
    ".DS_Store",
    "desktop.ini",
    "Thumbs.db",
    "Icon\r",
]


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_made_of_a_conflict_adds_what_it_alone_has(
    name: str, tmp_path: Path
) -> None:
    home = a_home(tmp_path)
    both, ours, theirs = (a_record(EVENT, n=number) for number in (1, 2, 3))
    put(home.journal, "laptop-7f3a.2026.jsonl", both, ours)
    put(home.journal, name, both, theirs)

    journal = read_journal(home, None)

    assert set(journal.records) == {both, ours, theirs}
    assert not journal.damaged
    assert fold(journal.records).logged == {LESSON: 75}


@pytest.mark.parametrize("name", NOT_WHOLE)
def test_what_is_not_whole_yet_is_neither_read_nor_sent(
    name: str, tmp_path: Path
) -> None:
    home = a_home(tmp_path)
    put(home.journal, "laptop-7f3a.2026.jsonl", a_record(EVENT))
    put(home.journal, name, a_record(EVENT, n=2))

    journal = read_journal(home, None)

    assert journal.records == (a_record(EVENT),)
    assert (journal.damaged, journal.missing) == ((), ())
    assert list(read_shared(home)) == ["journal/laptop-7f3a.2026.jsonl"]


def test_a_folder_full_of_copies_of_everything_counts_every_minute_once(
    tmp_path: Path,
) -> None:
    home = a_home(tmp_path)
    records = [a_record(EVENT, n=number) for number in range(1, 5)]
    for turn, name in enumerate([*COPIES, *NOT_WHOLE]):
        put(home.journal, name, *records[turn % 4 :], *records[: turn % 3])

    assert fold(read(home)).logged == {LESSON: 100}


@pytest.mark.parametrize("name", ["phone-c01d.2026.jsonl", "phone-c01d.2026 2.jsonl"])
def test_a_file_that_is_only_in_the_cloud_is_told_and_nothing_else_is_missing(
    name: str, tmp_path: Path
) -> None:
    home = a_home(tmp_path)
    record = save(home, EVENT)
    (home.journal / f".{name}.icloud").write_bytes(b"bplist00\xd3")

    journal = read_journal(home, read_device(home))

    assert journal.records == (record,)
    assert journal.missing == (f"{name} is not downloaded from iCloud yet",)


def test_a_whole_file_that_takes_the_place_of_another_is_read_at_once(
    tmp_path: Path,
) -> None:
    """As syncers put it there: a temporary name, then a rename over the old one."""
    home = a_home(tmp_path)
    theirs = [a_record(EVENT, device="phone-c01d", n=number) for number in (1, 2)]
    put(home.journal, "phone-c01d.2026.jsonl", theirs[0])
    ours = save(home, EVENT)
    fresh = put(home.journal, ".syncthing.phone-c01d.2026.jsonl.tmp", *theirs)
    os.replace(fresh, home.journal / "phone-c01d.2026.jsonl")  # noqa: PTH105 - as they do

    assert set(read(home)) == {ours, *theirs}


def test_a_name_that_differs_in_case_only_is_a_file_of_its_own_or_the_same_one(
    tmp_path: Path,
) -> None:
    home = a_home(tmp_path)
    put(home.journal, "Laptop-7F3A.2026.jsonl", a_record(EVENT), a_record(EVENT, n=2))
    with (home.journal / "laptop-7f3a.2026.jsonl").open("ab"):
        pass

    assert len(read(home)) == 2
