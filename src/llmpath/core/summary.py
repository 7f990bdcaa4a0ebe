"""Totals for reports: tracks, phases, modules, weeks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from llmpath.core.availability import ONE_WEEK, monday_of
from llmpath.core.counting import (
    Tally,
    counted_lessons,
    minutes_between,
    tally,
)
from llmpath.core.curriculum import Curriculum, Lesson, Module, Route, Track
from llmpath.core.outlook import Forecast, is_due, make_forecast
from llmpath.core.plan import Plan
from llmpath.core.progress import Progress
from llmpath.core.situation import Situation
from llmpath.core.standing import Layouts, Standing, ahead_days, earned_minutes
from llmpath.named_tuple import NamedTuple


class ModuleSummary(NamedTuple):
    """A module on the road.

    Attributes:
        waits: The modules for which a blocked one waits.
    """

    module: Module
    optional: bool
    status: str
    tally: Tally
    waits: tuple[Module, ...] = ()


class PhaseSummary(NamedTuple):
    """A phase of a track with the modules that the road has there."""

    id: str
    title: str
    tally: Tally
    modules: tuple[ModuleSummary, ...]


class WeekSummary(NamedTuple):
    """One week, from Monday.

    Attributes:
        planned: Minutes of the plan that held at the week's end.
        done: Estimates of the lessons completed in it.
        studied: Minutes studied in it.
    """

    start: date
    planned: int
    done: int
    studied: int


class StatusSummary(NamedTuple):
    """The answer of `status`.

    Attributes:
        studied: Minutes studied in all.
        ahead: Study days ahead of the accepted plan; negative when behind; None
            without one.
        finish: Day on which the plan ends now.
        planned_finish: Day on which the accepted plan ended.
        target_slack: Days between the plan's end and the target; None without both.
        left_over: Minutes that full attendance until the target leaves undone.
        needs_new_plan: The plan ends far from the likely day; a new one would not.
    """

    today: date
    tracks: tuple[Track, ...]
    tally: Tally
    studied: int
    this_week: WeekSummary
    weeks: tuple[WeekSummary, ...] | None
    ahead: int | None
    finish: date | None
    planned_finish: date | None
    target: date | None
    target_slack: int | None
    left_over: int
    forecast: Forecast
    needs_new_plan: bool


class TrackSummary(NamedTuple):
    """A track of the curriculum; required lessons unless the name says otherwise."""

    track: Track
    modules: int
    lessons: int
    minutes: int
    optional_minutes: int
    paid_minutes: int
    gpu_minutes: int
    unknown_minutes: int
    is_active: bool
    done_lessons: int


def summarize_status(
    situation: Situation, plan: Plan, *, left_over: int, week_count: int | None = None
) -> StatusSummary:
    """Bring together where the learner stands.

    Args:
        left_over: Minutes beyond what full attendance allows by the target.
        week_count: So many weeks up to this one, oldest first.
    """
    curriculum, progress, route, today = situation
    accepted = progress.plan
    layouts = Layouts(situation)
    measured, ahead = progress.measured_plan, None
    if measured is not None:
        based = layouts.of(measured)
        earned = earned_minutes(based, curriculum, progress)
        ahead = ahead_days(based, earned, today)
    forecast = make_forecast(situation)
    studied = progress.studied
    monday = monday_of(today)
    weeks = None
    if week_count is not None:
        starts = [monday - n * ONE_WEEK for n in reversed(range(week_count))]
        weeks = tuple(summarize_week(each, progress, layouts) for each in starts)
    slack = None
    if progress.target is not None and plan.finish is not None:
        slack = (progress.target - plan.finish).days
    return StatusSummary(
        today=today,
        tracks=route.tracks,
        tally=tally(counted_lessons(route, progress), progress),
        studied=sum(studied.values()),
        this_week=summarize_week(monday, progress, layouts),
        weeks=weeks,
        ahead=ahead,
        finish=plan.finish,
        planned_finish=None if accepted is None else accepted.plan.finish,
        target=progress.target,
        target_slack=slack,
        left_over=left_over,
        forecast=forecast,
        needs_new_plan=is_due(forecast, progress, plan.finish, ahead),
    )


def summarize_phases(route: Route, progress: Progress) -> tuple[PhaseSummary, ...]:
    """The phases of the active tracks, without those whose modules stand elsewhere."""
    standing = Standing(route, progress)
    counted: dict[str, list[Lesson]] = {}
    for lesson in counted_lessons(route, progress):
        counted.setdefault(lesson.module, []).append(lesson)
    phases = []
    on_road = {key: place.module for key, place in route.modules.items()}
    for track in route.tracks:
        for phase in track.phases:
            places = [
                place
                for place in route.modules.values()
                if place.track == track.id and place.phase == phase.id
            ]
            if not places:
                continue
            modules = tuple(
                ModuleSummary(
                    place.module,
                    place.optional,
                    standing.of_module(place.module),
                    tally(counted.get(place.module.id, ()), progress),
                    modules_waited_for(place.module, on_road, standing),
                )
                for place in places
            )
            total = sum_tallies(each.tally for each in modules)
            phases.append(PhaseSummary(phase.id, phase.title, total, modules))
    return tuple(phases)


def modules_waited_for(
    module: Module, modules: Mapping[str, Module], standing: Standing
) -> tuple[Module, ...]:
    """The modules for which a blocked module waits; none for another."""
    if standing.of_module(module) != "blocked":
        return ()
    return tuple(modules[each.module] for each in standing.waiting_for(module.id))


def sum_tallies(tallies: Iterable[Tally]) -> Tally:
    """Add tallies of different lessons."""
    rows = list(tallies)
    return Tally(
        sum(each.done_lessons for each in rows),
        sum(each.lessons for each in rows),
        sum(each.done_minutes for each in rows),
        sum(each.minutes for each in rows),
    )


def summarize_week(monday: date, progress: Progress, layouts: Layouts) -> WeekSummary:
    """Planned, done and studied minutes of the week that begins on a Monday."""
    end = monday + ONE_WEEK
    done = sum(
        each.minutes
        for each in progress.completions.values()
        if monday <= each.day < end
    )
    planned = sum(planned_in_week(monday, progress, layouts).values())
    studied = minutes_between(progress.studied, monday, end)
    return WeekSummary(monday, planned, done, studied)


def planned_in_week(
    monday: date, progress: Progress, layouts: Layouts
) -> dict[str, int]:
    """Minutes planned in a week, by lesson: as its last plan has it.

    What the week's first plan had in it and was done before the last one was accepted
    counts as well: accepting a plan makes no week smaller.
    """
    end = monday + ONE_WEEK
    held = [each for each in progress.plans if each.day < end]
    if not held:
        return {}
    before = [each for each in held if each.day < monday]
    first = before[-1] if before else held[0]
    planned = blocks_in_week(layouts.of(first), monday)
    if first is held[-1]:
        return planned
    kept = {lesson for week in held[-1].plan.weeks for lesson in week.lessons}
    planned = {
        lesson: minutes
        for lesson, minutes in planned.items()
        if lesson not in kept
        and lesson in progress.completions
        and monday <= progress.completions[lesson].day < end
    }
    return planned | blocks_in_week(layouts.of(held[-1]), monday)


def blocks_in_week(plan: Plan, monday: date) -> dict[str, int]:
    """Minutes that a plan has in a week, by lesson."""
    minutes: dict[str, int] = {}
    for block in plan.between(monday, monday + ONE_WEEK):
        minutes[block.lesson] = minutes.get(block.lesson, 0) + block.minutes
    return minutes


def summarize_track(
    track: Track, curriculum: Curriculum, progress: Progress
) -> TrackSummary:
    """Count what a track asks for, by its own required and optional lessons."""
    required: list[Lesson] = []
    optional: list[Lesson] = []
    modules: set[str] = set()
    for phase in track.phases:
        for entry in phase.modules:
            for lesson in curriculum.modules[entry.module].lessons:
                is_extra = entry.optional or lesson.optional
                (optional if is_extra else required).append(lesson)
                if not is_extra:
                    modules.add(entry.module)
    active = progress.started.tracks if progress.started else ()
    return TrackSummary(
        track=track,
        modules=len(modules),
        lessons=len(required),
        minutes=sum(each.minutes for each in required),
        optional_minutes=sum(each.minutes for each in optional),
        paid_minutes=sum(each.minutes for each in required if each.access == "paid"),
        gpu_minutes=sum(each.minutes for each in required if needs_gpu(each)),
        unknown_minutes=sum(
            each.minutes for each in required if "unknown" in each.needs
        ),
        is_active=track.id in active,
        done_lessons=sum(1 for each in required if progress.is_done(each.id)),
    )


def needs_gpu(lesson: Lesson) -> bool:
    """Tell whether a lesson cannot be done without a GPU of one's own."""
    return "gpu" in lesson.needs or "multi-gpu" in lesson.needs
