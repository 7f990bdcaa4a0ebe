"""`export ics`: a calendar's file over its life, and files that are none."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from tests.cli.program import Program
from tests.cli.states import without_note

START = ("start", "--track", "short", "--hours", "4")
only_posix = pytest.mark.skipif(os.name == "nt", reason="modes, links and pipes")


@pytest.fixture
def file(run: Program, tmp_path: Path) -> Path:
    """Where the calendar of a started study goes."""
    assert run(*START).code == 0
    return tmp_path / "study.ics"


def statuses(file: Path) -> list[tuple[str, str, int]]:
    """Title, status and sequence of each event."""
    events: list[Any] = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    return [
        (str(each["SUMMARY"]), str(each["STATUS"]), int(each["SEQUENCE"]))
        for each in events
    ]


def counts(run: Program, file: Path, *more: str, today: str) -> list[int]:
    """Items, added, changed, cancelled."""
    done = run("export", "ics", "-o", file, "--json", *more, today=today)
    document = done.json()
    assert document["file"] == str(file)
    return [
        document[key]
        for key in ("items", "added_items", "changed_items", "cancelled_items")
    ]


def test_before_a_start_there_is_no_calendar(run: Program, tmp_path: Path) -> None:
    refused = run("export", "ics", "-o", tmp_path / "study.ics")
    assert (refused.code, refused.stdout) == (1, "")
    assert without_note(refused.stderr).startswith("error: no track is started\n")
    assert not (tmp_path / "study.ics").exists()
    assert run("export", "ics").code == 1


@pytest.mark.usefixtures("file")
def test_a_calendar_has_an_event_for_each_block(run: Program) -> None:
    blocks = run("plan", "--all", "--json").json()["blocks"]
    calendar = Calendar.from_ical(run("export", "ics").stdout)
    events: list[Any] = calendar.walk("VEVENT")
    assert [str(each["DTSTART"].dt) for each in events] == [
        each["day"] for each in blocks
    ]
    assert [str(each["SUMMARY"]) for each in events] == [
        each["title"] for each in blocks
    ]


def test_stdout_gets_what_a_new_file_would_get(run: Program, file: Path) -> None:
    run("export", "ics", "--at", "19:00", "-o", file)
    text = run("export", "ics", "--at", "19:00").stdout
    assert file.read_bytes().decode() == text
    assert "DTSTART:20261120T190000\r\n" in text


def test_a_calendar_lives_through_changes_without_force(
    run: Program, file: Path
) -> None:
    assert counts(run, file, today="2026-11-20") == [9, 9, 0, 0]
    first = file.read_bytes()
    assert counts(run, file, today="2026-11-20") == [9, 0, 0, 0]
    assert file.read_bytes() == first
    run("off", "add", "2026-11-24..2026-11-25")
    run("skip", "bigram-baseline")
    assert counts(run, file, today="2026-11-20") == [8, 0, 3, 1]
    run("start", "--none")
    assert counts(run, file, today="2026-11-20") == [0, 0, 0, 8]
    run(*START)
    assert counts(run, file, today="2026-11-20") == [8, 0, 8, 0]
    skipped, *others = sorted(statuses(file))
    assert skipped[1:] == ("CANCELLED", 1)
    assert {status for _, status, _ in others} == {"CONFIRMED"}


def test_the_answer_says_what_is_new(run: Program, file: Path) -> None:
    done = run("export", "ics", "-o", file)
    assert (done.code, done.stdout) == (0, f"{file}\tics\t9\t9\t0\t0\n")
    assert run("export", "ics", "-o", file, "-q").stdout == ""
    said = run("export", "ics", "-o", file, "--force", env={"ACCESSIBLE": "1"}).stdout
    assert said == f"Written to {file}: 9 items as ics\n"


@pytest.mark.parametrize("arguments", [("csv",), ("md",), ("json", "-o", "x")])
def test_a_time_goes_with_a_calendar_only(
    run: Program, arguments: tuple[str, ...]
) -> None:
    refused = run("export", *arguments, "--at", "19:00")
    assert (refused.code, refused.stdout) == (2, "")
    assert refused.stderr.startswith("error: --at goes with ics only")


@pytest.mark.parametrize(
    "at", ["", "19", "24:00", "7pm", "19:60", "-1:00", "\u0663:\u0660\u0660"]
)
def test_a_time_is_hours_and_minutes(run: Program, file: Path, at: str) -> None:
    refused = run("export", "ics", "-o", file, f"--at={at}")
    assert (refused.code, refused.stdout) == (2, "")
    assert not file.exists()


@pytest.mark.usefixtures("file")
def test_a_calendar_is_no_json(run: Program) -> None:
    refused = run("export", "ics", "--json")
    assert (refused.code, refused.stdout) == (2, "")


FOREIGN = {
    "empty": b"",
    "text": b"precious\n",
    "binary": bytes(range(256)) * 64,
    "another calendar": b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n",
    "another journal": b"BEGIN:VCALENDAR\r\nX-LLMPATH-JOURNAL:a\r\nEND:VCALENDAR\r\n",
}


@pytest.mark.parametrize("data", FOREIGN.values(), ids=FOREIGN)
def test_another_file_is_replaced_only_when_forced(
    run: Program, file: Path, data: bytes
) -> None:
    file.write_bytes(data)
    refused = run("export", "ics", "-o", file)
    assert (refused.code, refused.stdout) == (1, "")
    assert without_note(refused.stderr) == (
        f"error: {file} is there already\n"
        "  it is not a calendar of this journal\n"
        "  try: add --force\n"
    )
    assert file.read_bytes() == data
    assert run("export", "ics", "-o", file, "--force").code == 0
    assert len(statuses(file)) == 9


def test_a_huge_file_is_refused_without_reading_all_of_it(
    run: Program, file: Path
) -> None:
    with file.open("wb") as huge:
        huge.truncate(2**36)
    assert run("export", "ics", "-o", file).code == 1
    assert file.stat().st_size == 2**36


def torn(text: str) -> str:
    return text[: len(text) // 2]


def odd(text: str) -> str:
    return text.replace("SEQUENCE:0", "SEQUENCE:many")


def mixed(text: str) -> str:
    event = "BEGIN:VEVENT\r\nUID:mine\r\nDTSTART:20261120T190000\r\nEND:VEVENT\r\n"
    return text.replace("END:VCALENDAR", f"{event}END:VCALENDAR")


@pytest.mark.parametrize("spoil", [torn, odd, mixed])
def test_a_damaged_calendar_is_refused_and_left_alone(
    run: Program, file: Path, spoil: Callable[[str], str]
) -> None:
    run("export", "ics", "-o", file)
    spoiled = spoil(file.read_bytes().decode()).encode()
    file.write_bytes(spoiled)
    refused = run("export", "ics", "-o", file)
    assert (refused.code, refused.stdout) == (5, "")
    assert str(file) in refused.stderr
    assert refused.stderr.endswith("; add --force to begin the calendar anew\n")
    assert file.read_bytes() == spoiled
    assert run("export", "ics", "-o", file, "--force").code == 0
    assert len(statuses(file)) == 9


def test_force_forgets_nothing_of_our_own_calendar(run: Program, file: Path) -> None:
    run("export", "ics", "-o", file)
    run("skip", "bigram-baseline")
    assert counts(run, file, "--force", today="2026-11-20")[3] == 1


def test_a_folder_is_no_file(run: Program, file: Path) -> None:
    for more in ((), ("--force",)):
        refused = run("export", "ics", "-o", file.parent, *more)
        assert (refused.code, refused.stdout) == (1, "")


@only_posix
def test_a_pipe_is_not_waited_for(run: Program, file: Path) -> None:
    os.mkfifo(file)
    assert run("export", "ics", "-o", file).code == 1
    assert run("export", "ics", "-o", file, "--force").code == 1
    assert file.is_fifo()


@only_posix
@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything"
)
def test_a_file_that_cannot_be_read_is_left_alone(run: Program, file: Path) -> None:
    file.write_bytes(b"precious")
    file.chmod(0)
    assert run("export", "ics", "-o", file).code == 1
    file.chmod(0o600)
    assert file.read_bytes() == b"precious"


@only_posix
def test_a_link_stays_a_link_and_its_calendar_is_brought_up_to_date(
    run: Program, file: Path, tmp_path: Path
) -> None:
    real = tmp_path / "real.ics"
    file.symlink_to(real)
    assert counts(run, file, today="2026-11-20") == [9, 9, 0, 0]
    run("skip", "bigram-baseline")
    assert counts(run, file, today="2026-11-20")[3] == 1
    assert file.is_symlink()
    assert len(statuses(real)) == 9
    assert [*tmp_path.glob(".llmpath-*")] == []


@only_posix
def test_a_link_to_another_file_is_refused(
    run: Program, file: Path, tmp_path: Path
) -> None:
    real = tmp_path / "real"
    real.write_bytes(b"precious")
    file.symlink_to(real)
    assert run("export", "ics", "-o", file).code == 1
    assert real.read_bytes() == b"precious"


def test_the_calendar_of_another_journal_is_another_one(
    run: Program, file: Path, tmp_path: Path
) -> None:
    run("export", "ics", "-o", file)
    other = Program(tmp_path / "other")
    other(*START)
    assert other("export", "ics", "-o", file).code == 1
    assert run("export", "ics", "-o", file).code == 0
