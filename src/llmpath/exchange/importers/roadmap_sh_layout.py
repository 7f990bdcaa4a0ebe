"""Which nodes of a drawn roadmap belong together: by lines, boxes, stacks and nearness.

Of 5,700 subtopics in 62 roadmaps a third is reached by lines. The others stand in a box
or a stack of which one is reached, below a caption, or near a topic. Where lines tell,
a stack belongs to one topic in 98 of 100 cases, and the nearest topic is the right one
in 78, by a measure in which distance to the side weighs more than height.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from llmpath.named_tuple import NamedTuple

_MOST = 200
"""More boxes and captions are not looked at, nor topics around a place; roadmaps have
up to 60 of each."""
_STACKED = 1000
"""Of more subtopics no stacks are looked for; roadmaps have up to 300."""
_GAP = 6.0
"""Between nodes of one stack; they are 4 apart and 49 high."""
_CAPTION = 45.0
"""From a caption down to what it stands above; captions are 36 high."""
_SIDE = 2.0
"""What a distance to the side weighs, squared, where that of heights weighs 1."""


class Node(NamedTuple):
    """A node that counts: a topic, a subtopic, a caption or a box around some.

    Attributes:
        kind: `topic`, `subtopic`, `label` or `section`.
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

    @property
    def place(self) -> tuple[float, float]:
        """Order on the page: from top to bottom, then from left to right."""
        return self.y, self.x


class Group(NamedTuple):
    """A topic or a caption, and the subtopics that belong to it, in order."""

    head: Node
    members: tuple[Node, ...]


class Layout(NamedTuple):
    """A roadmap in groups.

    Attributes:
        near: Subtopics of which nothing but nearness tells the topic.
    """

    groups: tuple[Group, ...]
    near: tuple[Node, ...]


