"""The plan as a calendar, RFC 5545, that may be imported again after every change.

A study block keeps its UID whatever the plan becomes: curriculum, module, lesson and
part, at the journal. What an earlier file has is therefore read first. Events that did
not change stay as they are, byte for byte; changed ones count up SEQUENCE; those whose
blocks are no more become CANCELLED, since most calendars keep an event that a file
merely leaves out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Component, Event

from llmpath.core.availability import ONE_DAY
from llmpath.core.curriculum import Lesson, shown_id
from llmpath.core.plan import Plan, StudyBlock
from llmpath.core.situation import Situation
from llmpath.core.text import TITLE_LIMIT, clean, safe_url
from llmpath.core.when import shown_minutes
from llmpath.exchange.ics_reading import (
    CANCELLED,
    FOOT,
    LIVE,
    MARK,
    Span,
    Written,
    WrittenEvent,
    calendar_domain,
)
from llmpath.named_tuple import NamedTuple


class CalendarExport(NamedTuple):
    """A calendar's text, and what is new in it.

    Attributes:
        items: Blocks of the plan.
        changed: Events that moved or read differently, or are no longer cancelled.
    """

    text: str
    items: int
    added: int
    changed: int
    cancelled: int


def calendar_text(
    plan: Plan,
    situation: Situation,
    written: Written,
    *,
    stamp: datetime,
    at: time | None = None,
) -> CalendarExport:
    """Write the plan, and what has to be said of the events of an earlier file.

    Args:
        written: What the earlier file has; events of the same journal.
        stamp: The present, aware; for the events that are new or changed.
        at: When the first block of a day begins; None for events of whole days.
    """
    domain = calendar_domain(situation.progress)
    blocks = {_uid(block, domain): block for block in plan.blocks}
    gone = {uid: each for uid, each in written.items() if uid not in blocks}
    off = {
        uid
        for uid, each in gone.items()
        if each.is_live and not is_over(each, situation)
    }
    stays = [each for uid, each in gone.items() if uid not in off]
    spans = _whole_days(blocks) if at is None else _hours(blocks, at, stays)
    live = {}
    for uid, block in blocks.items():
        draft = _draft(uid, block, situation.curriculum.lessons[block.lesson])
        live[uid] = _current(draft, spans[uid], written.get(uid), stamp)
    texts = live | {
        uid: _cancelled(each, stamp) if uid in off else each.text
        for uid, each in gone.items()
    }
    spans |= {uid: each.span for uid, each in gone.items()}
    ordered = sorted(spans, key=lambda uid: spans[uid].begins.isoformat())
    known = {uid: each.text for uid, each in written.items()}
    return CalendarExport(
        _calendar(domain, [texts[uid] for uid in ordered]),
        items=len(live),
        added=len(live.keys() - known.keys()),
        changed=sum(known.get(uid, text) != text for uid, text in live.items()),
        cancelled=len(off),
    )


def is_over(event: WrittenEvent, situation: Situation) -> bool:
    """Tell whether an event's day has passed, or its lesson was studied on it today."""
    _, progress, _, today = situation
    if event.span.day != today:
        return event.span.day < today
    done = progress.completions.get(event.lesson)
    is_logged = event.lesson in progress.study_days.get(today, {})
    return is_logged or (done is not None and done.day == today)


def _uid(block: StudyBlock, domain: str) -> str:
    return f"{re.sub('[:/]', '.', block.lesson)}.{block.part}@{domain}"


def _whole_days(blocks: Mapping[str, StudyBlock]) -> dict[str, Span]:
    return {uid: Span(each.day, each.day + ONE_DAY) for uid, each in blocks.items()}


def _hours(
    blocks: Mapping[str, StudyBlock], at: time, stays: Iterable[WrittenEvent]
) -> dict[str, Span]:
    """The blocks of a day one after the other, behind what stays of that day."""
    free: dict[date, datetime] = {}
    for event in stays:
        day, ends = event.span.day, event.span.ends
        if event.is_live and isinstance(ends, datetime):
            free[day] = max(free.get(day, ends), ends)
    spans = {}
    for uid, block in blocks.items():
        first = datetime.combine(block.day, at)
        begins = max(first, free.get(block.day, first))
        free[block.day] = begins + timedelta(minutes=block.minutes)
        spans[uid] = Span(begins, free[block.day])
    return spans


def _draft(uid: str, block: StudyBlock, lesson: Lesson) -> dict[str, str]:
    """What an event says, but for its time."""
    title = clean(lesson.title, TITLE_LIMIT)
    part = f"part {block.part} of {block.parts}" if block.parts > 1 else ""
    own_id, url = shown_id(lesson.id), safe_url(lesson.url or "")
    is_last = block.part == block.parts
    lines = [
        ", ".join(filter(None, [shown_minutes(block.minutes), part])),
        f"Stop at: {clean(lesson.stop, TITLE_LIMIT)}" if lesson.stop else "",
        url or "",
        "" if is_last else f"After this part: llmpath log {own_id} {block.minutes}m",
        f"When done: llmpath done {own_id}",
    ]
    draft = {
        "uid": uid,
        "summary": f"{title} ({part})" if part else title,
        "description": "\n".join(filter(None, lines)),
    }
    return draft if url is None else {**draft, "url": url}


def _current(
    draft: dict[str, str], span: Span, known: WrittenEvent | None, stamp: datetime
) -> str:
    """An event as it was written, if it would be written so again; else a new one."""
    if known is None:
        return _event_text(draft, span, 0, stamp)
    same = _event_text(draft, span, known.sequence, known.stamp)
    if same == known.text:
        return same
    return _event_text(draft, span, known.sequence + 1, stamp)


def _event_text(
    draft: dict[str, str], span: Span, sequence: int, stamp: datetime
) -> str:
    event = Event()
    for name, value in draft.items():
        event.add(name, value)
    event.add("dtstart", span.begins)
    event.add("dtend", span.ends)
    # A whole day must not look taken to those who see only free and busy.
    is_timed = isinstance(span.begins, datetime)
    event.add("transp", "OPAQUE" if is_timed else "TRANSPARENT")
    return _revised(event, LIVE, sequence, stamp)


def _cancelled(event: WrittenEvent, stamp: datetime) -> str:
    old = Event.from_ical(event.text)
    return _revised(old, CANCELLED, event.sequence + 1, stamp)


def _revised(event: Component, status: str, sequence: int, stamp: datetime) -> str:
    """The text of an event with its status and the three marks of a revision."""
    moment = stamp.astimezone(UTC).replace(microsecond=0)
    for name, value in (
        ("status", status),
        ("sequence", sequence),
        ("dtstamp", moment),
        ("last-modified", moment),  # Google Calendar is said to go by it
    ):
        event.pop(name, None)
        event.add(name, value)
    text: bytes = event.to_ical()
    return text.decode()


def _calendar(domain: str, events: Iterable[str]) -> str:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//llmpath//llmpath//EN")
    calendar.add("x-wr-calname", "llmpath")
    calendar.add(MARK, domain)
    head = calendar.to_ical().decode().removesuffix(f"{FOOT}\r\n")
    return "".join([head, *events, f"{FOOT}\r\n"])
