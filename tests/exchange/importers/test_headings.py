from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from llmpath.exchange.importers.headings import OpenHeading, OpenHeadings
from llmpath.exchange.importers.markdown_words import Words
from llmpath.exchange.importers.outline import Node
from llmpath.exchange.importers.tally import Tally


def nothing(_: OpenHeading) -> None:
    """What is done at the end of a heading that is as it should be."""


def in_order(node: Node) -> list[str]:
    return [node.title, *(title for each in node.children for title in in_order(each))]


@given(st.lists(st.integers(1, 6), max_size=12))
def test_a_heading_stands_below_the_last_one_of_a_higher_level(
    levels: list[int],
) -> None:
    ended: list[str] = []
    headings = OpenHeadings(Tally(), lambda each: ended.append(each.title))
    for number, level in enumerate(levels):
        heading = headings.begin(level, Words(f"h{number}"), number + 1)
        above = [each.level for each in headings.all]
        assert (above, heading) == (sorted({*above}), headings.last)

    names = [f"h{number}" for number, _ in enumerate(levels)]
    assert in_order(headings.close()) == ["", *names]
    assert sorted(ended) == sorted(names)


def test_a_paragraph_that_is_a_time_alone_is_that_of_its_heading_once() -> None:
    heading = OpenHeadings(Tally(), nothing).begin(1, Words("Knots"), 1)

    assert not heading.takes_time(Words("2 hours of it are in the dark"))
    assert heading.takes_time(Words("Time: 2 hours"))
    assert not heading.takes_time(Words("Time: 3 hours"))
    assert heading.close().span is not None
