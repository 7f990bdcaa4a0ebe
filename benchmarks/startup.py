"""Compare the start of llmpath with that of the smallest Typer program.

Every command runs once a round, so that whatever slows the machine slows them all;
what counts is the ratio of the medians. Both programs are started by the same few
lines that pip writes for a console script, from bytecode already compiled.

    python benchmarks/startup.py            print the table
    python benchmarks/startup.py --write    and put it into README.md
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import NamedTuple

from llmpath.clock import local_now
from llmpath.core.events import Event, LessonsCompleted, NoteAdded, Record, StudyLogged
from llmpath.storage.curricula import bundled_curriculum_path, read_curriculum
from llmpath.storage.records import decode_record, encode_record, random_id

README = Path(__file__).resolve().parents[1] / "README.md"
BEGIN, END = "<!-- benchmark: begin -->", "<!-- benchmark: end -->"

REFERENCE = """\
import typer

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def hello() -> None:
    print("hello")
"""

LAUNCHER = """\
import re
import sys
from {module} import {name}
if __name__ == '__main__':
    sys.argv[0] = re.sub(r'(-script\\.pyw|\\.exe)?$', '', sys.argv[0])
    sys.exit({name}())
"""
"""What pip writes for a console script."""

YEARS_OF_STUDY = 2
DONE_LESSONS = 40
RECORDS, MANY_RECORDS = 2_000, 10_000
MOST_MORE = 30
"""Milliseconds that the 10,000 records may add."""

KEPT_FOLD = "state/*/fold.json"


class Case(NamedTuple):
    """A command to time.

    Attributes:
        target: The greatest ratio to the reference; empty where there is none.
        is_drawn: It writes to a pseudo-terminal of 80 by 24 instead of a pipe.
        kept: Pattern of the file that is removed before each run, below the home.
    """

    name: str
    command: list[str]
    environment: Mapping[str, str]
    target: float | str = ""
    is_drawn: bool = False
    kept: str = ""


def main() -> int:
    """Measure, print the table and write it into the README if asked."""
    arguments = parse_arguments()
    with tempfile.TemporaryDirectory() as folder:
        cases = make_cases(Path(folder))
        medians = measure(cases, arguments.rounds)
    text = "\n".join(table(cases, medians, arguments.rounds))
    print(text)
    if arguments.write:
        write_table(text)
    return 0


def parse_arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=21, help="rounds, 21 by default")
    parser.add_argument("--write", action="store_true", help="update README.md")
    return parser.parse_args()


def make_cases(folder: Path) -> list[Case]:
    """Write the programs and three homes into a folder; the commands over them."""
    (folder / "reference.py").write_text(REFERENCE, encoding="utf-8")
    reference = write_launcher(folder, "run_reference.py", "reference", "app")
    llmpath = write_launcher(folder, "run_llmpath.py", "llmpath.__main__", "main")
    few, none, many = (
        environment(make_home(folder / f"home-{count}", count, llmpath))
        for count in (RECORDS, 0, MANY_RECORDS)
    )
    python = [sys.executable]
    cases = [
        Case("`python -c pass`", [*python, "-c", "pass"], few),
        Case("the smallest Typer program", reference, few),
        Case("`llmpath --help`", [*llmpath, "--help"], few, 1.1),
        Case("`llmpath next`, piped", [*llmpath, "next"], few, 1.4),
        Case("`llmpath next`, on a terminal", [*llmpath, "next"], few, 1.8, True),  # noqa: FBT003 - a column of the table
        Case("`llmpath status`, piped", [*llmpath, "status"], few, 1.6),
        Case("`next` with no records", [*llmpath, "next"], none),
        Case("`next` with 10,000 records", [*llmpath, "next"], many),
        Case("`next` that folds them", [*llmpath, "next"], many, kept=KEPT_FOLD),
    ]
    return [each for each in cases if not each.is_drawn or sys.platform != "win32"]


def write_launcher(folder: Path, file: str, module: str, name: str) -> list[str]:
    """Write a console script as pip does; the command that runs it."""
    path = folder / file
    path.write_text(LAUNCHER.format(module=module, name=name), encoding="utf-8")
    return [sys.executable, str(path)]


def environment(home: Path) -> dict[str, str]:
    """The machine's environment without what changes Python or the output."""
    changing = ("PYTHON", "LLMPATH", "COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR")
    kept = {key: text for key, text in os.environ.items() if not is_any(key, changing)}
    return {
        **kept,
        "LLMPATH_HOME": str(home),
        "LC_ALL": "C.UTF-8",
        "TERM": "xterm-256color",
    }


def is_any(key: str, starts: tuple[str, ...]) -> bool:
    """Whether a variable is one of these, or of accessible mode."""
    return key.startswith(starts) or key == "ACCESSIBLE"


def make_home(home: Path, count: int, llmpath: list[str]) -> Path:
    """A home in which the long track runs for two years, with so many records more.

    The first forty lessons are done in each, so that the same work is left to plan.
    """
    today = local_now().date()
    start = today - timedelta(days=365 * YEARS_OF_STUDY)
    options = ["--home", str(home), "--today", start.isoformat()]
    command = [*llmpath, *options, "start", "--track", "long"]
    subprocess.run(command, check=True, capture_output=True)
    (file,) = (home / "data" / "journal").iterdir()
    first = decode_record(file.read_bytes())
    lines = [encode_record(each) for each in study(first, today, count)]
    with file.open("ab") as journal:
        journal.writelines(lines)
    return home


