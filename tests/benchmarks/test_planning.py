"""Courses of simulated learners, and the weeks of their lessons."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from benchmarks.forecasting.learners import Learner, make_learner
from benchmarks.forecasting.parameters import TYPES
from benchmarks.forecasting.snapshots import look_at
from benchmarks.marked_text import FORECAST, read_marked
from benchmarks.planning import (
    churn_rows,
    churn_table,
    idle_rows,
    idle_share,
    line_of,
    plan_rows,
)
from benchmarks.plans.cold_start import lengthen
from benchmarks.plans.courses import (
    MONDAY,
    learner_course,
    learner_progress,
    learner_start,
    long_course,
)
from benchmarks.plans.stability import Policy, steps_of
from llmpath.core.curriculum import make_route
from llmpath.core.open_work import open_lessons


@pytest.fixture(scope="module")
def learner() -> Learner:
    return make_learner("vacations", 5)


def test_progress_is_what_the_learner_has_done(learner: Learner) -> None:
    course = learner_course(learner)
    first = learner_start(learner, course)
    for week in (0, 1, 4):
        snapshot = look_at(learner, week)
        assert snapshot is not None
        progress = learner_progress(learner, course, first, week)
        assert len(progress.completions) == len(snapshot.timed)
        studied = sum(each.studied for each in snapshot.weeks)
        assert sum(progress.studied.values()) == pytest.approx(
            studied, abs=2 * len(learner.lessons)
        )


def test_declared_days_are_those_of_the_learner(learner: Learner) -> None:
    first = learner_start(learner, learner_course(learner))
    declared = [
        first.availability.minutes_on(MONDAY + timedelta(days=n)) for n in range(700)
    ]
    assert declared == list(learner.declared[:700])


def test_the_share_of_moved_lessons_is_a_share(learner: Learner) -> None:
    for policy in Policy:
        steps = list(steps_of(learner, policy))
        assert steps
        assert all(0 <= each.moved <= 1 for each in steps)
        assert steps == list(steps_of(learner, policy))


@pytest.mark.parametrize(
    ("kind", "policy", "is_made"),
    [
        ("over-planner", Policy.HELD, False),
        ("vacations", Policy.REBASED, True),
        ("over-planner", Policy.PROPOSED, True),
    ],
)
def test_a_new_plan_is_made_where_the_policy_has_one(
    kind: str, policy: Policy, *, is_made: bool
) -> None:
    steps = steps_of(make_learner(kind, 5), policy)
    assert any(each.is_new for each in steps) is is_made


def test_a_long_course_has_all_its_lessons_in_order() -> None:
    course = long_course(95)
    now = learner_start(make_learner("steady", 1), course)
    lessons = open_lessons(make_route(course, course.tracks), now)
    assert [each.id for each in lessons] == list(course.lessons)
    assert len(lessons) == 95


@pytest.mark.parametrize(
    ("with_optional", "lessons"), [(False, [2, 2, 1]), (True, [3, 3, 2])]
)
def test_a_long_file_has_as_many_required_lessons_as_asked(
    with_optional: bool,  # noqa: FBT001 - a column of the table
    lessons: list[int],
) -> None:
    required = {"optional": False}
    document: dict[str, Any] = {
        "modules": [
            {"id": "a", "lessons": [required, {"optional": True}, required]},
            {"id": "b", "lessons": [{"optional": True}]},
        ],
        "tracks": [
            {"id": "short", "phases": []},
            {"id": "long", "phases": [{"modules": []}, {"modules": ["b"]}]},
        ],
    }
    lengthen(document, 5, with_optional=with_optional)
    ids = ["a-1", "a-2", "a-3"]
    assert [each["id"] for each in document["modules"]] == ids
    assert [len(each["lessons"]) for each in document["modules"]] == lessons
    (track,) = document["tracks"]
    (phase,) = track["phases"]
    assert phase["modules"] == [{"module": each, "optional": False} for each in ids]


@pytest.mark.parametrize(("minutes", "days"), [(45, 5), (60, 7)])
def test_idle_capacity_is_a_share(minutes: int, days: int) -> None:
    assert 0 <= idle_share(minutes, days) < 1


def test_the_rows_stand_in_the_document(learner: Learner) -> None:
    document = read_marked(FORECAST, "planning")
    steps = {policy: list(steps_of(learner, policy)) for policy in Policy}
    churn = [row for policy in Policy for row in churn_rows(policy, steps[policy])]
    rows = [*churn, *idle_rows()]
    for row in rows:
        assert f"| {row.name} | {row.demand} |" in document
        assert line_of(row).startswith(f"| {row.name} | {row.demand} |")
    heads = churn_table(steps)
    assert "\n".join(heads[:2]) in document
    for kind in TYPES:
        assert f"\n| {kind} |" in document


def test_every_size_of_plan_is_timed() -> None:
    names = [row.name for row in plan_rows(20)]
    assert names == [
        "order and fill, 20 lessons",
        "a new plan, 20 lessons",
        "repair, 20 lessons",
        "order and fill, 100 lessons",
    ]
