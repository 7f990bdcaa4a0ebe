from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cli.program import Program, Result
from tests.cli.test_export import COMMANDS, study
from tests.storage.journal_values import signed

Documents = dict[str, Any]


@pytest.fixture
def backup(run: Program, tmp_path: Path) -> Path:
    """A backup of a home with a history."""
    study(run)
    file = tmp_path / "backup.json"
    assert run("export", "json", "-o", file).code == 0
    return file


@pytest.fixture
def other(tmp_path: Path) -> Program:
    """A second, empty home."""
    return Program(tmp_path / "other")


def answers(run: Program) -> list[Any]:
    commands = (("status",), ("plan", "--all"), ("history",), ("list",), ("hours",))
    return [run(*command, "--json").json() for command in commands]


def files_of(home: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(home)): path.read_bytes()
        for path in home.rglob("*")
        if path.is_file()
    }


def change(file: Path, edit: Callable[[Documents], object]) -> None:
    document = json.loads(file.read_text())
    edit(document)
    file.write_text(json.dumps(document))


def test_a_backup_in_an_empty_home_gives_the_same_answers(
    run: Program, other: Program, backup: Path
) -> None:
    done = other("import", backup)
    assert done.code == 0
    assert answers(other) == answers(run)
    assert other("export", "json").stdout == run("export", "json").stdout


def test_study_goes_on_in_the_new_home(other: Program, backup: Path) -> None:
    other("import", backup)
    assert other("done", "llms-briefly", "--optional").code == 0
    assert other("undo").code == 0
    assert other("doctor").code == 0


def test_one_answer_says_how_many_were_added_and_how_many_were_there(
    run: Program, other: Program, backup: Path
) -> None:
    other("import", backup)
    assert run("note", "lets-build-gpt", "one more").code == 0
    second = backup.with_name("second.json")
    run("export", "json", "-o", second)
    device = run("history", "--json").json()["events"][0]["device"]
    assert other("import", second, "--json").json() == {
        "schema": "llmpath/import/1",
        "curriculum": "llmpath",
        "applied": True,
        "lessons": 1,
        "faults": [],
        "changes": [f"{device}: 1 record, 2026-11-20 to 2026-11-20"],
        "added_records": 1,
        "known_records": len(COMMANDS),
    }
    spoken = other("import", second, env={"ACCESSIBLE": "1"}).stdout
    assert spoken == (
        f"New records: 0. Already there: {len(COMMANDS) + 1}.\nNothing was written.\n"
    )


def test_importing_twice_adds_nothing(other: Program, backup: Path) -> None:
    other("import", backup)
    before = files_of(other.home / "data")
    again = other("import", backup, "--json")
    assert (again.code, again.json()["applied"]) == (0, False)
    assert files_of(other.home / "data") == before


def test_a_dry_run_tells_the_same_and_writes_nothing(
    other: Program, backup: Path
) -> None:
    dry = other("import", backup, "--dry-run", "--json").json()
    assert not other.home.exists()
    wet = other("import", backup, "--json").json()
    assert wet == {**dry, "applied": True}


def test_a_backup_comes_through_a_pipe(
    run: Program, other: Program, backup: Path
) -> None:
    assert other("import", "-", stdin=backup.read_text()).code == 0
    assert answers(other) == answers(run)


def test_a_backup_brings_back_a_line_that_was_damaged(
    run: Program, backup: Path
) -> None:
    before = answers(run)
    (journal,) = (run.home / "data" / "journal").iterdir()
    data = journal.read_bytes()
    journal.write_bytes(data.replace(b'"command":"target', b'"command":"tarXet'))
    done = run("import", backup, "--json")
    assert (done.json()["added_records"], done.code) == (1, 0)
    assert answers(run) == before


def test_records_of_a_newer_version_are_carried_along(
    run: Program, other: Program, backup: Path
) -> None:
    later = json.loads(
        signed(
            {
                "id": "later",
                "v": 1,
                "device": "phone-0001",
                "n": 1,
                "lamport": 99,
                "at": "",
                "day": "2026-11-20",
                "command": "glow",
                "events": [{"type": "Glowed", "deep": [[[{"a": 1.5}]]]}],
            }
        )
    )
    change(backup, lambda document: document["records"].append(later))
    assert other("import", backup).code == 0
    assert later in other("export", "json").json()["records"]
    assert "1 event of a newer version" in other("status").stderr
    assert run("import", backup, "--json").json()["added_records"] == 1


