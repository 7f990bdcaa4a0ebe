"""Every view that can be drawn, with what a learner of the course would see."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from tests.builders import TODAY
from tests.report.course import (
    ALL,
    CURRICULUM,
    FIRST_WEEK,
    GPT,
    LONG,
    POST,
    REQUIRED,
    RLHF,
    SATURDAY,
    SECOND_WEEK,
    SHORT,
    START,
    WEEK,
    begun,
    done,
    logged,
)

from llmpath.core.agenda import make_agenda, make_return
from llmpath.core.availability import ONE_WEEK
from llmpath.core.calendar import calendar_weeks
from llmpath.core.counting import Tally, counted_lessons, is_counted, tally
from llmpath.core.curriculum import Track
from llmpath.core.lookup import Hit, search
from llmpath.core.progress import Note
from llmpath.core.scheduling import left_over_minutes, repair
from llmpath.core.situation import Situation
from llmpath.core.standing import Standing
from llmpath.core.summary import StatusSummary, summarize_status, summarize_track
from llmpath.core.undoing import HistoryEntry
from llmpath.report import views
from llmpath.report.drawn.dispatch import View

FRESH = begun(today=START)
UNDERWAY = begun(*FIRST_WEEK, *SECOND_WEEK, target=date(2026, 12, 18))
BEHIND = begun(
    *FIRST_WEEK,
    logged(6, date(2026, 11, 17), "lets-build-gpt/self-attention-in-code", 15),
    target=date(2026, 11, 30),
)
AWAY = begun(*FIRST_WEEK, today=date(2026, 11, 4) + 7 * ONE_WEEK)
FREE_DAY = begun(*FIRST_WEEK, *SECOND_WEEK, today=SATURDAY)
DAY_USED = begun(
    *FIRST_WEEK, *SECOND_WEEK, logged(8, TODAY, "lets-build-gpt/gpt-code-along", 60)
)
BEFORE_START = begun(start=TODAY + timedelta(days=10))
ONLY_OPTIONAL = begun(done(2, TODAY, *REQUIRED))
FINISHED = begun(done(2, TODAY, *ALL))

UNDERWAY_PLAN = repair(UNDERWAY)
PROGRESS: Tally = tally(
    counted_lessons(UNDERWAY.route, UNDERWAY.progress), UNDERWAY.progress
)
AGENDA = make_agenda(UNDERWAY, UNDERWAY_PLAN)
HEADS = POST.lessons[1]
CODE_ALONG = CURRICULUM.lessons["llmpath:lets-build-gpt/gpt-code-along"]
FRIDAY_EVENING = datetime(2026, 11, 20, 20, 5, tzinfo=UTC)


def next_view(situation: Situation, count: int | None = None) -> views.NextView:
    plan = repair(situation)
    return views.NextView(
        make_agenda(situation, plan, count=count), make_return(situation, plan)
    )


def summary_of(situation: Situation, weeks: int | None = None) -> StatusSummary:
    target = situation.progress.target
    left_over = 0 if target is None else left_over_minutes(situation, target)
    return summarize_status(
        situation, repair(situation), left_over=left_over, week_count=weeks
    )


def today_view(situation: Situation) -> views.TodayView:
    view = next_view(situation)
    return views.TodayView(view.agenda, view.returning, summary_of(situation))


def status_view(situation: Situation, weeks: int | None = None) -> views.StatusView:
    returning = make_return(situation, repair(situation))
    return views.StatusView(
        summary_of(situation, weeks), returning, "llmpath", "2026.11", START
    )


def plan_view(situation: Situation, count: int | None = 2) -> views.PlanView:
    plan = repair(situation)
    weeks = calendar_weeks(situation, plan)
    planned = [CURRICULUM.lessons[block.lesson] for block in plan.blocks]
    return views.PlanView(
        today=situation.today,
        plan=plan,
        weeks=weeks[:count],
        all_weeks=weeks,
        lessons={each.id: (each, CURRICULUM.modules[each.module]) for each in planned},
        target=situation.progress.target,
        curriculum="llmpath",
        edition="2026.11",
        started=START,
    )


def listed_modules(track: Track) -> tuple[views.ListedModule, ...]:
    route, progress = UNDERWAY.route, UNDERWAY.progress
    standing = Standing(route, progress)
    return tuple(
        views.ListedModule(
            module,
            phase.id,
            phase.title,
            entry.optional,
            standing.of_module(module),
            tally(
                (each for each in module.lessons if is_counted(route, progress, each)),
                progress,
            ),
            tuple((each, standing.of_lesson(each)) for each in module.lessons),
        )
        for phase in track.phases
        for entry in phase.modules
        for module in [CURRICULUM.modules[entry.module]]
    )


def show_view(module_id: str, lesson_id: str | None = None) -> views.ShowView:
    module = CURRICULUM.modules[module_id]
    lesson = None if lesson_id is None else CURRICULUM.lessons[lesson_id]
    standing = Standing(UNDERWAY.route, UNDERWAY.progress)
    return views.ShowView(
        module=module,
        lesson=lesson,
        status=standing.of_module(module) if lesson is None else "active",
        lessons=tuple((each, standing.of_lesson(each)) for each in module.lessons),
        prerequisites=tuple(
            views.PrerequisiteView(
                each.module,
                CURRICULUM.modules[each.module].title,
                each.reason,
                is_met=each.module == POST.id,
            )
            for each in module.prerequisites
        ),
        unlocks=(RLHF,) if module_id == GPT.id else (),
        notes=UNDERWAY.progress.notes.get(module_id, ()),
        logged=50 if lesson else 0,
        planned=date(2026, 11, 20),
        tracks=(SHORT, LONG),
    )


def start_view(situation: Situation, target: date | None) -> views.StartView:
    plan = repair(situation)
    modules = [place.module for place in situation.route.modules.values()]
    return views.StartView(
        tracks=tuple(
            summarize_track(each, CURRICULUM, situation.progress)
            for each in situation.route.tracks
        ),
        start=START,
        week=WEEK,
        finish=plan.finish,
        target=target,
        left_over=0,
        slack=None
        if target is None or not plan.finish
        else (target - plan.finish).days,
        said=("The shorter roadmap is replaced; its progress stays.",),
        notes=tuple((each, each.note) for each in modules if each.note),
        assumes=("Python", "basic PyTorch tensors"),
        agenda=make_agenda(situation, plan),
        event="01j8z3k5q7w9e2r4",
    )


def history_view() -> views.HistoryView:
    typed = (
        ("01j8z3k5q7w9e2r4", TODAY, "2026-11-21T01:12", "log 25m", 25),
        ("01j8z3k5q7w9e2r3", TODAY, "2026-11-20T20:40", "skip llm-talks --known", 0),
        (
            "01j8z3k5q7w9e2r2",
            date(2026, 11, 4),
            "2026-11-04T19:03",
            'note lets-build-gpt "Shapes of Q and K: look again, with the figures"',
            0,
        ),
    )
    entries = tuple(
        HistoryEntry(
            key,
            f"{at}:00.000+01:00",
            day,
            "laptop-0001",
            text,
            (),
            minutes,
            not minutes,
        )
        for key, day, at, text, minutes in typed
    )
    return views.HistoryView(entries, 7)


HOURS = views.HoursView(
    command="hours",
    today=TODAY,
    week=(45, 45, 45, 45, 0, 120, 0),
    days=(*((date(2026, 12, 24 + n), 0) for n in range(3)), (date(2026, 12, 30), 120)),
    open_from=date(2027, 2, 1),
    dates=views.Dates(date(2026, 12, 16), date(2026, 12, 16)),
    moved=0,
    said=(),
    event=None,
)
TARGET = views.TargetView(
    today=TODAY,
    target=date(2026, 12, 18),
    finish=date(2026, 12, 15),
    slack=3,
    left_over=0,
    needed=None,
    weekly=300,
    said=("To be finished by Fri 18 Dec.",),
    event="01j8z3k5q7w9e2r4",
)
CHANGE = views.ChangeView(
    command="done",
    event="01j8z3k5q7w9e2r4",
    changed=(HEADS.id,),
    unchanged=(),
    tally=PROGRESS,
    said=(
        (
            "Done: Many heads, positions, decoder and training "
            "(illustrated-transformer/heads-positions-decoder), 30 min."
        ),
        "Logged 20 min; 40 min in all.",
    ),
    questions=((POST, POST.outcomes),),
    following=AGENDA,
)

SCREENS: dict[str, View] = {
    "next": next_view(UNDERWAY),
    "next-three": next_view(FRESH, 3),
    "next-away": next_view(AWAY),
    "next-free-day": next_view(FREE_DAY),
    "next-day-used": next_view(DAY_USED),
    "next-before-start": next_view(BEFORE_START),
    "next-only-optional": next_view(ONLY_OPTIONAL),
    "next-finished": next_view(FINISHED),
    "today": today_view(UNDERWAY),
    "today-away": today_view(AWAY),
    "today-finished": today_view(FINISHED),
    "status": status_view(UNDERWAY),
    "status-fresh": status_view(FRESH),
    "status-behind": status_view(BEHIND, 3),
    "status-away": status_view(AWAY),
    "status-finished": status_view(FINISHED),
    "plan": plan_view(UNDERWAY),
    "plan-behind": plan_view(BEHIND, None),
    "plan-finished": plan_view(FINISHED),
    "tracks": views.TracksView(
        tuple(
            summarize_track(each, CURRICULUM, UNDERWAY.progress)
            for each in (SHORT, LONG)
        )
    ),
    "list": views.ListView(LONG, None, listed_modules(LONG)),
    "show": show_view(GPT.id),
    "show-lesson": show_view(GPT.id, CODE_ALONG.id),
    "show-track": views.ShowTrackView(
        summarize_track(LONG, CURRICULUM, UNDERWAY.progress), listed_modules(LONG)
    ),
    "search": views.SearchView("attention", tuple(search("attention", CURRICULUM))),
    "search-nothing": views.SearchView("quantum", ()),
    "history": history_view(),
    "start": start_view(FRESH, date(2026, 12, 18)),
    "hours": HOURS,
    "hours-changed": HOURS._replace(
        said=("5 h a week from today on.",),
        dates=views.Dates(date(2026, 12, 16), date(2026, 12, 21)),
        moved=5,
        event="01j8z3k5q7w9e2r4",
    ),
    "off-add": HOURS._replace(
        command="off-add",
        said=(
            "Thu 24 Dec to Sat 26 Dec: off.",
            "The plan ends Mon 21 Dec, was Wed 16 Dec.",
            "5 lessons moved.",
        ),
        dates=views.Dates(date(2026, 12, 16), date(2026, 12, 21)),
        moved=5,
        event="01j8z3k5q7w9e2r4",
    ),
    "off-list": HOURS._replace(command="off-list"),
    "target-fits": TARGET,
    "target-with-buffer": TARGET._replace(slack=-2, finish=date(2026, 12, 20)),
    "target-missed": TARGET._replace(slack=-9, left_over=380, needed=380),
    "target-none": TARGET._replace(target=None, slack=None, said=(), event=None),
    "done": CHANGE,
    "notes": views.NotesView(
        GPT.id, GPT.title, (Note(date(2026, 11, 4), "Shapes of Q and K"),), PROGRESS
    ),
    "undo": views.UndoView(
        "undo", "01j8", "01j8z3k5q7w9e2r4", "log 25", PROGRESS, is_dry_run=False
    ),
    "timer": views.TimerView(
        "start", HEADS, FRIDAY_EVENING, 0, None, ("Timing Many heads.",)
    ),
    "open": views.OpenView(HEADS.id, HEADS.url, is_opened=True),
    "config": views.ConfigView(
        (
            views.Setting("plan.buffer", "0.15", "default", "Share kept free."),
            views.Setting("color", "never", "config.toml", "Colour the output."),
        ),
        (),
    ),
    "doctor": views.DoctorView(
        "1.0.0",
        (("data", "/home/ada/.local/share/llmpath"),),
        (
            views.Check("journal", is_ok=True, detail="132 records of 2 devices"),
            views.Check("lock", is_ok=False, detail="held by process 4711"),
        ),
        (
            views.DamageView(
                "/home/ada/.local/share/llmpath/journal/laptop-0001.jsonl",
                12,
                3456,
                "the checksum does not match",
            ),
        ),
    ),
    "doctor-well": views.DoctorView("1.0.0", (("data", "/home/ada/llmpath"),), (), ()),
    "export": views.ExportView("/home/ada/plan.ics", "ics", 42),
    "import": views.ImportView(
        "import",
        "llmpath",
        is_applied=False,
        lessons=12,
        said=("Would add 12 records.",),
        changes=("done heads-positions-decoder", "log 25m"),
    ),
}
"""The screens by name."""


def renamed_screens(text: str) -> dict[str, View]:
    """Some screens in which every text from elsewhere is this one."""
    lesson = CODE_ALONG._replace(title=text, stop=text, source=text, url=text)
    module = GPT._replace(
        title=text,
        note=text,
        assumes=(text,),
        outcomes=(text,),
        provider=text,
        lessons=(lesson,),
    )
    track = LONG._replace(title=text, summary=text, audience=text, source=text)
    first = AGENDA.lessons[0]._replace(lesson=lesson, module=module, begins_module=True)
    agenda = AGENDA._replace(lessons=(first, first))
    listed = listed_modules(LONG)[1]._replace(
        module=module, phase_title=text, lessons=((lesson, "ready"),)
    )
    summary = summary_of(UNDERWAY)
    phase = summary.phases[0]
    modules = tuple(each._replace(module=module) for each in phase.modules)
    phases = (phase._replace(title=text, modules=modules),)
    plan = plan_view(UNDERWAY)
    entry = history_view().entries[0]._replace(command=text, device=text)
    note = Note(TODAY, text)
    return {
        "next": views.NextView(agenda, None),
        "status": views.StatusView(
            summary._replace(tracks=(track,), phases=phases), None, "x", "x", None
        ),
        "plan": plan._replace(lessons=dict.fromkeys(plan.lessons, (lesson, module))),
        "list": views.ListView(track, None, (listed,)),
        "show": show_view(GPT.id)._replace(
            module=module, lessons=((lesson, "ready"),), notes=(note,)
        ),
        "show-lesson": show_view(GPT.id, CODE_ALONG.id)._replace(
            module=module, lesson=lesson, notes=(note,)
        ),
        "search": views.SearchView(text, (Hit(lesson, "title", text),)),
        "history": views.HistoryView((entry,), 1),
        "done": CHANGE._replace(said=(text, text), questions=((module, (text,)),)),
        "notes": views.NotesView(GPT.id, text, (note,), PROGRESS),
    }
