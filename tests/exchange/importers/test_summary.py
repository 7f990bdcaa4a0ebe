from __future__ import annotations

import pytest

from llmpath.exchange.importers.making import make_document
from llmpath.exchange.importers.source import Source
from llmpath.exchange.importers.summary import IMPORTER, read, recognise
from tests.conftest import Golden
from tests.exchange.importers.sources import (
    modules_of,
    reading_text,
    refusal,
    source,
)


def test_parts_chapters_and_pages_are_read(golden: Golden) -> None:
    reading = read(source("SUMMARY.md"))

    golden("sources/SUMMARY.txt", reading_text(reading))


def test_a_book_without_parts_is_one_phase() -> None:
    reading = read(Source("SUMMARY.md", "# Summary\n\n- [A](a.md)\n- [B](b.md)\n"))

    (track,) = reading.tracks
    assert [each.title for each in track.phases] == ["Imported curriculum"]
    assert [*modules_of(reading)] == ["A", "B"]


def test_pages_of_a_book_on_the_web_have_an_address() -> None:
    name = "https://books.example.org/bees/SUMMARY.md"
    reading = read(Source(name, "- [A](a.md)\n- [B](../b.md)\n- [C](mailto:a@b)\n"))

    assert [each.lessons[0].url for each in modules_of(reading).values()] == [
        "https://books.example.org/bees/a.md",
        "https://books.example.org/b.md",
        None,
    ]


@pytest.mark.parametrize(
    ("name", "text", "is_recognised"),
    [
        ("src/SUMMARY.md", "- [A](a.md)\n", True),
        ("b.md", "# Summary\n\n* [A](a.md)\n", True),
        ("b.md", "# Bees\n" + "- [A](a.md)\n" * 5, True),
        ("b.md", "# Bees\n" + "- [A](a.md)\n" * 4, False),
        ("b.md", "# Bees\n" + "- [A](a.md)\n" * 5 + "- honey\n", False),
        ("b.md", "# Bees\n" + "- [A](https://example.org/a.md)\n" * 5, False),
        ("SUMMARY.md", "# Summary\n\nNothing.\n", False),
    ],
)
def test_the_form_is_recognised_by_name_title_or_pages_alone(
    name: str, text: str, *, is_recognised: bool
) -> None:
    assert bool(recognise(Source(name, text))) == is_recognised


def test_a_book_without_a_page_is_refused() -> None:
    assert refusal(IMPORTER, "# A\n\n- [Draft]()\n") == (None, "no chapter with a page")


def test_lists_too_deep_to_be_read_whole_are_refused() -> None:
    text = "".join("  " * depth + "- [A](a.md)\n" for depth in range(50))

    line, reason = refusal(IMPORTER, text)
    assert line
    assert "deep" in reason


def test_a_page_about_a_book_or_a_course_is_a_page() -> None:
    reading = read(Source("SUMMARY.md", "- [The Book](a.md)\n- [A Course](b.md)\n"))

    assert make_document(reading, "mine", "1").minutes_guessed == (20, 120)
