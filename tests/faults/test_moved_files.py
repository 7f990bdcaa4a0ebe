"""Homes that were copied or restored in part go on as other devices."""

from __future__ import annotations

import shutil

from tests.cli.asking import ask, do, logged_on
from tests.cli.program import Program
from tests.cli.states import SHORT, records_in
from tests.faults.whole import LESSON, check_whole


def test_a_restored_backup_of_the_data_alone_goes_on_as_another_device(
    run: Program,
) -> None:
    do(run, SHORT)
    do(run, f"log {LESSON} 30")
    (device,) = {each["device"] for each in records_in(run.home)}
    progress = ask(run, "status")["progress"]
    shutil.rmtree(run.home / "state")

    assert ask(run, "status")["progress"] == progress
    assert run("doctor").code == 0
    do(run, f"log {LESSON} 5")
    written = records_in(run.home)
    assert [each["device"] == device for each in written].count(False) == 1
    assert logged_on(run, LESSON) == 35
    taken = do(run, "undo --json").json()["voided"]
    assert taken == next(each["id"] for each in written if each["device"] != device)
    check_whole(run, [each["id"] for each in written])


def test_a_copied_home_writes_as_another_device_and_both_go_together(
    run: Program,
) -> None:
    do(run, SHORT)
    copy = Program(run.home.parent / "copy")
    shutil.copytree(run.home, copy.home)
    events = []
    for program, minutes in ((run, 30), (copy, 12)):
        events.append(do(program, f"log {LESSON} {minutes} --json").json()["event"])
    for path in (copy.home / "data" / "journal").iterdir():
        theirs = run.home / "data" / "journal" / path.name
        if not theirs.exists():
            theirs.write_bytes(path.read_bytes())

    written = {each["id"]: each["device"] for each in records_in(run.home)}
    assert len({written[event] for event in events}) == 2
    assert logged_on(run, LESSON) == 42
    check_whole(run, events)
