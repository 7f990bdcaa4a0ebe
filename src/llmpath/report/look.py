"""Where one stands and what there is to start: `status`, `tracks`."""

from __future__ import annotations

from collections.abc import Iterator

from llmpath.core.curriculum import shown_id
from llmpath.core.summary import PhaseSummary, TrackSummary, WeekSummary
from llmpath.core.when import spoken_minutes
from llmpath.report.agenda import return_object
from llmpath.report.agenda_phrases import return_facts
from llmpath.report.outlook import forecast_facts, forecast_object, new_plan_fact
from llmpath.report.parts import Document, first_or_none, iso, schema, track_ids
from llmpath.report.phrases import (
    counted,
    facts,
    progress_fact,
    spoken_day,
    standing_words,
    tally_words,
    tracks_fact,
)
from llmpath.report.planning_phrases import (
    standing_facts,
    studied_fact,
    target_facts,
    this_week_facts,
    track_facts,
)
from llmpath.report.tallies import progress_object, week_object
from llmpath.report.views.progress import StatusView, TracksView


def status_document(view: StatusView) -> Document:
    """The document of `status`."""
    summary = view.summary
    tracks = track_ids(summary.tracks)
    weeks = summary.weeks
    return {
        **schema("status"),
        "today": iso(summary.today),
        "track": first_or_none(tracks),
        "tracks": tracks,
        "progress": progress_object(summary.tally),
        "phases": [phase_object(each) for each in view.phases],
        "studied_minutes": summary.studied,
        "this_week": week_object(summary.this_week),
        "weeks": None
        if weeks is None
        else [{"start": iso(each.start), **week_object(each)} for each in weeks],
        "ahead_days": summary.ahead,
        "target": iso(summary.target),
        "forecast": forecast_object(summary.forecast),
        "curriculum": {"id": view.curriculum, "edition": view.edition},
        "started": iso(view.started),
        "plan_ends": iso(summary.finish),
        "accepted_plan_ends": iso(summary.planned_finish),
        "slack_days": summary.target_slack,
        "shortfall_minutes": summary.left_over,
        "returning": return_object(view.returning),
    }


def phase_object(phase: PhaseSummary) -> Document:
    """A phase with its modules."""
    return {
        "id": shown_id(phase.id),
        "title": phase.title,
        "progress": progress_object(phase.tally),
        "modules": [
            {
                "id": shown_id(each.module.id),
                "title": each.module.title,
                "status": each.status,
                "progress": progress_object(each.tally),
            }
            for each in phase.modules
        ],
    }


def status_sentences(view: StatusView) -> list[str]:
    """Progress, this week, ahead or behind, the plan's end, then phases and modules."""
    summary = view.summary
    today = summary.today
    return facts(
        return_facts(view.returning, today),
        tracks_fact(each.title for each in summary.tracks)
        if summary.tracks
        else "No track is active.",
        progress_fact(summary.tally),
        studied_fact(summary.studied),
        this_week_facts(summary.this_week),
        None if view.returning else standing_facts(summary, today),
        forecast_facts(summary.forecast),
        new_plan_fact(is_due=summary.needs_new_plan),
        target_facts(summary.target, summary.target_slack, summary.left_over, today),
        (week_fact(each, view) for each in summary.weeks or ()),
        (fact for each in view.phases for fact in phase_lines(each)),
    )


def week_fact(week: WeekSummary, view: StatusView) -> str:
    """Planned, done and studied minutes of one week."""
    start = spoken_day(week.start, view.summary.today)
    planned, done = spoken_minutes(week.planned), spoken_minutes(week.done)
    studied = spoken_minutes(week.studied)
    return f"Week from {start}: {planned} planned, {done} done, {studied} studied"


def phase_lines(phase: PhaseSummary) -> Iterator[str]:
    """A phase and its modules."""
    yield f"Phase: {phase.title}, {tally_words(phase.tally)}"
    for each in phase.modules:
        words = standing_words(
            each.status,
            each.tally,
            is_optional=each.optional,
            waits=[waited.title for waited in each.waits],
        )
        yield f"Module: {each.module.title}, {words}"


def tracks_document(view: TracksView) -> Document:
    """The document of `tracks`."""
    return {
        **schema("tracks"),
        "tracks": [track_object(each) for each in view.tracks],
    }


def track_object(summary: TrackSummary) -> Document:
    """A track in numbers; hours of study on a GPU come after the contract's keys."""
    track = summary.track
    stated = track.stated_hours
    return {
        "id": shown_id(track.id),
        "title": track.title,
        "summary": track.summary,
        "stated_hours": None if stated is None else list(stated),
        "phases": len(track.phases),
        "modules": summary.modules,
        "lessons": summary.lessons,
        "minutes": summary.minutes,
        "optional_minutes": summary.optional_minutes,
        "paid_minutes": summary.paid_minutes,
        "active": summary.is_active,
        "done_lessons": summary.done_lessons,
        "gpu_minutes": summary.gpu_minutes,
        "unknown_needs_minutes": summary.unknown_minutes,
    }


def tracks_sentences(view: TracksView) -> list[str]:
    """Each track in what it is for and what it takes, and how to start one."""
    return facts(
        (fact for each in view.tracks for fact in track_lines(each)),
        "To start one: llmpath start --track ID" if view.tracks else "No tracks.",
    )


def track_lines(summary: TrackSummary) -> list[str]:
    """One track: id, title, what it is, what it takes."""
    track, extra = summary.track, summary.optional_minutes
    own_id = shown_id(track.id)
    done = f"{summary.done_lessons} of {counted(summary.lessons, 'lesson')} done"
    return facts(
        f"Track: {track.title}, id {own_id}{', active' if summary.is_active else ''}",
        track.summary,
        f"For: {track.audience}",
        track_facts(summary),
        f"Optional besides: {spoken_minutes(extra)}" if extra else None,
        done if summary.done_lessons else None,
    )
