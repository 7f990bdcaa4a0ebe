from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest

from tests.cli.asking import ask, do, sentences
from tests.cli.program import Program
from tests.cli.states import SHORT, Homes
from tests.cli.transcripts import transcript
from tests.conftest import Golden

GPT = "lets-build-gpt"
TOLERANCE = 10
"""Minutes by which a day may run over rather than split a lesson."""

TOLD = (
    ("plan", "begun", "plan"),
    ("hours", "short", "hours"),
    ("hours-set", "short", "hours mon=1h,sat=1.5"),
    ("hours-same", "short", "hours 5"),
    ("off-add", "short", "off add tue..wed"),
    ("off-add-hours", "short", "off add sun --hours 2"),
    ("off-break", "short", "off add today.."),
    ("off-list", "with days off", "off list"),
    ("off-remove", "with days off", "off remove 2026-12-25"),
    ("off-end-break", "on a break", "off remove today"),
    ("target", "with a target", "target"),
    ("target-fits", "short", "target 2026-12-11"),
    ("target-too-soon", "short", "target mon"),
    ("target-none", "with a target", "target none"),
    ("why", "short", "why rlhf-post"),
    ("why-module", "begun", "why lets-build-gpt"),
    ("why-done", "begun", "why illustrated-transformer"),
    ("why-optional", "short", "why llms-briefly"),
    ("why-elsewhere", "short", "why supervised-learning"),
    ("why-break", "on a break", "why lets-build-gpt"),
)


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Homes:
    return Homes(tmp_path_factory.mktemp("plan"))


@pytest.mark.parametrize(("name", "state", "line"), TOLD, ids=[t[0] for t in TOLD])
def test_plan_commands_answer_as_in_the_files(
    name: str, state: str, line: str, homes: Homes, golden: Golden
) -> None:
    golden(f"cli/{name}.txt", transcript(homes, state, line))


def planned(program: Program) -> Counter[str]:
    """Planned minutes of each day."""
    minutes: Counter[str] = Counter()
    for block in ask(program, "plan")["blocks"]:
        minutes[block["day"]] += block["minutes"]
    return minutes


def order_of(program: Program) -> list[str]:
    """The planned lessons, each once."""
    return list(dict.fromkeys(b["lesson"] for b in ask(program, "plan")["blocks"]))


def weekday(day: str) -> int:
    return date.fromisoformat(day).weekday()


# The calendar


def test_the_blocks_of_a_plan_are_the_minutes_that_are_left(homes: Homes) -> None:
    program = homes("begun")
    plan = ask(program, "plan")
    progress = ask(program, "status")["progress"]
    open_minutes = progress["minutes"] - progress["done_minutes"]

    assert sum(block["minutes"] for block in plan["blocks"]) == open_minutes
    assert plan["shortfall_minutes"] == 0
    assert plan["finish"] == plan["blocks"][-1]["day"]


def test_the_parts_of_a_lesson_are_numbered_without_gaps(homes: Homes) -> None:
    program = homes("short")
    do(program, "hours mon=8m,wed=8m")
    parts: dict[str, list[tuple[int, int]]] = {}
    for block in ask(program, "plan")["blocks"]:
        parts.setdefault(block["lesson"], []).append((block["part"], block["parts"]))

    assert max(map(len, parts.values())) > 1
    for numbers in parts.values():
        count = len(numbers)
        assert numbers == [(part, count) for part in range(1, count + 1)]


def test_no_day_runs_over_its_hours_by_more_than_the_tolerance(homes: Homes) -> None:
    program = homes("short")
    do(program, "hours mon=30m,thu=20m")

    assert {weekday(day) for day in planned(program)} == {0, 3}
    for day, minutes in planned(program).items():
        assert minutes <= (30 if weekday(day) == 0 else 20) + TOLERANCE


