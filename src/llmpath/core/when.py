"""Days, durations and weekly hours as people type them and as the program shows them.

Days are study days, without a zone. Minutes are whole. Names of days and months are
English everywhere, so that a script reads the same on every machine. The patterns are
text and compiled at first use: at import they would cost every run 0.6 ms.
"""

from __future__ import annotations

import re
from datetime import date, time

from llmpath.core.availability import WeekMinutes
from llmpath.core.day_forms import (
    DAY_KEYS,
    DAY_NAMES,
    MONTH_NAMES,
    WEEKDAYS,
    find_day,
    find_range_end,
)
from llmpath.errors import UsageError

_DAY_MINUTES, _WEEK_MINUTES = 24 * 60, 168 * 60

_DURATION_EXAMPLES = "90, 45m, 1h30, 1.5h or 1:30"
_HOURS_EXAMPLES = "5, 7.5, 90m, mon-fri=1 or mon=1h,sat=3h"

_INTEGER = "[0-9]{1,9}"
_NUMBER = r"[0-9]{1,9}(?:\.[0-9]{1,9})?"
_HOURS_UNIT = "(?:h|hrs?|hours?)"
_DECIMAL_HOURS = rf"({_NUMBER}) ?{_HOURS_UNIT}"
_DURATIONS = (
    rf"(?:({_INTEGER}) ?{_HOURS_UNIT} ?)?({_INTEGER}) ?(?:m|mins?|minutes?)",
    rf"({_INTEGER}) ?{_HOURS_UNIT} ?({_INTEGER})",
    rf"({_INTEGER}):([0-9]{{2}})",
    rf"pt(?=[0-9])(?:({_INTEGER})h)?(?:({_INTEGER})m)?",
)


def parse_day(text: str, today: date, *, past: bool = False) -> date:
    """Read a day such as `2026-12-11`, `fri`, `+3d`, `in 2 weeks` or `20 nov`.

    Args:
        text: Case and extra spaces do not matter.
        today: The study day that relative forms count from.
        past: A weekday, or a day and month, means the latest one, not the next; today
            counts either way. `tomorrow` and other forms that say their side are read
            all the same: whether a day may lie ahead is for the command to say.

    Raises:
        UsageError: The text is no day, an ambiguous one, or outside 2000 to 2199.
    """
    return find_day(_fold(text), today, past=past)


def parse_day_range(text: str, today: date) -> tuple[date, date | None]:
    """Read `DATE`, `DATE..DATE` or the open `DATE..` as first and last day, inclusive.

    The last day of an open range is None. The second date counts from the first: in
    `fri..mon` it is the Monday after that Friday, in `fri..fri` a week later, in
    `2 dec..+3d` 5 December. What names its own day, such as `tomorrow` or `in 2 weeks`,
    stays what it is.

    Raises:
        UsageError: A part is no day, or the second lies before the first.
    """
    first_text, dots, last_text = _fold(text).partition("..")
    first = parse_day(first_text, today)
    if not dots:
        return first, first
    if not last_text.strip():
        return first, None
    last = find_range_end(last_text.strip(), first, today)
    if last < first:
        raise UsageError(
            f"the range ends before it begins: {first} to {last}",
            remedy=f"{last}..{first}",
        )
    return first, last


def parse_duration(text: str) -> int:
    """Read a duration of 1 to 1440 minutes, such as `90`, `1h30`, `1.5h` or `PT1H30M`.

    A bare number is minutes. Parts of a minute are rounded. Decimals take a point: the
    comma stays free, as it separates the days in `parse_hours`.

    Raises:
        UsageError: The text is no duration, or one outside 1 minute to 24 hours.
    """
    minutes = _minutes(_fold(text), bare="m")
    if minutes is None or not 1 <= minutes <= _DAY_MINUTES:
        raise UsageError(
            f"{_fold(text)!r} is not a duration from 1 minute to 24 hours",
            remedy="a decimal point, as in 1.5h" if "," in text else _DURATION_EXAMPLES,
        )
    return minutes


def parse_hours(text: str) -> WeekMinutes:
    """Read hours a week, as a number or by day, as minutes for each weekday.

    A number or duration is the whole week, spread over Monday to Friday; minutes that
    do not divide go to the first days. `mon=1h,sat=3h` or `mon-fri=1` is the whole week
    as well: a day not named gets nothing. A bare number is hours.

    Raises:
        UsageError: The text cannot be read, a day is unknown or named twice, a day has
            more than 24 hours, or the week is not above 0 and up to 168 hours.
    """
    words = _fold(text)
    week = _named_days(words) if "=" in words else _spread(words)
    if not 0 < sum(week) <= _WEEK_MINUTES:
        raise _unreadable_hours(words)
    if max(week) > _DAY_MINUTES:
        raise UsageError(
            f"a day has 24 hours; {words!r} puts {shown_minutes(max(week))} into one",
            detail=("a bare number is hours; a number alone fills Monday to Friday",),
            remedy=_HOURS_EXAMPLES,
        )
    monday, tuesday, wednesday, thursday, friday, saturday, sunday = week
    return monday, tuesday, wednesday, thursday, friday, saturday, sunday


