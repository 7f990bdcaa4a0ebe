from __future__ import annotations

import socket
from functools import partial
from threading import Event, Lock

import pytest

from llmpath.core.link_judging import Finding, LinkReply, LinkStatus, Request
from llmpath.exchange.link_checking import (
    Ask,
    Manners,
    ask_web,
    check_links,
    web_asker,
)
from llmpath.exchange.reach import anywhere
from llmpath.exchange.web import make_opener
from tests.exchange.web_server import (
    WebServer,
    answer,
    dripping,
    redirect,
    serving,
    silent,
)

QUICK = Manners(pause=0, silence=60, whole=120)


def ask(silence: float = 60) -> Ask:
    return partial(ask_web, make_opener(anywhere), silence)


def found_in(
    server: WebServer, *paths: str, manners: Manners = QUICK
) -> dict[str, Finding]:
    """What becomes of pages, by path."""
    urls = [server.url(path) for path in paths]
    found = dict(check_links(urls, ask(manners.silence), manners))
    return {url.removeprefix(server.url("")): each for url, each in found.items()}


def test_a_page_is_asked_for_without_its_body(server: WebServer) -> None:
    server.pages["/a"] = answer(body=b"x" * 1000)
    assert found_in(server, "/a") == {"/a": Finding(LinkStatus.OK, 200)}
    assert [(each.method, each.path) for each in server.asked] == [("HEAD", "/a")]


def test_a_page_that_is_not_there_is_asked_for_twice(server: WebServer) -> None:
    assert found_in(server, "/gone") == {
        "/gone": Finding(LinkStatus.DEAD, 404, reason="not found")
    }
    head, get = server.asked
    assert (head.method, get.method) == ("HEAD", "GET")
    assert get.headers["Range"] == "bytes=0-0"


def test_a_server_without_head_is_asked_with_get(server: WebServer) -> None:
    server.pages["/a"] = [answer(405), answer(206, body=b"x")]
    assert found_in(server, "/a") == {"/a": Finding(LinkStatus.OK, 206)}


def test_a_wait_is_kept_once_and_the_page_asked_for_again(server: WebServer) -> None:
    server.pages["/a"] = [answer(429, {"Retry-After": "0"}), answer(200)]
    assert found_in(server, "/a") == {"/a": Finding(LinkStatus.OK, 200)}
    server.pages["/b"] = answer(503, {"Retry-After": "0"})
    assert found_in(server, "/b")["/b"].status is LinkStatus.REFUSED
    assert [each.path for each in server.asked] == ["/a", "/a", "/b", "/b"]


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "12"}, 12),
        (
            {
                "Date": "Fri, 20 Nov 2026 12:00:00 GMT",
                "Retry-After": "Fri, 20 Nov 2026 12:00:30 GMT",
            },
            30,
        ),
        ({"Retry-After": "Fri, 20 Nov 2026 12:00:30 GMT"}, None),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "-1"}, None),
        ({"Retry-After": "9" * 40}, 999_999_999),
        ({}, None),
    ],
)
def test_the_time_to_wait_is_read_by_the_clock_of_the_server(
    server: WebServer, headers: dict[str, str], seconds: int | None
) -> None:
    server.pages["/a"] = answer(429, headers)
    reply = ask()(Request(server.url("/a"), server.url("/a")))
    assert reply == LinkReply(429, None, seconds)


def test_a_page_behind_a_challenge_is_refused_and_not_dead(server: WebServer) -> None:
    server.pages["/a"] = answer(404, {"cf-mitigated": "challenge"})
    assert found_in(server, "/a")["/a"].status is LinkStatus.REFUSED


def test_redirects_are_followed_and_told(server: WebServer) -> None:
    server.pages |= {
        "/a": redirect("/b", 301),
        "/b": answer(),
        "/ring": redirect("/ring"),
        "/file": redirect("file:///etc/passwd"),
        "/half": redirect("https://[half"),
    }
    found = found_in(server, "/a", "/ring", "/file", "/half")
    new = server.url("/b")
    assert found["/a"] == Finding(LinkStatus.OK, 200, redirect=new, moved=new)
    for path in ("/ring", "/file", "/half"):
        assert found[path].status is LinkStatus.REFUSED, path


def test_servers_that_do_not_answer_are_told_apart(server: WebServer) -> None:
    server.pages |= {
        "/silent": silent,
        "/odd": b"SSH-2.0\r\n\r\n",
        "/huge": b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100_000 + b"\r\n\r\n",
    }
    found = found_in(server, "/odd", "/huge")
    found |= found_in(server, "/silent", manners=QUICK._replace(silence=0.2))
    assert {each.status for each in found.values()} == {LinkStatus.NO_ANSWER}
    assert found["/silent"].reason == "127.0.0.1 does not answer in time"
    assert found["/odd"].reason == "127.0.0.1 gave an answer that is no HTTP"


def test_a_server_that_drips_is_left_with_its_other_pages(server: WebServer) -> None:
    paths = [f"/{number}" for number in range(6)]
    for path in paths:
        server.pages[path] = dripping(b"HTTP/1.1 200 OK\r\nX: ", b"x", 0.02)
    found = found_in(server, *paths, manners=QUICK._replace(whole=0.3))
    reasons = [found[path].reason for path in paths]
    late, left = "no whole answer within 0.3 seconds", "other requests to its server"
    assert reasons == [late, late, *[f"{left} hang"] * 4]
    assert {each.path for each in server.asked} <= {*paths[:2]}


def test_a_host_has_two_requests_at_once_and_no_more(server: WebServer) -> None:
    under_way: list[int] = [0]
    lock, are_two = Lock(), Event()

    def pausing(connection: socket.socket, over: Event) -> None:
        """Answer a while after two were there, so that others would come meanwhile."""
        with lock:
            under_way.append(under_way[-1] + 1)
            if under_way[-1] == 2:
                are_two.set()
        are_two.wait(QUICK.silence)
        over.wait(0.03)
        with lock:  # before the answer: after it the next request may come at once
            under_way.append(under_way[-1] - 1)
        connection.sendall(answer())

    paths = [f"/{number}" for number in range(9)]
    for path in paths:
        server.pages[path] = pausing
    found = found_in(server, *paths)
    assert list(found.values()) == [Finding(LinkStatus.OK, 200)] * 9
    assert max(under_way) == 2


def test_hosts_do_not_wait_for_each_other(server: WebServer) -> None:
    with serving() as other:
        over = Event()

        def held(connection: socket.socket, _: Event) -> None:
            over.wait()
            connection.sendall(answer())

        server.pages |= {f"/{number}": held for number in range(5)}
        other.pages["/"] = answer()
        urls = [*(server.url(f"/{number}") for number in range(5)), other.url("/")]
        rounds = check_links(urls, ask(), QUICK)
        assert next(rounds) == (other.url("/"), Finding(LinkStatus.OK, 200))
        over.set()
        assert len(list(rounds)) == 5


def test_the_own_network_is_not_asked_and_that_is_told(server: WebServer) -> None:
    urls = [server.url("/"), server.url("/", "localhost"), "http://169.254.169.254/"]
    found = dict(check_links(urls, web_asker(), QUICK))
    assert {each.status for each in found.values()} == {LinkStatus.NOT_ASKED}
    assert server.asked == []


def test_an_error_in_asking_is_not_swallowed() -> None:
    def broken(_: Request) -> LinkReply:
        raise KeyError

    with pytest.raises(KeyError):
        list(check_links(["http://a.example/"], broken, QUICK))
