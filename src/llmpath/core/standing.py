"""Where the learner stands: statuses of lessons and modules, ahead or behind."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from llmpath.core.counting import left_after, left_minutes
from llmpath.core.curriculum import Curriculum, Lesson, Module, Route
from llmpath.core.filling import Work, fill_days
from llmpath.core.open_work import deferrals
from llmpath.core.plan import Plan
from llmpath.core.prerequisites import Waiting, unmet
from llmpath.core.progress import AcceptedPlan, Progress, studied_by_day
from llmpath.core.rooms import at_velocity, carried, first_day
from llmpath.core.situation import Situation


class Standing:
    """Statuses over one curriculum, road and progress; computed, never stored."""

    def __init__(self, route: Route, progress: Progress) -> None:
        self._route = route
        self._progress = progress
        self._waiting: dict[str, tuple[Waiting, ...]] = {}

    def waiting_for(self, module: str) -> tuple[Waiting, ...]:
        """What a module waits for; empty if it is ready."""
        if module not in self._waiting:
            self._waiting[module] = tuple(unmet(self._route, self._progress, module))
        return self._waiting[module]

    def of_lesson(self, lesson: Lesson) -> str:
        """`done`, `skipped`, `active` (time logged), `blocked` or `ready`."""
        if self._progress.is_done(lesson.id):
            return "done"
        if lesson.id in self._progress.skips:
            return "skipped"
        if self._progress.logged.get(lesson.id):
            return "active"
        return "blocked" if self.waiting_for(lesson.module) else "ready"

    def of_module(self, module: Module) -> str:
        """The status of a module, judged by its required lessons, if it has any."""
        required = [each for each in module.lessons if not each.optional]
        statuses = [self.of_lesson(each) for each in required or module.lessons]
        kinds = set(statuses)
        if kinds <= {"done", "skipped"}:
            return "done" if "done" in kinds else "skipped"
        if kinds & {"done", "active"} or self._progress.logged.get(module.id):
            return "active"
        return "blocked" if self.waiting_for(module.id) else "ready"


def baseline(accepted: AcceptedPlan, situation: Situation) -> Plan:
    """The accepted plan as it was laid out on the day of its acceptance.

    Lessons that the curriculum no longer has are left out; the hours and days off are
    those known today.
    """
    curriculum, progress, route, _ = situation
    start = first_day(progress, accepted.day)
    mondays = {
        lesson_id: week.start
        for week in accepted.plan.weeks
        for lesson_id in week.lessons
        if lesson_id in curriculum.lessons
    }
    lessons = [curriculum.lessons[each] for each in mondays]
    until = deferrals(route, progress, lessons)
    logged = logged_before(progress, accepted.day)
    work = [
        Work._make(
            (
                lesson.id,
                left_after(lesson, logged.get(lesson.id, 0), progress),
                0,
                mondays[lesson.id],
                until[lesson.id].until if lesson.id in until else date.min,
            )
        )
        for lesson in lessons
    ]
    used = studied_outside(progress, mondays, accepted.day)
    studied = {day: n for day, n in progress.studied.items() if day < accepted.day}
    studied[accepted.day] = used

    def room_on(day: date) -> int:
        minutes = progress.availability.minutes_on(day)
        return max(0, minutes - used) if day == accepted.day else minutes

    velocity = min(1.0, accepted.plan.velocity)
    room = at_velocity(velocity, room_on, start, progress.settings.block_min)
    before = carried(progress, studied, start)
    return fill_days(work, start, room, progress.settings, before)


class Layouts:
    """Accepted plans as they were laid out on their days, each worked out once."""

    def __init__(self, situation: Situation) -> None:
        self._situation = situation
        self._known: dict[AcceptedPlan, Plan] = {}

    def of(self, accepted: AcceptedPlan) -> Plan:
        """The plan as on the day of its acceptance."""
        if accepted not in self._known:
            self._known[accepted] = baseline(accepted, self._situation)
        return self._known[accepted]


def logged_before(progress: Progress, day: date) -> dict[str, int]:
    """Minutes logged by id up to the beginning of a day."""
    minutes: dict[str, int] = {}
    for each, by_id in progress.study_days.items():
        if each < day:
            for key, logged in by_id.items():
                minutes[key] = minutes.get(key, 0) + logged
    return minutes


def studied_outside(progress: Progress, planned: Collection[str], day: date) -> int:
    """Minutes studied on a day for anything but these lessons."""
    inside = {
        each: completion
        for each, completion in progress.completions.items()
        if each in planned and completion.day == day
    }
    logged = {
        each: {key: minutes for key, minutes in by_id.items() if key in planned}
        for each, by_id in progress.study_days.items()
        if each <= day
    }
    return progress.studied.get(day, 0) - studied_by_day(logged, inside).get(day, 0)


def earned_minutes(plan: Plan, curriculum: Curriculum, progress: Progress) -> int:
    """Planned minutes of the baseline that are done, with part of what is begun."""
    planned: dict[str, int] = {}
    for block in plan.blocks:
        planned[block.lesson] = planned.get(block.lesson, 0) + block.minutes
    earned = 0
    for lesson_id, minutes in planned.items():
        left = left_minutes(curriculum.lessons[lesson_id], progress)
        earned += max(0, minutes - left)
    return earned


def ahead_days(plan: Plan, earned: int, today: date) -> int:
    """Study days ahead of the baseline; negative when behind.

    Counts the baseline's study days before today whose work is not earned, or else
    those after today whose work is. Today itself counts neither way: it is not over.
    After earned schedule (Lipke, "Schedule is different", 2003), in study days.
    """
    by_day: dict[date, int] = {}
    for block in plan.blocks:
        by_day[block.day] = by_day.get(block.day, 0) + block.minutes
    ahead = behind = total = 0
    for day in sorted(by_day):
        total += by_day[day]
        if day < today and total > earned:
            behind += 1
        elif day > today and total <= earned:
            ahead += 1
    return -behind or ahead
