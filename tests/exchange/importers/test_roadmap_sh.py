from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import strategies as st

from llmpath.exchange.importers.roadmap_sh import IMPORTER, read, recognise
from llmpath.exchange.importers.source import Source
from tests.conftest import Golden
from tests.exchange.importers.sources import (
    modules_of,
    reading_text,
    refusal,
    source,
)
from tests.strategies import law


def node(name: str, kind: str, x: float, y: float, **more: object) -> dict[str, Any]:
    place = {"x": x, "y": y}
    return {"id": name, "type": kind, "position": place, "data": {"label": name}} | more


def roadmap(*nodes: dict[str, Any], lines: str = "") -> Source:
    """A roadmap; `lines` has pairs of names of one letter, such as `ab bc`."""
    edges = [{"source": each[0], "target": each[1]} for each in lines.split()]
    return Source("a.json", json.dumps({"nodes": nodes, "edges": edges}))


def lessons_of(source: Source) -> dict[str, str]:
    """The lessons of each module, by names of one letter."""
    modules = modules_of(read(source))
    return {
        title: "".join(lesson.title for lesson in module.lessons)
        for title, module in modules.items()
    }


def test_topics_and_subtopics_are_read(golden: Golden) -> None:
    reading = read(source("roadmap-sh.json"))

    golden("sources/roadmap-sh.txt", reading_text(reading))


def test_order_is_by_height_and_then_from_the_left() -> None:
    topics = [node(*each) for each in (("c", "topic", 0, 9), ("b", "topic", 5, 1))]

    assert [*lessons_of(roadmap(*topics, node("a", "topic", 2, 1)))] == ["a", "b", "c"]


def test_a_subtopic_belongs_to_the_topic_that_lines_lead_to() -> None:
    topics = (node("a", "topic", 0, 0), node("b", "topic", 0, 100))
    below = (node("c", "subtopic", 9, 90), node("d", "subtopic", 9, 95))

    assert lessons_of(roadmap(*topics, *below, lines="ab ca dc")) == {
        "a": "acd",
        "b": "b",
    }


def test_a_subtopic_in_a_box_belongs_where_the_box_does() -> None:
    topics = (node("a", "topic", 0, 0), node("b", "topic", 0, 100))
    box = node("x", "section", 10, 80, width=50, height=50)
    below = (node("c", "subtopic", 20, 100), node("d", "subtopic", 90, 100))

    assert lessons_of(roadmap(*topics, box, *below, lines="ax")) == {
        "a": "ac",
        "b": "bd",
    }


def drawn(name: str, kind: str, x: float, y: float, wide: float = 40) -> dict[str, Any]:
    return node(name, kind, x, y, width=wide, height=49)


def test_a_stack_belongs_to_the_topic_that_reaches_one_of_it() -> None:
    topics = (drawn("a", "topic", 0, 0), drawn("b", "topic", 0, 200))
    stack = [drawn(name, "subtopic", 60, 94 + 53 * n) for n, name in enumerate("cde")]
    beside = drawn("f", "subtopic", 104, 200)
    apart = drawn("g", "subtopic", 160, 200)

    assert lessons_of(roadmap(*topics, *stack, beside, apart, lines="ac")) == {
        "a": "acdef",
        "b": "bg",
    }


def test_in_a_stack_that_two_topics_reach_each_goes_with_the_nearer_one() -> None:
    topics = (drawn("a", "topic", 0, 0), drawn("b", "topic", 0, 200))
    stack = [drawn(name, "subtopic", 60, 53 * n) for n, name in enumerate("cdef")]

    assert lessons_of(roadmap(*topics, *stack, lines="ac bf")) == {
        "a": "acd",
        "b": "bef",
    }


def test_a_caption_over_what_no_line_reaches_is_a_module() -> None:
    topics = (drawn("a", "topic", 0, 0), drawn("b", "topic", 0, 400))
    captions = (drawn("x", "label", 100, 160), drawn("y", "label", 300, 0))
    stack = [drawn(name, "subtopic", 90, y, 80) for name, y in (("c", 200), ("d", 253))]
    reading = read(roadmap(*topics, *captions, *stack))

    assert lessons_of(roadmap(*topics, *captions, *stack)) == {
        "a": "a",
        "x": "cd",
        "b": "b",
    }
    assert reading.guessed[0] == (
        "2 subtopics that no line leads to put into 1 module by the captions above them"
    )
    assert [each.text for each in reading.left_out] == ["y"]


