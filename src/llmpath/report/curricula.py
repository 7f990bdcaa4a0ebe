"""Documents and sentences of `curriculum list`, `show`, `add`, `update`, `remove`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from llmpath.core.curriculum import shown_id
from llmpath.core.summary import TrackSummary
from llmpath.core.when import spoken_minutes
from llmpath.report.look import track_lines, track_object
from llmpath.report.parts import Document, schema
from llmpath.report.phrases import counted, facts
from llmpath.report.views.curricula import (
    AddView,
    CurriculaView,
    CurriculumSummary,
    Effort,
    LeftOutView,
    LinkView,
)

MOST_LISTED, MOST_OF_A_KIND = 12, 3
"""Of more the rest is counted where a person reads it."""


def curricula_document(view: CurriculaView) -> Document:
    """The document of `curriculum list` and `show`."""
    only = view.curricula[0] if view.command == "curriculum-show" else None
    return {
        **schema(view.command),
        "curriculum": None if only is None else only.id,
        "applied": False,
        "lessons": sum(map(lesson_count, view.curricula)),
        "faults": [],
        "changes": [],
        "curricula": [summary_object(each) for each in view.curricula],
    }


def summary_object(summary: CurriculumSummary) -> Document:
    """A curriculum in numbers."""
    curriculum = summary.curriculum
    return {
        "id": summary.id,
        "title": None if curriculum is None else curriculum.title,
        "edition": summary.edition,
        "modules": None if curriculum is None else len(curriculum.modules),
        "lessons": None if curriculum is None else len(curriculum.lessons),
        "file": summary.file,
        "tracks": [track_object(each) for each in summary.tracks],
    }


def lesson_count(summary: CurriculumSummary) -> int:
    """How many lessons a curriculum has; none if it is not here."""
    return 0 if summary.curriculum is None else len(summary.curriculum.lessons)


def curricula_sentences(view: CurriculaView) -> list[str]:
    """Each curriculum, then its tracks."""
    return facts(
        fact for each in view.curricula for fact in summary_facts(each, view.command)
    )


def summary_facts(summary: CurriculumSummary, command: str) -> list[str]:
    """A curriculum: name, size, and its tracks."""
    if summary.curriculum is None:
        return facts(f"Curriculum: {summary.id}", f"Not here: {summary.file}")
    return facts(
        f"Curriculum: {summary.curriculum.title}, id {summary.id}",
        f"Edition: {summary.edition}",
        f"Size: {size_words(summary)}",
        (
            fact
            for each in summary.tracks
            for fact in (
                track_lines(each)
                if command == "curriculum-show"
                else facts(track_fact(each))
            )
        ),
    )


def size_words(summary: CurriculumSummary) -> str:
    """How many tracks, modules and lessons a curriculum has."""
    curriculum = summary.curriculum
    if curriculum is None:
        return ""
    return (
        f"{counted(len(curriculum.tracks), 'track')},"
        f" {counted(len(curriculum.modules), 'module')},"
        f" {counted(len(curriculum.lessons), 'lesson')}"
    )


def track_fact(track: TrackSummary) -> str:
    """A track with its hours, in one sentence."""
    active = ", active" if track.is_active else ""
    own_id, minutes = shown_id(track.track.id), spoken_minutes(track.minutes)
    return f"Track: {track.track.title}, id {own_id}, {minutes}{active}"


def add_document(view: AddView) -> Document:
    """The document of `curriculum add`, `update` and `remove`."""
    effort = view.effort
    return {
        **schema(view.command),
        "curriculum": view.summary.id,
        "applied": view.event is not None,
        "lessons": lesson_count(view.summary),
        "faults": [],
        "changes": list(view.changes),
        "format": view.format,
        "edition": view.summary.edition,
        "tracks": [track_object(each) for each in view.summary.tracks],
        "read_minutes": None if effort is None else effort.read,
        "guessed_minutes": (
            None
            if effort is None
            else {"low": effort.guessed[0], "high": effort.guessed[1]}
        ),
        "guessed_lessons": None if effort is None else effort.guessed_lessons,
        "understood": list(view.understood),
        "guessed": list(view.guessed),
        "left_out": [each._asdict() for each in view.left_out],
        "ticks": view.ticks,
        "skips": view.skips,
        "same_lessons": [each._asdict() for each in view.links],
        "linked": view.is_linked,
        "event": view.event,
    }


def add_sentences(view: AddView) -> list[str]:
    """What was done, what was read, guessed and left out, then the tracks."""
    return facts(
        view.said,
        (f"Change: {each}" for each in view.changes),
        reading_sentences(view),
        map(link_fact, view.links),
        map(track_fact, view.summary.tracks),
    )


def reading_sentences(view: AddView, most: int | None = None) -> list[str]:
    """What of a source was understood, guessed and left out.

    Args:
        most: So much of what was left out, of a kind, is told one by one; all if None.
    """
    return facts(
        (f"Understood: {each}" for each in view.understood),
        (f"Guessed: {each}" for each in view.guessed),
        effort_facts(view.effort),
        (f"Left out: {each}" for each in left_out_sentences(view.left_out, most)),
    )


def reading_question(view: AddView) -> str:
    """The question whether what was read is to be added."""
    return "\n".join([*view.said, *reading_sentences(view, MOST_OF_A_KIND), "Add it?"])


def link_question(view: AddView) -> str:
    """The question whether lessons of two curricula are to be linked."""
    more = len(view.links) - MOST_LISTED
    lines = [link_fact(each) for each in view.links[:MOST_LISTED]]
    if more > 0:
        lines.append(f"And {more} more.")
    what = "Link it" if len(view.links) == 1 else "Link them"
    return "\n".join([*lines, f"{what}, so that done in one is done in both?"])


def effort_facts(effort: Effort | None) -> list[str]:
    """How much of the time the source states, and how much is an estimate."""
    if effort is None:
        return []
    return facts(
        f"Stated by the source: {spoken_minutes(effort.read)}" if effort.read else None,
        f"Our estimate: {guess_words(effort, spoken_minutes)}"
        if effort.guessed_lessons
        else None,
    )


def guess_words(effort: Effort, shown: Callable[[int], str]) -> str:
    """The range of the lessons whose time the source does not state."""
    low, high = map(shown, effort.guessed)
    lessons = counted(effort.guessed_lessons, "lesson")
    whose = "its" if effort.guessed_lessons == 1 else "their"
    return f"{low} to {high} for {lessons} without a time of {whose} own"


def left_out_sentences(
    parts: Iterable[LeftOutView], most: int | None = None
) -> list[str]:
    """What is not imported, by kind: each part with its line, or how many there are.

    Args:
        most: So many of a kind are told one by one; all if None.
    """
    kinds: dict[str, list[LeftOutView]] = {}
    for each in parts:
        kinds.setdefault(each.reason, []).append(each)
    return [each for kind in kinds.values() for each in _kind_sentences(kind, most)]


def _kind_sentences(kind: list[LeftOutView], most: int | None) -> Iterator[str]:
    rest = [each for each in kind if each.times > 1]
    single = [each for each in kind if each.times == 1]
    if most is not None and len(single) > most:
        single, rest = single[:most], [*single[most:], *rest]
    yield from map(_part_sentence, single)
    if len(rest) == 1 and rest[0].times == 1:
        yield _part_sentence(rest[0])
    elif rest:
        several = rest[0]._replace(times=sum(each.times for each in rest))
        yield _sum_sentence(several, "more " if single else "")


def _part_sentence(part: LeftOutView) -> str:
    told = f"{part.text} ({part.reason})" if part.text else part.reason
    return f"line {part.line}: {told}" if part.line else told


def _sum_sentence(part: LeftOutView, more: str) -> str:
    place = f" in line {part.line}" if part.line else ""
    head = f"{part.times:,} {more}{_plural(part.reason)}"
    if not part.text:
        return f"{head}, the first{place}" if place else head
    return f"{head}, the first{place}: {part.text}"


def _plural(name: str) -> str:
    """The plural of a name whose noun stands first."""
    noun, blank, rest = name.partition(" ")
    ends_in_y = noun.endswith("y") and noun[-2:-1] not in "aeiou"
    return f"{f'{noun[:-1]}ies' if ends_in_y else f'{noun}s'}{blank}{rest}"


def link_fact(link: LinkView) -> str:
    """A lesson that stands in two curricula."""
    return f"The same link: {link.title} ({link.lesson} and {link.other})"
