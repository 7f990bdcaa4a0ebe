"""What the author of a curriculum may have meant otherwise.

Works on the normalised document, in which every key stands and every value has the
right form; an id may still stand twice or be nobody's. What several lessons of a module
have in common is one piece of advice.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterator
from typing import Any

from llmpath.core.addresses import Destination, destination_of
from llmpath.named_tuple import NamedTuple
from llmpath.storage.curriculum_document import Finding, Place

LONG_MINUTES = 180
TOLERANCE = 0.1
"""By which minutes may differ from the hours that a source states."""
_NAMED = 5

Entry = dict[str, Any]


def find_advice(document: Entry) -> list[Finding]:
    """Find sums, links, lengths and orders that are seldom meant so."""
    tracks = [*enumerate(document["tracks"])]
    modules = {each["id"]: each for each in document["modules"]}
    findings = [
        finding
        for position, track in tracks
        for finding in (
            *_odd_sum(("tracks", position, "stated_hours"), track, modules),
            *_odd_order(("tracks", position), track, modules),
        )
    ]
    used = {
        entry["module"]
        for _, track in tracks
        for _, entry in _places_in(("tracks",), track, modules)
    }
    for position, module in enumerate(document["modules"]):
        place = ("modules", position)
        if module["id"] not in used:
            reason = "this module stands in no track"
            findings.append(Finding(place, reason, "list it in a phase, or remove it"))
        findings.extend(_of_module(place, module))
    return [*findings, *_shared_between(document["modules"])]


def _places_in(
    place: Place, track: Entry, modules: Container[str]
) -> Iterator[tuple[Place, Entry]]:
    """The modules that there are and a track lists, each with its place."""
    for number, phase in enumerate(track["phases"]):
        for position, entry in enumerate(phase["modules"]):
            if entry["module"] in modules:
                yield (*place, "phases", number, "modules", position), entry


def _minutes(module: Entry, *, required: bool) -> int:
    return sum(
        lesson["minutes"]
        for lesson in module["lessons"]
        if not (required and lesson["optional"])
    )


def _odd_sum(
    place: Place, track: Entry, modules: dict[str, Entry]
) -> Iterator[Finding]:
    """A track whose required lessons take other hours than its source states."""
    if track["stated_hours"] is None:
        return
    low, high = track["stated_hours"]
    minutes = sum(
        _minutes(modules[entry["module"]], required=True)
        for _, entry in _places_in(place, track, modules)
        if not entry["optional"]
    )
    above = high is not None and minutes > high * 60 * (1 + TOLERANCE)
    if above or minutes < low * 60 * (1 - TOLERANCE):
        stated = f"{low} or more" if high is None else f"{low} to {high}"
        reason = f"{stated} hours; its required lessons take {_hours(minutes)}"
        yield Finding(place, reason, "look at the minutes, and what is optional")


def _odd_order(
    place: Place, track: Entry, modules: dict[str, Entry]
) -> Iterator[Finding]:
    """Modules before what they need, and required ones that need optional ones."""
    listed = [*_places_in(place, track, modules)]
    order = {entry["module"]: number for number, (_, entry) in enumerate(listed)}
    optional = {entry["module"] for _, entry in listed if entry["optional"]}
    for number, (at, entry) in enumerate(listed):
        for each in modules[entry["module"]]["prerequisites"]:
            needed = each["module"]
            if order.get(needed, -1) > number:
                reason = f"{entry['module']} stands before {needed}, which it needs"
                yield Finding((*at, "module"), reason, f"list it after {needed}")
            elif needed in optional and not entry["optional"]:
                reason = f"{entry['module']} needs {needed}, which is optional here"
                remedy = "make both required, or both optional"
                yield Finding((*at, "module"), reason, remedy)


def _of_module(place: Place, module: Entry) -> Iterator[Finding]:
    """What is odd about a module and its own lessons."""
    stated, lessons = module["study_minutes"], module["lessons"]
    least, most = (_minutes(module, required=each) for each in (True, False))
    if stated and not least / (1 + TOLERANCE) <= stated <= most / (1 - TOLERANCE):
        reason = f"{stated} minutes; its lessons take {_range(least, most)}"
        yield Finding((*place, "study_minutes"), reason, "look at the minutes of both")
    for each in _oddities(module):
        positions = [at for at, lesson in enumerate(lessons) if each.is_odd(lesson)]
        names = [lessons[at]["id"] for at in positions]
        if len(names) == 1:
            at = (*place, "lessons", positions[0], each.key)
            yield Finding(at, each.reason, each.remedy)
        elif names:
            reason = f"{each.reason}: {_named(names)}"
            yield Finding((*place, "lessons"), reason, each.remedy)


class _Oddity(NamedTuple):
    """What some lessons of a module have in common, and the key that is about it."""

    key: str
    reason: str
    remedy: str
    is_odd: Callable[[Entry], bool]


def _oddities(module: Entry) -> Iterator[_Oddity]:
    """What may be odd about lessons of a module."""
    times = Counter(map(_destination, module["lessons"]))
    yield _Oddity(
        "access",
        "to be paid, and the module has no price",
        "add what it costs",
        lambda lesson: lesson["access"] == "paid" and module["price"] is None,
    )
    yield _Oddity(
        "url",
        "without a link",
        "add the address of what is to be done",
        lambda lesson: lesson["url"] is None,
    )
    yield _Oddity(
        "minutes",
        f"over {LONG_MINUTES // 60} hours",
        "split it where it has parts",
        lambda lesson: lesson["minutes"] > LONG_MINUTES,
    )
    yield _Oddity(
        "url",
        "a link with http://",
        "write https:// if the host has it",
        lambda lesson: (lesson["url"] or "").startswith("http:"),
    )
    yield _Oddity(
        "url",
        "the same link as another lesson here",
        "give each the address of its own part, or say in stop where it ends",
        lambda lesson: bool(lesson["url"]) and times[_destination(lesson)] > 1,
    )


def _shared_between(modules: list[Entry]) -> Iterator[Finding]:
    """Links that lessons of several modules have, at the second module."""
    homes: dict[Destination | None, dict[int, int]] = defaultdict(dict)
    for number, module in enumerate(modules):
        for position, lesson in enumerate(module["lessons"]):
            homes[_destination(lesson)].setdefault(number, position)
    for linked, found in homes.items():
        if linked is not None and len(found) > 1:
            names = [
                f"{modules[number]['id']}/{modules[number]['lessons'][position]['id']}"
                for number, position in found.items()
            ]
            number, position = [*found.items()][1]
            place = ("modules", number, "lessons", position, "url")
            reason = f"the same link as that of {names[0]}"
            if len(names) > 2:
                reason += f"; {len(names)} modules have it: {_named(names)}"
            remedy = "keep one lesson, in a module that both tracks list"
            yield Finding(place, reason, remedy)


def _destination(lesson: Entry) -> Destination | None:
    """Where a lesson leads; None without a link."""
    return destination_of(lesson["url"], lesson["stop"])


def _named(names: list[str]) -> str:
    """The first names, and how many more."""
    more = len(names) - _NAMED
    shown = ", ".join(names[:_NAMED])
    return f"{shown} and {more} more" if more > 0 else shown


def _hours(minutes: int) -> str:
    return f"{minutes / 60:.1f}"


def _range(least: int, most: int) -> str:
    return str(most) if least == most else f"{least} to {most}"
