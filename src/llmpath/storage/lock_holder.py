"""Who holds a lock, as Linux tells it; asked only by who waited in vain.

Nothing is written for it, so that a lock costs its holder no more than the lock.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

_PROC = Path("/proc")

# `1: FLOCK  ADVISORY  WRITE 4711 08:01:132 0 EOF`; who waits has `->` before FLOCK.
# Device and inode are not read: on btrfs and overlayfs they are not those of `stat`.
_TAKER = re.compile(rb"^\d+: FLOCK +\w+ +\w+ +(\d+) ", re.MULTILINE)
_LOCKED = b": FLOCK "


def find_holder(descriptor: int) -> int | None:
    """The number of the process that took the lock on an open file and still has it.

    None where that is not certain: the kernel's list says who took locks, and only a
    process of such a number that has this very file open with a lock on it is named. A
    number that another process got meanwhile, or that counts in another namespace, is
    not; nor is a taker that ended or handed the lock on to a child.
    """
    try:
        if (_PROC / "self").readlink() != Path(str(os.getpid())):
            return None
        locks = (_PROC / "locks").read_bytes()
    except OSError:
        return None
    file = os.fstat(descriptor)
    takers = map(int, _TAKER.findall(locks))
    return next((pid for pid in takers if _holds(pid, file)), None)


def _holds(pid: int, file: os.stat_result) -> bool:
    """Whether a process lives and has the file open with a lock on it."""
    process = _PROC / str(pid)
    try:
        opened = [*(process / "fdinfo").iterdir()]
    except OSError:  # it ended, or is another user's
        return False
    return any(_is_locked(info, process / "fd" / info.name, file) for info in opened)


def _is_locked(info: Path, opened: Path, file: os.stat_result) -> bool:
    try:
        is_locked = _LOCKED in info.read_bytes()
        return is_locked and os.path.samestat(opened.stat(), file)
    except OSError:  # closed meanwhile
        return False
