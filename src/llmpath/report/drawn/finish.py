"""When the learner will finish, as `start`, `status` and bare `llmpath` say it."""

from __future__ import annotations

from rich.text import Text

from llmpath.core.outlook import Forecast
from llmpath.core.when import shown_day
from llmpath.report.drawn.layout import words
from llmpath.report.drawn.pieces import command
from llmpath.report.drawn.theme import Role
from llmpath.report.outlook import doubt_facts, no_date_words, percent_of


def finish_pairs(forecast: Forecast | None) -> list[tuple[str, Text]]:
    """Likely and safe day, and what makes them doubtful."""
    if forecast is None or not forecast.remaining_minutes:
        return []
    label = "if you go on" if forecast.paused else "you finish"
    doubts = doubt_facts(forecast)
    return [
        (label, finish_text(forecast)),
        ("but", words(f"{doubts[0][0].lower()}{doubts[0][1:]}" if doubts else "")),
    ]


def new_plan_pair(*, is_due: bool) -> tuple[str, Text]:
    """How to get a new plan, where one is due."""
    hint = words("at your pace: ", command("llmpath replan --dry-run"))
    return "new plan", hint if is_due else Text()


def finish_text(forecast: Forecast) -> Text:
    """`likely Fri 12 May, safe Fri 9 Jul`."""
    if forecast.likely is None:
        return words((no_date_words(forecast), Role.WARNING))
    likely = shown_day(forecast.likely, today=forecast.today)
    safe = "later than in ten years"
    if forecast.safe is not None:
        safe = shown_day(forecast.safe, today=forecast.today)
    return words("likely ", (likely, Role.HEADING), f", safe {safe}")


def chance_pair(forecast: Forecast | None) -> tuple[str, Text]:
    """The chance of the target, with where the ways out are if it is small."""
    if forecast is None or not forecast.has_open_target or forecast.chance is None:
        return "chance", Text()
    risk = words("; ways out: ", command("llmpath target"))
    return "chance", words(
        f"{percent_of(forecast.chance)} % to be finished by then",
        risk if forecast.is_at_risk else Text(),
    )
