"""Documents of our own to import, and what is read from them as text."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from llmpath.errors import RefusedInputError
from llmpath.exchange.importers.draft import DraftLesson, DraftModule, Reading, Span
from llmpath.exchange.importers.source import Importer, Source
from tests.conftest import GOLDEN


def source(name: str, shown_as: str | None = None) -> Source:
    """A document of `tests/golden/sources`."""
    path = GOLDEN / "sources" / name
    return Source(shown_as or name, path.read_text(encoding="utf-8"))


def refusal(importer: Importer, text: str) -> tuple[int | None, str]:
    """The line and the reason of the one fault for which a text is refused."""
    with pytest.raises(RefusedInputError) as caught:
        importer.read(Source("it", text))
    (fault,) = caught.value.faults
    assert fault.file == "it"
    return fault.line, fault.reason


def modules_of(reading: Reading) -> dict[str, DraftModule]:
    """Modules by title."""
    return {
        module.title: module
        for track in reading.tracks
        for phase in track.phases
        for module in phase.modules
    }


def reading_text(reading: Reading) -> str:
    """A reading as one line a thing, with all that is not at its default."""
    return "\n".join(_lines(reading)) + "\n"


def _lines(reading: Reading) -> Iterator[str]:
    yield reading.title
    for title, texts in (
        ("understood", reading.understood),
        ("guessed", reading.guessed),
    ):
        yield from (f"{title}: {each}" for each in texts)
    for left in reading.left_out:
        times = f"{left.times} times " if left.times > 1 else ""
        yield f"left out: line {left.line}: {left.text} ({times}{left.reason})"
    for track in reading.tracks:
        yield f"track {track.title}{_span(track.span)}"
        for phase in track.phases:
            goal = f" ({phase.goal})" if phase.goal else ""
            yield f"  phase {phase.title}{_span(phase.span)}{goal}"
            for module in phase.modules:
                yield from _module_lines(module)


def _module_lines(module: DraftModule) -> Iterator[str]:
    optional = ", optional" if module.is_optional else ""
    url = f" <{module.url}>" if module.url else ""
    yield f"    module {module.title}{_span(module.span)}{optional}{url}"
    if module.needs:
        yield f"      needs {' + '.join(module.needs)}"
    if module.note:
        yield f"      note {module.note}"
    for lesson in module.lessons:
        yield f"      {lesson.line}: {_lesson_line(lesson)}"


def _lesson_line(lesson: DraftLesson) -> str:
    guess = f", guess{_span(lesson.guess)}" if lesson.guess else ""
    kind = f", {lesson.kind}" if lesson.kind else ""
    optional = ", optional" if lesson.is_optional else ""
    done = ", done" if lesson.is_done else ""
    url = f" <{lesson.url}>" if lesson.url else ""
    return f"{lesson.title}{_span(lesson.span)}{guess}{kind}{optional}{done}{url}"


def _span(span: Span | None) -> str:
    if span is None:
        return ""
    return (
        f" [{span.low}]"
        if span.low == span.high
        else f" [{span.low}..{span.high or ''}]"
    )
