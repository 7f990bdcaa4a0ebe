from __future__ import annotations

import gzip
import sys

import pytest

from llmpath import __version__
from llmpath.errors import LlmpathError, UsageError
from llmpath.exchange.fetching import Patience, fetch
from tests.exchange.web_server import (
    Behaviour,
    WebServer,
    answer,
    closed_port,
    direct,
    dripping,
    endless,
    redirect,
    serving,
    silent,
)

LONG = Patience(silence=60, whole=120)
"""For servers that answer at once, if the machine has time for them."""

STALL = Patience(silence=60, whole=0.3)


def why_not(url: str, patience: Patience = LONG) -> LlmpathError:
    with pytest.raises(LlmpathError) as raised:
        fetch(url, 100, patience)
    return raised.value


def test_a_file_comes_as_its_bytes(secure: WebServer) -> None:
    secure.pages["/a.md?x=1"] = answer(body=b"# A\n\xff")
    assert fetch(secure.url("/a.md?x=1"), 100) == b"# A\n\xff"


def test_a_request_says_the_program_and_nothing_of_the_learner(
    secure: WebServer,
) -> None:
    secure.pages["/"] = answer()
    fetch(secure.url(), 100)
    assert secure.asked[0].headers == {
        "Accept-Encoding": "identity",
        "Host": f"127.0.0.1:{secure.port}",
        "User-Agent": f"llmpath/{__version__}",
        "Accept": "*/*",
        "Connection": "close",
    }


@pytest.mark.parametrize("size", [99, 100, 101, 5000])
def test_one_byte_above_the_limit_tells_that_a_file_is_longer(
    secure: WebServer, size: int
) -> None:
    secure.pages["/"] = answer(body=b"x" * size)
    assert len(fetch(secure.url(), 100)) == min(size, 101)


@pytest.mark.parametrize(
    "first",
    [
        b"HTTP/1.1 200 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
    ],
)
def test_a_body_without_end_is_read_up_to_the_limit(
    secure: WebServer, first: bytes
) -> None:
    secure.pages["/"] = endless(first, b"x" * 4096)
    assert fetch(secure.url(), 100) == b"x" * 101


def test_chunks_are_put_together(secure: WebServer) -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    secure.pages["/"] = head + b"2\r\nab\r\n1\r\nc\r\n0\r\n\r\n"
    assert fetch(secure.url(), 100) == b"abc"


@pytest.mark.parametrize(
    "broken",
    [
        answer(body=b"abc", length=90),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n9\r\nc",
    ],
)
def test_half_a_file_is_no_file(secure: WebServer, broken: bytes) -> None:
    secure.pages["/"] = broken
    assert why_not(secure.url()).message.startswith("127.0.0.1 broke ")


def test_a_packed_answer_is_not_unpacked(secure: WebServer) -> None:
    packed = gzip.compress(b"x" * 10_000_000)
    secure.pages["/"] = answer(headers={"Content-Encoding": "gzip"}, body=packed)
    message = "127.0.0.1 sends it packed, although asked not to"
    assert why_not(secure.url()).message == message


def test_a_redirect_is_followed_without_cookies(secure: WebServer) -> None:
    secure.pages["/a"] = answer(301, {"Location": "b/c", "Set-Cookie": "who=me"})
    secure.pages["/b/c"] = redirect("/d", 307)
    secure.pages["/d"] = answer(body=b"here")
    assert fetch(secure.url("/a"), 100) == b"here"
    assert [each.path for each in secure.asked] == ["/a", "/b/c", "/d"]
    assert not any("Cookie" in each.headers for each in secure.asked)


def test_a_redirect_in_other_letters_is_followed(secure: WebServer) -> None:
    secure.pages["/"] = b"HTTP/1.1 302 -\r\nLocation: /caf\xc3\xa9 au lait\r\n\r\n"
    secure.pages["/caf%C3%A9%20au%20lait"] = answer(body=b"here")
    assert fetch(secure.url(), 100) == b"here"


@pytest.mark.parametrize(
    "place",
    [
        "http://127.0.0.1/",
        "file:///etc/passwd",
        "ftp://example.org/",
        "https://me:secret@example.org/",
        "https://[half",
        "https://example.org:port/",
        "https://-x/",
        "javascript:alert(1)",
    ],
)
def test_a_redirect_away_from_https_is_refused(secure: WebServer, place: str) -> None:
    secure.pages["/"] = redirect(place)
    error = why_not(secure.url())
    assert isinstance(error, UsageError)
    assert "only https is fetched" in error.message
    assert "secret" not in error.message


def test_redirects_in_a_ring_end(secure: WebServer) -> None:
    secure.pages["/"] = redirect("/")
    assert why_not(secure.url()).message == "it is redirected more than 10 times"
    assert len(secure.asked) == 11


