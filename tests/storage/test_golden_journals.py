"""A journal of every released format is read for ever as it was meant."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from llmpath.core.events import (
    NOTHING_STATED,
    AvailabilitySet,
    Event,
    LeaveSet,
    LessonDeferred,
    LessonsCompleted,
    LessonsIncluded,
    LessonsReopened,
    LessonsSkipped,
    NoteAdded,
    PlanAccepted,
    PlannedWeek,
    Record,
    RecordsVoided,
    SettingSet,
    StudyLogged,
    TargetSet,
    TrackStarted,
    UnknownEvent,
)
from llmpath.core.folding import fold
from llmpath.storage.journal import read_journal, read_lines
from llmpath.storage.records import encode_record
from llmpath.storage.repairing import repair
from tests.storage.journal_values import a_home, save

ROOT = Path(__file__).parents[2]
JOURNALS = ROOT / "tests" / "golden" / "journals"
GOLDEN = JOURNALS / "v1"
FILE = "laptop-7f3a.2026.jsonl"
LINES = (GOLDEN / FILE).read_bytes().splitlines(keepends=True)

RELEASES = {"0.1.0": "v1"}
"""The format that each release writes; one of its journals stays here for ever."""

FILES = {
    "v1/laptop-7f3a.2026.jsonl": (
        "7b83150c99f886328002a0deb25ee10fca4af5d84931bd2a77be1a5766affa02"
    ),
    "v1.state.json": "707e28c841daabf1bfbaeb3fe89496766c642e27cef2ba03caa9a0cad4b3df5a",
}
"""SHA-256 of what must never change: what is added gets a line, no line is changed."""

DAY = date(2026, 11, 20)
SCORES, MASKS, ENGINE = (
    f"llmpath:attention/{name}" for name in ("scores", "masks", "engine")
)
HELD: list[tuple[str, tuple[Event, ...]]] = [
    (
        "start --track short --hours 5 --by 2027-03-01 -y",
        (
            TrackStarted(
                ("llmpath:short",), DAY, "llmpath", "2026.11", "qk3vz5mtn2a7wd4e"
            ),
        ),
    ),
    ("hours mon=1h,sat=3h", (AvailabilitySet(DAY, (60, 0, 0, 0, 0, 180, 0)),)),
    (
        "off add 2026-12-24..2026-12-25",
        (
            LeaveSet(
                {date(2026, 12, 24): 0, date(2026, 12, 25): 0, date(2026, 12, 31): None}
            ),
        ),
    ),
    ("off add today..", (LeaveSet({}, DAY, changes_break=True),)),
    ("off remove today", (LeaveSet({}, None, changes_break=True),)),
    ("target 2027-03-01", (TargetSet(date(2027, 3, 1)),)),
    ("target none", (TargetSet(None),)),
    ("config set plan.buffer 0.2", (SettingSet("plan.buffer", 0.2),)),
    (
        "replan -y",
        (
            PlanAccepted(
                0.9,
                0.15,
                (
                    PlannedWeek(date(2026, 11, 16), (SCORES, MASKS)),
                    PlannedWeek(date(2026, 11, 23), (ENGINE,)),
                ),
                date(2026, 11, 28),
                145,
            ),
        ),
    ),
    (
        "done scores --took 40",
        (LessonsCompleted({SCORES: 45}, "2026.11"), StudyLogged(SCORES, 40)),
    ),
    ("skip masks --known", (LessonsSkipped((MASKS,), known=True),)),
    ("include engine", (LessonsIncluded((ENGINE,)),)),
    ("later engine 2026-12-01", (LessonDeferred(ENGINE, date(2026, 12, 1)),)),
    ("reopen scores", (LessonsReopened({SCORES: ("b7tzxvdszmmv6luj",)}),)),
    ("log attention 25", (StudyLogged("llmpath:attention", 25),)),
    (
        "note scores 'caf\u00e9 \U0001f600'",
        (NoteAdded(SCORES, 'caf\u00e9 \U0001f600, "quoted", 2\u207f'),),
    ),
    ("undo", (RecordsVoided(("b7tzxvdszmmv6lup",)),)),
    ("review scores", (UnknownEvent("LessonReviewed"),)),
    ("log scores 0:25", (UnknownEvent("StudyLogged"), NoteAdded(SCORES, "x"))),
]


def expected_records() -> tuple[Record, ...]:
    return tuple(
        Record(
            id=f"b7tzxvdszmmv6lu{'abcdefghijklmnopqrs'[index]}",
            device="laptop-7f3a",
            n=index + 1,
            lamport=index + 1,
            at=f"2026-11-20T20:{index:02}:00.120+01:00",
            day=DAY,
            command=command,
            events=events,
            given_today=command.startswith("hours"),
            stated=None if index else NOTHING_STATED,
        )
        for index, (command, events) in enumerate(HELD)
    )


def test_the_first_format_is_read_as_it_was_meant(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    shutil.copytree(GOLDEN, home.journal)
    path = home.journal / FILE
    starts = [len(b"".join(LINES[:count])) for count in (19, 20)]
    journal = read_journal(home, None)

    assert journal.records == expected_records()
    assert (journal.unknown_events, journal.newer_records) == (2, 1)
    assert [each[:4] for each in journal.damaged] == [
        (path, 20, starts[0], "the checksum does not match"),
        (path, 21, starts[1], "not a whole record"),
    ]


def test_the_first_format_is_still_written_byte_for_byte() -> None:
    records = expected_records()[:17]

    assert [encode_record(record) for record in records] == LINES[:17]


def test_writing_beside_an_old_journal_leaves_it_as_it_is(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    shutil.copytree(GOLDEN, home.journal)

    record = save(home, StudyLogged(SCORES, 5))

    assert (home.journal / FILE).read_bytes() == b"".join(LINES)
    assert record.lamport == 20
    assert len(list(read_lines(home))) == 20


def as_recorded(value: object) -> object:
    """A value as JSON has it, with a name for each field."""
    match value:
        case None | bool() | int() | float() | str():
            return value
        case date():
            return value.isoformat()
        case frozenset():
            return sorted(value)
        case dict():
            return {str(key): as_recorded(each) for key, each in value.items()}
        case _ if hasattr(value, "_asdict"):
            return as_recorded(value._asdict())
        case tuple() | list():
            return [as_recorded(each) for each in value]
        case _:
            raise TypeError(value)


def holds(recorded: object, now: object) -> bool:
    """Whether all that was recorded is still so; fields may have been added."""
    if isinstance(recorded, dict) and isinstance(now, dict):
        return all(key in now and holds(recorded[key], now[key]) for key in recorded)
    if isinstance(recorded, list) and isinstance(now, list):
        pairs = zip(recorded, now, strict=False)
        return len(recorded) == len(now) and all(holds(*pair) for pair in pairs)
    return recorded == now


@pytest.mark.parametrize("name", sorted(set(RELEASES.values())))
def test_a_released_format_folds_to_its_recorded_state(
    name: str, tmp_path: Path
) -> None:
    home = a_home(tmp_path)
    shutil.copytree(JOURNALS / name, home.journal)
    recorded = json.loads((JOURNALS / f"{name}.state.json").read_text("utf-8"))

    now = as_recorded(fold(read_journal(home, None).records))

    assert len(recorded) > 15
    for key, value in recorded.items():
        assert isinstance(now, dict)
        assert holds(value, now.get(key)), key


def test_no_golden_journal_vanishes_or_changes() -> None:
    found = {
        path.relative_to(JOURNALS).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in JOURNALS.rglob("*")
        if path.is_file()
    }

    assert found == FILES


def test_every_release_has_a_golden_journal() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    released = re.findall(r"^## \[([0-9][^]]*)\]", changelog, re.MULTILINE)

    assert set(released) == set(RELEASES)
    assert all((JOURNALS / name).is_dir() for name in RELEASES.values())


def test_an_old_journal_is_copied_whole_into_the_archive_and_out_of_it(
    tmp_path: Path,
) -> None:
    home = a_home(tmp_path)
    shutil.copytree(GOLDEN, home.journal)
    before = read_journal(home, None).records
    save(home, StudyLogged(SCORES, 5))
    (home.journal / FILE).unlink()

    assert repair(home).restored == 19

    restored = read_journal(home, None)
    assert all(record in restored.records for record in before)
    assert restored.newer_records == 1
