"""Pieces that several JSON documents share.

The contract of their keys is `docs/commands.md`. Days are ISO text and minutes whole
numbers. What is absent is null and never missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from llmpath.core.curriculum import Track, shown_id

Document = dict[str, object]
"""One JSON document, or an object in one; the order of its keys is the contract's."""


def schema(command: str) -> Document:
    """The beginning of every document."""
    return {"schema": f"llmpath/{command}/1"}


def iso(day: date | None) -> str | None:
    """A day as ISO text."""
    return None if day is None else day.isoformat()


def shown_ids(ids: Iterable[str]) -> list[str]:
    """Ids without the bundled curriculum's name."""
    return [shown_id(each) for each in ids]


def track_ids(tracks: Iterable[Track]) -> list[str]:
    """The ids of tracks, as shown."""
    return shown_ids(each.id for each in tracks)


def first_or_none(ids: Sequence[str]) -> str | None:
    """The first of some ids."""
    return ids[0] if ids else None


def dates_object(before: date | None, after: date | None) -> Document:
    """The plan's end before and after a change."""
    return {"from": iso(before), "to": iso(after)}
