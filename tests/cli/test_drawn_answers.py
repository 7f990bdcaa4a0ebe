"""What a command draws at a terminal says what its other forms say, at any width."""

from __future__ import annotations

import re
import sys
from datetime import date

import pytest

from llmpath.core.feasibility import WayOut
from llmpath.report.feasibility import is_weakest
from llmpath.report.phrases import spoken_day
from tests.cli.asking import ask, do, sentences
from tests.cli.states import Homes, without_note

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminals", allow_module_level=True)

from tests.cli.terminal import Terminal

GPT = "lets-build-gpt"


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Homes:
    return Homes(tmp_path_factory.mktemp("drawn"))


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_no_module_or_phase_ends_of_which_a_lesson_has_no_day(
    columns: int, homes: Homes
) -> None:
    program = homes("short")
    do(program, "off add 2026-11-24..")
    do(program, "off add 2026-12-15 --hours 0.25")
    plan = ask(program, "plan --all")
    drawn = Terminal(program, columns)("plan", "--all").text
    said = sentences(program, "plan --all")

    assert plan["shortfall_minutes"] > 0
    assert [each for each in plan["blocks"] if each["lesson"].startswith(GPT)]
    assert "last of Let's build GPT" not in " ".join(drawn.split())
    assert "last of The Illustrated" in " ".join(drawn.split())
    assert plan["phases"] == []
    assert not [line for line in said if line.startswith("Phase ")]


@pytest.mark.parametrize("columns", [40, 80, 120])
@pytest.mark.parametrize(
    ("logged", "drawn", "spoken", "next_says"),
    [
        (70, "minutes used", "its minutes are used", "Today's minutes are used."),
        (50, "minutes used", "its minutes are used", "Today's minutes are used."),
        (20, "free, 40 min", "free, 40 minutes", "Nothing is planned for today."),
    ],
)
def test_plan_and_next_agree_on_whether_today_has_minutes_left(  # noqa: PLR0917 - what is said in each form
    logged: int, drawn: str, spoken: str, next_says: str, columns: int, homes: Homes
) -> None:
    program, monday = homes("empty"), "2026-11-16"
    do(program, "start --track long", today=monday)
    do(program, f"log ml-intro-videos {logged}", today=monday)
    do(program, "later supervised-learning wed", today=monday)
    shown = Terminal(program, columns)("plan", today=monday).text

    (today,) = [line for line in shown.splitlines() if "Mon 16" in line]
    assert drawn in today
    assert f"Monday 16 November: {spoken}" in sentences(program, "plan", today=monday)
    assert next_says in sentences(program, "next", today=monday)


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_time_logged_on_open_lessons_is_not_denied_by_kind(
    columns: int, homes: Homes
) -> None:
    program = homes("short")
    do(program, "log illustrated-transformer 5m")
    why = "no completed lesson has all its time logged"
    drawn = Terminal(program, columns)("forecast", "--by", "kind").text
    said = sentences(program, "forecast --by kind")

    assert f"pace by kind {why}" in " ".join(drawn.split())
    assert f"Pace by kind: {why}" in said
    assert "No time" not in drawn


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_before_a_break_without_an_end_the_chart_reaches_the_last_block(
    columns: int, homes: Homes
) -> None:
    program, monday = homes("empty"), "2026-11-02"
    do(program, "start --track short --hours 2", today=monday)
    do(program, "off add 2026-11-05..", today=monday)
    blocks = ask(program, "plan", today=monday)["blocks"]
    shown = Terminal(program, columns)("forecast", today=monday).text
    why = "no finish date while the break has no end"

    assert blocks[-1]["day"] == "2026-11-04"
    assert re.search(r"Mon 2 Nov .*Wed 4 Nov", shown)
    assert why in " ".join(shown.split())
    assert f"Forecast: {why}" in sentences(program, "forecast", today=monday)


@pytest.mark.parametrize("columns", [40, 80])
def test_an_error_is_no_wider_than_the_terminal_but_for_what_to_try(
    columns: int, homes: Homes
) -> None:
    shown = Terminal(homes("short"), columns)("config", "set", "nope", "1")
    first, *detail, remedy = without_note(shown.stderr).splitlines()

    assert shown.code == 2
    assert (first, remedy) == (
        "error: no setting has the name 'nope'",
        "  try: llmpath config list",
    )
    assert detail[0].startswith("  color, glyphs")
    assert all(len(line) <= columns for line in detail)
    assert "plan.tolerance" in detail[-1]


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_no_quantity_is_broken_over_two_lines(columns: int, homes: Homes) -> None:
    program = homes("short")
    for line in ((), ("status",), ("plan",), ("forecast",), ("target",)):
        rows = Terminal(program, columns)(*line).text.splitlines()
        assert not [row for row in rows if re.match(r" *(h|min|%)( |$)", row)]


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_stopping_shows_no_plan_and_how_to_begin_again(
    columns: int, homes: Homes
) -> None:
    program = homes("begun")
    shown = " ".join(Terminal(program, columns)("start", "--none").text.split())

    assert shown == (
        "No track is active any more. All progress stays. "
        "To begin again: llmpath start --track short undo llmpath undo"
    )
    again = " ".join(Terminal(program, columns)("start", "--none").text.split())
    assert again == (
        "No track is active. Nothing was written. To begin: llmpath tracks"
    )


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_every_note_of_a_start_is_drawn_or_named(columns: int, homes: Homes) -> None:
    program = homes("empty")
    modules = ask(program, "start --track long")["notes"]
    do(program, "undo")
    shown = Terminal(program, columns)("start", "--track", "long").text
    titles = {
        each["module"]: ask(program, f"show {each['module']}")["title"]
        for each in modules
    }
    drawn = " ".join(shown.split())

    assert len(modules) > 6
    for module, title in titles.items():
        assert f"{title}: " in drawn or f"llmpath show {module}" in shown


