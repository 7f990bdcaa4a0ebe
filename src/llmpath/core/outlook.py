"""What the forecast says of a learner's situation, and what is shown of it.

A date that was shown is shown again until the present one differs by a week or more
and by a tenth of the time that is left: dates that move each day are not believed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from math import exp

from llmpath.core.counting import counted_lessons, left_minutes
from llmpath.core.events import NOTHING_STATED, Stated
from llmpath.core.forecast import (
    LEVELS,
    DayChance,
    Level,
    Rest,
    day_chances,
    find_level,
    find_pace,
    find_rest,
    minutes_range,
)
from llmpath.core.history import (
    History,
    declared_from_today,
    make_history,
)
from llmpath.core.open_work import deferrals, open_lessons
from llmpath.core.progress import Progress, StatedOn
from llmpath.core.scheduling import held_velocity
from llmpath.core.situation import Situation
from llmpath.named_tuple import NamedTuple

STATED_DAYS = 28
"""Days for which a range of minutes is stated."""

LEAST_MOVE_DAYS, LEAST_MOVE_SHARE = 7, 0.1
PAUSED_WEEKS = 3
LEAST_DECLINE = 4
RISKY_CHANCE = 0.6
"""Below it the ways out are offered; from it on the buffer absorbs missed days."""

LOWEST_VELOCITY = 0.1
LEAST_CHANGE, AHEAD_DAYS = 0.05, 5
FAR_DAYS, FAR_SHARE = 14, 1 / 3
FULL_HISTORY_WEEKS = 4
"""Weeks from which the learner's own velocity is proposed."""


class KindPace(NamedTuple):
    """The pace of a kind of lesson, and how many timed lessons it rests on."""

    kind: str
    pace: float
    lessons: int


class Scorecard(NamedTuple):
    """Of the four-week ranges that are over, how many held."""

    ranges: int
    held: int


class Forecast(NamedTuple):
    """When the learner will finish, and what that rests on.

    Attributes:
        days: Days by chance in percent; None beyond ten years, or without hours.
        chance: To be finished by the target; None without one.
        remaining_minutes: Estimates of what is left.
        pace: Actual minutes for an estimated one.
        adherence: Studied minutes for a declared one.
        weeks_of_history: Whole weeks since the first day of study with declared time.
        paused: No study in the last three weeks that had declared time.
        declining_weeks: So many weeks in a row with less study than the one before.
        is_timed: Whether the minutes were logged, at least some.
        minutes: Least and most minutes of the coming four weeks, with a chance of 80
            in 100.
        shown: The likely and safe days to show, and when they were first stated.
        has_open_break: Study ends, on a day that may be to come, until further notice.
    """

    today: date
    days: Mapping[int, date | None]
    target: date | None
    chance: float | None
    remaining_minutes: int
    pace: float
    adherence: float
    weeks_of_history: int
    paused: bool
    declining_weeks: int
    is_timed: bool
    minutes: tuple[int, int]
    kinds: tuple[KindPace, ...]
    shown: StatedOn
    scorecard: Scorecard
    has_open_break: bool = False

    @property
    def has_open_target(self) -> bool:
        """Whether there is a target ahead, and something left to do by then."""
        is_ahead = self.target is not None and self.target >= self.today
        return is_ahead and bool(self.remaining_minutes)

    @property
    def is_at_risk(self) -> bool:
        """Whether the chance of the target is one at which ways out are offered."""
        return self.has_open_target and (self.chance or 0.0) < RISKY_CHANCE

    def is_far_from(self, finish: date | None) -> bool:
        """Tell whether a plan's end is so far from the likely day that another is due.

        That is by two weeks and a third of the time left, once there is a history.
        """
        likely = self.days[50]
        if finish is None or likely is None:
            return False
        apart = abs((likely - finish).days)
        left = (likely - self.today).days
        is_known = self.weeks_of_history >= FULL_HISTORY_WEEKS
        return is_known and apart > max(FAR_DAYS, FAR_SHARE * left)

    @property
    def likely(self) -> date | None:
        """The day to show as likely."""
        return self.shown.stated.p50

    @property
    def safe(self) -> date | None:
        """The day to show as safe."""
        return self.shown.stated.p80


