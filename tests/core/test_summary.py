"""Totals of tracks, phases, modules and weeks; shared modules are counted once."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import strategies as st

from llmpath.core.counting import Tally, counted_lessons, tally
from llmpath.core.curriculum import Curriculum
from llmpath.core.events import (
    LessonsIncluded,
    LessonsSkipped,
    StudyLogged,
    TargetSet,
)
from llmpath.core.plan_settings import PlanSettings
from llmpath.core.standing import Layouts
from llmpath.core.summary import (
    StatusSummary,
    TrackSummary,
    WeekSummary,
    sum_tallies,
    summarize_phases,
    summarize_status,
    summarize_track,
    summarize_week,
)
from tests.builders import a_curriculum, a_lesson, a_module, a_track
from tests.strategies import (
    MONDAY,
    Study,
    a_study,
    curricula,
    law,
    m,
    one_track,
    studies,
)

NO_BUFFER = PlanSettings(buffer=0.0)
NEXT_MONDAY = date(2026, 11, 23)


def status(study: Study, *, weeks: int | None = None, over: int = 0) -> StatusSummary:
    return summarize_status(
        study.situation, study.plan, left_over=over, week_count=weeks
    )


def week_of(study: Study, monday: date) -> WeekSummary:
    layouts = Layouts(study.situation)
    return summarize_week(monday, study.progress, layouts)


@pytest.fixture
def shared() -> Curriculum:
    """Two tracks that share `m1`; `m3` is optional in the second."""
    modules = [a_module(f"m{n}", 1, minutes=10 * (n + 1)) for n in range(4)]
    tracks = [
        a_track("one", modules[:2], phases=2),
        a_track("two", [modules[1], modules[2], (modules[3], True)], phases=2),
    ]
    return a_curriculum(tracks, modules)


def phases(study: Study) -> list[tuple[str, Tally, list[str]]]:
    rows = summarize_phases(study.situation.route, study.progress)
    return [
        (
            row.id,
            row.tally,
            [f"{each.module.id}: {each.status}" for each in row.modules],
        )
        for row in rows
    ]


def test_a_shared_module_is_counted_in_the_first_track_only(
    shared: Curriculum,
) -> None:
    study = a_study(shared).done(m(1))

    assert phases(study) == [
        ("one-1", Tally(0, 1, 0, 10), ["llmpath:m0: ready"]),
        ("one-2", Tally(1, 1, 20, 20), ["llmpath:m1: done"]),
        ("two-1", Tally(0, 1, 0, 30), ["llmpath:m2: ready"]),
        ("two-2", Tally(0, 0, 0, 0), ["llmpath:m3: ready"]),
    ]
    assert status(study).tally == Tally(1, 3, 20, 60)


def test_a_phase_whose_modules_all_stand_elsewhere_is_left_out() -> None:
    module, other = a_module("m0", 1), a_module("m1", 1)
    tracks = [a_track("one", [module]), a_track("two", [module, other], phases=2)]

    study = a_study(a_curriculum(tracks, [module, other]))

    assert [row[0] for row in phases(study)] == ["one-1", "two-2"]


def test_an_included_lesson_of_an_optional_module_counts_in_its_phase(
    shared: Curriculum,
) -> None:
    study = a_study(shared).then(LessonsIncluded((m(3),))).done(m(3))

    assert phases(study)[-1] == ("two-2", Tally(1, 1, 40, 40), ["llmpath:m3: done"])


@law(studies())
def test_phases_add_up_to_the_whole(study: Study) -> None:
    _, progress, route, _ = study.situation

    rows = summarize_phases(route, progress)

    whole = tally(counted_lessons(route, progress), progress)
    assert sum_tallies(row.tally for row in rows) == whole
    modules = [each.module.id for row in rows for each in row.modules]
    assert sorted(modules) == sorted(route.modules)
    for row in rows:
        assert sum_tallies(each.tally for each in row.modules) == row.tally


def test_a_track_counts_its_own_required_and_optional_lessons() -> None:
    lessons = [
        a_lesson(m(0, 1), 30, access="paid"),
        a_lesson(m(0, 2), 40)._replace(needs=("gpu",)),
        a_lesson(m(0, 3), 50)._replace(needs=("laptop", "multi-gpu")),
        a_lesson(m(0, 4), 5)._replace(needs=("gpu-optional",)),
        a_lesson(m(0, 5), 60, optional=True, access="paid"),
        a_lesson(m(0, 6), 3)._replace(needs=("unknown",)),
    ]
    modules = [a_module("m0", lessons), a_module("m1", 2, minutes=7)]
    track = a_track("road", [modules[0], (modules[1], True)])
    study = a_study(a_curriculum([track], modules)).done(m(0, 1), m(0, 5), m(1))

    summary = summarize_track(track, study.curriculum, study.progress)

    assert summary == TrackSummary(
        track=track,
        modules=1,
        lessons=5,
        minutes=128,
        optional_minutes=60 + 14,
        paid_minutes=30,
        gpu_minutes=90,
        unknown_minutes=3,
        is_active=True,
        done_lessons=1,
    )


def test_a_lesson_done_in_one_track_is_done_in_all(shared: Curriculum) -> None:
    study = a_study(shared).done(m(1))

    done = [
        summarize_track(track, shared, study.progress).done_lessons
        for track in shared.tracks.values()
    ]

    assert done == [1, 1]


def test_a_track_that_was_not_started_is_not_active(shared: Curriculum) -> None:
    progress = a_study(shared)._replace(records=()).progress

    track = shared.tracks["llmpath:one"]

    assert not summarize_track(track, shared, progress).is_active


@law(curricula())
def test_required_and_optional_minutes_are_all_minutes_of_a_track(
    curriculum: Curriculum,
) -> None:
    progress = a_study(curriculum).progress
    for track in curriculum.tracks.values():
        summary = summarize_track(track, curriculum, progress)

        total = sum(
            lesson.minutes
            for phase in track.phases
            for entry in phase.modules
            for lesson in curriculum.modules[entry.module].lessons
        )
        assert summary.minutes + summary.optional_minutes == total


# Weeks.


def test_a_week_says_what_was_planned_done_and_studied() -> None:
    study = a_study(one_track(*[60] * 6), (60, 60, 60, 0, 0, 0, 0), forced=NO_BUFFER)
    study = study.accept().done(m(0)).then(StudyLogged(m(1), 45))

    assert week_of(study, MONDAY) == WeekSummary(
        MONDAY, planned=180, done=60, studied=105
    )
    assert week_of(study, NEXT_MONDAY) == (
        NEXT_MONDAY,
        180,
        0,
        0,
    )


def test_a_week_is_judged_by_the_plan_that_held_at_its_end() -> None:
    study = a_study(one_track(*[60] * 4), (60, 60, 0, 0, 0, 0, 0), forced=NO_BUFFER)
    first = study.accept()
    second = first.on(NEXT_MONDAY).accept()

    def planned(each: Study) -> list[int]:
        mondays = (MONDAY, NEXT_MONDAY, date(2026, 11, 30))
        return [week_of(each, monday).planned for monday in mondays]

    assert planned(first) == [120, 120, 0]
    assert planned(second) == [120, 120, 120]


def test_a_week_before_any_plan_has_nothing_planned() -> None:
    study = a_study(one_track(60)).accept()
    before = date(2026, 11, 9)

    week = week_of(study, before)

    assert week == WeekSummary(before, 0, 0, 0)


@law(studies(), st.integers(1, 6))
def test_weeks_follow_each_other_up_to_this_one(study: Study, count: int) -> None:
    summary = status(study.accept(), weeks=count)

    assert summary.weeks is not None
    assert summary.weeks[-1] == summary.this_week
    starts = [week.start for week in summary.weeks]
    assert len(starts) == count
    assert all((b - a).days == 7 for a, b in pairwise(starts))
    assert starts[-1] <= study.today < date.fromordinal(starts[-1].toordinal() + 7)
    assert summary.studied == sum(study.progress.studied.values())


# The whole answer of `status`.


def test_status_brings_together_where_one_stands() -> None:
    study = a_study(one_track(60, 60, 60), forced=NO_BUFFER).accept()
    target = TargetSet(date(2026, 11, 20))
    study = study.done(m(0)).then(target).on(date(2026, 11, 18))

    summary = status(study, over=7)

    assert summary.tally.percent == 33
    assert (summary.ahead, summary.studied) == (-1, 60)
    assert summary.planned_finish == date(2026, 11, 18)
    assert (summary.finish, summary.target_slack) == (date(2026, 11, 19), 1)
    assert summary.left_over == 7
    assert summary.weeks is None
    assert [track.id for track in summary.tracks] == ["llmpath:road"]


def test_without_plan_or_target_there_is_no_slack_and_no_ahead() -> None:
    summary = status(a_study(one_track(60)))

    assert (summary.ahead, summary.planned_finish) == (None, None)
    assert (summary.target, summary.target_slack) == (None, None)


def test_a_plan_that_ends_after_its_target_has_negative_slack() -> None:
    study = a_study(one_track(60, 60), forced=NO_BUFFER).accept()

    late = study.then(TargetSet(MONDAY))

    assert status(late).target_slack == -1


def test_when_all_is_skipped_there_is_nothing_to_count() -> None:
    study = a_study(one_track(60)).accept()

    summary = status(study.then(LessonsSkipped((m(0),), known=True)))

    assert summary.tally.percent is None
    assert summary.finish is None


def test_a_plan_accepted_in_the_week_makes_what_was_planned_no_smaller() -> None:
    study = a_study(one_track(30, 30, 30, 30), 30).accept()
    planned = week_of(study, MONDAY).planned

    again = study.done(m(0)).on(MONDAY + timedelta(days=1)).accept()

    week = week_of(again, MONDAY)
    assert planned == 120
    assert (week.planned, week.done) == (120, 30)
