"""One way out: every answer goes through `answer`, in the form that was asked for.

JSON with `--json`; tab-separated lines with `--plain` or when stdout is not a
terminal; sentences in accessible mode; else a drawing.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from io import TextIOWrapper
from itertools import pairwise
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, TextIO

from llmpath.cli.failing import point_nowhere, write_stderr
from llmpath.cli.options import Options, is_accessible, is_terminal
from llmpath.errors import LlmpathError
from llmpath.named_tuple import NamedTuple
from llmpath.report.parts import Document
from llmpath.report.plain import plain_report

if TYPE_CHECKING:
    from llmpath.report.drawn.dispatch import View
    from llmpath.report.drawn.look import Look
    from llmpath.storage.settings import Looks

WEEKDAYS = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)

COERCED = frozenset(["C.UTF-8", "C.utf8", "UTF-8"])
"""What Python puts into `LC_CTYPE` where it finds the locale C (PEP 538)."""


class Answer(NamedTuple):
    """What a command answers, ready for each form of output.

    Attributes:
        is_confirmation: Left out with `--quiet`.
    """

    view: View
    document: Callable[[], Document]
    sentences: Callable[[], list[str]]
    is_confirmation: bool = False


def answer(options: Options, looks: Looks, what: Answer) -> None:
    """Write an answer to stdout.

    Raises:
        BrokenPipeError: The reader closed early.
        LlmpathError: stdout took not all of it; what was saved stays saved.
    """
    saves = has_saved(what)
    if options.json:
        write_json(what.document(), saves=saves)
    elif options.quiet and what.is_confirmation:
        return
    elif options.plain:
        write_lines(plain_report(what.document()), saves=saves)
    elif is_accessible(looks):
        write_lines(what.sentences(), saves=saves)
    elif is_terminal(sys.stdout):
        write(drawn(options, looks, what.view), saves=saves)
    else:
        write_lines(plain_report(what.document()), saves=saves)


def has_saved(what: Answer) -> bool:
    """Tell whether an answer is about something that was written."""
    return bool(getattr(what.view, "event", what.is_confirmation))


def is_record(options: Options, looks: Looks) -> bool:
    """Tell whether an answer goes to another program: as JSON or as plain lines."""
    to_person = is_accessible(looks) or is_terminal(sys.stdout)
    return options.json or options.plain or not to_person


def drawn(options: Options, looks: Looks, view: View) -> str:
    """Draw a view for the terminal."""
    # 40 ms of a run, paid only where something is drawn.
    from llmpath.report.drawn.console import render  # noqa: PLC0415
    from llmpath.report.drawn.dispatch import drawing  # noqa: PLC0415

    look = present_look(looks)
    return render(
        drawing(view, look),
        width=look.width,
        color=has_color(options, looks),
        emphasis=has_emphasis(options),
    )


def present_look(looks: Looks) -> Look:
    """How wide and with which glyphs to draw now."""
    from llmpath.report.drawn.glyphs import ASCII, UNICODE  # noqa: PLC0415 - to draw
    from llmpath.report.drawn.look import Look  # noqa: PLC0415 - as above

    width = max(20, get_terminal_size().columns)
    glyphs = UNICODE if has_unicode(looks) else ASCII
    return Look(width, glyphs, WEEKDAYS.index(looks.week_starts))


@contextmanager
def progress(
    options: Options, looks: Looks, total: int, things: str
) -> Iterator[Callable[[int], None]]:
    """Show on stderr how far it is; what it yields takes how many are done.

    A bar is drawn where the answer is, and nowhere else.
    """
    is_drawn = not (options.quiet or is_record(options, looks) or is_accessible(looks))
    if is_drawn and is_terminal(sys.stderr) and os.environ.get("TERM") != "dumb":
        from llmpath.report.drawn.progress import growing_bar  # noqa: PLC0415 - Rich

        look, color = present_look(looks), has_color(options, looks)
        with growing_bar(sys.stderr, look, total, things, color=color) as show:
            yield show
    else:
        yield lambda _: None


def has_color(options: Options, looks: Looks) -> bool:
    """Decide on colour: option, then environment, then settings, then terminal."""
    if options.color in {"always", "never"}:
        return options.color == "always"
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    if os.environ.get("FORCE_COLOR") or looks.color == "always":
        return True
    return looks.color != "never" and is_terminal(sys.stdout)


def has_emphasis(options: Options) -> bool:
    """Decide on bold and dim text, which `NO_COLOR` leaves alone."""
    if options.color == "never" or os.environ.get("TERM") == "dumb":
        return False
    return sys.stdout.isatty()


def has_unicode(looks: Looks) -> bool:
    """Decide on glyphs: settings, then the locale, then what stdout can carry."""
    if looks.glyphs != "auto":
        return looks.glyphs == "unicode"
    if user_locale() in {"C", "POSIX"}:  # of which Python makes UTF-8
        return False
    try:
        "✓█→".encode(stdout_encoding() or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return not os.environ.get("LLMPATH_ASCII")


def user_locale() -> str:
    """The locale that the user set for characters; empty where none was set."""
    environment: Mapping[str, str] = os.environ
    if not environment.get("LC_ALL") and environment.get("LC_CTYPE") in COERCED:
        environment = first_environment()
    names = ("LC_ALL", "LC_CTYPE", "LANG")
    return next(filter(None, (environment.get(name) for name in names)), "")


def first_environment() -> Mapping[str, str]:
    """The environment before Python changed it, where the system keeps it."""
    try:
        data = Path("/proc/self/environ").read_bytes()
    except OSError:
        return os.environ
    pairs = (os.fsdecode(each).partition("=") for each in data.split(b"\0"))
    return {name: value for name, _, value in pairs}


def stdout_encoding() -> str | None:
    """The encoding of stdout; None where it is closed or has none."""
    return getattr(sys.stdout, "encoding", None)


def write_json(document: Document, *, saves: bool = False) -> None:
    """Write a document to stdout, in UTF-8 whatever else is written there."""
    import json  # noqa: PLC0415 - the other forms do without

    from llmpath.core.text import visible_json  # noqa: PLC0415 - as above

    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    text = json.dumps(document, ensure_ascii=False, indent=2)
    write(visible_json(text) + "\n", saves=saves)


def write_lines(lines: list[str], *, saves: bool = False) -> None:
    """Write lines to stdout; what made them has cleaned them."""
    write("".join(f"{line}\n" for line in lines), saves=saves)


def write(text: str, *, saves: bool = False) -> None:
    """Write text to stdout and see that it got there.

    Args:
        saves: The text answers a command that wrote; an error says that it stays.
    """
    try:
        data = encoded(text, sys.stdout.encoding or "ascii")
        if isinstance(sys.stdout, TextIOWrapper):
            write_bytes(sys.stdout, data)
        else:
            sys.stdout.write(data.decode(sys.stdout.encoding or "ascii"))
            sys.stdout.flush()
    except BrokenPipeError:
        raise
    except (OSError, ValueError, AttributeError) as error:
        raise unwritten(error, saves=saves) from error


def encoded(text: str, encoding: str) -> bytes:
    """Text as bytes, with `?` in place of what they cannot say, as wide as that is."""
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        from llmpath.core.text import stand_in  # noqa: PLC0415 - in few places

        return "".join(
            each if is_encodable(each, encoding) else stand_in(before, each)
            for before, each in pairwise(" " + text)
        ).encode(encoding)


def is_encodable(character: str, encoding: str) -> bool:
    """Tell whether an encoding has a character."""
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def write_bytes(stream: TextIO, data: bytes) -> None:
    """Write all of the data: with PYTHONUNBUFFERED a write may take a part only."""
    stream.flush()
    while data:
        data = data[stream.buffer.write(data) :]
    stream.flush()


def unwritten(error: Exception, *, saves: bool = False) -> LlmpathError:
    """The error for an answer that stdout did not take."""
    point_nowhere(sys.stdout)
    is_closed = isinstance(error, AttributeError)  # where it is, sys.stdout is None
    reason = getattr(error, "strerror", None) or str(error)
    return LlmpathError(
        f"the answer could not be written: "
        f"{'stdout is closed' if is_closed else reason.lower()}",
        detail=("what the command saved stays saved",) if saves else (),
        remedy="llmpath history" if saves else None,
    )


def say(options: Options, text: str) -> None:
    """Write a hint to stderr, once; `--quiet` leaves it out."""
    if not options.quiet and not options.answers:
        tell(text)


def warn(options: Options, text: str) -> None:
    """Write a warning to stderr, once; `--quiet` is no reason to hide it."""
    if not options.answers:
        tell(f"warning: {text}")


def tell(text: str) -> None:
    """Write a line to stderr, cleaned of what a terminal would obey."""
    from llmpath.core.text import clean  # noqa: PLC0415 - only where something is said

    write_stderr(clean(text))
