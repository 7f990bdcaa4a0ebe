"""A mark fits a file that still has what was seen, and hardly any other."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import strategies as st

from llmpath.storage.marks import (
    NO_MARKS,
    NOTHING,
    Accepted,
    Marks,
    Seen,
    is_all_there,
    read_marks,
    see,
    see_file,
    write_marks,
)
from tests.storage.journal_values import a_home
from tests.strategies import law

contents = st.binary(max_size=200) | st.binary(min_size=5000, max_size=9000)
counts = st.integers(0, 2**53 - 1)
seen = st.builds(Seen, counts, st.integers(0, 2**32 - 1))
marks = st.builds(
    Marks,
    st.dictionaries(st.text(max_size=9), counts, max_size=3),
    counts,
    st.dictionaries(st.text(max_size=9), seen, max_size=3),
    st.dictionaries(st.text(max_size=9), seen, max_size=3),
    st.none() | seen,
    st.booleans(),
    st.builds(
        Accepted,
        st.frozensets(st.integers(0, 2**32 - 1), max_size=3),
        st.dictionaries(st.text(max_size=9), counts, max_size=3),
    ),
)


@law(contents, contents, plain=30)
def test_a_file_that_grew_has_what_was_seen(before: bytes, added: bytes) -> None:
    assert see(before).is_in(before + added)


@law(contents.filter(len), st.data(), plain=30)
def test_a_shorter_file_has_not(data: bytes, draw: st.DataObject) -> None:
    left = draw.draw(st.integers(0, len(data) - 1))

    assert not see(data).is_in(data[:left])
    assert not see(data).is_in(None)


@law(contents.filter(len), contents, st.data(), plain=30)
def test_a_file_that_differs_near_the_end_of_what_was_seen_has_not(
    data: bytes, added: bytes, draw: st.DataObject
) -> None:
    place = draw.draw(st.integers(max(0, len(data) - 4096), len(data) - 1))
    other = bytearray(data)
    other[place] ^= 1

    assert not see(data).is_in(bytes(other) + added)


@law(contents, plain=30)
def test_a_file_is_seen_alike_from_its_end_alone(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a"
        assert see_file(path) == NOTHING
        path.write_bytes(data)

        assert see_file(path) == see(data)


@law(marks, plain=30)
def test_marks_are_read_as_they_were_written(written: Marks) -> None:
    with tempfile.TemporaryDirectory() as folder:
        places = a_home(Path(folder))
        write_marks(places, written)

        assert read_marks(places) == written


def test_marks_with_any_bit_changed_are_none(tmp_path: Path) -> None:
    places = a_home(tmp_path)
    write_marks(places, NO_MARKS._replace(devices={"a": 7}, files={"a": see(b"x")}))
    data = places.marks.read_bytes()
    for place in range(len(data) - 1):
        changed = bytearray(data)
        changed[place] ^= 1
        places.marks.write_bytes(changed)

        assert read_marks(places) is None, place


@pytest.mark.parametrize("name", ["a", "b"])
def test_only_files_that_are_not_downloaded_may_be_missing(
    name: str, tmp_path: Path
) -> None:
    marks = NO_MARKS._replace(files={"a": see(b"x")})

    assert is_all_there(a_home(tmp_path), marks, {}, [name]) is (name == "a")
