"""A journal's line holds one record: all of it, unchanged, or nothing."""

from __future__ import annotations

import json
from random import Random
from typing import Any
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.core.events import (
    AvailabilitySet,
    Event,
    NoteAdded,
    Record,
    Stated,
    StudyLogged,
)
from llmpath.errors import UsageError
from llmpath.storage.records import (
    LONGEST_READ,
    decode_record,
    decode_records,
    encode_record,
    random_id,
    salvage,
)
from tests.builders import TODAY, a_record
from tests.storage.journal_values import (
    a_document,
    compact,
    records,
    signed,
    texts,
)
from tests.strategies import law

LOGGED = {"type": "StudyLogged", "id": "llmpath:attention/scores", "minutes": 25}


def decoded(document: dict[str, Any] | str) -> Record:
    return decode_record(signed(document))


def reason(line: bytes) -> str:
    with pytest.raises(ValueError, match=r".") as caught:
        decode_record(line)
    return str(caught.value)


@given(records)
def test_what_is_read_is_what_was_written(record: Record) -> None:
    assert decode_record(encode_record(record)) == record


@given(records)
def test_a_line_is_ascii_with_its_id_first_and_its_checksum_last(
    record: Record,
) -> None:
    line = encode_record(record)
    document = json.loads(line)
    body, _, end = line.rpartition(b',"crc":"')

    assert line.isascii()
    assert line.count(b"\n") == 1
    assert next(iter(document)) == "id"
    assert end == b'%08x"}\n' % crc32(body + b"}")


def test_a_whole_line_is_as_the_contract_says() -> None:
    record = a_record(StudyLogged("a/b", 25), command="log b 25")._replace(
        given_today=True, stated=Stated()
    )

    assert encode_record(record) == (
        b'{"id":"laptop-0001-0001","v":1,"device":"laptop-0001","n":1,"lamport":1,'
        b'"at":"2026-11-20T20:00:00.000+01:00","day":"2026-11-20","today":"given",'
        b'"command":"log b 25",'
        b'"events":[{"type":"StudyLogged","id":"a/b","minutes":25}],"stated":null,'
        b'"crc":"ea1104d7"}\n'
    )


def test_without_a_forecast_or_a_given_day_their_keys_are_absent() -> None:
    document = json.loads(encode_record(a_record()))

    assert document.keys() == a_document().keys() | {"crc"}


@pytest.mark.parametrize(
    "stated",
    [
        None,
        17,
        [],
        {},
        {"p50": "soon", "p80": None, "minutes": None},
        {"p50": None, "p80": None, "minutes": [1]},
        {"p50": None, "p80": None, "minutes": [1, True]},
        {"p50": None, "p80": None, "minutes": 5},
    ],
)
def test_a_forecast_that_cannot_be_read_costs_no_record(stated: object) -> None:
    record = decoded({**a_document(), "stated": stated})

    assert record.stated == Stated()
    assert record._replace(stated=None) == decoded(a_document())


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([0, -1, 2**53, 10**30, 1e400, float("nan"), "2026-11-20", "é"])
    | st.floats()
    | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3)
    ),
    max_leaves=5,
)


def spoilt(value: object, junk: object, place: int) -> object:
    """The value with the part at a place, counted from the top, changed to junk."""
    seen = -1

    def walk(each: object) -> object:
        nonlocal seen
        seen += 1
        if seen == place:
            return junk
        if isinstance(each, dict):
            return {key: walk(inner) for key, inner in each.items()}
        if isinstance(each, list):
            return [walk(inner) for inner in each]
        return each

    return walk(value)


@given(records, json_values, st.integers(1, 25))
def test_junk_with_a_true_checksum_is_read_or_refused_but_never_crashes(
    record: Record, junk: object, place: int
) -> None:
    document = json.loads(encode_record(record))
    del document["crc"]
    line = signed(compact(spoilt(document, junk, place)))
    found, faults, _ = decode_records([line])

    assert len(found) + len(faults) == 1
    for each in found:  # what is let in can be written and read again
        assert decode_record(encode_record(each)) == each


@st.composite
def lines_of_a_file(draw: st.DrawFn) -> list[bytes]:
    lines = []
    for record in draw(st.lists(records, max_size=6)):
        line = bytearray(encode_record(record).removesuffix(b"\n"))
        for place in draw(st.lists(st.integers(0, len(line) - 1), max_size=2)):
            line[place] = draw(st.integers(0, 255))
        lines.append(bytes(line))
    return lines + draw(st.lists(st.binary(max_size=30), max_size=2))


