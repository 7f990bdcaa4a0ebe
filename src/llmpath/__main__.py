"""The program's entry, for `llmpath` and for `python -m llmpath`."""

from __future__ import annotations

import atexit
import gc
import sys


def quiet_collector() -> None:
    """Collect garbage only where there may be much of it.

    Before the imports: collections while they run and the full one at the
    interpreter's end cost a fifth of a run; every file is closed by `with`, so
    nothing waits for them. The values of ten thousand lessons are half a million
    objects, none of them in a cycle.
    """
    gc.set_threshold(1_000_000, 50, 100)


def main() -> int:
    """Run the program on the process's own arguments and return its exit code."""
    quiet_collector()
    atexit.register(gc.freeze)
    try:
        from llmpath.cli.main import main  # noqa: PLC0415 - the collector is quiet now

        return main()
    except KeyboardInterrupt:  # during the imports, a tenth of a second
        sys.stderr.write("interrupted; nothing was saved\n")
        return 130


if __name__ == "__main__":
    sys.exit(main())
