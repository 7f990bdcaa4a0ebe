"""The JSON of a roadmap at roadmap.sh: nodes with places and the lines between them.

A topic becomes a module, with itself as the first lesson and its subtopics as the
others. What belongs to a topic is what lines lead to, also through other subtopics and
through a box; the rest goes to the topic at the nearest height. Order is from top to
bottom, then from left to right.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from llmpath.core.text import NOTE_LIMIT, clean
from llmpath.exchange.importers.draft import (
    DraftLesson,
    DraftModule,
    DraftPhase,
    DraftTrack,
    Reading,
)
from llmpath.exchange.importers.source import Importer, Source, refused
from llmpath.exchange.importers.tables import name_of, web_address
from llmpath.exchange.importers.tally import Tally
from llmpath.exchange.importers.wording import counted, listed
from llmpath.named_tuple import NamedTuple

_STUDY = frozenset(["topic", "subtopic"])
_REST = {
    "vertical": "a line of the drawing",
    "horizontal": "a line of the drawing",
    "label": "a caption",
    "paragraph": "a text",
    "legend": "the legend",
    "button": "a button to another page",
    "linksgroup": "links to other roadmaps",
}
_BOXES = 200
"""More boxes are not looked into; roadmaps have some ten."""
_OPTIONAL = ("alternative", "optional", "not recommended", "order not strict")


class _Node(NamedTuple):
    """A node that counts: a topic, a subtopic or a box around some.

    Attributes:
        x: From the left, `y` from the top, in the same unit as `width` and `height`.
    """

    name: str
    kind: str
    label: str
    url: str | None
    legend: str
    x: float
    y: float
    width: float
    height: float


def recognise(source: Source) -> int:
    """By the two lists that such a document has."""
    text = source.text.lstrip("\ufeff \n\t")
    if not text.startswith("{"):
        return 0
    if '"nodes"' in text and '"edges"' in text:
        return 95 if '"topic"' in text else 60
    return 50 if '"mockup"' in text and '"controls"' in text else 0


def read(source: Source) -> Reading:
    """Read a roadmap's nodes and edges."""
    document = _parse(source)
    tally = Tally()
    nodes = [*_nodes(document["nodes"], source, tally)]
    topics = sorted((each for each in nodes if each.kind == "topic"), key=_place)
    if not topics:
        topics = sorted((each for each in nodes if each.kind in _STUDY), key=_place)
    if not topics:
        raise refused(source, "no topic in it", "export the roadmap anew")
    others = {each.name for each in topics}
    below = [each for each in nodes if each.kind in _STUDY and each.name not in others]
    owners = _owners(topics, nodes, document["edges"])
    lost = [each for each in below if each.name not in owners]
    owners.update(_nearest(topics, lost))
    title = _title(document) or name_of(source)
    modules = _modules(topics, below, owners)
    told = f"{counted(len(lost), 'subtopic')} put to the topic at the nearest height"
    return Reading(
        title=title,
        tracks=(DraftTrack(title, (DraftPhase(title, modules),)),),
        understood=(
            f"{counted(len(topics), 'topic')} as modules with themselves as lessons",
            f"{counted(len(below), 'subtopic')} as further lessons",
            "the order from top to bottom, then from left to right",
        ),
        guessed=(
            *((f"{told}: {listed(each.label for each in lost)}",) if lost else ()),
            "lines between topics as an order, not as prerequisites",
        ),
        left_out=tally.left_out(),
    )


def _parse(source: Source) -> dict[str, Any]:
    try:
        document = json.loads(source.text.lstrip("\ufeff"))
    except json.JSONDecodeError as error:
        raise refused(
            source, f"not JSON: {error.msg}", "correct the syntax", line=error.lineno
        ) from None
    except RecursionError:
        reason = "objects and lists stand too deep in each other"
        raise refused(source, reason, "export the roadmap anew") from None
    except ValueError:  # int() refuses more than 4,300 digits
        raise refused(source, "a number is too long", "shorten it") from None
    if isinstance(document, dict) and "mockup" in document:
        reason = "the older form of a roadmap, a drawing without nodes and edges"
        raise refused(source, reason, "take the roadmap's newer file")
    if not isinstance(document, dict) or not all(
        isinstance(document.get(key), list) for key in ("nodes", "edges")
    ):
        reason = "not an object with the lists nodes and edges"
        raise refused(source, reason, "export the roadmap anew")
    return document


