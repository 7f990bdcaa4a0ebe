"""The history behind the forecast, and what is shown of the forecast."""

from __future__ import annotations

from datetime import date, timedelta
from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.core.curriculum import Curriculum, Module
from llmpath.core.events import (
    AvailabilitySet,
    LeaveSet,
    LessonsCompleted,
    LessonsSkipped,
    Stated,
    StudyLogged,
)
from llmpath.core.forecast import LEVELS, Week
from llmpath.core.history import History, make_history
from llmpath.core.outlook import (
    Forecast,
    declining_weeks,
    is_paused,
    make_forecast,
    stand_by,
    standing_day,
)
from llmpath.core.progress import StatedOn
from tests.builders import a_curriculum, a_lesson, a_module, a_track
from tests.strategies import MONDAY, Study, a_study, law, studies

TODAY = date(2026, 11, 20)
days_ahead = st.dates(TODAY - timedelta(days=30), TODAY + timedelta(days=900))


def road(modules: list[Module]) -> Curriculum:
    """One track over all modules."""
    return a_curriculum([a_track("road", modules)], modules)


def course() -> Study:
    """Forty lessons of 60 minutes, started on a Monday, an hour on every day."""
    modules = [a_module(f"m{n}", 10, minutes=60) for n in range(4)]
    return a_study(road(modules), 60).accept()


def lesson(n: int) -> str:
    return f"llmpath:m{n // 10}/m{n // 10}-{n % 10 + 1}"


def timed(study: Study, n: int, minutes: int, day: date) -> Study:
    """The study after a lesson was done in so many minutes."""
    events = (LessonsCompleted({lesson(n): 60}, ""), StudyLogged(lesson(n), minutes))
    return study.then(*events, day=day)


def test_weeks_end_yesterday_and_the_first_may_be_short() -> None:
    study = timed(course(), 0, 40, MONDAY + timedelta(days=1))
    study = timed(study, 1, 50, MONDAY + timedelta(days=9))

    history = make_history(study.on(MONDAY + timedelta(days=10)).situation)

    assert history.weeks == (Week(180, 40, 3), Week(420, 50, 7))
    assert history.is_timed


def test_on_the_first_day_there_is_no_history() -> None:
    history = make_history(course().situation)

    assert history.weeks == ()
    assert (history.timed, history.is_timed) == ((), False)
    assert len(history.open) == 40


def test_an_untimed_lesson_counts_its_estimate_at_the_pace_of_its_day() -> None:
    study = course().done(lesson(0), day=MONDAY)
    for n in range(1, 9):
        study = timed(study, n, 30, MONDAY + timedelta(days=n))
    later = MONDAY + timedelta(days=20)
    minutes = make_history(study.done(lesson(9), day=later).situation).days

    assert minutes[MONDAY] == pytest.approx(60 * 1.2)
    assert 30 < minutes[later] < 60 * 0.8


def test_what_was_logged_before_is_taken_from_an_untimed_lesson() -> None:
    study = course().then(StudyLogged(lesson(0), 45), day=MONDAY)
    done = study.done(lesson(0), day=MONDAY + timedelta(days=1))

    assert make_history(done.situation).days == {
        MONDAY: 45,
        MONDAY + timedelta(days=1): pytest.approx(60 * 1.2 - 45),
    }
    assert make_history(done.situation).timed == ()


@pytest.mark.parametrize(("minutes", "day"), [(300, 0), (48, 0), (20, 2), (20, 1)])
def test_a_lesson_is_timed_by_minutes_of_its_day_or_later_or_most_of_its_estimate(
    minutes: int, day: int
) -> None:
    study = course().then(
        StudyLogged(lesson(0), minutes), day=MONDAY + timedelta(days=day)
    )
    done = study.done(lesson(0), day=MONDAY + timedelta(days=1))

    assert [each.minutes for each in make_history(done.situation).timed] == [minutes]
    assert make_history(done.situation).days == {MONDAY + timedelta(days=day): minutes}


def test_known_lessons_and_those_done_before_the_start_are_no_study() -> None:
    study = course().then(LessonsSkipped((lesson(0),), known=True), day=MONDAY)
    study = study.done(lesson(1), day=MONDAY - timedelta(days=3))

    assert make_history(study.situation).days == {}
    assert len(make_history(study.situation).open) == 38


