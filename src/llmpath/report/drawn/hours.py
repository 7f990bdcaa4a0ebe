"""`hours`, `off` and `target`: when there is time, and whether it is enough."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from rich.text import Text

from llmpath.core.availability import ONE_DAY, WeekMinutes
from llmpath.core.day_forms import DAY_NAMES
from llmpath.core.feasibility import scaled_week
from llmpath.core.when import shown_minutes
from llmpath.report.drawn.finish import finish_pairs
from llmpath.report.drawn.layout import (
    INDENT,
    facts,
    indented,
    sections,
    words,
    wrapped,
)
from llmpath.report.drawn.look import Look
from llmpath.report.drawn.phrases import finish_words
from llmpath.report.drawn.pieces import (
    closing_lines,
    command,
    day_text,
    heading,
    said_lines,
    target_text,
)
from llmpath.report.drawn.tables import FIGURE, FIXED, WRAPPED, bar, table
from llmpath.report.drawn.theme import Role
from llmpath.report.feasibility import (
    DAY_BY_DAY,
    needed_words,
    way_command,
    way_words,
    ways_of,
    week_argument,
)
from llmpath.report.outlook import percent_of
from llmpath.report.phrases import DAYS_EXAMPLE, HOURS_EXAMPLE, counted
from llmpath.report.views.planning import HoursView, TargetView

_DAY_BAR = 20
HOURS_PAIRS = [
    ("change", command(HOURS_EXAMPLE)),
    ("by day", command(DAYS_EXAMPLE)),
]
"""How to change the weekly hours."""


def hours_lines(view: HoursView, look: Look) -> list[Text]:
    """The week, dated exceptions, and what a change did to the plan."""
    is_off = view.command.startswith("off")
    return sections(
        said_lines(view.said, look),
        [] if is_off else week_lines(view.week, look),
        exception_lines(view, look),
        moved_lines(view, look),
        closing_lines(look, change_pairs(view, is_off=is_off), view.event),
    )


def week_lines(week: WeekMinutes, look: Look) -> list[Text]:
    """Seven days as bars, and their sum."""
    order = [(look.week_starts + nth) % 7 for nth in range(7)]
    longest = max(week)
    rows = [
        (
            words(DAY_NAMES[day][:3].title()),
            day_bar(week[day], longest, look),
            words(shown_minutes(week[day]) if week[day] else look.glyphs.dash),
        )
        for day in order
    ]
    lines = table(rows, (FIXED, FIXED, FIXED), look.width, look.glyphs)
    total = heading(f"{shown_minutes(sum(week))} a week")
    return [total, *indented(lines)]


def day_bar(minutes: int, longest: int, look: Look) -> Text:
    """A day's bar on the scale of the longest day; none on a narrow screen."""
    if look.is_narrow:
        return Text()
    return bar(minutes, longest, _DAY_BAR, look.glyphs, Role.READY)


def exception_lines(view: HoursView, look: Look) -> list[Text]:
    """Dated exceptions, days in a row as one."""
    rows = [
        (range_text(first, last, view.today, look), words(minutes_words(minutes)))
        for first, last, minutes in ranges(view.days)
    ]
    if view.open_from is not None:
        start = day_text(view.open_from, view.today)
        rows.append((words("from ", start), words("off until you end it")))
    if not rows:
        empty = words("No days off ahead.")
        return [empty] if view.command == "off-list" else []
    lines = table(rows, (FIXED, WRAPPED), look.width - INDENT, look.glyphs)
    return [heading("Days off and other exceptions"), *indented(lines)]


def minutes_words(minutes: int) -> str:
    """How much study an exception leaves."""
    return shown_minutes(minutes) if minutes else "off"


def range_text(first: date, last: date, today: date, look: Look) -> Text:
    """One day, or the first and the last of several."""
    if first == last:
        return day_text(first, today)
    dash = f" {look.glyphs.dash} "
    return words(day_text(first, today), dash, day_text(last, today))


def ranges(days: Iterable[tuple[date, int]]) -> list[tuple[date, date, int]]:
    """Days in a row with the same minutes, as first, last and minutes."""
    found: list[tuple[date, date, int]] = []
    for day, minutes in sorted(days):
        if found and found[-1][1] + ONE_DAY == day and found[-1][2] == minutes:
            found[-1] = (found[-1][0], day, minutes)
        else:
            found.append((day, day, minutes))
    return found


