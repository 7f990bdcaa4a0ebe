"""A run answers the same with the kept fold and without it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from llmpath.core.events import StudyLogged
from llmpath.core.folding import fold
from llmpath.storage.journal import read_files
from llmpath.storage.kept_fold import LEAST_BYTES, KeptFold, keep_fold, key_of
from llmpath.storage.paths import Places
from llmpath.storage.records import encode_record
from tests.builders import a_record
from tests.cli.program import Program

WRITTEN = (
    "start --track short --by 2027-03-01",
    "done self-attention-detail --took 20m",
    "log lets-build-gpt/bigram-baseline 15 --on yesterday",
    "note lets-build-gpt why-22:11",
    "off add 2026-12-24..2026-12-27",
    "later illustrating-rlhf",
    "undo",
    "redo",
    "skip lets-build-gpt --known",
    "reopen lets-build-gpt",
    "config set plan.buffer 0.2",
    "replan",
    "undo",
)
READ = (
    *("", "next", "status --weeks 4", "plan --all", "forecast", "list", "hours"),
    *("off list", "target", "show short", "note lets-build-gpt", "config list"),
    *("history", "export csv", "export md", "why illustrating-rlhf/rlhf-pipeline"),
)


def other_devices_file(home: Path) -> Path:
    """Years of study of another device, below a home."""
    records = (
        a_record(
            StudyLogged("llmpath:lets-build-gpt/bigram-baseline", n % 50 + 1),
            n=n,
            record_id=f"other{n}",
            device="tower-0003",
        )
        for n in range(1, 400)
    )
    path = home / "data" / "journal" / "tower-0003.2026.jsonl"
    path.parent.mkdir(parents=True, mode=0o700)
    path.write_bytes(b"".join(map(encode_record, records)))
    return path


def kept_folds(run: Program) -> list[Path]:
    return list(run.home.glob("state/*/fold.json"))


@pytest.mark.parametrize(
    "every", [4, pytest.param(1, marks=pytest.mark.thorough)], ids=["some", "all"]
)
def test_a_run_answers_the_same_without_the_kept_fold(every: int, run: Program) -> None:
    assert other_devices_file(run.home).stat().st_size > LEAST_BYTES
    for number, command in enumerate(WRITTEN):
        assert run(*command.split()).code == 0, command
        if number % every:
            continue
        (kept,) = kept_folds(run)
        written = kept.read_bytes()
        with_it = [run(*each.split(), "--json") for each in READ[:-4]]
        with_it += [run(*each.split()) for each in READ[-4:]]
        assert kept.read_bytes() == written, f"not the fold after {command}"
        without = []
        for each in READ:
            kept.unlink(missing_ok=True)
            is_json = each in READ[:-4]
            without.append(run(*each.split(), *(["--json"] if is_json else [])))
        assert with_it == without, command


def test_a_copied_home_with_another_journal_takes_nothing_from_the_kept_fold(
    run: Program, tmp_path: Path
) -> None:
    other_devices_file(run.home)
    run("start", "--track", "short")
    run("done", "self-attention-detail")
    copy = Program(tmp_path / "copy")
    shutil.copytree(run.home, copy.home)
    for path in (copy.home / "data" / "journal").glob("*.2026.jsonl"):
        if not path.name.startswith("tower"):
            first, *_ = path.read_bytes().splitlines(keepends=True)
            path.write_bytes(first)
    assert run("status", "--json").json()["progress"]["done_lessons"] == 1
    assert copy("status", "--json").json()["progress"]["done_lessons"] == 0


def test_doctor_compares_it_with_the_journal(run: Program) -> None:
    other_devices_file(run.home)
    run("start", "--track", "short")
    checks = {each["name"]: each for each in run("doctor", "--json").json()["checks"]}
    assert checks["fold"]["detail"] == "the kept one is that of the journal"
    (kept,) = kept_folds(run)
    (state,) = run.home.glob("state/*")
    files = read_files(Places(run.home / "data", state, run.home / "config.toml"), None)
    keep_fold(state, key_of(files), KeptFold(fold(()), 0, 0, 0))
    told = run("doctor", "--json")
    checks = {each["name"]: each for each in told.json()["checks"]}
    assert (told.code, checks["fold"]["ok"]) == (6, False)
    assert checks["fold"]["detail"] == f"the kept one is wrong; remove {kept}"
    kept.write_bytes(b"spoilt")
    checks = {each["name"]: each for each in run("doctor", "--json").json()["checks"]}
    assert checks["fold"]["ok"]
    assert checks["fold"]["detail"] == "none is kept of the journal as it is now"
