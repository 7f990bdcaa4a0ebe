"""Rooms at a velocity: laws on random weeks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import strategies as st

from llmpath.core.rooms import at_velocity, shares
from tests.strategies import MONDAY, law

weeks = st.lists(st.integers(0, 240), min_size=7, max_size=7)
velocities = st.floats(0.05, 0.99)
shortests = st.integers(5, 60)


def rooms_of(week: list[int], velocity: float, shortest: int) -> list[int]:
    room_on = at_velocity(velocity, lambda day: week[day.weekday()], MONDAY, shortest)
    return [room_on(MONDAY + timedelta(days=n)) for n in range(7)]


@law(weeks, velocities, shortests)
def test_no_day_and_no_week_holds_more_than_its_share(
    week: list[int], velocity: float, shortest: int
) -> None:
    rooms = rooms_of(week, velocity, shortest)
    assert all(
        0 <= room <= declared for room, declared in zip(rooms, week, strict=True)
    )
    assert sum(rooms) <= sum(week) * (1 - (1 - velocity))


@law(weeks, velocities, shortests)
def test_every_day_that_is_used_holds_a_block(
    week: list[int], velocity: float, shortest: int
) -> None:
    for room, declared in zip(rooms_of(week, velocity, shortest), week, strict=True):
        assert not room or room >= min(shortest, declared)


@law(weeks, velocities, shortests)
def test_less_than_a_block_of_a_week_is_lost(
    week: list[int], velocity: float, shortest: int
) -> None:
    share = int(sum(week) * (1 - (1 - velocity)))
    assert share - sum(rooms_of(week, velocity, shortest)) < shortest


@law(
    st.lists(st.just(0) | st.integers(120, 240), min_size=7, max_size=7),
    velocities,
    shortests,
)
def test_nothing_of_a_week_is_lost_where_its_days_hold_two_blocks(
    week: list[int], velocity: float, shortest: int
) -> None:
    share = int(sum(week) * (1 - (1 - velocity)))
    if share >= shortest:
        assert sum(rooms_of(week, velocity, shortest)) == share


@pytest.mark.parametrize(
    ("share", "rooms"),
    [
        (1.0, [60, 60]),
        (0.56, [52, 15]),  # 7 minutes are left for the second day, which holds 15
        (0.5, [60, 0]),
        (0.1, [0, 0]),  # 12 minutes hold no block
    ],
)
def test_the_day_before_leaves_the_last_one_what_a_block_takes(
    share: float, rooms: list[int]
) -> None:
    first, second = MONDAY, MONDAY + timedelta(days=1)
    week: dict[date, int] = {first: 60, second: 60}
    assert list(shares(week, share, 15).values()) == rooms
