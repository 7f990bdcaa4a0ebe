"""The changes to be written of a comparison: what is inferred, answered or retired."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from llmpath.core.curriculum import Change
from llmpath.core.editions import Comparison
from llmpath.core.matching import Match
from llmpath.errors import UnknownIdError

ID_LIMIT = 1000
"""Most ids on one side of a change in a curriculum's file."""
ANSWERED = "as answered"
NOTHING_LIKE_IT = "the edition has nothing like it"


def changes_to_write(
    comparison: Comparison, answers: Mapping[str, Sequence[str]]
) -> tuple[Change, ...]:
    """The changes to append to the new edition's own, for its stored copy.

    Lessons that became one together stand in one change, so that it is done only where
    each of them was. What is unclear and not answered is left as it is.

    Args:
        answers: For lessons that are not kept and not declared, what they became; none
            for a lesson that is retired. They outweigh what was inferred.

    Raises:
        UnknownIdError: An answer is about another lesson or names none of the new ones.
    """
    check_answers(comparison, answers)
    matches = []
    for each in comparison.inferred:
        before = tuple(key for key in each.before if key not in answers)
        if before:
            matches.append(each._replace(before=before))
    matches += [
        Match((key,), tuple(dict.fromkeys(after)), ANSWERED)
        for key, after in answers.items()
        if after
    ]
    retired = [key for key, after in answers.items() if not after]
    retired += [key for key in comparison.undeclared if key not in answers]
    return (
        *(make_change(comparison.edition, each) for each in together(matches)),
        *(
            make_change(comparison.edition, each)
            for each in comparison.places
            if is_left(each, comparison, answers)
        ),
        *(
            Change(
                comparison.edition,
                "retired",
                tuple(retired[start : start + ID_LIMIT]),
                (),
                NOTHING_LIKE_IT,
            )
            for start in range(0, len(retired), ID_LIMIT)
        ),
    )


def is_left(
    place: Match, comparison: Comparison, answers: Mapping[str, Sequence[str]]
) -> bool:
    """Tell whether answers about a module's lessons leave some in what it became."""
    if not any(module_in(key, place.before) for key in answers):
        return True
    became = {**comparison.changed, **answers}
    ends = (
        end for key in became for end in became[key] if module_in(key, place.before)
    )
    return any(module_in(end, place.after) for end in ends)


def module_in(lesson: str, modules: Sequence[str]) -> bool:
    """Tell whether a lesson is of one of these modules."""
    return lesson.rpartition("/")[0] in modules


def check_answers(comparison: Comparison, answers: Mapping[str, Sequence[str]]) -> None:
    """Refuse answers that would move what is kept or declared.

    Raises:
        UnknownIdError: There is one.
    """
    inferred = comparison.inferred
    asked = {each.lesson for each in comparison.unclear} | {*comparison.retired}
    asked.update(key for each in inferred for key in each.before)
    offered = {*comparison.added, *(key for each in inferred for key in each.after)}
    for key, after in answers.items():
        if key not in asked:
            raise UnknownIdError(f"{key} is not to be asked about")
        for each in after:
            if each not in offered:
                raise UnknownIdError(f"{each} is no new lesson of this edition")


def together(matches: Iterable[Match]) -> list[Match]:
    """Matches without a lesson in common: those that had one are united."""
    holder: dict[str, int] = {}
    united: dict[int, Match] = {}
    for place, each in enumerate(matches):
        whole = each
        for held in dict.fromkeys(holder[key] for key in each.after if key in holder):
            other = united.pop(held)
            whole = Match(
                (*other.before, *whole.before),
                tuple(dict.fromkeys((*other.after, *whole.after))),
                ANSWERED,
            )
        united[place] = whole
        holder.update(dict.fromkeys(whole.after, place))
    return list(united.values())


def make_change(edition: str, found: Match) -> Change:
    """A match as an entry of the ledger."""
    before, after, because = found
    if len(before) > 1:
        kind = "merged"
    elif len(after) > 1:
        kind = "split"
    else:
        was, became = (each.rpartition("/")[0] for each in (*before, *after))
        kind = "renamed" if was == became else "moved"
    return Change(edition, kind, before, after, because)
