"""What to study: `next`, bare `llmpath`, `start`, `timer`, `open`.

Of each view a document, then its sentences, one fact a line.
"""

from __future__ import annotations

from datetime import date

from llmpath.core.counting import Tally
from llmpath.core.curriculum import shown_id
from llmpath.core.summary import WeekSummary
from llmpath.core.when import spoken_minutes
from llmpath.report.agenda_phrases import (
    agenda_facts,
    lesson_facts,
    return_facts,
    state_facts,
)
from llmpath.report.parts import (
    Document,
    agenda_objects,
    first_or_none,
    hours_object,
    iso,
    noted,
    progress_object,
    return_object,
    schema,
    track_ids,
    week_object,
)
from llmpath.report.phrases import UNDO, facts, listed, progress_fact, spoken_day
from llmpath.report.planning_phrases import (
    end_fact,
    target_facts,
    this_week_facts,
    track_facts,
    week_facts,
)
from llmpath.report.views import NextView, OpenView, StartView, TimerView, TodayView


def next_document(view: NextView) -> Document:
    """The document of `next`."""
    agenda = view.agenda
    return {
        **schema("next"),
        "today": iso(agenda.today),
        "lessons": agenda_objects(agenda),
        "reviews_due": None,
        "state": str(agenda.state),
        "today_minutes": agenda.today_minutes,
        "next_day": iso(agenda.following),
        "returning": return_object(view.returning),
    }


def next_sentences(view: NextView) -> list[str]:
    """What to study now; after time away first where one stopped."""
    agenda = view.agenda
    return facts(return_facts(view.returning, agenda.today), agenda_facts(agenda))


def today_document(view: TodayView) -> Document:
    """The document of bare `llmpath`."""
    agenda, status = view.agenda, view.status
    tracks = track_ids(status.tracks)
    return {
        **schema("today"),
        "today": iso(agenda.today),
        "state": str(agenda.state),
        "track": first_or_none(tracks),
        "tracks": tracks,
        "lessons": agenda_objects(agenda),
        "progress": progress_object(status.tally),
        "this_week": week_object(status.this_week),
        "plan_ends": iso(status.finish),
        "target": iso(status.target),
        "forecast": None,
        "today_minutes": agenda.today_minutes,
        "next_day": iso(agenda.following),
        "slack_days": status.target_slack,
        "shortfall_minutes": status.left_over,
        "returning": return_object(view.returning),
    }


def empty_today_document(today: date) -> Document:
    """The document of bare `llmpath` before any track is started."""
    return {
        **schema("today"),
        "today": iso(today),
        "state": None,
        "track": None,
        "tracks": [],
        "lessons": [],
        "progress": progress_object(Tally(0, 0, 0, 0)),
        "this_week": week_object(WeekSummary(today, planned=0, done=0, studied=0)),
        "plan_ends": None,
        "target": None,
        "forecast": None,
        "today_minutes": 0,
        "next_day": None,
        "slack_days": None,
        "shortfall_minutes": 0,
        "returning": None,
    }


def today_sentences(view: TodayView) -> list[str]:
    """Today, how the week and the plan stand, then the lessons with their links."""
    agenda, status = view.agenda, view.status
    return facts(
        return_facts(view.returning, agenda.today),
        f"Tracks: {listed(each.title for each in status.tracks)}"
        if status.tracks
        else None,
        progress_fact(status.tally),
        this_week_facts(status.this_week),
        end_fact(status.finish, agenda.today) if status.finish else None,
        target_facts(
            status.target, status.target_slack, status.left_over, agenda.today
        ),
        agenda_facts(agenda),
    )


def start_document(view: StartView) -> Document:
    """The document of `start`; `feasible` is null without a target."""
    tracks = track_ids(each.track for each in view.tracks)
    return {
        **schema("start"),
        "tracks": tracks,
        "track": first_or_none(tracks),
        "start": iso(view.start),
        "hours": hours_object(view.week),
        "weekly_minutes": sum(view.week),
        "finish": iso(view.finish),
        "target": iso(view.target),
        "feasible": None if view.target is None else not view.left_over,
        "shortfall_minutes": view.left_over,
        "forecast": None,
        "next": agenda_objects(view.agenda),
        "event": view.event,
        "slack_days": view.slack,
        "notes": [
            {"module": shown_id(module.id), "text": text} for module, text in view.notes
        ],
        "assumes": list(view.assumes),
        "paid_minutes": sum(each.paid_minutes for each in view.tracks),
        "gpu_minutes": sum(each.gpu_minutes for each in view.tracks),
    }


def start_sentences(view: StartView) -> list[str]:
    """What was started, what it takes, when the plan ends, what to study first."""
    undo = UNDO if view.event else None
    if not view.tracks:
        return facts(view.said or "No track is active.", undo)
    today = view.agenda.today if view.agenda else None
    titles = ", then ".join(each.track.title for each in view.tracks)
    begun = "Started" if view.event else "Nothing changed, active already"
    return facts(
        f"{begun}: {titles}",
        view.said,
        f"First day: {spoken_day(view.start, today)}",
        (fact for each in view.tracks for fact in track_facts(each)),
        (f"Note on {module.title}: {text}" for module, text in view.notes),
        f"Assumed and not taught: {'; '.join(view.assumes)}" if view.assumes else None,
        week_facts(view.week),
        end_fact(view.finish, today),
        target_facts(view.target, view.slack, view.left_over, today),
        undo,
        first_step_facts(view),
    )


def first_step_facts(view: StartView) -> list[str]:
    """What kind of day it is, and the first lesson."""
    agenda = view.agenda
    if agenda is None:
        return []
    return facts(
        state_facts(agenda),
        (
            fact
            for each, note in noted(agenda)[:1]
            for fact in lesson_facts("Study first", each, note, agenda.today)
        ),
    )


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
    opened = "Opened in the browser" if view.is_opened else "No browser opened"
    return facts(f"{opened}: {own_id}", f"Link: {view.url}")
