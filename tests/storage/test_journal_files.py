"""Damage to a file costs what it touches and nothing else."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.core.events import NoteAdded, Record, StudyLogged
from llmpath.storage.journal_files import line_starts, parse_file
from llmpath.storage.records import encode_record
from tests.builders import a_record
from tests.storage.journal_values import records, signed

WRITTEN = [
    a_record(StudyLogged("a/b", 25)),
    a_record(NoteAdded("a/b", 'a "quoted" é'), n=2),
    a_record(StudyLogged("a/c", 5), n=3),
]
LINES = [encode_record(record) for record in WRITTEN]
FILE = b"".join(LINES)
NEW = a_record(StudyLogged("a/d", 1), n=4)
NEW_LINE = encode_record(NEW)


def whole_before(place: int) -> list[Record]:
    """The records whose lines are whole in the first bytes, their ends aside."""
    ends = [start - 1 for start in line_starts(FILE)[1:]]
    return [record for record, end in zip(WRITTEN, ends, strict=False) if end <= place]


def test_each_record_comes_with_its_line_and_number() -> None:
    content = parse_file(FILE)

    assert list(content.records) == WRITTEN
    assert [line + b"\n" for line in content.lines] == LINES
    assert list(content.numbers) == [1, 2, 3]
    assert not content.faults


def test_no_flipped_bit_makes_another_record_or_costs_more_than_one() -> None:
    for bit in range(8 * len(FILE)):
        damaged = bytearray(FILE)
        damaged[bit // 8] ^= 1 << bit % 8
        content = parse_file(bytes(damaged))
        left = list(content.records)

        assert left == [record for record in WRITTEN if record in left], bit
        assert len(left) >= len(WRITTEN) - 1, bit
        assert content.faults, bit


@pytest.mark.parametrize("zeros", [0, 1, 512, 4096])
def test_a_file_cut_anywhere_keeps_what_was_whole_and_what_comes_after(
    zeros: int,
) -> None:
    for place in range(len(FILE) + 1):
        cut = FILE[:place] + b"\0" * zeros
        healed = cut if cut.endswith(b"\n") or not cut else cut + b"\n"

        assert list(parse_file(healed + NEW_LINE).records) == [
            *whole_before(place),
            NEW,
        ], place


def test_a_record_glued_to_a_torn_one_is_found() -> None:
    for place in range(len(LINES[0])):
        content = parse_file(LINES[0][:place] + NEW_LINE)

        assert content.records[-1] == NEW, place
        assert set(content.numbers) == {1}


@pytest.mark.parametrize("seed", range(20))
def test_rubble_costs_only_the_records_that_it_touches(seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311  # no secret
    for _ in range(20):
        start = draw.randrange(len(FILE))
        end = min(len(FILE), start + draw.choice([1, 7, 64, 512]))
        rubble = draw.choice([b"\0" * (end - start), draw.randbytes(end - start)])
        starts = line_starts(FILE)
        untouched = [
            record
            for record, first, after in zip(WRITTEN, starts, starts[1:], strict=False)
            if after - 1 <= start or first >= end
        ]

        left = list(parse_file(FILE[:start] + rubble + FILE[end:]).records)

        assert left == untouched, (start, end)


@given(st.lists(records, max_size=4))
def test_windows_line_ends_and_blank_lines_change_nothing(
    written: list[Record],
) -> None:
    data = b"".join(b"\n \r\n" + encode_record(each) for each in written)
    content = parse_file(data.replace(b"\n", b"\r\n"))

    assert list(content.records) == written
    assert not content.faults


def test_a_carriage_return_at_a_torn_end_is_not_part_of_the_record() -> None:
    assert list(parse_file(NEW_LINE.replace(b"\n", b"\r")).records) == [NEW]


def test_marks_of_a_merge_conflict_are_damage_between_whole_records() -> None:
    data = b"<<<<<<< HEAD\n%s=======\n%s>>>>>>> theirs\n%s" % (*LINES,)
    content = parse_file(data)

    assert list(content.records) == WRITTEN
    assert content.faults == [
        (1, "not a whole record"),
        (3, "not a whole record"),
        (5, "not a whole record"),
    ]
    assert list(content.numbers) == [2, 4, 6]


def test_records_of_a_newer_format_are_told_also_beside_damage() -> None:
    newer = NEW_LINE.replace(b'"v":1', b'"v":2')
    line = signed(newer.rpartition(b',"crc"')[0].decode() + "}") + b"\n"

    assert parse_file(line).newer == {NEW.id}
    assert parse_file(b"rubble\n" + line).newer == {NEW.id}


def test_a_million_blank_lines_are_no_damage() -> None:
    content = parse_file(b"\n" * 1_000_000 + NEW_LINE)

    assert list(content.records) == [NEW]
    assert not content.faults
    assert list(content.numbers) == [1_000_001]
