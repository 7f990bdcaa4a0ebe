from __future__ import annotations

import pytest

from llmpath.exchange.importers.draft import Span
from llmpath.exchange.importers.making import make_document
from llmpath.exchange.importers.ossu import IMPORTER, read, recognise
from llmpath.exchange.importers.source import Source
from tests.conftest import Golden
from tests.exchange.importers.sources import (
    modules_of,
    reading_text,
    refusal,
    source,
)

HEADER = "Courses | Duration | Effort | Prerequisites\n:-- | :--: | :--: | :--:\n"


def course_table(*rows: str) -> Source:
    return Source("courses.md", "## Part\n\n" + HEADER + "\n".join(rows) + "\n")


def test_courses_with_their_hours_and_prerequisites_are_read(golden: Golden) -> None:
    reading = read(source("courses.md"))

    golden("sources/courses.txt", reading_text(reading))


@pytest.mark.parametrize(
    ("duration", "effort", "span"),
    [
        ("10 weeks", "4-6 hours/week", Span(2400, 3600)),
        ("10-12 weeks", "6-10 hours/week", Span(3600, 7200)),
        ("8 weeks", "4\u201312 hours/week", Span(1920, 5760)),
        ("1 week", "30 minutes/week", Span(30, 30)),
        ("-", "40 hours", Span(2400, 2400)),
        ("14 weeks", "-", None),
        ("-", "6 hours/week", None),
    ],
)
def test_weeks_are_multiplied_with_the_hours_of_each(
    duration: str, effort: str, span: Span | None
) -> None:
    reading = read(course_table(f"A course | {duration} | {effort} | none"))

    assert modules_of(reading)["A course"].lessons[0].span == span


def test_a_number_alone_counts_what_its_column_is_named_for() -> None:
    text = "Course | Hours per week | Weeks\n-|-|-\nA | 6 | 10\n"

    assert modules_of(read(Source("a.md", text)))["A"].lessons[0].span == Span(
        3600, 3600
    )


@pytest.mark.parametrize(
    ("cell", "needs"),
    [
        ("Calculus 1A", ["Calculus 1A: Differentiation"]),
        ("Differentiation", ["Calculus 1A: Differentiation"]),
        ("calculus 1a differentiation", ["Calculus 1A: Differentiation"]),
        ("Algorithms Part 1", ["Algorithms: Design and Analysis, Part 1"]),
        (
            "Algorithms: Design and Analysis, Part 1",
            ["Algorithms: Design and Analysis, Part 1"],
        ),
        ("Object Oriented Design", ["Object-Oriented Design"]),
        (
            "Calculus 1A and Algorithms Part 2",
            [
                "Calculus 1A: Differentiation",
                "Algorithms: Design and Analysis, Part 2",
            ],
        ),
        ("[the one](https://e.org/calc), C++", ["Calculus 1A: Differentiation", "C++"]),
        ("algorithms", ["algorithms"]),
        ("C++ or Java", ["C++ or Java"]),
        ("none", []),
        ("-", []),
        ("Last", []),
    ],
)
def test_prerequisites_are_found_by_what_they_are_called(
    cell: str, needs: list[str]
) -> None:
    rows = (
        "[Calculus 1A: Differentiation](https://e.org/calc) | 1 week | 1 hour/week | -",
        "Algorithms: Design and Analysis, Part 1 | 1 week | 1 hour/week | -",
        "Algorithms: Design and Analysis, Part 2 | 1 week | 1 hour/week | -",
        "Object-Oriented Design | 1 week | 1 hour/week | -",
        f"Last | 1 week | 1 hour/week | {cell}",
    )

    assert [*modules_of(read(course_table(*rows)))["Last"].needs] == needs


def test_a_section_as_prerequisite_means_its_required_courses() -> None:
    text = (
        f"## Basics\n\n{HEADER}A | 1 week | 1 hour/week | -\n\nChoose **one** of these:"
        f"\n\n{HEADER}B | 1 week | 1 hour/week | -\nC | 1 week | 1 hour/week | -\n\n"
        f"## More\n\n{HEADER}D | 1 week | 1 hour/week | basics\n"
    )

    assert modules_of(read(Source("a.md", text)))["D"].needs == ("A", "B")


@pytest.mark.parametrize(
    ("sentence", "optional"),
    [
        ("Choose **one** of the following:", "BC"),
        ("Pick two:", "C"),
        ("Take all of the following:", ""),
        ("Take one course in each area.", ""),
        ("These are electives.", "ABC"),
    ],
)
def test_what_is_left_to_choice_is_optional(sentence: str, optional: str) -> None:
    rows = "\n".join(f"{each} | 1 week | 1 hour/week | -" for each in "ABC")
    reading = read(
        Source("a.md", f"# All\n\n## Part\n\n{sentence}\n\n{HEADER}{rows}\n")
    )

    modules = modules_of(reading)
    assert "".join(each for each in "ABC" if modules[each].is_optional) == optional
    assert len(reading.guessed) == bool(optional)


def test_a_course_with_weeks_alone_takes_as_long_as_weeks_do_elsewhere() -> None:
    stated = [f"C{each} | 2 weeks | {each} hours/week | -" for each in range(1, 9)]
    reading = read(course_table(*stated, "Blind | 10 weeks | - | -"))

    (lesson,) = modules_of(reading)["Blind"].lessons
    assert (lesson.span, lesson.guess) == (None, Span(10 * 135, 10 * 405))
    made = make_document(reading, "mine", "1")
    assert made.minutes_guessed == (1350, 4050)
    assert made.document["modules"][-1]["lessons"][0]["minutes"] == 2700


def test_links_relative_to_a_page_on_github_lead_to_its_pages() -> None:
    text = course_table("[A](pages/a.md) | 1 week | 1 hour/week | -").text
    name = "https://raw.githubusercontent.com/someone/courses/main/README.md"

    reading = read(Source(name, text))
    assert modules_of(reading)["A"].url == (
        "https://github.com/someone/courses/blob/main/pages/a.md"
    )
    assert reading.title == "courses"


@pytest.mark.parametrize(
    ("text", "is_sure"),
    [
        (HEADER, True),
        ("| Class | Workload |\n|---|---|\n", True),
        ("| Course | Teacher |\n|---|---|\n", False),
        ("| Lesson | Est. |\n|---|---|\n", False),
        ("Courses | Duration\n", False),
        ("", False),
    ],
)
def test_the_form_is_recognised_by_the_names_of_columns(
    text: str, *, is_sure: bool
) -> None:
    assert bool(recognise(Source("a.md", text))) == is_sure


def test_courses_that_need_each_other_lose_one_of_the_needs() -> None:
    reading = read(
        course_table(
            "Hen | 1 week | 1 hour/week | Egg", "Egg | 1 week | 1 h/week | Hen"
        )
    )

    made = make_document(reading, "mine", "1")
    assert [len(each["prerequisites"]) for each in made.document["modules"]] == [0, 1]
    assert len(made.notes) == 1


def test_a_text_without_a_table_of_courses_is_refused() -> None:
    reason = "no table with a column of courses"

    assert refusal(IMPORTER, "# A\n\n| Lesson |\n|---|\n| B |\n") == (None, reason)
    assert refusal(IMPORTER, HEADER) == (None, reason)
