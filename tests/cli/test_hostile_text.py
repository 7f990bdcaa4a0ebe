"""No text from elsewhere reaches a terminal, a pipe or a file as more than text."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from markdown_it import MarkdownIt
from rich.cells import cell_len

from llmpath.cli.main import Root
from tests.cli.hostile import (
    ALL,
    ATTACKS,
    HALF,
    MODES,
    TYPEABLE,
    Said,
    command_lines,
    run_everything,
)
from tests.cli.hostile_home import make_home, make_package, spoiled_curriculum
from tests.cli.program import Program

OWN_STYLE = re.compile("\x1b\\[[0-9;]*m")
IS_WHOLE = re.compile("llmpath [a-z]|/data/journal/")
RAW = (["export"], ["completion"], ["help"])
"""Commands whose answer is no drawing."""
ICS_KEYS = {"UID", "SUMMARY", "DESCRIPTION", "URL", "DTSTART", "DTEND", "DTSTAMP"} | {
    *("LAST-MODIFIED", "SEQUENCE", "STATUS", "TRANSP")
}
SELDOM = frozenset({"drawn, 200 columns", "drawn in ASCII"})
"""Modes of the thorough tests: a home for each of the command lines takes long."""

CODES = frozenset({0, 1, 2, 3, 5, 6})


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    make_package(folder / "package", spoiled_curriculum())
    make_home(folder / "home")
    return folder


def obeyed(text: str) -> set[str]:
    """The characters of a text that a terminal would do something with."""
    return {
        each
        for each in text
        if each not in "\n\t\u200c\u200d"
        and (unicodedata.category(each) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
    }


def problems(said: Said, mode: str) -> list[object]:
    """What is wrong with an answer."""
    encoding = MODES[mode].encoding
    is_json = "--json" in MODES[mode].options
    is_export = said.line[:1] == ["export"]
    if is_json or (is_export and not said.code):
        encoding = "utf-8"
    stdout = said.stdout.encode("iso-8859-1").decode(encoding)
    stderr = said.stderr.encode("iso-8859-1").decode(MODES[mode].encoding)
    if MODES[mode].is_terminal and not is_json:
        stdout = OWN_STYLE.sub("", stdout)
    if is_export:  # RFC 4180 and 5545
        stdout = stdout.replace("\r\n", "\n")
    found: list[object] = [*obeyed(stdout), *obeyed(stderr)]
    if said.code not in CODES:
        found.append(said.code)
    if "Traceback" in stderr and "--debug" not in said.line:
        found.append("Traceback")
    if is_json and stdout.startswith("{"):
        json.loads(stdout)
    is_drawn = mode.startswith("drawn") and said.line[:1] not in RAW
    if is_drawn and "--help" not in said.line:
        found += wide_rows(stdout, int(MODES[mode].env.get("COLUMNS", "80")))
    return found


def wide_rows(text: str, columns: int) -> list[str]:
    """Rows wider than the terminal that are not one link, id, command or path."""
    return [
        row
        for row in text.splitlines()
        if cell_len(row) > columns and row.split()[1:] and not IS_WHOLE.search(row)
    ]


@pytest.mark.parametrize(
    "mode",
    [
        pytest.param(mode, marks=pytest.mark.thorough if mode in SELDOM else ())
        for mode in MODES
    ],
)
def test_no_command_says_anything_that_a_terminal_obeys(
    mode: str, folder: Path
) -> None:
    said = run_everything(folder, mode)
    bad = {" ".join(each.line)[:60]: problems(each, mode) for each in said}
    assert {line: found for line, found in bad.items() if found} == {}
    if mode != "hostile day":
        assert sum(not each.code for each in said) > 50


def test_every_command_is_among_those_tried() -> None:
    tried = {line[0] for line in command_lines() if line}
    assert tried >= Root.entries.keys()


def test_help_and_pages_of_completion_stay_within_the_screen(run: Program) -> None:
    for name in Root.entries:
        text = run(name, "--help", env={"COLUMNS": "40"}).stdout
        assert text
        assert not obeyed(text)


@pytest.mark.parametrize("name", ATTACKS)
def test_a_note_is_kept_as_text_and_shown_so(name: str, run: Program) -> None:
    run("start", "--track", "short")
    written = run("note", "lets-build-gpt", f"before {ATTACKS[name]} after")
    assert written.code == 0, written
    document = run("note", "lets-build-gpt", "--json").json()
    text = document["notes"][0]["text"]
    assert text.startswith("before ")
    assert text.endswith(" after")
    assert not obeyed(text)
    assert "\\u" not in run("note", "lets-build-gpt").stdout


def test_what_was_typed_is_clean_in_the_journal(run: Program) -> None:
    run("start", "--track", "short")
    run("note", "lets-build-gpt", ALL)
    (file,) = (run.home / "data" / "journal").iterdir()
    for line in file.read_text().splitlines():
        record = json.loads(line)
        assert not obeyed(record["command"])
        assert len(record["command"]) <= 300


def test_a_note_in_no_encoding_is_refused_and_none_lost(run: Program) -> None:
    run("start", "--track", "short")
    refused = run("note", "lets-build-gpt", f"words {HALF}")
    assert (refused.code, refused.stdout) == (2, "")
    assert "the note is no UTF-8 text" in refused.stderr


def test_a_note_typed_in_a_locale_without_letters_is_kept(run: Program) -> None:
    run("start", "--track", "short")
    env = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    words = "caf\u00e9 \u6f22\u5b57"
    assert run.process("note", "lets-build-gpt", words, env=env).code == 0
    (note,) = run("note", "lets-build-gpt", "--json").json()["notes"]
    assert note["text"] == words


def test_a_long_note_is_shown_and_exported_whole(run: Program) -> None:
    run("start", "--track", "short")
    words = "word " * 3999 + "last!"
    assert run("note", "lets-build-gpt", "-", stdin=words).code == 0
    assert "last!" in run("note", "lets-build-gpt").stdout
    assert "last!" in run("note", "lets-build-gpt", env={"ACCESSIBLE": "1"}).stdout
    for kind in ("csv", "md"):
        assert "last!" in run("export", kind).stdout


def test_a_debug_trace_is_cleaned(run: Program) -> None:
    for line in (["done", ALL], ["import", ALL], ["show", "\x9b2J"]):
        shown = run("--debug", *line)
        assert "Traceback" in shown.stderr
        assert not obeyed(shown.stderr)


def test_the_report_of_a_crash_is_cleaned(
    run: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError(ALL)

    monkeypatch.setattr("os.access", broken)
    shown = run("doctor", "--debug")
    assert shown.code == 70
    assert not obeyed(shown.stderr)
    (report,) = (run.home / "state").rglob("crash-*.txt")
    assert "RuntimeError" in report.read_text()
    assert not obeyed(report.read_text())
    (report,) = (run.home / "state").rglob("crash-*.txt")
    assert "RuntimeError" in report.read_text()
    assert not obeyed(report.read_text())


@pytest.mark.skipif("sys.platform == 'win32'", reason="file names there are tame")
def test_a_file_name_is_shown_as_text(run: Program, tmp_path: Path) -> None:
    run("start", "--track", "short")
    name = ALL.replace("\0", "").replace("/", "")[:80]
    file = tmp_path / name
    for options in ([], ["--json"]):
        written = run("export", "md", "-o", file, "--force", *options)
        assert written.code == 0
        assert not obeyed(written.stdout + written.stderr)
    for command in ("import", "curriculum check"):
        refused = run(*command.split(), file)
        assert refused.code == 5
        assert not obeyed(refused.stderr)


TYPED = st.text(
    st.one_of(st.sampled_from(TYPEABLE), st.characters(exclude_characters="\0")),
    min_size=1,
    max_size=40,
)
LINES = [line[:-1] for line in command_lines() if line and line[-1] == TYPEABLE]


@pytest.mark.parametrize(
    "examples", [50, pytest.param(3000, marks=pytest.mark.thorough)]
)
def test_whatever_is_typed_ends_with_a_documented_code(
    examples: int, run: Program
) -> None:
    run("start", "--track", "short")

    @settings(max_examples=examples)
    @given(st.sampled_from(LINES), TYPED, st.sampled_from(["--json", "--plain", "-q"]))
    def check(line: list[str], typed: str, option: str) -> None:
        if line[-1:] in (["-o"], ["--home"], ["import"], ["check"]):
            typed = "nowhere/" + typed
        done = run(*line, typed, option)
        assert done.code in CODES
        assert not obeyed(done.stdout.replace("\r\n", "\n") + done.stderr)
        assert not done.stdout or not done.stderr.startswith("error")

    check()


@pytest.fixture(scope="module")
def exports(folder: Path) -> dict[str, str]:
    """What is exported of hostile lessons and notes, by format."""
    return {
        each.line[1]: each.stdout.encode("iso-8859-1").decode()
        for each in run_everything(folder, "plain", "export")
        if len(each.line) == 2 and not each.code
    }


def test_cells_of_csv_are_inert(exports: dict[str, str]) -> None:
    rows = list(csv.reader(StringIO(exports["csv"], newline="")))
    cells = [cell for row in rows for cell in row]

    assert {len(row) for row in rows} == {13}
    assert not [cell for cell in cells if cell.lstrip()[:1] in {*"=+-@"}]
    assert {row[5][:8] for row in rows[1:]} == {"", "https://"}


def test_events_of_a_calendar_have_nothing_added(exports: dict[str, str]) -> None:
    text = exports["ics"]
    (calendar,) = Calendar.from_ical(text, multiple=True)
    events = calendar.walk("VEVENT")

    assert events
    assert len(events) == text.count("\r\nUID:")
    assert not calendar.errors
    for event in events:
        assert not event.errors
        assert {*event} <= ICS_KEYS
        assert str(event.get("URL", "https:")).startswith("https:")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")


def test_markdown_has_the_headings_boxes_and_links_that_were_meant(
    exports: dict[str, str],
) -> None:
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(exports["md"])
    inner = [each for token in tokens for each in token.children or ()]
    kinds = {each.type for each in (*tokens, *inner)}
    links = {str(each.attrs["href"]) for each in inner if each.type == "link_open"}

    assert links
    assert all(each.startswith("https://example.org/") for each in links)
    assert not kinds & {"html_inline", "html_block", "image", "em_open", "hr"}
    headings = [each for each in tokens if each.type == "heading_open"]
    assert len(headings) == len(re.findall("(?m)^#+ ", exports["md"]))
    assert exports["md"].count("\n- [x] ") == 1
