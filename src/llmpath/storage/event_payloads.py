"""Events as the JSON objects of a journal's line.

Reading checks the type and the bounds of every value, so that the folds and the
planner never meet a boolean for a number, an infinity or a number without end.
Failures are `ValueError` with a short reason, or `KeyError` with a missing key.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from llmpath.core.events import (
    GREATEST_COUNTER,
    NOTHING_STATED,
    AvailabilitySet,
    CurriculumStored,
    Event,
    LeaveSet,
    LessonDeferred,
    LessonsCompleted,
    LessonsIncluded,
    LessonsLinked,
    LessonsReopened,
    LessonsSkipped,
    LinkReplaced,
    NoteAdded,
    PlanAccepted,
    PlannedWeek,
    RecordsVoided,
    SettingSet,
    Stated,
    StudyLogged,
    TargetSet,
    TrackStarted,
    UnknownEvent,
)
from llmpath.storage.checked_values import (
    DAYS,
    Payload,
    checked_day,
    checked_day_or_none,
    checked_minutes,
    checked_object,
    checked_share,
    checked_text,
    checked_texts,
)

make_tuple = tuple.__new__
"""Makes a named tuple of its fields in 0.1 us where the class itself takes 0.35."""

_DAY_MINUTES = 24 * 60
_MOST_MINUTES = 10_000_000  # 19 years without sleep


def decode_event(payload: Any) -> Event:  # noqa: ANN401  # it comes out of JSON
    """Read an event; one of unknown type is kept as such.

    Raises:
        ValueError: A value does not fit.
        KeyError: A value is missing.
    """
    if type(payload) is not dict:
        raise ValueError("an event is not an object")
    kind = payload["type"]
    if type(kind) is not str:
        raise ValueError("the type of an event is not text")
    decode = _DECODERS.get(kind)
    return UnknownEvent(kind) if decode is None else decode(payload)


def decode_newer_event(payload: Any) -> Event:  # noqa: ANN401  # as above
    """Read an event of a newer record, whose known types may have changed."""
    try:
        return decode_event(payload)
    except (ValueError, KeyError):
        if type(payload) is not dict or type(payload.get("type")) is not str:
            raise
        return UnknownEvent(payload["type"])


def encode_event(event: Event) -> Payload:
    """Write an event as a JSON object, `type` first."""
    return {"type": _type_of(event), **_payload_of(event)}


def encode_stated(stated: Stated) -> Payload | None:
    """Write the forecast shown; null where there was none."""
    if stated == NOTHING_STATED:
        return None
    p50, p80, minutes, day = stated
    return {"p50": _iso(p50), "p80": _iso(p80), "minutes": minutes, "day": _iso(day)}


def decode_stated(payload: Any) -> Stated:  # noqa: ANN401  # as above
    """Read the forecast shown; one that cannot be read is none.

    What the learner did stands in the same record and must not be lost with it.
    """
    try:
        minutes = payload["minutes"]
        if minutes is not None:
            low, high = (checked_minutes(each, _MOST_MINUTES) for each in minutes)
            minutes = (min(low, high), max(low, high))
        p50, p80 = (checked_day_or_none(payload, each) for each in ("p50", "p80"))
        day = checked_day_or_none(payload, "day") if "day" in payload else None
        return Stated(p50, p80, minutes, day)
    except (ValueError, KeyError, TypeError):
        return NOTHING_STATED


def _type_of(event: Event) -> str:
    return event.type if isinstance(event, UnknownEvent) else type(event).__name__


def _payload_of(event: Event) -> Payload:
    match event:
        case TrackStarted():
            payload = _started_payload(event)
        case AvailabilitySet():
            payload = {"from": event.from_day.isoformat(), "minutes": event.minutes}
        case LeaveSet():
            payload = _leave_payload(event)
        case TargetSet():
            payload = {"date": _iso(event.day)}
        case PlanAccepted():
            payload = _plan_payload(event)
        case LessonDeferred():
            payload = {"lesson": event.lesson, "until": _iso(event.until)}
        case UnknownEvent():
            payload = {}
        case _:  # the names of the fields are the keys
            payload = event._asdict()
    return payload


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _started_payload(event: TrackStarted) -> Payload:
    payload: Payload = {
        "tracks": event.tracks,
        "from": event.from_day.isoformat(),
        "curriculum": event.curriculum,
        "edition": event.edition,
    }
    return payload if event.journal is None else {**payload, "journal": event.journal}


def _leave_payload(event: LeaveSet) -> Payload:
    payload: Payload = {
        "days": {day.isoformat(): minutes for day, minutes in event.days.items()}
    }
    if event.changes_break:
        payload["open_from"] = _iso(event.open_from)
    return payload


def _plan_payload(event: PlanAccepted) -> Payload:
    return {
        "velocity": event.velocity,
        "buffer": event.buffer,
        "weeks": [
            {"start": week.start.isoformat(), "lessons": week.lessons}
            for week in event.weeks
        ],
        "finish": _iso(event.finish),
        "minutes": event.minutes,
    }


def _track_started(payload: Payload) -> Event:
    return TrackStarted(
        checked_texts(payload["tracks"], "tracks"),
        checked_day(payload, "from"),
        checked_text(payload, "curriculum"),
        checked_text(payload, "edition"),
        checked_text(payload, "journal") if "journal" in payload else None,
    )


def _availability_set(payload: Payload) -> Event:
    week = payload["minutes"]
    if type(week) is not list or len(week) != 7:
        raise ValueError("minutes are not seven weekdays")
    mon, tue, wed, thu, fri, sat, sun = (
        checked_minutes(each, _DAY_MINUTES) for each in week
    )
    return AvailabilitySet(
        checked_day(payload, "from"), (mon, tue, wed, thu, fri, sat, sun)
    )


def _leave_set(payload: Payload) -> Event:
    days = {
        DAYS[day]: None if minutes is None else checked_minutes(minutes, _DAY_MINUTES)
        for day, minutes in checked_object(payload, "days").items()
    }
    if "open_from" not in payload:
        return LeaveSet(days)
    return LeaveSet(days, checked_day_or_none(payload, "open_from"), changes_break=True)


def _target_set(payload: Payload) -> Event:
    return TargetSet(checked_day_or_none(payload, "date"))


def _setting_set(payload: Payload) -> Event:
    value = payload["value"]
    if type(value) is str or value is None:
        return SettingSet(checked_text(payload, "key"), value)
    is_number = type(value) is int or type(value) is float
    if not is_number or not -GREATEST_COUNTER <= value <= GREATEST_COUNTER:
        raise ValueError("value is neither text nor a number in reach")
    return SettingSet(checked_text(payload, "key"), value)


def _plan_accepted(payload: Payload) -> Event:
    weeks = payload["weeks"]
    if type(weeks) is not list or any(type(each) is not dict for each in weeks):
        raise ValueError("weeks are not a list of objects")
    velocity = checked_share(payload, "velocity", 1000)
    if not velocity:
        raise ValueError("velocity is 0")
    return PlanAccepted(
        velocity,
        checked_share(payload, "buffer", 1),
        tuple(
            PlannedWeek(
                checked_day(each, "start"), checked_texts(each["lessons"], "lessons")
            )
            for each in weeks
        ),
        checked_day_or_none(payload, "finish"),
        checked_minutes(payload["minutes"], _MOST_MINUTES),
    )


def _lessons_completed(payload: Payload) -> Event:
    lessons, edition = payload["lessons"], payload["edition"]
    if type(lessons) is not dict or type(edition) is not str:
        raise ValueError("lessons are not an object or edition is not text")
    for minutes in lessons.values():
        checked_minutes(minutes, _MOST_MINUTES)
    return make_tuple(LessonsCompleted, (lessons, edition))


def _lessons_skipped(payload: Payload) -> Event:
    known = payload["known"]
    if type(known) is not bool:
        raise ValueError("known is neither true nor false")
    return LessonsSkipped(checked_texts(payload["lessons"], "lessons"), known)


def _lessons_included(payload: Payload) -> Event:
    return LessonsIncluded(checked_texts(payload["lessons"], "lessons"))


def _lesson_deferred(payload: Payload) -> Event:
    return LessonDeferred(
        checked_text(payload, "lesson"), checked_day_or_none(payload, "until")
    )


def _lessons_reopened(payload: Payload) -> Event:
    lessons = checked_object(payload, "lessons")
    return LessonsReopened(
        {
            lesson: checked_texts(records, "records")
            for lesson, records in lessons.items()
        }
    )


def _study_logged(payload: Payload) -> Event:
    name, minutes = payload["id"], payload["minutes"]
    if type(name) is not str:
        raise ValueError("id is not text")
    # as `checked_minutes`, without a call: most records of a journal are these
    if type(minutes) is not int or not 0 <= minutes <= _MOST_MINUTES:
        raise ValueError(f"minutes are not a whole number up to {_MOST_MINUTES}")
    return make_tuple(StudyLogged, (name, minutes))


def _note_added(payload: Payload) -> Event:
    name, text = payload["id"], payload["text"]
    if not type(name) is type(text) is str:
        raise ValueError("id or text is not text")
    return make_tuple(NoteAdded, (name, text))


def _curriculum_stored(payload: Payload) -> Event:
    return CurriculumStored(
        checked_text(payload, "curriculum"),
        checked_text(payload, "edition"),
        _text_or_none(payload, "file"),
    )


def _link_replaced(payload: Payload) -> Event:
    return LinkReplaced(checked_text(payload, "id"), _text_or_none(payload, "url"))


def _text_or_none(payload: Payload, key: str) -> str | None:
    return None if payload[key] is None else checked_text(payload, key)


def _lessons_linked(payload: Payload) -> Event:
    return LessonsLinked(checked_texts(payload["lessons"], "lessons"))


def _records_voided(payload: Payload) -> Event:
    return RecordsVoided(checked_texts(payload["records"], "records"))


_DECODERS: dict[str, Callable[[Payload], Event]] = {
    "TrackStarted": _track_started,
    "AvailabilitySet": _availability_set,
    "LeaveSet": _leave_set,
    "TargetSet": _target_set,
    "SettingSet": _setting_set,
    "PlanAccepted": _plan_accepted,
    "LessonsCompleted": _lessons_completed,
    "LessonsSkipped": _lessons_skipped,
    "LessonsIncluded": _lessons_included,
    "LessonDeferred": _lesson_deferred,
    "LessonsReopened": _lessons_reopened,
    "StudyLogged": _study_logged,
    "NoteAdded": _note_added,
    "CurriculumStored": _curriculum_stored,
    "LinkReplaced": _link_replaced,
    "LessonsLinked": _lessons_linked,
    "RecordsVoided": _records_voided,
}
