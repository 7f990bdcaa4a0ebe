"""The only read of the clock."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime


def local_now() -> datetime:
    """The present in the machine's time zone, aware, to the millisecond.

    In UTC where the machine's zone is more than a day away from it.
    """
    now = datetime.now(UTC)
    with suppress(ValueError):
        now = now.astimezone()
    return now.replace(microsecond=now.microsecond // 1000 * 1000)
