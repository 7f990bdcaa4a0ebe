from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from llmpath.cli.failing import split_long


@given(st.text("ab-/. ", max_size=90), st.integers(20, 60))
def test_nothing_of_a_long_line_is_lost_and_it_is_broken_behind_marks(
    line: str, width: int
) -> None:
    first, *others = split_long(line, width)
    assert all(each.startswith("    ") for each in others)
    assert "".join([first, *(each[4:] for each in others)]) == line
    assert all(each.endswith(tuple("-/.")) for each in [first, *others][:-1])
    assert all(len(each) <= width for each in [first, *others][:-1])


def test_an_id_that_is_wider_than_the_terminal_is_broken_at_its_hyphens() -> None:
    line = "    mine:preparations-that-take-some-time/alpha is new"
    assert list(split_long(line, 30)) == [
        "    mine:preparations-that-",
        "    take-some-time/",
        "    alpha is new",
    ]
