"""Two editions of a curriculum compared, and the changes that carry progress over.

Each lesson of the old edition is in exactly one place: kept under its id; changed, as
the new ledger declares or as is inferred; unclear, to be asked about; or retired.
What is declared is never inferred, and what is inferred is no candidate for a lesson
that is unclear.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from llmpath.core.curriculum import Change, Curriculum, Lesson, make_route
from llmpath.core.ledger import Ledger
from llmpath.core.matching import Match, Unclear, match_lessons
from llmpath.core.matching_places import match_places
from llmpath.core.meanings import Meanings, marks, other_meanings
from llmpath.named_tuple import NamedTuple


class Retimed(NamedTuple):
    """A kept lesson whose minutes changed."""

    lesson: str
    before: int
    after: int


class TrackMinutes(NamedTuple):
    """Required minutes of a track; None where an edition does not have it."""

    track: str
    before: int | None
    after: int | None


class Reuse(NamedTuple):
    """An id that means another thing than it did, by the change that tells so.

    A change took it away and the new edition has it, or a change leads to it and the
    old edition had it for another lesson, whose tick the one that came would share.
    """

    id: str
    change: Change


class Comparison(NamedTuple):
    """What a new edition makes of an old one.

    Attributes:
        edition: The new one's name.
        declared: Changes of its ledger that the old one's lacks.
        inferred: Changes that evidence tells, to be confirmed.
        places: Modules and tracks that have other ids, as evidence tells.
        unclear: Lessons to ask about.
        kept: Lessons of both editions by the same id.
        replaced: Those of them that seem to be another lesson under that id.
        relinked: The others that have another link.
        changed: Lessons of the old edition with what they became.
        added: Lessons that nothing old became; candidates are among them.
        retired: Lessons that became nothing, declared or not.
        tracks: All of both editions.
        faults: Ids used again.
    """

    edition: str
    declared: tuple[Change, ...]
    inferred: tuple[Match, ...]
    places: tuple[Match, ...]
    unclear: tuple[Unclear, ...]
    kept: tuple[str, ...]
    replaced: tuple[str, ...]
    relinked: tuple[str, ...]
    changed: Mapping[str, tuple[str, ...]]
    added: tuple[str, ...]
    retired: tuple[str, ...]
    retimed: tuple[Retimed, ...]
    tracks: tuple[TrackMinutes, ...]
    faults: tuple[Reuse, ...]

    @property
    def tracks_added(self) -> tuple[str, ...]:
        """Tracks of the new edition alone."""
        return tuple(each.track for each in self.tracks if each.before is None)

    @property
    def tracks_removed(self) -> tuple[str, ...]:
        """Tracks of the old edition alone."""
        return tuple(each.track for each in self.tracks if each.after is None)

    @property
    def moved_places(self) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
        """Modules and tracks with what they became, declared or not."""
        changes = [(each.before, each.after) for each in self.declared if each.after]
        changes += [(each.before, each.after) for each in self.places]
        return tuple(
            (before, after)
            for before, after in changes
            if not any("/" in key for key in (*before, *after)) and before != after
        )

    @property
    def undeclared(self) -> tuple[str, ...]:
        """Lessons that became nothing without a change that says so."""
        named = {key for each in self.declared for key in each.before}
        return tuple(
            key
            for key in self.retired
            if named.isdisjoint((key, key.rpartition("/")[0]))
        )


def compare(
    old: Curriculum, new: Curriculum, earlier: Mapping[str, Lesson] = {}
) -> Comparison:
    """Compare two editions of one curriculum, whose ids begin alike.

    Args:
        earlier: Lessons of editions before, by ids that the old one has no more.
    """
    replaced = set(other_meanings(old, new))
    kept = [each for key, each in old.lessons.items() if key in new.lessons]
    declared, gone, ended = by_declaration(old, new)
    named = {key for after in declared.values() for key in after}
    fresh = [
        each
        for key, each in new.lessons.items()
        if key not in old.lessons and key not in named
    ]
    inferred, unclear = match_lessons(old, new, gone, fresh)
    changed = declared | {key: it.after for it in inferred for key in it.before}
    places = match_places(old, new, changed)
    reached = {key for each in inferred for key in each.after}
    placed = {*changed, *(each.lesson for each in unclear)}
    retired = [
        key
        for key in old.lessons
        if key in ended or (key not in new.lessons and key not in placed)
    ]
    return Comparison(
        edition=new.edition,
        declared=declared_changes(old, new),
        inferred=inferred,
        places=tuple(places),
        unclear=unclear,
        kept=tuple(each.id for each in kept),
        replaced=tuple(each.id for each in kept if each.id in replaced),
        relinked=tuple(
            each.id
            for each in kept
            if new.lessons[each.id].url != each.url and each.id not in replaced
        ),
        changed=changed,
        added=tuple(each.id for each in fresh if each.id not in reached),
        retired=tuple(retired),
        retimed=tuple(retimed_lessons(kept, new)),
        tracks=tuple(track_minutes(old, new, places)),
        faults=tuple(find_reuses(old, new, Meanings(old, earlier))),
    )


def with_unclear(comparison: Comparison, unclear: Iterable[Unclear]) -> Comparison:
    """A comparison in which lessons are unclear that it has otherwise for retired."""
    by_lesson = {each.lesson: each for each in (*comparison.unclear, *unclear)}
    retired = tuple(each for each in comparison.retired if each not in by_lesson)
    return comparison._replace(unclear=tuple(by_lesson.values()), retired=retired)


def declared_changes(old: Curriculum, new: Curriculum) -> tuple[Change, ...]:
    """Changes that the new ledger has and the old one lacks, whatever their reasons."""
    known = {(each.kind, each.before, each.after) for each in old.changes}
    return tuple(
        each
        for each in new.changes
        if (each.kind, each.before, each.after) not in known
    )


def by_declaration(
    old: Curriculum, new: Curriculum
) -> tuple[dict[str, tuple[str, ...]], list[Lesson], set[str]]:
    """Lessons that the ledger takes elsewhere, those it says nothing of, and the rest.

    The rest is retired: it says so, or it leads to nothing that the edition has.
    """
    ledger = Ledger(new.changes, new)
    retired = retired_ids(new.changes)
    changed: dict[str, tuple[str, ...]] = {}
    gone, ended = [], set()
    for key, lesson in old.lessons.items():
        if key in new.lessons:
            continue
        if ledger.way(key) is not None:
            ends = tuple(each for each in ledger.ends(key) if each in new.lessons)
            if ends:
                changed[key] = ends
            else:
                ended.add(key)
        elif key in retired or lesson.module in retired:
            ended.add(key)
        else:
            gone.append(lesson)
    return changed, gone, ended


def retired_ids(changes: Iterable[Change]) -> set[str]:
    """Lessons and modules that changes retire."""
    return {key for each in changes if each.kind == "retired" for key in each.before}


def retimed_lessons(kept: Iterable[Lesson], new: Curriculum) -> Iterator[Retimed]:
    """Kept lessons whose minutes differ."""
    for each in kept:
        minutes = new.lessons[each.id].minutes
        if minutes != each.minutes:
            yield Retimed(each.id, each.minutes, minutes)


def track_minutes(
    old: Curriculum, new: Curriculum, places: Iterable[Match]
) -> Iterator[TrackMinutes]:
    """Required minutes of each track before and after, by its id in the new edition."""
    inferred = {
        key: after for each in places for key in each.before for after in each.after
    }
    ledger = Ledger(new.changes, new)
    now = {key: inferred.get(key, ledger.ends(key)[0]) for key in old.tracks}
    before: dict[str, int] = {}
    for was, key in now.items():
        before.setdefault(key, required_minutes(old, (was,)))
    for key in dict.fromkeys((*now.values(), *new.tracks)):
        after = required_minutes(new, (key,)) if key in new.tracks else None
        yield TrackMinutes(key, before.get(key), after)


def required_minutes(curriculum: Curriculum, tracks: Iterable[str]) -> int:
    """Minutes of the lessons that tracks require, each lesson once."""
    route = make_route(curriculum, tracks)
    return sum(
        lesson.minutes
        for module in route.modules
        for lesson in route.required_lessons(module)
    )


def find_reuses(old: Curriculum, new: Curriculum, meant: Meanings) -> Iterator[Reuse]:
    """Ids that an edition took away and this one has.

    A lesson may come back under the id that it had, and a module is no more than its
    lessons: it may go on under its id when some of them went elsewhere.
    """
    counts = marks(new.lessons.values())
    for change in old.changes:
        for key in change.before:
            lesson = None if key in old.lessons else new.lessons.get(key)
            if lesson is not None and not meant.is_same(key, lesson, counts):
                yield Reuse(key, change)
    for change in declared_changes(old, new):
        for key in change.before if change.kind != "retimed" else ():
            goes_on = "/" not in key and key in change.after
            if has_id(new, key) and not goes_on:
                yield Reuse(key, change)
        for key in change.after:
            if key in old.lessons and key not in change.before:
                yield Reuse(key, change)


def has_id(curriculum: Curriculum, key: str) -> bool:
    """Tell whether an id is a lesson's or a module's."""
    return key in curriculum.lessons or key in curriculum.modules
