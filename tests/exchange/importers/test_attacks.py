"""Documents made to break the five forms with a structure of their own."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from llmpath.errors import RefusedInputError
from llmpath.exchange.importers.making import Made, make_document
from llmpath.exchange.importers.registry import recognise
from llmpath.exchange.importers.source import Source
from tests.exchange.importers.drafts import faults_of
from tests.exchange.importers.sources import source

COURSES = "Courses | Duration | Effort | Prerequisites\n-|-|-|-\n"
LESSONS = "| Lesson | Est. | Prerequisites |\n|---|---|---|\n"

_HOSTILE = "\x1b[2J \u202eevil [/b] <script> %s {0} \x07 " + "A" * 3000

FILES = {
    "ossu": "courses.md",
    "roadmap-md": "roadmap.md",
    "roadmap-sh": "roadmap-sh.json",
    "summary": "SUMMARY.md",
    "toctree": "_toctree.yml",
}


def _roadmap(titles: list[str]) -> str:
    nodes = [
        {
            "id": f"n{at}",
            "type": "topic",
            "position": {"y": at},
            "data": {"label": each},
        }
        for at, each in enumerate(titles)
    ]
    ring = [
        {"source": f"n{at}", "target": f"n{(at + 1) % len(titles)}"}
        for at in range(len(titles))
    ]
    return json.dumps({"nodes": nodes, "edges": ring})


ROWS: dict[str, Callable[[list[str]], str]] = {
    "ossu": lambda titles: (
        COURSES
        + "".join(
            f"{each} | 1 week | 1 hour/week | {titles[at - 1]}\n"
            for at, each in enumerate(titles)
        )
    ),
    "roadmap-md": lambda titles: "".join(
        f"## Phase {at}: {each}\n\n{LESSONS}"
        f"| {each} | 5 min | Phase {(at + 1) % len(titles)} |\n\n"
        for at, each in enumerate(titles)
    ),
    "roadmap-sh": _roadmap,
    "summary": lambda titles: "".join(f"- [{each}](a.md)\n" for each in titles),
    "toctree": lambda titles: json.dumps(
        [{"title": each, "local": "a"} for each in titles], ensure_ascii=False
    ),
}
"""Makes a document of each form that has lessons of these titles; where the form knows
what comes before, each needs its neighbour, in a ring.
"""

forms = pytest.mark.parametrize("form", ROWS)


def made_of(form: str, text: str) -> Made:
    given = Source("given", text)
    return make_document(recognise(given, form).read(given), "mine", "1")


def titles_of(made: Made) -> list[str]:
    return [
        each["title"]
        for module in made.document["modules"]
        for each in module["lessons"]
    ]


def refusal_of(form: str, text: str) -> str:
    with pytest.raises(RefusedInputError) as caught:
        made_of(form, text)
    (fault,) = caught.value.faults
    return fault.reason


@forms
def test_nothing_and_blanks_are_refused(form: str) -> None:
    assert refusal_of(form, "")
    assert refusal_of(form, " \n\t\n" * 50)


@forms
def test_a_document_cut_anywhere_is_valid_or_refused(form: str) -> None:
    text = source(FILES[form]).text
    for end in range(0, len(text), max(1, len(text) // 25)):
        try:
            made = made_of(form, text[:end])
        except RefusedInputError as error:
            assert len(error.faults) == 1  # noqa: PT017 - either outcome is right
        else:
            assert faults_of(made.document) == ()


@forms
@pytest.mark.parametrize("other", FILES)
def test_a_document_of_another_form_is_valid_or_refused(form: str, other: str) -> None:
    text = source(FILES[other]).text
    if form == other:
        assert titles_of(made_of(form, text))
        return
    try:
        made = made_of(form, text)
    except RefusedInputError as error:
        assert len(error.faults) == 1  # noqa: PT017 - either outcome is right
    else:
        assert faults_of(made.document) == ()


@forms
def test_titles_that_stand_often_have_ids_of_their_own(form: str) -> None:
    made = made_of(form, ROWS[form](["Same"] * 300))

    assert titles_of(made) == ["Same"] * 300
    assert faults_of(made.document) == ()


@forms
def test_hostile_titles_become_text_or_are_refused(form: str) -> None:
    text = ROWS[form]([f"{_HOSTILE} {at}" for at in range(3)])
    if form == "toctree":
        text = text.encode("unicode_escape").decode()
    made = made_of(form, text)

    assert len(titles_of(made)) == 3
    assert all(each.isprintable() and len(each) <= 300 for each in titles_of(made))
    assert faults_of(made.document) == ()


@forms
def test_a_nul_is_gone_or_refused(form: str) -> None:
    text = ROWS[form](["On\0e", "Two", "Three"])
    try:
        made = made_of(form, text)
    except RefusedInputError as error:
        assert form == "toctree"
        assert "not YAML" in error.faults[0].reason  # noqa: PT017 - YAML forbids it
    else:
        assert len(titles_of(made)) == 3
        assert faults_of(made.document) == ()
        assert "\0" not in json.dumps(made.document, ensure_ascii=False)


@pytest.mark.parametrize("form", ["ossu", "roadmap-md"])
def test_a_ring_of_prerequisites_is_opened_and_told(form: str) -> None:
    made = made_of(form, ROWS[form]([f"Thing {at}" for at in range(90)]))

    needs = sum(len(each["prerequisites"]) for each in made.document["modules"])
    assert needs == 89
    assert len(made.notes) == 1
    assert faults_of(made.document) == ()


@forms
@pytest.mark.parametrize(
    "count", [500, pytest.param(5_000, marks=pytest.mark.thorough)]
)
def test_no_row_of_many_is_lost(form: str, count: int) -> None:
    made = made_of(form, ROWS[form]([f"Thing {at}" for at in range(count)]))

    assert sorted(titles_of(made)) == sorted(f"Thing {at}" for at in range(count))
    ids = [each["id"] for each in made.document["modules"]]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("ossu", "> " * 5000 + "a\n\n" + COURSES + "A | 1 week | 1 hour/week | -\n"),
        ("roadmap-md", "".join("  " * at + "- a\n" for at in range(300)) + LESSONS),
        ("summary", "".join("  " * at + "- [A](a.md)\n" for at in range(300))),
        ("toctree", "- " * 300 + "a\n"),
        ("roadmap-sh", '{"nodes":' * 100_000),
    ],
)
def test_deep_nesting_is_refused_as_such(form: str, text: str) -> None:
    assert "deep" in refusal_of(form, text)


@pytest.mark.parametrize("piece", ["[", "![", "[a](", "*a_", "`a", "<a", "&a", "|"])
@pytest.mark.parametrize("form", ["ossu", "roadmap-md", "summary"])
def test_marks_without_an_end_are_text(form: str, piece: str) -> None:
    text = piece * (6000 // len(piece)) + "\n\n" + ROWS[form](["One", "Two"])

    made = made_of(form, text)
    assert titles_of(made)[-2:] == ["One", "Two"]
    assert faults_of(made.document) == ()
