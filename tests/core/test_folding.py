"""The fold of a journal: any order, any files, three devices that work apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import pytest
from hypothesis import strategies as st

from llmpath.core.availability import Availability, WeekMinutes
from llmpath.core.events import (
    AvailabilitySet,
    CurriculumStored,
    Event,
    LeaveSet,
    LessonDeferred,
    LessonsCompleted,
    LessonsIncluded,
    LessonsLinked,
    LessonsReopened,
    LessonsSkipped,
    LinkReplaced,
    NoteAdded,
    PlanAccepted,
    Record,
    RecordsVoided,
    SettingSet,
    Stated,
    StudyLogged,
    TargetSet,
    TrackStarted,
    UnknownEvent,
)
from llmpath.core.folding import fold
from llmpath.core.plan_settings import PlanSettings, plan_settings
from llmpath.core.progress import (
    AcceptedPlan,
    Completion,
    Note,
    Progress,
    Skip,
    Started,
    StatedOn,
    StoredCopy,
)
from llmpath.core.voiding import voided_records
from tests.builders import TODAY, a_record
from tests.strategies import (
    EDITION,
    MONDAY,
    Step,
    histories,
    is_voiding,
    law,
    live_records,
    wild_journals,
)

ONE, TWO = "llmpath:a/one", "llmpath:a/two"
LAPTOP, PHONE = "laptop-0001", "phone-0002"


def records_of(history: Iterable[Step]) -> tuple[Record, ...]:
    return tuple(step.record for step in history)


some_records = histories().map(records_of) | wild_journals


@st.composite
def arrivals(draw: st.DrawFn) -> tuple[tuple[Record, ...], tuple[Record, ...]]:
    """Records, and the same ones in another order, some of them twice or more."""
    records = draw(some_records)
    copies = st.lists(st.sampled_from(records or [a_record()]), max_size=5)
    again = draw(copies) if records else []
    return records, tuple(draw(st.permutations([*records, *again])))


class Naive:
    """The fold as the contract words it, one live event after the other."""

    def __init__(self, records: Sequence[Record]) -> None:
        live = live_records(records)
        live.sort(key=lambda each: (each.lamport, each.device, each.id))
        events = [(record, event) for record in live for event in record.events]
        self.gone = {
            (lesson, seen)
            for _, event in events
            if isinstance(event, LessonsReopened)
            for lesson, ids in event.lessons.items()
            for seen in ids
        }
        self.voided = frozenset({each.id for each in records} - {e.id for e in live})
        self.last_day = max((each.day for each in live), default=None)
        self.started: Started | None = None
        self.journal: str | None = None
        self.target: date | None = None
        self.weekly: dict[date, WeekMinutes] = {}
        self.leave: dict[date, int | None] = {}
        self.late: dict[date, bool] = {}
        self.open_from: date | None = None
        self.values: dict[str, int | float | str | None] = {}
        self.plans: list[AcceptedPlan] = []
        self.done: dict[str, list[tuple[date, int, str]]] = {}
        self.skipped: dict[str, list[tuple[bool, str]]] = {}
        self.included: set[str] = set()
        self.deferred: dict[str, date | None] = {}
        self.logs: list[tuple[date, str, int]] = []
        self.notes: dict[str, list[Note]] = {}
        self.starts: list[Started] = []
        self.curricula: dict[str, CurriculumStored] = {}
        self.links: dict[str, str | None] = {}
        self.linked: list[set[str]] = []
        self.in_time: dict[date, int | None] = {}
        for record, event in events:
            self.apply(record, event)
        self.stated: list[StatedOn] = []
        self.held_stated: StatedOn | None = None
        has_started = False
        for record in live:
            if any(isinstance(event, TrackStarted) for event in record.events):
                self.held_stated, has_started = None, True
            if record.stated is not None and record.stated != Stated():
                stated = StatedOn(record.stated.day or record.day, record.stated)
                self.stated.append(stated)
                self.held_stated = stated if has_started else None

    def apply(self, record: Record, event: Event) -> None:  # noqa: C901, PLR0912, PLR0915 - one case an event, as in the contract's table
        match event:
            case TrackStarted():
                self.started = Started(event.tracks, event.from_day, record.day)
                self.journal = self.journal or event.journal
                self.starts.append(self.started)
            case AvailabilitySet():
                self.weekly[event.from_day] = event.minutes
            case LeaveSet():
                self.leave.update(event.days)
                late = not event.changes_break
                for day, minutes in event.days.items():
                    self.late[day] = late and record.day > day
                    if not self.late[day]:
                        self.in_time[day] = minutes
                if event.changes_break:
                    self.open_from = event.open_from
            case TargetSet():
                self.target = event.day
            case SettingSet():
                self.values[event.key] = event.value
            case PlanAccepted():
                kinds = {type(each).__name__ for each in record.events}
                adjusts = len(kinds) > 1 and "TrackStarted" not in kinds
                self.plans.append(AcceptedPlan(record.day, record.id, event, adjusts))
            case LessonsCompleted():
                for lesson, minutes in event.lessons.items():
                    if (lesson, record.id) not in self.gone:
                        entry = (record.day, minutes, record.id)
                        self.done.setdefault(lesson, []).append(entry)
            case LessonsSkipped():
                for lesson in event.lessons:
                    if (lesson, record.id) not in self.gone:
                        known = (event.known, record.id)
                        self.skipped.setdefault(lesson, []).append(known)
            case LessonsIncluded():
                self.included.update(
                    each for each in event.lessons if (each, record.id) not in self.gone
                )
            case LessonDeferred():
                self.deferred[event.lesson] = event.until
            case StudyLogged():
                self.logs.append((record.day, event.id, event.minutes))
            case NoteAdded():
                note = Note(record.day, event.text)
                self.notes.setdefault(event.id, []).append(note)
            case CurriculumStored():
                self.curricula[event.curriculum] = event
            case LinkReplaced():
                self.links[event.id] = event.url
            case LessonsLinked():
                group = set(event.lessons)
                apart = [each for each in self.linked if not each & group]
                group.update(*(each for each in self.linked if each & group))
                self.linked = [*apart, group]
            case _:
                pass

    def studied(self, done: Mapping[str, Completion]) -> dict[date, int]:
        days: dict[date, int] = {}
        for day, _, minutes in self.logs:
            days[day] = days.get(day, 0) + minutes
        for lesson, (day, estimate, _) in done.items():
            logs = [(each, n) for each, key, n in self.logs if key == lesson]
            before = sum(minutes for each, minutes in logs if each < day)
            if before < estimate and day not in [each for each, _ in logs]:
                days[day] = days.get(day, 0) + estimate - before
        return days

    @property
    def progress(self) -> Progress:
        values = {key: each for key, each in self.values.items() if each is not None}
        leave = {day: each for day, each in self.leave.items() if each is not None}
        days = {day for day, _, _ in self.logs}
        done = {
            lesson: Completion(*min(entries)[:2], ids(each[2] for each in entries))
            for lesson, entries in self.done.items()
        }
        return Progress(
            started=self.started,
            starts=tuple(self.starts),
            availability=Availability(
                tuple(sorted(self.weekly.items())),
                leave,
                self.open_from,
                {day: self.in_time.get(day) for day, late in self.late.items() if late},
            ),
            target=self.target,
            settings=plan_settings(values),
            setting_values=values,
            plans=tuple(self.plans),
            completions=done,
            skips={
                lesson: Skip(
                    any(known for known, _ in entries), ids(each for _, each in entries)
                )
                for lesson, entries in self.skipped.items()
            },
            included=frozenset(self.included),
            deferred={key: day for key, day in self.deferred.items() if day},
            study_days={
                day: sums((key, n) for each, key, n in self.logs if each == day)
                for day in days
            },
            logged=sums((key, minutes) for _, key, minutes in self.logs),
            studied=self.studied(done),
            notes={key: tuple(notes) for key, notes in self.notes.items()},
            curricula={
                key: StoredCopy(each.edition, each.file)
                for key, each in self.curricula.items()
                if each.file is not None
            },
            links=self.links,
            linked=tuple(
                sorted(tuple(sorted(each)) for each in self.linked if len(each) > 1)
            ),
            journal=self.journal,
            voided=self.voided,
            last_day=self.last_day,
            stated=tuple(self.stated),
            held_stated=self.held_stated,
            reopened=frozenset(self.gone),
            lifted=frozenset(key for key, day in self.deferred.items() if day is None),
        )


def ids(records: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(records)))


def sums(entries: Iterable[tuple[str, int]]) -> dict[str, int]:
    totals: dict[str, int] = {}
    for key, minutes in entries:
        totals[key] = totals.get(key, 0) + minutes
    return totals


def without_marks(progress: Progress) -> Progress:
    """Progress but for what tells of the undoing itself."""
    return progress._replace(voided=frozenset(), last_day=None)


@law(arrivals())
def test_order_and_duplicates_of_records_do_not_matter(
    arrived: tuple[tuple[Record, ...], tuple[Record, ...]],
) -> None:
    records, otherwise = arrived

    assert fold(otherwise) == fold(records)


@law(some_records)
def test_the_fold_is_that_of_the_definition(records: tuple[Record, ...]) -> None:
    assert fold(records) == Naive(records).progress


@law(wild_journals, plain=200, thorough=2000)
def test_what_is_voided_is_what_no_live_record_leaves(
    records: tuple[Record, ...],
) -> None:
    live = {each.id for each in live_records(records)}

    voided = voided_records({each.id: each for each in records})

    assert voided == {each.id for each in records} - live


def sees(progress: Progress, before: Progress, record: Record) -> Iterable[object]:  # noqa: C901, PLR0912 - one case for each event
    """What must be true of the progress right after a device wrote a record."""
    last: dict[object, tuple[object, object]] = {}
    added = 0
    for event in record.events:
        match event:
            case LessonsCompleted():
                yield from (progress.is_done(each) for each in event.lessons)
            case LessonsSkipped():
                yield from (each in progress.skips for each in event.lessons)
            case LessonsIncluded():
                yield progress.included.issuperset(event.lessons)
            case LessonsReopened():
                yield from (progress.is_open(each) for each in event.lessons)
            case StudyLogged():
                added += event.minutes
            case NoteAdded():
                last["note", event.id] = (
                    progress.notes[event.id][-1],
                    Note(record.day, event.text),
                )
            case LessonDeferred():
                seen = progress.deferred.get(event.lesson)
                last["later", event.lesson] = (seen, event.until)
            case TargetSet():
                last["target"] = (progress.target, event.day)
            case SettingSet():
                value = progress.setting_values.get(event.key)
                last["setting", event.key] = (value, event.value)
            case AvailabilitySet():
                hours = dict(progress.availability.weekly)[event.from_day]
                last["hours", event.from_day] = (hours, event.minutes)
            case LeaveSet():
                for day, minutes in event.days.items():
                    leave = progress.availability.leave.get(day)
                    last["off", day] = (leave, minutes)
                if event.changes_break:
                    last["break"] = (progress.availability.open_from, event.open_from)
            case TrackStarted():
                started = Started(event.tracks, event.from_day, record.day)
                last["start"] = (progress.started, started)
            case PlanAccepted():
                seen_plan = progress.plan and progress.plan[:3]
                last["plan"] = (seen_plan, (record.day, record.id, event))
            case _:
                pass
    yield sum(progress.logged.values()) == sum(before.logged.values()) + added
    yield from (seen == written for seen, written in last.values())


@law(histories())
def test_what_a_device_just_did_is_what_it_now_sees(history: tuple[Step, ...]) -> None:
    for record, known in history:
        if not is_voiding(record):
            now = fold([*known, record])
            assert all(sees(now, fold(known), record))


@law(histories(steps=16))
def test_undo_and_redo_give_what_was_before(history: tuple[Step, ...]) -> None:
    for record, known in history:
        for event in record.events:
            if isinstance(event, RecordsVoided):
                rest = [each for each in known if each.id not in event.records]
                now = fold([*known, record])
                assert without_marks(now) == without_marks(fold(rest))


@law(histories())
def test_no_completion_disappears_unless_it_was_seen_and_taken_back(
    history: tuple[Step, ...],
) -> None:
    everything = records_of(history)
    live = {each.id for each in live_records(everything)}
    taken_back = {
        (lesson, seen)
        for each in everything
        if each.id in live
        for event in each.events
        if isinstance(event, LessonsReopened)
        for lesson, ids in event.lessons.items()
        for seen in ids
    }

    progress = fold(everything)

    for record in everything:
        for event in record.events:
            if isinstance(event, LessonsCompleted) and record.id in live:
                for lesson in event.lessons:
                    assert (lesson, record.id) in taken_back or (
                        record.id in progress.completions[lesson].records
                    )


def test_an_empty_journal_says_nothing() -> None:
    progress = fold([])

    assert progress == Progress(
        started=None,
        starts=(),
        stated=(),
        held_stated=None,
        availability=Availability(),
        target=None,
        settings=PlanSettings(),
        setting_values={},
        plans=(),
        completions={},
        skips={},
        included=frozenset(),
        deferred={},
        study_days={},
        logged={},
        studied={},
        notes={},
        curricula={},
        links={},
        linked=(),
        journal=None,
        voided=frozenset(),
        last_day=None,
        reopened=frozenset(),
        lifted=frozenset(),
    )
    assert progress.plan is None
    assert progress.is_open(ONE)


def test_a_lesson_done_on_two_devices_is_done_once_on_the_earlier_day() -> None:
    laptop = a_record(LessonsCompleted({ONE: 30}, EDITION), n=9, day=date(2026, 11, 18))
    phone = a_record(
        LessonsCompleted({ONE: 25}, EDITION), device=PHONE, day=date(2026, 11, 17)
    )

    progress = fold([laptop, phone])

    assert progress.completions == {
        ONE: Completion(date(2026, 11, 17), 25, ("laptop-0001-0009", "phone-0002-0001"))
    }


def test_done_wins_over_skipped_whoever_spoke_last() -> None:
    done = a_record(LessonsCompleted({ONE: 30}, EDITION), lamport=1)
    skipped = a_record(LessonsSkipped((ONE,), known=True), device=PHONE, lamport=5)

    progress = fold([done, skipped])

    assert progress.is_done(ONE)
    assert not progress.is_open(ONE)


def test_reopening_touches_no_other_lesson_of_the_same_command() -> None:
    done = a_record(LessonsCompleted({ONE: 30, TWO: 20}, EDITION), n=1)
    again = a_record(LessonsReopened({ONE: (done.id,)}), n=2)

    progress = fold([done, again])

    assert progress.is_open(ONE)
    assert progress.is_done(TWO)


def test_a_completion_that_the_reopening_device_had_not_seen_survives() -> None:
    done = a_record(LessonsCompleted({ONE: 30}, EDITION), n=1)
    unseen = a_record(LessonsCompleted({ONE: 30}, EDITION), device=PHONE)
    again = a_record(LessonsReopened({ONE: (done.id,)}), n=2)

    progress = fold([done, unseen, again])

    assert progress.completions[ONE].records == (unseen.id,)


def test_undoing_a_reopening_closes_the_lesson_again() -> None:
    done = a_record(LessonsCompleted({ONE: 30}, EDITION), n=1)
    again = a_record(LessonsReopened({ONE: (done.id,)}), n=2)
    undo = a_record(RecordsVoided((again.id,)), n=3)

    assert fold([done, again, undo]).is_done(ONE)


def test_known_holds_if_any_record_says_so() -> None:
    skipped = a_record(LessonsSkipped((ONE,), known=False), n=1)
    known = a_record(LessonsSkipped((ONE,), known=True), device=PHONE)

    progress = fold([known, skipped])

    assert progress.skips == {ONE: Skip(known=True, records=(skipped.id, known.id))}


def test_minutes_add_up_by_day_and_in_all() -> None:
    records = [
        a_record(StudyLogged(ONE, 20), StudyLogged(TWO, 5), n=1),
        a_record(StudyLogged(ONE, 15), n=2),
        a_record(StudyLogged(ONE, 30), device=PHONE, day=date(2026, 11, 19)),
    ]

    progress = fold(records)

    assert progress.logged == {ONE: 65, TWO: 5}
    assert progress.study_days == {
        TODAY: {ONE: 35, TWO: 5},
        date(2026, 11, 19): {ONE: 30},
    }


@pytest.mark.parametrize(
    ("laptop", "phone", "expected"),
    [
        pytest.param((2, LAPTOP), (1, PHONE), 1, id="greater lamport"),
        pytest.param((1, LAPTOP), (2, PHONE), 2, id="greater lamport elsewhere"),
        pytest.param((2, LAPTOP), (2, PHONE), 2, id="same lamport, later device"),
    ],
)
def test_a_register_takes_the_greatest_lamport_then_device(
    laptop: tuple[int, str], phone: tuple[int, str], expected: int
) -> None:
    records = [
        a_record(
            TargetSet(date(2027, 1, nth)),
            LessonDeferred(ONE, date(2027, 1, nth)),
            SettingSet("plan.tolerance", nth),
            device=device,
            lamport=lamport,
            # Clocks say the opposite, and do not count.
            day=date(2030 - nth, 1, 1),
        )
        for nth, (lamport, device) in enumerate((laptop, phone), start=1)
    ]

    progress = fold(records)

    assert progress.target == date(2027, 1, expected)
    assert progress.deferred == {ONE: date(2027, 1, expected)}
    assert progress.settings.tolerance == expected


def test_of_one_record_the_last_value_of_a_register_counts() -> None:
    record = a_record(
        TargetSet(date(2027, 1, 1)),
        SettingSet("plan.tolerance", 1),
        TargetSet(date(2027, 1, 2)),
        SettingSet("plan.tolerance", 2),
    )

    progress = fold([record])

    assert (progress.target, progress.settings.tolerance) == (date(2027, 1, 2), 2)


def test_hours_of_different_first_days_stand_beside_each_other() -> None:
    winter, spring = (60, 0, 0, 0, 0, 0, 0), (0, 90, 0, 0, 0, 0, 0)
    records = [
        a_record(AvailabilitySet(date(2027, 3, 1), spring), n=1),
        a_record(AvailabilitySet(MONDAY, (1, 1, 1, 1, 1, 1, 1)), n=2),
        a_record(AvailabilitySet(MONDAY, winter), n=3),
    ]

    assert fold(records).availability.weekly == (
        (MONDAY, winter),
        (date(2027, 3, 1), spring),
    )


def test_a_day_off_is_lifted_and_a_break_ends_only_where_it_is_meant() -> None:
    records = [
        a_record(LeaveSet({MONDAY: 30}), n=1),
        a_record(LeaveSet({TODAY: 0}, TODAY, changes_break=True), n=4),
        a_record(LeaveSet({TODAY: None}), n=5),
    ]
    ended = a_record(LeaveSet({}, None, changes_break=True), n=6)

    held = Availability((), {MONDAY: 30}, TODAY, {MONDAY: None})

    assert fold(records).availability == held
    assert fold([*records, ended]).availability == held._replace(open_from=None)


def test_every_accepted_plan_is_kept_and_the_last_one_holds() -> None:
    first = PlanAccepted(1.0, 0.15, (), None, 10)
    second = PlanAccepted(1.0, 0.15, (), None, 20)
    records = [a_record(second, n=2), a_record(first, n=1)]

    progress = fold(records)

    assert [each.plan for each in progress.plans] == [first, second]
    assert progress.plan == AcceptedPlan(TODAY, "laptop-0001-0002", second)


def test_the_journal_id_is_the_earliest_one_that_any_device_gave() -> None:
    start = TrackStarted(("llmpath:short",), TODAY, "llmpath", EDITION)
    records = [
        a_record(start._replace(journal="later"), device=PHONE, lamport=7),
        a_record(start._replace(journal="earlier"), lamport=3),
        a_record(start, lamport=1, n=2),
    ]

    assert fold(records).journal == "earlier"


def test_notes_stand_in_the_order_of_writing_and_none_is_overwritten() -> None:
    records = [
        a_record(NoteAdded(ONE, "third"), lamport=3, day=MONDAY),
        a_record(NoteAdded(ONE, "first"), NoteAdded(ONE, "second"), n=2, lamport=1),
    ]

    assert fold(records).notes == {
        ONE: (Note(TODAY, "first"), Note(TODAY, "second"), Note(MONDAY, "third"))
    }


def test_a_setting_that_cannot_be_read_keeps_its_default() -> None:
    records = [a_record(SettingSet("plan.buffer", "much"), SettingSet("moon", 1))]

    progress = fold(records)

    assert progress.settings == PlanSettings()
    assert progress.setting_values == {"plan.buffer": "much", "moon": 1}


def test_an_unknown_event_changes_nothing_and_can_be_undone() -> None:
    dreamt = a_record(UnknownEvent("LessonDreamt"), n=1)
    undo = a_record(RecordsVoided((dreamt.id,)), n=2)

    assert without_marks(fold([dreamt])) == without_marks(fold([]))
    assert fold([dreamt, undo]).voided == {dreamt.id}


@pytest.mark.parametrize(
    ("undone", "live"),
    [
        pytest.param((), True, id="done"),
        pytest.param((1,), False, id="undo"),
        pytest.param((1, 2), True, id="undo, redo"),
        pytest.param((1, 2, 3), False, id="undo, redo, undo of the redo"),
        pytest.param((1, 2, 3, 4), True, id="four deep"),
    ],
)
def test_a_chain_of_undo_and_redo_is_read_from_its_end(
    undone: tuple[int, ...],
    live: bool,  # noqa: FBT001 - a column of the table
) -> None:
    records = [a_record(LessonsCompleted({ONE: 30}, EDITION), n=1)]
    for target in undone:
        voiding = RecordsVoided((records[target - 1].id,))
        records.append(a_record(voiding, n=len(records) + 1))

    assert fold(records).is_done(ONE) is live


def test_a_record_voids_only_what_is_older_than_itself() -> None:
    done = a_record(LessonsCompleted({ONE: 30}, EDITION), lamport=4)
    same = a_record(RecordsVoided((done.id,)), device=PHONE, lamport=4)
    itself = a_record(RecordsVoided(("self",)), record_id="self", lamport=9)

    assert fold([done, same, itself]).voided == frozenset()


def test_of_one_lamport_a_device_orders_its_own_records_by_their_numbers() -> None:
    done = a_record(LessonsCompleted({ONE: 30}, EDITION), n=2, lamport=4)
    earlier = a_record(RecordsVoided((done.id,)), n=1, lamport=4)
    later = a_record(RecordsVoided((done.id,)), n=3, lamport=4)

    assert fold([done, earlier]).voided == frozenset()
    assert fold([done, later]).voided == {done.id}


def test_the_last_day_is_that_of_live_records_only() -> None:
    earlier = a_record(NoteAdded(ONE, "a"), n=1, day=MONDAY)
    later = a_record(NoteAdded(ONE, "b"), n=2, day=TODAY)
    undo = a_record(RecordsVoided((later.id,)), n=3, day=date(2026, 11, 18))

    assert fold([earlier, later]).last_day == TODAY
    assert fold([earlier, later, undo]).last_day == date(2026, 11, 18)
