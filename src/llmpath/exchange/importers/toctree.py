"""The contents of documentation as Hugging Face writes them, `_toctree.yml`.

A section becomes a module, its pages lessons; where sections stand in sections, the
outer ones become phases.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from llmpath.exchange.importers.draft import (
    DraftLesson,
    DraftModule,
    DraftPhase,
    DraftTrack,
    Reading,
)
from llmpath.exchange.importers.kinds import guess_kind
from llmpath.exchange.importers.source import Importer, Source, refused
from llmpath.exchange.importers.tables import web_address
from llmpath.exchange.importers.tally import Tally
from llmpath.exchange.importers.titles import name_document
from llmpath.exchange.importers.wording import counted
from llmpath.named_tuple import NamedTuple

if TYPE_CHECKING:
    from yaml.events import Event

_DEPTH = 32
_KEYS = frozenset(["title", "local", "sections", "quiz", "subtitle", "url", "href"])


class _Map(NamedTuple):
    """A YAML mapping with the line that it begins on."""

    values: dict[str, _Value]
    line: int


_Value = str | list["_Value"] | _Map


class _Node(NamedTuple):
    """A page, a section or both."""

    title: str
    local: str
    url: str | None
    is_quiz: bool
    subtitle: str | None
    below: tuple[_Node, ...]
    line: int


def recognise(source: Source) -> int:
    """Where list entries of YAML have `title` and `local` or `sections`."""
    titles = pages = others = 0
    for line in source.text.split("\n"):
        text = line.strip().removeprefix("- ").lstrip()
        titles += text.startswith("title:")
        pages += text.startswith(("local:", "sections:"))
        others += line.startswith(("# ", "## ", "{", "<"))
    is_named = source.name.endswith(("_toctree.yml", "_toctree.yaml"))
    if not titles or not pages:
        return 0
    return 95 if is_named or not others else 40


def read(source: Source) -> Reading:
    """Read a file of contents."""
    tally = Tally()
    nodes = _nodes(_parse(source), source, tally)
    title, origin = name_document(None, source)
    is_deep = any(each.below for node in nodes for each in node.below)
    phases = (
        [_phase(each) for each in nodes]
        if is_deep
        else [DraftPhase(title, tuple(_filled(map(_module, nodes))))]
    )
    lessons = [x for phase in phases for each in phase.modules for x in each.lessons]
    if not lessons:
        raise refused(source, "no page in it", "list pages with title and local")
    modules = sum(len(phase.modules) for phase in phases)
    return Reading(
        title=title,
        tracks=(DraftTrack(title, tuple(phases)),),
        understood=(
            f"{counted(len(lessons), 'page')} in {counted(modules, 'module')}",
        ),
        guessed=tuple(_guessed(lessons)),
        left_out=tally.left_out(),
        title_from=origin,
    )


def _parse(source: Source) -> _Value | None:
    """The document as text, lists and mappings; nothing in it is made an object.

    Events are read instead of values, so that an alias is met before it is followed and
    a key before it is overwritten, and depth costs no recursion.
    """
    import yaml  # noqa: PLC0415 - 20 ms, for this form alone

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _build(yaml.parse(source.text, Loader=loader), source)
    except yaml.YAMLError as error:
        line = _line_of(error, source.text)
        reason = str(getattr(error, "problem", None) or error).partition("\n")[0]
        raise refused(
            source, f"not YAML: {reason}", "correct the syntax", line=line
        ) from None
    except UnicodeError:
        raise refused(
            source, "half of a character stands in it", "save it as UTF-8"
        ) from None


def _line_of(error: Exception, text: str) -> int | None:
    """Where the parser stopped; a character that YAML forbids has a position alone."""
    mark = getattr(error, "problem_mark", None)
    position = getattr(error, "position", None)
    if mark is None and position is None:
        return None
    return mark.line + 1 if mark else text.count("\n", 0, position) + 1


def _build(events: Iterator[Event], source: Source) -> _Value | None:
    root: list[_Value] = []
    open_ones: list[list[_Value] | _Map] = [root]
    keys: list[str | None] = [None]
    for event in events:
        kind = type(event).__name__
        line = event.start_mark.line + 1 if event.start_mark else 0
        if kind in {"MappingEndEvent", "SequenceEndEvent"}:
            open_ones.pop()
            keys.pop()
            continue
        value = _value(kind, event, line)
        if kind == "AliasEvent" or (kind == "DocumentStartEvent" and root):
            reason = "an alias" if kind == "AliasEvent" else "a second document"
            raise refused(
                source, f"{reason}, which no contents have", "remove it", line=line
            )
        if value is None:
            continue
        _put(open_ones[-1], keys, value, line, source)
        if not isinstance(value, str):
            open_ones.append(value)
            keys.append(None)
        if len(open_ones) > _DEPTH:
            reason = f"lists and mappings stand more than {_DEPTH} deep in each other"
            raise refused(source, reason, "write it flatter", line=line)
    return root[0] if root else None


def _value(kind: str, event: Event, line: int) -> _Value | None:
    if kind == "ScalarEvent":
        return str(getattr(event, "value", ""))
    if kind == "SequenceStartEvent":
        return []
    return _Map({}, line) if kind == "MappingStartEvent" else None


def _put(
    place: list[_Value] | _Map,
    keys: list[str | None],
    value: _Value,
    line: int,
    source: Source,
) -> None:
    """Put a value into a list, or into a mapping as a key or as what belongs to it."""
    if isinstance(place, list):
        place.append(value)
        return
    key = keys[-1]
    if key is not None:
        place.values[key] = value
        keys[-1] = None
    elif not isinstance(value, str):
        raise refused(source, "a key that is not text", "write a word", line=line)
    elif value in place.values:
        reason = f"the key {value!r} stands twice in one entry"
        raise refused(source, reason, "keep one of the two", line=line)
    else:
        keys[-1] = value


def _nodes(value: _Value | None, source: Source, tally: Tally) -> tuple[_Node, ...]:
    """The entries of a list; `_parse` has limited how deep they go."""
    if isinstance(value, _Map):
        value = value.values.get("sections")
    if not isinstance(value, list):
        reason = "no list of entries with title and local or sections"
        raise refused(source, reason, "list pages with title and local")
    nodes = []
    for each in value:
        if isinstance(each, _Map):
            nodes.append(_node(each, source, tally))
        else:
            text = each if isinstance(each, str) else "a list"
            tally.name("entry without title and local", 0, text)
    return tuple(nodes)


def _node(entry: _Map, source: Source, tally: Tally) -> _Node:
    values, line = entry
    texts = {key: each for key, each in values.items() if isinstance(each, str)}
    for key in values:
        if key not in _KEYS:
            tally.leave("key without a meaning here", line, key)
    below: tuple[_Node, ...] = ()
    if values.get("sections"):
        below = _nodes(values["sections"], source, tally)
    local = texts.get("local", "")
    title = texts.get("title") or local
    if not local and not below:
        tally.name("section without a page", line, title)
    return _Node(
        title,
        local,
        web_address(texts.get("url") or texts.get("href") or "", source),
        "quiz" in values,
        texts.get("subtitle"),
        below,
        line,
    )


def _phase(node: _Node) -> DraftPhase:
    """An outer section: its own pages first, as a module of its name."""
    own = node._replace(below=tuple(each for each in node.below if not each.below))
    inner = [_module(each) for each in node.below if each.below]
    modules = tuple(_filled((_module(own), *inner)))
    return DraftPhase(node.title, modules, node.subtitle)


def _filled(modules: Iterable[DraftModule]) -> Iterator[DraftModule]:
    return (each for each in modules if each.lessons)


def _module(node: _Node) -> DraftModule:
    lessons = tuple(map(_lesson, _pages(node)))
    return DraftModule(node.title, lessons, key=node.local or None, note=node.subtitle)


def _pages(node: _Node) -> Iterator[_Node]:
    if node.local:
        yield node
    for each in node.below:
        yield from _pages(each)


def _lesson(node: _Node) -> DraftLesson:
    kind = "quiz" if node.is_quiz else guess_kind(node.title, node.url)
    return DraftLesson(
        node.title, node.url, kind=kind or "reading", line=node.line, is_page=True
    )


def _guessed(lessons: Sequence[DraftLesson]) -> Iterator[str]:
    yield "what a page is, from its title: something to read where that does not tell"
    without = sum(each.url is None for each in lessons)
    if without:
        pages = counted(without, "page")
        yield f"{pages} without a link, named within their own site alone"


IMPORTER = Importer("toctree", "Hugging Face _toctree.yml", recognise, read)
