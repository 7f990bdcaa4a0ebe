"""`log`: study time without completing."""

from typing import Annotated

import typer

from llmpath.cli.done import confirm, day_sentences, past_day, road_tally
from llmpath.cli.resolve import find_one, first_lesson, named, needs_first
from llmpath.cli.session import writing
from llmpath.cli.workspace import Workspace, options_of
from llmpath.core.counting import is_counted, left_minutes
from llmpath.core.curriculum import Lesson, Module
from llmpath.core.events import StudyLogged
from llmpath.core.when import parse_duration, spoken_minutes
from llmpath.errors import UsageError
from llmpath.report.views.changes import ChangeView


def log(
    ctx: typer.Context,
    words: Annotated[
        list[str], typer.Argument(metavar="[ID] DUR", help="Such as 45m, 1h30, 1:30.")
    ],
    *,
    on: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day of the study.")
    ] = None,
) -> None:
    """Add study time without completing.

    It shortens what is left of the lesson. A module means its first open lesson.
    Without ID: the first lesson of `llmpath next`.
    """
    if len(words) > 2:
        raise UsageError("log takes an id and a duration", remedy="llmpath log ID 45m")
    minutes = parse_duration(words[-1])
    with writing(options_of(ctx)) as session:
        workspace = session.workspace
        day = past_day(on, workspace.today)
        thing: Lesson | Module
        if len(words) == 1:
            thing = first_lesson(workspace, "log").lesson
        else:
            thing = to_log_on(workspace, words[0])
        saved = session.save(StudyLogged(thing.id, minutes), day=day)
        after = saved.situation
        said = [logged_sentence(thing, minutes, after.progress.logged[thing.id])]
        if isinstance(thing, Lesson):
            left = left_minutes(thing, after.progress)
            if left:
                said.append(f"About {spoken_minutes(left)} left of it.")
            said += needs_first(workspace, [thing])
        said += day_sentences(workspace, day)
        view = ChangeView(
            command="log",
            event=saved.event,
            changed=(thing.id,),
            unchanged=(),
            tally=road_tally(after),
            said=tuple(said),
            questions=(),
            following=None,
        )
        confirm(workspace, view)


def to_log_on(workspace: Workspace, text: str) -> Lesson | Module:
    """The lesson that an id means; the module itself if nothing in it is open."""
    thing = find_one(workspace, text, writes=True).thing
    if isinstance(thing, Lesson):
        return thing
    _, progress, route, _ = workspace.situation
    open_ones = [each for each in thing.lessons if progress.is_open(each.id)]
    counted = [each for each in open_ones if is_counted(route, progress, each)]
    required = [each for each in open_ones if not each.optional]
    return next(iter([*counted, *required, *open_ones]), thing)


def logged_sentence(thing: Lesson | Module, minutes: int, total: int) -> str:
    """What was logged, and the sum."""
    text = f"Logged {spoken_minutes(minutes)} on {named(thing)}"
    return (
        f"{text}, {spoken_minutes(total)} in all." if total != minutes else f"{text}."
    )