def parse_hours_of_day(text: str) -> int:
    """Read the hours of one day, 0 to 24, as minutes; a bare number is hours.

    Raises:
        UsageError: The text is no duration, or one above 24 hours.
    """
    minutes = _minutes(_fold(text), bare="h")
    if minutes is None or minutes > _DAY_MINUTES:
        raise UsageError(
            f"{_fold(text)!r} is not hours of a day, 0 to 24",
            remedy="--hours 1.5, or --hours 45m",
        )
    return minutes


def parse_time(text: str) -> time:
    """Read a time of day, such as `19:00` or `7:30`.

    Raises:
        UsageError: The text is none.
    """
    match = re.fullmatch("([0-9]{1,2}):([0-9]{2})", text.strip())
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        raise UsageError(f"{_fold(text)!r} is not a time of day", remedy="19:00")
    return time(int(match[1]), int(match[2]))


def shown_day(day: date, *, today: date | None) -> str:
    """Write a day as `Fri 20 Nov`, with the year where it is not the year of `today`.

    Without `today` the year always stands.
    """
    weekday = DAY_NAMES[day.weekday()][:3].title()
    text = f"{weekday} {day.day} {MONTH_NAMES[day.month - 1][:3].title()}"
    return text if today and today.year == day.year else f"{text} {day.year}"


def shown_minutes(minutes: int) -> str:
    """Write minutes, 0 or more, as `1 h 30 min`, `45 min` or `2 h`."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} h"] if hours else []
    return " ".join([*parts, f"{rest} min"] if rest or not hours else parts)


def spoken_minutes(minutes: int) -> str:
    """Write minutes, 0 or more, with units as words: `1 hour 30 minutes`."""
    hours, rest = divmod(minutes, 60)
    parts = [_counted(hours, "hour")] if hours else []
    return " ".join([*parts, _counted(rest, "minute")] if rest or not hours else parts)


def _fold(text: str) -> str:
    return " ".join(text.split()).lower()


def _counted(count: int, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def _minutes(words: str, *, bare: str) -> int | None:
    """Read whole minutes without bounds; a bare number is in the unit `bare`."""
    if re.fullmatch(_NUMBER, words):
        words += bare
    if match := re.fullmatch(_DECIMAL_HOURS, words):
        return int(float(match[1]) * 60 + 0.5)
    for pattern in _DURATIONS:
        if match := re.fullmatch(pattern, words):
            hours, minutes = match.groups()
            if hours and minutes and int(minutes) > 59:
                return None
            return int(hours or 0) * 60 + int(minutes or 0)
    return None


def _spread(words: str) -> list[int]:
    minutes = _minutes(words, bare="h")
    if minutes is None:
        raise _unreadable_hours(words)
    each, rest = divmod(minutes, 5)
    return [each + (day < rest) for day in range(5)] + [0, 0]


def _named_days(words: str) -> list[int]:
    week: dict[int, int] = {}
    for part in words.split(","):
        names, _, amount = part.partition("=")
        minutes = _minutes(amount.strip(), bare="h")
        if minutes is None:
            raise _unreadable_hours(words)
        for day in _days_between(names.strip()):
            if day in week:
                raise UsageError(
                    f"{DAY_KEYS[day]} is named twice in {words!r}",
                    remedy=_HOURS_EXAMPLES,
                )
            week[day] = minutes
    return [week.get(day, 0) for day in range(7)]


def _days_between(names: str) -> list[int]:
    """Numbers of the days in `mon` or `fri-mon`, which goes round the week's end."""
    numbers = [_weekday_number(name.strip()) for name in names.split("-", 1)]
    first, last = numbers[0], numbers[-1]
    return [(first + step) % 7 for step in range((last - first) % 7 + 1)]


def _weekday_number(name: str) -> int:
    if name not in WEEKDAYS:
        raise UsageError(
            f"unknown day {name!r}",
            detail=(f"the days are {', '.join(DAY_KEYS)}",),
            remedy=_HOURS_EXAMPLES,
        )
    return WEEKDAYS[name]


def _unreadable_hours(words: str) -> UsageError:
    return UsageError(
        f"{words!r} is not hours a week, above 0 and up to 168",
        remedy=_HOURS_EXAMPLES,
    )