def test_time_on_a_lesson_that_turned_out_to_be_known_is_no_study() -> None:
    study = course().then(StudyLogged(lesson(0), 50), day=MONDAY)
    study = study.then(StudyLogged(lesson(1), 20), day=MONDAY)
    skipped = study.then(LessonsSkipped((lesson(0),), known=False), day=MONDAY)
    known = study.then(LessonsSkipped((lesson(0),), known=True), day=MONDAY)

    assert make_history(skipped.situation).days == {MONDAY: 70}
    assert make_history(known.situation).days == {MONDAY: 20}
    assert make_history(known.done(lesson(0)).situation).days[MONDAY] == 70


def test_a_module_that_states_its_study_time_begins_with_that_pace() -> None:
    slow = a_module("m0", 1, minutes=60)._replace(study_minutes=180)
    plain = a_module("m1", 1, minutes=60)
    history = make_history(a_study(road([slow, plain]), 60).situation)

    assert [each.estimate * 1.2 for each in history.open] == pytest.approx([180, 72])


def test_a_past_day_counts_with_the_hours_that_were_declared_for_it_then() -> None:
    friday = MONDAY + timedelta(days=4)
    study = course().then(LeaveSet({friday: 0}), day=MONDAY)
    study = study.then(LeaveSet({MONDAY + timedelta(days=5): 0}), day=friday)
    late = study.then(LeaveSet({MONDAY: 0}), day=friday)
    doubled = late.then(AvailabilitySet(MONDAY + timedelta(days=7), (120,) * 7))
    history = make_history(doubled.on(MONDAY + timedelta(days=7)).situation)

    assert history.weeks == (Week(60 * 5, 0),)


def weeks_of(*minutes: int) -> History:
    weeks = tuple(Week(300, each, 7) for each in minutes)
    return History(weeks, (), (), is_timed=True)


@pytest.mark.parametrize(
    ("minutes", "paused"),
    [((), False), ((0, 0), False), ((90, 0, 0), False), ((90, 0, 0, 0), True)],
)
def test_three_weeks_without_study_are_a_pause(
    minutes: tuple[int, ...],
    paused: bool,  # noqa: FBT001 - a column of the table
) -> None:
    assert is_paused(weeks_of(*minutes)) is paused


def test_weeks_off_are_no_pause() -> None:
    history = weeks_of(90)
    away = History((*history.weeks, *[Week(0, 0)] * 5), (), (), is_timed=True)

    assert not is_paused(away)


@pytest.mark.parametrize(
    ("minutes", "count"),
    [
        ((300, 250, 200, 150), 0),
        ((300, 250, 200, 150, 100), 4),
        ((100, 300, 250, 200, 150, 100), 4),
        ((300, 250, 200, 150, 150), 0),
    ],
)
def test_weeks_decline_from_four_steps_on(minutes: tuple[int, ...], count: int) -> None:
    assert declining_weeks(weeks_of(*minutes)) == count


@pytest.mark.parametrize(
    ("last", "present", "shown"),
    [
        (30, 36, 30),
        (30, 37, 37),
        (100, 109, 100),
        (100, 111, 100),
        (100, 112, 112),
        (30, 23, 23),
        (-1, 3, 3),
        (None, 40, 40),
        (40, None, None),
    ],
)
def test_a_day_stands_until_it_differs_by_a_week_and_a_tenth_of_what_is_left(
    last: int | None, present: int | None, shown: int | None
) -> None:
    def day(offset: int | None) -> date | None:
        return None if offset is None else TODAY + timedelta(days=offset)

    assert standing_day(day(last), day(present), TODAY) == day(shown)


@given(days_ahead, days_ahead, days_ahead, days_ahead)
def test_the_shown_days_are_in_order_and_never_past(
    one: date, two: date, three: date, four: date
) -> None:
    before = sorted((one, two))
    last = StatedOn(TODAY - timedelta(days=9), Stated(before[0], before[1], (1, 2)))
    ahead = [max(TODAY, each) for each in sorted((three, four))]
    shown = stand_by(last, Stated(ahead[0], ahead[1], (3, 4)), TODAY, None)

    assert shown.stated.p50 is not None
    assert shown.stated.p80 is not None
    assert TODAY <= shown.stated.p50 <= shown.stated.p80
    assert shown.stated.minutes == (3, 4)


