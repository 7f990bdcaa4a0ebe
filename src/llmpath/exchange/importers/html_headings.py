"""Headings that Markdown documents write in HTML: `<h1>` and `<summary>`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

_MARK = re.compile(r"<(?:(h1|summary)\b[^<>]{0,500}|/details\s{0,9})>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,500}>")
_EMPTY = ("click", "expand", "show", "view", "toggle", "details", "more")
"""What a summary begins with that tells what to do and not what is below it."""


def html_headings(block: str) -> Iterator[tuple[bool, str]]:
    """Whether it is a title and the text of each heading in a block of HTML.

    The end of a `<details>` is a heading without text that is no title.
    """
    lower = block.lower()
    found = _MARK.search(block)
    while found is not None:
        begin = end = found.end()
        name = (found[1] or "").lower()
        if name:
            end = lower.find(f"</{name}", begin)
            if end < 0:
                return
        text = " ".join(unescape(_TAG.sub("", block[begin:end])).split())
        if not name or (text and not text.lower().startswith(_EMPTY)):
            yield name == "h1", text
        found = _MARK.search(block, end)
