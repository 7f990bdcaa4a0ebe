"""What an update of a curriculum changes, in sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from llmpath.core.curriculum import Curriculum, own_part
from llmpath.core.editions import Comparison
from llmpath.core.matching import Unclear
from llmpath.core.progress import Progress
from llmpath.core.text import clean
from llmpath.core.when import spoken_minutes
from llmpath.report.phrases import counted, listed

MOST_NAMED = 5
"""Of more lessons the rest is counted."""
LONGEST_NAME = 100
"""So many characters of a title tell which lesson it is."""


def update_sentence(old: Curriculum, new: Curriculum, *, is_done: bool) -> str:
    """What is updated; of two imports of one day the editions tell nothing."""
    verb = "Updated" if is_done else "Would update"
    if old.edition == new.edition:
        return f"{verb} {new.id}."
    return f"{verb} {new.id} from edition {old.edition} to {new.edition}."


def done_sentences(
    compared: Comparison,
    old: Curriculum,
    new: Curriculum,
    before: Progress,
    after: Progress,
) -> Iterator[str]:
    """How many lessons are done in each edition, and which of them in none."""
    was = [each for each in old.lessons if before.is_done(each)]
    now = [each for each in new.lessons if after.is_done(each)]
    if was or now:
        yield f"Done: {counted(len(now), 'lesson')}, before {len(was)}."
    retired = {*compared.retired}
    if kept := [
        clean(old.lessons[each].title, LONGEST_NAME) for each in was if each in retired
    ]:
        yield f"Done before, in the journal alone now: {few(kept)}."
    unclear = {each.lesson for each in compared.unclear}
    if asked := sum(each in unclear for each in was):
        yield f"To be asked about: {counted(asked, 'done lesson')}."


def edition_changes(
    compared: Comparison, old: Curriculum, new: Curriculum
) -> Iterator[str]:
    """What becomes of lessons, minutes and tracks, the most telling first.

    Lessons that go on under another id come late: nothing has to be done about them.
    """
    for each in compared.unclear:
        yield f"unclear: {unclear_line(each, old, new)}"
    for lesson in compared.replaced:
        yield f"other lesson: {replaced_line(lesson, old, new)}"
    yield from named("retired", compared.retired, old)
    yield from named("new", compared.added, new)
    yield from named("new track", compared.tracks_added, new)
    yield from named("track retired", compared.tracks_removed, old)
    yield from minutes_changes(compared)
    for some, others in compared.moved_places:
        if not (is_single(some[0], old) and is_single(others[0], new)):
            yield place_line(titled(some, old), titled(others, new))
    for before, after in grouped(compared.changed):
        kind = kind_of(before, after, old, new)
        yield f"{kind}: {became_words(before, after, old, new, title_of)}"
    yield from named("other link", compared.relinked, new)
    for retimed in compared.retimed[:MOST_NAMED]:
        name, now = title_of(retimed.lesson, new), spoken_minutes(retimed.after)
        yield f"retimed: {name} takes {now}, not {spoken_minutes(retimed.before)}"
    if len(compared.retimed) > MOST_NAMED:
        rest = len(compared.retimed) - MOST_NAMED
        yield f"retimed: {counted(rest, 'more lesson')}"


def became_words(
    before: Sequence[str],
    after: Sequence[str],
    old: Curriculum,
    new: Curriculum,
    name: Callable[[str, Curriculum], str],
) -> str:
    """Lessons and what they are now; only the id of one that keeps its title.

    Args:
        name: What a lesson is called.
    """
    verb = "is" if len(before) == 1 else "are"
    now = few([name(each, new) for each in after])
    if len(before) == len(after) == 1:
        was, became = old.lessons[before[0]], new.lessons[after[0]]
        if was.title == became.title:
            now = short_id(after[0], new)
    return f"{few([name(each, old) for each in before])} {verb} {now} now"


def is_single(full: str, curriculum: Curriculum) -> bool:
    """Tell whether an id is that of a module whose only lesson says it all."""
    module = curriculum.modules.get(full)
    return module is not None and len(module.lessons) == 1


def place_line(was: Sequence[str], became: Sequence[str]) -> str:
    """What modules or tracks became."""
    if len(was) > 1:
        return f"merged: {few(was)} are {few(became)} now"
    return (
        f"{'split' if len(became) > 1 else 'renamed'}: {few(was)} is {few(became)} now"
    )


def replaced_line(lesson: str, old: Curriculum, new: Curriculum) -> str:
    """A lesson whose id is that of another one now."""
    became = clean(new.lessons[lesson].title, LONGEST_NAME)
    return f"{title_of(lesson, old)} is {became} now, under the same id"


def unclear_line(unclear: Unclear, old: Curriculum, new: Curriculum) -> str:
    """A lesson with what it may be, by the ids to type."""
    may = ", ".join(short_id(each, new) for each in unclear.candidates)
    return f"{title_of(unclear.lesson, old)} may be: {may}"


def grouped(
    changed: Mapping[str, tuple[str, ...]],
) -> list[tuple[list[str], tuple[str, ...]]]:
    """Lessons that became the same ones, together."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for before, after in changed.items():
        groups.setdefault(after, []).append(before)
    return [(before, after) for after, before in groups.items()]


