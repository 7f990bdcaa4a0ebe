"""A journal that a synced peer spoiled: its lines are skipped or shown, ours work."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cli.states import Homes, journal_file
from tests.storage.journal_values import compact, signed

MODULE = "illustrated-transformer"
LESSON = f"llmpath:{MODULE}/self-attention-detail"
OTHER = f"{MODULE}/heads-positions-decoder"
GREATEST = 2**53 - 1
MANY = 1000
"""So many of what could take quadratic time; a hundred times more when thorough."""


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Homes:
    return Homes(tmp_path_factory.mktemp("journal"))


def record(number: int, *events: object, **changed: object) -> bytes:
    """A whole record of the peer."""
    return signed(
        {
            "id": f"peer{number}",
            "v": 1,
            "device": "peer-0001",
            "n": number,
            "lamport": number,
            "at": "2026-11-20T10:00:00.000+01:00",
            "day": "2026-11-20",
            "command": "of the peer",
            "events": list(events),
            **changed,
        }
    )


def started(**changed: object) -> dict[str, Any]:
    event = {"type": "TrackStarted", "tracks": ["llmpath:short"], "from": "2026-11-16"}
    return {**event, "curriculum": "llmpath", "edition": "x", **changed}


def accepted(**changed: object) -> dict[str, Any]:
    event = {"type": "PlanAccepted", "velocity": 1, "buffer": 0, "weeks": []}
    return {**event, "finish": None, "minutes": 0, **changed}


def line_with(key: str, value: str) -> bytes:
    """A record with a value that JSON's writer would not write."""
    document = {
        "id": "peer1",
        "v": 1,
        "device": "peer-0001",
        "n": 1,
        "lamport": 1,
        "at": "",
        "day": "2026-11-18",
        "command": "",
        "events": [],
    }
    marked = compact({**document, key: "@"})
    return signed(marked.replace('"@"', value))


def logged(minutes: int = 5, what: str = LESSON) -> dict[str, Any]:
    return {"type": "StudyLogged", "id": what, "minutes": minutes}


def completed(*lessons: str, minutes: int = 5) -> dict[str, Any]:
    known = dict.fromkeys(lessons, minutes)
    return {"type": "LessonsCompleted", "lessons": known, "edition": ""}


def lines(make: Callable[[int], bytes], many: int) -> bytes:
    return b"\n".join(map(make, range(1, many + 1)))


