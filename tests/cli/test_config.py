from __future__ import annotations

from pathlib import Path

import pytest

from llmpath.cli.setting_values import KEYS
from llmpath.core.plan_settings import SETTINGS, PlanSettings, plan_settings
from llmpath.storage.settings import LOOK_KEYS, LookKey
from tests.cli.program import Program

COLORS = {"NO_COLOR": ""}
"""Takes back what the tests set, so that the environment says nothing on colour."""


def values(run: Program, **environment: str) -> dict[str, tuple[str, str]]:
    """Value and origin of every setting."""
    document = run("config", "list", "--json", env={**COLORS, **environment}).json()
    return {
        each["key"]: (each["value"], each["origin"]) for each in document["settings"]
    }


def write_config(run: Program, text: str) -> Path:
    run.home.mkdir(exist_ok=True)
    path = run.home / "config.toml"
    path.write_text(text)
    return path


def test_an_empty_home_has_the_defaults_and_stays_empty(run: Program) -> None:
    assert values(run) == {
        "color": ("auto", "default"),
        "glyphs": ("auto", "default"),
        "accessible": ("false", "default"),
        "week_starts": ("monday", "default"),
        "plan.day_ends": ("04:00", "default"),
        "plan.buffer": ("0.15", "default"),
        "plan.block_min": ("15", "default"),
        "plan.block_max": ("50", "default"),
        "plan.tolerance": ("10", "default"),
    }
    assert not run.home.exists()


def test_defaults_shown_are_the_defaults_in_force(run: Program) -> None:
    shown = {key: value for key, (value, _) in values(run).items() if key in SETTINGS}
    assert plan_settings(shown) == PlanSettings()


@pytest.mark.parametrize("look", LOOK_KEYS, ids=lambda look: str(look.key))
def test_each_value_of_a_look_is_kept_in_the_file(run: Program, look: LookKey) -> None:
    for value in look.allowed:
        assert run("config", "set", look.key, value).code == 0
        assert values(run)[look.key] == (value, "config.toml")
    run("config", "set", look.key, "default")
    assert values(run)[look.key] == (look.allowed[0], "default")
    assert not (run.home / "data").exists()


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("plan.day_ends", "3:30", "03:30"),
        ("plan.buffer", "12%", "0.12"),
        ("plan.block_min", "20", "20"),
        ("plan.block_max", "90", "90"),
        ("plan.tolerance", "0", "0"),
    ],
)
def test_a_setting_of_the_plan_is_kept_in_the_journal_and_undone(
    run: Program, key: str, text: str, value: str
) -> None:
    before = values(run)
    done = run("config", "set", key, text, "--json")
    assert done.json()["settings"][0]["value"] == value
    assert values(run) == {**before, key: (value, "journal")}
    assert not (run.home / "config.toml").exists()
    assert run("undo").code == 0
    assert values(run) == before
    run("redo")
    run("config", "set", key, "DEFAULT")
    assert values(run) == before


@pytest.mark.parametrize(
    ("key", "environment", "expected"),
    [
        ("color", {"NO_COLOR": "1"}, ("never", "environment NO_COLOR")),
        ("color", {"TERM": "dumb"}, ("never", "environment TERM")),
        ("color", {"FORCE_COLOR": "1"}, ("always", "environment FORCE_COLOR")),
        (
            "color",
            {"NO_COLOR": "1", "FORCE_COLOR": "1"},
            ("never", "environment NO_COLOR"),
        ),
        ("accessible", {"ACCESSIBLE": "1"}, ("true", "environment ACCESSIBLE")),
        ("accessible", {"ACCESSIBLE": "0"}, ("false", "default")),
        ("glyphs", {"LLMPATH_ASCII": "1"}, ("ascii", "environment LLMPATH_ASCII")),
    ],
)
def test_what_outweighs_the_file_is_named(
    run: Program, key: str, environment: dict[str, str], expected: tuple[str, str]
) -> None:
    assert values(run, **environment)[key] == expected


def test_glyphs_of_the_file_outweigh_the_environment(run: Program) -> None:
    run("config", "set", "glyphs", "unicode")
    assert values(run, LLMPATH_ASCII="1")["glyphs"] == ("unicode", "config.toml")


def test_the_option_outweighs_the_environment(run: Program) -> None:
    done = run("config", "get", "color", "--color", "always", "--json")
    (setting,) = done.json()["settings"]
    assert (setting["value"], setting["origin"]) == ("always", "--color")


def test_setting_what_the_environment_outweighs_says_so(run: Program) -> None:
    done = run("config", "set", "color", "always", env={"ACCESSIBLE": "1"})
    assert done.stdout.splitlines()[:2] == [
        f"color is always in {run.home / 'config.toml'}.",
        "On this run environment NO_COLOR outweighs it.",
    ]


def test_get_shows_one_setting_by_any_case(run: Program) -> None:
    done = run("config", "get", "PLAN.Buffer")
    assert done.stdout.split("\t")[:3] == ["plan.buffer", "0.15", "default"]


