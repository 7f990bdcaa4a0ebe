"""Plans: what every plan keeps, how it holds, and what a repair may move."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise, permutations

import pytest
from hypothesis import assume
from hypothesis import strategies as st

from llmpath.core.availability import ONE_DAY, ONE_WEEK, monday_of
from llmpath.core.counting import left_minutes
from llmpath.core.curriculum import Curriculum, Lesson
from llmpath.core.events import (
    AvailabilitySet,
    Event,
    LeaveSet,
    LessonDeferred,
    LessonsCompleted,
    LessonsIncluded,
    LessonsReopened,
    LessonsSkipped,
    PlanAccepted,
    PlannedWeek,
    RecordsVoided,
    StudyLogged,
)
from llmpath.core.filling import Work, fill_days
from llmpath.core.open_work import open_lessons
from llmpath.core.outlook import make_forecast
from llmpath.core.plan import Plan, Shortfall, StudyBlock
from llmpath.core.plan_settings import PlanSettings
from llmpath.core.scheduling import make_plan
from tests.builders import a_curriculum, a_lesson, a_module, a_track
from tests.strategies import (
    EDITION,
    FREE_SPLITTING,
    MONDAY,
    Study,
    a_study,
    curricula,
    happening,
    law,
    m,
    one_track,
    studies,
)

NO_BUFFER = PlanSettings(buffer=0.0)

free_studies = studies(forced=st.just(FREE_SPLITTING))
any_index = st.integers(0, 99)
more_minutes = st.dictionaries(
    st.integers(1, 30), st.integers(1, 120), min_size=1, max_size=5
)
days_off = st.lists(st.integers(1, 30), min_size=1, max_size=5, unique=True)


def wanted_lessons(study: Study) -> dict[str, int]:
    """What the plan must hold, from the contract: open lessons, with minutes left."""
    _, progress, route, _ = study.situation
    wanted = {}
    for place in route.modules.values():
        for lesson in place.module.lessons:
            is_required = not place.optional and not lesson.optional
            counts = is_required or lesson.id in progress.included
            if counts and progress.is_open(lesson.id):
                wanted[lesson.id] = left_minutes(lesson, progress)
    return wanted


def day_parts(plan: Plan) -> dict[tuple[date, str], int]:
    """Minutes of each lesson on each day, in order of study."""
    parts: dict[tuple[date, str], int] = {}
    for block in plan.blocks:
        key = (block.day, block.lesson)
        parts[key] = parts.get(key, 0) + block.minutes
    return parts


def day_works(plan: Plan) -> list[tuple[date, str, int]]:
    return [(*key, minutes) for key, minutes in day_parts(plan).items()]


def minutes_by_day(plan: Plan) -> dict[date, int]:
    days: dict[date, int] = {}
    for block in plan.blocks:
        days[block.day] = days.get(block.day, 0) + block.minutes
    return days


def end(plan: Plan) -> date:
    """The finish; beyond all days if something found no room."""
    return date.max if plan.shortfall else plan.finish or date.min


def weeks_begun(plan: Plan) -> dict[str, date]:
    return {lesson: monday_of(day) for lesson, day in plan.first_days().items()}


def first_free_day(study: Study, minutes: int) -> date | None:
    """The first day by which full attendance gives so many minutes: a lower bound."""
    _, progress, _, today = study.situation
    assert progress.started is not None
    day = max(today, progress.started.from_day)
    studied = progress.study_days.get(today, {})
    room = -sum(studied.values()) if day == today else 0
    room = max(room, -progress.availability.minutes_on(day))
    for _ in range(3653):
        room += progress.availability.minutes_on(day)
        if room >= minutes:
            return day
        day += ONE_DAY
    return None


# What every plan keeps.


@law(studies())
def test_every_open_lesson_is_planned_once_with_the_minutes_left(study: Study) -> None:
    wanted = wanted_lessons(study)

    plan = study.accept().plan

    ids = [block.lesson for block in plan.blocks]
    runs = [*ids[:1], *(other for one, other in pairwise(ids) if one != other)]
    missing = set(plan.shortfall.lessons if plan.shortfall else ())
    planned = dict.fromkeys(runs, 0)
    for block in plan.blocks:
        planned[block.lesson] += block.minutes
    assert len(runs) == len(planned)
    assert planned.keys() | missing == wanted.keys()
    assert all(planned[each] == wanted[each] for each in planned.keys() - missing)
    left_over = plan.shortfall.minutes if plan.shortfall else 0
    assert plan.minutes + left_over == sum(wanted.values())


@law(studies())
def test_prerequisites_end_before_their_dependents_begin(study: Study) -> None:
    route, wanted = study.situation.route, wanted_lessons(study)

    ids = [block.lesson for block in study.accept().plan.blocks]

    for nth, lesson in enumerate(ids):
        module = route.modules[study.curriculum.lessons[lesson].module].module
        for needed in module.prerequisites:
            for each in route.required_lessons(needed.module):
                assert each.id not in wanted or each.id in ids[:nth]
                assert each.id not in ids[nth:]


@law(studies())
def test_no_stretch_of_days_holds_more_than_its_minutes_and_the_tolerance(
    study: Study,
) -> None:
    accepted = study.accept()
    progress = accepted.progress
    assert progress.started is not None

    by_day = minutes_by_day(accepted.plan)

    for first in by_day:
        assert first >= max(study.today, progress.started.from_day)
        assert progress.availability.minutes_on(first) > 0
        for length in (1, 7, 30):
            beyond = first + timedelta(days=length)
            used = sum(n for day, n in by_day.items() if first <= day < beyond)
            capacity = progress.availability.minutes_between(first, beyond)
            assert used <= capacity + progress.settings.tolerance


@law(studies())
def test_blocks_keep_the_shortest_and_the_longest_length(study: Study) -> None:
    """But for lessons that meet a day too short to split them."""
    accepted = study.accept()
    plan, progress = accepted.plan, accepted.progress
    wanted, shortest = wanted_lessons(study), progress.settings.block_min
    enough = max(2 * shortest, shortest + progress.settings.tolerance)

    for block in plan.blocks:
        days = {each.day for each in plan.blocks if each.lesson == block.lesson}
        is_oversize = any(
            progress.availability.minutes_on(day) < enough for day in days
        )
        assert 1 <= block.minutes <= progress.settings.block_max
        assert block.minutes >= min(shortest, wanted[block.lesson]) or is_oversize


@law(studies())
def test_parts_are_numbered_through(study: Study) -> None:
    assume(not study.progress.logged)

    plan = study.accept().plan

    for lesson in plan.first_days():
        parts = [each for each in plan.blocks if each.lesson == lesson]
        numbers = [(each.part, each.parts) for each in parts]
        assert numbers == [(n, len(parts)) for n in range(1, len(parts) + 1)]


@law(studies())
def test_a_new_plan_commits_each_open_lesson_to_one_week(study: Study) -> None:
    made = make_plan(study.situation)
    plan = study.then(made).plan

    assert sorted(each for week in made.weeks for each in week.lessons) == sorted(
        wanted_lessons(study)
    )
    starts = [week.start for week in made.weeks]
    assert all(start.weekday() == 0 for start in starts)
    assert all(one < other for one, other in pairwise(starts))
    assert (made.finish, made.minutes) == (plan.finish, plan.minutes)
    # A lesson never begins before the week it is committed to.
    begun = weeks_begun(plan)
    for week in made.weeks:
        assert all(begun.get(each, week.start) >= week.start for each in week.lessons)


@law(studies())
def test_a_new_plan_keeps_the_buffer_but_for_one_lesson(study: Study) -> None:
    made = make_plan(study.situation)
    progress = study.progress
    assume(study.then(made).plan.shortfall is None and progress.started)
    wanted = wanted_lessons(study)
    first = max(study.today, progress.started.from_day if progress.started else MONDAY)

    for week in made.weeks:
        capacity = progress.availability.minutes_between(
            max(first, week.start), week.start + ONE_WEEK
        )
        kept = capacity * (1 - progress.settings.buffer) + progress.settings.tolerance
        assert sum(wanted[each] for each in week.lessons[:-1]) <= kept


@law(studies())
def test_the_order_of_files_and_records_changes_nothing(study: Study) -> None:
    accepted = study.accept()
    modules = dict(list(study.curriculum.modules.items())[::-1])
    lessons = dict(list(study.curriculum.lessons.items())[::-1])
    shuffled = study.curriculum._replace(modules=modules, lessons=lessons)
    otherwise = accepted._replace(
        curriculum=shuffled, records=accepted.records[::-1] + accepted.records
    )

    assert make_plan(otherwise.situation) == make_plan(accepted.situation)
    assert otherwise.plan == accepted.plan == accepted.plan


# When a plan ends.


@law(free_studies)
def test_with_free_splitting_the_plan_ends_on_the_first_possible_day(
    study: Study,
) -> None:
    assume(not study.progress.study_days and not study.progress.completions)
    needed = sum(wanted_lessons(study).values())
    assume(needed)

    plan = study.accept().plan

    assert plan.finish == first_free_day(study, needed)
    assert study.plan.finish == plan.finish


small_curricula = curricula(modules=3)


@law(studies(source=small_curricula, forced=st.just(FREE_SPLITTING), history=False))
def test_no_valid_order_ends_earlier_with_free_splitting(study: Study) -> None:
    route, progress = study.situation.route, study.progress
    wanted = [study.curriculum.lessons[each] for each in wanted_lessons(study)]
    assume(2 <= len(wanted) <= 6)

    def is_valid(order: tuple[Lesson, ...]) -> bool:
        ids = [lesson.id for lesson in order]
        return not any(
            each.id in ids[nth:]
            for nth, lesson in enumerate(order)
            for needed in route.modules[lesson.module].module.prerequisites
            for each in route.required_lessons(needed.module)
        )

    plan = study.accept().plan

    valid = [order for order in permutations(wanted) if is_valid(order)]
    by_id = study.curriculum.lessons
    assert tuple(by_id[each] for each in plan.first_days()) in valid
    finishes = {
        fill_days(
            [Work(lesson.id, lesson.minutes) for lesson in order],
            plan.start,
            progress.availability.minutes_on,
            FREE_SPLITTING,
        ).finish
        for order in valid
    }
    assert finishes == {plan.finish}


def with_more_minutes(study: Study, more: dict[int, int]) -> Study:
    days = {study.today + timedelta(days=n): extra for n, extra in more.items()}
    declared = study.progress.availability.minutes_on
    return study.then(LeaveSet({day: declared(day) + n for day, n in days.items()}))


@law(studies(), more_minutes)
def test_more_minutes_never_delay_a_new_plan(
    study: Study, more: dict[int, int]
) -> None:
    richer = with_more_minutes(study, more)

    assert end(richer.accept().plan) <= end(study.accept().plan)


@law(studies(), more_minutes)
def test_more_minutes_never_delay_the_plan_that_holds(
    study: Study, more: dict[int, int]
) -> None:
    accepted = study.accept()

    assert end(with_more_minutes(accepted, more).plan) <= end(accepted.plan)


@law(studies(), days_off)
def test_days_off_never_bring_the_end_forward(study: Study, ahead: list[int]) -> None:
    off = LeaveSet({study.today + timedelta(days=n): 0 for n in ahead})

    assert end(study.then(off).accept().plan) >= end(study.accept().plan)
    assert end(study.accept().then(off).plan) >= end(study.accept().plan)


@law(studies(), any_index)
def test_leaving_a_lesson_out_never_delays_the_plan_that_holds(
    study: Study, pick: int
) -> None:
    wanted = list(wanted_lessons(study))
    assume(wanted)
    accepted = study.accept()
    skipped = LessonsSkipped((wanted[pick % len(wanted)],), known=True)

    assert end(accepted.then(skipped).plan) <= end(accepted.plan)


@law(studies(), any_index)
def test_leaving_a_lesson_out_never_delays_a_new_plan_of_the_same_order(
    study: Study, pick: int
) -> None:
    wanted = list(wanted_lessons(study))
    assume(wanted)
    gone = wanted[pick % len(wanted)]
    fewer = study.then(LessonsSkipped((gone,), known=True))
    order = [each.id for each in open_lessons(study.situation.route, study.progress)]
    rest = [each.id for each in open_lessons(study.situation.route, fewer.progress)]
    assume([each for each in order if each != gone] == rest)

    assert end(fewer.accept().plan) <= end(study.accept().plan)


@law(studies(), any_index)
def test_a_lesson_done_on_a_day_without_minutes_never_delays(
    study: Study, pick: int
) -> None:
    wanted = list(wanted_lessons(study))
    assume(wanted)
    free = study.today - timedelta(days=30)
    accepted = study.then(LeaveSet({free: 0})).accept()

    done = accepted.done(wanted[pick % len(wanted)], day=free)

    assert end(done.plan) <= end(accepted.plan)


@law(free_studies, any_index)
def test_a_lesson_done_today_never_delays_with_free_splitting(
    study: Study, pick: int
) -> None:
    wanted = list(wanted_lessons(study))
    assume(wanted)
    accepted = study.accept()

    done = accepted.done(wanted[pick % len(wanted)])

    assert end(done.plan) <= end(accepted.plan)


# How a plan holds.


def study_part(study: Study, lesson: str, minutes: int, how: str) -> Study:
    """The study after a day's part of a lesson; done if nothing is left of it."""
    if minutes < wanted_lessons(study)[lesson]:
        return study.then(StudyLogged(lesson, minutes))
    if how == "done":
        return study.done(lesson)
    estimate = study.curriculum.lessons[lesson].minutes
    done = LessonsCompleted({lesson: estimate}, EDITION)
    return study.then(StudyLogged(lesson, minutes), done)


