"""`forecast`, `replan` and `target` after weeks of study, and what a record carries."""

from __future__ import annotations

import json
from datetime import date
from zlib import crc32

import pytest

from llmpath.core.events import LessonsCompleted, StudyLogged
from llmpath.core.when import parse_hours
from llmpath.storage.records import decode_record, encode_record
from tests.cli.asking import ask, do
from tests.cli.states import Homes, journal_file, records_in, written_in
from tests.cli.transcripts import transcript
from tests.conftest import Golden

TOLD = (
    ("forecast", "studied", "forecast"),
    ("forecast-by-kind", "studied", "forecast --by kind"),
    ("forecast-first-day", "short", "forecast"),
    ("replan-dry-run", "studied", "replan --dry-run"),
    ("replan", "studied", "replan"),
    ("replan-nothing-new", "short", "replan"),
    ("target-at-risk", "at risk", "target"),
    ("status-at-risk", "at risk", "status"),
)


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Homes:
    return Homes(tmp_path_factory.mktemp("forecast"))


@pytest.mark.parametrize(("name", "state", "line"), TOLD, ids=[t[0] for t in TOLD])
def test_commands_on_the_plan_ahead_answer_as_in_the_files(
    name: str, state: str, line: str, homes: Homes, golden: Golden
) -> None:
    golden(f"cli/{name}.txt", transcript(homes, state, line))


@pytest.mark.parametrize("state", ["short", "studied", "at risk", "on a break"])
def test_every_command_with_a_forecast_has_the_same_one(
    homes: Homes, state: str
) -> None:
    program = homes(state)
    found = ask(program, "forecast")
    keys = ask(program, "status")["forecast"].keys()

    for line in ("status", "", "replan --dry-run", "start"):
        shown = ask(program, line)["forecast"]
        assert shown == {key: found[key] for key in keys}, line


def test_a_replan_is_shown_first_and_then_written_and_undone(homes: Homes) -> None:
    program = homes("studied")
    before = written_in(program.home)
    plan = ask(program, "plan")
    proposed = ask(program, "replan --dry-run")

    assert written_in(program.home) == before
    assert (proposed["applied"], proposed["event"]) == (False, None)

    accepted = ask(program, "replan")
    assert accepted["applied"]
    assert accepted["moved"] == proposed["moved"]
    assert accepted["finish"] == proposed["finish"]
    assert ask(program, "plan")["finish"] == proposed["finish"]["to"]
    assert ask(program, "replan")["event"] is None

    do(program, "undo")
    assert ask(program, "plan") == plan


def test_after_four_weeks_a_replan_goes_by_the_learners_own_velocity(
    homes: Homes,
) -> None:
    early = ask(homes("begun"), "replan --dry-run", today="2026-12-11")
    later = ask(homes("studied"), "replan --dry-run")
    forecast = later["forecast"]

    assert early["velocity"] == {"from": 1, "to": 1}
    assert forecast["weeks_of_history"] >= 4
    own = forecast["adherence"] / forecast["pace"]
    assert later["velocity"]["to"] == pytest.approx(own, abs=0.01)


def test_the_velocity_stays_when_hours_change(homes: Homes) -> None:
    program = homes("studied")
    velocity = ask(program, "replan")["velocity"]["to"]
    for line in ("hours 8", "off add 2026-12-24", "start --track short"):
        do(program, line)
        event = records_in(program.home)[-1]["events"][-1]
        assert (event["type"], event["velocity"]) == ("PlanAccepted", velocity), line


def test_the_ways_out_give_what_they_say(homes: Homes) -> None:
    ways = {each["kind"]: each for each in ask(homes("at risk"), "target")["options"]}

    assert set(ways) == {"hours", "day", "extra", "optional", "date"}
    for kind, way in ways.items():
        if way["command"] is None:
            continue
        program = homes("at risk")
        do(program, way["command"].removeprefix("llmpath "))
        after = ask(program, "target")
        assert after["chance"] == pytest.approx(way["chance"], abs=0.05), kind
        assert after["plan_ends"] == way["finish"], kind


