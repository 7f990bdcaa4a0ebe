from __future__ import annotations

import pytest
from hypothesis import strategies as st

from llmpath.exchange.importers.draft import Span
from llmpath.exchange.importers.efforts import TEXT_LIMIT, Effort, read_effort
from llmpath.exchange.importers.estimates import middle, span_text
from tests.strategies import law


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("80-100+ hours", 4800, None),
        ("80\u2013100 hours or more", 4800, None),
        ("80+ hours", 4800, None),
        ("2\u20133 hours", 120, 180),
        ("2-3 h", 120, 180),
        ("3 to 4 hours", 180, 240),
        ("45 min - 1 hour", 45, 60),
        ("3-hour", 180, 180),
        ("1.5 hours", 90, 90),
        ("1,5 h", 90, 90),
        ("1,200 hours", 72_000, 72_000),
        ("1h30", 90, 90),
        ("\u00bd hour", 30, 30),
        ("1\u00bd h", 90, 90),
        ("2 \u00bc\u20133\u00be hours", 135, 225),
        ("1.5\u20132 hours", 90, 120),
        ("1h05m", 65, 65),
        ("1 hour and 30 minutes", 90, 90),
        ("~75 min", 75, 75),
        ("90 minutes", 90, 90),
        ("(45m)", 45, 45),
        ("1:02:33", 62, 62),
        ("about 2.5 hrs.", 150, 150),
        ("at least 90 min", 90, None),
        ("over 5 hours", 300, None),
        ("up to 5 hours", 300, 300),
        ("2\u00a0hours", 120, 120),
        ("10 weeks, 4-6 hours/week", 2400, 3600),
        ("8-10 hours/week for 13 weeks", 6240, 7800),
        ("6 hours of effort per week, 4 weeks", 1440, 1440),
        ("2-3 weeks, 5 hours weekly", 600, 900),
        ("30 days, 1 hour a day", 1800, 1800),
        ("2 months at 10 hours per week", 5214, 5214),
    ],
)
def test_a_time_is_read_and_nothing_is_left(
    text: str, low: int, high: int | None
) -> None:
    span, rest = read_effort(text)

    assert span is not None
    assert (span.low, span.high) == (low, high)
    assert rest in {"", text}


@pytest.mark.parametrize(
    ("text", "span", "told", "planned"),
    [
        ("80-100+ hours", Span(4800, None, 6000), "80 h to 100 h or more", 5400),
        ("80 to 100 hours or more", Span(4800, None, 6000), None, 5400),
        ("80+ hours", Span(4800, None), "80 h or more", 4800),
        ("80-80+ hours", Span(4800, None), None, 4800),
        ("10 weeks, 4-6+ hours/week", Span(2400, None, 3600), None, 3000),
        ("10-12+ weeks, 4 hours/week", Span(2400, None, 2880), None, 2640),
        ("80-100 hours", Span(4800, 6000), "80 h to 100 h", 5400),
    ],
)
def test_an_open_range_keeps_the_figure_that_it_names_and_its_middle_is_planned(
    text: str, span: Span, told: str | None, planned: int
) -> None:
    assert read_effort(text).span == span
    assert span_text(span) == told or told is None
    assert middle(span) == planned


@pytest.mark.parametrize(
    "text",
    [
        "4 weeks",
        "Week 4: Transformer Network",
        "5 hours per week",
        "10 minutes each",
        "10 minutes per video",
        "GPT-4 hours",
        "H100 hours",
        "$5 hours",
        "70m parameters",
        "3 hats",
        "0 hours",
        "99999 hours",
        "2024-10 hours",
        "no figure at all",
        "",
    ],
)
def test_what_is_no_time_of_study_stays_in_the_text(text: str) -> None:
    assert read_effort(text) == Effort(None, text)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Long road (80\u2013100+ hours)", "Long road"),
        ("Talk (video, 45 min)", "Talk (video)"),
        ("Talk (45 min, video) by Ann", "Talk (video) by Ann"),
        ("Talk (12 min read)", "Talk"),
        ("Talk \u2014 12 min read", "Talk"),
        ("Talk: 45 min", "Talk"),
        ("Talk ~75 min", "Talk"),
        ("[45 min] Talk", "Talk"),
        ("45 min: Talk", "Talk"),
        ("Course (10 weeks, 4 hours/week)", "Course"),
        ("Part 1 (2 h), with notes", "Part 1, with notes"),
        ("A 3-hour workshop", "A 3-hour workshop"),
        ("PyTorch in 60 minutes", "PyTorch in 60 minutes"),
    ],
)
def test_a_time_is_taken_out_of_the_text_where_it_stands_apart(
    text: str, rest: str
) -> None:
    span, without = read_effort(text)

    assert span is not None
    assert without == rest


def test_of_two_times_the_first_holds() -> None:
    assert read_effort("Talk (1 h), exercises 2 h").span == Span(60, 60)


def test_a_total_goes_before_weeks_times_hours() -> None:
    assert read_effort("15 hours (3 weeks, 9 hours/week)").span == Span(900, 900)


def test_a_time_behind_a_long_text_is_not_looked_for() -> None:
    assert read_effort("x " * TEXT_LIMIT + "3 hours").span is None


_PIECES = st.sampled_from(
    [*"0123.,:+~-\u2013()[]/hm \u00a0é一", "80", "9999", "min", "hours", "hour"]
) | st.sampled_from(
    ["week", "weeks", "per", "a day", "to", "or more", "about", "Talk", "left"]
)


@law(
    st.one_of(
        st.text(max_size=60),
        st.lists(_PIECES).map(" ".join),
        st.lists(_PIECES).map("".join),
    )
)
def test_any_text_is_read_and_loses_only_what_was_in_it(text: str) -> None:
    span, rest = read_effort(text)

    if span is None:
        assert rest == text
    else:
        assert 0 < span.low <= (span.high or span.low)
        assert len(rest) <= len(text)
        assert set(rest) <= set(text) | {" "}
