from __future__ import annotations

import itertools
import json
import os
import stat
import sys
from pathlib import Path

import pytest

from llmpath import __version__
from tests.cli.asking import ask, do
from tests.cli.program import NOON
from tests.cli.states import Homes, files_in, journal_file, records_in

GPT = "lets-build-gpt"
GIVEN = f"note: the present is given: {NOON}\n"


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Homes:
    return Homes(tmp_path_factory.mktemp("options"))


# Where they may stand


def test_an_option_of_the_run_may_stand_anywhere(homes: Homes) -> None:
    words = ["next", "-n", "2"]
    program = homes("short")
    wanted = program("--json", *words)
    for place in range(1, len(words) + 1):
        if words[place - 1] != "-n":
            assert program(*words[:place], "--json", *words[place:]) == wanted


def test_the_order_of_options_of_the_run_does_not_matter(homes: Homes) -> None:
    program = homes("short")
    options = ("--json", "--no-input", f"--today={NOON}")
    answers = {
        program("next", *order).stdout for order in itertools.permutations(options)
    }

    assert len(answers) == 1


def test_options_of_groups_with_commands_of_their_own_may_stand_anywhere(
    homes: Homes,
) -> None:
    program = homes("with days off")

    assert (
        program("--json", "off", "list").stdout
        == program("off", "--json", "list").stdout
        == program("off", "list", "--json").stdout
    )


def test_what_follows_two_dashes_is_left_alone(homes: Homes) -> None:
    program = homes("short")
    do(program, f"note {GPT} -- --json --home x -q")
    notes = ask(program, f"note {GPT}")["notes"]

    assert [note["text"] for note in notes] == ["--json --home x -q"]


def test_options_of_the_run_are_not_in_the_command_that_is_kept(homes: Homes) -> None:
    program = homes("short")
    do(program, f"-q done {GPT} --today {NOON} --json --took 90")

    assert records_in(program.home)[-1]["command"] == f"done {GPT} --took 90"


def test_the_last_of_two_equal_options_counts(homes: Homes, tmp_path: Path) -> None:
    program = homes("short")
    result = program("--home", tmp_path / "other", "next", "--home", program.home)

    assert result.code == 0


# Forms of the answer


def test_json_comes_before_every_other_form(homes: Homes) -> None:
    program = homes("short")
    document = program("next", "--json").stdout
    for others in (["--plain"], ["-q"], ["--color", "always"]):
        assert program("next", "--json", *others).stdout == document
    assert program("next", "--json", env={"ACCESSIBLE": "1"}).stdout == document


def test_a_pipe_gets_what_plain_gives(homes: Homes) -> None:
    program = homes("begun")
    for line in ("", "next", "status", "plan", "list", "history", "tracks"):
        assert program(*line.split()) == program(*line.split(), "--plain")


def test_plain_lines_hold_the_values_of_the_document_in_order(homes: Homes) -> None:
    program = homes("short")
    first = ask(program, "next")["lessons"][0]
    fields = program("next", "--plain").stdout.splitlines()[0].split("\t")

    assert fields[:4] == [first[k] for k in ("id", "module", "module_title", "title")]


def test_accessible_answers_have_no_columns_and_no_padding(homes: Homes) -> None:
    program = homes("begun")
    for line in ("", "next", "status --weeks 2", "plan", "list", "hours", "tracks"):
        answer = program(*line.split(), env={"ACCESSIBLE": "1"}).stdout
        assert answer
        for row in answer.splitlines():
            assert row == " ".join(row.split())
            assert "\t" not in row


def test_accessible_can_be_a_setting(homes: Homes) -> None:
    program = homes("begun")
    wanted = program("status", env={"ACCESSIBLE": "1"}).stdout
    do(program, "config set accessible true")

    assert program("status").stdout == wanted


def test_quiet_leaves_out_confirmations_and_hints_but_no_answer(homes: Homes) -> None:
    program = homes("short")
    quiet = program("-q", "done", GPT)
    saved = len(records_in(program.home))
    asked = program("-q", "next")
    failed = program("-q", "done", "nope-zq")

    assert (quiet.code, quiet.stdout, quiet.stderr) == (0, "", "")
    assert saved == 2
    assert asked.stdout
    assert asked.stderr == ""
    assert failed.stderr.startswith("error: nothing has the id 'nope-zq'")


def test_verbose_says_which_journal_is_used(homes: Homes) -> None:
    program = homes("short")

    assert (
        f"journal: {program.home / 'data' / 'journal'}\n"
        in program("next", "-v").stderr
    )


def test_the_version_is_all_that_is_said(homes: Homes) -> None:
    result = homes("empty")("--version")

    assert result == (0, f"llmpath {__version__}\n", "")


