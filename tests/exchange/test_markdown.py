from __future__ import annotations

from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from llmpath.core.text import clean
from llmpath.exchange.entries import make_entries
from llmpath.exchange.markdown import escaped, markdown_text
from tests.builders import a_curriculum, a_lesson, a_module, a_track
from tests.exchange.lessons import HOSTILE, entries_of, small_curriculum, small_study
from tests.strategies import a_study, law

RENDERER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def inline(text: str) -> list[Token]:
    """The tokens of one line of prose."""
    tokens = RENDERER.parse(f"a {text} z")
    assert [each.type for each in tokens] == [
        "paragraph_open",
        "inline",
        "paragraph_close",
    ]
    return tokens[1].children or []


def test_headings_boxes_links_and_notes() -> None:
    study = small_study(small_curriculum())
    assert markdown_text("My road", entries_of(study)) == (
        "# My road\n"
        "\n"
        "## Road\n"
        "\n"
        "### Phase 1\n"
        "\n"
        "#### Tokens\n"
        "\n"
        "- [x] [Byte pairs](https://example.org/bpe), reading, 1 h, done 2026-11-16,"
        " `tokens/bpe`\n"
        "\n"
        "### Phase 2\n"
        "\n"
        "#### Attention\n"
        "\n"
        "- note 2026-11-16: bring paper\n"
        "- [ ] [Scores, and softmax](https://example.org/scores), reading, 30 min,"
        " planned 2026-11-17, `attention/scores`\n"
        "  - note 2026-11-16: seen twice\n"
        "- [ ] [Many heads](https://example.org/heads), reading, 45 min, skipped,"
        " `attention/heads`\n"
        "- [ ] [Masks](https://example.org/masks), reading, 20 min, optional,"
        " `attention/masks`\n"
    )


def test_without_a_track_modules_are_the_second_level() -> None:
    curriculum = small_curriculum()
    study = a_study(curriculum)._replace(records=())
    text = markdown_text("All", make_entries(study.situation, None))
    headings = [line for line in text.splitlines() if line.startswith("#")]
    assert headings == ["# All", "## Attention", "## Tokens", "## Other"]


@law(st.text(max_size=40))
def test_any_text_is_shown_as_it_is(text: str) -> None:
    children = inline(escaped(text))
    assert {each.type for each in children} <= {"text"}
    shown = "".join(each.content for each in children)
    assert shown == f"a {clean(text)} z"


@law(st.text(alphabet="\\`*_[]<>~|&#$@!(){}=+-.:;/'\" \nwhtpsx1", max_size=20))
def test_any_mixture_of_marks_is_shown_as_it_is(text: str) -> None:
    children = inline(escaped(text))
    assert {each.type for each in children} <= {"text"}
    assert "".join(each.content for each in children) == f"a {clean(text)} z"


@law(st.text(alphabet="()[]<>\\;&=amp*_`'\"", max_size=20))
def test_any_address_stays_the_target_of_its_link(tail: str) -> None:
    lesson = a_lesson("llmpath:m/one", title="One")
    # As a checked curriculum has it: what is not allowed in an address is encoded.
    url = "https://example.org/" + "".join(
        f"%{ord(each):02X}" if each in '<>\\`"' else each for each in tail
    )
    module = a_module("m", [lesson._replace(url=url)])
    curriculum = a_curriculum([a_track("road", [module])], [module])
    text = markdown_text("Road", entries_of(a_study(curriculum).accept()))
    links = [
        token
        for block in RENDERER.parse(text)
        for token in block.children or []
        if token.type == "link_open"
    ]
    (link,) = links
    plain = str(link.attrs["href"])
    for encoded, sign in (("%28", "("), ("%29", ")"), ("%3B", ";")):
        plain = plain.replace(encoded, sign)
    assert plain.replace("%5B", "[").replace("%5D", "]") == url


def test_a_hostile_title_and_note_make_no_link_and_no_markup() -> None:
    study = small_study(small_curriculum(title=HOSTILE), note=HOSTILE)
    text = markdown_text(HOSTILE, entries_of(study))
    rendered = RENDERER.render(text)
    assert rendered.count("<a ") == 4
    for tag in ("<b>", "<em>", "<strong>", "<table>", "javascript:"):
        assert tag not in rendered
    assert rendered.count("<code>") == 4
    assert text.replace("\n", "").isprintable()


def test_plain_addresses_become_no_links_on_github() -> None:
    assert escaped("see https://e.org and www.e.org, @me #5") == (
        r"see https\://e.org and www\.e.org, \@me \#5"
    )
