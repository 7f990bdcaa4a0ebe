"""`done`: completing lessons and modules."""

from datetime import date
from typing import Annotated

import typer

from llmpath.cli.output import Answer
from llmpath.cli.resolve import find_all, first_lesson, named, named_all, needs_first
from llmpath.cli.session import Session, writing
from llmpath.cli.stopwatch import stop_for_done
from llmpath.cli.workspace import Workspace, options_of
from llmpath.core.agenda import Agenda, make_agenda
from llmpath.core.counting import Tally, counted_lessons, shares, tally
from llmpath.core.curriculum import Lesson, Module, shown_id
from llmpath.core.events import Event, LessonsCompleted, StudyLogged
from llmpath.core.scheduling import repair
from llmpath.core.situation import Situation
from llmpath.core.standing import Standing
from llmpath.core.when import parse_day, parse_duration, spoken_minutes
from llmpath.errors import LlmpathError, UsageError
from llmpath.named_tuple import NamedTuple
from llmpath.report.changes import change_document, change_sentences
from llmpath.report.phrases import spoken_day
from llmpath.report.views.changes import ChangeView


class Targets(NamedTuple):
    """What a command is about.

    Attributes:
        lessons: To complete.
        unchanged: Done already.
        said: What was taken, where no id was given.
    """

    lessons: tuple[Lesson, ...]
    unchanged: tuple[Lesson, ...]
    said: tuple[str, ...] = ()


def done(
    ctx: typer.Context,
    texts: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]...", help="Modules or lessons.")
    ] = None,
    *,
    took: Annotated[
        str | None,
        typer.Option(metavar="DUR", help="Time it took, added to what was logged."),
    ] = None,
    on: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day on which it was done.")
    ] = None,
    optional: Annotated[
        bool, typer.Option("--optional", help="Modules with their optional lessons.")
    ] = False,
) -> None:
    """Complete lessons or modules.

    A module means its required lessons. Without ID: the first lesson of `llmpath next`.
    """
    minutes = None if took is None else parse_duration(took)
    with writing(options_of(ctx)) as session:
        workspace = session.workspace
        day = past_day(on, workspace.today)
        targets = find_targets(workspace, texts or [], optional=optional)
        if not targets.lessons:
            answer_unchanged(workspace, targets, minutes)
            return
        stopped = stop_for_done(workspace, targets.lessons, took=minutes)
        logged = divided(minutes, targets.lessons) if minutes else {}
        if stopped.lesson is not None and stopped.minutes:
            minutes = stopped.minutes
            logged = {stopped.lesson: minutes}
        completed = LessonsCompleted(
            {each.id: each.minutes for each in targets.lessons},
            workspace.curriculum.edition_of(targets.lessons[0].id),
        )
        events: list[Event] = [completed]
        events += [StudyLogged(key, share) for key, share in logged.items() if share]
        saved = session.save(*events, day=day)
        stopped.remove()
        answer_done(session, targets, saved.event, saved.situation, minutes, day)


def past_day(text: str | None, today: date) -> date:
    """The day that `--on` names.

    Raises:
        UsageError: It lies in the future.
    """
    if text is None:
        return today
    day = parse_day(text, today, past=True)
    if day > today:
        raise UsageError(f"{spoken_day(day, today)} is not over yet")
    return day


def find_targets(workspace: Workspace, texts: list[str], *, optional: bool) -> Targets:
    """The lessons that the ids mean, each once."""
    if not texts:
        lesson = first_lesson(workspace, "done").lesson
        return Targets((lesson,), (), (f"First lesson of next: {named(lesson)}.",))
    wanted: dict[str, Lesson] = {}
    for match in find_all(workspace, texts):
        thing = match.thing
        lessons = (
            (thing,)
            if isinstance(thing, Lesson)
            else lessons_of_module(thing, optional=optional)
        )
        wanted.update({each.id: each for each in lessons})
    progress = workspace.situation.progress
    return Targets(
        tuple(each for each in wanted.values() if not progress.is_done(each.id)),
        tuple(each for each in wanted.values() if progress.is_done(each.id)),
    )


