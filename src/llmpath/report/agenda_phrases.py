"""What to study, in sentences: the day, its lessons, and the way back after a break."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from llmpath.core.agenda import Agenda, AgendaLesson, AgendaState, Return
from llmpath.core.curriculum import shown_id
from llmpath.core.plan import StudyBlock
from llmpath.core.when import spoken_minutes
from llmpath.report.agenda import noted
from llmpath.report.phrases import (
    cost_facts,
    facts,
    shown_list,
    spoken_day,
    spoken_from_today,
    stop_fact,
)

OPENINGS = {
    AgendaState.DAY_USED: "Today's minutes are used.",
    AgendaState.AHEAD: "Nothing is planned for today.",
    AgendaState.FREE_DAY: "Today is a free day.",
    AgendaState.BREAK: "You are on a break.",
    AgendaState.BEFORE_START: "The plan has not begun yet.",
    AgendaState.ONLY_OPTIONAL: "Only optional lessons are left.",
    AgendaState.FINISHED: "All lessons of the plan are done or skipped.",
}


FAR_DAYS = 7
REPLAN = "To lay out anew what is left: llmpath replan"


def agenda_facts(agenda: Agenda) -> list[str]:
    """What kind of day it is, then each lesson with all that is needed to begin."""
    names = ["Next", *(["Then"] * len(agenda.lessons))]
    return facts(
        state_facts(agenda),
        (
            fact
            for name, (each, note) in zip(names, noted(agenda), strict=False)
            for fact in lesson_facts(name, each, note, agenda.today)
        ),
    )


def state_facts(agenda: Agenda) -> list[str]:
    """What kind of day it is, and when the next study day is."""
    state, today = agenda.state, agenda.today
    if state is AgendaState.TODAY:
        minutes = spoken_minutes(agenda.today_minutes)
        return [f"Planned for today, {spoken_day(today, today)}: {minutes}"]
    opening = OPENINGS[state]
    if state is AgendaState.ONLY_OPTIONAL:
        return [opening, "To take one into the plan: llmpath include ID"]
    if state is AgendaState.FINISHED:
        return [opening, "What else there is: llmpath tracks"]
    if state is AgendaState.BREAK:
        return [opening, "To end it: llmpath off remove today"]
    if agenda.following is None:
        return [
            opening,
            "No coming day has time for study.",
            "Your days off: llmpath off list",
            "Your hours: llmpath hours",
        ]
    goes_on = f"Next study day: {spoken_from_today(agenda.following, today)}"
    is_far = state is AgendaState.AHEAD and (agenda.following - today).days >= FAR_DAYS
    return [opening, goes_on, *([REPLAN] if is_far else [])]


def lesson_facts(
    name: str, each: AgendaLesson, note: str | None, today: date
) -> list[str]:
    """A lesson with all that is needed to begin, the link last."""
    lesson, module = each.lesson, each.module
    own_id = shown_id(lesson.id)
    return facts(
        f"{name}: {lesson.title}",
        f"Module: {module.title}",
        f"Time: {minutes_words(each)}",
        stop_fact(lesson),
        why_fact(each, today),
        f"Unlocks: {shown_list(each.unlocks)}" if each.unlocks else None,
        f"Before you begin: {note}" if note else None,
        cost_facts(lesson, module.price),
        f"To begin: llmpath open {own_id}",
        f"Afterwards: llmpath done {own_id}",
        f"Link: {lesson.url}" if lesson.url else None,
    )


def minutes_words(each: AgendaLesson) -> str:
    """What the next sitting takes, and what is left after it."""
    blocks, whole = each.blocks, each.lesson.minutes
    if not blocks or blocks[0].parts == 1:
        left = spoken_minutes(each.left)
        return left if each.left == whole else f"{left} left of {spoken_minutes(whole)}"
    now = sum(block.minutes for block in blocks)
    after = each.left - now
    rest = f", {spoken_minutes(after)} left after that" if after > 0 else ", the last"
    return f"{part_words(blocks)}, {spoken_minutes(now)} now{rest}"


def part_words(blocks: Sequence[StudyBlock]) -> str:
    """Which parts of a long lesson one day holds."""
    first, last, parts = blocks[0].part, blocks[-1].part, blocks[0].parts
    if first == last:
        return f"part {first} of {parts}"
    return f"parts {first} to {last} of {parts}"


def why_fact(each: AgendaLesson, today: date) -> str:
    """Why this lesson, and what its module usually needs first."""
    reason = "begun already" if each.status == "active" else "next in your plan"
    when = "optional, not in the plan"
    if each.is_counted:
        when = f"{reason}, no day for it in your calendar: llmpath off list"
    if each.planned is not None:
        when = f"{reason}, planned for {spoken_from_today(each.planned, today)}"
    needs = (
        shown_list(waiting.module for waiting in each.waiting) if each.waiting else ""
    )
    return f"Why this one: {when}" + (f"; later: after {needs}" if needs else "")


def following_facts(agenda: Agenda | None) -> list[str]:
    """What comes next, in brief."""
    if agenda is None:
        return []
    state = () if agenda.state is AgendaState.TODAY else state_facts(agenda)
    return facts(
        state,
        (
            f"Next: {each.lesson.title}, {minutes_words(each)}"
            for each in agenda.lessons[:1]
        ),
        "To see it: llmpath next" if agenda.lessons else None,
    )


def return_facts(returning: Return | None, today: date) -> list[str]:
    """Where one stopped, how the plan's end changed, a short step to begin with."""
    if returning is None:
        return []
    lesson, step = returning.lesson, returning.short_step
    return facts(
        f"Last time: {spoken_day(returning.last_day, today)}",
        f"You stopped at: {lesson.title}" if lesson else None,
        f"Your last note: {returning.note}" if returning.note else None,
        "Nothing is overdue.",
        moved_end_fact(returning.planned_finish, returning.finish, today),
        f"A short lesson to begin with: {step.title}, "
        f"{spoken_minutes(returning.short_minutes)}"
        if step
        else None,
        f"To open it: llmpath open {shown_id(step.id)}" if step else None,
    )


def moved_end_fact(before: date | None, after: date | None, today: date) -> str:
    """The plan's end, and what it was if it has moved."""
    if after is None:
        return "Plan ends: no date"
    now = f"Plan ends: {spoken_day(after, today)}"
    if before == after:
        return f"{now}, as before"
    return now if before is None else f"{now}; before: {spoken_day(before, today)}"
