"""What the documents, the packaging and the checks say, compared with what is."""

from __future__ import annotations

import inspect
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from llmpath import __version__, errors
from llmpath.cli.lazy import LazyCommand
from llmpath.cli.main import Root
from llmpath.core import events
from llmpath.core.curriculum import LESSON_LIMIT
from llmpath.core.plan_settings import SETTINGS, PlanSettings
from llmpath.core.text import NOTE_LIMIT, TEXT_LIMIT, TITLE_LIMIT
from llmpath.core.when import spoken_minutes
from llmpath.exchange import backup, ics_reading
from llmpath.storage import curriculum_document, curriculum_toml
from llmpath.storage.curriculum_file import check_curriculum, curriculum_schema
from llmpath.storage.event_payloads import encode_event
from llmpath.storage.records import (
    LONGEST_READ,
    LONGEST_WRITTEN,
    decode_record,
    decode_records,
)
from llmpath.storage.settings import LOOK_KEYS, SIZE_LIMIT
from scripts import (
    make_docs,
    make_import_examples,
    make_pictures,
    make_two_devices,
    make_walk,
)
from tests.cli.program import Program
from tests.storage.remotes import a_remote, needs_git
from tests.storage.test_curriculum_copies import LESSON, MODULE, a_text
from tests.storage.test_event_payloads import WRITTEN

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
FORMATS = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SHOWN_LESSON = "illustrated-transformer/self-attention-detail"


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path / "home")


def table(text: str, header: str) -> list[list[str]]:
    """The rows below a header, without the marks of code around a whole cell."""
    _, found, rest = text.partition(f"\n{header}\n")
    assert found, header
    rows = [line for line in rest.partition("\n\n")[0].split("\n")[1:] if line]
    return [
        [cell.strip() for cell in re.split(r"(?<!\\)\|", row.strip("|"))]
        for row in rows
    ]


def coded(text: str) -> list[str]:
    """What stands between backticks."""
    return re.findall(r"`([^`]+)`", text)


def bare(text: str) -> str:
    """The text without what stands in braces or brackets."""
    while (shorter := re.sub(r"\{[^{}]*\}|\[[^\[\]]*\]", "", text)) != text:
        text = shorter
    return text


def top_keys(cell: str) -> list[str]:
    """The keys named in a cell such as `today, lessons: [{id}], event`."""
    (keys, *_) = coded(cell)
    return [key.partition(":")[0].strip() for key in bare(keys).split(",")]


# The two commands of the README, and what .ci/run does


def ci_command(name: str) -> str:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    (command,) = re.findall(rf'^{name}="(.+)"$', script, re.MULTILINE)
    return str(command)


@pytest.mark.parametrize("name", ["try_command", "test_command"])
def test_ci_runs_the_commands_that_the_readme_gives(name: str) -> None:
    assert f"```sh\n{ci_command(name)}\n```" in README


def test_contributing_gives_the_same_command_as_the_readme() -> None:
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")

    assert f"```sh\n{ci_command('test_command')}\n```" in contributing


def test_the_forge_calls_the_same_script_and_installs_what_the_tests_need() -> None:
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")

    assert re.findall(r"run: (.+)", workflow) == [
        "sudo apt-get install --yes strace",
        "bash .ci/run",
    ]
    assert all(
        re.fullmatch(r"[\w./-]+@v\d+", each)
        for each in re.findall(r"uses: (.+)", workflow)
    )


# What is packed


def test_the_tools_have_exact_versions() -> None:
    tools = PROJECT["project"]["optional-dependencies"]["dev"]

    assert [each for each in tools if not re.fullmatch(r"[\w-]+==[\d.]+", each)] == []


def test_every_dependency_has_an_upper_bound() -> None:
    assert all(",<" in each for each in PROJECT["project"]["dependencies"])


def test_typer_stays_below_the_version_that_imports_pydantic() -> None:
    assert "typer>=0.28,<0.29" in PROJECT["project"]["dependencies"]


def test_the_package_says_that_it_is_typed_and_the_data_goes_with_it() -> None:
    wheel = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]

    assert (ROOT / "src" / "llmpath" / "py.typed").is_file()
    assert wheel["only-include"] == ["src/llmpath", "data"]
    assert wheel["sources"]["data"] == "llmpath/data"


