from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from tests.cli.asking import ask, closed_lessons, do, logged_on, sentences, statuses
from tests.cli.program import Program
from tests.cli.states import SHORT, TRANSFORMER, Homes, records_in, timer_file
from tests.cli.transcripts import transcript
from tests.conftest import Golden

SELF = "illustrated-transformer/self-attention-detail"
HEADS = "illustrated-transformer/heads-positions-decoder"
GPT = "lets-build-gpt"
BIGRAM = "lets-build-gpt/bigram-baseline"
BATCHES = "lets-build-gpt/data-and-batches"

TOLD = (
    ("start", "empty", "start --track short"),
    ("start-with-target", "empty", "start --track short --by 2026-12-11 --hours sat=2"),
    ("start-again", "begun", "start --track short --from mon"),
    ("start-none", "begun", "start --none"),
    ("today", "begun", ""),
    ("next", "begun", "next"),
    ("next-5", "short", "next -n 5"),
    ("done", "short", f"done {SELF} --took 20m --on yesterday"),
    ("done-module", "short", f"done {TRANSFORMER} --took 30m"),
    ("done-twice", "begun", f"done {TRANSFORMER}"),
    ("done-blocked", "short", f"done {BATCHES}"),
    ("skip", "short", f"skip {GPT}"),
    ("skip-known", "short", f"skip {TRANSFORMER} --known"),
    ("include", "short", "include llms-briefly"),
    ("later", "short", f"later {GPT}"),
    ("reopen", "begun", f"reopen {SELF}"),
    ("log", "short", f"log {GPT} 20m"),
    ("timer-start", "short", f"timer start {GPT}"),
    ("timer-status", "timing", "timer status"),
    ("timer-stop", "timing", "timer stop --took 20m"),
    ("timer-cancel", "timing", "timer cancel"),
    ("note", "short", f"note {GPT} 'ask: why 22:11?'"),
    ("notes", "noted", f"note {TRANSFORMER}"),
    ("undo", "begun", "undo"),
    ("undo-dry-run", "begun", "undo --dry-run"),
    ("redo", "undone", "redo"),
    ("history", "undone", "history"),
)


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Homes:
    return Homes(tmp_path_factory.mktemp("study"))


@pytest.mark.parametrize(("name", "state", "line"), TOLD, ids=[t[0] for t in TOLD])
def test_study_commands_answer_as_in_the_files(
    name: str, state: str, line: str, homes: Homes, golden: Golden
) -> None:
    golden(f"cli/{name}.txt", transcript(homes, state, line))


# Starting


def test_a_first_start_takes_five_hours_a_week(homes: Homes) -> None:
    start = ask(homes("empty"), SHORT)

    assert start["weekly_minutes"] == 300
    assert list(start["hours"].values()) == [60] * 5 + [0, 0]


def test_another_start_keeps_hours_days_off_and_progress_and_drops_the_target(
    homes: Homes,
) -> None:
    program = homes("begun")
    for line in ("hours sat=3", "off add 2026-12-24", "target 2026-12-11"):
        do(program, line)
    said = sentences(program, "start --track long")
    start = ask(program, "start")

    assert start["tracks"] == ["long"]
    assert start["hours"]["sat"] == 180
    assert start["target"] is None
    assert [each["day"] for each in ask(program, "off list")["days"]] == ["2026-12-24"]
    assert statuses(program, "--track", "short")[SELF] == "done"
    assert "The target is dropped; llmpath target DATE sets one." in said


def test_another_start_with_a_target_keeps_one(homes: Homes) -> None:
    program = homes("with a target")

    assert ask(program, "start --track guide --by 2027-12-24")["target"] == "2027-12-24"


def test_a_start_of_what_is_active_changes_only_what_is_given(homes: Homes) -> None:
    program = homes("with a target")
    do(program, f"done {TRANSFORMER}")
    before = ask(program, "start")
    after = ask(program, "start --hours 6")

    assert after["weekly_minutes"] == 360
    for key in ("tracks", "start", "target"):
        assert after[key] == before[key]
    assert before["event"] is None
    assert after["event"] is not None


