"""What became of lessons that a new edition has no more, by the learner's word."""

from __future__ import annotations

from collections.abc import Sequence

from llmpath.cli.asking import ask, ask_text, numbered
from llmpath.cli.workspace import Workspace
from llmpath.core.curriculum import Curriculum, own_part
from llmpath.core.editions import Comparison
from llmpath.core.matching import Unclear
from llmpath.core.paths import goal_id
from llmpath.core.progress import Progress
from llmpath.errors import LlmpathError, UsageError
from llmpath.report.editions import title_of

Answers = dict[str, tuple[str, ...]]

MOST_TOLD = 20
"""Of more lessons one says yes to the rule, not to each."""


def given_answers(texts: Sequence[str], name: str) -> Answers:
    """What became of lessons, as the command line says.

    Raises:
        UsageError: It is not of the form OLD=NEW.
    """
    answers: Answers = {}
    for text in texts:
        old, sign, new = text.partition("=")
        if not old or not sign:
            raise UsageError(
                f"'{text}' does not say what a lesson became",
                remedy="--became module/old=module/new, or --became module/old=",
            )
        after = tuple(full(each, name) for each in new.split(",") if each)
        answers[full(old, name)] = after
    return answers


def full(text: str, name: str) -> str:
    """The full id of a lesson of a curriculum."""
    return text if text.startswith(f"{name}:") else f"{name}:{text}"


def asked_answers(
    workspace: Workspace,
    old: Curriculum,
    new: Curriculum,
    compared: Comparison,
    answers: Answers,
) -> Answers:
    """What became of the lessons that are unclear and not untouched.

    Raises:
        UsageError: Nobody can be asked.
        Question: One was not asked yet.
    """
    progress = workspace.situation.progress
    found = dict(answers)
    for each in compared.unclear:
        if each.lesson not in found and has_progress(each.lesson, progress):
            found[each.lesson] = asked_answer(workspace, old, new, each)
    if compared.inferred and not answers and not workspace.options.yes:
        confirm_inferred(workspace, old, new, compared)
    return found


def confirm_inferred(
    workspace: Workspace, old: Curriculum, new: Curriculum, compared: Comparison
) -> None:
    """Ask whether what links and titles tell is so, where the journal rests on it.

    Raises:
        LlmpathError: It is not.
    """
    progress = workspace.situation.progress
    told = [
        f"{title_of(key, old)} is {title_of(each.after[0], new)} now: {each.because}"
        for each in compared.inferred
        for key in each.before
        if has_progress(key, progress)
    ]
    if not told:
        return
    lines = "\n".join(told[:MOST_TOLD])
    more = f"\nand {len(told) - MOST_TOLD} more" if len(told) > MOST_TOLD else ""
    if not ask(workspace, f"{lines}{more}\nIs that so; go on?", option="-y"):
        raise LlmpathError(
            "nothing was changed", remedy="say what it became: --became OLD=NEW"
        )


def has_progress(lesson: str, progress: Progress) -> bool:
    """Tell whether the journal says anything of a lesson that an update could lose."""
    kept = (
        progress.completions,
        progress.skips,
        progress.logged,
        progress.notes,
        progress.included,
        progress.deferred,
        progress.links,
        *progress.linked,
        [goal_id(each) for each in progress.started.tracks] if progress.started else (),
    )
    return any(lesson in each for each in kept)


def asked_answer(
    workspace: Workspace, old: Curriculum, new: Curriculum, unclear: Unclear
) -> tuple[str, ...]:
    """Ask what one lesson became.

    Raises:
        UsageError: Nobody can be asked.
        LlmpathError: The answer is none of those offered.
    """
    own = own_part(unclear.lesson)
    if not workspace.options.can_ask:
        near = ", ".join(own_part(each) for each in unclear.candidates)
        raise UsageError(
            f"what became of {title_of(unclear.lesson, old)} is unclear",
            detail=(f"it may be: {near}",) if near else (),
            remedy=f"add --became {own}=NEW, or --became {own}= if nothing",
        )
    choices = [title_of(each, new) for each in unclear.candidates]
    choices.append("none of these")
    head = f"{title_of(unclear.lesson, old)} is not in the new edition. What is it now?"
    question = numbered(choices, f"1 to {len(choices)}:")
    said = ask_text(workspace.options, f"{head}\n{question}")
    if not said.isdecimal() or not 1 <= int(said) <= len(choices):
        raise LlmpathError("nothing was changed: that is none of the choices")
    number = int(said) - 1
    return unclear.candidates[number : number + 1]
