"""Lessons and groups from the items of a Markdown list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from llmpath.core.text import TITLE_LIMIT, clean
from llmpath.exchange.importers.draft import DraftLesson, Span
from llmpath.exchange.importers.efforts import read_effort
from llmpath.exchange.importers.kinds import guess_kind
from llmpath.exchange.importers.markdown_blocks import Item
from llmpath.exchange.importers.markdown_exported import exported_lesson
from llmpath.exchange.importers.markdown_words import Link, Words
from llmpath.exchange.importers.outline import Node
from llmpath.exchange.importers.tally import Tally
from llmpath.named_tuple import NamedTuple

_MARKS = " \t\u00a0-\u2013\u2014:|*>\u2022\u00b7,;"
_SEPARATORS = re.compile(r"[\s,;|/&+()\[\]\u00b7\u2022-]*(?:and|or)?[\s,;|/&+()\[\]-]*")
_OPTIONAL = re.compile(r"\boptional\b", re.IGNORECASE)
_OPTIONAL_MARK = re.compile(
    r"\s*[(\[]\s*optional\s*[)\]]\s*:?|^optional:\s*", re.IGNORECASE
)
_LABEL = re.compile(r"[(\[]([^()\[\]]{1,20})[)\]]")
_EXPORTED_NOTE = re.compile(r"note [0-9]{4}-[0-9]{2}-[0-9]{2}: ")
_GENERIC = frozenset(
    [
        *("link", "links", "here", "this", "click", "website", "url", "site", "source"),
        *("page", "workshop", "video", "course", "slides", "notes", "book", "paper"),
        *("article", "github", "repo", "code", "demo", "playlist", "pdf", "the"),
    ]
)
_PREFIX_LIMIT = 80
_SENTENCE_WORDS = 12


class Group(NamedTuple):
    """What a list has in it: lessons, and groups with lessons of their own.

    Attributes:
        sentences: Items that have neither a link nor a box and are long sentences.
    """

    lessons: tuple[DraftLesson, ...]
    nodes: tuple[Node, ...]
    sentences: tuple[Item, ...] = ()


def read_items(items: Sequence[Item], context: str, tally: Tally) -> Group:
    """Read a list below a heading or item whose title is the context.

    An item with a link is a lesson, and so is one without anything below it. Items
    without links below a lesson are its topics. An item without a link that has linked
    or ticked items below it, or items that have items, is a group.
    """
    lessons: list[DraftLesson] = []
    nodes: list[Node] = []
    sentences: list[Item] = []
    for item in _without_notes(items, tally):
        if item.words.links or exported_lesson(item):
            lessons += _linked(item, context, tally)
        elif _is_group(item):
            nodes.append(_group(item, tally))
        elif item.is_ticked is None and _is_sentence(item.words):
            sentences.append(item)
        else:
            lessons += unlinked(item, tally)
        if item.paragraphs:
            tally.leave("paragraph below an item", item.line, item.words.text)
    return Group(tuple(lessons), tuple(nodes), tuple(sentences))


def settle_sentences(
    sentences: Sequence[Item], tally: Tally, *, is_all: bool
) -> list[DraftLesson]:
    """Lessons of sentences that begin in bold, where there is nothing else."""
    lessons = []
    for item in sentences:
        if is_all and item.words.lead:
            lessons += unlinked(item, tally)
        else:
            reason = "sentence in a list, without link or box"
            tally.name(reason, item.line, item.words.text)
    return lessons


def is_table_of_contents(items: Sequence[Item]) -> bool:
    """Tell whether a list has no boxes and most items are links into the document."""
    flat = [*_flat(items)]
    links = [link for item in flat for link in item.words.links]
    if any(each.is_ticked is not None for each in flat):
        return False
    entries = sum(_is_entry(each.words) for each in flat)
    return all(each.url.startswith("#") for each in links) and entries * 2 > len(flat)


def links_as_lessons(
    words: Words, line: int, context: str, tally: Tally
) -> list[DraftLesson]:
    """The lesson of a text's first link, or one for each where there is little else."""
    if len(words.links) > 1 and _is_row_of_links(words):
        before = words.text[: words.links[0].start].strip(_MARKS + "([")
        before = f"{before}: " if before else ""
        links = {each.url: each for each in reversed(words.links)}
        titles = [
            (f"{before}{each.title or _address_title(each.url)}", each)
            for each in reversed(links.values())
        ]
        return [_lesson(title, each, words, line) for title, each in titles]
    first, *others = words.links
    for other in others:
        tally.name(
            "link of an item, beside its first", line, f"{other.title} {other.url}"
        )
    after = _OPTIONAL_MARK.sub("", words.text[first.end :]).strip(_MARKS + ".()[]")
    if after and not others and read_effort(after).rest:
        tally.leave("description behind a link", line, after)
    return [_lesson(_title(words, first, context), first, words, line)]


