from __future__ import annotations

import pytest

from llmpath.core.curriculum import Alternative, Module
from llmpath.report.show import (
    show_document,
    show_sentences,
    show_track_document,
    show_track_sentences,
)
from tests.builders import a_lesson, a_module
from tests.report.example_views import NEEDED, a_track_view, shown
from tests.report.examples import (
    ADAPTERS,
    ATTENTION,
    HEADS,
    SCORES,
    TUNING,
    as_text,
)

ADAPTERS_OBJECT = {
    "id": "tuning/adapters",
    "title": "Adapters",
    "url": "https://example.org/adapters",
    "kind": "lab",
    "minutes": 40,
    "optional": False,
    "access": "paid",
    "needs": ["gpu", "laptop"],
    "status": "blocked",
    "known": False,
}
PRICE = {
    "amount": "about US$49 a month",
    "what_for": "a subscription",
    "basis": "recalled",
    "checked": None,
}


def test_the_document_of_a_module_has_the_contracts_keys_and_then_ours() -> None:
    view = shown(
        TUNING._replace(
            note="Rented GPUs do.",
            alternatives=(Alternative("A talk", "https://example.org/t", "others"),),
        )
    )._replace(unlocks=(ATTENTION,))
    assert as_text(show_document(view)) == as_text(
        {
            "schema": "llmpath/show/1",
            "kind": "module",
            "id": "tuning",
            "title": "Tuning",
            "url": "https://example.org/tuning",
            "access": "paid",
            "price": PRICE,
            "note": "Rented GPUs do.",
            "outcomes": ["Explain tuning"],
            "prerequisites": [
                {
                    "id": "attention",
                    "reason": "adapters sit beside it",
                    "met": False,
                    "title": "Attention",
                    "binds": True,
                }
            ],
            "unlocks": ["attention"],
            "lessons": [ADAPTERS_OBJECT],
            "notes": [{"day": "2026-11-20", "text": "Try\nrank 8"}],
            "sources": [
                {
                    "lesson": "tuning/adapters",
                    "basis": "recalled",
                    "source": "stated on the page",
                }
            ],
            "module": "tuning",
            "status": "blocked",
            "stop": None,
            "minutes": 40,
            "logged_minutes": 15,
            "planned": "2026-11-20",
            "tracks": ["short"],
            "authors": ["An Author"],
            "provider": "A Provider",
            "year": 2024,
            "assumes": ["Python"],
            "alternatives": [
                {
                    "title": "A talk",
                    "url": "https://example.org/t",
                    "audience": "others",
                }
            ],
            "own_link": False,
        }
    )


def test_a_lesson_is_shown_by_its_own_title_link_and_source() -> None:
    document = show_document(shown(ATTENTION, HEADS))
    keys = ("kind", "id", "title", "url", "access", "price", "stop", "minutes")
    assert [document[key] for key in keys] == [
        "lesson",
        "attention/heads",
        "Heads",
        "https://example.org/heads",
        "free",
        None,
        "1:02:00",
        120,
    ]
    assert document["sources"] == [
        {
            "lesson": "attention/heads",
            "basis": "published",
            "source": "stated on the page",
        }
    ]


def a_mixed_module(*, only_optional: bool) -> Module:
    return a_module(
        "mixed",
        [
            a_lesson("llmpath:mixed/first", 10, optional=only_optional),
            a_lesson("llmpath:mixed/second", 20, optional=True, access="paid"),
        ],
    )


@pytest.mark.parametrize(
    ("only_optional", "access", "minutes", "sentence"),
    [
        (False, "free", 10, "1 required lesson, 10 minutes"),
        (True, "paid", 30, "2 optional lessons, 30 minutes"),
    ],
)
def test_a_module_is_judged_by_its_required_lessons_or_else_by_all(
    access: str, minutes: int, sentence: str, *, only_optional: bool
) -> None:
    view = shown(a_mixed_module(only_optional=only_optional))
    document = show_document(view)
    assert (document["access"], document["minutes"]) == (access, minutes)
    assert sentence in show_sentences(view)


