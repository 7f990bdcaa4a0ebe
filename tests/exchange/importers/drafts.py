"""Readings for tests, and the check that every document of an importer must pass."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from llmpath.errors import Fault, RefusedInputError
from llmpath.exchange.importers.draft import (
    DraftLesson,
    DraftModule,
    DraftPhase,
    DraftTrack,
    Reading,
    Span,
)
from llmpath.exchange.importers.making import make_document
from llmpath.storage.curriculum_file import check_curriculum


def faults_of(document: dict[str, Any]) -> tuple[Fault, ...]:
    """What the curriculum's format has against a document."""
    return check_curriculum(json.dumps(document), "made").faults


def check_whole_or_refused(read: Callable[[str], Reading], text: str) -> None:
    """Read any text: it is refused, or becomes a document, the same each time."""
    try:
        reading = read(text)
    except RefusedInputError:
        return
    made = make_document(reading, "mine", "1")
    assert faults_of(made.document) == ()
    assert read(text) == reading


def a_reading(*modules: DraftModule, span: Span | None = None) -> Reading:
    """One track of one phase."""
    track = DraftTrack("Road", (DraftPhase("Stage", modules),), span=span)
    return Reading("Roads", (track,))


_TITLES = st.text(max_size=40) | st.sampled_from(
    ["Intro", "intro", "The Intro", "机器学习", "\x1b[31m", "\u202e", "a" * 400, " "]
)
_MINUTES = st.integers(1, 20_000)
_SPANS = st.none() | st.builds(
    lambda low, more: Span(low, None if more is None else low + more),
    _MINUTES,
    st.none() | _MINUTES,
)
_URLS = st.none() | st.sampled_from(
    ["https://example.org/a", "http://example.org", "mailto:a@b", "#a", "a.md", ""]
)
_KINDS = st.sampled_from([None, "video", "reading", "lab", "quiz", "project"])
_LESSONS = st.builds(
    DraftLesson,
    title=_TITLES,
    url=_URLS,
    span=_SPANS,
    kind=_KINDS,
    is_optional=st.booleans(),
    is_done=st.booleans(),
    topics=st.lists(_TITLES, max_size=3).map(tuple),
    line=st.integers(0, 9),
    guess=_SPANS,
    is_estimate=st.booleans(),
    is_skipped=st.booleans(),
    is_known=st.booleans(),
)
_MODULES = st.builds(
    DraftModule,
    title=_TITLES,
    lessons=st.lists(_LESSONS, max_size=4).map(tuple),
    key=st.none() | st.sampled_from("ABC"),
    url=_URLS,
    span=_SPANS,
    needs=st.lists(st.sampled_from(["A", "b", "C", "Intro", "X", " "])).map(tuple),
    is_optional=st.booleans(),
    note=st.none() | _TITLES,
)
_PHASES = st.builds(
    DraftPhase,
    title=_TITLES,
    modules=st.lists(_MODULES, max_size=3).map(tuple),
    goal=st.none() | _TITLES,
    span=_SPANS,
)
_TRACKS = st.builds(
    DraftTrack,
    title=_TITLES,
    phases=st.lists(_PHASES, max_size=3).map(tuple),
    summary=st.none() | _TITLES,
    span=_SPANS,
)
_FIRST = DraftTrack(
    "One", (DraftPhase("One", (DraftModule("One", (DraftLesson("One"),)),)),)
)
readings = st.builds(
    lambda title, tracks: Reading(title, (_FIRST, *tracks)),
    _TITLES,
    st.lists(_TRACKS, max_size=2),
)


def outline_of(reading: Reading) -> str:
    """A reading as lines, indented by its levels, with what is stated or known."""
    lines = [reading.title]
    for track in reading.tracks:
        lines.append(f"  track {track.title}{_told(track.span)}")
        for phase in track.phases:
            lines.append(f"    phase {phase.title}{_told(phase.span)}")
            for module in phase.modules:
                optional = ", optional" if module.is_optional else ""
                lines.append(
                    f"      module {module.title}{_told(module.span)}{optional}"
                )
                lines += [f"        {_lesson_line(each)}" for each in module.lessons]
    return "\n".join(lines) + "\n"


def _lesson_line(lesson: DraftLesson) -> str:
    box = "x " if lesson.is_done else ""
    parts = [
        f"{box}{lesson.title}{_told(lesson.span)}",
        f"<{lesson.url}>" if lesson.url else "",
        lesson.kind or "",
        "optional" if lesson.is_optional else "",
        f"({'; '.join(lesson.topics)})" if lesson.topics else "",
    ]
    return " ".join(filter(None, parts))


def _told(span: Span | None) -> str:
    if span is None:
        return ""
    return f" [{span.low}-{'' if span.high is None else span.high}]"