class Outlook(NamedTuple):
    """The forecast's parts, to ask it about other hours or less to do.

    Attributes:
        rest: What is left; None if nothing is.
        declared_on: Minutes declared so many days after today.
        not_before: Days after today on which the last lesson put off may begin.
    """

    history: History
    level: Level
    rest: Rest | None
    declared_on: Callable[[int], float]
    not_before: int

    def chances(self) -> Iterator[DayChance]:
        """The chance of each day with declared minutes; nothing if nothing is left."""
        if self.rest is None:
            return iter(())
        return day_chances(self.level, self.rest, self.declared_on, self.not_before)


def make_outlook(situation: Situation) -> Outlook:
    """Estimate level and pace from the history."""
    history = make_history(situation)
    level = find_level(history.weeks)
    rest = find_rest(history.open, find_pace(history.timed)) if history.open else None
    declared_on = declared_from_today(situation)
    return Outlook(history, level, rest, declared_on, days_put_off(situation))


def days_put_off(situation: Situation) -> int:
    """Days until the last of the open lessons may begin; 0 if none is put off."""
    _, progress, route, today = situation
    if not progress.deferred:
        return 0
    put_off = deferrals(route, progress, open_lessons(route, progress))
    days = ((each.until - today).days for each in put_off.values())
    return max(0, *days) if put_off else 0


def make_forecast(situation: Situation) -> Forecast:
    """Forecast the day of the last lesson, from the history up to yesterday."""
    progress, today = situation.progress, situation.today
    outlook = make_outlook(situation)
    history, level = outlook.history, outlook.level
    pace = find_pace(history.timed)
    days, chance = read_chances(outlook, today, progress.target)
    minutes = (0, 0)
    if outlook.rest is not None:
        minutes = minutes_range(level, outlook.declared_on, STATED_DAYS)
    present = Stated(days[50], days[80], minutes if outlook.rest else None)
    return Forecast(
        today=today,
        days=days,
        target=progress.target,
        chance=chance,
        remaining_minutes=remaining_minutes(situation),
        pace=exp(pace.mean),
        adherence=level.adherence * exp(level.shift),
        weeks_of_history=sum(
            1 for each in history.weeks if each.declared and each.days == 7
        ),
        paused=is_paused(history) and not progress.studied.get(today),
        declining_weeks=declining_weeks(history),
        is_timed=history.is_timed,
        minutes=minutes,
        kinds=tuple(
            KindPace(
                kind, pace.of(kind), sum(1 for e in history.timed if e.kind == kind)
            )
            for kind in pace.kinds
        ),
        shown=stand_by(progress.held_stated, present, today, progress.target),
        scorecard=score_ranges(progress, history.days, today),
        has_open_break=progress.availability.open_from is not None,
    )


def read_chances(
    outlook: Outlook, today: date, target: date | None
) -> tuple[dict[int, date | None], float | None]:
    """The day of each chance, and the chance of the target."""
    days: dict[int, date | None] = dict.fromkeys(LEVELS)
    until = -1 if target is None else (target - today).days
    if outlook.rest is None:
        return days, None if target is None else 1.0
    missing = list(LEVELS)
    chance = 0.0
    for each in outlook.chances():
        while missing and each.score >= LEVELS[missing[0]]:
            days[missing.pop(0)] = today + timedelta(days=each.offset)
        if each.offset <= until:
            chance = each.chance
        if not missing and each.offset >= until:
            break
    return days, None if target is None else chance


def chances_until(outlook: Outlook, days: int) -> list[DayChance]:
    """The days with declared minutes, up to and including so many after today."""
    found = []
    for each in outlook.chances():
        if each.offset > days:
            break
        found.append(each)
    return found


