"""Titles that are like others: enough to ask, never to infer."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

from llmpath.core.likeness import WORD_LIMIT, LikeTitles, share, words_of
from llmpath.core.matching import CANDIDATE_LIMIT
from tests.builders import a_lesson
from tests.strategies import law

TITLES = st.lists(
    st.sampled_from(("the", "game", "theory", "of", "robots", "part", "1", "ßa", "ii")),
    max_size=5,
).map(" ".join)


def like(title: str, *others: str) -> list[str]:
    """The titles that are like one, in the order in which they are offered."""
    lessons = [a_lesson(f"llmpath:m/l{n}", title=each) for n, each in enumerate(others)]
    titles = {each.id: each.title for each in lessons}
    return [titles[each] for each in LikeTitles(lessons).to(title)]


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("Programming Languages, Part A", "Programming Languages"),
        ("Robotics (Specialization)", "Robotics"),
        ("Fine-tune Mistral-7b with DPO", "Fine-tune with DPO"),
        ("MCP Resources, Prompts & Sampling", "MCP sampling"),
        ("The C language", "the  LANGUAGE: C"),
        ("C", "c"),
    ],
)
def test_titles_with_half_of_their_words_in_common_are_alike(
    title: str, other: str
) -> None:
    assert like(title, other) == [other]
    assert like(other, title) == [title]


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("Introduction to programming", "Introduction to robotics"),
        ("The history of the web", "The future of the mind"),
        ("Quizzes", "Quiz"),
        ("", ""),
        ("!!", "!!"),
    ],
)
def test_titles_with_less_in_common_are_not(title: str, other: str) -> None:
    assert like(title, other) == []


def test_the_most_alike_stands_first_and_of_equals_the_first() -> None:
    others = ("Game theory now", "Old game theory", "Game theory")
    assert like("The game theory", *others) == [
        "Game theory",
        "Game theory now",
        "Old game theory",
    ]


def test_words_that_many_titles_have_are_no_sign_and_few_are_offered() -> None:
    quizzes = [f"Quiz {name}" for name in ("aa", "bb") * WORD_LIMIT]
    assert like("Quiz", *quizzes) == []
    assert len(like("Quiz", *quizzes[:WORD_LIMIT])) == CANDIDATE_LIMIT


@law(TITLES, st.lists(TITLES, max_size=8))
def test_what_is_offered_shares_half_of_its_words(
    title: str, others: list[str]
) -> None:
    found = like(title, *others)
    words = words_of(title)
    shares = [share(words, words_of(each)) for each in found]
    assert shares == sorted(shares, reverse=True)
    expected = [each for each in others if share(words, words_of(each)) >= 1 / 2]
    assert len(found) == min(CANDIDATE_LIMIT, len(expected))
    assert set(found) <= set(expected)
