"""A merge has every line of both sides, and every version that a side changed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from llmpath.storage.merging import join_lines, settle

lines = st.sampled_from([b"a", b"b", b"c", b"", b"<<<<<<< HEAD", b"\x00\xff", b"a\r"])
contents = st.builds(
    lambda parts, end: b"\n".join(parts) + end,
    st.lists(lines, max_size=6),
    st.sampled_from([b"", b"\n", b"\r\n"]),
)
versions = st.dictionaries(st.sampled_from("pqr"), st.integers(1, 3), max_size=3)


def line_set(data: bytes) -> set[bytes]:
    return {line.rstrip(b"\r") for line in data.split(b"\n")} - {b""}


@given(contents, contents)
def test_joined_lines_are_those_of_both_and_no_others(a: bytes, b: bytes) -> None:
    assert line_set(join_lines(a, b)) == line_set(a) | line_set(b)


@given(contents, contents)
def test_what_is_joined_again_with_either_side_has_nothing_new(
    a: bytes, b: bytes
) -> None:
    joined = join_lines(a, b)

    assert line_set(join_lines(joined, a)) == line_set(join_lines(joined, b))
    assert join_lines(joined, joined) == joined


@given(contents, contents)
def test_two_sides_that_take_turns_agree_to_the_byte(a: bytes, b: bytes) -> None:
    """The first sends what it has, the second joins and sends, the first joins."""
    second = join_lines(b, a)
    first = join_lines(a, second)

    assert join_lines(second, first) == first
    assert join_lines(first, second) == join_lines(second, first)


@given(contents)
def test_a_file_that_is_only_there_comes_over_line_by_line(b: bytes) -> None:
    stripped = [line.rstrip(b"\r") for line in b.split(b"\n")]
    once = [line for line in dict.fromkeys(stripped) if line]

    assert join_lines(b"", b) == b"".join(line + b"\n" for line in once)


def test_what_was_appended_there_is_appended_here() -> None:
    assert join_lines(b"1\n2\n", b"1\n2\n3\n") == b"1\n2\n3\n"
    assert join_lines(b"1\n2\n3\n", b"1\n2\n") == b"1\n2\n3\n"


def test_a_torn_line_takes_no_other_with_it() -> None:
    assert join_lines(b'1\n{"id":"to', b"1\n2\n") == b'1\n{"id":"to\n2\n'


def test_lines_that_one_side_lacks_were_not_deleted() -> None:
    assert join_lines(b"1\n2\n", b"2\n3\n") == b"1\n2\n3\n"


@given(versions, versions, versions)
def test_a_version_that_a_side_changed_stands_or_is_kept_aside(
    ours: dict[str, int], theirs: dict[str, int], base: dict[str, int]
) -> None:
    stands, aside = settle(ours, theirs, base)

    for path in "pqr":
        mine, other, old = ours.get(path), theirs.get(path), base.get(path)
        kept = {stands.get(path), aside.get(path)}
        if mine is not None and mine != old:
            assert mine in kept
        if other is not None and other != old:
            assert other in kept
        if old is not None and None in {mine, other} and {mine, other} <= {None, old}:
            assert path not in stands
    assert {*stands.values(), *aside.values()} <= {*ours.values(), *theirs.values()}


@given(versions, versions)
def test_without_a_common_version_nothing_is_taken_for_deleted(
    ours: dict[str, int], theirs: dict[str, int]
) -> None:
    stands, aside = settle(ours, theirs, {})

    assert stands == {**theirs, **ours}
    assert aside == {
        path: other for path, other in theirs.items() if ours.get(path, other) != other
    }
