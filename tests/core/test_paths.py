"""The smallest way to a goal: what stands on it, in which order, and what is left."""

from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import strategies as st

from llmpath.core.counting import left_minutes
from llmpath.core.curriculum import Curriculum, Lesson, Module
from llmpath.core.events import (
    LessonsIncluded,
    LessonsSkipped,
    TrackStarted,
)
from llmpath.core.open_work import open_lessons
from llmpath.core.paths import (
    find_goal,
    goal_id,
    is_reached,
    lost_goals,
    make_path,
    modules_to,
    path_id,
    with_paths,
)
from llmpath.core.situation import Situation
from tests.builders import a_curriculum, a_lesson, a_module, a_track
from tests.strategies import EDITION, Study, a_study, curricula, law, m, studies

PICKS = st.integers(0, 99)


def goals(curriculum: Curriculum) -> list[Module | Lesson]:
    return [*curriculum.modules.values(), *curriculum.lessons.values()]


def a_goal(curriculum: Curriculum, pick: int) -> Module | Lesson:
    every = goals(curriculum)
    return every[pick % len(every)]


def end_of(goal: Module | Lesson) -> str:
    return goal.module if isinstance(goal, Lesson) else goal.id


def needs_of(curriculum: Curriculum, module: str) -> set[str]:
    return {each.module for each in curriculum.modules[module].prerequisites}


def naive_closure(curriculum: Curriculum, module: str) -> set[str]:
    found = {module}
    for each in needs_of(curriculum, module):
        found |= naive_closure(curriculum, each)
    return found


def wanted(curriculum: Curriculum, goal: Module | Lesson) -> set[str]:
    """The lessons on the way to a goal, straight from the definition."""
    end = end_of(goal)
    before = {
        lesson.id
        for module in naive_closure(curriculum, end) - {end}
        for lesson in curriculum.modules[module].lessons
        if not lesson.optional
    }
    own = curriculum.modules[end].lessons
    if isinstance(goal, Lesson):
        until = own[: own.index(goal) + 1]
        return before | {each.id for each in until if not each.optional} | {goal.id}
    required = {each.id for each in own if not each.optional}
    return before | (required or {each.id for each in own})


def begun(study: Study, *tracks: str) -> Study:
    return study.then(TrackStarted(tracks, study.today, "llmpath", EDITION))


def planned(study: Study) -> set[str]:
    plan = study.plan
    short = plan.shortfall.lessons if plan.shortfall else ()
    return {block.lesson for block in plan.blocks} | set(short)


def left(situation: Situation) -> tuple[Lesson, ...]:
    return open_lessons(situation.route, situation.progress)


def ids(situation: Situation) -> list[str]:
    return [each.id for each in left(situation)]


@law(curricula(), PICKS)
def test_a_way_has_the_goal_and_whatever_its_modules_need_and_nothing_else(
    curriculum: Curriculum, pick: int
) -> None:
    goal = a_goal(curriculum, pick)

    modules = modules_to(curriculum, goal)

    assert len(modules) == len(set(modules))
    assert set(modules) == naive_closure(curriculum, end_of(goal))


@law(curricula(), PICKS)
def test_no_module_of_a_way_can_be_left_out(curriculum: Curriculum, pick: int) -> None:
    goal = a_goal(curriculum, pick)
    modules = modules_to(curriculum, goal)
    for left_out in modules:
        rest = set(modules) - {left_out}
        is_closed = all(needs_of(curriculum, each) <= rest for each in rest)
        assert not (is_closed and end_of(goal) in rest)


@law(curricula(), PICKS)
def test_what_a_module_needs_stands_before_it(
    curriculum: Curriculum, pick: int
) -> None:
    modules = modules_to(curriculum, a_goal(curriculum, pick))

    for nth, module in enumerate(modules):
        assert needs_of(curriculum, module) <= set(modules[:nth])


@law(curricula(), PICKS)
def test_where_the_order_of_the_tracks_is_one_of_study_a_way_keeps_it(
    curriculum: Curriculum, pick: int
) -> None:
    goal = a_goal(curriculum, pick)
    closure = naive_closure(curriculum, end_of(goal))
    tracks = [
        [entry.module for phase in track.phases for entry in phase.modules]
        for track in curriculum.tracks.values()
    ]
    with_goal = [each for each in tracks if end_of(goal) in each]
    others = [each for each in tracks if end_of(goal) not in each]
    every = [*chain(*with_goal), *chain(*others), *curriculum.modules]
    order = [each for each in dict.fromkeys(every) if each in closure]
    is_of_study = all(
        needs_of(curriculum, module) <= set(order[:nth])
        for nth, module in enumerate(order)
    )

    assert (modules_to(curriculum, goal) == tuple(order)) == is_of_study


