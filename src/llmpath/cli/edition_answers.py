"""What became of lessons that a new edition has no more, by the learner's word."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from llmpath.cli.asking import ask, ask_numbers
from llmpath.cli.workspace import Workspace
from llmpath.core.curriculum import Curriculum
from llmpath.core.editions import Comparison
from llmpath.core.likeness import LikeTitles
from llmpath.core.matching import Unclear
from llmpath.core.paths import goal_id
from llmpath.core.progress import Progress
from llmpath.core.text import clean
from llmpath.errors import LlmpathError, UsageError
from llmpath.named_tuple import NamedTuple
from llmpath.report.editions import (
    LONGEST_NAME,
    became_words,
    replaced_line,
    title_of,
    unclear_line,
)

Answers = dict[str, tuple[str, ...]]

MOST_TOLD = 20
"""Of more lessons one says yes to the rule, not to each."""


class Editions(NamedTuple):
    """Two editions of a curriculum, and what is known of the way from one to the other.

    Attributes:
        answers: What became of lessons, as the command line says.
    """

    old: Curriculum
    new: Curriculum
    compared: Comparison
    answers: Answers


def given_answers(texts: Sequence[str], old: Curriculum, new: Curriculum) -> Answers:
    """What became of lessons, as the command line says.

    Raises:
        UsageError: It is not of the form OLD=NEW.
    """
    answers: Answers = {}
    for text in texts:
        before, sign, after = text.partition("=")
        if not before or not sign:
            raise UsageError(
                f"'{text}' does not say what a lesson became",
                remedy="--became module/old=module/new, or --became module/old=",
            )
        became = tuple(full(each, new) for each in after.split(",") if each)
        answers[full(before, old)] = became
    return answers


def full(text: str, curriculum: Curriculum) -> str:
    """The full id of a lesson; a module's is that of its only lesson."""
    name = f"{curriculum.id}:"
    key = text if text.startswith(name) else f"{name}{text}"
    module = curriculum.modules.get(key)
    return key if module is None or len(module.lessons) > 1 else module.lessons[0].id


def asked_answers(workspace: Workspace, editions: Editions) -> Answers:
    """What became of the lessons that are gone and not untouched.

    Raises:
        UsageError: Nobody can be asked.
        LlmpathError: The learner does not want to go on.
        Question: One was not asked yet.
    """
    progress = workspace.situation.progress
    unclear = unclear_lessons(editions, progress)
    if unclear and not workspace.options.can_ask:
        raise UsageError(
            "what became of a lesson is unclear",
            detail=tuple(
                unclear_line(each, editions.old, editions.new) for each in unclear
            ),
            remedy="add --became OLD=NEW for each, or --became OLD= if nothing",
        )
    found = dict(editions.answers)
    for number, each in enumerate(unclear, start=1):
        place = f"{number} of {len(unclear)}: " if len(unclear) > 1 else ""
        found[each.lesson] = asked_answer(workspace, editions, each, place)
    gone = gone_lessons(editions, progress)
    lost = [key for key, near in gone.items() if not near]
    confirm(workspace, editions, lost)
    return found


def gone_lessons(
    editions: Editions, progress: Progress
) -> Mapping[str, tuple[str, ...]]:
    """Lessons with progress that neither the file nor evidence takes anywhere.

    Each with what it may be: nothing, where the new edition has nothing like it.
    """
    old, new, compared, answers = editions
    near = {each.lesson: each.candidates for each in compared.unclear}
    like = LikeTitles(new.lessons[each] for each in compared.added)
    near |= {key: like.to(old.lessons[key].title) for key in compared.undeclared}
    return {
        key: near[key]
        for key in old.lessons
        if key in near and key not in answers and has_progress(key, progress)
    }


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


def unclear_lessons(editions: Editions, progress: Progress) -> list[Unclear]:
    """The lessons with progress that have to be asked about."""
    gone = gone_lessons(editions, progress)
    return [Unclear(key, near) for key, near in gone.items() if near]


def asked_answer(
    workspace: Workspace, editions: Editions, unclear: Unclear, place: str
) -> tuple[str, ...]:
    """Ask what one lesson became.

    Args:
        place: Of the question among others.

    Raises:
        LlmpathError: The input ended.
        Question: It was not asked yet.
    """
    title, near = named(unclear.lesson, editions.old), unclear.candidates
    chosen = ask_numbers(
        workspace.options,
        f"{place}{title} is not in the new edition. What is it now?",
        [named(each, editions.new) for each in near],
        "none of these (it stays in the journal)",
    )
    return tuple(near[each] for each in chosen)


def named(lesson: str, curriculum: Curriculum) -> str:
    """A lesson's title, with its id where another one has the same title."""
    title = curriculum.lessons[lesson].title
    alike = sum(each.title == title for each in curriculum.lessons.values())
    return clean(title, LONGEST_NAME) if alike == 1 else title_of(lesson, curriculum)


def confirm(workspace: Workspace, editions: Editions, lost: Sequence[str]) -> None:
    """Ask whether what evidence tells is so, where the journal rests on it.

    Args:
        lost: Lessons with progress that became nothing.

    Raises:
        UsageError: Nobody can be asked.
        LlmpathError: It is not so.
        Question: It was not asked yet.
    """
    options, progress = workspace.options, workspace.situation.progress
    name = named if options.can_ask else title_of
    told = [
        *first_of(list(inferred_lines(editions, progress, name)), str),
        *first_of(
            lost,
            lambda each: (
                f"{name(each, editions.old)} is in no lesson of the new edition"
            ),
        ),
        *first_of(
            [key for key in editions.compared.replaced if has_progress(key, progress)],
            lambda each: replaced_line(each, editions.old, editions.new),
        ),
    ]
    if not told or options.yes:
        return
    remedy = "--became OLD=NEW where it is not so"
    if not options.can_ask:
        raise UsageError(
            "what became of these lessons needs a yes",
            detail=tuple(told),
            remedy=f"add -y, or {remedy}",
        )
    lines = "\n".join(map(clean, told))
    if not ask(workspace, f"{lines}\nIs that so; go on?", option="-y"):
        raise LlmpathError(
            "nothing was changed", remedy=f"add {remedy}; --dry-run has the ids"
        )


def inferred_lines(
    editions: Editions, progress: Progress, name: Callable[[str, Curriculum], str]
) -> Iterator[str]:
    """What links and titles tell of lessons with progress.

    Args:
        name: What a lesson is called.
    """
    old, new, compared, answers = editions
    for each in compared.inferred:
        before = [
            key
            for key in each.before
            if key not in answers and has_progress(key, progress)
        ]
        if before:
            became = became_words(before, each.after, old, new, name)
            yield f"{became}: {each.because}"


def first_of(things: Sequence[str], say: Callable[[str], str]) -> list[str]:
    """Sentences on the first of many things, and how many more there are."""
    said, more = [say(each) for each in things[:MOST_TOLD]], len(things) - MOST_TOLD
    return [*said, f"and {more} more"] if more > 0 else said
