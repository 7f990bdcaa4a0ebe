"""Check lists of this program, read again."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

from llmpath.core.text import TITLE_LIMIT, clean
from llmpath.exchange.box_lines import KINDS
from llmpath.exchange.importers.draft import Span
from llmpath.exchange.importers.markdown import read
from llmpath.exchange.importers.naming import lessons_of
from llmpath.exchange.importers.source import Source
from llmpath.exchange.markdown import markdown_text
from tests.builders import a_curriculum, a_lesson, a_module, a_track
from tests.exchange.lessons import entries_of
from tests.strategies import a_study, law

LINE = "- [ ] {}, reading, 30 min, `m/one`"
_words = st.sampled_from(
    [
        *("Scores", ", ", "(optional)", "30 min", "[x]", "note 2026-01-01: "),
        *("slides", "skipped"),
        *(
            " ",
            "- ",
            "`m/a`",
            "www.a.org",
            "https://e.org",
            "1. ",
            "#",
            "**",
            "skipped",
        ),
    ]
)
_titles = (
    (st.text(max_size=30) | st.lists(_words, max_size=6).map("".join))
    .map(lambda text: clean(text.strip(), TITLE_LIMIT).strip())
    # a title that is an address becomes a link to it
    .filter(lambda title: title and not title.startswith(("http://", "https://")))
)


@law(
    st.lists(
        st.tuples(
            _titles,
            st.none() | st.just("https://example.org/a?b=c#d"),
            st.sampled_from(KINDS),
            st.integers(1, 10_080),
            st.booleans(),
            st.sampled_from(["published", "estimated"]),
        ),
        min_size=1,
        max_size=3,
    )
)
def test_any_exported_lesson_is_read_as_it_was(
    rows: list[tuple[str, str | None, str, int, bool, str]],
) -> None:
    lessons = [
        a_lesson(
            f"llmpath:m/l{number}", minutes, title=title, optional=optional
        )._replace(url=url, kind=kind, basis=basis)
        for number, (title, url, kind, minutes, optional, basis) in enumerate(rows)
    ]
    module = a_module("m", lessons)
    curriculum = a_curriculum([a_track("road", [module])], [module])
    text = markdown_text("Road", entries_of(a_study(curriculum)))

    assert [
        (
            *(each.title, each.url, each.kind, each.span, each.is_optional),
            "estimated" if each.is_estimate else "published",
        )
        for each in lessons_of(read(Source("road.md", text)))
    ] == [
        (title, url, kind, Span(minutes, minutes), optional, basis)
        for title, url, kind, minutes, optional, basis in rows
    ]


@pytest.mark.parametrize("heading", ["Contact", "License", "Week 1 (3 hours)"])
def test_what_was_exported_is_study_whatever_its_heading(heading: str) -> None:
    text = f"# Road\n\n## {heading}\n\n{LINE.format('One')}\n"
    assert [each.title for each in lessons_of(read(Source("a.md", text)))] == ["One"]


def test_what_was_written_below_an_exported_line_by_hand_is_read_as_well() -> None:
    text = (
        f"# A\n\n{LINE.format('One')}\n  - a topic\n{LINE.format('Two')}\n  - [ ] b\n"
    )
    first, second, below = lessons_of(read(Source("a.md", text)))
    assert (first.title, first.topics) == ("One", ("a topic",))
    assert (second.title, below.title) == ("Two", "b")


def test_a_line_that_only_looks_like_one_is_an_item_like_any_other() -> None:
    text = "# A\n\n- One, reading, 30 min, m/one\n- [ ] Two, walking, 30 min, m/two\n"
    titles = [each.title for each in lessons_of(read(Source("a.md", text)))]
    assert titles == ["One, reading, 30 min, m/one", "Two, walking, 30 min, m/two"]
