from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import strategies as st

from llmpath.errors import RefusedInputError
from llmpath.exchange.importers.draft import LeftOut, Reading, Span
from llmpath.exchange.importers.making import make_document
from llmpath.exchange.importers.markdown import IMPORTER
from llmpath.exchange.importers.naming import lessons_of
from llmpath.exchange.importers.registry import recognise
from llmpath.exchange.importers.source import Source
from tests.exchange.importers.drafts import (
    check_whole_or_refused,
    outline_of,
)
from tests.strategies import law

TWO_ROADS = """\
# Learning to bake

## Why

Bread is old. There is a road below (takes 40-60 hours or more!).

---

## Learning roads

### Long roadmap (40\u201360+ hours)
For those who want to **know** it:

1. **Flour** \u2013 What it is made of
   - [A course on flour](https://www.coursera.org/learn/flour)

2. **Yeast** \u2013 What it eats
   - [BIO 101 - Yeast](http://example.org/yeast/)

3. **Ovens from the ground up** \u2013 A 3-hour workshop
   - [Workshop Link](https://www.youtube.com/watch?v=abc)

> This road is *long*.

### Shorter roadmap (2\u20133 hours)
- [The drawn loaf](http://example.org/loaf/)
- [Ann's talk \u2013 Loaves: Form & Crust](https://youtu.be/x)
"""

CHECKLIST = """\
---
title: Trees
---

[![Stars](https://img.example.org/stars.svg)](https://example.org)

- [Roots](#roots)
- [Leaves](#leaves)

## Roots

**Time:** 4 weeks, 3-5 hours/week

- [x] [What roots are](https://example.org/roots) (video, 45 min) - with drawings
  - depth
  - width
- [ ] Draw a root
- [X] Read [chapter 1][book] and see [the map](https://example.org/map)
- Videos: [1](https://youtu.be/1), [2](https://youtu.be/2) | [3](https://youtu.be/3)
- https://example.org/bare/page
- Roots are what a tree stands on, and this sentence is long enough to be no lesson.

## Leaves (optional)

### [Course on leaves](https://example.org/leaves) ~ 90 minutes

Text with [a link](https://example.org/in-a-sentence) among many more words than it has.

[All about leaves](https://example.org/all)

| Day | What | Time |
|-----|------|------|
| 1 | [Green](https://example.org/green) | 30 min |
| 2 | rest | - |

**Week 2**

* [ ] Autumn [pdf](https://example.org/autumn.pdf) [optional]
* [ ] Trunks
  * [x] bark
  * [ ] rings

## Contributing

- [Open an issue](https://example.org/issues)

[book]: https://example.org/book.pdf
"""


def read(text: str, name: str = "road.md") -> Reading:
    return IMPORTER.read(Source(name, text))


def test_two_roadmaps_are_tracks_with_their_hours_and_numbered_groups_as_phases() -> (
    None
):
    assert outline_of(read(TWO_ROADS, "bread.txt")) == (
        "Learning to bake\n"
        "  track Long roadmap [2400-]\n"
        "    phase Flour\n"
        "      module Flour\n"
        "        A course on flour <https://www.coursera.org/learn/flour>\n"
        "    phase Yeast\n"
        "      module Yeast\n"
        "        BIO 101 - Yeast <http://example.org/yeast/>\n"
        "    phase Ovens from the ground up\n"
        "      module Ovens from the ground up [180-180]\n"
        "        Ovens from the ground up: Workshop Link"
        " <https://www.youtube.com/watch?v=abc> video\n"
        "  track Shorter roadmap [120-180]\n"
        "    phase Shorter roadmap\n"
        "      module Shorter roadmap\n"
        "        The drawn loaf <http://example.org/loaf/>\n"
        "        Ann's talk \u2013 Loaves: Form & Crust <https://youtu.be/x> video\n"
    )


def test_the_hours_of_a_road_are_divided_over_its_lessons() -> None:
    made = make_document(read(TWO_ROADS), "bread", "1")
    minutes = [
        lesson["minutes"]
        for module in made.document["modules"]
        for lesson in module["lessons"]
    ]

    assert sum(minutes[:3]) == 3000
    assert minutes[2] == 180
    assert sum(minutes[3:]) == 150
    assert (made.minutes_read, made.minutes_guessed) == (3150, (0, 0))
    assert [each["stated_hours"] for each in made.document["tracks"]] == [
        [40, None],
        [2, 3],
    ]


