"""The program at a terminal: pseudo-terminals for its input, output and errors."""

from __future__ import annotations

import fcntl
import os
import re
import struct
import sys
import termios
import threading
import time
from collections.abc import Mapping
from io import TextIOWrapper
from typing import NamedTuple
from unittest import mock

from llmpath.cli.main import main
from tests.cli.program import TODAY, Child, Program

ESCAPE = re.compile("\x1b(?:\\[[0-9;?]*[A-Za-z]|\\][^\x07\x1b]*(?:\x07|\x1b\\\\))")
COLOUR = re.compile("\x1b\\[(?:[0-9;]*;)?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])[;m]")

SECONDS = 60
"""For what takes less than one."""


class Pty:
    """One pseudo-terminal that keeps what is written to it."""

    def __init__(self, columns: int) -> None:
        self.master, self.slave = os.openpty()
        size = struct.pack("HHHH", 24, columns, 0, 0)
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, size)
        settings = termios.tcgetattr(self.slave)
        settings[1] &= ~termios.OPOST  # line ends stay as they are written
        settings[3] &= ~termios.ECHO
        termios.tcsetattr(self.slave, termios.TCSANOW, settings)
        self._chunks: list[bytes] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        while True:
            try:
                chunk = os.read(self.master, 65536)
            except OSError:  # the last writer has gone
                return
            if not chunk:
                return
            self._chunks.append(chunk)

    def type(self, text: str) -> None:
        os.write(self.master, text.encode())

    def stream(self, mode: str, encoding: str) -> TextIOWrapper:
        """Open it anew, as a standard stream is open."""
        raw = os.fdopen(os.dup(self.slave), f"{mode}b")
        return TextIOWrapper(raw, encoding=encoding, newline="")

    def written(self) -> str:
        """All that was written so far."""
        return b"".join(self._chunks).decode("utf-8", "replace")

    def wait_for(self, text: str) -> None:
        """Wait until a text was written; fail where it is not within a minute."""
        end = time.monotonic() + SECONDS
        while text not in self.written():
            assert time.monotonic() < end, self.written()
            time.sleep(0.01)

    def close(self) -> str:
        """All that was written, once nobody can write any more."""
        os.close(self.slave)
        self._reader.join(timeout=SECONDS)
        os.close(self.master)
        return self.written()


class Shown(NamedTuple):
    """How a run at a terminal ended."""

    code: int
    stdout: str
    stderr: str

    @property
    def text(self) -> str:
        """Stdout without colours and links."""
        return ESCAPE.sub("", self.stdout)


class Terminal(NamedTuple):
    """Runs the program with all three streams on terminals.

    Attributes:
        encoding: Of the streams; the terminal itself takes any bytes.
    """

    program: Program
    columns: int = 80
    encoding: str = "utf-8"

    def __call__(
        self,
        *arguments: str,
        typed: str = "",
        env: Mapping[str, str] | None = None,
        today: str | None = TODAY,
    ) -> Shown:
        """Run it in this process, with the answers typed ahead."""
        settings = self.environment(env, today)
        screen, errors = Pty(self.columns), Pty(self.columns)
        screen.type(typed)
        streams = [
            screen.stream("r", self.encoding),
            screen.stream("w", self.encoding),
            errors.stream("w", self.encoding),
        ]
        stdin, stdout, stderr = streams
        with (
            mock.patch.dict(os.environ, settings, clear=True),
            mock.patch.multiple(sys, stdin=stdin, stdout=stdout, stderr=stderr),
        ):
            code = main(list(arguments))
        for stream in streams:
            stream.close()
        return Shown(code, screen.close(), errors.close())

    def process(
        self,
        *arguments: str,
        env: Mapping[str, str] | None = None,
        today: str | None = TODAY,
    ) -> Shown:
        """Run it in a process of its own."""
        screen, errors = Pty(self.columns), Pty(self.columns)
        with self.start(screen, errors, *arguments, env=env, today=today) as child:
            code = child.wait(timeout=SECONDS)
        return Shown(code, screen.close(), errors.close())

    def start(
        self,
        screen: Pty,
        errors: Pty,
        *arguments: str,
        env: Mapping[str, str] | None = None,
        today: str | None = TODAY,
    ) -> Child[bytes]:
        """Start it in a session of its own."""
        return Child(
            [sys.executable, "-m", "llmpath", *arguments],
            stdin=screen.slave,
            stdout=screen.slave,
            stderr=errors.slave,
            env=self.environment(env, today),
            start_new_session=True,
        )

    def environment(
        self, env: Mapping[str, str] | None, today: str | None
    ) -> dict[str, str]:
        """That of a pipe, with the width and the kind of this terminal."""
        kept = self.program.environment(None, None, today)
        del kept["NO_COLOR"]
        own = {"COLUMNS": str(self.columns), "TERM": "xterm-256color"}
        return {**kept, **own, **(env or {})}
