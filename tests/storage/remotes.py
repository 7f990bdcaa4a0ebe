"""Git for tests: empty remotes on disk, clones by hand, and a git that misbehaves."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from llmpath.storage.paths import Places, find_places

needs_git = pytest.mark.skipif(
    shutil.which("git") is None, reason="git is not installed"
)
needs_scripts = pytest.mark.skipif(
    sys.platform == "win32", reason="the test's own git is a shell script"
)


def isolate(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """Keep the settings of whoever runs the tests out of what git does here."""
    home.mkdir(exist_ok=True)
    for name in [each for each in os.environ if each.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for name, value in isolated(home).items():
        monkeypatch.setenv(name, value)


def isolated(home: Path) -> dict[str, str]:
    """The variables under which git knows no settings but those in a folder."""
    return {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "GIT_CONFIG_NOSYSTEM": "1",
    }


def git(folder: Path, *arguments: str, check: bool = True) -> str:
    """Run git by hand, as a person would in that folder; skip the test without git."""
    program = shutil.which("git")
    if program is None:
        pytest.skip("git is not installed")
    who = ("-c", "user.name=A Person", "-c", "user.email=a@example.org")
    kept = ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM")
    done = subprocess.run(
        [program, *who, *arguments],
        cwd=folder,
        env={
            name: value
            for name, value in os.environ.items()
            if name in kept or not name.startswith("GIT_")
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert not check or not done.returncode, done
    return done.stdout.strip()


def a_remote(folder: Path, *, branch: str = "main") -> Path:
    """An empty repository whose default branch has that name."""
    folder.mkdir(parents=True)
    git(folder, "init", "--quiet", "--bare", "-b", branch)
    return folder


def a_clone(remote: Path, folder: Path) -> Path:
    """A clone made by hand."""
    git(remote, "clone", "--quiet", str(remote), str(folder))
    return folder


def places_of(home: Path) -> Places:
    """The places of one of several devices, each with its own folder."""
    return find_places(home, "5a11c0de")


def a_hook(remote: Path, name: str, script: str) -> None:
    """A program that a repository runs by itself."""
    path = remote / "hooks" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def a_git(
    monkeypatch: pytest.MonkeyPatch, folder: Path, script: str, *, name: str = "git"
) -> None:
    """Put a git of our own first on the path; `$GIT` in it is the real one."""
    real = shutil.which("git")
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\nGIT='{real}'\n{script}\n")
    path.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