def remaining_minutes(situation: Situation) -> int:
    """Estimated minutes left of the open lessons that count."""
    progress = situation.progress
    counted = counted_lessons(situation.route, progress)
    return sum(left_minutes(each, progress) for each in counted)


def is_paused(history: History) -> bool:
    """Tell whether the last three weeks with declared minutes held no study."""
    declared = [each for each in history.weeks if each.declared and each.days == 7]
    last = declared[-PAUSED_WEEKS:]
    return len(last) == PAUSED_WEEKS and not any(each.studied for each in last)


def declining_weeks(history: History) -> int:
    """How many of the last weeks each had less study than the one before; 0 if few."""
    weeks = [each.studied for each in history.weeks if each.declared and each.days == 7]
    count = 0
    for before, after in zip(reversed(weeks[:-1]), reversed(weeks[1:]), strict=True):
        if after >= before:
            break
        count += 1
    return count if count >= LEAST_DECLINE else 0


def stand_by(
    last: StatedOn | None, present: Stated, today: date, target: date | None
) -> StatedOn:
    """The dates to show: those last stated, until they differ too much.

    That is also where they stand on the other side of the target than the present
    ones, so that no day contradicts the chance.

    Args:
        present: What the forecast says now.
    """
    now = StatedOn(today, present)
    if last is None or last.stated == NOTHING_STATED:
        return now
    p50 = standing_day(last.stated.p50, present.p50, today)
    p80 = standing_day(last.stated.p80, present.p80, today)
    if is_between(target, p50, present.p50) or is_between(target, p80, present.p80):
        return now
    if (p50, p80) == (present.p50, present.p80) or (p50 and p80 and p80 < p50):
        return now
    return StatedOn(last.day, Stated(p50, p80, present.minutes))


def is_between(target: date | None, one: date | None, other: date | None) -> bool:
    """Tell whether a target can be met by one of two days and not by the other."""
    if target is None or one is None or other is None:
        return False
    return (one <= target) != (other <= target)


def standing_day(last: date | None, present: date | None, today: date) -> date | None:
    """One date: the last one stated, or the present one where it differs too much."""
    if last is None or present is None or last < today:
        return present
    moved = abs((present - last).days)
    left = (present - today).days
    is_moved = moved >= LEAST_MOVE_DAYS and moved >= LEAST_MOVE_SHARE * left
    return present if is_moved else last


def score_ranges(
    progress: Progress, studied: Mapping[date, float], today: date
) -> Scorecard:
    """Compare each range stated with the minutes of the four weeks that followed."""
    over = today - timedelta(days=STATED_DAYS)
    ranges = held = 0
    for day, stated in progress.stated:
        if stated.minutes is None or day > over:
            continue
        low, high = stated.minutes
        days = (day + timedelta(days=n) for n in range(STATED_DAYS))
        minutes = sum(studied.get(each, 0.0) for each in days)
        ranges += 1
        held += low <= round(minutes) <= high
    return Scorecard(ranges, held)


def is_due(
    forecast: Forecast, progress: Progress, finish: date | None, ahead: int | None
) -> bool:
    """Tell whether a new plan would help where the plan's end is far from likely.

    It would go by another velocity, or bring forward what lies ahead of the learner.

    Args:
        finish: Day on which the plan ends.
        ahead: Study days ahead of the plan.
    """
    own = own_velocity(forecast)
    if own is None or not forecast.is_far_from(finish):
        return False
    apart = abs(own - held_velocity(progress))
    return apart >= LEAST_CHANGE or (ahead or 0) >= AHEAD_DAYS


def own_velocity(forecast: Forecast) -> float | None:
    """Lesson minutes for a declared one as they were so far; None without a history.

    At most 1, so that no day is planned fuller than it was declared.
    """
    if forecast.weeks_of_history < FULL_HISTORY_WEEKS:
        return None
    velocity = min(1.0, forecast.adherence) / forecast.pace
    return round(max(LOWEST_VELOCITY, min(1.0, velocity)), 2)
