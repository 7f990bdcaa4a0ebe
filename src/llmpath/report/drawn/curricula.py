"""`curriculum list`, `show`, `add`, `update`, `remove`."""

from __future__ import annotations

from rich.text import Text

from llmpath.core.curriculum import BUNDLED, shown_id
from llmpath.core.summary import TrackSummary
from llmpath.report.curricula import (
    MOST_LISTED,
    MOST_OF_A_KIND,
    guess_words,
    left_out_sentences,
    size_words,
)
from llmpath.report.drawn.layout import (
    GAP,
    INDENT,
    facts,
    indented,
    sections,
    words,
    wrapped,
)
from llmpath.report.drawn.look import Look
from llmpath.report.drawn.phrases import rough_hours
from llmpath.report.drawn.pieces import command, hint, id_text, listing, said_lines
from llmpath.report.drawn.tables import FIXED, WRAPPED, table
from llmpath.report.drawn.theme import Role
from llmpath.report.drawn.tracks import summary_lines
from llmpath.report.phrases import counted
from llmpath.report.views.curricula import (
    AddView,
    CurriculaView,
    CurriculumSummary,
    LinkView,
)

SHORTEST_TITLE = 16
"""Columns; with less room beside the id a title stands below it."""


def curricula_lines(view: CurriculaView, look: Look) -> list[Text]:
    """Each curriculum with its tracks, and what to type."""
    if view.command == "curriculum-show":
        return sections(*show_blocks(view.curricula[0], look))
    return sections(
        *(list_lines(each, look) for each in view.curricula),
        facts(
            [
                ("look", command("llmpath curriculum show ID")),
                ("add", command("llmpath curriculum add FILE")),
            ],
            look.width,
        ),
    )


def list_lines(summary: CurriculumSummary, look: Look) -> list[Text]:
    """A curriculum: name, edition, size, tracks."""
    return [*head_lines(summary, look), *track_table(summary.tracks, look)]


def show_blocks(summary: CurriculumSummary, look: Look) -> list[list[Text]]:
    """A curriculum, and each of its tracks in full."""
    tracks = [summary_lines(each, look) for each in summary.tracks]
    file = [("file", words(summary.file or ""))]
    return [
        [*head_lines(summary, look), *facts(file, look.width, indent=INDENT)],
        *tracks,
    ]


def head_lines(summary: CurriculumSummary, look: Look) -> list[Text]:
    """Title and id, edition and size."""
    curriculum = summary.curriculum
    if curriculum is None:
        text = f"{look.glyphs.warning} not here: {summary.file}"
        lost = wrapped(words((text, Role.WARNING)), look.prose, indent=INDENT)
        return [words((summary.id, Role.HEADING)), *lost]
    bundled = ", comes with the program" if summary.id == BUNDLED else ""
    size = f"edition {summary.edition}, {size_words(summary)}{bundled}"
    title = words((curriculum.title, Role.HEADING), "  ", (summary.id, Role.ID))
    return [
        *wrapped(title, look.prose),
        *wrapped(hint(size), look.prose, indent=INDENT),
    ]


def track_table(tracks: tuple[TrackSummary, ...], look: Look) -> list[Text]:
    """Id, hours and title of tracks; the title below where the rest leaves no room."""
    rows = [
        (
            id_text(each.track.id),
            words(rough_hours(each.minutes)),
            words((each.track.title, Role.LATER)),
        )
        for each in tracks
    ]
    width = look.width - INDENT
    beside = sum(max((row[at].cell_len for row in rows), default=0) for at in (0, 1))
    if width - beside - 2 * GAP < SHORTEST_TITLE:
        return [line for row in rows for line in stacked(*row, look.width)]
    return indented(table(rows, (FIXED, FIXED, WRAPPED), width, look.glyphs))


def stacked(name: Text, hours: Text, title: Text, width: int) -> list[Text]:
    """A track's id with its title below; its hours are beside either."""
    head = words(name, " " * GAP, hours)
    if head.cell_len > width - INDENT:
        head, title = name, words(hours, " " * GAP, title)
    return [*indented([head]), *wrapped(title, width, indent=2 * INDENT)]


def add_lines(view: AddView, look: Look) -> list[Text]:
    """What was done; what was read, guessed and left out; the tracks; what to type."""
    return sections(
        said_lines(view.said, look),
        listing("Changes", some(view.changes), look),
        listing("Understood", view.understood, look),
        listing("Guessed", view.guessed, look),
        listing("Left out", left_out_sentences(view.left_out, MOST_OF_A_KIND), look),
        effort_lines(view, look),
        listing("In another curriculum too", some(map_links(view.links)), look),
        track_table(view.summary.tracks, look),
        start_lines(view, look),
    )


def some(texts: tuple[str, ...] | list[str]) -> list[str]:
    """The first of many sentences, and how many more there are."""
    if len(texts) <= MOST_LISTED:
        return [*texts]
    return [*texts[:MOST_LISTED], f"{len(texts) - MOST_LISTED} more, with --json"]


def map_links(links: tuple[LinkView, ...]) -> list[str]:
    """The lessons that stand in two curricula, by title."""
    return [f"{each.title} ({each.lesson} and {each.other})" for each in links]


def effort_lines(view: AddView, look: Look) -> list[Text]:
    """What the hours rest on."""
    effort = view.effort
    if effort is None:
        return []
    guess = guess_words(effort, rough_hours) if effort.guessed_lessons else ""
    return facts(
        [
            ("stated", words(rough_hours(effort.read) if effort.read else "")),
            ("estimate", words(guess)),
            ("ticked", words(counted(view.ticks, "lesson") if view.ticks else "")),
            ("skipped", words(counted(view.skips, "lesson") if view.skips else "")),
        ],
        look.prose,
    )


def start_lines(view: AddView, look: Look) -> list[Text]:
    """How to go on."""
    if (
        view.event is None
        or not view.summary.tracks
        or view.command != "curriculum-add"
    ):
        return []
    first = shown_id(view.summary.tracks[0].track.id)
    return facts([("start", command(f"llmpath start --track {first}"))], look.width)
