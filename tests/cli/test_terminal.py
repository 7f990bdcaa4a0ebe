"""What a person sees and is asked at a terminal."""

from __future__ import annotations

import os
import shlex
import signal
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.asking import ask, closed_lessons, do, logged_on
from tests.cli.states import Homes, records_in, timer_file, without_note

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminals", allow_module_level=True)

from tests.cli.terminal import COLOUR, SECONDS, Pty, Terminal

SELF = "illustrated-transformer/self-attention-detail"
SELF_TITLE = "From the overview to self-attention as matrices"
BIGRAM = "lets-build-gpt/bigram-baseline"
CODED = "lets-build-gpt/self-attention-in-code"
GPT = "lets-build-gpt"
START_OF_TIMER = datetime(2026, 11, 20, 8, tzinfo=UTC)
VIEWS = (
    ("", "begun"),
    ("", "empty"),
    ("next", "short"),
    ("status --weeks 4", "begun"),
    ("plan --all", "begun"),
    ("hours", "with days off"),
    ("target", "with a target"),
    ("tracks", "begun"),
    ("list", "begun"),
    ("show short", "begun"),
    (f"show {SELF}", "begun"),
    ("search gpt", "short"),
    ("history", "undone"),
    ("start --track short", "empty"),
    (f"done {GPT} --took 90", "short"),
    ("timer status", "timing"),
    ("note illustrated-transformer", "noted"),
)


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Homes:
    return Homes(tmp_path_factory.mktemp("terminal"))


# Without an id


def test_done_without_an_id_completes_the_first_lesson_of_next_and_names_it(
    homes: Homes,
) -> None:
    program = homes("short")
    shown = Terminal(program)("done")

    assert shown.code == 0
    assert SELF_TITLE in shown.text
    assert closed_lessons(program) == {SELF}


def test_log_without_an_id_names_the_first_lesson_of_next(homes: Homes) -> None:
    program = homes("short")
    shown = Terminal(program)("log", "20m")

    assert shown.code == 0
    assert SELF_TITLE in shown.text
    assert logged_on(program, SELF) == 20


def test_a_timer_without_an_id_names_the_first_lesson_of_next(homes: Homes) -> None:
    program = homes("short")
    shown = Terminal(program)("timer", "start")

    assert shown.code == 0
    assert SELF_TITLE in shown.text
    assert ask(program, "timer status")["lesson"] == SELF


def test_note_without_an_id_shows_the_notes_of_the_first_lesson(homes: Homes) -> None:
    program = homes("short")
    do(program, f"note {SELF} 'draw the arrows'")
    shown = Terminal(program)("note")

    assert shown.code == 0
    assert "draw the arrows" in shown.text


def test_note_in_the_editor_without_an_id_is_about_the_first_lesson(
    homes: Homes, tmp_path: Path
) -> None:
    program = homes("short")
    editor = a_script(tmp_path, 'echo typed > "$1"')
    shown = Terminal(program)("note", "--edit", env={"EDITOR": editor})

    assert shown.code == 0
    assert SELF_TITLE in shown.text
    assert ask(program, f"note {SELF}")["notes"][0]["text"] == "typed"


def test_open_without_an_id_opens_the_link_of_the_first_lesson(
    homes: Homes, tmp_path: Path
) -> None:
    program = homes("short")
    browser = a_script(tmp_path, f'echo "$1" > {tmp_path}/opened')
    shown = Terminal(program).process("open", env={"BROWSER": browser})
    url = ask(program, f"show {SELF}")["url"]

    assert shown.code == 0
    assert url in shown.text
    assert (tmp_path / "opened").read_text() == f"{url}\n"


def test_open_prints_the_link_before_a_browser_takes_the_screen(
    homes: Homes, tmp_path: Path
) -> None:
    program = homes("short")
    browser = a_script(tmp_path, "echo browsing > /dev/stdout")
    shown = Terminal(program).process("open", GPT, env={"BROWSER": browser})
    url = ask(program, f"show {GPT}")["url"]

    assert shown.text.index(url) < shown.text.index("browsing")


