from __future__ import annotations

import csv
import json
import os
from io import StringIO
from pathlib import Path

import pytest

from tests.cli.program import Program

COMMANDS = (
    ("start", "--track", "short", "--hours", "4"),
    ("done", "illustrated-transformer", "--took", "50"),
    ("skip", "lets-build-gpt/data-and-batches", "--known"),
    ("log", "lets-build-gpt/bigram-baseline", "25", "--on", "yesterday"),
    ("note", "lets-build-gpt", "=1+1 | *bold* \U0001f600"),
    ("off", "add", "2026-12-24..2026-12-26"),
    ("target", "2027-01-31"),
    ("config", "set", "plan.block_max", "90"),
    ("hours", "mon=1h,sat=3h"),
    ("undo",),
)


def study(run: Program) -> None:
    for command in COMMANDS:
        assert run(*command).code == 0, command


def lines_on_disk(home: Path) -> list[str]:
    files = sorted((home / "data" / "journal").glob("*.jsonl"))
    return [line for file in files for line in file.read_text("ascii").splitlines()]


def test_a_backup_holds_every_record_as_it_stands_on_disk(run: Program) -> None:
    study(run)
    done = run("export", "json")
    assert done.code == 0
    document = done.json()
    assert list(document) == [
        "schema",
        "app",
        "curriculum",
        "started",
        "records",
        "curricula",
    ]
    assert document["schema"] == "llmpath/export/1"
    assert document["started"] == "2026-11-20"
    lines = [json.dumps(each, separators=(",", ":")) for each in document["records"]]
    assert lines == lines_on_disk(run.home)
    assert len(lines) == len(COMMANDS)


def test_the_backup_of_an_empty_home_is_empty_and_writes_nothing(run: Program) -> None:
    document = run("export", "json").json()
    assert (document["started"], document["records"]) == (None, [])
    assert not run.home.exists()


def test_a_damaged_line_stays_out_of_the_backup(run: Program) -> None:
    study(run)
    (journal,) = (run.home / "data" / "journal").iterdir()
    with journal.open("a", encoding="ascii") as file:
        file.write("torn\n")
    done = run("export", "json")
    assert len(done.json()["records"]) == len(COMMANDS)
    assert "1 damaged line" in done.stderr


@pytest.mark.parametrize("format_", ["json", "csv", "md"])
def test_a_file_gets_what_stdout_would_get(
    run: Program, tmp_path: Path, format_: str
) -> None:
    study(run)
    file = tmp_path / "out"
    done = run("export", format_, "-o", file)
    assert (done.code, done.stdout.split("\t")[:2]) == (0, [str(file), format_])
    assert file.read_bytes().decode() == run("export", format_).stdout
    assert run("export", format_, "-o", "-").stdout == run("export", format_).stdout


def test_the_answer_on_a_file_counts_its_records_or_lessons(
    run: Program, tmp_path: Path
) -> None:
    study(run)
    answers = [
        run("export", name, "-o", tmp_path / name, "--json").json()
        for name in ("json", "csv", "md")
    ]
    rows = len(run("export", "csv").stdout.splitlines()) - 1
    assert answers == [
        {
            "schema": "llmpath/export/1",
            "file": str(tmp_path / name),
            "format": name,
            "items": items,
            "added_items": None,
            "changed_items": None,
            "cancelled_items": None,
        }
        for name, items in (("json", len(COMMANDS)), ("csv", rows), ("md", rows))
    ]


def test_a_file_is_not_replaced_unless_forced(run: Program, tmp_path: Path) -> None:
    file = tmp_path / "backup.json"
    file.write_text("precious")
    refused = run("export", "json", "-o", file)
    assert (refused.code, refused.stdout) == (1, "")
    assert refused.stderr == (f"error: {file} is there already\n  try: add --force\n")
    assert file.read_text() == "precious"
    assert run("export", "json", "-o", file, "--force").code == 0
    assert json.loads(file.read_text())["records"] == []


def test_a_folder_is_refused_also_when_forced(run: Program, tmp_path: Path) -> None:
    done = run("export", "json", "-o", tmp_path, "--force")
    assert (done.code, done.stderr.splitlines()[0]) == (
        1,
        f"error: {tmp_path} is a folder",
    )


def test_a_missing_folder_saves_nothing(run: Program, tmp_path: Path) -> None:
    done = run("export", "csv", "-o", tmp_path / "no" / "out.csv")
    assert (done.code, done.stdout) == (3, "")
    assert not (tmp_path / "no").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_file_has_the_mode_that_the_umask_leaves(
    run: Program, tmp_path: Path
) -> None:
    before = os.umask(0o022)
    try:
        run("export", "json", "-o", tmp_path / "out")
    finally:
        os.umask(before)
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o644
    assert list(tmp_path.glob("*.tmp")) == []


def test_csv_has_the_lessons_of_the_active_tracks(run: Program) -> None:
    study(run)
    rows = list(csv.DictReader(StringIO(run("export", "csv").stdout, newline="")))
    by_id = {row["lesson"]: row for row in rows}
    listed = run("list", "--json").json()["modules"]
    lessons = [each["id"] for module in listed for each in module["lessons"]]
    assert list(by_id) == lessons
    done = by_id["illustrated-transformer/self-attention-detail"]
    assert (done["status"], done["done_on"], done["planned"]) == (
        "done",
        "2026-11-20",
        "",
    )
    skipped = by_id["lets-build-gpt/data-and-batches"]
    assert skipped["status"] == "skipped"
    assert skipped["note"] == "2026-11-20 (module): =1+1 | *bold* \U0001f600"
    active = by_id["lets-build-gpt/bigram-baseline"]
    assert (active["status"], active["logged"], active["track"]) == (
        "active",
        "25",
        "short",
    )


def test_before_a_start_csv_and_md_have_the_whole_curriculum(run: Program) -> None:
    listed = run("list", "--json").json()["modules"]
    count = sum(len(module["lessons"]) for module in listed)
    assert len(run("export", "csv").stdout.splitlines()) == 1 + count
    assert run("export", "md").stdout.count("\n- [ ] ") == count


def test_markdown_ticks_what_is_done_and_escapes_notes(run: Program) -> None:
    study(run)
    text = run("export", "md").stdout
    done = run("status", "--json").json()["progress"]["done_lessons"]
    assert text.count("- [x] ") == done == 2
    assert r"- note 2026-11-20: =1+1 \| \*bold\*" in text


def test_csv_is_no_json(run: Program, tmp_path: Path) -> None:
    refused = run("export", "csv", "--json")
    assert (refused.code, refused.stdout) == (2, "")
    assert run("export", "csv", "--json", "-o", tmp_path / "out").code == 0


@pytest.mark.parametrize("arguments", [(), ("xml",), ("json", "csv")])
def test_a_format_is_one_of_four(run: Program, arguments: tuple[str, ...]) -> None:
    refused = run("export", *arguments)
    assert (refused.code, refused.stdout) == (2, "")


def test_stdout_gets_utf_8_and_cr_lf_also_where_the_locale_is_ascii(
    run: Program,
) -> None:
    study(run)
    settings = {"PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    text = run.process("export", "csv", env=settings).stdout
    assert text == run("export", "csv").stdout.replace("\r\n", "\n")
    assert "\U0001f600" in text
