"""Progress as plain values for a JSON document, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from llmpath.core.availability import Availability
from llmpath.core.events import PlanAccepted, PlannedWeek
from llmpath.core.plan_settings import plan_settings
from llmpath.core.progress import (
    AcceptedPlan,
    Completion,
    Note,
    Progress,
    Skip,
    Started,
    StatedOn,
    StoredCopy,
)
from llmpath.storage.checked_values import DAYS
from llmpath.storage.event_payloads import decode_stated, encode_stated

V = TypeVar("V")
W = TypeVar("W")


def encode_progress(progress: Progress) -> dict[str, Any]:
    """Write progress as plain values; what follows from others is left out."""
    held = progress.held_stated
    return {
        "starts": [[each.tracks, *map(str, each[1:])] for each in progress.starts],
        "availability": _encode_availability(progress.availability),
        "target": _text(progress.target),
        "settings": progress.setting_values,
        "plans": [
            [str(each.day), each.record, _encode_plan(each.plan), each.adjusts]
            for each in progress.plans
        ],
        "completions": _mapped(progress.completions, str, _day_first),
        "skips": progress.skips,
        "included": sorted(progress.included),
        "deferred": _mapped(progress.deferred, str, str),
        "study_days": _mapped(progress.study_days, str, dict),
        "logged": progress.logged,
        "studied": _mapped(progress.studied, str, int),
        "notes": {
            key: [_day_first(note) for note in notes]
            for key, notes in progress.notes.items()
        },
        "curricula": progress.curricula,
        "links": progress.links,
        "linked": progress.linked,
        "journal": progress.journal,
        "voided": sorted(progress.voided),
        "last_day": _text(progress.last_day),
        "stated": [
            [str(each.day), encode_stated(each.stated)] for each in progress.stated
        ],
        "held_stated": None if held is None else progress.stated.index(held),
        "reopened": sorted(progress.reopened),
        "lifted": sorted(progress.lifted),
    }


def decode_progress(kept: dict[str, Any]) -> Progress:
    """Read what `encode_progress` wrote.

    Raises:
        ValueError: Something else was written; so do `KeyError` and `TypeError` say.
    """
    starts = tuple(
        Started(tuple(tracks), DAYS[start], DAYS[day])
        for tracks, start, day in kept["starts"]
    )
    stated = tuple(
        StatedOn(DAYS[day], decode_stated(payload)) for day, payload in kept["stated"]
    )
    return Progress(
        started=starts[-1] if starts else None,
        starts=starts,
        availability=_decode_availability(kept["availability"]),
        target=_day(kept["target"]),
        settings=plan_settings(kept["settings"]),
        setting_values=kept["settings"],
        plans=tuple(
            AcceptedPlan(DAYS[day], record, _decode_plan(plan), adjusts=adjusts)
            for day, record, plan, adjusts in kept["plans"]
        ),
        completions={
            lesson: Completion(DAYS[day], minutes, tuple(records))
            for lesson, (day, minutes, records) in kept["completions"].items()
        },
        skips={
            lesson: Skip(known, tuple(records))
            for lesson, (known, records) in kept["skips"].items()
        },
        included=frozenset(kept["included"]),
        deferred={lesson: DAYS[day] for lesson, day in kept["deferred"].items()},
        study_days=_by_day(kept["study_days"]),
        logged=kept["logged"],
        studied=_by_day(kept["studied"]),
        notes={
            key: tuple(Note(DAYS[day], text) for day, text in notes)
            for key, notes in kept["notes"].items()
        },
        curricula={key: StoredCopy(*each) for key, each in kept["curricula"].items()},
        links=kept["links"],
        linked=tuple(map(tuple, kept["linked"])),
        journal=kept["journal"],
        voided=frozenset(kept["voided"]),
        last_day=_day(kept["last_day"]),
        stated=stated,
        held_stated=(
            None if kept["held_stated"] is None else stated[kept["held_stated"]]
        ),
        reopened=frozenset((lesson, record) for lesson, record in kept["reopened"]),
        lifted=frozenset(kept["lifted"]),
    )


def _encode_availability(availability: Availability) -> list[Any]:
    return [
        [[str(day), minutes] for day, minutes in availability.weekly],
        _mapped(availability.leave, str, int),
        _text(availability.open_from),
        _mapped(availability.afterwards, str, lambda minutes: minutes),
    ]


def _decode_availability(kept: list[Any]) -> Availability:
    weekly, leave, open_from, afterwards = kept
    return Availability(
        tuple((DAYS[day], tuple(minutes)) for day, minutes in weekly),
        _by_day(leave),
        _day(open_from),
        _by_day(afterwards),
    )


def _encode_plan(plan: PlanAccepted) -> list[Any]:
    weeks = [[str(week.start), week.lessons] for week in plan.weeks]
    return [plan.velocity, plan.buffer, weeks, _text(plan.finish), plan.minutes]


def _decode_plan(kept: list[Any]) -> PlanAccepted:
    velocity, buffer, weeks, finish, minutes = kept
    return PlanAccepted(
        velocity,
        buffer,
        tuple(PlannedWeek(DAYS[start], tuple(lessons)) for start, lessons in weeks),
        _day(finish),
        minutes,
    )


def _mapped(
    values: Mapping[Any, V], key: Callable[[Any], str], value: Callable[[V], W]
) -> dict[str, W]:
    return {key(name): value(each) for name, each in values.items()}


def _by_day(values: dict[str, V]) -> dict[date, V]:
    return {DAYS[day]: value for day, value in values.items()}


def _day_first(value: tuple[Any, ...]) -> list[Any]:
    day, *rest = value
    return [str(day), *rest]


def _day(text: str | None) -> date | None:
    return None if text is None else DAYS[text]


def _text(day: date | None) -> str | None:
    return None if day is None else str(day)
