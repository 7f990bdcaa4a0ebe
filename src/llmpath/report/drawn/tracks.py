"""`tracks` and `show TRACK`: what one can start."""

from __future__ import annotations

from rich.text import Text

from llmpath.core.summary import TrackSummary
from llmpath.report.drawn.layout import (
    INDENT,
    facts,
    headline,
    joined,
    sections,
    words,
    wrapped,
)
from llmpath.report.drawn.look import Look
from llmpath.report.drawn.phrases import rough_hours
from llmpath.report.drawn.pieces import command, id_text
from llmpath.report.drawn.theme import Role
from llmpath.report.phrases import counted, document_words
from llmpath.report.views.progress import TracksView


def tracks_lines(view: TracksView, look: Look) -> list[Text]:
    """Every track, and how to start one."""
    if not view.tracks:
        return [words("No tracks.")]
    first = next((each for each in view.tracks if not each.is_active), view.tracks[0])
    name = id_text(first.track.id).plain
    return sections(
        *(summary_lines(each, look) for each in view.tracks),
        facts(
            [
                ("start", command(f"llmpath start --track {name}")),
                ("look", command(f"llmpath show {name}")),
            ],
            look.width,
        ),
    )


def summary_lines(summary: TrackSummary, look: Look) -> list[Text]:
    """A track: what it is, how long it takes, what it costs."""
    track = summary.track
    return [
        *track_heading(summary, look),
        *wrapped(words(track.summary), look.prose, indent=INDENT),
        *facts(track_facts(summary), look.prose, indent=INDENT),
    ]


def track_heading(summary: TrackSummary, look: Look) -> list[Text]:
    """Title, id, and how much of it is done."""
    title = words((summary.track.title, Role.HEADING), "  ", id_text(summary.track.id))
    return headline(title, state_text(summary, look), look.prose)


def state_text(summary: TrackSummary, look: Look) -> Text:
    """Whether a track is active, and how many of its lessons are done."""
    done = ""
    if summary.done_lessons:
        done = f"{summary.done_lessons} of {counted(summary.lessons, 'lesson')} done"
    active = Text()
    if summary.is_active:
        active = words((f"{look.glyphs.today} active", Role.READY))
    return joined([active, words(done)], ", ")


def track_facts(summary: TrackSummary) -> list[tuple[str, Text]]:
    """Hours, size and cost of a track."""
    size = (
        f"{counted(summary.lessons, 'lesson')} in {counted(summary.modules, 'module')}"
    )
    optional = summary.optional_minutes
    return [
        ("document", words(document_words(summary.track))),
        ("sum", words(f"{rough_hours(summary.minutes)}, {size}")),
        ("optional", words(f"{rough_hours(optional)} more" if optional else "")),
        ("costs", cost_text(summary.paid_minutes, "money")),
        ("needs", gpu_text(summary)),
    ]


def cost_text(minutes: int, what: str) -> Text:
    """How many hours cost something; nothing for none."""
    if not minutes:
        return Text()
    return words((f"{what} for {rough_hours(minutes)} of it", Role.DUE))


def gpu_text(summary: TrackSummary) -> Text:
    """How many hours need a GPU, and for how many no source says."""
    unknown = summary.unknown_minutes
    says = f"no source says for {rough_hours(unknown)}" if unknown else ""
    known = cost_text(summary.gpu_minutes, "a GPU")
    if says and not known.plain:
        says = f"no GPU as far as is known; {says}"
    return joined([known, words(says)], "; ")
