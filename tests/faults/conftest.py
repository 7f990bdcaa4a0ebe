"""`run` and `run_process`: the program with a home of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.program import Program, Result


@pytest.fixture
def run(tmp_path: Path) -> Program:
    """`run("next", "--json")` gives code, stdout and stderr; no terminal anywhere.

    Keywords: `home`, `env` (added to the environment), `stdin`, `today` (None for the
    real clock). `run.home` is the folder that holds everything.
    """
    return Program(tmp_path / "home")


@pytest.fixture
def run_process(run: Program) -> Callable[..., Result]:
    """As `run`, in a real process with the same home."""
    return run.process
