"""The answer of `curriculum add` and `update`."""

from collections.abc import Sequence

from llmpath.cli.curriculum_kept import summary_of
from llmpath.cli.curriculum_marks import marks_sentences
from llmpath.cli.curriculum_source import Given
from llmpath.cli.workspace import Workspace
from llmpath.core.curriculum import BUNDLED, Lesson
from llmpath.named_tuple import NamedTuple
from llmpath.report.phrases import counted
from llmpath.report.views.curricula import AddView, LinkView

Pair = tuple[Lesson, Lesson]


class Wanted(NamedTuple):
    """What else to do with what is added.

    Attributes:
        ticks: Take ticks for done.
        link: Link lessons that another curriculum has too; None asks on a terminal.
        command: Whose answer it is.
    """

    ticks: bool
    link: bool | None
    command: str = "curriculum-add"


def added_sentence(given: Given, *, is_done: bool) -> str:
    """What was added, or would be."""
    curriculum = given.curriculum
    tracks = counted(len(curriculum.tracks), "track")
    lessons = counted(len(curriculum.lessons), "lesson")
    verb = "Added" if is_done else "Would add"
    return f"{verb} {curriculum.title} as {curriculum.id}: {tracks}, {lessons}."


def add_view(
    workspace: Workspace,
    given: Given,
    pairs: Sequence[Pair],
    wanted: Wanted,
    *,
    is_done: bool = False,
) -> AddView:
    """The answer, without what only a written record tells."""
    said = [added_sentence(given, is_done=is_done)]
    said.append(f"Read as {given.format}.")
    said += marks_sentences(given, ticks=wanted.ticks)
    links = tuple(
        LinkView(one.id, other.id.removeprefix(f"{BUNDLED}:"), one.title)
        for one, other in pairs
    )
    if links and not wanted.link:
        said.append(offer_sentence(len(links)))
    progress = workspace.situation.progress
    return AddView(
        command=wanted.command,
        summary=summary_of(given.curriculum, progress, file=None),
        format=given.format,
        effort=given.effort,
        understood=given.understood,
        guessed=given.guessed,
        left_out=given.left_out,
        ticks=len(given.ticks),
        skips=len(given.skips) + len(given.known),
        links=links,
        is_linked=False,
        changes=(),
        said=tuple(said),
        event=None,
    )


def offer_sentence(number: int) -> str:
    """How many lessons could be linked, and what for."""
    return (
        f"{counted(number, 'lesson')} of it can be linked with --link, so that"
        " done in one curriculum is done in both."
    )