def test_what_the_sdist_includes_is_there() -> None:
    included = PROJECT["tool"]["hatch"]["build"]["targets"]["sdist"]["only-include"]

    assert [each for each in included if not (ROOT / each).exists()] == []


def test_the_licence_is_named_as_spdx_has_it() -> None:
    assert PROJECT["project"]["license"] == "MIT"
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")
    assert not [each for each in PROJECT["project"]["classifiers"] if "License" in each]


def test_the_changelog_has_the_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

    assert f"## [{__version__}]" in changelog


# Documents


def documents() -> list[Path]:
    return [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]


def places_in(document: Path) -> Iterator[str]:
    """What the links of a document lead to in this project."""
    text = document.read_text(encoding="utf-8")
    prose = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    for place in re.findall(r"\]\(([^)\s]+)\)", prose):
        if not re.match(r"[a-z]+:", place):
            yield place


def anchors(document: Path) -> set[str]:
    """The anchors that a forge makes of a document's headings."""
    headings = re.findall(
        r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.MULTILINE
    )
    return {re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in headings}


@pytest.mark.parametrize("document", documents(), ids=lambda each: each.name)
def test_a_link_in_a_document_leads_somewhere(document: Path) -> None:
    for place in places_in(document):
        path, _, anchor = place.partition("#")
        target = (document.parent / path).resolve() if path else document

        assert target.exists(), place
        assert not anchor or anchor in anchors(target), place


def test_every_decision_has_its_number_as_a_heading() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))

    numbers = [each.name[:4] for each in decisions]
    assert sorted(set(numbers)) == numbers, "two have the same number"
    for number, each in zip(numbers, decisions, strict=True):
        assert each.read_text(encoding="utf-8").startswith(f"# {number} ")


def test_every_command_stands_in_the_documents_with_its_present_help() -> None:
    assert make_docs.documented(COMMANDS) == list(make_docs.commands())
    assert make_docs.with_help(COMMANDS) == COMMANDS


def test_every_command_and_each_of_its_parameters_has_help() -> None:
    for name, entry in Root.entries.items():
        command: Any = LazyCommand(name, entry).load()
        for each in (command, *getattr(command, "commands", {}).values()):
            assert each.help, name
            assert [part.name for part in each.params if not part.help] == [], name


def test_the_readme_names_every_command_in_its_group() -> None:
    named = {row[0]: coded(row[1]) for row in table(README, "| group | commands |")}

    groups: dict[str, list[str]] = {}
    for name, entry in Root.entries.items():
        groups.setdefault(entry.section, []).append(name)
    assert named == groups


def test_the_readme_says_of_each_track_what_the_curriculum_does(
    program: Program,
) -> None:
    tracks = program("tracks", "--json").json()["tracks"]

    assert table(README, "| track | required | lessons | optional |") == [
        [
            f"`{each['id']}`",
            spoken_minutes(each["minutes"]),
            f"{each['lessons']} in {each['modules']} modules",
            spoken_minutes(each["optional_minutes"]),
        ]
        for each in tracks
    ]


def error_classes() -> Iterator[type[errors.LlmpathError]]:
    for _, value in inspect.getmembers(errors, inspect.isclass):
        if issubclass(value, errors.LlmpathError):
            yield value


def test_the_exit_codes_are_those_of_the_errors_and_the_four_of_main() -> None:
    documented = {int(row[0]) for row in table(COMMANDS, "| code | meaning |")}

    assert documented == {each.exit_code for each in error_classes()} | {0, 6, 70, 130}


def test_the_readme_has_the_same_exit_codes() -> None:
    (sentence,) = re.findall(r"Exit codes: ([^.]*)\.", README)

    named = [int(each) for each in re.findall(r"\d+", sentence)]
    assert named == [int(row[0]) for row in table(COMMANDS, "| code | meaning |")]


# Formats


def documented_events() -> dict[str, set[str]]:
    rows = table(FORMATS, "| event | keys | what it does |")
    return {coded(row[0])[0]: set(coded(row[1])) for row in rows}


def test_the_events_are_those_of_the_core() -> None:
    known = {each.__name__ for each in get_args(events.Event)} - {"UnknownEvent"}

    assert set(documented_events()) == known


