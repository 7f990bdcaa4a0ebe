from __future__ import annotations

import pytest

from llmpath.core.searching import search
from llmpath.report.contents import (
    list_document,
    list_sentences,
    search_document,
    search_sentences,
)
from llmpath.report.views.contents import ListView, SearchView
from tests.report.example_views import listed
from tests.report.examples import (
    ATTENTION,
    CURRICULUM,
    EXTRAS,
    HEADS,
    SCORES,
    SHORT,
    TUNING,
    as_text,
    objects,
)


def test_the_document_of_list_has_exactly_the_contracts_keys() -> None:
    view = ListView(SHORT, None, (listed(ATTENTION, 1),))
    assert as_text(list_document(view)) == as_text(
        {
            "schema": "llmpath/list/1",
            "track": "short",
            "modules": [
                {
                    "id": "attention",
                    "title": "Attention",
                    "phase": "short-1",
                    "optional": False,
                    "status": "active",
                    "minutes": 150,
                    "done_minutes": 30,
                    "lessons": [
                        {
                            "id": "attention/scores",
                            "title": "Scores",
                            "url": "https://example.org/scores",
                            "kind": "reading",
                            "minutes": 30,
                            "optional": False,
                            "access": "free",
                            "needs": [],
                            "status": "done",
                            "known": False,
                        },
                        {
                            "id": "attention/heads",
                            "title": "Heads",
                            "url": "https://example.org/heads",
                            "kind": "video",
                            "minutes": 120,
                            "optional": False,
                            "access": "free",
                            "needs": [],
                            "status": "ready",
                            "known": False,
                        },
                    ],
                }
            ],
        }
    )


def test_all_of_the_curriculum_has_neither_track_nor_phase() -> None:
    document = list_document(ListView(None, None, (listed(EXTRAS, None),)))
    (module,) = objects(document, "modules")
    assert (document["track"], module["phase"]) == (None, None)


def test_list_says_a_lesson_a_line_under_its_module_and_phase() -> None:
    view = ListView(
        SHORT,
        None,
        (
            listed(ATTENTION, 1),
            listed(TUNING, 1),
            listed(EXTRAS, 2, optional=True),
        ),
    )
    assert list_sentences(view) == [
        "Track Short: 3 modules",
        "Phase: Phase 1",
        (
            "Module: Attention, begun, 1 of 2 lessons done, "
            "30 minutes of 2 hours 30 minutes, 20 percent, id attention"
        ),
        "Lesson: Scores, done, 30 minutes, reading, id attention/scores",
        "Lesson: Heads, open, 2 hours, video, id attention/heads",
        (
            "Module: Tuning, later: after Attention, 0 of 1 lesson done, "
            "0 minutes of 40 minutes, 0 percent, id tuning"
        ),
        "Lesson: Adapters, later, 40 minutes, lab, costs money, id tuning/adapters",
        "Phase: Phase 2",
        "Module: Extras, optional, open, id extras",
        (
            "Lesson: Origins, open, 25 minutes, reading, needs an account, "
            "id extras/origins"
        ),
    ]


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (None, "All of the curriculum: 0 modules"),
        ("ready", "All of the curriculum: 0 modules, with lessons that are open"),
        ("blocked", "All of the curriculum: 0 modules, with lessons that are later"),
        ("open", "All of the curriculum: 0 modules, with lessons that are open"),
    ],
)
def test_a_status_asked_for_is_named_in_everyday_words(
    status: str | None, sentence: str
) -> None:
    assert list_sentences(ListView(None, status, ())) == [sentence]


def test_search_names_the_field_in_which_the_words_were_found() -> None:
    words = "explain attention"
    view = SearchView(words, tuple(search(words, CURRICULUM)))
    assert as_text(search_document(view)) == as_text(
        {
            "schema": "llmpath/search/1",
            "matches": [
                {
                    "id": "attention",
                    "title": "Attention",
                    "field": "outcomes",
                    "text": "Explain attention",
                }
            ],
        }
    )
    assert search_sentences(view) == [
        "1 match for explain attention",
        "Attention, id attention, found in its outcomes: Explain attention",
        "To see one: llmpath show ID",
    ]


def test_a_hit_in_the_title_says_no_more_than_the_title() -> None:
    view = SearchView("s", tuple(search("scores", CURRICULUM)) * 2)
    assert search_sentences(view)[:2] == [
        "2 matches for s",
        "Scores, id attention/scores",
    ]


def test_a_search_that_finds_nothing_says_so() -> None:
    assert search_sentences(SearchView("xyz", ())) == ["No match for xyz"]


def test_what_was_known_is_shown_so_and_keeps_its_status() -> None:
    module = listed(ATTENTION, 1)
    skipped = tuple((each, "skipped") for each, _ in module.lessons)
    module = module._replace(status="skipped", lessons=skipped)
    view = ListView(SHORT, None, (module,), frozenset({SCORES.id}))
    lessons = objects(objects(list_document(view), "modules")[0], "lessons")
    assert [(each["status"], each["known"]) for each in lessons] == [
        ("skipped", True),
        ("skipped", False),
    ]
    _, _, head, first, second = list_sentences(view)
    assert "Attention, skipped" in head
    assert "Scores, known" in first
    assert "Heads, skipped" in second


def test_a_module_whose_skipped_lessons_were_all_known_says_so() -> None:
    module = listed(ATTENTION, 1)
    skipped = tuple((each, "skipped") for each, _ in module.lessons)
    module = module._replace(status="skipped", lessons=skipped)
    view = ListView(SHORT, None, (module,), frozenset({SCORES.id, HEADS.id}))
    assert "Attention, known" in list_sentences(view)[2]
