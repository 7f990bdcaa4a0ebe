"""Running git: nobody's set-up acts, nothing is asked, nothing waits for ever.

The user's configuration is read, since it knows how to reach the remote, and never
changed. Hooks, signing, fsmonitor, pager, editor and prompts are off.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO

from llmpath.errors import LlmpathError
from llmpath.named_tuple import NamedTuple
from llmpath.storage.remote_url import without_credentials

OLDEST = (2, 20)
"""Of December 2018; from 2.9 on hooks can be turned off."""

SECONDS = 120.0
"""For one run of git, the network's time included."""

_INSTALL = "install git, https://git-scm.com/downloads, and run this again"
_KEPT = (
    *("GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_SYSTEM"),
    *("GIT_EXEC_PATH", "GIT_PROXY_SSL", "GIT_SSH", "GIT_SSL"),
)
"""Beginnings of the variables that say how git reaches a remote; others are dropped."""

_OWN_VARIABLES = {
    "GCM_INTERACTIVE": "never",
    "GIT_ALLOW_PROTOCOL": "file:https:ssh",  # outweighs every protocol.*.allow
    "GIT_ASKPASS": "",
    "GIT_EDITOR": ":",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_PAGER": "cat",
    "GIT_TERMINAL_PROMPT": "0",
    "LANGUAGE": "C",
    "LC_ALL": "C",
    "SSH_ASKPASS_REQUIRE": "never",
}
_SETTINGS = (
    "user.name=llmpath",
    "user.email=llmpath@localhost",
    "commit.gpgSign=false",
    "core.fsmonitor=false",
    "core.fsync=all",
    "core.hooksPath=/dev/null",
    "credential.interactive=false",
    "fetch.recurseSubmodules=false",
    "gc.autoDetach=false",
    "http.lowSpeedLimit=1",
    "http.lowSpeedTime=30",
    "maintenance.auto=false",
    "push.followTags=false",
    "push.gpgSign=false",
    "push.recurseSubmodules=no",
)
_NO_QUESTIONS = "-o BatchMode=yes -o ConnectTimeout=20"
_PLINK = re.compile(r"plink(\.exe)?['\"]?(\s|$)", re.IGNORECASE)
_MOST_LINES = 6


class Ended(NamedTuple):
    """How a run of git ended.

    Attributes:
        said: What it wrote to stderr, without credentials and hints.
    """

    code: int
    output: bytes
    said: tuple[str, ...]


class Entry(NamedTuple):
    """A file in a tree.

    Attributes:
        mode: Six digits; those of a plain file begin with `100`.
    """

    mode: str
    id: str

    @property
    def is_plain(self) -> bool:
        """Whether it is a file and neither a link nor another repository."""
        return self.mode.startswith("100")


Tree = Mapping[str, Entry]
"""All files of a commit by their path, folders parted by `/`."""


