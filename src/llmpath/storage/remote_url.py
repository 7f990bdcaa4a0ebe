"""Addresses of git remotes: which are taken, and how they are shown.

What git would take for an option or for a program to run is refused here, before git
sees it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

from llmpath.errors import UsageError

SCHEMES = ("https", "ssh", "file")
LONGEST = 2048

_EXAMPLE = "llmpath sync init git@example.org:me/study.git"
_HELPER = re.compile(r"[A-Za-z0-9+.-]*::")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_SCP_LIKE = re.compile(r"(?:([^/:\[\]]*)@)?(\[[0-9A-Fa-f:.]+\]|[^/:\[\]@]+):(.*)")
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
_USER_INFO = re.compile(r"(?<=://)[^/\s'\"]*@")


def checked_url(text: str) -> str:
    """Give an address as git is to have it: a path is made absolute.

    Raises:
        UsageError: It is none of `https://`, `ssh://`, `user@host:path`, `file://` and
            a path, or would be taken for an option or a program.
    """
    if not text or len(text) > LONGEST or not text.isprintable():
        raise _refused("it is empty, too long or has control characters")
    if text.startswith("-"):
        raise _refused("it begins with a dash, as an option does")
    if _HELPER.match(text):
        raise _refused("it names a program to run")
    scheme = _SCHEME.match(text)
    if scheme is not None:
        return _checked_scheme(text, scheme[1])
    is_path = os.name == "nt" and _DRIVE.match(text)
    scp_like = None if is_path else _SCP_LIKE.fullmatch(text)
    if scp_like is None:
        return _absolute(text)
    user, host, path = scp_like.groups()
    _check_parts(user or "", host, path)
    return text


def local_path(url: str) -> Path | None:
    """The path of a remote on this machine; None of one that is reached elsewhere.

    After `file://`, git passes over a host and decodes what follows.
    """
    if not url.startswith("file://"):
        path = Path(url)
        return path if path.is_absolute() else None
    encoded = url.removeprefix("file://").partition("/")[2]
    text = os.fsdecode(unquote_to_bytes(encoded))
    is_drive = os.name == "nt" and _DRIVE.match(text)
    return Path(text if is_drive else f"/{text}")


def shown_url(url: str) -> str:
    """The address without a user's name and password before a host."""
    return without_credentials(url)


def without_credentials(text: str) -> str:
    """Any text, such as git's words, with what stands before `@` in its URLs left out.

    A name in front of a host stays in the form `user@host:path`, which has no password.
    """
    return _USER_INFO.sub("", text)


def _checked_scheme(text: str, scheme: str) -> str:
    if scheme.lower() not in SCHEMES:
        known = ", ".join(f"{each}://" for each in SCHEMES)
        raise _refused(f"only {known}, user@host:path and paths are taken")
    try:
        parts = urlsplit(text)
        user, host, _ = parts.username or "", parts.hostname or "", parts.port
    except ValueError:
        raise _refused("its host or port cannot be read") from None
    if scheme.lower() != "file":
        _check_parts(user, host, parts.path.removeprefix("/"))
    return text


def _check_parts(user: str, host: str, path: str) -> None:
    """Refuse parts that ssh would take for options; git does so as well since 2.14."""
    if not host or not path:
        raise _refused("it needs a host and a path")
    if any(part.startswith("-") for part in (user, host, path)):
        raise _refused("a part of it begins with a dash, as an option does")


def _absolute(text: str) -> str:
    try:
        return str(Path(text).expanduser().absolute())
    except RuntimeError:
        raise _refused("it is in nobody's folder") from None


def _refused(reason: str) -> UsageError:
    """The error for an address; it does not repeat what may hold a password."""
    return UsageError(
        f"this address of a remote is not taken: {reason}", remedy=_EXAMPLE
    )
