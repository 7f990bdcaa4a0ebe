"""Which tracks a start begins: named, made for a goal, or asked for."""

from __future__ import annotations

from llmpath.cli.asking import ask_text, numbered
from llmpath.cli.options import is_accessible
from llmpath.cli.resolve import find_one, named
from llmpath.cli.workspace import Workspace
from llmpath.core.curriculum import Lesson, Module, Track, full_id, shown_id
from llmpath.core.lookup import find_track
from llmpath.core.paths import find_goal, is_reached, make_path, path_id
from llmpath.core.summary import summarize_track
from llmpath.core.when import shown_minutes, spoken_minutes
from llmpath.errors import LlmpathError, UnknownIdError, UsageError


def chosen_tracks(
    workspace: Workspace, texts: list[str], goal: str | None
) -> tuple[Track, ...] | None:
    """The tracks that were named, each once, or None where the active ones stay.

    Raises:
        UnknownIdError: A track or the goal does not exist.
        LlmpathError: The goal is reached.
        UsageError: None was named, none is active, and nobody can be asked.
    """
    if not texts and goal is None:
        if workspace.situation.route.tracks:
            return None
        texts = [asked_track(workspace)]
    found = [named_track(workspace, text) for text in texts]
    if goal is not None:
        thing = find_one(workspace, goal, writes=True).thing
        found.append(track_to(workspace, source_goal(workspace, thing)))
    return tuple({each.id: each for each in found}.values())


def named_track(workspace: Workspace, text: str) -> Track:
    """The track with this id, which may be one to a goal.

    Raises:
        UnknownIdError: There is none.
        LlmpathError: It leads to a goal that is reached.
    """
    goal = find_goal(workspace.source, full_id(text))
    if goal is not None:
        return track_to(workspace, goal)
    track = find_track(text, workspace.curriculum)
    if track is None:
        raise UnknownIdError(
            f"no track has the id '{text}'",
            detail=track_lines(workspace),
            remedy="llmpath tracks",
        )
    return track


def source_goal(workspace: Workspace, thing: Module | Lesson) -> Module | Lesson:
    """A module or lesson as the curriculum has it, whatever is studied."""
    return find_goal(workspace.source, path_id(thing.id)) or thing


def track_to(workspace: Workspace, goal: Module | Lesson) -> Track:
    """The track to a goal.

    Raises:
        LlmpathError: Nothing of the goal is open.
    """
    if is_reached(goal, workspace.situation.progress):
        raise LlmpathError(
            f"{named(goal)} is done or skipped already",
            detail=("there is no way left to plan",),
            remedy=f"another goal, or llmpath reopen {shown_id(goal.id)}",
        )
    return make_path(workspace.source, goal)


def track_lines(workspace: Workspace) -> tuple[str, ...]:
    """The tracks with their hours, a line each."""
    progress = workspace.situation.progress
    summaries = [
        summarize_track(each, workspace.curriculum, progress)
        for each in workspace.curriculum.tracks.values()
    ]
    if is_accessible(workspace.looks):
        return tuple(
            f"{each.track.title}, {spoken_minutes(each.minutes)},"
            f" id {shown_id(each.track.id)}"
            for each in summaries
        )
    return tuple(
        f"{shown_id(each.track.id)}  {shown_minutes(each.minutes)}  {each.track.title}"
        for each in summaries
    )


def asked_track(workspace: Workspace) -> str:
    """Ask which track to begin, by its number.

    Raises:
        UsageError: Nobody can be asked, or the answer is no track.
    """
    lines = track_lines(workspace)
    if not workspace.options.can_ask:
        raise UsageError(
            "which track?", detail=lines, remedy="llmpath start --track short"
        )
    tracks = list(workspace.curriculum.tracks)
    question = numbered(lines, f"Which track, 1 to {len(lines)}?")
    said = ask_text(workspace.options, question)
    if said.isdecimal() and 1 <= int(said) <= len(tracks):
        return tracks[int(said) - 1]
    if said:
        return said
    raise UsageError("no track was chosen", remedy="llmpath start --track short")
