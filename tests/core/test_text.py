from __future__ import annotations

import json
import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.core.text import (
    LINE_LIMIT,
    clean,
    clean_lines,
    safe_url,
    stand_in,
    visible_json,
)

ESC = "\x1b"
BAD = "\N{REPLACEMENT CHARACTER}"
JOINERS = {"\N{ZERO WIDTH NON-JOINER}", "\N{ZERO WIDTH JOINER}"}

# Characters that matter here turn up often, all others now and then.
DIFFICULT = (
    "aé x\t\n\r\v\f\x00\x07\x1b\x7f\x85\x9b\xa0\xad"
    "\u0301\u0327\u0331\u0344\ufb2c\u0958"
    "\u200b\u200c\u200d\u200e\u202a\u202e\u2028\u2029\u2066\u2069\ufeff"
    "\ud800\udfff\ue000\uffff\u0378\U000e0001\U0001f469\U0001f4bb\ufe0f"
    "\u1100\u1161\u11a8\uac00"
)
TEXTS = st.text(
    st.one_of(
        st.sampled_from(DIFFICULT),
        st.characters(exclude_categories=[]),
    ),
    max_size=60,
)
LIMITS = st.integers(min_value=1, max_value=80)


def is_printable(character: str) -> bool:
    return character in JOINERS or not unicodedata.category(character).startswith("C")


def longest_row_of_marks(text: str) -> int:
    longest = row = 0
    for character in text:
        if unicodedata.category(character).startswith("M"):
            row += 1
        elif character not in JOINERS:
            row = 0
        longest = max(longest, row)
    return longest


@given(TEXTS, LIMITS)
def test_clean_text_has_nothing_that_a_terminal_obeys(text: str, limit: int) -> None:
    cleaned = clean(text, limit)
    assert len(cleaned) <= limit
    assert all(map(is_printable, cleaned))
    assert len(cleaned.splitlines()) <= 1
    assert longest_row_of_marks(cleaned) <= 4
    assert unicodedata.is_normalized("NFC", cleaned)
    cleaned.encode()


@given(TEXTS, LIMITS)
def test_cleaning_twice_changes_nothing(text: str, limit: int) -> None:
    cleaned = clean(text, limit)
    assert clean(cleaned, limit) == cleaned


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=200))
def test_plain_ascii_is_returned_as_it_is(text: str) -> None:
    assert clean(text) is text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", "", id="empty"),
        pytest.param(f"a{ESC}[31mred", f"a{BAD}[31mred", id="CSI"),
        pytest.param(f"{ESC}]0;t\x07a", f"{BAD}]0;t{BAD}a", id="OSC 0, window title"),
        pytest.param(
            f"{ESC}]8;;file:///etc{ESC}\\x",
            f"{BAD}]8;;file:///etc{BAD}\\x",
            id="OSC 8, link",
        ),
        pytest.param(f"{ESC}]52;c;eA==\x07", f"{BAD}]52;c;eA=={BAD}", id="OSC 52"),
        pytest.param("a\x9b2Jb", f"a{BAD}2Jb", id="C1 CSI"),
        pytest.param("a\x9d0;t\x9cb", f"a{BAD}0;t{BAD}b", id="C1 OSC"),
        pytest.param("done\rnot ", "done not ", id="CR"),
        pytest.param("a\tb\nc\vd\fe\x85f", "a b c d e f", id="tab and line breaks"),
        pytest.param("a\u2028b\u2029c", "a b c", id="line and paragraph separator"),
        pytest.param("a\x00b\x7fc", f"a{BAD}b{BAD}c", id="NUL and DEL"),
        pytest.param("a\u202etxt.exe\u202c", "atxt.exe", id="bidi override"),
        pytest.param("a\u2066b\u2069\u200ec", "abc", id="bidi isolates and marks"),
        pytest.param("soft\xadhyphen\ufeff", "softhyphen", id="soft hyphen, BOM"),
        pytest.param("\U0001f469\u200d\U0001f4bb", "\U0001f469\u200d\U0001f4bb"),
        pytest.param(
            "\u0645\u06cc\u200c\u062e", "\u0645\u06cc\u200c\u062e", id="ZWNJ of Persian"
        ),
        pytest.param("\ud83d", BAD, id="lone surrogate"),
        pytest.param("\ue000\uffff\u0378", BAD * 3, id="private and unassigned"),
        pytest.param("cafe\u0301", "café", id="NFC"),
        pytest.param("a\u200e\u0301", "á", id="composed once the mark between is gone"),
        pytest.param("x" + "\u0331" * 200, "x" + "\u0331" * 4, id="200 marks"),
        pytest.param("[/b] x[i] :bomb:", "[/b] x[i] :bomb:", id="markup stays text"),
    ],
)
def test_clean(text: str, expected: str) -> None:
    assert clean(text) == expected


def test_joiners_do_not_hide_a_row_of_marks() -> None:
    assert longest_row_of_marks(clean("x" + "\u0331\u200d" * 200)) == 4


def test_a_long_text_is_cut_visibly() -> None:
    assert clean("x" * 10, 5) == "xxxx…"
    assert len(clean("x" * 30_000)) == LINE_LIMIT


