"""The only read of the clock."""

from __future__ import annotations

from datetime import datetime


def local_now() -> datetime:
    """The present in the machine's time zone, aware, to the millisecond."""
    now = datetime.now().astimezone()
    return now.replace(microsecond=now.microsecond // 1000 * 1000)
