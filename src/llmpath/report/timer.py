"""`timer` and `open`: a document of each, then sentences."""

from __future__ import annotations

from llmpath.core.curriculum import shown_id
from llmpath.core.when import spoken_minutes
from llmpath.report.parts import Document, schema
from llmpath.report.phrases import UNDO, facts, spoken_day
from llmpath.report.views.changes import OpenView, TimerView


def timer_document(view: TimerView) -> Document:
    """The document of `timer`; it runs after `start` and while `status` has a time."""
    is_running = view.action in {"start", "status"} and view.since is not None
    return {
        **schema("timer"),
        "running": is_running,
        "lesson": None if view.lesson is None else shown_id(view.lesson.id),
        "since": None if view.since is None else view.since.isoformat(),
        "minutes": view.minutes,
        "event": view.event,
    }


def timer_sentences(view: TimerView) -> list[str]:
    """The running timer, or what stopping it logged."""
    return facts(
        view.said or running_fact(view),
        UNDO if view.event else None,
    )


def running_fact(view: TimerView) -> str:
    """Which lesson the timer runs for, and since when."""
    if view.lesson is None or view.since is None:
        return "No timer is running."
    since = f"{view.since:%H:%M} on {spoken_day(view.since.date(), None)}"
    so_far = "" if view.minutes is None else f", {spoken_minutes(view.minutes)} so far"
    return f"The timer runs for {view.lesson.title} since {since}{so_far}."


def open_document(view: OpenView) -> Document:
    """The document of `open`."""
    return {
        **schema("open"),
        "lesson": shown_id(view.lesson),
        "url": view.url,
        "opened": view.is_opened,
    }


def open_sentences(view: OpenView) -> list[str]:
    """Whether a browser took the link, and the link."""
    own_id = shown_id(view.lesson)
    opened = "No browser opened"
    if view.is_opened is not False:
        opened = "Opened in the browser" if view.is_opened else "For the browser"
    return facts(f"{opened}: {own_id}", f"Link: {view.url}")
