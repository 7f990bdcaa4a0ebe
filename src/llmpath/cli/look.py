"""`list`, `show`, `search`: the curriculum, with the status of its lessons."""

from datetime import date
from enum import StrEnum
from typing import Annotated

import typer

from llmpath.cli.output import Answer
from llmpath.cli.resolve import find_one
from llmpath.cli.workspace import Workspace, load, options_of
from llmpath.core.agenda import unlocked_by
from llmpath.core.counting import tally
from llmpath.core.curriculum import (
    Lesson,
    Module,
    Route,
    RouteModule,
    Track,
    make_route,
    shown_id,
)
from llmpath.core.lookup import find_track
from llmpath.core.searching import search
from llmpath.core.standing import Standing
from llmpath.core.summary import modules_waited_for, summarize_track
from llmpath.errors import LlmpathError, UnknownIdError
from llmpath.report.contents import (
    list_document,
    list_sentences,
    search_document,
    search_sentences,
)
from llmpath.report.show import (
    show_document,
    show_sentences,
    show_track_document,
    show_track_sentences,
)
from llmpath.report.views.contents import (
    ListedModule,
    ListView,
    PrerequisiteView,
    SearchView,
    ShowTrackView,
    ShowView,
)


class LessonStatus(StrEnum):
    """A lesson's status, as `list --status` takes it."""

    DONE = "done"
    SKIPPED = "skipped"
    READY = "ready"
    BLOCKED = "blocked"
    ACTIVE = "active"


def list_lessons(
    ctx: typer.Context,
    *,
    track: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Track; the active ones if not given."),
    ] = None,
    status: Annotated[
        LessonStatus | None,
        typer.Option(
            metavar="STATUS",
            help="Only lessons that are done, skipped, ready, blocked or active.",
        ),
    ] = None,
) -> None:
    """List modules and lessons.

    Those of the active tracks, or of one track. Before `llmpath start`: all.
    """
    workspace = load(options_of(ctx))
    chosen = None if track is None else known_track(workspace, track)
    modules = listed_modules(workspace, chosen, status)
    if chosen is None and workspace.situation.route.tracks:
        chosen = workspace.situation.route.tracks[0]
    view = ListView(
        chosen,
        None if status is None else status.value,
        modules,
        known_lessons(workspace),
        put_off_lessons(workspace),
    )
    workspace.answer(
        Answer(view, lambda: list_document(view), lambda: list_sentences(view))
    )


def known_track(workspace: Workspace, text: str) -> Track:
    """The track with this id.

    Raises:
        UnknownIdError: There is none.
    """
    track = find_track(text, workspace.curriculum)
    if track is None:
        ids = ", ".join(shown_id(each) for each in workspace.curriculum.tracks)
        raise UnknownIdError(
            f"no track has the id '{text}'",
            detail=(f"the tracks are {ids}",),
            remedy="llmpath tracks",
        )
    return track


def listed_modules(
    workspace: Workspace, track: Track | None, status: LessonStatus | None = None
) -> tuple[ListedModule, ...]:
    """The modules of a track, of the active ones or of all, with statuses."""
    curriculum, progress, active, _ = workspace.situation
    route = active if track is None else make_route(curriculum, (track.id,))
    standing = Standing(active if active.tracks else route, progress)
    places = list(route.modules.values()) or [
        RouteModule(module, "", "", optional=False)
        for module in curriculum.modules.values()
    ]
    titles = {phase.id: phase.title for each in route.tracks for phase in each.phases}
    listed = []
    for place in places:
        lessons = tuple(
            (each, standing.of_lesson(each)) for each in place.module.lessons
        )
        shown = tuple(
            pair for pair in lessons if status is None or pair[1] == status.value
        )
        if shown or status is None:
            counted = [each for each in place.module.lessons if counts(route, each)]
            listed.append(
                ListedModule(
                    place.module,
                    place.phase,
                    titles.get(place.phase, ""),
                    place.optional,
                    standing.of_module(place.module),
                    tally(
                        (each for each in counted if each.id not in progress.skips),
                        progress,
                    ),
                    shown,
                    modules_waited_for(place.module, curriculum.modules, standing),
                )
            )
    return tuple(listed)


def counts(route: Route, lesson: Lesson) -> bool:
    """Tell whether a road requires a lesson; without a road, the lesson itself."""
    return route.requires(lesson) if route.tracks else not lesson.optional


