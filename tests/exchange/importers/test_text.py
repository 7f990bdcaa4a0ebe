from __future__ import annotations

import pytest
from hypothesis import strategies as st

from llmpath.errors import RefusedInputError
from llmpath.exchange.importers.draft import LeftOut, Reading
from llmpath.exchange.importers.making import make_document
from llmpath.exchange.importers.registry import recognise
from llmpath.exchange.importers.source import Source
from llmpath.exchange.importers.text import IMPORTER
from tests.exchange.importers.drafts import (
    check_whole_or_refused,
    outline_of,
)
from tests.strategies import law

GUIDE = """\
Gardens are large, and many people ask how to begin with one; this is a guide to it.

We go from the ground up: soil first, then plants, and what grows on them at the end.

Phase 0: Soil and Water

Almost everything in a garden stands in soil, and so do these courses, which need none.

Ann's Films on Soil, Water, and Roots

Across the three parts it is the best beginning. Below is what the parts will cover:

The Nature of Soil

  1. Sand and clay

  2. Worms, lice (and so on), and moles

The Nature of Water

  1. Rain

  2. Wells
     and ponds

Roots

  1. Root hair

Phase 1: Plants (10 hours)

With the soil known, the next step is what stands in it.

Plant Models from Example by Bob

This course is the fifth of a row. The course spans two weeks, one topic for each:

  \u2022 Week 1: Leaves (2 h)

  \u2022 Week 2: Flowers

It will be a solid ground for what comes.

GA 1008 - Deep Gardens, City \u2013 Week 12

This open course is an overview. Here are the major topics covered:

  1. Trees

  2. Hedges

Note that there is a newer version, with topics that are related:

  1. Lawns (Week 3)

A Talk on Bees

It has no list of topics, only this text.

Conclusion

If we are to have gardens, it is crucial to keep up with them.

Sign Up FreeBook a Spade
"""


def read(text: str, name: str = "guide.txt") -> Reading:
    return IMPORTER.read(Source(name, text))


def test_stages_are_phases_headings_modules_and_numbered_topics_lessons() -> None:
    assert outline_of(read(GUIDE)) == (
        "guide\n"
        "  track guide\n"
        "    phase Phase 0: Soil and Water\n"
        "      module Ann's Films on Soil, Water, and Roots: The Nature of Soil\n"
        "        Sand and clay\n"
        "        Worms, lice (and so on), and moles\n"
        "      module Ann's Films on Soil, Water, and Roots: The Nature of Water\n"
        "        Rain\n"
        "        Wells and ponds\n"
        "      module Ann's Films on Soil, Water, and Roots: Roots\n"
        "        Root hair\n"
        "    phase Phase 1: Plants [600-600]\n"
        "      module Plant Models from Example by Bob\n"
        "        Week 1: Leaves [120-120]\n"
        "        Week 2: Flowers\n"
        "      module GA 1008 - Deep Gardens, City \u2013 Week 12\n"
        "        Trees\n"
        "        Hedges\n"
        "        Lawns (Week 3)\n"
        "      module A Talk on Bees\n"
        "        A Talk on Bees\n"
    )


def test_what_is_guessed_or_not_imported_is_told() -> None:
    reading = read(GUIDE)

    assert reading.guessed == (
        "headings right above a list are parts of the one before: 3",
        "items without a link or box are lessons: 10",
        "headings of a stage with text alone are lessons: 1",
    )
    assert reading.left_out == (
        LeftOut(
            1,
            "Gardens are large, and many people ask how to begin with one; this is "
            "a guide t\u2026",
            "paragraph",
            11,
        ),
        LeftOut(60, "Conclusion", "heading with no list below it"),
        LeftOut(
            64,
            "Sign Up FreeBook a Spade",
            "line with neither text nor a list below it",
        ),
    )


def test_without_stages_headings_are_modules_of_one_phase() -> None:
    reading = read(
        "My garden\n\nWhat I want to learn this year.\n\n"
        "Trees\n- oak\n- elm: https://e.org/elm\n  - bark\n\n"
        "Links on lawns\nGrass https://e.org/grass\nhttps://e.org/moss\n"
    )

    assert outline_of(reading) == (
        "My garden\n"
        "  track My garden\n"
        "    phase My garden\n"
        "      module Trees\n"
        "        oak\n"
        "        elm <https://e.org/elm> (bark)\n"
        "      module Links on lawns\n"
        "        Grass <https://e.org/grass>\n"
        "        e.org/moss <https://e.org/moss>\n"
    )


def test_boxes_are_ticks() -> None:
    (track,) = read("Trees\n\n- [x] oak\n- [ ] elm\n").tracks
    ((module,),) = (phase.modules for phase in track.phases)

    assert [(each.title, each.is_done) for each in module.lessons] == [
        ("oak", True),
        ("elm", False),
    ]


