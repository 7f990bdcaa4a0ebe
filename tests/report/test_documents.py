"""What all documents and all sentences have in common."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest

from llmpath.core.searching import search
from llmpath.report.changes import (
    change_document,
    change_sentences,
    history_document,
    history_sentences,
    notes_document,
    notes_sentences,
    undo_document,
    undo_sentences,
)
from llmpath.report.checking import check_document, check_sentences
from llmpath.report.contents import (
    list_document,
    list_sentences,
    search_document,
    search_sentences,
)
from llmpath.report.curricula import (
    add_document,
    add_sentences,
    curricula_document,
    curricula_sentences,
)
from llmpath.report.data import (
    config_document,
    config_sentences,
    doctor_document,
    doctor_sentences,
    export_document,
    export_sentences,
    import_document,
    import_sentences,
)
from llmpath.report.links import (
    links_document,
    links_sentences,
    replaced_document,
    replaced_sentences,
)
from llmpath.report.look import (
    status_document,
    status_sentences,
    tracks_document,
    tracks_sentences,
)
from llmpath.report.next import next_document, next_sentences
from llmpath.report.parts import Document
from llmpath.report.path import path_document, path_sentences
from llmpath.report.plain import plain_report
from llmpath.report.planning import (
    hours_document,
    hours_sentences,
    plan_document,
    plan_sentences,
    target_document,
    target_sentences,
)
from llmpath.report.show import (
    show_document,
    show_sentences,
    show_track_document,
    show_track_sentences,
)
from llmpath.report.start import start_document, start_sentences
from llmpath.report.sync import sync_document, sync_sentences
from llmpath.report.timer import (
    open_document,
    open_sentences,
    timer_document,
    timer_sentences,
)
from llmpath.report.today import empty_today_document, today_document, today_sentences
from llmpath.report.views.changes import HistoryView, OpenView, TimerView, UndoView
from llmpath.report.views.contents import ListView, SearchView
from llmpath.report.views.data import ConfigView, ExportView, ImportView, Setting
from llmpath.report.views.progress import TracksView
from tests.builders import TODAY
from tests.report.course import FIRST_WEEK, POST, RLHF, done
from tests.report.example_views import (
    CHANGED,
    CHECKED,
    DAMAGED,
    DIFFERING,
    EXCHANGED,
    FITS,
    IMPORTED,
    KEPT,
    LINKS,
    LOGGED,
    NEXT_YEAR,
    ONE_OF_THREE,
    REPLACED,
    STILL_DONE,
    a_change,
    a_notes_view,
    a_start_view,
    a_track_view,
    listed,
    next_on,
    plan_on,
    shown,
    status_on,
    today_on,
    track_summary,
)
from tests.report.examples import (
    ATTENTION,
    CURRICULUM,
    HEADS,
    SCORES,
    SHORT,
    TUNING,
    a_start,
    completed,
)
from tests.report.situations import path_view

LATER = (NEXT_YEAR, a_start(target=TODAY), completed(SCORES.id))
NEXT, TODAY_VIEW, STATUS = next_on(*LATER), today_on(*LATER), status_on(*LATER, weeks=2)
CHANGE = a_change("done", SCORES.id, HEADS.id)._replace(
    questions=((ATTENTION, ATTENTION.outcomes),)
)
UNDONE = UndoView(
    "undo", "r2", "r1", "done x", ONE_OF_THREE, is_dry_run=False, still_done=STILL_DONE
)
LIST = ListView(SHORT, None, (listed(ATTENTION, 1), listed(TUNING, 1)))
MODULE, LESSON = shown(TUNING), shown(ATTENTION, HEADS)
TIMER = TimerView("status", HEADS, None, None, None, ())
CONFIG = ConfigView((Setting("color", "auto", "default", "Colour."),), ())
HITS = SearchView("e", tuple(search("e", CURRICULUM)))
IMPORT = ImportView("import", "llmpath", True, 3, (), ())  # noqa: FBT003 - the value's field
PATH = path_view(RLHF, done(2, TODAY, "illustrated-transformer/self-attention-detail"))
PATH_BEHIND = path_view(POST.lessons[1], *FIRST_WEEK)

DOCUMENTS = [
    next_document(NEXT),
    today_document(TODAY_VIEW),
    empty_today_document(TODAY),
    start_document(a_start_view()),
    change_document(CHANGE),
    notes_document(a_notes_view()),
    undo_document(UNDONE),
    history_document(HistoryView((LOGGED,), 1)),
    timer_document(TIMER),
    open_document(OpenView(HEADS.id, HEADS.url or "", True)),  # noqa: FBT003 - the value's field
    plan_document(plan_on(*LATER)),
    hours_document(CHANGED),
    target_document(FITS),
    path_document(PATH),
    path_document(PATH_BEHIND),
    status_document(STATUS),
    tracks_document(TracksView((track_summary(),))),
    list_document(LIST),
    show_document(MODULE),
    show_document(LESSON),
    show_track_document(a_track_view(is_active=True)),
    search_document(HITS),
    config_document(CONFIG),
    doctor_document(DAMAGED),
    export_document(ExportView("plan.ics", "ics", 3)),
    import_document(IMPORT),
    curricula_document(KEPT),
    add_document(IMPORTED),
    check_document(CHECKED),
    links_document(LINKS),
    replaced_document(REPLACED),
    sync_document(EXCHANGED),
    sync_document(DIFFERING),
]
SENTENCES = [
    next_sentences(NEXT),
    today_sentences(TODAY_VIEW),
    start_sentences(a_start_view()),
    change_sentences(CHANGE),
    notes_sentences(a_notes_view()),
    undo_sentences(UNDONE),
    history_sentences(HistoryView((LOGGED,), 1)),
    timer_sentences(TIMER),
    open_sentences(OpenView(HEADS.id, HEADS.url or "", True)),  # noqa: FBT003 - the value's field
    plan_sentences(plan_on(*LATER, weeks=3)),
    hours_sentences(CHANGED),
    target_sentences(FITS),
    path_sentences(PATH),
    path_sentences(PATH_BEHIND),
    status_sentences(STATUS),
    tracks_sentences(TracksView((track_summary(),))),
    list_sentences(LIST),
    show_sentences(MODULE),
    show_sentences(LESSON),
    show_track_sentences(a_track_view(is_active=False)),
    search_sentences(HITS),
    config_sentences(CONFIG),
    doctor_sentences(DAMAGED),
    export_sentences(ExportView("plan.ics", "ics", 3)),
    import_sentences(IMPORT),
    curricula_sentences(KEPT),
    add_sentences(IMPORTED),
    check_sentences(CHECKED),
    links_sentences(LINKS),
    replaced_sentences(REPLACED),
    sync_sentences(EXCHANGED),
    sync_sentences(DIFFERING),
]


def texts(value: object) -> Iterator[str]:
    """Every text in a document."""
    if isinstance(value, dict):
        for each in value.values():
            yield from texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)
    elif isinstance(value, str):
        yield value


def keys(value: object) -> Iterator[tuple[str, object]]:
    """Every key in a document, with its value."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield key, each
            yield from keys(each)
    elif isinstance(value, list):
        for each in value:
            yield from keys(each)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda each: each["schema"])
