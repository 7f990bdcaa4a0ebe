"""What `list`, `show` and `search` answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from llmpath.core.counting import Tally
from llmpath.core.curriculum import Lesson, Module, Track
from llmpath.core.progress import Note
from llmpath.core.searching import Hit
from llmpath.core.summary import TrackSummary
from llmpath.named_tuple import NamedTuple


class ListedModule(NamedTuple):
    """A module with its lessons' statuses; `phase` is empty outside a track.

    Attributes:
        waits: The modules for which a blocked one waits.
    """

    module: Module
    phase: str
    phase_title: str
    optional: bool
    status: str
    tally: Tally
    lessons: tuple[tuple[Lesson, str], ...]
    waits: tuple[Module, ...] = ()


class ListView(NamedTuple):
    """`list`: modules and lessons of a track, or of all of the curriculum.

    Attributes:
        known: Lessons that were skipped because they were known.
        put_off: Open lessons that stand no earlier than a day to come.
    """

    track: Track | None
    status: str | None
    modules: tuple[ListedModule, ...]
    known: frozenset[str] = frozenset()
    put_off: Mapping[str, date] = {}


class PrerequisiteView(NamedTuple):
    """A prerequisite, why it is one, whether it is met, and whether it binds."""

    module: str
    title: str
    reason: str
    is_met: bool
    binds: bool


class ShowView(NamedTuple):
    """`show`: everything about a module, or about one lesson of it.

    Attributes:
        lesson: The lesson that was asked for; None if the module was.
        lessons: The lessons to list with their statuses.
        logged: Minutes logged on it.
        planned: Day of its first block.
        has_own_link: Its link is one that the learner gave it.
    """

    module: Module
    lesson: Lesson | None
    status: str
    lessons: tuple[tuple[Lesson, str], ...]
    prerequisites: tuple[PrerequisiteView, ...]
    unlocks: tuple[Module, ...]
    notes: tuple[Note, ...]
    logged: int
    planned: date | None
    tracks: tuple[Track, ...]
    known: frozenset[str] = frozenset()
    put_off: Mapping[str, date] = {}
    has_own_link: bool = False


class ShowTrackView(NamedTuple):
    """`show` of a track."""

    summary: TrackSummary
    modules: tuple[ListedModule, ...]
    known: frozenset[str] = frozenset()
    put_off: Mapping[str, date] = {}


class SearchView(NamedTuple):
    """`search`: where words were found."""

    words: str
    hits: tuple[Hit, ...]
