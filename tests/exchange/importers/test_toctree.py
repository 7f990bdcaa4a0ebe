from __future__ import annotations

import subprocess
import sys

import pytest
import yaml

from llmpath.exchange.importers.making import make_document
from llmpath.exchange.importers.source import Source
from llmpath.exchange.importers.toctree import IMPORTER, read, recognise
from tests.conftest import Golden
from tests.exchange.importers.sources import (
    modules_of,
    reading_text,
    refusal,
    source,
)


@pytest.mark.parametrize("name", ["_toctree", "deep_toctree"])
def test_sections_and_pages_are_read(golden: Golden, name: str) -> None:
    reading = read(source(f"{name}.yml"))

    golden(f"sources/{name}.txt", reading_text(reading))


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("", None, "no list of entries with title and local or sections"),
        ("just text", None, "no list of entries with title and local or sections"),
        ("- title: A\n", None, "no page in it"),
        ("- title: A\n  title: B\n", 2, "the key 'title' stands twice in one entry"),
        ("- &a [x]\n- [*a, *a]\n", 2, "an alias, which no contents have"),
        (
            "- title: A\n---\n- title: B\n",
            2,
            "a second document, which no contents have",
        ),
        ("- [a]: b\n", 1, "a key that is not text"),
        ("- ? {a: b}\n  : c\n", 1, "a key that is not text"),
        (
            "- " * 40 + "a",
            1,
            "lists and mappings stand more than 32 deep in each other",
        ),
    ],
)
def test_what_is_no_table_of_contents_is_refused(
    text: str, line: int | None, reason: str
) -> None:
    assert refusal(IMPORTER, text) == (line, reason)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("- title: A\n- title: 'B", 2),
        ("- title: A\n  local: b\0\n", 2),
        ("- title: \x1b[31m\n", 1),
        ("a: b: c\n", 1),
        ("[" * 100_000, 1),
        ("{a: " * 50_000, 1),
    ],
)
def test_what_is_no_yaml_is_refused_with_its_line(text: str, line: int) -> None:
    told, reason = refusal(IMPORTER, text)

    assert (told, reason.partition(":")[0]) in {
        (line, "not YAML"),
        (line, "lists and mappings stand more than 32 deep in each other"),
    }


@pytest.mark.parametrize("name", ["_toctree", "deep_toctree"])
def test_without_libyaml_the_same_is_read(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = read(source(f"{name}.yml"))
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)

    assert read(source(f"{name}.yml")) == reading
    assert "more than 32 deep" in refusal(IMPORTER, "[" * 100_000)[1]


def test_a_tag_makes_no_object() -> None:
    reading = read(
        Source("a", "- title: !!python/object/apply:os.system [A]\n  local: !!int b\n")
    )

    (module,) = modules_of(reading).values()
    assert module.lessons[0].title == "b"


def test_words_that_yaml_takes_for_values_stay_words() -> None:
    reading = read(
        Source("a", "- {title: No, local: 1}\n- {title: 2024-01-01, local: 0x1}\n")
    )

    assert [*modules_of(reading)] == ["No", "2024-01-01"]


def test_a_page_about_a_book_or_a_course_is_a_page() -> None:
    text = "- {title: About this course, local: a}\n- {title: The book, local: b}\n"

    made = make_document(read(Source("a", text)), "mine", "1")
    assert made.minutes_guessed == (20, 120)


@pytest.mark.parametrize(
    ("text", "is_recognised"),
    [
        ("- title: A\n  sections:\n  - local: b\n    title: B\n", True),
        ("- local: b\n  title: B\n", True),
        ("title: A\n", False),
        ("# A\n\n- title\n", False),
        ("", False),
    ],
)
def test_the_form_is_recognised_by_its_keys(text: str, *, is_recognised: bool) -> None:
    assert bool(recognise(Source("a.yml", text))) == is_recognised


def test_yaml_is_imported_for_its_own_form_alone() -> None:
    code = (
        "import sys\n"
        "from llmpath.exchange.importers.registry import recognise\n"
        "from llmpath.exchange.importers.source import Source\n"
        "source = Source('SUMMARY.md', '- [A](a.md)')\n"
        "recognise(source).read(source)\n"
        "assert 'yaml' not in sys.modules\n"
    )

    subprocess.run([sys.executable, "-c", code], check=True)
