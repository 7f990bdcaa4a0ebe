"""The keys of every JSON document, as `docs/commands.md` promises them."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from llmpath.cli.main import Root
from tests.cli.states import Homes

PROGRESS = {
    "progress": ["done_lessons", "lessons", "done_minutes", "minutes", "percent"]
}
WEEKDAYS = {"hours": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]}
NEXT_LESSON = [
    *("id", "module", "module_title", "title", "url", "stop", "kind", "minutes"),
    *("left_minutes", "optional", "access", "needs", "planned", "status", "unlocks"),
]
LISTED_LESSON = [
    *("id", "title", "url", "kind", "minutes", "optional", "access", "needs"),
    "status",
]
CHANGE = ["event", "changed", "unchanged", "progress"]
CURRICULUM = {"curriculum": ["id", "edition"]}
IMPORT = ["curriculum", "applied", "lessons", "faults", "changes"]
HOURS = ["hours", "weekly_minutes", "days", "finish", "event"]
TIMER = ["running", "lesson", "since", "minutes", "event"]
SHOW = [
    *("kind", "id", "title", "url", "access", "price", "note", "outcomes"),
    *("prerequisites", "unlocks", "lessons", "notes", "sources"),
]
STATUS = [
    *("today", "track", "tracks", "progress", "phases", "studied_minutes"),
    *("this_week", "weeks", "ahead_days", "target", "forecast", "curriculum"),
    "started",
]
REPLAN = ["applied", "moved", "finish", "forecast", "event"]
FORECAST = [
    *("p10", "p50", "p80", "p90", "p95", "chance", "target", "remaining_minutes"),
    *("pace", "adherence", "weeks_of_history", "paused", "stated", "kinds"),
]
THIS_WEEK = {"this_week": ["planned_minutes", "done_minutes", "studied_minutes"]}
PHASES = {
    "phases": ["id", "title", "progress", "modules"],
    "phases.progress": PROGRESS["progress"],
    "phases.modules": ["id", "title", "status", "progress"],
    "phases.modules.progress": PROGRESS["progress"],
}


class Promise(NamedTuple):
    """A document and the keys that it begins with, in this order.

    Attributes:
        inner: The same of the objects inside, by the keys that lead to them.
    """

    line: str
    schema: str
    keys: list[str]
    inner: dict[str, list[str]] = {}  # noqa: RUF012 - nobody changes it
    state: str = "noted"


PROMISES = (
    Promise(
        "",
        "today",
        ["today"],
        {**PROGRESS, **THIS_WEEK, "lessons": NEXT_LESSON},
    ),
    Promise("", "today", ["today"], {**PROGRESS, **THIS_WEEK}, state="empty"),
    Promise(
        "tracks",
        "tracks",
        ["tracks"],
        {
            "tracks": [
                *("id", "title", "summary", "stated_hours", "phases", "modules"),
                *("lessons", "minutes", "optional_minutes", "paid_minutes", "active"),
                "done_lessons",
            ]
        },
    ),
    *(
        Promise(
            f"list {options}",
            "list",
            ["track", "modules"],
            {
                "modules": [
                    *("id", "title", "phase", "optional", "status", "minutes"),
                    *("done_minutes", "lessons"),
                ],
                "modules.lessons": LISTED_LESSON,
            },
            state=state,
        )
        for options, state in (
            ("", "begun"),
            ("", "empty"),
            ("--track long", "short"),
            ("--status done", "begun"),
        )
    ),
    *(
        Promise(
            line,
            "start",
            [
                *("tracks", "track", "start", "hours", "weekly_minutes", "finish"),
                *("target", "feasible", "shortfall_minutes", "forecast", "next"),
                "event",
            ],
            {**WEEKDAYS, "next": NEXT_LESSON},
            state=state,
        )
        for line, state in (
            ("start --track short --by 2026-12-11", "empty"),
            ("start --track short", "short"),
            ("start --none", "short"),
        )
    ),
    *(
        Promise(
            line,
            "next",
            ["today", "lessons", "reviews_due"],
            {"lessons": NEXT_LESSON},
            state,
        )
        for line, state in (("next", "short"), ("next -n 5", "begun"))
    ),
    *(
        Promise(line, line.split()[0], CHANGE, PROGRESS, state)
        for line, state in (
            ("done data-and-batches", "short"),
            ("done illustrated-transformer", "begun"),
            ("done illustrated-transformer", "empty"),
            ("skip lets-build-gpt --known", "short"),
            ("include llms-briefly", "short"),
            ("later lets-build-gpt", "short"),
            ("reopen illustrated-transformer", "begun"),
            ("reopen illustrated-transformer", "short"),
            ("log lets-build-gpt 20m", "short"),
            ("note lets-build-gpt words", "short"),
            ("note lets-build-gpt", "short"),
            ("note illustrated-transformer", "noted"),
        )
    ),
    *(
        Promise(
            line,
            line.split()[0],
            ["event", "voided", "command", "progress"],
            PROGRESS,
            state,
        )
        for line, state in (
            ("undo", "begun"),
            ("undo --dry-run", "begun"),
            ("redo", "undone"),
        )
    ),
    Promise(
        "history",
        "history",
        ["events"],
        {
            "events": [
                *("id", "at", "day", "device", "command", "lessons", "minutes"),
                "voided",
            ]
        },
    ),
    *(
        Promise(line, "replan", REPLAN, {"finish": ["from", "to"]}, state)
        for line, state in (("replan --dry-run", "short"), ("replan", "begun"))
    ),
    *(
        Promise(line, "forecast", FORECAST, {"stated": ["day", "p50", "p80"]}, state)
        for line, state in (
            ("forecast", "short"),
            ("forecast --by kind", "begun"),
        )
    ),
    Promise("status", "status", STATUS, {**PROGRESS, **THIS_WEEK, **PHASES}),
    Promise(
        "status --weeks 3",
        "status",
        STATUS,
        {
            **CURRICULUM,
            "weeks": [
                *("start", "planned_minutes", "done_minutes", "studied_minutes"),
            ],
        },
    ),
    *(
        Promise(
            line,
            "plan",
            [
                *("today", "start", "finish", "shortfall_minutes", "blocks", "weeks"),
                *("curriculum", "started"),
            ],
            {
                **CURRICULUM,
                "blocks": ["day", "lesson", "minutes", "part", "parts"],
                "weeks": ["start", "capacity_minutes", "planned_minutes"],
            },
        )
        for line in ("plan", "plan --weeks 1", "plan --all")
    ),
    *(
        Promise(
            line,
            "target",
            [
                *("target", "feasible", "shortfall_minutes", "needed_weekly_minutes"),
                *("chance", "options"),
            ],
            {"needed_weekly_minutes": ["p50", "p80", "p95"]},
        )
        for line in ("target", "target 2026-12-11", "target none", "target today")
    ),
    *(
        Promise(
            f"path --to {what}",
            "path",
            ["lessons", "minutes", "finish", "feasible"],
            {"lessons": NEXT_LESSON} if state == "short" else {},
            state,
        )
        for what, state in (
            ("lets-build-gpt", "short"),
            ("rlhf-post --by 2027-01-31 --hours 8", "short"),
            ("illustrated-transformer", "begun"),
        )
    ),
    *(
        Promise(
            f"why {what}",
            "why",
            ["lesson", "planned", "reasons"],
            {"reasons": ["kind", "text", "ids"]},
            state,
        )
        for what, state in (
            ("lets-build-gpt", "short"),
            ("illustrated-transformer", "begun"),
            ("supervised-learning", "short"),
            ("lets-build-gpt", "on a break"),
        )
    ),
    *(
        Promise(
            line,
            schema,
            HOURS,
            {**WEEKDAYS, "days": ["day", "minutes"], "finish": ["from", "to"]},
            state,
        )
        for line, schema, state in (
            ("hours", "hours", "empty"),
            ("hours", "hours", "with days off"),
            ("hours 6", "hours", "short"),
            ("hours 5", "hours", "short"),
            ("off add fri..mon --hours 1", "off-add", "short"),
            ("off list", "off-list", "with days off"),
            ("off list", "off-list", "empty"),
            ("off remove 2026-12-24..", "off-remove", "with days off"),
        )
    ),
    *(
        Promise(line, "timer", TIMER, state=state)
        for line, state in (
            ("timer start lets-build-gpt", "short"),
            ("timer stop --took 5", "timing"),
            ("timer cancel", "timing"),
            ("timer status", "timing"),
            ("timer status", "empty"),
        )
    ),
    *(
        Promise(
            f"show {what}",
            "show",
            SHOW,
            {
                "prerequisites": ["id", "reason", "met"],
                "lessons": LISTED_LESSON,
                "notes": ["day", "text"],
            },
            state,
        )
        for what, state in (
            ("short", "begun"),
            ("illustrated-transformer", "noted"),
            ("lets-build-gpt", "begun"),
            ("illustrated-transformer/self-attention-detail", "begun"),
            ("supervised-learning", "empty"),
        )
    ),
    Promise(
        "search gpt",
        "search",
        ["matches"],
        {"matches": ["id", "title", "field", "text"]},
    ),
    *(
        Promise(
            f"export {name} -o {{folder}}/new.{name}",
            "export",
            ["file", "format", "items"],
        )
        for name in ("ics", "json", "csv", "md")
    ),
    Promise(
        "export json",
        "export",
        ["app", "curriculum", "started", "records", "curricula"],
        CURRICULUM,
    ),
    Promise("import {folder}/backup.json", "import", IMPORT),
    Promise("import {folder}/backup.json --dry-run", "import", IMPORT),
    Promise(
        "curriculum check {folder}/curriculum.json",
        "curriculum-check",
        [*IMPORT, "advice", "files"],
        {"advice": ["file", "path", "line", "reason", "remedy", "column"]},
    ),
    Promise(
        "curriculum links --replace lets-build-gpt https://example.org/",
        "curriculum-links-replace",
        [*IMPORT, "event", "id", "url", "before", "own_link"],
    ),
    *(
        Promise(
            f"config {line}",
            "config",
            ["settings"],
            {"settings": ["key", "value", "origin"]},
        )
        for line in ("list", "get color", "set color never")
    ),
    Promise(
        "doctor",
        "doctor",
        ["ok", "version", "paths", "checks", "damaged"],
        {"checks": ["name", "ok", "detail"]},
    ),
)
WITHOUT_DOCUMENT = {
    "completion": "it prints a script",
    "help": "it prints the help of a command",
    "open": "a test with a terminal and a browser of its own has it",
    "sync": "tests with a remote of their own have it",
}


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Homes:
    return Homes(tmp_path_factory.mktemp("json"))


@pytest.fixture(scope="module")
def folder(homes: Homes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup and a curriculum to read, and room to write."""
    folder = tmp_path_factory.mktemp("files")
    backup = homes("begun")("export", "json").stdout
    (folder / "backup.json").write_text(backup, encoding="utf-8")
    bundled = Path(__file__).parents[2] / "data" / "curriculum.json"
    (folder / "curriculum.json").write_bytes(bundled.read_bytes())
    return folder


