from __future__ import annotations

import re

import pytest
from hypothesis import strategies as st

from llmpath.exchange.importers.slugs import SlugPool, slug
from tests.strategies import law

FORM = re.compile("[a-z0-9][a-z0-9-]{0,63}")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Let's build GPT", "lets-build-gpt"),
        ("The Illustrated Transformer", "illustrated-transformer"),
        ("3. Naïve Bayes!", "naive-bayes"),
        ("1.2) Trees", "trees"),
        ("2001: A Space Odyssey", "2001-space-odyssey"),
        ("The", "the"),
        ("NLP\u2013with Python", "nlp-with-python"),
        ("A part of this " * 6 + ": Its own name", "its-own-name"),
    ],
)
def test_an_id_is_the_words_of_the_title(title: str, name: str) -> None:
    assert slug(title, "lesson") == name


def test_a_title_in_another_script_has_an_id_of_its_own() -> None:
    names = [slug("机器学习", "lesson"), slug("深度学习", "lesson"), slug("", "lesson")]

    assert len({*names}) == 3
    assert all(re.fullmatch("lesson-[0-9a-f]{8}", each) for each in names)


def test_a_long_id_ends_with_a_whole_word() -> None:
    assert slug("word " * 40, "lesson") == "-".join(["word"] * 13)


@law(st.lists(st.text(max_size=90), max_size=20))
def test_ids_have_the_form_and_are_given_once(titles: list[str]) -> None:
    pool = SlugPool()
    names = [pool.give([slug(each, "lesson")]) for each in titles]

    assert len({*names}) == len(names)
    assert all(map(FORM.fullmatch, names))
    again = SlugPool()
    assert [again.give([slug(each, "lesson")]) for each in titles] == names


def test_a_number_that_is_taken_is_passed_over() -> None:
    pool = SlugPool()

    names = [pool.give([each]) for each in ["a", "a-2", "a", "a"]]

    assert names == ["a", "a-2", "a-3", "a-4"]
    assert pool.give(["a", "b"]) == "b"
