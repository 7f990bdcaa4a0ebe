"""Which addresses lead to the same page and place."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

from llmpath.core.addresses import bare_address, destination_of, page_of
from tests.strategies import law

PAGE = "https://example.org/page"
VIDEO = "https://www.youtube.com/watch?v=a"


@pytest.mark.parametrize(
    ("url", "bare"),
    [
        (f"{PAGE}#part", PAGE),
        (f"{PAGE}?t=3", f"{PAGE}?t=3"),
        ("https://youtu.be/abc?t=90", "https://youtu.be/abc"),
        (
            "https://www.youtube.com/watch?v=a&t=2533s&list=b",
            "https://www.youtube.com/watch?v=a&list=b",
        ),
        (
            "https://www.youtube-nocookie.com/embed/a?start=9",
            "https://www.youtube-nocookie.com/embed/a",
        ),
        ("https://notyoutube.com/?t=1", "https://notyoutube.com/?t=1"),
        ("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4"),
        ("ftp://example.org/", None),
        ("file:///etc/passwd", None),
    ],
)
def test_an_address_loses_what_only_a_browser_uses(url: str, bare: str | None) -> None:
    assert bare_address(url) == bare


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (PAGE, "http://example.org/page"),
        (PAGE, "HTTPS://Example.ORG/page/"),
        (PAGE, f"{PAGE}?#"),
        ("https://example.org", "https://example.org/"),
        (f"{VIDEO}&t=90", f"{VIDEO}&t=90&"),
    ],
)
def test_what_is_written_otherwise_and_leads_there_is_equal(
    one: str, other: str
) -> None:
    assert destination_of(one) == destination_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (PAGE, f"{PAGE}#part"),
        (f"{PAGE}#one", f"{PAGE}#two"),
        (VIDEO, f"{VIDEO}&t=90"),
        (f"{VIDEO}&t=90", f"{VIDEO}&t=180"),
        ("https://youtu.be/a?t=90", "https://youtu.be/a"),
    ],
)
def test_places_in_one_page_differ(one: str, other: str) -> None:
    assert destination_of(one) != destination_of(other)
    assert page_of(one) == page_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (PAGE, "https://example.org/Page"),
        (PAGE, "https://example.org:8443/page"),
        (PAGE, f"{PAGE}s"),
        (VIDEO, "https://www.youtube.com/watch?v=b"),
        # a topic of a forum, not a time
        (
            "https://example.org/viewtopic.php?t=1",
            "https://example.org/viewtopic.php?t=2",
        ),
        ("https://example.org/?start=1", "https://example.org/?start=2"),
        ("javascript:alert(1)", "javascript:alert(2)"),
    ],
)
def test_pages_differ(one: str, other: str) -> None:
    assert page_of(one) != page_of(other)


def test_where_to_stop_makes_another_place_and_no_address_none() -> None:
    assert destination_of(PAGE, "Heads") != destination_of(PAGE)
    assert destination_of(PAGE, "Heads") == destination_of(f"{PAGE}/", "Heads")
    assert destination_of(None, "Heads") is None
    assert page_of(None) is None


@law(st.text(alphabet="htps:/?#&=tva1.", max_size=20), st.text(max_size=5))
def test_a_place_is_of_one_page_whatever_is_written(url: str, heading: str) -> None:
    there = destination_of(f"{url.partition('#')[0]}#{heading}")

    assert there is not None
    assert there.page == page_of(url)
