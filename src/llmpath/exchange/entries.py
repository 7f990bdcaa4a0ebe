"""The lessons as tables and lists for other programs have them: one entry each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from llmpath.core.curriculum import Lesson, Module, Phase, Track
from llmpath.core.plan import Plan
from llmpath.core.progress import Note
from llmpath.core.situation import Situation
from llmpath.core.standing import Standing
from llmpath.named_tuple import NamedTuple


class Entry(NamedTuple):
    """A lesson with its place on the road and how it stands.

    Attributes:
        track: None, as `phase`, for a lesson that no active track has.
        is_known: Skipped because it was known.
        logged: Minutes logged on the lesson itself.
        planned: Day of its first block from today on.
        done_on: Study day on which it was completed.
        notes: On the lesson, oldest first.
        module_notes: On the module; with its first lesson only.
    """

    track: Track | None
    phase: Phase | None
    module: Module
    lesson: Lesson
    is_optional: bool
    status: str
    is_known: bool
    logged: int
    planned: date | None
    done_on: date | None
    notes: tuple[Note, ...]
    module_notes: tuple[Note, ...]


def make_entries(situation: Situation, plan: Plan | None) -> Iterator[Entry]:
    """The lessons of the active tracks in order, or of the whole curriculum.

    Args:
        plan: The plan that holds; None before `start`.
    """
    progress = situation.progress
    standing = Standing(situation.route, progress)
    planned = {} if plan is None else plan.first_days()
    for module, track, phase, is_optional in _places(situation):
        for lesson in module.lessons:
            done = progress.completions.get(lesson.id)
            skip = progress.skips.get(lesson.id)
            is_first = lesson is module.lessons[0]
            yield Entry(
                track=track,
                phase=phase,
                module=module,
                lesson=lesson,
                is_optional=is_optional or lesson.optional,
                status=standing.of_lesson(lesson),
                is_known=skip is not None and skip.known,
                logged=progress.logged.get(lesson.id, 0),
                planned=planned.get(lesson.id),
                done_on=None if done is None else done.day,
                notes=progress.notes.get(lesson.id, ()),
                module_notes=progress.notes.get(module.id, ()) if is_first else (),
            )


def _places(
    situation: Situation,
) -> Iterator[tuple[Module, Track | None, Phase | None, bool]]:
    curriculum, _, route, _ = situation
    if not route.tracks:
        for module in curriculum.modules.values():
            yield module, None, None, False
    tracks = {track.id: track for track in route.tracks}
    phases = {phase.id: phase for track in route.tracks for phase in track.phases}
    for place in route.modules.values():
        yield place.module, tracks[place.track], phases[place.phase], place.optional
