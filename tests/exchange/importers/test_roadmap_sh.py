from __future__ import annotations

import json
from typing import Any

import pytest

from llmpath.exchange.importers.roadmap_sh import IMPORTER, read, recognise
from llmpath.exchange.importers.source import Source
from tests.conftest import Golden
from tests.exchange.importers.sources import (
    modules_of,
    reading_text,
    refusal,
    source,
)


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


def test_lines_in_a_circle_end() -> None:
    nodes = [node("a", "topic", 0, 0), *(node(x, "subtopic", 0, 1) for x in "bc")]

    assert lessons_of(roadmap(*nodes, lines="aa ab ba bc cb ca ac")) == {"a": "abc"}


def test_a_repeated_id_is_told() -> None:
    first, second = node("a", "topic", 0, 0), node("a", "topic", 0, 1)

    (left,) = read(roadmap(first, second)).left_out
    assert left.reason == "its id stands twice, the first holds"


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
