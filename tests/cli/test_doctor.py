from __future__ import annotations

import errno
import os
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from llmpath.core.events import Record
from llmpath.storage.records import decode_record, encode_record
from tests.cli.program import TODAY, Program
from tests.cli.test_import import files_of
from tests.storage.broken_system import FLUSH, break_call

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
    "archive",
    "marks",
    "device",
    "flush",
    "locks",
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


def last_record(journal: Path) -> Record:
    return decode_record(journal.read_bytes().splitlines(keepends=True)[-1])


def report(
    run: Program, code: int, *, repair: bool = False, today: str | None = TODAY
) -> dict[str, Any]:
    done = run("doctor", "--json", *(["--repair"] if repair else ()), today=today)
    assert (done.code, done.stderr) == (code, ""), done
    document: dict[str, Any] = done.json()
    is_well = all(each["ok"] for each in document["checks"])
    is_settled = all(each["whole"] or each["accepted"] for each in document["damaged"])
    assert document["ok"] is (is_well and is_settled)
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
            "whole": False,
            "accepted": False,
        }
    ]
    assert list(failing(document)) == ["journal"]


def test_a_lost_line_is_told_by_its_number(run: Program) -> None:
    journal = begun(run)
    first, _, third = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(first + third)
    (detail,) = failing(report(run, 6)).values()
    assert detail == (
        "1 record is gone from the journal; llmpath doctor --repair restores it;"
        f" 1 record of {journal.name.split('.')[0]} not here"
    )


def test_a_lost_file_is_told(run: Program) -> None:
    begun(run).unlink()
    (detail,) = failing(report(run, 6)).values()
    assert detail.startswith("3 records are gone from the journal; ")


def test_without_the_record_that_starts_a_track_commands_say_what_is_gone(
    run: Program,
) -> None:
    journal = begun(run)
    journal.write_bytes(journal.read_bytes().replace(b"short", b"shorX", 1))
    for command in ("status", "next", ""):
        told = run(*command.split())
        assert (told.code, told.stdout) == (1, "")
        assert "\nerror: records that were here are gone, and with them" in told.stderr
        assert told.stderr.endswith("  try: llmpath doctor --repair\n")
    assert run("doctor", "--repair").code == 0
    assert run("status").code == 0


def test_a_damaged_line_that_may_have_started_a_track_is_told_so(run: Program) -> None:
    journal = begun(run)
    journal.write_bytes(journal.read_bytes().replace(b"short", b"shorX", 1))
    for each in run.home.glob("state/*/*.json*"):
        each.unlink()
    told = run("status")
    assert told.code == 1
    assert told.stderr.endswith(
        "error: no track is started, by what can be read of the journal\n"
        "  a damaged line may have started one\n"
        "  try: llmpath doctor\n"
    )


def test_a_record_that_the_second_copy_lost_is_told_until_it_is_added_again(
    run: Program,
) -> None:
    begun(run)
    (archive,) = run.home.glob("state/*/archive.jsonl")
    archive.write_bytes(archive.read_bytes().replace(b"log lets", b"log Xets"))
    detail = failing(report(run, 0))["archive"]
    assert detail == (
        "2 records; 1 more are in the journal alone: llmpath doctor --repair"
    )
    assert run("doctor", "--repair").code == 0
    assert "archive" not in failing(report(run, 0))


def test_faults_of_the_settings_alone_end_with_5(run: Program) -> None:
    begun(run)
    (run.home / "config.toml").write_text("a = 1\nb = 2\n")
    document = report(run, 5)
    assert failing(document)["settings"].count("unknown key") == 2


def test_damage_outweighs_faults(run: Program) -> None:
    begun(run).write_bytes(b"torn\n")
    (run.home / "config.toml").write_text("a = 1\n")
    assert list(failing(report(run, 6))) == [*("settings", "journal", "missing")]


def test_a_record_of_the_day_after_tomorrow_is_told(run: Program) -> None:
    begun(run)
    assert report(run, 0, today="2026-11-01")["ok"], "--today is no fault of the clock"
    real = Program(run.home.with_name("real"))
    real("start", "--track", "short", today=None)
    document = report(real, 0, today="2020-01-01")
    assert failing(document)["clock"].startswith("1 record after tomorrow, the last on")
    assert not document["ok"]


@pytest.mark.parametrize("away", [("curriculum", "remove", "road"), ("undo", "1")])
def test_what_was_done_in_a_curriculum_that_was_removed_is_no_fault(
    away: tuple[str, ...], run: Program, tmp_path: Path
) -> None:
    path = tmp_path / "road.md"
    path.write_text("# Road\n\n- [ ] A\n- [ ] B\n", encoding="utf-8")
    added = run("curriculum", "add", path, "--json").json()
    assert run("done", "road:road/a", "road:road/b").code == 0
    taken = away if away[0] != "undo" else ("undo", added["event"])
    assert run(*taken).code == 0

    document = report(run, 0)
    (lessons,) = [each for each in document["checks"] if each["name"] == "lessons"]
    assert lessons == {
        "name": "lessons",
        "ok": True,
        "detail": "the curriculum has all that the journal names,"
        " but for 2 ids of road, removed",
    }
    assert document["ok"]


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


