"""Finding words in a curriculum."""

from __future__ import annotations

import pytest

from llmpath.core.searching import Hit, search
from tests.builders import a_curriculum, a_module
from tests.core.test_lookup import ATTENTION, CURRICULUM, GPT


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param(
            "heads", [Hit(GPT.lessons[0], "title", "Heads of attention")], id="title"
        ),
        pytest.param(
            "DOT prod",
            [Hit(ATTENTION.lessons[0], "title", "Scores: dot products (again)")],
            id="parts of words, any case",
        ),
        pytest.param(
            "gpt/att", [Hit(GPT.lessons[0], "id", "gpt/attention-heads")], id="id"
        ),
        pytest.param(
            "explain gpt", [Hit(GPT, "outcomes", "Explain gpt")], id="outcomes"
        ),
        pytest.param("gpt warm", [], id="every word in one text"),
        pytest.param("", [], id="no words"),
    ],
)
def test_search_looks_for_every_word_in_titles_ids_and_texts(
    words: str, expected: list[Hit]
) -> None:
    assert search(words, CURRICULUM) == expected


def test_search_finds_tags_notes_and_authors() -> None:
    module = a_module("seen", 1, note="Shows the model of 2017")._replace(
        tags=("video", "maths"), authors=("Ada Lovelace",)
    )
    curriculum = a_curriculum([], [module])

    assert [search(each, curriculum)[0].field for each in ("maths", "2017", "ada")] == [
        "tags",
        "note",
        "authors",
    ]
