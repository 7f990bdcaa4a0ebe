"""`curriculum update`: a new edition, with all that was done in the old one."""

from collections.abc import Sequence
from typing import Annotated

import typer

from llmpath.cli.added_view import Wanted, add_view
from llmpath.cli.curriculum_kept import answer_add, summary_of
from llmpath.cli.curriculum_marks import mark_events
from llmpath.cli.curriculum_source import (
    FormOption,
    Given,
    TicksOption,
    read_given,
)
from llmpath.cli.curriculum_there import find_there, keep_as_it_is, there_view
from llmpath.cli.edition_making import Update, make_update
from llmpath.cli.present import find_present
from llmpath.cli.session import Session, records_after, writing
from llmpath.cli.workspace import Workspace, load, options_of
from llmpath.core.curriculum import (
    Curriculum,
)
from llmpath.core.events import CurriculumStored, Event
from llmpath.core.folding import fold
from llmpath.core.outlook import remaining_minutes
from llmpath.core.progress import Progress
from llmpath.core.scheduling import repair
from llmpath.core.situation import Situation, make_situation
from llmpath.core.when import spoken_minutes
from llmpath.report.editions import done_sentences, edition_changes, update_sentence
from llmpath.report.phrases import spoken_day
from llmpath.report.views.curricula import AddView
from llmpath.storage.curriculum_copies import (
    keep_copy,
    read_library,
)


def update_curriculum(  # noqa: PLR0913 - one parameter for each option
    ctx: typer.Context,
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE|URL", help="The new edition, as for add; - is stdin."
        ),
    ],
    *,
    own_id: Annotated[
        str | None, typer.Option("--as", metavar="NAME", help="Id of the one in force.")
    ] = None,
    form: FormOption = None,
    ticks: TicksOption = False,
    became: Annotated[
        list[str] | None,
        typer.Option(
            metavar="OLD=NEW", help="What a lesson became; OLD= if nothing; repeatable."
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what it would change.")
    ] = False,
) -> None:
    """Put a new edition in the place of a curriculum.

    What was done in the old one is carried over: by the changes that the file declares,
    by links and titles that stand in both, and by what you say of the rest. A lesson
    that became several is done in all of them, several that became one only where each
    was done. What became nothing stays in the journal. Nothing else is marked.

    Undo puts the old edition back, with all its ticks.

    Example: llmpath curriculum update README.md --as my-roadmap --dry-run
    """
    options = options_of(ctx)
    today = find_present(options.today).now.date()
    given = read_given(
        file, own_id=own_id, form=form, today=today, sources=options.sources
    )
    wanted = Wanted(ticks, link=False, command="curriculum-update")
    if dry_run:
        say_update(load(options), given, file, became or [], wanted)
        return
    with writing(options) as session:
        write_update(session, given, file, became or [], wanted)


def say_update(
    workspace: Workspace,
    given: Given,
    file: str,
    became: Sequence[str],
    wanted: Wanted,
) -> None:
    """Say what an update would change; nobody is asked."""
    update = make_update(workspace, given, file, became, asks=False)
    there = find_there(workspace, given, update.given)
    answer_add(
        workspace,
        update_view(workspace, update, ticks=wanted.ticks)
        if there is None
        else there_view(workspace, there, wanted, unchanged_sentence(there)),
    )


def write_update(
    session: Session, given: Given, file: str, became: Sequence[str], wanted: Wanted
) -> None:
    """Settle what is unclear, and put the edition in force if it is another one."""
    update = make_update(session.workspace, given, file, became, asks=True)
    there = find_there(session.workspace, given, update.given)
    if there is None:
        save_update(session, update, ticks=wanted.ticks)
    else:
        keep_as_it_is(session, there, wanted, unchanged_sentence(there))


def unchanged_sentence(given: Given) -> str:
    """That the edition given is the one in force."""
    return f"{given.curriculum.id} is in force as it is; nothing changed."


def save_update(session: Session, update: Update, *, ticks: bool) -> None:
    """Store the edition, write the record, and say what changed."""
    workspace, given = session.workspace, update.given
    view = update_view(workspace, update, ticks=ticks, is_done=True)
    file = keep_copy(workspace.places, given.curriculum.id, given.text)
    saved = session.save(*update_events(workspace, given, file, ticks=ticks))
    summary = view.summary._replace(file=file)
    answer_add(workspace, view._replace(event=saved.event, summary=summary))


def update_events(
    workspace: Workspace, given: Given, file: str, *, ticks: bool
) -> list[Event]:
    """The events of one record."""
    curriculum = given.curriculum
    events: list[Event] = [CurriculumStored(curriculum.id, curriculum.edition, file)]
    if ticks:
        events += mark_events(given, progress_with(workspace, given.curriculum, ()))
    return events


def update_view(
    workspace: Workspace, update: Update, *, ticks: bool, is_done: bool = False
) -> AddView:
    """The answer, without what only a written record tells."""
    old, given, compared = update
    new = given.curriculum
    events = update_events(workspace, given, "", ticks=ticks)
    after = situation_in_edition(workspace, new, events)
    said = [
        update_sentence(old, new, is_done=is_done),
        *done_sentences(
            compared, old, new, workspace.situation.progress, after.progress
        ),
        *finish_sentences(workspace, new.id, after),
    ]
    wanted = Wanted(ticks, link=False, command="curriculum-update")
    view = add_view(workspace, given, (), wanted)
    return view._replace(
        summary=summary_of(new, after.progress, file=None),
        changes=tuple(edition_changes(compared, old, new)),
        said=(said[0], *view.said[1:], *said[1:]),
    )


def situation_in_edition(
    workspace: Workspace, curriculum: Curriculum, events: Sequence[Event]
) -> Situation:
    """The situation with another edition in force and these events written."""
    progress = fold(records_after(workspace, *events))
    library = read_library(workspace.places, progress, instead=curriculum)
    return make_situation(library.curriculum, progress, workspace.today)


def progress_with(
    workspace: Workspace, curriculum: Curriculum, events: Sequence[Event]
) -> Progress:
    """Progress by the ids of another edition."""
    return situation_in_edition(workspace, curriculum, events).progress


def finish_sentences(workspace: Workspace, name: str, after: Situation) -> list[str]:
    """What is left to study and where the plan's end moves, if this is studied."""
    before = workspace.situation
    if not any(each.id.startswith(f"{name}:") for each in before.route.tracks):
        return []
    left, more = remaining_minutes(before), remaining_minutes(after)
    told = []
    if left != more:
        told.append(
            f"Left to study: {spoken_minutes(more)}, before {spoken_minutes(left)}."
        )
    was, now = workspace.plan().finish, repair(after).finish
    if was == now:
        return [*told, "The plan ends on the same day."]
    days = [
        spoken_day(each, workspace.today) if each else "no day" for each in (was, now)
    ]
    return [*told, f"The plan ends on {days[1]}, before on {days[0]}."]
