"""All changes since the first edition, as the stored copy of the newest one has them.

What an older machine writes under old ids is carried by them. So nothing is dropped but
for one case: an id that the newest edition has again is no more taken elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from llmpath.core.curriculum import Change, Curriculum, own_part
from llmpath.core.editions import declared_changes
from llmpath.core.ledger import SINGLE
from llmpath.core.settling import ID_LIMIT, NOTHING_LIKE_IT


def whole_ledger(
    old: Curriculum, new: Curriculum, added: Sequence[Change]
) -> tuple[Change, ...]:
    """The changes of an edition, oldest first.

    What they lead to and the edition does not have is retired at the end.

    Args:
        new: With its own changes.
        added: Others that tell what became of the old edition.
    """
    kept = [left for each in old.changes for left in without(each, new)]
    changes = [*kept, *declared_changes(old, new), *added]
    lost = dangling(changes, new)
    return (
        *changes,
        *(
            Change(
                new.edition,
                "retired",
                lost[start : start + ID_LIMIT],
                (),
                NOTHING_LIKE_IT,
            )
            for start in range(0, len(lost), ID_LIMIT)
        ),
    )


def without(change: Change, new: Curriculum) -> Iterator[Change]:
    """A change without the ids that an edition has again; nothing if none is left."""
    back = {key for key in change.before if has_any(new, key)}
    if change.kind == "retimed" or not back:
        yield change
        return
    before = tuple(each for each in change.before if each not in back)
    after = change.after
    if change.kind in SINGLE and len(change.before) == len(after):
        pairs = zip(change.before, after, strict=True)
        after = tuple(became for was, became in pairs if was not in back)
    if not before:
        return
    kind = "renamed" if change.kind == "merged" and len(before) == 1 else change.kind
    yield change._replace(kind=kind, before=before, after=after)


def dangling(changes: Iterable[Change], new: Curriculum) -> tuple[str, ...]:
    """Ids that changes lead to and that are neither there nor taken by a later one."""
    found: dict[str, None] = {}
    for each in changes:
        if each.kind != "retimed":
            for key in each.before:
                found.pop(key, None)
        found.update({key: None for key in each.after if not has_any(new, key)})
    return tuple(found)


def has_any(curriculum: Curriculum, key: str) -> bool:
    """Tell whether an id is a lesson's, a module's, a phase's or a track's."""
    pools = (curriculum.lessons, curriculum.modules, curriculum.tracks)
    tracks = curriculum.tracks.values()
    phases = {phase.id for track in tracks for phase in track.phases}
    return any(key in pool for pool in pools) or own_part(key) in phases
