"""Numbers and names in the sentences of what an importer understood."""

from __future__ import annotations

from collections.abc import Iterable

from llmpath.core.text import clean

_TEXT_LIMIT = 80
_NAMED = 5


def counted(number: int, name: str) -> str:
    """A number with what it counts."""
    return f"{number} {name}" if number == 1 else f"{number} {name}s"


def listed(names: Iterable[str]) -> str:
    """The first few of many names, and how many more there are."""
    every = [*names]
    told = ", ".join(shortened(each) for each in every[:_NAMED])
    return told + (f" and {len(every) - _NAMED} more" if len(every) > _NAMED else "")


def shortened(text: str) -> str:
    """A text on one short line."""
    return clean(" ".join(text.split()), _TEXT_LIMIT)
