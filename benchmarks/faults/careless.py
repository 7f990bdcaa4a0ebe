"""A program that loses entries: the control, which every procedure must catch.

It takes no lock, flushes nothing, rewrites its file in place, has no checksums and does
not look at how the file ends. It waits a little where an interruption hurts, so that a
few tries find it.

    python careless.py add TEXT | export | list | --version
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

STORE = Path("entries.txt")
PAUSE = 0.02


def main(words: list[str]) -> None:
    """Do what is asked."""
    old = STORE.read_bytes() if STORE.exists() else b""
    if words[0] == "add":
        with STORE.open("wb") as file:
            time.sleep(PAUSE)
            file.write(old)
            file.write(words[1].encode() + b"\n")
    elif words[0] == "list":
        print(old[-200:].decode(errors="replace"))
    elif words[0] == "export":
        print(json.dumps(old.decode(errors="replace").splitlines()))


if __name__ == "__main__":
    main(sys.argv[1:])
