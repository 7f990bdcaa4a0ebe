"""From what was typed to modules and lessons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from llmpath.cli.asking import ask, ask_text, numbered
from llmpath.cli.options import is_accessible
from llmpath.cli.workspace import Workspace, require_id, require_started
from llmpath.core.agenda import AgendaLesson, make_agenda
from llmpath.core.curriculum import Lesson, Module, shown_id
from llmpath.core.lookup import Match, Step, find, find_candidates
from llmpath.errors import LlmpathError, UnknownIdError
from llmpath.report.phrases import counted, listed

MOST_CHOICES = 9
"""Of more titles one looks through a list: `llmpath search`."""


def find_one(workspace: Workspace, text: str, *, writes: bool = False) -> Match:
    """The module or lesson that an id means.

    Args:
        writes: The command writes: words of a title are taken only after asking.
            Where several titles have them, every command asks which is meant.

    Raises:
        UnknownIdError: Nothing matches, too much does, or nobody could be asked.
    """
    curriculum, route = workspace.curriculum, workspace.situation.route
    found, step = find_candidates(text, curriculum, route)
    can_choose = step is Step.WORDS and 1 < len(found) <= MOST_CHOICES
    if can_choose and workspace.options.can_ask:
        return Match(chosen_thing(workspace, text, found), Step.WORDS)
    match = find(text, curriculum, route)
    if not writes or match.step is not Step.WORDS:
        return match
    if not workspace.options.can_ask:
        line = f"{shown_id(match.thing.id)}  {match.thing.title}"
        raise UnknownIdError(
            f"nothing has the id '{text}'",
            detail=("a title has these words:", f"  {line}"),
            remedy=f"use the id {shown_id(match.thing.id)}",
        )
    question = f"'{text}' is {named(match.thing)}; go on?"
    if not ask(workspace, question, option="-y"):
        raise LlmpathError("nothing was changed")
    return match


def chosen_thing(
    workspace: Workspace, text: str, things: Sequence[Module | Lesson]
) -> Module | Lesson:
    """Ask which of these is meant, by its number or its id.

    Raises:
        UnknownIdError: The answer is none of them.
    """
    is_spoken = is_accessible(workspace.looks)
    ids = [shown_id(each.id) for each in things]
    choices = [
        f"{each.title}, id {name}" if is_spoken else f"{name}  {each.title}"
        for each, name in zip(things, ids, strict=True)
    ]
    head = f"'{text}' stands in {len(things)} titles:"
    question = numbered(choices, f"Which one, 1 to {len(things)}?")
    said = ask_text(workspace.options, f"{head}\n{question}")
    if said.isdecimal() and 1 <= int(said) <= len(things):
        return things[int(said) - 1]
    if said in ids:
        return things[ids.index(said)]
    raise UnknownIdError("none of them was chosen", remedy=f"llmpath search {text}")


def find_all(workspace: Workspace, texts: Iterable[str]) -> list[Match]:
    """What several ids mean, for a command that writes."""
    return [find_one(workspace, text, writes=True) for text in texts]


def first_lesson(workspace: Workspace, command: str) -> AgendaLesson:
    """The first lesson that `next` shows, for a command without an id.

    Raises:
        UsageError: Not on a terminal.
        LlmpathError: No track is started, or nothing is left.
    """
    require_id(workspace.options, command)
    require_started(workspace)
    agenda = make_agenda(workspace.situation, workspace.plan(), count=1)
    if not agenda.lessons:
        raise LlmpathError("nothing is left to study", remedy="llmpath tracks")
    return agenda.lessons[0]


def module_of(workspace: Workspace, lesson: Lesson) -> Module:
    """The module of a lesson."""
    return workspace.curriculum.modules[lesson.module]


def named(thing: Module | Lesson) -> str:
    """A title with its id."""
    return f"{thing.title} ({shown_id(thing.id)})"


def named_all(workspace: Workspace, lessons: Sequence[Lesson]) -> str:
    """One lesson with its id, or how many of which modules."""
    if len(lessons) == 1:
        return named(lessons[0])
    modules = workspace.curriculum.modules
    counts: dict[str, int] = {}
    for lesson in lessons:
        counts[lesson.module] = counts.get(lesson.module, 0) + 1
    names = (
        f"{counted(count, 'lesson')} of {named(modules[key])}"
        for key, count in counts.items()
    )
    return listed(names) if counts else counted(0, "lesson")


def needs_first(workspace: Workspace, lessons: Iterable[Lesson]) -> list[str]:
    """Sentences on what these lessons' modules usually need and is still open.

    On the road, that is what binds; a module that stands in no active track speaks of
    all that it needs.
    """
    _, progress, route, _ = workspace.situation
    modules = workspace.curriculum.modules
    seen = dict.fromkeys(lesson.module for lesson in lessons)
    sentences = []
    for module in seen:
        for needed in modules[module].prerequisites:
            on_road = module in route.modules
            if on_road and needed.module not in route.modules:
                continue
            required = (
                route.required_lessons(needed.module)
                if on_road
                else [
                    each for each in modules[needed.module].lessons if not each.optional
                ]
            )
            if needed.module not in seen and any(
                progress.is_open(each.id) for each in required
            ):
                sentences.append(
                    f"{modules[module].title} usually comes after"
                    f" {named(modules[needed.module])}: {needed.reason}"
                )
    return sentences