def test_a_checklist_is_read_item_by_item() -> None:
    assert outline_of(read(CHECKLIST)) == (
        "Trees\n"
        "  track Trees\n"
        "    phase Roots\n"
        "      module Roots [720-1200]\n"
        "        x What roots are [45-45] <https://example.org/roots> video"
        " (depth; width)\n"
        "        Draw a root\n"
        "        x Read chapter 1 <https://example.org/book.pdf> reading\n"
        "        Videos: 1 <https://youtu.be/1> video\n"
        "        Videos: 2 <https://youtu.be/2> video\n"
        "        Videos: 3 <https://youtu.be/3> video\n"
        "        example.org/bare/page <https://example.org/bare/page>\n"
        "    phase Leaves\n"
        "      module Course on leaves\n"
        "        All about leaves <https://example.org/all>\n"
        "        Green [30-30] <https://example.org/green>\n"
        "      module Course on leaves: Week 2\n"
        "        Autumn <https://example.org/autumn.pdf> reading optional\n"
        "      module Course on leaves: Week 2: Trunks\n"
        "        x bark\n"
        "        rings\n"
    )


def test_what_is_not_imported_is_told_with_its_line_and_reason() -> None:
    reading = read(CHECKLIST)

    assert reading.left_out == (
        LeftOut(1, "", "line of front matter", 3),
        LeftOut(5, "Stars", "image"),
        LeftOut(7, "Roots", "table of contents"),
        LeftOut(14, "video, 45 min) - with drawings", "description behind a link"),
        LeftOut(
            18, "the map https://example.org/map", "link of an item, beside its first"
        ),
        LeftOut(
            21,
            "Roots are what a tree stands on, and this sentence is long enough to be "
            "no less\u2026",
            "sentence in a list, without link or box",
        ),
        LeftOut(
            25,
            "Course on leaves",
            "time of a part that has parts of its own below a phase",
        ),
        LeftOut(27, "a link https://example.org/in-a-sentence", "link in a sentence"),
        LeftOut(34, "2 | rest | -", "row of a table without a link"),
        LeftOut(45, "Contributing", "part below a heading that names nothing to study"),
    )
    assert reading.guessed == (
        "items without links below a linked one are its topics: 1",
    )


NESTED = """\
# R

## S

- [a](https://e.org/a)
  - topic
- [b](https://e.org/b)
  - [c](https://e.org/c)
- d
  - topic
- e
  - f
    - topic
- g
"""


def test_each_form_of_nesting_is_decided_and_said() -> None:
    reading = read(NESTED)

    assert outline_of(reading) == (
        "R\n"
        "  track R\n"
        "    phase S\n"
        "      module S\n"
        "        a <https://e.org/a> (topic)\n"
        "        b <https://e.org/b>\n"
        "        c <https://e.org/c>\n"
        "        d (topic)\n"
        "        g\n"
        "      module e\n"
        "        f (topic)\n"
    )
    assert reading.guessed == (
        "items without links below a linked one are its topics: 1",
        "linked items and the linked or ticked ones below them are both lessons: 1",
        "items without a link or box are lessons: 3",
    )


def test_three_levels_of_headings_are_tracks_phases_and_modules() -> None:
    reading = read(
        "# All\n\n## Short\n\n### First\n\n#### Talks\n\n"
        "- note 2026-11-16: bring paper\n"
        "- [x] [A](https://e.org/a), 45 min, planned 2026-11-16, `talks/a`\n"
        "  - note 2026-11-16: good\n"
        "- [ ] [B](https://e.org/b), 1 h 30 min, optional, `talks/b`\n"
    )

    assert outline_of(reading) == (
        "All\n"
        "  track Short\n"
        "    phase First\n"
        "      module Talks\n"
        "        x A [45-45] <https://e.org/a>\n"
        "        B [90-90] <https://e.org/b> optional\n"
    )


