"""The JSON of a roadmap at roadmap.sh: nodes with places and the lines between them.

A topic becomes a module, with itself as the first lesson and its subtopics as the
others; a caption over subtopics that no line leads to is a module as well. Order is
from top to bottom, then from left to right.
"""

from __future__ import annotations

import json
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
from llmpath.exchange.importers.roadmap_sh_layout import Group, Layout, Node, lay_out
from llmpath.exchange.importers.source import Importer, Source, refused
from llmpath.exchange.importers.tables import web_address
from llmpath.exchange.importers.tally import Tally
from llmpath.exchange.importers.titles import name_document
from llmpath.exchange.importers.wording import counted, listed

_KINDS = frozenset(["topic", "subtopic", "label"])
_REST = {
    "vertical": "line of the drawing",
    "horizontal": "line of the drawing",
    "label": "caption",
    "paragraph": "text",
    "legend": "legend",
    "button": "button to another page",
    "linksgroup": "group of links to other roadmaps",
}
_OPTIONAL = ("alternative", "optional", "not recommended", "order not strict")


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
    topics = _ordered(nodes, "topic") or _ordered(nodes, "subtopic")
    if not topics:
        raise refused(source, "no topic in it", "export the roadmap anew")
    layout = lay_out(topics, nodes, [*_edges(document["edges"])])
    heads = {each.head.name for each in layout.groups}
    for each in nodes:
        if each.kind == "label" and each.name not in heads:
            tally.leave(_REST["label"], 0, each.label)
    title, origin = name_document(_title(document), source)
    modules = tuple(map(_module, layout.groups))
    below = sum(len(each.members) for each in layout.groups)
    return Reading(
        title=title,
        tracks=(DraftTrack(title, (DraftPhase(title, modules),)),),
        understood=(
            f"{counted(len(topics), 'topic')} as modules with themselves as lessons",
            f"{counted(below, 'subtopic')} as further lessons",
            "the order from top to bottom, then from left to right",
        ),
        guessed=(*_guessed(layout),),
        left_out=tally.left_out(),
        title_from=origin,
    )


def _guessed(layout: Layout) -> Iterator[str]:
    captions = [each for each in layout.groups if each.head.kind == "label"]
    if captions:
        below = sum(len(each.members) for each in captions)
        yield (
            f"{counted(below, 'subtopic')} that no line leads to put into "
            f"{counted(len(captions), 'module')} by the captions above them"
        )
    if layout.near:
        told = f"{counted(len(layout.near), 'subtopic')} put to the nearest topic"
        yield f"{told}: {listed(each.label for each in layout.near)}"
    yield "lines between topics as an order, not as prerequisites"


def _ordered(nodes: Sequence[Node], kind: str) -> list[Node]:
    found = (each for each in nodes if each.kind == kind)
    return sorted(found, key=lambda each: each.place)


def _edges(entries: Sequence[object]) -> Iterator[tuple[str, str]]:
    for entry in entries:
        edge = _object(entry)
        yield _text(edge.get("source")), _text(edge.get("target"))


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


def _nodes(entries: Sequence[object], source: Source, tally: Tally) -> Iterator[Node]:
    seen: set[str] = set()
    for at, entry in enumerate(entries):
        if not isinstance(entry, dict):
            tally.name("node that is no object", 0, f"nodes[{at}]")
            continue
        node = _node(entry, f"nodes[{at}]", source)
        if node.name in seen:
            tally.name("node whose id another one has", 0, node.label)
        elif node.kind == "section" or (node.kind in _KINDS and node.label):
            seen.add(node.name)
            yield node
        elif node.kind != "title" and node.label:
            tally.leave(_REST.get(node.kind, "node of another kind"), 0, node.label)


def _node(entry: Mapping[str, Any], otherwise: str, source: Source) -> Node:
    data = _object(entry.get("data"))
    place = _object(entry.get("positionAbsolute")) or _object(entry.get("position"))
    style = _object(entry.get("style"))
    return Node(
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


def _title(document: Mapping[str, Any]) -> str:
    for entry in document["nodes"]:
        if _object(entry).get("type") == "title":
            return _text(_object(_object(entry).get("data")).get("label"))
    title = document.get("title")
    return _text(title) or _text(_object(title).get("page"))


def _module(group: Group) -> DraftModule:
    lessons = [*([group.head] if group.head.kind != "label" else []), *group.members]
    return DraftModule(
        group.head.label,
        tuple(map(_lesson, lessons)),
        key=group.head.name,
        is_optional=_is_optional(group.head),
    )


def _lesson(node: Node) -> DraftLesson:
    return DraftLesson(node.label, node.url, is_optional=_is_optional(node))


def _is_optional(node: Node) -> bool:
    return any(each in node.legend for each in _OPTIONAL)


IMPORTER = Importer("roadmap-sh", "roadmap.sh JSON", recognise, read)
