"""Days and ranges of days: tables of forms, and laws over all of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.core.day_forms import DAY_NAMES, MONTH_NAMES
from llmpath.core.when import parse_day, parse_day_range
from llmpath.errors import UsageError

FRIDAY = date(2026, 11, 20)
DAYS = st.dates(date(2001, 1, 1), date(2198, 12, 31))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-12-11", date(2026, 12, 11)),
        ("2000-01-01", date(2000, 1, 1)),
        ("2199-12-31", date(2199, 12, 31)),
        ("2028-02-29", date(2028, 2, 29)),
        ("today", FRIDAY),
        ("tomorrow", date(2026, 11, 21)),
        ("yesterday", date(2026, 11, 19)),
        ("fri", FRIDAY),
        ("friday", FRIDAY),
        ("sat", date(2026, 11, 21)),
        ("thu", date(2026, 11, 26)),
        ("thurs", date(2026, 11, 26)),
        ("tues", date(2026, 11, 24)),
        ("next fri", date(2026, 11, 27)),
        ("next sat", date(2026, 11, 21)),
        ("next thursday", date(2026, 11, 26)),
        ("+3d", date(2026, 11, 23)),
        ("+ 3 days", date(2026, 11, 23)),
        ("+0d", FRIDAY),
        ("+2w", date(2026, 12, 4)),
        ("-3d", date(2026, 11, 17)),
        ("-1w", date(2026, 11, 13)),
        ("in 2 weeks", date(2026, 12, 4)),
        ("in 1 day", date(2026, 11, 21)),
        ("3 days ago", date(2026, 11, 17)),
        ("1 week ago", date(2026, 11, 13)),
        ("20 nov", FRIDAY),
        ("20nov", FRIDAY),
        ("19 nov", date(2027, 11, 19)),
        ("21 november", date(2026, 11, 21)),
        ("20 november 2027", date(2027, 11, 20)),
        ("nov 20", FRIDAY),
        ("nov 20 2027", date(2027, 11, 20)),
        ("nov 20, 2027", date(2027, 11, 20)),
        ("sept 1", date(2027, 9, 1)),
        ("1 may", date(2027, 5, 1)),
        ("31 dec", date(2026, 12, 31)),
        ("1 jan", date(2027, 1, 1)),
        ("29 feb", date(2028, 2, 29)),
        ("  NEXT \t Fri ", date(2026, 11, 27)),
        ("20\u00a0Nov 2027", date(2027, 11, 20)),
    ],
)
def test_a_day_looks_forward(text: str, expected: date) -> None:
    assert parse_day(text, FRIDAY) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("fri", FRIDAY),
        ("sat", date(2026, 11, 14)),
        ("thursday", date(2026, 11, 19)),
        ("last fri", date(2026, 11, 13)),
        ("last thu", date(2026, 11, 19)),
        ("20 nov", FRIDAY),
        ("21 nov", date(2025, 11, 21)),
        ("jan 1", date(2026, 1, 1)),
        ("29 feb", date(2024, 2, 29)),
        ("2026-12-11", date(2026, 12, 11)),
        ("tomorrow", date(2026, 11, 21)),
        ("3 days ago", date(2026, 11, 17)),
    ],
)
def test_a_day_in_the_past_looks_back(text: str, expected: date) -> None:
    assert parse_day(text, FRIDAY, past=True) == expected


@pytest.mark.parametrize(
    ("today", "text", "past", "expected"),
    [
        (date(2096, 3, 1), "29 feb", False, date(2104, 2, 29)),
        (date(2104, 2, 28), "29 feb", True, date(2096, 2, 29)),
        (date(2028, 2, 29), "29 feb", False, date(2028, 2, 29)),
        (date(2028, 2, 28), "tomorrow", False, date(2028, 2, 29)),
        (date(2027, 2, 28), "tomorrow", False, date(2027, 3, 1)),
        (date(2026, 12, 31), "tomorrow", False, date(2027, 1, 1)),
        (date(2027, 1, 1), "yesterday", False, date(2026, 12, 31)),
        (date(2026, 12, 31), "sun", False, date(2027, 1, 3)),
        (date(2027, 1, 1), "mon", True, date(2026, 12, 28)),
    ],
)
def test_leap_days_and_year_ends_are_crossed(
    today: date, text: str, *, past: bool, expected: date
) -> None:
    assert parse_day(text, today, past=past) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("20", "a bare number is never a date: '20'"),
        ("20261120", "a bare number is never a date: '20261120'"),
        *(
            (text, f"{text!r} is ambiguous: day and month may stand either way round")
            for text in ("11/12/26", "11-12-26", "11.12.2026", "11/12", "31/12/26")
        ),
        *(
            (text, f"there is no {text!r} in the calendar")
            for text in ("31-02-2027", "30.02.", "29/2/27", "32/13/26", "11-11-0000")
        ),
        ("31-12-1999", "'31-12-1999' is outside the years 2000 to 2199"),
        ("2027-02-30", "there is no '2027-02-30' in the calendar"),
        ("2027-02-29", "there is no '2027-02-29' in the calendar"),
        ("2027-13-01", "there is no '2027-13-01' in the calendar"),
        ("30 feb", "there is no '30 feb' in the calendar"),
        ("0 nov", "there is no '0 nov' in the calendar"),
        ("29 feb 2027", "there is no '29 feb 2027' in the calendar"),
        ("1999-12-31", "'1999-12-31' is outside the years 2000 to 2199"),
        ("2200-01-01", "'2200-01-01' is outside the years 2000 to 2199"),
        ("0000-01-01", "'0000-01-01' is outside the years 2000 to 2199"),
        ("1 jan 9999", "'1 jan 9999' is outside the years 2000 to 2199"),
        ("+999999999w", "'+999999999w' is outside the years 2000 to 2199"),
        (
            "999999999 days ago",
            "'999999999 days ago' is outside the years 2000 to 2199",
        ),
        *(
            (text, f"cannot read {text!r} as a date")
            for text in (
                "",
                "someday",
                "fr",
                "nov",
                "nov 2027",
                "20 nov 27",
                "20 foo",
                "friday 13",
                "next week",
                "this fri",
                "3d",
                "3 days",
                "+3",
                "+3d ago",
                "+3m",
                "in -3 days",
                "+9999999999d",
                "2026-1-5",
                "2026/11/20",
                "2026-w47-5",
                "2026-11-20t10:00",
                "\u0662\u0660\u0662\u0666-11-20",
                "m3",
            )
        ),
        ("last fri", "'last fri' is not possible here: the day cannot have passed"),
    ],
)
def test_what_is_no_day_is_refused_with_a_remedy(text: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_day(text, FRIDAY)

    assert caught.value.message == message
    assert caught.value.remedy is not None
    assert "2026-12-11" in caught.value.remedy


def test_next_is_refused_where_only_the_past_is_meant() -> None:
    with pytest.raises(UsageError, match="the day cannot lie ahead"):
        parse_day("next fri", FRIDAY, past=True)


def test_a_year_that_would_leave_the_calendar_is_refused() -> None:
    with pytest.raises(UsageError, match="outside the years"):
        parse_day("1 jan", date(2199, 12, 31))


@given(day=DAYS, today=DAYS, past=st.booleans())
def test_iso_is_read_as_written(day: date, today: date, *, past: bool) -> None:
    assert parse_day(day.isoformat(), today, past=past) == day


@given(today=DAYS, weekday=st.integers(0, 6), is_short=st.booleans())
def test_a_weekday_is_within_six_days_on_its_side(
    today: date, weekday: int, *, is_short: bool
) -> None:
    name = DAY_NAMES[weekday][:3] if is_short else DAY_NAMES[weekday]

    ahead = parse_day(name, today)
    back = parse_day(name, today, past=True)

    assert ahead.weekday() == back.weekday() == weekday
    assert 0 <= (ahead - today).days <= 6
    assert 0 <= (today - back).days <= 6
    assert parse_day(f"next {name}", today) in {ahead, today + timedelta(days=7)}
    assert parse_day(f"next {name}", today) > today
    assert parse_day(f"last {name}", today, past=True) < today


@given(today=DAYS, days=st.integers(-365, 365))
def test_an_offset_moves_by_its_days(today: date, days: int) -> None:
    assert parse_day(f"{days:+}d", today) == today + timedelta(days=days)
    assert parse_day(f"{abs(days)} days ago", today) == today - timedelta(abs(days))


@given(day=DAYS, today=DAYS)
def test_day_and_month_are_the_nearest_on_their_side(day: date, today: date) -> None:
    text = f"{day.day} {MONTH_NAMES[day.month - 1]}"
    dates = [
        each
        for year in range(1990, 2210)
        if (each := _date_or_none(year, day.month, day.day))
    ]

    assert parse_day(text, today) == min(each for each in dates if each >= today)
    back = max(each for each in dates if each <= today)
    if back.year >= 2000:
        assert parse_day(text, today, past=True) == back


def _date_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("fri", FRIDAY, FRIDAY),
        ("2026-11-20..2026-11-20", FRIDAY, FRIDAY),
        ("today..", FRIDAY, None),
        ("24 dec .. ", date(2026, 12, 24), None),
        ("24 dec..2 jan", date(2026, 12, 24), date(2027, 1, 2)),
        ("24 dec .. 2 jan", date(2026, 12, 24), date(2027, 1, 2)),
        ("20 nov..20 nov", FRIDAY, FRIDAY),
        ("fri..mon", FRIDAY, date(2026, 11, 23)),
        ("mon..wed", date(2026, 11, 23), date(2026, 11, 25)),
        ("mon..fri", date(2026, 11, 23), date(2026, 11, 27)),
        ("fri..fri", FRIDAY, date(2026, 11, 27)),
        ("fri..next fri", FRIDAY, date(2026, 11, 27)),
        ("2 dec..+3d", date(2026, 12, 2), date(2026, 12, 5)),
        ("tomorrow..in 2 weeks", date(2026, 11, 21), date(2026, 12, 4)),
        ("3 days ago..yesterday", date(2026, 11, 17), date(2026, 11, 19)),
        ("today..tomorrow", FRIDAY, date(2026, 11, 21)),
    ],
)
def test_a_range_includes_both_days(text: str, first: date, last: date | None) -> None:
    assert parse_day_range(text, FRIDAY) == (first, last)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "2026-12-02..2026-12-01",
            "the range ends before it begins: 2026-12-02 to 2026-12-01",
        ),
        ("mon..tomorrow", "the range ends before it begins: 2026-11-23 to 2026-11-21"),
        ("fri..-3d", "the range ends before it begins: 2026-11-20 to 2026-11-17"),
        ("..fri", "cannot read '' as a date"),
        ("fri...mon", "cannot read '.mon' as a date"),
        ("mon..tue..wed", "cannot read 'tue..wed' as a date"),
        ("1..5", "a bare number is never a date: '1'"),
        ("today..5", "a bare number is never a date: '5'"),
    ],
)
def test_a_range_that_is_none_is_refused(text: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_day_range(text, FRIDAY)

    assert caught.value.message == message
    assert caught.value.remedy


@given(today=DAYS, first=st.integers(0, 6), last=st.integers(0, 6))
def test_a_range_of_weekdays_ends_within_a_week_of_its_first_day(
    today: date, first: int, last: int
) -> None:
    begin, end = parse_day_range(f"{DAY_NAMES[first]}..{DAY_NAMES[last]}", today)

    assert end is not None
    assert (begin.weekday(), end.weekday()) == (first, last)
    assert 1 <= (end - begin).days <= 7


@given(day=DAYS, mark=st.sampled_from("/.-"), is_month_first=st.booleans())
def test_a_day_in_figures_with_the_year_last_is_refused_with_the_days_it_can_be(
    day: date, mark: str, *, is_month_first: bool
) -> None:
    parts = [day.day, day.month]
    first, second = reversed(parts) if is_month_first else parts
    with pytest.raises(UsageError) as caught:
        parse_day(f"{first}{mark}{second}{mark}{day.year}", FRIDAY)

    if day.day > 12 or day.day == day.month:
        assert caught.value.remedy == day.isoformat()
        assert parse_day(caught.value.remedy, FRIDAY) == day
    else:
        assert "is ambiguous" in str(caught.value)


def test_a_day_and_a_month_in_figures_that_are_read_one_way_are_given_back() -> None:
    with pytest.raises(UsageError) as caught:
        parse_day("31.12.", FRIDAY)
    assert caught.value.remedy == "31 dec"
