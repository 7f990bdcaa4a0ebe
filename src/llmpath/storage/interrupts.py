"""Ctrl-C comes before a save or not at all, never between a save and its report."""

from __future__ import annotations

import signal
import sys
from types import TracebackType
from typing import Self

if sys.platform != "win32":
    _HELD = frozenset({signal.SIGINT, signal.SIGTERM, signal.SIGHUP})


class Interrupts:
    """Interrupts that a block can hold back from some point until its end.

    What arrives while they are held is dropped: by then the outcome is reported.
    Windows cannot hold them.

    Args:
        until_end: They are held until the process ends, which is about to: Ctrl-C after
            the report would else still make it end as if nothing had been saved.
    """

    def __init__(self, *, until_end: bool = False) -> None:
        self._until_end = until_end
        self._before: set[int] | None = None

    def __enter__(self) -> Self:
        return self

    def hold(self) -> None:
        """Hold interrupts back from here on; one that has arrived is raised first."""
        if sys.platform != "win32" and self._before is None:
            self._before = {*signal.pthread_sigmask(signal.SIG_BLOCK, _HELD)}

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._until_end:
            return
        if sys.platform != "win32" and self._before is not None:
            while arrived := signal.sigpending() & (_HELD - self._before):
                signal.sigwait(arrived)
            signal.pthread_sigmask(signal.SIG_SETMASK, self._before)
            self._before = None
