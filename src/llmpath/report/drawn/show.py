"""`show`: everything about a track, a module or a lesson."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from rich.text import Text

from llmpath.core.curriculum import Module
from llmpath.core.progress import Note
from llmpath.core.when import shown_day, shown_minutes
from llmpath.report.contents import all_known, known_named, known_status
from llmpath.report.drawn.layout import (
    INDENT,
    facts,
    headline,
    indented,
    joined,
    sections,
    words,
    wrapped,
)
from llmpath.report.drawn.lessons import lesson_rows, module_minutes
from llmpath.report.drawn.look import Look
from llmpath.report.drawn.phrases import needs_words, put_off_words, rough_hours
from llmpath.report.drawn.pieces import (
    heading,
    hint,
    id_text,
    link_lines,
    listing,
    module_text,
    state_text,
    status_text,
    titled,
)
from llmpath.report.drawn.tables import FIGURE, FIXED, WRAPPED, table
from llmpath.report.drawn.theme import Role
from llmpath.report.drawn.tracks import track_facts, track_heading
from llmpath.report.phrases import BASIS_WORDS, price_words
from llmpath.report.views.contents import (
    ListedModule,
    PrerequisiteView,
    ShowTrackView,
    ShowView,
)


def show_lines(view: ShowView, look: Look) -> list[Text]:
    """Everything about a module, or about one lesson of it."""
    if view.lesson is not None:
        return show_lesson_lines(view, look)
    module = view.module
    return sections(
        top_lines(module.title, module.id, module.url, view, look),
        facts(module_facts(view), look.prose, indent=INDENT),
        listing("What you can do afterwards", module.outcomes, look),
        prerequisite_lines(view.prerequisites, look),
        listing("You are expected to know", module.assumes, look),
        listing("Unlocks", [module_text(each) for each in view.unlocks], look),
        lessons_lines(view, look),
        source_lines(view, look),
        alternative_lines(module, look),
        note_lines(view.notes, look),
    )


def lessons_lines(view: ShowView, look: Look) -> list[Text]:
    """The lessons of a module."""
    rows = lesson_rows(known_named(view.lessons, view.known), view.put_off, look)
    return [heading("Lessons"), *rows] if rows else []


def show_lesson_lines(view: ShowView, look: Look) -> list[Text]:
    """Everything about a lesson."""
    lesson = view.lesson
    if lesson is None:
        return []
    return sections(
        top_lines(lesson.title, lesson.id, lesson.url, view, look),
        facts(lesson_facts(view), look.prose, indent=INDENT),
        prerequisite_lines(view.prerequisites, look),
        listing("Unlocks", [module_text(each) for each in view.unlocks], look),
        note_lines(view.notes, look),
    )


def top_lines(
    title: str, full: str, url: str | None, view: ShowView, look: Look
) -> list[Text]:
    """Title, status, id and link."""
    is_blocked = view.status == "blocked"
    waits = [
        each.module
        for each in view.prerequisites
        if is_blocked and each.binds and not each.is_met
    ]
    is_known = all_known(view.lessons, view.known)
    status = known_status(view.status, is_known=is_known)
    return [
        *headline(heading(title), state_text(status, waits, look), look.prose),
        *indented([id_text(full)]),
        *link_lines(url, INDENT),
        *indented([hint("your own link")] if view.has_own_link else []),
    ]


def module_facts(view: ShowView) -> list[tuple[str, Text]]:
    """Who made it, what it costs, what to know before."""
    module = view.module
    who = ", ".join(each for each in (*module.authors, module.provider) if each)
    price = ""
    if module.price is not None:
        price = price_words(module.price)
    stated = module.study_minutes
    added = "not named by the document; our own addition" if module.added else ""
    return [
        ("by", words(who)),
        ("form", words(module.format, f", {module.year}" if module.year else "")),
        ("hours", words(hours_words(view))),
        ("stated", words(f"{rough_hours(stated)} by the source" if stated else "")),
        ("price", words(price)),
        ("note", words(module.note or "")),
        ("added", words(added)),
        *standing_facts(view),
    ]


def hours_words(view: ShowView) -> str:
    """Minutes of the required lessons and of the optional ones."""
    minutes = [(each.minutes, each.optional) for each in view.module.lessons]
    required = sum(each for each, is_extra in minutes if not is_extra)
    optional = sum(each for each, is_extra in minutes if is_extra)
    if not optional:
        return shown_minutes(required)
    return f"{shown_minutes(required)}, and {shown_minutes(optional)} optional"


def standing_facts(view: ShowView) -> list[tuple[str, Text]]:
    """What the learner did with it, and when it is planned."""
    tracks = joined([id_text(each.id) for each in view.tracks], ", ")
    logged = f"{shown_minutes(view.logged)}" if view.logged else ""
    planned = "" if view.planned is None else shown_day(view.planned, today=None)
    until = None if view.lesson is None else view.put_off.get(view.lesson.id)
    return [
        ("logged", words(logged)),
        ("put off", words("" if until is None else put_off_words(until))),
        ("planned", words((planned, Role.DUE))),
        ("tracks", tracks),
    ]


def lesson_facts(view: ShowView) -> list[tuple[str, Text]]:
    """Time and its source, where to stop, cost, needs."""
    lesson = view.lesson
    if lesson is None:
        return []
    machine = lesson.machine_minutes
    waits = f"; the computer works {shown_minutes(machine)}" if machine else ""
    optional = ", optional" if lesson.optional else ""
    basis = BASIS_WORDS.get(lesson.basis, lesson.basis)
    return [
        ("part of", module_text(view.module)),
        (
            "time",
            words(f"{shown_minutes(lesson.minutes)}, {lesson.kind}{optional}{waits}"),
        ),
        ("source", words(f"{basis}: {lesson.source}")),
        ("stop at", words(lesson.stop or "")),
        ("costs", words("money" if lesson.access == "paid" else "")),
        ("needs", words(needs_words(lesson))),
        *standing_facts(view),
    ]


def prerequisite_lines(
    prerequisites: Iterable[PrerequisiteView], look: Look
) -> list[Text]:
    """What is usually done first, and why."""
    lines: list[Text] = []
    for each in prerequisites:
        state = status_text("done" if each.is_met else "ready", look)
        advice = "" if each.binds or each.is_met else "advice"
        text = words(state, "  ", titled(each.title, id_text(each.module), advice))
        lines += wrapped(text, look.prose, indent=INDENT, hang=INDENT)
        reason = words((each.reason, Role.LATER))
        lines += wrapped(reason, look.prose, indent=2 * INDENT)
    return [heading("Usually needs first"), *lines] if lines else []


def source_lines(view: ShowView, look: Look) -> list[Text]:
    """How the hours are known, lessons with the same source as one."""
    texts: list[Text] = []
    for basis, group in groupby(
        sorted(
            view.module.lessons, key=lambda each: list(BASIS_WORDS).index(each.basis)
        ),
        key=lambda each: each.basis,
    ):
        lessons = list(group)
        minutes = sum(each.minutes for each in lessons)
        sources = dict.fromkeys(each.source for each in lessons)
        shown = "; ".join(sources) if len(sources) == 1 else ""
        head = f"{shown_minutes(minutes)} {BASIS_WORDS[basis]}"
        texts.append(words(head, f": {shown}" if shown else ""))
    return listing("How the hours are known", texts, look)


def alternative_lines(module: Module, look: Look) -> list[Text]:
    """Other resources, each with its link on a line of its own."""
    lines: list[Text] = []
    for each in module.alternatives:
        text = words(each.title, (f"  for {each.audience}", Role.LATER))
        lines += wrapped(text, look.prose, indent=INDENT, hang=INDENT)
        lines += indented([words((each.url, Role.LINK))], 2 * INDENT)
    return [heading("Instead of it"), *lines] if lines else []


def note_lines(notes: Iterable[Note], look: Look) -> list[Text]:
    """The learner's notes, oldest first."""
    pairs = [(shown_day(each.day, today=None), words(each.text)) for each in notes]
    lines = facts(pairs, look.prose, indent=INDENT)
    return [heading("Notes"), *lines] if lines else []


