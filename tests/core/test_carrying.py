"""Progress under old ids: the same under new ones, nothing lost, nothing made up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import product
from random import Random

import pytest
from hypothesis import strategies as st

from llmpath.core.carrying import carry
from llmpath.core.curriculum import Change, Curriculum
from llmpath.core.events import (
    Event,
    LessonDeferred,
    LessonsCompleted,
    LessonsIncluded,
    LessonsReopened,
    LessonsSkipped,
    LinkReplaced,
    NoteAdded,
    PlanAccepted,
    PlannedWeek,
    Record,
    RecordsVoided,
    StudyLogged,
    TrackStarted,
)
from llmpath.core.folding import fold
from llmpath.core.ledger import Ledger
from llmpath.core.progress import Completion, Note, Progress, studied_by_day
from llmpath.core.registers import stamp
from tests.builders import a_record
from tests.core.ledgers import LESSONS, a_change, a_pool, full, pools, wild_ledgers
from tests.strategies import (
    EDITION,
    LESSON_IDS,
    MONDAY,
    Step,
    completed,
    histories,
    law,
    planned,
)

A, B, C = full(("a/one", "a/two", "b/one"))
NEW = dict(zip(LESSON_IDS, full(("n/1st", "n/two", "k/one")), strict=True))
"""What becomes of the lessons of the histories, and by which ledgers."""
RENAMES = (
    (
        a_change("renamed", "a/one", "a/1st"),
        a_change("moved", "a", "m"),
        a_change("moved", "b", "k"),
        a_change("moved", "m", "n"),
    ),
    (
        a_change("renamed", "a b", "n k"),
        a_change("renamed", "a/one", "n/1st"),
    ),
    (a_change("moved", "a/one a/two b/one", "n/1st n/two k/one"),),
)
RENAMED_POOL = a_pool({"n/1st": 30, "n/two": 20, "k/one": 40})
renames = st.sampled_from(RENAMES)

_id = st.sampled_from(full(LESSONS))
_any_id = st.sampled_from(full((*LESSONS, *"abc")))
_ids = st.lists(_id, min_size=1, max_size=3, unique=True).map(tuple)
_minutes = st.integers(1, 90)
_day = st.integers(0, 6).map(lambda n: MONDAY + timedelta(days=n))
_events: st.SearchStrategy[Event] = st.one_of(
    st.builds(completed, _ids, _minutes),
    st.builds(LessonsSkipped, _ids, st.booleans()),
    st.builds(LessonsIncluded, _ids),
    st.builds(LessonDeferred, _id, st.none() | _day),
    st.builds(StudyLogged, _any_id, _minutes),
    st.builds(NoteAdded, _any_id, st.sampled_from(("first", "second"))),
    st.builds(LinkReplaced, _any_id, st.sampled_from(("https://a.b", None))),
    st.builds(planned, _ids, _minutes),
)
journals = st.lists(st.tuples(_events, _day), max_size=8).map(
    lambda rows: tuple(
        a_record(event, n=n, day=day) for n, (event, day) in enumerate(rows, start=1)
    )
)
"""Records that name lessons of the wild ledgers, none made open again."""


def renamed(event: Event, new: Mapping[str, str]) -> Event:
    """An event as it would be with other ids."""
    match event:
        case LessonsCompleted():
            lessons = {new[key]: each for key, each in event.lessons.items()}
            return event._replace(lessons=lessons)
        case LessonsReopened():
            return LessonsReopened({new[key]: it for key, it in event.lessons.items()})
        case LessonsSkipped() | LessonsIncluded():
            return event._replace(lessons=tuple(new[each] for each in event.lessons))
        case LessonDeferred():
            return event._replace(lesson=new[event.lesson])
        case StudyLogged() | NoteAdded() | LinkReplaced():
            return event._replace(id=new[event.id])
        case _:
            return planned_anew(event, new)


def planned_anew(event: Event, new: Mapping[str, str]) -> Event:
    """A plan with other ids, or any other event as it is."""
    if not isinstance(event, PlanAccepted):
        return event
    weeks = tuple(
        PlannedWeek(start, tuple(new[each] for each in lessons))
        for start, lessons in event.weeks
    )
    return event._replace(weeks=weeks)


def under_new_ids(record: Record) -> Record:
    return record._replace(events=tuple(renamed(each, NEW) for each in record.events))


def carried(
    curriculum: Curriculum, changes: Sequence[Change], *records: Record
) -> Progress:
    return carry(fold(records), Ledger(changes, curriculum))


def studied(progress: Progress) -> Mapping[date, int]:
    return studied_by_day(progress.study_days, progress.completions)


def done(*ids: str, minutes: int = 30, n: int = 1, day: date = MONDAY) -> Record:
    return a_record(
        LessonsCompleted(dict.fromkeys(ids, minutes), EDITION), n=n, day=day
    )


def logged(key: str, minutes: int, n: int = 1, day: date = MONDAY) -> Record:
    return a_record(StudyLogged(key, minutes), n=n, day=day)


@law(histories(), renames)
def test_new_names_change_nothing_but_names(
    history: tuple[Step, ...], changes: tuple[Change, ...]
) -> None:
    records = [step.record for step in history]

    progress = carried(RENAMED_POOL, changes, *records)

    otherwise = fold(map(under_new_ids, records))
    assert progress == otherwise._replace(
        reopened=progress.reopened, linked=progress.linked
    )


@law(histories(), renames, st.integers(0, 10))
def test_records_from_before_and_after_a_change_of_names_add_up(
    history: tuple[Step, ...], changes: tuple[Change, ...], count: int
) -> None:
    records = sorted((step.record for step in history), key=stamp)
    mixed = [*records[:count], *map(under_new_ids, records[count:])]

    progress = carried(RENAMED_POOL, changes, *mixed)

    otherwise = fold(map(under_new_ids, records))
    assert closing(progress) == closing(otherwise)
    assert progress.logged == otherwise.logged
    assert progress.study_days == otherwise.study_days
    assert progress.deferred == otherwise.deferred
    assert progress.lifted == otherwise.lifted
    assert progress.plans == otherwise.plans
    assert {key: sorted(each) for key, each in progress.notes.items()} == {
        key: sorted(each) for key, each in otherwise.notes.items()
    }


def closing(progress: Progress) -> tuple[dict[str, object], dict[str, object]]:
    """Records that complete and skip lessons.

    Progress does not know the day of each, so that the earliest may be that of one
    which a reopening under the new id took back.
    """
    return (
        {key: each.records for key, each in progress.completions.items()},
        {key: each.records for key, each in progress.skips.items()},
    )


@law(journals, wild_ledgers, pools)
def test_what_was_carried_is_not_carried_again(
    records: tuple[Record, ...], changes: tuple[Change, ...], curriculum: Curriculum
) -> None:
    progress = carried(curriculum, changes, *records)

    assert carry(progress, Ledger(changes, curriculum)) == progress


@law(journals, wild_ledgers, pools, st.randoms(use_true_random=False))
def test_the_order_of_records_does_not_matter(
    records: tuple[Record, ...],
    changes: tuple[Change, ...],
    curriculum: Curriculum,
    random: Random,
) -> None:
    otherwise = list(records)
    random.shuffle(otherwise)

    assert carried(curriculum, changes, *otherwise) == carried(
        curriculum, changes, *records
    )


@law(journals, wild_ledgers, pools)
def test_no_tick_is_lost(
    records: tuple[Record, ...], changes: tuple[Change, ...], curriculum: Curriculum
) -> None:
    before, ledger = fold(records), Ledger(changes, curriculum)

    after = carry(before, ledger)

    for lesson in before.completions:
        reached = ledger.ends(lesson)
        assert any(after.is_done(each) or after.logged.get(each) for each in reached)


@law(journals, wild_ledgers, pools)
def test_nothing_is_done_or_left_out_that_was_not(
    records: tuple[Record, ...], changes: tuple[Change, ...], curriculum: Curriculum
) -> None:
    before, ledger = fold(records), Ledger(changes, curriculum)

    after = carry(before, ledger)

    for was, became in (
        (before.completions, after.completions),
        (before.skips, after.skips),
    ):
        for lesson, closed in became.items():
            sources = [key for key in was if lesson in ledger.ends(key)]
            known = {each for key in sources for each in was[key].records}
            assert closed.records
            assert known.issuperset(closed.records)


@law(journals, wild_ledgers, pools)
def test_no_logged_minute_is_lost_and_none_is_added_but_for_a_tick(
    records: tuple[Record, ...], changes: tuple[Change, ...], curriculum: Curriculum
) -> None:
    before = fold(records)

    after = carry(before, Ledger(changes, curriculum))

    added = sum(after.logged.values()) - sum(before.logged.values())
    ticks = sum(each.minutes for each in before.completions.values())
    kept = sum(each.minutes for each in after.completions.values())
    assert 0 <= added <= ticks
    assert not added or kept < ticks
    assert sum(after.logged.values()) == sum(
        minutes for by_id in after.study_days.values() for minutes in by_id.values()
    )
    assert after.studied == before.studied


@law(journals, wild_ledgers, pools)
def test_no_note_is_lost_or_doubled(
    records: tuple[Record, ...], changes: tuple[Change, ...], curriculum: Curriculum
) -> None:
    before = fold(records)

    after = carry(before, Ledger(changes, curriculum))

    def all_notes(progress: Progress) -> list[Note]:
        return sorted(note for notes in progress.notes.values() for note in notes)

    assert all_notes(after) == all_notes(before)


@law(journals, wild_ledgers, pools)
def test_an_own_link_is_lost_only_where_something_was_said_of_a_later_id(
    records: tuple[Record, ...], changes: tuple[Change, ...], curriculum: Curriculum
) -> None:
    before, ledger = fold(records), Ledger(changes, curriculum)

    after = carry(before, ledger)

    for key, url in before.links.items():
        reached = ledger.ends(key)
        if url is not None and before.links.keys().isdisjoint(set(reached) - {key}):
            later = ledger.ends(key, short_of=before.links)
            assert all(after.links[each] == url for each in later)
            assert later or reached != (key,)
    said = [url for url in before.links.values() if url is not None]
    assert all(url in said for url in after.links.values() if url is not None)


def test_an_own_link_goes_along_and_is_given_back_under_the_later_id() -> None:
    replaced = a_record(LinkReplaced(A, "https://a.b/own"))
    given_back = a_record(LinkReplaced(C, None), n=2)
    curriculum = a_pool({"b/one": 30})
    changes = [a_change("renamed", "a/one", "a/two"), a_change("moved", "a/two", C[8:])]

    assert carried(curriculum, changes, replaced).links == {C: "https://a.b/own"}
    assert carried(curriculum, changes, replaced, given_back).links == {C: None}


def test_what_was_said_of_an_own_link_between_two_changes_holds() -> None:
    records = [
        a_record(LinkReplaced(A, "https://a.b/own")),
        a_record(LinkReplaced(B, None), n=2),
    ]
    changes = [a_change("renamed", "a/one", "a/two"), a_change("moved", "a/two", C[8:])]

    assert carried(a_pool({"b/one": 30}), changes, *records).links == {C: None}


def test_a_goal_is_what_it_became() -> None:
    goals = ("llmpath:path.a/one", "llmpath:path.a", "llmpath:short")
    started = a_record(TrackStarted(goals, MONDAY, "llmpath", EDITION))
    changes = [
        a_change("split", "a/one", "b/one b/two"),
        a_change("moved", "a", "c"),
    ]
    curriculum = a_pool({"b/one": 30, "b/two": 30, "c/one": 10})

    after = carried(curriculum, changes, started).started

    assert after is not None
    assert after.tracks == (
        *("llmpath:path.b/one", "llmpath:path.b/two"),
        *("llmpath:path.c", "llmpath:short"),
    )


@law(journals, wild_ledgers, pools)
def test_a_plan_has_each_lesson_once_under_the_ids_in_force(
    records: tuple[Record, ...], changes: tuple[Change, ...], curriculum: Curriculum
) -> None:
    before, ledger = fold(records), Ledger(changes, curriculum)

    after = carry(before, ledger)

    for was, became in zip(before.plans, after.plans, strict=True):
        named = [each for week in became.plan.weeks for each in week.lessons]
        expected = {
            end
            for week in was.plan.weeks
            for each in week.lessons
            for end in ledger.ends(each)
        }
        assert set(named) == expected
        assert len(named) == len(expected)
        assert became._replace(plan=was.plan) == was


def test_without_changes_progress_stays_the_same_object() -> None:
    progress = fold([done(A)])

    assert carry(progress, Ledger((), a_pool({}))) is progress


def test_changes_of_other_lessons_change_nothing() -> None:
    progress = fold([done(A)])
    changes = [a_change("renamed", "z/one", "z/two"), a_change("retired", "a/one")]

    assert carry(progress, Ledger(changes, a_pool({"z/two": 30}))) == progress


@law(
    st.lists(st.integers(1, 90), min_size=2, max_size=5),
    st.integers(1, 200),
    st.lists(st.tuples(_day, st.integers(1, 60)), max_size=4),
)
def test_a_division_keeps_minutes_and_makes_all_parts_done(
    parts: list[int], estimate: int, logs: list[tuple[date, int]]
) -> None:
    curriculum = a_pool({f"b/{n}": minutes for n, minutes in enumerate(parts)})
    change = a_change("split", "a/one", " ".join(f"b/{n}" for n in range(len(parts))))
    records = [
        logged(A, minutes, n=n, day=day) for n, (day, minutes) in enumerate(logs, 2)
    ]
    before = fold([done(A, minutes=estimate), *records])

    after = carry(before, Ledger((change,), curriculum))

    assert list(after.completions) == list(curriculum.lessons)
    assert sum(each.minutes for each in after.completions.values()) == estimate
    for day, by_id in before.study_days.items():
        assert sum(after.study_days[day].values()) == sum(by_id.values())


@law(
    st.lists(st.integers(1, 90), min_size=2, max_size=5),
    st.lists(st.tuples(_day, st.integers(1, 60)), min_size=1, max_size=4),
)
def test_minutes_of_an_open_lesson_fill_its_parts_in_order(
    parts: list[int], logs: list[tuple[date, int]]
) -> None:
    curriculum = a_pool({f"b/{n}": minutes for n, minutes in enumerate(parts)})
    change = a_change("split", "a/one", " ".join(f"b/{n}" for n in range(len(parts))))
    records = [
        logged(A, minutes, n=n, day=day) for n, (day, minutes) in enumerate(logs, 1)
    ]
    before = fold(records)

    after = carry(before, Ledger((change,), curriculum))

    *first, last = (after.logged.get(each, 0) for each in curriculum.lessons)
    left = before.logged[A]
    for minutes, found in zip(parts, first, strict=False):
        assert found == min(minutes, left)
        left -= found
    assert last == left
    assert {day: sum(each.values()) for day, each in after.study_days.items()} == {
        day: sum(each.values()) for day, each in before.study_days.items()
    }


STATES = ("done", "skipped", "logged", "untouched")


@pytest.mark.parametrize("states", list(product(STATES, repeat=3)))
def test_what_was_merged_is_done_only_where_nothing_of_it_is_open(
    states: tuple[str, ...],
) -> None:
    events: dict[str, Sequence[Event]] = {
        "done": [LessonsCompleted({"": 30}, EDITION)],
        "skipped": [LessonsSkipped(("",), known=True)],
        "logged": [StudyLogged("", 10)],
        "untouched": [],
    }
    records = [
        a_record(renamed(event, {"": key}), n=n, day=MONDAY + timedelta(days=n))
        for n, (key, state) in enumerate(zip((A, B, C), states, strict=True))
        for event in events[state]
    ]
    change = a_change("merged", "a/one a/two b/one", "c/one")
    (lesson,) = full(["c/one"])
    before = fold(records)

    after = carry(before, Ledger((change,), a_pool({"c/one": 80})))

    is_closed = {"done", "skipped"}.issuperset(states)
    assert after.is_done(lesson) == (is_closed and "done" in states)
    assert (lesson in after.skips) == (is_closed and "done" not in states)
    if after.is_done(lesson):
        assert after.completions[lesson].day == max(
            each.day for each in before.completions.values()
        )
    else:
        assert studied(after) == studied(before)


def test_a_lesson_that_was_done_with_an_open_one_counts_as_logged_minutes() -> None:
    change = a_change("merged", "a/one a/two", "b/one")
    curriculum = a_pool({"b/one": 80})

    progress = carried(
        curriculum,
        [change],
        logged(A, 20),
        done(A, minutes=30, n=2, day=MONDAY + timedelta(days=1)),
        logged(B, 5, n=3),
    )

    assert progress.completions == {}
    assert progress.study_days == {
        MONDAY: {C: 25},
        MONDAY + timedelta(days=1): {C: 10},
    }


def test_it_becomes_done_by_a_record_under_the_new_id() -> None:
    change = a_change("merged", "a/one a/two", "b/one")
    later = MONDAY + timedelta(days=3)

    progress = carried(
        a_pool({"b/one": 80}), [change], done(A), done(C, minutes=80, n=2, day=later)
    )

    assert progress.completions == {C: Completion(later, 80, ("laptop-0001-0002",))}
    assert progress.logged == {C: 30}


def test_lessons_of_one_slug_in_merged_modules_count_if_the_journal_names_them() -> (
    None
):
    changes = [a_change("merged", "a b", "c")]
    curriculum = a_pool({"c/one": 60, "c/two": 30})
    (lesson, other) = full(["c/one", "c/two"])

    assert carried(curriculum, changes, done(A, B)).completions.keys() == {
        lesson,
        other,
    }
    assert carried(curriculum, changes, done(A), logged(C, 10, n=2)).completions == {}


def test_a_module_that_became_a_lesson_makes_it_not_done() -> None:
    progress = carried(
        a_pool({"b/one": 60}), [a_change("merged", "a", "b/one")], done(A, B)
    )

    assert progress.completions == {}
    assert progress.logged == {C: 60}


def test_an_id_that_stays_takes_nothing_from_a_lesson_of_the_same_change() -> None:
    curriculum = a_pool({"a/one": 20, "a/two": 20})

    after = carried(curriculum, [a_change("split", "a/one", "a/one a/two")], done(A))

    assert after.completions.keys() == {A}


def test_minutes_and_notes_of_a_module_go_along_with_it() -> None:
    records = [
        logged("llmpath:a", 40),
        a_record(NoteAdded("llmpath:a", "on the module"), n=2),
    ]

    progress = carried(a_pool({"c/one": 20}), [a_change("renamed", "a", "c")], *records)

    assert progress.logged == {"llmpath:c": 40}
    assert progress.notes.keys() == {"llmpath:c"}


def test_what_was_left_out_or_put_off_is_so_in_all_parts() -> None:
    until = MONDAY + timedelta(days=9)
    record = a_record(
        LessonsSkipped((A,), known=True),
        LessonsIncluded((A,)),
        LessonDeferred(A, until),
        NoteAdded(A, "to the first"),
    )

    progress = carried(
        a_pool({"b/one": 20, "b/two": 20}),
        [a_change("split", "a/one", "b/one b/two")],
        record,
    )

    parts = full(["b/one", "b/two"])
    assert tuple(progress.skips) == parts
    assert progress.included == {*parts}
    assert progress.deferred == dict.fromkeys(parts, until)
    assert progress.notes.keys() == {parts[0]}


def reopening(progress: Progress, lesson: str, n: int) -> Record:
    """What `reopen` writes of a lesson, by the id in force."""
    return a_record(
        LessonsReopened({lesson: progress.completions[lesson].records}), n=n
    )


@pytest.mark.parametrize(
    ("change", "lesson", "others"),
    [
        (a_change("renamed", "a/one", "b/one"), "b/one", []),
        (a_change("moved", "a", "b"), "b/one", ["b/two"]),
        (a_change("split", "a/one a/two", "b/one b/two"), "b/one", ["b/two"]),
        (a_change("split", "a/one", "b/one b/two b/x"), "b/one", ["b/two", "b/x"]),
        (a_change("merged", "a/one a/two", "b/one"), "b/one", []),
    ],
)
def test_a_lesson_done_under_an_old_id_is_made_open_under_the_new_one_alone(
    change: Change, lesson: str, others: list[str]
) -> None:
    curriculum = a_pool(dict.fromkeys([lesson, *others], 30))
    records = [done(A), done(B, n=2), logged(A, 25, n=3)]
    (key,) = full([lesson])
    before = carried(curriculum, [change], *records)

    after = carried(curriculum, [change], *records, reopening(before, key, n=4))

    assert before.is_done(key)
    assert after.is_open(key)
    assert all(after.is_done(each) for each in full(others))
    assert sum(after.logged.values()) == 25


def test_undoing_the_reopening_makes_it_done_again() -> None:
    curriculum, changes = a_pool({"b/one": 30}), [a_change("renamed", "a/one", "b/one")]
    before = carried(curriculum, changes, done(A))
    reopened = reopening(before, C, n=2)
    undone = a_record(RecordsVoided((reopened.id,)), n=3)

    assert carried(curriculum, changes, done(A), reopened, undone).is_done(C)


def test_a_reopening_under_a_name_between_holds() -> None:
    curriculum = a_pool({"c/one": 30})
    changes = [a_change("moved", "a", "b"), a_change("moved", "b", "c")]
    reopened = a_record(LessonsReopened({C: ("laptop-0001-0001",)}), n=2)

    assert carried(curriculum, changes, done(A), reopened).completions == {}


def test_undoing_the_record_under_the_old_id_takes_it_back() -> None:
    record = done(A)
    undone = a_record(RecordsVoided((record.id,)), n=2)
    changes = [a_change("split", "a/one", "b/one b/two")]

    progress = carried(a_pool({"b/one": 1, "b/two": 1}), changes, record, undone)

    assert progress.completions == {}


def test_what_was_put_off_and_is_not_any_more_stays_so_under_the_new_id() -> None:
    changes = [a_change("renamed", "a/one", "b/one")]
    put_off = a_record(LessonDeferred(A, MONDAY))
    lifted = a_record(LessonDeferred(C, None), n=2)

    progress = carried(a_pool({"b/one": 30}), changes, put_off, lifted)

    assert progress.deferred == {}


def test_a_chain_of_ten_thousand_names_carries_all() -> None:
    changes = [a_change("renamed", f"m{n}", f"m{n + 1}") for n in range(10_000)]
    (last,) = full(["m10000/one"])

    progress = carried(a_pool({"m10000/one": 30}), changes, done("llmpath:m0/one"))

    assert progress.completions.keys() == {last}


def test_a_lesson_done_in_less_than_its_estimate_counts_no_more_in_parts() -> None:
    before = fold([done(A, minutes=60), logged(A, 25, n=2)])
    curriculum = a_pool({"b/one": 30, "b/two": 30})

    after = carry(
        before, Ledger([a_change("split", "a/one", "b/one b/two")], curriculum)
    )

    assert studied(after) == studied(before) == {MONDAY: 25}


def test_lessons_that_are_one_are_known_if_each_was_and_put_off_if_one_is() -> None:
    record = a_record(
        LessonsSkipped((A,), known=True),
        LessonsSkipped((B,), known=False),
        LessonDeferred(A, None),
        LessonDeferred(B, MONDAY),
    )

    progress = carried(
        a_pool({"b/one": 30}), [a_change("merged", "a/one a/two", "b/one")], record
    )

    assert not progress.skips[C].known
    assert progress.deferred == {C: MONDAY}
    assert progress.lifted == frozenset()


def test_notes_of_one_day_stand_in_one_order_whatever_came_first() -> None:
    records = [
        done(A),
        done(B, n=2),
        a_record(NoteAdded(A, "first"), n=3),
        a_record(NoteAdded(B, "second"), n=4),
    ]
    curriculum, change = (
        a_pool({"b/one": 30}),
        a_change("merged", "a/one a/two", "b/one"),
    )

    one = carried(curriculum, [change], *records)
    other = carried(curriculum, [change], *reversed(records))

    assert one == other
    assert [each.text for each in one.notes[C]] == ["first", "second"]


def test_lessons_that_became_one_stand_in_a_plan_where_the_first_stood() -> None:
    second = MONDAY + timedelta(days=7)
    weeks = (PlannedWeek(MONDAY, (A,)), PlannedWeek(second, (B, "llmpath:z/z")))
    record = a_record(PlanAccepted(1.0, 0.15, weeks, second, 90))
    change = a_change("merged", "a/one a/two", "b/one")

    (accepted,) = carried(a_pool({"b/one": 60}), [change], record).plans

    assert accepted.plan.weeks == (
        PlannedWeek(MONDAY, (C,)),
        PlannedWeek(second, ("llmpath:z/z",)),
    )
