"""The errors a person can meet, each with the exit code that `main` returns.

    LlmpathError                 1   could not do it now
    |-- UnknownIdError           1   an id that matches nothing, or too much
    |-- UsageError               2   a value that cannot be read or is out of range
    |-- NotSavedError            3   the storage refused; nothing changed
    |-- UnconfirmedError         4   the disk reported an error while saving
    |-- RefusedInputError        5   a file was refused, with every fault in it
    `-- StoppedError           130   the keyboard stopped what was half done

What is not in this tree is a bug and ends the program with 70.
"""

from __future__ import annotations

from typing import ClassVar

from llmpath.named_tuple import NamedTuple


class Fault(NamedTuple):
    """One problem found in a file, with its place.

    Attributes:
        file: The file as the learner named it or as it lies on disk.
        path: The place inside the document, such as `modules[3].id`; empty when
            the whole file is meant.
        line: Line of the file, counted from 1; None where it is not known.
        reason: What is wrong.
        remedy: What to change.
        column: Column in that line, counted from 1; None where it is not known.
    """

    file: str
    path: str
    line: int | None
    reason: str
    remedy: str
    column: int | None = None


class LlmpathError(Exception):
    """Could not do it now.

    Attributes:
        message: What happened, lowercase, without a full stop.
        detail: Lines that say where or list near ones; may be empty.
        remedy: The command to try, without `try:`; None when there is none.
    """

    exit_code: ClassVar[int] = 1

    def __init__(
        self, message: str, *, detail: tuple[str, ...] = (), remedy: str | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.detail = detail
        self.remedy = remedy


class UnknownIdError(LlmpathError):
    """An id matches nothing, or more than one thing."""


class UsageError(LlmpathError):
    """A value cannot be read or is out of range."""

    exit_code = 2


class NotSavedError(LlmpathError):
    """The storage refused; nothing changed."""

    exit_code = 3


class UnconfirmedError(LlmpathError):
    """The disk reported an error while saving; the record may be there or not."""

    exit_code = 4


class RefusedInputError(LlmpathError):
    """A file was refused; nothing changed.

    Attributes:
        faults: Why it was; lines on advice may stand behind theirs.
    """

    exit_code = 5

    def __init__(
        self,
        message: str,
        faults: tuple[Fault, ...],
        *,
        advice: tuple[Fault, ...] = (),
        remedy: str | None = None,
    ) -> None:
        told = (f"advice: {fault_line(each)}" for each in advice)
        super().__init__(
            message, detail=(*map(fault_line, faults), *told), remedy=remedy
        )
        self.faults = faults


class StoppedError(LlmpathError):
    """The keyboard stopped a command that had already done a part, which stays."""

    exit_code = 130


def fault_line(fault: Fault) -> str:
    """Write it as `file:line:column: path: reason; remedy`, without what is unknown."""
    known = [str(each) for each in (fault.line, fault.column) if each is not None]
    place = ":".join([fault.file, *known])
    parts = [place, fault.path] if fault.path else [place]
    return ": ".join([*parts, "; ".join(filter(None, (fault.reason, fault.remedy)))])
