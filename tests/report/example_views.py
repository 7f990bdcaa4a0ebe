"""Views over the small course of study, one for each kind of answer."""

from __future__ import annotations

from datetime import date

from llmpath.core.agenda import make_agenda, make_return
from llmpath.core.calendar import calendar_weeks, milestones
from llmpath.core.counting import Tally, tally
from llmpath.core.curriculum import Lesson, Module
from llmpath.core.devices import DeviceTally
from llmpath.core.events import Record
from llmpath.core.full_attendance import left_over_minutes
from llmpath.core.link_judging import Finding, LinkStatus
from llmpath.core.links import Link
from llmpath.core.outlook import make_forecast
from llmpath.core.progress import Note
from llmpath.core.scheduling import repair
from llmpath.core.standing import Standing
from llmpath.core.summary import (
    TrackSummary,
    modules_waited_for,
    summarize_phases,
    summarize_status,
    summarize_track,
)
from llmpath.core.undoing import HistoryEntry, StillDone
from llmpath.errors import Fault
from llmpath.report.views.changes import ChangeView, NotesView
from llmpath.report.views.contents import (
    ListedModule,
    PrerequisiteView,
    ShowTrackView,
    ShowView,
)
from llmpath.report.views.curricula import (
    AddView,
    CurriculaView,
    CurriculumSummary,
    Effort,
    LeftOutView,
    LinkView,
)
from llmpath.report.views.data import (
    Check,
    CheckedFile,
    CheckView,
    DamageView,
    DoctorView,
)
from llmpath.report.views.links import CheckedLink, LinkReplacedView, LinksView
from llmpath.report.views.next import NextView
from llmpath.report.views.planning import Dates, HoursView, PlanView, TargetView
from llmpath.report.views.progress import StatusView
from llmpath.report.views.start import StartView
from llmpath.report.views.sync import SyncView
from llmpath.report.views.today import TodayView
from tests.builders import TODAY
from tests.report.examples import (
    ATTENTION,
    CURRICULUM,
    HEADS,
    SCORES,
    SHORT,
    TUNING,
    WEEK,
    a_start,
    completed,
    situation_on,
)


def next_on(day: date, *records: Record, count: int | None = None) -> NextView:
    situation = situation_on(day, *records)
    plan = repair(situation)
    agenda = make_agenda(situation, plan, count=count)
    return NextView(agenda, make_return(situation, plan))


def today_on(day: date, *records: Record) -> TodayView:
    situation = situation_on(day, *records)
    plan = repair(situation)
    return TodayView(
        make_agenda(situation, plan),
        make_return(situation, plan),
        summarize_status(situation, plan, left_over=0),
    )


def a_start_view(*records: Record) -> StartView:
    situation = situation_on(TODAY, *records)
    plan = repair(situation)
    return StartView(
        tracks=(summarize_track(SHORT, CURRICULUM, situation.progress),),
        start=TODAY,
        week=WEEK,
        finish=plan.finish,
        target=date(2026, 12, 18),
        left_over=0,
        slack=24,
        said=("These tracks replace the ones before.",),
        notes=((ATTENTION, "Watch the figures."),),
        assumes=("Python", "school algebra"),
        agenda=make_agenda(situation, plan),
        forecast=make_forecast(situation),
        event="laptop-0001",
    )


HANGS = "example.org does not answer in time"
SHY = "it is refused to a program"
INSIDE = "localhost is this machine or in its own network"
NEW_HOME = "https://www.example.org/new"


def _not(status: LinkStatus, code: int | None, reason: str) -> Finding:
    return Finding(status, code, reason=reason)


def _works(
    redirect: str | None = None, moved: str | None = None, secure: str | None = None
) -> Finding:
    return Finding(LinkStatus.OK, 200, redirect, moved, secure)


ONE_OF_THREE = Tally(1, 3, 30, 190)


