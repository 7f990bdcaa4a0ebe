"""Reasons: what `why` says is what the filling did, checked by filling again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from hypothesis import strategies as st

from llmpath.core.events import (
    AvailabilitySet,
    LeaveSet,
    LessonDeferred,
    LessonsSkipped,
    PlanAccepted,
    PlannedWeek,
    TargetSet,
)
from llmpath.core.filling import Work, fill_days
from llmpath.core.open_work import works
from llmpath.core.plan import Plan
from llmpath.core.reasons import (
    Kind,
    Reason,
    find_reasons,
    lesson_to_explain,
    needed_modules,
)
from llmpath.core.rooms import carried, first_day, room_from
from llmpath.core.scheduling import held_lessons
from tests.builders import a_curriculum, a_lesson, a_module, a_track
from tests.strategies import MONDAY, Study, a_study, law, m, one_track, studies

deferred_days = st.lists(st.tuples(st.integers(0, 99), st.integers(0, 25)), max_size=3)
later_days = st.integers(0, 9)
BEYOND_ALL = 100_000


@st.composite
def planned_studies(draw: st.DrawFn) -> Study:
    """Studies with an accepted plan, put-off lessons and days off, some days later."""
    study = draw(studies()).accept()
    ids = list(study.curriculum.lessons)
    for pick, ahead in draw(deferred_days):
        lesson = ids[pick % len(ids)]
        until = study.today + timedelta(days=ahead)
        study = study.then(LessonDeferred(lesson, until)).accept()
    return study.on(study.today + timedelta(days=draw(later_days)))


def reasons_of(study: Study) -> dict[str, tuple[Reason, ...]]:
    plan, situation = study.plan, study.situation
    return {
        each.lesson: find_reasons(
            situation, plan, study.curriculum.lessons[each.lesson]
        )
        for each in plan.placements
    }


def filled_again(
    study: Study,
    change: Callable[[Work], Work],
    more_room: Callable[[date], bool],
) -> Plan:
    """The plan with works changed and endless room on some days."""
    _, progress, route, today = study.situation
    accepted = progress.plan
    assert accepted is not None
    lessons = held_lessons(accepted.plan.weeks, route, progress)
    start = first_day(progress, today)
    room_on = room_from(progress, progress.studied, today)
    return fill_days(
        map(change, works(route, progress, lessons)),
        start,
        lambda day: BEYOND_ALL if more_room(day) else room_on(day),
        progress.settings,
        carried(progress, progress.studied, start),
    )


@law(planned_studies())
def test_the_filling_notes_every_lesson_that_it_places(study: Study) -> None:
    plan = study.plan

    assert {e.lesson: e.day for e in plan.placements} == plan.first_days()
    for each in plan.placements:
        assert len(each.spared) == (each.day - each.since).days


@law(planned_studies())
def test_every_planned_lesson_has_a_reason_that_names_known_lessons(
    study: Study,
) -> None:
    for reasons in reasons_of(study).values():
        assert reasons
        for reason in reasons:
            assert {*reason.lessons} <= {*study.curriculum.lessons}
            assert reason.of is None or reason.of in study.curriculum.lessons


@law(planned_studies())
def test_what_a_lesson_comes_after_ends_no_later_than_it_begins(study: Study) -> None:
    plan = study.plan
    days = plan.first_days()
    for lesson, reasons in reasons_of(study).items():
        for reason in reasons:
            if reason.kind in {Kind.ORDER, Kind.PREREQUISITE}:
                for before in reason.lessons:
                    ends = max(b.day for b in plan.blocks if b.lesson == before)
                    assert ends <= days[lesson]


@law(planned_studies())
def test_a_prerequisite_is_open_and_needed_directly_or_by_another(
    study: Study,
) -> None:
    _, progress, route, _ = study.situation
    lessons = study.curriculum.lessons
    for lesson, reasons in reasons_of(study).items():
        for reason in reasons:
            if reason.kind is Kind.PREREQUISITE:
                (before,) = reason.lessons
                needed = needed_modules(route, progress, lessons[lesson].module)
                assert lessons[before].module in needed
                assert progress.is_open(before)


@law(planned_studies())
def test_days_without_room_are_full_or_off_in_the_plan(study: Study) -> None:
    plan = study.plan
    days = plan.first_days()
    settings = study.progress.settings
    for lesson, reasons in reasons_of(study).items():
        needed = sum(b.minutes for b in plan.blocks if b.lesson == lesson)
        for reason in reasons:
            for room in reason.days if reason.of is None else ():
                if reason.kind is Kind.DAY_OFF:
                    assert room.declared == 0
                    assert not plan.on(room.day)
                elif reason.kind is Kind.CAPACITY:
                    assert room.day < days[lesson]
                    assert room.spared < min(needed, 2 * settings.block_min)
                    used = room.planned + room.studied + room.spared
                    assert used >= room.declared - settings.tolerance


@law(planned_studies())
def test_room_on_the_days_that_bind_lets_the_lesson_begin_there(study: Study) -> None:
    days = study.plan.first_days()
    for lesson, reasons in reasons_of(study).items():
        first = reasons[0]
        if first.kind not in {Kind.CAPACITY, Kind.DAY_OFF}:
            continue
        named = {each.day for each in first.days}
        plan = filled_again(study, free_of_week(lesson), named.__contains__)

        assert plan.first_days()[lesson] <= min(named) < days[lesson]


@law(planned_studies())
def test_a_lesson_held_for_its_week_begins_earlier_when_it_is_not(
    study: Study,
) -> None:
    days = study.plan.first_days()
    for lesson, reasons in reasons_of(study).items():
        if reasons[0].kind is Kind.HELD:
            plan = filled_again(study, free_of_week(lesson), lambda _: False)

            assert plan.first_days()[lesson] < days[lesson]


@law(planned_studies())
def test_a_lesson_put_off_begins_earlier_when_it_is_not_and_there_is_room(
    study: Study,
) -> None:
    days = study.plan.first_days()
    for lesson, reasons in reasons_of(study).items():
        first = reasons[0]
        if first.kind is Kind.DEFERRAL:
            assert first.since is not None
            turn = first.since
            plan = filled_again(study, not_put_off(lesson), turn.__eq__)

            assert plan.first_days()[lesson] < days[lesson]


def free_of_week(lesson: str) -> Callable[[Work], Work]:
    return lambda work: (
        work._replace(held_until=date.min) if work.lesson == lesson else work
    )


def not_put_off(lesson: str) -> Callable[[Work], Work]:
    return lambda work: (
        work._replace(held_until=date.min, deferred_until=date.min)
        if work.lesson == lesson
        else work
    )


def kinds(study: Study, lesson: str) -> list[Kind]:
    thing = study.curriculum.lessons[lesson]
    return [each.kind for each in find_reasons(study.situation, study.plan, thing)]


def on(n: int) -> date:
    return MONDAY + timedelta(days=n)


def test_the_first_lesson_has_nothing_before_it() -> None:
    study = a_study(one_track(60, 60)).accept()

    (reason,) = find_reasons(
        study.situation, study.plan, study.curriculum.lessons[m(0)]
    )

    assert reason == Reason(Kind.ORDER, since=MONDAY)


def test_a_lesson_comes_after_what_it_needs_and_a_full_day() -> None:
    study = a_study(one_track(60, 60, after={1: (0,)})).accept()

    first, second = find_reasons(
        study.situation, study.plan, study.curriculum.lessons[m(1)]
    )

    assert first == Reason(Kind.PREREQUISITE, (m(0),), until=MONDAY)
    assert (second.kind, second.lessons) == (Kind.CAPACITY, (m(0),))
    (room,) = second.days
    assert (room.day, room.declared, room.planned, room.spared) == (MONDAY, 60, 60, 0)


def test_a_day_that_leaves_too_little_is_the_reason() -> None:
    study = a_study(one_track(50, 60)).accept()

    reason = find_reasons(study.situation, study.plan, study.curriculum.lessons[m(1)])[
        0
    ]

    assert (reason.kind, reason.days[0].spared) == (Kind.CAPACITY, 10)


def test_days_off_are_the_reason_before_the_order() -> None:
    off = LeaveSet({on(1): 0, on(2): 0})
    study = a_study(one_track(60, 60), 60, off).accept()

    assert kinds(study, m(1))[:2] == [Kind.DAY_OFF, Kind.ORDER]


def test_days_without_usual_hours_come_after_the_order() -> None:
    study = a_study(one_track(60, 60), (60, 0, 60, 0, 0, 0, 0)).accept()

    assert kinds(study, m(1)) == [Kind.ORDER, Kind.CAPACITY, Kind.DAY_OFF]


def test_a_lesson_put_off_says_so_and_so_does_what_needs_it() -> None:
    study = a_study(one_track(60, 60, 60, after={2: (0,)}))
    study = study.then(LessonDeferred(m(0), on(4))).accept()
    lessons = study.curriculum.lessons
    own = find_reasons(study.situation, study.plan, lessons[m(0)])[0]
    after = find_reasons(study.situation, study.plan, lessons[m(2)])

    assert (own.kind, own.lessons, own.until) == (Kind.DEFERRAL, (m(0),), on(4))
    assert [(each.kind, each.lessons) for each in after[:2]] == [
        (Kind.DEFERRAL, (m(0),)),
        (Kind.PREREQUISITE, (m(0),)),
    ]


def test_a_lesson_whose_place_follows_from_being_put_off_tells_that_too() -> None:
    study = a_study(one_track(*[60] * 8)).then(LessonDeferred(m(0), on(7))).accept()
    later = study.then(
        PlanAccepted(
            1.0,
            0.15,
            (
                PlannedWeek(MONDAY, tuple(m(n) for n in range(1, 7))),
                PlannedWeek(on(7), (m(7), m(0))),
            ),
            None,
            480,
        )
    )
    reasons = find_reasons(later.situation, later.plan, study.curriculum.lessons[m(0)])

    assert [each.kind for each in reasons[:2]] == [Kind.ORDER, Kind.DEFERRAL]
    assert (reasons[1].lessons, reasons[1].until) == ((m(0),), on(7))


def test_a_day_off_before_the_day_until_which_a_lesson_was_put_off_is_no_reason() -> (
    None
):
    lessons = [a_lesson(m(0, 1), 90), a_lesson(m(0, 2), 20)]
    module = a_module("m0", lessons)
    curriculum = a_curriculum([a_track("road", [module])], [module])
    off = LeaveSet({on(9): 0})
    study = a_study(curriculum, (0, 0, 60, 0, 0, 0, 30), off).accept()
    study = study.then(LessonDeferred(m(0, 2), on(10))).accept()
    reasons = reasons_of(study)[m(0, 2)]

    assert [each.kind for each in reasons[:2]] == [Kind.HELD, Kind.DEFERRAL]
    assert on(9) not in {day.day for each in reasons for day in each.days}


def test_a_lesson_of_next_week_is_held_where_this_week_has_room() -> None:
    study = a_study(one_track(*[60] * 7)).accept()
    first = find_reasons(study.situation, study.plan, study.curriculum.lessons[m(6)])[0]

    assert (first.kind, first.until) == (Kind.HELD, on(7))
    assert first.days[0].spared == 60


def test_a_lesson_of_the_same_day_tells_why_that_day_begins_late() -> None:
    off = LeaveSet({on(1): 0})
    study = a_study(one_track(60, 30, 30), 60, off).accept()
    reasons = find_reasons(study.situation, study.plan, study.curriculum.lessons[m(2)])

    assert [(each.kind, each.of) for each in reasons[:2]] == [
        (Kind.ORDER, None),
        (Kind.DAY_OFF, m(1)),
    ]


def test_a_lesson_that_ends_after_the_target_says_so() -> None:
    study = a_study(one_track(60, 60), 60, TargetSet(MONDAY)).accept()

    assert Kind.TARGET not in kinds(study, m(0))
    assert Kind.TARGET in kinds(study, m(1))


def test_lessons_without_a_day_say_what_keeps_them_from_one() -> None:
    lessons = [a_lesson(m(0, 1)), a_lesson(m(0, 2), optional=True)]
    modules = [a_module("m0", lessons), a_module("m1"), a_module("m2"), a_module("m3")]
    track = a_track("road", modules[:3])
    study = a_study(a_curriculum([track], modules))
    study = study.then(LessonsSkipped((m(1),), known=False)).done(m(0, 1)).accept()

    assert kinds(study, m(0, 1)) == [Kind.DONE]
    assert kinds(study, m(0, 2)) == [Kind.OPTIONAL]
    assert kinds(study, m(1)) == [Kind.SKIPPED]
    assert kinds(study, m(3)) == [Kind.TRACK]
    away = study.then(LeaveSet({}, MONDAY, changes_break=True))
    assert kinds(away, m(2)) == [Kind.DAY_OFF]
    none = study.then(AvailabilitySet(MONDAY, (0, 0, 0, 0, 0, 0, 0)))
    assert kinds(none, m(2)) == [Kind.CAPACITY]


def test_a_module_is_explained_by_its_first_open_lesson_or_the_last_done() -> None:
    module = a_module("m0", 3)
    study = a_study(a_curriculum([a_track("road", [module])], [module])).accept()
    begun = study.done(m(0, 1))
    closed = begun.done(m(0, 3), day=on(1)).done(m(0, 2), day=on(2))

    def explained(of: Study) -> str:
        return lesson_to_explain(of.situation, of.plan, module).id

    assert explained(study) == m(0, 1)
    assert explained(begun) == m(0, 2)
    assert explained(closed) == m(0, 2)
