"""The links of a curriculum: each address once, with what has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from llmpath.core.addresses import bare_address
from llmpath.core.curriculum import Module
from llmpath.named_tuple import NamedTuple


class Link(NamedTuple):
    """An address to look at.

    Attributes:
        url: Without fragment and time mark; as it stands where it is no safe address.
        is_safe: It is a web address that may be asked for.
        ids: Modules and lessons whose link it is.
        alternative_of: Modules that name it as an alternative.
    """

    url: str
    is_safe: bool
    ids: tuple[str, ...]
    alternative_of: tuple[str, ...]


def collect_links(modules: Iterable[Module]) -> tuple[Link, ...]:
    """The links of modules, their lessons and alternatives, in their order."""
    safe: dict[str, bool] = {}
    own: dict[str, dict[str, None]] = {}
    others: dict[str, dict[str, None]] = {}
    for url, owner, is_own in _uses(modules):
        address = bare_address(url)
        key = address or url
        safe[key] = address is not None
        (own if is_own else others).setdefault(key, {})[owner] = None
    return tuple(
        Link(key, is_safe, tuple(own.get(key, ())), tuple(others.get(key, ())))
        for key, is_safe in safe.items()
    )


def _uses(modules: Iterable[Module]) -> Iterator[tuple[str, str, bool]]:
    for module in modules:
        if module.url is not None:
            yield module.url, module.id, True
        for lesson in module.lessons:
            if lesson.url is not None:
                yield lesson.url, lesson.id, True
        for other in module.alternatives:
            yield other.url, module.id, False