def test_show_of_a_module_says_everything_with_the_link_last() -> None:
    view = shown(
        TUNING._replace(
            note="Rented GPUs do.",
            added=True,
            study_minutes=90,
            alternatives=(Alternative("A talk", "https://example.org/t", "others"),),
        )
    )._replace(unlocks=(ATTENTION,))
    assert show_sentences(view) == [
        "Module: Tuning, id tuning",
        "By: An Author, A Provider, 2024",
        "Format: article",
        "1 required lesson, 40 minutes",
        "Study time: 1 hour 30 minutes, stated by the source",
        "Price: about US$49 a month (a subscription), from memory, not checked",
        "Our addition, not named by the document",
        "Status: later: after Attention",
        "Logged: 15 minutes",
        "Planned: Friday 20 November 2026",
        "Track: Short",
        "Note: Rented GPUs do.",
        "Outcome: Explain tuning",
        "Assumes: Python",
        "Needs Attention, still open: adapters sit beside it",
        "Unlocks: Attention, id attention",
        "Lesson: Adapters, later, 40 minutes, lab, costs money, id tuning/adapters",
        "Your note of Friday 20 November 2026: Try rank 8",
        "Instead, for others: A talk, link https://example.org/t",
        "Link: https://example.org/tuning",
    ]


def test_show_of_a_lesson_says_how_its_minutes_are_known() -> None:
    met = NEEDED._replace(is_met=True)
    view = shown(TUNING, ADAPTERS)._replace(
        status="ready",
        prerequisites=(met,),
        notes=(),
        logged=0,
        planned=None,
        tracks=(),
    )
    assert show_sentences(view) == [
        "Lesson: Adapters, id tuning/adapters",
        "Module: Tuning, id tuning",
        "Kind: lab",
        "Time: 40 minutes, from memory, not checked",
        "How the minutes are known: stated on the page",
        "Stop after: The last layer",
        "Costs money: about US$49 a month (a subscription), from memory, not checked",
        "Needs a GPU",
        "The computer works 1 hour 30 minutes by itself",
        "Status: open",
        "In no track",
        "Outcome: Explain tuning",
        "Assumes: Python",
        "Needs Attention, met: adapters sit beside it",
        "Link: https://example.org/adapters",
    ]


@pytest.mark.parametrize(
    ("basis", "words"),
    [
        ("published", "stated by the source"),
        ("recalled", "from memory, not checked"),
        ("estimated", "our estimate"),
    ],
)
def test_each_basis_has_its_everyday_words(basis: str, words: str) -> None:
    lesson = SCORES._replace(basis=basis, optional=True)
    sentences = show_sentences(shown(ATTENTION, lesson))
    assert sentences[2:4] == ["Kind: reading, optional", f"Time: 30 minutes, {words}"]


def test_a_track_is_shown_with_the_same_keys_and_its_numbers() -> None:
    document = show_track_document(a_track_view(is_active=True))
    contract = list(show_document(shown(TUNING)))[:14]
    assert list(document)[:14] == contract
    assert as_text(document) == as_text(
        {
            "schema": "llmpath/show/1",
            "kind": "track",
            "id": "short",
            "title": "Short",
            "url": None,
            "access": None,
            "price": None,
            "note": None,
            "outcomes": ["A goal.", "A goal."],
            "prerequisites": [],
            "unlocks": [],
            "lessons": [ADAPTERS_OBJECT],
            "notes": [],
            "sources": [{"lesson": None, "basis": None, "source": "a document"}],
            "audience": "Anyone.",
            "track": {
                "id": "short",
                "title": "Short",
                "summary": "A track.",
                "stated_hours": [2, 3],
                "phases": 2,
                "modules": 2,
                "lessons": 3,
                "minutes": 190,
                "optional_minutes": 25,
                "paid_minutes": 40,
                "active": True,
                "done_lessons": 0,
                "gpu_minutes": 40,
                "unknown_needs_minutes": 0,
            },
        }
    )


def test_a_track_not_yet_active_says_how_to_start_it() -> None:
    sentences = show_track_sentences(a_track_view(is_active=False))
    assert sentences[8:] == [
        "Source: a document",
        "Goal of Phase 1: A goal.",
        "Goal of Phase 2: A goal.",
        "Phase: Phase 1",
        (
            "Module: Tuning, later: after Attention, 0 of 1 lesson done, "
            "0 minutes of 40 minutes, 0 percent, id tuning"
        ),
        "Lesson: Adapters, later, 40 minutes, lab, costs money, id tuning/adapters",
        "To start it: llmpath start --track short",
    ]
    assert "start" not in show_track_sentences(a_track_view(is_active=True))[-1]


def test_a_module_waits_only_for_what_binds() -> None:
    view = shown(TUNING)
    advice = view._replace(
        prerequisites=tuple(each._replace(binds=False) for each in view.prerequisites)
    )
    said = show_sentences(advice)
    assert "Status: later" in said
    assert "Advice: Attention first, still open: adapters sit beside it" in said
