"""What a run asks of the system: one write and one flush a file, and no network."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from tests.cli.asking import do
from tests.cli.program import Program
from tests.cli.states import SHORT
from tests.cli.test_kept_fold import other_devices_file
from tests.faults.tracing import Call, needs_strace, trace
from tests.faults.whole import LOG, START

NETWORK = frozenset({"socket", "connect", "bind", "listen", "sendto", "sendmsg"})
CHANGING = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC")


def journals_opened(calls: tuple[Call, ...]) -> dict[str, Counter[str]]:
    """For each file of records that was opened to be written: calls on it."""
    opened: dict[str, str] = {}
    counts: dict[str, Counter[str]] = {}
    for call in calls:
        if call.name == "openat" and not call.is_failed:
            descriptor = call.text.rpartition("= ")[2]
            opened.pop(descriptor, None)
            if '.jsonl"' in call.text and CHANGING.search(call.text):
                path = call.text.split('"')[1]
                opened[descriptor] = path
                counts.setdefault(path, Counter())
        elif call.descriptor in opened:
            counts[opened[call.descriptor]][call.name] += 1
            if call.name == "close":
                del opened[call.descriptor]
    return counts


@needs_strace
@pytest.mark.parametrize("line", [LOG, ("undo",), START], ids=["log", "undo", "start"])
def test_a_command_that_writes_writes_and_flushes_each_file_of_records_once(
    line: tuple[str, ...], run: Program
) -> None:
    if line != START:
        do(run, SHORT)
    result, calls = trace(run, *line)
    assert result.code == 0, result

    opened = journals_opened(calls)
    assert opened
    for path, counts in opened.items():
        assert counts["write"] == 1, path
        assert counts["fdatasync"] + counts["fsync"] == 1, path
        assert counts["ftruncate"] == 0, path
    assert NETWORK.isdisjoint(each.name for each in calls)


@needs_strace
@pytest.mark.parametrize("line", ["", "next", "doctor"])
def test_a_command_that_looks_changes_nothing_of_the_data_and_flushes_nothing(
    line: str, run: Program
) -> None:
    other_devices_file(run.home)
    do(run, SHORT)
    result, calls = trace(run, *line.split(), "--json")
    assert result.code in {0, 6}, result

    data = str(run.home / "data")
    changing = ("mkdir", "rename", "unlink", "chmod", "fchmod", "ftruncate", "link")
    flushes = {"fsync", "fdatasync", "sync"}
    for call in calls:
        # `doctor` may ask whether the system can flush at all
        assert call.name not in flushes or line == "doctor", call
        assert call.name not in NETWORK, call
        if data in call.text:
            assert call.name not in changing, call
            assert call.name != "openat" or not CHANGING.search(call.text), call
