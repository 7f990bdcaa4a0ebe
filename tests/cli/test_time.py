"""The passing of days: what a learner meets who comes at any hour, or after weeks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.cli.asking import ask, closed_lessons, do, sentences, statuses
from tests.cli.program import Program
from tests.cli.states import TRANSFORMER, Homes, records_in
from tests.cli.transcripts import transcript
from tests.conftest import Golden

GPT = "lets-build-gpt"
HALF_PAST_ONE = "2026-11-21T01:30:00+00:00"
SEVEN_WEEKS_LATER = "2027-01-08T12:00:00+00:00"
SATURDAY = "2026-11-21T12:00:00+00:00"


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Homes:
    return Homes(tmp_path_factory.mktemp("time"))


TOLD = (
    ("after-midnight", "short", f"done {TRANSFORMER} --took 30", HALF_PAST_ONE),
    ("seven-weeks-away", "noted", "", SEVEN_WEEKS_LATER),
    ("seven-weeks-away-next", "noted", "next", SEVEN_WEEKS_LATER),
    ("seven-weeks-away-status", "begun", "status", SEVEN_WEEKS_LATER),
    ("free-day", "short", "next", SATURDAY),
    ("before-the-start", "short", "next", "2026-11-19T12:00:00+00:00"),
)


@pytest.mark.parametrize("told", TOLD, ids=[t[0] for t in TOLD])
def test_screens_of_a_day_are_as_in_the_files(
    told: tuple[str, str, str, str], homes: Homes, golden: Golden
) -> None:
    name, state, line, today = told
    golden(f"cli/{name}.txt", transcript(homes, state, line, today=today))


# The end of a study day


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-11-20T23:59:00+00:00", "2026-11-20"),
        ("2026-11-21T00:00:00+00:00", "2026-11-20"),
        ("2026-11-21T03:59:59+00:00", "2026-11-20"),
        ("2026-11-21T04:00:00+00:00", "2026-11-21"),
        ("2026-11-21T03:59:59+13:00", "2026-11-20"),
        ("2026-11-21T04:00:00-09:30", "2026-11-21"),
    ],
)
def test_a_study_day_ends_at_four_by_the_clock_on_the_wall(
    moment: str, day: str, homes: Homes
) -> None:
    program = homes("short")
    do(program, f"log {GPT} 20", today=moment)

    assert ask(program, "next", today=moment)["today"] == day
    assert records_in(program.home)[-1]["day"] == day


def test_a_study_day_ends_when_the_setting_says(homes: Homes) -> None:
    program = homes("short")
    do(program, "config set plan.day_ends 01:00")

    assert ask(program, "next", today=HALF_PAST_ONE)["today"] == "2026-11-21"


@pytest.mark.parametrize(
    "line",
    [f"done {TRANSFORMER}", f"log {GPT} 20", "timer stop --took 20"],
)
def test_study_after_midnight_says_for_which_day_it_counts(
    line: str, homes: Homes
) -> None:
    program = homes("short")
    do(program, f"timer start {GPT}", today="2026-11-21T01:00:00+00:00")
    late = sentences(program, line, today=HALF_PAST_ONE)
    program = homes("short")
    do(program, f"timer start {GPT}", today="2026-11-21T05:00:00+00:00")
    early = sentences(program, line, today="2026-11-21T05:30:00+00:00")

    assert "It counts for Friday 20 November." in late
    assert not [each for each in early if "counts for" in each]


def test_relative_days_count_from_the_study_day_after_midnight(homes: Homes) -> None:
    program = homes("short")
    do(program, f"log {GPT} 20 --on yesterday", today=HALF_PAST_ONE)
    changed = ask(program, "off add tomorrow", today=HALF_PAST_ONE)

    assert records_in(program.home)[1]["day"] == "2026-11-19"
    assert changed["days"] == [{"day": "2026-11-21", "minutes": 0}]


def test_a_timer_over_midnight_logs_the_minutes_that_passed(homes: Homes) -> None:
    program = homes("short")
    do(program, f"timer start {GPT}", today="2026-11-20T23:50:00+00:00")
    stop = ask(program, "timer stop", today="2026-11-21T00:30:00+00:00")

    assert stop["minutes"] == 40
    assert records_in(program.home)[-1]["day"] == "2026-11-20"


def test_a_timer_started_in_another_zone_logs_the_minutes_that_passed(
    homes: Homes,
) -> None:
    program = homes("short")
    do(program, f"timer start {GPT}", today="2026-11-20T18:00:00+01:00")
    stop = ask(program, "timer stop", today="2026-11-20T17:45:00+00:00")

    assert stop["minutes"] == 45


def test_a_clock_that_was_set_back_logs_nothing(homes: Homes) -> None:
    program = homes("short")
    do(program, f"timer start {GPT}", today="2026-11-20T18:00:00+00:00")
    stop = ask(program, "timer stop", today="2026-11-20T17:00:00+00:00")

    assert (stop["minutes"], stop["event"]) == (0, None)


# Missed days


def test_a_missed_day_leaves_no_debt(homes: Homes) -> None:
    program = homes("short")
    before = ask(program, "next")
    after = ask(program, "next", today="2026-11-24")
    words = " ".join(sentences(program, "", today="2026-11-24")).lower()

    assert after["lessons"][0]["id"] == before["lessons"][0]["id"]
    assert after["state"] == "today"
    assert not {"overdue", "missed", "backlog", "late"} & set(words.split())


def test_undone_work_pushes_later_work_in_the_same_order(homes: Homes) -> None:
    program = homes("short")

    def lessons(today: str) -> list[str]:
        blocks = ask(program, "plan", today=today)["blocks"]
        assert min(block["day"] for block in blocks) >= today
        return list(dict.fromkeys(block["lesson"] for block in blocks))

    assert lessons("2026-11-20") == lessons("2026-12-01") == lessons("2027-06-01")


@pytest.mark.parametrize(("days", "screens"), [(13, 0), (14, 3), (49, 3)])
def test_after_fourteen_days_the_first_screen_begins_where_one_stopped(
    days: int, screens: int, homes: Homes
) -> None:
    program = homes("begun")
    today = (date(2026, 11, 20) + timedelta(days=days)).isoformat()
    returning = [
        ask(program, line, today=today)["returning"] for line in ("", "next", "status")
    ]

    assert len([each for each in returning if each is not None]) == screens
    assert returning[0] == returning[1] == returning[2]


def test_one_who_returns_is_told_that_nothing_is_overdue(homes: Homes) -> None:
    program = homes("begun")
    do(program, f"note {TRANSFORMER} 'ask about the heads'")
    for line in ("", "next", "status"):
        said = "\n".join(sentences(program, line, today=SEVEN_WEEKS_LATER)[:8])
        assert "overdue" in said
        assert "ask about the heads" in said


def test_after_one_command_the_return_is_over(homes: Homes) -> None:
    program = homes("begun")
    do(program, f"log {GPT} 5", today=SEVEN_WEEKS_LATER)

    assert ask(program, "next", today=SEVEN_WEEKS_LATER)["returning"] is None


# Every kind of day has an answer


def study(program: Program, today: str) -> None:
    """Complete all lessons of a day's blocks."""
    for lesson in ask(program, "next", today=today)["lessons"]:
        do(program, f"done {lesson['id']}", today=today)