def test_of_several_captions_in_a_box_the_last_one_above_holds() -> None:
    topic = drawn("a", "topic", 0, 0)
    box = node("z", "section", 100, 100, width=200, height=400)
    captions = [drawn(name, "label", 120, y) for name, y in (("x", 110), ("y", 260))]
    inside = [
        drawn(name, "subtopic", 110, y)
        for name, y in (("c", 150), ("d", 203), ("e", 300))
    ]

    assert lessons_of(roadmap(topic, box, *captions, *inside)) == {
        "a": "a",
        "x": "cd",
        "y": "e",
    }


def test_a_caption_over_what_a_line_reaches_is_no_module() -> None:
    topic, caption = drawn("a", "topic", 0, 0), drawn("x", "label", 100, 0)
    below = drawn("c", "subtopic", 100, 40)

    assert lessons_of(roadmap(topic, caption, below, lines="ac")) == {"a": "ac"}


def test_the_nearest_topic_is_rather_above_than_beside() -> None:
    topics = (drawn("a", "topic", 0, 0), drawn("b", "topic", 300, 150))
    below = drawn("c", "subtopic", 10, 150)

    assert lessons_of(roadmap(*topics, below)) == {"a": "ac", "b": "b"}


_nodes = st.lists(
    st.builds(
        drawn,
        st.sampled_from("abcdefgh"),
        st.sampled_from(("topic", "subtopic", "subtopic", "label", "section")),
        st.integers(0, 200),
        st.integers(0, 400),
        st.integers(0, 300),
    ),
    max_size=12,
    unique_by=lambda each: each["id"],
)
_lines = st.lists(
    st.tuples(*[st.sampled_from("abcdefgh")] * 2).map("".join), max_size=8
)


@law(_nodes, _lines)
def test_each_topic_and_subtopic_is_one_lesson_wherever_it_stands(
    nodes: list[dict[str, Any]], lines: list[str]
) -> None:
    study = [each["id"] for each in nodes if each["type"] in ("topic", "subtopic")]
    topics = [each["id"] for each in nodes if each["type"] == "topic"]
    if not study:
        return
    found = lessons_of(roadmap(*nodes, lines=" ".join(lines)))

    assert sorted("".join(found.values())) == sorted(study)
    assert all(name in found for name in topics)


def test_lines_in_a_circle_end() -> None:
    nodes = [node("a", "topic", 0, 0), *(node(x, "subtopic", 0, 1) for x in "bc")]

    assert lessons_of(roadmap(*nodes, lines="aa ab ba bc cb ca ac")) == {"a": "abc"}


def test_a_repeated_id_is_told() -> None:
    first, second = node("a", "topic", 0, 0), node("a", "topic", 0, 1)

    (left,) = read(roadmap(first, second)).left_out
    assert left.reason == "node whose id another one has"


@pytest.mark.parametrize(
    "odd",
    [
        None,
        3,
        [],
        {},
        {"id": [], "type": {}, "data": []},
        {"id": "x", "type": "topic", "data": {"label": 5}},
        {"type": "subtopic", "data": {"label": "b"}, "position": {"x": "1", "y": None}},
        {
            "id": "b",
            "type": "subtopic",
            "data": {"label": "b"},
            "position": {"y": 1e300},
        },
    ],
)
def test_what_is_odd_in_a_node_takes_nothing_else_with_it(odd: object) -> None:
    nodes = [node("a", "topic", 0, 0), odd]
    text = json.dumps({"nodes": nodes, "edges": [odd, {"source": "a", "target": "?"}]})

    assert lessons_of(Source("a.json", text))["a"] in {"a", "ab"}


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("", 1, "not JSON: Expecting value"),
        ('{\n"nodes": [', 2, "not JSON: Expecting value"),
        ("[]", None, "not an object with the lists nodes and edges"),
        (
            '{"nodes": {}, "edges": []}',
            None,
            "not an object with the lists nodes and edges",
        ),
        ('{"nodes": [], "edges": []}', None, "no topic in it"),
        ("[" * 100_000, None, "objects and lists stand too deep in each other"),
        ('{"nodes": ' + "9" * 5000 + "}", None, "a number is too long"),
        (
            '{"mockup": {"controls": {}}}',
            None,
            "the older form of a roadmap, a drawing without nodes and edges",
        ),
    ],
)
def test_what_is_no_roadmap_is_refused(
    text: str, line: int | None, reason: str
) -> None:
    assert refusal(IMPORTER, text) == (line, reason)


def test_the_form_is_recognised_by_its_lists() -> None:
    assert recognise(roadmap(node("a", "topic", 0, 0))) > 90
    assert recognise(Source("a.json", '{"mockup": {"controls": {}}}'))
    assert not recognise(Source("a.json", '{"tracks": [], "modules": []}'))
