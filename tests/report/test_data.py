from __future__ import annotations

import pytest

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
from llmpath.report.views.data import ConfigView, ExportView, ImportView, Setting
from tests.report.example_views import DAMAGED, WELL
from tests.report.examples import as_text


def test_config_shows_each_setting_with_where_it_comes_from() -> None:
    setting = Setting("plan.buffer", "0.15", "default", "Share of each week kept free.")
    view = ConfigView((setting,), ("Set plan.buffer.",))
    assert as_text(config_document(view)) == as_text(
        {
            "schema": "llmpath/config/1",
            "settings": [
                {
                    "key": "plan.buffer",
                    "value": "0.15",
                    "origin": "default",
                    "help": "Share of each week kept free.",
                }
            ],
        }
    )
    assert config_sentences(view) == [
        "Set plan.buffer.",
        "plan.buffer: 0.15, from default. Share of each week kept free.",
    ]


def test_doctor_is_ok_if_every_check_is_and_no_damage_costs_anything() -> None:
    assert as_text(doctor_document(DAMAGED)) == as_text(
        {
            "schema": "llmpath/doctor/1",
            "ok": False,
            "version": "1.2.0",
            "paths": {"data": "/d", "state": "/s"},
            "checks": [
                {"name": "journal", "ok": True, "detail": ""},
                {"name": "disk", "ok": False, "detail": "almost full"},
            ],
            "damaged": [
                {
                    "file": "/d/a.jsonl",
                    "line": 3,
                    "byte": 120,
                    "reason": "checksum",
                    "whole": True,
                    "accepted": False,
                },
                {
                    "file": "/d/b.jsonl",
                    "line": 0,
                    "byte": 0,
                    "reason": "cannot be read",
                    "whole": False,
                    "accepted": False,
                },
            ],
            "restored": None,
            "copied": None,
            "advice": None,
        }
    )
    assert doctor_document(WELL)["ok"] is True


def test_damage_by_which_nothing_is_lost_is_named_and_in_order() -> None:
    view = WELL._replace(damaged=DAMAGED.damaged[:1], said=("Restored.",), restored=1)

    assert doctor_document(view)["ok"] is True
    assert doctor_sentences(view)[:3] == [
        "Restored.",
        "Everything is in order.",
        "Damaged: /d/a.jsonl, line 3, byte 120, checksum; nothing is lost by it",
    ]


def test_doctor_says_first_whether_all_is_well_and_last_where_things_are() -> None:
    assert doctor_sentences(WELL) == [
        "Everything is in order.",
        "Version: 1.2.0",
        "Place of data: /d",
        "Place of state: /s",
    ]
    assert doctor_sentences(DAMAGED)[:5] == [
        "Something needs attention.",
        "journal: in order",
        "disk: needs attention, almost full",
        "Damaged: /d/a.jsonl, line 3, byte 120, checksum; nothing is lost by it",
        "Damaged: /d/b.jsonl, cannot be read",
    ]


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        ("plan.csv", "Written to plan.csv: 1 item as csv"),
        (None, "Written to stdout: 1 item as csv"),
    ],
)
def test_export_names_the_file_or_stdout(file: str | None, sentence: str) -> None:
    view = ExportView(file, "csv", 1)
    assert as_text(export_document(view)) == as_text(
        {
            "schema": "llmpath/export/1",
            "file": file,
            "format": "csv",
            "items": 1,
            "added_items": None,
            "changed_items": None,
            "cancelled_items": None,
        }
    )
    assert export_sentences(view) == [sentence]


def test_export_says_what_of_a_calendar_is_not_as_it_was() -> None:
    view = ExportView("plan.ics", "ics", 9, added=0, changed=3, cancelled=2)
    assert export_sentences(view) == [
        "Written to plan.ics: 9 items as ics",
        "Changed: 3",
        "Cancelled: 2",
    ]


def test_import_says_what_was_taken_and_names_each_change() -> None:
    view = ImportView(
        "import",
        "llmpath",
        is_applied=True,
        lessons=12,
        said=("Added 3 records.",),
        changes=("a renamed to b",),
    )
    assert as_text(import_document(view)) == as_text(
        {
            "schema": "llmpath/import/1",
            "curriculum": "llmpath",
            "applied": True,
            "lessons": 12,
            "faults": [],
            "changes": ["a renamed to b"],
        }
    )
    assert import_sentences(view) == ["Added 3 records.", "Change: a renamed to b"]


def test_a_dry_run_of_import_says_that_nothing_was_written() -> None:
    view = ImportView("import", "own", is_applied=False, lessons=1, said=(), changes=())
    assert import_sentences(view) == ["Read: 1 lesson of own", "Nothing was written."]
