from __future__ import annotations

import pytest

from tests.cli.asking import ask, do, statuses
from tests.cli.states import TRANSFORMER, Homes
from tests.cli.transcripts import transcript
from tests.conftest import Golden

SELF = "illustrated-transformer/self-attention-detail"
GPT = "lets-build-gpt"

TOLD = (
    ("status", "begun", "status"),
    ("status-weeks", "begun", "status --weeks 2"),
    ("list", "begun", "list"),
    ("list-done", "begun", "list --status done"),
    ("show-module", "noted", f"show {TRANSFORMER}"),
    ("show-lesson", "begun", f"show {SELF}"),
    ("show-track", "begun", "show short"),
    ("search", "short", "search bigram"),
)


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Homes:
    return Homes(tmp_path_factory.mktemp("look"))


@pytest.mark.parametrize(("name", "state", "line"), TOLD, ids=[t[0] for t in TOLD])
def test_look_commands_answer_as_in_the_files(
    name: str, state: str, line: str, homes: Homes, golden: Golden
) -> None:
    golden(f"cli/{name}.txt", transcript(homes, state, line))


def test_the_progress_of_phases_and_modules_adds_up_to_the_whole(
    homes: Homes,
) -> None:
    status = ask(homes("begun"), "status")
    for key in ("done_lessons", "lessons", "done_minutes", "minutes"):
        phases = [phase["progress"][key] for phase in status["phases"]]
        modules = [
            module["progress"][key]
            for phase in status["phases"]
            for module in phase["modules"]
        ]
        assert sum(phases) == sum(modules) == status["progress"][key]


def test_progress_is_full_only_when_nothing_is_open(homes: Homes) -> None:
    program = homes("short")
    required = [
        lesson["id"]
        for module in ask(program, "list")["modules"]
        for lesson in module["lessons"]
        if not lesson["optional"]
    ]
    percents = [
        ask(program, f"done {lesson}")["progress"]["percent"] for lesson in required
    ]

    assert percents == sorted(percents)
    assert percents.count(100) == 1
    assert percents[-1] == 100


def test_with_nothing_to_count_there_is_no_percent(homes: Homes) -> None:
    assert ask(homes("empty"), "")["progress"]["percent"] is None


def test_the_weeks_of_status_are_as_many_as_asked_for(homes: Homes) -> None:
    status = ask(homes("begun"), "status --weeks 3")

    assert len(status["weeks"]) == 3
    assert ask(homes("begun"), "status")["weeks"] is None


@pytest.mark.parametrize(
    ("status", "lines"),
    [
        ("done", [f"done {TRANSFORMER}"]),
        ("skipped", [f"skip {TRANSFORMER}"]),
        ("active", [f"log {SELF} 5"]),
        ("blocked", []),
        ("ready", []),
    ],
)
def test_a_list_of_one_status_holds_these_lessons_and_no_others(
    status: str, lines: list[str], homes: Homes
) -> None:
    program = homes("short")
    for line in lines:
        do(program, line)
    every = statuses(program)
    some = statuses(program, "--status", status)

    assert some
    assert some == {key: each for key, each in every.items() if each == status}


def test_before_a_start_the_list_is_the_whole_curriculum(homes: Homes) -> None:
    program = homes("empty")
    tracks = ("short", "long", "guide")
    listed = set(statuses(program))

    assert ask(program, "list")["track"] is None
    for track in tracks:
        assert set(statuses(program, "--track", track)) <= listed


def test_tracks_marks_the_active_ones_and_counts_what_is_done(homes: Homes) -> None:
    tracks = {each["id"]: each for each in ask(homes("begun"), "tracks")["tracks"]}

    assert [key for key, each in tracks.items() if each["active"]] == ["short"]
    assert tracks["short"]["done_lessons"] == 2


def test_ids_are_searched_in_the_active_tracks_first(homes: Homes) -> None:
    """`transformer` begins many ids elsewhere, but one title of `short` has it."""
    shown = ask(homes("short"), "show bigram")

    assert shown["id"] == "lets-build-gpt/bigram-baseline"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ill/self", SELF),
        ("illustrated-transformer/self", SELF),
        ("self-attention-detail", SELF),
        ("Illustrated-Transformer", TRANSFORMER),
        ("llmpath:illustrated-transformer", TRANSFORMER),
        (" lets-build-gpt ", GPT),
        ("scaling nanogpt", f"{GPT}/scaling-up"),
        ("supervised-learning", "supervised-learning"),
    ],
)
def test_an_id_can_be_abbreviated_or_said_in_words(
    text: str, found: str, homes: Homes
) -> None:
    assert homes("short")("show", text, "--json").json()["id"] == found


def test_a_met_prerequisite_is_shown_as_met(homes: Homes) -> None:
    def is_met(state: str) -> bool:
        needed = ask(homes(state), f"show {GPT}")["prerequisites"]
        return bool({each["id"]: each["met"] for each in needed}[TRANSFORMER])

    assert not is_met("short")
    assert is_met("begun")
    assert is_met("skipped")


def test_every_word_of_a_search_must_be_found(homes: Homes) -> None:
    program = homes("short")
    both = {each["id"] for each in ask(program, "search bigram loss")["matches"]}
    one = {each["id"] for each in ask(program, "search bigram")["matches"]}

    assert f"{GPT}/bigram-baseline" in both
    assert both < one or both == one
