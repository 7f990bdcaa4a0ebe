"""What the check of single values finds, in words."""

from __future__ import annotations

from typing import Any

_REASONS = {
    "missing": ("the key is missing", "add it"),
    "extra_forbidden": ("the format has no such key", "remove it or correct its name"),
    "model_type": ("not an object", "write an object with the keys of the format"),
    "list_type": ("not a list", "write [...]"),
    "tuple_type": (
        "not a pair",
        "write [lowest, highest], or [lowest] where it is open",
    ),
    "string_type": ("not text", 'write it as "..."'),
    "int_type": ("not a whole number", "write digits alone"),
    "bool_type": ("neither true nor false", "write true or false"),
    "string_too_long": ("more than {max_length} characters", "shorten it"),
    "greater_than_equal": ("less than {ge}", "write {ge} or more"),
    "less_than_equal": ("more than {le}", "write {le} or less"),
    "too_short": ("empty", "add an entry"),
    "too_long": ("more than {max_length} entries", "remove the others"),
    "literal_error": ("not one of the values known", "write {expected}"),
    "value_error": (
        "not a web address that can be opened",
        "write a host and a path, without spaces or a user name",
    ),
}

_SLUG = "[a-z0-9][a-z0-9-]{0,63}"

PATTERNS = {
    "slug": f"^{_SLUG}$",
    "id": f"^{_SLUG}(/{_SLUG})?$",
    "edition": "^[0-9A-Za-z][0-9A-Za-z.-]{0,31}$",
    "day": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
    "words": r"\S",
    "address": "^https?://",
}
"""What a text must match, by what it is."""

_MISMATCHES = {
    "slug": (
        "not an id",
        "write up to 64 of a-z, 0-9 and -, the first a letter or digit",
    ),
    "id": (
        "not an id",
        "write the id of a track, phase or module, or MODULE/LESSON",
    ),
    "edition": (
        "not an edition",
        "write up to 32 letters, digits, dots and hyphens, such as 2026.11",
    ),
    "day": ("not a date", "write it as 2026-11-20"),
    "words": ("nothing to read is in it", "write some words"),
    "address": ("not a web address", "begin it with https:// or http://"),
}


def explain(kind: str, message: str, context: dict[str, Any] | None) -> tuple[str, str]:
    """Reason and remedy for a kind of pydantic's; its own message for a new kind."""
    values = {"message": message, **(context or {})}
    if kind == "string_pattern_mismatch":
        (what,) = (key for key, each in PATTERNS.items() if each == values["pattern"])
        return _MISMATCHES[what]
    reason, remedy = _REASONS.get(kind, ("{message}", "see the format's description"))
    return reason.format(**values), remedy.format(**values)
