"""Files made to exhaust who reads them: refused at once, in little memory."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.program import TODAY, Child, Program, Result

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
    "more values than can be wrong": lambda: (
        b'{"modules":['
        + b",".join([b'{"lessons":[' + b",".join([b"{}"] * 20_000) + b"]}"] * 3)
        + b"]}"
    ),
    "numbers for phases": lambda: (
        b'{"tracks":['
        + b",".join([b'{"phases":[' + b"1," * 990 + b"1]}"] * 600)
        + b"]}"
    ),
    "unknown keys": lambda: (
        b'{"modules":['
        + b",".join([b'{"a":1,"b":1,"c":1,"d":1,"e":1,"f":1}'] * 19_000)
        + b"]}"
    ),
    "ids that are used again": lambda: (
        b'{"changes":[{"kind":"merged","from":[' + b'"a",' * 500_000 + b'"a"]}]}'
    ),
    "a cycle of 20,000": lambda: (
        b'{"modules":['
        + b",".join(
            b'{"id":"m%d","prerequisites":[{"module":"m%d"}]}' % (n, (n + 1) % 20_000)
            for n in range(20_000)
        )
        + b"]}"
    ),
}
TOML_BOMBS: dict[str, Callable[[], bytes]] = {
    "lists in lists": lambda: b"a=" + b"[" * 2_000_000,
    "tables in tables": lambda: b"a=" + b"{a=" * 1_000_000,
    "a key of 2,000,000 parts": lambda: b"a." * 2_000_000 + b"a=1",
    "a table of 2,000,000 parts": lambda: b"[" + b"a." * 2_000_000 + b"a]",
    "a quoted key without an end": lambda: b'"a" . ' * 800_000,
    "a number of 5,000,000 digits": lambda: b"a=" + b"1" * 5_000_000,
    "a fraction without an end": lambda: b"a=1." + b"1" * 5_000_000,
    "a hexadecimal number without an end": lambda: b"a=0x" + b"f" * 5_000_000,
    "a word without an end": lambda: b"a" * 5_000_000,
    "100 MiB of lines": lambda: b"\n" * (100 * MEBIBYTE),
    "escapes without an end": lambda: b'a="' + b'\\"' * 2_500_000,
    "quotes": lambda: b"a=" + b'"' * 5_000_000,
    "tables": lambda: b"".join(b"[a%d]\n" % n for n in range(159_000)),
    "lists of tables": lambda: b"[[modules]]\n" * 79_000,
    "empty lists": lambda: b"".join(b"a%d=[]\n" % n for n in range(159_000)),
    "dotted keys": lambda: b"".join(
        b"a%d.b.c.d.e.f.g.h=1\n" % n for n in range(22_000)
    ),
    "numbers": lambda: b"a=[" + b"1," * 599_000 + b"]",
    "dates": lambda: b"a=[" + b"2026-11-01," * 470_000 + b"]",
    "comments": lambda: b"#\n" * 2_600_000,
    "a NUL": lambda: b'id="\0"',
    "UTF-16": lambda: "format = 1".encode("utf-16"),
    "nothing": lambda: b"",
    "no number": lambda: b"format = nan",
    "a key twice": lambda: b"format = 1\nformat = 1",
}
SLOW = frozenset({"4,000,000 keys", "4,000,000 empty objects", "a cycle of 20,000"})
SLOW_TOML = frozenset(
    {"comments", "dates", "empty lists", "lists of tables", "numbers", "tables"}
)
COMMANDS = ("curriculum check", "import")

ANSWER = """
import json, os, signal, sys
from llmpath.cli.main import main
import llmpath.cli.curriculum, llmpath.cli.import_backup
import llmpath.storage.curriculum_file
for line in sys.stdin:
    words, home, *files = json.loads(line)
    child = os.fork()
    if not child:
        signal.alarm(300)
        os.environ["LLMPATH_HOME"] = home
        for descriptor, path in enumerate(files, 1):
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), descriptor)
        sys.exit(main(words))
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
"""Runs each command in a child of its own; to load pydantic takes longer than most."""


def is_plain(number: int, turn: int) -> bool:
    """In a plain run each file is read by one command; they take turns."""
    return number % len(COMMANDS) == turn and list(BOMBS)[number] not in SLOW


InLittleMemory = Callable[..., Result]
"""`run_in_little_memory(home, "import", "FILE")` is how the command ended."""


@pytest.fixture(scope="module")
def run_in_little_memory(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[InLittleMemory]:
    folder = tmp_path_factory.mktemp("answers")
    limited = f'ulimit -v {MEMORY // 1024}; exec "$0" -c "$1"'
    with Child(
        ["/bin/bash", "-c", limited, sys.executable, ANSWER],
        env=Program(folder).environment(None, None, TODAY),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        bufsize=1,
    ) as process:

        def run(home: Path, *words: str) -> Result:
            assert process.stdin is not None
            assert process.stdout is not None
            files = [folder / "stdout", folder / "stderr"]
            asked = [words, str(home), *map(str, files)]
            process.stdin.write(json.dumps(asked) + "\n")
            code = int(process.stdout.readline())
            said = [each.read_text(encoding="utf-8") for each in files]
            for each in files:
                each.unlink()
            return Result(code, *said)

        yield run


@pytest.mark.parametrize(
    ("name", "command"),
    [
        pytest.param(
            name,
            command,
            marks=() if is_plain(number, turn) else pytest.mark.thorough,
        )
        for number, name in enumerate(BOMBS)
        for turn, command in enumerate(COMMANDS)
    ],
)
def test_a_bomb_is_refused_with_the_reason_in_little_memory(
    name: str,
    command: str,
    run_in_little_memory: InLittleMemory,
    tmp_path: Path,
) -> None:
    file = tmp_path / "bomb.json"
    file.write_bytes(BOMBS[name]())
    assert_refused(run_in_little_memory, command, file)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.thorough if name in SLOW_TOML else ())
        for name in TOML_BOMBS
    ],
)
def test_a_bomb_in_toml_is_refused_as_well(
    name: str, run_in_little_memory: InLittleMemory, tmp_path: Path
) -> None:
    file = tmp_path / "bomb.toml"
    file.write_bytes(TOML_BOMBS[name]())
    assert_refused(run_in_little_memory, "curriculum check", file)


def assert_refused(run: InLittleMemory, command: str, file: Path) -> None:
    """The command names the file and a reason, and leaves nothing behind."""
    home = file.with_name("home")
    done = run(home, *command.split(), str(file))
    assert (done.code, done.stdout) == (5, ""), done.stderr
    first, second, *more = done.stderr.splitlines()
    assert first.startswith("error: ")
    assert second.startswith(f"  {file}")
    assert len(more) <= 1000
    assert not home.exists()
    file.unlink()  # half a gibibyte in all, else written to the disk
