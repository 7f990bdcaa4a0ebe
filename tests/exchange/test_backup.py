from __future__ import annotations

import json
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.core.events import NoteAdded, Record
from llmpath.errors import Fault, RefusedInputError
from llmpath.exchange.backup import (
    SCHEMA,
    SIZE_LIMIT,
    VALUE_LIMIT,
    Backup,
    Origin,
    backup_text,
    parse_backup,
)
from llmpath.storage.records import encode_record
from tests.builders import a_record
from tests.storage.journal_values import records, signed
from tests.strategies import law

ORIGIN = Origin("llmpath 1.0", "llmpath", "2026.11", date(2026, 11, 20))
AGAIN = "make the backup again"


def line_of(record: Record) -> str:
    return encode_record(record).decode().removesuffix("\n")


def a_backup(**changed: object) -> dict[str, Any]:
    return {"schema": SCHEMA, "app": "llmpath 1.0", "records": [], **changed}


def faults_of(document: object) -> list[Fault]:
    text = document if isinstance(document, str) else json.dumps(document)
    with pytest.raises(RefusedInputError) as refused:
        parse_backup(text.encode(errors="surrogatepass"), "a.json")
    return list(refused.value.faults)


@law(st.lists(records, max_size=4))
def test_a_backup_gives_back_every_line_byte_for_byte(written: list[Record]) -> None:
    lines = tuple(map(line_of, written))
    data = backup_text(ORIGIN, lines).encode()
    assert parse_backup(data, "a.json") == Backup("llmpath", "2026.11", lines)


@law(st.lists(records, max_size=4))
def test_a_backup_may_be_formatted_anew_by_another_program(
    written: list[Record],
) -> None:
    lines = tuple(map(line_of, written))
    document = json.loads(backup_text(ORIGIN, lines))
    for ensure_ascii in (False, True):
        text = json.dumps(document, indent=3, ensure_ascii=ensure_ascii)
        # What is no UTF-8 is no record either; the journal refuses to write it.
        data = text.encode("utf-8", "surrogatepass")
        assert parse_backup(data, "a.json").lines == lines


def test_a_backup_is_one_document_with_a_record_a_line() -> None:
    lines = [line_of(a_record(NoteAdded("llmpath:a", "one"), n=n)) for n in (1, 2)]
    assert backup_text(ORIGIN, lines) == (
        "{\n"
        '"schema": "llmpath/export/1",\n'
        '"app": "llmpath 1.0",\n'
        '"curriculum": {"id": "llmpath", "edition": "2026.11"},\n'
        '"started": "2026-11-20",\n'
        '"records": [\n'
        f"{lines[0]},\n"
        f"{lines[1]}\n"
        "],\n"
        '"curricula": []\n'
        "}\n"
    )


def test_the_backup_of_an_empty_journal_has_no_records() -> None:
    text = backup_text(ORIGIN._replace(started=None), [])
    assert json.loads(text) == {
        "schema": "llmpath/export/1",
        "app": "llmpath 1.0",
        "curriculum": {"id": "llmpath", "edition": "2026.11"},
        "started": None,
        "records": [],
        "curricula": [],
    }


def test_keys_of_a_later_version_are_passed_over() -> None:
    document = a_backup(streaks=[1])
    data = b"\xef\xbb\xbf" + json.dumps(document).encode()
    assert parse_backup(data, "a.json") == Backup(None, None, ())


def test_curricula_are_given_back_as_they_were_stored() -> None:
    texts = tuple(
        json.dumps(each, ensure_ascii=False, indent=1) + "\n"
        for each in ({"id": "own", "title": "É"}, {"modules": [1, {"a": None}]})
    )
    data = backup_text(ORIGIN, (), texts).encode()
    assert parse_backup(data, "a.json").curricula == texts
    again = json.dumps(json.loads(data)).encode()
    assert parse_backup(again, "a.json").curricula == texts


