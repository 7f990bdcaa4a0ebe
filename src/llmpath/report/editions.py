"""What an update of a curriculum changes, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from llmpath.core.curriculum import Curriculum, own_part
from llmpath.core.editions import Comparison
from llmpath.core.when import spoken_minutes
from llmpath.report.phrases import counted, listed

MOST_NAMED = 5
"""Of more lessons the number tells as much."""


def edition_changes(
    compared: Comparison, old: Curriculum, new: Curriculum
) -> Iterator[str]:
    """What becomes of lessons, minutes and tracks, the most telling first."""
    for before, after in grouped(compared.changed):
        was = listed(titled(before, old))
        became = listed(titled(after, new))
        yield f"{verb_of(before, after)} {was} is {became} now"
    for each in compared.unclear:
        yield f"unclear: what became of {title_of(each.lesson, old)}"
    yield from named("retired", compared.retired, old)
    yield from named("new", compared.added, new)
    for retimed in compared.retimed[:MOST_NAMED]:
        name, now = title_of(retimed.lesson, new), spoken_minutes(retimed.after)
        yield f"retimed: {name} takes {now}, not {spoken_minutes(retimed.before)}"
    if len(compared.retimed) > MOST_NAMED:
        rest = len(compared.retimed) - MOST_NAMED
        yield f"retimed: {counted(rest, 'more lesson')}"
    yield from named("new track", compared.tracks_added, new)
    yield from named("track retired", compared.tracks_removed, old)
    yield from minutes_changes(compared)


def grouped(
    changed: Mapping[str, tuple[str, ...]],
) -> list[tuple[list[str], tuple[str, ...]]]:
    """Lessons that became the same ones, together."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for before, after in changed.items():
        groups.setdefault(after, []).append(before)
    return [(before, after) for after, before in groups.items()]


def verb_of(before: list[str], after: tuple[str, ...]) -> str:
    """The kind of a change, as the file calls it."""
    if len(before) > 1:
        return "merged:"
    if len(after) > 1:
        return "split:"
    was, became = before[0].rpartition("/")[0], after[0].rpartition("/")[0]
    return "renamed:" if was == became else "moved:"


def named(what: str, ids: tuple[str, ...], curriculum: Curriculum) -> Iterator[str]:
    """Lessons or tracks by title, or their number where there are many."""
    if len(ids) > MOST_NAMED:
        yield f"{what}: {counted(len(ids), 'lesson')}"
    elif ids:
        yield f"{what}: {listed(titled(ids, curriculum))}"


def titled(ids: Iterable[str], curriculum: Curriculum) -> list[str]:
    """Titles with ids."""
    return [title_of(each, curriculum) for each in ids]


def title_of(full: str, curriculum: Curriculum) -> str:
    """A title with its id without the curriculum's."""
    thing = curriculum.lessons.get(full) or curriculum.tracks.get(full)
    own = own_part(full)
    return f"{thing.title} ({own})" if thing else own


def minutes_changes(compared: Comparison) -> Iterator[str]:
    """Required minutes of the tracks, before and after."""
    for each in compared.tracks:
        if each.before is None or each.after is None or each.before == each.after:
            continue
        more = each.after - each.before
        what = f"{spoken_minutes(abs(more))} {'more' if more > 0 else 'less'}"
        after = spoken_minutes(each.after)
        yield f"required in {own_part(each.track)}: {what}, {after} now"