def hostile(many: int) -> Iterator[tuple[str, bytes]]:
    """What a peer's file may hold; `many` of what is to be many."""
    yield "long lines", b"\n".join([b"x" * 65_536] * (many // 100))
    yield "blank lines", b"\n" * many * 10 + b" \r\n" * many
    yield "no records", b"x\n" * many
    yield "begun records", b'{"id":"x' * many
    yield "begun lines", b'{"id":"\n' * many
    yield "pieces", b'{"id":"x,"crc":"00000000"}' * many
    yield "one long line", b"x" * many * 1000
    yield "NULs", b"\0" * many * 100
    yield "every byte", bytes(range(256)) * (many // 100)
    yield "deep", line_with("events", "[" * 100_000 + "]" * 100_000)
    yield (
        "half deep",
        line_with("events", f'[{{"type":"X","a":{"[" * 900}{"]" * 900}}}]'),
    )
    yield "deep number", line_with("n", "9" * 5000)
    yield "long number", line_with("lamport", "1" + "0" * 4000)
    yield "infinity", line_with("n", "Infinity")
    yield "no number", line_with("lamport", "NaN")
    yield "exponent", line_with("n", "1e999999")
    yield "key twice", line_with("n", '1,"n":2')
    yield (
        "voiding each other",
        lines(
            lambda n: record(
                n, {"type": "RecordsVoided", "records": ["peer1", "peer2"]}, lamport=5
            ),
            2,
        ),
    )
    yield (
        "voiding in a chain",
        lines(
            lambda n: record(n, {"type": "RecordsVoided", "records": [f"peer{n - 1}"]}),
            many // 10,
        ),
    )
    yield (
        "all completing one lesson",
        lines(
            lambda n: record(
                n, {"type": "LessonsCompleted", "lessons": {LESSON: 5}, "edition": ""}
            ),
            many,
        ),
    )
    yield (
        "all skipping one lesson",
        lines(
            lambda n: record(
                n, {"type": "LessonsSkipped", "lessons": [LESSON], "known": True}
            ),
            many,
        ),
    )
    yield (
        "many lessons",
        record(
            1,
            {
                "type": "LessonsCompleted",
                "lessons": {f"llmpath:m/{n}": 1 for n in range(many)},
                "edition": "",
            },
        ),
    )
    yield (
        "one lesson, often",
        record(
            1,
            {"type": "LessonsSkipped", "lessons": [LESSON] * many * 10, "known": False},
        ),
    )
    yield "one track, often", record(1, started(tracks=["llmpath:short"] * many))
    yield "many devices", lines(lambda n: record(n, logged(), device=f"d{n}"), many)
    yield "many plans", lines(lambda n: record(n, accepted(finish="2026-12-01")), 500)
    yield (
        "many weeks",
        record(
            1, accepted(weeks=[{"start": "2026-11-16", "lessons": [LESSON]}] * many)
        ),
    )
    yield "many starts", lines(lambda n: record(n, started()), many)
    for minutes in (0, 1, 10_000_000):
        yield f"done in {minutes}", record(1, completed(LESSON, minutes=minutes))
        yield (
            f"done in {minutes}, timed",
            record(1, completed(LESSON, minutes=minutes), logged(10_000_000)),
        )
    yield "long ids", record(1, logged(), id="x" * 100_000, device="y" * 100_000)
    yield (
        "paths",
        record(
            1,
            completed("../../x", "/etc/x"),
            {"type": "NoteAdded", "id": "../../x", "text": "../../x"},
            logged(what="CON"),
            device="../../x",
            id="../../x",
        ),
    )
    for day in ("1900-01-01", "2999-12-31"):
        yield f"in {day}", record(1, logged(), day=day)
        yield f"target {day}", record(1, {"type": "TargetSet", "date": day})
        yield (
            f"later {day}",
            record(1, {"type": "LessonDeferred", "lesson": LESSON, "until": day}),
        )
        yield (
            f"break {day}",
            record(1, {"type": "LeaveSet", "days": {day: 1440}, "open_from": day}),
        )
        yield (
            f"finish {day}",
            record(
                1, accepted(finish=day, weeks=[{"start": day, "lessons": [LESSON]}])
            ),
        )
        yield (
            f"stated {day}",
            record(
                1,
                logged(),
                stated={"p50": day, "p80": day, "minutes": [9_999_999, 0], "day": day},
            ),
        )
    for velocity in (5e-324, 1e-9, 1000):
        yield f"velocity {velocity}", record(1, accepted(velocity=velocity, buffer=1))
    yield (
        "no hours",
        record(
            1, {"type": "AvailabilitySet", "from": "1900-01-01", "minutes": [0] * 7}
        ),
    )
    yield (
        "a minute a week",
        record(
            1,
            {"type": "AvailabilitySet", "from": "1900-01-01", "minutes": [1] + [0] * 6},
        ),
    )
    yield "endless minutes", record(1, *[logged(10_000_000)] * 500)
    yield (
        "settings",
        record(
            1,
            *(
                {"type": "SettingSet", "key": f"plan.{key}", "value": value}
                for key in ("day_ends", "buffer", "block_min", "block_max", "tolerance")
                for value in (
                    GREATEST,
                    -1,
                    1e15,
                    -0.0,
                    "nan",
                    "1e999",
                    "\u0663",
                    "-5",
                    "",
                )
            ),
        ),
    )
    yield (
        "blocks that fit nothing",
        record(
            1,
            {"type": "SettingSet", "key": "plan.block_min", "value": 60},
            {"type": "SettingSet", "key": "plan.block_max", "value": 20},
        ),
    )
    yield "greatest counters", record(1, logged(), n=GREATEST, lamport=GREATEST)
    yield "beyond them", record(1, logged(), n=GREATEST + 1, lamport=GREATEST + 1)


@cache
def files_of_a_peer(many: int) -> dict[str, bytes]:
    """They take as long to write as the commands to read one of them."""
    return dict(hostile(many))


NAMES = [name for name, _ in hostile(100)]
FEW = (
    "status --weeks 8",
    "plan",
    "forecast",
    "history",
    f"done {OTHER} --took 20m",
    "undo",
)
MORE = (
    *("next", "plan --all", "target", "list", f"why {OTHER}", "redo"),
    *(f"show {LESSON.partition(':')[2]}", "replan --dry-run", f"note {OTHER}"),
    *("export csv", "export md", "export json", "off list", "hours", "hours 6"),
    *("off add 2026-12-24", "target 2027-03-01", "start --track short"),
)


def endure(homes: Homes, data: bytes, commands: Iterable[str]) -> None:
    """Run every kind of command beside a peer's file, and find ours whole."""
    program = homes("noted")
    before = journal_file(program.home).read_bytes()
    peer = program.home / "data" / "journal" / "peer.2026.jsonl"
    peer.write_bytes(data)
    for line in (*commands, f"note {MODULE} words"):
        result = program(*line.split())
        assert result.code == 0, (line, result)
        assert "bug" not in result.stderr
    assert program("doctor").code in {0, 6}
    notes = program("note", MODULE, "--json").json()["notes"]
    assert {"two heads are better", "words"} <= {each["text"] for each in notes}
    assert peer.read_bytes() == data
    (own,) = {*peer.parent.iterdir()} - {peer}
    assert own.read_bytes().startswith(before)
    assert not (program.home.parent / "x").exists()


@pytest.mark.parametrize("name", NAMES)
def test_a_peers_file_stops_no_command_and_spoils_no_record(
    name: str, homes: Homes
) -> None:
    endure(homes, files_of_a_peer(MANY)[name], FEW)


@pytest.mark.thorough
@pytest.mark.parametrize("name", NAMES)
def test_a_very_large_file_of_a_peer_stops_no_command(name: str, homes: Homes) -> None:
    endure(homes, files_of_a_peer(MANY * 100)[name], FEW + MORE)


DAYS = st.sampled_from(
    [
        "1900-01-01",
        "2026-11-09",
        "2026-11-16",
        "2026-11-20",
        "2026-12-01",
        "2028-02-29",
        "2999-12-31",
    ]
)
THINGS = st.sampled_from([LESSON, f"llmpath:{OTHER}", f"llmpath:{MODULE}", "x:y/z"])
MINUTES = st.sampled_from([0, 1, 30, 600, 10_000_000])
HALVES = st.sampled_from([0, 1, 0.5, 1e-9])


def an_event(kind: str, **values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries({"type": st.just(kind), **values})


EVENTS = st.one_of(
    an_event(
        "TrackStarted",
        tracks=st.lists(
            st.sampled_from(
                [
                    "llmpath:short",
                    "llmpath:long",
                    "x:y",
                    f"llmpath:path.{MODULE}",
                    f"llmpath:path.{OTHER}",
                    "llmpath:path.",
                    "path.path.x",
                ]
            )
        ),
        curriculum=st.just("llmpath"),
        edition=st.just("x"),
        **{"from": DAYS},
    ),
    an_event(
        "AvailabilitySet",
        minutes=st.lists(st.sampled_from([0, 1, 60, 1440]), min_size=7, max_size=7),
        **{"from": DAYS},
    ),
    an_event(
        "LeaveSet",
        days=st.dictionaries(DAYS, st.sampled_from([None, 0, 60, 1440]), max_size=3),
        open_from=st.none() | DAYS,
    ),
    an_event("TargetSet", date=st.none() | DAYS),
    an_event(
        "SettingSet",
        key=st.sampled_from(
            [f"plan.{key}" for key in ("day_ends", "buffer", "block_min", "block_max")]
        ),
        value=st.sampled_from([None, "12:00", "0.4", 0.4, 5, 20, 60, 240, -1, 1e15]),
    ),
    an_event(
        "PlanAccepted",
        velocity=st.sampled_from([1, 5e-324, 1e-3, 1000]),
        buffer=HALVES,
        weeks=st.lists(
            st.fixed_dictionaries({"start": DAYS, "lessons": st.lists(THINGS)}),
            max_size=3,
        ),
        finish=st.none() | DAYS,
        minutes=MINUTES,
    ),
    an_event(
        "LessonsCompleted",
        lessons=st.dictionaries(THINGS, MINUTES),
        edition=st.just("x"),
    ),
    an_event("LessonsSkipped", lessons=st.lists(THINGS), known=st.booleans()),
    an_event("LessonsIncluded", lessons=st.lists(THINGS)),
    an_event("LessonDeferred", lesson=THINGS, until=st.none() | DAYS),
    an_event("StudyLogged", id=THINGS, minutes=MINUTES),
    an_event("RecordsVoided", records=st.lists(st.sampled_from(["peer1", "peer2"]))),
)
RECORDS = st.lists(
    st.tuples(st.lists(EVENTS, min_size=1, max_size=3), DAYS), max_size=8
)


@pytest.mark.parametrize(
    "examples", [8, pytest.param(1000, marks=pytest.mark.thorough)]
)
def test_no_records_of_a_peer_are_a_bug_to_anybody(examples: int, homes: Homes) -> None:
    program = homes("begun")
    peer = program.home / "data" / "journal" / "peer.2026.jsonl"

    @settings(max_examples=examples, derandomize=True)
    @given(RECORDS, st.sampled_from(["2026-11-20", "2000-01-01", "2199-12-31"]))
    def check(written: list[tuple[list[object], str]], today: str) -> None:
        peer.write_bytes(
            b"\n".join(
                record(number, *events, day=day)
                for number, (events, day) in enumerate(written, 1)
            )
        )
        for line in ("status --weeks 8", "replan --dry-run", "forecast", "export ics"):
            result = program(*line.split(), today=today)
            assert result.code in {0, 1}, result

    check()


def test_a_counter_at_its_end_stops_no_device(homes: Homes) -> None:
    program = homes("short")
    peer = program.home / "data" / "journal" / "peer.2026.jsonl"
    peer.write_bytes(record(1, {"type": "TargetSet", "date": None}, lamport=GREATEST))

    assert program("done", OTHER).code == 0
    assert program("hours", "6").code == 0
    statuses = program("list", "--json").json()
    done = [
        lesson["id"]
        for module in statuses["modules"]
        for lesson in module["lessons"]
        if lesson["status"] == "done"
    ]
    assert done == [OTHER]
    refused = program("undo", "peer1")
    assert (refused.code, refused.stdout) == (1, "")
    assert "peer-0001 wrote it with the greatest counter there is" in refused.stderr
    assert program("undo").code == 0
    assert program("undo").code == 0
    assert program("redo").code == 0
    events = program("history", "--json").json()["events"]
    assert [each["voided"] for each in events if each["command"] == "hours 6"] == [True]
    assert program("doctor").code == 0


@pytest.mark.skipif(sys.platform != "linux", reason="limits of Linux")
@pytest.mark.parametrize("name", ["one long line", "begun records", "deep", "NULs"])
def test_a_peers_file_is_read_in_bounded_memory(name: str, homes: Homes) -> None:
    program = homes("noted")
    data = files_of_a_peer(10_000)[name]
    (program.home / "data" / "journal" / "peer.2026.jsonl").write_bytes(data)
    limit = f"ulimit -v {300 * 1024}; exec {sys.executable} -m llmpath note {MODULE}"
    done = subprocess.run(
        ["/bin/bash", "-c", limit],
        capture_output=True,
        env={**os.environ, **program.environment(None, None, "2026-11-20")},
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert b"two heads are better" in done.stdout


def test_a_record_says_nothing_that_json_has_twice(homes: Homes) -> None:
    program = homes("short")
    peer = program.home / "data" / "journal" / "peer.2026.jsonl"
    peer.write_bytes(line_with("n", '1,"n":2') + b"\n")

    exported = json.loads(program("export", "json").stdout)
    assert len(exported["records"]) == 2
    assert not Path("x").exists()
