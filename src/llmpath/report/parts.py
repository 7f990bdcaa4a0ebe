"""Pieces that several JSON documents share.

The contract of their keys is `docs/commands.md`. Days are ISO text and minutes whole
numbers. What is absent is null and never missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from llmpath.core.agenda import Agenda, AgendaLesson, Return
from llmpath.core.availability import WeekMinutes
from llmpath.core.counting import Tally
from llmpath.core.curriculum import Lesson, Module, Track, shown_id
from llmpath.core.day_forms import DAY_KEYS
from llmpath.core.plan import StudyBlock
from llmpath.core.progress import Note
from llmpath.core.summary import WeekSummary
from llmpath.report.views import Dates, ListedModule

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


def progress_object(tally: Tally) -> Document:
    """Progress over some lessons."""
    return {
        "done_lessons": tally.done_lessons,
        "lessons": tally.lessons,
        "done_minutes": tally.done_minutes,
        "minutes": tally.minutes,
        "percent": tally.percent,
    }


def hours_object(week: WeekMinutes) -> Document:
    """Minutes of the seven weekdays."""
    return dict(zip(DAY_KEYS, week, strict=True))


def dates_object(dates: Dates) -> Document:
    """The plan's end before and after a change."""
    return {"from": iso(dates.before), "to": iso(dates.after)}


def week_object(week: WeekSummary) -> Document:
    """Planned, done and studied minutes of a week."""
    return {
        "planned_minutes": week.planned,
        "done_minutes": week.done,
        "studied_minutes": week.studied,
    }


def note_objects(notes: Iterable[Note]) -> list[Document]:
    """Notes, oldest first."""
    return [{"day": iso(each.day), "text": each.text} for each in notes]


def question_objects(
    questions: Iterable[tuple[Module, tuple[str, ...]]],
) -> list[Document]:
    """Modules just completed with their outcomes."""
    return [
        {"module": shown_id(module.id), "outcomes": list(outcomes)}
        for module, outcomes in questions
    ]


def listed_lesson_object(lesson: Lesson, status: str) -> Document:
    """A lesson as `list` and `show` have it."""
    return {
        "id": shown_id(lesson.id),
        "title": lesson.title,
        "url": lesson.url,
        "kind": lesson.kind,
        "minutes": lesson.minutes,
        "optional": lesson.optional,
        "access": lesson.access,
        "needs": list(lesson.needs),
        "status": status,
    }


def listed_module_object(listed: ListedModule) -> Document:
    """A module as `list` has it; its phase is null outside a track."""
    return {
        "id": shown_id(listed.module.id),
        "title": listed.module.title,
        "phase": listed.phase or None,
        "optional": listed.optional,
        "status": listed.status,
        "minutes": listed.tally.minutes,
        "done_minutes": listed.tally.done_minutes,
        "lessons": [listed_lesson_object(*each) for each in listed.lessons],
    }


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
        "plan_ends": dates_object(Dates(returning.planned_finish, returning.finish)),
        "short_lesson": None if step is None else shown_id(step.id),
    }
