"""A given curriculum, in whatever form, as the program's own."""

from __future__ import annotations

import json
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from datetime import date
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from llmpath.cli.checked_curriculum import checked_text
from llmpath.cli.given_file import STDIN, given_path, read_given_file
from llmpath.core.curriculum import Curriculum
from llmpath.errors import Fault, RefusedInputError, UsageError
from llmpath.exchange.importers.forms import FORMS
from llmpath.named_tuple import NamedTuple
from llmpath.report.views.curricula import Effort, LeftOutView
from llmpath.storage.curricula import parse_curriculum
from llmpath.storage.curriculum_document import FILE_LIMIT
from llmpath.storage.curriculum_forms import is_own_format

if TYPE_CHECKING:
    from llmpath.exchange.importers.draft import Reading
    from llmpath.exchange.importers.making import Made


NATIVE = "llmpath"
"""What `--format` calls the program's own format."""
KNOWN = ", ".join((NATIVE, *sorted(FORMS)))
"""What `--format` takes."""

ID_LENGTH = 40
"""Of an id that is made of a title; it is typed before every lesson's."""

_A_TEXT = "give a text, such as the document that it was made of"
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


FormOption = Annotated[
    str | None,
    typer.Option("--format", metavar="FORM", help=f"If it is mistaken: {KNOWN}."),
]
TicksOption = Annotated[
    bool, typer.Option("--ticks", help="Take what is ticked in it for done.")
]


class Given(NamedTuple):
    """A curriculum that was given, checked and ready to be stored.

    Attributes:
        text: As it is stored.
        format: Form of the source, as people call it.
        effort: What its minutes rest on; None where it is in the program's own format.
        ticks: Full ids of the lessons that the source has ticked.
        skips: Of those that it leaves out, `known` of those that were known.
    """

    curriculum: Curriculum
    text: str
    format: str
    effort: Effort | None = None
    understood: tuple[str, ...] = ()
    guessed: tuple[str, ...] = ()
    left_out: tuple[LeftOutView, ...] = ()
    ticks: tuple[str, ...] = ()
    skips: tuple[str, ...] = ()
    known: tuple[str, ...] = ()

    @property
    def is_import(self) -> bool:
        """Tell whether its ids were made of its titles."""
        return self.effort is not None


def read_given(
    name: str,
    *,
    own_id: str | None,
    form: str | None,
    today: date,
    sources: dict[str, bytes],
) -> Given:
    """Read a file, stdin or an address, and make a curriculum of it.

    Args:
        own_id: Id to give it; the file's own, or one made of the file's name if None.
        form: The importer to use; the one that knows the content if None.
        today: Edition of what is imported.
        sources: What was read before, and is not read again.

    Raises:
        LlmpathError: It cannot be read or fetched.
        UsageError: The id is none, or no form has this name.
        RefusedInputError: It is no curriculum, with everything that is wrong.
    """
    if own_id is not None and _SLUG.fullmatch(own_id) is None:
        raise UsageError(
            f"'{own_id}' cannot be an id",
            remedy="small letters, digits and hyphens, such as --as my-course",
        )
    if form not in {None, NATIVE, *FORMS}:
        raise UsageError(f"no form is called {form!r}", remedy=KNOWN)
    if name not in sources:
        sources[name] = read_source(name)
    data = sources[name]
    if len(data) > FILE_LIMIT:
        raise _refused(name, "larger than 5 MiB", "split it")
    if form == NATIVE or (form is None and is_own_format(data, name)):
        return native(name, data, own_id)
    return imported(name, data, own_id, form, today)


def is_address(name: str) -> bool:
    """Tell whether an address was given, and not a file."""
    return name.lower().startswith(("https://", "http://"))


def read_source(name: str) -> bytes:
    """Read a file or stdin, or fetch an address."""
    if not is_address(name):
        return read_given_file(name, FILE_LIMIT)
    from llmpath.exchange.fetching import fetch  # noqa: PLC0415 - only for an address

    return fetch(name, FILE_LIMIT)


def native(name: str, data: bytes, own_id: str | None) -> Given:
    """A curriculum in the program's own format."""
    text = checked_text(data, name)
    if own_id is not None:
        text = checked_text(json.loads(text) | {"id": own_id}, name)
    return Given(parse_curriculum(text), text, "llmpath's own format")


