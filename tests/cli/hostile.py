"""Text that attacks who shows it, and command lines full of it.

`python -m` of this module with a spoiled copy of the package first on the path runs
every command line in one mode and writes what each of them said.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import NamedTuple
from unittest import mock

import llmpath
from llmpath.__main__ import quiet_collector

ROOT = Path(__file__).resolve().parents[2]
TODAY = "2026-11-20"

ATTACKS = {
    "CSI": "\x1b[31mred\x1b[2J\x1b[H",
    "window title": "\x1b]0;owned\x07",
    "link": "\x1b]8;;file:///etc/passwd\x1b\\x\x1b]8;;\x1b\\",
    "clipboard": "\x1b]52;c;eA==\x07",
    "DCS": "\x1bP1$r\x1b\\",
    "C1": "\x9b31m\x9d0;t\x9c",
    "CR": "real\rfake",
    "backspace": "abc\b\b\b",
    "bidi": "\u202egpj.exe\u202c \u2066x\u2069\u200e",
    "zero width": "zero\u200bwidth\ufeff\u00ad",
    "marks": "x" + "\u0301\u0331" * 100,
    "emoji": "\U0001f469\u200d\U0001f4bb\u200d\U0001f525" * 5,
    "markup": "[/b] [link=file:///etc]x[/link] :bomb: a[i] [bold",
    "lines": "a\nerror: fake\n\ttab\v\f\x85\u2028\u2029",
    "NUL": "nul\0del\x7f",
    "tags": "\U000e0041\U000e0001",
    "formula": "=1+1",
    "Markdown": "# h\n- [x] t\n<script>alert(1)</script> [a](javascript:x)",
    "wide": "\u6f22\u5b57" * 30,
    "calendar": "END:VEVENT\r\nBEGIN:VEVENT\r\nATTACH:file:///etc/passwd",
}
ALL = " ".join(ATTACKS.values())
HALF = "half \ud83d"
"""Half a surrogate pair: a curriculum can hold it, a record cannot."""

LINKS = (
    "javascript:alert(1)",
    "https://example.org/" + ATTACKS["link"],
    "file:///etc/passwd",
    "--new-window",
    "https://user:pw@example.org",
    "https://example.org/a?x=1",
    ATTACKS["clipboard"],
)


class Mode(NamedTuple):
    """A way to run the program.

    Attributes:
        is_terminal: Of all three streams.
    """

    options: tuple[str, ...] = ()
    is_terminal: bool = False
    encoding: str = "utf-8"
    env: Mapping[str, str] = {}


TYPEABLE = ALL.replace("\0", "") + "\udcff"
"""What an environment or an argument can hold: no NUL, but bytes of no encoding."""

MODES = {
    "plain": Mode(("--plain",)),
    "JSON": Mode(("--json",), is_terminal=True),
    "sentences": Mode(env={"ACCESSIBLE": "1"}),
    "drawn": Mode(is_terminal=True),
    "drawn, 200 columns": Mode(is_terminal=True, env={"COLUMNS": "200"}),
    "drawn in ASCII": Mode(is_terminal=True, encoding="ascii"),
    "hostile environment": Mode(
        env=dict.fromkeys(
            ("BROWSER", "COLUMNS", "EDITOR", "LINES", "TERM", "TZ", "VISUAL"),
            TYPEABLE,
        )
    ),
    "hostile day": Mode(env={"LLMPATH_TODAY": TYPEABLE}),
}


class Said(NamedTuple):
    """What one command line said; bytes as ISO 8859-1, which loses none."""

    line: list[str]
    code: int
    stdout: str
    stderr: str


def command_lines() -> Iterator[list[str]]:
    """Every command as it should be, then with hostile text for each argument."""
    module = "illustrated-transformer"
    first = f"{module}/self-attention-detail"
    second = f"{module}/heads-positions-decoder"
    for line in (
        *("", "next", "next -n 50", "next --open", "status", "status --weeks 4"),
        *("plan", "plan --all", "hours", "target", "target 2027-01-31", "forecast"),
        *("forecast --by kind", f"why {second}", "tracks", "list", "list --track long"),
        *(f"path --to {first}", "path --to illustrating-rlhf --by 2027-01-31"),
        *(f"show {first}", f"show {module}", "show short", "show long"),
        *(f"note {first}", f"note {module}", "search red", "search error"),
        *("history", "history -n 1000", "off list", "off add 2026-12-24"),
        *("replan", "replan --dry-run", "doctor", "config list", "config get color"),
        *(f"done {second}", f"done {module}", f"skip {second}", f"include {module}"),
        *(f"later {second}", f"reopen {first}", f"log {second} 20m", "timer status"),
        *(f"timer start {second}", f"note {second} -", f"note {second} --edit"),
        *(f"open {first}", f"open {second}", f"open {module}", "undo", "redo"),
        *("undo --dry-run", "export json", "export csv", "export md", "export ics"),
        *("import -", "curriculum check -", "completion bash", "completion zsh"),
        *(
            "completion fish",
            "sync",
            "sync --check",
            "start",
            "start --to illustrating-rlhf",
            "status",
            "list",
            "start --track short",
            "start --none",
        ),
        *("--help", "done --help", "help", "help done", "--version", "-v next"),
    ):
        yield line.split()
    hostile = (
        *("start --track", "start --track short --hours", "start --track short --by"),
        *("next -n", "done", f"done {second} --took", f"done {second} --on", "skip"),
        *("include", "later", f"later {second}", "reopen", "log", f"log {second}"),
        *("timer", "timer start", "timer stop --took", "note", f"note {second}"),
        *("open", "undo", "history -n", "plan --weeks", "hours", "off", "off add"),
        *("off remove", "target", "why", "forecast --by", "status --weeks"),
        *("path --to", f"path --to {first} --by", f"path --to {first} --hours"),
        *(
            "start --to",
            "list --track",
            "list --status",
            "show",
            "search",
            "export",
            "export md -o",
        ),
        *("export ics --at", "import", "curriculum", "curriculum check", "config"),
        *("config get", "config set color", "config set plan.day_ends", "doctor"),
        *("completion", "help", "tracks", "replan", "redo", "", "--today", "--home"),
        *("sync", "sync init", "sync --check"),
        *("--color", "--debug done", "--debug import", "--debug show"),
    )
    for line in hostile:
        yield [*line.split(), TYPEABLE]
    yield ["--" + TYPEABLE]
    yield ["next", "--" + TYPEABLE]


def run_everything(folder: Path, mode: str, command: str = "") -> list[Said]:
    """Run command lines in a mode, in a process that imports the copy.

    Args:
        command: Only those that begin with it.
    """
    path = os.pathsep.join([str(folder / "package"), str(ROOT)])
    done = subprocess.run(
        [sys.executable, "-m", "tests.cli.hostile", str(folder), mode, command],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1"},
        cwd=folder,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return [Said(*each) for each in json.loads(done.stdout)]


class _Terminal(TextIOWrapper):
    def isatty(self) -> bool:
        return True


def _say(line: list[str], mode: Mode, home: Path) -> Said:
    from llmpath.cli.main import main  # noqa: PLC0415 - that of the copy

    kind = _Terminal if mode.is_terminal else TextIOWrapper
    stdout, stderr = (
        kind(BytesIO(), encoding=mode.encoding, errors="backslashreplace", newline="")
        for _ in range(2)
    )
    stdin = kind(BytesIO(f"y\n{ALL}".encode()), encoding="utf-8")
    settings = {
        "LLMPATH_HOME": str(home),
        "LLMPATH_TODAY": TODAY,
        "COLUMNS": "80",
        "TERM": "xterm-256color",
        "BROWSER": "true",
        "HOME": str(home),
        "PATH": os.environ["PATH"],
        **mode.env,
    }
    with (
        mock.patch.dict(os.environ, settings, clear=True),
        mock.patch.multiple(sys, stdin=stdin, stdout=stdout, stderr=stderr),
    ):
        code = main([*line, *mode.options])
    texts = []
    for stream in (stdout, stderr):
        stream.flush()
        buffer = stream.buffer
        assert isinstance(buffer, BytesIO)
        texts.append(buffer.getvalue().decode("iso-8859-1"))
    return Said(line, code, *texts)


def _main(folder: Path, mode: str, command: str) -> None:
    assert Path(llmpath.__file__).is_relative_to(folder / "package")
    quiet_collector()
    said = []
    home = folder / f"home-{list(MODES).index(mode)}{command}"
    for line in command_lines():
        if command not in {"", *line[:1]}:
            continue
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(folder / "home", home)
        said.append(_say(line, MODES[mode], home))
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    _main(Path(sys.argv[1]), *sys.argv[2:])
