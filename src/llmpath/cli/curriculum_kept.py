"""`curriculum list`, `show` and `remove`: the curricula that are there."""

from typing import Annotated

import typer

from llmpath.cli.output import Answer
from llmpath.cli.session import writing
from llmpath.cli.workspace import Workspace, load, options_of
from llmpath.core.curriculum import BUNDLED, Curriculum, curriculum_of
from llmpath.core.events import CurriculumStored
from llmpath.core.progress import Progress, StoredCopy
from llmpath.core.summary import summarize_track
from llmpath.errors import LlmpathError, UnknownIdError
from llmpath.report.curricula import (
    add_document,
    add_sentences,
    curricula_document,
    curricula_sentences,
)
from llmpath.report.phrases import counted
from llmpath.report.views.curricula import AddView, CurriculaView, CurriculumSummary
from llmpath.storage.curricula import bundled_curriculum_path, read_curriculum
from llmpath.storage.curriculum_copies import read_copy


def list_curricula(ctx: typer.Context) -> None:
    """List the curricula with their tracks."""
    workspace = load(options_of(ctx))
    progress = workspace.situation.progress
    answer_kept(
        workspace,
        CurriculaView(
            "curriculum-list",
            (
                bundled_summary(progress),
                *(
                    added_summary(workspace, name)
                    for name in sorted(progress.curricula)
                ),
            ),
        ),
    )


def show_curriculum(
    ctx: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="CURRICULUM", help="Its id, as `list` shows it.")
    ],
) -> None:
    """Show a curriculum with its tracks in full."""
    workspace = load(options_of(ctx))
    if name == BUNDLED:
        summary = bundled_summary(workspace.situation.progress)
    else:
        require_added(workspace, name)
        summary = added_summary(workspace, name)
    answer_kept(workspace, CurriculaView("curriculum-show", (summary,)))


def remove_curriculum(
    ctx: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="CURRICULUM", help="Its id, as `list` shows it.")
    ],
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what it would do.")
    ] = False,
) -> None:
    """Take a curriculum away.

    What was done in it stays in the journal and counts again when the curriculum is
    added again. One whose track is active is refused: stop studying it first, with
    start or start --none. Undo brings it back.
    """
    options = options_of(ctx)
    if dry_run:
        workspace = load(options)
        answer_add(workspace, removed_view(workspace, name))
        return
    with writing(options) as session:
        view = removed_view(session.workspace, name, is_done=True)
        stored = CurriculumStored(name, view.summary.edition, None)
        saved = session.save(stored)
        answer_add(session.workspace, view._replace(event=saved.event))


def removed_view(workspace: Workspace, name: str, *, is_done: bool = False) -> AddView:
    """The answer of `remove`, without what only a written record tells.

    Raises:
        LlmpathError: It comes with the program, or a track of it is active.
        UnknownIdError: There is no such curriculum.
    """
    if name == BUNDLED:
        raise LlmpathError(f"{name} comes with the program and cannot be removed")
    require_added(workspace, name)
    progress = workspace.situation.progress
    active = progress.started.tracks if progress.started else ()
    if name in map(curriculum_of, active):
        raise LlmpathError(
            f"a track of {name} is active",
            remedy="llmpath start --track short, or llmpath start --none",
        )
    summary = added_summary(workspace, name)
    done = sum(each.startswith(f"{name}:") for each in progress.completions)
    said = [f"Removed {name}." if is_done else f"Would remove {name}."]
    if done:
        verb = "stays" if done == 1 else "stay"
        said.append(f"{counted(done, 'done lesson')} of it {verb} in the journal.")
    return AddView(
        command="curriculum-remove",
        summary=summary._replace(tracks=()),
        format=None,
        effort=None,
        understood=(),
        guessed=(),
        left_out=(),
        ticks=0,
        skips=0,
        links=(),
        is_linked=False,
        changes=(),
        said=tuple(said),
        event=None,
    )


def require_added(workspace: Workspace, name: str) -> StoredCopy:
    """The copy of an added curriculum that is in force.

    Raises:
        LlmpathError: It comes with the program.
        UnknownIdError: There is none.
    """
    if name == BUNDLED:
        raise LlmpathError(f"{name} comes with the program, and changes with it")
    copies = workspace.situation.progress.curricula
    if name not in copies:
        known = ", ".join((BUNDLED, *sorted(copies)))
        raise UnknownIdError(
            f"no curriculum has the id '{name}'",
            detail=(f"there are: {known}",),
            remedy="llmpath curriculum list",
        )
    return copies[name]


def bundled_summary(progress: Progress) -> CurriculumSummary:
    """The curriculum that comes with the program."""
    bundled = read_curriculum(bundled_curriculum_path())
    return summary_of(bundled, progress, file=None)


def added_summary(workspace: Workspace, name: str) -> CurriculumSummary:
    """A curriculum that was added."""
    progress = workspace.situation.progress
    copy = progress.curricula[name]
    curriculum = read_copy(workspace.places, name, copy.file)
    if curriculum is None:
        return CurriculumSummary(name, copy.edition, None, (), copy.file)
    return summary_of(curriculum, progress, file=copy.file)


def summary_of(
    curriculum: Curriculum, progress: Progress, *, file: str | None
) -> CurriculumSummary:
    """A curriculum with its tracks."""
    tracks = tuple(
        summarize_track(each, curriculum, progress)
        for each in curriculum.tracks.values()
    )
    return CurriculumSummary(
        curriculum.id, curriculum.edition, curriculum, tracks, file
    )


def answer_kept(workspace: Workspace, view: CurriculaView) -> None:
    """Answer `list` and `show`."""
    workspace.answer(
        Answer(
            view, lambda: curricula_document(view), lambda: curricula_sentences(view)
        )
    )


def answer_add(
    workspace: Workspace, view: AddView, *, is_confirmation: bool = False
) -> None:
    """Answer `add`, `update` and `remove`.

    Args:
        is_confirmation: It confirms something also where nothing was written.
    """
    workspace.answer(
        Answer(
            view,
            lambda: add_document(view),
            lambda: add_sentences(view),
            is_confirmation=is_confirmation or view.event is not None,
        )
    )