def test_the_keys_of_the_events_are_those_that_are_written() -> None:
    found: dict[str, set[str]] = {}
    for event, _ in WRITTEN:
        payload = encode_event(event)
        found.setdefault(payload.pop("type"), set()).update(payload)
    for path in (ROOT / "tests" / "golden" / "journals").rglob("*.jsonl"):
        for record in decode_records(path.read_bytes().splitlines()).records:
            for event in record.events:
                payload = encode_event(event)
                found.setdefault(payload.pop("type"), set()).update(payload)

    documented = documented_events()
    assert {name: found[name] for name in documented} == documented


def test_the_record_shown_is_one() -> None:
    (line,) = re.findall(r"^\{\"id\":.*\}$", FORMATS, re.MULTILINE)

    record = decode_record(line.encode())
    assert record.events
    documented = [coded(row[0])[0] for row in table(FORMATS, "| key | meaning |")]
    keys = re.findall(r'"(\w+)":', re.sub(r'"events":\[.*\]', '"events":0', line))
    assert keys == [key for key in documented if key not in {"today", "stated"}]


def test_the_looks_are_those_of_the_program() -> None:
    rows = table(FORMATS, "| key | values, the default first | meaning |")

    assert [(coded(row[0])[0], tuple(coded(row[1])), row[2]) for row in rows] == [
        tuple(each) for each in LOOK_KEYS
    ]


