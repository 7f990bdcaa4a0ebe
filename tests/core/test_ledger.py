"""Where a ledger leads: one answer for each id, the same when asked again."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

from llmpath.core.curriculum import Change, Curriculum
from llmpath.core.ledger import Ledger
from tests.core.ledgers import LESSONS, a_change, a_pool, full, pools, wild_ledgers
from tests.strategies import law


def ends(key: str, curriculum: Curriculum, *changes: Change) -> tuple[str, ...]:
    found = Ledger(changes, curriculum).ends(f"llmpath:{key}")
    return tuple(each.removeprefix("llmpath:") for each in found)


@law(wild_ledgers, pools, st.sampled_from((*LESSONS, "a", "b", "c")))
def test_where_an_id_ends_it_stays(
    changes: tuple[Change, ...], curriculum: Curriculum, key: str
) -> None:
    ledger = Ledger(changes, curriculum)

    reached = ledger.ends(*full([key]))

    assert reached
    for each in reached:
        assert ledger.ends(each) == (each,)


@law(wild_ledgers, pools)
def test_what_the_curriculum_has_stays(
    changes: tuple[Change, ...], curriculum: Curriculum
) -> None:
    ledger = Ledger(changes, curriculum)

    for each in (*curriculum.lessons, *curriculum.modules):
        assert ledger.way(each) is None


@law(wild_ledgers, pools, st.sampled_from(LESSONS))
def test_an_id_has_weight_exactly_if_it_ends_in_the_curriculum(
    changes: tuple[Change, ...], curriculum: Curriculum, key: str
) -> None:
    ledger = Ledger(changes, curriculum)
    (start,) = full([key])

    is_living = any(each in curriculum.lessons for each in ledger.ends(start))

    assert (ledger.weight(start) > 0) == is_living


@pytest.mark.parametrize(
    ("changes", "key", "expected"),
    [
        ([("renamed", "a/one", "a/first")], "a/one", "a/first"),
        ([("moved", "a", "b")], "a/one", "b/one"),
        ([("moved", "k", "b")], "k", "b"),
        ([("renamed", "a/one a/two", "b/one b/two")], "a/two", "b/two"),
        ([("renamed", "a/one", "k/one"), ("moved", "k", "b")], "a/one", "b/one"),
        ([("split", "a/one", "b/one b/two")], "a/one", "b/one b/two"),
        ([("split", "a/one", "b/one gone/one")], "a/one", "b/one"),
        ([("merged", "a/one a/two", "b/one")], "a/two", "b/one"),
        ([("retired", "a/one", "b/one")], "a/one", "a/one"),
        ([("retimed", "a/one", "a/one")], "a/one", "a/one"),
        ([], "a/one", "a/one"),
        ([("split", "k/one k", "a/first b")], "k/one", "a/first"),
        ([("split", "k/one k", "a/first b")], "k/two", "b/two"),
        (
            [("renamed", "a/one", "b/one"), ("renamed", "a/one", "b/two")],
            "a/one",
            "b/one",
        ),
    ],
)
def test_a_change_leads_where_it_says(
    changes: list[tuple[str, str, str]], key: str, expected: str
) -> None:
    curriculum = a_pool(dict.fromkeys(("a/first", "b/one", "b/two"), 30))

    found = ends(key, curriculum, *(a_change(*each) for each in changes))

    assert found == tuple(expected.split())


def test_a_lesson_of_a_divided_module_goes_where_the_curriculum_has_it() -> None:
    curriculum = a_pool({"o/one": 30, "p/two": 30})
    changes = (
        a_change("split", "a", "b c"),
        a_change("renamed", "b", "o"),
        a_change("renamed", "c", "p"),
    )

    assert ends("a/one", curriculum, *changes) == ("o/one",)
    assert ends("a/two", curriculum, *changes) == ("p/two",)


@pytest.mark.parametrize("is_lesson_first", [True, False])
def test_a_change_of_a_lesson_goes_before_that_of_its_module(
    is_lesson_first: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    curriculum = a_pool({"b/first": 30, "b/two": 30})
    changes = [a_change("renamed", "a", "b"), a_change("renamed", "a/one", "b/first")]
    if is_lesson_first:
        changes.reverse()

    assert ends("a/one", curriculum, *changes) == ("b/first",)
    assert ends("a/two", curriculum, *changes) == ("b/two",)


def test_a_name_that_was_given_back_holds() -> None:
    curriculum = a_pool({"a/one": 30})
    changes = (
        a_change("renamed", "a/one", "a/first"),
        a_change("renamed", "a/first", "a/one"),
    )

    assert ends("a/one", curriculum, *changes) == ("a/one",)
    assert ends("a/first", curriculum, *changes) == ("a/one",)


def test_a_circle_without_a_lesson_in_force_comes_to_an_end() -> None:
    changes = [
        a_change("renamed", f"a/{n}", f"a/{(n + 1) % 10_000}") for n in range(10_000)
    ]

    assert ends("a/0", a_pool({}), *changes) == ("a/9999",)


def test_a_chain_of_ten_thousand_divisions_is_followed() -> None:
    changes = [
        a_change("split", f"a/{n}", f"a/{n + 1} b/{n + 1}") for n in range(10_000)
    ]
    curriculum = a_pool({"a/10000": 7, "b/10000": 5, "b/1": 3})
    ledger = Ledger(changes, curriculum)

    assert ledger.weight("llmpath:a/0") == 15
    assert ends("a/0", curriculum, *changes) == ("a/10000", "b/10000", "b/1")


def test_ten_thousand_divisions_that_come_together_again_have_one_end() -> None:
    changes = [
        change
        for n in range(10_000)
        for change in (
            a_change("split", f"a/{n}", f"b/{n} c/{n}"),
            a_change("merged", f"b/{n} c/{n}", f"a/{n + 1}"),
        )
    ]

    assert ends("a/0", a_pool({"a/10000": 30}), *changes) == ("a/10000",)
