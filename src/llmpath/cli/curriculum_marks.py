"""What a source has ticked and left out, taken over with `--ticks`."""

from llmpath.cli.curriculum_source import Given
from llmpath.core.events import Event, LessonsCompleted, LessonsSkipped
from llmpath.core.progress import Progress
from llmpath.report.phrases import counted


def mark_events(given: Given, progress: Progress) -> list[Event]:
    """The events of what is not so yet; no time is known to have been studied.

    What is done is not skipped any more.
    """
    done = {each: 0 for each in given.ticks if not progress.is_done(each)}
    events: list[Event] = []
    if done:
        events.append(LessonsCompleted(done, given.curriculum.edition))
    for ids, known in ((given.skips, False), (given.known, True)):
        lessons = tuple(each for each in ids if progress.is_open(each))
        if lessons:
            events.append(LessonsSkipped(lessons, known))
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
