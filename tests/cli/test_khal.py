"""A real calendar program, khal, is given our calendars, as docs/calendar.md says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.cli.program import Program

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="khal does not run on Windows"),
    pytest.mark.skipif(find_spec("khal") is None, reason="khal is not installed"),
]

CONFIG = """
[calendars]
[[study]]
path = {folder}/study
type = calendar
[locale]
local_timezone = Europe/Berlin
default_timezone = Europe/Berlin
dateformat = %Y-%m-%d
timeformat = %H:%M
datetimeformat = %Y-%m-%d %H:%M
longdateformat = %Y-%m-%d
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {folder}/khal.db
"""
FORMAT = "{start-date} {start-time}\t{title}\t{status}"
CHANGES = (
    ("done", "illustrated-transformer/self-attention-detail"),
    ("off", "add", "2026-11-24..2026-11-25"),
    ("hours", "2"),
    ("skip", "bigram-baseline"),
    ("log", "averaging-the-past", "10"),
    ("include", "llms-briefly"),
)


RUN = """
import json, sys
from khal.cli import main_khal
for line in json.loads(sys.argv[1]):
    try:
        main_khal(line)
    except SystemExit as end:
        if end.code:
            raise
"""
"""Command lines of khal; to start it takes longer than each of them."""

Events = Counter[tuple[str, str, str]]
"""Begin, title and status."""


class Khal:
    """khal with a calendar of its own, `study`, in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "study").mkdir(parents=True)
        config = CONFIG.format(folder=folder)
        (folder / "config").write_text(config, encoding="utf-8")

    def __call__(self, calendar: str | Path, *, stdin: str = "") -> Events:
        """The events of a year once a calendar is imported."""
        year = ("--day-format", "", "--format", FORMAT, "2026-11-20", "400d")
        commands = (("import", "--batch", str(calendar)), ("list", *year))
        config = ("-c", str(self.folder / "config"))
        lines = json.dumps([(*config, *each) for each in commands])
        own = {"HOME": str(self.folder), "PYTHONUTF8": "1"}
        done = subprocess.run(
            [sys.executable, "-c", RUN, lines],
            input=stdin.encode(),
            capture_output=True,
            env={**os.environ, **own},
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        return Counter(
            (begins.strip(), title, status)
            for begins, title, status in (
                line.split("\t") for line in done.stdout.decode().splitlines() if line
            )
        )


def live(events: Events) -> Counter[tuple[str, str]]:
    """Begin and title of each event that is on."""
    return Counter(
        {
            (begins, title): count
            for (begins, title, status), count in events.items()
            if status.strip() != "CANCELLED"
        }
    )


@pytest.fixture
def khal(tmp_path: Path) -> Khal:
    return Khal(tmp_path / "khal")


def planned(run: Program, at: str = "") -> Counter[tuple[str, str]]:
    """The blocks of the plan as khal should list them; times of each day's first."""
    blocks = run("plan", "--all", "--json").json()["blocks"]
    return Counter(
        (
            f"{each['day']} {at}".strip(),
            each["title"]
            + (
                f" (part {each['part']} of {each['parts']})"
                if each["parts"] > 1
                else ""
            ),
        )
        for each in blocks
    )


def test_a_calendar_imported_again_has_each_block_once(
    run: Program, khal: Khal, tmp_path: Path
) -> None:
    file = tmp_path / "study.ics"
    run("start", "--track", "short", "--hours", "4")
    run("export", "ics", "-o", file)
    assert live(khal(file)) == planned(run)
    assert live(khal(file)) == planned(run)
    for change in CHANGES:
        assert run(*change).code == 0, change
    run("export", "ics", "-o", file)
    done = ("2026-11-20", "From the overview to self-attention as matrices")
    left = live(khal(file))
    assert left - planned(run) == Counter({done: 1})
    assert planned(run) - left == Counter()


def test_cancelled_events_stay_and_say_so_until_the_folder_is_emptied(
    run: Program, khal: Khal, tmp_path: Path
) -> None:
    file = tmp_path / "study.ics"
    run("start", "--track", "short", "--hours", "4")
    run("export", "ics", "-o", file)
    khal(file)
    run("skip", "bigram-baseline")
    run("export", "ics", "-o", file)
    cancelled = [title for _, title, status in khal(file) if "CANCELLED" in status]
    assert cancelled == ["A bigram model: loss, generation, training, script"]
    for each in (khal.folder / "study").iterdir():
        each.unlink()
    events = khal("-", stdin=run("export", "ics").stdout)
    assert live(events) == planned(run)
    assert sum(events.values()) == sum(planned(run).values())


def test_blocks_with_a_time_begin_at_that_time_wherever_one_is(
    run: Program, khal: Khal
) -> None:
    run("start", "--track", "short", "--hours", "1")
    text = run("export", "ics", "--at", "19:00").stdout
    found = live(khal("-", stdin=text))
    assert set(found) & set(planned(run, "19:00"))
    times = {begins[11:] for begins, _ in found}
    assert min(times) == "19:00"
    assert max(times) < "19:30"
