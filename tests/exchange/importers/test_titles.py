from __future__ import annotations

import pytest

from llmpath.exchange.importers.registry import IMPORTERS
from llmpath.exchange.importers.source import Importer, Source
from llmpath.exchange.importers.titles import is_vague, name_document, told_title

UNTITLED = {
    "toctree": "- title: A\n  local: a\n",
    "roadmap-sh": '{"nodes": [{"type": "topic", "data": {"label": "A"}}], "edges": []}',
    "summary": "# Summary\n\n- [A](a.md)\n",
    "ossu": "| Courses | Duration |\n|---|---|\n| A | 3 weeks |\n",
    "roadmap-md": "| Lesson | Est. |\n|---|---|\n| A | 30 min |\n",
    "markdown": "# Roadmap\n\n- [A](https://example.org/a)\n",
    "text": "- A\n- B\n",
}
"""For each importer a document without a title of its own, or with one that is none."""


@pytest.mark.parametrize(
    ("own", "title"),
    [
        ("Bees", "Bees"),
        ("  The\n Book ", "The Book"),
        ("\u517b\u8702", "\u517b\u8702"),
        ("Bee Roadmap", "Bee Roadmap"),
    ],
)
def test_a_title_that_tells_something_is_kept(own: str, title: str) -> None:
    source = Source("file.md", "", ("folder",), "mine")

    assert name_document(own, source) == (title, None)


@pytest.mark.parametrize("own", [None, "", "# ", "Roadmap", "SUMMARY", "\U0001f680"])
def test_without_one_the_id_names_it_then_the_file_then_its_folder(
    own: str | None,
) -> None:
    folders = ("docs", "bees", "work")
    named = Source("honey-1.md", "", folders, "mine")

    assert name_document(own, named) == ("mine", "--as")
    named = named._replace(own_id=None)
    assert name_document(own, named) == ("honey-1", "the name of the file")
    named = named._replace(name="README.zh-CN.md")
    assert name_document(own, named) == ("bees", "the name of the folder")
    named = named._replace(folders=())
    text, origin = name_document(own, named)
    assert (text, origin) == ("Imported curriculum", "")


@pytest.mark.parametrize(
    ("address", "title", "origin"),
    [
        ("https://e.org/bees/honey.md", "honey", "the name of the file"),
        ("https://e.org/bees/docs/README.md", "bees", "its address"),
        ("https://e.org/My%20Bees/README.md?x=1", "My Bees", "its address"),
        ("https://e.org/", "e.org", "its address"),
        (
            "https://raw.githubusercontent.com/anna/bees/0f3c2d1/fun/en/README.md",
            "bees",
            "the name of the repository",
        ),
        (
            "https://github.com/anna/bees/blob/main/ROADMAP.md",
            "bees",
            "the name of the repository",
        ),
        (
            "https://gitlab.com/anna/bees/-/raw/main/docs/_toctree.yml",
            "bees",
            "its address",
        ),
        ("https://[", "Imported curriculum", ""),
    ],
)
def test_an_address_names_the_file_the_repository_or_the_last_telling_part(
    address: str, title: str, origin: str
) -> None:
    assert name_document(None, Source(address, "")) == (title, origin)


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("README", True),
        ("README_DE", True),
        ("roadmap-2026", True),
        ("_toctree", True),
        ("6b10711e", True),
        ("", True),
        ("roadmap-ai", False),
        ("my-roadmap", False),
        ("decade", False),
        ("\u0430\u0431\u0432", False),
    ],
)
def test_a_name_is_vague_that_has_no_word_of_the_subject(
    name: str, *, is_one: bool
) -> None:
    assert is_vague(name) == is_one


@pytest.mark.parametrize("importer", IMPORTERS, ids=lambda each: each.name)
def test_every_importer_calls_what_has_no_title_by_the_id_and_says_so(
    importer: Importer,
) -> None:
    source = Source("README.md", UNTITLED[importer.name], (), "bees")

    reading = importer.read(source)
    assert (reading.title, reading.title_from) == ("bees", "--as")
    assert [each.title for each in reading.tracks] == ["bees"]


def test_the_sentence_names_the_title_on_one_short_line() -> None:
    told = told_title("a\n" + "b" * 200, "--as")

    assert told.startswith("the title 'a bbb")
    assert told.endswith(", from --as")
    assert len(told) < 120
    assert told_title("A", "") == "the title 'A', as nothing names it"
