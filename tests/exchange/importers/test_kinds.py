from __future__ import annotations

import pytest
from hypothesis import strategies as st

from llmpath.exchange.importers.kinds import guess_access, guess_kind, guess_size
from tests.strategies import law


@pytest.mark.parametrize(
    ("title", "url", "kind"),
    [
        ("Any", "https://www.youtube.com/watch?v=a", "video"),
        ("Any", "https://youtu.be/a", "video"),
        ("Any", "https://arxiv.org/abs/1706.03762", "reading"),
        ("Any", "https://example.org/notes.pdf", "reading"),
        ("Any", "https://blog.example.org/x", "reading"),
        ("Any", "https://example.org/blog/x", "reading"),
        ("Any", "https://colab.research.google.com/drive/1", "lab"),
        ("Any", "https://github.com/a/b/blob/main/c.ipynb", "lab"),
        ("Any", "https://github.com/a/b", "lab"),
        ("Any", "https://github.com/a/b/blob/main/README.md", "reading"),
        ("Any", "https://docs.google.com/presentation/d/1", "slides"),
        ("Lecture slides", "https://youtube.com/x", "slides"),
        ("Lecture 3", "https://example.org/3", "video"),
        ("Quiz 3", None, "quiz"),
        ("Homework 1", "https://example.org/1", "assignment"),
        ("Capstone project", None, "project"),
        ("Project: a parser", "https://github.com/a/b", "project"),
        ("Read the paper", None, "reading"),
        ("Anything", "https://example.org/x", None),
        ("Anything", None, None),
        ("Anything", "http://[broken", None),
        ("Not from notyoutube.com", "https://notyoutube.com/x", None),
    ],
)
def test_link_and_title_tell_the_kind(
    title: str, url: str | None, kind: str | None
) -> None:
    assert guess_kind(title, url) == kind


@pytest.mark.parametrize(
    ("title", "url", "size"),
    [
        ("A course on trees", None, "course"),
        ("Anything", "https://www.coursera.org/learn/x", "course"),
        ("Anything", "https://www.youtube.com/playlist?list=a", "course"),
        ("A textbook of trees", None, "book"),
        ("Lecture series on trees", None, "course"),
        ("CS 324: Trees", None, "course"),
        ("Taylor series", None, None),
        ("Trees", "https://example.org", None),
    ],
)
def test_courses_and_books_are_known_as_larger_than_a_lesson(
    title: str, url: str | None, size: str | None
) -> None:
    assert guess_size(title, url) == size


@pytest.mark.parametrize(
    ("url", "access"),
    [
        ("https://www.udemy.com/course/x", "paid"),
        ("https://www.coursera.org/learn/x", "account"),
        ("https://example.org", "free"),
        (None, "free"),
    ],
)
def test_places_that_want_money_or_an_account_are_known(
    url: str | None, access: str
) -> None:
    assert guess_access(url) == access


@law(st.text(max_size=40), st.none() | st.text(max_size=40))
def test_any_title_and_link_can_be_looked_at(title: str, url: str | None) -> None:
    guess_kind(title, url)
    guess_size(title, url)
    assert guess_access(url) in {"free", "account", "paid"}
