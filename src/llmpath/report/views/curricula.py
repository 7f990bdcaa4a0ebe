"""What `curriculum list`, `show`, `add`, `update` and `remove` answer."""

from __future__ import annotations

from llmpath.core.curriculum import Curriculum
from llmpath.core.summary import TrackSummary
from llmpath.named_tuple import NamedTuple


class CurriculumSummary(NamedTuple):
    """A curriculum that can be started from.

    Attributes:
        curriculum: None where its copy is not here or is damaged.
        file: Name of the stored copy; None for the bundled one.
    """

    id: str
    edition: str
    curriculum: Curriculum | None
    tracks: tuple[TrackSummary, ...]
    file: str | None


class CurriculaView(NamedTuple):
    """`curriculum list`, and `curriculum show` of one."""

    command: str
    curricula: tuple[CurriculumSummary, ...]


class Effort(NamedTuple):
    """What the minutes of an imported curriculum rest on.

    Attributes:
        read: Minutes that the source states, for a lesson or a part of it.
        guessed: Lowest and highest of those estimated by kind.
        guessed_lessons: How many lessons were estimated.
    """

    read: int
    guessed: tuple[int, int]
    guessed_lessons: int


class LeftOutView(NamedTuple):
    """A part of the source that is not imported, or several of a kind.

    Attributes:
        line: Where the first stands; 0 where the source has no lines.
        text: How the first begins; empty where that says nothing.
        reason: What it is, the noun first and without article.
    """

    line: int
    text: str
    reason: str
    times: int = 1


class LinkView(NamedTuple):
    """A lesson that another curriculum has as well, by its link."""

    lesson: str
    other: str
    title: str


class AddView(NamedTuple):
    """`curriculum add`, `update` and `remove`.

    Attributes:
        summary: The curriculum as it is, or would be, then.
        format: Form of the source; None for `remove`.
        effort: None for a curriculum in the program's own format.
        understood: What was taken for what.
        guessed: What was decided without the source saying so.
        ticks: Lessons that are done by the source's ticks.
        skips: Lessons that the source leaves out.
        links: Lessons that another curriculum has as well.
        is_linked: They are linked with it.
        changes: What an update changes, a sentence each.
        said: What was done, the first saying the most.
        event: Id of the record; None where nothing was written.
    """

    command: str
    summary: CurriculumSummary
    format: str | None
    effort: Effort | None
    understood: tuple[str, ...]
    guessed: tuple[str, ...]
    left_out: tuple[LeftOutView, ...]
    ticks: int
    skips: int
    links: tuple[LinkView, ...]
    is_linked: bool
    changes: tuple[str, ...]
    said: tuple[str, ...]
    event: str | None