def test_on_a_free_day_the_next_lesson_is_shown_with_its_day(homes: Homes) -> None:
    document = ask(homes("short"), "next", today=SATURDAY)

    assert document["state"] == "free-day"
    assert len(document["lessons"]) == 1
    assert document["lessons"][0]["planned"] == document["next_day"] == "2026-11-23"


def test_after_the_days_minutes_the_next_day_is_named(homes: Homes) -> None:
    program = homes("short")
    study(program, "2026-11-20")
    document = ask(program, "next")

    assert (document["state"], document["today_minutes"]) == ("day-used", 0)
    assert document["next_day"] == "2026-11-23"
    assert document["lessons"]


def test_before_the_first_day_the_first_lesson_is_shown(homes: Homes) -> None:
    program = homes("empty")
    do(program, "start --track short --from mon")
    document = ask(program, "next")

    assert document["state"] == "before-start"
    assert document["lessons"][0]["planned"] == "2026-11-23"


def test_a_diligent_learner_finishes_on_the_planned_day(homes: Homes) -> None:
    program = homes("short")
    finish = date.fromisoformat(ask(program, "plan")["finish"])
    day = date(2026, 11, 20)
    while day <= finish:
        study(program, day.isoformat())
        day += timedelta(days=1)
    document = ask(program, "next", today=finish.isoformat())
    status = ask(program, "status", today=finish.isoformat())

    assert document["state"] == "only-optional"
    assert status["progress"]["percent"] == 100


def test_after_the_last_lesson_of_all_the_track_is_finished(homes: Homes) -> None:
    program = homes("short")
    modules = [each["id"] for each in ask(program, "list")["modules"]]
    do(program, " ".join(["done", *modules, "--optional"]))
    document = ask(program, "next")

    assert (document["state"], document["lessons"]) == ("finished", [])
    assert closed_lessons(program) == set(statuses(program))
    assert ask(program, "plan")["blocks"] == []
    for line in ("", "next", "status", "plan"):
        assert sentences(program, line)


def test_with_the_required_lessons_done_the_optional_ones_are_offered(
    homes: Homes, golden: Golden
) -> None:
    program = homes("short")
    modules = [each["id"] for each in ask(program, "list")["modules"]]
    do(
        program,
        " ".join(["done", *(each for each in modules if each != "llms-briefly")]),
    )
    document = ask(program, "next")
    text = "\n".join(sentences(program, "next"))

    assert document["state"] == "only-optional"
    assert all(each["optional"] for each in document["lessons"])
    golden("cli/only-optional.txt", f"{text}\n")


def test_on_a_break_next_still_answers(homes: Homes) -> None:
    program = homes("on a break")
    document = ask(program, "next")
    lines = sentences(program, "next")

    assert document["lessons"]
    assert document["next_day"] is None
    assert lines
