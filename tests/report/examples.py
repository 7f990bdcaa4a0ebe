"""One small course of study, so that reports can be compared whole."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import cast

from llmpath.core.availability import WeekMinutes
from llmpath.core.curriculum import Price
from llmpath.core.events import (
    AvailabilitySet,
    Event,
    LessonsCompleted,
    NoteAdded,
    Record,
    TargetSet,
    TrackStarted,
)
from llmpath.core.folding import fold
from llmpath.core.scheduling import make_plan
from llmpath.core.situation import Situation, make_situation
from llmpath.report.parts import Document
from tests.builders import TODAY, a_curriculum, a_lesson, a_module, a_record, a_track

WEEK: WeekMinutes = (60, 60, 60, 60, 60, 0, 0)
SUNDAY = TODAY + timedelta(days=2)
MONDAY = TODAY + timedelta(days=3)

SCORES = a_lesson("llmpath:attention/scores", 30)
HEADS = a_lesson("llmpath:attention/heads", 120)._replace(stop="1:02:00", kind="video")
ADAPTERS = a_lesson("llmpath:tuning/adapters", 40, kind="lab", access="paid")._replace(
    stop="The last layer", needs=("gpu", "laptop"), machine_minutes=90, basis="recalled"
)
ORIGINS = a_lesson("llmpath:extras/origins", 25, access="account")._replace(
    basis="estimated", source="counted words", needs=("unknown",)
)

ATTENTION = a_module("attention", [SCORES, HEADS], note="Watch the figures.")
TUNING = a_module("tuning", [ADAPTERS], after=["attention"])._replace(
    price=Price("about US$49 a month", "a subscription", "recalled", None),
    assumes=("Python",),
)
EXTRAS = a_module("extras", [ORIGINS])
SHORT = a_track("short", [ATTENTION, TUNING, (EXTRAS, True)], phases=2)
CURRICULUM = a_curriculum([SHORT], [ATTENTION, TUNING, EXTRAS])


def a_start(
    *events: Event,
    week: WeekMinutes = WEEK,
    target: date | None = None,
    first: date = TODAY,
) -> Record:
    """The record of `start`, with the plan that it accepts."""
    begun: list[Event] = [
        TrackStarted((SHORT.id,), first, "llmpath", "2026.11", "journal"),
        AvailabilitySet(TODAY, week),
        *events,
    ]
    if target is not None:
        begun.append(TargetSet(target))
    situation = make_situation(CURRICULUM, fold([a_record(*begun)]), TODAY)
    return a_record(*begun, make_plan(situation))


def situation_on(day: date, *records: Record) -> Situation:
    """The situation after some records; without any, after a plain start."""
    return make_situation(CURRICULUM, fold(records or [a_start()]), day)


def completed(*lessons: str, day: date = TODAY, n: int = 2) -> Record:
    """A record that completes lessons."""
    minutes = {each: CURRICULUM.lessons[each].minutes for each in lessons}
    return a_record(LessonsCompleted(minutes, "2026.11"), n=n, day=day)


def with_note(thing: str, text: str, day: date = TODAY, n: int = 3) -> Record:
    """A record with a note."""
    return a_record(NoteAdded(thing, text), n=n, day=day)


def objects(document: Document, key: str) -> list[Document]:
    """A list of objects in a document."""
    return cast("list[Document]", document[key])


def as_text(document: object) -> str:
    """A document as JSON: two that are equal have the same keys in the same order."""
    return json.dumps(document, indent=1)