def test_open_answers_with_json_whether_a_browser_took_the_link(
    homes: Homes,
) -> None:
    program = homes("short")
    for name, is_opened in (("true", True), ("false", False)):
        result = program.process("open", GPT, "--json", env={"BROWSER": name})
        document = result.json()
        assert list(document) == ["schema", "lesson", "url", "opened"]
        assert document["schema"] == "llmpath/open/1"
        assert document["opened"] is is_opened
        assert result.code == 0


@pytest.mark.parametrize(
    "line", ["done", "log 20m", "open", "note", "note --edit", "timer start"]
)
def test_without_input_an_id_is_needed_at_a_terminal_too(
    line: str, homes: Homes
) -> None:
    program = homes("short")
    shown = Terminal(program)(*line.split(), "--no-input")

    assert (shown.code, shown.stdout) == (2, "")
    assert "an id is needed" in shown.stderr
    assert len(records_in(program.home)) == 1


@pytest.mark.parametrize("state", ["empty", "stopped"])
def test_without_a_track_there_is_no_first_lesson(state: str, homes: Homes) -> None:
    shown = Terminal(homes(state))("done")

    assert (shown.code, shown.stdout) == (1, "")
    assert "error: no track is started" in shown.stderr


def test_after_the_last_lesson_done_without_an_id_completes_nothing(
    homes: Homes,
) -> None:
    program = homes("short")
    modules = [each["id"] for each in ask(program, "list")["modules"]]
    do(program, " ".join(["done", *modules, "--optional"]))
    shown = Terminal(program)("done")

    assert (shown.code, shown.stdout) == (1, "")
    assert "error: nothing is left to study" in shown.stderr


# Questions


def test_start_asks_for_a_track_by_its_number(homes: Homes) -> None:
    program = homes("empty")
    shown = Terminal(program)("start", typed="2\n")

    assert shown.code == 0
    assert ask(program, "")["tracks"] == ["long"]
    numbers = [line[:2] for line in without_note(shown.stderr).splitlines()[:3]]
    assert numbers == ["1.", "2.", "3."]
    assert shown.stderr.endswith("Which track, 1 to 3? ")


def test_start_takes_a_tracks_id_as_the_answer(homes: Homes) -> None:
    program = homes("empty")
    shown = Terminal(program)("start", "--hours", "sat=2", typed="guide\n")

    assert shown.code == 0
    assert ask(program, "")["tracks"] == ["guide"]


@pytest.mark.parametrize(
    ("typed", "code"), [("\n", 2), ("0\n", 1), ("9\n", 1), ("nope\n", 1), ("\x04", 2)]
)
def test_an_answer_that_is_no_track_starts_nothing(
    typed: str, code: int, homes: Homes
) -> None:
    program = homes("empty")
    shown = Terminal(program)("start", typed=typed)

    assert (shown.code, shown.stdout) == (code, "")
    assert records_in(program.home) == []


@pytest.mark.parametrize(
    ("line", "state"),
    [
        ("start", "empty"),
        ("done 'bigram training'", "short"),
        ("hours 61", "short"),
        ("timer stop", "timing"),
    ],
)
def test_without_input_or_with_json_nothing_is_asked(
    line: str, state: str, homes: Homes
) -> None:
    for option in ("--no-input", "--json"):
        program = homes(state)
        before = records_in(program.home)
        shown = Terminal(program)(
            *shlex.split(line), option, typed="y\n", today="2026-11-20T20:00:00+00:00"
        )
        assert shown.code in {1, 2}
        assert (shown.stdout, records_in(program.home)) == ("", before)
        assert "? " not in shown.stderr


@pytest.mark.parametrize("typed", ["y\n", "yes\n", "Y\n"])
def test_words_of_a_title_are_taken_after_a_yes(typed: str, homes: Homes) -> None:
    program = homes("short")
    shown = Terminal(program)("done", "bigram training", typed=typed)

    assert shown.code == 0
    assert BIGRAM in shown.stderr
    assert closed_lessons(program) == {BIGRAM}


