"""Which modules come before which, from the keys and titles that a source names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from llmpath.exchange.importers.draft import DraftModule
from llmpath.named_tuple import NamedTuple

_LIMIT = 100


class Ordering(NamedTuple):
    """Prerequisites without a cycle.

    Attributes:
        before: Ids of modules by the id of the one that needs them.
        outside: What a module needs and no module of the source is.
        notes: What was left out, a sentence each.
    """

    before: Mapping[str, tuple[str, ...]]
    outside: Mapping[str, tuple[str, ...]]
    notes: tuple[str, ...]


def find_order(modules: Sequence[DraftModule], ids: Sequence[str]) -> Ordering:
    """Look up what each module needs; a need that would close a cycle is left out."""
    names = _names(modules, ids)
    needed: dict[str, tuple[str, ...]] = {}
    outside: dict[str, tuple[str, ...]] = {}
    for module, own in zip(modules, ids, strict=True):
        wanted = [*dict.fromkeys(each.strip() for each in module.needs if each.strip())]
        found = dict.fromkeys(names.get(each.casefold()) for each in wanted)
        needed[own] = tuple(each for each in found if each and each != own)[:_LIMIT]
        outside[own] = tuple(each for each in wanted if each.casefold() not in names)[
            :_LIMIT
        ]
    closing = {*_closing(needed)}
    before = {
        own: tuple(each for each in needs if (own, each) not in closing)
        for own, needs in needed.items()
    }
    return Ordering(before, outside, tuple(_notes(closing)))


def _names(modules: Sequence[DraftModule], ids: Sequence[str]) -> dict[str, str]:
    """Ids by key and title; keys and what stands first take precedence."""
    names: dict[str, str] = {}
    pairs = [*zip(modules, ids, strict=True)]
    for module, own in pairs:
        if module.key:
            names.setdefault(module.key.strip().casefold(), own)
    for module, own in pairs:
        names.setdefault(module.title.strip().casefold(), own)
    return names


def _closing(needed: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """The needs that lead back to a module on the way to them.

    Begins with the last module, so that rather those on later ones are named.
    """
    finished: set[str] = set()
    for start in reversed(needed):
        if start in finished:
            continue
        on_the_way = {start}
        stack = [(start, iter(needed[start]))]
        while stack:
            own, ahead = stack[-1]
            for each in ahead:
                if each in on_the_way:
                    yield own, each
                elif each not in finished:
                    on_the_way.add(each)
                    stack.append((each, iter(needed[each])))
                    break
            else:
                finished.add(own)
                on_the_way.discard(own)
                stack.pop()


def _notes(closing: set[tuple[str, str]]) -> Iterator[str]:
    for own, each in sorted(closing)[:20]:
        yield f"{own} needs {each}, which needs it in turn; this need is left out"
    if len(closing) > 20:
        yield f"{len(closing) - 20} more needs that close a circle are left out"