def test_every_damaged_record_is_told_and_nothing_is_written(
    other: Program, backup: Path
) -> None:
    def spoil(document: Documents) -> None:
        document["records"][1]["command"] = "done everything"
        document["records"][3]["crc"] = "00000000"
        document["records"][4] = {}
        del document["records"][5]["id"]

    change(backup, spoil)
    done = other("import", backup, "--json")
    assert (done.code, done.stdout) == (5, "")
    again = "make the backup again"
    assert done.stderr.splitlines() == [
        f"error: {backup} is no whole backup",
        f"  {backup}: records[1]: the checksum does not match; {again}",
        f"  {backup}: records[3]: the checksum does not match; {again}",
        f"  {backup}: records[4]: not a whole record; {again}",
        f"  {backup}: records[5]: the checksum does not match; {again}",
    ]
    assert not other.home.exists()


def test_a_record_under_the_id_of_another_is_refused(
    run: Program, backup: Path
) -> None:
    forged = json.loads(backup.read_text())["records"][0]
    del forged["crc"]
    forged["command"] = "start --track long"
    change(
        backup,
        lambda document: document["records"].append(json.loads(signed(forged))),
    )
    before = files_of(run.home / "data")
    done = run("import", backup)
    assert (done.code, done.stdout) == (5, "")
    assert "records[10]: another record has the same id" in done.stderr
    assert files_of(run.home / "data") == before


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the file is empty"),
        (b"[" * 1_000_000, "nested too deeply"),
        (b'{"records":' * 100_000, "nested too deeply"),
        (b"\xff\xfe{}", "not UTF-8"),
        (b'{"schema": "llmpath/export/1"}', "records: not a list"),
        (b'{"schema": "llmpath/export/9", "records": []}', "made by a newer llmpath"),
        (b'{"schema": "llmpath/status/1", "records": []}', "not llmpath/export/1"),
    ],
)
def test_what_is_no_backup_is_refused(
    other: Program, tmp_path: Path, content: bytes, reason: str
) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(content)
    done = other("import", file)
    assert (done.code, done.stdout) == (5, "")
    assert reason in done.stderr
    assert not other.home.exists()


def test_a_sparse_file_of_100_mb_is_refused_before_it_is_parsed(
    other: Program, tmp_path: Path
) -> None:
    file = tmp_path / "a.json"
    with file.open("wb") as stream:
        stream.truncate(100 * 2**20)
    done = other("import", file)
    assert (done.code, done.stderr.count("larger than 64 MiB")) == (5, 1)


@pytest.mark.parametrize("cut", [2, 50, 400, 2000])
def test_a_truncated_backup_is_refused(other: Program, backup: Path, cut: int) -> None:
    backup.write_bytes(backup.read_bytes()[:-cut].rstrip())
    done = other("import", backup)
    assert (done.code, "not JSON" in done.stderr) == (5, True)
    assert not other.home.exists()


@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.data())
def test_a_backup_with_any_byte_changed_is_refused_or_means_the_same(
    other: Program, backup: Path, data: st.DataObject
) -> None:
    whole = backup.read_bytes()
    place = data.draw(st.integers(0, len(whole) - 1))
    byte = data.draw(st.integers(0, 255))
    mangled = backup.with_name("mangled.json")
    mangled.write_bytes(whole[:place] + bytes([byte]) + whole[place + 1 :])
    done = other("import", mangled, "--dry-run", "--json")
    assert done.code in {0, 5}, done
    if done.code == 0:
        assert done.json()["added_records"] == len(COMMANDS)
    assert not other.home.exists()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("nowhere.json", "no such file or directory"),
        ("", "is a directory"),
        ("a\0b", "not a file's name"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(
    other: Program, tmp_path: Path, name: str, reason: str
) -> None:
    done = other("import", f"{tmp_path}/{name}")
    assert (done.code, done.stdout) == (1, "")
    assert done.stderr.startswith(("error: cannot read ", "error: cannot use "))
    assert reason in done.stderr
    assert not other.home.exists()


def test_two_imports_at_once_add_each_record_once(
    run: Program, other: Program, backup: Path
) -> None:
    command = [sys.executable, "-m", "llmpath", "import", str(backup), "--json"]
    running = [
        subprocess.Popen(
            command,
            env=other.environment(None, None, "2026-11-20"),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        for _ in range(4)
    ]
    ended = [(each.communicate(timeout=60), each.returncode) for each in running]
    results = [Result(code, *said) for said, code in ended]
    assert [each.code for each in results] == [0] * 4
    added = sorted(each.json()["added_records"] for each in results)
    assert added == [0, 0, 0, len(COMMANDS)]
    assert answers(other) == answers(run)
    assert other("doctor").code == 0


def test_another_edition_is_told(other: Program, backup: Path) -> None:
    change(
        backup,
        lambda document: document.update(
            curriculum={"id": "llmpath", "edition": "2025.01"}
        ),
    )
    spoken = other("import", backup, env={"ACCESSIBLE": "1"}).stdout
    assert "The backup was made with edition 2025.01 of the curriculum" in spoken


def test_a_quiet_import_says_nothing(other: Program, backup: Path) -> None:
    done = other("import", backup, "-q")
    assert (done.code, done.stdout, done.stderr) == (0, "", "")
