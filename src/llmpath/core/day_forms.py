"""The forms in which a day can be typed, each read on its own.

`words` is the typed text in lower case with single spaces. The patterns are text, and
compiled at first use: at import they would cost every run 0.9 ms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date

from llmpath.errors import UsageError

DAY_NAMES = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)
MONTH_NAMES = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
DAY_KEYS = tuple(name[:3] for name in DAY_NAMES)
"""`mon` to `sun`: the days in `hours` and in JSON."""

WEEKDAYS = {
    **{name: number for number, name in enumerate(DAY_NAMES)},
    **{name: number for number, name in enumerate(DAY_KEYS)},
    **dict.fromkeys(("thur", "thurs"), 3),
    "tues": 1,
    "weds": 2,
}
"""Names of the weekdays, long and short, with Monday as 0."""

_MONTHS = {
    **{name: number for number, name in enumerate(MONTH_NAMES, 1)},
    **{name[:3]: number for number, name in enumerate(MONTH_NAMES, 1)},
    "sept": 9,
}
_FROM_TODAY = {"today": 0, "tomorrow": 1, "yesterday": -1}
_FIRST_YEAR, _LAST_YEAR = 2000, 2199
_EXAMPLES = '2026-12-11, fri, +3d, "in 2 weeks" or "11 dec"'

_ISO = "([0-9]{4})-([0-9]{2})-([0-9]{2})"
_OFFSET = "([+-] ?|in )?([0-9]{1,9}) ?(d|w|days?|weeks?)( ago)?"
_DAY_MONTH = "(?P<day>[0-9]{1,2}) ?(?P<month>[a-z]+)(?: (?P<year>[0-9]{4}))?"
_MONTH_DAY = "(?P<month>[a-z]+) ?(?P<day>[0-9]{1,2})(?:,? (?P<year>[0-9]{4}))?"
_YEAR_LAST = r"([0-9]{1,2})([/.-])([0-9]{1,2})(?:\2((?:[0-9]{2}){0,2}))?"


def find_day(words: str, today: date, *, past: bool) -> date:
    """Read a day in any of the forms.

    Raises:
        UsageError: No form fits, or the day is outside 2000 to 2199.
    """
    day = (
        _iso_day(words)
        or _offset_day(words, today)
        or _weekday_day(words, today, past=past)
        or _month_day(words, today, past=past)
    )
    if day is None:
        raise _unreadable_day(words)
    return day


def find_range_end(words: str, first: date, today: date) -> date:
    """Read the second day of a range that begins with `first`.

    A weekday is the next one after the first day; what names its own day, such as
    `tomorrow` or `in 2 weeks`, counts from today, everything else from the first day.
    """
    if words in WEEKDAYS:
        return find_day(f"next {words}", first, past=False)
    is_own = words in _FROM_TODAY or words.startswith("in ") or words.endswith(" ago")
    return find_day(words, today if is_own else first, past=False)


def _iso_day(words: str) -> date | None:
    match = re.fullmatch(_ISO, words)
    return match and _dated(int(match[1]), int(match[2]), int(match[3]), words)


def _offset_day(words: str, today: date) -> date | None:
    if words in _FROM_TODAY:
        return _bounded(today.toordinal() + _FROM_TODAY[words], words)
    match = re.fullmatch(_OFFSET, words)
    if match is None or (match[1] is None) == (match[4] is None):
        return None
    days = int(match[2]) * (7 if match[3].startswith("w") else 1)
    is_back = match[4] is not None or match[1].startswith("-")
    return _bounded(today.toordinal() + (-days if is_back else days), words)


def _weekday_day(words: str, today: date, *, past: bool) -> date | None:
    side, _, name = words.rpartition(" ")
    if name not in WEEKDAYS or side not in {"", "next", "last"}:
        return None
    if side == ("next" if past else "last"):
        raise UsageError(
            f"{words!r} is not possible here: "
            + ("the day cannot lie ahead" if past else "the day cannot have passed"),
            remedy=f"{name} or an ISO date such as 2026-12-11",
        )
    sign = -1 if past else 1
    gap = sign * (WEEKDAYS[name] - today.weekday()) % 7
    days = 7 if side and not gap else gap
    return _bounded(today.toordinal() + sign * days, words)


def _month_day(words: str, today: date, *, past: bool) -> date | None:
    match = re.fullmatch(_DAY_MONTH, words) or re.fullmatch(_MONTH_DAY, words)
    if match is None or match["month"] not in _MONTHS:
        return None
    month, day, year = _MONTHS[match["month"]], int(match["day"]), match["year"]
    if year is not None:
        return _dated(int(year), month, day, words)
    return _nearest(month, day, today, past=past, words=words)


def _nearest(month: int, day: int, today: date, *, past: bool, words: str) -> date:
    """Take the first such date from today on, or the last one up to today."""
    sign = -1 if past else 1
    # 29 February can be eight years away: 2096 to 2104.
    for year in range(today.year, today.year + 9 * sign, sign):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if (found - today).days * sign >= 0:
            return _bounded(found.toordinal(), words)
    raise _no_such_day(words)


def _dated(year: int, month: int, day: int, words: str) -> date:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise _outside_years(words)
    try:
        return date(year, month, day)
    except ValueError:
        raise _no_such_day(words) from None


def _bounded(ordinal: int, words: str) -> date:
    last = date(_LAST_YEAR, 12, 31).toordinal()
    if not date(_FIRST_YEAR, 1, 1).toordinal() <= ordinal <= last:
        raise _outside_years(words)
    return date.fromordinal(ordinal)


def _unreadable_day(words: str) -> UsageError:
    remedy = _EXAMPLES
    if match := re.fullmatch(_YEAR_LAST, words):
        return _year_last(match[1], match[3], match[4] or "", words)
    if re.fullmatch("[0-9]+", words):
        reason = f"a bare number is never a date: {words!r}"
    else:
        reason = f"cannot read {words!r} as a date"
    return UsageError(reason, remedy=remedy)


def _year_last(first: str, second: str, year: str, words: str) -> UsageError:
    """Why a day in figures with the year last, or without one, is not read."""
    readings = _readings(int(first), int(second), year)
    if not readings:
        return _no_such_day(words)
    if len(readings) > 1:
        reason = f"{words!r} is ambiguous: day and month may stand either way round"
        return UsageError(reason, remedy="the year first, as in 2026-12-11")
    (day,) = readings
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        return _outside_years(words)
    name = f"{day.day} {MONTH_NAMES[day.month - 1][:3]}"
    return UsageError(
        f"figures are read with the year first, not as in {words!r}",
        remedy=day.isoformat() if year else name,
    )


def _readings(first: int, second: int, year: str) -> set[date]:
    """The days that two figures and a year can mean; a short year can be in front."""
    # 2000 has a 29 February, as some year has where none is given.
    full = int(year) + (2000 if len(year) < 4 else 0) if year else 2000
    days = {*_days((full, second, first), (full, first, second))}
    if days and len(year) == 2:
        days.update(_days((2000 + first, second, int(year))))
    return days


def _days(*orders: tuple[int, int, int]) -> Iterator[date]:
    for order in orders:
        with suppress(ValueError):
            yield date(*order)


def _no_such_day(words: str) -> UsageError:
    return UsageError(f"there is no {words!r} in the calendar", remedy=_EXAMPLES)


def _outside_years(words: str) -> UsageError:
    return UsageError(
        f"{words!r} is outside the years {_FIRST_YEAR} to {_LAST_YEAR}",
        remedy=_EXAMPLES,
    )
