"""Phases and modules with their progress, condensed so that they fit a screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.text import Text

from llmpath.core.counting import Tally
from llmpath.core.summary import ModuleSummary, PhaseSummary
from llmpath.named_tuple import NamedTuple
from llmpath.report.drawn.layout import (
    INDENT,
    joined,
    padded,
    sections,
    shortened,
    toned,
    words,
    wrapped,
)
from llmpath.report.drawn.look import Look
from llmpath.report.drawn.phrases import percent_words, rough_hours
from llmpath.report.drawn.pieces import STATUS_ROLES, hint, id_text
from llmpath.report.drawn.tables import CUT, FIGURE, FIXED, bar, column_widths, table
from llmpath.report.drawn.theme import Role
from llmpath.report.phrases import STATUS_WORDS, counted

MOST_ROWS = 22
"""So many modules fit a screen of 40 lines with all that stands around them."""

_AIRY_LINES = 28
"""Up to so many lines there is room for blank ones between the phases."""

_COLUMNS = (CUT, FIXED, FIGURE, FIGURE)
_CLOSED = frozenset({"done", "skipped"})
_BEGUN = frozenset({"done", "active"})
_PERCENT = len("100 %")


class _Zone(NamedTuple):
    """The middle column: how long its bars and its words may be."""

    bar: int
    words: int


def phase_lines(phases: Sequence[PhaseSummary], look: Look) -> list[Text]:
    """Every phase; those far from the present one in a single line if need be."""
    if not phases:
        return []
    opened = opened_phases(phases)
    heads = {phase.id: phase_cells(phase, look) for phase in phases}
    rows = {
        phase.id: [module_cells(each, look) for each in shown_modules(phase)]
        for phase in phases
        if phase.id in opened
    }
    flat = [*heads.values(), *(row for each in rows.values() for row in each)]
    widths = column_widths(flat, _COLUMNS, look.width)
    blocks = [
        [
            *table(
                [heads[phase.id], *rows.get(phase.id, ())],
                _COLUMNS,
                look.width,
                look.glyphs,
                widths=widths,
            ),
            *(optional_lines(phase, look) if phase.id in opened else ()),
        ]
        for phase in phases
    ]
    blocks.append(more_lines(phases, opened))
    if sum(map(len, blocks)) + len(blocks) <= _AIRY_LINES:
        return sections(*blocks)
    return [line for block in blocks for line in block]


def opened_phases(phases: Sequence[PhaseSummary]) -> set[str]:
    """The phases to show with their modules: from the present one on, while it fits."""
    present = next((nth for nth, each in enumerate(phases) if not is_finished(each)), 0)
    order = [*phases[present:], *reversed(phases[:present])]
    opened = {order[0].id}
    room = MOST_ROWS - row_count(order[0])
    for phase in order[1:]:
        room -= row_count(phase)
        if room < 0:
            break
        opened.add(phase.id)
    return opened


def is_finished(phase: PhaseSummary) -> bool:
    """Tell whether nothing is left in a phase."""
    return phase.tally.done_lessons == phase.tally.lessons


def row_count(phase: PhaseSummary) -> int:
    """How many lines a phase's modules take, about."""
    own = [each for each in phase.modules if not is_aside(each)]
    return len(own) + (len(own) < len(phase.modules))


def is_aside(summary: ModuleSummary) -> bool:
    """Tell whether a module is an optional one that the learner has not touched."""
    untouched = not summary.tally.lessons and summary.status not in _BEGUN
    return summary.optional and untouched


def shown_modules(phase: PhaseSummary) -> list[ModuleSummary]:
    """A phase's modules but the untouched optional ones; of many, those not done."""
    own = [each for each in phase.modules if not is_aside(each)]
    if len(own) <= MOST_ROWS:
        return own
    still = [each for each in own if each.status not in _CLOSED]
    return still[:MOST_ROWS]


def phase_cells(phase: PhaseSummary, look: Look) -> tuple[Text, Text, Text, Text]:
    """A phase's line."""
    title = words((phase.title, Role.HEADING))
    word = words(("done", Role.DONE)) if phase.tally.percent == 100 else Text()
    return (title, zone_text(phase.tally, word, look), *figures(phase.tally, look))


def module_cells(summary: ModuleSummary, look: Look) -> tuple[Text, Text, Text, Text]:
    """A module's line: its status as a glyph and as a word."""
    status = summary.status
    role = STATUS_ROLES[status]
    mark = "optional: " if summary.optional else ""
    title = words(
        " " * INDENT,
        (f"{look.glyphs.of_status(status)} ", role),
        (mark, Role.LATER),
        (summary.module.title, Role.LATER if role is Role.LATER else Role.PLAIN),
    )
    if status == "blocked" and not summary.tally.done_minutes:
        zone = later_text(summary, look)
    else:
        zone = zone_text(summary.tally, words((STATUS_WORDS[status], role)), look)
    lessons, hours = figures(summary.tally, look)
    if role is Role.LATER:
        lessons, hours = toned(lessons, role), toned(hours, role)
    return title, zone, lessons, hours


def zone_of(look: Look) -> _Zone:
    """Bars and words by the width of the screen; no bar on a narrow one."""
    if look.is_narrow:
        return _Zone(bar=0, words=_PERCENT + 8)
    if look.is_wide:
        return _Zone(bar=20, words=42)
    return _Zone(bar=10 if look.width >= 72 else 6, words=26)


def zone_text(tally: Tally, word: Text, look: Look) -> Text:
    """Bar, percent and word."""
    if not tally.lessons:
        return word
    size = zone_of(look).bar
    picture = bar(tally.done_minutes, tally.minutes, size, look.glyphs, Role.DONE)
    percent = padded(words(percent_words(tally.percent)), _PERCENT, right=True)
    return joined([picture, percent, word], " ")


def later_text(summary: ModuleSummary, look: Look) -> Text:
    """What a module waits for first, by title, as far as there is room."""
    if not summary.waits or look.is_narrow:
        return words(("later", Role.LATER))
    text = words((f"later: after {summary.waits[0].title}", Role.LATER))
    return shortened(text, zone_of(look).words, look.glyphs)


def figures(tally: Tally, look: Look) -> tuple[Text, Text]:
    """Lessons and hours."""
    if look.is_narrow or not tally.lessons:
        return Text(), Text()
    lessons = words(f"{tally.done_lessons}/{tally.lessons}")
    if look.width < 72:
        return lessons, Text()
    return lessons, words(rough_hours(tally.minutes))


def optional_lines(phase: PhaseSummary, look: Look) -> list[Text]:
    """The untouched optional modules of a phase, by id."""
    ids = [id_text(each.module.id) for each in phase.modules if is_aside(each)]
    if not ids:
        return []
    text = words(("+ optional: ", Role.LATER), joined(ids, (", ", Role.LATER)))
    return wrapped(text, look.width, indent=INDENT, hang=INDENT)


def more_lines(phases: Iterable[PhaseSummary], opened: set[str]) -> list[Text]:
    """How to see what was condensed."""
    hidden = sum(
        len([each for each in phase.modules if not is_aside(each)])
        - (len(shown_modules(phase)) if phase.id in opened else 0)
        for phase in phases
    )
    if not hidden:
        return []
    return [hint(f"{counted(hidden, 'more module')}: llmpath list")]
