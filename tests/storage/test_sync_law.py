"""Whatever three devices write, and whenever they synchronise, they agree."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from hypothesis import strategies as st

from llmpath.core.events import (
    Event,
    LessonsCompleted,
    LessonsReopened,
    LessonsSkipped,
    NoteAdded,
    Record,
    RecordsVoided,
    SettingSet,
    StudyLogged,
)
from llmpath.core.folding import fold
from llmpath.storage.paths import Places
from llmpath.storage.sync import init_sync, sync
from tests.storage.journal_values import read, save
from tests.storage.remotes import a_remote, isolated, needs_git, places_of
from tests.strategies import EDITION, law

ONE, TWO = "llmpath:a/one", "llmpath:a/two"


class Step(NamedTuple):
    """What one device does: writes an event, synchronises, or loses a file after it.

    Attributes:
        choice: Which lesson, and which of the records that it knows, where it matters.
    """

    device: int
    what: str
    choice: int


steps = st.lists(
    st.builds(
        Step,
        st.integers(0, 2),
        st.sampled_from(
            ["log", "done", "skip", "note", "set", "undo", "reopen", "sync", "lose"]
        ),
        st.integers(0, 9),
    ),
    min_size=4,
    max_size=14,
)


def event_of(step: Step, known: Sequence[Record]) -> Event:
    lesson = (ONE, TWO)[step.choice % 2]
    target = known[step.choice % len(known)].id if known else "none"
    events: dict[str, Event] = {
        "log": StudyLogged(lesson, 1 + step.choice),
        "done": LessonsCompleted({lesson: 30}, EDITION),
        "skip": LessonsSkipped((lesson,), known=False),
        "note": NoteAdded(lesson, f"note {step.choice}"),
        "set": SettingSet("plan.block_max", 40 + step.choice),
        "undo": RecordsVoided((target,)),
        "reopen": LessonsReopened({lesson: (target,)}),
    }
    return events[step.what]


def exchange(places: Places, remote: Path) -> None:
    if (places.data / ".git").exists():
        sync(places)
    else:
        init_sync(places, str(remote))


def take(step: Step, devices: Sequence[Places], remote: Path) -> list[Record]:
    """Take a step; gives the record that it wrote, if any."""
    places = devices[step.device]
    if step.what not in {"sync", "lose"}:
        return [save(places, event_of(step, read(places)))]
    exchange(places, remote)
    files = sorted(places.journal.glob("*.jsonl"))
    if step.what == "lose" and files:
        files[step.choice % len(files)].write_bytes(b"")
    return []


@needs_git
@law(steps, plain=2, thorough=100)
def test_three_devices_that_synchronise_at_random_end_with_the_same_fold(
    history: list[Step],
) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        mock.patch.dict(os.environ, isolated(Path(folder))),
    ):
        remote = a_remote(Path(folder) / "remote.git")
        devices = [places_of(Path(folder) / name) for name in "abc"]
        written: list[Record] = []
        for step in history:
            written += take(step, devices, remote)
        for places in (*devices, *devices[:2]):
            exchange(places, remote)

        ids = sorted(each.id for each in written)
        for each in devices:
            assert sorted(record.id for record in read(each)) == ids
        folds = [fold(read(each)) for each in devices]
        assert folds[0] == folds[1] == folds[2] == fold(written)
