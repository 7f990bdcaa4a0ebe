"""A new edition made ready to be stored: its ids and its changes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from llmpath.cli.checked_curriculum import checked_text
from llmpath.cli.curriculum_kept import require_added
from llmpath.cli.curriculum_source import Given
from llmpath.cli.edition_answers import (
    Editions,
    asked_answers,
    given_answers,
    unclear_lessons,
)
from llmpath.cli.workspace import Workspace
from llmpath.core.curriculum import (
    Change,
    Curriculum,
    Lesson,
    lesson_slug,
    own_part,
)
from llmpath.core.editions import Comparison, compare, with_unclear
from llmpath.core.meanings import Meanings, settled_ids
from llmpath.core.settling import changes_to_write
from llmpath.core.whole_ledger import whole_ledger
from llmpath.errors import Fault, LlmpathError, RefusedInputError
from llmpath.named_tuple import NamedTuple
from llmpath.storage.curricula import parse_curriculum
from llmpath.storage.curriculum_copies import named_copies, read_copy


class Update(NamedTuple):
    """A new edition against the one in force.

    Attributes:
        given: With the changes that carry progress over.
    """

    old: Curriculum
    given: Given
    compared: Comparison


def make_update(
    workspace: Workspace,
    given: Given,
    file: str,
    became: Sequence[str],
    *,
    asks: bool,
) -> Update:
    """Compare a new edition with the one in force, and settle what became of lessons.

    Args:
        asks: Ask about what is unclear.

    Raises:
        UnknownIdError: No curriculum has this id.
        LlmpathError: The copy in force is not here.
        RefusedInputError: It gives ids another meaning.
        UsageError: Nobody can be asked about a lesson with progress.
    """
    name = given.curriculum.id
    copy = require_added(workspace, name)
    old = read_copy(workspace.places, name, copy.file)
    if old is None:
        raise LlmpathError(
            f"the copy of {name} that is in force is not here",
            remedy="llmpath curriculum add FILE with its file, then update it",
        )
    earlier = earlier_lessons(workspace, old, given.curriculum)
    if given.is_import:
        meant = Meanings(old, earlier)
        given = with_ids(given, settled_ids(meant, old, given.curriculum))
    compared = compare(old, given.curriculum, earlier)
    refuse_reuse(compared, file)
    answers = given_answers(became, old, given.curriculum)
    editions = Editions(old, given.curriculum, compared, answers)
    if asks:
        answers = asked_answers(workspace, editions)
    added = changes_to_write(compared, answers)
    settled = with_changes(given, old, added, file)
    settled_comparison = compare(old, settled.curriculum, earlier)
    if not asks:
        unclear = unclear_lessons(editions, workspace.situation.progress)
        settled_comparison = with_unclear(settled_comparison, unclear)
    return Update(old, settled, settled_comparison)


def earlier_lessons(
    workspace: Workspace, old: Curriculum, new: Curriculum
) -> dict[str, Lesson]:
    """Lessons that the edition in force has no more, by ids that the new one has.

    As the newest of the stored copies has them.
    """
    retired = {key for each in old.changes for key in each.before if not each.after}
    wanted = {key for key in retired if key in new.lessons}
    found: dict[str, Lesson] = {}
    copies = named_copies(reversed(workspace.journal.records)) if wanted else {}
    for file, name in copies.items():
        copy = read_copy(workspace.places, name, file) if name == old.id else None
        if copy is not None:
            found = {key: copy.lessons[key] for key in wanted & {*copy.lessons}} | found
    return found


def with_ids(given: Given, ids: Mapping[str, str]) -> Given:
    """A curriculum in which lessons have other ids, of the same modules."""
    if not ids:
        return given
    document = json.loads(given.text)
    for module in document["modules"]:
        for lesson in module["lessons"]:
            key = f"{given.curriculum.id}:{module['id']}/{lesson['id']}"
            lesson["id"] = lesson_slug(ids.get(key, key))
    text = json.dumps(document)
    return given._replace(
        text=text,
        curriculum=parse_curriculum(text),
        ticks=tuple(ids.get(each, each) for each in given.ticks),
        skips=tuple(ids.get(each, each) for each in given.skips),
        known=tuple(ids.get(each, each) for each in given.known),
    )


def refuse_reuse(compared: Comparison, file: str) -> None:
    """Refuse an edition in which an id means another lesson than it did.

    Raises:
        RefusedInputError: It does, with every such id.
    """
    faults = tuple(
        Fault(
            file,
            own_part(each.id),
            None,
            f"the id was taken away by a change of edition {each.change.edition}",
            "give the lesson another id",
        )
        for each in compared.faults
    )
    if faults:
        raise RefusedInputError(f"{file} uses ids again", faults)


def with_changes(
    given: Given, old: Curriculum, added: Sequence[Change], file: str
) -> Given:
    """The new edition with all changes since the first, oldest first."""
    document = json.loads(given.text)
    changes = whole_ledger(old, given.curriculum, added)
    document["changes"] = [change_entry(each) for each in changes]
    text = checked_text(document, file)
    return given._replace(text=text, curriculum=parse_curriculum(text))


def change_entry(change: Change) -> dict[str, object]:
    """A change as the file has it."""
    return {
        "edition": change.edition,
        "kind": change.kind,
        "from": [own_part(each) for each in change.before],
        "to": [own_part(each) for each in change.after],
        "reason": change.reason,
    }