def lessons_of_module(module: Module, *, optional: bool) -> tuple[Lesson, ...]:
    """A module's required lessons, with `optional` all of them.

    Raises:
        LlmpathError: It has none that are required.
    """
    lessons = tuple(each for each in module.lessons if optional or not each.optional)
    if not lessons:
        slug = shown_id(module.id)
        raise LlmpathError(
            f"all lessons of {slug} are optional",
            remedy=f"llmpath done {slug} --optional",
        )
    return lessons


def divided(minutes: int, lessons: tuple[Lesson, ...]) -> dict[str, int]:
    """Divide time over lessons by their minutes; the shares add up to the time."""
    parts = shares(minutes, [each.minutes for each in lessons])
    return {each.id: part for each, part in zip(lessons, parts, strict=True)}


def answer_unchanged(
    workspace: Workspace, targets: Targets, minutes: int | None
) -> None:
    """Say that all of it is done already; nothing was written."""
    known = named_all(workspace, targets.unchanged)
    said = [f"Already done: {known}. Nothing was written."]
    if minutes is not None:
        said.append("To add time to it: llmpath log ID DUR")
    situation = workspace.situation
    view = ChangeView(
        command="done",
        event=None,
        changed=(),
        unchanged=tuple(each.id for each in targets.unchanged),
        tally=road_tally(situation),
        said=tuple(said),
        questions=(),
        following=None,
    )
    confirm(workspace, view)


def answer_done(  # noqa: PLR0913, PLR0917 - what the answer is made of
    session: Session,
    targets: Targets,
    event: str,
    after: Situation,
    minutes: int | None,
    day: date,
) -> None:
    """Say what was completed, ask the modules' questions, and show what is next."""
    workspace = session.workspace
    lessons = targets.lessons
    effort = spoken_minutes(sum(each.minutes for each in lessons))
    said = [f"Done: {named_all(workspace, lessons)}, {effort}."]
    if minutes:
        total = sum(after.progress.logged.get(each.id, 0) for each in lessons)
        said.append(
            f"Logged {spoken_minutes(minutes)}; {spoken_minutes(total)} in all."
        )
    said += day_sentences(workspace, day)
    said += needs_first(workspace, lessons)
    view = ChangeView(
        command="done",
        event=event,
        changed=tuple(each.id for each in lessons),
        unchanged=tuple(each.id for each in targets.unchanged),
        tally=road_tally(after),
        said=(*targets.said, *said),
        questions=finished_modules(workspace, after, lessons),
        following=following(after),
    )
    confirm(workspace, view)


def day_sentences(workspace: Workspace, day: date) -> list[str]:
    """Say for which day it counts, where that is not the date of the clock."""
    if day == workspace.present.now.date():
        return []
    return [f"It counts for {spoken_day(day, workspace.today)}."]


def finished_modules(
    workspace: Workspace, after: Situation, lessons: tuple[Lesson, ...]
) -> tuple[tuple[Module, tuple[str, ...]], ...]:
    """Modules that these lessons completed, with their outcomes."""
    before = workspace.situation
    was = Standing(before.route, before.progress)
    now = Standing(after.route, after.progress)
    modules = [
        workspace.curriculum.modules[key]
        for key in dict.fromkeys(each.module for each in lessons)
    ]
    return tuple(
        (module, module.outcomes)
        for module in modules
        if now.of_module(module) == "done" != was.of_module(module)
    )


def following(situation: Situation) -> Agenda | None:
    """What `next` shows first now; None without a track."""
    if not situation.route.tracks:
        return None
    return make_agenda(situation, repair(situation), count=1)


def road_tally(situation: Situation) -> Tally:
    """Progress over everything that counts."""
    _, progress, route, _ = situation
    return tally(counted_lessons(route, progress), progress)


def confirm(workspace: Workspace, view: ChangeView) -> None:
    """Answer a command that writes."""
    workspace.answer(
        Answer(
            view,
            lambda: change_document(view),
            lambda: change_sentences(view),
            is_confirmation=True,
        )
    )
