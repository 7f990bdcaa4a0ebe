"""Large stores in the programs' own formats, for homes that were just made.

Times are spread over the days before the present one, as in use; of tasks, the last
hundred are open.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path
from random import Random
from uuid import UUID

from benchmarks.faults.homes import text_of
from llmpath.clock import local_now

OPEN_TASKS = 100
YEARS = 2


def moments(count: int) -> Iterator[datetime]:
    """Times in two years until yesterday, in order."""
    end = local_now().replace(tzinfo=None, microsecond=0) - timedelta(days=1)
    step = timedelta(days=365 * YEARS) / count
    return (end - step * n for n in range(count, 0, -1))


def fill_watson(home: Path, count: int) -> None:
    """A list of frames: start, stop, project, id, tags, change."""
    length = 60
    frames = [
        [begin, begin + length, f"project {n % 20}", f"{n:032x}", ["study"], begin]
        for n, begin in enumerate(int(each.timestamp()) for each in moments(count))
    ]
    (home / "frames").write_text(json.dumps(frames, indent=1), encoding="utf-8")


def fill_jrnl(home: Path, count: int) -> None:
    """Entries with their times, parted by empty lines."""
    text = "".join(
        f"[{each:%F %T}] {text_of(n % 100_000)}\n\n"
        for n, each in enumerate(moments(count))
    )
    (home / "journal.txt").write_text(text, encoding="utf-8")


def fill_taskwarrior(home: Path, count: int) -> None:
    """A line for each task."""
    random = Random(count)  # noqa: S311 - ids that are the same in every run
    lines = [
        f'[description:"{text_of(n % 100_000)}" end:"{begin}" entry:"{begin}"'
        f' modified:"{begin}" status:"completed"'
        f' uuid:"{UUID(int=random.getrandbits(128), version=4)}"]\n'
        for n, begin in enumerate(int(each.timestamp()) for each in moments(count))
    ]
    done = "".join(lines[:-OPEN_TASKS])
    still_open = "".join(lines[-OPEN_TASKS:]).replace("completed", "pending")
    (home / "completed.data").write_text(done, encoding="utf-8")
    (home / "pending.data").write_text(still_open, encoding="utf-8")


def fill_timewarrior(home: Path, count: int) -> None:
    """A line for each interval, in a file for each month."""
    length = timedelta(minutes=1)
    for month, times in groupby(moments(count), "{:%Y-%m}".format):
        text = "".join(
            f"inc {each:%Y%m%dT%H%M%SZ} - {each + length:%Y%m%dT%H%M%SZ} # study\n"
            for each in times
        )
        (home / "data" / f"{month}.data").write_text(text, encoding="utf-8")
    tags = json.dumps({"study": {"count": count}})
    (home / "data" / "tags.data").write_text(tags, encoding="utf-8")


def fill_careless(home: Path, count: int) -> None:
    """A line for each entry."""
    text = "".join(f"{text_of(n % 100_000)}\n" for n in range(count))
    (home / "entries.txt").write_text(text, encoding="utf-8")
