from __future__ import annotations

import tomllib
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.storage.curriculum_document import DEPTH_LIMIT, VALUE_LIMIT, Finding
from llmpath.storage.curriculum_forms import parse_document
from llmpath.storage.curriculum_toml import TABLE_LIMIT, parse_toml


def parse(source: bytes | str) -> tuple[Any, list[Finding]]:
    return parse_document(source, "mine.toml")


def test_tables_and_lists_of_tables_are_objects_and_lists() -> None:
    source = '# mine\nid = "a"\n[[modules]]\nid = "b"\n[[modules.lessons]]\nid = "c"\n'
    assert parse(source) == (
        {"id": "a", "modules": [{"id": "b", "lessons": [{"id": "c"}]}]},
        [],
    )


def test_a_date_is_the_text_that_it_is_in_json() -> None:
    read, findings = parse('days = [2026-11-01, "2026-11-01"]')
    assert (read, findings) == ({"days": ["2026-11-01", "2026-11-01"]}, [])


@pytest.mark.parametrize(
    "value", ["07:32:00", "2026-11-01T07:32:00", "2026-11-01T07:32:00Z"]
)
def test_a_time_is_told_at_its_place(value: str) -> None:
    _, (finding,) = parse(f"a = [{value}]")
    assert (finding.place, finding.reason) == (("a", 0), "a time of day")


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "+nan", "1e999"])
def test_a_number_that_is_not_finite_is_told_at_its_place(value: str) -> None:
    _, (finding,) = parse(f"[a]\nb = {value}")
    assert (finding.place, finding.reason) == (("a", "b"), "not a finite number")


