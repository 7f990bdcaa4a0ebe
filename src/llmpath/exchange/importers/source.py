"""What an importer is given, and what it is."""

from __future__ import annotations

from collections.abc import Callable

from llmpath.errors import Fault, RefusedInputError
from llmpath.exchange.importers.draft import Reading
from llmpath.named_tuple import NamedTuple

OTHER_ENDINGS = (".json", ".yml", ".yaml", ".toml", ".csv", ".html", ".py", ".ipynb")
"""Of names of files that are neither Markdown nor a plain text."""


class Source(NamedTuple):
    """A text to import: decoded, within the size limit, with line feeds alone.

    Attributes:
        name: The file's name or the address, for messages and to tell forms apart.
        folders: Names of the folders that the file lies in, the innermost first.
        own_id: The id that the learner gives it.
    """

    name: str
    text: str
    folders: tuple[str, ...] = ()
    own_id: str | None = None


class Importer(NamedTuple):
    """One form of a curriculum.

    Attributes:
        name: What `--format` calls it.
        title: What people call it.
        recognise: How surely a source has this form, from 0, not at all, to 100.
        read: Raises `RefusedInputError` where the source has nothing to study in it
            or is not what it seemed.
    """

    name: str
    title: str
    recognise: Callable[[Source], int]
    read: Callable[[Source], Reading]


def refused(
    source: Source, reason: str, remedy: str, *, line: int | None = None, path: str = ""
) -> RefusedInputError:
    """The error that says why a source cannot be imported, and where."""
    fault = Fault(source.name, path, line, reason, remedy)
    return RefusedInputError(f"cannot import {source.name}", (fault,))