def test_a_stranger_cannot_lead_into_the_own_network(secure: WebServer) -> None:
    with serving(is_secure=True) as inner:
        inner.pages["/"] = answer(body=b"secret")
        secure.pages["/"] = redirect(inner.url())
        error = why_not(secure.url())
    assert error.message == "127.0.0.1 is this machine or in its own network"
    assert inner.asked == []


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("http://example.org/a", "'http://example.org/a' is http; only https"),
        ("file:///etc/passwd", "'file:///etc/passwd' is no https address"),
        ("ftp://example.org/a", "'ftp://example.org/a' is no https address"),
        ("https://", "'https://' is no https address"),
        ("https://a b/", "'https://a b/' is no https address"),
        ("https://a/\r\nX: y", "'https://a/  X: y' is no https address"),
        ("https://me:secret@example.org/", "an address with a user name is not"),
        ("https://" + "a" * 3000, "'https://aaaa"),
    ],
)
def test_what_is_no_https_address_is_wrong_usage(url: str, message: str) -> None:
    error = why_not(url)
    assert isinstance(error, UsageError)
    assert error.message.startswith(message)
    assert "secret" not in error.message
    assert error.remedy is not None


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (401, "wants a name and a password, which are not sent"),
        (403, "refuses it to a program"),
        (404, "does not have it"),
        (429, "asks for fewer requests"),
        (500, "cannot give it now"),
        (206, "cannot give it now"),
        (304, "cannot give it now"),
    ],
)
def test_another_answer_is_told_in_words(
    secure: WebServer, code: int, words: str
) -> None:
    secure.pages["/"] = answer(code, body=b"no")
    error = why_not(secure.url())
    assert error.message == f"127.0.0.1 {words} (status {code})"
    assert error.detail == (secure.url(),)
    assert error.remedy == "save it with a browser and give the file"
    assert error.exit_code == 1


def test_a_server_that_says_nothing_is_left(secure: WebServer) -> None:
    secure.pages["/"] = silent
    patience = Patience(silence=0.1, whole=120)
    message = "127.0.0.1 does not answer in time"
    assert why_not(secure.url(), patience).message == message


@pytest.mark.parametrize(
    "slow",
    [
        dripping(b"HTTP/1.1 200 OK\r\n\r\n", b"x", 0.02),
        dripping(b"HTTP/1.1 200 OK\r\nX: ", b"x", 0.02),
        dripping(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.02),
    ],
    ids=["body", "headers", "waiting"],
)
def test_a_server_that_drips_is_left(secure: WebServer, slow: Behaviour) -> None:
    secure.pages["/"] = slow
    message = "no whole answer within 0.3 seconds"
    assert why_not(secure.url(), STALL).message == message


@pytest.mark.parametrize(
    "odd",
    [
        b"SSH-2.0-OpenSSH\r\n\r\n",
        b"HTTP/1.1 ok\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 1000 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
    ids=["ssh", "no status", "long header", "many headers", "no chunk"],
)
def test_what_is_no_http_is_told(secure: WebServer, odd: bytes) -> None:
    secure.pages["/"] = odd
    assert why_not(secure.url()).message in {
        "127.0.0.1 gave an answer that is no HTTP",
        "127.0.0.1 broke the connection off",
    }


def test_a_certificate_of_nobody_known_is_refused(
    secure: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    error = why_not(secure.url())
    assert error.message.startswith("the certificate of 127.0.0.1 is not accepted: ")
    assert "SSL_CERT_FILE" in str(error.remedy)
    assert secure.asked == []


@pytest.mark.skipif(sys.platform == "win32", reason="the number is a name there")
def test_a_certificate_of_another_host_is_refused(secure: WebServer) -> None:
    error = why_not(secure.url(host="2130706433"))
    assert "the certificate of 2130706433 is not accepted" in error.message
    assert secure.asked == []


def test_a_server_without_tls_is_told(server: WebServer) -> None:
    error = why_not(server.url().replace("http:", "https:"), STALL)
    assert error.message in {
        "127.0.0.1 speaks no TLS that is understood",
        "127.0.0.1 broke the connection off",
        "no whole answer within 0.3 seconds",
    }


def test_nobody_at_a_port_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    direct(monkeypatch)
    with closed_port() as port:
        error = why_not(f"https://127.0.0.1:{port}/")
    assert error.message == "127.0.0.1 refuses the connection"


def test_a_proxy_is_asked_for_a_name_in_ascii(
    server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", server.url())
    server.pages["xn--bcher-kva.example:443"] = answer(403)
    error = why_not("https://bücher.example/a?b")
    assert "xn--bcher-kva.example cannot be reached" in error.message
    (asked,) = server.asked
    assert (asked.method, asked.path) == ("CONNECT", "xn--bcher-kva.example:443")


def test_a_host_that_needs_no_proxy_is_asked_itself(
    server: WebServer, secure: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", server.url())
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    secure.pages["/"] = answer(body=b"here")
    assert fetch(secure.url(), 100) == b"here"
    assert server.asked == []