@law(curricula(), PICKS)
def test_the_last_module_of_a_way_is_that_of_the_goal(
    curriculum: Curriculum, pick: int
) -> None:
    goal = a_goal(curriculum, pick)

    assert modules_to(curriculum, goal)[-1] == end_of(goal)


@law(studies(), PICKS)
def test_a_start_of_a_way_plans_what_it_requires_or_was_included_and_is_open(
    study: Study, pick: int
) -> None:
    goal = a_goal(study.curriculum, pick)
    progress = study.progress

    started = begun(study, path_id(goal.id)).accept()

    way = naive_closure(study.curriculum, end_of(goal))
    lessons = study.curriculum.lessons
    included = {each for each in progress.included if lessons[each].module in way}
    expected = {
        each
        for each in wanted(study.curriculum, goal) | included
        if progress.is_open(each)
    }
    assert set(ids(started.situation)) == expected
    assert planned(started) == expected


@law(studies(), PICKS)
def test_the_minutes_of_its_plan_are_those_left_of_its_lessons(
    study: Study, pick: int
) -> None:
    goal = a_goal(study.curriculum, pick)
    started = begun(study, path_id(goal.id)).accept()
    situation = started.situation
    plan = started.plan

    minutes = sum(left_minutes(each, situation.progress) for each in left(situation))

    beyond = plan.shortfall.minutes if plan.shortfall else 0
    assert plan.minutes + beyond == minutes


@law(studies(), PICKS)
def test_a_goal_is_reached_when_nothing_of_it_is_left(study: Study, pick: int) -> None:
    goal = a_goal(study.curriculum, pick)
    started = begun(study, path_id(goal.id))
    own = {goal.id} if isinstance(goal, Lesson) else {x.id for x in goal.lessons}
    required = own & wanted(study.curriculum, goal)

    assert is_reached(goal, study.progress) == required.isdisjoint(
        ids(started.situation)
    )


@law(studies(), PICKS, PICKS)
def test_beside_other_tracks_a_way_requires_what_it_requires_alone(
    study: Study, pick: int, other: int
) -> None:
    goals = [a_goal(study.curriculum, each) for each in (pick, other)]
    paths = [path_id(each.id) for each in goals]
    tracks = tuple(study.curriculum.tracks)

    together = set(ids(begun(study, *tracks, *paths).situation))

    alone = [ids(begun(study, each).situation) for each in paths]
    assert together == set(ids(begun(study, *tracks).situation)).union(*alone)


@law(curricula(), PICKS)
def test_a_curriculum_without_ways_is_left_as_it_is(
    curriculum: Curriculum, pick: int
) -> None:
    goal = a_goal(curriculum, pick)

    assert with_paths(curriculum, tuple(curriculum.tracks)) is curriculum
    changed = with_paths(curriculum, (path_id(goal.id),))
    assert list(changed.modules) == list(curriculum.modules)
    assert list(changed.lessons) == list(curriculum.lessons)
    assert all(
        changed.lessons[each.id] == each
        for module in changed.modules.values()
        for each in module.lessons
    )


@law(curricula(), PICKS)
def test_the_id_of_a_way_leads_back_to_its_goal(
    curriculum: Curriculum, pick: int
) -> None:
    goal = a_goal(curriculum, pick)
    track = path_id(goal.id)

    assert goal_id(track) == goal.id
    assert find_goal(curriculum, track) == goal
    assert make_path(curriculum, goal).id == track
    assert track not in curriculum.tracks
    assert not any(map(goal_id, curriculum.tracks))


# Single cases

BASE = a_module("base", [a_lesson("llmpath:base/a"), a_lesson("llmpath:base/b")])
MIDDLE = a_module(
    "middle",
    [
        a_lesson("llmpath:middle/first"),
        a_lesson("llmpath:middle/aside", optional=True),
        a_lesson("llmpath:middle/second"),
        a_lesson("llmpath:middle/third"),
    ],
    after=["base"],
)
SIDE = a_module("side", 1)
EXTRA = a_module("extra", [a_lesson("llmpath:extra/one", optional=True)])
POOL = [EXTRA, MIDDLE, SIDE, BASE]
COURSE = a_curriculum(
    [a_track("side-first", [SIDE, BASE]), a_track("all", [BASE, SIDE, (MIDDLE, True)])],
    POOL,
)
STUDY = a_study(COURSE)