def has_scraps(study: Study) -> bool:
    """Tell whether a day's part is shorter than the shortest block and a fifth.

    Minutes left below that are not told from a lesson that took longer.
    """
    shortest = study.progress.settings.block_min
    return any(
        minutes < min(shortest, -(-study.curriculum.lessons[lesson].minutes // 5))
        for (_, lesson), minutes in day_parts(study.plan).items()
    )


@law(studies(), st.sampled_from(("done", "took")))
def test_study_that_goes_as_planned_changes_no_other_block(
    study: Study, how: str
) -> None:
    assume(study.today not in study.progress.study_days)
    assume(how == "took" or not study.progress.logged)
    study = study.accept()
    plan = study.plan
    assume(plan.shortfall is None and not has_scraps(study))
    rest = list(plan.blocks)[:30]
    count = len(rest)

    for day, lesson in day_parts(plan._replace(blocks=tuple(rest))):
        while study.today < day:
            study = study.on(study.today + ONE_DAY)
            assert list(study.plan.blocks[: len(rest)]) == rest
        todays = [b.minutes for b in plan.blocks if (b.day, b.lesson) == (day, lesson)]
        study = study_part(study, lesson, sum(todays), how)
        rest = [b for b in rest if (b.day, b.lesson) != (day, lesson)]
        assert list(study.plan.blocks[: len(rest)]) == rest
    assert count == 30 or not study.plan.blocks


regular_studies = st.builds(
    lambda minutes, hours, forced: a_study(one_track(*minutes), hours, forced=forced),
    st.lists(st.integers(10, 90), min_size=4, max_size=12),
    st.integers(40, 150),
    st.sampled_from(
        (PlanSettings(), FREE_SPLITTING._replace(buffer=0.2), PlanSettings(buffer=0.4))
    ),
)


@law(regular_studies, st.integers(0, 5))
def test_a_missed_day_moves_no_lesson_out_of_a_week_that_still_holds_its_load(
    study: Study, missed: int
) -> None:
    study = study.accept()
    before = study.plan
    for day, lesson in list(day_parts(before)):
        if day < MONDAY + timedelta(days=missed):
            minutes = day_parts(before)[day, lesson]
            study = study_part(study.on(day), lesson, minutes, "took")
    tomorrow = MONDAY + timedelta(days=missed + 1)
    following = MONDAY + ONE_WEEK
    load = sum(
        minutes
        for day, minutes in minutes_by_day(before).items()
        if tomorrow - ONE_DAY <= day < following
    )
    # The room that lessons which cannot be split may leave unused at the end of a day.
    waste = (2 * study.progress.settings.block_min - 2) * (following - tomorrow).days
    capacity = study.progress.availability.minutes_between(tomorrow, following)
    assume(capacity >= load + waste)

    after = study.on(tomorrow).plan

    begun = weeks_begun(after)
    assert begun == {each: weeks_begun(before)[each] for each in begun}
    assert [block for block in after.blocks if block.day >= following] == [
        block for block in before.blocks if block.day >= following
    ]


events_after = st.lists(
    st.tuples(
        any_index,
        st.sampled_from(("done", "skip", "include", "log", "took")),
        st.integers(1, 90),
        st.integers(0, 20),
    ),
    max_size=6,
)


@law(studies(), events_after)
def test_a_repair_never_changes_the_order_of_what_was_planned(
    study: Study, events: list[tuple[int, str, int, int]]
) -> None:
    study = study.accept()
    order = list(study.plan.first_days())
    lessons = list(study.curriculum.lessons.values())

    for pick, kind, minutes, later in events:
        lesson = lessons[pick % len(lessons)]
        study = study.on(study.today + timedelta(days=later))
        study = study.then(*happening(kind, lesson, minutes))

    now = [each for each in study.plan.first_days() if each in order]
    assert now == [each for each in order if each in now]


@law(studies(), any_index)
def test_including_a_lesson_moves_no_lesson_before_it(study: Study, pick: int) -> None:
    study = study.accept()
    _, progress, route, _ = study.situation
    extra = [
        each.id
        for each in route.lessons()
        if progress.is_open(each.id) and each.id not in wanted_lessons(study)
    ]
    assume(extra)
    before = study.plan
    lesson = extra[pick % len(extra)]

    after = study.then(LessonsIncluded((lesson,))).plan

    ids = [block.lesson for block in after.blocks]
    assume(lesson in ids)
    assert after.blocks[: ids.index(lesson)] == before.blocks[: ids.index(lesson)]
    rest = [each for each in after.first_days() if each != lesson]
    assert rest == [each for each in before.first_days() if each in rest]


commands = st.sampled_from(("done", "skip", "include", "log", "later", "off", "plan"))


@law(studies(), commands, any_index)
def test_undo_gives_exactly_the_earlier_plan(
    study: Study, command: str, pick: int
) -> None:
    study = study.accept()
    lessons = list(study.curriculum.lessons.values())
    lesson = lessons[pick % len(lessons)]
    tomorrow = study.today + ONE_DAY
    others: dict[str, tuple[Event, ...]] = {
        "later": (LessonDeferred(lesson.id, study.today + ONE_WEEK),),
        "off": (LeaveSet({tomorrow: 0}, tomorrow, changes_break=True),),
        "plan": (PlanAccepted(1.0, 0.15, (), None, 0),),
    }
    events = others.get(command) or happening(command, lesson, 1 + pick)

    after = study.then(*events)
    undone = after.then(RecordsVoided((after.records[-1].id,)))

    assert undone.plan == study.plan
    assert make_plan(undone.situation) == make_plan(study.situation)
    assert make_forecast(undone.situation) == make_forecast(study.situation)


# Deferral.


@law(studies(history=False), any_index, st.integers(0, 40))
def test_a_deferred_lesson_and_what_needs_it_wait(
    study: Study, pick: int, ahead: int
) -> None:
    wanted = list(wanted_lessons(study))
    assume(wanted)
    lesson = study.curriculum.lessons[wanted[pick % len(wanted)]]
    until = study.today + timedelta(days=ahead)
    deferred = study.then(LessonDeferred(lesson.id, until)).accept()
    route = study.situation.route

    days = deferred.plan.first_days()

    assert days.get(lesson.id, until) >= until
    for each in wanted:
        module = study.curriculum.modules[study.curriculum.lessons[each].module]
        needs = {needed.module for needed in module.prerequisites}
        if lesson.module in needs and lesson in route.required_lessons(lesson.module):
            assert days.get(each, until) >= until
    assert set(days) | set(
        deferred.plan.shortfall.lessons if deferred.plan.shortfall else ()
    ) == set(wanted)


def test_others_go_before_a_deferred_lesson_which_then_goes_first() -> None:
    study = a_study(one_track(60, 60, 60, 60), forced=NO_BUFFER)
    wednesday = date(2026, 11, 18)

    plan = study.then(LessonDeferred(m(0), wednesday)).accept().plan

    assert day_works(plan) == [
        (MONDAY, m(1), 60),
        (date(2026, 11, 17), m(2), 60),
        (wednesday, m(0), 60),
        (date(2026, 11, 19), m(3), 60),
    ]


def test_a_chain_of_dependents_waits_for_the_deferred_lesson() -> None:
    curriculum = one_track(60, 60, 60, 60, after={1: (0,), 2: (1,)})
    study = a_study(curriculum, forced=NO_BUFFER)

    plan = study.then(LessonDeferred(m(0), date(2026, 11, 20))).accept().plan

    assert plan.first_days() == {
        m(3): MONDAY,
        m(0): date(2026, 11, 20),
        m(1): date(2026, 11, 21),
        m(2): date(2026, 11, 22),
    }


def test_lessons_of_one_module_do_not_wait_for_each_other() -> None:
    modules = [a_module("m0", 2, minutes=60)]
    study = a_study(a_curriculum([a_track("road", modules)], modules))

    plan = study.then(LessonDeferred(m(0, 1), date(2026, 11, 20))).accept().plan

    assert plan.first_days() == {m(0, 2): MONDAY, m(0, 1): date(2026, 11, 20)}


def test_a_lifted_deferral_gives_the_lesson_its_place_again() -> None:
    study = a_study(one_track(60, 60), forced=NO_BUFFER)
    deferred = study.then(LessonDeferred(m(0), date(2026, 12, 1)))

    lifted = deferred.then(LessonDeferred(m(0), None)).accept()

    assert lifted.plan == study.accept().plan


# Buffers and repairs, by example.


def test_a_missed_day_is_taken_up_by_the_buffer_of_the_following_week() -> None:
    study = a_study(one_track(*[60] * 10), (60, 60, 60, 60, 60, 0, 0)).accept()
    assert study.progress.plan is not None
    weeks = study.progress.plan.plan.weeks

    tuesday = study.on(date(2026, 11, 17)).plan

    assert [len(week.lessons) for week in weeks] == [5, 4, 1]
    assert day_works(tuesday) == [
        (date(2026, 11, 17), m(0), 60),
        (date(2026, 11, 18), m(1), 60),
        (date(2026, 11, 19), m(2), 60),
        (date(2026, 11, 20), m(3), 60),
        (date(2026, 11, 23), m(4), 60),
        (date(2026, 11, 24), m(5), 60),
        (date(2026, 11, 25), m(6), 60),
        (date(2026, 11, 26), m(7), 60),
        (date(2026, 11, 27), m(8), 60),
        (date(2026, 11, 30), m(9), 60),
    ]


def test_a_plan_that_is_ahead_pulls_nothing_from_a_later_week() -> None:
    study = a_study(one_track(60, 60, 60), (60, 0, 0, 0, 0, 0, 60), forced=NO_BUFFER)
    accepted = study.accept()
    done = accepted.done(m(0), day=MONDAY - ONE_DAY)

    assert accepted.plan.first_days()[m(2)] == date(2026, 11, 23)
    assert done.plan.first_days() == {m(1): MONDAY, m(2): date(2026, 11, 23)}


def test_todays_study_takes_todays_room_and_leaves_no_scrap() -> None:
    study = a_study(one_track(50, 45, 60), forced=NO_BUFFER).accept()

    done = study.done(m(0))

    assert day_works(study.plan)[:2] == [
        (MONDAY, m(0), 50),
        (date(2026, 11, 17), m(1), 45),
    ]
    assert day_works(done.plan) == day_works(study.plan)[1:]


def test_an_overrun_is_repaid_on_the_next_study_day_as_soon_as_it_happened() -> None:
    study = a_study(one_track(70, 60, 60), forced=NO_BUFFER).accept()
    tuesday, wednesday = date(2026, 11, 17), date(2026, 11, 18)

    evening = study.done(m(0))

    expected = [(tuesday, m(1), 60), (wednesday, m(2), 60)]
    assert day_works(evening.plan) == expected
    assert day_works(evening.on(tuesday).plan) == expected
    # Without the ten minutes of Monday, Tuesday would take a part of the third lesson.
    short = a_study(one_track(45, 60), forced=NO_BUFFER).then(StudyLogged("x", 70))
    assert day_works(short.on(tuesday).plan) == [
        (tuesday, m(0), 45),
        (wednesday, m(1), 60),
    ]


def test_an_overrun_is_repaid_by_the_days_before_the_start_as_well() -> None:
    sunday, tuesday = MONDAY - ONE_DAY, MONDAY + ONE_DAY
    study = a_study(one_track(60, 60), start=tuesday, forced=NO_BUFFER)
    over = study.then(StudyLogged("llmpath:m9", 70), day=sunday).accept()

    assert day_works(over.plan)[0] == (tuesday, m(0), 60)
    assert day_works(over.plan) == day_works(over.on(tuesday).plan)
    assert over.plan == study.accept().plan


def test_including_a_lesson_that_nothing_waits_for_pulls_nothing_forward() -> None:
    lesson = a_lesson(m(1), 60, optional=True)
    modules = [
        a_module("m0", 1, after=["m1"]),
        a_module("m1", [lesson], after=["m2"]),
        a_module("m2", 1),
    ]
    study = a_study(a_curriculum([a_track("road", modules)], modules)).accept()

    included = study.then(LessonsIncluded((m(1),)))

    assert list(study.plan.first_days()) == [m(0), m(2)]
    assert list(included.plan.first_days()) == [m(0), m(2), m(1)]


def test_a_reopened_lesson_stands_after_what_was_planned_before_it() -> None:
    study = a_study(one_track(60, 60, 60, 60), forced=NO_BUFFER).done(
        m(2), day=MONDAY - ONE_WEEK
    )
    accepted = study.accept()
    closing = accepted.progress.completions[m(2)].records

    reopened = accepted.then(LessonsReopened({m(2): closing}))

    assert list(accepted.plan.first_days()) == [m(0), m(1), m(3)]
    assert list(reopened.plan.first_days()) == [m(0), m(1), m(2), m(3)]


def test_what_the_plan_does_not_know_stands_first_if_nothing_is_planned_before() -> (
    None
):
    study = a_study(one_track(60, 60, 60), forced=NO_BUFFER)
    known = PlannedWeek(MONDAY, (m(2), m(1)))

    plan = study.then(PlanAccepted(1.0, 0.0, (known,), None, 120)).plan

    assert list(plan.first_days()) == [m(0), m(2), m(1)]


def test_a_plan_that_no_longer_knows_a_lesson_goes_on_without_it() -> None:
    study = a_study(one_track(60), forced=NO_BUFFER)
    week = PlannedWeek(MONDAY, ("llmpath:gone/away", m(0)))

    plan = study.then(PlanAccepted(1.0, 0.0, (week,), None, 120)).plan

    assert list(plan.first_days()) == [m(0)]


def test_a_given_order_is_kept_as_far_as_prerequisites_allow() -> None:
    study = a_study(one_track(60, 60, 60, after={2: (0,)}), forced=NO_BUFFER)
    by_id = study.curriculum.lessons

    made = make_plan(study.situation, in_order=[by_id[m(2)], by_id[m(1)], by_id[m(0)]])

    assert [week.lessons for week in made.weeks] == [(m(0), m(2), m(1))]


def test_a_shared_lesson_is_planned_once_where_the_first_track_needs_it() -> None:
    shared, first, second = (a_module(f"m{n}", 1, minutes=60) for n in range(3))
    tracks = [a_track("one", [first, shared]), a_track("two", [shared, second])]
    study = a_study(a_curriculum(tracks, [shared, first, second]), forced=NO_BUFFER)

    assert list(study.accept().plan.first_days()) == [m(1), m(0), m(2)]


def test_studying_from_a_later_day_plans_nothing_before_it() -> None:
    study = a_study(one_track(60), start=date(2026, 12, 1)).accept()

    assert day_works(study.plan) == [(date(2026, 12, 1), m(0), 60)]


def test_no_hours_at_all_are_a_shortfall_and_not_an_error() -> None:
    study = a_study(one_track(60, 30), 0).accept()

    plan = study.plan

    assert plan == Plan(MONDAY, (), Shortfall(90, (m(0), m(1))))
    assert plan.finish is None
    assert study.progress.plan is not None
    assert study.progress.plan.plan.weeks == (PlannedWeek(MONDAY, (m(0), m(1))),)


# The calendar.


def lessons_of_an_hour(count: int) -> Curriculum:
    return one_track(*[60] * count)


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        pytest.param(
            date(2028, 2, 27),
            [date(2028, 2, 27), date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1)],
            id="leap day",
        ),
        pytest.param(
            date(2026, 12, 30),
            [
                date(2026, 12, 30),
                date(2026, 12, 31),
                date(2027, 1, 1),
                date(2027, 1, 2),
            ],
            id="year end in week 53",
        ),
        pytest.param(
            date(2027, 3, 27),
            [
                date(2027, 3, 27),
                date(2027, 3, 28),
                date(2027, 3, 29),
                date(2027, 3, 30),
            ],
            id="clocks go forward",
        ),
    ],
)
def test_every_date_of_the_calendar_is_a_study_day(
    first: date, expected: list[date]
) -> None:
    study = a_study(lessons_of_an_hour(4), today=first, forced=NO_BUFFER).accept()

    assert list(study.plan.first_days().values()) == expected


