"""Where nothing may be written, what is there is read, and the refusal is told."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from tests.cli.asking import do
from tests.cli.program import TODAY, Program, Result
from tests.cli.states import SHORT, files_in
from tests.cli.test_kept_fold import other_devices_file
from tests.faults.namespaces import UNSHARE, needs_namespace
from tests.faults.whole import LOG, START, check_whole, saved, told

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
READERS = ("", "next", "status", "plan", "history", "list", "forecast")


def on_a_read_only_disk(program: Program, *arguments: str) -> Result:
    """Run a command where the home is mounted read-only."""
    script = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"'
    command = [*UNSHARE, "sh", "-c", script, str(program.home)]
    return ended(program, [*command, sys.executable, "-m", "llmpath", *arguments])


def ended(program: Program, command: list[str]) -> Result:
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        env=program.environment(None, None, TODAY),
        check=False,
    )
    return Result(done.returncode, done.stdout, done.stderr)


@needs_namespace
def test_on_a_read_only_disk_commands_that_look_answer_and_others_end_with_3(
    run: Program,
) -> None:
    other_devices_file(run.home)  # so long that a fold would be kept
    do(run, SHORT)
    for path in run.home.rglob("fold.json"):
        path.unlink()
    known, before = saved(run), files_in(run.home)
    for line in READERS[:3]:
        result = on_a_read_only_disk(run, *line.split(), "--json")
        assert result.code == 0, result
        assert result.json(), result
    result = on_a_read_only_disk(run, *LOG)

    assert (result.code, result.stdout) == (3, ""), result
    assert "Read-only file system; nothing was changed" in result.stderr
    assert files_in(run.home) == before
    check_whole(run, known)


@needs_namespace
def test_a_first_command_on_a_read_only_disk_ends_with_3(run: Program) -> None:
    run.home.mkdir()
    result = on_a_read_only_disk(run, *START)

    assert (result.code, result.stdout) == (3, ""), result
    assert "Read-only file system; nothing was changed" in result.stderr
    assert not list(run.home.iterdir())


def without_rights(program: Program, *arguments: str) -> Result:
    """Run as somebody whom modes keep out, which root is without its capabilities."""
    drop = ("setpriv", "--bounding-set=-all", "--inh-caps=-all")
    prefix = drop if os.geteuid() == 0 else ()
    if prefix and shutil.which(prefix[0]) is None:
        pytest.skip("root may write everywhere, and setpriv is not installed")
    return ended(program, [*prefix, sys.executable, "-m", "llmpath", *arguments])


@posix_only
@pytest.mark.parametrize(
    ("where", "mode"),
    [
        ("data/journal", 0o500),
        ("data/journal/*.jsonl", 0o400),
        ("state/*", 0o500),
        ("state/*/lock", 0o400),
        ("data/journal", 0o000),
        ("data/journal/*.jsonl", 0o000),
        ("state/*", 0o000),
    ],
)
def test_without_the_right_to_write_nothing_is_lost_and_the_place_is_named(
    where: str, mode: int, run: Program
) -> None:
    do(run, SHORT)
    (place,) = run.home.glob(where)
    before, usual = files_in(run.home), place.stat().st_mode
    place.chmod(mode)
    try:
        looked = without_rights(run, "next", "--json")
        wrote = without_rights(run, *LOG)
    finally:
        place.chmod(usual)

    for result in (looked, wrote):
        assert "Traceback" not in result.stderr, result
        assert result.code in {0, 1, 3}, result
    if mode:
        assert looked.code == 0, looked
    if wrote.code == 3:
        assert str(place) in wrote.stderr, wrote
        assert {**before, **files_in(run.home)} == before
    elif wrote.code == 0:  # a folder without names to be added takes what is there
        assert told(wrote)
    result = run(*LOG)
    assert result.code == 0, result


@posix_only
def test_a_home_under_a_place_that_is_no_folder_is_refused(run: Program) -> None:
    run.home.write_text("a file")
    result = run(*START)

    assert (result.code, result.stdout) == (3, ""), result
    assert str(run.home) in result.stderr
    assert run.home.read_text() == "a file"
