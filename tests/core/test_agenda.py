"""What `next` shows: the kind of day, which lessons, and the return after a break."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import strategies as st

from llmpath.core.agenda import (
    Agenda,
    AgendaState,
    days_away,
    last_lesson,
    make_agenda,
    make_return,
    open_optional,
    unlocked_by,
)
from llmpath.core.availability import ONE_DAY
from llmpath.core.events import (
    LeaveSet,
    LessonsIncluded,
    LessonsSkipped,
    NoteAdded,
    StudyLogged,
)
from llmpath.core.plan import StudyBlock
from llmpath.core.plan_settings import PlanSettings
from tests.builders import a_curriculum, a_lesson, a_module, a_track
from tests.strategies import MONDAY, Study, a_study, law, m, one_track, studies

NO_BUFFER = PlanSettings(buffer=0.0)
TUESDAY, WEDNESDAY = date(2026, 11, 17), date(2026, 11, 18)


def agenda(study: Study, count: int | None = None) -> Agenda:
    return make_agenda(study.situation, study.plan, count=count)


def shown(study: Study, count: int | None = None) -> list[str]:
    return [each.lesson.id for each in agenda(study, count).lessons]


@pytest.fixture
def study() -> Study:
    """Two hours of lessons on Monday and Wednesday, and an optional lesson."""
    lessons = [a_lesson(m(0, n), 30) for n in (1, 2, 3, 4)]
    lessons.append(a_lesson(m(0, 5), 30, optional=True))
    modules = [a_module("m0", lessons)]
    curriculum = a_curriculum([a_track("road", modules)], modules)
    hours = (60, 0, 60, 0, 0, 0, 0)
    return a_study(curriculum, hours, forced=NO_BUFFER).accept()


REQUIRED = tuple(m(0, n) for n in (1, 2, 3, 4))


def test_a_study_day_shows_its_blocks(study: Study) -> None:
    answer = agenda(study)

    assert answer.state is AgendaState.TODAY
    assert [each.lesson.id for each in answer.lessons] == [m(0, 1), m(0, 2)]
    assert (answer.today_minutes, answer.following) == (60, WEDNESDAY)


def test_a_day_whose_minutes_are_used_shows_the_next_lesson(study: Study) -> None:
    answer = agenda(study.done(m(0, 1), m(0, 2)))

    assert answer.state is AgendaState.DAY_USED
    assert [each.lesson.id for each in answer.lessons] == [m(0, 3)]
    assert (answer.today_minutes, answer.following) == (0, WEDNESDAY)


def test_a_free_day_shows_the_next_lesson(study: Study) -> None:
    answer = agenda(study.on(TUESDAY))

    assert answer.state is AgendaState.FREE_DAY
    assert [each.planned for each in answer.lessons] == [WEDNESDAY]


def test_before_the_start_the_first_lesson_is_shown() -> None:
    later = a_study(one_track(30, 30), start=date(2026, 12, 1)).accept()

    answer = agenda(later)

    assert answer.state is AgendaState.BEFORE_START
    assert [each.planned for each in answer.lessons] == [date(2026, 12, 1)]


def test_with_only_optional_lessons_left_the_first_of_them_is_shown(
    study: Study,
) -> None:
    answer = agenda(study.done(*REQUIRED))

    assert answer.state is AgendaState.ONLY_OPTIONAL
    assert [(each.lesson.id, each.planned) for each in answer.lessons] == [
        (m(0, 5), None)
    ]


def test_a_finished_track_shows_no_lesson(study: Study) -> None:
    answer = agenda(study.done(*REQUIRED, m(0, 5)))

    assert (answer.state, answer.lessons) == (AgendaState.FINISHED, ())
    assert answer.following is None


def test_a_day_left_free_because_its_work_is_done_is_not_called_used() -> None:
    hours = (60, 0, 60, 0, 0, 0, 0)
    study = a_study(one_track(60, 60, 60), hours, forced=NO_BUFFER).accept()

    early = study.done(m(0), m(1)).on(WEDNESDAY)

    assert agenda(early).state is AgendaState.AHEAD
    assert shown(early) == [m(2)]


def test_an_open_break_still_shows_the_next_lesson(study: Study) -> None:
    away = study.then(LeaveSet({}, MONDAY, changes_break=True))

    assert agenda(away).state is AgendaState.BREAK
    assert shown(away) == [m(0, 1)]
    assert shown(away, 3) == [m(0, 1), m(0, 2), m(0, 3)]


def test_at_most_three_lessons_are_shown_unless_more_are_asked_for() -> None:
    study = a_study(one_track(10, 10, 10, 10, 10)).accept()

    assert shown(study) == [m(0), m(1), m(2)]
    assert shown(study, 4) == [m(0), m(1), m(2), m(3)]
    assert shown(study, 99) == [m(n) for n in range(5)]


@law(studies(), st.integers(0, 30))
def test_next_always_answers(study: Study, later: int) -> None:
    study = study.accept()
    study = study.on(study.today + timedelta(days=later))
    progress, plan = study.progress, study.plan

    answer = agenda(study)

    is_over = answer.state is AgendaState.FINISHED
    assert is_over == (not answer.lessons)
    assert len(answer.lessons) <= 3
    assert all(progress.is_open(each.lesson.id) for each in answer.lessons)
    todays = {block.lesson for block in plan.on(study.today)}
    if todays:
        assert [each.lesson.id for each in answer.lessons] == list(plan.first_days())[
            : min(3, len(todays))
        ]
        assert {each.planned for each in answer.lessons} == {study.today}


def test_a_lesson_comes_with_all_that_is_needed_to_begin() -> None:
    curriculum = one_track(110, 30, 30, after={1: (0,), 2: (0,)})
    study = a_study(curriculum, forced=NO_BUFFER).accept().then(StudyLogged(m(0), 35))

    first, second = agenda(study, 2).lessons

    assert (first.left, first.planned, first.status) == (75, MONDAY, "active")
    assert first.blocks == (StudyBlock(MONDAY, m(0), 25, 2, 3),)
    assert first.unlocks == ("llmpath:m1", "llmpath:m2")
    assert (first.begins_module, first.waiting) == (False, ())
    assert (second.status, second.begins_module) == ("blocked", True)
    assert [each.module for each in second.waiting] == ["llmpath:m0"]
    assert [each.id for each in unlocked_by(curriculum, "llmpath:m0")] == [
        "llmpath:m1",
        "llmpath:m2",
    ]


def test_the_first_lesson_of_a_module_begins_it_until_something_of_it_is_closed(
    study: Study,
) -> None:
    skipped = study.then(LessonsSkipped((m(0, 1),), known=True))

    assert agenda(study).lessons[0].begins_module
    assert not agenda(skipped).lessons[0].begins_module


def test_optional_lessons_leave_the_list_when_they_are_included(study: Study) -> None:
    situation = study.situation
    included = study.then(LessonsIncluded((m(0, 5),))).situation

    assert [each.id for each in open_optional(situation.route, situation.progress)] == [
        m(0, 5)
    ]
    assert open_optional(included.route, included.progress) == []


# The return after time away.


@pytest.mark.parametrize(
    ("away", "returns"), [(0, False), (13, False), (14, True), (400, True)]
)
def test_after_fourteen_days_without_an_event_a_return_is_shown(
    study: Study,
    away: int,
    returns: bool,  # noqa: FBT001 - a column of the table
) -> None:
    later = study.on(MONDAY + timedelta(days=away))

    assert days_away(later.progress, later.today) == away
    assert (make_return(later.situation, later.plan) is not None) is returns


def test_a_return_says_where_one_stopped_and_what_is_in_reach() -> None:
    modules = [
        a_module("m0", [a_lesson(m(0, 1), 60), a_lesson(m(0, 2), 45)]),
        a_module("m1", 1, minutes=5, after=["m0"]),
        a_module("m2", [a_lesson(m(2, 1), 40), a_lesson(m(2, 2), 20)]),
    ]
    curriculum = a_curriculum([a_track("road", modules)], modules)
    study = a_study(curriculum, forced=NO_BUFFER).accept()
    stopped = (
        study.done(m(0, 1))
        .then(NoteAdded("llmpath:m0", "the module's note"))
        .then(NoteAdded(m(0, 1), "older note"), NoteAdded(m(0, 1), "last note"))
    )

    back = stopped.on(date(2026, 12, 7))

    answer = make_return(back.situation, back.plan)

    assert answer is not None
    assert (answer.last_day, answer.days_away) == (MONDAY, 21)
    assert answer.lesson == curriculum.lessons[m(0, 1)]
    assert answer.note == "last note"
    assert answer.planned_finish == WEDNESDAY
    assert answer.finish == date(2026, 12, 8)
    # The five minutes of m1 wait for m0, and the twenty of m2 come after its forty.
    assert answer.short_step == curriculum.lessons[m(2, 1)]


def test_a_return_shows_the_last_note_on_anything_of_the_module(study: Study) -> None:
    stopped = (
        study.done(m(0, 1))
        .then(NoteAdded(m(0, 1), "on the lesson"))
        .then(NoteAdded(m(0, 3), "on another, a day later"), day=TUESDAY)
    )
    back = stopped.on(date(2026, 12, 7))

    answer = make_return(back.situation, back.plan)

    assert answer is not None
    assert answer.note == "on another, a day later"


def test_a_return_after_nothing_was_studied_names_no_lesson(study: Study) -> None:
    back = study.on(date(2026, 12, 14))

    answer = make_return(back.situation, back.plan)

    assert answer is not None
    assert (answer.lesson, answer.note) == (None, None)
    assert answer.short_step == study.curriculum.lessons[m(0, 1)]


def test_a_return_into_an_open_break_still_has_a_short_step(study: Study) -> None:
    away = study.then(LeaveSet({}, TUESDAY, changes_break=True))
    back = away.on(date(2026, 12, 14))

    answer = make_return(back.situation, back.plan)

    assert answer is not None
    assert answer.finish is None
    assert answer.short_step == study.curriculum.lessons[m(0, 1)]


def test_there_is_no_return_before_a_plan() -> None:
    study = a_study(one_track(30)).on(date(2026, 12, 14))

    assert make_return(study.situation, study.plan) is None
    empty = study._replace(records=())
    assert days_away(empty.progress, empty.today) == 0


def test_a_journal_of_the_future_is_no_time_away(study: Study) -> None:
    assert days_away(study.progress, MONDAY - ONE_DAY) == 0


@pytest.mark.parametrize(
    ("studied", "expected"),
    [
        pytest.param((("done", 2, 0), ("done", 1, 1)), 1, id="the later day"),
        pytest.param((("done", 1, 0), ("done", 2, 0)), 2, id="the later in the track"),
        pytest.param((("done", 1, 0), ("log", 2, 1)), 2, id="logged later"),
        pytest.param((("log", 2, 0), ("done", 1, 1)), 1, id="done later"),
        pytest.param((("done", 1, 0), ("log", 1, 2), ("done", 2, 1)), 1, id="again"),
    ],
)
def test_where_one_stopped_is_what_was_studied_last(
    study: Study, studied: tuple[tuple[str, int, int], ...], expected: int
) -> None:
    for kind, n, later in studied:
        day = MONDAY + timedelta(days=later)
        if kind == "done":
            study = study.done(m(0, n), day=day)
        else:
            study = study.then(StudyLogged(m(0, n), 10), day=day)

    assert (
        last_lesson(study.curriculum, study.progress)
        == study.curriculum.lessons[m(0, expected)]
    )
