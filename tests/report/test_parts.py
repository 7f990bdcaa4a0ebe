from __future__ import annotations

from llmpath.core.events import StudyLogged
from llmpath.report.next import next_document
from tests.builders import TODAY, a_record
from tests.report.example_views import HEADS_OBJECT, next_on
from tests.report.examples import (
    ADAPTERS,
    HEADS,
    MONDAY,
    SCORES,
    a_start,
    as_text,
    completed,
    objects,
)

ALL_DONE = completed(SCORES.id, HEADS.id, ADAPTERS.id)


def test_two_parts_of_a_lesson_on_one_day_are_one_sitting() -> None:
    begun = a_record(StudyLogged(HEADS.id, 30), n=3)
    view = next_on(MONDAY, a_start(), completed(SCORES.id), begun)
    (heads,) = objects(next_document(view), "lessons")
    assert as_text(heads) == as_text(
        {
            **HEADS_OBJECT,
            "left_minutes": 90,
            "planned": "2026-11-23",
            "status": "active",
            "now_minutes": 60,
            "part": 2,
            "last_part": 3,
            "parts": 4,
        }
    )


def test_a_lesson_outside_the_plan_has_no_day_and_no_part() -> None:
    view = next_on(TODAY, a_start(), completed(SCORES.id, HEADS.id, ADAPTERS.id))
    (origins,) = objects(next_document(view), "lessons")
    absent = ("planned", "now_minutes", "part", "last_part", "parts")
    assert [origins[key] for key in absent] == [None] * 5
    assert origins["id"] == "extras/origins"
