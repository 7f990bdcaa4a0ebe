"""Statuses of lessons and modules; the baseline; ahead and behind."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume
from hypothesis import strategies as st

from llmpath.core.availability import ONE_DAY
from llmpath.core.counting import left_minutes
from llmpath.core.curriculum import Curriculum
from llmpath.core.events import (
    Event,
    LeaveSet,
    LessonDeferred,
    LessonsCompleted,
    LessonsReopened,
    LessonsSkipped,
    StudyLogged,
)
from llmpath.core.plan import Plan
from llmpath.core.plan_settings import PlanSettings
from llmpath.core.standing import (
    Standing,
    ahead_days,
    baseline,
    earned_minutes,
)
from tests.builders import a_curriculum, a_lesson, a_module, a_track
from tests.strategies import (
    EDITION,
    MONDAY,
    Study,
    a_study,
    law,
    m,
    one_track,
    studies,
)

NO_BUFFER = PlanSettings(buffer=0.0)


def status(study: Study, lesson: str) -> str:
    standing = Standing(study.situation.route, study.progress)
    return standing.of_lesson(study.curriculum.lessons[lesson])


def module_status(study: Study, module: str) -> str:
    standing = Standing(study.situation.route, study.progress)
    return standing.of_module(study.curriculum.modules[f"llmpath:{module}"])


def after(study: Study, *words: str) -> Study:
    """The study after `done`, `skip`, `log` or `reopen` of lessons of `m1`."""
    for word in words:
        kind, _, number = word.partition(" ")
        lesson = m(1, int(number))
        done = study.progress.completions.get(lesson)
        skip = study.progress.skips.get(lesson)
        seen = (*(done.records if done else ()), *(skip.records if skip else ()))
        events: dict[str, Event] = {
            "done": LessonsCompleted({lesson: 30}, EDITION),
            "skip": LessonsSkipped((lesson,), known=False),
            "log": StudyLogged(lesson, 10),
            "reopen": LessonsReopened({lesson: seen}),
        }
        study = study.then(events[kind])
    return study


def two_modules(*, optional: tuple[bool, ...], needs: bool) -> Study:
    """A module `m1` of lessons, optional or not, which may need `m0`."""
    lessons = [a_lesson(m(1, n), optional=each) for n, each in enumerate(optional, 1)]
    modules = [a_module("m0", 1), a_module("m1", lessons, after=["m0"] * needs)]
    return a_study(a_curriculum([a_track("road", modules)], modules))


@pytest.mark.parametrize(
    ("events", "needs", "expected"),
    [
        pytest.param((), False, "ready", id="nothing happened"),
        pytest.param((), True, "blocked", id="its module waits"),
        pytest.param(("log 1",), False, "active", id="time logged"),
        pytest.param(("log 1",), True, "active", id="time logged while blocked"),
        pytest.param(("done 1",), True, "done", id="done while blocked"),
        pytest.param(("skip 1",), True, "skipped", id="skipped while blocked"),
        pytest.param(("log 1", "skip 1"), False, "skipped", id="begun, then skipped"),
        pytest.param(("skip 1", "done 1"), False, "done", id="skipped, then done"),
        pytest.param(("done 1", "skip 1"), False, "done", id="done wins"),
        pytest.param(("done 1", "reopen 1"), False, "ready", id="reopened"),
        pytest.param(("done 1", "reopen 1"), True, "blocked", id="reopened, blocked"),
        pytest.param(
            ("log 1", "done 1", "reopen 1"), False, "active", id="minutes stay"
        ),
        pytest.param(("done 2",), True, "blocked", id="another lesson of it is done"),
    ],
)
def test_the_status_of_a_lesson(
    events: tuple[str, ...], *, needs: bool, expected: str
) -> None:
    study = two_modules(optional=(False, False), needs=needs)

    assert status(after(study, *events), m(1, 1)) == expected


@pytest.mark.parametrize(
    ("events", "needs", "expected"),
    [
        pytest.param((), False, "ready", id="nothing happened"),
        pytest.param((), True, "blocked", id="waits"),
        pytest.param(("log 1",), True, "active", id="begun while blocked"),
        pytest.param(("done 1",), True, "active", id="one of two done"),
        pytest.param(("skip 1",), False, "ready", id="one skipped, none done"),
        pytest.param(("skip 1",), True, "blocked", id="one skipped, and it waits"),
        pytest.param(("done 1", "done 2"), True, "done", id="all done"),
        pytest.param(("done 1", "skip 2"), False, "done", id="one done, none open"),
        pytest.param(("skip 1", "skip 2"), False, "skipped", id="all skipped"),
        pytest.param(("skip 1", "log 2"), False, "active", id="skipped and begun"),
        pytest.param(("done 3",), False, "ready", id="an optional one does not count"),
        pytest.param(
            ("done 1", "done 2", "log 3"), False, "done", id="nor is it missed"
        ),
    ],
)
def test_the_status_of_a_module_is_that_of_its_required_lessons(
    events: tuple[str, ...], *, needs: bool, expected: str
) -> None:
    study = two_modules(optional=(False, False, True), needs=needs)

    assert module_status(after(study, *events), "m1") == expected


@pytest.mark.parametrize(
    ("events", "needs", "expected"),
    [
        pytest.param((), False, "ready", id="nothing happened"),
        pytest.param((), True, "blocked", id="waits"),
        pytest.param(("done 1",), True, "active", id="one of two done"),
        pytest.param(("log 2",), False, "active", id="begun"),
        pytest.param(("done 1", "skip 2"), False, "done", id="one done, none open"),
        pytest.param(("skip 1", "skip 2"), True, "skipped", id="all skipped"),
    ],
)
def test_a_module_without_required_lessons_is_judged_by_its_optional_ones(
    events: tuple[str, ...], *, needs: bool, expected: str
) -> None:
    study = two_modules(optional=(True, True), needs=needs)

    assert module_status(after(study, *events), "m1") == expected


def test_minutes_logged_on_a_module_make_it_active() -> None:
    study = two_modules(optional=(False,), needs=True)

    logged = study.then(StudyLogged("llmpath:m1", 20))

    assert module_status(logged, "m1") == "active"
    assert status(logged, m(1, 1)) == "blocked"


def test_a_module_is_ready_once_its_prerequisite_is_met() -> None:
    study = two_modules(optional=(False,), needs=True)

    assert module_status(study.done(m(0)), "m1") == "ready"


def test_a_prerequisite_outside_the_active_tracks_is_advice_only() -> None:
    first, second = a_module("m0", 1), a_module("m1", 1, after=["m0"])
    curriculum = a_curriculum([a_track("road", [second])], [first, second])

    assert status(a_study(curriculum), m(1)) == "ready"


STATUSES = {"done", "skipped", "active", "blocked", "ready"}


@law(studies())
def test_every_module_has_the_status_of_the_contract(study: Study) -> None:
    _, progress, route, _ = study.situation
    standing = Standing(route, progress)
    for place in route.modules.values():
        lessons = place.module.lessons
        judged = [each for each in lessons if not each.optional] or list(lessons)
        words = [standing.of_lesson(each) for each in judged]
        is_open = any(progress.is_open(each.id) for each in judged)
        if not is_open and "done" in words:
            expected = "done"
        elif not is_open:
            expected = "skipped"
        elif "done" in words or "active" in words:
            expected = "active"
        elif standing.waiting_for(place.module.id):
            expected = "blocked"
        else:
            expected = "ready"
        assert set(words) <= STATUSES
        assert standing.of_module(place.module) == expected


# The baseline, and ahead or behind.


def day_works(plan: Plan) -> dict[tuple[date, str], int]:
    parts: dict[tuple[date, str], int] = {}
    for block in plan.blocks:
        key = (block.day, block.lesson)
        parts[key] = parts.get(key, 0) + block.minutes
    return parts


def based_on(study: Study) -> Plan:
    accepted = study.progress.plan
    assert accepted is not None
    return baseline(accepted, study.situation)


def ahead(study: Study) -> int:
    based = based_on(study)
    earned = earned_minutes(based, study.curriculum, study.progress)
    return ahead_days(based, earned, study.today)


@law(studies(), st.integers(0, 99), st.integers(-5, 30))
def test_on_its_day_the_accepted_plan_is_what_is_shown(
    study: Study, pick: int, later: int
) -> None:
    assume(study.today not in study.progress.study_days)
    lessons = list(study.curriculum.lessons)
    until = study.today + timedelta(days=later)
    deferred = LessonDeferred(lessons[pick % len(lessons)], until)

    accepted = study.then(deferred).accept()

    assert day_works(based_on(accepted)) == day_works(accepted.plan)
    assert based_on(accepted).shortfall == accepted.plan.shortfall


def work(study: Study, lesson: str, minutes: int, how: str) -> Study:
    """The study after a part of a lesson, done if nothing is left of it."""
    logged = StudyLogged(lesson, minutes)
    left = left_minutes(study.curriculum.lessons[lesson], study.progress)
    if minutes < left:
        return study.then(logged)
    if how == "done":
        return study.done(lesson)
    return study.then(logged, LessonsCompleted({lesson: 1}, EDITION))


def is_plain(study: Study) -> bool:
    """Tell whether no day's part is shorter than the shortest block.

    Minutes left below that are not told from a lesson that took longer.
    """
    shortest = study.progress.settings.block_min
    return study.plan.finish is not None and all(
        minutes >= min(shortest, -(-study.curriculum.lessons[lesson].minutes // 5))
        for (_, lesson), minutes in day_works(study.plan).items()
    )


@law(
    studies(),
    st.integers(0, 12),
    st.integers(0, 12),
    st.sampled_from(("done", "took")),
)
def test_ahead_counts_missed_and_finished_study_days(
    study: Study, studied: int, missed: int, how: str
) -> None:
    study = study.accept()
    assume(is_plain(study) and study.today not in study.progress.study_days)
    by_day: dict[date, list[tuple[str, int]]] = {}
    for (day, lesson), minutes in day_works(study.plan).items():
        by_day.setdefault(day, []).append((lesson, minutes))
    days = list(by_day)
    done = days[: studied % len(days)]
    rest = days[len(done) :][: 1 + missed]

    assert ahead(study) == 0
    for day in done:
        study = study.on(day)
        assert ahead(study) == 0
        for lesson, minutes in by_day[day]:
            study = work(study, lesson, minutes, how)
        assert ahead(study) == 0
        assert ahead(study.on(day + ONE_DAY)) == 0
    assert ahead(study.on(rest[-1] + ONE_DAY)) == -len(rest)
    for day in rest:
        for lesson, minutes in by_day[day]:
            study = work(study, lesson, minutes, how)
    assert ahead(study.on(rest[0] - ONE_DAY)) == len(rest)


def week_of_hours() -> Curriculum:
    return one_track(60, 60, 60, 60, 60)


@pytest.mark.parametrize(
    ("done", "day", "expected"),
    [
        pytest.param(0, 16, 0, id="the first day is not over"),
        pytest.param(0, 17, -1, id="one day missed"),
        pytest.param(0, 20, -4, id="four days missed"),
        pytest.param(1, 16, 0, id="today's work done"),
        pytest.param(1, 17, 0, id="yesterday's work done"),
        pytest.param(3, 16, 2, id="two days in advance"),
        pytest.param(3, 18, 0, id="as planned in the end"),
        pytest.param(5, 16, 4, id="all in one day"),
        pytest.param(0, 30, -5, id="no more than there is"),
    ],
)
def test_ahead_and_behind_by_example(done: int, day: int, expected: int) -> None:
    study = a_study(week_of_hours(), forced=NO_BUFFER).accept()

    study = study.done(*(m(n) for n in range(done))).on(date(2026, 11, day))

    assert ahead(study) == expected


def test_days_without_minutes_are_no_missed_days() -> None:
    hours = (60, 0, 0, 60, 0, 0, 0)
    study = a_study(week_of_hours(), hours, forced=NO_BUFFER).accept()

    assert ahead(study.on(date(2026, 11, 19))) == -1
    assert ahead(study.on(date(2026, 11, 23))) == -2


def test_skipped_lessons_are_earned() -> None:
    study = a_study(week_of_hours(), forced=NO_BUFFER).accept()

    skipped = study.then(LessonsSkipped((m(0),), known=True)).on(date(2026, 11, 17))

    assert ahead(skipped) == 0


def test_an_overrun_before_the_plan_was_accepted_is_not_held_against_it() -> None:
    study = a_study(one_track(45, 60, 60), forced=NO_BUFFER, today=date(2026, 11, 17))
    study = study.then(StudyLogged("llmpath:m9", 70), day=MONDAY).accept()

    done = study.done(m(0))

    assert day_works(study.plan) == {
        (date(2026, 11, 17), m(0)): 45,
        (date(2026, 11, 18), m(1)): 60,
        (date(2026, 11, 19), m(2)): 60,
    }
    assert ahead(done.on(date(2026, 11, 18))) == 0


def test_the_rest_of_a_lesson_begun_before_is_no_other_study_of_the_first_day() -> None:
    study = a_study(one_track(90, 60), forced=NO_BUFFER)
    begun = study.then(StudyLogged(m(0), 30), day=date(2026, 11, 9)).accept()

    done = begun.done(m(0))

    assert day_works(based_on(done)) == day_works(begun.plan)
    assert ahead(done.on(date(2026, 11, 17))) == 0


def test_what_was_studied_before_the_acceptance_is_no_part_of_the_plan() -> None:
    study = a_study(one_track(30, 60, 60), forced=NO_BUFFER).done(m(0)).accept()

    assert day_works(based_on(study)) == {
        (MONDAY, m(1)): 30,
        (date(2026, 11, 17), m(1)): 30,
        (date(2026, 11, 17), m(2)): 30,
        (date(2026, 11, 18), m(2)): 30,
    }
    assert ahead(study.on(date(2026, 11, 17))) == -1


def test_days_off_that_became_known_later_are_no_missed_days() -> None:
    study = a_study(week_of_hours(), forced=NO_BUFFER).accept()

    ill = study.then(LeaveSet({MONDAY: 0})).on(date(2026, 11, 17))

    assert ahead(ill) == 0


def test_lessons_that_the_curriculum_no_longer_has_are_left_out() -> None:
    study = a_study(one_track(60, 60), forced=NO_BUFFER).accept()
    smaller = one_track(60)

    assert list(day_works(based_on(study._replace(curriculum=smaller)))) == [
        (MONDAY, m(0))
    ]