def title_of(words: Words) -> tuple[str, Span | None]:
    """The title of a heading or group without a stated time, and that time.

    Where it begins in bold, that is the title.
    """
    text = words.text.strip()
    behind = text[len(words.lead) :]
    is_lead = bool(words.lead) and text.startswith(words.lead)
    title = words.lead if is_lead and behind.strip()[:1] in _MARKS else text
    span, rest = read_effort(title)
    if span is None:
        span = read_effort(text).span
    cleaned = _OPTIONAL_MARK.sub("", rest or title).strip(_MARKS)
    return cleaned or text, span


def is_optional(text: str) -> bool:
    """Tell whether a text calls what it names optional."""
    return _OPTIONAL.search(text[:TITLE_LIMIT]) is not None


def _without_notes(items: Sequence[Item], tally: Tally) -> list[Item]:
    kept = []
    for item in items:
        if _EXPORTED_NOTE.match(item.words.text):
            tally.leave("note of an export", item.line, item.words.text)
        else:
            below = tuple(_without_notes(item.items, tally)) if item.items else ()
            kept.append(item._replace(items=below))
    return kept


def _is_entry(words: Words) -> bool:
    linked = sum(each.end - each.start for each in words.links)
    return bool(words.links) and linked * 2 >= len(words.text.strip())


def _flat(items: Sequence[Item]) -> Iterator[Item]:
    for item in items:
        yield item
        yield from _flat(item.items)


def _is_group(item: Item) -> bool:
    return any(
        each.words.links or each.is_ticked is not None or each.items
        for each in _flat(item.items)
    )


def _group(item: Item, tally: Tally) -> Node:
    title, span = title_of(item.words)
    below = read_items(item.items, title, tally)
    is_all = not below.lessons and not below.nodes
    settled = settle_sentences(below.sentences, tally, is_all=is_all)
    lessons = (*below.lessons, *settled)
    if item.is_ticked:
        lessons = tuple(
            each._replace(is_done=True) if each.is_done is None else each
            for each in lessons
        )
    if title != item.words.text.strip().strip(_MARKS) and span is None:
        tally.leave("description of a group", item.line, item.words.text)
    return Node(
        title,
        item.line,
        span,
        None,
        lessons,
        below.nodes,
        is_heading=False,
        is_stage=item.is_numbered,
        is_optional=is_optional(item.words.text),
    )


def _linked(item: Item, context: str, tally: Tally) -> list[DraftLesson]:
    own = exported_lesson(item)
    lessons = [own] if own else links_as_lessons(item.words, item.line, context, tally)
    lessons = [each._replace(is_done=item.is_ticked) for each in lessons]
    below = [*_flat(item.items)]
    if any(each.words.links or each.is_ticked is not None for each in below):
        tally.guess(
            "linked items and the linked or ticked ones below them are both lessons"
        )
        group = read_items(item.items, lessons[0].title, tally)
        settle_sentences(group.sentences, tally, is_all=False)
        return [*lessons, *_all_lessons(group)]
    if below:
        tally.guess("items without links below a linked one are its topics")
        lessons[0] = lessons[0]._replace(topics=_topics(below))
    return lessons


