"""The plan and what it rests on: `plan`, `hours`, `off`, `target`."""

from __future__ import annotations

from collections.abc import Iterator

from llmpath.core.availability import WeekMinutes
from llmpath.core.calendar import CalendarDay, CalendarWeek
from llmpath.core.curriculum import shown_id
from llmpath.core.day_forms import DAY_KEYS
from llmpath.core.when import spoken_minutes
from llmpath.report.agenda_phrases import moved_end_fact
from llmpath.report.feasibility import (
    chance_value,
    needed_by,
    needed_chance_facts,
    way_facts,
    way_object,
    ways_of,
)
from llmpath.report.parts import Document, dates_object, iso, schema
from llmpath.report.phrases import (
    UNDO,
    counted,
    facts,
    moved_words,
    spoken_day,
    spoken_from_today,
)
from llmpath.report.planning_phrases import (
    end_fact,
    exception_fact,
    needed_fact,
    shortfall_facts,
    target_facts,
    week_facts,
)
from llmpath.report.views.planning import HoursView, PlanView, TargetView


def plan_document(view: PlanView) -> Document:
    """The document of `plan`: all of the plan, or the weeks that were asked for."""
    plan = view.plan
    return {
        **schema("plan"),
        "today": iso(view.today),
        "start": iso(plan.start),
        "finish": iso(plan.finish),
        "shortfall_minutes": plan.shortfall.minutes if plan.shortfall else 0,
        "blocks": [
            {
                "day": iso(block.day),
                "lesson": shown_id(block.lesson),
                "minutes": block.minutes,
                "part": block.part,
                "parts": block.parts,
                "title": view.lessons[block.lesson][0].title,
            }
            for block in view.listed_blocks
        ],
        "weeks": [
            {
                "start": iso(week.start),
                "capacity_minutes": week.capacity,
                "planned_minutes": week.planned,
            }
            for week in view.listed_weeks
        ],
        "curriculum": {"id": view.curriculum, "edition": view.edition},
        "started": iso(view.started),
        "target": iso(view.target),
        "phases": [
            {"title": each.title, "end": iso(each.day)} for each in view.milestones
        ],
        "days": [
            {"day": iso(day.day), "minutes": day.minutes}
            for week in view.listed_weeks
            for day in week.days
            if day.is_exception
        ],
    }


def plan_sentences(view: PlanView) -> list[str]:
    """The calendar, a block a line."""
    short = view.plan.shortfall
    hidden = counted(view.hidden_weeks, "more week")
    return facts(
        None if view.plan.blocks else "Nothing is planned.",
        end_fact(view.plan.finish, view.today) if view.plan.blocks or short else None,
        shortfall_facts(short.minutes) if short else None,
        target_facts(view.target, view.slack, view.left_over, view.today),
        f"Next study day: {spoken_from_today(view.next_day, view.today)}"
        if view.next_day
        else None,
        (fact for week in view.shown_weeks for fact in week_lines(view, week)),
        (week_fact(view, week) for week in view.later_weeks),
        f"{hidden}: llmpath plan --all" if view.hidden_weeks else None,
        (
            f"Phase {each.title} ends: {spoken_day(each.day, view.today)}"
            for each in view.shown_milestones
        ),
    )


def week_lines(view: PlanView, week: CalendarWeek) -> Iterator[str]:
    """A week with its days."""
    yield week_fact(view, week)
    for day in week.days:
        yield from day_lines(view, day)


def week_fact(view: PlanView, week: CalendarWeek) -> str:
    """A week's planned and available time."""
    planned, capacity = spoken_minutes(week.planned), spoken_minutes(week.capacity)
    start = spoken_day(week.start, view.today)
    return f"Week from {start}: {planned} planned, {capacity} available"


def day_lines(view: PlanView, day: CalendarDay) -> Iterator[str]:
    """A day: whether it is a day off, what was done, what is planned, or free time."""
    name = spoken_day(day.day, view.today)
    if day.is_exception:
        yield exception_fact(day.day, day.minutes, view.today)
    for lesson in day.done:
        yield f"{name}: done, {lesson.title}"
    for index in day.blocks:
        block = view.plan.blocks[index]
        lesson, module = view.lessons[block.lesson]
        part = f"part {block.part} of {block.parts}, " if block.parts > 1 else ""
        minutes = spoken_minutes(block.minutes)
        yield f"{name}: {lesson.title}, {part}{minutes}, module {module.title}"
    if day.minutes and not (day.done or day.blocks):
        free = (
            f"free, {spoken_minutes(day.free)}" if day.free else "its minutes are used"
        )
        yield f"{name}: {free}"


def hours_document(view: HoursView) -> Document:
    """The document of `hours` and `off`."""
    return {
        **schema(view.command),
        "hours": hours_object(view.week),
        "weekly_minutes": sum(view.week),
        "days": [{"day": iso(day), "minutes": minutes} for day, minutes in view.days],
        "finish": dates_object(view.dates.before, view.dates.after),
        "event": view.event,
        "open_from": iso(view.open_from),
        "moved_lessons": view.moved,
    }


def hours_sentences(view: HoursView) -> list[str]:
    """Availability, and what a change did to the plan's end."""
    is_list = view.command == "off-list"
    off = off_facts(view)
    return facts(
        view.said,
        week_facts(view.week) if view.command == "hours" else None,
        off if is_list or view.command == "hours" else None,
        "No days off are set." if is_list and not off else None,
        moved_facts(view),
        UNDO if view.event else "To add a day off: llmpath off add DATE",
    )


def off_facts(view: HoursView) -> list[str]:
    """Days off, other dated exceptions and an open break."""
    days = [exception_fact(day, minutes, view.today) for day, minutes in view.days]
    if view.open_from is None:
        return days
    start = spoken_day(view.open_from, view.today)
    return [*days, f"Break from {start}, without an end"]


def moved_facts(view: HoursView) -> list[str]:
    """The plan's end, and how many lessons stand on another day."""
    before, after = view.dates
    if before is None and after is None:
        return []
    if not view.event:
        return [end_fact(after, view.today)]
    return [moved_end_fact(before, after, view.today), moved_words(view.moved)]


def target_document(view: TargetView) -> Document:
    """The document of `target`; `feasible` is null without a target."""
    return {
        **schema("target"),
        "target": iso(view.target),
        "feasible": None if view.target is None else not view.left_over,
        "shortfall_minutes": view.left_over,
        "needed_weekly_minutes": {
            **{f"p{level}": minutes for level, minutes in needed_by(view).items()},
            "full_attendance": view.needed,
        },
        "chance": chance_value(view),
        "options": [way_object(each, view) for each in ways_of(view)],
        "plan_ends": iso(view.finish),
        "slack_days": view.slack,
        "weekly_minutes": view.weekly,
        "event": view.event,
    }


def target_sentences(view: TargetView) -> list[str]:
    """Whether the target fits, and what it would need."""
    undo = UNDO if view.event else None
    if view.target is None:
        return facts(
            view.said,
            "No target is set.",
            end_fact(view.finish, view.today) if view.finish else None,
            undo or "To set one: llmpath target DATE",
        )
    return facts(
        view.said,
        target_facts(view.target, view.slack, view.left_over, view.today),
        None if view.needed is None else needed_fact(view.needed, view.weekly),
        needed_chance_facts(view),
        end_fact(view.finish, view.today) if view.finish or view.is_open else None,
        way_facts(view),
        undo,
    )


def hours_object(week: WeekMinutes) -> Document:
    """Minutes of the seven weekdays."""
    return dict(zip(DAY_KEYS, week, strict=True))