def test_lines_that_begin_with_a_box_are_items_and_hashes_are_no_part_of_a_title() -> (
    None
):
    (track,) = read("# Trees\n\n## Soft\n[x] lime | tall\n[ ] fir\n\n; ==\n").tracks
    ((module,),) = (phase.modules for phase in track.phases)

    assert module.title == "Soft"
    assert [(each.title, each.is_done) for each in module.lessons] == [
        ("lime | tall", True),
        ("fir", False),
    ]


def test_a_wrapped_paragraph_is_no_heading() -> None:
    text = (
        "This is a text that is wrapped where the line was full and\n"
        "goes on below\n\n1. oak\n"
    )
    reading = read(text)

    assert outline_of(reading) == (
        "guide\n  track guide\n    phase guide\n      module guide\n        oak\n"
    )
    assert [each.reason for each in reading.left_out] == ["paragraph"]


@pytest.mark.parametrize("text", ["", "Only prose, in one sentence.\n", "A line\n"])
def test_a_text_without_a_list_is_refused(text: str) -> None:
    with pytest.raises(RefusedInputError) as caught:
        read(text)

    (fault,) = caught.value.faults
    assert fault.reason == "no lesson found: no numbered list and no list with marks"


def test_lists_that_are_nested_too_deep_are_refused_with_their_line() -> None:
    with pytest.raises(RefusedInputError) as caught:
        read("".join(" " * at + "- a\n" for at in range(20)))

    (fault,) = caught.value.faults
    assert fault.line == 10


def test_text_is_what_nothing_else_is() -> None:
    assert recognise(Source("guide.txt", GUIDE)) is IMPORTER
    assert recognise(Source("guide", "Trees\n\n1. oak\n")) is IMPORTER


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", ""),
        ("a.txt", " \n\n"),
        ("a.txt", '{"a": 1}'),
        ("a.txt", "<html>a</html>"),
        ("a.csv", "a,b\n"),
        ("a.bin", "PK\0a"),
    ],
)
def test_what_is_empty_or_something_else_is_not_taken_for_text(
    name: str, text: str
) -> None:
    assert IMPORTER.recognise(Source(name, text)) == 0


_PIECES = st.sampled_from(
    [
        *("Phase 1: ", "Trees", "A line of text, which ends.", "- ", "1. ", "  2) "),
        *(
            "\u2022 ",
            "\n",
            "\n\n",
            "\t",
            "[x] ",
            "https://e.org",
            "(2-3 h)",
            ":",
            "=== ",
        ),
    ]
)


@law(st.text(max_size=80) | st.lists(_PIECES, max_size=60).map("".join))
def test_any_text_is_refused_or_becomes_a_document_that_passes_the_check(
    text: str,
) -> None:
    check_whole_or_refused(read, text)


@law(st.lists(st.integers(1, 6), min_size=1, max_size=8))
def test_every_numbered_topic_below_a_heading_is_a_lesson(counts: list[int]) -> None:
    text = "".join(
        f"Part of the garden {at}\n\nA text on it, which ends.\n\n"
        + "".join(f"  {n + 1}. topic {at} {n}\n\n" for n in range(count))
        for at, count in enumerate(counts)
    )
    document = make_document(read(text), "mine", "1").document

    lessons = [each for module in document["modules"] for each in module["lessons"]]
    assert [each["title"] for each in lessons] == [
        f"topic {at} {n}" for at, count in enumerate(counts) for n in range(count)
    ]


SAILING = """Reading list

Phase 1: Ashore

One has to know a few things before one may go on board, and they take some time.

Knots

Films about them, of which each one shows two or three in a slow and simple way.

  1. The bowline
  2. The clove hitch
  {item}

Phase 2: On board

There is more to be seen on board, and it is better seen by daylight than at night.

  1. The sails
"""


@pytest.mark.parametrize(
    "item", ["3. See [the page](https://example.org/x)", "- [x] The reef knot"]
)
def test_one_link_or_box_makes_no_markdown_of_a_text_with_headings(item: str) -> None:
    source = Source("sailing.txt", SAILING.format(item=item))
    importer = recognise(source)
    assert importer.name == "text"
    (track,) = importer.read(source).tracks
    names = [each.title for each in track.phases]
    assert names == ["Phase 1: Ashore", "Phase 2: On board"]


@pytest.mark.parametrize("name", ["a.txt", "-"])
def test_a_list_of_links_without_a_heading_is_markdown(name: str) -> None:
    links = "".join(f"- [{each}](https://example.org/{each})\n" for each in "abc")
    source = Source(name, f"Knots\n\n{links}- more\n- yet more\n")
    assert recognise(source).name == "markdown"
