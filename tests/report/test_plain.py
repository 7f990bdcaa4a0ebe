from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.report.changes import notes_document
from llmpath.report.contents import list_document
from llmpath.report.data import doctor_document
from llmpath.report.look import status_document
from llmpath.report.next import next_document
from llmpath.report.parts import Document
from llmpath.report.plain import plain_lines, plain_report
from llmpath.report.planning import hours_document
from llmpath.report.show import show_document
from llmpath.report.views.contents import ListView
from tests.builders import TODAY
from tests.report.example_views import (
    CHANGED,
    DAMAGED,
    a_notes_view,
    listed,
    next_on,
    shown,
    status_on,
)
from tests.report.examples import (
    ATTENTION,
    MONDAY,
    SCORES,
    SHORT,
    TUNING,
    a_start,
    completed,
)

KEYS = st.text(string.ascii_lowercase, min_size=1, max_size=8).filter(
    lambda key: key != "schema"
)
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=20))
WORDS = st.text(string.ascii_letters + " .:/", max_size=20)


@given(st.dictionaries(KEYS, st.one_of(SCALARS, st.lists(SCALARS)), min_size=1))
def test_a_flat_document_is_one_line_with_a_field_a_key(document: Document) -> None:
    (line,) = plain_lines({"schema": "llmpath/test/1", **document}, None)
    assert line.count("\t") == len(document) - 1
    assert len(line.splitlines()) <= 1


@given(st.dictionaries(KEYS, WORDS, min_size=1))
def test_plain_words_are_read_back_by_splitting_at_tabs(document: Document) -> None:
    (line,) = plain_lines(document, None)
    assert dict(zip(document, line.split("\t"), strict=True)) == document


@given(
    st.lists(KEYS, unique=True, min_size=1),
    st.lists(st.lists(SCALARS, min_size=8, max_size=8), max_size=5),
)
def test_each_item_is_a_line_and_all_have_as_many_tabs(
    keys: list[str], rows: list[list[object]]
) -> None:
    items = [dict(zip(keys, row, strict=False)) for row in rows]
    lines = plain_lines({"items": items}, "items")
    assert len(lines) == len(items)
    assert {line.count("\t") for line in lines} <= {min(len(keys), 8) - 1}


@given(st.lists(st.lists(WORDS, min_size=1), min_size=1))
def test_a_list_inside_a_list_begins_with_the_id_of_what_holds_it(
    names: list[list[str]],
) -> None:
    document: Document = {
        "outer": [
            {"id": f"m{nth}", "rest": "x", "inner": [{"name": each} for each in inner]}
            for nth, inner in enumerate(names)
        ]
    }
    assert plain_lines(document, "outer.inner") == [
        f"m{nth}\t{each}" for nth, inner in enumerate(names) for each in inner
    ]


@pytest.mark.parametrize(
    ("value", "field"),
    [
        (None, ""),
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (-3, "-3"),
        ("a\tb\nc", "a b c"),
        ([], ""),
        (["a", "b"], "a,b"),
        ([60, None, True], "60,,true"),
        ([{"id": "a", "title": "A"}, {"id": "b", "title": "B"}], "a,b"),
        ({"mon": 60, "tue": None}, "60\t"),
        ({"from": {"day": 1}, "to": 2}, "1\t2"),
    ],
)
def test_each_kind_of_value_is_written_by_its_rule(value: object, field: str) -> None:
    assert plain_lines({"before": "x", "value": value, "after": "y"}, None) == [
        f"x\t{field}\ty"
    ]


def test_a_list_that_is_null_has_no_records() -> None:
    assert plain_lines({"weeks": None}, "weeks") == []


def test_next_is_a_lesson_a_line_in_the_order_of_the_keys() -> None:
    view = next_on(TODAY, a_start(), count=1)
    assert plain_report(next_document(view)) == [
        (
            "attention/scores\tattention\tAttention\tScores\thttps://example.org/scores"
            "\t\treading\t30\t30\tfalse\tfree\t\t2026-11-20\tready\ttuning"
            "\t30\t1\t1\t1\tWatch the figures.\t"
        )
    ]


