"""What a source has ticked and left out, taken over with `--ticks`."""

from llmpath.cli.curriculum_source import Given
from llmpath.core.events import Event, LessonsCompleted, LessonsSkipped
from llmpath.core.progress import Progress
from llmpath.report.phrases import counted


def open_marks(given: Given, progress: Progress) -> Given:
    """A source with those marks alone that are not so yet.

    What is done is not skipped any more.
    """
    return given._replace(
        ticks=tuple(each for each in given.ticks if not progress.is_done(each)),
        skips=tuple(each for each in given.skips if progress.is_open(each)),
        known=tuple(each for each in given.known if progress.is_open(each)),
    )


def mark_events(given: Given, progress: Progress) -> list[Event]:
    """The events of what is not so yet; no time is known to have been studied."""
    marked = open_marks(given, progress)
    events: list[Event] = []
    if marked.ticks:
        done = dict.fromkeys(marked.ticks, 0)
        events.append(LessonsCompleted(done, given.curriculum.edition))
    if marked.skips:
        events.append(LessonsSkipped(marked.skips, known=False))
    if marked.known:
        events.append(LessonsSkipped(marked.known, known=True))
    return events


def marks_sentences(given: Given, *, ticks: bool) -> list[str]:
    """What is ticked and skipped in the source, and whether it is taken over."""
    said = []
    if given.ticks:
        verb = "is" if len(given.ticks) == 1 else "are"
        what = f"{counted(len(given.ticks), 'lesson')} {verb} ticked"
        said.append(
            f"{what} and {verb} taken for done."
            if ticks
            else f"{what}; --ticks takes them for done."
        )
    left = len(given.skips) + len(given.known)
    if left:
        verb = "is" if left == 1 else "are"
        what = f"{counted(left, 'lesson')} {verb} skipped in it"
        said.append(
            f"{what} and {verb} skipped here."
            if ticks
            else f"{what}; --ticks skips them here."
        )
    return said
