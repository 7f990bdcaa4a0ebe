"""What stands behind a title in an exported check list: written and read."""

from __future__ import annotations

import re

from llmpath.core.when import shown_minutes
from llmpath.named_tuple import NamedTuple

KINDS = ("video", "reading", "lab", "assignment", "quiz", "slides", "project")
"""Of lessons, as the curriculum's format has them."""
_SLUG = "[a-z0-9][a-z0-9-]{0,63}"
_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
# No title can end so by itself: the kind, the time and the id stand in each line.
_FACTS = re.compile(
    rf", (?P<kind>{'|'.join(KINDS)}), (?P<estimated>estimated )?"
    r"(?:(?P<hours>[0-9]{1,6}) h)?(?: ?(?P<minutes>[0-9]{1,2}) min)?"
    r"(?P<optional>, optional)?(?P<skipped>, skipped(?P<known> as known)?)?"
    rf"(?:, planned (?P<planned>{_DAY}))?(?:, done (?P<done_on>{_DAY}))?"
    rf", (?P<id>(?:{_SLUG}:)?{_SLUG}/{_SLUG})\s*\Z"
)


class Facts(NamedTuple):
    """What a line says of its lesson beside box, title and link.

    Attributes:
        is_estimate: The minutes are an estimate, not stated by a source.
        is_known: Skipped because it was known.
        planned: ISO, as `done_on`; None where there is no such day.
        id: As on screen.
    """

    kind: str
    minutes: int
    is_estimate: bool
    is_optional: bool
    is_skipped: bool
    is_known: bool
    planned: str | None
    done_on: str | None
    id: str


def facts_text(facts: Facts) -> str:
    """What follows the title, a comma and a blank."""
    known = " as known" if facts.is_known else ""
    texts = (
        facts.kind,
        f"{'estimated ' if facts.is_estimate else ''}{shown_minutes(facts.minutes)}",
        "optional" if facts.is_optional else "",
        f"skipped{known}" if facts.is_skipped else "",
        f"planned {facts.planned}" if facts.planned else "",
        f"done {facts.done_on}" if facts.done_on else "",
        f"`{facts.id}`",
    )
    return ", ".join(filter(None, texts))


def find_facts(text: str) -> tuple[str, Facts] | None:
    """The title of a line whose marks are gone, and its facts; None without them."""
    match = _FACTS.search(text)
    if match is None:
        return None
    minutes = int(match["hours"] or 0) * 60 + int(match["minutes"] or 0)
    facts = Facts(
        match["kind"],
        minutes,
        match["estimated"] is not None,
        match["optional"] is not None,
        match["skipped"] is not None,
        match["known"] is not None,
        match["planned"],
        match["done_on"],
        match["id"],
    )
    return (text[: match.start()].strip(), facts) if minutes else None
