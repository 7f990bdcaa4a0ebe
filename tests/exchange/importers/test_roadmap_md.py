from __future__ import annotations

import pytest

from llmpath.exchange.importers.draft import Span
from llmpath.exchange.importers.making import make_document
from llmpath.exchange.importers.roadmap_md import IMPORTER, read, recognise
from llmpath.exchange.importers.source import Source
from tests.conftest import Golden
from tests.exchange.importers.sources import (
    modules_of,
    reading_text,
    refusal,
    source,
)

TABLE = "| # | Lesson | Est. |\n|---|---|---|\n| 1 | {} | ~75 min |\n"


def phases(*texts: str) -> Source:
    """A phase for each text, which stands below its heading; the titles are letters."""
    parts = (
        f"## Phase {at}: {letter}\n\n{text}\n\n" + TABLE.format(f"L{at}")
        for at, (letter, text) in enumerate(zip("ABCDEF", texts, strict=False))
    )
    return Source("ROADMAP.md", "# Road\n\n" + "\n".join(parts))


def test_lessons_with_their_minutes_and_phases_are_read(golden: Golden) -> None:
    reading = read(source("roadmap.md"))

    golden("sources/roadmap.txt", reading_text(reading))


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        ("**Prerequisites:** Phase 0", "A"),
        (
            "Prerequisites: Phase 0 · 13 (Answers), Phase 1 · 14 (Search)",
            "AB",
        ),
        ("Requires Phases 0-2.", "ABC"),
        ("Depends on phases 0, 1 and 2", "ABC"),
        ("Builds on Phase 1, Lessons 01-03", "B"),
        ("**Prerequisites:** Phase 2 lessons 30-37 (Track B foundations)", "C"),
        ("Prerequisites: all of Phase 1 (Lessons 01-24)", "B"),
        ("Prerequisites: All Phase 1 lessons covering engines (04, 06)", "B"),
        ("Prerequisites: A and C", "AC"),
        ("Prerequisites: Phase 3", ""),
        ("Prerequisites: Phase 9", ""),
        ("Prerequisites: none", ""),
        ("Phase 0 is not needed here.", ""),
    ],
)
def test_prerequisites_in_prose_are_phases(text: str, needs: str) -> None:
    reading = read(phases("", "", "", text))
    made = make_document(reading, "mine", "1")

    keys = {each.key: title for title, each in modules_of(reading).items()}
    assert "".join(keys[each] for each in modules_of(reading)["D"].needs) == needs
    before = made.document["modules"][3]["prerequisites"]
    assert [each["module"] for each in before] == [*needs.lower()] or "A" in needs


def test_a_prerequisite_of_one_lesson_holds_for_its_phase() -> None:
    text = (
        f"## Phase 1: A\n\n{TABLE.format('X')}\n## Phase 2: B\n\n"
        "| Lesson | Minutes | Prerequisites |\n|---|---|---|\n| Y | 30 | Phase 1 |\n"
    )
    reading = read(Source("a.md", text))

    assert modules_of(reading)["B"].needs == (modules_of(reading)["A"].key,)
    assert any("single lesson" in each for each in reading.guessed)


def test_the_status_of_a_lesson_is_no_tick_and_a_column_of_done_ones_is() -> None:
    text = (
        "| Lesson | Est. | Status | Done |\n|---|---|---|---|\n"
        "| A | 1 h | ✅ | |\n| B | 1 h | ⬚ | x |\n"
    )
    reading = read(Source("a.md", text))

    (module,) = modules_of(reading).values()
    assert [each.is_done for each in module.lessons] == [False, True]


@pytest.mark.parametrize(
    ("header", "cell", "span"),
    [
        ("Est.", "~75 min", Span(75, 75)),
        ("Est.", "~24.5 hours", Span(1470, 1470)),
        ("Minutes", "45", Span(45, 45)),
        ("Hours", "2-3", Span(120, 180)),
        ("Time", "-", None),
    ],
)
def test_the_time_of_a_lesson_is_in_its_column(
    header: str, cell: str, span: Span | None
) -> None:
    text = f"| Lesson | {header} |\n|---|---|\n| A | {cell} |\n"
    source = Source("a.md", text)

    (module,) = modules_of(read(source)).values()
    assert module.lessons[0].span == span
    assert recognise(source)


def test_phases_that_need_each_other_lose_one_of_the_needs() -> None:
    made = make_document(read(phases("Needs Phase 1", "Needs Phase 0")), "mine", "1")

    assert sum(len(each["prerequisites"]) for each in made.document["modules"]) == 1
    assert len(made.notes) == 1


def test_a_text_without_a_table_of_lessons_is_refused() -> None:
    reason = "no table with a column of lessons"

    assert refusal(IMPORTER, "# A\n\n| Course |\n|---|\n| B |\n") == (None, reason)
    assert not recognise(
        Source("a.md", "# A\n\n| Lesson | By |\n|---|---|\n| B | C |\n")
    )


def test_the_link_of_a_lesson_may_stand_in_another_column_and_none_is_lost() -> None:
    text = (
        "| Week | Lesson | Reading | Hours |\n|---|---|---|---|\n"
        "| 1 | Bark | [a](https://e.org/a), [b](https://e.org/b) | 2 |\n"
    )
    reading = read(Source("a.md", text))

    (module,) = modules_of(reading).values()
    (lesson,) = module.lessons
    assert (lesson.title, lesson.url) == ("Bark", "https://e.org/a")
    assert [each.text for each in reading.left_out] == ["b https://e.org/b"]
