"""Small values for tests, with everything that a test does not care about filled in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from llmpath.core.curriculum import (
    Curriculum,
    Lesson,
    Module,
    Phase,
    PhaseModule,
    Prerequisite,
    Track,
)
from llmpath.core.events import Event, Record

TODAY = date(2026, 11, 20)
"""A Friday."""


def a_lesson(
    full_id: str,
    minutes: int = 30,
    *,
    optional: bool = False,
    title: str | None = None,
    kind: str = "reading",
    access: str = "free",
) -> Lesson:
    """A lesson such as `llmpath:attention/scores`."""
    module, _, slug = full_id.partition("/")
    return Lesson(
        id=full_id,
        module=module,
        title=title or slug.replace("-", " ").capitalize(),
        url=f"https://example.org/{slug}",
        stop=None,
        minutes=minutes,
        machine_minutes=None,
        kind=kind,
        optional=optional,
        access=access,
        needs=(),
        basis="published",
        source="stated on the page",
        topics=(),
    )


def a_module(
    slug: str,
    lessons: Iterable[Lesson] | int = 1,
    *,
    after: Iterable[str] = (),
    minutes: int = 30,
    note: str | None = None,
) -> Module:
    """A module with the given lessons, or with so many of equal length."""
    full = f"llmpath:{slug}"
    if isinstance(lessons, int):
        lessons = [a_lesson(f"{full}/{slug}-{n + 1}", minutes) for n in range(lessons)]
    return Module(
        id=full,
        title=slug.replace("-", " ").capitalize(),
        authors=("An Author",),
        provider="A Provider",
        url=f"https://example.org/{slug}",
        format="article",
        year=2024,
        price=None,
        prerequisites=tuple(
            Prerequisite(f"llmpath:{each}", f"builds on {each}") for each in after
        ),
        assumes=(),
        outcomes=(f"Explain {slug}",),
        tags=(),
        added=False,
        note=note,
        alternatives=(),
        study_minutes=None,
        lessons=tuple(lessons),
    )


def a_track(
    slug: str, modules: Iterable[Module | tuple[Module, bool]], *, phases: int = 1
) -> Track:
    """A track over modules; a pair of (module, True) is an optional one."""
    entries = [
        PhaseModule(each[0].id, each[1])
        if not isinstance(each, Module)
        else PhaseModule(each.id, optional=False)
        for each in modules
    ]
    size = -(-len(entries) // phases)
    return Track(
        id=f"llmpath:{slug}",
        title=slug.capitalize(),
        summary="A track.",
        audience="Anyone.",
        stated_hours=(2, 3),
        source="a document",
        phases=tuple(
            Phase(
                f"{slug}-{n + 1}",
                f"Phase {n + 1}",
                "A goal.",
                tuple(entries[n * size : (n + 1) * size]),
            )
            for n in range(phases)
        ),
    )


def a_curriculum(tracks: Iterable[Track], modules: Iterable[Module]) -> Curriculum:
    """A curriculum over tracks and modules."""
    pool = {each.id: each for each in modules}
    return Curriculum(
        id="llmpath",
        title="A curriculum",
        edition="2026.11",
        tracks={each.id: each for each in tracks},
        modules=pool,
        lessons={
            lesson.id: lesson for each in pool.values() for lesson in each.lessons
        },
        changes=(),
    )


def a_record(
    *events: Event,
    n: int = 1,
    day: date = TODAY,
    device: str = "laptop-0001",
    record_id: str | None = None,
    lamport: int | None = None,
    command: str = "test",
) -> Record:
    """A record; its id follows from device and counter unless given."""
    return Record(
        id=record_id or f"{device}-{n:04}",
        device=device,
        n=n,
        lamport=n if lamport is None else lamport,
        at=f"{day}T20:00:00.000+01:00",
        day=day,
        command=command,
        events=events,
    )