def kind_of(
    before: list[str], after: tuple[str, ...], old: Curriculum, new: Curriculum
) -> str:
    """The kind of a change, as the file calls it.

    Where modules have one lesson each, as rows of a table do, another module is no
    other place.
    """
    if len(before) > 1:
        return "merged"
    if len(after) > 1:
        return "split"
    was, became = before[0].rpartition("/")[0], after[0].rpartition("/")[0]
    ids = short_id(before[0], old) + short_id(after[0], new)
    return "renamed" if was == became or "/" not in ids else "moved"


def named(what: str, ids: tuple[str, ...], curriculum: Curriculum) -> Iterator[str]:
    """Lessons or tracks by title."""
    if ids:
        yield f"{what}: {few(titled(ids, curriculum))}"


def few(names: Sequence[str]) -> str:
    """Names in one list; of many the first, and how many more there are.

    Names with commas stand between semicolons.
    """
    more = len(names) - MOST_NAMED
    if more <= 0 and not any("," in each for each in names):
        return listed(names)
    mark = "; " if any("," in each for each in names) else ", "
    first = mark.join(names[:MOST_NAMED])
    return f"{first} and {more} more" if more > 0 else first


def titled(ids: Iterable[str], curriculum: Curriculum) -> list[str]:
    """Titles with ids."""
    return [title_of(each, curriculum) for each in ids]


def title_of(full: str, curriculum: Curriculum) -> str:
    """A title, cut if it is a paragraph, with its id without the curriculum's."""
    pools = (curriculum.lessons, curriculum.modules, curriculum.tracks)
    thing = next((pool[full] for pool in pools if full in pool), None)
    own = short_id(full, curriculum)
    return f"{clean(thing.title, LONGEST_NAME)} ({own})" if thing else own


def short_id(full: str, curriculum: Curriculum) -> str:
    """An id without the curriculum's; of a module's only lesson that of the module."""
    lesson = curriculum.lessons.get(full)
    is_single = lesson and len(curriculum.modules[lesson.module].lessons) == 1
    return own_part(lesson.module if lesson and is_single else full)


def minutes_changes(compared: Comparison) -> Iterator[str]:
    """Required minutes of the tracks, before and after."""
    for each in compared.tracks:
        if each.before is None or each.after is None or each.before == each.after:
            continue
        more = each.after - each.before
        what = f"{spoken_minutes(abs(more))} {'more' if more > 0 else 'less'}"
        after = spoken_minutes(each.after)
        yield f"required in {own_part(each.track)}: {what}, {after} now"
