"""The lessons to study now, and the return after time away, as JSON objects."""

from __future__ import annotations

from collections.abc import Sequence

from llmpath.core.agenda import Agenda, AgendaLesson, Return
from llmpath.core.curriculum import shown_id
from llmpath.core.plan import StudyBlock
from llmpath.report.parts import Document, dates_object, iso, shown_ids


def agenda_objects(agenda: Agenda | None) -> list[Document]:
    """The lessons of `next`; none without an agenda."""
    return [] if agenda is None else [agenda_object(*each) for each in noted(agenda)]


def noted(agenda: Agenda) -> list[tuple[AgendaLesson, str | None]]:
    """The lessons, the first one of a module not yet begun with the module's note."""
    seen: set[str] = set()
    lessons: list[tuple[AgendaLesson, str | None]] = []
    for each in agenda.lessons:
        is_first = each.begins_module and each.module.id not in seen
        seen.add(each.module.id)
        lessons.append((each, each.module.note if is_first else None))
    return lessons


def agenda_object(each: AgendaLesson, note: str | None) -> Document:
    """A lesson as `next` has it, with the note that belongs to its module."""
    lesson = each.lesson
    return {
        "id": shown_id(lesson.id),
        "module": shown_id(each.module.id),
        "module_title": each.module.title,
        "title": lesson.title,
        "url": lesson.url,
        "stop": lesson.stop,
        "kind": lesson.kind,
        "minutes": lesson.minutes,
        "left_minutes": each.left,
        "optional": lesson.optional,
        "access": lesson.access,
        "needs": list(lesson.needs),
        "planned": iso(each.planned),
        "status": each.status,
        "unlocks": shown_ids(each.unlocks),
        **sitting_object(each.blocks),
        "module_note": note,
        "waits_for": shown_ids(waiting.module for waiting in each.waiting),
    }


def sitting_object(blocks: Sequence[StudyBlock]) -> Document:
    """A lesson's blocks on one day; nulls for what is not in the plan."""
    if not blocks:
        return dict.fromkeys(("now_minutes", "part", "last_part", "parts"))
    return {
        "now_minutes": sum(block.minutes for block in blocks),
        "part": blocks[0].part,
        "last_part": blocks[-1].part,
        "parts": blocks[0].parts,
    }


def return_object(returning: Return | None) -> Document | None:
    """What to show first after time away; null otherwise."""
    if returning is None:
        return None
    lesson, step = returning.lesson, returning.short_step
    return {
        "last_day": iso(returning.last_day),
        "days_away": returning.days_away,
        "lesson": None if lesson is None else shown_id(lesson.id),
        "note": returning.note,
        "plan_ends": dates_object(returning.planned_finish, returning.finish),
        "short_lesson": None if step is None else shown_id(step.id),
    }