@pytest.mark.parametrize("promise", PROMISES, ids=lambda p: f"{p.line} [{p.state}]")
def test_a_document_begins_with_the_promised_keys_in_their_order(
    promise: Promise, homes: Homes, folder: Path
) -> None:
    program = homes(promise.state)
    line = promise.line.replace("{folder}", folder.as_posix())
    result = program(*shlex.split(line), "--json")
    assert result.code == 0, result
    document = result.json()
    wanted = ["schema", *promise.keys]

    assert document["schema"] == f"llmpath/{promise.schema}/1"
    assert list(document)[: len(wanted)] == wanted
    for path, keys in promise.inner.items():
        for each in objects_at(document, path.split(".")):
            assert list(each)[: len(keys)] == keys, path


def objects_at(holder: Any, names: list[str]) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - any part of a document
    """The objects that the keys lead to, through lists; null has none."""
    if isinstance(holder, list):
        for each in holder:
            yield from objects_at(each, names)
    elif names and holder is not None:
        yield from objects_at(holder[names[0]], names[1:])
    elif holder is not None:
        yield holder


def test_every_command_of_the_help_has_a_promise() -> None:
    promised = {promise.line.partition(" ")[0] for promise in PROMISES} - {""}

    assert promised | set(WITHOUT_DOCUMENT) == set(Root.entries)


