"""System calls that fail, for the tests of what is said then."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

import pytest

FLUSH = "fdatasync" if sys.platform == "linux" else "fsync"
"""The call that flushes a file here."""


def break_call(monkeypatch: pytest.MonkeyPatch, name: str, code: int) -> None:
    def refuse(*_: object) -> NoReturn:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, name, refuse)