def show(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(metavar="ID", help="Track, module or lesson.")],
) -> None:
    """Show all about a track, module or lesson.

    Sources of the hours, cost, needs, prerequisites, what it unlocks, notes.
    """
    workspace = load(options_of(ctx))
    track = find_track(text, workspace.curriculum)
    if track is not None:
        show_track(workspace, track)
        return
    match = find_one(workspace, text)
    view = show_view(workspace, match.thing)
    workspace.answer(
        Answer(view, lambda: show_document(view), lambda: show_sentences(view))
    )


def show_track(workspace: Workspace, track: Track) -> None:
    """Show a track with its modules."""
    progress = workspace.situation.progress
    view = ShowTrackView(
        summarize_track(track, workspace.curriculum, progress),
        listed_modules(workspace, track),
        known_lessons(workspace),
        put_off_lessons(workspace),
    )
    workspace.answer(
        Answer(
            view,
            lambda: show_track_document(view),
            lambda: show_track_sentences(view),
        )
    )


def show_view(workspace: Workspace, thing: Module | Lesson) -> ShowView:
    """Everything about a module, or about a lesson with its module."""
    curriculum, progress, route, _ = workspace.situation
    lesson = thing if isinstance(thing, Lesson) else None
    module = curriculum.modules[thing.module] if isinstance(thing, Lesson) else thing
    standing = Standing(route, progress)
    shown = (lesson,) if lesson is not None else module.lessons
    days = workspace.plan().first_days() if route.tracks else {}
    planned = [days[each.id] for each in shown if each.id in days]
    return ShowView(
        module=module,
        lesson=lesson,
        status=standing.of_module(module)
        if lesson is None
        else standing.of_lesson(lesson),
        lessons=tuple((each, standing.of_lesson(each)) for each in shown),
        prerequisites=tuple(
            PrerequisiteView(
                each.module,
                curriculum.modules[each.module].title,
                each.reason,
                is_met(workspace, curriculum.modules[each.module]),
                each.module in route.modules and module.id in route.modules,
            )
            for each in module.prerequisites
        ),
        unlocks=unlocked_by(curriculum, module.id),
        notes=progress.notes.get(thing.id, ()),
        logged=logged_on(workspace, thing),
        planned=min(planned, default=None),
        tracks=tuple(
            track
            for track in curriculum.tracks.values()
            if any(
                entry.module == module.id
                for phase in track.phases
                for entry in phase.modules
            )
        ),
        known=known_lessons(workspace),
        put_off=put_off_lessons(workspace),
        has_own_link=progress.links.get(thing.id) is not None,
    )


def known_lessons(workspace: Workspace) -> frozenset[str]:
    """The skipped lessons that the learner knew before."""
    skips = workspace.situation.progress.skips
    return frozenset(key for key, skip in skips.items() if skip.known)


def put_off_lessons(workspace: Workspace) -> dict[str, date]:
    """The open lessons that `later` put off to a day to come."""
    progress = workspace.situation.progress
    return {
        lesson: until
        for lesson, until in progress.deferred.items()
        if until > workspace.today and progress.is_open(lesson)
    }


def is_met(workspace: Workspace, module: Module) -> bool:
    """Tell whether each required lesson of a module is done or skipped."""
    progress = workspace.situation.progress
    return not any(
        progress.is_open(each.id) for each in module.lessons if not each.optional
    )


def logged_on(workspace: Workspace, thing: Module | Lesson) -> int:
    """Minutes logged on a lesson, or on a module and all its lessons."""
    logged = workspace.situation.progress.logged
    ids = [thing.id]
    if isinstance(thing, Module):
        ids += [each.id for each in thing.lessons]
    return sum(logged.get(each, 0) for each in ids)


def search_words(
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help="To look for.")],
) -> None:
    """Find words in the curriculum.

    In titles, ids, tags, outcomes, notes and authors.
    """
    workspace = load(options_of(ctx))
    text = " ".join(words)
    view = SearchView(text, tuple(search(text, workspace.curriculum)))
    if not view.hits:
        raise LlmpathError(f"nothing has the words '{text}'", remedy="llmpath list")
    workspace.answer(
        Answer(view, lambda: search_document(view), lambda: search_sentences(view))
    )
