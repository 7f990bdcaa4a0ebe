"""Bare `llmpath`: today's view; a document, then sentences."""

from __future__ import annotations

from datetime import date

from llmpath.core.counting import Tally
from llmpath.core.summary import WeekSummary
from llmpath.report.agenda import agenda_objects, return_object
from llmpath.report.agenda_phrases import agenda_facts, return_facts
from llmpath.report.outlook import forecast_facts, forecast_object, new_plan_fact
from llmpath.report.parts import Document, first_or_none, iso, schema, track_ids
from llmpath.report.phrases import facts, progress_fact, tracks_fact
from llmpath.report.planning_phrases import (
    standing_facts,
    studied_fact,
    target_facts,
    this_week_facts,
)
from llmpath.report.tallies import progress_object, week_object
from llmpath.report.views.today import TodayView


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
        "forecast": forecast_object(status.forecast),
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
        "forecast": forecast_object(None),
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
        tracks_fact(each.title for each in status.tracks) if status.tracks else None,
        progress_fact(status.tally),
        studied_fact(status.studied),
        this_week_facts(status.this_week),
        None if view.returning else standing_facts(status, agenda.today),
        forecast_facts(status.forecast),
        new_plan_fact(is_due=status.needs_new_plan),
        target_facts(
            status.target, status.target_slack, status.left_over, agenda.today
        ),
        agenda_facts(agenda),
    )
