"""The running timer: a file of this machine, outside the journal."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from llmpath.errors import LlmpathError
from llmpath.named_tuple import NamedTuple
from llmpath.storage.durable import reason_of, sync_folder, write_refused
from llmpath.storage.files import read_regular_file, write_atomically
from llmpath.storage.paths import prepare_folder

_MOST_BYTES = 4096


class Timer(NamedTuple):
    """A timer that runs.

    Attributes:
        lesson: Full id of the lesson.
        since: When it was started, aware.
        uptime: The start of the machine in which that was, and the seconds from it.
    """

    lesson: str
    since: datetime
    uptime: tuple[str, float] | None = None


def read_timer(path: Path) -> Timer | None:
    """Read the running timer; None if none runs. Keys it does not know are passed over.

    Raises:
        LlmpathError: The file cannot be read or is damaged.
    """
    try:
        data = read_regular_file(path, _MOST_BYTES)
    except OSError as error:
        raise _unusable(path, reason_of(error)) from error
    return None if data is None else _parse_timer(data, path)


def write_timer(path: Path, timer: Timer) -> None:
    """Put a timer in place of the running one, if any.

    Raises:
        NotSavedError: The storage refused; the former timer runs on.
    """
    prepare_folder(path.parent)
    document: dict[str, object] = {
        "lesson": timer.lesson,
        "since": timer.since.isoformat(),
    }
    if timer.uptime is not None:
        document["boot"], document["seconds"] = timer.uptime
    write_atomically(path, json.dumps(document).encode() + b"\n")


def remove_timer(path: Path) -> None:
    """Remove the timer, also a damaged one; without one there is nothing to do.

    Raises:
        NotSavedError: The storage refused.
    """
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise write_refused(error, path) from error
    with suppress(OSError):
        sync_folder(path.parent)


def elapsed_minutes(
    timer: Timer, now: datetime, uptime: tuple[str, float] | None = None
) -> int:
    """Minutes that have passed, to the nearest; 0 if the clock was set back.

    `now` is aware. Time stamps are compared, as two times of one zone subtract by the
    clock on the wall, which is an hour off when summer time begins or ends. Where the
    machine was not started anew, the clock that nobody sets decides.

    Args:
        uptime: The start of the machine that runs now, and the seconds from it.
    """
    if uptime is not None and timer.uptime is not None and uptime[0] == timer.uptime[0]:
        seconds = uptime[1] - timer.uptime[1]
    else:
        seconds = now.timestamp() - timer.since.timestamp()
    return max(0, int((seconds + 30) // 60))


def _parse_timer(data: bytes, path: Path) -> Timer:
    try:
        document = json.loads(data)
        lesson, since = document["lesson"], datetime.fromisoformat(document["since"])
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise _unusable(path, "it is damaged") from error
    if not isinstance(lesson, str) or not lesson or since.utcoffset() is None:
        raise _unusable(path, "it is damaged")
    boot, seconds = document.get("boot"), document.get("seconds")
    if not isinstance(boot, str) or type(seconds) not in (int, float):
        return Timer(lesson, since)
    return Timer(lesson, since, (boot, seconds))


def _unusable(path: Path, reason: str) -> LlmpathError:
    return LlmpathError(
        f"the timer's file cannot be used: {reason}",
        detail=(str(path),),
        remedy="llmpath timer cancel",
    )
