from __future__ import annotations

from datetime import timedelta
from itertools import groupby

from llmpath.core.curriculum import make_route
from llmpath.core.progress import Note
from llmpath.core.situation import make_situation
from llmpath.core.standing import Standing
from llmpath.exchange.entries import make_entries
from tests.exchange.lessons import (
    HEADS,
    MASKS,
    SCORES,
    entries_of,
    small_curriculum,
    small_study,
)
from tests.strategies import MONDAY, Study, a_study, law, studies


def test_lessons_stand_in_the_order_of_the_road_with_how_they_stand() -> None:
    entries = entries_of(small_study(small_curriculum()))
    assert [
        (each.lesson.id, each.status, each.logged, each.planned, each.done_on)
        for each in entries
    ] == [
        ("llmpath:tokens/bpe", "done", 0, None, MONDAY),
        (SCORES, "active", 10, MONDAY + timedelta(days=1), None),
        (HEADS, "skipped", 0, None, None),
        (MASKS, "ready", 0, None, None),
    ]


def test_each_lesson_has_its_track_and_phase() -> None:
    entries = entries_of(small_study(small_curriculum()))
    places = [
        (each.track and each.track.id, each.phase and each.phase.id) for each in entries
    ]
    assert places == [("llmpath:road", "road-1")] + 3 * [("llmpath:road", "road-2")]


def test_notes_on_a_module_stand_with_its_first_lesson_only() -> None:
    entries = entries_of(small_study(small_curriculum()))
    assert [(each.notes, each.module_notes) for each in entries] == [
        ((), ()),
        ((Note(MONDAY, "seen twice"),), (Note(MONDAY, "bring paper"),)),
        ((), ()),
        ((), ()),
    ]


def test_without_a_track_the_whole_curriculum_stands_there() -> None:
    curriculum = small_curriculum()
    study = a_study(curriculum)._replace(records=())
    entries = list(make_entries(study.situation, None))
    assert [each.lesson for each in entries] == list(curriculum.lessons.values())
    places = {(each.track, each.phase, each.planned) for each in entries}
    assert places == {(None, None, None)}


@law(studies())
def test_every_lesson_of_the_road_stands_there_once(study: Study) -> None:
    study = study.accept()
    entries = entries_of(study)
    situation = study.situation
    standing = Standing(situation.route, situation.progress)
    assert [each.lesson for each in entries] == list(situation.route.lessons())
    for each in entries:
        assert each.status == standing.of_lesson(each.lesson)
        assert (each.done_on is not None) == (each.status == "done")
        assert each.planned == study.plan.first_days().get(each.lesson.id)


@law(studies())
def test_tracks_phases_and_modules_stand_together(study: Study) -> None:
    entries = entries_of(study.accept())
    tracks = [each.track for each in entries]
    phases = [each.phase for each in entries]
    modules = [each.module for each in entries]
    for listed in (tracks, phases, modules):
        runs = [key for key, _ in groupby(listed, key=id)]
        assert len(runs) == len(set(runs))


def test_a_track_that_the_curriculum_lacks_leaves_the_whole_curriculum() -> None:
    curriculum = small_curriculum()
    study = a_study(curriculum)
    strange = curriculum._replace(tracks={})
    situation = make_situation(strange, study.progress, study.today)
    assert situation.route == make_route(strange, ())
    assert len(list(make_entries(situation, None))) == len(curriculum.lessons)
