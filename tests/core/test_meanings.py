"""An id means one lesson: the ids of an import are made anew where it would not."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

from llmpath.core.curriculum import Curriculum, Lesson
from llmpath.core.editions import compare
from llmpath.core.meanings import Meanings, other_meanings, settled_ids
from tests.core.ledgers import LESSONS, a_change
from tests.core.test_editions import Row, an_edition, plain_editions
from tests.strategies import law

ONE: Row = ("a/one", "Scores of attention", "p")


@pytest.mark.parametrize(
    ("now", "is_same"),
    [
        (ONE, True),
        (("a/one", "scores  of attention", "elsewhere"), True),
        (("a/one", "Heads", "p"), True),
        (("a/one", "Scores of attention, again", "elsewhere"), True),
        (("a/one", "Heads", "elsewhere"), False),
        (("a/one", "Heads", None), False),
    ],
)
def test_a_lesson_is_the_same_by_title_address_or_half_of_its_words(
    now: Row, *, is_same: bool
) -> None:
    assert bool(other_meanings(an_edition([ONE]), an_edition([now]))) is not is_same


def test_an_address_of_several_lessons_tells_nothing() -> None:
    old = an_edition([ONE, ("a/two", "Heads", "p")])
    new = an_edition([("a/one", "Gradients", "p"), ("a/two", "Heads", "p")])

    assert other_meanings(old, new) == ("llmpath:a/one",)


def with_ids(edition: Curriculum, ids: dict[str, str]) -> Curriculum:
    """An edition in which lessons have other ids, of the same modules."""

    def renamed(lesson: Lesson) -> Lesson:
        return lesson._replace(id=ids.get(lesson.id, lesson.id))

    modules = {
        key: module._replace(lessons=tuple(map(renamed, module.lessons)))
        for key, module in edition.modules.items()
    }
    lessons = {each.id: each for it in modules.values() for each in it.lessons}
    return edition._replace(modules=modules, lessons=lessons)


@law(plain_editions, plain_editions)
def test_under_settled_ids_none_means_another_lesson_than_it_did(
    old: Curriculum, new: Curriculum
) -> None:
    ids = settled_ids(Meanings(old, {}), old, new)
    settled = with_ids(new, ids)

    assert len(settled.lessons) == len(new.lessons)
    assert other_meanings(old, settled) == ()
    assert compare(old, settled).faults == ()


@law(plain_editions)
def test_an_import_that_is_the_same_keeps_all_its_ids(edition: Curriculum) -> None:
    assert settled_ids(Meanings(edition, {}), edition, edition) == {}


_order = st.permutations(LESSONS)


@law(_order, _order)
def test_lessons_of_one_title_keep_their_ids_by_their_addresses(
    first: list[str], second: list[str]
) -> None:
    def a_list(pages: list[str]) -> Curriculum:
        ids = ["exercise", *(f"exercise-{n}" for n in range(2, len(pages) + 1))]
        rows = zip(ids, pages, strict=True)
        return an_edition([(f"a/{key}", "Exercise", page) for key, page in rows])

    old, new = a_list(first), a_list(second)
    settled = with_ids(new, settled_ids(Meanings(old, {}), old, new))

    assert {key: each.url for key, each in settled.lessons.items()} == {
        key: each.url for key, each in old.lessons.items()
    }


@pytest.mark.parametrize(
    ("title", "page", "expected"),
    [
        ("Scores of attention", "new", {}),
        ("Heads", "q", {"llmpath:a/one": "llmpath:a/two"}),
        ("Gradients", "new", {"llmpath:a/one": "llmpath:a/one-2"}),
    ],
)
def test_an_id_comes_back_with_its_lesson_alone(
    title: str, page: str, expected: dict[str, str]
) -> None:
    """It became `a/two`, or was retired and stands in an earlier copy."""
    new = an_edition([("a/one", title, page)])
    (earlier,) = an_edition([ONE]).lessons.values()
    became = an_edition(
        [("a/two", "Heads", "q")], [a_change("renamed", "a/one", "a/two")]
    )
    retired = an_edition([("b/x", "Ex", "r")], [a_change("retired", "a/one")])

    known = {earlier.id: earlier}
    assert settled_ids(Meanings(became, known), became, new) == expected
    if title != "Heads":
        assert settled_ids(Meanings(retired, known), retired, new) == expected


def test_a_lesson_without_a_link_is_the_same_beside_one_of_its_title_with_a_link() -> (
    None
):
    old = an_edition([("a/one", "Intro", None)])
    new = an_edition([("a/one", "Intro", None), ("a/two", "Intro", "p")])

    assert other_meanings(old, new) == ()