def way(*goals: str, study: Study = STUDY, beside: tuple[str, ...] = ()) -> list[str]:
    paths = [path_id(f"llmpath:{each}") for each in goals]
    situation = begun(study, *beside, *paths).situation
    return [each.removeprefix("llmpath:") for each in ids(situation)]


@pytest.mark.parametrize(
    ("goal", "own"),
    [
        ("middle", ["first", "second", "third"]),
        ("middle/first", ["first"]),
        ("middle/aside", ["first", "aside"]),
        ("middle/second", ["first", "second"]),
    ],
)
def test_of_a_lessons_module_the_required_ones_up_to_it_stand_on_the_way(
    goal: str, own: list[str]
) -> None:
    assert way(goal) == ["base/a", "base/b", *(f"middle/{each}" for each in own)]


def test_an_optional_module_is_required_where_it_is_the_goal() -> None:
    assert way("extra") == ["extra/one"]


def test_modules_stand_in_the_order_of_a_track_that_has_the_goal() -> None:
    late = a_module("late", 1, after=["side", "base"])
    tracks = [a_track("short", [SIDE, BASE]), a_track("long", [BASE, SIDE, late])]
    curriculum = a_curriculum(tracks, [late, SIDE, BASE])

    assert modules_to(curriculum, late) == ("llmpath:base", "llmpath:side", late.id)


def test_that_order_holds_for_what_is_needed_only_by_way_of_another_module() -> None:
    late = a_module("late", 1, after=["side", "base"])
    last = a_module("last", 1, after=["late"])
    road = a_track("road", [BASE, SIDE, late, last])
    curriculum = a_curriculum([road], [last, late, SIDE, BASE])

    assert modules_to(curriculum, last) == (BASE.id, SIDE.id, late.id, last.id)


def test_what_another_track_requires_of_the_goals_module_stays_required() -> None:
    whole = a_track("whole", [MIDDLE])
    study = a_study(a_curriculum([whole], POOL))

    found = way("middle/first", study=study, beside=("llmpath:whole",))

    assert {"middle/third", "base/a"} <= set(found)


def test_what_the_goal_leaves_out_of_its_module_can_be_included() -> None:
    third = LessonsIncluded(("llmpath:middle/third",))

    assert "middle/third" in way("middle/first", study=STUDY.then(third))


def test_what_is_done_or_skipped_is_not_left() -> None:
    study = STUDY.done("llmpath:base/a").then(
        LessonsSkipped(("llmpath:base/b",), known=False)
    )

    assert way("middle/first", study=study) == ["middle/first"]
    assert way("base", study=study) == []
    assert is_reached(BASE, study.progress)


def test_a_prerequisite_binds_on_a_way_as_in_any_track() -> None:
    situation = begun(STUDY, path_id(MIDDLE.id)).situation

    assert list(situation.route.modules) == [BASE.id, MIDDLE.id]
    assert not any(place.optional for place in situation.route.modules.values())


def test_each_of_two_ways_has_a_phase_of_its_own() -> None:
    tracks = (path_id("llmpath:side"), path_id("llmpath:middle/first"))
    route = begun(STUDY, *tracks).situation.route

    phases = [phase.id for track in route.tracks for phase in track.phases]
    assert phases == ["path.side", "path.middle/first"]


def test_a_goal_that_has_gone_is_left_out_and_named() -> None:
    tracks = (path_id("llmpath:gone/lesson"), "llmpath:side-first", path_id("other:a"))
    situation = begun(STUDY, *tracks).situation

    assert [each.id for each in situation.route.tracks] == ["llmpath:side-first"]
    assert lost_goals(situation.curriculum, tracks) == (
        "llmpath:gone/lesson",
        "other:a",
    )
    assert lost_goals(COURSE, (path_id(SIDE.id), "llmpath:gone")) == ()


def test_a_way_of_a_thousand_modules_is_put_in_order() -> None:
    modules = [a_module("m0", 1)]
    modules += [a_module(f"m{n}", 1, after=[f"m{n - 1}"]) for n in range(1, 1000)]
    curriculum = a_curriculum([], reversed(modules))

    found = modules_to(curriculum, curriculum.lessons[m(999)])

    assert found == tuple(each.id for each in modules)
