"""Plans: what every plan keeps, how it holds, and what a repair may move."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import assume
from hypothesis import strategies as st

from llmpath.core.availability import ONE_DAY
from llmpath.core.counting import left_minutes
from llmpath.core.events import (
    LeaveSet,
    LessonsCompleted,
    LessonsSkipped,
    StudyLogged,
)
from llmpath.core.plan import Plan
from tests.strategies import (
    EDITION,
    FREE_SPLITTING,
    Study,
    law,
    studies,
)

free_studies = studies(forced=st.just(FREE_SPLITTING))


def wanted_lessons(study: Study) -> dict[str, int]:
    """Minutes left of each lesson that the plan must hold, from the contract."""
    _, progress, route, _ = study.situation
    wanted = {}
    for place in route.modules.values():
        for lesson in place.module.lessons:
            required = not place.optional and not lesson.optional
            counts = required or lesson.id in progress.included
            if counts and progress.is_open(lesson.id):
                wanted[lesson.id] = left_minutes(lesson, progress)
    return wanted


def planned_minutes(plan: Plan) -> dict[str, int]:
    planned: dict[str, int] = {}
    for block in plan.blocks:
        planned[block.lesson] = planned.get(block.lesson, 0) + block.minutes
    return planned


def minutes_by_day(plan: Plan) -> dict[date, int]:
    days: dict[date, int] = {}
    for block in plan.blocks:
        days[block.day] = days.get(block.day, 0) + block.minutes
    return days


@law(studies())
def test_every_open_lesson_is_planned_once_with_the_minutes_left(study: Study) -> None:
    wanted = wanted_lessons(study)

    plan = study.accept().plan

    runs = [
        a.lesson
        for a, b in pairwise([*plan.blocks, None])
        if not b or a.lesson != b.lesson
    ]
    assert len(runs) == len(set(runs))
    missing = plan.shortfall.lessons if plan.shortfall else ()
    assert set(runs) | set(missing) == set(wanted)
    planned = planned_minutes(plan)
    assert {k: v for k, v in planned.items() if k not in missing} == {
        k: v for k, v in wanted.items() if k not in missing
    }
    rest = plan.shortfall.minutes if plan.shortfall else 0
    assert plan.minutes + rest == sum(wanted.values())


@law(studies())
def test_prerequisites_end_before_their_dependents_begin(study: Study) -> None:
    plan = study.accept().plan

    places = [block.lesson for block in plan.blocks]
    _, progress, route, _ = study.situation
    wanted = wanted_lessons(study)
    for lesson in places:
        module = route.modules[lesson.partition("/")[0]].module
        for needed in module.prerequisites:
            for each in route.required_lessons(needed.module):
                if each.id in wanted:
                    assert each.id in places
                    last = len(places) - places[::-1].index(each.id) - 1
                    assert last < places.index(lesson)


@law(studies())
def test_no_stretch_of_days_holds_more_than_its_minutes_and_the_tolerance(study):
    accepted = study.accept()
    plan = accepted.plan
    progress = accepted.progress
    first = max(study.today, progress.started.from_day)
    by_day = minutes_by_day(plan)
    for day, minutes in by_day.items():
        assert day >= first
        assert progress.availability.minutes_on(day) > 0
    for start in by_day:
        for length in (1, 7, 30):
            end = start + timedelta(days=length)
            capacity = progress.availability.minutes_between(start, end)
            used = sum(v for d, v in by_day.items() if start <= d < end)
            assert used <= capacity + progress.settings.tolerance


def bigger_days(study, extra):
    leave = {
        study.today + timedelta(days=n): study.progress.availability.minutes_on(
            study.today + timedelta(days=n)
        )
        + more
        for n, more in extra.items()
    }
    return study.then(LeaveSet(leave))


extras = st.dictionaries(
    st.integers(0, 30), st.integers(1, 120), min_size=1, max_size=5
)


def finish(plan):
    return date.max if plan.shortfall else plan.finish or date.min


@law(studies(), extras)
def test_x_more_capacity_never_delays_a_new_plan(study, extra):
    assert finish(bigger_days(study, extra).accept().plan) <= finish(
        study.accept().plan
    )


@law(studies(), extras)
def test_x_more_capacity_never_delays_a_repair_unplanned(study, extra):
    assert finish(bigger_days(study, extra).plan) <= finish(study.plan)


@law(studies(), extras)
def test_x_more_capacity_never_delays_a_repair(study, extra):
    study = study.accept()
    assert finish(bigger_days(study, extra).plan) <= finish(study.plan)


@law(free_studies, extras)
def test_x_more_capacity_never_delays_a_new_plan_free(study, extra):
    assert finish(bigger_days(study, extra).accept().plan) <= finish(
        study.accept().plan
    )


@law(free_studies, extras)
def test_x_more_capacity_never_delays_a_repair_free(study, extra):
    study = study.accept()
    assert finish(bigger_days(study, extra).plan) <= finish(study.plan)


@law(studies(), st.integers(0, 100))
def test_x_removing_never_delays_new(study, n):
    wanted = list(wanted_lessons(study))
    assume(wanted)
    gone = study.then(LessonsSkipped((wanted[n % len(wanted)],), True))
    assert finish(gone.accept().plan) <= finish(study.accept().plan)


@law(studies(), st.integers(0, 100))
def test_x_removing_never_delays_repair(study, n):
    wanted = list(wanted_lessons(study))
    assume(wanted)
    study = study.accept()
    gone = study.then(LessonsSkipped((wanted[n % len(wanted)],), True))
    assert finish(gone.plan) <= finish(study.plan)


@law(studies(), st.integers(0, 100))
def test_x_finishing_never_delays_repair(study, n):
    wanted = list(wanted_lessons(study))
    assume(wanted)
    study = study.accept()
    gone = study.done(wanted[n % len(wanted)])
    assert finish(gone.plan) <= finish(study.plan)


@law(studies(), st.integers(0, 100))
def test_x_finishing_never_delays_new(study, n):
    wanted = list(wanted_lessons(study))
    assume(wanted)
    gone = study.done(wanted[n % len(wanted)])
    assert finish(gone.accept().plan) <= finish(study.accept().plan)



def day_works(plan: Plan) -> list[tuple[date, str, int]]:
    """Minutes of each lesson on each day, in order of study."""
    totals: dict[tuple[date, str], int] = {}
    for block in plan.blocks:
        key = (block.day, block.lesson)
        totals[key] = totals.get(key, 0) + block.minutes
    return [(day, lesson, minutes) for (day, lesson), minutes in totals.items()]


def study_part(study: Study, lesson: str, minutes: int, *, took: bool) -> Study:
    """The study after a day's part of a lesson, done if nothing is left of it."""
    left = wanted_lessons(study)[lesson]
    if minutes < left:
        return study.then(StudyLogged(lesson, minutes))
    if not took:
        return study.done(lesson)
    estimate = study.curriculum.lessons[lesson].minutes
    return study.then(StudyLogged(lesson, minutes), LessonsCompleted({lesson: estimate}, EDITION))


def has_short_parts(study: Study) -> bool:
    shortest = study.progress.settings.block_min
    return any(
        minutes < min(shortest, left // 5)
        for _, lesson, minutes in day_works(study.plan)
        for left in [wanted_lessons(study)[lesson]]
    )


@law(studies(), st.booleans())
def test_x_exact(study, took) -> None:
    study = study.accept()
    assume(study.plan.shortfall is None and not has_short_parts(study))
    assume(len(study.plan.blocks)<40)
    if not took: assume(not study.progress.logged)
    rest = list(study.plan.blocks)

    while rest:
        study = study.on(max(study.today, min(rest[0].day, study.today + ONE_DAY)))
        assert list(study.plan.blocks) == rest
        todays = [each for each in day_works(study.plan) if each[0] == study.today]
        for day, lesson, minutes in todays:
            study = study_part(study, lesson, minutes, took=took)
            rest = [b for b in rest if (b.day, b.lesson) != (day, lesson)]
            assert list(study.plan.blocks) == rest
        if not todays: study=study.on(study.today+ONE_DAY)
