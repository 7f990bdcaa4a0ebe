"""What `curriculum add` and `update` do with a curriculum that is in force already."""

import json

from llmpath.cli.added_view import Pair, Wanted, add_view, offer_sentence
from llmpath.cli.checked_curriculum import checked_text
from llmpath.cli.curriculum_kept import answer_add, summary_of
from llmpath.cli.curriculum_marks import mark_events, marks_sentences, open_marks
from llmpath.cli.curriculum_source import Given
from llmpath.cli.session import Session
from llmpath.cli.workspace import Workspace
from llmpath.core.events import Event, LessonsLinked
from llmpath.core.linking import same_lessons
from llmpath.report.phrases import counted
from llmpath.report.views.curricula import AddView
from llmpath.storage.curricula import parse_curriculum
from llmpath.storage.curriculum_copies import copy_name, keep_copy, read_copy


def as_in_force(workspace: Workspace, given: Given) -> Given:
    """An import under the edition in force; its own is only the day of the import."""
    copy = workspace.situation.progress.curricula.get(given.curriculum.id)
    if copy is None or not given.is_import or copy.edition == given.curriculum.edition:
        return given
    document = json.loads(given.text) | {"edition": copy.edition}
    text = checked_text(document, given.curriculum.id)
    return given._replace(text=text, curriculum=parse_curriculum(text))


def find_there(workspace: Workspace, *givens: Given) -> Given | None:
    """Which of these is in force, as it is in force; None if none is."""
    for given in givens:
        name = given.curriculum.id
        copy = workspace.situation.progress.curricula.get(name)
        there = as_in_force(workspace, given)
        if copy is not None and copy.file == copy_name(name, there.text):
            return there
    return None


def put_back(workspace: Workspace, given: Given) -> str:
    """Store the copy again that is in force and is gone or damaged; say what was so."""
    name = given.curriculum.id
    file = copy_name(name, given.text)
    if read_copy(workspace.places, name, file) is not None:
        return f"{name} is there already."
    keep_copy(workspace.places, name, given.text)
    return f"The copy of {name} is there again."


def keep_as_it_is(session: Session, given: Given, wanted: Wanted, said: str) -> None:
    """Tick and link what is asked for, and say that all else is as it was."""
    workspace = session.workspace
    view = there_view(workspace, given, wanted, said)
    events = there_events(workspace, given, wanted)
    if events:
        saved = session.save(*events)
        progress = saved.situation.progress
        view = view._replace(
            event=saved.event,
            summary=summary_of(given.curriculum, progress, file=view.summary.file),
            is_linked=bool(wanted.link and view.links),
        )
    answer_add(workspace, view, is_confirmation=True)


def there_events(workspace: Workspace, given: Given, wanted: Wanted) -> list[Event]:
    """The events of what is asked for and is not so yet."""
    progress = workspace.situation.progress
    events = mark_events(given, progress) if wanted.ticks else []
    if wanted.link:
        pairs = open_pairs(workspace, given)
        events += [LessonsLinked((one.id, other.id)) for one, other in pairs]
    return events


def open_pairs(workspace: Workspace, given: Given) -> list[Pair]:
    """Lessons that another curriculum has too and that are not linked with it yet."""
    linked = [{*each} for each in workspace.situation.progress.linked]
    return [
        (one, other)
        for one, other in same_lessons(given.curriculum, workspace.curriculum)
        if not any({one.id, other.id} <= group for group in linked)
    ]


def there_view(
    workspace: Workspace, given: Given, wanted: Wanted, said: str
) -> AddView:
    """The answer, without what only a written record tells."""
    progress = workspace.situation.progress
    marked = open_marks(given, progress)
    pairs = open_pairs(workspace, given)
    told = [said, *marks_sentences(marked, ticks=wanted.ticks)]
    if wanted.ticks and len(told) == 1:
        any_ = given.ticks or given.skips or given.known
        told.append(
            "What is ticked in it is done already." if any_ else "Nothing is ticked."
        )
    if wanted.link and pairs:
        verb = "is" if len(pairs) == 1 else "are"
        number = counted(len(pairs), "lesson")
        told.append(f"{number} of it {verb} linked with another curriculum.")
    elif wanted.link:
        told.append("No lesson of it is left to be linked.")
    elif pairs and wanted.link is None:
        told.append(offer_sentence(len(pairs)))
    file = copy_name(given.curriculum.id, given.text)
    view = add_view(workspace, given, pairs, wanted)
    summary = view.summary._replace(file=file)
    return view._replace(summary=summary, said=tuple(told))
