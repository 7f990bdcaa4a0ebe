"""What `doctor` looks at in the curricula: one function a check."""

from __future__ import annotations

from collections.abc import Iterable

from llmpath.cli.checks import ADVICE, DAMAGED, Found, failed, passed
from llmpath.core.carrying import carry
from llmpath.core.curriculum import Curriculum, curriculum_of, shown_id
from llmpath.core.events import Record
from llmpath.core.ledger import Ledger
from llmpath.core.progress import Progress
from llmpath.errors import RefusedInputError
from llmpath.report.phrases import counted, listed
from llmpath.storage.curriculum_copies import named_copies, read_library
from llmpath.storage.paths import Places


def check_curricula(
    places: Places, progress: Progress
) -> tuple[Found, Curriculum | None]:
    """The curriculum of the program and those that were added can be read."""
    try:
        curriculum, missing = read_library(places, progress)
    except RefusedInputError as error:
        return failed("curriculum", "; ".join(error.detail), DAMAGED), None
    if missing:
        which = listed(missing)
        what = f"the copy of {which} is not here or is damaged"
        remedy = "llmpath sync, or llmpath curriculum add FILE with the same file"
        return failed("curriculum", f"{what}: {remedy}", DAMAGED), curriculum
    editions = {curriculum.id: curriculum.edition, **curriculum.joined}
    named = [f"{name}, edition {edition}" for name, edition in editions.items()]
    lessons = counted(len(curriculum.lessons), "lesson")
    return passed("curriculum", f"{'; '.join(named)}, {lessons}"), curriculum


def check_lessons(
    curriculum: Curriculum, progress: Progress, records: Iterable[Record]
) -> Found:
    """The curriculum has what the journal names, under whatever id it had.

    What was done in a curriculum that was taken away stays in the journal on purpose.
    """
    progress = carry(progress, Ledger(curriculum.changes, curriculum))
    retired = {key for change in curriculum.changes for key in change.before}
    named = {
        *progress.completions,
        *progress.skips,
        *progress.included,
        *progress.deferred,
        *progress.logged,
        *progress.notes,
        *progress.links,
    }
    known = curriculum.lessons.keys() | curriculum.modules.keys() | retired
    away = {*named_copies(records).values()} - progress.curricula.keys()
    left = {each for each in named - known if curriculum_of(each) in away}
    strange = sorted(named - known - left)
    if strange:
        shown = ", ".join(map(shown_id, strange[:5]))
        more = f" and {len(strange) - 5} more" if len(strange) > 5 else ""
        return failed("lessons", f"not in the curriculum: {shown}{more}", ADVICE)
    detail = "the curriculum has all that the journal names"
    if left:
        which = listed(sorted({curriculum_of(each) for each in left}))
        detail = f"{detail}, but for {counted(len(left), 'id')} of {which}, removed"
    return passed("lessons", detail)
