"""`skip`, `include`, `later`, `reopen`: what belongs to the plan."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Annotated

import typer

from llmpath.cli.adjust import adjust, end_sentence
from llmpath.cli.done import confirm, road_tally
from llmpath.cli.resolve import find_all, named_all
from llmpath.cli.session import Session, writing
from llmpath.cli.workspace import Workspace, options_of, require_started
from llmpath.core.availability import monday_of
from llmpath.core.counting import is_counted
from llmpath.core.curriculum import Lesson, Module, shown_id
from llmpath.core.events import (
    Event,
    LessonDeferred,
    LessonsIncluded,
    LessonsReopened,
    LessonsSkipped,
)
from llmpath.core.when import parse_day
from llmpath.errors import LlmpathError, UsageError
from llmpath.report.phrases import moved_words, spoken_day
from llmpath.report.views.changes import ChangeView

Ids = Annotated[list[str], typer.Argument(metavar="ID...", help="Modules or lessons.")]


def skip(
    ctx: typer.Context,
    texts: Ids,
    *,
    known: Annotated[
        bool, typer.Option("--known", help="You knew it before; shown so.")
    ] = False,
) -> None:
    """Leave lessons out.

    They leave the plan. What depends on them no longer waits. A module means its open
    lessons.
    """
    with writing(options_of(ctx)) as session:
        workspace = session.workspace
        progress = workspace.situation.progress
        lessons = skippable(workspace, texts)
        changed = [
            each
            for each in lessons
            if each.id not in progress.skips
            or (known and not progress.skips[each.id].known)
        ]
        event = LessonsSkipped(tuple(each.id for each in changed), known)
        what = "Known" if known else "Skipped"
        change(session, "skip", lessons, changed, [event], what, gives_room=True)


def skippable(workspace: Workspace, texts: list[str]) -> list[Lesson]:
    """The lessons to leave out.

    Raises:
        LlmpathError: A lesson, or all of a module, is done already.
    """
    progress = workspace.situation.progress
    lessons: list[Lesson] = []
    for match in find_all(workspace, texts):
        thing = match.thing
        members = (thing,) if isinstance(thing, Lesson) else thing.lessons
        wanted = [each for each in members if not progress.is_done(each.id)]
        if not wanted:
            raise LlmpathError(
                f"{shown_id(thing.id)} is done",
                remedy=f"llmpath reopen {shown_id(thing.id)}",
            )
        lessons += (
            wanted if isinstance(thing, Lesson) else planned_first(workspace, wanted)
        )
    return list({each.id: each for each in lessons}.values())


def planned_first(workspace: Workspace, lessons: list[Lesson]) -> list[Lesson]:
    """The lessons of a module that count or are skipped; all of them if none does."""
    _, progress, route, _ = workspace.situation
    chosen = [
        each
        for each in lessons
        if is_counted(route, progress, each) or each.id in progress.skips
    ]
    return chosen or lessons


def include(ctx: typer.Context, texts: Ids) -> None:
    """Take optional lessons in.

    A module means its optional lessons, or its required ones if the module itself is
    optional.
    """
    with writing(options_of(ctx)) as session:
        workspace = session.workspace
        _, progress, route, _ = workspace.situation
        lessons = includable(workspace, texts)
        changed = [each for each in lessons if not is_counted(route, progress, each)]
        seen = {
            each.id: progress.skips[each.id].records
            for each in changed
            if each.id in progress.skips
        }
        event = LessonsIncluded(tuple(each.id for each in changed))
        events: list[Event] = [event, *([LessonsReopened(seen)] if seen else [])]
        change(session, "include", lessons, changed, events, "Included")


def includable(workspace: Workspace, texts: list[str]) -> list[Lesson]:
    """The lessons to take in.

    Raises:
        LlmpathError: They are in no active track.
    """
    route = workspace.situation.route
    lessons: dict[str, Lesson] = {}
    for match in find_all(workspace, texts):
        thing = match.thing
        module = thing.module if isinstance(thing, Lesson) else thing.id
        if module not in route.modules:
            raise LlmpathError(
                f"{shown_id(thing.id)} is in none of your tracks",
                detail=("done, log and note take it all the same",),
                remedy="llmpath tracks",
            )
        members = (thing,) if isinstance(thing, Lesson) else offered(workspace, thing)
        lessons.update({each.id: each for each in members})
    return list(lessons.values())


def offered(workspace: Workspace, module: Module) -> tuple[Lesson, ...]:
    """The lessons that `include MODULE` means."""
    is_optional = workspace.situation.route.modules[module.id].optional
    required = tuple(each for each in module.lessons if not each.optional)
    if is_optional and required:
        return required
    return tuple(each for each in module.lessons if each.optional) or module.lessons


def later(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(metavar="ID", help="Module or lesson.")],
    day: Annotated[
        str | None,
        typer.Argument(metavar="[DATE]", help="First day; next Monday if not given."),
    ] = None,
) -> None:
    """Plan a lesson no earlier than a date.

    Others go first. What depends on it waits as well. A module means its open lessons.
    """
    with writing(options_of(ctx)) as session:
        workspace = session.workspace
        today = workspace.today
        until = monday_of(today) + timedelta(days=7)
        if day is not None:
            until = parse_day(day, today)
        if until < today:
            raise UsageError(f"{spoken_day(until, today)} is past")
        require_started(workspace)
        _, progress, route, _ = workspace.situation
        (match,) = find_all(workspace, [text])
        thing = match.thing
        members = (thing,) if isinstance(thing, Lesson) else thing.lessons
        lessons = [
            each
            for each in members
            if progress.is_open(each.id) and is_counted(route, progress, each)
        ]
        if not lessons:
            raise LlmpathError(
                f"{shown_id(thing.id)} is not in the plan",
                remedy=f"llmpath show {shown_id(thing.id)}",
            )
        changed = [
            each for each in lessons if progress.deferred.get(each.id, today) != until
        ]
        day_or_none = until if until > today else None
        events = [LessonDeferred(each.id, day_or_none) for each in changed]
        what = f"Not before {spoken_day(until, today)}"
        if day_or_none is None:
            what = "Not put off any more"
        is_sooner = all(
            until < progress.deferred.get(each.id, today) for each in changed
        )
        change(
            session,
            "later",
            lessons,
            changed,
            events,
            what,
            gives_room=is_sooner,
            keeps_order=not is_sooner,
        )


def reopen(ctx: typer.Context, texts: Ids) -> None:
    """Make lessons open again.

    Done and skipped ones; logged minutes stay.
    """
    with writing(options_of(ctx)) as session:
        workspace = session.workspace
        progress = workspace.situation.progress
        lessons: dict[str, Lesson] = {}
        for match in find_all(workspace, texts):
            thing = match.thing
            members = (thing,) if isinstance(thing, Lesson) else thing.lessons
            lessons.update({each.id: each for each in members})
        changed = [each for each in lessons.values() if not progress.is_open(each.id)]
        seen = {each.id: closing_records(workspace, each.id) for each in changed}
        change(
            session,
            "reopen",
            list(lessons.values()),
            changed,
            [LessonsReopened(seen)],
            "Open again",
            adjusts=False,
        )


def closing_records(workspace: Workspace, lesson: str) -> tuple[str, ...]:
    """The records that completed or skipped a lesson."""
    progress = workspace.situation.progress
    closed: list[str] = []
    if lesson in progress.completions:
        closed += progress.completions[lesson].records
    if lesson in progress.skips:
        closed += progress.skips[lesson].records
    return tuple(dict.fromkeys(closed))


def change(  # noqa: PLR0913, PLR0917 - what the four commands differ in
    session: Session,
    command: str,
    lessons: Iterable[Lesson],
    changed: list[Lesson],
    events: Iterable[Event],
    what: str,
    *,
    gives_room: bool = False,
    keeps_order: bool = True,
    adjusts: bool = True,
) -> None:
    """Write a change of lessons with the plan that follows, and say so."""
    workspace = session.workspace
    unchanged = [each for each in lessons if each not in changed]
    event, said, moved, after = None, [], None, workspace.situation
    if changed:
        events = tuple(events)
        if adjusts:
            adjustment = adjust(
                workspace, *events, gives_room=gives_room, keeps_order=keeps_order
            )
            events = (*events, *adjustment.events)
            if adjustment.accepted is not None:
                moved = adjustment.moved
                said.append(end_sentence(workspace.situation, adjustment.dates))
                said.append(f"{moved_words(moved)}.")
        event, after = session.save(*events)
        said.insert(0, f"{what}: {named_all(workspace, changed)}.")
    else:
        known = named_all(workspace, unchanged)
        said.append(f"Already so: {known}. Nothing was written.")
    view = ChangeView(
        command=command,
        event=event,
        changed=tuple(each.id for each in changed),
        unchanged=tuple(each.id for each in unchanged),
        tally=road_tally(after),
        said=tuple(said),
        questions=(),
        following=None,
        moved=moved,
    )
    confirm(workspace, view)
