"""The sentences on an update: which kind of change, and which lessons are named."""

from __future__ import annotations

import pytest

from llmpath.core.curriculum import Curriculum
from llmpath.core.editions import compare
from llmpath.core.folding import fold
from llmpath.core.settling import changes_to_write
from llmpath.report.editions import (
    done_sentences,
    edition_changes,
    few,
    update_sentence,
)
from tests.builders import a_curriculum, a_lesson, a_module, a_track


def an_edition(*ids: str) -> Curriculum:
    """Lessons without links, each called as the last part of its id."""
    modules: dict[str, list[str]] = {}
    for each in ids:
        modules.setdefault(each.partition("/")[0], []).append(each)
    pool = [
        a_module(
            slug,
            [
                a_lesson(f"llmpath:{key}", title=key.partition("/")[2])._replace(
                    url=None
                )
                for key in keys
            ],
        )
        for slug, keys in modules.items()
    ]
    return a_curriculum([a_track("road", pool)], pool)


def changes(old: Curriculum, new: Curriculum, **answers: str) -> list[str]:
    """What is said of an update; answers are of module `a`."""
    given = {
        f"llmpath:a/{key}": tuple(f"llmpath:{each}" for each in value.split())
        for key, value in answers.items()
    }
    added = changes_to_write(compare(old, new), given)
    settled = new._replace(changes=(*old.changes, *added))
    return list(edition_changes(compare(old, settled), old, settled))


@pytest.mark.parametrize(
    ("new", "answers", "said"),
    [
        (["a/x", "a/y"], {"one": "a/x"}, "renamed: one (a/one) is x (a/x) now"),
        (["a/x", "b/y", "b/z"], {"one": "b/y"}, "moved: one (a/one) is y (b/y) now"),
        (
            ["a/x", "a/y"],
            {"one": "a/x a/y"},
            "split: one (a/one) is x (a/x) and y (a/y) now",
        ),
        (
            ["a/x", "a/y"],
            {"one": "a/x", "two": "a/x"},
            "merged: one (a/one) and two (a/two) are x (a/x) now",
        ),
    ],
)
def test_the_kind_of_a_change_is_told(
    new: list[str], answers: dict[str, str], said: str
) -> None:
    assert said in changes(an_edition("a/one", "a/two"), an_edition(*new), **answers)


def test_of_modules_of_one_lesson_another_module_is_no_other_place() -> None:
    said = changes(an_edition("a/one"), an_edition("b/x"), one="b/x")
    assert said == ["renamed: one (a) is x (b) now"]


def test_of_a_lesson_that_keeps_its_title_only_the_id_is_told_anew() -> None:
    said = changes(an_edition("a/one", "a/b"), an_edition("c/one", "c/b"), one="c/one")
    assert "moved: one (a/one) is c/one now" in said


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["a"], "a"),
        (["a", "b", "c"], "a, b and c"),
        (["a, b", "c", "d"], "a, b; c; d"),
        ([*"abcde"], "a, b, c, d and e"),
        ([*"abcdefg"], "a, b, c, d, e and 2 more"),
        (["a", "b", "c", "d", "e, f", "g"], "a; b; c; d; e, f and 1 more"),
    ],
)
def test_few_names_are_listed_and_of_many_the_first(
    names: list[str], said: str
) -> None:
    assert few(names) == said


def test_what_is_done_in_neither_edition_is_not_told() -> None:
    old, new = an_edition("a/one"), an_edition("a/x")
    progress = fold([])
    said = done_sentences(compare(old, new), old, new, progress, progress)
    assert list(said) == []


def test_editions_of_one_name_are_not_named() -> None:
    old = an_edition("a/one")
    newer = old._replace(edition="2027.2")
    assert update_sentence(old, old, is_done=False) == "Would update llmpath."
    assert update_sentence(old, old, is_done=True) == "Updated llmpath."
    named = f"Would update llmpath from edition {old.edition} to 2027.2."
    assert update_sentence(old, newer, is_done=False) == named
