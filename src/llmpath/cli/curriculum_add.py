"""`curriculum add`: a curriculum of one's own or from the web."""

from collections.abc import Sequence
from typing import Annotated

import typer

from llmpath.cli.added_view import Pair, Wanted, add_view
from llmpath.cli.asking import ask
from llmpath.cli.curriculum_kept import answer_add, summary_of
from llmpath.cli.curriculum_marks import mark_events
from llmpath.cli.curriculum_source import (
    FormOption,
    Given,
    TicksOption,
    read_given,
)
from llmpath.cli.curriculum_there import (
    find_there,
    keep_as_it_is,
    put_back,
    there_view,
)
from llmpath.cli.present import find_present
from llmpath.cli.session import Session, writing
from llmpath.cli.workspace import Workspace, load, options_of
from llmpath.core.curriculum import BUNDLED
from llmpath.core.events import (
    CurriculumStored,
    Event,
    LessonsLinked,
)
from llmpath.core.linking import same_lessons
from llmpath.core.progress import Progress
from llmpath.errors import LlmpathError
from llmpath.report.curricula import link_question, reading_question
from llmpath.report.views.curricula import AddView
from llmpath.storage.curriculum_copies import keep_copy


def add_curriculum(  # noqa: PLR0913 - one parameter for each option
    ctx: typer.Context,
    file: Annotated[
        str,
        typer.Argument(metavar="FILE|URL", help="A file or https address; - is stdin."),
    ],
    *,
    own_id: Annotated[
        str | None, typer.Option("--as", metavar="NAME", help="Id to give it.")
    ] = None,
    form: FormOption = None,
    ticks: TicksOption = False,
    link: Annotated[
        bool | None,
        typer.Option(
            "--link/--no-link", help="One lesson in two curricula is done in both."
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what it would add.")
    ] = False,
) -> None:
    """Add a curriculum.

    In the program's own format, JSON or TOML, or a roadmap in Markdown or plain text,
    a table of courses or of lessons, JSON of roadmap.sh, a _toctree.yml, or the
    SUMMARY.md of a book. What was understood, guessed and left out is said. Hours that
    the source does not give are estimated by kind. A copy is kept; the file is not
    needed any more.

    Ticked lessons count as done, with no time studied.

    Example: llmpath curriculum add README.md --as my-roadmap --dry-run
    """
    options = options_of(ctx)
    today = find_present(options.today).now.date()
    given = read_given(
        file, own_id=own_id, form=form, today=today, sources=options.sources
    )
    wanted = Wanted(ticks, link)
    if dry_run:
        say_addition(load(options), given, file, wanted)
        return
    with writing(options) as session:
        there = find_there(session.workspace, given)
        if there is None:
            refuse_taken(session.workspace, given, file)
            add(session, given, wanted)
        else:
            said = put_back(session.workspace, there)
            keep_as_it_is(session, there, wanted, said)


def say_addition(workspace: Workspace, given: Given, file: str, wanted: Wanted) -> None:
    """Say what would be added."""
    there = find_there(workspace, given)
    if there is None:
        refuse_taken(workspace, given, file)
        pairs = same_lessons(given.curriculum, workspace.curriculum)
        view = add_view(workspace, given, pairs, wanted)
    else:
        said = f"{given.curriculum.id} is there already."
        view = there_view(workspace, there, wanted, said)
    answer_add(workspace, view)


def add(session: Session, given: Given, wanted: Wanted) -> None:
    """Store a curriculum, write the record, and say what was read."""
    workspace = session.workspace
    pairs = same_lessons(given.curriculum, workspace.curriculum)
    view = add_view(workspace, given, pairs, wanted)
    is_read = given.is_import and workspace.options.can_ask
    if is_read:
        confirm_reading(workspace, view)
    is_linked = wants_links(workspace, view, link=wanted.link)
    wanted = wanted._replace(link=is_linked)
    view = add_view(workspace, given, pairs, wanted, is_done=True)
    if is_read and not workspace.options.yes:  # all that is on the screen already
        said = (view.said[0], *view.said[2:])
        view = view._replace(said=said, understood=(), guessed=(), left_out=())
        view = view._replace(effort=None)
    progress = workspace.situation.progress
    name = keep_copy(workspace.places, given.curriculum.id, given.text)
    saved = session.save(*add_events(given, name, pairs, wanted, progress))
    answer_add(
        workspace,
        view._replace(
            event=saved.event,
            summary=summary_of(given.curriculum, saved.situation.progress, file=name),
            is_linked=is_linked and bool(pairs),
        ),
    )


def refuse_taken(workspace: Workspace, given: Given, file: str) -> None:
    """Refuse to put a curriculum in the place of another.

    Raises:
        LlmpathError: Its id is taken.
    """
    name = given.curriculum.id
    if name == BUNDLED:
        raise LlmpathError(
            f"{name} is the curriculum that comes with the program",
            remedy=f"llmpath curriculum add {file} --as NAME",
        )
    if name in workspace.situation.progress.curricula:
        raise LlmpathError(
            f"a curriculum has the id {name} already",
            remedy=f"llmpath curriculum update {file}, or add it with --as NAME",
        )


def confirm_reading(workspace: Workspace, view: AddView) -> None:
    """Show what of a source was understood, guessed and left out, and ask to go on.

    Raises:
        LlmpathError: The learner does not want to.
        Question: It was not asked yet.
    """
    if not ask(workspace, reading_question(view), option="-y"):
        raise LlmpathError(
            "nothing was added", remedy="change the file, or name its form: --format"
        )


def wants_links(workspace: Workspace, view: AddView, *, link: bool | None) -> bool:
    """Tell whether lessons that stand in two curricula are to be linked.

    Raises:
        Question: It was not asked yet.
    """
    if link is not None or not view.links or not workspace.options.can_ask:
        return bool(link)
    return ask(workspace, link_question(view), option="--link")


def add_events(
    given: Given, file: str, pairs: Sequence[Pair], wanted: Wanted, progress: Progress
) -> list[Event]:
    """The events of one record."""
    curriculum = given.curriculum
    events: list[Event] = [CurriculumStored(curriculum.id, curriculum.edition, file)]
    if wanted.ticks:
        events += mark_events(given, progress)
    if wanted.link:
        events += [LessonsLinked((one.id, other.id)) for one, other in pairs]
    return events