def test_a_repair_restores_what_is_gone_and_says_so(run: Program) -> None:
    journal = begun(run)
    whole = journal.read_bytes()
    journal.write_bytes(whole.splitlines(keepends=True)[0])
    before = run("history", "--json").json()
    assert len(before["events"]) == 1

    document = report(run, 0, repair=True)

    assert (document["restored"], document["copied"]) == (2, 0)
    assert sorted(journal.read_bytes().splitlines()) == sorted(whole.splitlines())
    assert document["damaged"] == [], "the file has all its bytes again"
    assert run("next", "-q").stderr == ""
    again = run("doctor", "--repair", env={"ACCESSIBLE": "1"})
    assert again.stdout.startswith("Nothing was to be restored.\n")


def test_a_repair_says_what_it_restored(run: Program) -> None:
    begun(run).unlink()

    done = run("doctor", "--repair", env={"ACCESSIBLE": "1"})

    assert done.code == 0
    assert done.stdout.startswith(
        "Restored from the second copy: 3 records.\nEverything is in order.\n"
    )


def test_a_damaged_line_whose_record_is_whole_elsewhere_is_named_and_no_damage(
    run: Program,
) -> None:
    journal = begun(run)
    first, second, third = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(first + second[:-9] + b"\n" + third)
    assert [each["whole"] for each in report(run, 6)["damaged"]] == [False] * 2

    document = report(run, 0, repair=True)

    assert document["restored"] == 1
    assert [each["line"] for each in document["damaged"]] == [2]
    assert [each["whole"] for each in document["damaged"]] == [True]
    assert run("next", "-q").stderr == ""


def lose_a_record(run: Program) -> None:
    """Damage the second of three records in both copies."""
    journal = begun(run)
    (archive,) = run.home.glob("state/*/archive.jsonl")
    for each in (journal, archive):
        each.write_bytes(each.read_bytes().replace(b"log lets", b"log Xets"))


def test_what_neither_copy_has_can_be_taken_for_lost(run: Program) -> None:
    lose_a_record(run)
    assert report(run, 6, repair=True)["advice"] == (
        "What is lost here may be in another device's copy (llmpath sync) or in a"
        " backup (llmpath import FILE); if not: llmpath doctor --accept-loss"
    )
    assert run("next", "-q").stderr == (
        "warning: 1 damaged line in the journal; see: llmpath doctor\n"
    )

    assert run("doctor", "--accept-loss").code == 0

    document = report(run, 0)
    assert document["advice"] is None
    assert [each["accepted"] for each in document["damaged"]] == [True, True]
    details = {each["name"]: each["detail"] for each in document["checks"]}
    assert details["journal"].endswith(
        "1 damaged line, left in place; what they held is taken for lost"
    )
    assert run("next", "-q").stderr == ""


def test_a_backup_brings_back_what_neither_copy_has(
    run: Program, tmp_path: Path
) -> None:
    begun(run)
    backup = tmp_path / "backup.json"
    assert run("export", "json", "-o", backup).code == 0
    (journal,) = (run.home / "data" / "journal").iterdir()
    (archive,) = run.home.glob("state/*/archive.jsonl")
    for each in (journal, archive):
        each.write_bytes(each.read_bytes().replace(b"log lets", b"log Xets"))
    assert failing(report(run, 6))["missing"] == (
        f"{journal.name} is not as it was seen here; llmpath doctor --repair takes it"
        f" as it is; 1 record of {journal.name.split('.')[0]} not here"
    )
    report(run, 6, repair=True)

    assert run("import", backup).code == 0

    assert report(run, 0)["advice"] is None
    assert run("next", "-q").stderr == ""


def test_a_record_that_is_nowhere_any_more_is_missed_by_every_command(
    run: Program,
) -> None:
    begun(run)
    for _ in range(20):
        run("log", "lets-build-gpt", "1")
    (journal,) = (run.home / "data" / "journal").iterdir()
    first, second, *rest = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(first + b"\n" * len(second) + b"".join(rest))
    assert run("next", "-q").stderr == (
        "warning: 1 record is missing from the journal; see: llmpath doctor\n"
    )
    assert report(run, 0, repair=True)["restored"] == 1
    assert run("next", "-q").stderr == ""


