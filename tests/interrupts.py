"""Ctrl-C in tests, which a shell may run in the background."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def taking_interrupts() -> Iterator[None]:
    """Take Ctrl-C, as do the processes begun meanwhile.

    Tests that a shell runs in the background ignore it, and so would their children.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
