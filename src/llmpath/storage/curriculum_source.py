"""The two forms of a curriculum's file, JSON and TOML, read into one document."""

from __future__ import annotations

from typing import Any

from llmpath.storage.curriculum_document import FILE_LIMIT, Finding, look_through
from llmpath.storage.curriculum_json import parse_json
from llmpath.storage.curriculum_toml import parse_toml

_ENDINGS = {".json": parse_json, ".toml": parse_toml}
_LONGEST_ENDING = 5


def parse_document(source: bytes | str, name: str) -> tuple[Any, list[Finding]]:
    """Read a curriculum's file; the document is None if it cannot be read at all.

    The ending of its name says which form it has, else the content: JSON begins with a
    brace. A byte order mark is taken away. Numbers that are not finite, repeated keys
    and lone surrogates are findings, and the rest can still be looked at.
    """
    if len(source) > FILE_LIMIT:
        return None, [Finding((), "the file is larger than 5 MiB", "split it")]
    text, finding = _read_text(source)
    if finding is not None:
        return None, [finding]
    document, finding = _parse(text, name)
    return look_through(document) if finding is None else (None, [finding])


def _read_text(source: bytes | str) -> tuple[str, Finding | None]:
    try:
        data = source.encode() if isinstance(source, str) else source
        text = data.decode("utf-8-sig")
    except UnicodeError:
        return "", Finding((), "not UTF-8", "save the file as UTF-8")
    if not text or text.isspace():
        return "", Finding((), "the file is empty", "write a curriculum into it")
    return text, None


def _parse(text: str, name: str) -> tuple[Any, Finding | None]:
    """Read the form that the name tells; without one, the form that fits."""
    parse = _ENDINGS.get(name[-_LONGEST_ENDING:].lower())
    if parse is not None:
        return parse(text)
    if text.lstrip()[:1] == "{":
        return parse_json(text)
    document, finding = parse_toml(text)
    if finding is not None and finding.line is not None:
        reason = finding.reason.replace("not TOML", "neither JSON nor TOML", 1)
        finding = finding._replace(reason=reason, remedy="write one of them")
    return document, finding