def test_a_file_that_is_still_in_the_cloud_is_advice(run: Program) -> None:
    begun(run)
    (run.home / "data" / "journal" / ".phone-c01d.2026.jsonl.icloud").write_bytes(b"")
    assert failing(report(run, 0)) == {
        "missing": "phone-c01d.2026.jsonl is not downloaded from iCloud yet"
    }


def test_a_folder_in_the_place_of_the_marks_is_to_be_moved_away(run: Program) -> None:
    begun(run)
    (marks,) = run.home.glob("state/*/marks.json")
    marks.unlink()
    marks.mkdir()
    assert failing(report(run, 6)) == {
        "marks": f"a folder is in its place: {marks}; move it away"
    }


def test_what_is_in_the_place_of_the_archive_is_damage(run: Program) -> None:
    begun(run)
    (archive,) = run.home.glob("state/*/archive.jsonl")
    archive.unlink()
    archive.mkdir()

    document = report(run, 6)

    assert failing(document).keys() == {"archive"}
    (damage,) = document["damaged"]
    assert (damage["file"], damage["line"]) == (str(archive), 0)
    assert not damage["whole"]


def test_a_damaged_archive_is_completed_by_a_repair(run: Program) -> None:
    begun(run)
    (archive,) = run.home.glob("state/*/archive.jsonl")
    archive.write_bytes(archive.read_bytes().replace(b'"n":2,', b'"n":8,'))
    document = report(run, 0)
    assert [each["file"] for each in document["damaged"]] == [str(archive)]

    document = report(run, 0, repair=True)

    assert (document["restored"], document["copied"]) == (0, 1)


@pytest.mark.parametrize("name", ["marks", "device"])
def test_a_damaged_file_of_this_machine_is_made_new_by_a_repair(
    run: Program, name: str
) -> None:
    begun(run)
    (path,) = run.home.glob(f"state/*/{name}.json")
    path.write_text("{")
    document = report(run, 6)
    assert failing(document).keys() == {name}
    assert [each["file"] for each in document["damaged"]] == [str(path)]

    assert report(run, 0, repair=True)["damaged"] == []
    assert run("log", "lets-build-gpt", "5", "-q").stderr == ""


def test_a_repair_that_cannot_be_written_changes_nothing(run: Program) -> None:
    run.home.mkdir()
    (run.home / "state").write_text("in the way")

    assert run("doctor", "--repair").code == 3


@pytest.mark.skipif(os.name == "nt", reason="Windows has other locks and flushes")
def test_a_file_system_without_locks_or_flushes_is_advice(
    run: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    fcntl = pytest.importorskip("fcntl")
    begun(run)

    def refuse_lock(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", refuse_lock)
    for call in {"fsync", FLUSH}:
        break_call(monkeypatch, call, errno.EINVAL)

    told = failing(report(run, 0))

    assert told.keys() == {"locks", "flush"}
    assert told["locks"].startswith("the file system has no locks")
    assert told["flush"].startswith("a power cut may lose the last records")


def test_a_clock_that_was_set_back_is_told_once_and_shown(run: Program) -> None:
    folder = begun(run).parent
    real = run("log", "lets-build-gpt", "5", today=None)
    assert real.stderr == ""
    journal = max(folder.iterdir(), key=lambda each: last_record(each).n)
    # as if the clock had been ten minutes ahead when that was written
    *kept, _ = journal.read_bytes().splitlines(keepends=True)
    record = last_record(journal)
    later = datetime.fromisoformat(record.at) + timedelta(minutes=10)
    late = encode_record(record._replace(at=later.isoformat()))
    journal.write_bytes(b"".join(kept) + late)
    for path in run.home.glob("state/*/[am]*"):  # archive and marks
        path.unlink()

    told = run("log", "lets-build-gpt", "5", today=None)
    assert told.code == 0
    assert told.stderr == (
        f"warning: the last record here is of {later.isoformat()}, which is still to"
        " come; is the clock right?\n"
    )
    assert run("log", "lets-build-gpt", "5", today=None).stderr == ""
    details = {each["name"]: each["detail"] for each in report(run, 0)["checks"]}
    assert "set back 1 time, last before " in details["clock"]


def test_records_that_lie_ahead_are_told_with_each_that_is_written(
    run: Program,
) -> None:
    journal = begun(run)
    record = last_record(journal)
    ahead = record._replace(
        id="b" * 16, device="phone-c01d", n=1, day=date(2999, 1, 1), given_today=False
    )
    path = journal.with_name("phone-c01d.2999.jsonl")
    path.write_bytes(encode_record(ahead))
    warning = (
        "warning: records lie ahead of today, the last on 2999-01-01;"
        " is the clock right?\n"
    )

    assert run("next", today=None).stderr == ""
    assert run("log", "lets-build-gpt", "5", today=None).stderr == warning
    assert run("undo", "b" * 16, today=None).stderr == warning
    assert run("log", "lets-build-gpt", "5", today=None).stderr == ""
