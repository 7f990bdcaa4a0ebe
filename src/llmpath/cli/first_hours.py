"""Hours and target as they are typed, and the hours that a first start takes."""

from __future__ import annotations

from datetime import date
from typing import NoReturn

from llmpath.cli.asking import ask
from llmpath.cli.session import situation_after
from llmpath.cli.workspace import Workspace
from llmpath.core.availability import WeekMinutes
from llmpath.core.counting import left_minutes
from llmpath.core.events import AvailabilitySet, Event
from llmpath.core.full_attendance import left_over_minutes
from llmpath.core.open_work import open_lessons
from llmpath.core.scheduling import make_plan, repair
from llmpath.core.situation import Situation
from llmpath.core.when import (
    parse_day,
    shown_day,
    shown_minutes,
    spoken_minutes,
)
from llmpath.errors import LlmpathError

FIRST_HOURS: WeekMinutes = (60, 60, 60, 60, 60, 0, 0)
"""Five hours a week, where nothing else was ever said."""


MOST_DAILY = 12 * 60
"""Minutes of one day above which the learner is asked."""


def checked_hours(workspace: Workspace, week: WeekMinutes) -> WeekMinutes:
    """Hours that the learner means: above 12 a day only after asking."""
    if max(week) > MOST_DAILY:
        question = f"that is {spoken_minutes(max(week))} on one day; go on?"
        if not ask(workspace, question, option="-y"):
            raise LlmpathError("nothing was changed")
    return week


def hours_to_set(
    workspace: Workspace,
    events: list[Event],
    hours: WeekMinutes | None,
    target: date | None,
) -> WeekMinutes | None:
    """The weekly hours that a start sets; None where those in force stay.

    Args:
        events: What else the start writes.
        hours: What was given.
    """
    known = workspace.situation.progress.availability
    if hours is None and not known.weekly:
        hours = daily_hours(workspace, events, target)
    if known.weekly and hours == known.week_minutes(workspace.today):
        return None
    return hours


def daily_hours(
    workspace: Workspace, events: list[Event], target: date | None
) -> WeekMinutes:
    """Hours where none were ever set: 5 a week, or every day up to a target.

    Raises:
        LlmpathError: Not even 24 hours a day would do.
    """
    if target is None:
        return FIRST_HOURS
    week = least_daily_hours(workspace, events, target)
    if week is None:
        refuse_target(situation_after(workspace, *events), target)
    return checked_hours(workspace, week)


def least_daily_hours(
    workspace: Workspace, events: list[Event], target: date
) -> WeekMinutes | None:
    """The fewest minutes, on all seven days alike, with which the plan ends in time.

    None where not even 24 hours a day would do.
    """

    def finishes(minutes: int) -> bool:
        week = AvailabilitySet(workspace.today, every_day(minutes))
        situation = situation_after(workspace, *events, week)
        held = situation_after(workspace, *events, week, make_plan(situation))
        end = repair(held).finish
        # A day may run over by some minutes; the hours shall suffice without that.
        has_room = not left_over_minutes(held, target)
        return has_room and end is not None and end <= target

    low, high = workspace.situation.progress.settings.block_min, 24 * 60
    if not finishes(high):
        return None
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if finishes(middle) else (middle + 1, high)
    return every_day(high)


def every_day(minutes: int) -> WeekMinutes:
    """The same minutes on all seven days."""
    return (minutes,) * 7


def refuse_target(situation: Situation, target: date) -> NoReturn:
    """Refuse a target that no hours can reach.

    Raises:
        LlmpathError: Always.
    """
    lessons = open_lessons(situation.route, situation.progress)
    left = sum(left_minutes(each, situation.progress) for each in lessons)
    raise LlmpathError(
        f"{shown_minutes(left)} do not fit by"
        f" {shown_day(target, today=situation.today)}",
        detail=("not even with every hour of every day",),
        remedy="a later --by DATE, or --hours H to see when the plan ends",
    )


def target_day(text: str, today: date) -> date:
    """The date to be finished by.

    Raises:
        LlmpathError: It is past.
    """
    day = parse_day(text, today)
    if day < today:
        raise LlmpathError(
            f"{shown_day(day, today=today)} is past",
            remedy="a day to come, such as +30d",
        )
    return day