def test_numbered_headings_of_one_level_are_phases_and_others_modules() -> None:
    numbered = "# R\n\n## Week 1: A\n\n- a\n\n## Week 2: B\n\n- b\n"
    named = "# R\n\n## A\n\n- a\n\n## B\n\n- b\n"

    (track,) = read(numbered).tracks
    assert [each.title for each in track.phases] == ["Week 1: A", "Week 2: B"]
    (track,) = read(named).tracks
    (phase,) = track.phases
    assert [each.title for each in phase.modules] == ["A", "B"]


def test_sentences_with_a_bold_beginning_are_lessons_where_there_is_nothing_else() -> (
    None
):
    item = "- **{}**: this is what one has to know about it, and it is said at length."
    text = f"# R\n\n## S\n\n{item.format('Bark')}\n{item.format('Sap')}\n"

    assert [each.title for each in lessons_of(read(text))] == ["Bark", "Sap"]
    with_link = f"{text}- [a](https://e.org)\n"
    assert [each.title for each in lessons_of(read(with_link))] == ["a"]


def test_of_a_sentence_before_a_link_its_beginning_in_bold_is_kept() -> None:
    text = (
        "# R\n\n- **Bread**: how it rises and why, in [A loaf](https://a.example/b).\n"
    )
    assert [each.title for each in lessons_of(read(text))] == ["Bread: A loaf"]


def test_without_a_title_the_files_name_is_the_title() -> None:
    assert read("## A\n\n- a\n\n## B\n\n- b\n", "my-road.md").title == "my-road"
    assert read("- a\n- b\n", "https://e.org/x/road.md").title == "road"


@pytest.mark.parametrize("text", ["", "# Title\n\nOnly prose.\n", "```\n- a\n```\n"])
def test_a_text_with_nothing_to_study_is_refused(text: str) -> None:
    with pytest.raises(RefusedInputError) as caught:
        read(text)

    (fault,) = caught.value.faults
    assert fault.reason == "no lesson found: no list items and no lines of links"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("road.md", "# R\n\n- a\n"),
        ("road.txt", TWO_ROADS),
        ("https://e.org/road", "# R\n\n* [a](https://e.org)\n"),
        ("list.txt", "- [ ] a\n- [x] b\n"),
    ],
)
def test_markdown_is_known_by_its_signs_whatever_the_name(name: str, text: str) -> None:
    assert recognise(Source(name, text)) is IMPORTER


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("_toctree.yml", "# c\n- [a](b)\n"),
        ("a.txt", "Phase 1: A\n\n1. a\n"),
        ("road.md", "# R\n\0"),
    ],
)
def test_what_has_no_sign_of_markdown_is_not_taken_for_it(name: str, text: str) -> None:
    assert IMPORTER.recognise(Source(name, text)) == 0


_PIECES = st.sampled_from(
    [
        *("# ", "## ", "### ", "- ", "1. ", "  - ", "[x] ", "[ ] ", "b", "**c**"),
        *("[a](https://e.org/a)", "https://e.org", "![i](j)", "(2-3 h)", "Phase 1"),
        *("\n", "\n\n", "| a | b |\n|-|-|\n", "| c | [d](e) |\n", "roadmap"),
        *("optional", ". ", ": "),
    ]
)


@law(st.text(max_size=80) | st.lists(_PIECES, max_size=60).map("".join))
def test_any_text_is_refused_or_becomes_a_document_that_passes_the_check(
    text: str,
) -> None:
    check_whole_or_refused(read, text)


@law(st.lists(st.tuples(st.integers(0, 3), st.booleans(), st.booleans()), min_size=1))
def test_no_item_of_a_list_is_lost(rows: list[tuple[int, bool, bool]]) -> None:
    """Each item is a lesson, a topic or a module's title."""
    lines, before = [], -1
    for at, (depth, is_linked, is_ticked) in enumerate(rows):
        before = min(depth, before + 1)
        box = "[x] " if is_ticked else ""
        word = f"[w{at}](https://e.org/{at})" if is_linked else f"w{at}"
        lines.append(f"{'  ' * before}- {box}{word}")
    reading = read("\n".join(lines))

    phases = [each for track in reading.tracks for each in track.phases]
    modules = [each for phase in phases for each in phase.modules]
    told = [*lessons_of(reading)]
    titles = [
        *(each.title for each in told),
        *(each.title for each in modules),
        *(each.title for each in phases),
    ]
    topics = chain.from_iterable(each.topics for each in told)
    words = {*topics, *chain.from_iterable(each.split(": ") for each in titles)}
    assert words >= {f"w{at}" for at in range(len(rows))}


