"""Each type of event is written with the contract's keys and read back as it was."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType

import pytest
from hypothesis import given, settings

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
    RecordsVoided,
    SettingSet,
    StudyLogged,
    TargetSet,
    TrackStarted,
    UnknownEvent,
)
from llmpath.storage.records import decode_record, decode_records, encode_record
from tests.builders import TODAY, a_record
from tests.storage.journal_values import EVENTS, a_document, compact, signed

WRITTEN: list[tuple[Event, str]] = [
    (
        TrackStarted(("llmpath:short",), TODAY, "llmpath", "2026.11", "j7"),
        (
            '"tracks":["llmpath:short"],"from":"2026-11-20",'
            '"curriculum":"llmpath","edition":"2026.11","journal":"j7"'
        ),
    ),
    (
        TrackStarted((), TODAY, "llmpath", "2026.11"),
        '"tracks":[],"from":"2026-11-20","curriculum":"llmpath","edition":"2026.11"',
    ),
    (
        AvailabilitySet(TODAY, (60, 60, 60, 60, 60, 0, 90)),
        '"from":"2026-11-20","minutes":[60,60,60,60,60,0,90]',
    ),
    (
        LeaveSet({TODAY: 0, date(2026, 11, 21): None}),
        '"days":{"2026-11-20":0,"2026-11-21":null}',
    ),
    (
        LeaveSet({}, TODAY, changes_break=True),
        '"days":{},"open_from":"2026-11-20"',
    ),
    (LeaveSet({}, None, changes_break=True), '"days":{},"open_from":null'),
    (TargetSet(TODAY), '"date":"2026-11-20"'),
    (TargetSet(None), '"date":null'),
    (SettingSet("plan.buffer", 0.15), '"key":"plan.buffer","value":0.15'),
    (SettingSet("plan.buffer", None), '"key":"plan.buffer","value":null'),
    (
        PlanAccepted(
            0.8, 0.15, (PlannedWeek(date(2026, 11, 16), ("a/b",)),), TODAY, 300
        ),
        (
            '"velocity":0.8,"buffer":0.15,"weeks":[{"start":"2026-11-16",'
            '"lessons":["a/b"]}],"finish":"2026-11-20","minutes":300'
        ),
    ),
    (
        LessonsCompleted({"a/b": 45}, "2026.11"),
        '"lessons":{"a/b":45},"edition":"2026.11"',
    ),
    (LessonsSkipped(("a/b",), known=True), '"lessons":["a/b"],"known":true'),
    (LessonsIncluded(("a/b",)), '"lessons":["a/b"]'),
    (LessonDeferred("a/b", TODAY), '"lesson":"a/b","until":"2026-11-20"'),
    (LessonDeferred("a/b", None), '"lesson":"a/b","until":null'),
    (LessonsReopened({"a/b": ("r1", "r2")}), '"lessons":{"a/b":["r1","r2"]}'),
    (StudyLogged("a/b", 25), '"id":"a/b","minutes":25'),
    (NoteAdded("a/b", 'é "x"'), r'"id":"a/b","text":"\u00e9 \"x\""'),
    (
        CurriculumStored("own", "2", "own.1a2b.json"),
        '"curriculum":"own","edition":"2","file":"own.1a2b.json"',
    ),
    (
        CurriculumStored("own", "2", None),
        '"curriculum":"own","edition":"2","file":null',
    ),
    (LinkReplaced("a/b", "https://a.b"), '"id":"a/b","url":"https://a.b"'),
    (LinkReplaced("a/b", None), '"id":"a/b","url":null'),
    (LessonsLinked(("a/b", "c/d")), '"lessons":["a/b","c/d"]'),
    (RecordsVoided(("r1",)), '"records":["r1"]'),
]

STARTED = '{"tracks":%s,"from":"2026-11-20","curriculum":"","edition":""}'
PLAN = '{"velocity":%s,"buffer":%s,"weeks":%s,"finish":null,"minutes":1}'


@pytest.mark.parametrize(
    "examples", [25, pytest.param(1000, marks=pytest.mark.thorough)]
)
@pytest.mark.parametrize("kind", EVENTS)
def test_each_type_of_event_comes_back(kind: str, examples: int) -> None:
    @settings(max_examples=examples)
    @given(EVENTS[kind])
    def check(event: Event) -> None:
        record = a_record(event)
        assert decode_record(encode_record(record)) == record

    check()


@pytest.mark.parametrize(("event", "payload"), WRITTEN, ids=str)
def test_an_event_is_written_with_the_keys_of_the_contract(
    event: Event, payload: str
) -> None:
    line = encode_record(a_record(event)).decode()
    kind = type(event).__name__

    assert f'"events":[{{"type":"{kind}",{payload}}}],"crc":' in line
    assert decode_record(line.encode()).events == (event,)


def test_a_mapping_that_cannot_be_changed_is_written_as_any_other() -> None:
    lessons = {"a/b": 45}
    proxied, plain = (
        encode_record(a_record(LessonsCompleted(each, "2026.11")))
        for each in (MappingProxyType(lessons), lessons)
    )

    assert proxied == plain


def test_every_type_of_event_is_among_those_written() -> None:
    kinds = {type(event).__name__ for event, _ in WRITTEN}

    assert kinds | {"UnknownEvent"} == EVENTS.keys()


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("TrackStarted", STARTED % "[1]"),
        ("AvailabilitySet", '{"from":"2026-11-20","minutes":[1,2,3,4,5,6]}'),
        ("AvailabilitySet", '{"from":"2026-11-20","minutes":[1,2,3,4,5,6,1441]}'),
        ("LeaveSet", '{"days":{"tomorrow":0}}'),
        ("LeaveSet", '{"days":{},"open_from":1}'),
        ("TargetSet", '{"date":true}'),
        ("SettingSet", '{"key":"plan.buffer","value":1e999}'),
        ("SettingSet", '{"key":"plan.buffer","value":true}'),
        ("PlanAccepted", PLAN % ("1e999", "0", "[]")),
        ("PlanAccepted", PLAN % ("0", "0", "[]")),
        ("PlanAccepted", PLAN % ("1", "2", "[]")),
        ("PlanAccepted", PLAN % ("1", "0", "[1]")),
        ("LessonsCompleted", '{"lessons":{"a/b":1.5},"edition":""}'),
        ("LessonsCompleted", '{"lessons":["a/b"],"edition":""}'),
        ("LessonsSkipped", '{"lessons":["a/b"],"known":1}'),
        ("LessonsReopened", '{"lessons":{"a/b":"r1"}}'),
        ("StudyLogged", '{"id":1,"minutes":1}'),
        ("NoteAdded", '{"id":"a/b","text":null}'),
        ("RecordsVoided", '{"records":"r1"}'),
    ],
)
def test_a_payload_that_does_not_fit_damages_the_line_but_not_of_a_newer_record(
    kind: str, payload: str
) -> None:
    event = f'{{"type":"{kind}",{payload[1:]}'
    text = compact(a_document("event"))

    with pytest.raises(ValueError, match=r"^(not|.* (is|are)) "):
        decode_record(signed(text.replace('"event"', event)))
    newer = text.replace('"event"', event).replace('"v":1', '"v":2')
    assert decode_record(signed(newer)).events == (UnknownEvent(kind),)


def test_a_newer_record_whose_events_fit_is_read_and_noticed() -> None:
    logged = {"type": "StudyLogged", "id": "a/b", "minutes": 25, "mood": "fine"}
    line = signed(a_document(logged, {"type": "Later", "x": 1}, v=99, more={"y": []}))
    found, faults, newer = decode_records([line])

    assert (len(found), faults, newer) == (1, [], {"b7tzxvdszmmv6luq"})
    assert found[0].events == (StudyLogged("a/b", 25), UnknownEvent("Later"))