def moved_lines(view: HoursView, look: Look) -> list[Text]:
    """The plan's end before and after, and how many lessons moved."""
    before, after = view.dates
    is_said = view.event is not None and len(view.said) > 1
    if is_said or (before is None and after is None):
        return []
    now = finish_words(after, view.today)
    if before == after:
        end = words(now, "" if view.event is None else ", as before")
    else:
        was = finish_words(before, view.today)
        end = words(f"{was} {look.glyphs.arrow} ", (now, Role.HEADING))
    moved = ""
    if view.event is not None:
        moved = f"{counted(view.moved, 'lesson')} to another day"
    pairs = [("plan ends", end), ("moved", words(moved))]
    return facts(pairs, look.width)


def change_pairs(view: HoursView, *, is_off: bool) -> list[tuple[str, Text]]:
    """How to change it."""
    if not is_off:
        return HOURS_PAIRS
    end = Text()
    if view.open_from is not None:
        back = "today" if view.open_from <= view.today else view.open_from
        end = command(f"llmpath off remove {back}")
    return [
        ("end it", end),
        ("add", command("llmpath off add DATE..DATE")),
        ("remove", command("llmpath off remove DATE")),
    ]


def target_lines(view: TargetView, look: Look) -> list[Text]:
    """The target: fits or not, and what it takes."""
    today = view.today
    said = said_lines(view.said, look)
    has_end = view.finish is not None or view.is_open
    end = words(finish_words(view.finish, today)) if has_end else Text()
    if view.target is None:
        change = [("set one", command("llmpath target DATE"))]
        pairs = [("plan ends", end)]
        said = said or [words("No target.")]
    else:
        change = []
        verdict = target_text(view.target, view.slack, view.left_over, today)
        pairs = [
            ("target", verdict),
            ("plan ends", end),
            *chance_pairs(view),
            ("if all are used", needed_text(view)),
            ("hours now", words(f"{shown_minutes(view.weekly)} a week")),
        ]
    return sections(
        said,
        facts(pairs, look.prose),
        way_lines(view, look),
        closing_lines(look, change, view.event),
    )


def chance_pairs(view: TargetView) -> list[tuple[str, Text]]:
    """Likely and safe day, the chance, and the hours for other chances."""
    weighed = view.feasibility
    if weighed is None or not weighed.forecast.has_open_target:
        return []
    chance = 0.0 if weighed.forecast.chance is None else weighed.forecast.chance
    percent = words(
        (f"{percent_of(chance)} %", Role.HEADING), " to be finished by then"
    )
    return [
        *finish_pairs(weighed.forecast),
        ("chance", percent),
        ("a week", words(needed_words(view))),
    ]


def way_lines(view: TargetView, look: Look) -> list[Text]:
    """The ways out side by side: what, chance, the plan's end; then the command."""
    lines: list[Text] = []
    for way in ways_of(view):
        chance = words((f"{percent_of(way.chance)} %", Role.HEADING))
        end = f", plan ends {finish_words(way.finish, view.today)}"
        shown = words(way_words(way, view), f"{end}")
        lines += table([(chance, shown)], (FIGURE, WRAPPED), look.width, look.glyphs)
        todo = way_command(way)
        how = command(todo or DAY_BY_DAY)
        if not todo:
            how = words(("no single command; day by day: ", Role.LATER), how)
        margin = 2 * INDENT + 2
        lines += indented(wrapped(how, look.prose - margin), margin)
    return [heading("Ways out, and the chance of each"), *lines] if lines else []


def needed_text(view: TargetView) -> Text:
    """The weekly hours that the target takes."""
    if view.needed is None:
        none = "some of what is left has no study day until then"
        return words(none if view.left_over else "")
    hours = f"{shown_minutes(view.needed)} a week"
    if not view.left_over or view.needed <= view.weekly:
        return words(hours)
    week = week_argument(scaled_week(view.week, view.needed))
    return words((hours, Role.HEADING), ": ", command(f"llmpath hours {week}"))
