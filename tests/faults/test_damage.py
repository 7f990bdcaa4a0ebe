"""Files cut, filled with zeros or rubble, or with a bit changed cost what is touched.

On a journal that the program wrote: in a plain run at some places, in a thorough one at
every place. Small files are damaged at every place in `tests/storage`.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from llmpath.core.events import Record
from llmpath.storage.appending import append_lines_to
from llmpath.storage.journal_files import line_starts, parse_file
from llmpath.storage.records import encode_record
from tests.builders import a_record
from tests.cli.asking import do
from tests.cli.program import Program
from tests.cli.states import SHORT, journal_file
from tests.faults.whole import LESSON, check_whole, saved
from tests.storage.broken_system import FLUSH

NEW = a_record(record_id="new")
some_or_all = pytest.mark.parametrize(
    "every", [311, pytest.param(1, marks=pytest.mark.thorough)], ids=["some", "all"]
)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Sixty records of the program."""
    program = Program(tmp_path_factory.mktemp("written") / "home")
    do(program, SHORT)
    for number in range(1, 60):
        do(program, f"note {LESSON} thought-{number}" if number % 3 else "undo")
    return journal_file(program.home).read_bytes()


def lines_of(data: bytes) -> list[tuple[int, Record]]:
    """The records, each with where its line ends, the line feed aside."""
    starts, records = line_starts(data), parse_file(data).records
    ends = [start - 1 for start in starts[1 : len(records) + 1]]
    return list(zip(ends, records, strict=True))


@some_or_all
@pytest.mark.parametrize("zeros", [0, 1, 511, 512, 4096])
def test_a_file_cut_anywhere_and_filled_with_zeros_takes_the_next_record(
    every: int,
    zeros: int,
    written: bytes,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(os, FLUSH, lambda _: None)
    path, lines = tmp_path / "a.jsonl", lines_of(written)
    for size in range(0, len(written) + 1, every):
        path.write_bytes(written[:size] + bytes(zeros))
        append_lines_to(path, encode_record(NEW), is_locked=True, what="new")
        content = parse_file(path.read_bytes())

        whole = [record for end, record in lines if end <= size]
        assert list(content.records) == [*whole, NEW], size
        assert len(content.faults) <= 1, size


def bits(data: bytes, every: int) -> Iterator[int]:
    return iter(range(0, 8 * len(data), every))


@some_or_all
def test_no_flipped_bit_makes_another_record_or_costs_more_than_one(
    every: int, written: bytes
) -> None:
    records = parse_file(written).records
    starts = line_starts(written)
    by_id = {each.id: each for each in records}
    for bit in bits(written, every):
        damaged = bytearray(written)
        damaged[bit // 8] ^= 1 << bit % 8
        line = sum(start <= bit // 8 for start in starts)
        content = parse_file(bytes(damaged))

        assert all(by_id.get(each.id) == each for each in content.records), bit
        assert len(content.records) >= len(records) - 1, bit
        assert [number for number, _ in content.faults][:1] == [line], bit


@pytest.mark.parametrize(
    "count", [30, pytest.param(2000, marks=pytest.mark.thorough)], ids=["some", "all"]
)
def test_holes_and_rubble_cost_only_the_records_that_they_touch(
    count: int, written: bytes
) -> None:
    records, starts = parse_file(written).records, line_starts(written)
    for seed in range(count):
        draw = random.Random(seed)  # noqa: S311 - no secret
        start = draw.randrange(len(written))
        end = min(len(written), start + draw.choice([1, 8, 512, 513, 4096]))
        rubble = draw.choice([bytes(end - start), draw.randbytes(end - start)])
        damaged = written[:start] + rubble + written[end:]
        changed = [n for n in range(start, end) if damaged[n] != written[n]]
        if not changed:
            continue
        start, end = changed[0], changed[-1] + 1
        untouched = [
            record
            for record, first, after in zip(records, starts, starts[1:], strict=False)
            if after - 1 <= start or first >= end
        ]

        assert list(parse_file(damaged).records) == untouched, seed


@pytest.mark.parametrize(
    "seeds", [3, pytest.param(100, marks=pytest.mark.thorough)], ids=["some", "all"]
)
def test_a_home_whose_journal_is_damaged_goes_on_and_doctor_names_the_line(
    seeds: int, run: Program
) -> None:
    do(run, SHORT)
    for minutes in range(1, 6):
        do(run, f"log {LESSON} {minutes}")
    file = journal_file(run.home)
    whole, known = file.read_bytes(), saved(run)
    starts = line_starts(whole)
    for seed in range(seeds):
        draw = random.Random(seed)  # noqa: S311 - no secret
        bit = draw.randrange(8 * (len(whole) - 1))
        damaged = bytearray(whole)
        damaged[bit // 8] ^= 1 << bit % 8
        file.write_bytes(damaged)
        line = sum(start <= bit // 8 for start in starts)
        left = saved(run)
        assert len(left) >= len(known) - 1
        looked = run("history", "--json")
        assert looked.code == 0, looked
        assert "see: llmpath doctor" in looked.stderr
        examined = run("doctor", "--json")
        assert examined.code == 6, examined
        named = [(each["file"], each["line"]) for each in examined.json()["damaged"]]
        assert named[0] == (str(file), line)
        assert run("log", LESSON, "9", "--json").code == 0
        assert bytes(damaged) == file.read_bytes()[: len(damaged)], "it was rewritten"
        assert saved(run)[:-1] == left


def test_a_home_with_a_torn_line_goes_on(run: Program) -> None:
    do(run, SHORT)
    do(run, f"log {LESSON} 5")
    file = journal_file(run.home)
    whole = file.read_bytes()
    for size in range(len(whole) - 250, len(whole), 50):
        file.write_bytes(whole[:size])
        known = saved(run)
        check_whole(run, known)
