from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.storage.curriculum_document import (
    DEPTH_LIMIT,
    FILE_LIMIT,
    OBJECT_LIMIT,
    Finding,
    Place,
)
from llmpath.storage.curriculum_forms import is_own_format, parse_document
from tests.storage.test_curriculum_toml import depth

JSON = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(2**63), 2**63),
        st.floats(allow_nan=False, allow_infinity=False),
        st.text(max_size=5),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.text(max_size=5), inner, max_size=4),
    ),
    max_leaves=10,
)


def parse_json(source: bytes | str) -> tuple[Any, list[Finding]]:
    return parse_document(source, "mine.json")


@given(JSON)
def test_plain_json_is_read_as_it_is(document: Any) -> None:  # noqa: ANN401 - any JSON
    read, findings = parse_json(json.dumps(document))
    if depth(document) <= DEPTH_LIMIT:
        assert (read, findings) == (document, [])
    else:
        assert (read, len(findings)) == (None, 1)


@given(
    st.one_of(st.binary(max_size=60), st.text(max_size=60)),
    st.sampled_from(["x.json", "x.toml", "x"]),
)
def test_any_bytes_are_read_or_told(source: bytes | str, name: str) -> None:
    document, findings = parse_document(source, name)
    assert document is None or not isinstance(document, bytes)
    assert all(each.reason and each.remedy for each in findings)


def test_a_byte_order_mark_is_taken_away() -> None:
    assert parse_json(b"\xef\xbb\xbf{}") == ({}, [])
    assert parse_json("\ufeff{}") == ({}, [])


@pytest.mark.parametrize(
    ("source", "line", "reason"),
    [
        ("", None, "the file is empty"),
        (b"\xef\xbb\xbf \r\n\t", None, "the file is empty"),
        ("nul", 1, "not JSON: Expecting value"),
        ('{\n "format": 1,\n}', 3, "not JSON: Expecting property name"),
        ('{"a": "x\ny"}', 1, "not JSON: Invalid control character at"),
        (b"\xff\xfe{}", None, "not UTF-8"),
        ("{}".encode("utf-16"), None, "not UTF-8"),
        ('{"a": "\ud800"}', None, "not UTF-8"),
        (" " * (FILE_LIMIT + 1), None, "the file is larger than 5 MiB"),
        ("1" * 5000, None, "a number is too long"),
        ("[" * 100_000, None, "objects and lists stand more than 8 deep"),
        ('{"a":' * 100_000, None, "objects and lists stand more than 8 deep"),
        ("[[[[[[[[[0]]]]]]]]]", None, "objects and lists stand more than 8 deep"),
        ("[" + "1," * 700_000 + "1]", None, "more than 600000 values"),
        ("[{}" + ",{}" * OBJECT_LIMIT + "]", None, "more than 80000 objects"),
        (json.dumps({str(each): 1 for each in range(1001)}), None, "more than 1000"),
        ('{"a": 18446744073709551616}', None, "a number is too long"),
    ],
)
def test_what_cannot_be_read_is_told(
    source: str | bytes, line: int | None, reason: str
) -> None:
    document, (finding,) = parse_json(source)
    assert document is None
    assert finding.line == line
    assert finding.reason.startswith(reason)


@pytest.mark.parametrize(
    ("source", "place", "reason"),
    [
        ('{"a": 1, "b": 2, "a": 3}', ("a",), "the key stands twice"),
        ('[{"a": [{"b": 1, "b": 1}]}]', (0, "a", 0, "b"), "the key stands twice"),
        ('{"a": NaN}', ("a",), "not a finite number"),
        ('{"a": [-Infinity]}', ("a", 0), "not a finite number"),
        ('{"a": 1e999}', ("a",), "not a finite number"),
        ('["\\ud800"]', (0,), "half of a surrogate pair"),
        ('["é\\udfff"]', (0,), "half of a surrogate pair"),
        ('{"\\udc00": 1}', (), "half of a surrogate pair"),
    ],
)
def test_oddities_are_told_at_their_place(
    source: str, place: Place, reason: str
) -> None:
    document, (finding,) = parse_json(source)
    assert document is not None
    assert (finding.place, finding.reason) == (place, reason)