@pytest.mark.parametrize("options", ["--all", "--weeks 2 --all", "--weeks 600"])
def test_lines_and_document_hold_all_of_the_plan(options: str, homes: Homes) -> None:
    program = homes("studied")

    assert ask(program, f"plan {options}") == ask(program, "plan")
    assert do(program, f"plan {options}").stdout == do(program, "plan").stdout


@pytest.mark.parametrize("weeks", [1, 2, 5])
def test_of_so_many_weeks_lines_and_document_hold_no_other(
    weeks: int, homes: Homes
) -> None:
    program = homes("studied")
    do(program, "off add 2026-11-21..2026-11-27")
    do(program, "off add 2026-12-24")
    whole, part = ask(program, "plan"), ask(program, f"plan --weeks {weeks}")
    end = (date(2026, 11, 16) + timedelta(weeks=weeks)).isoformat()

    def before(key: str, day: str) -> list[Any]:
        return [each for each in whole[key] if each[day] < end]

    assert 0 < len(part["weeks"]) == weeks < len(whole["weeks"])
    assert part == {
        **whole,
        "blocks": before("blocks", "day"),
        "weeks": before("weeks", "start"),
        "days": before("days", "day"),
    }
    lines = do(program, "plan").stdout.splitlines()
    kept = do(program, f"plan --weeks {weeks}").stdout.splitlines()
    assert kept == lines[: len(part["blocks"])]


def test_a_plan_of_weeks_covers_every_block_and_begins_on_mondays(
    homes: Homes,
) -> None:
    plan = ask(homes("short"), "plan")
    weeks = [date.fromisoformat(week["start"]) for week in plan["weeks"]]
    blocks = sum(block["minutes"] for block in plan["blocks"])

    assert {week.weekday() for week in weeks} == {0}
    assert sum(week["planned_minutes"] for week in plan["weeks"]) == blocks


def test_hours_of_a_minute_a_week_still_make_a_plan_with_an_end_or_a_shortfall(
    homes: Homes,
) -> None:
    program = homes("short")
    do(program, "hours mon=1m")
    plan = ask(program, "plan")

    assert plan["finish"] is not None
    planned_minutes = sum(block["minutes"] for block in plan["blocks"])
    minutes = ask(program, "status")["progress"]["minutes"]
    assert planned_minutes + plan["shortfall_minutes"] == minutes


# What moves a plan, and what does not


def test_more_hours_end_the_plan_earlier_in_the_same_order(homes: Homes) -> None:
    program = homes("short")
    do(program, "hours sat=1")
    order, slow = order_of(program), ask(program, "plan")["finish"]
    changed = ask(program, "hours mon-sun=2")

    assert changed["finish"] == {"from": slow, "to": ask(program, "plan")["finish"]}
    assert changed["finish"]["to"] < slow
    assert changed["moved_lessons"] > 0
    assert order_of(program) == order


def test_days_off_are_left_empty_and_later_work_moves(homes: Homes) -> None:
    program = homes("short")
    order, before = order_of(program), ask(program, "plan")["finish"]
    changed = ask(program, "off add 2026-11-23..2026-11-27")
    days = planned(program)

    assert not [day for day in days if "2026-11-23" <= day <= "2026-11-27"]
    assert changed["finish"]["from"] == before < changed["finish"]["to"]
    assert [each["minutes"] for each in changed["days"]] == [0] * 5
    assert order_of(program) == order


def test_days_off_that_are_taken_back_leave_the_plan_as_it_was(homes: Homes) -> None:
    program = homes("short")
    before = ask(program, "plan")
    do(program, "off add 2026-11-23..2026-11-27")
    do(program, "off remove 2026-11-23..2026-11-27")

    assert ask(program, "plan") == before


def test_other_hours_on_one_day_hold_on_that_day_only(homes: Homes) -> None:
    program = homes("short")
    do(program, "off add sun --hours 1.5")
    days = planned(program)

    assert days["2026-11-22"] > 0
    assert {weekday(day) for day in days if day != "2026-11-22"} <= {0, 1, 2, 3, 4}


