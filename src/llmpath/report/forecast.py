"""`forecast`: a document, then sentences, one fact a line."""

from __future__ import annotations

from collections.abc import Iterator

from llmpath.core.outlook import FULL_HISTORY_WEEKS, Forecast, KindPace
from llmpath.core.when import spoken_minutes
from llmpath.report.outlook import (
    forecast_facts,
    forecast_object,
    percent_of,
)
from llmpath.report.parts import Document, iso, schema
from llmpath.report.phrases import counted, facts, spoken_day
from llmpath.report.planning_phrases import end_fact
from llmpath.report.views.forecast import ForecastView


def forecast_document(view: ForecastView) -> Document:
    """The document of `forecast`."""
    return {
        **schema("forecast"),
        **forecast_object(view.forecast),
        "curriculum": {"id": view.curriculum, "edition": view.edition},
        "started": iso(view.started),
        "today": iso(view.forecast.today),
        "plan_ends": iso(view.finish),
    }


def forecast_sentences(view: ForecastView) -> list[str]:
    """The days, the chance of the target, and what they rest on."""
    forecast = view.forecast
    if not forecast.remaining_minutes:
        return ["Nothing is left to forecast."]
    certain = forecast.days[95]
    return facts(
        forecast_facts(forecast),
        f"Almost certain: {spoken_day(certain, forecast.today)}" if certain else None,
        end_fact(view.finish, forecast.today),
        basis_facts(forecast),
        map(kind_fact, forecast.kinds) if view.is_by_kind else None,
    )


def basis_facts(forecast: Forecast) -> Iterator[str]:
    """What the dates rest on."""
    yield f"Left: {spoken_minutes(forecast.remaining_minutes)} of lessons"
    yield pace_words(forecast)
    yield adherence_words(forecast)
    if any(forecast.minutes):
        low, high = (spoken_minutes(each) for each in forecast.minutes)
        yield f"In the next four weeks you will study {low} to {high}, with 80 percent"
    ranges, held = forecast.scorecard
    if ranges:
        yield f"Of such ranges that are over, {held} of {ranges} held"


def pace_words(forecast: Forecast) -> str:
    """What lessons take for their estimate, and how that is known."""
    pace = f"Lessons take {forecast.pace:.2f} times their estimate"
    lessons = sum(each.lessons for each in forecast.kinds)
    if not lessons:
        return f"{pace}: the usual value, no completed lesson has all its time logged"
    return f"{pace}, by {counted(lessons, 'lesson')} with time logged"


def adherence_words(forecast: Forecast) -> str:
    """How much of the declared time is studied, and how that is known."""
    share = f"{percent_of(forecast.adherence)} percent of the hours that you set"
    weeks = forecast.weeks_of_history
    if not weeks:
        return f"You study {share}: mostly the usual value, no full week is over yet"
    known = f"by {counted(weeks, 'week')}"
    usual = " and the usual value" if weeks < FULL_HISTORY_WEEKS else ""
    return f"You study {share}, {known}{usual}"


def kind_fact(kind: KindPace) -> str:
    """The pace of one kind of lesson."""
    lessons = counted(kind.lessons, "lesson")
    return f"{kind.kind or 'other'}: {kind.pace:.2f} times the estimate, {lessons}"
