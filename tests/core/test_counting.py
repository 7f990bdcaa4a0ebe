"""What counts, how much of it is done, left and studied."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import strategies as st

from llmpath.core.counting import (
    Tally,
    counted_lessons,
    credited_minutes,
    left_after,
    left_minutes,
    minutes_between,
    shares,
    tally,
)
from llmpath.core.events import (
    LessonsCompleted,
    LessonsIncluded,
    LessonsSkipped,
    StudyLogged,
)
from llmpath.core.folding import fold
from llmpath.core.plan_settings import PlanSettings
from tests.builders import a_curriculum, a_lesson, a_module, a_track
from tests.strategies import (
    EDITION,
    MONDAY,
    Study,
    a_study,
    law,
    m,
    minutes_of_lesson,
    one_track,
    studies,
)

TUESDAY, WEDNESDAY = date(2026, 11, 17), date(2026, 11, 18)


def counted(study: Study) -> list[str]:
    return [each.id for each in counted_lessons(study.situation.route, study.progress)]


def tally_of(study: Study) -> Tally:
    progress = study.progress
    return tally(counted_lessons(study.situation.route, progress), progress)


@pytest.fixture
def mixed() -> Study:
    """A module with an optional lesson, and an optional module."""
    lessons = [a_lesson(m(0, 1), 40), a_lesson(m(0, 2), 20, optional=True)]
    modules = [a_module("m0", lessons), a_module("m1", 1, minutes=30)]
    tracks = [a_track("road", [modules[0], (modules[1], True)])]
    return a_study(a_curriculum(tracks, [*modules, a_module("m2", 1)]))


def test_required_lessons_count(mixed: Study) -> None:
    assert counted(mixed) == [m(0, 1)]


def test_included_lessons_count_if_they_are_on_the_road(mixed: Study) -> None:
    included = mixed.then(LessonsIncluded((m(0, 2), m(1), m(2))))

    assert counted(included) == [m(0, 1), m(0, 2), m(1)]


def test_skipped_lessons_leave_both_sides_of_the_fraction(mixed: Study) -> None:
    skipped = mixed.then(LessonsSkipped((m(0, 1),), known=True))

    assert counted(skipped) == []
    assert tally_of(skipped) == Tally(0, 0, 0, 0)


def test_a_lesson_both_done_and_skipped_counts_as_done(mixed: Study) -> None:
    both = mixed.done(m(0, 1)).then(LessonsSkipped((m(0, 1),), known=False))

    assert tally_of(both) == Tally(1, 1, 40, 40)


def test_an_optional_lesson_done_without_being_included_is_outside(
    mixed: Study,
) -> None:
    assert tally_of(mixed.done(m(0, 2))) == Tally(0, 1, 0, 40)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        pytest.param(Tally(0, 0, 0, 0), None, id="nothing to count"),
        pytest.param(Tally(0, 3, 0, 100), 0, id="nothing done"),
        pytest.param(Tally(1, 3, 1, 101), 0, id="rounded down to 0"),
        pytest.param(Tally(1, 3, 2, 101), 1, id="rounded down"),
        pytest.param(Tally(2, 3, 66, 99), 66, id="two thirds"),
        pytest.param(Tally(999, 1000, 9999, 10000), 99, id="one short lesson open"),
        pytest.param(Tally(3, 3, 100, 100), 100, id="nothing open"),
    ],
)
def test_percent_is_minutes_rounded_down(counts: Tally, expected: int | None) -> None:
    assert counts.percent == expected


@law(studies())
def test_percent_is_100_exactly_when_nothing_that_counts_is_open(
    study: Study,
) -> None:
    progress = study.progress
    ids = counted(study)

    percent = tally_of(study).percent

    assert (percent is None) == (not ids)
    assert (percent == 100) == (bool(ids) and all(map(progress.is_done, ids)))


@pytest.mark.parametrize(
    ("logged", "credit"),
    [(0, 0), (1, 1), (23, 23), (24, 24), (25, 24), (300, 24)],
)
def test_logged_minutes_of_an_open_lesson_count_up_to_four_fifths(
    logged: int, credit: int
) -> None:
    study = a_study(one_track(30)).then(StudyLogged(m(0), logged))

    assert credited_minutes(study.curriculum.lessons[m(0)], logged) == credit
    assert tally_of(study) == Tally(0, 1, credit, 30)


@pytest.mark.parametrize(
    ("minutes", "logged", "left"),
    [
        pytest.param(30, 0, 30, id="nothing logged"),
        pytest.param(30, 20, 10, id="logged minutes shorten it"),
        pytest.param(30, 24, 6, id="a fifth"),
        pytest.param(30, 29, 6, id="still a fifth"),
        pytest.param(30, 90, 6, id="more than the estimate"),
        pytest.param(300, 250, 50, id="the last block of a long lesson stays"),
        pytest.param(300, 299, 15, id="the shortest block of a long lesson"),
        pytest.param(1, 5, 1, id="one minute"),
    ],
)
def test_what_is_left_of_an_open_lesson(minutes: int, logged: int, left: int) -> None:
    study = a_study(one_track(minutes)).then(StudyLogged(m(0), logged))
    lesson = study.curriculum.lessons[m(0)]

    assert left_minutes(lesson, study.progress) == left
    assert left_minutes(lesson, study.done(m(0)).progress) == 0


@law(minutes_of_lesson, st.integers(0, 300), st.integers(0, 300))
def test_more_logged_minutes_never_leave_more(
    minutes: int, logged: int, more: int
) -> None:
    lesson, progress = a_lesson(m(0), minutes), fold([])

    before = left_after(lesson, logged, progress)
    after = left_after(lesson, logged + more, progress)

    assert 1 <= after <= before <= minutes
    assert before == minutes - logged or before <= PlanSettings().block_min


def studied(*days: tuple[date, int]) -> dict[date, int]:
    return dict(days)


def test_a_lesson_done_without_logged_minutes_counts_with_its_estimate() -> None:
    study = a_study(one_track(30)).then(LessonsCompleted({m(0): 25}, EDITION))

    assert study.progress.studied == {MONDAY: 25}


def test_logged_minutes_of_the_day_count_in_place_of_the_estimate() -> None:
    took = LessonsCompleted({m(0): 30}, EDITION), StudyLogged(m(0), 45)

    assert a_study(one_track(30)).then(*took).progress.studied == {MONDAY: 45}


def test_a_lesson_begun_earlier_counts_with_the_rest_on_the_day_it_is_done() -> None:
    study = a_study(one_track(90)).then(StudyLogged(m(0), 60)).done(m(0), day=TUESDAY)

    assert study.progress.studied == {MONDAY: 60, TUESDAY: 30}


def test_a_lesson_that_took_longer_adds_nothing_on_the_day_it_is_done() -> None:
    study = a_study(one_track(30)).then(StudyLogged(m(0), 60)).done(m(0), day=TUESDAY)

    assert study.progress.studied == {MONDAY: 60}


def test_minutes_logged_after_the_completion_take_nothing_from_it() -> None:
    study = a_study(one_track(30)).done(m(0))
    again = study.then(StudyLogged(m(0), 10), day=WEDNESDAY)

    assert again.progress.studied == {MONDAY: 30, WEDNESDAY: 10}


def test_minutes_on_modules_and_unknown_lessons_are_study_too() -> None:
    study = a_study(one_track(30)).then(
        StudyLogged("llmpath:m0", 20), StudyLogged("other:gone/away", 5)
    )

    assert study.progress.studied == {MONDAY: 25}


def test_minutes_between_days_leave_the_last_day_out() -> None:
    days = studied((MONDAY, 1), (TUESDAY, 20), (WEDNESDAY, 300))

    assert minutes_between(days, MONDAY, WEDNESDAY) == 21
    assert minutes_between(days, TUESDAY, TUESDAY) == 0


@law(st.integers(0, 10_000), st.lists(st.integers(0, 500), min_size=1).filter(any))
def test_shares_add_up_and_are_by_weight_but_for_a_minute(
    minutes: int, weights: list[int]
) -> None:
    found = shares(minutes, weights)

    assert sum(found) == minutes
    for share, weight in zip(found, weights, strict=True):
        assert abs(share - minutes * weight / sum(weights)) < 1
