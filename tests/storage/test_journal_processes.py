"""Processes that write at once, are killed, stopped or interrupted lose nothing."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from llmpath.core.events import StudyLogged
from llmpath.storage.journal import read_journal, read_lines
from tests.cli.program import Child
from tests.storage.journal_values import a_home, read, save

EVENT = StudyLogged("a/b", 25)
posix_only = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no such signals"
)

WRITE_AND_TELL = """
import sys
from datetime import date
from pathlib import Path
from llmpath.core.events import NoteAdded
from llmpath.storage.journal import read_journal
from llmpath.storage.journal_writing import write_journal
from llmpath.storage.paths import find_places
home = find_places(Path(sys.argv[1]), "5a11c0de")
for number in range(int(sys.argv[2])):
    with write_journal(home) as writer:
        record = writer.append(
            at="", day=date(2026, 11, 20), command="", given_today=False,
            events=(NoteAdded("a/b", "x" * int(sys.argv[3])),),
            journal=read_journal(home, writer.device))
        print(record.id, flush=True)
"""


def start_writer(home: Path, count: int, length: int) -> Child[str]:
    return Child(
        [sys.executable, "-c", WRITE_AND_TELL, str(home), str(count), str(length)],
        stdout=subprocess.PIPE,
        text=True,
    )


def write_together(home: Path, *, processes: int, appends: int) -> None:
    writers = [start_writer(home, appends, 20) for _ in range(processes)]
    told = [line for writer in writers for line in writer.communicate()[0].split()]
    journal = read_journal(a_home(home), None)

    assert len(told) == processes * appends
    assert sorted(told) == sorted(record.id for record in journal.records)
    assert [record.n for record in journal.records] == list(range(1, len(told) + 1))
    assert len({record.device for record in journal.records}) == 1
    assert not journal.damaged


def test_of_eight_processes_writing_at_once_nothing_is_lost(tmp_path: Path) -> None:
    write_together(tmp_path, processes=8, appends=20)


@pytest.mark.thorough
def test_of_eight_processes_writing_long_at_once_nothing_is_lost(
    tmp_path: Path,
) -> None:
    write_together(tmp_path, processes=8, appends=500)


def kill_writers(home: Path, *, kills: int, length: int) -> None:
    """What was told to be saved is there after each kill; the rest may be torn."""
    draw = Random(kills)  # noqa: S311  # no secret
    told: set[str] = set()
    for _ in range(kills):
        with start_writer(home, 10_000, length) as writer:
            assert writer.stdout is not None
            told.add(writer.stdout.readline().strip())
            time.sleep(draw.uniform(0, 0.05))
            writer.kill()
            told.update(line.strip() for line in writer.stdout if line.endswith("\n"))
        saved = {record.id for record in read(a_home(home))}
        assert told <= saved
    last = save(a_home(home), EVENT)
    assert read(a_home(home))[-1] == last


@pytest.mark.parametrize("length", [20, 60_000])
def test_a_killed_writer_loses_nothing_that_it_told(
    length: int, tmp_path: Path
) -> None:
    kill_writers(tmp_path, kills=4, length=length)


@pytest.mark.thorough
@pytest.mark.parametrize("length", [20, 60_000])
def test_two_hundred_killed_writers_lose_nothing_that_they_told(
    length: int, tmp_path: Path
) -> None:
    for batch in range(20):  # a journal of its own each, as reading grows with it
        kill_writers(tmp_path / str(batch), kills=10, length=length)


@posix_only
def test_a_stopped_writer_keeps_others_from_writing_but_not_from_reading(
    tmp_path: Path,
) -> None:
    with start_writer(tmp_path, 10_000, 20) as writer:
        assert writer.stdout is not None
        first = writer.stdout.readline().strip()
        writer.send_signal(signal.SIGSTOP)
        ids = [record.id for record in read(a_home(tmp_path))]
        writer.kill()

    assert ids[0] == first
    assert next(read_lines(a_home(tmp_path))).startswith(f'{{"id":"{first}"')


@posix_only
def test_an_interrupt_after_the_save_does_not_keep_the_report_back(
    tmp_path: Path,
) -> None:
    home = a_home(tmp_path)
    program = f"""
import signal
from pathlib import Path
from llmpath.storage.journal import read_journal
from llmpath.storage.journal_writing import write_journal
from llmpath.storage.paths import find_places
from datetime import date
home = find_places(Path({str(tmp_path)!r}), "5a11c0de")
signal.signal(signal.SIGINT, signal.default_int_handler)
with write_journal(home) as writer:
    journal = read_journal(home, None)
    writer.append(at="", day=date(2026, 11, 20), command="", events=(),
                  journal=journal, given_today=False)
    signal.raise_signal(signal.SIGINT)
    print("saved")
print("ended")
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout == "saved\nended\n"
    assert len(read(home)) == 1
