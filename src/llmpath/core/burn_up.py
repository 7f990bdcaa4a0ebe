"""Done against planned over time, and the range ahead."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from llmpath.core.counting import counted_lessons, tally
from llmpath.core.outlook import Forecast
from llmpath.core.plan import Plan
from llmpath.core.situation import Situation
from llmpath.core.standing import baseline
from llmpath.named_tuple import NamedTuple

LEAST_STEPS = 2
"""Steps of the plan from which there is something to draw without a forecast."""

Steps = tuple[tuple[date, int], ...]
"""Minutes reached by the end of each day on which they grew, oldest first."""


class BurnUp(NamedTuple):
    """Minutes of lessons done and planned by day, out of a total.

    Attributes:
        start: First day of study of the tracks in force.
        end: The latest of the plan's last block, the safe day and today.
        total: Minutes of all lessons that count.
        planned: By the accepted plan, from the day of its acceptance on.
        soon: Day with a chance of 10 in 100; None without a forecast.
        safe: The safe day that is shown.
    """

    start: date
    today: date
    end: date
    total: int
    done: Steps
    planned: Steps
    soon: date | None
    safe: date | None

    def done_share(self, day: date) -> float:
        """The share done by the end of a day up to today."""
        return share_on(self.done, day) / self.total

    def planned_share(self, day: date) -> float | None:
        """The share that the accepted plan has by a day; None before the plan."""
        if not self.planned or day < self.planned[0][0]:
            return None
        return min(1.0, share_on(self.planned, day) / self.total)

    def range_on(self, day: date) -> tuple[float, float] | None:
        """Least and most share done by a day ahead, in a straight line to the ends."""
        if self.soon is None or self.safe is None or day <= self.today:
            return None
        now = self.done_share(self.today)
        gone = (day - self.today).days
        least, most = (
            min(1.0, now + (1 - now) * gone / max(1, (end - self.today).days))
            for end in (self.safe, self.soon)
        )
        return least, most


def share_on(steps: Steps, day: date) -> int:
    """Minutes reached by the end of a day."""
    return max((minutes for each, minutes in steps if each <= day), default=0)


def make_burn_up(situation: Situation, plan: Plan, forecast: Forecast) -> BurnUp | None:
    """Done and planned minutes over time; None where nothing counts."""
    _, progress, route, today = situation
    lessons = list(counted_lessons(route, progress))
    total = tally(lessons, progress)
    if not total.minutes or progress.started is None:
        return None
    start = min(progress.started.from_day, today)
    done = [
        (max(start, progress.completions[each.id].day), each.minutes)
        for each in lessons
        if progress.is_done(each.id)
    ]
    planned: Steps = ()
    if progress.plan is not None:
        accepted = baseline(progress.plan, situation)
        blocks, short = accepted.blocks, accepted.shortfall
        before = total.minutes - accepted.minutes - (short.minutes if short else 0)
        begun = (max(start, progress.plan.day), max(0, before))
        planned = summed([begun, *((each.day, each.minutes) for each in blocks)])
    safe = forecast.safe
    if safe is None and len(planned) < LEAST_STEPS:
        return None
    ends = [today, *(block.day for block in plan.blocks)]
    ends += [] if safe is None else [safe]
    return BurnUp(
        start,
        today,
        max(ends),
        total.minutes,
        (*summed(done), (today, total.done_minutes)),
        planned,
        forecast.days[10],
        safe,
    )


def summed(minutes: Iterable[tuple[date, int]]) -> Steps:
    """Minutes by day, added up from the first day on."""
    by_day: dict[date, int] = {}
    for day, each in minutes:
        by_day[day] = by_day.get(day, 0) + each
    total = 0
    steps = []
    for day in sorted(by_day):
        total += by_day[day]
        steps.append((day, total))
    return tuple(steps)