def imported(
    name: str, data: bytes, own_id: str | None, form: str | None, today: date
) -> Given:
    """A curriculum in another form."""
    # 30 ms and more, which no other command has to wait for.
    from llmpath.exchange.importers.limits import check_limits  # noqa: PLC0415
    from llmpath.exchange.importers.making import make_document  # noqa: PLC0415
    from llmpath.exchange.importers.registry import recognise  # noqa: PLC0415
    from llmpath.exchange.importers.source import Source  # noqa: PLC0415

    source = Source(name, decoded(name, data), folders_of(name), own_id)
    importer = recognise(source, form)
    reading = importer.read(source)
    check_limits(source, reading)
    own_id = own_id or id_for(name, reading.title)
    made = make_document(reading, own_id, today.isoformat(), origin=origin_of(name))
    if len(json.dumps(made.document)) > FILE_LIMIT:
        lessons = sum(len(each["lessons"]) for each in made.document["modules"])
        reason = f"the curriculum of its {lessons:,} lessons is larger than 5 MiB"
        raise _refused(name, reason, "split it")
    text = checked_text(made.document, name)
    return given_of(reading, made, text, importer.title)


def given_of(reading: Reading, made: Made, text: str, form: str) -> Given:
    """What was read, with what there is to say of it."""
    from llmpath.exchange.importers.titles import told_title  # noqa: PLC0415 - as above

    origin = reading.title_from
    title = () if origin is None else (told_title(reading.title, origin),)
    return Given(
        parse_curriculum(text),
        text,
        form,
        Effort(made.minutes_read, made.minutes_guessed, made.estimated_lessons),
        reading.understood,
        (*title, *reading.guessed, *made.notes),
        tuple(LeftOutView(*each) for each in reading.left_out),
        made.ticks,
        made.skips,
        made.known,
    )


def decoded(name: str, data: bytes) -> str:
    """A source's text with line feeds alone.

    Raises:
        RefusedInputError: It is empty or no text.
    """
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        raise _refused(name, "UTF-16", "save the file as UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        if b"\0" in data or data.startswith(b"%PDF"):
            raise _refused(name, "not a text", _A_TEXT) from None
        raise _refused(name, "not UTF-8", "save the file as UTF-8") from None
    if not text.strip():
        raise _refused(name, "the file is empty", "give a file with a curriculum in it")
    if "\0" in text:
        raise _refused(name, "not a text", _A_TEXT)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def id_for(name: str, title: str) -> str:
    """An id from the file's name, or from the title where that says nothing."""
    from llmpath.exchange.importers.titles import is_vague, stem_of  # noqa: PLC0415

    stem = stem_of(urlsplit(name).path if is_address(name) else name)
    for text in (title, stem) if is_vague(stem) else (stem, title):
        if made := slug_of(text):
            return made
    return "curriculum"


def origin_of(name: str) -> str:
    """What is kept of where a curriculum came from: a file's name, or an address.

    The curriculum is synchronised and exported. Folders tell of the learner, and the
    query of an address may be a key; both stay out. Empty for stdin.
    """
    if name == STDIN:
        return ""
    if not is_address(name):
        return given_path(name).name
    parts = urlsplit(name)
    place = parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=place, query="", fragment="").geturl()


def folders_of(name: str) -> tuple[str, ...]:
    """The folders of a file, the innermost first, up to the learner's own one."""
    if name == STDIN or is_address(name):
        return ()
    path = given_path(name).resolve()
    homes = {Path.home(), Path.home().resolve()}
    inner = takewhile(lambda each: each not in homes, path.parents)
    return tuple(each.name for each in inner if each.name)


def slug_of(text: str) -> str:
    """A slug of the first words of a text; empty where it has no letters of ASCII."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    name = "-".join(words)
    if len(name) <= ID_LENGTH:
        return name
    whole = name[: ID_LENGTH + 1].rpartition("-")[0]
    return whole or name[:ID_LENGTH]


def _refused(name: str, reason: str, remedy: str) -> RefusedInputError:
    return RefusedInputError(
        f"cannot import {name}", (Fault(name, "", None, reason, remedy),)
    )