def test_the_limits_are_those_of_the_program() -> None:
    numbers = {
        what: [int(each.replace(",", "")) for each in re.findall(r"[0-9][0-9,]*", most)]
        for what, most in table(FORMATS, "| what | at most |")
    }
    mebibyte = 2**20
    assert numbers == {
        "a curriculum": [
            curriculum_document.FILE_LIMIT // mebibyte,
            curriculum_document.VALUE_LIMIT,
            curriculum_document.OBJECT_LIMIT,
            curriculum_toml.TABLE_LIMIT,
            LESSON_LIMIT,
            curriculum_document.DEPTH_LIMIT,
            curriculum_document.KEY_LIMIT,
            TITLE_LIMIT,
            NOTE_LIMIT,
        ],
        "a backup": [
            backup.SIZE_LIMIT // mebibyte,
            backup.VALUE_LIMIT,
            backup.RECORD_LIMIT,
        ],
        "a calendar that is written again": [
            ics_reading.SIZE_LIMIT // mebibyte,
            ics_reading.EVENT_LIMIT,
        ],
        "a record": [LONGEST_WRITTEN // mebibyte, LONGEST_READ // mebibyte],
        "a note": [TEXT_LIMIT],
        "`config.toml`": [SIZE_LIMIT // 1024],
    }


def in_fences(language: str) -> str:
    """The first listing of a language in the section on curricula."""
    section = FORMATS.partition("## The curriculum\n")[2]
    (listing, *_) = re.findall(rf"```{language}\n(.*?)```", section, re.DOTALL)
    return str(listing)


def test_the_example_is_one_curriculum_in_both_forms_without_faults_or_advice() -> None:
    toml = check_curriculum(in_fences("toml"), "knots.toml")
    json = check_curriculum(in_fences("json"), "knots.json")

    assert (toml.faults, toml.advice) == ((), ())
    assert toml.text is not None
    assert json == toml


def test_the_workflow_for_authors_is_yaml_and_ends_as_the_page_says(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (job,) = yaml.safe_load(in_fences("yaml"))["jobs"].values()
    (install, check) = (each["run"] for each in job["steps"] if "run" in each)
    assert install == 'pipx install "$LLMPATH"'
    assert list(job["env"]) == ["LLMPATH"]

    monkeypatch.chdir(tmp_path)
    (tmp_path / "curricula").mkdir()
    good = in_fences("toml")
    own = tmp_path / "curricula" / "own.toml"

    def code(text: str, *, strict: bool = True) -> int:
        own.write_text(text, encoding="utf-8")
        words = check.replace("curricula/*.toml", "curricula/own.toml").split()[1:]
        return program(*(each for each in words if strict or each != "--strict")).code

    assert code(good) == 0
    long = good.replace("minutes = 20", "minutes = 200")
    assert long != good
    assert (code(long), code(long, strict=False)) == (5, 0)
    assert code(good.replace("format = 1", "format = 9"), strict=False) == 5


def test_the_keys_of_a_curriculum_are_those_of_the_schema() -> None:
    schema = curriculum_schema()
    entries = {"curriculum": schema, "a phase's module": schema["$defs"]["PhaseModule"]}
    entries |= {
        name.lower(): entry
        for name, entry in schema["$defs"].items()
        if name != "PhaseModule"
    }
    rows = table(FORMATS, "| entry | keys | may be left out |")

    assert {entry: (coded(must), coded(may)) for entry, must, may in rows} == {
        name: (
            entry["required"],
            [each for each in entry["properties"] if each not in entry["required"]],
        )
        for name, entry in entries.items()
    }


def test_the_settings_of_the_plan_are_those_of_the_program(program: Program) -> None:
    rows = table(FORMATS, "| key | default | meaning |")

    listed = program("config", "list", "--json").json()["settings"]
    defaults = {each["key"]: each["value"] for each in listed}
    assert [(coded(row[0])[0], row[1], row[2]) for row in rows] == [
        (key, str(defaults[key]), setting.help) for key, setting in SETTINGS.items()
    ]
    assert len(rows) == len(PlanSettings._fields)


# JSON

BUNDLED = str(ROOT / "data" / "curriculum.json")
ADD_OWN = ("curriculum", "add", BUNDLED, "--as", "own")
WITHOUT_LINKS = a_text(
    modules=[MODULE | {"url": None, "lessons": [LESSON | {"url": None}]}]
)
"""A curriculum of which `curriculum links` asks no server."""
EXAMPLES = {
    "llmpath": [],
    "start": ["start", "--track", "short"],
    "next": ["next"],
    "done": ["done", SHOWN_LESSON],
    "skip": ["skip", SHOWN_LESSON],
    "include": ["include", "llms-briefly"],
    "later": ["later", SHOWN_LESSON],
    "reopen": ["reopen", SHOWN_LESSON],
    "log": ["log", SHOWN_LESSON, "20m"],
    "note": ["note", SHOWN_LESSON, "a thought"],
    "note without text": ["note", SHOWN_LESSON],
    "timer": ["timer", "start", SHOWN_LESSON],
    "undo": ["undo", "--dry-run"],
    "redo": ["redo"],
    "history": ["history"],
    "plan": ["plan"],
    "hours": ["hours", "6"],
    "off": ["off", "add", "tomorrow"],
    "target": ["target", "2027-03-01"],
    "replan": ["replan", "--dry-run"],
    "forecast": ["forecast"],
    "path": ["path", "--to", "lets-build-gpt"],
    "why": ["why", SHOWN_LESSON],
    "status": ["status", "--weeks", "2"],
    "tracks": ["tracks"],
    "list": ["list"],
    "show of a module or lesson": ["show", SHOWN_LESSON],
    "show of a track": ["show", "short"],
    "search": ["search", "attention"],
    "export -o FILE": ["export", "ics", "-o", "{home}/study.ics"],
    "import": ["import", "{home}/backup.json"],
    "curriculum add": [*ADD_OWN],
    "curriculum list": ["curriculum", "list"],
    "curriculum show": ["curriculum", "show", "llmpath"],
    "curriculum update": ["curriculum", "update", BUNDLED, "--as", "own"],
    "curriculum remove": ["curriculum", "remove", "own"],
    "curriculum links": ["curriculum", "links", "--track", "own:main"],
    "curriculum links --replace": [
        *("curriculum", "links", "--replace", SHOWN_LESSON, "https://example.org/"),
    ],
    "curriculum check": ["curriculum", "check", str(ROOT / "data" / "curriculum.json")],
    "sync": ["sync"],
    "sync init": ["sync", "init", "{home}/remote.git"],
    "sync --check": ["sync", "--check"],
    "config": ["config", "list"],
    "doctor": ["doctor"],
}
"""A command line for each name in the table of keys; `open` would start a browser."""

PREPARED = {
    "curriculum update": [[*ADD_OWN]],
    "curriculum remove": [[*ADD_OWN]],
    "curriculum links": [["curriculum", "add", "{home}/bare.json"]],
    "redo": [["hours", "6"], ["undo"]],
    "import": [["export", "json", "-o", "{home}/backup.json"]],
    "sync": [["sync", "init", "{home}/remote.git"]],
    "sync --check": [["sync", "init", "{home}/remote.git"]],
}


def documented_keys() -> dict[str, list[str]]:
    """The keys of each command's document, by the command's name in the table."""
    keys: dict[str, list[str]] = {}
    for names, cell in table(COMMANDS, "| command | keys after `schema` |"):
        kind = re.sub(r"`[^`]+`,? ?", "", names).strip()
        for name in coded(names):
            keys[f"{name} {kind}".strip()] = top_keys(cell)
    return keys


def test_every_document_has_its_keys_in_the_table() -> None:
    assert set(documented_keys()) == {*EXAMPLES, "open"}
    assert {each.partition(" ")[0] for each in documented_keys()} == {
        "llmpath",
        *Root.entries,
    } - {"completion", "help"}


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_document_has_the_keys_that_the_table_gives(
    program: Program, name: str
) -> None:
    def run(words: list[str]) -> Any:  # noqa: ANN401 - a document of any command
        filled = [each.format(home=program.home) for each in words]
        return program(*filled, "--json").json()

    program("start", "--track", "short")
    if name.startswith("sync"):
        a_remote(program.home / "remote.git")
    (program.home / "bare.json").write_text(WITHOUT_LINKS)
    for words in PREPARED.get(name, []):
        run(words)

    document = run(EXAMPLES[name])

    assert list(document) == ["schema", *documented_keys()[name]]


SHARED: dict[str, tuple[str, Callable[[Any], dict[str, Any]]]] = {
    "LESSON": ("next", lambda it: it["lessons"][0]),
    "LISTED": ("list", lambda it: it["modules"][0]["lessons"][0]),
    "PROGRESS": ("status", lambda it: it["progress"]),
    "WEEK": ("status", lambda it: it["this_week"]),
    "FORECAST": ("status", lambda it: it["forecast"]),
    "HOURS": ("hours", lambda it: it["hours"]),
    "RETURNING": ("next", lambda it: it["returning"]),
}


@pytest.mark.parametrize("name", SHARED)
def test_an_object_that_several_share_has_the_keys_that_the_table_gives(
    program: Program, name: str
) -> None:
    rows = table(COMMANDS, "| in capitals | keys |")
    documented = {coded(row[0])[0]: top_keys(row[1]) for row in rows}
    command, pick = SHARED[name]
    program("start", "--track", "short", today="2026-09-01")

    shared = pick(program(command, "--json").json())

    assert set(documented) == set(SHARED)
    assert list(shared) == documented[name]


def test_the_walk_shows_what_the_program_prints() -> None:
    assert make_walk.walked() == make_walk.WALK.read_text(encoding="utf-8")


def test_the_examples_of_importing_show_what_the_program_prints() -> None:
    page = make_import_examples.PAGE.read_text(encoding="utf-8")
    shown = {file for file, _ in make_import_examples.REGION.findall(page)}

    assert page.count("```console") == len(shown)
    assert shown > make_import_examples.PUBLIC
    assert make_import_examples.with_examples(page) == page


@needs_git
def test_the_walk_of_two_devices_shows_what_the_program_prints() -> None:
    shown = make_two_devices.WALK.read_text(encoding="utf-8")

    assert make_two_devices.walked() == shown


# Pictures


@pytest.fixture(scope="module")
def shown() -> dict[str, tuple[str, str]]:
    return make_pictures.printed()


def test_the_pictures_show_what_the_program_prints(
    shown: dict[str, tuple[str, str]],
) -> None:
    drawn = {
        path.name: path.read_text(encoding="utf-8")
        for path in make_pictures.PICTURES.iterdir()
    }

    assert drawn == make_pictures.pictures(shown)


def test_the_screens_in_the_readme_are_what_the_program_prints(
    shown: dict[str, tuple[str, str]],
) -> None:
    assert make_pictures.with_screens(README, shown) == README


def test_a_picture_needs_nothing_from_outside_and_says_what_it_is() -> None:
    for path in make_pictures.PICTURES.iterdir():
        text = path.read_text(encoding="utf-8")

        for word in ("@font-face", "url(", "href", "<script", "<image"):
            assert word not in text, path.name
        assert "<title>llmpath " in text, path.name


def test_every_picture_in_the_readme_has_a_text_in_its_place() -> None:
    pictures = re.findall(r"!\[([^\]]*)\]\(docs/pictures/(\w+\.svg)\)", README)

    assert {name for _, name in pictures} == {
        path.name for path in make_pictures.PICTURES.iterdir()
    }
    assert all(len(text) > 40 for text, _ in pictures)
