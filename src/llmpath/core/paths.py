"""The smallest way to a goal, as a track: what the goal needs, and the goal itself.

The goal is a module or a lesson. Its track has one phase: the goal's module and all
that come before it, by their prerequisites and those of these. Of a lesson's own module
only the lessons up to it are required. The id of such a track, for instance
`llmpath:path.attention/scores`, is all that the journal keeps of it; its dot stands in
no id of a curriculum.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from llmpath.core.curriculum import (
    Curriculum,
    Lesson,
    Module,
    Phase,
    PhaseModule,
    Track,
    curriculum_of,
    own_part,
)
from llmpath.core.prerequisites import modules_before
from llmpath.core.progress import Progress

_MARK = "path."


def path_id(goal: str) -> str:
    """The id of the track to a goal, by the full id of that."""
    curriculum, _, own = goal.partition(":")
    return f"{curriculum}:{_MARK}{own}"


def goal_id(track: str) -> str | None:
    """The goal to which a track leads, by its id; None for one of a curriculum."""
    curriculum, _, own = track.partition(":")
    return f"{curriculum}:{own.removeprefix(_MARK)}" if own.startswith(_MARK) else None


def find_goal(curriculum: Curriculum, track: str) -> Module | Lesson | None:
    """The goal of a track; None where there is none, or not in this curriculum."""
    goal = goal_id(track) or ""
    return curriculum.modules.get(goal) or curriculum.lessons.get(goal)


def lost_goals(curriculum: Curriculum, tracks: Iterable[str]) -> tuple[str, ...]:
    """Goals of these tracks that the curriculum does not have."""
    goals = filter(None, map(goal_id, tracks))
    return tuple(
        each
        for each in goals
        if each not in curriculum.modules and each not in curriculum.lessons
    )


def lost_tracks(curriculum: Curriculum, tracks: Iterable[str]) -> tuple[str, ...]:
    """Tracks that a curriculum which is here does not have; goals are none of them."""
    here = {curriculum.id, *curriculum.joined}
    return tuple(
        each
        for each in tracks
        if goal_id(each) is None
        and each not in curriculum.tracks
        and curriculum_of(each) in here
    )


def with_paths(curriculum: Curriculum, tracks: Collection[str]) -> Curriculum:
    """The curriculum as it is while these tracks are studied together.

    It has the tracks to goals, and of a goal's module requires what any of the tracks
    does. Goals that it does not have are left out.
    """
    made = {
        each: make_path(curriculum, goal)
        for each in tracks
        if (goal := find_goal(curriculum, each)) is not None
    }
    if not made:
        return curriculum
    every = {**curriculum.tracks, **made}
    studied = [every[each] for each in tracks if each in every]
    ends = {goal_module(curriculum, each) for each in made}
    modules = {
        key: requiring(module, required_ids(module, studied)) if key in ends else module
        for key, module in curriculum.modules.items()
    }
    lessons = {each.id: each for key in ends for each in modules[key].lessons}
    return curriculum._replace(
        tracks=every, modules=modules, lessons={**curriculum.lessons, **lessons}
    )


def make_path(curriculum: Curriculum, goal: Module | Lesson) -> Track:
    """The track to a goal, of one phase."""
    entries = (
        PhaseModule(each, optional=False) for each in modules_to(curriculum, goal)
    )
    track = path_id(goal.id)
    return Track(
        id=track,
        title=f"Path to {goal.title}",
        summary="The goal, and all that it needs.",
        audience="Those who want the goal and no more.",
        stated_hours=None,
        source="the prerequisites in the curriculum",
        phases=(
            Phase(
                id=own_part(track),
                title=f"Up to {goal.title}",
                goal="Everything in it leads to the goal.",
                modules=tuple(entries),
            ),
        ),
    )


def modules_to(curriculum: Curriculum, goal: Module | Lesson) -> tuple[str, ...]:
    """The goal's module and all that it needs, each after what it needs itself.

    Otherwise in the order of the first track that has the goal, then of the others.
    """
    end = goal.module if isinstance(goal, Lesson) else goal.id
    needs = {
        module.id: [
            each.module
            for each in module.prerequisites
            if each.module in curriculum.modules
        ]
        for module in curriculum.modules.values()
    }
    chosen = {end, *modules_before(end, needs, set())}
    ordered: dict[str, None] = {}
    visited: set[str] = set()
    for module in in_track_order(curriculum, end):
        if module in chosen:
            ordered.update(dict.fromkeys(modules_before(module, needs, visited)))
            ordered.setdefault(module)
    return tuple(ordered)


def in_track_order(curriculum: Curriculum, end: str) -> Iterable[str]:
    """All modules in the order of the tracks, of those with a module first."""
    orders = [
        [entry.module for phase in track.phases for entry in phase.modules]
        for track in curriculum.tracks.values()
    ]
    orders.sort(key=lambda order: end not in order)
    listed = (module for order in orders for module in order)
    return dict.fromkeys([*listed, *curriculum.modules])


def goal_module(curriculum: Curriculum, track: str) -> str:
    """The module of the goal to which a track leads; none for one of a curriculum."""
    goal = find_goal(curriculum, track)
    if goal is None:
        return ""
    return goal.module if isinstance(goal, Lesson) else goal.id


def goal_lessons(module: Module, goal: str) -> tuple[Lesson, ...]:
    """The lessons of the goal's own module that its track requires.

    Up to a lesson, the required ones and the lesson itself; of a module the required
    ones, or all of it where none is.
    """
    required = tuple(
        each for each in module.lessons if not each.optional or each.id == goal
    )
    ids = [each.id for each in required]
    if goal in ids:
        return required[: ids.index(goal) + 1]
    return required or module.lessons


def required_ids(module: Module, tracks: Iterable[Track]) -> set[str]:
    """The lessons of a module that any of the tracks requires."""
    return {
        lesson.id
        for track in tracks
        for phase in track.phases
        for entry in phase.modules
        if entry.module == module.id and not entry.optional
        for lesson in lessons_in(module, track)
    }


def lessons_in(module: Module, track: Track) -> tuple[Lesson, ...]:
    """The lessons that a track requires of a module that it requires."""
    goal = goal_id(track.id)
    if goal is not None and goal.partition("/")[0] == module.id:
        return goal_lessons(module, goal)
    return tuple(each for each in module.lessons if not each.optional)


def requiring(module: Module, required: Collection[str]) -> Module:
    """A module whose required lessons are these, all others being optional."""
    lessons = (
        each._replace(optional=each.id not in required) for each in module.lessons
    )
    return module._replace(lessons=tuple(lessons))


def is_reached(goal: Module | Lesson, progress: Progress) -> bool:
    """Tell whether all that a goal means is done or skipped.

    Args:
        goal: As the curriculum has it, whatever is studied.
    """
    lessons = (goal,) if isinstance(goal, Lesson) else goal_lessons(goal, goal.id)
    return not any(progress.is_open(each.id) for each in lessons)
