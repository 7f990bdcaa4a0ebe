from __future__ import annotations

import json

import pytest

from llmpath.core.curriculum import LESSON_LIMIT
from llmpath.errors import RefusedInputError
from llmpath.exchange.importers.draft import (
    DraftLesson,
    DraftModule,
    DraftPhase,
    DraftTrack,
    Reading,
)
from llmpath.exchange.importers.limits import (
    MARK_LIMIT,
    PART_LIMIT,
    check_limits,
    check_marks,
)
from llmpath.exchange.importers.making import make_document
from llmpath.exchange.importers.registry import IMPORTERS
from llmpath.exchange.importers.source import Source
from tests.conftest import GOLDEN
from tests.exchange.importers.drafts import faults_of

MODULE = DraftModule("M", (DraftLesson("L"),))
EMPTY = DraftModule("E", ())


def a_reading(*, tracks: int = 1, phases: int = 1, modules: int = 1) -> Reading:
    """So many of each, one in the other, and as many empty modules."""
    phase = DraftPhase("P", (MODULE,) * modules + (EMPTY,) * modules)
    return Reading("R", (DraftTrack("T", (phase,) * phases),) * tracks)


@pytest.mark.parametrize("part", ["tracks", "phases", "modules"])
def test_what_the_format_allows_passes_and_one_more_is_told(part: str) -> None:
    source = Source("a.md", "")
    fits = a_reading(**{part: PART_LIMIT})
    check_limits(source, fits)
    assert faults_of(make_document(fits, "mine", "1").document) == ()

    reading = a_reading(**{part: PART_LIMIT + 1})
    with pytest.raises(RefusedInputError) as caught:
        check_limits(source, reading)
    (fault,) = caught.value.faults
    assert (fault.file, fault.reason[:12]) == ("a.md", f"1,001 {part}"[:12])
    assert faults_of(make_document(reading, "mine", "1").document)


def test_a_module_of_too_many_lessons_is_told_by_its_title() -> None:
    module = DraftModule("Long", (DraftLesson("L"),) * (LESSON_LIMIT + 1))
    reading = Reading("R", (DraftTrack("T", (DraftPhase("P", (module,)),)),))

    with pytest.raises(RefusedInputError) as caught:
        check_limits(Source("a.md", ""), reading)
    assert caught.value.faults[0].reason == "20,001 lessons in 'Long'; 20,000 fit"


@pytest.mark.parametrize(
    ("line", "marks"),
    [
        ("a\n", 1),
        ("\n \n", 0),
        ("- a\n", 2),
        ("> - 1. a\n", 4),
        ("- [ ] [a](b)\n", 4),
        ("  \t* a - b\n", 2),
        ("a. b\n", 1),
        ("| a | b |\n", 2.5),
    ],
)
def test_lines_marks_and_brackets_are_counted_before_anything_is_parsed(
    line: str, marks: float
) -> None:
    fits = int(MARK_LIMIT / marks) if marks else 2 * MARK_LIMIT
    check_marks(Source("a.md", line * fits))
    if marks:
        with pytest.raises(RefusedInputError) as caught:
            check_marks(Source("a.md", line * (fits + 1)))
        reason = caught.value.faults[0].reason
        assert reason.endswith("lines, marks and brackets; 80,000 are read")


@pytest.mark.parametrize("name", ["summary", "ossu", "roadmap-md", "markdown", "text"])
def test_every_form_of_lines_has_this_limit(name: str) -> None:
    (importer,) = (each for each in IMPORTERS if each.name == name)
    with pytest.raises(RefusedInputError) as caught:
        importer.read(Source("a.md", "- [\n" * MARK_LIMIT))
    assert caught.value.faults[0].reason == (
        "240,000 lines, marks and brackets; 80,000 are read"
    )


def test_the_limits_are_those_of_the_format() -> None:
    text = (GOLDEN.parents[1] / "data" / "curriculum.schema.json").read_text(
        encoding="utf-8"
    )
    schema = json.loads(text)
    parts = {name: each["properties"] for name, each in schema["$defs"].items()}

    assert schema["properties"]["tracks"]["maxItems"] == PART_LIMIT
    assert parts["Track"]["phases"]["maxItems"] == PART_LIMIT
    assert parts["Phase"]["modules"]["maxItems"] == PART_LIMIT
    assert parts["Module"]["lessons"]["maxItems"] == LESSON_LIMIT
