"""A calendar that was exported earlier, as a file has it.

Only what an export writes is read, so that nothing else gets lost when the file is
written again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from icalendar import Component, Event

from llmpath.core.progress import Progress
from llmpath.errors import Fault, LlmpathError, RefusedInputError
from llmpath.named_tuple import NamedTuple

SIZE_LIMIT = 16 * 2**20
EVENT_LIMIT = 20_000
"""A file within both is read in some seconds; a plan of 100 hours has 200 events."""

MARK = "X-LLMPATH-JOURNAL"
BEGIN, END = "BEGIN:VEVENT", "END:VEVENT"
FOOT = "END:VCALENDAR"
_SLUG = "[a-z0-9][a-z0-9-]{0,63}"
LIVE, CANCELLED = "CONFIRMED", "CANCELLED"
_NAMES = frozenset(
    {
        "BEGIN",
        "SUMMARY",
        "DTSTART",
        "DTEND",
        "DTSTAMP",
        "UID",
        "SEQUENCE",
        "DESCRIPTION",
        "LAST-MODIFIED",
        "STATUS",
        "TRANSP",
        "URL",
        "END",
    }
)
_MOST_CHANGES = 2**31 - 2  # RFC 5545's integers, with room for one more

Moment = date | datetime
"""A day, or a local time without a zone."""


class Span(NamedTuple):
    """When an event begins and, exclusive, ends."""

    begins: Moment
    ends: Moment

    @property
    def day(self) -> date:
        """The day on which it begins."""
        return self.begins.date() if isinstance(self.begins, datetime) else self.begins


class WrittenEvent(NamedTuple):
    """An event as a calendar's file has it.

    Attributes:
        lesson: Full id of its lesson.
        sequence: How often it was changed.
        stamp: When it was last changed, aware.
        text: Its lines, each with its end.
    """

    uid: str
    lesson: str
    span: Span
    sequence: int
    stamp: datetime
    is_live: bool
    text: str


Written = Mapping[str, WrittenEvent]
"""Events by their UIDs."""


def calendar_domain(progress: Progress) -> str:
    """What stands behind the `@` of a UID: the journal's id, as far as it may there.

    Short enough that the line which marks a calendar as the journal's is not folded.
    """
    return re.sub("[^0-9A-Za-z-]", "", progress.journal or "")[:40] or "llmpath"


def parse_calendar(data: bytes, name: str, progress: Progress) -> Written:
    """Read a calendar that an export of this journal wrote.

    Args:
        name: What errors call the file.

    Raises:
        LlmpathError: It is something else.
        RefusedInputError: It was written here and is not whole, with every fault.
    """
    domain = calendar_domain(progress)
    lines = _lines_of(data)
    closing = BEGIN if BEGIN in lines else FOOT
    head = lines[: lines.index(closing)] if closing in lines else []
    if f"{MARK}:{domain}" not in head:
        raise LlmpathError(
            f"{name} is there already",
            detail=("it is not a calendar of this journal",),
            remedy="add --force",
        )
    chunks = _chunks(lines, len(head))
    if chunks is None or any(line.startswith("BEGIN:") for line in head[1:]):
        raise _refusal(name, [(None, "not as llmpath writes it")])
    events: dict[str, WrittenEvent] = {}
    odd: list[tuple[int | None, str]] = []
    for number, chunk in chunks:
        event = _parse_event(chunk, domain)
        if event is None or event.uid in events:
            odd.append((number, "not an event as llmpath writes it"))
        else:
            events[event.uid] = event
    if odd:
        raise _refusal(name, odd)
    return events


def _refusal(name: str, odd: Iterable[tuple[int | None, str]]) -> RefusedInputError:
    remedy = "add --force to begin the calendar anew"
    faults = tuple(Fault(name, "", number, reason, remedy) for number, reason in odd)
    return RefusedInputError(f"{name} is not a whole calendar", faults)


def _lines_of(data: bytes) -> list[str]:
    """The lines of a calendar; none of what is no text, or too much."""
    if len(data) > SIZE_LIMIT or data.count(BEGIN.encode()) > EVENT_LIMIT:
        return []
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return []
    return text.replace("\r\n", "\n").split("\n")


def _chunks(lines: list[str], at: int) -> list[tuple[int, list[str]]] | None:
    """Each event's lines behind the first one's number; None if others are there."""
    chunks = []
    try:
        while lines[at] == BEGIN:
            end = lines.index(END, at) + 1
            chunks.append((at + 1, lines[at:end]))
            at = end
    except (ValueError, IndexError):
        return None
    return chunks if lines[at:] == [FOOT, ""] else None


def _parse_event(lines: list[str], domain: str) -> WrittenEvent | None:
    """An event of a file; None if no export wrote it."""
    text = "".join(f"{line}\r\n" for line in lines)
    event = _plain_event(lines, text)
    if event is None:
        return None
    uid, status, sequence = (event.get(each) for each in ("UID", "STATUS", "SEQUENCE"))
    lesson = _lesson_of(uid, domain) if isinstance(uid, str) else None
    span = _span_of(event)
    stamp = getattr(event.get("DTSTAMP"), "dt", None)
    if lesson is None or span is None or status not in [LIVE, CANCELLED]:
        return None
    if not isinstance(sequence, int) or not 0 <= sequence <= _MOST_CHANGES:
        return None
    if not isinstance(stamp, datetime) or stamp.utcoffset() != timedelta():
        return None
    is_live = status == LIVE
    return WrittenEvent(str(uid), lesson, span, int(sequence), stamp, is_live, text)


def _plain_event(lines: list[str], text: str) -> Component | None:
    """An event without properties that no export writes, or unreadable ones."""
    names = [re.split("[:;]", line)[0] for line in lines if not line.startswith(" ")]
    if len({*names}) < len(names) or not _NAMES.issuperset(names):
        return None
    try:
        event = Event.from_ical(text)
    except ValueError:
        return None
    return None if event.errors else event


def _lesson_of(uid: str, domain: str) -> str | None:
    """The full id of the lesson that a UID names; None if it is of another form."""
    names = rf"({_SLUG})\.({_SLUG})\.({_SLUG})\.[0-9]{{1,9}}"
    found = re.fullmatch(rf"{names}@{domain}", uid)
    return f"{found[1]}:{found[2]}/{found[3]}" if found else None


def _span_of(event: Component) -> Span | None:
    """Days, or times without a zone; None where it has neither or both."""
    begins, ends = (
        getattr(event.get(each), "dt", None) for each in ("DTSTART", "DTEND")
    )
    if isinstance(begins, datetime) and isinstance(ends, datetime):
        is_local = begins.tzinfo is None and ends.tzinfo is None
        return Span(begins, ends) if is_local else None
    if type(begins) is date and type(ends) is date:
        return Span(begins, ends)
    return None