@pytest.mark.parametrize("typed", ["\n", "n\n", "x\n", "\x04"])
def test_words_of_a_title_are_not_taken_without_a_yes(typed: str, homes: Homes) -> None:
    program = homes("short")
    shown = Terminal(program)("done", "bigram training", typed=typed)

    assert (shown.code, shown.stdout) == (1, "")
    assert shown.stderr.endswith("error: nothing was changed\n")
    assert len(records_in(program.home)) == 1


def test_yes_takes_words_of_a_title_at_a_terminal_without_asking(
    homes: Homes,
) -> None:
    program = homes("short")
    shown = Terminal(program)("done", "bigram training", "-y")

    assert shown.code == 0
    assert "?" not in without_note(shown.stderr)
    assert closed_lessons(program) == {BIGRAM}


@pytest.mark.parametrize(
    ("typed", "lesson"), [("1\n", SELF), ("2\n", CODED), (f"{CODED}\n", CODED)]
)
def test_of_two_titles_with_the_words_the_chosen_one_is_taken(
    typed: str, lesson: str, homes: Homes
) -> None:
    program = homes("short")
    shown = Terminal(program, columns=120)("done", "attention", typed=typed)

    assert (shown.code, closed_lessons(program)) == (0, {lesson})
    assert without_note(shown.stderr).splitlines() == [
        "'attention' stands in 2 titles:",
        f"1. {SELF}  {SELF_TITLE}",
        f"2. {CODED}  Self-attention in code, with six notes",
        "Which one, 1 to 2? ",
    ]


def test_a_command_that_only_reads_offers_the_choice_too(homes: Homes) -> None:
    program = homes("short")
    shown = Terminal(program)("show", "attention", typed="2\n")

    assert shown.code == 0
    assert CODED in shown.text


def test_in_accessible_mode_the_titles_are_sentences(homes: Homes) -> None:
    env = {"ACCESSIBLE": "1"}
    terminal = Terminal(homes("short"), columns=120)
    shown = terminal("show", "attention", typed="1\n", env=env)

    assert f"1. {SELF_TITLE}, id {SELF}\n" in shown.stderr


@pytest.mark.parametrize("typed", ["\n", "0\n", "3\n", "y\n", "\x04"])
@pytest.mark.parametrize("option", [[], ["-y"]])
def test_an_answer_that_is_none_of_the_titles_changes_nothing(
    typed: str, option: list[str], homes: Homes
) -> None:
    program = homes("short")
    shown = Terminal(program)("done", "attention", *option, typed=typed)

    assert (shown.code, shown.stdout) == (1, "")
    assert shown.stderr.endswith(
        "error: none of them was chosen\n  try: llmpath search attention\n"
    )
    assert len(records_in(program.home)) == 1


@pytest.mark.parametrize(
    ("track", "line", "reason"),
    [
        ("short", "done attention --no-input", "'attention' matches 2 titles"),
        ("short", "done self", "'self' matches 2 ids"),
        ("long", "show and", "'and' matches 42 titles"),
    ],
)
def test_no_choice_is_offered_among_ids_many_titles_or_without_input(
    track: str, line: str, reason: str, homes: Homes
) -> None:
    program = homes("short")
    do(program, f"start --track {track}")
    shown = Terminal(program)(*line.split())

    assert (shown.code, shown.stdout) == (1, "")
    assert f"error: {reason}" in shown.stderr


@pytest.mark.parametrize(
    ("typed", "code", "minutes"), [("y\n", 0, 61 * 60), ("n\n", 1, 300)]
)
def test_more_than_twelve_hours_a_day_are_questioned(
    typed: str, code: int, minutes: int, homes: Homes
) -> None:
    program = homes("short")
    shown = Terminal(program)("hours", "61", typed=typed)

    assert shown.code == code
    assert "12 hours 12 minutes on one day" in shown.stderr
    assert ask(program, "hours")["weekly_minutes"] == minutes