def test_a_break_without_an_end_plans_nothing_and_says_so_of_the_target(
    homes: Homes,
) -> None:
    program = homes("with a target")
    do(program, "off add mon..")
    plan = ask(program, "plan")
    target = ask(program, "target")

    assert max(block["day"] for block in plan["blocks"]) < "2026-11-23"
    assert 0 < plan["shortfall_minutes"] <= target["shortfall_minutes"]
    assert target["feasible"] is False


def test_the_end_of_a_break_moves_the_lessons_that_its_beginning_moved(
    homes: Homes,
) -> None:
    program = homes("short")
    before = ask(program, "off add today..")
    after = ask(program, "off remove today")

    assert before["moved_lessons"] == after["moved_lessons"] == 9


def test_the_days_of_a_break_that_ended_stay_days_off(homes: Homes) -> None:
    program = homes("on a break")
    do(program, "off remove today", today="2026-11-25")
    known = ask(program, "off list", today="2026-11-20")

    assert [each["day"] for each in known["days"]] == [
        *("2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23", "2026-11-24"),
    ]
    assert known["open_from"] is None


def test_a_day_that_was_off_before_the_plan_can_be_undone(homes: Homes) -> None:
    program = homes("short")
    before = ask(program, "plan")
    do(program, "off add mon")
    do(program, "undo")

    assert ask(program, "plan") == before


# The target


def test_a_target_that_fits_says_with_how_many_days_to_spare(homes: Homes) -> None:
    program = homes("short")
    finish = date.fromisoformat(ask(program, "plan")["finish"])
    target = ask(program, f"target {finish + timedelta(days=9)}")

    assert target["feasible"] is True
    assert target["slack_days"] == 9
    assert (
        f"Target: {spoken(finish + timedelta(days=9))}, fits if every study day is used"
        in sentences(program, "target")
    )


def spoken(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B}"


def test_the_hours_that_a_target_needs_make_it_fit_at_full_attendance(
    homes: Homes,
) -> None:
    program = homes("short")
    target = ask(program, "target 2026-11-24")
    needed = target["needed_weekly_minutes"]["full_attendance"]
    do(program, "target 2026-11-23")
    short = ask(program, "target")

    assert (target["feasible"], target["shortfall_minutes"]) == (True, 0)
    assert needed <= 300
    assert short["feasible"] is False
    assert short["needed_weekly_minutes"]["full_attendance"] > 300


def test_setting_a_target_moves_no_lesson(homes: Homes) -> None:
    program = homes("short")
    before = ask(program, "plan")["blocks"]
    do(program, "target 2026-11-23")

    assert ask(program, "plan")["blocks"] == before


# Hours and days as they are typed


@pytest.mark.parametrize(
    ("text", "week"),
    [
        ("5", [60] * 5 + [0, 0]),
        ("7.5", [90] * 5 + [0, 0]),
        ("90m", [18] * 5 + [0, 0]),
        ("mon=1", [60, 0, 0, 0, 0, 0, 0]),
        ("mon=1h,sat=3h", [60, 0, 0, 0, 0, 180, 0]),
        ("sat=1.5", [0, 0, 0, 0, 0, 90, 0]),
        ("mon-fri=1", [60] * 5 + [0, 0]),
        ("MON = 45m , Sunday=1:30", [45, 0, 0, 0, 0, 0, 90]),
    ],
)
def test_hours_are_read_as_hours_a_week(
    text: str, week: list[int], homes: Homes
) -> None:
    program = homes("empty")
    result = program("hours", text, "--json")

    assert list(result.json()["hours"].values()) == week


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-12-24", "2026-12-24", "2026-12-24"),
        ("tomorrow", "2026-11-21", "2026-11-21"),
        ("fri", "2026-11-20", "2026-11-20"),
        ("next fri", "2026-11-27", "2026-11-27"),
        ("+3d", "2026-11-23", "2026-11-23"),
        ("in 2 weeks", "2026-12-04", "2026-12-04"),
        ("20 nov", "2026-11-20", "2026-11-20"),
        ("19 nov", "2027-11-19", "2027-11-19"),
        ("fri..mon", "2026-11-20", "2026-11-23"),
        ("fri..fri", "2026-11-20", "2026-11-27"),
        ("30 dec..2 jan", "2026-12-30", "2027-01-02"),
        ("2026-12-24 .. 2026-12-26", "2026-12-24", "2026-12-26"),
    ],
)
def test_days_are_read_as_the_next_such_days(
    text: str, first: str, last: str, homes: Homes
) -> None:
    days: list[dict[str, Any]] = homes("short")("off", "add", text, "--json").json()[
        "days"
    ]

    assert (days[0]["day"], days[-1]["day"]) == (first, last)


