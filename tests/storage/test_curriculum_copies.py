"""Curricula that were added: their copies, and which of them are read."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from llmpath.core.curriculum import BUNDLED
from llmpath.core.events import CurriculumStored, Event, LinkReplaced, TrackStarted
from llmpath.core.folding import fold
from llmpath.storage.curriculum_copies import (
    FOLDER,
    copy_name,
    copy_path,
    keep_copy,
    read_copy,
    read_library,
)
from llmpath.storage.paths import Places
from tests.builders import a_record
from tests.storage.journal_values import a_home

LESSON: dict[str, Any] = {
    "id": "one",
    "title": "One",
    "url": None,
    "stop": None,
    "minutes": 30,
    "machine_minutes": None,
    "kind": "reading",
    "optional": False,
    "access": "free",
    "needs": [],
    "basis": "published",
    "source": "its page",
    "topics": [],
}
MODULE: dict[str, Any] = {
    "id": "first",
    "title": "First",
    "authors": [],
    "provider": "x",
    "url": "https://example.org/",
    "format": "pages",
    "year": None,
    "price": None,
    "prerequisites": [],
    "assumes": [],
    "outcomes": [],
    "tags": [],
    "added": False,
    "note": None,
    "alternatives": [],
    "study_minutes": None,
    "lessons": [LESSON],
}


def a_text(name: str = "own", **changed: Any) -> str:  # noqa: ANN401 - of a document
    """A stored curriculum of one lesson."""
    phase = {
        "id": "phase",
        "title": "Phase",
        "goal": "g",
        "modules": [{"module": "first", "optional": False}],
    }
    track = {
        "id": "main",
        "title": "Main",
        "summary": "s",
        "audience": "a",
        "stated_hours": None,
        "source": "x",
        "phases": [phase],
    }
    document = {
        "format": 1,
        "id": name,
        "title": "Own",
        "edition": "1",
        "tracks": [track],
        "modules": [MODULE],
        "changes": [],
    }
    return json.dumps(document | changed)


def library_of(home: Places, *events: Event) -> Any:  # noqa: ANN401 - a library
    """What is read where these events were written."""
    return read_library(home, fold([a_record(*events)]))


def test_a_stored_copy_in_force_is_joined_to_the_bundled_curriculum(
    tmp_path: Path,
) -> None:
    home = a_home(tmp_path)
    file = keep_copy(home, "own", a_text())

    library = library_of(home, CurriculumStored("own", "1", file))

    assert library.missing == ()
    assert library.curriculum.id == BUNDLED
    assert library.curriculum.lessons["own:first/one"].title == "One"
    assert "llmpath:short" in library.curriculum.tracks
    assert library.curriculum.edition_of("own:first/one") == "1"
    assert library.curriculum.edition_of("llmpath:short") == library.curriculum.edition


def test_the_curriculum_in_use_gives_its_name(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    file = keep_copy(home, "own", a_text())
    started = TrackStarted(("own:main",), date(2026, 11, 20), "own", "1")

    library = library_of(home, CurriculumStored("own", "1", file), started)

    assert (library.curriculum.id, library.curriculum.title) == ("own", "Own")
    assert "llmpath:short" in library.curriculum.tracks


def test_a_curriculum_that_was_taken_away_is_not_read(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    file = keep_copy(home, "own", a_text())

    library = library_of(
        home, CurriculumStored("own", "1", file), CurriculumStored("own", "1", None)
    )

    assert library.missing == ()
    assert "own:main" not in library.curriculum.tracks


def test_links_of_the_learner_stand_in_place_of_the_curriculums(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    file = keep_copy(home, "own", a_text())

    curriculum = library_of(
        home,
        CurriculumStored("own", "1", file),
        LinkReplaced("own:first/one", "https://example.org/new"),
        LinkReplaced("own:first", "https://example.org/all"),
        LinkReplaced("own:gone", "https://example.org/gone"),
    ).curriculum

    module = curriculum.modules["own:first"]
    assert curriculum.lessons["own:first/one"].url == "https://example.org/new"
    assert module.lessons[0].url == "https://example.org/new"
    assert module.url == "https://example.org/all"


def test_a_copy_is_stored_under_a_name_of_its_content(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    first, again = keep_copy(home, "own", a_text()), keep_copy(home, "own", a_text())
    other = keep_copy(home, "own", a_text(title="Other"))

    assert first == again == copy_name("own", a_text()) != other
    assert {each.name for each in (home.data / FOLDER).iterdir()} == {first, other}


NEEDS_ITSELF = [
    MODULE | {"prerequisites": [{"module": "first", "reason": "r"}]},
]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        a_text(format=2),
        a_text("other"),
        a_text(modules=[]),
        a_text(modules=NEEDS_ITSELF),
        a_text(modules=[MODULE | {"lessons": [LESSON | {"minutes": 0}]}]),
        a_text(modules=[MODULE | {"lessons": [LESSON | {"minutes": 10**9}]}]),
        a_text(modules=[MODULE | {"lessons": [LESSON | {"minutes": True}]}]),
        a_text(modules=[MODULE | {"lessons": [LESSON | {"title": 5}]}]),
        a_text(tracks=5),
        "[" * 100_000,
    ],
)
def test_what_another_machine_sent_and_nobody_checked_is_not_read(
    text: str, tmp_path: Path
) -> None:
    home = a_home(tmp_path)
    file = keep_copy(home, "own", text)

    library = library_of(home, CurriculumStored("own", "1", file))

    assert library.missing == ("own",)
    assert "llmpath:short" in library.curriculum.tracks


def test_a_damaged_copy_is_not_read(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    file = keep_copy(home, "own", a_text())
    path = home.data / FOLDER / file
    path.write_bytes(path.read_bytes().replace(b"One", b"Onx"))

    assert read_copy(home, "own", file) is None


def test_a_copy_cannot_take_the_name_of_the_bundled_curriculum(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    file = keep_copy(home, BUNDLED, a_text(BUNDLED))

    library = library_of(home, CurriculumStored(BUNDLED, "1", file))

    assert library.missing == (BUNDLED,)
    assert len(library.curriculum.lessons) > 400


@pytest.mark.parametrize(
    "file",
    [
        "../own.json",
        "/etc/own.json",
        "a/b.json",
        "a\\b.json",
        ".own.json",
        "own.json\n",
        "own.txt",
        "",
        "C:own.json",
    ],
)
def test_a_name_out_of_the_journal_leads_nowhere_else(
    file: str, tmp_path: Path
) -> None:
    home = a_home(tmp_path)

    assert copy_path(home, file) is None
    assert library_of(home, CurriculumStored("own", "1", file)).missing == ("own",)
