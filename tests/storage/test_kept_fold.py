"""The kept fold is that of the journal as it is now, or it is passed over."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.core.events import Record, StudyLogged, UnknownEvent
from llmpath.core.folding import fold
from llmpath.storage.checked_values import FIRST_YEAR
from llmpath.storage.journal import JournalFiles, read_files
from llmpath.storage.kept_fold import (
    DECIDING_MODULES,
    LEAST_BYTES,
    KeptFold,
    fold_files,
    fold_path,
    keep_fold,
    keep_fold_after,
    key_of,
    read_fold,
)
from llmpath.storage.marks import NOTHING_ACCEPTED
from llmpath.storage.records import encode_record
from tests.builders import a_record
from tests.storage.journal_values import a_home, records
from tests.strategies import Step, histories, law, wild_journals

FIRST_DAY = date(FIRST_YEAR, 1, 1)
KEY = "0123456789abcdef"
LOGS = tuple(
    a_record(
        StudyLogged("llmpath:attention/scores", n % 50 + 1), n=n, record_id=f"r{n}"
    )
    for n in range(1, 400)
)
posix_only = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no pipes, links and owners so"
)


def in_files(*each: Sequence[Record]) -> JournalFiles:
    """Journal files with these records, one file for each sequence."""
    return JournalFiles(
        {
            Path(f"{number}.jsonl"): b"".join(map(encode_record, written))
            for number, written in enumerate(each)
        },
        (),
        (),
        NOTHING_ACCEPTED,
    )


def folded(files: JournalFiles) -> KeptFold:
    """What a new fold of the files says."""
    journal = files.journal
    return KeptFold(
        fold(journal.records),
        journal.new_damage,
        journal.gaps,
        journal.unknown_events,
    )


def kept_and_read(kept: KeptFold) -> KeptFold | None:
    with tempfile.TemporaryDirectory() as folder:
        keep_fold(Path(folder), KEY, kept)
        return read_fold(Path(folder), KEY)


def as_written(record: Record) -> Record:
    """The record with days that a journal can hold."""
    stated = record.stated
    if stated is not None:
        stated = stated._replace(
            p50=in_bounds(stated.p50),
            p80=in_bounds(stated.p80),
            day=in_bounds(stated.day),
        )
    return record._replace(day=max(record.day, FIRST_DAY), stated=stated)


def in_bounds(day: date | None) -> date | None:
    return day and max(day, FIRST_DAY)


@law(wild_journals)
def test_a_fold_is_read_as_it_was_kept(written: tuple[Record, ...]) -> None:
    kept = KeptFold(fold(map(as_written, written)), 3, 1, 2)
    assert kept_and_read(kept) == kept


@law(st.lists(records, max_size=6, unique_by=lambda record: record.id), plain=30)
def test_a_fold_of_whatever_can_be_written_is_read_as_it_was_kept(
    written: list[Record],
) -> None:
    kept = KeptFold(fold(written), 0, 0, 0)
    assert kept_and_read(kept) == kept


@law(histories().filter(bool), plain=30)
def test_going_on_from_a_journal_keeps_the_fold_of_what_it_became(
    steps: tuple[Step, ...],
) -> None:
    *earlier, last = [as_written(each.record) for each in steps]
    line = encode_record(last)
    before, after = in_files(LOGS, earlier), in_files(LOGS, [*earlier, last])
    expected = folded(after)
    with tempfile.TemporaryDirectory() as folder:
        state = Path(folder)
        keep_fold_after(state, before, {Path("1.jsonl"): line}, expected.progress)
        kept = read_fold(state, key_of(after))
        assert kept is not None
        assert kept.progress == expected.progress


def test_a_kept_fold_is_not_made_again_and_nothing_else_is_taken_for_it(
    tmp_path: Path,
) -> None:
    files = in_files(LOGS)
    made = fold_files(tmp_path, files)
    assert made == folded(files)

    again = in_files(LOGS)
    assert fold_files(tmp_path, again) == made
    assert "journal" not in vars(again), "the lines were parsed although it was kept"

    more = in_files(LOGS, [a_record(UnknownEvent("Later"), n=1, record_id="other")])
    assert fold_files(tmp_path, more) == folded(more)
    assert fold_files(tmp_path, more).unknown_events == 1


def test_a_small_journal_is_folded_each_time_and_nothing_is_kept(
    tmp_path: Path,
) -> None:
    files = in_files(LOGS[:200])
    assert sum(map(len, files.contents.values())) < LEAST_BYTES
    assert fold_files(tmp_path, files) == folded(files)
    assert not list(tmp_path.iterdir())


@given(st.data())
def test_every_change_of_the_files_makes_it_the_fold_of_another_journal(
    data: st.DataObject,
) -> None:
    names = st.sampled_from(("a.jsonl", "b.jsonl", "c.jsonl", "b 2.jsonl"))
    some = st.dictionaries(names, st.binary(max_size=4), max_size=3)
    before, after = data.draw(some), data.draw(some)
    keys = [
        key_of(
            JournalFiles(
                {Path(k): v for k, v in each.items()}, (), (), NOTHING_ACCEPTED
            )
        )
        for each in (before, after)
    ]
    assert (keys[0] == keys[1]) is (before == after)


def test_what_moves_from_one_file_to_the_next_makes_another_journal() -> None:
    line = encode_record(LOGS[0])
    keys = {
        key_of(
            JournalFiles(
                {Path("a.jsonl"): line[:at], Path("b.jsonl"): line[at:]},
                (),
                (),
                NOTHING_ACCEPTED,
            )
        )
        for at in range(len(line))
    }
    assert len(keys) == len(line)


def test_a_flipped_bit_of_any_byte_and_every_cut_of_the_kept_fold_is_noticed(
    tmp_path: Path,
) -> None:
    keep_fold(tmp_path, KEY, KeptFold(fold(LOGS[:1]), 0, 0, 0))
    whole = fold_path(tmp_path).read_bytes()
    spoilt = [whole[:at] for at in range(len(whole))]
    spoilt += [
        whole[:at] + bytes([whole[at] ^ 1 << bit]) + whole[at + 1 :]
        for at in range(len(whole))
        for bit in (0, 5)
    ]
    spoilt += [whole + b"0", b"", b"\0" * 4096]
    for data in spoilt:
        fold_path(tmp_path).write_bytes(data)
        assert read_fold(tmp_path, KEY) is None


def test_a_kept_fold_with_other_values_than_a_fold_has_is_passed_over(
    tmp_path: Path,
) -> None:
    from zlib import crc32  # noqa: PLC0415 - to forge a head

    for body in (b"[]", b"[{},0,0]", b'[{"starts":1},0,0]', b"null", b"[" * 100_000):
        head = b"%s %08x\n" % (KEY.encode(), crc32(body))
        fold_path(tmp_path).write_bytes(head + body)
        assert read_fold(tmp_path, KEY) is None


def make_folder(path: Path) -> None:
    path.mkdir()


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_link(path: Path) -> None:
    path.symlink_to(path.with_name("target"))


@posix_only
@pytest.mark.parametrize("make", [make_folder, make_pipe, make_link])
@pytest.mark.parametrize("name", ["fold.json", ".fold.tmp"])
def test_what_lies_in_its_place_hinders_no_answer_and_no_target_is_written(
    tmp_path: Path, make: Callable[[Path], None], name: str
) -> None:
    (tmp_path / "target").write_bytes(b"another's")
    make(tmp_path / name)
    files = in_files(LOGS)
    assert fold_files(tmp_path, files) == folded(files)
    assert (tmp_path / "target").read_bytes() == b"another's"


def test_without_a_state_folder_nothing_is_made(tmp_path: Path) -> None:
    files = in_files(LOGS)
    assert fold_files(tmp_path / "none", files) == folded(files)
    assert not (tmp_path / "none").exists()


@posix_only
def test_only_its_owner_can_read_it(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        keep_fold(tmp_path, KEY, KeptFold(fold(()), 0, 0, 0))
    finally:
        os.umask(before)
    assert fold_path(tmp_path).stat().st_mode & 0o777 == 0o600


def test_every_module_that_decides_a_fold_is_part_of_its_name() -> None:
    """Those of the program that a fold needs, but for those that only carry bytes."""
    listing = (
        "import sys, llmpath.storage.kept_fold, llmpath.storage.judging;"
        "print(*(m for m in sys.modules if m.startswith('llmpath.')))"
    )
    run = subprocess.run(
        [sys.executable, "-c", listing], capture_output=True, text=True, check=True
    )
    modules = {each.removeprefix("llmpath.") for each in run.stdout.split()}
    carriers = {
        *("core", "storage", "errors", "named_tuple"),
        *("storage.device", "storage.durable", "storage.files", "storage.paths"),
        "storage.marks",  # what it gives to a fold is part of the name
    }
    decide = {each.removesuffix(".py").replace("/", ".") for each in DECIDING_MODULES}
    assert modules - carriers == decide


def test_a_journal_that_grows_and_is_cut_again_is_folded_as_it_is(
    tmp_path: Path,
) -> None:
    home = a_home(tmp_path)
    home.state.mkdir(parents=True)
    home.journal.mkdir(parents=True)
    for size in (*range(250, len(LOGS), 50), len(LOGS), 300, 260):
        part = b"".join(map(encode_record, LOGS[:size]))
        (home.journal / "other.jsonl").write_bytes(part)
        files = read_files(home, None)
        assert fold_files(home.state, files) == folded(files)
        assert fold_files(home.state, read_files(home, None)) == folded(files)
