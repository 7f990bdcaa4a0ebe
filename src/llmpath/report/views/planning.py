"""What `plan`, `hours`, `off` and `target` answer."""

from __future__ import annotations

from datetime import date

from llmpath.core.availability import WeekMinutes
from llmpath.core.calendar import CalendarWeek, Milestone
from llmpath.core.curriculum import Lesson, Module
from llmpath.core.feasibility import Feasibility
from llmpath.core.plan import Plan, StudyBlock
from llmpath.named_tuple import NamedTuple


class Dates(NamedTuple):
    """The end of the plan before and after a change; None where it has no end."""

    before: date | None
    after: date | None


MOST_LATER_WEEKS = 8
"""So many weeks are shown by their sums, after those shown by day."""


class PlanView(NamedTuple):
    """`plan`: the calendar.

    Attributes:
        plan: The plan that holds, whole.
        weeks: The weeks to show; `hidden_weeks` more follow.
        lessons: Titles and modules of the planned lessons, by id.
        milestones: The days on which phases end.
        until: Blocks and weeks before that day are listed; all of them if None.
    """

    today: date
    plan: Plan
    weeks: tuple[CalendarWeek, ...]
    all_weeks: tuple[CalendarWeek, ...]
    lessons: dict[str, tuple[Lesson, Module]]
    target: date | None
    left_over: int
    curriculum: str
    edition: str
    started: date | None
    milestones: tuple[Milestone, ...]
    until: date | None = None

    @property
    def listed_blocks(self) -> tuple[StudyBlock, ...]:
        """The blocks that lines and documents list."""
        until = self.until
        if until is None:
            return self.plan.blocks
        return tuple(block for block in self.plan.blocks if block.day < until)

    @property
    def listed_weeks(self) -> tuple[CalendarWeek, ...]:
        """The weeks that documents list."""
        return self.all_weeks if self.until is None else self.weeks

    @property
    def next_day(self) -> date | None:
        """The next study day, where the weeks asked for hold no block of the plan."""
        if any(has_blocks(week) for week in self.weeks):
            return None
        return min((block.day for block in self.plan.blocks), default=None)

    @property
    def shown_weeks(self) -> tuple[CalendarWeek, ...]:
        """The weeks asked for, and the first with blocks where these hold none."""
        if self.next_day is None:
            return self.weeks
        later = self.all_weeks[len(self.weeks) :]
        return (*self.weeks, *[week for week in later if has_blocks(week)][:1])

    @property
    def shown_milestones(self) -> tuple[Milestone, ...]:
        """The ends of phases, where they say more than the end of the plan."""
        return self.milestones if len(self.milestones) > 1 else ()

    @property
    def later_weeks(self) -> tuple[CalendarWeek, ...]:
        """The weeks after those shown, up to the end of the phase that comes first."""
        last = max((week.start for week in self.shown_weeks), default=self.today)
        end = min((each.day for each in self.milestones), default=last)
        later = [week for week in self.all_weeks if last < week.start <= end]
        return tuple(later[:MOST_LATER_WEEKS])

    @property
    def hidden_weeks(self) -> int:
        """How many weeks of the plan are not shown."""
        return len(self.all_weeks) - len(self.shown_weeks) - len(self.later_weeks)

    @property
    def slack(self) -> int | None:
        """Days between the plan's end and the target; None without both."""
        finish = self.plan.finish
        if self.target is None or finish is None:
            return None
        return (self.target - finish).days


def has_blocks(week: CalendarWeek) -> bool:
    """Tell whether anything is planned in a week."""
    return any(day.blocks for day in week.days)


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
        week: Declared minutes of the weekdays.
        feasibility: Chance, needed hours and ways out; None without an open target.
    """

    today: date
    target: date | None
    finish: date | None
    slack: int | None
    left_over: int
    needed: int | None
    week: WeekMinutes
    said: tuple[str, ...]
    event: str | None
    feasibility: Feasibility | None = None

    @property
    def weekly(self) -> int:
        """Declared minutes a week."""
        return sum(self.week)

    @property
    def is_open(self) -> bool:
        """Whether anything is left to do by the target."""
        return bool(self.left_over or self.needed)