def test_every_date_that_was_typed_is_echoed_with_its_weekday(homes: Homes) -> None:
    for line, echoed in (
        ("off add 'in 2 weeks'", "Friday 4 December"),
        ("target +3d", "Monday 23 November"),
        (f"later {GPT} tomorrow", "Saturday 21 November"),
        (f"log {GPT} 20 --on wed", "Wednesday 18 November"),
        (f"{SHORT} --from mon", "Monday 23 November"),
    ):
        assert echoed in "\n".join(sentences(homes("short"), line)), line


# Why a lesson stands on its date


MOVED = (
    ("why rlhf-post", ()),
    ("why rlhf-post", ("hours mon=30m,thu=20m",)),
    ("why rlhf-post", ("hours sun=3",)),
    ("why lets-build-gpt/bigram", ()),
    ("why transformer-block", ("off add 2026-11-24..2026-12-02",)),
    ("why transformer-block", ("off add tue..",)),
    ("why rlhf-post", ("later transformer-block 2026-12-16",)),
    ("why data-and-batches", ("later data-and-batches 2026-12-16", "hours 1")),
    ("why scaling-up", ("off add today..",)),
    (
        "why lets-build-gpt/bigram",
        ("start --track short --track guide", "later bigram-baseline 2026-12-21"),
    ),
)


@pytest.mark.parametrize(("line", "before"), MOVED)
def test_the_command_that_why_names_gives_the_day_that_it_names(
    line: str, before: tuple[str, ...], homes: Homes
) -> None:
    program = homes("short")
    for each in before:
        do(program, each)
    why = ask(program, line)
    do(program, why["change"]["command"].removeprefix("llmpath "))
    moved = ask(program, line)

    assert moved["planned"] == why["change"]["planned"]
    assert why["planned"] is None or moved["planned"] < why["planned"]


@pytest.mark.parametrize(
    ("state", "what"),
    [
        ("begun", "illustrated-transformer/heads-positions-decoder"),
        ("skipped", "illustrated-transformer/heads-positions-decoder"),
        ("short", "llms-briefly/llm-in-nine-minutes"),
        ("short", "supervised-learning/ml-intro-videos"),
    ],
)
def test_the_command_that_why_names_plans_what_was_not_planned(
    state: str, what: str, homes: Homes
) -> None:
    program = homes(state)
    why = ask(program, f"why {what}")
    do(program, why["change"]["command"].removeprefix("llmpath "))

    assert why["planned"] is None
    assert ask(program, f"why {what}")["planned"] is not None


def test_why_of_a_module_speaks_of_its_first_open_lesson(homes: Homes) -> None:
    program = homes("begun")
    why = ask(program, "why lets-build-gpt")
    rest = {**ask(program, f"why {why['lesson']}"), "asked": "lets-build-gpt"}

    assert why["lesson"] == ask(program, "next")["lessons"][0]["id"]
    assert rest == why