class Git:
    """Git in the repository of one folder, and in no other whatever lies around it.

    Attributes:
        trees: The commits whose files were listed; they never change.
    """

    def __init__(self, folder: Path, *, seconds: float = SECONDS) -> None:
        self.folder = folder
        self.git_folder = folder / ".git"
        self.trees: dict[str, Tree] = {}
        self._seconds = seconds
        self._program = find_git()
        self._settings: dict[str, str] | None = None

    def run(
        self,
        *arguments: str,
        data: bytes = b"",
        variables: Mapping[str, str] | None = None,
    ) -> Ended:
        """Run a command of git and wait for its end.

        Raises:
            LlmpathError: It took too long, and was ended.
        """
        settings = [word for each in _SETTINGS for word in ("-c", each)]
        own = {
            **_OWN_VARIABLES,
            "GIT_DIR": str(self.git_folder),
            "GIT_WORK_TREE": str(self.folder),
            **(variables or {}),
        }
        # A file: what ssh leaves in the background would hold a pipe open.
        with tempfile.TemporaryFile() as errors:
            process = _start(
                [self._program, *settings, *arguments], self.folder, own, errors
            )
            output = self._wait(process, data, arguments[0])
            errors.seek(0)
            said = errors.read().decode("utf-8", "replace")
        return Ended(process.returncode, output, tuple(_told(said)))

    def ask(
        self,
        *arguments: str,
        data: bytes = b"",
        variables: Mapping[str, str] | None = None,
    ) -> bytes:
        """Run a command of git that must succeed, and give what it wrote.

        Raises:
            LlmpathError: It failed or took too long.
        """
        ended = self.run(*arguments, data=data, variables=variables)
        if ended.code:
            raise LlmpathError(
                f"git {arguments[0]} failed in the data folder",
                detail=(str(self.folder), *ended.said[-_MOST_LINES:]),
                remedy=(
                    f"git -C {self.folder} fsck; where .git is damaged, move it"
                    " away, then: llmpath sync init URL"
                ),
            )
        return ended.output

    def read(self, *arguments: str) -> str | None:
        """The line that a question is answered with; None where there is no answer."""
        ended = self.run(*arguments)
        return None if ended.code else ended.output.decode("utf-8", "replace").strip()

    def setting(self, key: str) -> str | None:
        """A setting of the repository or else of the user; `key` in lower case."""
        if self._settings is None:
            listed = self.ask("config", "--list", "-z").decode("utf-8", "replace")
            pairs = (each.partition("\n") for each in listed.split("\0"))
            self._settings = {key: value for key, _, value in pairs}
        return self._settings.get(key)

    def set(self, key: str, value: str) -> None:
        """Change a setting of the repository."""
        self.ask("config", "--local", "--replace-all", key, value)
        self._settings = None

    def talk(self, *arguments: str) -> Ended:
        """Run a command of git that may use the network."""
        return self.run(*arguments, variables={"GIT_SSH_COMMAND": self._ssh()})

    def _ssh(self) -> str:
        """The user's own ssh, told to ask nothing."""
        command = (
            os.environ.get("GIT_SSH_COMMAND")
            or self.setting("core.sshcommand")
            or shlex.quote(os.environ.get("GIT_SSH") or "ssh")
        )
        is_plink = _PLINK.search(command) is not None
        return f"{command} {'-batch' if is_plink else _NO_QUESTIONS}"

    def _wait(
        self, process: subprocess.Popen[bytes], data: bytes, command: str
    ) -> bytes:
        with process:
            try:
                return process.communicate(data, timeout=self._seconds)[0]
            except subprocess.TimeoutExpired:
                message = f"git {command} took longer than {self._seconds:g} seconds"
                raise LlmpathError(message, remedy="llmpath sync") from None
            finally:
                if process.poll() is None:
                    _end(process)


def find_git() -> str:
    """Find git, new enough.

    Raises:
        LlmpathError: It is not installed, does not run, or is too old.
    """
    program = shutil.which("git")
    if program is None or not Path(program).is_absolute():
        raise LlmpathError("git is not installed; sync needs it", remedy=_INSTALL)
    try:
        done = subprocess.run(  # noqa: S603 - the program found above
            [program, "--version"],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise LlmpathError("git does not run", detail=(str(error),)) from error
    text = done.stdout.decode("utf-8", "replace").strip()
    version = re.match(r"git version (\d+)\.(\d+)", text)
    if version is None:
        said = done.stderr.decode("utf-8", "replace").strip() or text
        raise LlmpathError("git does not run", detail=(said,), remedy=_INSTALL)
    if (int(version[1]), int(version[2])) < OLDEST:
        oldest = ".".join(map(str, OLDEST))
        message = f"{text} is too old; sync needs {oldest} or newer"
        raise LlmpathError(message, detail=(program,), remedy=_INSTALL)
    return program


def _start(
    command: list[str], folder: Path, own: Mapping[str, str], errors: IO[bytes]
) -> subprocess.Popen[bytes]:
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("GIT_", "SSH_ASKPASS")) or key.startswith(_KEPT)
    }
    return subprocess.Popen(  # noqa: S603 - git, with arguments that are checked
        command,
        cwd=folder,
        env={**kept, **own},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        start_new_session=True,  # no terminal to ask at, and one group to end
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    """End git and what it started; asked first, it removes its lock files."""
    if sys.platform == "win32":
        process.kill()
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                process.wait(2)
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _told(said: str) -> Iterator[str]:
    """Git's words line by line, without hints, credentials and empty lines."""
    for line in without_credentials(said).replace("\r", "\n").splitlines():
        if line.strip() and not line.startswith("hint:"):
            yield line.strip()
