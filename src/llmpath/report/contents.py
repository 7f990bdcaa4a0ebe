"""What is in the curriculum: `list`, `search`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from llmpath.core.curriculum import Lesson, shown_id
from llmpath.core.when import spoken_minutes
from llmpath.report.parts import Document, schema
from llmpath.report.phrases import (
    ACCESS_FACTS,
    STATUS_WORDS,
    counted,
    facts,
    spoken_day,
    standing_words,
)
from llmpath.report.views.contents import ListedModule, ListView, SearchView


def list_document(view: ListView) -> Document:
    """The document of `list`; a null track means all of the curriculum."""
    return {
        **schema("list"),
        "track": None if view.track is None else shown_id(view.track.id),
        "modules": [listed_module_object(each, view.known) for each in view.modules],
    }


def list_sentences(view: ListView) -> list[str]:
    """Modules with their lessons, under their phases."""
    place = f"Track {view.track.title}" if view.track else "All of the curriculum"
    count = counted(len(view.modules), "module")
    status = ""
    if view.status is not None:
        status = f", with lessons that are {STATUS_WORDS.get(view.status, view.status)}"
    return facts(
        f"{place}: {count}{status}",
        module_lines(view.modules, view.known, view.put_off),
    )


def module_lines(
    modules: Iterable[ListedModule], known: frozenset[str], put_off: Mapping[str, date]
) -> Iterator[str]:
    """Modules with their lessons; a phase is named where it begins."""
    phase = ""
    for listed_module in modules:
        if listed_module.phase != phase:
            phase = listed_module.phase
            yield f"Phase: {listed_module.phase_title}"
        module = listed_module.module
        words = standing_words(
            known_status(
                listed_module.status, is_known=all_known(listed_module.lessons, known)
            ),
            listed_module.tally,
            is_optional=listed_module.optional,
            waits=[each.title for each in listed_module.waits],
        )
        yield f"Module: {module.title}, {words}, id {shown_id(module.id)}"
        for lesson, state in known_named(listed_module.lessons, known):
            yield lesson_line(lesson, state, put_off.get(lesson.id))


def known_status(status: str, *, is_known: bool) -> str:
    """The status as shown: what was skipped because it was known says so."""
    return "known" if is_known and status == "skipped" else status


def known_named(
    lessons: Iterable[tuple[Lesson, str]], known: frozenset[str]
) -> list[tuple[Lesson, str]]:
    """Lessons with their statuses as shown."""
    return [
        (each, known_status(status, is_known=each.id in known))
        for each, status in lessons
    ]


def all_known(lessons: Iterable[tuple[Lesson, str]], known: frozenset[str]) -> bool:
    """Tell whether every skipped lesson was skipped because it was known."""
    skipped = [each.id for each, status in lessons if status == "skipped"]
    return bool(skipped) and known.issuperset(skipped)


def lesson_line(lesson: Lesson, status: str, put_off: date | None = None) -> str:
    """A lesson in one line, its id last.

    Args:
        put_off: The day before which it is not to stand.
    """
    words = (
        "optional" if lesson.optional else "",
        STATUS_WORDS[status],
        spoken_minutes(lesson.minutes),
        lesson.kind,
        ACCESS_FACTS.get(lesson.access, "").lower(),
        f"put off, not before {spoken_day(put_off, None)}" if put_off else "",
        f"id {shown_id(lesson.id)}",
    )
    return f"Lesson: {lesson.title}, {', '.join(word for word in words if word)}"


def search_document(view: SearchView) -> Document:
    """The document of `search`."""
    return {
        **schema("search"),
        "matches": [
            {
                "id": shown_id(hit.thing.id),
                "title": hit.thing.title,
                "field": hit.field,
                "text": hit.text,
            }
            for hit in view.hits
        ],
    }


def search_sentences(view: SearchView) -> list[str]:
    """Where the words were found, a line each."""
    count = counted(len(view.hits), "match") if view.hits else "No match"
    return facts(
        f"{count} for {view.words}",
        (
            f"{hit.thing.title}, id {shown_id(hit.thing.id)}"
            + (
                ""
                if hit.field == "title"
                else f", found in its {hit.field}: {hit.text}"
            )
            for hit in view.hits
        ),
        "To see one: llmpath show ID" if view.hits else None,
    )


def listed_lesson_object(
    lesson: Lesson, status: str, known: frozenset[str]
) -> Document:
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
        "known": lesson.id in known,
    }


def listed_module_object(listed: ListedModule, known: frozenset[str]) -> Document:
    """A module as `list` has it; its phase is null outside a track."""
    return {
        "id": shown_id(listed.module.id),
        "title": listed.module.title,
        "phase": listed.phase or None,
        "optional": listed.optional,
        "status": listed.status,
        "minutes": listed.tally.minutes,
        "done_minutes": listed.tally.done_minutes,
        "lessons": [listed_lesson_object(*each, known) for each in listed.lessons],
    }
