"""Ledgers for tests: sensible ones, and such as nobody may write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hypothesis import strategies as st

from llmpath.core.curriculum import Change, Curriculum
from tests.builders import a_curriculum, a_lesson, a_module
from tests.strategies import EDITION

KINDS = ("renamed", "moved", "split", "merged", "retired", "retimed")


def full(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"llmpath:{each}" for each in ids)


def a_change(kind: str, before: str, after: str = "") -> Change:
    """A change of ids written as `a/one b/one`, without the curriculum's."""
    return Change(EDITION, kind, full(before.split()), full(after.split()), "tests")


def a_pool(minutes: Mapping[str, int]) -> Curriculum:
    """A curriculum of lessons such as `a/one` with minutes."""
    modules: dict[str, list[str]] = {}
    for each in minutes:
        modules.setdefault(each.partition("/")[0], []).append(each)
    return a_curriculum(
        [],
        [
            a_module(slug, [a_lesson(f"llmpath:{key}", minutes[key]) for key in keys])
            for slug, keys in modules.items()
        ],
    )


LESSONS = tuple(f"{module}/{slug}" for module in "abc" for slug in ("one", "two", "x"))
_ids = st.sampled_from((*LESSONS, *"abc"))
_some = st.lists(_ids, min_size=1, max_size=3)

wild_ledgers: st.SearchStrategy[tuple[Change, ...]] = st.lists(
    st.builds(
        lambda kind, before, after: Change(
            EDITION, kind, full(before), full(after), "tests"
        ),
        st.sampled_from(KINDS),
        _some,
        _some | st.just([]),
    ),
    max_size=8,
).map(tuple)
"""Ids that come back, go in circles, leave twice, are both before and after."""

pools: st.SearchStrategy[Curriculum] = st.dictionaries(
    st.sampled_from(LESSONS), st.integers(1, 90), max_size=6
).map(a_pool)
"""Curricula of some of the lessons that these ledgers name."""
