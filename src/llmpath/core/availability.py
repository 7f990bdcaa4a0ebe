"""When the learner can study: weekly minutes, dated exceptions, open breaks.

Days are the learner's local study days; nothing here counts in steps of 24 hours.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from datetime import date, timedelta

from llmpath.named_tuple import NamedTuple

WeekMinutes = tuple[int, int, int, int, int, int, int]
"""Minutes for each weekday, Monday first."""

ONE_DAY = timedelta(days=1)
ONE_WEEK = timedelta(days=7)


class Availability(NamedTuple):
    """Declared minutes for every date.

    Attributes:
        weekly: The weekday minutes with the day from which they hold, oldest first;
            the first entry holds for all days before it as well.
        leave: Minutes on single dates, in place of the weekday's.
        open_from: First day of a break without an end; None if there is no break.
        afterwards: Past dates whose minutes were changed when they had passed, with the
            exception that held when they came; None for the weekday's minutes.
    """

    weekly: tuple[tuple[date, WeekMinutes], ...] = ()
    leave: Mapping[date, int] = {}
    open_from: date | None = None
    afterwards: Mapping[date, int | None] = {}

    def week_minutes(self, day: date) -> WeekMinutes:
        """The weekday minutes in force on a day; zeros if none were ever set."""
        if not self.weekly:
            return (0, 0, 0, 0, 0, 0, 0)
        index = bisect_right(self.weekly, day, key=lambda entry: entry[0])
        return self.weekly[max(0, index - 1)][1]

    def minutes_on(self, day: date) -> int:
        """The declared minutes of one day; an exception outweighs an open break."""
        if day in self.leave:
            return self.leave[day]
        if self.open_from is not None and day >= self.open_from:
            return 0
        return self.week_minutes(day)[day.weekday()]

    def is_broken_off(self, day: date) -> bool:
        """Tell whether a day lies in a break without an end."""
        is_open = self.open_from is not None and day >= self.open_from
        return is_open and day not in self.leave

    def minutes_then(self, day: date) -> int:
        """The declared minutes of a past day, as they were when it came."""
        if day not in self.afterwards:
            return self.minutes_on(day)
        known = self.afterwards[day]
        return self.week_minutes(day)[day.weekday()] if known is None else known

    def minutes_between(self, start: date, end: date) -> int:
        """The declared minutes from `start` up to, not including, `end`."""
        days = max(0, (end - start).days)
        return sum(self.minutes_on(start + timedelta(days=n)) for n in range(days))

    def week(self, monday: date) -> WeekMinutes:
        """The declared minutes of the seven days that begin on `monday`."""
        first, *rest = (self.minutes_on(monday + timedelta(days=n)) for n in range(7))
        return (first, rest[0], rest[1], rest[2], rest[3], rest[4], rest[5])


def monday_of(day: date) -> date:
    """The Monday of a day's week; planning weeks begin there."""
    return day - timedelta(days=day.weekday())
