"""Courses of simulated learners, and the weeks of their lessons."""

from __future__ import annotations

from datetime import timedelta

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
from benchmarks.plans.stability import steps_of
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
    for calibrated in (False, True):
        steps = list(steps_of(learner, calibrated=calibrated))
        assert steps
        assert all(0 <= each.moved <= 1 for each in steps)
        assert steps == list(steps_of(learner, calibrated=calibrated))


def test_a_long_course_has_all_its_lessons_in_order() -> None:
    course = long_course(95)
    now = learner_start(make_learner("steady", 1), course)
    lessons = open_lessons(make_route(course, course.tracks), now)
    assert [each.id for each in lessons] == list(course.lessons)
    assert len(lessons) == 95


def test_a_long_file_has_enough_required_lessons() -> None:
    lesson = {"optional": False}
    document = {
        "modules": [{"id": "a", "lessons": [lesson, {"optional": True}]}],
        "tracks": [{"id": "long", "phases": [{"modules": []}]}],
    }
    lengthen(document, 3)
    assert [each["id"] for each in document["modules"]] == ["a", "a-1", "a-2", "a-3"]


@pytest.mark.parametrize(("minutes", "days"), [(45, 5), (60, 7)])
def test_idle_capacity_is_a_share(minutes: int, days: int) -> None:
    assert 0 <= idle_share(minutes, days) < 1


def test_the_rows_stand_in_the_document(learner: Learner) -> None:
    document = read_marked(FORECAST, "planning")
    steps = list(steps_of(learner, calibrated=True))
    rows = [*churn_rows("the first plan held", steps), *idle_rows()]
    for row in rows:
        assert f"| {row.name} | {row.demand} |" in document
        assert line_of(row).startswith(f"| {row.name} | {row.demand} |")
    heads = churn_table(steps, steps)
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