@law(lines_of_a_file(), st.randoms(), plain=30)
def test_a_line_means_the_same_alone_and_in_any_company(
    lines: list[bytes], random: Random
) -> None:
    random.shuffle(lines)
    found, faults, _ = decode_records(lines)
    alone = [decode_records([line]) for line in lines]

    assert found == [record for each in alone for record in each.records]
    assert faults == [
        (index, why) for index, each in enumerate(alone) for _, why in each.faults
    ]


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"n": True}, "a value of the wrong type"),
        ({"n": 3.0}, "a value of the wrong type"),
        ({"v": "1"}, "a value of the wrong type"),
        ({"events": {}}, "a value of the wrong type"),
        ({"day": 20261120}, "a value of the wrong type"),
        ({"n": 0}, "a counter out of range or an empty id"),
        ({"n": 2**53}, "a counter out of range or an empty id"),
        ({"v": 0}, "a counter out of range or an empty id"),
        ({"lamport": -1}, "a counter out of range or an empty id"),
        ({"lamport": 2**53}, "a counter out of range or an empty id"),
        ({"id": ""}, "a counter out of range or an empty id"),
        ({"day": "2026-02-29"}, "not a date"),
        ({"day": "20261120"}, "not a date"),
        ({"day": "2026-W47-5"}, "not a date"),
        ({"command": "\ud800"}, "half a surrogate pair"),
        ({"extra": ["\udfff"]}, "half a surrogate pair"),
        ({"extra": float("nan")}, "holds NaN"),
        ({"extra": float("-inf")}, "holds -Infinity"),
        ({"events": ["x"]}, "an event is not an object"),
        ({"events": [{}]}, "type is missing"),
        ({"events": [{"type": 1}]}, "the type of an event is not text"),
        ({"events": [{**LOGGED, "minutes": True}]}, "minutes are not a whole number"),
        ({"events": [{**LOGGED, "minutes": -1}]}, "minutes are not a whole number"),
        ({"events": [{**LOGGED, "minutes": 10**30}]}, "minutes are not a whole number"),
        ({"events": [{"type": "NoteAdded", "id": "a/b"}]}, "text is missing"),
    ],
    ids=str,
)
def test_a_value_that_does_not_fit_is_refused_with_its_reason(
    changed: dict[str, Any], why: str
) -> None:
    assert reason(signed(a_document(**changed))).startswith(why)


@pytest.mark.parametrize("key", a_document())
def test_no_key_of_a_record_may_be_missing(key: str) -> None:
    document = a_document()
    del document[key]

    assert reason(signed(document)) in {f"{key} is missing", "not one record"}


def test_the_greatest_counter_and_a_whole_surrogate_pair_are_read() -> None:
    record = decoded(a_document(lamport=2**53 - 1, command="\U0001f600 \\ud800"))

    assert (record.lamport, record.command) == (2**53 - 1, "\U0001f600 \\ud800")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"", "not a whole record"),
        (b"<<<<<<< HEAD", "not a whole record"),
        (b'{"id":"x"}', "not a whole record"),
        (signed('{"n":1}'), "not one record"),
        (signed("{x}"), "not JSON at character 2"),
        (signed('{"x":' + "[" * 100_000 + "]" * 100_000 + "}"), "nested too deeply"),
        (signed('{"x":' + "9" * 5000 + "}"), "exceeds the limit"),
        (signed('{"id":"é"}'), "not ASCII"),
        (signed(compact(a_document()) + compact(a_document())), "not one record"),
        (signed(" " + compact(a_document())), "not JSON at character 1"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_line_that_is_no_record_is_refused_with_its_reason(
    line: bytes, why: str
) -> None:
    assert reason(line).startswith(why)


def test_a_wrong_checksum_is_refused() -> None:
    line = signed(a_document())

    assert reason(line.replace(b'"n":3', b'"n":4')) == "the checksum does not match"


def test_more_than_two_mebibytes_are_not_written() -> None:
    with pytest.raises(UsageError, match="more than 2 MiB"):
        encode_record(a_record(NoteAdded("a/b", "x" * 2**21)))


def test_up_to_four_mebibytes_are_read() -> None:
    room = LONGEST_READ - len(signed(a_document(command="")))

    assert len(decoded(a_document(command="x" * room)).command) == room
    too_long = signed(a_document(command="x" * (room + 1)))
    assert reason(too_long) == "longer than 4 MiB"


@pytest.mark.parametrize(
    "event",
    [
        NoteAdded("a/b", "\udce9 of a wrong locale"),
        StudyLogged("a/b", -5),
        AvailabilitySet(TODAY, (2000, 0, 0, 0, 0, 0, 0)),
    ],
    ids=str,
)
def test_what_could_not_be_read_again_is_not_written(event: Event) -> None:
    with pytest.raises(UsageError, match="cannot be saved"):
        encode_record(a_record(event))


@given(st.lists(records, max_size=3), st.binary(max_size=20))
def test_whole_records_are_found_in_a_line_of_rubble(
    written: list[Record], rubble: bytes
) -> None:
    lines = [encode_record(record).removesuffix(b"\n") for record in written]
    torn = b'{"id":"torn","v":1,"dev'

    found = decode_records(salvage(rubble + torn + b"\0\0".join([*lines, torn])))

    assert found.records == written


def test_random_ids_are_eighty_bits_of_letters_and_digits() -> None:
    ids = {random_id() for _ in range(100)}

    assert len(ids) == 100
    assert {len(each) for each in ids} == {16}
    assert set("".join(ids)) <= set("abcdefghijklmnopqrstuvwxyz234567")
