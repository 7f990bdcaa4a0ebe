"""The one door to pydantic: 55 ms, paid by commands that are given a curriculum."""

from __future__ import annotations

from typing import Any

from llmpath.errors import RefusedInputError
from llmpath.report.phrases import counted


def checked_text(source: bytes | str | dict[str, Any], name: str) -> str:
    """The text of a curriculum as it is to be stored.

    Args:
        source: A file's content, or a document that was made of one.
        name: What the faults call the file.

    Raises:
        RefusedInputError: Something is wrong, with everything that is.
    """
    from llmpath.storage.curriculum_file import check_curriculum  # noqa: PLC0415

    checked = check_curriculum(source, name)
    if checked.text is None:
        count = counted(len(checked.faults), "fault")
        raise RefusedInputError(f"{name} has {count}", checked.faults)
    return checked.text