def study(first: Record, today: date, count: int) -> Iterator[Record]:
    """Records after the first one: most days some study, now and then a note.

    The first of each week carries a forecast, as the program writes it.

    The last one, yesterday, completes all that is done, so that a home with no other
    record has it as well.
    """
    days = (today - first.day).days
    lessons = long_lessons()[:DONE_LESSONS]
    minutes = dict.fromkeys((lesson for lesson, _ in lessons), 30)
    week_day = first.day.weekday()
    for n in range(count):
        day = first.day + timedelta(days=n * days // count)
        lesson, estimate = lessons[n * len(lessons) // count]
        is_last = (
            n + 1 == count or lessons[(n + 1) * len(lessons) // count][0] != lesson
        )
        record = next_record(first, n + 2, day, event_of(n, lesson, estimate, is_last))
        opens_week = n and day.weekday() < week_day
        week_day = day.weekday()
        yield record._replace(stated=first.stated) if opens_week else record
    done = LessonsCompleted(minutes, edition="2026.11")
    yield next_record(first, count + 2, today - timedelta(days=1), done)


def long_lessons() -> list[tuple[str, int]]:
    """Required lessons of the long track with their minutes, in its order."""
    curriculum = read_curriculum(bundled_curriculum_path())
    return [
        (lesson.id, lesson.minutes)
        for phase in curriculum.tracks["llmpath:long"].phases
        for entry in phase.modules
        if not entry.optional
        for lesson in curriculum.modules[entry.module].lessons
        if not lesson.optional
    ]


def event_of(n: int, lesson: str, estimate: int, is_last: bool) -> Event:  # noqa: FBT001 - a fact of the record
    """The event of the nth record: one note for five logs, and the completion."""
    if is_last:
        return LessonsCompleted({lesson: estimate}, "2026.11")
    if n % 6 == 5:
        return NoteAdded(lesson, f"Note {n}: what the loss of a bigram model tells.")
    return StudyLogged(lesson, 15 + n * 7 % 40)


def next_record(first: Record, n: int, day: date, event: Event) -> Record:
    """The nth record of a device."""
    return first._replace(
        id=random_id(),
        n=n,
        lamport=n,
        at=f"{day}T20:15:30.120+01:00",
        day=day,
        command="log 25",
        events=(event,),
        given_today=False,
        stated=None,
    )


def measure(cases: list[Case], rounds: int) -> list[float]:
    """Median milliseconds of each case; the first round warms up and is left out."""
    times: list[list[float]] = [[] for _ in cases]
    for nth in range(rounds + 1):
        turned = [(nth + place) % len(cases) for place in range(len(cases))]
        for index in turned:
            took = milliseconds(cases[index])
            if nth:
                times[index].append(took)
    return [median(each) for each in times]


def milliseconds(case: Case) -> float:
    """Run a command once and time it from its start to its end."""
    run: Callable[[Case], int] = run_on_terminal if case.is_drawn else run_piped
    if case.kept:
        for path in Path(case.environment["LLMPATH_HOME"]).glob(case.kept):
            path.unlink()
    begin = time.perf_counter()
    code = run(case)
    took = (time.perf_counter() - begin) * 1000
    if code:
        raise SystemExit(f"{case.name} ended with {code}")
    return took


def run_piped(case: Case) -> int:
    """Run a command with its output in a pipe."""
    return subprocess.run(
        case.command,
        env=case.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        check=False,
    ).returncode


def run_on_terminal(case: Case) -> int:
    """Run a command on a pseudo-terminal and read all that it writes."""
    import fcntl  # noqa: PLC0415 - Windows has none of these
    import pty  # noqa: PLC0415
    import struct  # noqa: PLC0415
    import termios  # noqa: PLC0415

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    process = subprocess.Popen(
        case.command, env=case.environment, stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    with suppress(OSError):  # Linux reports the end of a terminal as an error
        while os.read(ours, 65536):
            pass
    os.close(ours)
    return process.wait()


def table(cases: list[Case], medians: list[float], rounds: int) -> list[str]:
    """The Markdown table, with what it was measured on."""
    reference, (none, many, folding) = medians[1], medians[-3:]
    version = f"{platform.python_implementation()} {platform.python_version()}"
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} CPUs"
    more = f"{MANY_RECORDS:,} records more"
    return [
        "| command | median, ms | times the smallest | to keep below |",
        "|---|---:|---:|---:|",
        *(
            f"| {case.name} | {took:.1f} | {took / reference:.2f} | {case.target} |"
            for case, took in zip(cases[:-3], medians[:-3], strict=True)
        ),
        f"| `llmpath next`, for {more} | +{many - none:.1f} | | +{MOST_MORE} |",
        f"| the same, all of them folded anew | +{folding - none:.1f} | | |",
        "",
        f"Medians of {rounds} rounds in turns, {version}, {machine}.",
        f"The `long` track with {RECORDS:,} records over {YEARS_OF_STUDY} years.",
    ]


def write_table(text: str) -> None:
    """Put the table between its markers in the README."""
    readme = README.read_text(encoding="utf-8")
    before, _, rest = readme.partition(BEGIN)
    _, _, after = rest.partition(END)
    if not after:
        raise SystemExit(f"no {BEGIN} and {END} in {README.name}")
    changed = f"{before}{BEGIN}\n{text}\n{END}{after}"
    README.write_text(changed, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    raise SystemExit(main())
