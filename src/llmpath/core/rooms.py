"""How many minutes each day may hold: declared ones, shares of a week, what is owed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from llmpath.core.availability import monday_of
from llmpath.core.filling import Carried, RoomOn
from llmpath.core.progress import Progress

REPAID_DAYS = 14
"""How far back overruns are looked for; at most the tolerance is ever owed."""


def first_day(progress: Progress, today: date) -> date:
    """The first day that may hold a block."""
    return max(today, progress.started.from_day) if progress.started else today


def left_on(day: date, progress: Progress, today: date) -> int:
    """Declared minutes of a day that study did not use up; none too few for a block."""
    minutes = progress.availability.minutes_on(day)
    studied = progress.studied.get(day, 0) if day <= today else 0
    left = minutes - studied
    return left if not studied or left >= progress.settings.block_min else 0


def room_from(progress: Progress, studied: Mapping[date, int], today: date) -> RoomOn:
    """Declared minutes of each day, today's without those already studied."""
    availability = progress.availability

    def room_on(day: date) -> int:
        minutes = availability.minutes_on(day)
        return max(0, minutes - studied.get(today, 0)) if day == today else minutes

    return room_on


def at_velocity(velocity: float, room_on: RoomOn, start: date, shortest: int) -> RoomOn:
    """Rooms of which a week's share is used, on its first days; all at a velocity of 1.

    Where the last of these days would hold no block, the day before leaves it as much
    as it takes; where that day would then hold none, what is left is not used.
    """
    if velocity >= 1:
        return room_on
    return by_week(room_on, 1 - velocity, start, shortest)


def buffered(room_on: RoomOn, buffer: float, start: date) -> RoomOn:
    """Rooms that leave a share of each week free, at the end of the week."""
    return by_week(room_on, buffer, start, 0)


def by_week(room_on: RoomOn, free: float, start: date, shortest: int) -> RoomOn:
    """Rooms whose weeks each leave a share free, with the last one as `at_velocity`."""
    rooms: dict[date, int] = {}

    def room_of_week(day: date) -> int:
        if day not in rooms:
            monday = monday_of(day)
            days = [monday + timedelta(days=n) for n in range(7)]
            minutes = {each: room_on(each) for each in days if each >= start}
            rooms.update(shares(minutes, 1 - free, shortest))
        return rooms[day]

    return room_of_week


def shares(minutes: Mapping[date, int], share: float, shortest: int) -> dict[date, int]:
    """A week's rooms, filled up to a share of their sum from the first day on."""
    budget = int(sum(minutes.values()) * share)
    rooms: dict[date, int] = {}
    for day, room in minutes.items():
        rooms[day] = min(room, budget)
        budget -= rooms[day]
    used = [day for day, room in rooms.items() if room]
    missing = min(shortest, minutes[used[-1]]) - rooms[used[-1]] if used else 0
    if missing <= 0:
        return rooms
    if len(used) > 1 and rooms[used[-2]] >= missing + shortest:
        rooms[used[-2]] -= missing
        rooms[used[-1]] += missing
    else:
        rooms[used[-1]] = 0
    return rooms


def carried(progress: Progress, studied: Mapping[date, int], start: date) -> Carried:
    """What was studied up to a day, as far as it bears on that day and those after it.

    Minutes by which days ran over are paid back, at most the tolerance.
    """
    availability = progress.availability
    most = progress.settings.tolerance
    debt = 0
    for back in range(REPAID_DAYS, 0, -1):
        day = start - timedelta(days=back)
        declared = availability.minutes_on(day)
        if declared:
            over = debt + studied.get(day, 0) - declared
            debt = min(most, max(0, over))
    declared = availability.minutes_on(start)
    if declared:
        debt = min(most, debt + max(0, studied.get(start, 0) - declared))
    return Carried(debt, start if studied.get(start) else None)