def test_several_tracks_are_planned_in_the_order_given(homes: Homes) -> None:
    program = homes("empty")
    do(program, "start --track short --track long")
    blocks = ask(program, "plan")["blocks"]
    short = set(statuses(program, "--track", "short"))
    first_of_long = next(i for i, b in enumerate(blocks) if b["lesson"] not in short)

    assert not short & {block["lesson"] for block in blocks[first_of_long:]}


def test_a_first_start_with_a_target_uses_every_day_up_to_it(homes: Homes) -> None:
    for day in ("2026-11-20", "2026-11-21", "2026-12-11"):
        start = ask(homes("empty"), f"{SHORT} --by {day}")
        assert len(set(start["hours"].values())) == 1
        assert (start["feasible"], start["shortfall_minutes"]) == (True, 0)
        assert start["finish"] <= day


def test_hours_known_before_hold_for_a_start_with_a_target(homes: Homes) -> None:
    start = ask(homes("hours only"), f"{SHORT} --by tomorrow")

    assert start["weekly_minutes"] == 180
    assert start["feasible"] is False
    assert start["shortfall_minutes"] > 0


def test_above_twelve_hours_a_day_a_yes_suffices(homes: Homes) -> None:
    start = ask(homes("empty"), f"{SHORT} --hours sat=13 -y")

    assert start["hours"]["sat"] == 13 * 60


def test_stopping_keeps_the_progress(homes: Homes) -> None:
    program = homes("stopped")
    do(program, SHORT)

    assert statuses(program)[SELF] == "done"


# Completing and leaving out


@pytest.mark.parametrize(
    ("line", "named"),
    [
        (f"skip {GPT}", [GPT]),
        ("include advanced-algorithms", ["advanced-algorithms"]),
        ("done advanced-algorithms --optional", ["advanced-algorithms"]),
        (f"done {GPT} {TRANSFORMER}", [GPT, TRANSFORMER]),
    ],
)
def test_a_command_on_modules_names_those_that_it_took(
    line: str, named: list[str], homes: Homes
) -> None:
    program = homes("studied")
    first, again = (sentences(program, line)[0] for _ in range(2))

    assert [each for each in named if f"({each})" in first] == named
    assert [each for each in named if f"({each})" in again] == named
    assert re.search(r"\d+ lessons of ", first)
    assert again.startswith("Already ")


@pytest.mark.parametrize(
    "line",
    [f"skip {GPT}", "include llms-briefly", f"later {TRANSFORMER}", "skip rlhf-post"],
)
def test_what_changes_the_plan_says_how_many_lessons_moved(
    line: str, homes: Homes
) -> None:
    program = homes("short")
    before = first_days(program)
    answer = ask(program, line)
    after = first_days(program)
    moved = sum(1 for key in before.keys() & after.keys() if before[key] != after[key])

    assert answer["moved_lessons"] == moved
    do(program, "undo")
    words = "No lesson begins" if not moved else f"{moved} lesson"
    assert [said for said in sentences(program, line) if said.startswith(words)]


def first_days(program: Program) -> dict[str, str]:
    """Each planned lesson with the day of its first block."""
    days: dict[str, str] = {}
    for block in ask(program, "plan")["blocks"]:
        days.setdefault(block["lesson"], block["day"])
    return days


def test_done_of_a_module_means_its_required_lessons(homes: Homes) -> None:
    program = homes("short")
    done = ask(program, f"done {TRANSFORMER}")

    assert done["changed"] == [SELF, HEADS]
    assert statuses(program)["illustrated-transformer/transformer-animation"] == "ready"


def test_done_with_optional_takes_all_of_a_module(homes: Homes) -> None:
    program = homes("short")
    done = ask(program, "done llms-briefly --optional")

    assert done["changed"] == ["llms-briefly/llm-in-nine-minutes"]
    assert len(ask(program, f"done {TRANSFORMER} --optional")["changed"]) > 2


def test_done_of_a_blocked_lesson_is_saved_and_names_what_it_needs(
    homes: Homes,
) -> None:
    program = homes("short")
    said = sentences(program, f"done {BATCHES}")

    assert statuses(program)[BATCHES] == "done"
    assert [line for line in said if "usually comes after" in line]