def a_change(command: str = "done", *lessons: str) -> ChangeView:
    """A change that completed lessons, with what `next` shows after it."""
    situation = situation_on(TODAY, a_start(), completed(*lessons))
    return ChangeView(
        command=command,
        event="laptop-0002",
        changed=lessons,
        unchanged=(),
        tally=ONE_OF_THREE,
        said=("Done: Scores.", "Logged 30 minutes."),
        questions=(),
        following=make_agenda(situation, repair(situation), count=1),
    )


STILL_DONE = (
    StillDone("phone-0002", TODAY, "phone-c01d", (SCORES.id, HEADS.id)),
    StillDone("tower-0007", date(2026, 12, 1), "tower-99aa", (HEADS.id,)),
)


def a_notes_view() -> NotesView:
    notes = (Note(date(2026, 11, 19), "One\nline"), Note(TODAY, "Another"))
    return NotesView(ATTENTION.id, "Attention", notes, ONE_OF_THREE)


LOGGED = HistoryEntry(
    id="laptop-0002",
    at="2026-11-20T20:00:00.000+01:00",
    day=TODAY,
    device="laptop-0001",
    command="done attention --took 2h",
    lessons=(SCORES.id, HEADS.id),
    minutes=120,
    is_voided=True,
)


TUESDAY = date(2026, 11, 24)
FRIDAY = date(2026, 11, 27)
NEXT_YEAR = date(2027, 1, 8)


def plan_on(day: date, *records: Record, weeks: int = 1) -> PlanView:
    situation = situation_on(day, *records)
    plan = repair(situation)
    calendar = calendar_weeks(situation, plan)
    return PlanView(
        today=day,
        plan=plan,
        weeks=calendar[:weeks],
        all_weeks=calendar,
        lessons={
            each.id: (each, CURRICULUM.modules[each.module])
            for each in CURRICULUM.lessons.values()
        },
        target=situation.progress.target,
        left_over=0
        if situation.progress.target is None
        else left_over_minutes(situation, situation.progress.target),
        curriculum="llmpath",
        edition="2026.11",
        started=TODAY,
        milestones=milestones(situation, plan),
    )


CHANGED = HoursView(
    command="hours",
    today=TODAY,
    week=(60, 0, 0, 0, 0, 180, 0),
    days=((TUESDAY, 0), (NEXT_YEAR, 30)),
    open_from=None,
    dates=Dates(TUESDAY, FRIDAY),
    moved=2,
    said=("Hours set.",),
    event="laptop-0002",
)


FITS = TargetView(
    today=TODAY,
    target=date(2026, 12, 18),
    finish=FRIDAY,
    slack=21,
    left_over=0,
    needed=50,
    week=WEEK,
    said=("Target set.",),
    event="laptop-0002",
)


def status_on(day: date, *records: Record, weeks: int | None = None) -> StatusView:
    situation = situation_on(day, *records)
    plan = repair(situation)
    return StatusView(
        summary=summarize_status(situation, plan, left_over=0, week_count=weeks),
        phases=summarize_phases(situation.route, situation.progress),
        returning=make_return(situation, plan),
        curriculum="llmpath",
        edition="2026.11",
        started=TODAY,
    )


def track_summary(*records: Record) -> TrackSummary:
    return summarize_track(SHORT, CURRICULUM, situation_on(TODAY, *records).progress)


def listed(
    module: Module, phase: int | None, *, optional: bool = False
) -> ListedModule:
    _, progress, route, _ = situation_on(TODAY, a_start(), completed(SCORES.id))
    standing = Standing(route, progress)
    return ListedModule(
        module=module,
        phase=f"short-{phase}" if phase else "",
        phase_title=f"Phase {phase}" if phase else "",
        optional=optional,
        status=standing.of_module(module),
        tally=tally(() if optional else module.lessons, progress),
        lessons=tuple((each, standing.of_lesson(each)) for each in module.lessons),
        waits=modules_waited_for(module, CURRICULUM.modules, standing),
    )


