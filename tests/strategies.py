"""What laws are tested on: random curricula, hours, studies and journals.

`law` makes a test of a law: 30 examples in a plain run, a thousand under
`pytest -m thorough`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import permutations, product
from typing import NamedTuple, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from llmpath.core.availability import WeekMinutes
from llmpath.core.curriculum import Curriculum, Lesson
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
    PlannedWeek,
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
from llmpath.core.plan import Plan
from llmpath.core.plan_settings import PlanSettings
from llmpath.core.progress import Progress
from llmpath.core.scheduling import make_plan, repair
from llmpath.core.situation import Situation, make_situation
from tests.builders import a_curriculum, a_lesson, a_module, a_record, a_track

PLAIN, THOROUGH = 30, 1000

MONDAY = date(2026, 11, 16)
"""Days of studies lie around this one; the year has a week 53."""

FREE_SPLITTING = PlanSettings(buffer=0.0, block_min=1, tolerance=0)
"""Any minute of a day can be used, so the order cannot change the finish."""

EDITION = "2026.11"


def law(
    *arguments: st.SearchStrategy[object], plain: int = PLAIN, thorough: int = THOROUGH
) -> Callable[[Callable[..., None]], Callable[[int], None]]:
    """Make a test of a function that must hold for all values of the strategies."""

    def decorate(body: Callable[..., None]) -> Callable[[int], None]:
        def test(examples: int) -> None:
            checked = given(*arguments)(body)
            settings(max_examples=examples)(checked)()

        test.__name__ = body.__name__
        test.__qualname__ = body.__qualname__
        test.__module__ = body.__module__
        counts = [
            pytest.param(plain, id="plain"),
            pytest.param(thorough, id="thorough", marks=pytest.mark.thorough),
        ]
        marked = pytest.mark.parametrize("examples", counts)(test)
        return cast("Callable[[int], None]", marked)

    return decorate


class Study(NamedTuple):
    """A learner's journal on a day, over a curriculum.

    Attributes:
        forced: Settings in place of the journal's, also such as no journal may hold.
    """

    curriculum: Curriculum
    records: tuple[Record, ...]
    today: date
    forced: PlanSettings | None = None

    def __repr__(self) -> str:
        """The parts that differ from study to study, for reports of failed laws."""
        lines = [f"{self.today:%a %Y-%m-%d} {self.forced}"]
        for track in self.curriculum.tracks.values():
            entries = [(e.module, e.optional) for p in track.phases for e in p.modules]
            lines.append(f"{track.id}: {entries}")
        for module in self.curriculum.modules.values():
            lessons = [(each.minutes, each.optional) for each in module.lessons]
            needs = [each.module for each in module.prerequisites]
            lines.append(f"{module.id}: {lessons} after {needs}")
        lines += [f"{each.n} on {each.day}: {each.events}" for each in self.records]
        return "\n  ".join(lines)

    @property
    def progress(self) -> Progress:
        progress = fold(self.records)
        return progress._replace(settings=self.forced) if self.forced else progress

    @property
    def situation(self) -> Situation:
        return make_situation(self.curriculum, self.progress, self.today)

    @property
    def plan(self) -> Plan:
        """What the learner sees today."""
        return repair(self.situation)

    def then(self, *events: Event, day: date | None = None) -> Study:
        """The study after one more command."""
        n = len(self.records) + 1
        record = a_record(*events, n=n, day=day or self.today)
        return self._replace(records=(*self.records, record))

    def accept(self) -> Study:
        """The study after a new plan is made and accepted."""
        return self.then(make_plan(self.situation))

    def done(self, *lessons: str, day: date | None = None) -> Study:
        """The study after lessons are completed, without minutes of their own."""
        minutes = {each: self.curriculum.lessons[each].minutes for each in lessons}
        return self.then(LessonsCompleted(minutes, EDITION), day=day)

    def on(self, day: date) -> Study:
        """The study on another day."""
        return self._replace(today=day)


def a_study(
    curriculum: Curriculum,
    hours: WeekMinutes | int = 60,
    *events: Event,
    today: date = MONDAY,
    start: date | None = None,
    forced: PlanSettings | None = None,
) -> Study:
    """All tracks started; a number of hours holds for every day of the week."""
    if isinstance(hours, int):
        hours = (hours, hours, hours, hours, hours, hours, hours)
    first = start or today
    started = TrackStarted(tuple(curriculum.tracks), first, "llmpath", EDITION)
    study = Study(curriculum, (), today, forced)
    return study.then(started, AvailabilitySet(date(2000, 1, 3), hours), *events)


def one_track(
    *minutes: int, after: dict[int, tuple[int, ...]] | None = None
) -> Curriculum:
    """A track of modules `m0`, `m1` with one lesson each: `llmpath:m0/m0-1`."""
    needs = after or {}
    modules = [
        a_module(f"m{n}", 1, minutes=each, after=[f"m{k}" for k in needs.get(n, ())])
        for n, each in enumerate(minutes)
    ]
    return a_curriculum([a_track("road", modules)], modules)


def m(n: int, lesson: int = 1) -> str:
    """Id of a lesson of module `m<n>`."""
    return f"llmpath:m{n}/m{n}-{lesson}"


def mostly(common: tuple[int, ...], anything: Sequence[int]) -> tuple[int, ...]:
    """Numbers to draw from, of which every other one is a common one."""
    return (*common * (len(anything) // len(common)), *anything)


# Every number drawn takes time, and an example took twice as many where a choice
# between strategies, or a tuple of them, stood for one sample of a longer list.
_MINUTES_OF_LESSON = mostly((20, 25, 30, 45, 60, 90), range(1, 201))
_OPTIONAL = (False, False, False, True)
minutes_of_lesson = st.sampled_from(_MINUTES_OF_LESSON)
minutes_of_day = st.sampled_from(mostly((0, 30, 45, 60, 90), range(241)))

_lesson_list = st.lists(
    st.sampled_from(list(product(_MINUTES_OF_LESSON, _OPTIONAL))),
    min_size=1,
    max_size=4,
)
_picks = st.lists(st.integers(0, 99), max_size=2)
_entries = st.lists(
    st.sampled_from(list(product(range(6), _OPTIONAL))), min_size=1, max_size=6
)
_roads = st.lists(st.tuples(_entries, st.integers(1, 2)), min_size=1, max_size=3)
_ranks = st.sampled_from(list(permutations(range(6))))


@st.composite
def curricula(draw: st.DrawFn, *, modules: int = 6) -> Curriculum:
    """Curricula whose prerequisites run across modules and tracks, without a cycle.

    No order of the file is an order of study: a module may stand before what it needs.
    """
    count = draw(st.integers(1, modules))
    rank = draw(_ranks)
    pool = []
    for n in range(count):
        below = [k for k in range(count) if rank[k] < rank[n]]
        needs = {below[pick % len(below)] for pick in draw(_picks) if below}
        lessons = [
            a_lesson(m(n, nth), minutes, optional=optional)
            for nth, (minutes, optional) in enumerate(draw(_lesson_list), start=1)
        ]
        pool.append(a_module(f"m{n}", lessons, after=[f"m{k}" for k in sorted(needs)]))
    roads = []
    for nth, (entries, phases) in enumerate(draw(_roads)):
        chosen = {n % count: (pool[n % count], optional) for n, optional in entries}
        roads.append(a_track(f"road-{nth}", chosen.values(), phases=phases))
    return a_curriculum(roads, pool)


def some_day(minutes: tuple[int, ...]) -> WeekMinutes:
    """Seven days of which at least one has minutes."""
    first, *rest = minutes
    first = first or (0 if any(rest) else 60)
    return (first, rest[0], rest[1], rest[2], rest[3], rest[4], rest[5])


week_minutes = st.tuples(*[minutes_of_day] * 7).map(some_day)

_near = [MONDAY + timedelta(days=n) for n in range(-10, 51)]
leave_days: st.SearchStrategy[dict[date, int | None]] = st.lists(
    st.sampled_from(list(product(_near, (0, 0, 0, 20, 120)))), max_size=6
).map(dict)
"""Exceptions within some weeks around the day of the study."""


plan_settings: st.SearchStrategy[PlanSettings] = st.one_of(
    st.just(PlanSettings()),
    st.builds(
        lambda buffer, shortest, longer, tolerance: PlanSettings(
            buffer=buffer,
            block_min=shortest,
            block_max=max(20, min(240, 2 * shortest + longer)),
            tolerance=tolerance,
        ),
        st.sampled_from((0.0, 0.1, 0.15, 0.4)),
        st.integers(5, 60),
        st.integers(0, 120),
        st.integers(0, 60),
    ),
)
"""The defaults, or anything that `config set` takes."""


_weekday = st.integers(0, 6)
_start = st.integers(-20, 10)
_history = st.lists(
    st.tuples(
        st.integers(0, 99),
        st.sampled_from(("done", "skip", "include", "log", "took")),
        st.integers(1, 90),
        st.integers(0, 20),
    ),
    max_size=5,
)
all_curricula = curricula()


@st.composite
def studies(
    draw: st.DrawFn,
    *,
    source: st.SearchStrategy[Curriculum] = all_curricula,
    forced: st.SearchStrategy[PlanSettings] = plan_settings,
    history: bool = True,
) -> Study:
    """Studies on some day, started before or after it, without an accepted plan.

    Args:
        history: Lessons may be done, skipped, included or begun, up to today.
    """
    today = MONDAY + timedelta(days=draw(_weekday))
    study = a_study(
        draw(source),
        draw(week_minutes),
        AvailabilitySet(MONDAY + timedelta(days=30), draw(week_minutes)),
        LeaveSet(draw(leave_days)),
        today=today,
        start=today + timedelta(days=draw(_start)),
        forced=draw(forced),
    )
    lessons = list(study.curriculum.lessons.values())
    for pick, kind, minutes, ago in draw(_history) if history else ():
        lesson = lessons[pick % len(lessons)]
        day = today - timedelta(days=ago)
        study = study.then(*happening(kind, lesson, minutes), day=day)
    return study


def happening(kind: str, lesson: Lesson, minutes: int) -> tuple[Event, ...]:
    """The events of one everyday command."""
    done = LessonsCompleted({lesson.id: lesson.minutes}, EDITION)
    logged = StudyLogged(lesson.id, minutes)
    return {
        "done": (done,),
        "took": (done, logged),
        "log": (logged,),
        "skip": (LessonsSkipped((lesson.id,), known=minutes % 2 == 0),),
        "include": (LessonsIncluded((lesson.id,)),),
    }[kind]


def live_records(records: Sequence[Record]) -> list[Record]:
    """The live ones of different records, straight from the definition: slow.

    A record is live if no live record with a greater lamport names it, or with a
    greater number of the same device.
    """

    def names(voider: Record, target: Record) -> bool:
        return any(
            target.id in event.records
            for event in voider.events
            if isinstance(event, RecordsVoided)
        )

    def is_live(target: Record) -> bool:
        return not any(
            names(voider, target) and is_live(voider)
            for voider in records
            if voider.lamport > target.lamport
            or (
                voider.lamport == target.lamport
                and voider.device == target.device
                and voider.n > target.n
            )
        )

    return [each for each in records if is_live(each)]


def is_voiding(record: Record) -> bool:
    """Tell whether a record is an undo or a redo."""
    return any(isinstance(event, RecordsVoided) for event in record.events)


LESSON_IDS = ("llmpath:a/one", "llmpath:a/two", "llmpath:b/one")
SOME_HOURS: tuple[WeekMinutes, ...] = (
    (60, 60, 60, 60, 60, 0, 0),
    (0, 0, 0, 0, 0, 150, 150),
)
JOURNAL_DAYS = st.integers(-110_000, 110_000).map(lambda n: MONDAY + timedelta(days=n))
"""Study days by clocks that are wrong by up to 300 years."""


def completed(lessons: Sequence[str], minutes: int) -> LessonsCompleted:
    """Lessons done, all of one length."""
    return LessonsCompleted(dict.fromkeys(lessons, minutes), EDITION)


def planned(lessons: tuple[str, ...], minutes: int) -> PlanAccepted:
    """A plan of one week."""
    return PlanAccepted(1.0, 0.15, (PlannedWeek(MONDAY, lessons),), MONDAY, minutes)


def taken_back(lessons: Sequence[str], seen: tuple[str, ...]) -> LessonsReopened:
    """Lessons made open, each with the same records."""
    return LessonsReopened(dict.fromkeys(lessons, seen))


_lesson = st.sampled_from(LESSON_IDS)
_lessons = st.lists(_lesson, min_size=1, unique=True).map(tuple)
_minutes = st.integers(1, 99)
_day = st.integers(0, 2).map(lambda n: MONDAY + timedelta(days=n))
_tracks = st.sampled_from((("llmpath:short",), ("llmpath:long", "llmpath:short"), ()))
_journal_ids = st.sampled_from((None, "journal-1", "journal-2"))

happenings: st.SearchStrategy[Event] = st.one_of(
    st.builds(completed, _lessons, _minutes),
    st.builds(LessonsSkipped, _lessons, st.booleans()),
    st.builds(LessonsIncluded, _lessons),
    st.builds(LessonDeferred, _lesson, st.none() | _day),
    st.builds(StudyLogged, _lesson, _minutes),
    st.builds(NoteAdded, _lesson, st.sampled_from(("first", "second"))),
    st.builds(
        CurriculumStored,
        st.sampled_from(("own", "other")),
        st.sampled_from(("1", "2")),
        st.sampled_from(("a.json", "b.json", None)),
    ),
    st.builds(LinkReplaced, _lesson, st.sampled_from(("https://a.b", None))),
    st.builds(LessonsLinked, _lessons),
    st.builds(TargetSet, st.none() | _day),
    st.builds(
        SettingSet,
        st.sampled_from(("plan.buffer", "plan.tolerance")),
        st.sampled_from((None, 0, 0.2, 30, "nonsense")),
    ),
    st.builds(AvailabilitySet, _day, st.sampled_from(SOME_HOURS)),
    st.builds(
        LeaveSet,
        st.dictionaries(_day, st.none() | _minutes, max_size=2),
        st.none() | _day,
        st.booleans(),
    ),
    st.builds(
        TrackStarted,
        _tracks,
        _day,
        st.just("llmpath"),
        st.just(EDITION),
        _journal_ids,
    ),
    st.builds(planned, _lessons, _minutes),
    st.builds(UnknownEvent, st.just("LessonDreamt")),
)
"""Any event but undo, redo and reopening, which depend on what was seen."""

_commands = st.lists(happenings, min_size=1, max_size=2).map(tuple)
_reopened = st.sampled_from((LESSON_IDS[:1], LESSON_IDS))


class Step(NamedTuple):
    """One command of one device.

    Attributes:
        known: The records that the device had before.
    """

    record: Record
    known: tuple[Record, ...]


def undo_target(device: str, known: Sequence[Record]) -> Record | None:
    """The latest live record of a device that is neither an undo nor a redo."""
    own = [
        each
        for each in live_records(known)
        if each.device == device and not is_voiding(each)
    ]
    return max(own, key=lambda each: each.n, default=None)


def redo_target(device: str, known: Sequence[Record]) -> Record | None:
    """The last live undo of a device, until another command writes."""
    own = sorted(
        (each for each in known if each.device == device), key=lambda each: each.n
    )
    live = {each.id for each in live_records(known)}
    undoing: list[Record] = []
    for each in own:
        if not is_voiding(each):
            undoing = []
        elif each.command == "undo" and each.id in live:
            undoing.append(each)
    return undoing[-1] if undoing else None


def reopened(lessons: Sequence[str], known: Sequence[Record]) -> LessonsReopened:
    """Lessons made open with every record seen that closed them."""
    progress = fold(known)
    seen = {
        each: (
            *(
                progress.completions[each].records
                if each in progress.completions
                else ()
            ),
            *(progress.skips[each].records if each in progress.skips else ()),
        )
        for each in lessons
    }
    return LessonsReopened(seen)


DEVICES = ("laptop-0001", "phone-0002", "tower-0003")
_device = st.sampled_from(DEVICES)
_action = st.sampled_from(("do", "do", "do", "sync", "undo", "redo", "reopen"))


@st.composite
def histories(draw: st.DrawFn, *, steps: int = 10) -> tuple[Step, ...]:
    """Three devices that work apart and now and then hear of each other."""
    known: dict[str, dict[str, Record]] = {name: {} for name in DEVICES}
    taken: list[Step] = []
    for _ in range(draw(st.integers(1, steps))):
        device, action = draw(_device), draw(_action)
        mine = known[device]
        before = tuple(mine.values())
        events: tuple[Event, ...] = ()
        if action == "sync":
            mine.update(known[draw(_device)])
        elif action == "do":
            events = draw(_commands)
        elif action == "reopen":
            events = (reopened(draw(_reopened), before),)
        else:
            find = undo_target if action == "undo" else redo_target
            target = find(device, before)
            events = () if target is None else (RecordsVoided((target.id,)),)
        if events:
            record = a_record(
                *events,
                n=sum(each.device == device for each in before) + 1,
                day=draw(JOURNAL_DAYS),
                device=device,
                lamport=1 + max((each.lamport for each in before), default=0),
                command=action,
            )
            mine[record.id] = record
            taken.append(Step(record, before))
    return tuple(taken)


WILD_IDS = tuple(f"record-{n}" for n in range(8))
_some_ids = st.lists(st.sampled_from(WILD_IDS), max_size=3).map(tuple)
_wild_events = st.lists(
    st.one_of(
        st.builds(RecordsVoided, _some_ids),
        st.builds(RecordsVoided, _some_ids),
        happenings,
        st.builds(taken_back, _reopened, _some_ids),
    ),
    min_size=1,
    max_size=3,
)
_maybe = st.none() | JOURNAL_DAYS
_stated = st.none() | st.builds(Stated, _maybe, _maybe, st.none(), _maybe)
_wild = st.lists(
    st.tuples(_wild_events, _device, st.integers(1, 5), JOURNAL_DAYS, _stated),
    max_size=len(WILD_IDS),
)

wild_journals: st.SearchStrategy[tuple[Record, ...]] = _wild.map(
    lambda rows: tuple(
        a_record(
            *events, record_id=name, device=device, lamport=lamport, day=day
        )._replace(stated=stated)
        for name, (events, device, lamport, day, stated) in zip(
            WILD_IDS, rows, strict=False
        )
    )
)
"""Records as no program writes them: any lamport, any record voided by any."""
