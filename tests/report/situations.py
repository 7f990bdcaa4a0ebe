"""Learners of the course in several situations, and the views made from these."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from llmpath.core.agenda import make_agenda, make_return
from llmpath.core.availability import ONE_WEEK
from llmpath.core.burn_up import make_burn_up
from llmpath.core.calendar import calendar_weeks, milestones
from llmpath.core.counting import Tally, counted_lessons, is_counted, tally
from llmpath.core.curriculum import Lesson, Module, Track, shown_id
from llmpath.core.events import LeaveSet, Record
from llmpath.core.feasibility import weigh_target
from llmpath.core.full_attendance import left_over_minutes
from llmpath.core.open_work import open_lessons
from llmpath.core.outlook import make_forecast
from llmpath.core.paths import is_reached, path_id
from llmpath.core.reasons import find_reasons
from llmpath.core.replanning import propose
from llmpath.core.scheduling import repair
from llmpath.core.situation import Situation
from llmpath.core.standing import Standing
from llmpath.core.summary import (
    StatusSummary,
    modules_waited_for,
    summarize_phases,
    summarize_status,
    summarize_track,
)
from llmpath.report.views.contents import ListedModule, PrerequisiteView, ShowView
from llmpath.report.views.forecast import ForecastView
from llmpath.report.views.next import NextView
from llmpath.report.views.path import PathView
from llmpath.report.views.planning import PlanView, TargetView
from llmpath.report.views.progress import StatusView
from llmpath.report.views.replanning import ReplanView
from llmpath.report.views.start import StartView
from llmpath.report.views.today import TodayView
from llmpath.report.views.why import Change, WhyView
from tests.builders import TODAY, a_record
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
IN_A_BREAK = begun(
    *FIRST_WEEK,
    a_record(LeaveSet({}, TODAY, changes_break=True), n=6),
    target=date(2026, 12, 18),
)
FREE_WEEKS = begun(
    *FIRST_WEEK,
    a_record(LeaveSet({TODAY + timedelta(days=n): 0 for n in range(12)}), n=6),
)
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


def next_view(situation: Situation, count: int | None = None) -> NextView:
    plan = repair(situation)
    return NextView(
        make_agenda(situation, plan, count=count), make_return(situation, plan)
    )


def summary_of(situation: Situation, weeks: int | None = None) -> StatusSummary:
    target = situation.progress.target
    left_over = 0 if target is None else left_over_minutes(situation, target)
    return summarize_status(
        situation, repair(situation), left_over=left_over, week_count=weeks
    )


def today_view(situation: Situation) -> TodayView:
    view = next_view(situation)
    return TodayView(view.agenda, view.returning, summary_of(situation))


def status_view(situation: Situation, weeks: int | None = None) -> StatusView:
    returning = make_return(situation, repair(situation))
    return StatusView(
        summary_of(situation, weeks),
        summarize_phases(situation.route, situation.progress),
        returning,
        "llmpath",
        "2026.11",
        START,
    )


def plan_view(situation: Situation, count: int | None = 2) -> PlanView:
    plan = repair(situation)
    weeks = calendar_weeks(situation, plan)
    planned = [CURRICULUM.lessons[block.lesson] for block in plan.blocks]
    return PlanView(
        today=situation.today,
        plan=plan,
        weeks=weeks[:count],
        all_weeks=weeks,
        lessons={each.id: (each, CURRICULUM.modules[each.module]) for each in planned},
        target=situation.progress.target,
        left_over=0
        if situation.progress.target is None
        else left_over_minutes(situation, situation.progress.target),
        curriculum="llmpath",
        edition="2026.11",
        started=START,
        milestones=milestones(situation, plan),
    )


def listed_modules(track: Track) -> tuple[ListedModule, ...]:
    route, progress = UNDERWAY.route, UNDERWAY.progress
    standing = Standing(route, progress)
    return tuple(
        ListedModule(
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
            modules_waited_for(module, CURRICULUM.modules, standing),
        )
        for phase in track.phases
        for entry in phase.modules
        for module in [CURRICULUM.modules[entry.module]]
    )


def show_view(module_id: str, lesson_id: str | None = None) -> ShowView:
    module = CURRICULUM.modules[module_id]
    lesson = None if lesson_id is None else CURRICULUM.lessons[lesson_id]
    standing = Standing(UNDERWAY.route, UNDERWAY.progress)
    return ShowView(
        module=module,
        lesson=lesson,
        status=standing.of_module(module) if lesson is None else "active",
        lessons=tuple((each, standing.of_lesson(each)) for each in module.lessons),
        prerequisites=tuple(
            PrerequisiteView(
                each.module,
                CURRICULUM.modules[each.module].title,
                each.reason,
                is_met=each.module == POST.id,
                binds=each.module in UNDERWAY.route.modules
                and module.id in UNDERWAY.route.modules,
            )
            for each in module.prerequisites
        ),
        unlocks=(RLHF,) if module_id == GPT.id else (),
        notes=UNDERWAY.progress.notes.get(module_id, ()),
        logged=50 if lesson else 0,
        planned=date(2026, 11, 20),
        tracks=(SHORT, LONG),
    )


def replan_view(situation: Situation) -> ReplanView:
    proposal = propose(situation)
    lessons = {each.lesson: CURRICULUM.lessons[each.lesson] for each in proposal.moves}
    return ReplanView(situation.today, proposal, lessons, None, is_dry_run=True)


def target_view(situation: Situation) -> TargetView:
    """Whether the target that is set can be met."""
    weighed = weigh_target(situation)
    progress = situation.progress
    finish = repair(situation).finish
    slack = None
    if progress.target is not None and finish is not None:
        slack = (progress.target - finish).days
    return TargetView(
        today=situation.today,
        target=progress.target,
        finish=finish,
        slack=slack,
        left_over=weighed.left_over,
        needed=weighed.full_attendance,
        week=progress.availability.week_minutes(situation.today),
        said=(),
        event=None,
        feasibility=weighed,
    )


def forecast_view(situation: Situation, *, is_by_kind: bool = False) -> ForecastView:
    found = make_forecast(situation)
    plan = repair(situation)
    burn_up = make_burn_up(situation, plan, found)
    return ForecastView(
        found, plan.finish, burn_up, is_by_kind, "llmpath", "2026.11", START
    )


def start_view(situation: Situation, target: date | None) -> StartView:
    plan = repair(situation)
    modules = [place.module for place in situation.route.modules.values()]
    return StartView(
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
        forecast=make_forecast(situation),
        event="01j8z3k5q7w9e2r4",
    )


def path_view(
    goal: Module | Lesson,
    *later: Record,
    target: date | None = None,
) -> PathView:
    """What `path` answers on the day of these situations, without hours given."""
    track = path_id(goal.id)
    situation = begun(*later, tracks=[track], start=TODAY)
    lessons = open_lessons(situation.route, situation.progress)
    plan = repair(situation)
    counted = list(counted_lessons(situation.route, situation.progress))
    own_id = shown_id(goal.id)
    by = "" if target is None else f" --by {target}"
    return PathView(
        goal=goal,
        track=track,
        agenda=make_agenda(situation, plan, count=len(lessons)),
        closed=len(counted) - len(lessons),
        is_reached=is_reached(goal, situation.progress),
        week=WEEK,
        finish=plan.finish,
        target=target,
        left_over=0 if target is None else left_over_minutes(situation, target),
        command=f"llmpath start --to {own_id}{by}",
    )


def why_view(
    situation: Situation,
    lesson: Lesson,
    asked: Module | None = None,
    *,
    command: str = "llmpath hours 6",
    planned: date | None = None,
) -> WhyView:
    plan = repair(situation)
    return WhyView(
        today=situation.today,
        lesson=lesson,
        asked=asked,
        planned=plan.first_days().get(lesson.id),
        reasons=find_reasons(situation, plan, lesson),
        lessons=CURRICULUM.lessons,
        modules=CURRICULUM.modules,
        block_min=situation.progress.settings.block_min,
        change=Change(command, planned),
    )
