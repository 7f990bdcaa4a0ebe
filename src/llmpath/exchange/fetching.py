"""A file from the web, over https alone and up to a size."""

from __future__ import annotations

from urllib.parse import urlsplit

from llmpath.core.link_judging import MOST_REDIRECTS
from llmpath.core.text import URL_LIMIT, clean, safe_url
from llmpath.errors import LlmpathError, UsageError
from llmpath.exchange.reach import anywhere, is_public
from llmpath.exchange.web import (
    Method,
    Reply,
    make_opener,
    redirect_target,
    send,
    within,
)
from llmpath.named_tuple import NamedTuple

STATUS_WORDS = {
    401: "wants a name and a password, which are not sent",
    403: "refuses it to a program",
    404: "does not have it",
    410: "no longer has it",
    429: "asks for fewer requests",
}


class Patience(NamedTuple):
    """How long to wait: seconds without a byte, and for all of it."""

    silence: float = 15
    whole: float = 120


PATIENCE = Patience()


def fetch(url: str, limit: int, patience: Patience = PATIENCE) -> bytes:
    """Fetch what an https address has; `limit + 1` bytes tell that it is longer.

    A redirect to another host is followed on the internet alone: a stranger's server
    does not make this machine ask around in its own network. What the learner typed
    may lie there.

    Raises:
        UsageError: It is no https address, or leads to one that is not.
        LlmpathError: It cannot be had now.
    """
    address = https_address(url)
    try:
        return within(patience.whole, lambda: followed(address, limit, patience))
    except UsageError:
        raise
    except LlmpathError as error:
        raise LlmpathError(
            error.message,
            detail=(address,),
            remedy=error.remedy or "save it with a browser and give the file",
        ) from error


def followed(address: str, limit: int, patience: Patience) -> bytes:
    """Fetch from where an address leads in the end."""
    opener, asked = make_opener(anywhere), address
    for _ in range(MOST_REDIRECTS + 1):
        method = Method("GET", {}, limit + 1)
        reply = send(opener, asked, method, patience.silence)
        target = redirect_target(asked, reply)
        if target is None:
            return body_of(asked, reply)
        if urlsplit(target).scheme != "https":
            raise leads_elsewhere(asked, target)
        if urlsplit(target).netloc != urlsplit(asked).netloc:
            opener = make_opener(is_public)
        asked = target
    raise LlmpathError(f"it is redirected more than {MOST_REDIRECTS} times")


def https_address(url: str) -> str:
    """An address as it is asked for.

    Raises:
        UsageError: It is no https address, or has a user name.
    """
    shown = clean(url, URL_LIMIT)
    address = safe_url(url)
    if address is not None and urlsplit(address).scheme == "https":
        return address
    if "@" in url.partition("://")[2].partition("/")[0]:
        raise UsageError(
            "an address with a user name is not fetched",
            remedy="save it with a browser and give the file",
        )
    if url.lower().startswith("http://"):
        raise UsageError(
            f"'{shown}' is http; only https is fetched",
            remedy="the same address with https://",
        )
    raise UsageError(f"'{shown}' is no https address", remedy="https://HOST/FILE")


def leads_elsewhere(asked: str, target: str) -> UsageError:
    """The error for a redirect that is not followed."""
    return UsageError(
        f"{asked} leads to {target or 'what is no web address'}; only https is fetched",
        remedy="save it with a browser and give the file",
    )


def body_of(asked: str, reply: Reply) -> bytes:
    """The body of a good answer.

    Raises:
        LlmpathError: It is another answer, a packed one, or only a part.
    """
    host = urlsplit(asked).hostname
    if reply.code != 200:
        words = STATUS_WORDS.get(reply.code, "cannot give it now")
        raise LlmpathError(f"{host} {words} (status {reply.code})")
    packing = reply.headers.get("Content-Encoding", "identity")
    if str(packing).strip().lower() not in {"", "identity"}:
        raise LlmpathError(f"{host} sends it packed, although asked not to")
    if not reply.is_whole:
        raise LlmpathError(f"{host} broke off", remedy="again later")
    return reply.body