def test_time_on_a_module_is_divided_without_a_minute_lost(homes: Homes) -> None:
    program = homes("short")
    do(program, f"done {GPT} --took 1h37")
    lessons = [each["lesson"] for each in ask(program, f"show {GPT}")["sources"]]
    shares = [logged_on(program, each) for each in lessons]

    assert sum(shares) == logged_on(program, GPT) == 97
    assert len([share for share in shares if share]) > 2


def test_took_adds_to_what_was_logged_and_the_answer_says_the_sum(
    homes: Homes,
) -> None:
    program = homes("short")
    do(program, f"log {SELF} 10m")
    said = sentences(program, f"done {SELF} --took 25")

    assert "Logged 25 minutes; 35 minutes in all." in said


def test_reopening_one_lesson_of_a_module_touches_no_other(homes: Homes) -> None:
    program = homes("begun")
    do(program, f"log {SELF} 10m")
    before = closed_lessons(program)
    reopened = ask(program, f"reopen {SELF}")
    after = closed_lessons(program)

    assert reopened["changed"] == [SELF]
    assert before - after == {SELF}
    assert after - before == set()
    assert logged_on(program, SELF) == 10


def test_a_reopened_lesson_can_be_completed_again(homes: Homes) -> None:
    program = homes("begun")
    do(program, f"reopen {SELF}")
    do(program, f"done {SELF}")

    assert statuses(program)[SELF] == "done"


def test_a_skipped_module_leaves_both_sides_and_opens_what_waited(
    homes: Homes,
) -> None:
    program = homes("short")
    before = ask(program, "status")["progress"]
    progress = ask(program, f"skip {TRANSFORMER}")["progress"]
    now = statuses(program)

    assert (now[SELF], now[HEADS], now[BATCHES]) == ("skipped", "skipped", "ready")
    assert progress["lessons"] == before["lessons"] - 2
    assert (progress["done_lessons"], progress["percent"]) == (0, 0)


def test_done_of_a_skipped_lesson_completes_it(homes: Homes) -> None:
    program = homes("skipped")
    do(program, f"done {SELF}")

    assert statuses(program)[SELF] == "done"


def test_an_included_lesson_counts_and_stands_in_the_plan(homes: Homes) -> None:
    program = homes("short")
    before = ask(program, "status")["progress"]["lessons"]
    included = ask(program, "include llms-briefly")
    lessons = {block["lesson"] for block in ask(program, "plan")["blocks"]}

    assert included["progress"]["lessons"] == before + 1
    assert set(included["changed"]) <= lessons


def test_a_skipped_lesson_comes_back_with_include(homes: Homes) -> None:
    program = homes("skipped")
    do(program, f"include {SELF}")

    assert statuses(program)[SELF] == "ready"


PUT_OFF = "not before Monday 7 December 2026"


def put_off(program: Program, line: str, **options: str) -> list[str]:
    """What an answer in sentences says of lessons that are put off."""
    said = sentences(program, line, **options)
    return [each for each in said if "put off" in each.lower()]


def test_a_deferred_lesson_says_until_when_it_was_put_off(homes: Homes) -> None:
    program = homes("short")
    do(program, f"later {BIGRAM} 2026-12-07")

    assert put_off(program, f"show {BIGRAM}") == [f"Put off: {PUT_OFF}"]
    for line in ("list", f"show {GPT}", "show short"):
        (said,) = put_off(program, line)
        assert f", put off, {PUT_OFF}, id {BIGRAM}" in said


@pytest.mark.parametrize(
    ("then", "today"),
    [
        ("undo", None),
        (f"later {BIGRAM} today", None),
        (f"done {BIGRAM}", None),
        (f"skip {BIGRAM}", None),
        ("note scaling-up x", "2026-12-07"),
    ],
)
def test_what_is_no_longer_put_off_does_not_say_so(
    then: str, today: str | None, homes: Homes
) -> None:
    program = homes("short")
    options = {} if today is None else {"today": today}
    do(program, f"later {BIGRAM} 2026-12-07")
    do(program, then)

    for line in ("list", f"show {BIGRAM}", f"show {GPT}", "show short"):
        assert put_off(program, line, **options) == []


def test_lines_and_json_of_a_deferred_lesson_are_those_of_any(homes: Homes) -> None:
    program = homes("short")
    before = do(program, "list").stdout, ask(program, "list")
    do(program, f"later {BIGRAM} 2026-12-07")

    assert (do(program, "list").stdout, ask(program, "list")) == before


