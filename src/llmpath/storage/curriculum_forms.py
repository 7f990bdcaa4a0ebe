"""The two forms of a curriculum's file, JSON and TOML, read into one document."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Any, Literal, TypeAlias
from urllib.parse import urlsplit

from llmpath.storage.curriculum_document import FILE_LIMIT, Finding, look_through
from llmpath.storage.curriculum_json import parse_json
from llmpath.storage.curriculum_toml import parse_toml

Form: TypeAlias = Literal["json", "toml"]

_ENDINGS: dict[str, Form] = {".json": "json", ".toml": "toml"}
# Markdown may begin with a brace, for the programs that make pages of it: {% {{ {: {#
_JSON_START = re.compile(r"\s*+(?:\{(?![%{:#.<])|\[\s*+(?:\{|\]\s*+\Z))")
_TOML_START = re.compile(
    r"(?:[ \t\r]*+(?:#[^\n]*+)?\n)*+ {0,3}+(?:[\w.\"'-]++[ \t]*+=|\[)"
)
"""Behind empty lines and comments a key, or the name of a table."""
_OWN_TOML = re.compile(
    r"""^[ \t]*+(?:
    format[ \t]*+=[ \t]*+[0-9]
    | ["']?(?:tracks|modules)["']?[ \t]*+=[ \t]*+\[
    | \[\[[ \t]*+["']?(?:tracks|modules)\b
    )""",
    re.MULTILINE | re.VERBOSE,
)
"""A line that the program's own format alone has; every whole one has two."""


def is_own_format(source: bytes, name: str) -> bool:
    """Tell whether a file is meant to be in this format, be it with faults.

    All TOML is, and all JSON that cannot be read or is no object. An object is by its
    tracks or modules: other programs write JSON as well.
    """
    text, finding = _read_text(source)
    form = form_of(text, name)
    if form != "json" or finding is not None:
        return form is not None
    document, finding = parse_json(text)
    if finding is not None or not isinstance(document, dict):
        return True
    return not document.keys().isdisjoint(("tracks", "modules"))


def form_of(text: str, name: str) -> Form | None:
    """The form that a name's or address's ending tells, or else the content."""
    path = urlsplit(name).path if "://" in name else name
    form = _ENDINGS.get(PurePosixPath(path).suffix.lower())
    if form is not None:
        return form
    if _JSON_START.match(text):
        return "json"
    is_toml = _TOML_START.match(text) and _OWN_TOML.search(text)
    return "toml" if is_toml else None


def parse_document(source: bytes | str, name: str) -> tuple[Any, list[Finding]]:
    """Read a curriculum's file; the document is None if it cannot be read at all.

    Where neither name nor content tell the form it is read as TOML, which has fewer
    signs. A byte order mark is taken away. Numbers that are not finite, repeated keys
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
    """Read the form that name or content tell; without one, TOML if it is."""
    form = form_of(text, name)
    if form is not None:
        return parse_json(text) if form == "json" else parse_toml(text)
    document, finding = parse_toml(text)
    if finding is not None and finding.line is not None:
        reason = finding.reason.replace("not TOML", "neither JSON nor TOML", 1)
        finding = finding._replace(reason=reason, remedy="write one of them")
    return document, finding
