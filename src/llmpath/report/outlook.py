"""The forecast in documents and sentences, for every command that shows one."""

from __future__ import annotations

from llmpath.core.forecast import LEVELS
from llmpath.core.outlook import Forecast
from llmpath.report.parts import Document, iso
from llmpath.report.phrases import counted, spoken_day

_NO_DATE = "no finish date at this pace"
_NO_END = "no finish date while the break has no end"
_NO_DAYS = "no finish date without study days ahead"


def forecast_object(forecast: Forecast | None) -> Document:
    """The contract's `forecast`; every key is there, null where nothing is known.

    `p50` and `p80` are those of today, `stated` holds the days that are shown.
    """
    if forecast is None:
        return empty_object()
    shown = forecast.shown
    low, high = forecast.minutes
    return {
        **{f"p{level}": iso(forecast.days[level]) for level in LEVELS},
        "chance": None if forecast.chance is None else round(forecast.chance, 2),
        "target": iso(forecast.target),
        "remaining_minutes": forecast.remaining_minutes,
        "pace": round(forecast.pace, 2),
        "adherence": round(forecast.adherence, 2),
        "weeks_of_history": forecast.weeks_of_history,
        "paused": forecast.paused,
        "stated": {
            "day": iso(shown.day),
            "p50": iso(shown.stated.p50),
            "p80": iso(shown.stated.p80),
        },
        "kinds": [
            {
                "kind": each.kind,
                "pace": round(each.pace, 2),
                "lessons": each.lessons,
            }
            for each in forecast.kinds
        ],
        "declining_weeks": forecast.declining_weeks,
        "timed": forecast.is_timed,
        "four_weeks": {"least_minutes": low, "most_minutes": high},
        "scorecard": {
            "ranges": forecast.scorecard.ranges,
            "held": forecast.scorecard.held,
        },
    }


def empty_object() -> Document:
    """The keys of a forecast without one, so that lines keep their columns."""
    return {
        **{f"p{level}": None for level in LEVELS},
        "chance": None,
        "target": None,
        "remaining_minutes": None,
        "pace": None,
        "adherence": None,
        "weeks_of_history": None,
        "paused": None,
        "stated": {"day": None, "p50": None, "p80": None},
        "kinds": [],
        "declining_weeks": None,
        "timed": None,
        "four_weeks": {"least_minutes": None, "most_minutes": None},
        "scorecard": {"ranges": None, "held": None},
    }


def forecast_facts(forecast: Forecast | None) -> list[str]:
    """Likely and safe day, and what makes them doubtful."""
    if forecast is None or not forecast.remaining_minutes:
        return []
    today = forecast.today
    if forecast.likely is None:
        return [f"Forecast: {no_date_words(forecast)}", *doubt_facts(forecast)]
    safe = forecast.safe
    return [
        f"{likely_words(forecast).capitalize()}: {spoken_day(forecast.likely, today)}",
        f"Safe: {spoken_day(safe, today)}" if safe else "Safe: no day within ten years",
        *chance_facts(forecast),
        *doubt_facts(forecast),
    ]


def no_date_words(forecast: Forecast) -> str:
    """Why there is no likely day."""
    if forecast.has_open_break:
        return _NO_END
    return _NO_DATE if any(forecast.minutes) else _NO_DAYS


def new_plan_fact(*, is_due: bool) -> str | None:
    """How to get a new plan, where one is due."""
    if not is_due:
        return None
    return "The plan ends far from the likely day; a new one: llmpath replan --dry-run"


def likely_words(forecast: Forecast) -> str:
    """The name of the likely day; after weeks without study it has a condition."""
    return "likely, if you go on now" if forecast.paused else "likely"


def chance_facts(forecast: Forecast) -> list[str]:
    """The chance to be finished by the target."""
    if forecast.chance is None or not forecast.has_open_target:
        return []
    chance = f"Chance of the target: {percent_of(forecast.chance)} percent"
    return [chance, "Ways out: llmpath target"] if forecast.is_at_risk else [chance]


def percent_of(chance: float) -> int:
    """A chance in percent; 0 and 100 only where it is so."""
    percent = round(100 * chance)
    return max(1, min(99, percent)) if 0 < chance < 1 else percent


def doubt_facts(forecast: Forecast) -> list[str]:
    """A sentence where study became less from week to week."""
    if not forecast.declining_weeks:
        return []
    weeks = counted(forecast.declining_weeks, "week")
    said = f"In each of the last {weeks} you studied less than in the one before"
    return [f"{said}; if that goes on, there is no finish date"]
