"""`why`: what holds a lesson on its date, and what would move it."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated

import typer

from llmpath.cli.adjust import adjust
from llmpath.cli.output import Answer
from llmpath.cli.resolve import find_one
from llmpath.cli.session import situation_after
from llmpath.cli.workspace import Workspace, load, options_of, require_started
from llmpath.core.curriculum import Lesson, shown_id
from llmpath.core.events import (
    AvailabilitySet,
    Event,
    LeaveSet,
    LessonDeferred,
    LessonsCompleted,
)
from llmpath.core.plan import Plan
from llmpath.core.reasons import Kind, Reason, find_reasons, lesson_to_explain
from llmpath.core.scheduling import repair
from llmpath.named_tuple import NamedTuple
from llmpath.report.feasibility import week_argument
from llmpath.report.views.why import Change, WhyView
from llmpath.report.why import why_document, why_sentences

MORE_MINUTES = (60, 120)
"""How many more minutes a week are tried."""


class Trial(NamedTuple):
    """A command that may move a lesson, and the plan that it would bring about."""

    command: str
    plan: Plan


def why(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(metavar="ID", help="Module or lesson.")],
) -> None:
    """Say why a lesson stands on its date.

    And which command would move it earlier, if a small one does. A module means its
    first open lesson. Example: llmpath why lets-build-gpt
    """
    workspace = load(options_of(ctx))
    require_started(workspace)
    view = why_view(workspace, text)
    workspace.answer(
        Answer(view, lambda: why_document(view), lambda: why_sentences(view))
    )


def why_view(workspace: Workspace, text: str) -> WhyView:
    """The reasons for the lesson that an id means."""
    situation, plan = workspace.situation, workspace.plan()
    thing = find_one(workspace, text).thing
    lesson, asked = (
        (thing, None)
        if isinstance(thing, Lesson)
        else (lesson_to_explain(situation, plan, thing), thing)
    )
    reasons = find_reasons(situation, plan, lesson)
    planned = plan.first_days().get(lesson.id)
    return WhyView(
        today=workspace.today,
        lesson=lesson,
        asked=asked,
        planned=planned,
        reasons=reasons,
        lessons=workspace.curriculum.lessons,
        modules=workspace.curriculum.modules,
        block_min=situation.progress.settings.block_min,
        change=change_of(workspace, plan, lesson, planned, reasons),
    )


def change_of(
    workspace: Workspace,
    plan: Plan,
    lesson: Lesson,
    planned: date | None,
    reasons: tuple[Reason, ...],
) -> Change | None:
    """The first command that does give a lesson an earlier day, or one at all."""
    closed = closed_change(workspace, lesson, reasons[0])
    if closed is not None or planned == workspace.today:
        return closed
    for trial in trials(workspace, plan, reasons):
        day = trial.plan.first_days().get(lesson.id)
        if day is not None and (planned is None or day < planned):
            return Change(trial.command, day)
    return None


def closed_change(
    workspace: Workspace, lesson: Lesson, reason: Reason
) -> Change | None:
    """The command that puts a lesson into the plan which is not in it."""
    own_id = shown_id(lesson.id)
    if reason.kind in {Kind.DONE, Kind.SKIPPED}:
        return Change(f"llmpath reopen {own_id}", None)
    if reason.kind is Kind.OPTIONAL:
        return Change(f"llmpath include {own_id}", None)
    if reason.kind is not Kind.TRACK:
        return None
    active = [track.id for track in workspace.situation.route.tracks]
    for track in workspace.curriculum.tracks.values():
        if any(lesson.module == e.module for p in track.phases for e in p.modules):
            options = (f"--track {shown_id(each)}" for each in (*active, track.id))
            return Change(f"llmpath start {' '.join(options)}", None)
    return None


def trials(
    workspace: Workspace, plan: Plan, reasons: tuple[Reason, ...]
) -> Iterator[Trial]:
    """Commands that may move a lesson to an earlier day, the most likely first."""
    for reason in reasons:
        if reason.kind is Kind.DEFERRAL:
            yield without_deferral(workspace, reason.lessons[0])
        elif reason.kind is Kind.DAY_OFF and is_exception(reason):
            yield without_days_off(workspace, reason)
    for reason in reasons:
        is_before = reason.kind in {Kind.ORDER, Kind.PREREQUISITE}
        if is_before and reason.lessons[:1] == tuple(
            each.lesson for each in plan.placements[:1]
        ):
            yield with_done(workspace, reason.lessons[0])
    for more in MORE_MINUTES:
        yield from with_hours(workspace, more)


def is_exception(reason: Reason) -> bool:
    """Tell whether days off come from exceptions or a break, not from the week."""
    return not reason.days or reason.days[0].is_exception


def without_deferral(workspace: Workspace, lesson: str) -> Trial:
    """As `later` does it with today's date."""
    event = LessonDeferred(lesson, None)
    adjustment = adjust(workspace, event, gives_room=True, keeps_order=False)
    return Trial(f"llmpath later {shown_id(lesson)} today", adjustment.after)


def without_days_off(workspace: Workspace, reason: Reason) -> Trial:
    """As `off remove` does it: single days one by one, a break as a whole."""
    known = workspace.situation.progress.availability
    days = [each.day for each in reason.days if each.day in known.leave]
    if days:
        first, last = days[0], days[-1]
        gone = [day for day in known.leave if first <= day <= last]
        event = LeaveSet(dict.fromkeys(gone))
        text = f"{first}" if first == last else f"{first}..{last}"
        return trial(workspace, f"llmpath off remove {text}", event)
    start = known.open_from or workspace.today
    back = max(start, workspace.today)
    past: dict[date, int | None] = {
        start + timedelta(days=n): 0 for n in range((back - start).days)
    }
    event = LeaveSet(past, open_from=None, changes_break=True)
    return trial(workspace, f"llmpath off remove {back}", event)


def trial(workspace: Workspace, command: str, event: Event) -> Trial:
    """A command that gives room."""
    return Trial(command, adjust(workspace, event, gives_room=True).after)


def with_done(workspace: Workspace, lesson: str) -> Trial:
    """As `done` does it, with the lesson's estimate studied today."""
    curriculum = workspace.curriculum
    minutes = {lesson: curriculum.lessons[lesson].minutes}
    event = LessonsCompleted(minutes, curriculum.edition)
    plan = repair(situation_after(workspace, event))
    return Trial(f"llmpath done {shown_id(lesson)}", plan)


def with_hours(workspace: Workspace, more: int) -> Iterator[Trial]:
    """More hours a week, on the days that have some."""
    week = workspace.situation.progress.availability.week_minutes(workspace.today)
    days = sum(1 for minutes in week if minutes)
    if not days:
        return
    extra = -(-more // days)
    first, *rest = (minutes + extra if minutes else 0 for minutes in week)
    fuller = (first, rest[0], rest[1], rest[2], rest[3], rest[4], rest[5])
    if max(fuller) <= 12 * 60:
        event = AvailabilitySet(workspace.today, fuller)
        yield trial(workspace, f"llmpath hours {week_argument(fuller)}", event)
