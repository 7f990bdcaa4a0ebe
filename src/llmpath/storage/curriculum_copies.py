"""The curricula that were added: stored copies, of which the journal names some.

A copy is never changed. Its name holds a hash of what is in it, so that the journal,
which says which copy is in force, can say it of any edition, also after an undo.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

try:  # what `hashlib` gives, without the 4 ms of importing it
    from _blake2 import blake2b
except ImportError:  # pragma: no cover - a Python built otherwise
    from hashlib import blake2b

from llmpath.core.curriculum import (
    BUNDLED,
    Curriculum,
    Module,
    curriculum_of,
    join_curricula,
    replace_links,
)
from llmpath.core.events import CurriculumStored, Record
from llmpath.core.progress import Progress, StoredCopy
from llmpath.named_tuple import NamedTuple
from llmpath.storage.curricula import (
    UNREADABLE,
    bundled_curriculum_path,
    parse_curriculum,
    read_curriculum,
)
from llmpath.storage.files import write_atomically
from llmpath.storage.journal_files import read_regular
from llmpath.storage.paths import Places, prepare_folder

FOLDER = "curricula"
_MOST_MINUTES = 7 * 24 * 60


class Library(NamedTuple):
    """All curricula as one, under the name of the one in use.

    Attributes:
        missing: Ids of the curricula whose copy is not there or cannot be read.
    """

    curriculum: Curriculum
    missing: tuple[str, ...]


def copy_name(curriculum: str, text: str) -> str:
    """Name the copy of a curriculum's text."""
    return f"{curriculum}.{_hash(text.encode())}.json"


def copy_path(places: Places, file: str) -> Path | None:
    """Where a copy lies; None for a name that leads elsewhere.

    Names come out of the journal, which other machines write.
    """
    is_safe = file.endswith(".json") and not file.startswith(".")
    is_name = is_safe and file.isprintable() and not set(file) & set('/\\:*?"<>|')
    return places.data / FOLDER / file if is_name else None


def read_library(
    places: Places, progress: Progress, *, instead: Curriculum | None = None
) -> Library:
    """Read the bundled curriculum and those in force.

    Args:
        instead: An edition to take in place of the copy in force.

    Raises:
        RefusedInputError: The bundled one cannot be read.
    """
    bundled = read_curriculum(bundled_curriculum_path())
    copies = dict(progress.curricula)
    if instead is not None:
        copies.pop(instead.id, None)
    added, missing = read_copies(places, copies)
    if instead is not None:
        added.append(instead)
    curriculum = join_curricula(*in_use_first(bundled, added, progress))
    return Library(with_own_links(curriculum, progress), missing)


def with_own_links(curriculum: Curriculum, progress: Progress) -> Curriculum:
    """Show the learner's own links, also those of what had another id before."""
    links = progress.links
    if links and curriculum.changes:
        from llmpath.core.carrying import (  # noqa: PLC0415 - 2 ms, few have both
            carried_links,
        )
        from llmpath.core.ledger import Ledger  # noqa: PLC0415 - as above

        links = carried_links(links, Ledger(curriculum.changes, curriculum))
    return replace_links(curriculum, links)


def read_copies(
    places: Places, copies: Mapping[str, StoredCopy]
) -> tuple[list[Curriculum], tuple[str, ...]]:
    """Read copies in the order of their ids; give the ids of those that cannot be."""
    read = {
        name: read_copy(places, name, copy.file)
        for name, copy in sorted(copies.items())
    }
    found = [each for each in read.values() if each is not None]
    return found, tuple(name for name, each in read.items() if each is None)


def read_copy(places: Places, name: str, file: str) -> Curriculum | None:
    """Read a copy; None if it is not there, is damaged or is of another curriculum."""
    path = copy_path(places, file)
    if path is None or name == BUNDLED:
        return None
    try:
        data = read_regular(path)
        if file != f"{name}.{_hash(data)}.json":
            return None
        curriculum = parse_curriculum(data)
        return curriculum if curriculum.id == name and _is_sound(curriculum) else None
    except (OSError, *UNREADABLE):
        return None


def keep_copy(places: Places, name: str, text: str) -> str:
    """Store a checked curriculum's text on stable storage; give the copy's name.

    Raises:
        NotSavedError: The storage refused.
    """
    file = copy_name(name, text)
    path = places.data / FOLDER / file
    prepare_folder(path.parent)
    write_atomically(path, text.encode())
    return file


def named_copies(records: Iterable[Record]) -> dict[str, str]:
    """The copies that records name, also those taken back: their curricula by file."""
    return {
        event.file: event.curriculum
        for record in records
        for event in record.events
        if isinstance(event, CurriculumStored) and event.file is not None
    }


def read_texts(places: Places, copies: Mapping[str, str]) -> list[str]:
    """Read the texts of copies, for a backup; those that are not whole are left out.

    Args:
        copies: Curricula by file.
    """
    return [
        read_regular(path).decode()
        for file, name in sorted(copies.items())
        if read_copy(places, name, file) is not None
        and (path := copy_path(places, file)) is not None
    ]


def in_use_first(
    bundled: Curriculum, added: Iterable[Curriculum], progress: Progress
) -> tuple[Curriculum, list[Curriculum]]:
    """Put the curriculum of the first active track before the others."""
    tracks = progress.started.tracks if progress.started else ()
    used = curriculum_of(tracks[0]) if tracks else BUNDLED
    curricula = [bundled, *added]
    first = next((each for each in curricula if each.id == used), bundled)
    return first, [each for each in curricula if each is not first]


def _is_sound(curriculum: Curriculum) -> bool:
    """Whether a copy, which another machine may have sent, is one that was checked.

    Only what the planner rests on is looked at again.
    """
    modules = curriculum.modules
    named = [
        *(
            each.module
            for track in curriculum.tracks.values()
            for phase in track.phases
            for each in phase.modules
        ),
        *(each.module for every in modules.values() for each in every.prerequisites),
    ]
    minutes = [each.minutes for each in curriculum.lessons.values()]
    return (
        all(each in modules for each in named)
        and all(type(each) is int and 0 < each <= _MOST_MINUTES for each in minutes)
        and all(type(each.title) is str for each in curriculum.lessons.values())
        and not _has_cycle(modules)
    )


def _has_cycle(modules: Mapping[str, Module]) -> bool:
    """Whether a module needs itself through others."""
    from graphlib import (  # noqa: PLC0415 - only where a curriculum was added
        CycleError,
        TopologicalSorter,
    )

    needs = {
        key: [each.module for each in every.prerequisites]
        for key, every in modules.items()
    }
    try:
        TopologicalSorter(needs).prepare()
    except CycleError:
        return True
    return False


def _hash(data: bytes) -> str:
    return blake2b(data, digest_size=8).hexdigest()
