"""The forecast: golden cases, and what holds for every history."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

import pytest
from hypothesis import assume
from hypothesis import strategies as st

from llmpath.core.forecast import (
    HORIZON_DAYS,
    LEVELS,
    DayChance,
    Level,
    OpenLesson,
    Rest,
    TimedLesson,
    Week,
    day_chances,
    find_level,
    find_pace,
    find_rest,
    minutes_range,
    needed_share,
    normal_share,
)
from tests.strategies import law

MONDAY_TO_FRIDAY = (60, 60, 60, 60, 60, 0, 0)

ROUNDED = 2e-4
"""Where all but certain, a week that stands out may widen the spread by a trace."""

DAYS = 500
"""How far laws look; what comes later follows the same steps."""


class Past(NamedTuple):
    """A history, what is left, and the minutes to come, repeated every so many days."""

    weeks: Sequence[Week]
    timed: Sequence[TimedLesson]
    rest: Sequence[OpenLesson]
    declared: Sequence[int]

    def declared_on(self, offset: int) -> float:
        return self.declared[offset % len(self.declared)]

    @property
    def level(self) -> Level:
        return find_level(self.weeks)

    @property
    def left(self) -> Rest:
        return find_rest(self.rest, find_pace(self.timed))

    def chances(self, share: float = 1.0, days: int = DAYS) -> list[DayChance]:
        """Days with minutes; every declared minute to come may be multiplied."""
        found = day_chances(
            self.level, self.left, lambda n: share * self.declared_on(n)
        )
        return list(takewhile(lambda each: each.offset < days, found))


def day_of(chances: Sequence[DayChance], percent: int) -> int | None:
    """Days until a chance is reached, today among them."""
    score = LEVELS[percent]
    return next((each.offset + 1 for each in chances if each.score >= score), None)


def chance_within(chances: Sequence[DayChance], days: int) -> float:
    """The chance to be done within so many days, today among them."""
    return max((each.chance for each in chances if each.offset < days), default=0.0)


# Golden cases, from the measured prototype: within 1 percent or one day


def lessons(first: int, count: int, spent: float = 0.0) -> list[OpenLesson]:
    """Lessons of 30 minutes, six in a module."""
    rows = [OpenLesson(f"m{n // 6}", "", 30) for n in range(first, first + count)]
    return [rows[0]._replace(spent=spent), *rows[1:]]


def timed_lessons(count: int) -> list[TimedLesson]:
    """The first lessons, done in 33 minutes each."""
    return [TimedLesson(f"m{n // 6}", "", 30, 33) for n in range(count)]


def weeks(*studied: float) -> list[Week]:
    """Weeks of 300 declared minutes."""
    return [Week(300, each) for each in studied]


UNTOUCHED = Past([], [], lessons(0, 160), MONDAY_TO_FRIDAY)
GOLDEN = {
    "an empty history": (UNTOUCHED, (92, 199, 345, 478, 649)),
    "half done in steady weeks": (
        Past(weeks(*[220] * 12), timed_lessons(80), lessons(80, 80), MONDAY_TO_FRIDAY),
        (57, 87, 115, 135, 155),
    ),
    "three weeks away": (
        Past(
            weeks(*[220] * 6, 0, 0, 0),
            timed_lessons(40),
            lessons(40, 120),
            MONDAY_TO_FRIDAY,
        ),
        (101, 200, 318, 415, 533),
    ),
    "eight weeks of nothing": (
        UNTOUCHED._replace(weeks=weeks(*[0] * 8)),
        (171, 508, 1144, 2063, None),
    ),
    "no availability": (UNTOUCHED._replace(declared=(0,)), (None,) * 5),
    "one lesson begun": (
        Past([], [], lessons(0, 1, spent=20), MONDAY_TO_FRIDAY),
        (1, 1, 1, 1, 2),
    ),
}


@pytest.mark.parametrize(("past", "expected"), GOLDEN.values(), ids=GOLDEN)
def test_the_days_are_those_of_the_prototype(
    past: Past, expected: tuple[int | None, ...]
) -> None:
    chances = past.chances(days=HORIZON_DAYS)
    found = [day_of(chances, percent) for percent in sorted(LEVELS)]
    for day, golden in zip(found, expected, strict=True):
        if golden is None:
            assert day is None
        else:
            assert day == pytest.approx(golden, rel=0.01, abs=1)


@pytest.mark.parametrize(
    ("name", "days", "chance"),
    [
        ("an empty history", 168, 0.392),
        ("half done in steady weeks", 210, 0.992),
        ("three weeks away", 210, 0.532),
        ("no availability", 3650, 0.0),
    ],
)
def test_the_chances_are_those_of_the_prototype(
    name: str, days: int, chance: float
) -> None:
    past, _ = GOLDEN[name]
    assert chance_within(past.chances(days=HORIZON_DAYS), days) == pytest.approx(
        chance, abs=0.005
    )


# Laws


minutes = st.sampled_from((0, 30, 60)) | st.integers(0, 300)
week_rows = st.builds(
    Week,
    st.integers(0, 1500),
    st.sampled_from((0, 0, 100)) | st.integers(0, 4000),
    st.integers(1, 7),
)
modules = st.sampled_from(("m1", "m2", "m3"))
kinds = st.sampled_from(("video", "reading"))
some_weeks = st.one_of(
    st.lists(week_rows, max_size=30),
    st.integers(0, 20).map(lambda count: [Week(300, 0)] * count),
)
pasts = st.builds(
    Past,
    some_weeks,
    st.lists(
        st.builds(
            TimedLesson, modules, kinds, st.integers(1, 200), st.integers(1, 900)
        ),
        max_size=8,
    ),
    st.lists(
        st.builds(OpenLesson, modules, kinds, st.integers(1, 400), st.integers(0, 200)),
        min_size=1,
        max_size=8,
    ).map(lambda rows: [rows[0], *(each._replace(spent=0) for each in rows[1:])]),
    st.lists(minutes, min_size=1, max_size=14),
)


@law(pasts, plain=40, thorough=500)
def test_a_chance_never_falls_with_time_and_lies_between_0_and_1(past: Past) -> None:
    chances = past.chances()
    values = [each.chance for each in chances]
    assert values == sorted(values)
    assert all(0 <= each <= 1 for each in values)
    offsets = [each.offset for each in chances]
    assert offsets == [n for n in range(DAYS) if past.declared_on(n) > 0]


@law(pasts, plain=40, thorough=500)
def test_a_level_is_reached_on_its_day_and_not_on_the_one_before(past: Past) -> None:
    chances = past.chances()
    days = [day_of(chances, percent) or DAYS + 1 for percent in sorted(LEVELS)]
    assert days == sorted(days)
    for percent, day in zip(sorted(LEVELS), days, strict=True):
        if day <= DAYS:
            assert chance_within(chances, day) >= percent / 100 - 1e-9
            assert chance_within(chances, day - 1) < percent / 100


@law(
    pasts,
    st.dictionaries(st.integers(0, 300), st.integers(1, 300), min_size=1, max_size=9),
    plain=40,
    thorough=500,
)
def test_more_minutes_never_lower_a_chance(past: Past, more: dict[int, int]) -> None:
    before = past.chances()
    days = [past.declared_on(n) + more.get(n, 0) for n in range(DAYS)]
    after = {
        each.offset: each.chance
        for each in day_chances(
            past.level, past.left, lambda n: days[n] if n < DAYS else 0
        )
    }
    for each in before:
        assert after[each.offset] >= each.chance - ROUNDED


@law(pasts, st.floats(1.0, 5.0), plain=40, thorough=500)
def test_longer_days_never_lower_a_chance(past: Past, share: float) -> None:
    for before, after in zip(past.chances(), past.chances(share), strict=True):
        assert after.chance >= before.chance - 1e-9


@law(pasts, st.integers(1, DAYS), st.sampled_from((50, 80, 95)), plain=40, thorough=500)
def test_the_needed_share_of_minutes_is_never_too_large(
    past: Past, days: int, percent: int
) -> None:
    until = past.chances(days=days)
    assume(until)
    share = needed_share(until, percent)
    assume(1e-6 < share < 1e6)
    reached = chance_within(past.chances(share, days), days)
    assert reached <= percent / 100 + 1e-9


FALLING = weeks(300, 270, 240, 210, 180, 150, 120, 90)


@pytest.mark.parametrize("percent", [50, 80, 95])
@pytest.mark.parametrize(
    ("past", "days"),
    [
        (UNTOUCHED, 168),
        (UNTOUCHED, 10),
        (GOLDEN["half done in steady weeks"][0], 60),
        (GOLDEN["half done in steady weeks"][0], 210),
        (GOLDEN["three weeks away"][0], 300),
        (UNTOUCHED._replace(weeks=FALLING), 8),
    ],
)
def test_the_needed_share_of_minutes_gives_the_chance(
    past: Past, days: int, percent: int
) -> None:
    share = needed_share(past.chances(days=days), percent)
    reached = chance_within(past.chances(share, days), days)
    assert reached == pytest.approx(percent / 100, abs=1e-9)


@law(pasts, st.integers(1, 120), plain=40, thorough=500)
def test_a_range_of_minutes_is_in_order(past: Past, days: int) -> None:
    low, high = minutes_range(past.level, past.declared_on, days)
    declared = sum(map(past.declared_on, range(days)))
    assert 0 <= low <= high
    assert bool(high) == bool(declared)


def test_one_lesson_more_is_never_earlier() -> None:
    chances = [
        chance_within(Past([], [], lessons(0, n), (60,)).chances(), 10)
        for n in range(1, 30)
    ]
    assert chances == sorted(chances, reverse=True)


@pytest.mark.parametrize(("percent", "score"), LEVELS.items())
def test_levels_are_quantiles(percent: int, score: float) -> None:
    assert normal_share(score) == pytest.approx(percent / 100, abs=1e-12)
