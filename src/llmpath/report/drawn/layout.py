"""Lines of text: made safe, broken, put below each other. A drawing is a list of them.

Every string comes in through `words`, which cleans it; no line is wider than asked for,
unless it holds an id, a link or a command, which stay whole so that they can be copied.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rich.cells import cell_len, set_cell_size
from rich.text import Span, Text

from llmpath.core.text import clean
from llmpath.report.drawn.glyphs import Glyphs
from llmpath.report.drawn.theme import WHOLE_ROLES, Role

Part = str | tuple[str, Role] | Text

QUANTITY = re.compile(r"\d[\d.,:]* (?:h \d+ min|h|min|%)(?!\w)")
"""A number with its unit, which stay on one line where there is room."""

BLANK = Text()
INDENT = 2
GAP = 2


def words(*parts: Part) -> Text:
    """Join pieces into one line of text, each string cleaned, roles as styles."""
    text = Text()
    for part in parts:
        if isinstance(part, Text):
            text.append_text(part)
        elif isinstance(part, str):
            text.append(clean(part))
        else:
            text.append(clean(part[0]), part[1])
    return text


def toned(text: Text, role: Role) -> Text:
    """A copy of the text with a role under the roles that its pieces have."""
    copy = text.copy()
    copy.stylize_before(role)
    return copy


def joined(parts: Iterable[Text], separator: Part) -> Text:
    """Texts with a separator between them; empty ones are left out."""
    text = Text()
    for part in parts:
        if part.plain:
            text = words(text, separator, part) if text.plain else part.copy()
    return text


def wrapped(text: Text, width: int, *, indent: int = 0, hang: int = 0) -> list[Text]:
    """Break a text at its spaces, at whole ids, links and commands.

    Args:
        indent: Spaces before every line.
        hang: More spaces before every line but the first.
    """
    lines: list[Text] = []
    rest = text
    while rest.plain or not lines:
        margin = indent + (hang if lines else 0)
        head, rest = _split(rest, max(1, width - margin))
        lines.append(words(" " * margin, head))
    return lines


def shortened(text: Text, width: int, glyphs: Glyphs) -> Text:
    """Cut a text to a width, ending it with an ellipsis if it was longer."""
    if text.cell_len <= width:
        return text
    room = max(0, width - cell_len(glyphs.ellipsis))
    kept = _fitting(text.plain, room)
    head = text.divide([kept])[0]
    head.rstrip()
    roles = [span.style for span in head.spans if span.end == len(head.plain)]
    head.append(glyphs.ellipsis, roles[-1] if roles else None)
    return head


def padded(text: Text, width: int, *, right: bool = False) -> Text:
    """Fill a text with spaces up to a width."""
    space = " " * max(0, width - text.cell_len)
    return words(space, text) if right else words(text, space)


def headline(left: Text, right: Text, width: int) -> list[Text]:
    """Two texts at the two edges, or one below the other where there is no room."""
    room = width - left.cell_len - right.cell_len
    if not right.plain:
        return wrapped(left, width, hang=INDENT)
    if room < GAP:
        return [
            *wrapped(left, width, hang=INDENT),
            *wrapped(right, width, indent=INDENT),
        ]
    return [words(left, " " * room, right)]


def facts(
    pairs: Iterable[tuple[str, Text]], width: int, *, indent: int = 0
) -> list[Text]:
    """Labels, dim and aligned, with what they name beside them; empty ones left out."""
    shown = [(label, text) for label, text in pairs if text.plain]
    hang = max((cell_len(label) for label, _ in shown), default=0) + GAP
    lines: list[Text] = []
    for label, text in shown:
        name = words((label, Role.LATER))
        if longest_whole(text) > width - indent - hang:
            lines += wrapped(name, width, indent=indent)
            lines += wrapped(text, width, indent=indent + INDENT)
            continue
        first, *more = wrapped(text, width - indent - hang)
        lines.append(words(" " * indent, padded(name, hang), first))
        lines += [words(" " * (indent + hang), each) for each in more]
    return lines


def longest_whole(text: Text) -> int:
    """The width of the longest id, link or command in a text."""
    return max((span.end - span.start for span in whole_spans(text)), default=0)


def whole_spans(text: Text) -> list[Span]:
    """Where a text must not be broken."""
    return [span for span in text.spans if span.style in WHOLE_ROLES]


def _fitting(plain: str, width: int) -> int:
    """How many characters fit into a width; a wide one is not cut in two."""
    size = len(plain)
    while size and cell_len(plain[:size]) > width:
        size = min(size - 1, len(set_cell_size(plain[:size], width)))
    return size


def _split(text: Text, width: int) -> tuple[Text, Text]:
    """Cut off a first line: at the last space that lets it fit, else where it must."""
    plain = text.plain
    if text.cell_len <= width:
        text = text.copy()
        text.rstrip()
        return text, Text()
    kept = [(span.start, span.end) for span in whole_spans(text)]
    spaces = [
        nth
        for nth, char in enumerate(plain)
        if char == " " and nth and not any(start <= nth < end for start, end in kept)
    ]
    limit = _fitting(plain, width)
    fitting = [nth for nth in spaces if nth <= limit]
    apart = [span.span() for span in QUANTITY.finditer(plain)]
    outside = [
        nth for nth in fitting if not any(start < nth < end for start, end in apart)
    ]
    fitting = outside or fitting
    if fitting:
        cut = fitting[-1]
    elif any(start <= limit < end for start, end in kept):
        cut = next((nth for nth in spaces if nth > limit), len(plain))
    else:
        cut = max(1, limit)
    head, tail = text.divide([cut])
    head.rstrip()
    tail = tail[len(tail.plain) - len(tail.plain.lstrip(" ")) :]
    return head, tail


def sections(*blocks: Sequence[Text]) -> list[Text]:
    """Blocks of lines with one blank line between them; empty ones are left out."""
    lines: list[Text] = []
    for block in blocks:
        if block:
            lines += [BLANK, *block] if lines else block
    return lines


def indented(lines: Iterable[Text], by: int = INDENT) -> list[Text]:
    """Lines moved to the right."""
    return [words(" " * by, line) if line.plain else line for line in lines]


def bullets(texts: Iterable[str | Text], width: int, mark: str) -> list[Text]:
    """Sentences, each with a mark before it."""
    head = f"{mark} "
    return [
        line
        for text in texts
        for line in wrapped(
            words(head, text), width, indent=INDENT, hang=cell_len(head)
        )
    ]