class TestEveryDocument:
    def test_begins_with_its_schema_and_survives_json(self, document: Document) -> None:
        assert next(iter(document)) == "schema"
        assert re.fullmatch(r"llmpath/[a-z-]+/1", str(document["schema"]))
        assert json.loads(json.dumps(document)) == document

    def test_shows_no_id_of_the_bundled_curriculum_in_full(
        self, document: Document
    ) -> None:
        assert not [each for each in texts(document) if each.startswith("llmpath:")]

    def test_has_whole_minutes(self, document: Document) -> None:
        minutes = [value for key, value in keys(document) if key.endswith("minutes")]
        assert all(
            value is None or (isinstance(value, int | dict) and value is not True)
            for value in minutes
        )

    def test_has_plain_lines_without_line_breaks(self, document: Document) -> None:
        lines = plain_report(document)
        assert lines or not document.get("lessons")
        assert all(line.splitlines() in ([line], []) for line in lines)


@pytest.mark.parametrize("sentences", SENTENCES, ids=lambda each: each[0])
class TestAllSentences:
    def test_are_single_lines_without_padding_or_columns(
        self, sentences: list[str]
    ) -> None:
        for line in sentences:
            assert line == " ".join(line.split())
            assert line.isprintable()

    def test_have_no_bullets_boxes_arrows_or_exclamation_marks(
        self, sentences: list[str]
    ) -> None:
        assert not [each for each in sentences if re.search(r"[!%│─→•*|]|->", each)]
        assert not [each for each in sentences if each[0] in "-*"]

    def test_write_units_and_days_as_words(self, sentences: list[str]) -> None:
        own = [
            each
            for each in sentences
            if not each.startswith(("To ", "Or ", "done ", "Done ", "Link"))
        ]
        assert not [each for each in own if re.search(r"\d ?(h|min|m)\b", each)]
        assert not [each for each in own if re.search(r"\d{4}-\d\d-\d\d", each)]

    def test_blame_nobody(self, sentences: list[str]) -> None:
        words = r"\b(late|overdue|missed|failed|backlog|should|must|great|well done)\b"
        said = [each for each in sentences if each != "Nothing is overdue."]
        assert not [each for each in said if re.search(words, each.lower())]
