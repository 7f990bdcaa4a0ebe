"""The cycles in what needs what, told so that each can be broken."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Mapping

Needs = Mapping[str, Collection[str]]


def find_cycles(needs: Needs) -> Iterator[list[str]]:
    """The shortest cycles that together show every need which lies in one.

    All cycles may be more than there are atoms. Each begins with its first name in the
    alphabet; those of names that are listed earlier come first.
    """
    order = {name: number for number, name in enumerate(needs)}
    for group in sorted(
        _groups(needs), key=lambda each: min(order[name] for name in each)
    ):
        shown: set[tuple[str, str]] = set()
        for name in sorted(group):
            for needed in sorted(group.intersection(needs[name])):
                if (name, needed) not in shown:
                    cycle = [name, *_way(needs, group, needed, name)][:-1]
                    shown.update(zip(cycle, [*cycle[1:], cycle[0]], strict=True))
                    start = cycle.index(min(cycle))
                    yield cycle[start:] + cycle[:start]


def _way(needs: Needs, group: set[str], start: str, end: str) -> list[str]:
    """The shortest way from a name to another one of its group, both included."""
    before = {start: ""}
    ahead = deque([start])
    while end not in before:
        name = ahead.popleft()
        for needed in sorted(group.intersection(needs[name])):
            if needed not in before:
                before[needed] = name
                ahead.append(needed)
    way = [end]
    while way[-1] != start:
        way.append(before[way[-1]])
    return way[::-1]


def _groups(needs: Needs) -> Iterator[set[str]]:
    """The names that need each other, group by group: Kosaraju, without recursion."""
    needing: dict[str, list[str]] = {}
    for name, needed in needs.items():
        for each in needed:
            needing.setdefault(each, []).append(name)
    seen: set[str] = set()
    for name in reversed(_by_end(needs)):
        if name not in seen:
            group = {name}
            ahead = [name]
            seen.add(name)
            while ahead:
                for each in needing.get(ahead.pop(), ()):
                    if each not in seen:
                        seen.add(each)
                        group.add(each)
                        ahead.append(each)
            if len(group) > 1 or name in needs[name]:
                yield group


def _by_end(needs: Needs) -> list[str]:
    """All names, each behind what it needs unless that needs it as well."""
    ended: list[str] = []
    seen: set[str] = set()
    for start in needs:
        ahead = [] if start in seen else [(start, iter(needs[start]))]
        seen.add(start)
        while ahead:
            name, rest = ahead[-1]
            known = (each for each in rest if each in needs and each not in seen)
            found = next(known, None)
            if found is None:
                ended.append(name)
                ahead.pop()
            else:
                seen.add(found)
                ahead.append((found, iter(needs[found])))
    return ended
