"""What can be done by a target if every declared minute is used."""

from __future__ import annotations

from datetime import date, timedelta

from llmpath.core.counting import left_minutes
from llmpath.core.open_work import deferrals, open_lessons
from llmpath.core.rooms import first_day, room_from
from llmpath.core.situation import Situation
from llmpath.named_tuple import NamedTuple


class Load(NamedTuple):
    """Work that may begin on a day, and the room from then until a target.

    Attributes:
        work: Minutes left of the lessons that may begin no earlier than the day.
        room: Declared minutes from the day up to and including the target.
    """

    work: int
    room: int


def loads_until(situation: Situation, target: date) -> tuple[Load, ...]:
    """Work against room at full attendance, from today and from each deferral on.

    All of it can be done by the target exactly if no load is greater than its room:
    one learner with release dates.
    """
    _, progress, route, today = situation
    lessons = open_lessons(route, progress)
    start = first_day(progress, today)
    until = deferrals(route, progress, lessons)
    released = {
        each.id: max(start, until[each.id].until) if each.id in until else start
        for each in lessons
    }
    room_on = room_from(progress, progress.studied, today)
    return tuple(
        Load(
            sum(
                left_minutes(each, progress)
                for each in lessons
                if released[each.id] >= day
            ),
            sum(
                room_on(day + timedelta(days=n)) for n in range((target - day).days + 1)
            ),
        )
        for day in sorted({start, *released.values()})
    )


def left_over_minutes(situation: Situation, target: date) -> int:
    """Lesson minutes beyond what full attendance allows by the target; 0 if it fits."""
    loads = loads_until(situation, target)
    return max(0, *(each.work - each.room for each in loads))


def needed_weekly_minutes(situation: Situation, target: date) -> int | None:
    """Minutes a week that full attendance takes until the target, all days alike.

    None where work is left and no day has time for it.
    """
    progress = situation.progress
    weekly = sum(progress.availability.week_minutes(situation.today))
    loads = [each for each in loads_until(situation, target) if each.work]
    if any(not each.room for each in loads):
        return None
    return max((-(-weekly * each.work // each.room) for each in loads), default=0)
