"""Web addresses: what page one names, what place in it, what a server is asked."""

from __future__ import annotations

from urllib.parse import urlsplit

from llmpath.core.text import safe_url
from llmpath.named_tuple import NamedTuple

_TIMED_HOSTS = ("youtube.com", "youtube-nocookie.com", "youtu.be")
"""Whose addresses have a time mark in the query; elsewhere `t` may name the page."""
_TIME_KEYS = frozenset({"t", "start"})


class Destination(NamedTuple):
    """Where a link leads; what is written otherwise and leads there is equal.

    Attributes:
        page: Without scheme, the letters of the host, last slash and empty parts.
        mark: Where in the page to begin, a time or a heading; empty for its beginning.
        stop: Where in the page to end; None for its end.
    """

    page: str
    mark: str
    stop: str | None


def destination_of(url: str | None, stop: str | None = None) -> Destination | None:
    """Where an address leads, as far as a stop; None without one."""
    if url is None:
        return None
    bare, _, heading = url.partition("#")
    scheme, _, rest = bare.partition("://")
    if scheme.lower() not in {"http", "https"}:
        return Destination(bare, heading, stop)
    path, _, query = rest.partition("?")
    host, slash, path = path.partition("/")
    host = host.lower()
    query, time = _without_time(host.partition(":")[0], query)
    page = f"{host}{slash}{path}".rstrip("/")
    mark = "#".join(each for each in (time, heading) if each)
    return Destination(f"{page}?{query}" if query else page, mark, stop)


def page_of(url: str | None) -> str | None:
    """The page that an address names, wherever in it; None without one."""
    found = destination_of(url)
    return None if found is None else found.page


def bare_address(url: str) -> str | None:
    """An address without what only the browser uses; None if it is not safe."""
    address = safe_url(url)
    if address is None:
        return None
    parts = urlsplit(address)._replace(fragment="")
    query, time = _without_time(parts.hostname or "", parts.query)
    return (parts._replace(query=query) if time else parts).geturl()


def _without_time(host: str, query: str) -> tuple[str, str]:
    """A query without its time mark, and the mark; both empty where there is none."""
    if not any(host == each or host.endswith(f".{each}") for each in _TIMED_HOSTS):
        return query, ""
    pairs = [each for each in query.split("&") if each]
    marks = [each for each in pairs if each.partition("=")[0] in _TIME_KEYS]
    return "&".join(each for each in pairs if each not in marks), "&".join(marks)