@pytest.mark.parametrize(
    ("target", "shown"), [(None, 30), (29, 30), (30, 33), (32, 33), (33, 30), (34, 30)]
)
def test_no_shown_day_contradicts_the_chance_of_the_target(
    target: int | None, shown: int
) -> None:
    def stated(offset: int) -> Stated:
        return Stated(TODAY + timedelta(days=offset), date(2028, 1, 3), (1, 2))

    by = None if target is None else TODAY + timedelta(days=target)
    last = StatedOn(TODAY - timedelta(days=1), stated(30))
    found = stand_by(last, stated(33), TODAY, by)

    assert found.stated == stated(shown)


def test_a_range_is_scored_when_its_four_weeks_are_over() -> None:
    study = course()
    record = study.records[-1]._replace(stated=Stated(None, None, (50, 100)))
    study = study._replace(records=(*study.records[:-1], record))
    study = timed(study, 0, 60, MONDAY + timedelta(days=20))

    def score(days: int) -> tuple[int, int]:
        found = make_forecast(study.on(MONDAY + timedelta(days=days)).situation)
        return found.scorecard.ranges, found.scorecard.held

    assert score(27) == (0, 0)
    assert score(28) == (1, 1)
    other = timed(study, 1, 60, MONDAY + timedelta(days=27))
    assert make_forecast(other.on(MONDAY + timedelta(days=28)).situation).scorecard == (
        1,
        0,
    )


def forecast_of(study: Study) -> Forecast:
    return make_forecast(study.situation)


@law(studies())
def test_every_situation_has_a_forecast_with_its_days_in_order(study: Study) -> None:
    forecast = forecast_of(study)
    days = [forecast.days[level] for level in LEVELS]
    known = [each for each in days if each is not None]

    assert known == sorted(known)
    assert days == known + [None] * (len(days) - len(known))
    assert all(each >= study.today for each in known)
    assert bool(forecast.remaining_minutes) or not known
    assert forecast == forecast_of(study)


@pytest.mark.parametrize(
    ("likely", "finish", "weeks", "is_far"),
    [
        (60, 80, 8, False),
        (60, 39, 8, True),
        (60, 39, 3, False),
        (20, 36, 8, True),
        (20, 34, 8, False),
        (None, 34, 8, False),
        (60, None, 8, False),
    ],
)
def test_a_new_plan_is_due_when_its_end_is_far_from_the_likely_day(
    likely: int | None,
    finish: int | None,
    weeks: int,
    is_far: bool,  # noqa: FBT001 - a column of the table
) -> None:
    def day(offset: int | None) -> date | None:
        return None if offset is None else MONDAY + timedelta(days=offset)

    forecast = forecast_of(course())._replace(
        days=dict.fromkeys(LEVELS, day(likely)), weeks_of_history=weeks
    )
    assert forecast.is_far_from(day(finish)) is is_far


@law(studies(), st.integers(0, 99))
def test_more_hours_on_one_day_never_delay_the_forecast(
    study: Study, ahead: int
) -> None:
    day = study.today + timedelta(days=ahead)
    minutes = study.progress.availability.minutes_on(day)
    more = study.then(LeaveSet({day: minutes + 60}))

    for level, before in forecast_of(study).days.items():
        after = forecast_of(more).days[level]
        assert before is None or (after is not None and after <= before)


def test_a_done_lesson_never_delays_the_forecast_of_a_steady_learner() -> None:
    study = course()
    for n in range(20):
        study = timed(study, n, 60, MONDAY + timedelta(days=n))
    study = study.on(MONDAY + timedelta(days=20))
    before = forecast_of(study).days[80]
    after = forecast_of(timed(study, 20, 60, study.today)).days[80]

    assert before is not None
    assert after is not None
    assert after <= before


def test_the_pace_of_a_kind_is_drawn_to_the_learners_own() -> None:
    quick, slow = a_lesson("llmpath:m0/a"), a_lesson("llmpath:m0/b", kind="lab")
    study = a_study(road([a_module("m0", [quick, slow])]), 60).accept()
    for each, minutes in ((quick, 20), (slow, 60)):
        done = LessonsCompleted({each.id: each.minutes}, "")
        study = study.then(done, StudyLogged(each.id, minutes))
    forecast = forecast_of(study)
    paces = {each.kind: each.pace for each in forecast.kinds}

    assert set(paces) == {"reading", "lab"}
    assert 20 / 30 < paces["reading"] < forecast.pace < paces["lab"] < 60 / 30
    assert exp(0) < forecast.pace < 2
