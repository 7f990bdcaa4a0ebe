"""What is cleaned away when a curriculum is stored, so that its author learns of it."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import normalize

from llmpath.core.text import clean
from llmpath.storage.curriculum_document import FILE_LIMIT, Finding, places_of


def find_cleaned(document: object) -> Iterator[Finding]:
    """Find texts with characters that are not seen or that a terminal would obey.

    Line breaks and other spaces are not meant, nor another spelling of a letter.
    """
    for place, value in places_of(document):
        if isinstance(value, str) and _is_changed(value):
            reason = "characters that are not seen, or that a terminal would obey"
            yield Finding(place, reason, "take them out; the stored text is without")


def _is_changed(text: str) -> bool:
    if text.isascii() and text.isprintable():
        return False
    return _letters(clean(text, FILE_LIMIT)) != _letters(normalize("NFC", text))


def _letters(text: str) -> str:
    return "".join(text.split())
