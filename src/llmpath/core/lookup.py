"""Finding what an id means: exact, then by prefix, then by words of the title.

The active tracks are searched first and everything else only if nothing matches
there; the first step that matches decides, and must match once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import IntEnum

from llmpath.core.curriculum import (
    BUNDLED,
    Curriculum,
    Lesson,
    Module,
    Route,
    Track,
    curriculum_of,
    full_id,
    lesson_slug,
    own_part,
    shown_id,
)
from llmpath.errors import UnknownIdError
from llmpath.named_tuple import NamedTuple

NEAR_COUNT = 5


class Step(IntEnum):
    """How an id was matched; a write asks before it takes `WORDS`."""

    EXACT = 1
    PREFIX = 2
    WORDS = 3


class Candidates(NamedTuple):
    """All that an id may mean, by the first step that matches anything.

    Attributes:
        step: None where nothing matches.
    """

    things: tuple[Module | Lesson, ...]
    step: Step | None


class Match(NamedTuple):
    """What an id means, and by which step."""

    thing: Module | Lesson
    step: Step

    @property
    def lesson(self) -> Lesson | None:
        """The lesson meant; None if a module is."""
        return self.thing if isinstance(self.thing, Lesson) else None


def find(text: str, curriculum: Curriculum, route: Route) -> Match:
    """Find the module or lesson that an id means.

    Args:
        text: `module`, `module/lesson` or a lesson's slug, each part abbreviated or
            whole, with or without the name of the curriculum; or words of a title.
            Without the name, modules of the bundled curriculum come before others.

    Raises:
        UnknownIdError: Nothing matches, or more than one thing does.
    """
    found, step = find_candidates(text, curriculum, route)
    if step is None:
        former = find_former(text, curriculum)
        if former is not None:
            raise former
        raise unknown(text, near_things(_folded(text), _searched(curriculum, route)))
    if len(found) > 1:
        what = "titles" if step is Step.WORDS else "ids"
        raise UnknownIdError(
            f"'{text}' matches {len(found)} {what}",
            detail=tuple(f"  {_line(each)}" for each in found[:NEAR_COUNT]),
            remedy="llmpath search " + text,
        )
    return Match(found[0], step)


def find_candidates(text: str, curriculum: Curriculum, route: Route) -> Candidates:
    """Find what an id may mean, whatever their number.

    A whole id of an earlier edition means nothing, also where another begins with it.
    """
    wanted = _folded(text)
    modules = _searched(curriculum, route)
    active = modules[: len(route.modules)]
    for part in (active, modules[len(active) :]):
        for step in Step:
            if found := _matches(wanted, part, step) if wanted else []:
                names = {BUNDLED, *(curriculum_of(each.id) for each in found)}
                if step is not Step.EXACT and find_former(text, curriculum, names):
                    return Candidates((), None)
                return Candidates(tuple(found), step)
    return Candidates((), None)


def find_former(
    text: str, curriculum: Curriculum, names: Iterable[str] | None = None
) -> UnknownIdError | None:
    """The error for an id that a change took away, with what it became; else None.

    Args:
        names: Curricula whose id it may be where it names none; all if None.
    """
    wanted = _folded(text)
    if ":" in wanted:
        return _former(text, wanted, curriculum)
    here = (curriculum.id, *curriculum.joined)
    for name in here if names is None else sorted(names):
        former = _former(text, f"{name}:{wanted}", curriculum)
        if former is not None:
            return former
    return None


def _former(text: str, key: str, curriculum: Curriculum) -> UnknownIdError | None:
    if key in curriculum.modules or key in curriculum.lessons:
        return None
    names = {key, key.partition("/")[0]} - curriculum.modules.keys()
    change = next(
        (each for each in curriculum.changes if not names.isdisjoint(each.before)), None
    )
    if change is None:
        return None
    from llmpath.core.ledger import Ledger  # noqa: PLC0415 - only for an error

    ends = Ledger(curriculum.changes, curriculum).ends(key)
    found = (curriculum.modules.get(it) or curriculum.lessons.get(it) for it in ends)
    became = [each for each in found if each is not None]
    if not became:
        return UnknownIdError(
            f"'{text}' is not in the curriculum any more",
            detail=(f"edition {change.edition} says: {change.reason}",),
            remedy="llmpath history, for what was done of it",
        )
    return UnknownIdError(
        f"'{text}' has another id since edition {change.edition}",
        detail=tuple(f"  {_line(each)}" for each in became[:NEAR_COUNT]),
        remedy=f"use the id {shown_id(became[0].id)}",
    )


def find_track(text: str, curriculum: Curriculum) -> Track | None:
    """The track with this id, exactly; None if there is none."""
    return curriculum.tracks.get(full_id(text))


def unknown(text: str, near: Iterable[Module | Lesson | Track]) -> UnknownIdError:
    """The error for an id that matches nothing, with the near ones."""
    lines = tuple(f"  {_line(each)}" for each in near)
    detail = ("near ones:", *lines) if lines else ()
    return UnknownIdError(
        f"nothing has the id '{text}'", detail=detail, remedy="llmpath search WORDS"
    )


def _searched(curriculum: Curriculum, route: Route) -> list[Module]:
    """All modules, those of the active tracks first."""
    active = [place.module for place in route.modules.values()]
    return [
        *active,
        *(each for each in curriculum.modules.values() if each.id not in route.modules),
    ]


def _folded(text: str) -> str:
    return " ".join(text.split()).lower()


def _line(thing: Module | Lesson | Track) -> str:
    return f"{shown_id(thing.id)}  {thing.title}"


def _matches(wanted: str, modules: list[Module], step: Step) -> list[Module | Lesson]:
    if step is Step.EXACT:
        return _by_id(wanted, modules, prefix=False)
    if step is Step.PREFIX:
        return _by_id(wanted, modules, prefix=True)
    return _by_words(wanted, modules)


def _by_id(
    wanted: str, modules: list[Module], *, prefix: bool
) -> list[Module | Lesson]:
    """Modules and lessons by id; a module outweighs its own lessons."""

    def fits(part: str, whole: str) -> bool:
        return whole.startswith(part) if prefix else whole == part

    module_part, slash, lesson_part = wanted.partition("/")
    whole = [each for each in modules if fits(full_id(module_part), each.id)]
    bare = [each for each in modules if fits(module_part, own_part(each.id))]
    if slash:
        # as the id stands on screen, before any without its curriculum's name
        return _in_modules(lesson_part, whole, fits) or _in_modules(
            lesson_part, bare, fits
        )
    near = whole or bare
    if near and not prefix:
        return [*near]
    taken = {each.id for each in near}
    others = [each for each in modules if each.id not in taken]
    return [*near, *_in_modules(wanted, others, fits)]


def _in_modules(
    part: str, modules: list[Module], fits: Callable[[str, str], bool]
) -> list[Module | Lesson]:
    return [
        lesson
        for module in modules
        for lesson in module.lessons
        if fits(part, lesson_slug(lesson.id))
    ]


def _by_words(wanted: str, modules: list[Module]) -> list[Module | Lesson]:
    """Things whose title has every word; a module outweighs its own lessons."""
    words = set(title_words(wanted))
    if not words:
        return []
    found: list[Module | Lesson] = []
    for module in modules:
        if words <= set(title_words(module.title)):
            found.append(module)
        else:
            found += [
                lesson
                for lesson in module.lessons
                if words <= set(title_words(lesson.title))
            ]
    return found


def title_words(title: str) -> list[str]:
    """The words of a title, lowercase, without punctuation."""
    letters = (char if char.isalnum() else " " for char in title.lower())
    return "".join(letters).split()


def near_things(wanted: str, modules: Iterable[Module]) -> list[Module | Lesson]:
    """Modules and lessons whose ids look like what was typed, nearest first.

    Ids may be abbreviated, so what was typed is compared with their beginnings too. Of
    `module/lesson` the second part is looked for in the modules that fit the first.
    """
    from difflib import get_close_matches  # noqa: PLC0415 - 2 ms, only for an error

    module_part, slash, lesson_part = wanted.partition("/")
    names: dict[str, Module | Lesson] = {}
    for module in modules:
        shown = (shown_id(module.id), own_part(module.id))
        fits = any(each.startswith(module_part) for each in shown)
        if not slash:
            for each in shown:
                names.setdefault(each, module)
        if fits or not slash:
            for lesson in module.lessons:
                names.setdefault(lesson_slug(lesson.id), lesson)
    text = lesson_part if slash else wanted
    begun = {name[: len(text)]: name for name in reversed(names)}
    near = get_close_matches(text, names, n=NEAR_COUNT, cutoff=0.55)
    if text:
        near += [
            begun[each]
            for each in get_close_matches(text, begun, n=NEAR_COUNT, cutoff=0.75)
        ]
    return [names[each] for each in dict.fromkeys(near)][:NEAR_COUNT]