@pytest.mark.parametrize(("typed", "code"), [("y\n", 0), ("n\n\n", 2)])
def test_a_timer_above_four_hours_is_questioned(
    typed: str, code: int, homes: Homes
) -> None:
    program = homes("short")
    do(program, f"timer start {SELF}", today="2026-11-20T08:00:00+00:00")
    shown = Terminal(program)(
        "timer", "stop", typed=typed, today="2026-11-20T13:00:00+00:00"
    )

    assert shown.code == code
    assert logged_on(program, SELF) == (0 if code else 300)
    assert timer_file(program.home).exists() is bool(code)


@pytest.mark.parametrize("line", ["timer stop", f"done {SELF}"])
@pytest.mark.parametrize(
    ("hours", "typed"), [(5, "n\n1h30\n"), (40, "1h30\n"), (40, " 90 \n")]
)
def test_a_timer_too_long_to_be_all_study_asks_how_long_it_was(
    line: str, hours: int, typed: str, homes: Homes
) -> None:
    program = homes("short")
    stop = START_OF_TIMER + timedelta(hours=hours)
    do(program, f"timer start {SELF}", today=START_OF_TIMER.isoformat())
    shown = Terminal(program)(*line.split(), typed=typed, today=stop.isoformat())

    assert shown.code == 0
    assert shown.stderr.endswith("; how long did you study, such as 45m? ")
    assert logged_on(program, SELF) == 90
    assert not timer_file(program.home).exists()


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("\n", "the timer has run for 40 hours"),
        ("\x04", "the timer has run for 40 hours"),
        ("y\n", "'y' is not a duration"),
        ("40h\n", "'40h' is not a duration from 1 minute to 24 hours"),
    ],
)
def test_a_timer_above_a_day_runs_on_without_a_time_to_log(
    typed: str, reason: str, homes: Homes
) -> None:
    program = homes("short")
    do(program, f"timer start {SELF}", today="2026-11-20T18:00:00+00:00")
    shown = Terminal(program)(
        "timer", "stop", "-y", typed=typed, today="2026-11-22T10:00:00+00:00"
    )

    assert (shown.code, shown.stdout) == (2, "")
    assert f"error: {reason}" in shown.stderr
    assert timer_file(program.home).exists()


@pytest.mark.parametrize("typed", ["1\n", "y\n", "yes\n"])
def test_in_accessible_mode_a_yes_has_a_number(typed: str, homes: Homes) -> None:
    program = homes("short")
    shown = Terminal(program, columns=120)(
        "done", "bigram training", typed=typed, env={"ACCESSIBLE": "1"}
    )
    asked = without_note(shown.stderr).splitlines()

    assert (shown.code, closed_lessons(program)) == (0, {BIGRAM})
    assert asked[0].endswith(f"({BIGRAM}); go on?")
    assert asked[1:] == ["1. yes", "2. no", "Type 1 for yes or 2 for no: "]


@pytest.mark.parametrize("typed", ["2\n", "n\n", "\n", "3\n", "\x04"])
def test_in_accessible_mode_what_is_no_yes_changes_nothing(
    typed: str, homes: Homes
) -> None:
    program = homes("short")
    do(program, "config set accessible true")
    shown = Terminal(program)("done", "bigram training", typed=typed)

    assert (shown.code, shown.stdout) == (1, "")
    assert "2. no" in shown.stderr
    assert len(records_in(program.home)) == 1


def test_in_accessible_mode_the_tracks_are_asked_for_in_sentences(
    homes: Homes,
) -> None:
    program = homes("empty")
    shown = Terminal(program)("start", typed="1\n", env={"ACCESSIBLE": "1"})
    asked = without_note(shown.stderr).splitlines()

    assert ask(program, "")["tracks"] == ["short"]
    assert asked[0].startswith("1. ")
    assert asked[0].endswith(", 2 hours 36 minutes, id short")
    assert all("  " not in line for line in asked)
    assert asked[-1] == "Which track, 1 to 3? "


