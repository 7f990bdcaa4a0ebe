from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.program import Program
from tests.cli.test_import import files_of

NAMES = [
    "python",
    "platform",
    "terminal",
    "settings",
    "data",
    "state",
    "modes",
    "journal",
    "missing",
    "fold",
    "newer",
    "clock",
    "curriculum",
    "lessons",
    "timer",
]


def begun(run: Program) -> Path:
    """A home with three records; gives the journal's only file."""
    for command in ("start --track short", "log lets-build-gpt 20", "undo"):
        assert run(*command.split()).code == 0
    (journal,) = (run.home / "data" / "journal").iterdir()
    return journal


def report(run: Program, code: int, **options: Any) -> dict[str, Any]:  # noqa: ANN401 - of `run`
    done = run("doctor", "--json", **options)
    assert (done.code, done.stderr) == (code, ""), done
    document: dict[str, Any] = done.json()
    assert document["ok"] is not any(not each["ok"] for each in document["checks"])
    return document


def failing(document: dict[str, Any]) -> dict[str, str]:
    return {
        each["name"]: each["detail"] for each in document["checks"] if not each["ok"]
    }


def test_an_empty_home_is_sound_and_stays_empty(run: Program) -> None:
    document = report(run, 0)
    assert [each["name"] for each in document["checks"]] == NAMES
    assert document["ok"]
    assert document["damaged"] == []
    assert document["paths"]["data"] == str(run.home / "data")
    assert document["version"].startswith("llmpath ")
    assert not run.home.exists()


def test_a_used_home_is_sound_and_nothing_is_written(run: Program) -> None:
    begun(run)
    before = files_of(run.home)
    document = report(run, 0)
    details = {each["name"]: each["detail"] for each in document["checks"]}
    assert details["journal"].startswith("3 records of 1 device; this one is ")
    assert details["data"] == "can be read and written"
    assert files_of(run.home) == before


def test_a_damaged_line_is_named_with_its_place(run: Program) -> None:
    journal = begun(run)
    whole = journal.read_bytes()
    journal.write_bytes(whole + b"torn\n")
    document = report(run, 6)
    assert document["damaged"] == [
        {
            "file": str(journal),
            "line": 4,
            "byte": len(whole),
            "reason": "not a whole record",
        }
    ]
    assert list(failing(document)) == ["journal"]


def test_a_lost_line_is_told_by_its_number(run: Program) -> None:
    journal = begun(run)
    first, _, third = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(first + third)
    (detail,) = failing(report(run, 6)).values()
    assert detail == f"1 record of {journal.name.split('.')[0]} not here"


def test_a_lost_file_is_told(run: Program) -> None:
    begun(run).unlink()
    (detail,) = failing(report(run, 6)).values()
    assert detail.startswith("the records that this device wrote as ")


def test_faults_of_the_settings_alone_end_with_5(run: Program) -> None:
    begun(run)
    (run.home / "config.toml").write_text("a = 1\nb = 2\n")
    document = report(run, 5)
    assert failing(document)["settings"].count("unknown key") == 2


def test_damage_outweighs_faults(run: Program) -> None:
    begun(run).write_bytes(b"torn\n")
    (run.home / "config.toml").write_text("a = 1\n")
    assert list(failing(report(run, 6))) == ["settings", "journal"]


def test_a_record_of_the_day_after_tomorrow_is_told(run: Program) -> None:
    begun(run)
    assert report(run, 0, today="2026-11-01")["ok"], "--today is no fault of the clock"
    real = Program(run.home.with_name("real"))
    real("start", "--track", "short", today=None)
    document = report(real, 0, today="2020-01-01")
    assert failing(document)["clock"].startswith("1 record after 2020-01-02, the last")
    assert not document["ok"]


def test_what_this_version_does_not_know_is_advice(run: Program) -> None:
    golden = Path(__file__).parents[1] / "golden" / "backups" / "v1.json"
    assert run("import", golden).code == 0
    told = failing(report(run, 0))
    assert told["newer"].endswith(" of a newer version, kept; update llmpath")
    assert told["lessons"].startswith("not in the curriculum: ")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_folder_open_to_others_is_advice(run: Program) -> None:
    begun(run)
    (run.home / "data").chmod(0o755)
    document = report(run, 0)
    assert failing(document) == {
        "modes": f"open to other users: chmod -R go-rwx {run.home / 'data'}"
    }


def break_timer(run: Program) -> None:
    run("timer", "start", "lets-build-gpt/bigram-baseline")
    (timer,) = run.home.glob("state/*/timer.json")
    timer.write_text("{")


def break_journal(run: Program) -> None:
    (run.home / "data").mkdir(parents=True)
    (run.home / "data" / "journal").write_text("")


def break_data(run: Program) -> None:
    run.home.mkdir()
    (run.home / "data").write_text("")


@pytest.mark.parametrize(
    ("spoil", "name"),
    [(break_timer, "timer"), (break_journal, "journal"), (break_data, "data")],
)
def test_what_is_in_the_way_is_damage(
    run: Program, spoil: Callable[[Program], None], name: str
) -> None:
    spoil(run)
    assert name in failing(report(run, 6))


def test_a_running_timer_is_shown(run: Program) -> None:
    run("start", "--track", "short")
    run("timer", "start", "lets-build-gpt/bigram-baseline")
    details = {each["name"]: each["detail"] for each in report(run, 0)["checks"]}
    assert details["timer"] == "runs on lets-build-gpt/bigram-baseline since 0 min"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
@pytest.mark.skipif(
    hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write everywhere"
)
def test_a_folder_without_the_right_to_write_is_damage(run: Program) -> None:
    begun(run)
    (run.home / "data").chmod(0o500)
    try:
        assert "data" in failing(report(run, 6))
    finally:
        (run.home / "data").chmod(0o700)


def test_the_terminal_is_described(run: Program) -> None:
    details = {each["name"]: each["detail"] for each in report(run, 0)["checks"]}
    assert details["terminal"] == (
        "no terminal, utf-8, 80 columns, no colour, unicode, drawings on a terminal"
    )


def test_the_report_is_printed_in_every_form_also_with_damage(run: Program) -> None:
    begun(run).write_bytes(b"torn\n")
    plain = run("doctor")
    assert (plain.code, "torn" in plain.stdout) == (6, False)
    assert "journal\tfalse\t" in plain.stdout
    spoken = run("doctor", env={"ACCESSIBLE": "1"})
    assert spoken.stdout.startswith("Something needs attention.\n")
    assert run("doctor", "-q").stdout == plain.stdout