NEEDED = PrerequisiteView(
    ATTENTION.id, "Attention", "adapters sit beside it", is_met=False, binds=True
)


def shown(module: Module, lesson: Lesson | None = None) -> ShowView:
    return ShowView(
        module=module,
        lesson=lesson,
        status="blocked",
        lessons=tuple((each, "blocked") for each in module.lessons),
        prerequisites=(NEEDED,),
        unlocks=(),
        notes=(Note(TODAY, "Try\nrank 8"),),
        logged=15,
        planned=TODAY,
        tracks=(SHORT,),
    )


def a_track_view(*, is_active: bool) -> ShowTrackView:
    _, progress, route, _ = situation_on(TODAY)
    standing = Standing(route, progress)
    module = ListedModule(
        TUNING,
        "short-1",
        "Phase 1",
        optional=False,
        status="blocked",
        tally=tally(TUNING.lessons, progress),
        lessons=tuple((each, standing.of_lesson(each)) for each in TUNING.lessons),
        waits=modules_waited_for(TUNING, CURRICULUM.modules, standing),
    )
    summary = summarize_track(SHORT, CURRICULUM, progress)
    return ShowTrackView(summary._replace(is_active=is_active), (module,))


WELL = DoctorView("1.2.0", (("data", "/d"), ("state", "/s")), (), ())


DAMAGED = WELL._replace(
    checks=(Check("journal", True, ""), Check("disk", False, "almost full")),  # noqa: FBT003 - the value's field
    damaged=(
        DamageView("/d/a.jsonl", 3, 120, "checksum", whole=True),
        DamageView("/d/b.jsonl", 0, 0, "cannot be read"),
    ),
)


EXCHANGED = SyncView(
    command="sync",
    remote="git@example.org:me/study.git",
    branch="main",
    devices=(
        DeviceTally("desk-0042", 3, 0, 1, 3, 3, 0, 0),
        DeviceTally("laptop-7f3a", 41, 5, 0, 41, 41, 0, 0),
        DeviceTally("phone-c01d", 12, 0, 2, 12, 12, 0, 0),
    ),
    restored=2,
    files=("curricula/own.json", "curricula/own.json.conflict-0a1b2c3d"),
    aside=("curricula/own.json.conflict-0a1b2c3d",),
)
AGREED = EXCHANGED._replace(
    devices=tuple(each._replace(sent=0, received=0) for each in EXCHANGED.devices),
    restored=0,
    files=(),
    aside=(),
)
DIFFERING = AGREED._replace(
    command="sync-check",
    devices=(
        DeviceTally("desk-0042", 0, 0, 0, None, 1, 0, 1),
        DeviceTally("laptop-7f3a", 41, 0, 0, 41, None, 41, 0),
        DeviceTally("phone-c01d", 12, 0, 0, 12, 14, 0, 2),
    ),
    files=("curricula/own.json",),
)


SCORES_OBJECT = {
    "id": "attention/scores",
    "module": "attention",
    "module_title": "Attention",
    "title": "Scores",
    "url": "https://example.org/scores",
    "stop": None,
    "kind": "reading",
    "minutes": 30,
    "left_minutes": 30,
    "optional": False,
    "access": "free",
    "needs": [],
    "planned": "2026-11-20",
    "status": "ready",
    "unlocks": ["tuning"],
    "now_minutes": 30,
    "part": 1,
    "last_part": 1,
    "parts": 1,
    "module_note": "Watch the figures.",
    "waits_for": [],
}
HEADS_OBJECT = {
    "id": "attention/heads",
    "module": "attention",
    "module_title": "Attention",
    "title": "Heads",
    "url": "https://example.org/heads",
    "stop": "1:02:00",
    "kind": "video",
    "minutes": 120,
    "left_minutes": 120,
    "optional": False,
    "access": "free",
    "needs": [],
    "planned": "2026-11-20",
    "status": "ready",
    "unlocks": ["tuning"],
    "now_minutes": 30,
    "part": 1,
    "last_part": 1,
    "parts": 4,
    "module_note": None,
    "waits_for": [],
}
SCORES_FACTS = [
    "Module: Attention",
    "Time: 30 minutes",
    "Why this one: next in your plan, planned for today",
    "Unlocks: tuning",
    "Before you begin: Watch the figures.",
    "To begin: llmpath open attention/scores",
    "Afterwards: llmpath done attention/scores",
    "Link: https://example.org/scores",
]