def show_track_lines(view: ShowTrackView, look: Look) -> list[Text]:
    """Everything about a track: for whom, its phases and their modules."""
    track = view.summary.track
    pairs = [
        ("for", words(track.audience)),
        ("source", words(track.source)),
        *track_facts(view.summary),
    ]
    goals = {phase.id: phase.goal for phase in track.phases}
    groups = groupby(view.modules, key=lambda each: (each.phase, each.phase_title))
    return sections(
        [
            *track_heading(view.summary, look),
            *wrapped(words(track.summary), look.prose, indent=INDENT),
        ],
        facts(pairs, look.prose, indent=INDENT),
        *(
            [
                *wrapped(heading(title), look.width, hang=INDENT),
                *wrapped(words((goals.get(phase, ""), Role.LATER)), look.prose),
                *module_rows(modules, look),
            ]
            for (phase, title), modules in groups
        ),
    )


def module_rows(modules: Iterable[ListedModule], look: Look) -> list[Text]:
    """Modules in rows: status, hours, title with id; a narrow look ends with hours."""
    rows: list[tuple[Text, ...]] = []
    for each in modules:
        hours = rough_hours(module_minutes(each))
        remarks = ["optional" if each.optional else ""]
        if look.is_narrow:
            remarks.insert(0, hours)
        title = titled(each.module.title, id_text(each.module.id), *remarks)
        status = status_text(each.status, look)
        rows.append(
            (status, title) if look.is_narrow else (status, words(hours), title)
        )
    columns = (FIXED, WRAPPED) if look.is_narrow else (FIXED, FIGURE, WRAPPED)
    return indented(table(rows, columns, look.width - INDENT, look.glyphs))