def test_weeks_begin_on_monday_across_the_year_end() -> None:
    study = a_study(
        lessons_of_an_hour(12), today=date(2026, 12, 21), forced=NO_BUFFER
    ).accept()
    assert study.progress.plan is not None

    weeks = study.progress.plan.plan.weeks

    assert [(week.start, len(week.lessons)) for week in weeks] == [
        (date(2026, 12, 21), 7),
        (date(2026, 12, 28), 5),
    ]
    assert [week.start.isocalendar().week for week in weeks] == [52, 53]


def test_days_off_are_left_out_and_other_minutes_are_used() -> None:
    study = a_study(lessons_of_an_hour(3), forced=NO_BUFFER)
    off = LeaveSet({MONDAY: 0, date(2026, 11, 17): 120})

    assert day_works(study.then(off).accept().plan) == [
        (date(2026, 11, 17), m(0), 60),
        (date(2026, 11, 17), m(1), 60),
        (date(2026, 11, 18), m(2), 60),
    ]


def test_an_open_break_leaves_what_comes_after_it_without_a_date() -> None:
    study = a_study(lessons_of_an_hour(3), forced=NO_BUFFER).accept()
    wednesday = date(2026, 11, 18)
    away = study.then(LeaveSet({}, wednesday, changes_break=True))

    back = away.then(LeaveSet({}, None, changes_break=True))

    assert away.plan.shortfall == Shortfall(60, (m(2),))
    assert away.plan.finish is None
    assert away.plan.first_days() == {m(0): MONDAY, m(1): date(2026, 11, 17)}
    assert back.plan == study.plan


