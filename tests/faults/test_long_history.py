"""A history of many years is read in bounded memory, and written as any other."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from zlib import crc32

import pytest

from llmpath.core.events import StudyLogged
from llmpath.storage.records import decode_record, encode_record
from tests.builders import TODAY, a_record
from tests.cli.asking import do
from tests.cli.program import TODAY as NOW
from tests.cli.program import Program
from tests.cli.states import SHORT
from tests.faults.whole import LESSON

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="memory is read from Linux's /proc"
)

MEASURED = """
import re, sys
from llmpath.__main__ import main
code = main()
with open("/proc/self/status") as status:
    print(*re.findall("VmHWM: *\t *([0-9]+) kB", status.read()), file=sys.stderr)
sys.exit(code)
"""
"""What `getrusage` tells begins with what the process had that started this one."""


def write_history(folder: Path, count: int) -> None:
    """Ten records a day of another device, as the program writes them.

    The lines differ from a first one in few places, so that they are made quickly.
    """
    line = encode_record(a_record(StudyLogged(f"llmpath:{LESSON}", 25)))
    document = json.loads(line)
    del document["crc"]
    lines = []
    for n in range(1, count + 1):
        day = (TODAY - timedelta(days=(count - n) // 10)).isoformat()
        document |= {"id": f"tower{n:011}", "device": "tower-0003", "n": n, "day": day}
        document["lamport"] = n
        body = json.dumps(document, separators=(",", ":")).encode()
        lines.append(body[:-1] + b',"crc":"%08x"}\n' % crc32(body))
    assert decode_record(lines[-1]).n == count
    folder.mkdir(parents=True)
    (folder / "tower-0003.2026.jsonl").write_bytes(b"".join(lines))


def mebibytes(program: Program, *arguments: str) -> float:
    """Run a command that must succeed; the most memory that it had."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        env=program.environment(None, None, NOW),
        timeout=300,  # where it hangs
        check=False,
    )
    assert done.returncode == 0, done
    return int(done.stderr.splitlines()[-1]) / 1024


@pytest.mark.parametrize(
    ("count", "most"),
    [(2000, 80), pytest.param(100_000, 300, marks=pytest.mark.thorough)],
)
def test_many_records_are_read_folded_written_and_undone_in_bounded_memory(
    count: int, most: int, run: Program
) -> None:
    write_history(run.home / "data" / "journal", count)
    do(run, SHORT)
    used = {
        line: mebibytes(run, *line.split(), "--json")
        for line in ("next", f"log {LESSON} 10", "status", "undo", "history -n 3")
    }

    assert max(used.values()) < most, used
    shown = do(run, f"show {LESSON} --json").json()
    assert shown["logged_minutes"] == 25 * count