def test_a_line_that_names_a_stage_above_a_list_is_its_heading() -> None:
    text = (
        "**Week 1:** Bark\n- a\n- b\n\n**Week 2: Sap** (5 hours)\n\n- c\n\n"
        "Week 3:\n\n- d\n\nWeek 4 is free.\n\n- e\n"
    )
    (track,) = read(text).tracks

    assert [each.title for each in track.phases] == [
        "Week 1: Bark",
        "Week 2: Sap",
        "Week 3",
    ]
    (module,) = track.phases[1].modules
    assert module.span == Span(300, 300)
    assert [each.title for each in lessons_of(read(text))] == [*"abcde"]


def test_titles_and_summaries_in_html_are_headings_until_they_are_closed() -> None:
    text = (
        '<h1 align="center">The <b>Tree</b> &amp; I</h1>\n\n'
        "<details>\n<summary>Bark</summary>\n\n- a\n\n</details>\n\n"
        "<details>\n<summary>Click to expand</summary>\n\n- b\n\n</details>\n\n- c\n"
        "\n<details><summary>Translations:</summary>\n\n- d\n\n</details>\n\n- e\n"
        "\n<h1>never closed\n\n- f\n"
    )
    reading = read(text)
    (track,) = reading.tracks

    assert (reading.title, reading.title_from) == ("The Tree & I", None)
    names = {
        module.title: [each.title for each in module.lessons]
        for phase in track.phases
        for module in phase.modules
    }
    assert names == {"The Tree & I": ["b", "c", "e", "f"], "Bark": ["a"]}
    assert "d" not in [each.title for each in lessons_of(reading)]


@pytest.mark.parametrize(
    ("box", "is_done"),
    [
        *(("[ ]", False), ("[x]", True), ("[X]", True), ("[-]", False)),
        *(("[/]", False), ("\u2610", False), ("\u2611", True)),
    ],
)
def test_a_box_of_any_kind_is_no_part_of_the_title(box: str, *, is_done: bool) -> None:
    (lesson,) = lessons_of(read(f"# R\n\n- {box} bark\n"))

    assert (lesson.title, lesson.is_done) == ("bark", is_done)


def test_a_tick_counts_for_what_stands_below_it_without_a_box_of_its_own() -> None:
    text = (
        "- [x] Roots\n  - [ ] [sap](https://e.org/1)\n  - [bark](https://e.org/2)\n"
        "  - [x] [leaf](https://e.org/3)\n  - [ ] moss\n"
    )
    done = {each.title: each.is_done for each in lessons_of(read(text))}
    assert done == {"sap": False, "bark": True, "leaf": True, "moss": False}


def test_the_mark_of_a_footnote_is_no_part_of_a_title() -> None:
    text = "# R\n\n- bark[^1]\n- [sap](https://e.org)[^why] (1h)\n\n[^1]: Of trees.\n"

    assert [each.title for each in lessons_of(read(text))] == ["bark", "sap"]


@pytest.mark.parametrize(
    ("urls", "are_lessons"),
    [
        (["README.zh-CN.md", "README_ptbr.md"], False),
        (["./README.md", "translations/README-id.md"], False),
        (["https://e.org/a/README.md", "https://e.org/a/README.ko.md"], False),
        (["readme.md"], False),
        (["courses/trees/README.md"], True),
        (["https://e.org/trees/README.md"], True),
        (["README.zh-CN.md", "trees.md"], True),
    ],
)
def test_readmes_are_translations_in_this_folder_or_with_a_language_in_the_name(
    urls: list[str], *, are_lessons: bool
) -> None:
    links = " | ".join(f"[L{at}]({url})" for at, url in enumerate(urls))
    lessons = list(lessons_of(read(f"# R\n\n{links}\n\n- bark\n")))
    assert (len(lessons) > 1) == are_lessons
