"""`forecast`: the days, done against planned with the range ahead, the basis."""

from __future__ import annotations

from datetime import date, timedelta

from rich.text import Text

from llmpath.core.burn_up import BurnUp
from llmpath.core.outlook import Forecast
from llmpath.core.when import shown_day, shown_minutes
from llmpath.report.drawn.finish import chance_pair
from llmpath.report.drawn.layout import INDENT, facts, indented, sections, words
from llmpath.report.drawn.look import Look
from llmpath.report.drawn.phrases import finish_words, rough_hours
from llmpath.report.drawn.pieces import NOTHING_LEFT, day_text, heading, hint
from llmpath.report.drawn.tables import FIGURE, FIXED, table
from llmpath.report.drawn.theme import Role
from llmpath.report.forecast import NOTHING_TIMED, adherence_words, pace_words
from llmpath.report.outlook import doubt_facts, no_date_words
from llmpath.report.phrases import counted
from llmpath.report.views.forecast import ForecastView

_ROWS = 8
_MARGIN = len("100 % ")
_LONGEST = 100


def forecast_lines(view: ForecastView, look: Look) -> list[Text]:
    """When the learner will finish, drawn over what was done."""
    forecast = view.forecast
    if not forecast.remaining_minutes:
        return facts([NOTHING_LEFT], look.prose)
    return sections(
        facts(date_pairs(view), look.prose),
        [] if view.burn_up is None else chart_lines(view.burn_up, look),
        facts(basis_pairs(forecast), look.prose),
        kind_lines(forecast, look) if view.is_by_kind else [],
    )


def date_pairs(view: ForecastView) -> list[tuple[str, Text]]:
    """Likely, safe and almost certain; the plan's end; the target."""
    forecast, today = view.forecast, view.forecast.today
    certain = forecast.days[95]
    days = [
        ("likely", shown_or_none(forecast.likely, forecast)),
        ("safe", shown_or_none(forecast.safe, forecast)),
        ("almost certain", words("" if certain is None else shown(certain, today))),
    ]
    if forecast.likely is None:
        days = [("finish", words((no_date_words(forecast), Role.WARNING)))]
    target = Text() if forecast.target is None else day_text(forecast.target, today)
    doubts = doubt_facts(forecast)
    paused = "no study in the last three weeks; the dates hold if you go on now"
    return [
        *days,
        ("plan ends", words(finish_words(view.finish, today))),
        ("target", target),
        chance_pair(forecast),
        ("paused", words(paused if forecast.paused else "")),
        ("but", words(doubts[0][0].lower() + doubts[0][1:] if doubts else "")),
    ]


def shown_or_none(day: date | None, forecast: Forecast) -> Text:
    """A day of the forecast, or that there is none within its reach."""
    if day is None:
        return words("no day within ten years")
    return words((shown(day, forecast.today), Role.HEADING))


def shown(day: date, today: date) -> str:
    """A day as drawn."""
    return shown_day(day, today=today)


def chart_lines(burn: BurnUp, look: Look) -> list[Text]:
    """Shares done by day as columns, the plan's line, the range ahead."""
    size = min(look.width, _LONGEST) - _MARGIN
    span = max(1, (burn.end - burn.start).days)
    days = [
        burn.start + timedelta(days=round(nth * span / max(1, size - 1)))
        for nth in range(size)
    ]
    rows = [
        words(
            (scale_words(row), Role.LATER),
            *(cell(burn, day, row, look) for day in days),
        )
        for row in reversed(range(_ROWS))
    ]
    for row in rows:
        row.rstrip()
    return [*rows, axis_line(burn, days), legend_line(look)]


def scale_words(row: int) -> str:
    """The share at the top of a row, where it is shown."""
    percent = {_ROWS - 1: "100 %", _ROWS // 2 - 1: "50 %"}.get(row, "")
    return f"{percent:>{_MARGIN - 1}} "


def cell(burn: BurnUp, day: date, row: int, look: Look) -> tuple[str, Role]:
    """What stands in one cell: the plan's line before what was done and the range."""
    planned = burn.planned_share(day)
    if planned is not None and height(planned) == row + 1:
        return look.glyphs.planned, Role.DUE
    if day <= burn.today:
        is_done = height(burn.done_share(day)) > row
        return (look.glyphs.column, Role.DONE) if is_done else (" ", Role.PLAIN)
    ahead = burn.range_on(day)
    if ahead is not None and height(ahead[0]) <= row + 1 <= height(ahead[1]):
        return look.glyphs.shade, Role.LATER
    return " ", Role.PLAIN


def height(share: float) -> int:
    """Rows that a share fills: one from the first minute on, all only at the end."""
    if share <= 0:
        return 0
    if share >= 1:
        return _ROWS
    return min(_ROWS - 1, max(1, round(share * _ROWS)))


def axis_line(burn: BurnUp, days: list[date]) -> Text:
    """First day, today and last day below the columns."""
    first, last = shown(burn.start, burn.today), shown(burn.end, burn.today)
    place = next((nth for nth, day in enumerate(days) if day >= burn.today), 0)
    line = first
    is_apart = len(first) + 1 < place < len(days) - len(last) - len("today") - 1
    if is_apart:
        line = f"{first:<{place}}today"
    return words(" " * _MARGIN, (f"{line}{last:>{len(days) - len(line)}}", Role.LATER))


def legend_line(look: Look) -> Text:
    """What the signs mean."""
    glyphs = look.glyphs
    return words(
        " " * _MARGIN,
        (glyphs.column, Role.DONE),
        " done  ",
        (glyphs.planned, Role.DUE),
        " plan  ",
        (glyphs.shade, Role.LATER),
        " range ahead",
    )


def basis_pairs(forecast: Forecast) -> list[tuple[str, Text]]:
    """What the dates rest on."""
    low, high = (rough_hours(each) for each in forecast.minutes)
    weeks = f"{low} to {high} of study, with 80 %"
    ranges, held = forecast.scorecard
    score = f"{held} of {ranges} such ranges that are over held"
    kinds = hint("llmpath forecast --by kind") if forecast.kinds else Text()
    return [
        ("left", words(f"{shown_minutes(forecast.remaining_minutes)} of lessons")),
        ("pace", words(lowered(pace_words(forecast)))),
        ("hours", words(lowered(adherence_words(forecast)))),
        ("four weeks", words(weeks if any(forecast.minutes) else "")),
        ("so far", words(score if ranges else "")),
        ("pace by kind", kinds),
    ]


def lowered(text: str) -> str:
    """A sentence as the rest of a line."""
    return text[:1].lower() + text[1:].replace(" percent", " %")


def kind_lines(forecast: Forecast, look: Look) -> list[Text]:
    """The pace of each kind of lesson."""
    rows = [
        (
            words(each.kind or "other"),
            words(f"{each.pace:.2f}"),
            words(counted(each.lessons, "lesson")),
        )
        for each in forecast.kinds
    ]
    if not rows:
        return facts([("pace by kind", words(NOTHING_TIMED))], look.prose)
    lines = table(rows, (FIXED, FIGURE, FIXED), look.width - INDENT, look.glyphs)
    return [heading("Pace by kind"), *indented(lines)]
