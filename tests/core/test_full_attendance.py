"""What fits by a target if every declared minute is used."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import strategies as st

from llmpath.core.counting import left_minutes
from llmpath.core.events import (
    LessonDeferred,
)
from llmpath.core.full_attendance import (
    Load,
    left_over_minutes,
    loads_until,
    needed_weekly_minutes,
)
from llmpath.core.open_work import deferrals, open_lessons
from llmpath.core.rooms import first_day, room_from
from tests.strategies import (
    MONDAY,
    Study,
    a_study,
    law,
    m,
    one_track,
    studies,
)


@law(
    studies(),
    st.integers(0, 60),
    st.dictionaries(st.integers(0, 9), st.integers(1, 40)),
)
def test_what_is_left_over_is_what_studying_day_by_day_leaves(
    study: Study, days: int, later: dict[int, int]
) -> None:
    route, progress = study.situation.route, study.situation.progress
    wanted = [each.id for each in open_lessons(route, progress)]
    for pick, offset in later.items():
        if wanted:
            lesson = wanted[pick % len(wanted)]
            until = study.today + timedelta(days=offset)
            study = study.then(LessonDeferred(lesson, until))
    situation = study.situation
    lessons = open_lessons(situation.route, situation.progress)
    until_days = deferrals(situation.route, situation.progress, lessons)
    left = {each.id: left_minutes(each, situation.progress) for each in lessons}
    start = first_day(situation.progress, study.today)
    room_on = room_from(situation.progress, situation.progress.studied, study.today)
    target = study.today + timedelta(days=days)
    for day in (study.today + timedelta(days=n) for n in range(days + 1)):
        room = room_on(day) if day >= start else 0
        for each, minutes in tuple(left.items()):
            waits = until_days.get(each)
            if waits is None or waits.until <= day:
                left[each] = minutes - min(room, minutes)
                room -= min(room, minutes)

    assert left_over_minutes(situation, target) == sum(left.values())


@pytest.mark.parametrize(
    ("target", "capacity", "left_over"),
    [
        pytest.param(date(2026, 11, 15), 0, 170, id="past"),
        pytest.param(MONDAY, 60, 110, id="today counts"),
        pytest.param(date(2026, 11, 18), 180, 0, id="fits"),
    ],
)
def test_a_target_allows_the_minutes_up_to_and_including_its_day(
    target: date, capacity: int, left_over: int
) -> None:
    situation = a_study(one_track(60, 60, 50)).situation

    assert loads_until(situation, target) == (Load(170, capacity),)
    assert left_over_minutes(situation, target) == left_over


def test_a_deferred_lesson_has_only_the_days_from_its_deferral_on() -> None:
    tuesday, target = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
    study = a_study(one_track(30, 150)).then(LessonDeferred(m(1), tuesday))

    assert loads_until(study.situation, target) == (Load(180, 180), Load(150, 120))
    assert left_over_minutes(study.situation, target) == 30
    assert needed_weekly_minutes(study.situation, target) == 525


def test_work_that_may_begin_only_after_the_target_fits_with_no_hours() -> None:
    target = MONDAY + timedelta(days=2)
    study = a_study(one_track(30, 45)).then(
        LessonDeferred(m(1), target + timedelta(days=1))
    )

    assert left_over_minutes(study.situation, target) == 45
    assert needed_weekly_minutes(study.situation, target) is None