def test_the_hours_for_a_chance_give_it(homes: Homes) -> None:
    needed = ask(homes("at risk"), "target")["needed_weekly_minutes"]
    for percent in (50, 80, 95):
        program = homes("at risk")
        minutes = needed[f"p{percent}"]
        if minutes is None:
            assert percent == 95
            continue
        do(program, f"hours {minutes / 60:.4f} -y")
        assert ask(program, "target")["chance"] == pytest.approx(
            percent / 100, abs=0.02
        )


def test_a_target_that_is_likely_needs_no_way_out(homes: Homes) -> None:
    target = ask(homes("studied"), "target 2029-12-31")

    assert target["chance"] > 0.9
    assert target["options"] == []


def test_the_first_record_of_a_week_carries_the_forecast_that_is_shown(
    homes: Homes,
) -> None:
    program = homes("short")
    stated = records_in(program.home)[0]["stated"]
    shown = ask(program, "forecast")

    assert [stated["p50"], stated["p80"]] == [shown["p50"], shown["p80"]]
    assert stated["minutes"] == list(shown["four_weeks"].values())


def test_a_shown_day_stays_until_it_differs_by_a_week_and_a_tenth(
    homes: Homes,
) -> None:
    program = homes("studied")
    for day in ("2026-11-24", "2026-11-25", "2026-12-15"):
        said = ask(program, "forecast", today=day)
        last = records_in(program.home)[-1]
        now, shown = (
            date.fromisoformat(each) for each in (said["p50"], said["stated"]["p50"])
        )
        left = (now - date.fromisoformat(day)).days
        assert now == shown or abs((now - shown).days) < max(7, left / 10), last
    assert ask(program, "forecast", today="2027-06-01")["stated"]["day"] == "2027-06-01"


def test_no_study_for_three_weeks_is_a_pause(homes: Homes) -> None:
    program = homes("studied")

    assert not ask(program, "forecast", today="2026-11-09")["paused"]
    assert ask(program, "forecast", today="2026-11-12")["paused"]


def test_hours_beyond_a_day_are_no_way_out(homes: Homes) -> None:
    ways = ask(homes("at risk"), "target tomorrow")["options"]

    assert "hours" not in {each["kind"] for each in ways}
    for way in ways:
        if way["command"] and " hours " in way["command"]:
            assert sum(parse_hours(way["command"].split()[-1])) <= 7 * 12 * 60


def test_a_break_that_was_ended_is_no_missed_study(homes: Homes) -> None:
    ended = homes("studied")
    do(ended, "off add today..", today="2026-11-02")
    do(ended, "off remove today", today="2026-11-20")
    after_break = ask(ended, "forecast", today="2026-11-20")
    closed = homes("studied")
    do(closed, "off add 2026-11-02..2026-11-19", today="2026-11-02")
    after_days_off = ask(closed, "forecast", today="2026-11-20")

    assert after_break["adherence"] == after_days_off["adherence"]
    assert not after_break["paused"]


def test_time_without_a_track_is_no_missed_study(homes: Homes) -> None:
    program = homes("studied")
    do(program, "start --none", today="2026-10-26")
    do(program, "start --track short", today="2027-06-01")
    found = ask(program, "forecast", today="2027-06-01")

    assert found["weeks_of_history"] == 4
    assert not found["paused"]


def test_nobody_finishes_before_a_lesson_that_was_put_off(homes: Homes) -> None:
    program = homes("short")
    do(program, "later rlhf-post 2027-03-01")
    target = ask(program, "target 2026-12-31")

    assert ask(program, "forecast")["p10"] == "2027-03-01"
    assert (target["feasible"], target["chance"]) == (False, 0)


def test_a_target_that_has_passed_does_not_fit(homes: Homes) -> None:
    program = homes("with a target")
    target = ask(program, "target", today="2026-12-14")

    assert target["feasible"] is False
    assert target["shortfall_minutes"] == 156
    said = do(program, "target", today="2026-12-14", env={"ACCESSIBLE": "1"}).stdout
    assert "has passed" in said


