"""Minutes of lessons: stated by the source, divided from what it states, or guessed.

The guesses are the 10th, 50th and 90th percentile, rounded, of the 462 lessons of the
bundled curriculum by kind. Where that has few lessons of a kind or they are all alike
(assignment, project, slides) the range is widened by judgement; a course is as its nine
courses, a book is judgement alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from llmpath.exchange.importers.draft import DraftLesson, Reading, Span
from llmpath.exchange.importers.kinds import guess_size
from llmpath.named_tuple import NamedTuple

MINUTES_LIMIT = 7 * 24 * 60
"""Of one lesson in the curriculum's format."""


class Estimate(NamedTuple):
    """Minutes of a lesson whose source gives none."""

    low: int
    likely: int
    high: int


ESTIMATES = {
    "video": Estimate(15, 60, 115),
    "reading": Estimate(10, 25, 60),
    "lab": Estimate(15, 45, 185),
    "assignment": Estimate(60, 180, 360),
    "quiz": Estimate(15, 40, 60),
    "slides": Estimate(15, 40, 75),
    "project": Estimate(240, 720, 2400),
    "course": Estimate(360, 1440, 2100),
    "book": Estimate(600, 1200, 2400),
    "lesson": Estimate(10, 40, 115),
}
"""By kind, by size where something is larger than a lesson, and where nothing tells."""


class Time(NamedTuple):
    """Minutes of one lesson and what they rest on.

    Attributes:
        rests_on: `stated` for this lesson, `divided` from what a larger part states,
            or `guessed`.
        source: The sentence for the curriculum.
    """

    minutes: int
    low: int
    high: int
    rests_on: str
    source: str


class Part(NamedTuple):
    """What states a time: a module, a phase or a track, with its required lessons.

    Attributes:
        lessons: Positions in the list of all lessons.
    """

    name: str
    span: Span | None
    lessons: tuple[int, ...]


def estimate_of(lesson: DraftLesson) -> tuple[str, Estimate]:
    """What a lesson is taken for, and the minutes of such."""
    if lesson.guess is not None:
        likely = min(middle(lesson.guess), MINUTES_LIMIT)
        low, high = min(lesson.guess.low, likely), lesson.guess.high or likely
        return "lesson of its length", Estimate(low, likely, max(high, likely))
    size = None if lesson.is_page else guess_size(lesson.title, lesson.url)
    name = size if size and lesson.kind in {None, "reading"} else lesson.kind
    name = name if name in ESTIMATES else "lesson"
    return name, ESTIMATES[name]


def middle(span: Span) -> int:
    """The minutes to plan with: half way, or the only figure of an open range."""
    return (span.low + (span.high or span.named or span.low) + 1) // 2


def span_text(span: Span) -> str:
    """Write a range as `2 h to 3 h`, `80 h or more` or `80 h to 100 h or more`."""
    low = _minutes_text(span.low)
    if span.high is None:
        named = f" to {_minutes_text(span.named)}" if span.named else ""
        return f"{low}{named} or more"
    return low if span.high == span.low else f"{low} to {_minutes_text(span.high)}"


def find_times(lessons: Sequence[DraftLesson], parts: Sequence[Part]) -> list[Time]:
    """Find the minutes of each lesson; smaller parts stand before larger ones."""
    times = [_stated(each) for each in lessons]
    for part in parts:
        if part.span is not None:
            _divide(part, part.span, lessons, times)
    return [
        _guessed(lesson) if time is None else time
        for lesson, time in zip(lessons, times, strict=True)
    ]


def parts_of(reading: Reading) -> list[Part]:
    """The modules, phases and tracks of a reading, in this order.

    Positions count the lessons through all tracks.
    """
    modules, phases, tracks = [], [], []
    first = 0
    for track in reading.tracks:
        of_track: tuple[int, ...] = ()
        for phase in track.phases:
            of_phase: list[int] = []
            for module in phase.modules:
                own = tuple(
                    first + at
                    for at, lesson in enumerate(module.lessons)
                    if not lesson.is_optional
                )
                first += len(module.lessons)
                modules.append(Part(module.title, module.span, own))
                of_phase.extend(() if module.is_optional else own)
            phases.append(Part(phase.title, phase.span, tuple(of_phase)))
            of_track += tuple(of_phase)
        tracks.append(Part(track.title, track.span, of_track))
    return [*modules, *phases, *tracks]


def _stated(lesson: DraftLesson) -> Time | None:
    if lesson.span is None:
        return None
    minutes = min(middle(lesson.span), MINUTES_LIMIT)
    high = minutes if lesson.span.high is None else lesson.span.high
    where = f", line {lesson.line}" if lesson.line else ""
    if lesson.is_estimate:
        source = f"an estimate in the source{where}: {span_text(lesson.span)}"
        usual = estimate_of(lesson)[1]
        low, high = min(usual.low, minutes), max(usual.high, minutes)
        return Time(minutes, low, high, "guessed", source)
    source = f"stated by the source{where}: {span_text(lesson.span)}"
    return Time(minutes, lesson.span.low, high, "stated", source)


def _divide(
    part: Part, span: Span, lessons: Sequence[DraftLesson], times: list[Time | None]
) -> None:
    """Divide what a part states, less the minutes known, over its other lessons.

    Nothing is divided where less than a minute a lesson would be left.
    """
    known = sum(time.minutes for at in part.lessons if (time := times[at]))
    unknown = [at for at in part.lessons if times[at] is None]
    left = middle(span) - known
    if not unknown or left < len(unknown):
        return
    estimates = [estimate_of(lessons[at])[1] for at in unknown]
    shares = _shares(left, [each.likely for each in estimates])
    if len(part.lessons) == 1:
        times[unknown[0]] = _whole(part.name, span)
        return
    source = f"a share of {span_text(span)}, stated by the source for {part.name}"
    for at, share, estimate in zip(unknown, shares, estimates, strict=True):
        low = max(1, share * (span.low - known) // left)
        most = None if span.high is None else ceil(share * (span.high - known) / left)
        high = max(share, estimate.high) if most is None else most
        times[at] = Time(min(share, MINUTES_LIMIT), low, high, "divided", source)


def _whole(name: str, span: Span) -> Time:
    """The time of the only lesson of a part that states one."""
    minutes = min(middle(span), MINUTES_LIMIT)
    high = minutes if span.high is None else span.high
    source = f"stated by the source for {name}: {span_text(span)}"
    return Time(minutes, span.low, high, "stated", source)


def _shares(total: int, weights: Sequence[int]) -> list[int]:
    """Whole shares of at least one, by weight, that add up to a total."""
    whole = sum(weights)
    spare = total - len(weights)
    shares, weight_before = [], 0
    for weight in weights:
        begin = spare * weight_before // whole
        weight_before += weight
        shares.append(1 + spare * weight_before // whole - begin)
    return shares


def _guessed(lesson: DraftLesson) -> Time:
    name, estimate = estimate_of(lesson)
    source = (
        f"our estimate for a {name} without stated time: "
        f"{span_text(Span(estimate.low, estimate.high))}"
    )
    return Time(estimate.likely, estimate.low, estimate.high, "guessed", source)


def _minutes_text(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest} min" if rest else f"{hours} h"