@pytest.mark.usefixtures("interruptible")
def test_an_interrupt_at_a_question_saves_nothing(homes: Homes) -> None:
    program = homes("empty")
    screen, errors = Pty(80), Pty(80)
    with Terminal(program).start(screen, errors, "start") as child:
        errors.wait_for("Which track")
        os.kill(child.pid, signal.SIGINT)
        code = child.wait(timeout=SECONDS)
    screen.close()

    assert code == 130
    assert errors.close().endswith("interrupted; nothing was saved\n")
    assert records_in(program.home) == []


def test_a_question_left_open_keeps_no_other_terminal_from_writing(
    homes: Homes,
) -> None:
    program = homes("empty")
    screen, errors = Pty(80), Pty(80)
    with Terminal(program).start(screen, errors, "start") as child:
        errors.wait_for("Which track")
        other = program.process("hours", "6")
        child.kill()
    screen.close()
    errors.close()

    assert other.code == 0


# What is drawn


@pytest.mark.parametrize(
    ("view", "columns"),
    [
        *((view, 40) for view in VIEWS),
        *((view, columns) for view in VIEWS[:7] for columns in (80, 120)),
    ],
    ids=str,
)
def test_no_line_is_wider_than_the_terminal(
    view: tuple[str, str], columns: int, homes: Homes
) -> None:
    line, state = view
    shown = Terminal(homes(state), columns)(*line.split())
    wide = [row for row in shown.text.splitlines() if len(row) > columns]

    assert shown.code == 0, shown
    assert shown.text.strip()
    assert not [row for row in wide if not is_one_piece(row, columns)]


def is_one_piece(row: str, columns: int) -> bool:
    """Whether a row is one link, one long id or one command, which are not broken."""
    words = row.split()
    is_command = words[0] == "llmpath" and len(words) <= 3
    return is_command or (len(words) == 1 and len(words[0]) + 4 > columns)


def test_the_width_of_the_window_counts_where_no_variable_says_it(
    homes: Homes,
) -> None:
    terminal = Terminal(homes("begun"), columns=50)
    shown = terminal.process("status", env={"COLUMNS": ""})
    rows = [len(row.rstrip()) for row in shown.text.splitlines()]

    assert 40 < max(rows) <= 50


def test_a_terminal_gets_colour_and_a_dumb_one_not_one_escape(homes: Homes) -> None:
    terminal = Terminal(homes("begun"))
    for line in ("", "next", "status", "plan", "list", "tracks", f"show {GPT}"):
        plain = terminal(*line.split(), env={"TERM": "dumb"}).stdout
        assert COLOUR.search(terminal(*line.split()).stdout), line
        assert "\x1b" not in plain, line
        assert plain.strip()


@pytest.mark.parametrize(
    ("options", "env", "colour"),
    [
        ([], {}, 1),
        ([], {"NO_COLOR": "1"}, 0),
        ([], {"NO_COLOR": ""}, 1),
        (["--color", "never"], {}, 0),
        (["--color", "never"], {"FORCE_COLOR": "1"}, 0),
        (["--color", "always"], {"NO_COLOR": "1"}, 1),
        (["--color", "auto"], {"NO_COLOR": "1"}, 0),
        ([], {"NO_COLOR": "1", "FORCE_COLOR": "1"}, 0),
        (["--json"], {"FORCE_COLOR": "1"}, 0),
        (["--plain"], {"FORCE_COLOR": "1"}, 0),
        ([], {"ACCESSIBLE": "1"}, 0),
    ],
)
def test_colour_is_used_where_it_is_wanted(
    options: list[str], env: dict[str, str], colour: int, homes: Homes
) -> None:
    shown = Terminal(homes("begun"))("status", *options, env=env)

    assert bool(COLOUR.search(shown.stdout)) is bool(colour)