def test_list_is_a_lesson_a_line_behind_its_module() -> None:
    view = ListView(SHORT, None, (listed(ATTENTION, 1), listed(TUNING, 1)))
    assert plain_report(list_document(view)) == [
        (
            "attention\tattention/scores\tScores\thttps://example.org/scores\treading\t30"
            "\tfalse\tfree\t\tdone\tfalse"
        ),
        (
            "attention\tattention/heads\tHeads\thttps://example.org/heads\tvideo\t120"
            "\tfalse\tfree\t\tready\tfalse"
        ),
        (
            "tuning\ttuning/adapters\tAdapters\thttps://example.org/adapters\tlab\t40"
            "\tfalse\tpaid\tgpu,laptop\tblocked\tfalse"
        ),
    ]


def test_status_is_itself_then_its_weeks_then_the_modules_behind_their_phases() -> None:
    document = status_document(
        status_on(MONDAY, a_start(), completed(SCORES.id), weeks=2)
    )
    assert plain_report(document) == [
        (
            "2026-11-23\tshort\tshort\t1\t3\t30\t190\t15\tshort-1,short-2\t30\t130\t0\t0"
            "\t2026-11-16,2026-11-23\t-1\t"
            "\t2026-11-24\t2026-11-30\t2026-12-07\t2026-12-10\t2026-12-15"
            "\t\t\t160\t1.2\t0.67\t0\tfalse\t2026-11-23\t2026-11-30\t2026-12-07"
            "\t\t0\tfalse\t403\t1475\t0\t0\tllmpath\t2026.11\t2026-11-20\t2026-11-25"
            "\t2026-11-24\t\t0\t"
        ),
        "2026-11-16\t60\t30\t30",
        "2026-11-23\t130\t0\t0",
        "short-1\tattention\tAttention\tactive\t1\t2\t30\t150\t20",
        "short-1\ttuning\tTuning\tblocked\t0\t1\t0\t40\t0",
        "short-2\textras\tExtras\tready\t0\t0\t0\t0\t",
    ]


def test_show_is_itself_then_its_lessons_then_its_notes() -> None:
    first, *rest = plain_report(show_document(shown(TUNING)))
    assert first.startswith("module\ttuning\tTuning\thttps://example.org/tuning\tpaid")
    assert rest == [
        (
            "tuning/adapters\tAdapters\thttps://example.org/adapters\tlab\t40\tfalse\tpaid"
            "\tgpu,laptop\tblocked\tfalse"
        ),
        "2026-11-20\tTry rank 8",
    ]


def test_doctor_is_itself_then_its_checks_then_what_is_damaged() -> None:
    assert plain_report(doctor_document(DAMAGED)) == [
        "false\t1.2.0\t/d\t/s\tjournal,disk\t/d/a.jsonl,/d/b.jsonl\t\t\t",
        "journal\ttrue\t",
        "disk\tfalse\talmost full",
        "/d/a.jsonl\t3\t120\tchecksum\ttrue\tfalse",
        "/d/b.jsonl\t0\t0\tcannot be read\tfalse\tfalse",
    ]


@pytest.mark.parametrize(
    ("command", "lines"),
    [
        (
            "hours",
            [
                (
                    "60\t0\t0\t0\t0\t180\t0\t240\t2026-11-24,2027-01-08\t2026-11-24"
                    "\t2026-11-27\tlaptop-0002\t\t2"
                )
            ],
        ),
        ("off-list", ["2026-11-24\t0", "2027-01-08\t30"]),
    ],
)
def test_hours_are_one_line_and_days_off_a_line_each(
    command: str, lines: list[str]
) -> None:
    assert plain_report(hours_document(CHANGED._replace(command=command))) == lines


def test_notes_are_a_line_each_and_a_written_note_is_one_line() -> None:
    document = notes_document(a_notes_view())
    assert plain_report(document) == ["2026-11-19\tOne line", "2026-11-20\tAnother"]
    del document["notes"]
    assert len(plain_report(document)) == 1