def test_a_curriculum_that_is_no_object_is_a_fault() -> None:
    faults = faults_of(a_backup(curricula=[{}, 5]))
    assert faults == [Fault("a.json", "curricula[1]", None, "not an object", AGAIN)]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("", None, "the file is empty"),
        (" \n", None, "the file is empty"),
        ('{"schema":\n1,}', 2, "not JSON: Illegal trailing comma before end of object"),
        ("\udc80", None, "not UTF-8"),
        ("[" * 200_000, None, "nested too deeply"),
        (f'{{"records": {"9" * 5000}}}', None, "a number is too long"),
        ("[]", None, "not a backup of llmpath"),
        ("null", None, "not a backup of llmpath"),
    ],
)
def test_what_is_no_document_is_refused(
    text: str, line: int | None, reason: str
) -> None:
    (fault,) = faults_of(text)
    assert fault.line == line
    # Python words syntax errors anew from version to version.
    assert fault.reason.partition(":")[0] == reason.partition(":")[0]


def test_a_backup_above_the_limit_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(RefusedInputError) as refused:
        parse_backup(b"[" * (SIZE_LIMIT + 1), "a.json")
    assert refused.value.faults == (
        Fault("a.json", "", None, "larger than 64 MiB", AGAIN),
    )


@pytest.mark.parametrize("value", ["{}", "[]", "5"])
def test_countless_small_values_are_refused_before_they_fill_the_memory(
    value: str,
) -> None:
    text = f'{{"records": [{",".join([value] * (VALUE_LIMIT + 1))}]}}'
    assert faults_of(text) == [
        Fault("a.json", "", None, f"more than {VALUE_LIMIT} values", AGAIN)
    ]


def test_too_many_records_are_refused() -> None:
    text = f'{{"schema": "{SCHEMA}", "records": [{",".join(["{}"] * 300_001)}]}}'
    assert faults_of(text) == [
        Fault("a.json", "records", None, "more than 300000", "import it in parts")
    ]


def test_every_fault_is_told_at_once() -> None:
    text = (
        '{"schema": "other/1", "schema": "other/1", "app": NaN, "curricula": {},'
        ' "records": [{}, 5, {"a": Infinity}, "x"]}'
    )
    give = "give what `llmpath export json` wrote"
    assert faults_of(text) == [
        Fault("a.json", "", None, "NaN is no number of JSON", AGAIN),
        Fault("a.json", "", None, "Infinity is no number of JSON", AGAIN),
        Fault("a.json", "", None, "the key 'schema' stands twice", AGAIN),
        Fault("a.json", "schema", None, "not llmpath/export/1", give),
        Fault("a.json", "curricula", None, "not a list", AGAIN),
        Fault("a.json", "records[1]", None, "not an object", AGAIN),
        Fault("a.json", "records[3]", None, "not an object", AGAIN),
    ]


def test_after_a_thousand_faults_the_others_are_counted() -> None:
    told = faults_of(a_backup(records=[5] * 1002))
    assert len(told) == 1001
    assert told[-1] == Fault("a.json", "", None, "2 more faults", AGAIN)


def test_a_backup_of_a_later_format_asks_for_an_update() -> None:
    assert faults_of(a_backup(schema="llmpath/export/2")) == [
        Fault("a.json", "schema", None, "made by a newer llmpath", "update llmpath")
    ]


@pytest.mark.parametrize("given_records", [None, {}, 5, "x"])
def test_records_that_are_no_list_are_refused(given_records: object) -> None:
    (fault,) = faults_of(a_backup(records=given_records))
    assert (fault.path, fault.reason) == ("records", "not a list")


@law(st.binary(max_size=60), st.integers(0, 400), st.integers(0, 400))
def test_a_mangled_backup_is_read_or_refused_and_nothing_else(
    noise: bytes, start: int, length: int
) -> None:
    line = signed({"id": "a", "n": [1.5, None, {"x": "\ud83d\ude00"}]}).decode()
    data = backup_text(ORIGIN, [line, line]).encode()
    mangled = data[:start] + noise + data[start + length :]
    with suppress(RefusedInputError):
        parse_backup(mangled, "a.json")


@given(st.binary(max_size=100))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with pytest.raises(RefusedInputError):
        parse_backup(data, "a.json")


def test_the_backup_that_the_first_version_wrote_is_still_read() -> None:
    path = Path(__file__).parents[1] / "golden" / "backups" / "v1.json"
    backup = parse_backup(path.read_bytes(), path.name)
    assert backup.curriculum == "llmpath"
    assert backup_text(ORIGIN, backup.lines).encode() == path.read_bytes()