@pytest.mark.parametrize(
    "line",
    [
        "skip deep-networks/dl-intro-quiz",
        "off add 2026-11-27 --hours 3",
        "hours 7",
        "off remove 2026-12-24",
    ],
)
def test_less_work_or_more_hours_never_end_the_plan_later(
    homes: Homes, line: str
) -> None:
    program = homes("studied")
    do(program, "off add 2026-12-24")
    before = ask(program, "plan")["finish"]
    do(program, line)

    assert ask(program, "plan")["finish"] <= before


def test_a_small_change_does_not_take_back_how_far_one_is_behind(homes: Homes) -> None:
    program = homes("studied")
    behind = ask(program, "status")["ahead_days"]
    do(program, "off add 2027-01-04")

    assert behind < -5
    assert ask(program, "status")["ahead_days"] == behind
    do(program, "replan")
    assert ask(program, "status")["ahead_days"] == 0


def test_in_a_break_the_way_out_is_its_end(homes: Homes) -> None:
    program = homes("on a break")
    ways = ask(program, "target 2026-12-31")["options"]

    assert [each["kind"] for each in ways] == ["break"]
    assert ways[0]["command"] == "llmpath off remove 2026-11-20"
    assert ways[0]["chance"] > 0.9


def test_hours_of_minutes_a_week_keep_the_plan_that_has_an_end(homes: Homes) -> None:
    program = homes("empty")
    do(program, "start --track short --hours mon=2m", today="2026-10-05")
    do(program, "log rlhf-post 1m", today="2026-10-26")
    finish = ask(program, "replan", today="2026-11-16")["finish"]

    assert finish["to"] is not None


def test_a_completion_without_an_estimate_hinders_nothing(homes: Homes) -> None:
    program = homes("short")
    path = journal_file(program.home)
    first = decode_record(path.read_bytes())
    lesson = "llmpath:lets-build-gpt/data-and-batches"
    odd = first._replace(
        id="a" * 16,
        n=2,
        lamport=2,
        events=(StudyLogged(lesson, 30), LessonsCompleted({lesson: 0}, "")),
        stated=None,
    )
    with path.open("ab") as journal:
        journal.write(encode_record(odd))

    for line in ("forecast --by kind", "replan --dry-run", "status", ""):
        assert ask(program, line, today="2026-12-20")


@pytest.mark.parametrize("year", ["0001", "9999"])
def test_a_record_beyond_the_calendar_is_a_damaged_line(
    homes: Homes, year: str
) -> None:
    program = homes("short")
    path = journal_file(program.home)
    document = json.loads(path.read_bytes())
    del document["crc"]
    document |= {"id": "b" * 16, "n": 2, "day": f"{year}-12-31"}
    body = json.dumps(document, separators=(",", ":")).encode()
    with path.open("ab") as journal:
        journal.write(body[:-1] + b',"crc":"%08x"}\n' % crc32(body))
    told = do(program, "status")

    assert "1 damaged line" in told.stderr
    assert program("doctor").code == 6


def test_a_command_with_control_characters_is_harmless_in_every_form(
    homes: Homes,
) -> None:
    program = homes("short")
    program("note", "rlhf-post", "a\x9b31mred \u202eb")

    for form in ("--json", "--plain", ""):
        shown = do(program, f"history {form}").stdout
        assert not {"\x9b", "\u202e"} & set(shown)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("export ics -o ~nosuchuser/x", 1),
        ("import ~nosuchuser/x", 1),
        ("curriculum check ~nosuchuser/x", 1),
        (f"export ics -o {'a' * 300}", 1),
    ],
)
def test_a_file_that_cannot_be_is_refused(homes: Homes, line: str, code: int) -> None:
    result = homes("short")(*line.split())

    assert (result.code, result.stdout) == (code, "")
    assert result.stderr.splitlines()[-1].startswith(("error: ", "  "))
