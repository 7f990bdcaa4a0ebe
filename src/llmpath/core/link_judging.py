"""What the answers of servers say about a link, one request after the other.

A link is called dead only where the server says so to a whole request: 404 or 410.
Servers refuse programs what they show to people, and answer HEAD with what they like.
"""

from __future__ import annotations

from enum import StrEnum
from urllib.parse import urlsplit

from llmpath.named_tuple import NamedTuple

MOST_REDIRECTS = 10
"""Of a link that is looked at, as of a curriculum that is fetched."""
LONGEST_WAIT = 60
"""Seconds that a server may ask to wait; for more it is left alone."""

_DEAD = frozenset([404, 410])
_PERMANENT = frozenset([301, 308])
_BUSY = frozenset([429, 503])
_FINAL_FOR_HEAD = frozenset([401, 407, 429, 502, 503, 504])
"""Refusals that GET would not change, and servers that are not to be asked twice."""


class LinkStatus(StrEnum):
    """What became of a link.

    `REFUSED` is told a program and says nothing of what a person sees.
    """

    OK = "ok"
    DEAD = "dead"
    REFUSED = "refused"
    NO_ANSWER = "no_answer"
    NOT_ASKED = "not_asked"


class LinkReply(NamedTuple):
    """What a server answered.

    Attributes:
        location: Where a redirect leads, absolute; empty if that is no safe address,
            None without a redirect.
        retry_after: Seconds that it asks to wait.
        is_challenge: It wants to see a browser first.
    """

    code: int
    location: str | None = None
    retry_after: int | None = None
    is_challenge: bool = False


class NoReply(NamedTuple):
    """Why there is no answer.

    Attributes:
        is_asked: False where the server may not be asked.
    """

    reason: str
    is_asked: bool = True


class Finding(NamedTuple):
    """What is known of a link in the end.

    Attributes:
        code: The last status; None without an answer.
        redirect: Where it leads in the end, if elsewhere.
        moved: Where it has moved for good; None if it has not.
        secure: Its address with https, if it is http and that answers as well.
        reason: What hinders, in words; None where nothing does.
    """

    status: LinkStatus
    code: int | None = None
    redirect: str | None = None
    moved: str | None = None
    secure: str | None = None
    reason: str | None = None


class Request(NamedTuple):
    """The next request on the way to a finding.

    Attributes:
        link: The address in the curriculum.
        url: The address to ask for.
        is_head: Ask with HEAD; else with GET for the first byte.
        redirects: How many led here.
        moved: How far redirects for good led.
        wait: Seconds to wait before.
        has_waited: A server was waited for, which is done once.
        found: What is known already, while https is tried for an http address.
    """

    link: str
    url: str
    is_head: bool = True
    redirects: int = 0
    moved: str | None = None
    is_moving: bool = True
    wait: int = 0
    has_waited: bool = False
    found: Finding | None = None


def next_step(request: Request, reply: LinkReply | NoReply) -> Request | Finding:
    """What to ask next, or what was found."""
    if request.found is not None:
        return _with_https(request, request.found, reply)
    if isinstance(reply, NoReply):
        status = LinkStatus.NO_ANSWER if reply.is_asked else LinkStatus.NOT_ASKED
        return _finding(request, status, None, reply.reason)
    if reply.location is not None:
        return _redirected(request, reply, reply.location)
    if reply.code in _BUSY and not request.has_waited:
        wait = reply.retry_after
        if wait is not None and wait <= LONGEST_WAIT:
            return request._replace(wait=wait, has_waited=True)
    if request.is_head and reply.code >= 400 and reply.code not in _FINAL_FOR_HEAD:
        return request._replace(is_head=False, wait=0)
    return _judged(request, reply)


def _redirected(request: Request, reply: LinkReply, target: str) -> Request | Finding:
    if not target:
        reason = "it leads to what is no web address"
        return _finding(request, LinkStatus.REFUSED, reply.code, reason)
    if request.redirects == MOST_REDIRECTS:
        reason = f"it is redirected more than {MOST_REDIRECTS} times"
        return _finding(request, LinkStatus.REFUSED, reply.code, reason)
    is_moving = request.is_moving and reply.code in _PERMANENT
    return request._replace(
        url=target,
        redirects=request.redirects + 1,
        is_moving=is_moving,
        moved=target if is_moving else request.moved,
        wait=0,
    )


def _judged(request: Request, reply: LinkReply) -> Request | Finding:
    code = reply.code
    # 416: there is something, but no first byte of it.
    if 200 <= code < 300 or (code == 416 and not request.is_head):
        found = _finding(request, LinkStatus.OK, code, None)
        secure = https_of(request.url)
        if secure is None:
            return found
        return Request(request.link, secure, found=found)
    if reply.is_challenge:
        return _finding(request, LinkStatus.REFUSED, code, "it wants to see a browser")
    if code in _DEAD:
        words = "not found" if code == 404 else "gone"
        return _finding(request, LinkStatus.DEAD, code, words)
    return _finding(request, LinkStatus.REFUSED, code, _refusal(reply))


def _refusal(reply: LinkReply) -> str:
    if reply.code in _BUSY and reply.retry_after:
        return f"it asks to wait {reply.retry_after} seconds"
    words = {401: "it wants a password", 429: "it asks for fewer requests"}
    broken = "the server is broken or busy" if reply.code >= 500 else ""
    return words.get(reply.code) or broken or "it is refused to a program"


def _with_https(
    request: Request, found: Finding, reply: LinkReply | NoReply
) -> Finding:
    if isinstance(reply, NoReply):
        return found
    target = reply.location
    works = reply.code < 300 if target is None else target.startswith("https:")
    return found._replace(secure=request.url) if works else found


def https_of(url: str) -> str | None:
    """The same address with https; None for one that has it or names a port."""
    parts = urlsplit(url)
    if parts.scheme != "http" or parts.port not in {None, 80}:
        return None
    return parts._replace(
        scheme="https", netloc=parts.netloc.removesuffix(":80")
    ).geturl()


def _finding(
    request: Request, status: LinkStatus, code: int | None, reason: str | None
) -> Finding:
    redirect = request.url if request.redirects else None
    moved = request.moved if status is LinkStatus.OK else None
    return Finding(status, code, redirect, moved, None, reason)
