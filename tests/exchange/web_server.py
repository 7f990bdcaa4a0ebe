"""Web servers on this machine that answer as a test says, in threads."""

from __future__ import annotations

import os
import socket
import ssl
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Event, Lock, Thread
from typing import Any

import pytest

from llmpath.named_tuple import NamedTuple

CERTIFICATES = Path(__file__).parent / "certificates"
AUTHORITY = CERTIFICATES / "authority.pem"

Behaviour = Callable[[socket.socket, Event], None]
"""Answers on a connection until the test is over."""


def direct(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask servers without a proxy, and trust the tests' authority."""
    for name in [each for each in os.environ if each.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("NO_PROXY", "")
    monkeypatch.setenv("SSL_CERT_FILE", str(AUTHORITY))


class Asked(NamedTuple):
    """A request that came."""

    method: str
    path: str
    headers: dict[str, str]


def answer(
    code: int = 200,
    headers: dict[str, str] | None = None,
    body: bytes = b"",
    *,
    length: int | None = None,
) -> bytes:
    """Write an answer that ends the connection; with a wrong length if one is given."""
    fields = {"Content-Length": str(len(body) if length is None else length)}
    fields |= headers or {}
    lines = [f"HTTP/1.1 {code} -", *(f"{key}: {fields[key]}" for key in fields), "", ""]
    return "\r\n".join(lines).encode() + body


def redirect(place: str, code: int = 302) -> bytes:
    """Write an answer that leads elsewhere."""
    return answer(code, {"Location": place})


def silent(_: socket.socket, over: Event) -> None:
    """Answer nothing."""
    over.wait()


def dripping(first: bytes, drop: bytes, pause: float) -> Behaviour:
    """Send a beginning, then the same again and again."""

    def drip(connection: socket.socket, over: Event) -> None:
        connection.sendall(first)
        while not over.wait(pause):
            connection.sendall(drop)

    return drip


def endless(first: bytes, block: bytes) -> Behaviour:
    """Send a beginning, then the same as fast as it is read."""

    def flow(connection: socket.socket, over: Event) -> None:
        connection.sendall(first)
        while not over.is_set():
            connection.sendall(block)

    return flow


class WebServer(ThreadingTCPServer):
    """A server whose answers are set by path.

    Attributes:
        pages: Answers by path; several are given one after the other, the last again.
        asked: Requests in the order in which they came.
    """

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, secured: ssl.SSLContext | None) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.secured = secured
        self.pages: dict[str, bytes | Behaviour | list[bytes]] = {}
        self.asked: list[Asked] = []
        self.over = Event()
        self._lock = Lock()
        self._times: defaultdict[str, int] = defaultdict(int)

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        """Address of a page."""
        return f"{'https' if self.secured else 'http'}://{host}:{self.port}{path}"

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - as the base has it
        """Say nothing of those who leave early."""

    def note(self, asked: Asked) -> None:
        """Note a request."""
        with self._lock:
            self.asked.append(asked)

    def page(self, path: str) -> bytes | Behaviour:
        """The next answer for a path."""
        found = self.pages.get(path, answer(404))
        if not isinstance(found, list):
            return found
        with self._lock:
            nth = self._times[path]
            self._times[path] += 1
        return found[min(nth, len(found) - 1)]


class Handler(BaseRequestHandler):
    """Reads one request and answers it."""

    server: WebServer

    def handle(self) -> None:
        """Answer, whoever leaves meanwhile."""
        secured = self.server.secured
        with suppress(OSError):
            if secured is None:
                self.respond(self.request)
                return
            with secured.wrap_socket(self.request, server_side=True) as connection:
                self.respond(connection)

    def respond(self, connection: socket.socket) -> None:
        """Answer the request on a connection."""
        asked = read_request(connection)
        self.server.note(asked)
        page = self.server.page(asked.path)
        if callable(page):
            page(connection, self.server.over)
        elif asked.method == "HEAD":
            connection.sendall(page.partition(b"\r\n\r\n")[0] + b"\r\n\r\n")
        else:
            connection.sendall(page)
        connection.shutdown(socket.SHUT_RDWR)


def read_request(connection: socket.socket) -> Asked:
    """Read a request without a body."""
    data = b""
    while b"\r\n\r\n" not in data:
        block = connection.recv(65536)
        if not block:
            raise ConnectionError
        data += block
    first, *fields = data.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
    method, path, _ = first.split(" ", 2)
    headers = dict(each.split(": ", 1) for each in fields)
    return Asked(method, path, headers)


@contextmanager
def closed_port() -> Iterator[int]:
    """A port at which nobody listens, and nobody else can."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield int(taken.getsockname()[1])


@contextmanager
def serving(*, is_secure: bool = False) -> Iterator[WebServer]:
    """A server for the time of a test."""
    secured = None
    if is_secure:
        secured = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        secured.load_cert_chain(CERTIFICATES / "localhost.pem")
    with WebServer(secured) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.over.set()
            server.shutdown()
            thread.join()
