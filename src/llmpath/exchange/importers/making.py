"""A curriculum's document from what an importer read: ids, minutes, all keys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from llmpath.core.text import NOTE_LIMIT, TITLE_LIMIT, clean, safe_url
from llmpath.exchange.importers.draft import (
    DraftLesson,
    DraftModule,
    DraftPhase,
    DraftTrack,
    Reading,
    Span,
)
from llmpath.exchange.importers.estimates import (
    MINUTES_LIMIT,
    Time,
    find_times,
    middle,
    parts_of,
)
from llmpath.exchange.importers.kinds import guess_access
from llmpath.exchange.importers.naming import (
    Ids,
    lessons_of,
    make_ids,
    modules_of,
)
from llmpath.exchange.importers.ordering import Ordering, find_order
from llmpath.exchange.importers.wording import counted
from llmpath.named_tuple import NamedTuple

_TOPIC_LIMIT = 100
_NOT_STATED = "not stated by the source"


class Made(NamedTuple):
    """A document in the curriculum's format and what its figures rest on.

    Attributes:
        ticks: Full ids of the lessons that are ticked in the source.
        skips: Of those that are left out there, `known` of those that were known.
        minutes_read: Of the lessons whose minutes the source states, for them or for a
            part that they stand in.
        minutes_guessed: From the lowest to the highest, of all the others.
        estimated_lessons: How many those others are.
        notes: What could not be taken over as it was, a sentence each.
    """

    document: dict[str, Any]
    ticks: tuple[str, ...]
    skips: tuple[str, ...]
    known: tuple[str, ...]
    minutes_read: int
    minutes_guessed: tuple[int, int]
    estimated_lessons: int
    notes: tuple[str, ...]


def make_document(
    reading: Reading, curriculum_id: str, edition: str, *, origin: str = ""
) -> Made:
    """Make the document of a reading that has a lesson in it.

    Args:
        origin: The file or address, for the sources in the document; without it the
            reading's title stands there.
    """
    reading = _without_empty(reading)
    times = find_times([*lessons_of(reading)], parts_of(reading))
    ids = make_ids(reading)
    order = find_order([*modules_of(reading)], ids.modules)
    guessed = [each for each in times if each.rests_on == "guessed"]
    full_ids = _full_ids(reading, ids, curriculum_id)
    left = [each for each in full_ids if each[0].is_skipped and not each[0].is_done]
    document = {
        "format": 1,
        "id": curriculum_id,
        "title": _line(reading.title, curriculum_id),
        "edition": edition,
        "tracks": _track_entries(reading, ids, origin or reading.title),
        "modules": _module_entries(reading, ids, times, order),
        "changes": [],
    }
    return Made(
        document=document,
        ticks=tuple(key for lesson, key in full_ids if lesson.is_done),
        skips=tuple(key for lesson, key in left if not lesson.is_known),
        known=tuple(key for lesson, key in left if lesson.is_known),
        minutes_read=sum(each.minutes for each in times if each.rests_on != "guessed"),
        minutes_guessed=(
            sum(each.low for each in guessed),
            sum(each.high for each in guessed),
        ),
        estimated_lessons=len(guessed),
        notes=(*_shares(times), *order.notes, *_notes(reading)),
    )


def _shares(times: Sequence[Time]) -> Iterator[str]:
    divided = sum(each.rests_on == "divided" for each in times)
    if divided:
        yield f"the time stated for a part divided over {counted(divided, 'lesson')}"


def _without_empty(reading: Reading) -> Reading:
    """The reading without modules, phases and tracks in which no lesson stands."""
    tracks = []
    for track in reading.tracks:
        phases = [
            phase._replace(
                modules=tuple(each for each in phase.modules if each.lessons)
            )
            for phase in track.phases
        ]
        filled = tuple(each for each in phases if each.modules)
        if filled:
            tracks.append(track._replace(phases=filled))
    return reading._replace(tracks=tuple(tracks))


def _line(text: str | None, otherwise: str) -> str:
    return clean((text or "").strip(), TITLE_LIMIT).strip() or otherwise


def _full_ids(
    reading: Reading, ids: Ids, curriculum_id: str
) -> list[tuple[DraftLesson, str]]:
    modules = [*zip(modules_of(reading), ids.modules, strict=True)]
    names = [name for module, name in modules for _ in module.lessons]
    rows = zip(lessons_of(reading), names, ids.lessons, strict=True)
    return [(lesson, f"{curriculum_id}:{name}/{own}") for lesson, name, own in rows]


def _track_entries(reading: Reading, ids: Ids, origin: str) -> list[dict[str, Any]]:
    phase_ids, module_ids = iter(ids.phases), iter(ids.modules)
    source = _line(origin, _NOT_STATED)
    return [
        {
            "id": name,
            "title": _line(track.title, name),
            "summary": _line(track.summary, f"imported from {source}"[:TITLE_LIMIT]),
            "audience": _NOT_STATED,
            "stated_hours": _stated_hours(track),
            "source": source,
            "phases": [
                _phase_entry(phase, next(phase_ids), module_ids)
                for phase in track.phases
            ],
        }
        for track, name in zip(reading.tracks, ids.tracks, strict=True)
    ]


def _phase_entry(
    phase: DraftPhase, name: str, module_ids: Iterator[str]
) -> dict[str, Any]:
    return {
        "id": name,
        "title": _line(phase.title, name),
        "goal": _line(phase.goal, _NOT_STATED),
        "modules": [
            {"module": next(module_ids), "optional": module.is_optional}
            for module in phase.modules
        ],
    }


def _stated_hours(track: DraftTrack) -> list[int | None] | None:
    """The track's range in whole hours, outwards; open where the source leaves it."""
    if track.span is None:
        return None
    low, high, _ = track.span
    return [low // 60, None if high is None else -(-high // 60)]


def _module_entries(
    reading: Reading, ids: Ids, times: list[Time], order: Ordering
) -> list[dict[str, Any]]:
    rows = iter(zip(ids.lessons, times, strict=True))
    return [
        _module_entry(module, name, [next(rows) for _ in module.lessons], order)
        for module, name in zip(modules_of(reading), ids.modules, strict=True)
    ]


def _module_entry(
    module: DraftModule, name: str, rows: list[tuple[str, Time]], order: Ordering
) -> dict[str, Any]:
    return {
        "id": name,
        "title": _line(module.title, name),
        "authors": [],
        "provider": _provider(module),
        "url": _address(module.url),
        "format": "imported",
        "year": None,
        "price": None,
        "prerequisites": [
            {"module": each, "reason": "the source names it as coming before"}
            for each in order.before.get(name, ())
        ],
        "assumes": [_line(each, name) for each in order.outside.get(name, ())],
        "outcomes": [],
        "tags": [],
        "added": False,
        "note": clean((module.note or "").strip(), NOTE_LIMIT).strip() or None,
        "alternatives": [],
        "study_minutes": _study_minutes(module.span),
        "lessons": [
            _lesson_entry(lesson, own, time)
            for lesson, (own, time) in zip(module.lessons, rows, strict=True)
        ],
    }


def _study_minutes(span: Span | None) -> int | None:
    return None if span is None else min(middle(span), MINUTES_LIMIT)


def _provider(module: DraftModule) -> str:
    """The host of the module's link, or the one that most of its lessons link to."""
    links = [module.url] if module.url else [each.url for each in module.lessons]
    hosts = Counter(
        urlsplit(link).hostname or "" for link in map(_address, links) if link
    )
    return _line(hosts.most_common(1)[0][0] if hosts else "", _NOT_STATED)


def _address(url: str | None) -> str | None:
    return None if url is None else safe_url(url)


def _lesson_entry(lesson: DraftLesson, name: str, time: Time) -> dict[str, Any]:
    kind = lesson.kind or "reading"
    return {
        "id": name,
        "title": _line(lesson.title, name),
        "url": _address(lesson.url),
        "stop": None,
        "minutes": time.minutes,
        "machine_minutes": None,
        "kind": kind,
        "optional": lesson.is_optional,
        "access": guess_access(lesson.url),
        "needs": ["unknown"] if kind in {"lab", "assignment"} else [],
        "basis": "published" if time.rests_on == "stated" else "estimated",
        "source": _line(time.source, _NOT_STATED),
        "topics": [_line(each, name) for each in lesson.topics[:_TOPIC_LIMIT]],
    }


def _notes(reading: Reading) -> Iterator[str]:
    lessons = [*lessons_of(reading)]
    counts = {
        "links that cannot be opened from here, relative or not on the web": sum(
            bool(each.url) and _address(each.url) is None for each in lessons
        ),
        f"lessons cut to {MINUTES_LIMIT // 60} h, the longest there are": sum(
            each.span is not None and middle(each.span) > MINUTES_LIMIT
            for each in lessons
        ),
        f"lessons of which {_TOPIC_LIMIT} topics are kept": sum(
            len(each.topics) > _TOPIC_LIMIT for each in lessons
        ),
    }
    return (f"{reason}: {number}" for reason, number in counts.items() if number)
