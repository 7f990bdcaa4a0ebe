"""Declared minutes: weekdays, dated exceptions, open breaks, the calendar's edges."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import strategies as st

from llmpath.core.availability import Availability, monday_of
from tests.strategies import MONDAY, law, week_minutes

WINTER = (60, 0, 30, 0, 90, 0, 0)
SPRING = (0, 0, 0, 0, 0, 120, 120)
FRIDAY = date(2026, 11, 20)

HOURS = Availability(
    weekly=((MONDAY, WINTER), (date(2027, 3, 1), SPRING)),
    leave={FRIDAY: 0, date(2026, 11, 24): 45, date(2026, 12, 25): 15},
    open_from=date(2026, 12, 21),
)

days = st.dates(date(1990, 1, 1), date(2190, 12, 31))
hours = st.builds(
    Availability,
    st.dictionaries(days, week_minutes, max_size=3).map(
        lambda weekly: tuple(sorted(weekly.items()))
    ),
    st.dictionaries(days, st.integers(0, 1440), max_size=5),
    st.none() | days,
)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(MONDAY, 60, id="weekday"),
        pytest.param(date(2026, 11, 17), 0, id="weekday without minutes"),
        pytest.param(FRIDAY, 0, id="day off"),
        pytest.param(date(2026, 11, 27), 90, id="the Friday after a day off"),
        pytest.param(date(2026, 11, 24), 45, id="exception with minutes"),
        pytest.param(date(2000, 1, 3), 60, id="before the first hours"),
        pytest.param(date(2026, 12, 18), 90, id="last day before the break"),
        pytest.param(date(2026, 12, 21), 0, id="first day of the open break"),
        pytest.param(date(2026, 12, 25), 15, id="exception within the break"),
        pytest.param(date(2035, 1, 1), 0, id="the break has no end"),
    ],
)
def test_the_minutes_of_a_day(day: date, expected: int) -> None:
    assert HOURS.minutes_on(day) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 1, 1), WINTER),
        (MONDAY, WINTER),
        (date(2027, 2, 28), WINTER),
        (date(2027, 3, 1), SPRING),
        (date(2030, 1, 1), SPRING),
    ],
)
def test_hours_hold_from_their_day_on(day: date, expected: tuple[int, ...]) -> None:
    assert HOURS.week_minutes(day) == expected


def test_without_hours_no_day_has_minutes() -> None:
    assert Availability().week(MONDAY) == (0, 0, 0, 0, 0, 0, 0)
    assert Availability(leave={FRIDAY: 30}).minutes_on(FRIDAY) == 30


def test_a_week_shows_its_exceptions() -> None:
    assert HOURS.week(MONDAY) == (60, 0, 30, 0, 0, 0, 0)
    assert HOURS.week(date(2026, 11, 23)) == (60, 45, 30, 0, 90, 0, 0)


@law(hours, days, st.integers(-5, 40))
def test_minutes_between_days_leave_the_last_day_out(
    availability: Availability, start: date, count: int
) -> None:
    end = start + timedelta(days=count)
    expected = 0
    day = start
    while day < end:
        expected += availability.minutes_on(day)
        day += timedelta(days=1)

    assert availability.minutes_between(start, end) == expected


@law(hours, days)
def test_a_week_is_the_minutes_of_its_seven_days(
    availability: Availability, day: date
) -> None:
    monday = monday_of(day)

    week = availability.week(monday)

    assert week[day.weekday()] == availability.minutes_on(day)
    assert sum(week) == availability.minutes_between(monday, monday + timedelta(days=7))


@pytest.mark.parametrize(
    ("day", "monday"),
    [
        pytest.param(MONDAY, MONDAY, id="a Monday"),
        pytest.param(date(2026, 11, 22), MONDAY, id="a Sunday"),
        pytest.param(date(2027, 1, 3), date(2026, 12, 28), id="week 53"),
        pytest.param(date(2028, 2, 29), date(2028, 2, 28), id="leap day"),
    ],
)
def test_weeks_begin_on_monday(day: date, monday: date) -> None:
    assert monday_of(day) == monday


def test_the_leap_day_counts_as_the_weekday_it_is() -> None:
    tuesdays = Availability(((MONDAY, (0, 25, 0, 0, 0, 0, 0)),))

    assert tuesdays.minutes_on(date(2028, 2, 29)) == 25
    assert tuesdays.minutes_between(date(2028, 2, 1), date(2028, 3, 1)) == 5 * 25
