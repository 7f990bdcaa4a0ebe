from __future__ import annotations

from itertools import cycle

import pytest
from hypothesis import strategies as st

from llmpath.core.link_judging import (
    LONGEST_WAIT,
    MOST_REDIRECTS,
    Finding,
    LinkReply,
    LinkStatus,
    NoReply,
    Request,
    https_of,
    next_step,
)
from tests.strategies import law

A, B, C = (f"https://example.org/{path}" for path in "abc")
ASKED = Request(A, A)
WHOLE = ASKED._replace(is_head=False)

CODES = st.integers(100, 599)
REPLIES = st.one_of(
    st.builds(
        LinkReply,
        CODES,
        st.none() | st.sampled_from(["", A, B, "http://example.org/c"]),
        st.none() | st.integers(0, 200),
        st.booleans(),
    ),
    st.builds(NoReply, st.just("no"), st.booleans()),
)


def led(url: str, *replies: LinkReply | NoReply) -> Finding | Request:
    """What is found, or asked next, after these replies."""
    step: Finding | Request = Request(url, url)
    for reply in replies:
        assert isinstance(step, Request), step
        step = next_step(step, reply)
    return step


@law(st.sampled_from([A, "http://example.org/a"]), st.lists(REPLIES, min_size=1))
def test_every_link_is_found_out_after_some_requests(
    url: str, replies: list[LinkReply | NoReply]
) -> None:
    step: Finding | Request = Request(url, url)
    for _, reply in zip(range(MOST_REDIRECTS + 5), cycle(replies), strict=False):
        if isinstance(step, Request):
            step = next_step(step, reply)
    assert isinstance(step, Finding)


@law(CODES, st.booleans(), st.booleans())
def test_only_404_and_410_to_a_whole_request_are_dead(
    code: int,
    is_head: bool,  # noqa: FBT001 - as the law gives it
    is_challenge: bool,  # noqa: FBT001 - as the law gives it
) -> None:
    reply = LinkReply(code, is_challenge=is_challenge)
    step = next_step(ASKED._replace(is_head=is_head), reply)
    is_dead = isinstance(step, Finding) and step.status is LinkStatus.DEAD
    assert is_dead == (code in {404, 410} and not is_head and not is_challenge)


@pytest.mark.parametrize("code", [400, 403, 404, 405, 410, 418, 500, 501])
def test_a_refused_head_is_asked_again_as_get(code: int) -> None:
    assert next_step(ASKED, LinkReply(code)) == WHOLE


@pytest.mark.parametrize("code", [401, 407, 429, 502, 503, 504])
def test_a_refusal_that_get_would_not_change_is_final(code: int) -> None:
    step = next_step(ASKED, LinkReply(code))
    assert isinstance(step, Finding)
    assert (step.status, step.code) == (LinkStatus.REFUSED, code)


@pytest.mark.parametrize("code", [401, 403, 429, 451, 500, 503])
def test_a_refusal_is_never_called_dead(code: int) -> None:
    step = next_step(WHOLE, LinkReply(code))
    assert isinstance(step, Finding)
    assert (step.status, step.code) == (LinkStatus.REFUSED, code)
    assert step.reason


@pytest.mark.parametrize("code", [200, 204, 206, 416])
def test_an_answer_is_a_link_that_works(code: int) -> None:
    assert next_step(WHOLE, LinkReply(code)) == Finding(LinkStatus.OK, code)


def test_a_server_that_asks_to_wait_is_asked_once_more() -> None:
    busy = LinkReply(429, retry_after=7)
    waiting = next_step(ASKED, busy)
    assert waiting == ASKED._replace(wait=7, has_waited=True)
    assert led(A, busy, busy) == Finding(
        LinkStatus.REFUSED, 429, reason="it asks to wait 7 seconds"
    )
    assert led(A, busy, LinkReply(200)) == Finding(LinkStatus.OK, 200)


def test_a_long_wait_is_not_waited_for() -> None:
    step = next_step(ASKED, LinkReply(503, retry_after=LONGEST_WAIT + 1))
    assert isinstance(step, Finding)
    assert step.status is LinkStatus.REFUSED


def test_a_redirect_for_good_tells_the_new_place() -> None:
    found = led(A, LinkReply(301, B), LinkReply(308, C), LinkReply(200))
    assert found == Finding(LinkStatus.OK, 200, redirect=C, moved=C)


def test_what_comes_after_a_passing_redirect_is_no_new_place() -> None:
    found = led(A, LinkReply(301, B), LinkReply(302, C), LinkReply(200))
    assert found == Finding(LinkStatus.OK, 200, redirect=C, moved=B)
    found = led(A, LinkReply(302, B), LinkReply(301, C), LinkReply(200))
    assert found == Finding(LinkStatus.OK, 200, redirect=C)


def test_a_redirect_to_a_dead_page_is_dead() -> None:
    found = led(A, LinkReply(301, B), LinkReply(404), LinkReply(404))
    assert found == Finding(LinkStatus.DEAD, 404, redirect=B, reason="not found")


def test_redirects_without_end_are_not_dead() -> None:
    replies = [LinkReply(302, A)] * (MOST_REDIRECTS + 1)
    found = led(A, *replies)
    assert isinstance(found, Finding)
    assert found.status is LinkStatus.REFUSED
    assert found.reason == "it is redirected more than 10 times"


def test_a_redirect_to_no_web_address_is_told() -> None:
    found = led(A, LinkReply(302, ""))
    reason = "it leads to what is no web address"
    assert found == Finding(LinkStatus.REFUSED, 302, reason=reason)


def test_no_answer_and_not_asked_are_told_apart() -> None:
    assert led(A, NoReply("x")) == Finding(LinkStatus.NO_ANSWER, reason="x")
    not_asked = NoReply("x", is_asked=False)
    assert led(A, not_asked) == Finding(LinkStatus.NOT_ASKED, reason="x")


def test_a_link_with_http_that_works_is_tried_with_https() -> None:
    plain = "http://example.org/a"
    asked = led(plain, LinkReply(200))
    assert isinstance(asked, Request)
    assert (asked.url, asked.link) == (A, plain)
    works = Finding(LinkStatus.OK, 200)
    assert next_step(asked, LinkReply(200)) == works._replace(secure=A)
    assert next_step(asked, LinkReply(301, B)) == works._replace(secure=A)
    for other in (
        LinkReply(404),
        LinkReply(302, "http://example.org/"),
        NoReply("no TLS"),
    ):
        assert next_step(asked, other) == works


@pytest.mark.parametrize(
    ("url", "secure"),
    [
        ("http://example.org:80/a?b", "https://example.org/a?b"),
        ("http://example.org:8080/", None),
        (A, None),
    ],
)
def test_https_is_tried_at_its_own_port_alone(url: str, secure: str | None) -> None:
    assert https_of(url) == secure
