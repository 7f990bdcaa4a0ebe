"""Calendars as they are exported, read again, and read by another program."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from icalendar import Calendar

from llmpath.core.plan import StudyBlock
from llmpath.core.progress import Progress
from llmpath.exchange.ics import CalendarExport, calendar_text
from llmpath.exchange.ics_reading import Written, parse_calendar
from tests.strategies import Study

STAMP = datetime(2026, 11, 16, 19, 30, 5, 250_000, tzinfo=UTC)
LATER = STAMP + timedelta(days=3)


def export(
    study: Study,
    written: Written | None = None,
    *,
    stamp: datetime = STAMP,
    at: time | None = None,
) -> CalendarExport:
    known = {} if written is None else written
    return calendar_text(study.plan, study.situation, known, stamp=stamp, at=at)


def read(text: str, progress: Progress) -> Written:
    return parse_calendar(text.encode(), "study.ics", progress)


def again(
    study: Study,
    before: CalendarExport,
    *,
    stamp: datetime = LATER,
    at: time | None = None,
) -> CalendarExport:
    """The calendar after an earlier one was read."""
    return export(study, read(before.text, study.progress), stamp=stamp, at=at)


def events_of(text: str) -> list[Any]:
    """The events as another program reads them."""
    return list(Calendar.from_ical(text.encode()).walk("VEVENT"))


def live_events(text: str) -> dict[str, Any]:
    """Events that are on, by UID; fails where one stands twice."""
    events = events_of(text)
    assert len({str(each["UID"]) for each in events}) == len(events)
    return {str(each["UID"]): each for each in events if each["STATUS"] == "CONFIRMED"}


def uid_of(block: StudyBlock, domain: str = "llmpath") -> str:
    name = block.lesson.replace(":", ".").replace("/", ".")
    return f"{name}.{block.part}@{domain}"