def test_colour_can_be_a_setting(homes: Homes) -> None:
    program = homes("begun")
    do(program, "config set color never")

    assert not COLOUR.search(Terminal(program)("status").stdout)


@pytest.mark.parametrize(("line", "state"), VIEWS[:10])
def test_a_screen_without_unicode_gets_ascii(
    line: str, state: str, homes: Homes
) -> None:
    shown = Terminal(homes(state), encoding="ascii")(*line.split())

    assert shown.code == 0
    assert shown.stdout.isascii()


LOCALES: tuple[tuple[dict[str, str], bool], ...] = (
    ({}, False),
    ({"LC_ALL": "C"}, True),
    ({"LC_ALL": "POSIX", "LANG": "en_US.UTF-8"}, True),
    ({"LC_ALL": "C.UTF-8", "LANG": "C"}, False),
    ({"LC_CTYPE": "C", "LANG": "C.UTF-8"}, True),
    ({"LC_CTYPE": "C.UTF-8", "LANG": "C"}, False),
    ({"LANG": "C"}, True),
    ({"LANG": "POSIX", "LC_CTYPE": ""}, True),
    ({"LANG": "C.UTF-8"}, False),
)


@pytest.mark.skipif(
    not Path("/proc/self/environ").exists(), reason="nothing says what Python changed"
)
@pytest.mark.parametrize(("env", "is_ascii"), LOCALES, ids=str)
def test_the_locale_that_the_user_set_decides_on_glyphs(
    env: dict[str, str], *, is_ascii: bool, homes: Homes
) -> None:
    shown = Terminal(homes("begun")).process("status", env={**env, "PYTHONUTF8": ""})

    assert shown.code == 0
    assert shown.stdout.isascii() is is_ascii


def test_a_setting_outweighs_the_locale(homes: Homes) -> None:
    program = homes("begun")
    do(program, "config set glyphs unicode")

    assert not Terminal(program)("status", env={"LC_ALL": "C"}).stdout.isascii()


def test_what_ascii_cannot_draw_is_drawn_otherwise(homes: Homes) -> None:
    program = homes("begun")
    for line in ("", "status", "plan"):
        by_encoding = Terminal(program, encoding="ascii")(*line.split()).stdout
        by_variable = Terminal(program)(*line.split(), env={"LLMPATH_ASCII": "1"})
        assert by_encoding == by_variable.stdout
        assert "?" not in by_encoding.replace("watch?v=", "")


def test_an_accessible_terminal_gets_the_sentences_of_a_pipe(homes: Homes) -> None:
    program = homes("begun")
    for line in ("", "next", "status", "plan", "list"):
        piped = program(*line.split(), env={"ACCESSIBLE": "1"}).stdout
        shown = Terminal(program)(*line.split(), env={"ACCESSIBLE": "1"}).stdout
        assert shown == piped


def test_json_at_a_terminal_is_that_of_a_pipe(homes: Homes) -> None:
    program = homes("begun")

    assert (
        Terminal(program)("status", "--json").stdout
        == program("status", "--json").stdout
    )


def test_a_target_before_the_day_of_a_deferred_lesson_says_what_hinders(
    homes: Homes,
) -> None:
    program = homes("short")
    do(program, "later rlhf-post 2026-12-11")
    drawn = Terminal(program)("target", "2026-12-01").text

    assert "a week           no number of hours is enough\n" in drawn
    assert "some of what is left has no study day until then\n" in drawn


def test_a_hostile_note_reaches_no_terminal(homes: Homes) -> None:
    program = homes("begun")
    program("note", GPT, "\x1b]0;owned\x07 \x1b[2J \x9b31m \u202eevil")
    for line in (f"note {GPT}", "history", f"show {GPT}"):
        shown = Terminal(program)(*line.split(), env={"TERM": "dumb"})
        assert not set("\x1b\x07\x9b\u202e") & set(shown.stdout + shown.stderr)


def a_script(folder: Path, body: str) -> str:
    """A program of a shell's lines."""
    path = folder / "script"
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return str(path)
