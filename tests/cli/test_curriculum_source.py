"""What is kept of a given curriculum."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from llmpath.cli.curriculum_source import origin_of, read_given

ROAD = b"# Road\n\n- [A](https://example.org/a)\n- [B](b.md)\n"


@pytest.mark.parametrize(
    ("name", "origin"),
    [
        ("-", ""),
        ("road.md", "road.md"),
        ("/home/ada/private plans/road.md", "road.md"),
        ("https://example.org/x/road.md", "https://example.org/x/road.md"),
        ("https://example.org/road.md?token=SECRET#a", "https://example.org/road.md"),
        ("https://ada:SECRET@example.org:8443/road", "https://example.org:8443/road"),
    ],
)
def test_of_a_source_the_name_or_the_address_without_keys_is_kept(
    name: str, origin: str
) -> None:
    assert origin_of(name) == origin


@pytest.mark.parametrize(
    "name",
    [
        "/home/ada/SECRET/road.md",
        "https://example.org/road.md?token=SECRET",
        "https://SECRET@example.org/road.md",
    ],
)
def test_folders_and_keys_are_nowhere_in_what_is_stored(name: str) -> None:
    given = read_given(
        name, own_id="road", form=None, today=date(2026, 11, 20), sources={name: ROAD}
    )
    assert "SECRET" not in given.text
    (track,) = given.curriculum.tracks.values()
    assert track.source == origin_of(name)
    assert track.summary == f"imported from {origin_of(name)}"


def test_the_same_file_in_another_folder_is_the_same_curriculum(tmp_path: Path) -> None:
    texts = set()
    for folder in ("one", "two"):
        name = str(tmp_path / folder / "road.md")
        given = read_given(
            name,
            own_id=None,
            form=None,
            today=date(2026, 11, 20),
            sources={name: ROAD},
        )
        texts.add(given.text)
    assert len(texts) == 1
