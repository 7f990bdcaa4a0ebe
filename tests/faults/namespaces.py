"""File systems of a test's own, mounted where nobody else sees them."""

from __future__ import annotations

import functools
import shutil
import subprocess
import sys

import pytest

UNSHARE = ("unshare", "-Urm")
"""Runs a command as root of a namespace, in which it may mount."""


@functools.cache
def why_no_namespace() -> str:
    """Why no file system of one's own can be mounted here; empty where it can."""
    if sys.platform != "linux":
        return "namespaces are for Linux"
    if shutil.which("unshare") is None:
        return "unshare is not installed"
    tried = subprocess.run(
        [*UNSHARE, "mount", "-t", "tmpfs", "none", "/mnt"],
        capture_output=True,
        text=True,
        check=False,
    )
    return f"no mounts here: {tried.stderr.strip()}" if tried.returncode else ""


needs_namespace = pytest.mark.skipif(
    bool(why_no_namespace()), reason=why_no_namespace()
)
