"""Files made to exhaust who reads them: refused at once, in little memory."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.program import Program

if sys.platform != "linux":
    pytest.skip("a process with little memory", allow_module_level=True)

MEBIBYTE = 2**20
MEMORY = 400 * MEBIBYTE
"""Of address space; `curriculum check` needs 260 for pydantic and Python alone."""

BOMBS: dict[str, Callable[[], bytes]] = {
    "lists in lists": lambda: b"[" * 100_000 + b"]" * 100_000,
    "objects in objects": lambda: b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "lists without an end": lambda: b"[" * 2_000_000,
    "lists among records": lambda: (
        b'{"schema":"llmpath/export/1","records":['
        + b"[" * 100_000
        + b"]" * 100_000
        + b"]}"
    ),
    "a number of 5,000 digits": lambda: b'{"format":' + b"1" * 5000 + b"}",
    "a number of 5,000,000 digits": lambda: b'{"format":' + b"1" * 5_000_000 + b"}",
    "a fraction without an end": lambda: b'{"format":1.' + b"1" * 4_000_000 + b"}",
    "an exponent": lambda: b'{"format":1e999999999}',
    "no number": lambda: b'{"format":NaN,"id":Infinity,"x":-Infinity}',
    "100 MiB of spaces": lambda: b" " * (100 * MEBIBYTE),
    "60 MiB of one text": lambda: b'"' + b"a" * (60 * MEBIBYTE) + b'"',
    "60 MiB of escapes": lambda: b'"' + b"\\u00e9" * (10 * MEBIBYTE) + b'"',
    "60 MiB of NULs": lambda: b"\0" * (60 * MEBIBYTE),
    "empty objects": lambda: b"[{}" + b",{}" * (49 * MEBIBYTE // 30) + b"]",
    "empty lists": lambda: b"[[]" + b",[]" * (49 * MEBIBYTE // 30) + b"]",
    "4,000,000 empty objects": lambda: b"[{}" + b",{}" * 4_000_000 + b"]",
    "4,000,000 keys": lambda: (
        b"{" + b",".join(b'"k%d":1' % n for n in range(4_000_000)) + b"}"
    ),
    "one key, often": lambda: b"{" + b'"a":1,' * 700_000 + b'"a":2}',
    "one key twice, often": lambda: b"[" + b'{"a":1,"a":2},' * 300_000 + b"1]",
    "a byte order mark": lambda: b"\xef\xbb\xbf{}",
    "UTF-16": lambda: '{"format":1}'.encode("utf-16"),
    "UTF-32": lambda: '{"format":1}'.encode("utf-32"),
    "a NUL": lambda: b'{"format":"\0"}',
    "half a surrogate pair": lambda: b'{"format":1,"id":"\\ud800"}',
    "half a pair in bytes": lambda: b'{"format":1,"id":"\xed\xa0\x80"}',
    "half a pair in a key": lambda: b'{"\\ud800":1}',
    "an overlong NUL": lambda: b'{"id":"\xc0\x80"}',
    "a key twice": lambda: b'{"format":1,"format":1}',
    "nothing": lambda: b"",
    "null": lambda: b"null",
    "a list": lambda: b"[]",
    "lines": lambda: b"\n" * (5 * MEBIBYTE - 2),
    "a cycle of 20,000": lambda: (
        b'{"modules":['
        + b",".join(
            b'{"id":"m%d","prerequisites":[{"module":"m%d"}]}' % (n, (n + 1) % 20_000)
            for n in range(20_000)
        )
        + b"]}"
    ),
}
SLOW = frozenset({"4,000,000 keys", "4,000,000 empty objects"})


@pytest.mark.parametrize("command", ["curriculum check", "import"])
@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.thorough if name in SLOW else ())
        for name in BOMBS
    ],
)
def test_a_bomb_is_refused_with_the_reason_in_little_memory(
    name: str, command: str, run: Program, tmp_path: Path
) -> None:
    file = tmp_path / "bomb.json"
    file.write_bytes(BOMBS[name]())
    program = f"ulimit -v {MEMORY // 1024}; exec {sys.executable} -m llmpath"
    done = subprocess.run(
        ["/bin/bash", "-c", f"{program} {command} {file}"],
        env=run.environment(None, None, "2026-11-20"),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (5, ""), done.stderr
    first, second, *more = done.stderr.splitlines()
    assert first.startswith("error: ")
    assert second.startswith(f"  {file}")
    assert len(more) <= 1000
    assert not run.home.exists()