def _all_lessons(group: Group) -> Iterator[DraftLesson]:
    """The lessons of a group and of those in it, which give them their titles."""
    yield from group.lessons
    for node in group.nodes:
        for lesson in _all_lessons(Group(node.lessons, node.children)):
            title = lesson.title.removeprefix(f"{node.title}: ")
            yield lesson._replace(title=f"{node.title}: {title}")


def unlinked(item: Item, tally: Tally) -> list[DraftLesson]:
    """The lesson of an item without a link; none if it has no text."""
    text = " ".join(item.words.text.split())
    if not text:
        return []
    if item.is_ticked is None:
        tally.guess("items without a link or box are lessons")
    title, span = title_of(item.words)
    return [
        DraftLesson(
            title,
            span=span,
            kind=guess_kind(title, None),
            is_optional=is_optional(text),
            is_done=item.is_ticked,
            topics=_topics([*_flat(item.items)]),
            line=item.line,
        )
    ]


def _is_sentence(words: Words) -> bool:
    text = words.text.strip()
    return text.endswith((".", "!", "?")) and len(text.split()) >= _SENTENCE_WORDS


def _topics(items: Sequence[Item]) -> tuple[str, ...]:
    texts = (" ".join(each.words.text.split()).strip(_MARKS) for each in items)
    return tuple(clean(each, TITLE_LIMIT) for each in texts if each)


def _is_row_of_links(words: Words) -> bool:
    """Tell whether there is nothing between and behind the links but separators."""
    ends = [each.end for each in words.links]
    starts = [each.start for each in words.links[1:]] + [len(words.text)]
    gaps = (words.text[a:b].strip(". ") for a, b in zip(ends, starts, strict=True))
    before = words.text[: words.links[0].start].strip()
    is_headed = not before.strip("([") or before.endswith(
        (":", "-", "\u2013", "\u2014", "(")
    )
    return is_headed and all(map(_SEPARATORS.fullmatch, gaps))


def _title(words: Words, link: Link, context: str) -> str:
    before = words.text[: link.start].strip()
    if words.lead and link.title and len(before) > len(words.lead) + 1:
        before = f"{words.lead.strip(_MARKS)}:"  # the text between is a sentence
    plain = before.strip(_MARKS + "([")
    is_generic = not link.title or _GENERIC.issuperset(link.title.lower().split())
    if plain and is_generic:
        return plain
    if plain and len(plain) <= _PREFIX_LIMIT:
        return f"{before.lstrip(_MARKS)} {link.title}"
    if link.title and not is_generic:
        return link.title
    after = words.text[link.end :].strip(_MARKS)
    if context and link.title:
        return f"{context}: {link.title}"
    return link.title or after[:_PREFIX_LIMIT] or _address_title(link.url)


def _address_title(url: str) -> str:
    return url.partition("://")[2].partition("?")[0].strip("/") or url


def _lesson(title: str, link: Link, words: Words, line: int) -> DraftLesson:
    span, rest = read_effort(title)
    behind = words.text[link.end : link.end + TITLE_LIMIT]
    if span is None:
        span = read_effort(behind).span or read_effort(words.text[: link.start]).span
    labels = " ".join(_LABEL.findall(behind[:_PREFIX_LIMIT]))
    url = None if link.url.startswith("#") else link.url
    return DraftLesson(
        _OPTIONAL_MARK.sub("", rest or title).strip(_MARKS) or title,
        url=url or None,
        span=span,
        kind=guess_kind(title, url) or guess_kind(labels, None),
        is_optional=is_optional(title) or is_optional(behind),
        line=line,
    )