def test_a_whole_surrogate_pair_is_a_character() -> None:
    assert parse_json('"\\ud83d\\ude00"') == ("\U0001f600", [])


def test_many_repeated_keys_are_found_in_one_pass() -> None:
    # Counting each key anew would take 10^10 steps.
    keys = ",".join(f'"{each % 1000}":0' for each in range(100_000))
    _, findings = parse_json(f"{{{keys}}}")
    assert len(findings) == 1000
    assert {each.reason for each in findings} == {"the key stands twice"}


# Which form a file has


@pytest.mark.parametrize(
    ("name", "source"),
    [
        *(("x.json", '{"a": 1}'), ("x.JSON", '{"a": 1}'), ("-", ' \n{"a": 1}')),
        *(("x.toml", "a = 1"), ("x.Toml", "a = 1"), ("-", "# ours\na = 1")),
        *(("json", '{"a": 1}'), ("json", "a = 1"), ("x.txt", "a = 1"), ("", "a=1")),
    ],
)
def test_the_form_follows_from_the_name_or_else_the_content(
    name: str, source: str
) -> None:
    assert parse_document(source, name) == ({"a": 1}, [])


@pytest.mark.parametrize(
    ("name", "source", "reason"),
    [
        ("x.json", "a = 1", "not JSON: "),
        ("x.toml", '{"a": 1}', "not TOML: "),
        ("x.md", "# A roadmap\n\n- [ ] one", "neither JSON nor TOML: "),
        ("-", "a: 1\nb: 2", "neither JSON nor TOML: "),
        ("-", "%PDF-1.7", "neither JSON nor TOML: "),
        ("-", "{a = 1}", "not JSON: "),
    ],
)
def test_another_form_is_refused_with_the_place(
    name: str, source: str, reason: str
) -> None:
    document, (finding,) = parse_document(source, name)
    assert document is None
    assert finding.reason.startswith(reason)
    assert finding.line
    assert finding.column


OWN_TOML = 'format = 1\nid = "own"\n[[tracks]]\nid = "main"\n'


@pytest.mark.parametrize(
    ("name", "source"),
    [
        *(("-", OWN_TOML), ("knots", OWN_TOML), ("knots.txt", OWN_TOML)),
        ("-", OWN_TOML.replace("\n", "\r\n")),
        ("-", "\ufeff# Knots\n\n" + OWN_TOML),
        ("-", 'id = "own"\n"tracks" = [{id = "main"}]\n'),
        ("-", '[[modules.lessons]]\nid = "one"\n'),
        ("-", OWN_TOML + "id = mine"),
        ("https://example.org/knots.toml?x=1#y", "id = 1"),
        ("https://example.org/knots.json?x=1", ""),
        *(("x.json", "text"), ("x.toml", "text"), ("x.json", b"\xff")),
        *(("-", '{"tracks": [], "modules": []}'), ("-", '{"modules": 1}')),
        *(("x.json", "[]"), ("-", " [] "), ("-", '[{"id": 1}]'), ("-", '{"a": 1,')),
        ("-", '{"a":' * 10_000),
    ],
)
def test_a_file_is_taken_for_a_curriculum_by_its_form(
    name: str, source: str | bytes
) -> None:
    data = source if isinstance(source, bytes) else source.encode()
    assert is_own_format(data, name)


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("roadmap.json", '{"nodes": [], "edges": []}'),
        ("README.md", "# Knots\n\n- [one](https://example.org)\n"),
        ("README.md", "[one](https://example.org)\n\nformat = free\n"),
        ("README.md", "# Write it\n\n    [[tracks]]\n\nso that it counts\n"),
        ("https://example.org/README.md?x=knots.toml", "# Knots\n"),
        ("page.md", "{% include head %}\n# Knots\n"),
        ("page.md", "{:toc}\n# Knots\n"),
        ("_toctree.yml", "- title: Knots\n  local: one\n"),
        ("-", "a = 1\n"),
        ("-", b"\xff"),
    ],
)
def test_what_another_program_may_have_written_is_not_taken_for_one(
    name: str, source: str | bytes
) -> None:
    data = source if isinstance(source, bytes) else source.encode()
    assert not is_own_format(data, name)