@pytest.mark.parametrize("columns", [40, 80, 120])
@pytest.mark.parametrize("line", ["replan --dry-run", "replan"])
def test_a_new_plan_shows_each_day_before_and_after(
    line: str, columns: int, homes: Homes
) -> None:
    moves = ask(homes("studied"), "replan --dry-run")["moved"]
    shown = Terminal(homes("studied"), columns)(*line.split()).text
    days = r"[A-Z][a-z]{2} \d+ [A-Z][a-z]{2}(?: \d{4})?"
    below = shown.partition("Lessons begin")[2]
    found = re.findall(rf"^ +{days} +→ +{days}", below, flags=re.MULTILINE)

    assert len(found) == min(12, len(moves)) > 0


@pytest.mark.parametrize("line", ["status", ""])
def test_sentences_say_of_the_plan_what_is_drawn(line: str, homes: Homes) -> None:
    program, monday = homes("empty"), "2026-11-02"
    do(program, "start --track short --hours 1", today=monday)
    do(program, "log illustrated-transformer 5m", today=monday)
    drawn = " ".join(Terminal(program)(*line.split(), today="2026-11-09").text.split())
    said = sentences(program, line, today="2026-11-09")

    assert re.search(
        r"you are 4 study days behind plan ends Tue 24 Nov, was Mon 23 Nov", drawn
    )
    assert "4 study days behind the accepted plan" in said
    assert "Plan ends: Tuesday 24 November, was Monday 23 November" in said
    assert "studied 5 min in all" in drawn
    assert "Studied in all: 5 minutes" in said
    progress = "0 of 9 lessons done, 5 minutes of 2 hours 36 minutes, 3 percent"
    assert f"Progress: {progress}" in said


@pytest.mark.parametrize("line", ["status", "list", "show short"])
def test_sentences_say_for_what_a_module_waits(line: str, homes: Homes) -> None:
    (said,) = [
        each
        for each in sentences(homes("short"), line)
        if each.startswith("Module: Let's build GPT")
    ]

    assert "later: after The Illustrated Transformer, 0 of 6 lessons done" in said
    assert "0 minutes of 1 hour 57 minutes, 0 percent" in said


def test_forecast_says_done_and_planned_and_the_range_ahead(homes: Homes) -> None:
    program = homes("begun")
    forecast = ask(program, "forecast")
    said = sentences(program, "forecast")

    assert "Done since Friday 20 November: 16 percent of the minutes" in said
    assert "Planned by the end of today: 30 percent of the minutes" in said
    first, last = (
        spoken_day(date.fromisoformat(day), date(2026, 11, 20))
        for day in (forecast["p10"], forecast["stated"]["p80"])
    )
    assert f"Range ahead: all of it done between {first} and {last}" in said


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_a_track_of_which_all_is_skipped_is_not_said_to_be_done(
    columns: int, homes: Homes
) -> None:
    program = homes("short")
    do(program, f"skip {GPT} illustrated-transformer rlhf-post")
    for line in ("", "status", "plan", "next", "forecast", "start --track short"):
        drawn = Terminal(program, columns)(*line.split()).text
        assert "is done" not in " ".join(drawn.split())
        assert not [each for each in sentences(program, line) if "is done" in each]
    for line in ("", "status"):
        drawn = Terminal(program, columns)(*line.split()).text
        assert "all that is required is skipped" in " ".join(drawn.split())
        left = "Left: nothing; all that is required is skipped"
        assert left in sentences(program, line)


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_the_weakest_way_out_says_so_and_what_to_type(
    columns: int, homes: Homes
) -> None:
    program = homes("short")
    do(program, "target mon")
    options = ask(program, "target")["options"]
    (extra,) = [each for each in options if each["kind"] == "extra"]
    others = [each["chance"] for each in options if each is not extra]
    drawn = " ".join(Terminal(program, columns)("target").text.split())
    said = sentences(program, "target")

    assert extra["chance"] < min(others)
    assert extra["command"] is None
    weakest = "for eight weeks, the weakest of these ways"
    assert extra["text"].endswith(weakest)
    assert weakest in drawn
    assert [each for each in said if weakest in each]
    day_by_day = "day by day: llmpath off add DATE --hours H"
    assert f"no single command; {day_by_day}" in drawn
    assert f"No single command does it; {day_by_day}" in said


def test_a_way_out_as_strong_as_another_is_not_called_the_weakest() -> None:
    way = WayOut("extra", None, None, None, (), None, 0.101)
    other = way._replace(kind="hours", chance=0.104)

    assert not is_weakest(way, (way, other))
    assert not is_weakest(way, (way,))
    assert is_weakest(way, (way, other._replace(chance=0.2)))


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_a_start_says_in_which_order_the_first_track_ends_sooner(
    columns: int, homes: Homes
) -> None:
    given, better = "--track long --track short", "--track short --track long"
    drawn = Terminal(homes("empty"), columns)("start", *given.split()).text
    said = sentences(homes("empty"), f"start {given}")
    line = f"n this order the first track ends sooner: llmpath start {better}"

    assert f"i{line}" in " ".join(drawn.split())
    assert f"I{line}" in said
    answer = ask(homes("empty"), f"start {given}")
    assert answer["sooner_order"] == ["short", "long"]
    assert answer["tracks"] == ["long", "short"]
    for options in (better, "--track long"):
        assert ask(homes("empty"), f"start {options}")["sooner_order"] is None
        other = sentences(homes("empty"), f"start {options}")
        assert not [each for each in other if "ends sooner" in each]
