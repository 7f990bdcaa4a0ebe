"""The program with a curriculum of many lessons, each run a process of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

import llmpath
from llmpath.storage.curricula import bundled_curriculum_path

TRACK = "long"
HOURS = "35"
TODAY = "2026-11-20"


class Cold(NamedTuple):
    """Runs of one command.

    Attributes:
        milliseconds: The least from start to end: what others do only adds to it.
        processor: The same without what others had of the processor.
        megabytes: The greatest memory of any run.
    """

    milliseconds: float
    processor: float
    megabytes: float


def measure_cold(
    lessons: int, rounds: int, *, with_optional: bool = False
) -> dict[str, Cold]:
    """Time two commands with so many lessons in the place of the bundled curriculum.

    Args:
        with_optional: The optional lessons besides, one and a half for each.
    """
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        copy_program(root, lessons, with_optional=with_optional)
        environment = {
            **{key: text for key, text in os.environ.items() if is_kept(key)},
            "PYTHONPATH": str(root),
            "LLMPATH_HOME": str(root / "home"),
        }
        program = [sys.executable, "-m", "llmpath", "--today", TODAY]
        start = [*program, "start", "--track", TRACK, "--hours", HOURS]
        subprocess.run(start, env=environment, check=True, capture_output=True)
        return {
            "llmpath next": run_often([*program, "next"], environment, rounds),
            "llmpath": run_often(program, environment, rounds),
        }


def is_kept(key: str) -> bool:
    """Whether a variable changes neither Python nor the program."""
    return not key.startswith(("PYTHON", "LLMPATH"))


def copy_program(root: Path, lessons: int, *, with_optional: bool) -> None:
    """A copy of the package beside a curriculum that was made longer."""
    package = Path(llmpath.__file__).parent
    skipped = shutil.ignore_patterns("__pycache__", "data")
    shutil.copytree(package, root / "llmpath", ignore=skipped)
    document = json.loads(bundled_curriculum_path().read_bytes())
    lengthen(document, lessons, with_optional=with_optional)
    data = root / "llmpath" / "data"
    data.mkdir()
    (data / "curriculum.json").write_text(json.dumps(document), encoding="utf-8")


def lengthen(
    document: dict[str, Any], lessons: int, *, with_optional: bool = False
) -> None:
    """Put repeated modules in the place of all others, until there are enough lessons.

    The one track left requires them all.
    """
    patterns = document["modules"]
    track = next(each for each in document["tracks"] if each["id"] == TRACK)
    modules: list[dict[str, Any]] = []
    count = copy = 0
    while count < lessons:
        copy += 1
        for pattern in patterns:
            rows = [each for each in pattern["lessons"] if not each["optional"]]
            if not rows or count == lessons:
                continue
            rows = rows[: lessons - count]
            count += len(rows)
            others = [each for each in pattern["lessons"] if each["optional"]]
            modules.append(
                {
                    **pattern,
                    "id": f"{pattern['id']}-{copy}",
                    "prerequisites": [],
                    "lessons": rows + others if with_optional else rows,
                }
            )
    track["phases"][0]["modules"] = [
        {"module": each["id"], "optional": False} for each in modules
    ]
    track["phases"] = track["phases"][:1]
    document.update(tracks=[track], modules=modules)


def run_often(command: list[str], environment: dict[str, str], rounds: int) -> Cold:
    """The first run compiles and is left out."""
    runs = [run_once(command, environment) for _ in range(rounds + 1)][1:]
    return Cold(
        min(each.milliseconds for each in runs),
        min(each.processor for each in runs),
        max(each.megabytes for each in runs),
    )


def run_once(command: list[str], environment: dict[str, str]) -> Cold:
    """Time a process from its start to its end, with its greatest memory."""
    begin = time.perf_counter()
    process = subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    took = (time.perf_counter() - begin) * 1000
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command} ended with {process.returncode}")
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    processor = (usage.ru_utime + usage.ru_stime) * 1000
    return Cold(took, processor, usage.ru_maxrss / unit)
