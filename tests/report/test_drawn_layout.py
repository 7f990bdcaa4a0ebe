"""Lines of text: cleaned, broken at spaces, aligned, never wider than they may be."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import strategies as st
from rich.text import Text

from llmpath.report.drawn.glyphs import ASCII, UNICODE
from llmpath.report.drawn.layout import (
    facts,
    headline,
    joined,
    sections,
    shortened,
    words,
    wrapped,
)
from llmpath.report.drawn.tables import CUT, FIGURE, FIXED, WRAPPED, Column, bar, table
from llmpath.report.drawn.theme import Role
from tests.strategies import law

SENTENCES = st.lists(st.text("abcde", min_size=1, max_size=9), max_size=30)


def plain(lines: list[Text]) -> list[str]:
    return [line.plain for line in lines]


@law(SENTENCES, st.integers(12, 60))
def test_wrapping_loses_no_word_and_keeps_the_width(
    sentence: list[str], width: int
) -> None:
    lines = wrapped(words(" ".join(sentence)), width, indent=1, hang=2)
    assert " ".join(plain(lines)).split() == sentence
    assert all(line.cell_len <= width for line in lines)


@law(SENTENCES, st.integers(12, 60))
def test_wrapping_fills_each_line_as_far_as_the_next_word_allows(
    sentence: list[str], width: int
) -> None:
    lines = plain(wrapped(words(" ".join(sentence)), width))
    for line, following in pairwise(lines):
        assert len(line) + 1 + len(following.split()[0]) > width


@law(st.text(max_size=40), st.integers(0, 30))
def test_a_shortened_text_fits(text: str, width: int) -> None:
    for glyphs in (UNICODE, ASCII):
        room = max(width, len(glyphs.ellipsis))
        assert shortened(words(text), room, glyphs).cell_len <= room


@law(st.integers(0, 500), st.integers(0, 400), st.integers(0, 60))
def test_a_bar_has_its_width_and_is_full_only_when_all_is_done(
    done: int, total: int, width: int
) -> None:
    picture = bar(done, total, width, UNICODE, Role.DONE).plain
    assert len(picture) == width
    if width:
        assert (picture == UNICODE.full * width) == (total > 0 and done >= total)
        assert (picture == UNICODE.rest * width) == (done == 0 or total == 0)


@pytest.mark.parametrize("role", [Role.ID, Role.LINK, Role.COMMAND])
def test_what_is_to_be_copied_stays_in_one_piece(role: Role) -> None:
    text = words("type ", ("llmpath done attention/scores", role), " afterwards")
    assert plain(wrapped(text, 12)) == [
        "type",
        "llmpath done attention/scores",
        "afterwards",
    ]


def test_a_word_that_is_too_long_is_broken() -> None:
    assert plain(wrapped(words("abcdefgh"), 3)) == ["abc", "def", "gh"]


def test_a_wide_character_is_not_cut_in_two() -> None:
    assert plain(wrapped(words("注意力"), 5)) == ["注意", "力"]


def test_every_string_is_cleaned() -> None:
    assert words("a\x1b[2J", ("\u202eb", Role.HEADING)).plain == "a\ufffd[2Jb"


def test_facts_are_aligned_and_empty_ones_left_out() -> None:
    pairs = [("time", words("30 min")), ("needs", words("")), ("part of", words("a b"))]
    assert plain(facts(pairs, 40)) == ["time     30 min", "part of  a b"]


def test_a_command_without_room_beside_its_label_stands_below_it() -> None:
    command = words(("llmpath done attention/scores", Role.COMMAND))
    assert plain(facts([("when done", command)], 36)) == [
        "when done",
        "  llmpath done attention/scores",
    ]


def test_a_headline_breaks_where_there_is_no_room_for_both() -> None:
    assert plain(headline(words("left"), words("right"), 12)) == ["left   right"]
    assert plain(headline(words("left"), words("right"), 10)) == ["left", "  right"]


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (CUT, ["9 min  a long… done", "1 h    short   done"]),
        (WRAPPED, ["9 min  a long   done", "       title", "1 h    short    done"]),
    ],
)
def test_one_column_takes_what_the_others_leave(
    column: Column, expected: list[str]
) -> None:
    rows = [
        (words("9 min"), words("a long title"), words("done")),
        (words("1 h"), words("short"), words("done")),
    ]
    lines = plain(table(rows, (FIXED, column, FIXED), 20, UNICODE))
    assert [" ".join(line.split()) for line in lines] == [
        " ".join(line.split()) for line in expected
    ]
    assert all(len(line) <= 20 for line in lines)


def test_an_empty_column_takes_no_room() -> None:
    rows = [(words("1"), words(""), words("a")), (words("10"), words(""), words("b"))]
    assert plain(table(rows, (FIGURE, FIXED, WRAPPED), 20, ASCII)) == [" 1  a", "10  b"]


def test_a_dim_remark_survives_the_shortening_before_it() -> None:
    text = words("A title that is rather long", (", part 2 of 4", Role.LATER))
    (line,) = table([(text,)], (CUT,), 30, UNICODE)
    assert line.plain == "A title that is…, part 2 of 4"


def test_empty_parts_leave_no_separators_and_no_blank_lines() -> None:
    assert joined([words(""), words("a"), words(""), words("b")], ", ").plain == "a, b"
    assert plain(sections([], [words("a")], [], [words("b")])) == ["a", "", "b"]


def test_a_number_stays_with_its_unit_where_there_is_room() -> None:
    text = words("20 %, 4 of 9 lessons, 2 h 44 min of 13 h")
    assert [line.plain for line in wrapped(text, 30)] == [
        "20 %, 4 of 9 lessons,",
        "2 h 44 min of 13 h",
    ]
    assert [line.plain for line in wrapped(words("2 h 44 min"), 5)] == [
        "2 h",
        "44",
        "min",
    ]
