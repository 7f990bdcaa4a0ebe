"""The body of material: curriculum, track, phase, module, lesson.

Ids in these values are full ids: `llmpath:short` for a track, `llmpath:attention` for
a module, `llmpath:attention/scores` for a lesson. Minutes are whole and count one pass.
Values are named tuples: making a frozen dataclass costs five times as much at start-up
(docs/decisions/0003-named-tuples.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from llmpath.named_tuple import NamedTuple

BUNDLED = "llmpath"
"""Id of the curriculum that the program ships; left out on screen and in JSON."""
LESSON_LIMIT = 20_000
"""Of a curriculum, and so of a module."""


class Lesson(NamedTuple):
    """The smallest unit that a learner starts and completes.

    Attributes:
        module: Full id of the module.
        url: None where the source gives no link.
        stop: Where to stop: a time mark or the last heading; None for all of it.
        minutes: Effort of one pass, at least 1.
        machine_minutes: A computer's own time, apart from study.
        optional: Not part of the module's required lessons.
        access: `free`, `account` or `paid`.
        needs: What it runs on, such as `laptop` or `gpu`.
        basis: How the minutes are known: `published`, `recalled` or `estimated`.
        source: Where the minutes come from.
        topics: Topics of the source document that it carries.
    """

    id: str
    module: str
    title: str
    url: str | None
    stop: str | None
    minutes: int
    machine_minutes: int | None
    kind: str
    optional: bool
    access: str
    needs: tuple[str, ...]
    basis: str
    source: str
    topics: tuple[str, ...]


class Prerequisite(NamedTuple):
    """A module to complete first, and why."""

    module: str
    reason: str


class Price(NamedTuple):
    """What a module's paid lessons cost.

    Attributes:
        checked: Day of the last look at the price, ISO; None if never.
    """

    amount: str
    what_for: str
    basis: str
    checked: str | None


class Alternative(NamedTuple):
    """Another resource for the same matter, and for whom."""

    title: str
    url: str
    audience: str


class Module(NamedTuple):
    """A group of lessons that one would want alone in another track.

    Attributes:
        assumes: What no module teaches, such as Python.
        added: Not named by the document; our own addition.
        note: What to know before the time is spent.
        study_minutes: The source's own study time, where it states one.
    """

    id: str
    title: str
    authors: tuple[str, ...]
    provider: str
    url: str | None
    format: str
    year: int | None
    price: Price | None
    prerequisites: tuple[Prerequisite, ...]
    assumes: tuple[str, ...]
    outcomes: tuple[str, ...]
    tags: tuple[str, ...]
    added: bool
    note: str | None
    alternatives: tuple[Alternative, ...]
    study_minutes: int | None
    lessons: tuple[Lesson, ...]


class PhaseModule(NamedTuple):
    """A module's place in a phase; an optional one is planned only when included."""

    module: str
    optional: bool


class Phase(NamedTuple):
    """A stage of a track."""

    id: str
    title: str
    goal: str
    modules: tuple[PhaseModule, ...]


class Track(NamedTuple):
    """A route through the curriculum for one goal.

    Attributes:
        stated_hours: The document's own claim, lowest and highest; None as highest
            where it is open.
    """

    id: str
    title: str
    summary: str
    audience: str
    stated_hours: tuple[int, int | None] | None
    source: str
    phases: tuple[Phase, ...]


class Change(NamedTuple):
    """What an edition did to ids of an earlier one."""

    edition: str
    kind: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    reason: str


class Curriculum(NamedTuple):
    """Tracks over a pool of modules, by full id, in the order of the file.

    Several that are joined are one as well, under the name of the first.

    Attributes:
        joined: Editions of the others that are joined to it, by id.
    """

    id: str
    title: str
    edition: str
    tracks: Mapping[str, Track]
    modules: Mapping[str, Module]
    lessons: Mapping[str, Lesson]
    changes: tuple[Change, ...]
    joined: Mapping[str, str] = {}

    def edition_of(self, full: str) -> str:
        """The edition of the curriculum that an id is of."""
        return self.joined.get(curriculum_of(full), self.edition)


