"""`path`: the smallest way to a goal; a document, then sentences."""

from __future__ import annotations

from llmpath.core.agenda import AgendaLesson
from llmpath.core.curriculum import shown_id
from llmpath.core.when import spoken_minutes
from llmpath.report.agenda import agenda_objects
from llmpath.report.parts import Document, iso, schema
from llmpath.report.phrases import counted, facts, spoken_from_today
from llmpath.report.planning import hours_object
from llmpath.report.planning_phrases import day_facts, end_fact, target_facts
from llmpath.report.views.path import PathView


def path_document(view: PathView) -> Document:
    """The document of `path`; `feasible` is null without a target."""
    return {
        **schema("path"),
        "lessons": agenda_objects(view.agenda),
        "minutes": view.minutes,
        "finish": iso(view.finish),
        "feasible": None if view.target is None else not view.left_over,
        "goal": shown_id(view.goal.id),
        "reached": view.is_reached,
        "track": shown_id(view.track),
        "left_minutes": view.left,
        "closed_lessons": view.closed,
        "today": iso(view.agenda.today),
        "hours": hours_object(view.week),
        "weekly_minutes": sum(view.week),
        "target": iso(view.target),
        "shortfall_minutes": view.left_over,
        "slack_days": view.slack,
    }


def path_sentences(view: PathView) -> list[str]:
    """The goal, the lessons up to it, when they end, and how to begin."""
    name = f"Path to {view.goal.title}"
    behind = f"Behind you: {closed_words(view)}" if view.closed else None
    if not view.lessons:
        return facts(f"{name}: nothing is left", behind)
    today = view.agenda.today
    return facts(
        f"{name}: {size_words(view)}, {spoken_minutes(view.left)}",
        behind,
        f"The goal itself: {reached_words(view)}" if view.is_reached else None,
        (lesson_fact(each, view) for each in view.lessons),
        day_facts(view.week),
        end_fact(view.finish, today),
        target_facts(view.target, view.slack, view.left_over, today),
        f"With other hours: {view.other_hours}",
        None if view.is_reached else f"To begin: {view.command}",
    )


def lesson_fact(each: AgendaLesson, view: PathView) -> str:
    """A lesson with its module, what is left of it, its first day and its id."""
    day = "no day for it in your calendar"
    if each.planned is not None:
        day = f"begins {spoken_from_today(each.planned, view.agenda.today)}"
    return (
        f"{each.lesson.title}, part of {each.module.title},"
        f" {spoken_minutes(each.left)}, {day}, id {shown_id(each.lesson.id)}"
    )


def size_words(view: PathView) -> str:
    """How many lessons are left in how many modules."""
    lessons = counted(len(view.lessons), "lesson")
    return f"{lessons} in {counted(view.modules, 'module')}"


def closed_words(view: PathView) -> str:
    """How much of the way is behind the learner; empty for none of it."""
    if not view.closed:
        return ""
    return f"{counted(view.closed, 'lesson')} done or skipped"


def reached_words(view: PathView) -> str:
    """That the goal is reached, where something before it is open."""
    if not view.is_reached:
        return ""
    return "done or skipped; what stands here usually comes before it"
