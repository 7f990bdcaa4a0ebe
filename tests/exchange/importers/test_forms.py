"""What holds for each form: of any text, hostile or cut, a reading or one refusal."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

from llmpath.errors import RefusedInputError
from llmpath.exchange.importers.making import make_document
from llmpath.exchange.importers.registry import IMPORTERS, recognise
from llmpath.exchange.importers.source import Importer, Source
from tests.exchange.importers.drafts import faults_of
from tests.exchange.importers.sources import source
from tests.strategies import law

SOURCES = {
    "courses.md": "ossu",
    "roadmap.md": "roadmap-md",
    "SUMMARY.md": "summary",
    "_toctree.yml": "toctree",
    "deep_toctree.yml": "toctree",
    "roadmap-sh.json": "roadmap-sh",
}
_TEXTS = {name: source(name).text for name in SOURCES}
_PIECES = (  # noqa: SIM905 - quotes around each piece would hide it
    "\x1b[31m \u202e \0 [/b] <b> ``` # ## - * > | |- |-|- \n \n\n ( ) [ ]( ](a.md) "
    "{ } [ ] : , ' \" &a *a !!x --- \t \\ 99 weeks hours/week Phase 1-99 "
    "Courses|Effort\n-|-\n Lesson|Est.\n-|-\n title: local: sections: \ud7ff \uffff"
).split(" ")


@st.composite
def _broken(draw: st.DrawFn) -> str:
    """A document with a piece put in, cut or doubled somewhere."""
    text = _TEXTS[draw(st.sampled_from([*SOURCES]))]
    for _ in range(draw(st.integers(1, 4))):
        first = draw(st.integers(0, len(text)))
        second = draw(st.integers(first, min(len(text), first + 200)))
        piece = draw(st.sampled_from(_PIECES) | st.text(max_size=10))
        middle = draw(st.sampled_from([piece, "", text[first:second] * 2]))
        text = text[:first] + middle + text[second:]
    return text


_ANY = _broken() | st.text() | st.lists(st.sampled_from(_PIECES)).map("".join)


@pytest.mark.parametrize("name", SOURCES)
def test_a_document_is_read_by_the_importer_of_its_form(name: str) -> None:
    assert recognise(source(name)).name == SOURCES[name]


@pytest.mark.parametrize("name", SOURCES)
def test_a_document_read_twice_is_the_same_and_passes_the_check(name: str) -> None:
    importer = recognise(source(name))
    reading = importer.read(source(name))

    assert importer.read(source(name)) == reading
    assert faults_of(make_document(reading, "mine", "1").document) == ()


@law(st.sampled_from(IMPORTERS), _ANY, plain=300)
def test_any_text_gives_a_valid_document_or_one_refusal(
    importer: Importer, text: str
) -> None:
    given = Source("given", text)
    assert 0 <= importer.recognise(given) <= 100
    try:
        reading = importer.read(given)
    except RefusedInputError as error:
        assert len(error.faults) == 1  # noqa: PT017 - either outcome is right
        return
    assert faults_of(make_document(reading, "mine", "1").document) == ()
    assert importer.read(given) == reading


@pytest.mark.parametrize("name", SOURCES)
def test_nothing_that_a_terminal_obeys_is_told_of_a_document(name: str) -> None:
    text = _TEXTS[name].replace("a", "\u202e", 40)
    try:
        reading = recognise(Source(name, text), SOURCES[name]).read(Source(name, text))
    except RefusedInputError:
        return
    told = [*reading.understood, *reading.guessed, *(x.text for x in reading.left_out)]
    assert all(each.isprintable() for each in told)
