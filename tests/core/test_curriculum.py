"""Several tracks as one road, and ids in full and as shown."""

from __future__ import annotations

import pytest

from llmpath.core.curriculum import (
    Curriculum,
    full_id,
    lesson_slug,
    make_route,
    shown_id,
)
from tests.builders import a_curriculum, a_lesson, a_module, a_track
from tests.strategies import curricula, law

SHARED, FIRST, SECOND = (a_module(each, 1) for each in ("shared", "first", "second"))


def places(curriculum: Curriculum, *tracks: str) -> list[tuple[str, str, bool]]:
    """Each module of the road with its track, and whether it is optional there."""
    return [
        (place.module.id, place.track, place.optional)
        for place in make_route(curriculum, tracks).modules.values()
    ]


@pytest.mark.parametrize(
    ("in_one", "in_two", "expected"),
    [
        pytest.param(False, False, ("one", False), id="required in both"),
        pytest.param(False, True, ("one", False), id="optional in the second"),
        pytest.param(True, False, ("two", False), id="required in the second only"),
        pytest.param(True, True, ("one", True), id="optional in both"),
    ],
)
def test_a_shared_module_stands_where_it_is_first_required_or_else_offered(
    *, in_one: bool, in_two: bool, expected: tuple[str, bool]
) -> None:
    tracks = [
        a_track("one", [(SHARED, in_one), FIRST]),
        a_track("two", [(SHARED, in_two), SECOND]),
    ]
    curriculum = a_curriculum(tracks, [FIRST, SECOND, SHARED])

    road = places(curriculum, "llmpath:one", "llmpath:two")

    track, optional = expected
    shared = ("llmpath:shared", f"llmpath:{track}", optional)
    first = ("llmpath:first", "llmpath:one", False)
    second = ("llmpath:second", "llmpath:two", False)
    stands_first = [shared, first, second]
    assert road == (stands_first if track == "one" else [first, shared, second])


def test_the_order_of_the_tracks_is_the_order_of_the_road() -> None:
    tracks = [a_track("one", [FIRST]), a_track("two", [SECOND])]
    curriculum = a_curriculum(tracks, [FIRST, SECOND])

    road = places(curriculum, "llmpath:two", "llmpath:one")

    assert [module for module, _, _ in road] == ["llmpath:second", "llmpath:first"]


def test_a_track_that_is_not_on_this_machine_is_left_out() -> None:
    curriculum = a_curriculum([a_track("one", [FIRST])], [FIRST])

    assert places(curriculum, "other:gone", "llmpath:one") == [
        ("llmpath:first", "llmpath:one", False)
    ]
    assert places(curriculum) == []


def test_a_road_requires_neither_optional_lessons_nor_those_of_optional_modules() -> (
    None
):
    mixed = a_module(
        "mixed", [a_lesson("llmpath:mixed/a"), a_lesson("llmpath:mixed/b")]
    )
    extra = a_lesson("llmpath:mixed/c", optional=True)
    mixed = mixed._replace(lessons=(*mixed.lessons, extra))
    curriculum = a_curriculum([a_track("one", [mixed, (FIRST, True)])], [mixed, FIRST])
    route = make_route(curriculum, ["llmpath:one"])

    required = [each.id for each in route.lessons() if route.requires(each)]

    assert required == ["llmpath:mixed/a", "llmpath:mixed/b"]
    assert [each.id for each in route.required_lessons("llmpath:mixed")] == required
    assert route.required_lessons("llmpath:first") == ()
    assert route.required_lessons("llmpath:second") == ()
    assert not route.requires(SECOND.lessons[0])


@law(curricula())
def test_a_road_has_each_module_of_its_tracks_once(curriculum: Curriculum) -> None:
    route = make_route(curriculum, curriculum.tracks)

    offered = {
        entry.module: all(
            other.optional
            for track in curriculum.tracks.values()
            for phase in track.phases
            for other in phase.modules
            if other.module == entry.module
        )
        for track in curriculum.tracks.values()
        for phase in track.phases
        for entry in phase.modules
    }
    assert {key: place.optional for key, place in route.modules.items()} == offered
    ids = [each.id for each in route.lessons()]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("typed", "full", "shown"),
    [
        ("attention", "llmpath:attention", "attention"),
        ("attention/scores", "llmpath:attention/scores", "attention/scores"),
        ("llmpath:attention", "llmpath:attention", "attention"),
        ("other:attention/scores", "other:attention/scores", "other:attention/scores"),
    ],
)
def test_the_name_of_the_bundled_curriculum_is_left_out_on_screen(
    typed: str, full: str, shown: str
) -> None:
    assert full_id(typed) == full
    assert shown_id(full) == shown


def test_the_slug_of_a_lesson_is_the_last_part_of_its_id() -> None:
    assert lesson_slug("llmpath:attention/scores") == "scores"
