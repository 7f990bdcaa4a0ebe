"""What `plan`, `hours`, `off` and `target` answer."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from llmpath.core.availability import WeekMinutes
from llmpath.core.calendar import CalendarWeek
from llmpath.core.curriculum import Lesson, Module
from llmpath.core.plan import Plan


class Dates(NamedTuple):
    """The end of the plan before and after a change; None where it has no end."""

    before: date | None
    after: date | None


class PlanView(NamedTuple):
    """`plan`: the calendar.

    Attributes:
        plan: The plan that holds, whole.
        weeks: The weeks to show; `hidden_weeks` more follow.
        lessons: Titles and modules of the planned lessons, by id.
    """

    today: date
    plan: Plan
    weeks: tuple[CalendarWeek, ...]
    all_weeks: tuple[CalendarWeek, ...]
    lessons: dict[str, tuple[Lesson, Module]]
    target: date | None
    curriculum: str
    edition: str
    started: date | None

    @property
    def hidden_weeks(self) -> int:
        """How many weeks of the plan are not shown."""
        return len(self.all_weeks) - len(self.weeks)


class HoursView(NamedTuple):
    """`hours`, `off`: availability, and what a change did to the plan.

    Attributes:
        command: `hours`, `off-add`, `off-list` or `off-remove`.
        days: Dated exceptions from today on.
        open_from: First day of an open break.
        dates: The plan's end before and after.
        moved: How many lessons begin on another day than before.
        said: What happened, a sentence each; empty where nothing changed.
    """

    command: str
    today: date
    week: WeekMinutes
    days: tuple[tuple[date, int], ...]
    open_from: date | None
    dates: Dates
    moved: int
    said: tuple[str, ...]
    event: str | None


class TargetView(NamedTuple):
    """`target`: fits or not.

    Attributes:
        finish: Day on which the plan ends.
        slack: Days between the plan's end and the target; negative if later.
        left_over: Minutes that full attendance until the target leaves undone.
        needed: Weekly minutes needed at full attendance; None without study days.
        weekly: Weekly minutes declared.
    """

    today: date
    target: date | None
    finish: date | None
    slack: int | None
    left_over: int
    needed: int | None
    weekly: int
    said: tuple[str, ...]
    event: str | None