class _Rectangle(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float


def lay_out(
    topics: Sequence[Node], nodes: Sequence[Node], edges: Sequence[tuple[str, str]]
) -> Layout:
    """Find the group of each subtopic.

    Args:
        topics: At least one, in order.
        nodes: All nodes, the topics too.
        edges: Lines, by the names of their ends; others than these nodes' do nothing.
    """
    heads = {each.name: each for each in topics}
    below = [each for each in nodes if each.kind == "subtopic"]
    below = [each for each in below if each.name not in heads]
    boxes = dict(_boxes(nodes))
    box_of = {each.name: box for box, inside in boxes.items() for each in inside}
    named = {each.name: each for each in nodes}
    captions = [each for each in nodes if each.kind == "label"][:_MOST]
    owners = _reached(heads, boxes, edges)
    near: list[Node] = []
    for cluster in _clusters(below, boxes):
        owned = [each for each in cluster if each.name in owners]
        free = [each for each in cluster if each.name not in owners]
        if owned:
            for each in free:
                owners[each.name] = owners[_nearest([each], owned[:_MOST]).name]
            continue
        around = {box_of[each.name] for each in cluster if each.name in box_of}
        area = _around([*cluster, *(named[each] for each in around)])
        titles = [each for each in captions if _is_over(each, area)]
        nearest = _nearest(cluster, _beside(area, topics))
        for each in free:
            head = _caption(each, titles) if titles else nearest
            owners[each.name] = head.name
            heads[head.name] = head
        near += [] if titles else free
    members: dict[str, list[Node]] = {name: [] for name in heads}
    for each in sorted(below, key=lambda node: node.place):
        members[owners[each.name]].append(each)
    groups = [Group(heads[name], tuple(each)) for name, each in members.items()]
    return Layout(tuple(sorted(groups, key=lambda each: each.head.place)), tuple(near))


def _reached(
    heads: Mapping[str, Node],
    boxes: Mapping[str, Sequence[Node]],
    edges: Sequence[tuple[str, str]],
) -> dict[str, str]:
    """The topic that each node is reached from, without passing another topic."""
    lines: dict[str, list[str]] = {}
    inside = [(box, each.name) for box, nodes in boxes.items() for each in nodes]
    for one, other in (*edges, *inside):
        lines.setdefault(one, []).append(other)
        lines.setdefault(other, []).append(one)
    owners = {name: name for name in heads}
    ahead = deque(owners)
    while ahead:
        name = ahead.popleft()
        for other in lines.get(name, ()):
            if other not in owners:
                owners[other] = owners[name]
                ahead.append(other)
    return owners


def _boxes(nodes: Sequence[Node]) -> Iterator[tuple[str, list[Node]]]:
    """Each box with the subtopics in it; the smallest box around one has it."""
    free = sorted(
        (each for each in nodes if each.kind == "subtopic"), key=lambda node: node.place
    )
    boxes = [each for each in nodes if each.kind == "section"][:_MOST]
    for box in sorted(boxes, key=lambda each: each.width * each.height):
        heights = [each.y for each in free]
        begin = bisect_left(heights, box.y)
        end = bisect_right(heights, box.y + box.height)
        inside = [
            each for each in free[begin:end] if box.x <= each.x <= box.x + box.width
        ]
        names = {each.name for each in inside}
        free = [each for each in free if each.name not in names]
        yield box.name, inside


def _clusters(
    below: Sequence[Node], boxes: Mapping[str, Sequence[Node]]
) -> list[list[Node]]:
    """Subtopics that stand in one box or stack, also through others."""
    found: dict[str, list[Node]] = {each.name: [each] for each in below}

    def join(one: Node, other: Node) -> None:
        if one.name not in found or other.name not in found:
            return
        small, great = sorted((found[one.name], found[other.name]), key=len)
        if small is not great:
            great += small
            found.update((each.name, great) for each in small)

    for inside in boxes.values():
        for one, other in pairwise(inside):
            join(one, other)
    for one, other in _touching(below):
        join(one, other)
    return [*{id(each): each for each in found.values()}.values()]


def _touching(below: Sequence[Node]) -> Iterator[tuple[Node, Node]]:
    """Pairs of nodes that stand directly above or beside each other."""
    if len(below) > _STACKED:
        return
    ordered = sorted(below, key=lambda node: node.place)
    for at, one in enumerate(ordered):
        for other in ordered[at + 1 :]:
            down = other.y - (one.y + one.height)
            if down > _GAP:
                break
            across = _gap(one.x, one.width, other.x, other.width)
            if (across < 0 and down <= _GAP) or (down < 0 and across <= _GAP):
                yield one, other


def _gap(start: float, length: float, other: float, its_length: float) -> float:
    """The space between two stretches of a line, below 0 where they overlap."""
    return max(start - (other + its_length), other - (start + length))


def _around(nodes: Sequence[Node]) -> _Rectangle:
    return _Rectangle(
        min(each.x for each in nodes),
        min(each.y for each in nodes),
        max(each.x + each.width for each in nodes),
        max(each.y + each.height for each in nodes),
    )


def _beside(area: _Rectangle, topics: Sequence[Node]) -> Sequence[Node]:
    """The topics above and below the middle of a rectangle."""
    at = bisect_left(topics, (area.top + area.bottom) / 2, key=lambda each: each.y)
    return topics[max(0, at - _MOST // 2) : at + _MOST // 2]


def _is_over(caption: Node, around: _Rectangle) -> bool:
    """Tell whether a caption stands in a rectangle or directly above it."""
    middle = caption.x + caption.width / 2
    is_beside = around.left <= middle <= around.right
    return is_beside and around.top - _CAPTION <= caption.y <= around.bottom


def _caption(node: Node, captions: Sequence[Node]) -> Node:
    """The last caption above a node, the first one if there is none."""
    above = [each for each in captions if each.y <= node.y]
    if not above:
        return min(captions, key=lambda each: each.place)
    return max(
        above,
        key=lambda each: (-_gap(each.x, each.width, node.x, node.width) > 0, each.y),
    )


def _nearest(cluster: Sequence[Node], others: Sequence[Node]) -> Node:
    left, top, right, bottom = _around(cluster)

    def distance(other: Node) -> float:
        aside = max(0.0, _gap(left, right - left, other.x, other.width))
        apart = other.y + other.height / 2 - (top + bottom) / 2
        return _SIDE * aside**2 + apart**2

    return min(others, key=distance)
