"""What a document is called whose own title tells nothing, and where that is from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from llmpath.exchange.importers.source import Source
from llmpath.exchange.importers.wording import shortened
from llmpath.named_tuple import NamedTuple

_VAGUE = frozenset(
    [
        *("readme", "index", "roadmap", "summary", "toctree", "toc", "contents"),
        *("curriculum", "syllabus", "checklist", "todo", "export", "untitled"),
        *("document", "documents", "doc", "docs", "file", "files", "book", "course"),
        *("chapter", "chapters", "content", "src", "source", "data", "static"),
        *("public", "html", "www", "wiki", "pages", "blob", "raw", "tree", "refs"),
        *("heads", "main", "master", "trunk", "head", "latest", "stable", "home"),
        *("downloads", "desktop", "tmp", "temp", "en"),
    ]
)
"""Words of file names, folders and headings that say what a thing is, not of what."""

_HASH = re.compile(r"(?=[a-f]*[0-9])[0-9a-f]{7,64}")
_GITHUB = frozenset(["github.com", "raw.githubusercontent.com"])


class Title(NamedTuple):
    """What a document is called.

    Attributes:
        origin: What it was taken from, empty where nothing names it; None where it is
            the document's own.
    """

    text: str
    origin: str | None


def name_document(own: str | None, source: Source) -> Title:
    """The document's own title, if it tells something, or what else names it."""
    text = " ".join((own or "").split())
    if text and not is_vague(text):
        return Title(text, None)
    return next(_names(source), Title("Imported curriculum", ""))


def is_vague(text: str) -> bool:
    """Tell whether a name says nothing of what a document is about."""
    words = re.findall(r"[^\W_]+", text.casefold())
    if words[:1] == ["readme"]:
        return True  # and a language
    return all(
        each in _VAGUE or each.isdigit() or _HASH.fullmatch(each) for each in words
    )


def told_title(title: str, origin: str) -> str:
    """The sentence that says what a title was taken from."""
    why = f"from {origin}" if origin else "as nothing names it"
    return f"the title {shortened(title)!r}, {why}"


def _names(source: Source) -> Iterator[Title]:
    """All names that tell something, the best first."""
    if source.own_id:
        yield Title(source.own_id, "--as")
    if is_web(source.name):
        yield from _address_names(source.name)
        return
    stem = stem_of(source.name)
    if not is_vague(stem):
        yield Title(stem, "the name of the file")
    yield from _telling(source.folders, "the name of the folder")


def _address_names(address: str) -> Iterator[Title]:
    try:
        parts = urlsplit(address)
    except ValueError:
        return
    *folders, file = unquote(parts.path).strip("/").split("/")
    stem = stem_of(file)
    if not is_vague(stem):
        yield Title(stem, "the name of the file")
    if parts.hostname in _GITHUB:
        yield from _telling(folders[1:2], "the name of the repository")
    yield from _telling(reversed(folders), "its address")
    yield from _telling([parts.hostname or ""], "its address")


def _telling(names: Iterable[str], origin: str) -> Iterator[Title]:
    return (Title(each, origin) for each in names if not is_vague(each))


def stem_of(name: str) -> str:
    """The name of a file without folders and ending."""
    return PurePosixPath(name.replace("\\", "/")).stem


def is_web(address: str) -> bool:
    """Tell whether a name is an address on the web."""
    return address.startswith(("https://", "http://"))