def test_a_deferred_module_is_planned_from_its_day_on(homes: Homes) -> None:
    program = homes("short")
    deferred = set(ask(program, f"later {GPT} 2026-12-07")["changed"])
    days = [b["day"] for b in ask(program, "plan")["blocks"] if b["lesson"] in deferred]

    assert days
    assert min(days) >= "2026-12-07"


def test_without_a_date_later_means_next_monday(homes: Homes) -> None:
    program = homes("short")
    do(program, f"later {SELF}")
    deferred = [
        event
        for event in records_in(program.home)[-1]["events"]
        if event["type"] == "LessonDeferred"
    ]

    assert [event["until"] for event in deferred] == ["2026-11-23"]


# Time


def test_log_shortens_what_is_left(homes: Homes) -> None:
    program = homes("short")
    first = ask(program, "next")["lessons"][0]
    do(program, f"log {first['id']} 5m")
    after = ask(program, "next")["lessons"][0]

    assert after["id"] == first["id"]
    assert after["left_minutes"] == first["left_minutes"] - 5
    assert after["status"] == "active"


def test_logged_minutes_of_an_open_lesson_count_up_to_four_fifths(
    homes: Homes,
) -> None:
    program = homes("short")
    minutes = ask(program, f"show {SELF}")["minutes"]
    progress = ask(program, f"log {SELF} 24h")["progress"]

    assert progress["done_minutes"] == minutes * 8 // 10
    assert progress["done_lessons"] == 0


def test_a_stopped_timer_logs_its_minutes_once(homes: Homes) -> None:
    program = homes("empty")
    do(program, SHORT)
    do(program, f"timer start {GPT}", today="2026-11-20T18:00:00+00:00")
    stop = ask(program, "timer stop", today="2026-11-20T18:25:00+00:00")

    assert (stop["minutes"], stop["running"]) == (25, False)
    assert logged_on(program, BATCHES) == 25
    assert not timer_file(program.home).exists()


def test_done_of_its_lesson_stops_a_timer_and_logs_it(homes: Homes) -> None:
    program = homes("short")
    do(program, f"timer start {SELF}", today="2026-11-20T18:00:00+00:00")
    do(program, f"done {SELF}", today="2026-11-20T18:25:00+00:00")

    assert logged_on(program, SELF) == 25
    assert not timer_file(program.home).exists()


def test_a_time_given_with_done_takes_the_place_of_the_timers(homes: Homes) -> None:
    program = homes("short")
    do(program, f"timer start {SELF}", today="2026-11-20T18:00:00+00:00")
    do(program, f"done {SELF} --took 7", today="2026-11-22T18:25:00+00:00")

    assert logged_on(program, SELF) == 7
    assert not timer_file(program.home).exists()


def test_done_of_another_lesson_leaves_the_timer_running(homes: Homes) -> None:
    program = homes("timing")
    do(program, f"done {BATCHES}")

    assert ask(program, "timer status")["running"] is True
    assert logged_on(program, BATCHES) == 0


def test_a_cancelled_timer_logs_nothing(homes: Homes) -> None:
    program = homes("timing")
    do(program, "timer cancel")

    assert len(records_in(program.home)) == 1
    assert ask(program, "timer status")["running"] is False


def test_a_timer_of_a_lesson_that_is_no_more_can_be_stopped(homes: Homes) -> None:
    program = homes("timing")
    gone = {"lesson": "llmpath:gone/lesson", "since": "2026-11-20T11:00:00+00:00"}
    timer_file(program.home).write_text(json.dumps(gone))
    stop = ask(program, "timer stop", today="2026-11-20T12:00:00+00:00")

    assert (stop["lesson"], stop["minutes"]) == (None, 60)


# Notes


