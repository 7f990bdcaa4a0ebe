"""What `curriculum check` found: `curriculum check`."""

from __future__ import annotations

from llmpath.errors import fault_line
from llmpath.report.parts import Document, schema
from llmpath.report.phrases import counted, facts, listed
from llmpath.report.views.data import CheckedFile, CheckView


def check_document(view: CheckView) -> Document:
    """The document of `curriculum check`; of several files no id stands above them."""
    only = view.files[0].curriculum if len(view.files) == 1 else None
    return {
        **schema("curriculum-check"),
        "curriculum": only,
        "applied": False,
        "lessons": sum(each.lessons for each in view.files),
        "faults": [each._asdict() for each in view.faults],
        "changes": [],
        "advice": [each._asdict() for each in view.advice],
        "files": [each._asdict() for each in view.files],
    }


def check_sentences(view: CheckView) -> list[str]:
    """Each file with what there is in it, then the advice."""
    return facts(
        (
            fact
            for each in view.files
            for fact in (f"{each.file} is in order.", file_words(each))
        ),
        (f"Advice: {fault_line(each)}" for each in view.advice),
    )


def file_words(checked: CheckedFile) -> str:
    """A curriculum's title and edition, and how much there is in it."""
    parts = (
        counted(checked.tracks, "track"),
        counted(checked.modules, "module"),
        counted(checked.lessons, "lesson"),
    )
    return f"{checked.title}, edition {checked.edition}: {listed(parts)}."
