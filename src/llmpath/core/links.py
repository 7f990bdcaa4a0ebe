"""The links of a curriculum: each address once, with what has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit

from llmpath.core.curriculum import Module
from llmpath.core.text import safe_url
from llmpath.named_tuple import NamedTuple

_TIMED_HOSTS = ("youtube.com", "youtu.be")
"""Whose addresses have a time mark as `t`; elsewhere it is a fragment."""


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


def bare_address(url: str) -> str | None:
    """An address without what only the browser uses; None if it is not safe."""
    address = safe_url(url)
    if address is None:
        return None
    parts = urlsplit(address)._replace(fragment="")
    host = parts.hostname or ""
    if any(host == each or host.endswith(f".{each}") for each in _TIMED_HOSTS):
        pairs = parse_qsl(parts.query, keep_blank_values=True)
        kept = [(key, value) for key, value in pairs if key != "t"]
        if len(kept) < len(pairs):
            parts = parts._replace(query=urlencode(kept))
    return parts.geturl()


def _uses(modules: Iterable[Module]) -> Iterator[tuple[str, str, bool]]:
    for module in modules:
        if module.url is not None:
            yield module.url, module.id, True
        for lesson in module.lessons:
            if lesson.url is not None:
                yield lesson.url, lesson.id, True
        for other in module.alternatives:
            yield other.url, module.id, False
