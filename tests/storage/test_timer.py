"""The running timer survives as it was written and counts real time."""

from __future__ import annotations

import os
import stat
import tempfile
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.errors import LlmpathError, NotSavedError
from llmpath.storage.timer import (
    Timer,
    elapsed_minutes,
    read_timer,
    remove_timer,
    write_timer,
)
from tests.strategies import law

SINCE = datetime(2026, 11, 20, 9, 0, tzinfo=timezone(timedelta(hours=1)))
TIMER = Timer("llmpath:attention/scores", SINCE)

ZONES = st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))
TIMES = st.builds(
    lambda passed, zone: (SINCE + passed).astimezone(zone),
    st.timedeltas(timedelta(days=-10_000), timedelta(days=50_000)),
    ZONES,
)


def in_berlin(month: int, day: int, hour: int) -> datetime:
    return datetime(2026, month, day, hour, 30, tzinfo=ZoneInfo("Europe/Berlin"))


def test_no_file_means_no_timer(tmp_path: Path) -> None:
    assert read_timer(tmp_path / "state" / "timer.json") is None


def test_a_timer_is_one_line_of_json_in_a_private_folder(tmp_path: Path) -> None:
    path = tmp_path / "state" / "timer.json"

    write_timer(path, TIMER)

    assert path.read_text() == (
        '{"lesson": "llmpath:attention/scores", "since": "2026-11-20T09:00:00+01:00"}\n'
    )
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_the_clock_that_nobody_sets_decides_until_the_machine_starts_anew(
    tmp_path: Path,
) -> None:
    path = tmp_path / "timer.json"
    write_timer(path, TIMER._replace(uptime=("boot-1", 1000.5)))
    timer = read_timer(path)
    assert timer == TIMER._replace(uptime=("boot-1", 1000.5))
    assert timer is not None

    set_forward, set_back = SINCE + timedelta(hours=9), SINCE - timedelta(hours=1)
    for moment in (set_forward, set_back):
        assert elapsed_minutes(timer, moment, ("boot-1", 1000.5 + 25 * 60)) == 25
    assert elapsed_minutes(timer, set_forward, ("boot-2", 12.0)) == 9 * 60
    assert elapsed_minutes(timer, set_forward, None) == 9 * 60
    assert elapsed_minutes(TIMER, set_forward, ("boot-1", 12.0)) == 9 * 60


@pytest.mark.parametrize(
    "end", ['"boot": 1, "seconds": 2', '"boot": "b", "seconds": true']
)
def test_an_uptime_of_the_wrong_type_is_none(tmp_path: Path, end: str) -> None:
    path = tmp_path / "timer.json"
    path.write_text(f'{{"lesson": "a", "since": "{SINCE.isoformat()}", {end}}}')
    assert read_timer(path) == Timer("a", SINCE)


@law(st.text(st.characters(codec="utf-8"), min_size=1), TIMES, plain=30)
def test_a_timer_is_read_as_it_was_written(lesson: str, since: datetime) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "timer.json"
        write_timer(path, TIMER)
        write_timer(path, Timer(lesson, since))

        timer = read_timer(path)

    assert timer == Timer(lesson, since)
    assert timer.since.utcoffset() == since.utcoffset()


def test_keys_of_another_version_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "timer.json"
    path.write_text(
        '{"lesson": "llmpath:attention/scores", "boot": "x", '
        '"since": "2026-11-20T09:00:00+01:00"}'
    )

    assert read_timer(path) == TIMER


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"\xff",
        b"null",
        b"[]",
        b'"text"',
        b"{}",
        b'{"lesson": "a"}',
        b'{"lesson": "", "since": "2026-11-20T09:00:00+01:00"}',
        b'{"lesson": 1, "since": "2026-11-20T09:00:00+01:00"}',
        b'{"lesson": "a", "since": "2026-11-20T09:00:00"}',
        b'{"lesson": "a", "since": "yesterday"}',
        b'{"lesson": "a", "since": 1}',
        b"[" * 100_000,
    ],
    ids=range(14),
)
def test_a_damaged_timer_is_named_and_can_be_cancelled(
    tmp_path: Path, data: bytes
) -> None:
    path = tmp_path / "timer.json"
    path.write_bytes(data)

    with pytest.raises(LlmpathError) as caught:
        read_timer(path)

    assert caught.value.exit_code == 1
    assert caught.value.message == "the timer's file cannot be used: it is damaged"
    assert caught.value.detail == (str(path),)
    assert caught.value.remedy == "llmpath timer cancel"

    remove_timer(path)

    assert read_timer(path) is None


def test_a_folder_in_the_timers_place_is_named(tmp_path: Path) -> None:
    path = tmp_path / "timer.json"
    path.mkdir()

    with pytest.raises(LlmpathError) as caught:
        read_timer(path)
    assert caught.value.message == (
        "the timer's file cannot be used: not a regular file"
    )

    with pytest.raises(NotSavedError):
        write_timer(path, TIMER)
    with pytest.raises(NotSavedError):
        remove_timer(path)


def test_removing_twice_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "timer.json"
    write_timer(path, TIMER)

    remove_timer(path)
    remove_timer(path)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("passed", "minutes"),
    [
        (timedelta(0), 0),
        (timedelta(seconds=29), 0),
        (timedelta(seconds=30), 1),
        (timedelta(minutes=1, seconds=29), 1),
        (timedelta(minutes=1, seconds=30), 2),
        (timedelta(hours=25), 1500),
        (timedelta(seconds=-31), 0),
        (timedelta(days=-1), 0),
    ],
)
def test_elapsed_time_is_whole_minutes_and_never_negative(
    passed: timedelta, minutes: int
) -> None:
    assert elapsed_minutes(TIMER, SINCE + passed) == minutes


@pytest.mark.parametrize(
    ("since", "now", "minutes"),
    [
        (in_berlin(3, 29, 1), in_berlin(3, 29, 3), 60),
        (in_berlin(10, 25, 1), in_berlin(10, 25, 3), 180),
        (in_berlin(10, 25, 2), in_berlin(10, 25, 2).replace(fold=1), 60),
    ],
    ids=["summer time begins", "summer time ends", "the hour that comes twice"],
)
def test_elapsed_time_is_real_time_where_the_clock_is_changed(
    since: datetime, now: datetime, minutes: int
) -> None:
    assert elapsed_minutes(Timer("llmpath:a/b", since), now) == minutes


def test_a_timer_from_the_first_year_is_only_very_long() -> None:
    east = timezone(timedelta(hours=14))

    assert elapsed_minutes(Timer("a", datetime(1, 1, 1, tzinfo=east)), SINCE) > 10**9


@given(since=TIMES, minutes=st.integers(0, 10_000), zone=ZONES)
def test_elapsed_time_does_not_depend_on_the_zone(
    since: datetime, minutes: int, zone: timezone
) -> None:
    now = (since.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(zone)

    assert elapsed_minutes(Timer("llmpath:a/b", since), now) == minutes