def test_a_long_row_of_marks_is_sorted_in_linear_time() -> None:
    # In descending classes, NFC's insertion sort would need 10^10 steps.
    assert clean("x" + "\u0301\u0331" * 100_000) == "x" + "\u0331\u0331\u0301\u0301"


@given(TEXTS)
def test_lines_are_cleaned_one_by_one(text: str) -> None:
    lines = clean_lines(text).split("\n")
    assert lines == list(map(clean, text.splitlines() or [""]))


@given(st.dictionaries(TEXTS, st.lists(TEXTS, max_size=3), max_size=3))
def test_json_says_the_same_and_nothing_that_a_terminal_obeys(
    document: dict[str, list[str]],
) -> None:
    shown = visible_json(json.dumps(document, ensure_ascii=False, indent=2))
    assert json.loads(shown) == json.loads(json.dumps(document))
    assert all(map(is_printable, shown.replace("\n", "")))
    shown.encode()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("caf\u00e9 \u6f22", "caf\u00e9 \u6f22"),
        ("\x9b\x7f", "\\u009b\\u007f"),
        ("\u202e", "\\u202e"),
        ("\ud83d", "\\ud83d"),
        ("\U000e0041", "\\udb40\\udc41"),
        ("\u0645\u06cc\u200c\u062e", "\u0645\u06cc\u200c\u062e"),
    ],
)
def test_only_what_is_not_seen_is_escaped_in_json(text: str, expected: str) -> None:
    assert visible_json(f'["{text}"]\n') == f'["{expected}"]\n'


@pytest.mark.parametrize(
    ("before", "character", "expected"),
    [
        ("x", "\u00e9", "?"),
        ("x", "\u6f22", "??"),
        ("x", "\u0301", ""),
        ("x", "\u200d", ""),
        ("\u200d", "\U0001f4bb", ""),
        ("x", "\U0001f4bb", "??"),
    ],
)
def test_what_stands_for_a_character_is_as_wide(
    before: str, character: str, expected: str
) -> None:
    assert stand_in(before, character) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org", "https://example.org"),
        ("http://example.org/a?b=c&t=2533s#d", "http://example.org/a?b=c&t=2533s#d"),
        ("HTTPS://Example.org/A", "https://Example.org/A"),
        ("https://example.org:8443/", "https://example.org:8443/"),
        ("https://example.org./", "https://example.org./"),
        ("https://[2001:DB8::1]:80/x", "https://[2001:DB8::1]:80/x"),
        ("https://example.org/a%20b", "https://example.org/a%20b"),
        ("https://example.org/é?q=ü", "https://example.org/%C3%A9?q=%C3%BC"),
        ('https://example.org/"><x>', "https://example.org/%22%3E%3Cx%3E"),
        ("https://bücher.example:80/", "https://xn--bcher-kva.example:80/"),
        ("https://\u0430pple.com/", "https://xn--pple-43d.com/"),
        ("javascript:alert(1)", None),
        ("java\tscript:alert(1)", None),
        (" https://example.org", None),
        ("https://example.org/a b", None),
        ("https://example.org/\n", None),
        ("file:///etc/passwd", None),
        ("data:text/html,x", None),
        ("vbscript:x", None),
        ("steam://run/1", None),
        ("mailto:a@example.org", None),
        ("--new-window", None),
        ("-https://example.org", None),
        ("//example.org/x", None),
        ("example.org/x", None),
        ("https:example.org", None),
        ("https:///x", None),
        ("https://", None),
        ("https://user@example.org", None),
        ("https://user:pw@example.org", None),
        ("https://example.org@evil.example", None),
        ("https://example.org:0", None),
        ("https://example.org:65536", None),
        ("https://example.org:٣", None),
        ("https://example.org:x", None),
        ("https://-example.org", None),
        ("https://exa%6dple.org", None),
        ("https://a..b", None),
        ("https://[::1", None),
        ("https://[example.org]", None),
        ("https://x[::1]/", None),
        ("https://[::1]x/", None),
        ("\\\\server\\share", None),
        ("https:\\\\example.org", None),
        ("https://example.org\\@evil.example", None),
        ("https://\u202egro.elpmaxe", None),
        ("https://example.org/\u200b", None),
        ("https://example.org/\u00a0", None),
        ("https://example.org/\ud800", None),
        ("https://" + "é" * 64 + ".org", None),
        ("https://example.org/" + "x" * 2048, None),
        ("", None),
    ],
)
def test_safe_url(url: str, expected: str | None) -> None:
    assert safe_url(url) == expected


@given(
    st.one_of(
        TEXTS,
        TEXTS.map("https://example.org/".__add__),
        TEXTS.map("https://".__add__),
    )
)
def test_a_safe_url_is_plain_ascii_and_safe_again(url: str) -> None:
    address = safe_url(url)
    if address is not None:
        assert address.startswith(("https://", "http://"))
        assert address.isascii()
        assert address.isprintable()
        assert not set(address) & set(' \\"<>`{}|^')
        assert safe_url(address) in {address, None}


def test_plain_text_needs_no_unicode_tables() -> None:
    program = (
        "import sys; from llmpath.core.text import clean, safe_url;"
        "clean('plain'); clean('a\\tb'); safe_url('https://example.org');"
        "print('unicodedata' in sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-I", "-c", program], capture_output=True, check=True
    )
    assert run.stdout.split() == [b"False"]
