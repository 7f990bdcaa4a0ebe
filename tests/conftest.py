"""What tests share: expected outputs in files, and the program with its own home."""

from __future__ import annotations

import gc
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

import llmpath
from llmpath.__main__ import quiet_collector
from tests.cli.program import Program, Result
from tests.interrupts import taking_interrupts

# How long an example takes says more of the machine than of the code; and each run has
# the same examples, so that one that fails fails again.
settings.register_profile(
    "llmpath",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("llmpath")

PLAIN = "not thorough"
"""What `pyproject.toml` selects."""

GOLDEN = Path(__file__).parent / "golden"

Golden = Callable[[str, str], None]
"""`golden("views/next-80.txt", text)`: the text is what the file holds."""


MEMORY = Path("/dev/shm")  # noqa: S108 - only where it is what Linux has there
ROOM = 2 * 2**30
"""Bytes; a plain run keeps an eighth of a gibibyte."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write what is drawn now into tests/golden instead of comparing",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Keep the files of a plain run in memory; thorough tests work on the disk.

    A third of the time was waited for the disk. `TMPDIR` decides where it is set.
    """
    if config.option.markexpr == PLAIN and "TMPDIR" not in os.environ and has_memory():
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


def pytest_collection(session: pytest.Session) -> None:
    """Let hypothesis try the constants of the whole program, and of nothing else.

    It would try those of the modules that are imported so far, so that examples would
    depend on which tests are run, and in which order.
    """
    if session.config.option.numprocesses:  # the tests run in processes of their own
        return
    for each in walk_packages(llmpath.__path__, "llmpath."):
        import_module(each.name)
    found = providers._get_local_constants()  # noqa: SLF001 - there is no setting
    providers._get_local_constants = lambda: found  # noqa: SLF001


def has_memory() -> bool:
    """Whether memory can hold files and programs, enough of them."""
    if sys.platform != "linux" or not MEMORY.is_dir():
        return False
    found = os.statvfs(MEMORY)
    is_refused = found.f_flag & (os.ST_NOEXEC | os.ST_RDONLY)
    return not is_refused and found.f_bavail * found.f_frsize >= ROOM


def pytest_collection_finish() -> None:
    """Search for garbage as seldom as the program does, and not in what pytest holds.

    That was a twelfth of the tests' own time.
    """
    gc.freeze()
    quiet_collector()


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compare a text with a file below `tests/golden`, or write it there."""
    is_update: bool = request.config.getoption("--update-golden")

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if is_update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert path.is_file(), f"{path} is missing: pytest --update-golden"
        assert text == path.read_text(encoding="utf-8")

    return compare


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Ctrl-C ends this process and those that the test starts."""
    with taking_interrupts():
        yield


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
