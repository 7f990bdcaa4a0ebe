from __future__ import annotations

import pytest
from hypothesis import strategies as st

from llmpath.errors import RefusedInputError
from llmpath.exchange.importers.draft import LeftOut
from llmpath.exchange.importers.markdown_blocks import (
    Document,
    Heading,
    Item,
    Listing,
    Paragraph,
    Table,
    read_blocks,
)
from llmpath.exchange.importers.markdown_words import Link, Words
from llmpath.exchange.importers.source import Source
from tests.strategies import law


def blocks_of(text: str) -> Document:
    return read_blocks(Source("road.md", text))


def words_of(text: str) -> Words:
    (block,) = blocks_of(text).blocks
    assert isinstance(block, Paragraph)
    return block.words


def test_blocks_have_their_lines() -> None:
    text = "# One\n\nText\n\n- a\n  1. b\n\n|h|i|\n|-|-|\n|c|d|\n"

    assert blocks_of(text).blocks == (
        Heading(1, Words("One"), 1),
        Paragraph(Words("Text"), 3),
        Listing(
            (
                Item(
                    Words("a"),
                    5,
                    is_ticked=None,
                    items=(Item(Words("b"), 6, None, (), is_numbered=True),),
                    is_numbered=False,
                ),
            ),
            5,
        ),
        Table((Words("h"), Words("i")), (((Words("c"), Words("d")), 10),), 8),
    )


@pytest.mark.parametrize(
    "text",
    [
        "See [a *b*](https://example.org/x) now",
        "See [a `b`][r] now\n\n[r]: https://example.org/x",
        "See [a b] now\n\n[A B]: https://example.org/x 'title'",
    ],
)
def test_links_of_each_form_have_their_place_in_the_words(text: str) -> None:
    assert words_of(text) == Words(
        "See a b now", (Link("a b", "https://example.org/x", 4, 7),)
    )


@pytest.mark.parametrize("text", ["<https://example.org/x>", "https://example.org/x"])
def test_a_bare_link_has_no_title(text: str) -> None:
    assert words_of(f"Go {text}.") == Words(
        "Go https://example.org/x.", (Link("", "https://example.org/x", 3, 24),)
    )


def test_emphasis_is_gone_and_a_bold_beginning_is_known() -> None:
    words = words_of("**Bold _and_ more** then *some*, ~~not~~")

    assert words == Words("Bold and more then some, not", (), "Bold and more")


@pytest.mark.parametrize(
    ("box", "is_ticked"), [("[ ]", False), ("[x]", True), ("[X]", True)]
)
def test_a_box_is_taken_from_the_words_and_links_move_with_them(
    box: str,
    is_ticked: bool,  # noqa: FBT001 - a case of the table
) -> None:
    (block,) = blocks_of(f"- {box} [a](b)").blocks
    assert isinstance(block, Listing)

    assert block.items == (
        Item(Words(" a", (Link("a", "b", 1, 2),)), 1, is_ticked, (), is_numbered=False),
    )


def test_what_is_no_block_is_counted_with_its_first_line() -> None:
    text = (
        "![a](b) ![c](d)\n\n<p>raw</p>\n\n<!-- hidden -->\n\n"
        "```\n- no item\n```\n\ntext<br>more <b>bold</b>\n"
    )
    document = blocks_of(text)

    assert document.blocks[1:] == (Paragraph(Words("text more bold"), 11),)
    assert document.left_out == (
        LeftOut(1, "a", "image", 2),
        LeftOut(3, "<p>raw</p>", "piece of raw HTML", 5),
        LeftOut(7, "- no item", "block of code"),
    )


@pytest.mark.parametrize("fence", ["---", "+++"])
def test_front_matter_gives_the_title_and_no_block(fence: str) -> None:
    colon = ":" if fence == "---" else " ="
    text = f'{fence}\ntitle{colon} "My road"\nlist:\n- a\n{fence}\n# One\n'

    assert blocks_of(text) == Document(
        (Heading(1, Words("One"), 6),),
        "My road",
        (LeftOut(1, "", "line of front matter", 5),),
    )


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert blocks_of("---\n\n# One\n").blocks == (Heading(1, Words("One"), 3),)


@pytest.mark.parametrize(
    "deep", [">" * 30 + " a", "".join("  " * i + "- a\n" for i in range(30))]
)
def test_what_is_nested_too_deep_is_refused_with_its_line(deep: str) -> None:
    with pytest.raises(RefusedInputError) as caught:
        blocks_of(deep)

    (fault,) = caught.value.faults
    assert fault.reason == "lists and quotes are nested too deep, 20 levels"
    assert fault.line is not None


def test_nine_lists_deep_are_read() -> None:
    (block,) = blocks_of("".join("  " * i + "- a\n" for i in range(9))).blocks
    assert isinstance(block, Listing)

    depth, items = 0, block.items
    while items:
        depth, items = depth + 1, items[0].items
    assert depth == 9


_PIECES = st.sampled_from(
    [*"#-*+>|[]()!`<&~_=1.\\\"'\n\n\n  ", "\t", "[x] ", "http://a.b", "](", "---", "aé"]
)


@law(st.text(max_size=80) | st.lists(_PIECES, max_size=60).map("".join))
def test_any_text_has_blocks_whose_links_stand_in_their_words(text: str) -> None:
    try:
        document = blocks_of(text)
    except RefusedInputError:
        return
    for block in document.blocks:
        if isinstance(block, Heading | Paragraph):
            for link in block.words.links:
                assert 0 <= link.start < link.end <= len(block.words.text)
                assert not link.title or link.title.split()[0] in block.words.text
