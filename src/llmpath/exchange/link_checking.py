"""Asking servers whether links work, many at once and each of them politely.

The main thread decides what is asked when; a thread lives for one request.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from email.utils import parsedate_to_datetime
from functools import partial
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from urllib.parse import urlsplit
from urllib.request import OpenerDirector

from llmpath.core.link_judging import (
    Finding,
    LinkReply,
    NoReply,
    Request,
    next_step,
)
from llmpath.errors import LlmpathError
from llmpath.exchange.reach import OwnNetworkError, is_public
from llmpath.exchange.web import Method, Reply, make_opener, redirect_target, send
from llmpath.named_tuple import NamedTuple

HEAD = Method("HEAD", {}, 0)
FIRST_BYTE = Method("GET", {"Range": "bytes=0-0"}, 0)

Answered = LinkReply | NoReply
Ask = Callable[[Request], Answered]


class Manners(NamedTuple):
    """How many requests at once, and how long to wait; times are seconds.

    Attributes:
        pause: Between the starts of two requests to one host.
        silence: Without a byte.
        whole: For one request.
    """

    at_once: int = 8
    of_one_host: int = 2
    pause: float = 0.5
    silence: float = 10
    whole: float = 20


MANNERS = Manners()


class Running(NamedTuple):
    """A request that was sent."""

    request: Request
    host: str
    until: float


class Rounds:
    """Requests by host: which waits, which runs, which host may be asked when."""

    def __init__(self, ask: Ask, manners: Manners) -> None:
        self._ask = ask
        self._manners = manners
        self._waiting: dict[str, deque[Request]] = {}
        self._free_from: dict[str, float] = {}
        self._running: dict[int, Running] = {}
        self._given_up: dict[int, str] = {}
        self._answers: SimpleQueue[tuple[int, Answered | Exception]] = SimpleQueue()
        self._sent = 0

    def add(self, request: Request) -> None:
        """Let a request wait for its turn, and its host be left alone as it asks."""
        host = urlsplit(request.url).netloc
        self._waiting.setdefault(host, deque()).append(request)
        if request.wait:
            self._leave_alone(host, monotonic() + request.wait)

    def answers(self) -> Iterator[tuple[Request, Answered]]:
        """Answers as they come; requests may be added meanwhile."""
        while self._waiting or self._running:
            now = monotonic()
            self._send_due(now)
            yield from self._late(now)
            try:
                number, answer = self._answers.get(timeout=self._next_due(now))
            except Empty:
                continue
            if isinstance(answer, Exception):
                raise answer
            self._given_up.pop(number, None)
            ended = self._running.pop(number, None)
            if ended is not None:  # it was not given up
                yield ended.request, answer

    def _leave_alone(self, host: str, until: float) -> None:
        self._free_from[host] = max(until, self._free_from.get(host, until))

    def _send_due(self, now: float) -> None:
        for host in list(self._waiting):
            if len(self._running) >= self._manners.at_once:
                return
            if self._is_free(host) and self._free_from.get(host, now) <= now:
                self._send(host, now)

    def _is_free(self, host: str) -> bool:
        busy = sum(each.host == host for each in self._running.values())
        return busy + self._left_hanging(host) < self._manners.of_one_host

    def _left_hanging(self, host: str) -> int:
        return sum(each == host for each in self._given_up.values())

    def _send(self, host: str, now: float) -> None:
        request = self._waiting[host].popleft()
        if not self._waiting[host]:
            del self._waiting[host]
        self._leave_alone(host, now + self._manners.pause)
        self._sent += 1
        self._running[self._sent] = Running(request, host, now + self._manners.whole)
        Thread(target=self._run, args=(self._sent, request), daemon=True).start()

    def _run(self, number: int, request: Request) -> None:
        try:
            self._answers.put((number, self._ask(request)))
        except Exception as error:  # noqa: BLE001 - a bug, raised where it is waited for
            self._answers.put((number, error))

    def _late(self, now: float) -> Iterator[tuple[Request, Answered]]:
        for number, each in list(self._running.items()):
            if each.until <= now:
                del self._running[number]
                self._given_up[number] = each.host
                seconds = f"{self._manners.whole:g} seconds"
                yield each.request, NoReply(f"no whole answer within {seconds}")
        # A request that was given up cannot be ended, and still is one at its host.
        for host in list(self._waiting):
            if self._left_hanging(host) >= self._manners.of_one_host:
                for request in self._waiting.pop(host):
                    yield request, NoReply("other requests to its server hang")

    def _next_due(self, now: float) -> float:
        """Seconds until something is to be done without an answer."""
        due = [each.until for each in self._running.values()]
        if len(self._running) < self._manners.at_once:
            hosts = filter(self._is_free, self._waiting)
            due += [self._free_from.get(host, now) for host in hosts]
        return max(0.0, min(due, default=now) - now)


def check_links(
    urls: Iterable[str], ask: Ask, manners: Manners = MANNERS
) -> Iterator[tuple[str, Finding]]:
    """What becomes of each address, in the order in which that is known.

    Args:
        ask: Sends one request, in a thread of its own.
    """
    rounds = Rounds(ask, manners)
    for url in urls:
        rounds.add(Request(url, url))
    for request, answer in rounds.answers():
        step = next_step(request, answer)
        if isinstance(step, Finding):
            yield request.link, step
        else:
            rounds.add(step)


def web_asker(manners: Manners = MANNERS) -> Ask:
    """What asks servers of the internet, and none of one's own network.

    Raises:
        LlmpathError: The proxy that the environment names cannot be read.
    """
    return partial(ask_web, make_opener(is_public), manners.silence)


def ask_web(opener: OpenerDirector, silence: float, request: Request) -> Answered:
    """Send one request."""
    method = HEAD if request.is_head else FIRST_BYTE
    try:
        reply = send(opener, request.url, method, silence)
    except OwnNetworkError as error:
        return NoReply(error.message, is_asked=False)
    except LlmpathError as error:
        return NoReply(error.message)
    location = redirect_target(request.url, reply)
    return LinkReply(reply.code, location, retry_after(reply), is_challenge(reply))


def is_challenge(reply: Reply) -> bool:
    """Tell whether a server says that a browser is to prove itself first."""
    return "challenge" in str(reply.headers.get("cf-mitigated", "")).lower()


def retry_after(reply: Reply) -> int | None:
    """The seconds that a server asks to wait; None if it asks nothing.

    A time is taken from the server's own clock, which stands in `Date`.
    """
    text = str(reply.headers.get("Retry-After", "")).strip()
    if text.isascii() and text.isdecimal():
        return int(text[:9])
    try:
        then = parsedate_to_datetime(text)
        now = parsedate_to_datetime(str(reply.headers.get("Date", "")))
        return max(0, round((then - now).total_seconds()))
    except (ValueError, TypeError):
        return None