@pytest.mark.parametrize(
    ("line", "stdin", "text"),
    [
        (f"note {GPT} two words", "", "two words"),
        (f"note {GPT} -", "from a pipe\n", "from a pipe"),
        (f"note {GPT} -", "\ufeffwith a mark", "with a mark"),
        (f"note {GPT} -- --json -x", "", "--json -x"),
        (f"note {GPT} 'naïve 多头 🤖'", "", "naïve 多头 🤖"),
        (f"note {GPT} -", "one\r\ntwo\ttabs\n", "one\ntwo tabs"),
        (f"note {GPT} -", "क्\u200dष 👩\u200d💻", "क्\u200dष 👩\u200d💻"),
    ],
)
def test_a_note_is_kept_as_it_was_written(
    line: str, stdin: str, text: str, homes: Homes
) -> None:
    program = homes("short")
    do(program, line, stdin=stdin)

    assert [note["text"] for note in ask(program, f"note {GPT}")["notes"]] == [text]


@pytest.mark.skipif(sys.platform == "win32", reason="the editor is a shell's script")
def test_a_note_can_be_written_in_the_editor(homes: Homes, tmp_path: Path) -> None:
    program = homes("short")
    editor = tmp_path / "ed itor"
    editor.write_text('#!/bin/sh\necho "by $1" > "$2"\n')
    editor.chmod(0o755)
    do(program, f"note {GPT} --edit", env={"VISUAL": f"'{editor}' hand"})

    assert ask(program, f"note {GPT}")["notes"][0]["text"] == "by hand"


def test_a_note_holds_nothing_that_a_terminal_obeys(homes: Homes) -> None:
    program = homes("short")
    result = program("note", GPT, "\x1b[31mred\x07 \x9b1m end")
    shown = do(program, f"note {GPT}").stdout + do(program, "history").stdout

    assert result.code == 0
    assert all(char.isprintable() or char in "\t\n" for char in shown)


# Taking back


def test_undo_five_times_in_a_row_walks_back_to_the_beginning(homes: Homes) -> None:
    program = homes("begun")
    for line in (f"log {GPT} 20m", "hours 6", f"note {GPT} words"):
        do(program, line)
    commands = [ask(program, "undo")["command"] for _ in range(5)]
    sixth = program("undo")

    assert commands == [
        f"note {GPT} words",
        "hours 6",
        f"log {GPT} 20m",
        f"done {TRANSFORMER}",
        SHORT,
    ]
    assert sixth.code == 1
    assert len(records_in(program.home)) == 10
    assert ask(program, "")["tracks"] == []


def test_redo_restores_in_order_until_another_command_writes(homes: Homes) -> None:
    program = homes("begun")
    do(program, f"log {GPT} 20m")
    before = ask(program, "status")
    do(program, "undo")
    do(program, "undo")
    restored = [ask(program, "redo")["command"] for _ in range(2)]
    after = ask(program, "status")
    do(program, "undo")
    do(program, f"note {GPT} words")

    assert restored == [f"done {TRANSFORMER}", f"log {GPT} 20m"]
    assert before == after
    assert program("redo").code == 1


def test_undo_takes_back_all_events_of_one_command(homes: Homes) -> None:
    program = homes("short")
    before = ask(program, "status")
    do(program, f"done {TRANSFORMER} --took 30")
    do(program, "undo")

    assert ask(program, "status") == before


def test_undo_of_a_record_by_its_id_leaves_the_later_ones(homes: Homes) -> None:
    program = homes("begun")
    do(program, f"done {BATCHES}")
    done = ask(program, "history")["events"][1]
    undone = ask(program, f"undo {done['id'][:6]}")

    assert (undone["voided"], undone["command"]) == (done["id"], done["command"])
    assert (statuses(program)[SELF], statuses(program)[BATCHES]) == ("ready", "done")


def test_undo_of_what_is_taken_back_already_writes_nothing(homes: Homes) -> None:
    program = homes("undone")
    voided = ask(program, "history")["events"][1]
    result = do(program, f"undo {voided['id']} --json")

    assert voided["voided"] is True
    assert result.json()["event"] is None
    assert result.stderr.endswith(
        "note: it is taken back already; nothing was written\n"
    )
    assert len(records_in(program.home)) == 3
    do(program, "redo")
    assert statuses(program)[SELF] == "done"


def completed_twice(program: Program) -> tuple[str, str]:
    """Complete the lessons of a module by two records; their ids."""
    first = records_in(program.home)[1]["id"]
    undone = ask(program, "undo")["event"]
    second = ask(program, f"done {TRANSFORMER}")["event"]
    do(program, f"undo {undone}")
    return first, second


