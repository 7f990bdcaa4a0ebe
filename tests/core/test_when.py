"""Durations, hours and shown values: tables of forms, and laws over all of them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.core.availability import monday_of
from llmpath.core.day_forms import DAY_NAMES
from llmpath.core.when import (
    parse_day,
    parse_day_range,
    parse_duration,
    parse_hours,
    parse_time,
    shown_day,
    shown_minutes,
    spoken_minutes,
)
from llmpath.errors import UsageError

FRIDAY = date(2026, 11, 20)
DAYS = st.dates(date(2001, 1, 1), date(2198, 12, 31))

PIECES = (*"0123456789 +-/.,:=hmdw", "..", "mon", "dec", "in ", " ago", "next ", "pt")
"""What dates, durations and hours are made of."""

HALF_HOURS = (30, 30, 30, 30, 30, 0, 0)


@pytest.mark.parametrize(
    "is_in_range",
    [
        lambda text: 2000 <= parse_day(text, FRIDAY).year <= 2199,
        lambda text: 2000 <= parse_day(text, FRIDAY, past=True).year <= 2199,
        lambda text: parse_day_range(text, FRIDAY)[0].year in range(2000, 2200),
        lambda text: 1 <= parse_duration(text) <= 1440,
        lambda text: 0 < sum(parse_hours(text)) <= 168 * 60,
    ],
    ids=["day", "past day", "range", "duration", "hours"],
)
@given(text=st.lists(st.sampled_from(PIECES) | st.text(max_size=2)).map("".join))
def test_any_text_is_a_value_in_range_or_a_usage_error(
    is_in_range: Callable[[str], bool], text: str
) -> None:
    with suppress(UsageError):
        assert is_in_range(text)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("1", 1),
        ("90", 90),
        ("1440", 1440),
        ("90m", 90),
        ("90 min", 90),
        ("90mins", 90),
        ("90 minutes", 90),
        ("1h30", 90),
        ("1h 30", 90),
        ("1h30m", 90),
        ("1h 30m", 90),
        ("1 h 30 min", 90),
        ("1 hour 30 minutes", 90),
        ("1h05", 65),
        ("0h30", 30),
        ("1.5h", 90),
        ("1.5 hours", 90),
        ("0.01h", 1),
        ("1h", 60),
        ("2 h", 120),
        ("2hrs", 120),
        ("24h", 1440),
        ("1:30", 90),
        ("01:30", 90),
        ("0:05", 5),
        ("24:00", 1440),
        ("PT1H30M", 90),
        ("pt90m", 90),
        ("PT2H", 120),
        ("  1H\t30M ", 90),
    ],
)
def test_a_duration_is_read_in_its_common_forms(text: str, minutes: int) -> None:
    assert parse_duration(text) == minutes


@pytest.mark.parametrize(
    "text",
    [
        *("", "0", "0m", "0h", "0:00", "0.001h", "-5", "-1h", "1441", "24h01", "25h"),
        *("24:01", "999999999h", "9999999999", "ten", "an hour", "1d", "h", "m", "pt"),
        *("1.5", "1,5h", "1.5h30", "1h90", "1:90", "1:5", "1:30:00", "90s", "pt90"),
        *("1h30s", "30m1h", "1e3", "nan", "inf", "\u0669\u0660"),
    ],
)
def test_a_duration_that_is_none_is_refused_with_the_range(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_duration(text)

    message = f"{text!r} is not a duration from 1 minute to 24 hours"
    assert caught.value.message == message
    assert caught.value.remedy


def test_a_decimal_comma_is_answered_with_a_point() -> None:
    with pytest.raises(UsageError) as caught:
        parse_duration("1,5h")

    assert caught.value.remedy == "a decimal point, as in 1.5h"


@given(minutes=st.integers(1, 1440))
def test_a_duration_is_read_back_as_it_is_shown(minutes: int) -> None:
    hours, rest = divmod(minutes, 60)

    assert parse_duration(str(minutes)) == minutes
    assert parse_duration(shown_minutes(minutes)) == minutes
    assert parse_duration(spoken_minutes(minutes)) == minutes
    assert parse_duration(f"{hours}:{rest:02}") == minutes
    assert parse_duration(f"PT{hours}H{rest}M") == minutes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5", (60, 60, 60, 60, 60, 0, 0)),
        ("7.5", (90, 90, 90, 90, 90, 0, 0)),
        ("5h", (60, 60, 60, 60, 60, 0, 0)),
        ("2h30", HALF_HOURS),
        ("2:30", HALF_HOURS),
        ("150m", HALF_HOURS),
        ("90m", (18, 18, 18, 18, 18, 0, 0)),
        ("93m", (19, 19, 19, 18, 18, 0, 0)),
        ("1m", (1, 0, 0, 0, 0, 0, 0)),
        ("120", (1440, 1440, 1440, 1440, 1440, 0, 0)),
        ("mon=1h,sat=3h", (60, 0, 0, 0, 0, 180, 0)),
        ("mon=1,wed=1.5", (60, 0, 90, 0, 0, 0, 0)),
        ("Monday = 1h , SUN=45m", (60, 0, 0, 0, 0, 0, 45)),
        ("mon-fri=1", (60, 60, 60, 60, 60, 0, 0)),
        ("mon-fri=30m, sat-sun=2", (30, 30, 30, 30, 30, 120, 120)),
        ("fri-mon=1", (60, 0, 0, 0, 60, 60, 60)),
        ("wed-wed=1", (0, 0, 60, 0, 0, 0, 0)),
        ("mon=0,tue=13", (0, 780, 0, 0, 0, 0, 0)),
        ("mon-sun=24", (1440,) * 7),
    ],
)
def test_hours_are_a_whole_week(text: str, expected: tuple[int, ...]) -> None:
    assert parse_hours(text) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        *(
            (text, f"{text!r} is not hours a week, above 0 and up to 168")
            for text in (
                *("", "0", "-1", "0.001", "168.1", "300", "many", "1,5", "nan"),
                *("mon=", "mon=0", "mon=1,", "mon=1,tue", "mon=x", "mon=1=2", "mon=-1"),
                *("mon=pt", "mon=200"),
            )
        ),
        ("168", "a day has 24 hours; '168' puts 33 h 36 min into one"),
        ("mon=90", "a day has 24 hours; 'mon=90' puts 90 h into one"),
        ("mon=24h01", "a day has 24 hours; 'mon=24h01' puts 24 h 1 min into one"),
        ("mon=1,monday=2", "mon is named twice in 'mon=1,monday=2'"),
        ("mon-fri=1,wed=2", "wed is named twice in 'mon-fri=1,wed=2'"),
        ("mo=1", "unknown day 'mo'"),
        ("=1", "unknown day ''"),
        ("mon-=1", "unknown day ''"),
        ("mon-wed-fri=1", "unknown day 'wed-fri'"),
    ],
)
def test_hours_that_are_no_week_are_refused(text: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_hours(text)

    assert caught.value.message == message
    assert caught.value.remedy


def test_an_unknown_day_is_answered_with_the_seven_names() -> None:
    with pytest.raises(UsageError) as caught:
        parse_hours("lundi=1")

    assert caught.value.detail == ("the days are mon, tue, wed, thu, fri, sat, sun",)


@given(minutes=st.integers(1, 120 * 60))
def test_spread_hours_keep_their_sum_and_differ_by_a_minute_at_most(
    minutes: int,
) -> None:
    week = parse_hours(f"{minutes}m")

    assert sum(week) == minutes
    assert week[5:] == (0, 0)
    assert 0 <= week[0] - week[4] <= 1
    assert list(week) == sorted(week, reverse=True)


@given(week=st.tuples(*[st.integers(0, 1440)] * 7).filter(any))
def test_a_week_named_day_by_day_is_read_as_written(week: tuple[int, ...]) -> None:
    text = ",".join(f"{name}={m}m" for name, m in zip(DAY_NAMES, week, strict=True))

    assert parse_hours(text) == week


@pytest.mark.parametrize(
    ("day", "today", "expected"),
    [
        (FRIDAY, FRIDAY, "Fri 20 Nov"),
        (date(2026, 1, 1), FRIDAY, "Thu 1 Jan"),
        (date(2027, 1, 1), FRIDAY, "Fri 1 Jan 2027"),
        (date(2025, 12, 31), FRIDAY, "Wed 31 Dec 2025"),
        (FRIDAY, None, "Fri 20 Nov 2026"),
    ],
)
def test_a_day_is_shown_with_the_year_only_where_it_differs(
    day: date, today: date | None, expected: str
) -> None:
    assert shown_day(day, today=today) == expected


@given(day=DAYS)
def test_a_shown_day_without_its_weekday_can_be_typed(day: date) -> None:
    assert parse_day(shown_day(day, today=None)[4:], FRIDAY) == day


@pytest.mark.parametrize(
    ("minutes", "shown", "spoken"),
    [
        (0, "0 min", "0 minutes"),
        (1, "1 min", "1 minute"),
        (45, "45 min", "45 minutes"),
        (60, "1 h", "1 hour"),
        (61, "1 h 1 min", "1 hour 1 minute"),
        (90, "1 h 30 min", "1 hour 30 minutes"),
        (120, "2 h", "2 hours"),
        (6000, "100 h", "100 hours"),
    ],
)
def test_minutes_are_shown_and_spoken(minutes: int, shown: str, spoken: str) -> None:
    assert (shown_minutes(minutes), spoken_minutes(minutes)) == (shown, spoken)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (FRIDAY, date(2026, 11, 16)),
        (date(2026, 11, 16), date(2026, 11, 16)),
        (date(2026, 11, 22), date(2026, 11, 16)),
        (date(2027, 1, 1), date(2026, 12, 28)),
        (date(2028, 3, 1), date(2028, 2, 28)),
    ],
)
def test_a_week_starts_on_its_monday(day: date, expected: date) -> None:
    assert monday_of(day) == expected


@given(day=DAYS)
def test_a_week_starts_in_the_iso_week_of_its_day(day: date) -> None:
    start = monday_of(day)

    assert start.isocalendar()[:2] == day.isocalendar()[:2]
    assert start.weekday() == 0


@given(st.times())
def test_a_time_of_day_is_read_back_as_it_is_written(moment: time) -> None:
    whole = moment.replace(second=0, microsecond=0, fold=0)
    assert parse_time(f"{whole:%H:%M}") == whole
    assert parse_time(f" {whole.hour}:{whole.minute:02} ") == whole


@pytest.mark.parametrize(
    "text", ["", "19", "24:00", "19:60", "7:5", "7pm", "-1:00", "19:00:00", "\u0667:00"]
)
def test_what_is_no_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="is not a time of day"):
        parse_time(text)
