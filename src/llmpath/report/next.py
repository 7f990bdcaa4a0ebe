"""`next`: what to study now; a document, then sentences, one fact a line."""

from __future__ import annotations

from llmpath.report.agenda import agenda_objects, return_object
from llmpath.report.agenda_phrases import agenda_facts, return_facts
from llmpath.report.parts import Document, iso, schema
from llmpath.report.phrases import facts
from llmpath.report.views.next import NextView


def next_document(view: NextView) -> Document:
    """The document of `next`."""
    agenda = view.agenda
    return {
        **schema("next"),
        "today": iso(agenda.today),
        "lessons": agenda_objects(agenda),
        "reviews_due": None,
        "state": str(agenda.state),
        "today_minutes": agenda.today_minutes,
        "next_day": iso(agenda.following),
        "returning": return_object(view.returning),
    }


def next_sentences(view: NextView) -> list[str]:
    """What to study now; after time away first where one stopped."""
    agenda = view.agenda
    return facts(return_facts(view.returning, agenda.today), agenda_facts(agenda))
