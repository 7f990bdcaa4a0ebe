"""Text and links from elsewhere, made safe to print and to open.

Rich lets escape sequences, C1 controls and bidi marks pass, and `webbrowser.open`
handed leading dashes to the browser until CVE-2026-4519.
"""

from __future__ import annotations

from urllib.parse import SplitResult, quote, urlsplit

TITLE_LIMIT = 300
NOTE_LIMIT = 4000
"""Of a curriculum's note; what the learner writes may be as long as `TEXT_LIMIT`."""
TEXT_LIMIT = 20_000
LINE_LIMIT = TEXT_LIMIT + 1000
"""Of whatever is shown: a text of the learner's with what stands before it."""
URL_LIMIT = 2048

_MARKS_IN_A_ROW = 4
# Not by name: compiling "\N{...}" would import unicodedata.
_REPLACEMENT = "\ufffd"
_JOINERS = "\u200c\u200d"  # zero width non-joiner and joiner
_JSON_CHARACTERS = _JOINERS + "\n"
_BREAKS = "\t\n\v\f\r\x85\u2028\u2029"
_URL_CHARACTERS = "%/:?#[]@!$&'()*+,;=~"
_HOST_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.-_")
_IPV6_CHARACTERS = frozenset("abcdef0123456789:.")


def clean(text: str, limit: int = LINE_LIMIT) -> str:
    """Return text as one printable line of at most `limit` characters.

    Line breaks and tabs become spaces, other controls, surrogates, private and
    unassigned characters U+FFFD; invisible format characters go, but for the joiners
    of scripts and emoji; at most four combining marks follow each other. The result
    is NFC; a text that was cut ends in an ellipsis.
    """
    if text.isascii():
        visible = text if text.isprintable() else "".join(map(_visible_ascii, text))
    else:
        visible = _clean_unicode(text)
    return visible if len(visible) <= limit else visible[: limit - 1] + "…"


def clean_lines(text: str) -> str:
    """Return text with its line breaks, each line cleaned."""
    return "\n".join(map(clean, text.splitlines()))


def visible_json(text: str) -> str:
    """Write what a terminal would obey in a JSON text as JSON escapes.

    The document stays the same. Joiners of scripts and emoji are left as they are.
    """
    if all(map(str.isprintable, text.split("\n"))):
        return text
    import json  # noqa: PLC0415 - there already, where a JSON text is

    return "".join(
        each
        if each.isprintable() or each in _JSON_CHARACTERS
        else json.dumps(each)[1:-1]
        for each in text
    )


def stand_in(before: str, character: str) -> str:
    """Question marks as wide as a character is on a terminal, behind another one."""
    from unicodedata import category, east_asian_width  # noqa: PLC0415 - rare

    if character in _JOINERS or category(character).startswith("M"):
        return ""
    if before == _JOINERS[1]:  # drawn as one emoji with what stands before
        return ""
    return "??" if east_asian_width(character) in "WF" else "?"


def safe_url(url: str) -> str | None:
    """Return a web address in ASCII that can be shown and opened, or None.

    Only http and https with a host and without a user name pass. A host in another
    script is returned in its IDNA form, other characters percent-encoded.
    """
    if len(url) > URL_LIMIT or _has_hidden(url):
        return None
    try:
        parts = urlsplit(url)
        host = _ascii_host(parts)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or host is None or port == 0:
        return None
    place = host if port is None else f"{host}:{port}"
    if url.isascii():
        place = parts.netloc
    return quote(parts._replace(netloc=place).geturl(), safe=_URL_CHARACTERS)


def _visible_ascii(character: str) -> str:
    if character.isprintable():
        return character
    return " " if character in _BREAKS else _REPLACEMENT


def _clean_unicode(text: str) -> str:
    # Marks are counted before NFC too, whose sorting of a long row is quadratic, and
    # after it, because some single marks become two.
    from unicodedata import category, normalize  # noqa: PLC0415 - 0.35 ms, rare

    visible = "".join(_visible(each, category(each)) for each in text)
    return _few_marks(normalize("NFC", _few_marks(visible)))


def _visible(character: str, category: str) -> str:
    if character in _JOINERS:
        return character
    if character in _BREAKS:
        return " "
    if category == "Cf":
        return ""
    return _REPLACEMENT if category.startswith("C") else character


def _few_marks(text: str) -> str:
    from unicodedata import category  # noqa: PLC0415 - 0.35 ms, rare

    kept = []
    row = 0
    for character in text:
        if category(character).startswith("M"):
            row += 1
        elif character not in _JOINERS:
            row = 0
        if row <= _MARKS_IN_A_ROW:
            kept.append(character)
    return "".join(kept)


def _has_hidden(url: str) -> bool:
    """Tell whether a URL has a space, a backslash or an unprintable character."""
    return not url.isprintable() or " " in url or "\\" in url


def _ascii_host(parts: SplitResult) -> str | None:
    """The host as ASCII; None where it is missing, malformed or has a user name.

    Raises:
        ValueError: The host has no IDNA form.
    """
    host = parts.hostname
    if not host or "@" in parts.netloc:
        return None
    if "[" in parts.netloc:
        before, _, after = parts.netloc.lower().partition(f"[{host}]")
        is_ipv6 = not before and after[:1] in {"", ":"}
        return f"[{host}]" if is_ipv6 and _IPV6_CHARACTERS.issuperset(host) else None
    if not host.isascii():
        host = host.encode("idna").decode("ascii")
    if host.startswith(("-", ".")) or ".." in host:
        return None
    return host if _HOST_CHARACTERS.issuperset(host) else None