@pytest.mark.parametrize(
    "line", ["-h", "--help", "next -h", "off --help", "off add -h"]
)
def test_help_goes_to_stdout_and_is_no_error(line: str, homes: Homes) -> None:
    result = homes("empty")(*line.split())

    assert result.code == 0
    assert result.stdout.startswith("Usage: llmpath")
    assert result.stderr == ""


def test_bare_in_an_empty_home_is_three_lines_on_how_to_begin(homes: Homes) -> None:
    result = homes("empty")()

    assert result.code == 0
    assert len(result.stdout.splitlines()) == 3
    assert "llmpath start --track short" in result.stdout


# Home


def test_the_option_for_home_comes_before_the_environment(
    homes: Homes, tmp_path: Path
) -> None:
    program = homes("short")
    other = tmp_path / "other"
    result = program("--home", other, "next")

    assert result.code == 1
    assert not other.exists()


def test_a_home_may_begin_with_a_tilde(homes: Homes, tmp_path: Path) -> None:
    program = homes("empty")
    result = program(
        *("--home", "~/study", "start", "--track", "short"),
        env={"HOME": str(tmp_path), "USERPROFILE": str(tmp_path)},
    )

    assert result.code == 0
    assert (tmp_path / "study" / "data" / "journal").is_dir()


def test_looking_creates_nothing(homes: Homes, tmp_path: Path) -> None:
    program = homes("empty")
    new = tmp_path / "new"
    for line in ("", "tracks", "list", "history", "next", "show short", "timer status"):
        program(*line.split(), home=new)

    assert not new.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="no modes on Windows")
def test_files_and_folders_are_the_owners_alone_whatever_the_umask(
    homes: Homes, tmp_path: Path
) -> None:
    program = homes("empty")
    home = tmp_path / "new"
    umask = os.umask(0)
    try:
        program("start", "--track", "short", home=home)
        program("timer", "start", GPT, home=home)
        program("config", "set", "color", "never", home=home)
    finally:
        os.umask(umask)
    modes = {
        (each.is_dir(), stat.S_IMODE(each.stat().st_mode)) for each in home.rglob("*")
    }

    assert modes == {(True, 0o700), (False, 0o600)}


@pytest.mark.skipif(sys.platform != "linux", reason="places of Linux")
def test_without_a_home_the_places_of_the_system_are_used(
    homes: Homes, tmp_path: Path
) -> None:
    places = {
        "LLMPATH_HOME": "",
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
    }
    program = homes("empty")
    program("start", "--track", "short", env=places)
    program("config", "set", "color", "never", env=places)
    names = {str(path.relative_to(tmp_path)) for path in files_in(tmp_path)}

    assert {name for name in names if "lock" not in name and "device" not in name} == {
        "config/llmpath/config.toml",
        next(name for name in names if name.startswith("data/llmpath/journal/")),
        "state/llmpath/archive.jsonl",
        "state/llmpath/marks.json",
    }
    assert "state/llmpath/device.json" in names


# The present


def test_a_given_present_is_said_and_marked_in_the_record(homes: Homes) -> None:
    program = homes("short")
    result = program("log", GPT, "20", today=NOON)
    record = records_in(program.home)[-1]

    assert result.stderr == GIVEN
    assert record["today"] == "given"
    assert (record["at"], record["day"]) == (
        "2026-11-20T12:00:00.000+00:00",
        "2026-11-20",
    )


def test_the_clocks_present_is_neither_said_nor_marked(homes: Homes) -> None:
    program = homes("short")
    result = program("log", GPT, "20", today=None)

    assert result.stderr == ""
    last = max(records_in(program.home), key=lambda each: int(each["n"]))
    assert "today" not in last


def test_the_option_for_today_comes_before_the_environment(homes: Homes) -> None:
    program = homes("short")

    assert ask(program, "next --today 2026-12-01")["today"] == "2026-12-01"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-01", "2026-12-01"),
        ("2026-12-01T18:00:00+00:00", "2026-12-01"),
        ("2026-12-01T18:00Z", "2026-12-01"),
        ("2026-12-01T18:00+14:00", "2026-12-01"),
        ("2000-01-01", "2000-01-01"),
        ("2199-12-31", "2199-12-31"),
    ],
)
def test_a_given_day_is_the_study_day(text: str, day: str, homes: Homes) -> None:
    program = homes("empty")
    do(program, "start --track short", today=text)

    assert ask(program, "next", today=text)["today"] == day
    assert ask(program, "history", today=text)["events"][0]["day"] == day


def test_the_journal_is_lines_of_json(homes: Homes) -> None:
    program = homes("begun")
    data = journal_file(program.home).read_bytes()

    assert data.endswith(b"\n")
    assert all(isinstance(json.loads(line), dict) for line in data.splitlines())
