"""A clock that was set back or ahead is told, and one that was not is not."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.core.clock_jumps import find_ahead, find_set_back, last_of, set_back
from llmpath.core.events import RecordsVoided, StudyLogged
from tests.builders import TODAY, a_record

EVENT = StudyLogged("a/b", 5)
instants = st.datetimes(
    datetime(1970, 1, 3),  # noqa: DTZ001  # hypothesis adds the zone
    datetime(2199, 1, 1),  # noqa: DTZ001
    timezones=st.integers(-14 * 60, 14 * 60).map(
        lambda minutes: timezone(timedelta(minutes=minutes))
    ),
)


@given(instants, st.integers(-(10**6), 10**6), st.integers(-12, 14))
def test_only_more_than_two_minutes_back_are_a_jump_whatever_the_zone(
    now: datetime, seconds: int, hours: int
) -> None:
    before = (now + timedelta(seconds=seconds)).astimezone(
        timezone(timedelta(hours=hours))
    )

    jump = set_back(before.isoformat(), now.isoformat())

    assert jump == (timedelta(seconds=seconds) if seconds > 120 else None)


@pytest.mark.parametrize("text", ["", "now", "2026-11-20", "2026-11-20T20:00:00"])
def test_what_is_no_time_with_an_offset_is_passed_over(text: str) -> None:
    assert set_back(text, "2020-01-01T00:00:00+00:00") is None
    assert set_back("2030-01-01T00:00:00+00:00", text) is None


def test_the_records_before_which_the_clock_was_set_back_are_found() -> None:
    times = ("20:00", "20:10", "19:00", "19:05", "19:04")
    own = [
        a_record(EVENT, n=n + 1)._replace(at=f"2026-11-20T{time}:00+01:00")
        for n, time in enumerate(times)
    ]
    other = a_record(EVENT, device="phone-c01d")._replace(
        at="2020-01-01T00:00:00+00:00"
    )

    assert find_set_back([*own[::-1], other]) == [own[2]]
    assert find_set_back([own[1], own[2]._replace(given_today=True)]) == []


def test_the_last_record_is_the_one_of_the_highest_number_by_the_clock() -> None:
    records = [a_record(EVENT, n=n) for n in (1, 3, 2)]
    given_one = a_record(EVENT, n=4)._replace(given_today=True)

    assert last_of([*records, given_one], "laptop-0001") == records[1]
    assert last_of(records, "phone-c01d") is None


def test_records_after_tomorrow_are_ahead_until_they_are_taken_back() -> None:
    days = [TODAY, TODAY + timedelta(1), TODAY + timedelta(2)]
    records = [a_record(EVENT, n=n + 1, day=day) for n, day in enumerate(days)]

    assert find_ahead(records, TODAY) == [records[2]]
    assert (
        find_ahead([each._replace(given_today=True) for each in records], TODAY) == []
    )
    undone = a_record(RecordsVoided((records[2].id,)), n=9, record_id="undo")
    assert find_ahead([*records, undone], TODAY) == []
