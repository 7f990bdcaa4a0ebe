"""A check list that was exported, and imported in an empty home: the same progress."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.program import Program

DONE = ("illustrated-transformer", "lets-build-gpt/bigram-baseline")


def progress_of(run: Program) -> dict[str, Any]:
    progress: dict[str, Any] = run("status", "--json").json()["progress"]
    return progress


def lessons_of(run: Program, track: str) -> list[tuple[str, str, int, str | None]]:
    modules = run("list", "--track", track, "--json").json()["modules"]
    return [
        (each["title"], each["kind"], each["minutes"], each["status"] == "done")
        for module in modules
        for each in module["lessons"]
    ]


@pytest.mark.parametrize("track", ["short", "long", "guide"])
def test_an_exported_check_list_brings_the_same_progress(
    track: str, run: Program, tmp_path: Path
) -> None:
    assert run("start", "--track", track, "--hours", "4").code == 0
    (first, second, *_) = run("next", "-n", "9", "--json").json()["lessons"]
    assert run("done", first["id"], second["id"]).code == 0
    path = tmp_path / "plan.md"
    assert run("export", "md", "-o", path).code == 0

    other = Program(tmp_path / "other")
    added = other("curriculum", "add", path, "--as", "own", "--ticks", "--json").json()
    assert added["ticks"] == 2
    (own,) = added["tracks"]
    assert other("start", "--track", own["id"], "--hours", "4").code == 0

    assert progress_of(other) == progress_of(run)
    assert [each[2:] for each in lessons_of(other, own["id"])] == [
        each[2:] for each in lessons_of(run, track)
    ]
    studied = other("status", "--json").json()["studied_minutes"]
    assert studied == 0, "no time is known to have been studied"
