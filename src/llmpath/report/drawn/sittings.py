"""Blocks of a day as a person sits down to them: those of one lesson as one."""

from __future__ import annotations

from llmpath.core.plan import Plan, StudyBlock
from llmpath.named_tuple import NamedTuple
from llmpath.report.views.planning import PlanView


class Sitting(NamedTuple):
    """What one day holds of one lesson."""

    lesson: str
    minutes: int
    first: int
    last: int
    parts: int


def sittings(plan: Plan, indices: tuple[int, ...]) -> list[Sitting]:
    """Blocks of one day, those of the same lesson as one."""
    merged: dict[str, Sitting] = {}
    for index in indices:
        block = plan.blocks[index]
        before = merged.get(block.lesson)
        merged[block.lesson] = (
            sitting_of(block) if before is None else joined_sitting(before, block)
        )
    return list(merged.values())


def sitting_of(block: StudyBlock) -> Sitting:
    """One block."""
    return Sitting(block.lesson, block.minutes, block.part, block.part, block.parts)


def joined_sitting(sitting: Sitting, block: StudyBlock) -> Sitting:
    """One block more of the same lesson."""
    return sitting._replace(minutes=sitting.minutes + block.minutes, last=block.part)


def last_sittings(view: PlanView) -> dict[str, str]:
    """Where modules end: lesson and day of the last block, with the module's title.

    A module of which a lesson found no room has no end.
    """
    short = view.plan.shortfall
    without_day = set(short.lessons) if short is not None else set()
    ends: dict[str, tuple[str, str]] = {}
    for block in view.plan.blocks:
        if block.lesson in view.lessons:
            _, module = view.lessons[block.lesson]
            if without_day.isdisjoint(each.id for each in module.lessons):
                ends[module.id] = (f"{block.lesson} {block.day}", module.title)
    return dict(ends.values())
