"""Files and settings: `config`, `doctor`, `export`, `import`."""

from __future__ import annotations

from llmpath.report.parts import Document, schema
from llmpath.report.phrases import counted, facts
from llmpath.report.views.data import (
    ConfigView,
    DamageView,
    DoctorView,
    ExportView,
    ImportView,
)

WHOLE = "nothing is lost by it"
"""Of damage whose records are whole elsewhere."""
ACCEPTED = "taken for lost"
"""Of damage whose records are nowhere, as the learner knows."""


def config_document(view: ConfigView) -> Document:
    """The document of `config`."""
    return {
        **schema("config"),
        "settings": [each._asdict() for each in view.settings],
    }


def config_sentences(view: ConfigView) -> list[str]:
    """What was set, then each setting with where it comes from."""
    return facts(
        view.said,
        (
            f"{each.key}: {each.value}, from {each.origin}. {each.help}"
            for each in view.settings
        ),
    )


def doctor_document(view: DoctorView) -> Document:
    """The document of `doctor`."""
    return {
        **schema("doctor"),
        "ok": view.is_ok,
        "version": view.version,
        "paths": dict(view.paths),
        "checks": [
            {"name": each.name, "ok": each.is_ok, "detail": each.detail}
            for each in view.checks
        ],
        "damaged": [each._asdict() for each in view.damaged],
        "restored": view.restored,
        "copied": view.copied,
        "advice": view.advice,
    }


def doctor_sentences(view: DoctorView) -> list[str]:
    """What was repaired, whether all is well, checks, damage, then the places."""
    return facts(
        view.said,
        "Everything is in order." if view.is_ok else "Something needs attention.",
        (
            f"{each.name}: {'in order' if each.is_ok else 'needs attention'}"
            + (f", {each.detail}" if each.detail else "")
            for each in view.checks
        ),
        map(damage_fact, view.damaged),
        view.advice,
        f"Version: {view.version}",
        (f"Place of {name}: {path}" for name, path in view.paths),
    )


def damage_fact(damage: DamageView) -> str:
    """Where something is damaged, and how."""
    line = f", line {damage.line}, byte {damage.byte}" if damage.line else ""
    return f"Damaged: {damage.file}{line}, {damage_reason(damage)}"


def damage_reason(damage: DamageView) -> str:
    """How something is damaged, and what is lost by it."""
    if damage.whole:
        return f"{damage.reason}; {WHOLE}"
    return f"{damage.reason}; {ACCEPTED}" if damage.accepted else damage.reason


def export_document(view: ExportView) -> Document:
    """The document of `export`."""
    return {
        **schema("export"),
        "file": view.file,
        "format": view.format,
        "items": view.items,
        "added_items": view.added,
        "changed_items": view.changed,
        "cancelled_items": view.cancelled,
    }


def export_sentences(view: ExportView) -> list[str]:
    """What was written where, and what of a calendar is not as it was."""
    place = "stdout" if view.file is None else view.file
    return facts(
        f"Written to {place}: {counted(view.items, 'item')} as {view.format}",
        *export_changes(view),
    )


def export_changes(view: ExportView) -> list[str]:
    """What of a calendar is not as it was; nothing for other formats."""
    counts = {
        "New": view.added,
        "Changed": view.changed,
        "Cancelled": view.cancelled,
    }
    return [f"{name}: {count}" for name, count in counts.items() if count]


def import_document(view: ImportView) -> Document:
    """The document of `import`; a file with faults has none."""
    return {
        **schema(view.command),
        "curriculum": view.curriculum,
        "applied": view.is_applied,
        "lessons": view.lessons,
        "faults": [],
        "changes": list(view.changes),
    }


def import_sentences(view: ImportView) -> list[str]:
    """What was taken, or would be, or where nothing is wrong."""
    name = f" of {view.curriculum}" if view.curriculum else ""
    return facts(
        view.said or f"Read: {counted(view.lessons, 'lesson')}{name}",
        (f"Change: {each}" for each in view.changes),
        None if view.is_applied or view.command != "import" else "Nothing was written.",
    )
