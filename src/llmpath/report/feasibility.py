"""Chances, needed hours and ways out of a target, in documents and sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from llmpath.core.availability import WeekMinutes
from llmpath.core.curriculum import shown_id
from llmpath.core.day_forms import DAY_KEYS, DAY_NAMES
from llmpath.core.feasibility import NO_NEEDS, WayOut
from llmpath.core.when import shown_minutes, spoken_minutes
from llmpath.report.outlook import chance_facts, percent_of
from llmpath.report.parts import Document, iso
from llmpath.report.phrases import counted, spoken_day
from llmpath.report.views.planning import TargetView

NO_HOURS = "no number of hours"
"""Where no number of hours a week gives a chance."""


def needed_by(view: TargetView) -> Mapping[int, int | None]:
    """Weekly minutes for each chance in percent."""
    return NO_NEEDS if view.feasibility is None else view.feasibility.needed


def ways_of(view: TargetView) -> tuple[WayOut, ...]:
    """What would help."""
    return () if view.feasibility is None else view.feasibility.ways_out


def chance_value(view: TargetView) -> float | None:
    """The chance of the target, as JSON has it."""
    weighed = view.feasibility
    if weighed is None or weighed.forecast.chance is None:
        return None
    return round(weighed.forecast.chance, 2)


DAY_BY_DAY = "llmpath off add DATE --hours H"
"""What gives a single day more hours."""


def way_object(way: WayOut, view: TargetView) -> Document:
    """A way out; `command` is null where no single command does it."""
    return {
        "kind": way.kind,
        "text": way_words(way, view),
        "finish": iso(way.finish),
        "chance": round(way.chance, 2),
        "command": way_command(way),
    }


def is_weakest(way: WayOut, ways: Sequence[WayOut]) -> bool:
    """Tell whether every other way gives a greater chance, also as it is shown."""
    others = [percent_of(each.chance) for each in ways if each is not way]
    return bool(others) and percent_of(way.chance) < min(others)


def way_words(way: WayOut, view: TargetView) -> str:
    """What a way out means, in everyday words."""
    match way.kind:
        case "break":
            return "end the break"
        case "hours":
            return f"{spoken_minutes(sum(way.week or ()))} a week"
        case "day":
            minutes = 0 if way.week is None else way.week[way.weekday or 0]
            name = DAY_NAMES[way.weekday or 0].title()
            return f"study on {name} too, {spoken_minutes(minutes)}"
        case "extra":
            weakest = is_weakest(way, ways_of(view))
            remark = ", the weakest of these ways" if weakest else ""
            return f"a quarter more on every study day for eight weeks{remark}"
        case "optional":
            return f"leave out {counted(len(way.lessons), 'included lesson')}"
        case _:
            return (
                f"be finished by {spoken_day(way.day, view.today)}" if way.day else ""
            )


def way_command(way: WayOut) -> str | None:
    """The command that takes a way out."""
    if way.week is not None:
        return f"llmpath hours {week_argument(way.week)}"
    if way.kind == "break" and way.day is not None:
        return f"llmpath off remove {way.day.isoformat()}"
    if way.day is not None:
        return f"llmpath target {way.day.isoformat()}"
    if way.lessons:
        return f"llmpath skip {' '.join(map(shown_id, way.lessons))}"
    return None


def week_argument(week: WeekMinutes) -> str:
    """A week as `hours` takes it."""
    if len({*week[:5]}) == 1 and not any(week[5:]) and not sum(week) % 30:
        return f"{sum(week) / 60:g}"
    spans = groupby(zip(DAY_KEYS, week, strict=True), key=lambda day: day[1])
    return ",".join(span_text([name for name, _ in days], n) for n, days in spans if n)


def span_text(names: list[str], minutes: int) -> str:
    """Days in a row with the same minutes: `mon-fri=72m`."""
    days = names[0] if len(names) == 1 else f"{names[0]}-{names[-1]}"
    return f"{days}={minutes}m"


def needed_chance_facts(view: TargetView) -> Iterator[str]:
    """The chance of the target, and the weekly hours for others."""
    if view.feasibility is None or not view.feasibility.forecast.has_open_target:
        return
    yield from chance_facts(view.feasibility.forecast)[:1]
    for level, minutes in needed_by(view).items():
        hours = NO_HOURS if minutes is None else f"{spoken_minutes(minutes)} a week"
        yield f"For a chance of {level} percent: {hours}"


def way_facts(view: TargetView) -> Iterator[str]:
    """The ways out, with what each would give."""
    for way in ways_of(view):
        end = spoken_day(way.finish, view.today) if way.finish else "no date"
        words = f"{way_words(way, view)}: plan ends {end}"
        yield f"Way out: {words}, chance {percent_of(way.chance)} percent"
        command = way_command(way)
        if command:
            yield f"For that: {command}"
        else:
            yield f"No single command does it; day by day: {DAY_BY_DAY}"


def needed_words(view: TargetView) -> str:
    """The weekly hours for chances of 50, 80 and 95 in 100, in one line."""
    if all(minutes is None for minutes in needed_by(view).values()):
        return f"{NO_HOURS} is enough"
    return ", ".join(
        f"{NO_HOURS if minutes is None else shown_minutes(minutes)} for {level} %"
        for level, minutes in needed_by(view).items()
    )
