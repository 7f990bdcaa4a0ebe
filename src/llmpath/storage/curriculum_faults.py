"""What can be wrong between the values of a curriculum's file.

Works on the raw document and looks only at what has the right shape, so that these
faults are told together with those of single values.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

from llmpath.core.curriculum import LESSON_LIMIT
from llmpath.core.text import TITLE_LIMIT, clean
from llmpath.errors import Fault
from llmpath.storage.curriculum_cycles import find_cycles
from llmpath.storage.curriculum_document import Finding, Place

_CYCLE_LIMIT = 20
_REASON_LIMIT = 2000


def find_contradictions(document: object) -> list[Finding]:
    """Find what is wrong between entries: ids, references, cycles, what labs need."""
    if not isinstance(document, dict):
        return []
    return [
        *_repeated_ids(document),
        *_unknown_modules(document),
        *_repeated_modules(document),
        *_cycles(document),
        *_odd_lessons(document),
        *_odd_hours(document),
        *_odd_changes(document),
    ]


def make_fault(document: object, finding: Finding, name: str) -> Fault:
    """Turn a finding into a fault, with the ids that lead to its place."""
    ids = "/".join(_ids(document, finding.place))
    reason = f"{ids}: {finding.reason}" if ids else finding.reason
    return Fault(
        name,
        clean(path_text(finding.place), TITLE_LIMIT),
        finding.line,
        clean(reason, _REASON_LIMIT),
        finding.remedy,
        finding.column,
    )


def path_text(place: Place) -> str:
    """Write a place as `modules[3].lessons[2].minutes`."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
    return "".join(steps).removeprefix(".")


def _ids(document: object, place: Place) -> Iterator[str]:
    """The ids of the entries on the way to a place."""
    value: Any = document
    for step in place:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return
        if isinstance(value, dict) and isinstance(value.get("id"), str):
            yield clean(value["id"], 64)


def _entries(place: Place, entry: object, key: str) -> Iterator[tuple[Place, Any]]:
    """The objects in a list under a key, each with its place."""
    listed = entry.get(key) if isinstance(entry, dict) else None
    for position, each in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(each, dict):
            yield (*place, key, position), each


def _text(entry: dict[str, Any], key: str) -> str:
    value = entry.get(key)
    return value if isinstance(value, str) else ""


def _phases(document: object) -> Iterator[tuple[Place, Any]]:
    for place, track in _entries((), document, "tracks"):
        yield from _entries(place, track, "phases")


def _repeated_ids(document: object) -> Iterator[Finding]:
    shared = [
        *_entries((), document, "tracks"),
        *_phases(document),
        *_entries((), document, "modules"),
    ]
    yield from _repeats(shared, "track, phase or module")
    for place, module in _entries((), document, "modules"):
        yield from _repeats([*_entries(place, module, "lessons")], "lesson")


def _repeats(entries: list[tuple[Place, Any]], kind: str) -> Iterator[Finding]:
    first: dict[str, Place] = {}
    for place, entry in entries:
        name = _text(entry, "id")
        if name and first.setdefault(name, place) != place:
            reason = f"the id is already that of {path_text(first[name])}"
            yield Finding((*place, "id"), reason, f"give each {kind} its own id")


def _references(document: object) -> Iterator[tuple[Place, Any]]:
    """The entries of phases and prerequisites that name a module."""
    for place, phase in _phases(document):
        yield from _entries(place, phase, "modules")
    for place, module in _entries((), document, "modules"):
        yield from _entries(place, module, "prerequisites")


def _unknown_modules(document: object) -> Iterator[Finding]:
    known = {_text(module, "id") for _, module in _entries((), document, "modules")}
    for place, entry in _references(document):
        name = _text(entry, "module")
        if name and name not in known:
            reason = f"no module has the id {clean(name, 64)}"
            yield Finding((*place, "module"), reason, "correct it or add the module")


def _repeated_modules(document: object) -> Iterator[Finding]:
    """Modules twice in one track, and prerequisites twice in one module."""
    for track_place, track in _entries((), document, "tracks"):
        listed = [
            entry
            for place, phase in _entries(track_place, track, "phases")
            for entry in _entries(place, phase, "modules")
        ]
        yield from _second_mentions(listed, "track")
    for place, module in _entries((), document, "modules"):
        listed = [*_entries(place, module, "prerequisites")]
        yield from _second_mentions(listed, "list of prerequisites")


