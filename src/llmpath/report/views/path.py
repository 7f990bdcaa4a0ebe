"""What `path` answers."""

from __future__ import annotations

from datetime import date

from llmpath.core.agenda import Agenda, AgendaLesson
from llmpath.core.availability import WeekMinutes
from llmpath.core.curriculum import Lesson, Module, shown_id
from llmpath.named_tuple import NamedTuple


class PathView(NamedTuple):
    """`path`: what is left to study up to a goal, and how long it takes.

    Attributes:
        track: Id of the track that `start --to` begins.
        agenda: All lessons that are left, in plan order.
        closed: How many lessons of the way are done or skipped.
        is_reached: All that the goal means is done or skipped.
        week: The hours by which it is planned.
        left_over: Minutes that full attendance until the target leaves undone.
        command: What begins it.
    """

    goal: Module | Lesson
    track: str
    agenda: Agenda
    closed: int
    is_reached: bool
    week: WeekMinutes
    finish: date | None
    target: date | None
    left_over: int
    command: str

    @property
    def lessons(self) -> tuple[AgendaLesson, ...]:
        """The lessons that are left."""
        return self.agenda.lessons

    @property
    def minutes(self) -> int:
        """Estimates of these lessons."""
        return sum(each.lesson.minutes for each in self.lessons)

    @property
    def left(self) -> int:
        """Estimates less what was logged."""
        return sum(each.left for each in self.lessons)

    @property
    def modules(self) -> int:
        """How many modules these lessons belong to."""
        return len({each.module.id for each in self.lessons})

    @property
    def other_hours(self) -> str:
        """The same question with other hours a week."""
        by = "" if self.target is None else f" --by {self.target.isoformat()}"
        return f"llmpath path --to {shown_id(self.goal.id)}{by} --hours 6"

    @property
    def slack(self) -> int | None:
        """Days between the plan's end and the target; None without both."""
        if self.target is None or self.finish is None:
            return None
        return (self.target - self.finish).days
