"""The only read of the clocks."""

from __future__ import annotations

import sys
import time
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


def uptime() -> tuple[str, float] | None:
    """An id of this start of the machine, and the seconds since then, sleep included.

    Nobody sets this clock. None on systems other than Linux.
    """
    if sys.platform != "linux":
        return None
    with suppress(OSError), open("/proc/sys/kernel/random/boot_id", "rb") as file:  # noqa: PTH123  # pathlib is not needed here
        boot = file.read(64).decode("ascii", "replace").strip()
        return boot, time.clock_gettime(time.CLOCK_BOOTTIME)
    return None
