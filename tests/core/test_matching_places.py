"""Modules and tracks under other ids, by their lessons and titles."""

from __future__ import annotations

import pytest

from llmpath.core.carrying import carry
from llmpath.core.curriculum import Curriculum
from llmpath.core.editions import compare
from llmpath.core.events import LinkReplaced, NoteAdded, TrackStarted
from llmpath.core.folding import fold
from llmpath.core.ledger import Ledger
from llmpath.core.settling import changes_to_write
from tests.builders import a_record
from tests.core.ledgers import a_change, full
from tests.core.test_editions import an_edition, bare
from tests.strategies import EDITION, MONDAY

OLD = an_edition([("a/one", "One", "p"), ("a/two", "Two", "q"), ("b/x", "Ex", "r")])


def with_track(edition: Curriculum, key: str, title: str) -> Curriculum:
    """An edition whose only track has another id and title."""
    (track,) = edition.tracks.values()
    track = track._replace(id=f"llmpath:{key}", title=title)
    return edition._replace(tracks={track.id: track})


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("c/one", "One", "p"), ("c/two", "Two", "q")], [("a", "c")]),
        ([("c/one", "One", "p"), ("d/two", "Two", "q")], [("a", "c")]),
        ([("b/one", "One", "p"), ("b/two", "Two", "q")], []),
        ([("c/new", "New", "s")], []),
        ([("a/one", "One", "p"), ("c/two", "Two", "q")], []),
    ],
)
def test_a_module_is_the_new_one_to_which_most_of_its_lessons_went(
    rows: list[tuple[str, str, str]], expected: list[tuple[str, str]]
) -> None:
    new = an_edition([*rows, ("b/x", "Ex", "r")])

    places = bare(compare(OLD, new).places)

    assert [each[:2] for each in places] == expected


def test_modules_that_became_one_are_told_together() -> None:
    new = an_edition([("c/one", "One", "p"), ("c/two", "Two", "q"), ("c/x", "Ex", "r")])

    assert bare(compare(OLD, new).places) == [("a b", "c", "same title or lessons")]


@pytest.mark.parametrize(
    ("key", "title", "count", "is_same"),
    [
        ("way", "Road", 3, True),
        ("way", "road ", 1, True),
        ("way", "Way", 3, True),
        ("way", "Way", 2, True),
        ("way", "Way", 1, False),
    ],
)
def test_a_track_is_one_of_the_same_title_or_of_half_its_lessons(
    key: str, title: str, count: int, *, is_same: bool
) -> None:
    old = with_track(OLD, "road", "Road")
    rows = [("a/one", "One", "p"), ("a/two", "Two", "q"), ("b/x", "Ex", "r")]
    new = with_track(an_edition(rows[:count]), key, title)

    found = compare(old, new)

    assert bool(found.places) is is_same
    assert len(found.tracks) == (1 if is_same else 2)


def test_what_is_said_of_a_module_and_the_track_in_force_go_along() -> None:
    rows = [("c/one", "One", "p"), ("c/two", "Two", "q"), ("b/x", "Ex", "r")]
    new = with_track(an_edition(rows), "way", "Way")
    changes = changes_to_write(compare(OLD, new), {})
    new = new._replace(changes=changes)
    (a,) = full("a")
    record = a_record(
        TrackStarted(tuple(OLD.tracks), MONDAY, "llmpath", EDITION),
        NoteAdded(a, "first"),
        LinkReplaced(a, "https://a.b/own"),
    )

    progress = carry(fold([record]), Ledger(changes, new))

    assert progress.started is not None
    assert progress.started.tracks == ("llmpath:way",)
    assert [*progress.notes] == ["llmpath:c"]
    assert [*progress.links] == ["llmpath:c"]


def test_an_answer_that_takes_the_lessons_elsewhere_takes_the_module_as_well() -> None:
    new = an_edition([("c/one", "One", "p"), ("b/x", "Ex", "r")])
    old = an_edition([("a/one", "One", "p"), ("b/x", "Ex", "r")])
    (one,) = full(["a/one"])

    kinds = [each.kind for each in changes_to_write(compare(old, new), {one: ()})]

    assert kinds == ["retired"]


def test_a_retired_lesson_does_not_go_with_its_module() -> None:
    changes = [a_change("retired", "a/one"), a_change("renamed", "a", "c")]
    new = an_edition([("c/one", "Another", "z")], changes)

    assert Ledger(changes, new).ends("llmpath:a/one") == ("llmpath:a/one",)
    assert Ledger(changes, new).ends("llmpath:a/two") == ("llmpath:c/two",)
