from __future__ import annotations

from itertools import permutations

from hypothesis import strategies as st

from llmpath.core.track_order import finishes, suggested_order
from tests.strategies import law

LESSONS = {f"lesson-{nth}": minutes for nth, minutes in enumerate((5, 20, 35, 60, 90))}
WORKS = st.lists(
    st.sets(st.sampled_from(sorted(LESSONS))).map(
        lambda ids: {each: LESSONS[each] for each in sorted(ids)}
    ),
    max_size=4,
)


@law(WORKS)
def test_a_suggested_order_ends_the_first_track_soonest_and_none_later_in_the_mean(
    works: list[dict[str, int]],
) -> None:
    given = tuple(range(len(works)))
    every = {each: finishes(works, each) for each in permutations(given)}
    order = suggested_order(works)
    if order is not None:
        assert sum(every[order]) <= sum(every[given])
        assert every[order][0] == min(each[0] for each in every.values())
        assert every[order][0] < every[given][0]


@law(WORKS.filter(lambda works: len(works) > 1))
def test_where_no_order_ends_the_first_track_sooner_none_is_suggested(
    works: list[dict[str, int]],
) -> None:
    works.sort(key=lambda work: sum(work.values()))

    assert suggested_order(works) is None


def test_what_tracks_share_is_counted_once() -> None:
    whole, part, other = {"a": 60, "b": 30}, {"a": 60}, {"c": 61}

    assert suggested_order([whole, other, part]) == (2, 0, 1)
    assert finishes([whole, other, part], (2, 0, 1)) == [60, 90, 151]
    assert suggested_order([{"a": 5}]) is None