def walked(value: Any, key: str = "") -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - any part of a document
    """Every value of a document that is no object or list, with its key."""
    if isinstance(value, dict):
        for inner_key, inner in value.items():
            yield from walked(inner, inner_key)
    elif isinstance(value, list):
        for inner in value:
            yield from walked(inner, key)
    else:
        yield key, value


@pytest.mark.parametrize(
    "line",
    ["", "next -n 9", "status --weeks 3", "plan", "tracks", "list", "history"],
)
def test_minutes_are_whole_and_the_bundled_curriculum_is_left_out_of_ids(
    line: str, homes: Homes
) -> None:
    document = homes("begun")(*line.split(), "--json").json()
    values = list(walked(document))
    minutes = [value for key, value in values if key.endswith("minutes")]

    assert minutes or line == "history"
    assert all(value is None or type(value) is int for value in minutes)
    assert not [v for _, v in values if isinstance(v, str) and v.startswith("llmpath:")]


def test_a_document_is_utf_8_whatever_else_the_machine_writes(homes: Homes) -> None:
    program = homes("short")
    program("note", "lets-build-gpt", "naïve → 多头")
    ended = program.process(
        "note", "lets-build-gpt", "--json", env={"PYTHONIOENCODING": "ascii"}
    )

    assert ended.json()["notes"][0]["text"] == "naïve → 多头"


def test_what_is_not_built_yet_is_null_and_never_missing(homes: Homes) -> None:
    program = homes("begun")
    assert program("next", "--json").json()["reviews_due"] is None
