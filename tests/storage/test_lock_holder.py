"""Only a process that holds the lock is named, and none where that is not certain."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from llmpath.storage.lock import hold_lock
from llmpath.storage.lock_holder import find_holder
from tests.faults.namespaces import UNSHARE, needs_namespace

needs_list = pytest.mark.skipif(
    not Path("/proc/locks").exists(), reason="only Linux lists locks"
)

HOLD = """
import sys
from pathlib import Path
from llmpath.storage.lock import hold_lock
with hold_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""
TAKE_AND_END = """
import os, sys, time
from pathlib import Path
from llmpath.storage.lock import hold_lock
with hold_lock(Path(sys.argv[1])):
    taker = os.getpid()
    if os.fork():
        os._exit(0)
    while os.getppid() == taker:
        time.sleep(0.001)
    print("held", flush=True)
    sys.stdin.readline()
"""
HAND_ON = """
import fcntl, os, sys
lock = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT)
fcntl.flock(lock, fcntl.LOCK_EX)
is_closed, close = os.pipe()
if os.fork():
    os.close(lock)
    os.write(close, b".")
    os.wait()
else:
    os.read(is_closed, 1)
    print("held", flush=True)
    sys.stdin.readline()
"""
FIND = """
import os, sys
from llmpath.storage.lock_holder import find_holder
print(find_holder(os.open(sys.argv[1], os.O_RDWR)))
"""
ASK = """
import subprocess, sys
lock, hold, find, *prefix = sys.argv[1:]
command = [sys.executable, "-c", hold, lock]
pipe = subprocess.PIPE
with subprocess.Popen(command, stdin=pipe, stdout=pipe) as holder:
    holder.stdout.readline()
    print(holder.pid, flush=True)
    subprocess.run([*prefix, sys.executable, "-c", find, lock], check=True)
    holder.kill()
"""


@contextmanager
def holding(lock: Path, program: str = HOLD) -> Iterator[subprocess.Popen[str]]:
    """A process that holds a lock until the block ends."""
    command = [sys.executable, "-c", program, str(lock)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        yield holder
        holder.communicate("\n")


def holder_of(lock: Path) -> int | None:
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT)
    try:
        return find_holder(descriptor)
    finally:
        os.close(descriptor)


@needs_list
def test_the_process_that_holds_the_lock_is_named_and_nobody_before_and_after(
    tmp_path: Path,
) -> None:
    lock = tmp_path / "lock"
    assert holder_of(lock) is None
    with holding(lock) as holder:
        assert holder_of(lock) == holder.pid
    assert holder_of(lock) is None


@needs_list
def test_of_several_locks_each_has_its_own_holder(tmp_path: Path) -> None:
    locks = [tmp_path / name for name in ("lock", "sync.lock", "free")]
    with holding(locks[0]) as first, holding(locks[1]) as second:
        assert [holder_of(each) for each in locks] == [first.pid, second.pid, None]


@needs_list
def test_a_process_that_only_has_the_file_open_is_not_named(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    with lock.open("wb"), hold_lock(tmp_path / "other"):
        assert holder_of(lock) is None


@needs_list
@pytest.mark.parametrize("program", [TAKE_AND_END, HAND_ON], ids=["ended", "lives"])
def test_who_took_the_lock_and_has_it_no_more_is_not_named(
    program: str, tmp_path: Path
) -> None:
    lock = tmp_path / "lock"
    with holding(lock, program):
        assert holder_of(lock) is None
    with hold_lock(lock, timeout=60):
        pass


@needs_namespace
@pytest.mark.parametrize(
    ("prefix", "is_named"),
    [
        ("", True),
        ("unshare --pid --fork", False),
        ("sh -c 'mount -t tmpfs none /proc && exec \"$@\"' -", False),
    ],
    ids=["as it is", "with numbers of another namespace", "without a list"],
)
def test_where_numbers_mean_something_else_or_nothing_nobody_is_named(
    prefix: str, tmp_path: Path, *, is_named: bool
) -> None:
    """Who holds and who asks are in one namespace of users: others may not look."""
    lock = tmp_path / "lock"
    command = [sys.executable, "-c", ASK, str(lock), HOLD, FIND, *shlex.split(prefix)]
    answers = subprocess.run(
        [*UNSHARE, *command], capture_output=True, check=True, text=True
    )
    holder, found = answers.stdout.split()

    assert found == (holder if is_named else "None")
