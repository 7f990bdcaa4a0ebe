"""Tracks, phases and modules from headings and groups of any depth."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from llmpath.exchange.importers.draft import (
    DraftLesson,
    DraftModule,
    DraftPhase,
    DraftTrack,
    Span,
)
from llmpath.exchange.importers.tally import Tally
from llmpath.named_tuple import NamedTuple

_ROUTE = re.compile(r"\b(?:roadmap|track|path|pathway|route)s?\b", re.IGNORECASE)
_STAGE = re.compile(
    r"\W*(?:phase|stage|step|part|level|week|month|unit|semester|year|day|milestone)"
    r"\s{0,3}(?:[0-9]+|[ivx]+\b|one|two|three|four|five)",
    re.IGNORECASE,
)


class Node(NamedTuple):
    """A heading, or a group in a list, with what stands below it.

    Attributes:
        is_heading: False for a group in a list.
        is_stage: One of a numbered sequence, so rather a phase than a module.
        note: What the source says of it.
    """

    title: str
    line: int
    span: Span | None = None
    url: str | None = None
    lessons: tuple[DraftLesson, ...] = ()
    children: tuple[Node, ...] = ()
    is_heading: bool = True
    is_stage: bool = False
    is_optional: bool = False
    note: str | None = None


def is_stage(title: str) -> bool:
    """Tell whether a title names one of a sequence, such as `Phase 2: ...`."""
    return _STAGE.match(title) is not None


def make_tracks(
    title: str, nodes: Sequence[Node], tally: Tally
) -> tuple[tuple[DraftTrack, ...], str]:
    """Make tracks of what has lessons, and say in a sentence how.

    Headings that call themselves a roadmap, track or path are tracks where two or more
    stand together; so are the upper ones of three levels of headings that have lessons
    below the lowest alone. All else is one track.
    """
    full = [each for each in map(_pruned, nodes) if each is not None]
    routes, rest = _split_routes(full)
    if routes:
        tracks = [_track(each, tally) for each in routes]
        if rest:
            tracks.append(_track(_together(title, rest), tally))
        return tuple(tracks), "headings that name a roadmap, track or path are tracks"
    if full and all(_is_three_deep(each) for each in full):
        told = "three levels of headings are tracks, phases and modules"
        return tuple(_track(each, tally) for each in full), told
    whole = _together(title, full)
    if len(full) == 1 and _is_mere_heading(full[0]):
        whole = full[0]._replace(title=title)
    return (_track(whole, tally),), "the whole document is one track"


def _together(title: str, nodes: Sequence[Node]) -> Node:
    return Node(title, nodes[0].line if nodes else 0, children=tuple(nodes))


def _pruned(node: Node) -> Node | None:
    children = tuple(each for each in map(_pruned, node.children) if each is not None)
    return node._replace(children=children) if children or node.lessons else None


def _split_routes(nodes: Sequence[Node]) -> tuple[list[Node], list[Node]]:
    """The routes that stand together somewhere, and all other nodes."""
    routes = [each for each in nodes if _is_route(each)]
    if len(routes) >= 2 and len(routes) * 2 >= len(nodes):
        return routes, [each for each in nodes if not _is_route(each)]
    for at, node in enumerate(nodes):
        routes, others = _split_routes(node.children)
        if routes:
            own = node._replace(children=tuple(others))
            kept = [own] if own.lessons or others else []
            return routes, [*nodes[:at], *kept, *nodes[at + 1 :]]
    return [], list(nodes)


def _is_mere_heading(node: Node) -> bool:
    return node.is_heading and not node.lessons and not node.is_stage


def _is_route(node: Node) -> bool:
    return node.is_heading and _ROUTE.search(node.title) is not None


def _is_three_deep(node: Node, depth: int = 3) -> bool:
    if depth == 1:
        return node.is_heading and bool(node.lessons) and not node.children
    below = all(_is_three_deep(each, depth - 1) for each in node.children)
    return node.is_heading and bool(node.children) and not node.lessons and below


def _track(node: Node, tally: Tally) -> DraftTrack:
    return DraftTrack(
        node.title, tuple(_phases(node, tally)), summary=node.note, span=node.span
    )


def _phases(node: Node, tally: Tally) -> Iterator[DraftPhase]:
    """Phases of a track; children without parts of their own are modules of one phase.

    They are phases all the same where most are numbered stages.
    """
    stages = sum(each.is_stage for each in node.children)
    is_flat = not any(each.children for each in node.children)
    if is_flat and stages * 2 <= len(node.children):
        own = _own_module(node) if node.lessons else []
        yield DraftPhase(node.title, (*own, *map(_module, node.children)))
        return
    if node.lessons:
        yield DraftPhase(node.title, tuple(_own_module(node)))
    for child in node.children:
        if child.children:
            own = _own_module(child) if child.lessons else []
            modules = [m for each in child.children for m in _modules(each, "", tally)]
            goal = child.note
            yield DraftPhase(child.title, (*own, *modules), goal, child.span)
        else:
            yield DraftPhase(child.title, (_module(child),))


def _modules(node: Node, before: str, tally: Tally) -> Iterator[DraftModule]:
    """The module of a node and those of what stands below it, with its title."""
    title = f"{before}{node.title}"
    named = node._replace(title=title)
    if node.span and node.children:
        reason = "time of a part that has parts of its own below a phase"
        tally.name(reason, node.line, node.title)
        named = named._replace(span=None)
    if node.lessons:
        yield _module(named)
    for child in node.children:
        yield from _modules(child, f"{title}: ", tally)


def _own_module(node: Node) -> list[DraftModule]:
    """The lessons that stand directly below a node with parts of its own."""
    return [_module(node._replace(span=None, note=None))]


def _module(node: Node) -> DraftModule:
    return DraftModule(
        node.title,
        node.lessons,
        url=node.url,
        span=node.span,
        is_optional=node.is_optional,
        note=node.note,
    )
