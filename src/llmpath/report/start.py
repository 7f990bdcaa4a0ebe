"""`start`: the tracks begun, what they take, the plan; a document, then sentences."""

from __future__ import annotations

from llmpath.core.agenda import AgendaState
from llmpath.core.curriculum import shown_id
from llmpath.report.agenda import agenda_objects, noted
from llmpath.report.agenda_phrases import lesson_facts, state_facts
from llmpath.report.outlook import forecast_facts, forecast_object
from llmpath.report.parts import (
    Document,
    first_or_none,
    iso,
    schema,
    shown_ids,
    track_ids,
)
from llmpath.report.phrases import UNDO, facts, spoken_day
from llmpath.report.planning import hours_object
from llmpath.report.planning_phrases import (
    end_fact,
    target_facts,
    track_facts,
    week_facts,
)
from llmpath.report.views.start import StartView


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
        "forecast": forecast_object(view.forecast),
        "next": agenda_objects(view.agenda),
        "event": view.event,
        "slack_days": view.slack,
        "notes": [
            {"module": shown_id(module.id), "text": text} for module, text in view.notes
        ],
        "assumes": list(view.assumes),
        "paid_minutes": sum(each.paid_minutes for each in view.tracks),
        "gpu_minutes": sum(each.gpu_minutes for each in view.tracks),
        "unknown_needs_minutes": sum(each.unknown_minutes for each in view.tracks),
        "sooner_order": shown_ids(view.sooner) if view.sooner else None,
    }


def start_sentences(view: StartView) -> list[str]:
    """What was started, what it takes, when the plan ends, what to study first."""
    undo = UNDO if view.event else None
    if not view.tracks:
        return facts(view.said or "No track is active.", undo)
    today = view.agenda.today if view.agenda else None
    titles = ", then ".join(each.track.title for each in view.tracks)
    is_new = view.event is not None
    return facts(
        *head_facts(view, titles),
        f"In this order the first track ends sooner: {view.sooner_command}"
        if view.sooner
        else None,
        f"First day: {spoken_day(view.start, today)}",
        (fact for each in view.tracks for fact in track_facts(each)),
        (f"Note on {module.title}: {text}" for module, text in view.notes)
        if is_new
        else None,
        f"Assumed and not taught: {'; '.join(view.assumes)}"
        if view.assumes and is_new
        else None,
        week_facts(view.week),
        None if is_at_end(view) else end_fact(view.finish, today),
        forecast_facts(view.forecast),
        target_facts(view.target, view.slack, view.left_over, today),
        undo,
        first_step_facts(view),
    )


def head_facts(view: StartView, titles: str) -> list[str]:
    """What was started, or what changed of what is active."""
    if view.event is None:
        return [f"Nothing changed, active already: {titles}"]
    if view.is_change:
        return [*view.said, f"Active: {titles}"]
    return [f"Started: {titles}", *view.said]


def is_at_end(view: StartView) -> bool:
    """Tell whether all that is required is done."""
    return view.agenda is not None and view.agenda.state in {
        AgendaState.ONLY_OPTIONAL,
        AgendaState.FINISHED,
    }


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
