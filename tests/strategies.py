"""What laws are tested on: random curricula, hours, studies and journals.

`law` makes a test of a law: 100 examples in a plain run, ten times as many under
`pytest -m thorough`. Examples are the same in every run.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import NamedTuple, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from llmpath.core.availability import WeekMinutes
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
    NoteAdded,
    PlanAccepted,
    PlannedWeek,
    Record,
    RecordsVoided,
    SettingSet,
    StudyLogged,
    TargetSet,
    TrackStarted,
    UnknownEvent,
)
from llmpath.core.plan import Plan
from llmpath.core.plan_settings import PlanSettings
from llmpath.core.progress import Progress, fold
from llmpath.core.scheduling import make_plan, repair
from llmpath.core.situation import Situation, make_situation
from tests.builders import a_curriculum, a_lesson, a_module, a_record, a_track

PLAIN, THOROUGH = 100, 1000

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
            settings(
                max_examples=examples,
                deadline=None,
                derandomize=True,
                suppress_health_check=[HealthCheck.too_slow],
            )(checked)()

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


minutes_of_lesson = st.sampled_from((20, 25, 30, 45, 60, 90)) | st.integers(1, 200)
minutes_of_day = st.sampled_from((0, 30, 45, 60, 90)) | st.integers(0, 240)


@st.composite
def curricula(
    draw: st.DrawFn, *, modules: int = 6, lessons: int = 4, tracks: int = 3
) -> Curriculum:
    """Curricula whose prerequisites run across modules and tracks, without a cycle.

    No order of the file is an order of study: a module may stand before what it needs.
    """
    count = draw(st.integers(1, modules))
    rank = draw(st.permutations(range(count)))
    pool = []
    for n in range(count):
        below = [k for k in range(count) if rank[k] < rank[n]]
        needs = st.lists(st.sampled_from(below or [n]), max_size=2, unique=True)
        sizes = st.lists(
            st.tuples(minutes_of_lesson, st.sampled_from((False, False, False, True))),
            min_size=1,
            max_size=lessons,
        )
        pool.append(
            a_module(
                f"m{n}",
                [
                    a_lesson(m(n, nth), minutes, optional=optional)
                    for nth, (minutes, optional) in enumerate(draw(sizes), start=1)
                ],
                after=[f"m{k}" for k in (draw(needs) if below else ())],
            )
        )
    chosen = st.lists(
        st.tuples(st.sampled_from(pool), st.sampled_from((False, False, False, True))),
        min_size=1,
        max_size=count,
        unique_by=lambda pair: pair[0].id,
    )
    roads = [
        a_track(f"road-{n}", draw(chosen), phases=draw(st.integers(1, 2)))
        for n in range(draw(st.integers(1, tracks)))
    ]
    return a_curriculum(roads, pool)


@st.composite
def week_minutes(draw: st.DrawFn) -> WeekMinutes:
    """Weekdays of which at least one has minutes."""
    days = [draw(minutes_of_day) for _ in range(7)]
    if not any(days):
        days[draw(st.integers(0, 6))] = draw(st.integers(1, 240))
    return (days[0], days[1], days[2], days[3], days[4], days[5], days[6])


@st.composite
def leave_days(draw: st.DrawFn) -> dict[date, int | None]:
    """Exceptions within some weeks around the day of the study."""
    offsets = draw(st.lists(st.integers(-10, 50), max_size=6, unique=True))
    return {
        MONDAY + timedelta(days=n): draw(st.sampled_from((0, 0, 0, 20, 120)))
        for n in offsets
    }


@st.composite
def plan_settings(draw: st.DrawFn) -> PlanSettings:
    """Mostly the defaults, else anything that `config set` takes."""
    if draw(st.booleans()):
        return PlanSettings()
    shortest = draw(st.integers(5, 60))
    return PlanSettings(
        buffer=draw(st.sampled_from((0.0, 0.1, 0.15, 0.4))),
        block_min=shortest,
        block_max=draw(st.integers(max(20, 2 * shortest), 240)),
        tolerance=draw(st.integers(0, 60)),
    )


@st.composite
def studies(
    draw: st.DrawFn,
    *,
    source: st.SearchStrategy[Curriculum] | None = None,
    forced: st.SearchStrategy[PlanSettings] | None = None,
    history: bool = True,
) -> Study:
    """Studies on some day, started before or after it, without an accepted plan.

    Args:
        history: Lessons may be done, skipped, included or begun.
    """
    today = MONDAY + timedelta(days=draw(st.integers(0, 6)))
    hours = AvailabilitySet(date(2000, 1, 3), draw(week_minutes()))
    later = AvailabilitySet(MONDAY + timedelta(days=30), draw(week_minutes()))
    study = a_study(
        draw(curricula() if source is None else source),
        60,
        *draw(st.sampled_from(((hours,), (hours, later)))),
        LeaveSet(draw(leave_days())),
        today=today,
        start=today + timedelta(days=draw(st.integers(-20, 10))),
        forced=draw(plan_settings() if forced is None else forced),
    )
    if history:
        study = draw(with_history(study))
    return study


@st.composite
def with_history(draw: st.DrawFn, study: Study) -> Study:
    """A study in which something happened on earlier days."""
    lessons = list(study.curriculum.lessons.values())
    for _ in range(draw(st.integers(0, 5))):
        lesson = draw(st.sampled_from(lessons))
        day = study.today - timedelta(days=draw(st.integers(0, 20)))
        kind = draw(st.sampled_from(("done", "skip", "include", "log", "took")))
        study = study.then(*happening(kind, lesson, draw(st.integers(1, 90))), day=day)
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

    A record is live if no live record with a greater lamport names it.
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
        )

    return [each for each in records if is_live(each)]


def is_voiding(record: Record) -> bool:
    """Tell whether a record is an undo or a redo."""
    return any(isinstance(event, RecordsVoided) for event in record.events)


LESSON_IDS = ("llmpath:a/one", "llmpath:a/two", "llmpath:b/one")
JOURNAL_DAYS = st.integers(-100_000, 100_000).map(lambda n: MONDAY + timedelta(days=n))
"""Study days by clocks that are wrong by up to 270 years."""


def happenings() -> st.SearchStrategy[Event]:
    """Any event but undo, redo and reopening, which depend on what was seen."""
    lesson = st.sampled_from(LESSON_IDS)
    several = st.lists(lesson, min_size=1, unique=True).map(tuple)
    minutes = st.integers(1, 99)
    near = st.integers(0, 2).map(lambda n: MONDAY + timedelta(days=n))
    return st.one_of(
        st.builds(
            lambda ids, n: LessonsCompleted(dict.fromkeys(ids, n), EDITION),
            several,
            minutes,
        ),
        st.builds(LessonsSkipped, several, st.booleans()),
        st.builds(LessonsIncluded, several),
        st.builds(LessonDeferred, lesson, st.none() | near),
        st.builds(StudyLogged, lesson, minutes),
        st.builds(NoteAdded, lesson, st.sampled_from(("first", "second"))),
        st.builds(TargetSet, st.none() | near),
        st.builds(
            SettingSet,
            st.sampled_from(("plan.buffer", "plan.tolerance")),
            st.sampled_from((None, 0, 0.2, 30, "nonsense")),
        ),
        st.builds(AvailabilitySet, near, week_minutes()),
        st.builds(
            LeaveSet,
            st.dictionaries(near, st.none() | minutes, max_size=2),
            st.none() | near,
            st.booleans(),
        ),
        st.builds(
            TrackStarted,
            st.sampled_from(
                (("llmpath:short",), ("llmpath:long", "llmpath:short"), ())
            ),
            near,
            st.just("llmpath"),
            st.just(EDITION),
            st.sampled_from((None, "journal-1", "journal-2")),
        ),
        st.builds(
            lambda ids, n: PlanAccepted(
                1.0, 0.15, (PlannedWeek(MONDAY, ids),), MONDAY, n
            ),
            several,
            minutes,
        ),
        st.builds(UnknownEvent, st.just("LessonDreamt")),
    )


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


@st.composite
def histories(draw: st.DrawFn, *, steps: int = 12) -> tuple[Step, ...]:
    """Three devices that work apart and now and then hear of each other."""
    names = ("laptop-0001", "phone-0002", "tower-0003")
    known: dict[str, dict[str, Record]] = {name: {} for name in names}
    taken: list[Step] = []
    for _ in range(draw(st.integers(1, steps))):
        device = draw(st.sampled_from(names))
        mine = known[device]
        action = draw(
            st.sampled_from(("do", "do", "do", "sync", "undo", "redo", "reopen"))
        )
        before = tuple(mine.values())
        events: tuple[Event, ...] = ()
        if action == "sync":
            mine.update(known[draw(st.sampled_from(names))])
        elif action == "do":
            events = tuple(draw(st.lists(happenings(), min_size=1, max_size=2)))
        elif action == "reopen":
            events = (
                reopened(draw(st.sampled_from((LESSON_IDS[:1], LESSON_IDS))), before),
            )
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


@st.composite
def wild_journals(draw: st.DrawFn) -> tuple[Record, ...]:
    """Records as no program writes them: any lamport, any record voided by any."""
    count = draw(st.integers(0, 8))
    ids = [f"record-{n}" for n in range(count)]
    some_ids = st.lists(st.sampled_from([*ids, "unknown"]), max_size=3).map(tuple)
    events = st.one_of(
        st.builds(RecordsVoided, some_ids),
        st.builds(RecordsVoided, some_ids),
        happenings(),
        st.builds(
            lambda lessons, seen: LessonsReopened(dict.fromkeys(lessons, seen)),
            st.sampled_from((LESSON_IDS[:1], LESSON_IDS)),
            some_ids,
        ),
    )
    return tuple(
        a_record(
            *draw(st.lists(events, min_size=1, max_size=3)),
            record_id=each,
            device=draw(st.sampled_from(("laptop-0001", "phone-0002"))),
            lamport=draw(st.integers(1, 5)),
            day=draw(JOURNAL_DAYS),
        )
        for each in ids
    )
