"""One request to a web server, as plain as it can be.

No cookies, no names and passwords, no redirect followed, no answer unpacked, nothing
but http and https. The proxies of the environment and of the system are used.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable
from contextlib import closing
from email.message import Message
from http.client import HTTPException, HTTPResponse, IncompleteRead
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TypeVar, cast
from urllib.error import URLError
from urllib.parse import urljoin, urlsplit
from urllib.request import (
    OpenerDirector,
    ProxyHandler,
    Request,
    getproxies,
)

from llmpath import __version__
from llmpath.core.text import clean, safe_url
from llmpath.errors import LlmpathError
from llmpath.exchange.connections import Plain, Secure, is_proxied
from llmpath.exchange.reach import MayReach
from llmpath.named_tuple import NamedTuple

USER_AGENT = f"llmpath/{__version__}"
REDIRECTS = frozenset([301, 302, 303, 307, 308])

_WEB = frozenset(["http", "https"])

Result = TypeVar("Result")


class Reply(NamedTuple):
    """What a server answered.

    Attributes:
        body: As much of it as was asked for.
        is_whole: False where the connection broke off within the body.
    """

    code: int
    headers: Message
    body: bytes
    is_whole: bool


class Method(NamedTuple):
    """How an address is asked for: what is sent, and how many bytes are read."""

    name: str
    headers: dict[str, str]
    limit: int


def make_opener(may_reach: MayReach) -> OpenerDirector:
    """What opens addresses of servers that may be reached.

    Raises:
        LlmpathError: The environment names a proxy of a kind that is not understood.
    """
    opener = OpenerDirector()
    opener.addheaders = [("User-Agent", USER_AGENT), ("Accept", "*/*")]
    context = ssl.create_default_context()
    context.set_alpn_protocols(["http/1.1"])
    for handler in (
        ProxyHandler(proxies()),
        Plain(may_reach),
        Secure(may_reach, context),
    ):
        opener.add_handler(handler)
    return opener


def proxies() -> dict[str, str]:
    """The proxies of the environment or the system for http and https.

    Raises:
        LlmpathError: One is no HTTP proxy; urllib would speak HTTP to it all the same.
    """
    found = {key: place for key, place in getproxies().items() if key in _WEB}
    for key, place in found.items():
        kind, separator, _ = place.partition("://")
        if separator and kind.lower() not in _WEB:
            raise LlmpathError(
                f"the proxy for {key} is of the kind '{clean(kind, 20)}',"
                " which is not understood",
                remedy=f"{key.upper()}_PROXY=http://HOST:PORT",
            )
    return found


def send(opener: OpenerDirector, url: str, method: Method, silence: float) -> Reply:
    """Ask for an address once.

    Args:
        silence: Seconds without a byte after which it is given up.

    Raises:
        LlmpathError: There is no answer, in plain words why.
        OwnNetworkError: The server may not be asked.
    """
    request = Request(url, headers=method.headers, method=method.name)  # noqa: S310 - the opener knows http and https alone
    try:
        response = cast("HTTPResponse", opener.open(request, timeout=silence))
        with closing(response):
            body = response.read(method.limit) if method.limit else b""
            is_whole = len(body) == method.limit or not response.length
            return Reply(response.status, response.headers, body, is_whole)
    except (OSError, HTTPException, ValueError) as error:
        raise no_answer(request, error) from error


def within(seconds: float, work: Callable[[], Result]) -> Result:
    """Do work that may hang, and wait no longer than this.

    It goes on in a thread of its own that nobody waits for: neither looking up a name
    nor a server that sends a byte a second can be stopped otherwise.

    Raises:
        LlmpathError: The time is up, or what the work raised.
    """
    done: SimpleQueue[tuple[Result | None, BaseException | None]] = SimpleQueue()

    def run() -> None:
        try:
            done.put((work(), None))
        except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
            done.put((None, error))

    Thread(target=run, daemon=True).start()
    try:
        result, error = done.get(timeout=seconds)
    except Empty:
        raise LlmpathError(f"no whole answer within {seconds:g} seconds") from None
    if error is not None:
        raise error
    return cast("Result", result)


def redirect_target(url: str, reply: Reply) -> str | None:
    """Where a reply leads, absolute and in ASCII; None if it leads nowhere.

    It is empty where that is no safe address of the web.
    """
    location = reply.headers["Location"]
    if reply.code not in REDIRECTS or location is None:
        return None
    try:
        text = str(location).encode("latin-1").decode()  # how most servers mean it
    except UnicodeError:
        text = str(location)
    try:
        target = urljoin(url, text.strip().replace(" ", "%20"))
    except ValueError:
        return ""
    return safe_url(target) or ""


def no_answer(request: Request, error: Exception) -> LlmpathError:
    """The error for a request without an answer, in plain words."""
    host = urlsplit(request.full_url).hostname or request.full_url
    inner = error.reason if isinstance(error, URLError) else error
    if isinstance(inner, ssl.SSLCertVerificationError):
        return LlmpathError(
            f"the certificate of {host} is not accepted: {inner.verify_message}",
            remedy="the date of this machine, or SSL_CERT_FILE=FILE with certificates"
            " that you trust",
        )
    asked = f"the proxy {request.host}" if is_proxied(request) else host
    words = _unreached_words(asked, inner) or _no_answer_words(host, inner)
    return LlmpathError(words, remedy=_remedy(inner))


def _unreached_words(asked: str, error: object) -> str | None:
    if isinstance(error, socket.gaierror):
        return f"the name of {asked} cannot be looked up"
    if isinstance(error, ConnectionRefusedError):
        return f"{asked} refuses the connection"
    return None


def _no_answer_words(host: str, error: object) -> str:
    if isinstance(error, TimeoutError):
        return f"{host} does not answer in time"
    if isinstance(error, ssl.SSLError):
        return f"{host} speaks no TLS that is understood"
    if isinstance(error, ConnectionError | IncompleteRead):
        return f"{host} broke the connection off"
    if isinstance(error, OSError):
        return f"{host} cannot be reached: {clean(error.strerror or str(error), 200)}"
    return f"{host} gave an answer that is no HTTP"


def _remedy(error: object) -> str | None:
    if isinstance(error, socket.gaierror):
        return "see whether the name is right and this machine is online"
    if isinstance(error, OSError):
        return "again later; HTTPS_PROXY names a proxy where one is needed"
    return None
