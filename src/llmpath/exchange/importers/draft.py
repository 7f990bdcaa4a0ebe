"""What an importer reads: a curriculum as its source has it, before ids and estimates.

Everything is as the source says; what it does not say is None or empty, and is
estimated later, in one place for all forms.
"""

from __future__ import annotations

from llmpath.named_tuple import NamedTuple


class Span(NamedTuple):
    """A stated effort in minutes of study.

    Attributes:
        high: Equal to `low` for one figure; None where it is open, as in `80+ hours`.
        named: The upper figure of an open range, as in `80-100+ hours`.
    """

    low: int
    high: int | None
    named: int | None = None


class DraftLesson(NamedTuple):
    """What the source lists to be studied.

    Attributes:
        span: Stated for this lesson.
        kind: One of the kinds of the curriculum's format; None where nothing tells.
        is_done: Ticked in the source; None where it has no box there.
        topics: Topics that the source lists below it.
        guess: What the importer takes it for where the source states no time of study
            but something like it, such as weeks.
        line: Counted from 1; 0 where the source has no lines.
        is_page: One page among others, also where its title names a book or a course.
        is_estimate: The source itself calls its `span` an estimate.
        is_skipped: Left out by whoever wrote the source; `is_known` where it was known.
    """

    title: str
    url: str | None = None
    span: Span | None = None
    kind: str | None = None
    is_optional: bool = False
    is_done: bool | None = None
    topics: tuple[str, ...] = ()
    line: int = 0
    guess: Span | None = None
    is_page: bool = False
    is_estimate: bool = False
    is_skipped: bool = False
    is_known: bool = False


class DraftModule(NamedTuple):
    """A group of lessons.

    Attributes:
        key: The source's own name for it, to which others refer; None if it has none.
        span: Stated for all of it.
        needs: Keys or titles of the modules that come before it.
        note: What the source says of it, in few words.
    """

    title: str
    lessons: tuple[DraftLesson, ...]
    key: str | None = None
    url: str | None = None
    span: Span | None = None
    needs: tuple[str, ...] = ()
    is_optional: bool = False
    note: str | None = None


class DraftPhase(NamedTuple):
    """A stage of a track."""

    title: str
    modules: tuple[DraftModule, ...]
    goal: str | None = None
    span: Span | None = None


class DraftTrack(NamedTuple):
    """A route through the modules.

    Attributes:
        span: What the source claims for all of it.
    """

    title: str
    phases: tuple[DraftPhase, ...]
    summary: str | None = None
    span: Span | None = None


class LeftOut(NamedTuple):
    """A part of the source that is not imported, or several of a kind.

    Attributes:
        line: Where the first stands; 0 where the source has no lines.
        text: How the first begins; empty where that says nothing.
        reason: What it is, the noun first and without article, as the plural of that
            word makes the plural of the whole: `link in a sentence`.
    """

    line: int
    text: str
    reason: str
    times: int = 1


class Reading(NamedTuple):
    """What an importer made of a source.

    Attributes:
        understood: What was taken for what, a sentence each.
        guessed: What was decided without the source saying so, a sentence each.
        title_from: What the title was taken from; None where it is the source's own.
    """

    title: str
    tracks: tuple[DraftTrack, ...]
    understood: tuple[str, ...] = ()
    guessed: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    title_from: str | None = None
