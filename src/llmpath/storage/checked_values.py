"""Values out of a JSON object, each with its type and its bounds checked.

Failures are `ValueError` with a short reason, or `KeyError` with the missing key.
"""

from __future__ import annotations

from datetime import date
from typing import Any

Payload = dict[str, Any]

FIRST_YEAR, LAST_YEAR = 1900, 2999
"""Days beyond them cannot be reckoned with; no clock is so wrong."""


class _Days(dict[str, date]):
    """Days by their text: a journal names the same few again and again."""

    def __missing__(self, text: str) -> date:
        try:
            day = date.fromisoformat(text)
        except ValueError:
            raise ValueError("not a date") from None
        if day.isoformat() != text:  # Python also reads 20261120 and 2026-W47-5
            raise ValueError("not a date")
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValueError(f"a date outside {FIRST_YEAR} to {LAST_YEAR}")
        self[text] = day
        return day


DAYS = _Days()
"""Reads `2026-11-20`; `ValueError` for everything else that is text."""


def checked_text(payload: Payload, key: str) -> str:
    """Take a text."""
    value = payload[key]
    if type(value) is not str:
        raise ValueError(f"{key} is not text")
    return value


def checked_texts(value: object, key: str) -> tuple[str, ...]:
    """Take a list of texts; `key` names it in the message."""
    if type(value) is not list or any(type(each) is not str for each in value):
        raise ValueError(f"{key} is not a list of texts")
    return tuple(value)


def checked_day(payload: Payload, key: str) -> date:
    """Take a date written as `2026-11-20`."""
    return DAYS[checked_text(payload, key)]


def checked_day_or_none(payload: Payload, key: str) -> date | None:
    """Take a date, or null."""
    return None if payload[key] is None else checked_day(payload, key)


def checked_minutes(value: object, most: int) -> int:
    """Take whole minutes from 0 to `most`."""
    if type(value) is not int or not 0 <= value <= most:
        raise ValueError(f"minutes are not a whole number up to {most}")
    return value


def checked_object(payload: Payload, key: str) -> dict[str, Any]:
    """Take a JSON object, whose values are unchecked."""
    value = payload[key]
    if type(value) is not dict:
        raise ValueError(f"{key} is not an object")
    return value


def checked_share(payload: Payload, key: str, most: float) -> float:
    """Take a number from 0 to `most`, which leaves out the infinities."""
    value = payload[key]
    if type(value) not in (int, float) or not 0 <= value <= most:
        raise ValueError(f"{key} is not a number up to {most:g}")
    return float(value)
