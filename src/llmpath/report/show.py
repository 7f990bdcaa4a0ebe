"""Everything about one thing: `show` of a lesson, a module, a track."""

from __future__ import annotations

from collections.abc import Sequence

from llmpath.core.curriculum import Lesson, Module, Price, shown_id
from llmpath.core.when import spoken_minutes
from llmpath.report.changes import note_objects
from llmpath.report.contents import (
    all_known,
    known_named,
    known_status,
    lesson_line,
    listed_lesson_object,
    module_lines,
)
from llmpath.report.look import track_lines, track_object
from llmpath.report.parts import Document, iso, schema, track_ids
from llmpath.report.phrases import (
    BASIS_WORDS,
    STATUS_WORDS,
    cost_facts,
    counted,
    facts,
    listed,
    price_words,
    spoken_day,
    stop_fact,
    tracks_fact,
)
from llmpath.report.views.contents import PrerequisiteView, ShowTrackView, ShowView

ACCESS = ("free", "account", "paid")
"""From the easiest to the hardest to come by."""


def show_document(view: ShowView) -> Document:
    """The document of `show` for a module or a lesson."""
    module, lesson = view.module, view.lesson
    shown = module if lesson is None else lesson
    lessons = module.lessons if lesson is None else (lesson,)
    judged = judged_lessons(lessons)
    return {
        **schema("show"),
        "kind": "module" if lesson is None else "lesson",
        "id": shown_id(shown.id),
        "title": shown.title,
        "url": shown.url,
        "access": max((each.access for each in judged), key=ACCESS.index),
        "price": price_object(module.price),
        "note": module.note,
        "outcomes": list(module.outcomes),
        "prerequisites": [
            {
                "id": shown_id(each.module),
                "reason": each.reason,
                "met": each.is_met,
                "title": each.title,
                "binds": each.binds,
            }
            for each in view.prerequisites
        ],
        "unlocks": [shown_id(each.id) for each in view.unlocks],
        "lessons": [listed_lesson_object(*each, view.known) for each in view.lessons],
        "notes": note_objects(view.notes),
        "sources": [source_object(each) for each in lessons],
        "module": shown_id(module.id),
        "status": view.status,
        "stop": None if lesson is None else lesson.stop,
        "minutes": sum(each.minutes for each in judged),
        "logged_minutes": view.logged,
        "planned": iso(view.planned),
        "tracks": track_ids(view.tracks),
        "authors": list(module.authors),
        "provider": module.provider,
        "year": module.year,
        "assumes": list(module.assumes),
        "alternatives": [each._asdict() for each in module.alternatives],
        "own_link": view.has_own_link,
    }


def judged_lessons(lessons: Sequence[Lesson]) -> tuple[Lesson, ...]:
    """The required lessons; all of them where none is required."""
    required = tuple(each for each in lessons if not each.optional)
    return required or tuple(lessons)


def price_object(price: Price | None) -> Document | None:
    """What the paid lessons cost; null where nothing does."""
    return None if price is None else price._asdict()


def source_object(lesson: Lesson) -> Document:
    """How the minutes of a lesson are known."""
    return {
        "lesson": shown_id(lesson.id),
        "basis": lesson.basis,
        "source": lesson.source,
    }


def show_sentences(view: ShowView) -> list[str]:
    """Everything about a module or a lesson, links last."""
    module, lesson = view.module, view.lesson
    return facts(
        lesson_head(view, lesson) if lesson else module_head(view),
        f"Status: {status_words(view)}",
        f"Logged: {spoken_minutes(view.logged)}" if view.logged else None,
        put_off_fact(view),
        f"Planned: {spoken_day(view.planned, None)}" if view.planned else None,
        tracks_fact(each.title for each in view.tracks)
        if view.tracks
        else "In no track",
        f"Note: {module.note}" if module.note else None,
        (f"Outcome: {each}" for each in module.outcomes),
        (f"Assumes: {each}" for each in module.assumes),
        map(prerequisite_fact, view.prerequisites),
        (f"Unlocks: {each.title}, id {shown_id(each.id)}" for each in view.unlocks),
        (
            lesson_line(each, status, view.put_off.get(each.id))
            for each, status in known_named(view.lessons, view.known)
        )
        if lesson is None
        else None,
        (f"Your note of {spoken_day(n.day, None)}: {n.text}" for n in view.notes),
        (
            f"Instead, for {each.audience}: {each.title}, link {each.url}"
            for each in module.alternatives
        ),
        f"{link_words(view)}: {url}" if (url := (lesson or module).url) else None,
    )


