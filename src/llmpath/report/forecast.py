"""`forecast`: a document, then sentences, one fact a line."""

from __future__ import annotations

from collections.abc import Iterator

from llmpath.core.burn_up import BurnUp, share_on
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

NOTHING_TIMED = "no completed lesson has all its time logged"
"""Why no pace is the learner's own."""


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
        burn_up_facts(view.burn_up),
        basis_facts(forecast),
        kind_facts(forecast) if view.is_by_kind else None,
    )


def burn_up_facts(burn: BurnUp | None) -> Iterator[str]:
    """Done against planned, and the range ahead, as the chart has them."""
    if burn is None:
        return
    today = burn.today
    done = 100 * share_on(burn.done, today) // burn.total
    yield f"Done since {spoken_day(burn.start, today)}: {done} percent of the minutes"
    if burn.planned_share(today) is not None:
        share = min(100, 100 * share_on(burn.planned, today) // burn.total)
        yield f"Planned by the end of today: {share} percent of the minutes"
    if burn.soon is not None and burn.safe is not None:
        first, last = spoken_day(burn.soon, today), spoken_day(burn.safe, today)
        yield f"Range ahead: all of it done between {first} and {last}"


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
        return f"{pace}: the usual value, {NOTHING_TIMED}"
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


def kind_facts(forecast: Forecast) -> list[str]:
    """The pace of each kind of lesson, or why there is none."""
    if not forecast.kinds:
        return [f"Pace by kind: {NOTHING_TIMED}"]
    return [kind_fact(each) for each in forecast.kinds]


def kind_fact(kind: KindPace) -> str:
    """The pace of one kind of lesson."""
    lessons = counted(kind.lessons, "lesson")
    return f"{kind.kind or 'other'}: {kind.pace:.2f} times the estimate, {lessons}"
