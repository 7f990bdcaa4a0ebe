"""Records for the tests of the journal, drawn and written."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any
from zlib import crc32

from hypothesis import strategies as st

from llmpath.core.events import (
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
    Record,
    RecordsVoided,
    SettingSet,
    Stated,
    StudyLogged,
    TargetSet,
    TrackStarted,
    UnknownEvent,
)
from llmpath.storage.device import Device, draw_device, keep_device
from llmpath.storage.journal import read_journal
from llmpath.storage.journal_writing import write_journal
from llmpath.storage.paths import Places, find_places
from llmpath.storage.records import encode_record
from tests.builders import TODAY

texts = st.text(max_size=20)
names = st.lists(texts, max_size=3).map(tuple)
days = st.dates(date(1900, 1, 1), date(2999, 12, 31))
day_minutes = st.integers(0, 24 * 60)
minutes = st.integers(0, 10_000)
shares = st.floats(0, 1)

EVENTS: dict[str, st.SearchStrategy[Event]] = {
    "TrackStarted": st.builds(
        TrackStarted, names, days, texts, texts, st.none() | texts
    ),
    "AvailabilitySet": st.builds(AvailabilitySet, days, st.tuples(*[day_minutes] * 7)),
    "LeaveSet": st.dictionaries(days, st.none() | day_minutes, max_size=3).map(LeaveSet)
    | st.builds(
        LeaveSet,
        st.dictionaries(days, day_minutes, max_size=2),
        open_from=st.none() | days,
        changes_break=st.just(value=True),
    ),
    "TargetSet": st.builds(TargetSet, st.none() | days),
    "SettingSet": st.builds(
        SettingSet,
        texts,
        st.none()
        | texts
        | st.integers(-(2**53) + 1, 2**53 - 1)
        | st.floats(-1e15, 1e15),
    ),
    "PlanAccepted": st.builds(
        PlanAccepted,
        st.floats(0.01, 100),
        shares,
        st.lists(st.builds(PlannedWeek, days, names), max_size=3).map(tuple),
        st.none() | days,
        minutes,
    ),
    "LessonsCompleted": st.builds(
        LessonsCompleted, st.dictionaries(texts, minutes, max_size=3), texts
    ),
    "LessonsSkipped": st.builds(LessonsSkipped, names, st.booleans()),
    "LessonsIncluded": st.builds(LessonsIncluded, names),
    "LessonDeferred": st.builds(LessonDeferred, texts, st.none() | days),
    "LessonsReopened": st.builds(
        LessonsReopened, st.dictionaries(texts, names, max_size=3)
    ),
    "StudyLogged": st.builds(StudyLogged, texts, minutes),
    "NoteAdded": st.builds(NoteAdded, texts, texts),
    "CurriculumStored": st.builds(CurriculumStored, texts, texts, st.none() | texts),
    "LinkReplaced": st.builds(LinkReplaced, texts, st.none() | texts),
    "LessonsLinked": st.builds(LessonsLinked, names),
    "RecordsVoided": st.builds(RecordsVoided, names),
    "UnknownEvent": st.builds(UnknownEvent, texts.map("Later".__add__)),
}

counters = st.integers(1, 2**53 - 1)
records = st.builds(
    Record,
    st.text(min_size=1, max_size=16),
    texts,
    counters,
    counters,
    texts,
    days,
    texts,
    st.lists(st.one_of(*EVENTS.values()), max_size=3).map(tuple),
    st.booleans(),
    st.none()
    | st.builds(
        Stated,
        st.none() | days,
        st.none() | days,
        st.none() | st.tuples(st.integers(0, 99), st.integers(100, 9999)),
        st.none() | days,
    ),
)


def signed(document: dict[str, Any] | str) -> bytes:
    """A line with a true checksum, whatever it holds."""
    text = document if isinstance(document, str) else compact(document)
    body = text.encode()
    return body[:-1] + b',"crc":"%08x"}' % crc32(body)


def compact(document: object) -> str:
    return json.dumps(document, separators=(",", ":"))


def a_document(*events: object, **changed: object) -> dict[str, Any]:
    return {
        "id": "b7tzxvdszmmv6luq",
        "v": 1,
        "device": "laptop-7f3a",
        "n": 3,
        "lamport": 5,
        "at": "2026-11-20T21:14:05.120+01:00",
        "day": "2026-11-20",
        "command": "log scores 25",
        "events": list(events),
        **changed,
    }


def a_home(folder: Path) -> Places:
    return find_places(folder, "5a11c0de")


def an_identity(places: Places) -> Device:
    """Give a machine an identity, as its first record does."""
    device = draw_device()
    keep_device(places, device)
    return device


def save(
    places: Places, *events: Event, day: date = TODAY, given_today: bool = False
) -> Record:
    """Append a record as a command does: read, decide and append under the lock."""
    with write_journal(places) as writer:
        return writer.append(
            at=f"{day}T20:00:00.000+01:00",
            day=day,
            command="a test",
            events=events,
            journal=read_journal(places, writer.device),
            given_today=given_today,
        )


def read(places: Places) -> tuple[Record, ...]:
    return read_journal(places, None).records


def put(folder: Path, name: str, *written: Record) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(b"".join(map(encode_record, written)))
    return path
