"""The ledger of a stored copy: what it leads to is there, and nothing leaves twice."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import strategies as st

from llmpath.core.curriculum import Change, Curriculum
from llmpath.core.editions import compare
from llmpath.core.ledger import Ledger
from llmpath.core.settling import changes_to_write
from llmpath.core.whole_ledger import has_any, whole_ledger
from tests.core.ledgers import a_change, full
from tests.core.test_editions import an_edition, plain_editions
from tests.strategies import law


def followed(editions: Sequence[Curriculum]) -> Curriculum:
    """The last of several editions, with the changes of all."""
    stored = editions[0]
    for edition in editions[1:]:
        added = changes_to_write(compare(stored, edition), {})
        stored = edition._replace(changes=whole_ledger(stored, edition, added))
    return stored


@law(st.lists(plain_editions, min_size=2, max_size=5))
def test_after_any_editions_nothing_leads_nowhere_and_no_id_leaves_twice(
    editions: list[Curriculum],
) -> None:
    stored = followed(editions)

    left: set[str] = set()
    for each in reversed(stored.changes):
        assert all(has_any(stored, key) or key in left for key in each.after)
        for key in each.before:
            assert key not in left
            assert not has_any(stored, key)
            left.add(key)


@law(st.lists(plain_editions, min_size=2, max_size=5))
def test_an_edition_that_comes_back_has_all_its_lessons_under_their_ids(
    editions: list[Curriculum],
) -> None:
    first = editions[0]
    stored = followed([*editions, first])

    ways = Ledger(stored.changes, stored)
    assert all(ways.ends(key) == (key,) for key in first.lessons)


@pytest.mark.parametrize(
    ("change", "rows", "left"),
    [
        (a_change("renamed", "a/one", "a/two"), ["a/one"], ()),
        (
            a_change("moved", "a/one a/x", "b/one b/x"),
            ["a/one", "b/x"],
            (a_change("moved", "a/x", "b/x"),),
        ),
        (a_change("split", "a/one", "a/two a/x"), ["a/one", "a/two"], ()),
        (
            a_change("merged", "a/one a/two", "a/x"),
            ["a/one", "a/x"],
            (a_change("renamed", "a/two", "a/x"),),
        ),
        (
            a_change("retired", "a/one a/two"),
            ["a/one"],
            (a_change("retired", "a/two"),),
        ),
        (
            a_change("renamed", "a/one", "a/two"),
            ["a/two"],
            (a_change("renamed", "a/one", "a/two"),),
        ),
    ],
)
def test_a_change_is_kept_but_for_the_ids_that_are_there_again(
    change: Change, rows: list[str], left: tuple[Change, ...]
) -> None:
    old = an_edition([("c/x", "Ex", None)], [change])
    new = an_edition([(key, key, None) for key in rows])

    assert whole_ledger(old, new, ()) == left


def test_what_a_change_led_to_is_retired_when_it_is_gone() -> None:
    old = an_edition([("a/two", "Two", None)], [a_change("renamed", "a/one", "a/two")])
    new = an_edition([("b/x", "Ex", None)])

    *_, last = whole_ledger(old, new, ())

    assert (last.kind, last.before) == ("retired", full(["a/two"]))