def join_curricula(first: Curriculum, others: Iterable[Curriculum]) -> Curriculum:
    """Make several curricula one, in which ids of all are found."""
    curricula = (first, *others)
    if len(curricula) == 1:
        return first
    return first._replace(
        tracks=dict(chain.from_iterable(each.tracks.items() for each in curricula)),
        modules=dict(chain.from_iterable(each.modules.items() for each in curricula)),
        lessons=dict(chain.from_iterable(each.lessons.items() for each in curricula)),
        changes=tuple(chain.from_iterable(each.changes for each in curricula)),
        joined={each.id: each.edition for each in curricula[1:]},
    )


def replace_links(
    curriculum: Curriculum, links: Mapping[str, str | None]
) -> Curriculum:
    """Show other links for lessons and modules; None and unknown ids do nothing."""
    links = {key: url for key, url in links.items() if url is not None}
    lessons = {
        key: curriculum.lessons[key]._replace(url=url)
        for key, url in links.items()
        if key in curriculum.lessons
    }
    changed = {each.module for each in lessons.values()}
    modules = {
        key: curriculum.modules[key]._replace(
            url=links.get(key, curriculum.modules[key].url),
            lessons=tuple(
                lessons.get(each.id, each) for each in curriculum.modules[key].lessons
            ),
        )
        for key in {*changed, *links}
        if key in curriculum.modules
    }
    if not modules:
        return curriculum
    return curriculum._replace(
        lessons={**curriculum.lessons, **lessons},
        modules={**curriculum.modules, **modules},
    )


class RouteModule(NamedTuple):
    """A module on the learner's road: the place where it is planned."""

    module: Module
    track: str
    phase: str
    optional: bool


class Route(NamedTuple):
    """The active tracks as one road: each module once, in the order of study.

    A module that several tracks share stands where the first track requires it, or,
    if none does, where the first one offers it.
    """

    tracks: tuple[Track, ...]
    modules: Mapping[str, RouteModule]

    def required_lessons(self, module: str) -> tuple[Lesson, ...]:
        """The lessons of a module that the road requires; none if it is optional."""
        place = self.modules.get(module)
        if place is None or place.optional:
            return ()
        return tuple(each for each in place.module.lessons if not each.optional)

    def requires(self, lesson: Lesson) -> bool:
        """Tell whether the road has this lesson as a required one."""
        place = self.modules.get(lesson.module)
        return place is not None and not place.optional and not lesson.optional

    def lessons(self) -> Iterator[Lesson]:
        """All lessons on the road, optional ones too, in the order of the tracks."""
        for place in self.modules.values():
            yield from place.module.lessons


def make_route(curriculum: Curriculum, track_ids: Iterable[str]) -> Route:
    """Join tracks into one road, in the order given, each once.

    Ids that the curriculum does not have are left out: a journal may name a track of
    a curriculum that is not on this machine.
    """
    tracks = tuple(
        curriculum.tracks[each]
        for each in dict.fromkeys(track_ids)
        if each in curriculum.tracks
    )
    places = [
        RouteModule(
            curriculum.modules[entry.module], track.id, phase.id, entry.optional
        )
        for track in tracks
        for phase in track.phases
        for entry in phase.modules
    ]
    required = {place.module.id for place in places if not place.optional}
    modules: dict[str, RouteModule] = {}
    for place in places:
        if place.module.id in modules:
            continue
        if place.optional and place.module.id in required:
            continue
        modules[place.module.id] = place
    return Route(tracks, modules)


def curriculum_of(full: str) -> str:
    """The id of the curriculum in a full id."""
    return full.partition(":")[0]


def own_part(full: str) -> str:
    """An id within its curriculum, as the curriculum's file has it."""
    return full.partition(":")[2]


def full_id(text: str) -> str:
    """Put the bundled curriculum's name before an id that names none."""
    return text if ":" in text else f"{BUNDLED}:{text}"


def shown_id(full: str) -> str:
    """Leave the bundled curriculum's name out, as on screen and in JSON."""
    return full.removeprefix(f"{BUNDLED}:")


def lesson_slug(full: str) -> str:
    """The last part of a lesson's id."""
    return full.rpartition("/")[2]