@pytest.mark.parametrize(
    ("source", "line", "column", "reason"),
    [
        ('id = "a"\nid = "b"', 2, 9, "not TOML: Cannot overwrite a value"),
        ("[a]\n[a]\n", 2, 3, "not TOML: Cannot declare ('a',) twice"),
        ("a = 1\n\nb = [1,\n", 4, 1, "not TOML: Invalid value"),
        ("a = null", 1, 5, "not TOML: Invalid value"),
        ("\na =", 2, 4, "not TOML: Invalid value"),
        ('a = "x\ny"', 1, 7, "not TOML: Illegal character"),
        ('a = "\x1b"', 1, 6, "not TOML: Illegal character"),
        ('a = "\\ud800"', 1, 12, "not TOML: Escaped character is not a Unicode"),
        ("a\r\n=1", 1, 2, "not TOML: Expected '=' after a key"),
        ("a = [" * 2 + "1", 1, 6, "not TOML: Invalid value"),
        (b"\xff\xfea\x00", None, None, "not UTF-8"),
        ("\n \t\r\n", None, None, "the file is empty"),
        ("a = " + "1" * 5000, None, None, "a number is too long"),
        ("a = 0x" + "f" * 3000, None, None, "a number is too long"),
        ("a = 18446744073709551616", None, None, "a number is too long"),
        ("a = 1." + "1" * 100_000, None, None, "a number is too long"),
        ("a = " + "[" * 100_000, None, None, "objects and lists stand more than 8"),
        ("a = " + "{a=" * 5000, None, None, "objects and lists stand more than 8"),
        ("a = [[[[[[[[[0]]]]]]]]]", None, None, "objects and lists stand more than 8"),
        ("a." * 9 + "a = 1", None, None, "objects and lists stand more than 8"),
        ("[" + "a." * 9 + "a]", None, None, "objects and lists stand more than 8"),
        ("[[a]]\n" * TABLE_LIMIT, None, None, "more than 160000 tables and lists"),
        ("a=1\n" * (VALUE_LIMIT + 1), None, None, "more than 600000 values"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(
    source: str | bytes, line: int | None, column: int | None, reason: str
) -> None:
    document, (finding,) = parse(source)
    assert document is None
    assert (finding.line, finding.column) == (line, column)
    assert finding.reason.startswith(reason)


PARTS = ["a", '"b"', "'c'", '"."', "'#'", '"\\""', "1-_x"]


@pytest.mark.parametrize("dot", [".", " . ", "\t.", ". "])
@pytest.mark.parametrize("frame", ["{} = 1", "[{}]", "[[{}]]", "a = {{ {} = 1 }}"])
@pytest.mark.parametrize("parts", [DEPTH_LIMIT + 1, 200_000])
def test_a_key_of_too_many_parts_is_refused_unread(
    parts: int, frame: str, dot: str
) -> None:
    # the parser would take hours for the longer one
    key = dot.join(PARTS[each % len(PARTS)] for each in range(parts))
    _, finding = parse_toml(frame.format(key))
    assert finding is not None
    assert finding.reason == "objects and lists stand more than 8 deep"


CHAIN = "a." * 20 + "a"


@pytest.mark.parametrize(
    "before",
    [
        *('x = """y"""""', "x = '''y'''''", 'x = """\\""""', 'x = """"y" """'),
        *('x = ""', "x = '\"'", 'x = "\\\\"', "x = '\\'", '# "', "# '''", 'x = "#"'),
        *('x = """\n\\\n"""', "x = '''\n'\n'''", "x = [ '[', \"{\" ]"),
    ],
)
def test_no_text_hides_a_key_of_too_many_parts(before: str) -> None:
    assert tomllib.loads(before) is not None
    for frame in ("{0}\n{1} = 1", "y = [\n{{ {0}, {1} = 1 }}]"):
        if before[0] == "#" and "{{" in frame:
            continue
        _, finding = parse_toml(frame.format(before, CHAIN))
        assert finding is not None
        assert finding.reason == "objects and lists stand more than 8 deep"


@pytest.mark.parametrize(
    "text",
    [
        *(f'"{CHAIN}"', f"'{CHAIN}'", f'"""\n{CHAIN}"""', f"'''{CHAIN}\n'''"),
        *(f'"\\"{CHAIN}"', f'"""" {CHAIN}"""', f"'{'9' * 5000}'", f"1 # {CHAIN}"),
        f'"{"[" * TABLE_LIMIT}["',
    ],
)
def test_what_looks_like_a_key_in_a_text_or_comment_is_none(text: str) -> None:
    assert parse_toml(f"a = {text}")[1] is None


def as_toml(value: object) -> str:
    """Write a value of JSON as TOML; what TOML lacks is not asked for."""
    if isinstance(value, dict):
        pairs = (f"{as_toml(key)} = {as_toml(part)}" for key, part in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(as_toml, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        inner = "".join(f"\\U{ord(each):08X}" for each in value)
        return f'"{inner}"'
    return repr(value)


def depth(value: object) -> int:
    if isinstance(value, dict):
        return 1 + max(map(depth, value.values()), default=0)
    if isinstance(value, list):
        return 1 + max(map(depth, value), default=0)
    return 0


VALUES = st.recursive(
    st.one_of(
        st.booleans(),
        st.integers(-(2**63), 2**63 - 1),
        st.floats(allow_nan=False, allow_infinity=False),
        st.text(max_size=5),
        st.dates().map(date.isoformat),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.text(max_size=5), inner, max_size=4),
    ),
    max_leaves=10,
)


@given(st.dictionaries(st.text("abc", min_size=1), VALUES, max_size=3))
def test_plain_toml_is_read_as_it_is(document: dict[str, Any]) -> None:
    source = "".join(f"{key} = {as_toml(each)}\n" for key, each in document.items())
    read, findings = parse(source or "# nothing")
    if depth(document) <= DEPTH_LIMIT:
        assert (read, findings) == (document, [])
    else:
        assert (read, len(findings)) == (None, 1)


PIECES = st.sampled_from(
    [*"ab.=[]{},#\"'\\ \n-1", '"""', "'''", "a.b", "[[a]]\n", "2026-11-01", "\\u0041"]
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_what_the_parser_reads_is_not_held_back(source: str) -> None:
    try:
        expected = tomllib.loads(source)
    except tomllib.TOMLDecodeError:
        expected = None
    _, finding = parse_toml(source)
    assert (finding is None) == (expected is not None) or "deep" in str(finding)
    if expected is not None and finding is not None:
        assert depth(expected) > DEPTH_LIMIT