def test_new_hours_hold_from_their_day_on() -> None:
    study = a_study(lessons_of_an_hour(3), forced=NO_BUFFER)
    fewer = AvailabilitySet(date(2026, 11, 17), (0, 0, 0, 0, 60, 60, 0))

    assert study.then(fewer).accept().plan.first_days() == {
        m(0): MONDAY,
        m(1): date(2026, 11, 20),
        m(2): date(2026, 11, 21),
    }


def test_a_long_lesson_is_cut_into_even_blocks() -> None:
    study = a_study(one_track(110), 240).accept()

    assert study.plan.blocks == (
        StudyBlock(MONDAY, m(0), 37, 1, 3),
        StudyBlock(MONDAY, m(0), 37, 2, 3),
        StudyBlock(MONDAY, m(0), 36, 3, 3),
    )


def test_an_optional_lesson_is_planned_once_it_is_included() -> None:
    lessons = [a_lesson(m(0, 1), 30), a_lesson(m(0, 2), 30, optional=True)]
    modules = [a_module("m0", lessons)]
    study = a_study(a_curriculum([a_track("road", modules)], modules))

    included = study.then(LessonsIncluded((m(0, 2),)))

    assert list(study.accept().plan.first_days()) == [m(0, 1)]
    assert list(included.accept().plan.first_days()) == [m(0, 1), m(0, 2)]