def _nodes(entries: Sequence[object], source: Source, tally: Tally) -> Iterator[_Node]:
    seen: set[str] = set()
    for at, entry in enumerate(entries):
        if not isinstance(entry, dict):
            tally.name("not an object", 0, f"nodes[{at}]")
            continue
        node = _node(entry, f"nodes[{at}]", source)
        if node.name in seen:
            tally.name("its id stands twice, the first holds", 0, node.label)
        elif node.kind == "section" or (node.kind in _STUDY and node.label):
            seen.add(node.name)
            yield node
        elif node.kind != "title" and node.label:
            tally.leave(_REST.get(node.kind, "a node of another kind"), 0, node.label)


def _node(entry: Mapping[str, Any], otherwise: str, source: Source) -> _Node:
    data = _object(entry.get("data"))
    place = _object(entry.get("positionAbsolute")) or _object(entry.get("position"))
    style = _object(entry.get("style"))
    return _Node(
        _text(entry.get("id")) or otherwise,
        _text(entry.get("type")) or "node",
        _text(data.get("label")),
        web_address(_text(data.get("href")), source),
        _text(_object(data.get("legend")).get("label")).casefold(),
        _number(place.get("x")),
        _number(place.get("y")),
        _number(entry.get("width") or style.get("width")),
        _number(entry.get("height") or style.get("height")),
    )


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    if not isinstance(value, str):
        return ""
    return clean(" ".join(value.split()), NOTE_LIMIT).strip()


def _number(value: object) -> float:
    """A finite number; 0 for everything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return 0.0
    return float(value) if abs(value) < 1e9 else 0.0


def _place(node: _Node) -> tuple[float, float]:
    return node.y, node.x


def _title(document: Mapping[str, Any]) -> str:
    for entry in document["nodes"]:
        if _object(entry).get("type") == "title":
            return _text(_object(_object(entry).get("data")).get("label"))
    title = document.get("title")
    return _text(title) or _text(_object(title).get("page"))


def _owners(
    topics: Sequence[_Node], nodes: Sequence[_Node], edges: Sequence[object]
) -> dict[str, str]:
    """The topic that each node is reached from, without passing another topic."""
    lines: dict[str, list[str]] = {}
    for edge in edges:
        ends = [_text(_object(edge).get(key)) for key in ("source", "target")]
        for one, other in (ends, reversed(ends)):
            lines.setdefault(one, []).append(other)
    for box, inside in _boxes(nodes):
        for name in inside:
            lines.setdefault(box, []).append(name)
            lines.setdefault(name, []).append(box)
    owners = {each.name: each.name for each in topics}
    ahead = deque(owners)
    while ahead:
        name = ahead.popleft()
        for other in lines.get(name, ()):
            if other not in owners:
                owners[other] = owners[name]
                ahead.append(other)
    return owners


def _boxes(nodes: Sequence[_Node]) -> Iterator[tuple[str, list[str]]]:
    """Each box with the subtopics in it; the smallest box around one has it."""
    free = sorted((each for each in nodes if each.kind == "subtopic"), key=_place)
    boxes = [each for each in nodes if each.kind == "section"][:_BOXES]
    for box in sorted(boxes, key=lambda each: each.width * each.height):
        heights = [each.y for each in free]
        begin = bisect_left(heights, box.y)
        end = bisect_right(heights, box.y + box.height)
        inside = [
            each for each in free[begin:end] if box.x <= each.x <= box.x + box.width
        ]
        names = {each.name for each in inside}
        free = [each for each in free if each.name not in names]
        yield box.name, [each.name for each in inside]


def _nearest(topics: Sequence[_Node], lost: Sequence[_Node]) -> dict[str, str]:
    heights = [each.y for each in topics]
    found = {}
    for each in lost:
        at = bisect_left(heights, each.y)
        near = topics[max(0, at - 1) : at + 1]
        found[each.name] = min(near, key=lambda other: abs(other.y - each.y)).name
    return found


def _modules(
    topics: Sequence[_Node], below: Sequence[_Node], owners: Mapping[str, str]
) -> tuple[DraftModule, ...]:
    of_topic: dict[str, list[_Node]] = {each.name: [each] for each in topics}
    for each in sorted(below, key=_place):
        of_topic[owners[each.name]].append(each)
    return tuple(
        DraftModule(
            topic.label,
            tuple(map(_lesson, of_topic[topic.name])),
            key=topic.name,
            is_optional=_is_optional(topic),
        )
        for topic in topics
    )


def _lesson(node: _Node) -> DraftLesson:
    return DraftLesson(node.label, node.url, is_optional=_is_optional(node))


def _is_optional(node: _Node) -> bool:
    return any(each in node.legend for each in _OPTIONAL)


IMPORTER = Importer("roadmap-sh", "roadmap.sh JSON", recognise, read)