def _second_mentions(entries: list[tuple[Place, Any]], where: str) -> Iterator[Finding]:
    counted = Counter[str]()
    for place, entry in entries:
        name = _text(entry, "module")
        counted[name] += 1
        if name and counted[name] > 1:
            reason = f"{clean(name, 64)} stands twice in this {where}"
            yield Finding((*place, "module"), reason, "keep one of them")


def _cycles(document: object) -> Iterator[Finding]:
    """The cycles that show every prerequisite which lies in one, at most twenty."""
    places: dict[str, Place] = {}
    needs: dict[str, set[str]] = {}
    for place, module in _entries((), document, "modules"):
        name = _text(module, "id")
        needed = (
            _text(entry, "module")
            for _, entry in _entries(place, module, "prerequisites")
        )
        places.setdefault(name, (*place, "prerequisites"))
        needs.setdefault(name, set()).update(needed)
    needs.pop("", None)  # ids that are missing or are not text
    for cycle in islice(find_cycles(needs), _CYCLE_LIMIT):
        reason = f"each needs the next: {' > '.join([*cycle, cycle[0]])}"
        yield Finding(places[cycle[0]], reason, "take one of them out")


def _odd_lessons(document: object) -> Iterator[Finding]:
    total = 0
    for module_place, module in _entries((), document, "modules"):
        for place, lesson in _entries(module_place, module, "lessons"):
            total += 1
            kind = lesson.get("kind")
            if kind in ("lab", "assignment") and lesson.get("needs", []) == []:
                reason = f"this {kind} does not say what it runs on"
                yield Finding((*place, "needs"), reason, "write laptop or unknown")
    if total > LESSON_LIMIT:
        reason = f"{total} lessons; the limit is {LESSON_LIMIT}"
        yield Finding(("modules",), reason, "split the curriculum")


def _odd_hours(document: object) -> Iterator[Finding]:
    for place, track in _entries((), document, "tracks"):
        match track.get("stated_hours"):
            case [int(low), int(high)] if high < low:
                reason = f"at most {high} hours, and at least {low}"
                yield Finding((*place, "stated_hours"), reason, "put them in order")


def _odd_changes(document: object) -> Iterator[Finding]:
    """Changes that lose progress, or give it to what it was not made in."""
    known = set(_all_ids(document))
    left: dict[str, Place] = {}
    changes = [*_entries((), document, "changes")]
    for place, change in reversed(changes):
        for place_in, name in _names(place, change, "to"):
            if name not in known and name not in left:
                reason = f"nothing has the id {clean(name, 129)}"
                remedy = "correct it or add the change that took it away, below"
                yield Finding(place_in, reason, remedy)
        if change.get("kind") not in ("retired", "retimed") and not change.get("to"):
            reason = f"this change does not say what {_first(change)} became"
            yield Finding((*place, "to"), reason, "name it, or write retired")
        if change.get("kind") != "retimed":
            yield from _reused_ids(place, change, known, left)


def _reused_ids(
    place: Place, change: dict[str, Any], known: set[str], left: dict[str, Place]
) -> Iterator[Finding]:
    """Ids that a change takes away, and that are there still or were again."""
    for place_in, name in _names(place, change, "from"):
        if name in known:
            reason = f"{clean(name, 129)} is in the curriculum, so its id is used again"
            yield Finding(place_in, reason, "give what is there now an id of its own")
        elif name in left:
            reason = f"{path_text(left[name])} took this id away as well"
            yield Finding(place_in, reason, "keep one of them")
        else:
            left[name] = place_in


def _names(
    place: Place, change: dict[str, Any], key: str
) -> Iterator[tuple[Place, str]]:
    names = change.get(key)
    for position, name in enumerate(names if isinstance(names, list) else ()):
        if isinstance(name, str):
            yield (*place, key, position), name


def _first(change: dict[str, Any]) -> str:
    return next((clean(name, 129) for _, name in _names((), change, "from")), "it")


def _all_ids(document: object) -> Iterator[str]:
    """Ids of tracks, phases and modules, and of lessons behind their modules."""
    for _, entry in [*_entries((), document, "tracks"), *_phases(document)]:
        yield _text(entry, "id")
    for place, module in _entries((), document, "modules"):
        yield _text(module, "id")
        for _, lesson in _entries(place, module, "lessons"):
            yield f"{_text(module, 'id')}/{_text(lesson, 'id')}"
