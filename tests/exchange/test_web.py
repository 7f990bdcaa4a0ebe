from __future__ import annotations

from email.message import Message

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from llmpath.errors import LlmpathError
from llmpath.exchange.reach import OwnNetworkError, anywhere, is_public
from llmpath.exchange.web import Method, Reply, make_opener, redirect_target, send
from tests.exchange.web_server import WebServer, answer, closed_port, direct

GET = Method("GET", {}, 100)
SILENCE = 60
PIECES = st.sampled_from(
    [
        *(b"HTTP/1.1 200 OK", b"HTTP/1.0 302", b"HTTP/1.1 100 -", b"HTTP/9", b"\r\n"),
        *(b"\r\n\r\n", b"\n", b"Location: ", b"https://", b"//[", b"Content-Length: "),
        *(b"-1", b"7", b"Transfer-Encoding: chunked", b"ffffffffffffffff", b"\0"),
        *(b"\xff\xfe", b"\xc3\xa9", b": ", b"Content-Type: text/html; charset=\xff"),
    ]
)


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(PIECES | st.binary(max_size=20), max_size=12).map(b"".join))
def test_any_bytes_are_a_reply_or_no_answer(server: WebServer, data: bytes) -> None:
    server.pages["/"] = data
    try:
        reply = send(make_opener(anywhere), server.url(), GET, SILENCE)
    except LlmpathError:
        return
    assert len(reply.body) <= 100
    target = redirect_target(server.url(), reply)
    assert not target or (target.isascii() and target.isprintable())


@pytest.mark.parametrize(
    ("location", "target"),
    [
        (
            "https://b\u00fccher.example/\u00e4 b",
            "https://xn--bcher-kva.example/%C3%A4%20b",
        ),
        ("//b\u00fccher.example", "https://xn--bcher-kva.example"),
        ("/%C3%A4?q=\u00e4#\u00e4", "https://a.example/%C3%A4?q=%C3%A4#%C3%A4"),
        ("https://" + "\u00fc" * 64 + ".example/", ""),
    ],
)
def test_a_redirect_may_name_host_and_path_in_other_letters(
    location: str, target: str
) -> None:
    headers = Message()
    headers["Location"] = location.encode().decode("latin-1")  # as it arrives
    reply = Reply(302, headers, b"", is_whole=True)

    assert redirect_target("https://a.example/x", reply) == target


def test_a_server_of_the_own_network_is_not_asked(server: WebServer) -> None:
    for host in ("127.0.0.1", "localhost"):
        with pytest.raises(OwnNetworkError):
            send(make_opener(is_public), server.url(host=host), GET, SILENCE)
    assert server.asked == []


def test_a_proxy_is_not_asked_for_the_own_network(
    server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", server.url())
    monkeypatch.setenv("HTTPS_PROXY", server.url())
    opener = make_opener(is_public)
    for url in ("http://169.254.169.254/", "https://printer.local/", "http://127.1/"):
        with pytest.raises(OwnNetworkError):
            send(opener, url, GET, SILENCE)
    assert server.asked == []


def test_a_proxy_answers_for_the_internet(
    server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", server.url())
    server.pages["http://example.org/a"] = answer(body=b"here")
    assert (
        send(make_opener(is_public), "http://example.org/a", GET, SILENCE).body
        == b"here"
    )


def test_a_proxy_of_another_kind_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    direct(monkeypatch)
    monkeypatch.setenv("HTTPS_PROXY", "socks5://127.0.0.1:1")
    with pytest.raises(LlmpathError, match="the proxy for https is of the kind"):
        make_opener(is_public)


def test_a_proxy_that_is_not_there_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    direct(monkeypatch)
    with closed_port() as port:
        monkeypatch.setenv("HTTPS_PROXY", f"http://me:secret@127.0.0.1:{port}")
        with pytest.raises(LlmpathError) as raised:
            send(make_opener(is_public), "https://example.org/", GET, SILENCE)
    message = f"the proxy 127.0.0.1:{port} refuses the connection"
    assert raised.value.message == message
