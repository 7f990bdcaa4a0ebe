"""Clocks that are wrong, jump or change their zone move no record and lose none."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from llmpath.cli.present import find_present
from tests.cli.asking import ask, do, logged_on
from tests.cli.program import Program, Result
from tests.cli.states import SHORT, records_in
from tests.faults.whole import LESSON

AT = """
import sys
from datetime import datetime
import llmpath.clock
moment = datetime.fromisoformat(sys.argv[1])
llmpath.clock.local_now = lambda: moment
from llmpath.cli.main import main
sys.exit(main(sys.argv[2:]))
"""
"""Runs a command as if the machine's clock said something."""


def at(program: Program, moment: str, *arguments: str) -> Result:
    done = subprocess.run(
        [sys.executable, "-c", AT, moment, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        env=program.environment(None, None, today=None),
        check=False,
    )
    return Result(done.returncode, done.stdout, done.stderr)


JUMPS = (
    "2026-11-20T18:00:00+01:00",
    "1970-01-01T00:00:01+00:00",
    "2099-12-31T23:59:59+01:00",
    "2026-11-20T17:00:00+01:00",
    "2026-11-20T17:00:00+01:00",
)


def test_records_of_a_clock_that_jumps_stand_in_the_order_of_writing(
    run: Program,
) -> None:
    do(run, SHORT)
    for minutes, moment in enumerate(JUMPS, start=1):
        result = at(run, moment, "log", LESSON, str(minutes), "--json")
        assert result.code == 0, result
    written = sorted(records_in(run.home), key=lambda each: int(each["n"]))

    assert [each["n"] for each in written] == list(range(1, len(JUMPS) + 2))
    assert [each["at"][:4] for each in written[1:]] == [each[:4] for each in JUMPS]
    assert logged_on(run, LESSON) == sum(range(1, len(JUMPS) + 1))
    listed = ask(run, "history")["events"]
    assert [each["id"] for each in listed] == [each["id"] for each in written[::-1]]
    for record in reversed(written[1:]):
        assert ask(run, "undo", today="2001-01-01")["voided"] == record["id"]
    assert logged_on(run, LESSON) == 0


@pytest.mark.parametrize("moment", ["1970-01-01T03:00:00+00:00", JUMPS[2]])
def test_a_command_that_looks_answers_whatever_the_clock_says(
    moment: str, run: Program
) -> None:
    do(run, SHORT)
    for command in ("next", "status"):
        result = at(run, moment, command, "--json")
        assert result.code == 0, result
        assert result.json(), result


# What a wall clock showed, from the tz database; the program knows offsets only


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        pytest.param("2026-03-29T01:59:59+01:00", "2026-03-28", id="Berlin, spring"),
        pytest.param("2026-03-29T03:00:00+02:00", "2026-03-28", id="a second later"),
        pytest.param("2026-03-29T04:00:00+02:00", "2026-03-29", id="an hour later"),
        pytest.param("2026-10-25T02:30:00+02:00", "2026-10-24", id="Berlin, autumn"),
        pytest.param("2026-10-25T02:30:00+01:00", "2026-10-24", id="the hour again"),
        pytest.param("2026-10-25T04:00:00+01:00", "2026-10-25", id="after it"),
        pytest.param("2026-04-23T23:59:59+02:00", "2026-04-23", id="Cairo"),
        pytest.param("2026-04-24T01:00:00+03:00", "2026-04-23", id="without midnight"),
        pytest.param("2026-04-24T04:00:00+03:00", "2026-04-24", id="in the morning"),
        pytest.param("2011-12-29T23:59:59-10:00", "2011-12-29", id="Apia"),
        pytest.param("2011-12-31T00:00:00+14:00", "2011-12-30", id="a day left out"),
        pytest.param("2011-12-31T04:00:00+14:00", "2011-12-31", id="the next morning"),
        pytest.param("2028-02-29T12:00:00+00:00", "2028-02-29", id="leap day"),
        pytest.param("2028-03-01T03:59:59+00:00", "2028-02-29", id="the night after"),
        pytest.param("2027-01-01T03:59:59+00:00", "2026-12-31", id="new year's night"),
    ],
)
def test_the_study_day_is_that_of_the_clock_on_the_wall(moment: str, day: str) -> None:
    present = find_present(moment)

    assert present.study_day(day_ends=240) == date.fromisoformat(day)


def test_who_flies_over_the_date_line_keeps_the_days_as_they_were_written(
    run: Program,
) -> None:
    auckland, honolulu = "2026-11-21T08:00:00+13:00", "2026-11-20T10:00:00-10:00"
    do(run, SHORT)
    do(run, f"log {LESSON} 7", today=auckland)
    days = [each["day"] for each in records_in(run.home)]
    do(run, f"log {LESSON} 9", today=honolulu)
    do(run, "next", today="2026-11-22T08:00:00+00:00")

    written = records_in(run.home)
    assert [each["day"] for each in written] == [*days, "2026-11-20"]
    assert days == ["2026-11-20", "2026-11-21"]
    assert logged_on(run, LESSON) == 16
    assert ask(run, "undo")["voided"] == written[-1]["id"]
    assert logged_on(run, LESSON) == 7
