"""A check list that was exported, and imported in an empty home: the same progress."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.program import Program
from tests.conftest import GOLDEN

KEPT = ("title", "url", "kind", "minutes", "optional")


def progress_of(run: Program) -> dict[str, Any]:
    progress: dict[str, Any] = run("status", "--json").json()["progress"]
    return progress


def lessons_of(run: Program, *tracks: str) -> list[dict[str, Any]]:
    """What Markdown can say of the lessons of tracks."""
    return [
        {key: each[key] for key in KEPT}
        # what else there is follows from prerequisites, which Markdown does not have
        | {"status": each["status"] if each["status"] in {"done", "skipped"} else ""}
        | {"optional": each["optional"] or module["optional"]}
        for track in tracks
        for module in run("list", "--track", track, "--json").json()["modules"]
        for each in module["lessons"]
    ]


def brought(run: Program, other: Program, path: Path) -> tuple[dict[str, Any], ...]:
    """What another home has of an export: the answer, and the tracks, started."""
    assert run("export", "md", "-o", path).code == 0
    added = other("curriculum", "add", path, "--as", "copy", "--ticks", "--json").json()
    tracks = [each["id"] for each in added["tracks"]]
    started = [argument for each in tracks for argument in ("--track", each)]
    assert other("start", *started, "--hours", "4").code == 0
    return added, *added["tracks"]


def study(run: Program, *tracks: str) -> None:
    """Start tracks; two lessons are done, one is skipped, one was known."""
    started = [argument for each in tracks for argument in ("--track", each)]
    assert run("start", *started, "--hours", "4").code == 0
    first, second, third, fourth, *_ = (
        each["id"] for each in run("next", "-n", "9", "--json").json()["lessons"]
    )
    assert run("done", first, second).code == 0
    assert run("skip", third).code == 0
    assert run("skip", fourth, "--known").code == 0


def studied_and_brought(
    run: Program, other: Program, track: str, path: Path
) -> tuple[dict[str, Any], ...]:
    """Study a track, bring it to another home, and find the same there."""
    study(run, track)
    added, own = brought(run, other, path)
    assert (added["ticks"], added["skips"]) == (2, 2)
    assert progress_of(other) == progress_of(run)
    assert lessons_of(other, own["id"]) == lessons_of(run, track)
    return added, own


@pytest.mark.parametrize("track", ["short", "long", "guide"])
def test_an_exported_check_list_brings_the_same_progress(
    track: str, run: Program, tmp_path: Path
) -> None:
    other = Program(tmp_path / "other")
    studied_and_brought(run, other, track, tmp_path / "plan.md")

    studied = other("status", "--json").json()["studied_minutes"]
    assert studied == 0, "no time is known to have been studied"


@pytest.mark.parametrize(
    "source",
    [
        *("bread-course.txt", "roadmap.md", "courses.md", "roadmap-sh.json"),
        *("_toctree.yml", "SUMMARY.md"),
    ],
)
def test_an_imported_curriculum_is_brought_on_as_well(
    source: str, run: Program, tmp_path: Path
) -> None:
    path = GOLDEN / "sources" / source
    added = run("curriculum", "add", path, "--as", "own", "--json").json()
    (track,) = [each["id"] for each in added["tracks"]]
    other = Program(tmp_path / "other")
    again, own = studied_and_brought(run, other, track, tmp_path / "plan.md")

    # what was estimated is no statement of a source, and nothing is lost of it
    assert again["guessed_lessons"] == estimated(run, track)
    assert again["guessed_lessons"] == estimated(other, own["id"])


def estimated(run: Program, track: str) -> int:
    """How many lessons of a track have estimated minutes."""
    modules = run("list", "--track", track, "--json").json()["modules"]
    return sum(
        source["basis"] == "estimated"
        for module in modules
        for source in run("show", module["id"], "--json").json()["sources"]
    )


def test_two_active_tracks_are_brought_with_what_is_left_out_in_each(
    run: Program, tmp_path: Path
) -> None:
    path = tmp_path / "two.md"
    path.write_text(
        "# Rope\n\n## Knots roadmap\n\n### Bends\n\n- Sheet bend\n"
        "- Carrick bend (20 min)\n"
        "- Zeppelin bend, (optional)\n- License to tie, 40 min, or less\n\n"
        "## Splicing roadmap\n\n### Hand splices\n\n- Eye splice\n"
        "- [slides](https://example.org/s)\n- Long splice (2 hours)\n",
        encoding="utf-8",
    )
    added = run("curriculum", "add", path, "--as", "own", "--json").json()
    tracks = [each["id"] for each in added["tracks"]]
    assert len(tracks) == 2
    study(run, *tracks)
    other = Program(tmp_path / "other")
    _, *own = brought(run, other, tmp_path / "plan.md")

    assert [each["title"] for each in own] == [
        each["title"] for each in added["tracks"]
    ]
    assert progress_of(other) == progress_of(run)
    assert lessons_of(other, *(each["id"] for each in own)) == lessons_of(run, *tracks)


def test_without_ticks_what_is_skipped_in_the_list_is_said(
    run: Program, tmp_path: Path
) -> None:
    study(run, "short")
    path = tmp_path / "plan.md"
    assert run("export", "md", "-o", path).code == 0
    other = Program(tmp_path / "other")
    added = other("curriculum", "add", path, env={"ACCESSIBLE": "1"})

    assert "2 lessons are skipped in it; --ticks skips them here." in added.stdout