@pytest.mark.parametrize(
    ("key", "near"),
    [
        ("colour", "did you mean color?"),
        ("block_max", "did you mean plan.block_max?"),
        ("plan.bufer", "did you mean plan.buffer"),
        ("zzz", ", ".join(KEYS)),
    ],
)
def test_an_unknown_key_lists_the_near_ones(run: Program, key: str, near: str) -> None:
    for arguments in (("get", key), ("set", key, "1")):
        refused = run("config", *arguments)
        assert (refused.code, refused.stdout) == (2, "")
        assert near in refused.stderr
    assert not run.home.exists()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("color", "purple"),
        ("accessible", "1"),
        ("week_starts", "tuesday"),
        ("plan.day_ends", "13:00"),
        ("plan.day_ends", "4"),
        ("plan.buffer", "0.5"),
        ("plan.buffer", "nan"),
        ("plan.block_min", "4"),
        ("plan.block_max", "241"),
        ("plan.tolerance", "-1"),
        ("plan.tolerance", ""),
    ],
)
def test_a_value_out_of_range_is_refused(run: Program, key: str, value: str) -> None:
    refused = run("config", "set", "--", key, value)
    assert (refused.code, refused.stdout) == (2, "")
    assert not run.home.exists()


@pytest.mark.parametrize(
    ("key", "value", "remedy"),
    [
        (
            "plan.block_max",
            "29",
            "llmpath config set plan.block_min 14, then this again",
        ),
        (
            "plan.block_min",
            "26",
            "llmpath config set plan.block_max 52, then this again",
        ),
    ],
)
def test_the_longest_block_is_at_least_twice_the_shortest(
    run: Program, key: str, value: str, remedy: str
) -> None:
    refused = run("config", "set", key, value)
    assert (refused.code, refused.stdout) == (2, "")
    lines = refused.stderr.splitlines()
    assert lines[-3] == "error: the longest block must be at least twice the shortest"
    assert lines[-1] == f"  try: {remedy}"
    assert run("history").stdout == ""
    # What it names works.
    first = remedy.partition(",")[0].split()[1:]
    assert run(*first).code == run("config", "set", key, value).code == 0


def test_a_default_that_would_break_the_block_sizes_is_refused(run: Program) -> None:
    run("config", "set", "plan.block_max", "120")
    run("config", "set", "plan.block_min", "40")
    assert run("config", "set", "plan.block_max", "default").code == 2


def test_the_plan_follows_and_the_answer_says_where_it_ends(run: Program) -> None:
    run("start", "--track", "short", "--hours", "mon=18m")
    before = run("plan", "--all", "--json").json()
    done = run("config", "set", "plan.tolerance", "0", env={"ACCESSIBLE": "1"})
    after = run("plan", "--all", "--json").json()
    assert after["finish"] > before["finish"]
    said = done.stdout.splitlines()
    assert said[0] == "plan.tolerance is 0, was 10."
    assert said[1].startswith("The plan ends ")
    assert ", was " in said[1]
    assert said[2] == "Take it back with: llmpath undo"


def test_the_buffer_is_for_the_next_plan(run: Program) -> None:
    run("start", "--track", "short")
    before = run("plan", "--all", "--json").json()
    done = run("config", "set", "plan.buffer", "0.4", env={"ACCESSIBLE": "1"})
    assert "The plan that holds stays" in done.stdout
    assert run("plan", "--all", "--json").json() == before


def test_setting_what_is_so_writes_nothing(run: Program) -> None:
    for key, value in (("plan.tolerance", "20"), ("color", "never")):
        run("config", "set", key, value)
        before = run("history").stdout, (run.home / "data").stat().st_mtime_ns
        again = run("config", "set", key, value, env={"ACCESSIBLE": "1"})
        assert again.stdout.startswith(f"{key} is so already. Nothing was written.\n")
        assert (run("history").stdout, (run.home / "data").stat().st_mtime_ns) == before


@pytest.mark.parametrize(
    "arguments",
    [
        ("list",),
        ("get", "color"),
        ("set", "color", "never"),
        ("set", "plan.buffer", "0.2"),
    ],
)
def test_faults_of_the_file_are_told_all_at_once(
    run: Program, arguments: tuple[str, ...]
) -> None:
    text = 'colour = "auto"\nglyphs = 3\n'
    path = write_config(run, text)
    refused = run("config", *arguments)
    assert (refused.code, refused.stdout) == (5, "")
    assert refused.stderr.splitlines() == [
        f"error: {path} has 2 faults",
        f"  {path}: colour: unknown key; did you mean color?",
        (
            f"  {path}: glyphs: value not allowed;"
            ' write one of "auto", "unicode", "ascii"'
        ),
    ]
    assert path.read_text() == text
    assert not (run.home / "data").exists()


def test_a_faulty_value_is_repaired_by_setting_it(run: Program) -> None:
    path = write_config(run, '# mine\ncolor = "purple"  # loud\n')
    assert run("config", "list").code == 5
    assert run("config", "set", "color", "never").code == 0
    assert path.read_text() == '# mine\ncolor = "never"  # loud\n'


def test_a_file_that_is_no_toml_is_left_as_it_is(run: Program) -> None:
    path = write_config(run, "color = \n")
    for arguments in (("list",), ("set", "color", "never")):
        refused = run("config", *arguments)
        assert (refused.code, refused.stdout) == (5, "")
        assert f"{path}:1: is not TOML" in refused.stderr
    assert path.read_text() == "color = \n"


def test_a_value_of_the_journal_that_cannot_hold_is_not_shown_as_in_force(
    run: Program, tmp_path: Path
) -> None:
    """Two devices, each with a block size that is fine there, are synced."""
    other = Program(tmp_path / "other")
    run("config", "set", "plan.block_max", "30")
    other("config", "set", "plan.block_min", "20")
    backup = tmp_path / "backup.json"
    other("export", "json", "-o", backup)
    run("import", backup)
    shown = values(run)
    assert shown["plan.block_min"] == ("15", "default")
    assert shown["plan.block_max"] == ("50", "default")