def link_words(view: ShowView) -> str:
    """Whose link it is."""
    return "Link, your own" if view.has_own_link else "Link"


def put_off_fact(view: ShowView) -> str | None:
    """Until when the lesson that was asked for is put off."""
    until = None if view.lesson is None else view.put_off.get(view.lesson.id)
    return None if until is None else f"Put off: not before {spoken_day(until, None)}"


def module_head(view: ShowView) -> list[str]:
    """What a module is, what it takes and costs."""
    module = view.module
    judged = judged_lessons(module.lessons)
    minutes = spoken_minutes(sum(each.minutes for each in judged))
    kind = "optional lesson" if judged[0].optional else "required lesson"
    lessons = counted(len(judged), kind)
    own = module.study_minutes
    return facts(
        f"Module: {module.title}, id {shown_id(module.id)}",
        f"By: {authors_words(module)}",
        f"Format: {module.format}",
        f"{lessons}, {minutes}",
        f"Study time: {spoken_minutes(own)}, stated by the source" if own else None,
        f"Price: {price_words(module.price)}" if module.price else None,
        "Our addition, not named by the document" if module.added else None,
    )


def authors_words(module: Module) -> str:
    """Who made a module, where it is published, and when."""
    names = [*module.authors, module.provider]
    return ", ".join([*names, str(module.year)] if module.year else names)


def lesson_head(view: ShowView, lesson: Lesson) -> list[str]:
    """What a lesson is, what it takes and costs, and how that is known."""
    minutes = spoken_minutes(lesson.minutes)
    return facts(
        f"Lesson: {lesson.title}, id {shown_id(lesson.id)}",
        f"Module: {view.module.title}, id {shown_id(view.module.id)}",
        f"Kind: {lesson.kind}{', optional' if lesson.optional else ''}",
        f"Time: {minutes}, {BASIS_WORDS[lesson.basis]}",
        f"How the minutes are known: {lesson.source}",
        stop_fact(lesson),
        cost_facts(lesson, view.module.price),
    )


def status_words(view: ShowView) -> str:
    """The status, with what it waits for."""
    unmet = [
        each.title for each in view.prerequisites if each.binds and not each.is_met
    ]
    if view.status == "blocked" and unmet:
        return f"later: after {listed(unmet)}"
    is_known = all_known(view.lessons, view.known)
    return STATUS_WORDS[known_status(view.status, is_known=is_known)]


def prerequisite_fact(needed: PrerequisiteView) -> str:
    """A module to complete first, why, and whether that is so."""
    met = "met" if needed.is_met else "still open"
    if not needed.binds and not needed.is_met:
        return f"Advice: {needed.title} first, {met}: {needed.reason}"
    return f"Needs {needed.title}, {met}: {needed.reason}"


def show_track_document(view: ShowTrackView) -> Document:
    """The document of `show` for a track: the same keys, then those of `tracks`."""
    track = view.summary.track
    return {
        **schema("show"),
        "kind": "track",
        "id": shown_id(track.id),
        "title": track.title,
        "url": None,
        "access": None,
        "price": None,
        "note": None,
        "outcomes": [each.goal for each in track.phases],
        "prerequisites": [],
        "unlocks": [],
        "lessons": [
            listed_lesson_object(*each, view.known)
            for module in view.modules
            for each in module.lessons
        ],
        "notes": [],
        "sources": [{"lesson": None, "basis": None, "source": track.source}],
        "audience": track.audience,
        "track": track_object(view.summary),
    }


def show_track_sentences(view: ShowTrackView) -> list[str]:
    """A track with its phases and modules."""
    goals = [f"Goal of {each.title}: {each.goal}" for each in view.summary.track.phases]
    return facts(
        track_lines(view.summary),
        f"Source: {view.summary.track.source}",
        goals,
        module_lines(view.modules, view.known, view.put_off),
        f"To start it: llmpath start --track {shown_id(view.summary.track.id)}"
        if not view.summary.is_active
        else None,
    )