ROADMAP = track_summary()
KEPT = CurriculaView(
    "curriculum-list",
    (
        CurriculumSummary("own", "2", CURRICULUM, (ROADMAP,), "own.1a2b3c4d.json"),
        CurriculumSummary("gone", "1", None, (), "gone.5e6f7a8b.json"),
    ),
)
IMPORTED = AddView(
    command="curriculum-add",
    summary=KEPT.curricula[0],
    format="a Markdown roadmap or check list",
    effort=Effort(630, (840, 2460), 41),
    understood=("2 headings of level 2 as tracks.", "52 list items as lessons."),
    guessed=("Items with a link below a heading are its lessons.",),
    left_out=(
        LeftOutView(3, "build passing", "image"),
        LeftOutView(5, "Everything that one needs.", "paragraph", 12),
        LeftOutView(9, "forum", "link in a sentence"),
        LeftOutView(11, "chat", "link in a sentence"),
        LeftOutView(12, "shop", "link in a sentence"),
        LeftOutView(14, "map", "link in a sentence"),
        LeftOutView(30, "tour", "link in a sentence", 7),
        LeftOutView(0, "", "entry without a title", 2),
    ),
    ticks=7,
    skips=0,
    links=(LinkView("own:gpt/build", "lets-build-gpt/bigram-baseline", "Build a GPT"),),
    is_linked=False,
    changes=(),
    said=(
        "Added A roadmap as own: 1 track, 52 lessons.",
        "Read as a Markdown roadmap or check list.",
        "7 lessons are ticked; --ticks takes them for done.",
    ),
    event="01j8z3k5q7w9e2r4",
)
LINKS = LinksView(
    curriculum="llmpath",
    lessons=3,
    total=9,
    checked=tuple(
        CheckedLink(
            Link(
                f"https://example.org/{path}",
                is_safe=True,
                ids=ids,
                alternative_of=(ATTENTION.id,) if path == "elsewhere" else (),
            ),
            finding,
        )
        for path, ids, finding in (
            ("fine", (SCORES.id,), _works()),
            ("gone", (HEADS.id, TUNING.id), _not(LinkStatus.DEAD, 410, "gone")),
            ("hangs", (TUNING.id,), _not(LinkStatus.NO_ANSWER, None, HANGS)),
            ("shy", (HEADS.id,), _not(LinkStatus.REFUSED, 403, SHY)),
            ("inside", (TUNING.id,), _not(LinkStatus.NOT_ASKED, None, INSIDE)),
            ("old", (HEADS.id,), _works(redirect=NEW_HOME, moved=NEW_HOME)),
            ("elsewhere", (), _works(redirect=NEW_HOME)),
            ("plain", (SCORES.id,), _works(secure=NEW_HOME)),
        )
    ),
)
REPLACED = LinkReplacedView(
    event="01j8z3k5q7w9e2r4",
    id=HEADS.id,
    title=HEADS.title,
    url="https://example.org/heads",
    before="https://example.org/gone",
    is_own=True,
)
CHECKED = CheckView(
    files=(
        CheckedFile("mine.toml", "mine", "From A to B", "2026.11", 1, 4, 31),
        CheckedFile("long.json", "long", "The long way", "2", 2, 1, 1),
    ),
    faults=(),
    advice=(
        Fault(
            "mine.toml",
            "modules[3].lessons",
            None,
            "numbers: over 3 hours: sums, proofs, series, limits, integrals and 2 more",
            "split it where it has parts",
        ),
    ),
)