def test_undo_names_what_keeps_lessons_done_and_that_one_undone_opens_them(
    homes: Homes,
) -> None:
    program = homes("begun")
    first, second = completed_twice(program)
    progress = ask(program, "status")["progress"]
    told = f"undo {second}"
    tried = ask(program, f"{told} --dry-run")
    undone = ask(program, told)

    (kept,) = undone["still_done"]
    assert undone["progress"] == progress
    assert (kept["id"], kept["day"]) == (first, "2026-11-20")
    assert kept["device"] == records_in(program.home)[0]["device"]
    assert set(kept["lessons"]) == {SELF, HEADS}
    assert tried["still_done"] == undone["still_done"]
    assert ask(program, told)["still_done"] == undone["still_done"]
    last = ask(program, f"undo {first}")
    assert (last["still_done"], last["progress"]["done_lessons"]) == ([], 0)


def test_undo_says_in_sentences_that_lessons_stay_done(homes: Homes) -> None:
    program = homes("begun")
    first, second = completed_twice(program)
    said = sentences(program, f"undo {second}")

    device = records_in(program.home)[0]["device"]
    origin = f"record {first} of Friday 20 November 2026 on {device}"
    assert said[1:3] == [
        f"{SELF} and {HEADS} stay done, by {origin}",
        f"To take that one back: llmpath undo {first}",
    ]


def test_a_dry_run_of_undo_writes_nothing(homes: Homes) -> None:
    program = homes("begun")
    document = ask(program, "undo --dry-run")

    assert (document["event"], document["dry_run"]) == (None, True)
    assert len(records_in(program.home)) == 2


# What is written


def test_every_command_that_writes_appends_one_record(homes: Homes) -> None:
    program = homes("empty")
    lines = (
        SHORT,
        f"done {TRANSFORMER} --took 30",
        f"skip {GPT}",
        f"include {BATCHES}",
        f"later {BATCHES} +3d",
        f"reopen {SELF}",
        f"log {BATCHES} 20",
        f"note {BATCHES} words",
        "hours 6",
        "off add 2026-12-24",
        "off remove 2026-12-24",
        "target 2026-12-11",
        "undo",
        "redo",
        "start --none",
    )
    counts = []
    for line in lines:
        do(program, line)
        counts.append(len(records_in(program.home)))
    records = records_in(program.home)

    assert counts == list(range(1, len(lines) + 1))
    assert [record["command"] for record in records] == list(lines)
    assert [record["n"] for record in records] == counts
    assert {(next(iter(each)), list(each)[-1]) for each in records} == {("id", "crc")}
    assert all(record["today"] == "given" for record in records)


def test_the_first_record_of_a_study_week_alone_carries_what_was_stated(
    homes: Homes,
) -> None:
    program = homes("short")
    do(program, f"log {GPT} 5", today="2026-11-22")
    do(program, f"log {GPT} 5", today="2026-11-23")
    do(program, f"log {GPT} 5", today="2026-11-24")

    carried = ["stated" in record for record in records_in(program.home)]
    assert carried == [True, False, True, False]


def test_the_first_start_alone_names_the_journal(homes: Homes) -> None:
    program = homes("begun")
    do(program, "start --track long")
    started = [
        event
        for record in records_in(program.home)
        for event in record["events"]
        if event["type"] == "TrackStarted"
    ]

    assert [bool(event.get("journal")) for event in started] == [True, False]


# What is asked at the end of a module


def test_after_the_last_lesson_of_a_module_its_outcomes_are_asked(
    homes: Homes,
) -> None:
    program = homes("short")
    first = ask(program, f"done {SELF}")
    last = ask(program, f"done {HEADS}")
    outcomes = ask(program, f"show {TRANSFORMER}")["outcomes"]

    assert first["questions"] == []
    assert last["questions"] == [{"module": TRANSFORMER, "outcomes": outcomes}]


def test_a_modules_note_stands_with_its_first_lesson_only(homes: Homes) -> None:
    program = homes("short")
    notes = {
        each["id"]: each["module_note"] for each in ask(program, "next -n 9")["lessons"]
    }

    assert notes[SELF] == ask(program, f"show {TRANSFORMER}")["note"]
    assert notes[HEADS] is None
