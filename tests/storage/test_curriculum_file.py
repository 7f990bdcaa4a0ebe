from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.errors import Fault
from llmpath.storage.curricula import parse_curriculum
from llmpath.storage.curriculum_file import (
    check_curriculum,
    curriculum_schema,
    normalised,
)

ROOT = Path(__file__).resolve().parents[2]
Document = dict[str, Any]


def lesson(name: str, **changed: object) -> Document:
    return {
        "id": name,
        "title": "A lesson",
        "url": "https://example.org/lesson?t=90s",
        "stop": None,
        "minutes": 30,
        "machine_minutes": None,
        "kind": "video",
        "optional": False,
        "access": "free",
        "needs": [],
        "basis": "published",
        "source": "the page itself",
        "topics": ["T1"],
        **changed,
    }


def module(name: str, *needed: str, **changed: object) -> Document:
    return {
        "id": name,
        "title": "A module",
        "authors": ["Ada"],
        "provider": "Example",
        "url": "https://example.org/module",
        "format": "videos",
        "year": 2024,
        "price": {
            "amount": "49 USD a month",
            "what_for": "graded work",
            "basis": "recalled",
            "checked": "2026-11-01",
        },
        "prerequisites": [{"module": each, "reason": "used here"} for each in needed],
        "assumes": ["Python"],
        "outcomes": ["Explain it"],
        "tags": ["basics"],
        "added": False,
        "note": None,
        "alternatives": [
            {"title": "A book", "url": "https://example.org/b", "audience": "readers"}
        ],
        "study_minutes": 600,
        "lessons": [lesson("one"), lesson("two", kind="lab", needs=["laptop"])],
        **changed,
    }


def curriculum(*modules: Document) -> Document:
    return {
        "format": 1,
        "id": "mine",
        "title": "My curriculum",
        "edition": "2026.11",
        "tracks": [
            {
                "id": "road",
                "title": "The road",
                "summary": "All of it",
                "audience": "everyone",
                "stated_hours": [2, None],
                "source": "a page",
                "phases": [
                    {
                        "id": "first",
                        "title": "First",
                        "goal": "Know it",
                        "modules": [
                            {"module": each["id"], "optional": False}
                            for each in modules
                        ],
                    }
                ],
            }
        ],
        "modules": list(modules),
        "changes": [
            {
                "edition": "2026.11",
                "kind": "renamed",
                "from": ["old/one"],
                "to": ["a/one"],
                "reason": "clearer",
            }
        ],
    }


def check(document: object) -> tuple[Fault, ...]:
    return check_curriculum(json.dumps(document), "my.json").faults


def told(document: object) -> list[tuple[str, str]]:
    return [(fault.path, fault.reason) for fault in check(document)]


def valid() -> Document:
    return curriculum(module("a"), module("b", "a"))


def at(document: Document, path: str) -> tuple[Any, str | int]:
    """The container of a place such as `modules.0.title`, and its last step."""
    steps: list[str | int] = [
        int(step) if step.isdigit() else step for step in path.split(".")
    ]
    container: Any = document
    for step in steps[:-1]:
        container = container[step]
    return container, steps[-1]


def changed(path: str, value: object) -> Document:
    document = valid()
    container, step = at(document, path)
    container[step] = value
    return document


def test_a_valid_file_is_stored_as_it_is() -> None:
    text = normalised(valid())
    checked = check_curriculum(text, "my.json")
    assert (checked.text, checked.faults) == (text, ())


def test_what_was_stored_is_stored_the_same_again() -> None:
    source = json.dumps(changed("modules.0.note", "a\tb \u202ee\u0301\x1b[2J"))
    text = check_curriculum("\ufeff" + source, "my.json").text
    assert text is not None
    assert json.loads(text)["modules"][0]["note"] == "a b é\ufffd[2J"
    assert check_curriculum(text.encode(), "my.json").text == text


@pytest.mark.parametrize("path", ["modules.0", "modules.0.lessons.0"])
@pytest.mark.parametrize("url", [None, "http://example.org/a", "https://example.org"])
def test_a_link_may_be_missing_or_not_encrypted(path: str, url: str | None) -> None:
    document = changed(f"{path}.url", url)
    checked = check_curriculum(json.dumps(document), "my.json")
    assert (checked.text, checked.faults) == (normalised(document), ())


def test_links_are_stored_in_ascii() -> None:
    document = changed("modules.0.url", "https://bücher.example/é")
    text = check_curriculum(json.dumps(document), "my.json").text or ""
    assert json.loads(text)["modules"][0]["url"] == (
        "https://xn--bcher-kva.example/%C3%A9"
    )


def test_the_stored_text_can_be_read() -> None:
    text = check_curriculum(json.dumps(valid()), "my.json").text
    assert text is not None
    assert list(parse_curriculum(text).modules) == ["mine:a", "mine:b"]


def test_a_fault_names_file_place_id_and_remedy() -> None:
    assert check(changed("modules.1.lessons.1.minutes", 0)) == (
        Fault(
            file="my.json",
            path="modules[1].lessons[1].minutes",
            line=None,
            reason="b/two: less than 1",
            remedy="write 1 or more",
        ),
    )


@pytest.mark.parametrize(
    ("path", "value", "reason"),
    [
        ("format", 2, "more than 1"),
        ("format", True, "not a whole number"),
        ("id", "Mine", "not an id"),
        ("id", "../x", "not an id"),
        ("id", "a\n", "not an id"),
        ("edition", "", "not an edition"),
        ("tracks", [], "empty"),
        ("tracks", {}, "not a list"),
        ("tracks.0", [], "not an object"),
        ("tracks.0.stated_hours", "2-3", "road: not a pair"),
        ("tracks.0.stated_hours", [2.5, None], "road: not a whole number"),
        ("tracks.0.stated_hours", [3, 2], "road: at most 2 hours, and at least 3"),
        ("modules.0.title", " \t", "a: nothing to read is in it"),
        ("modules.0.title", "x" * 301, "a: more than 300 characters"),
        ("modules.0.note", "x" * 4001, "a: more than 4000 characters"),
        ("modules.0.year", 0, "a: less than 1900"),
        ("modules.0.price.checked", "1 May", "a: not a date"),
        ("modules.0.lessons.0.minutes", 10_081, "a/one: more than 10080"),
        ("modules.0.lessons.0.minutes", 30.0, "a/one: not a whole number"),
        ("modules.0.lessons.0.minutes", True, "a/one: not a whole number"),
        ("modules.0.lessons.0.minutes", "30", "a/one: not a whole number"),
        ("modules.0.lessons.0.minutes", None, "a/one: not a whole number"),
        ("modules.0.lessons.0.minutes", 1e999, "a/one: not a finite number"),
        ("modules.0.lessons.0.optional", 0, "a/one: neither true nor false"),
        ("modules.0.lessons.0.title", 7, "a/one: not text"),
        ("modules.0.lessons.0.title", "\ud800", "a/one: half of a surrogate pair"),
        ("modules.0.lessons.0.kind", "film", "a/one: not one of the values known"),
        ("modules.0.lessons.0.url", "ftp://a.example", "a/one: not a web address"),
        ("modules.0.lessons.0.url", "javascript:alert(1)", "a/one: not a web address"),
        ("modules.0.lessons.0.url", "", "a/one: not a web address"),
        ("modules.0.alternatives.0.url", None, "a: not text"),
        ("modules.0.lessons.0.url", "https://u:p@example.org", "a/one: not a web addr"),
        ("modules.0.lessons.0.url", "https://a b", "a/one: not a web address that can"),
        ("modules.0.lessons.0.url", "https://" + "x" * 2048, "a/one: more than 2048"),
        ("modules.0.lessons.0.needs", ["tpu"], "a/one: not one of the values"),
        ("modules.0.lessons.1.needs", [], "a/two: this lab does not say what it runs"),
        ("modules.0.lessons.1.id", "one", "a/one: the id is already that of modules"),
        ("modules.0.lessons.0.extra", 1, "a/one: the format has no such key"),
        ("modules.1.id", "road", "road: the id is already that of tracks[0]"),
        ("tracks.0.phases.0.modules.0.module", "c", "road/first: no module has the id"),
        ("tracks.0.phases.0.modules.1.module", "a", "road/first: a stands twice in"),
        ("modules.1.prerequisites.0.module", "c", "b: no module has the id c"),
        ("changes.0.from", [], "empty"),
        ("changes.0.to", ["a/b/c"], "not an id"),
    ],
)
def test_a_wrong_value_is_a_fault_at_its_place(
    path: str, value: object, reason: str
) -> None:
    there = [
        why
        for each, why in told(changed(path, value))
        if as_steps(each).startswith(path)
    ]
    assert any(why.startswith(reason) for why in there)


def as_steps(path: str) -> str:
    return path.replace("[", ".").replace("]", "")


def keys_of(document: object, path: str = "") -> list[str]:
    """Every key of a document, as a path."""
    if isinstance(document, dict):
        inner = [
            each for key in document for each in keys_of(document[key], f"{path}.{key}")
        ]
        return [*(f"{path}.{key}" for key in document), *inner]
    if isinstance(document, list):
        return [
            each
            for position, part in enumerate(document)
            for each in keys_of(part, f"{path}.{position}")
        ]
    return []


DEFAULTS: Document = {
    "machine_minutes": None,
    "stated_hours": None,
    "study_minutes": None,
    "prerequisites": [],
    "alternatives": [],
    "optional": False,
    "outcomes": [],
    "authors": [],
    "assumes": [],
    "changes": [],
    "checked": None,
    "topics": [],
    "added": False,
    "needs": [],
    "price": None,
    "note": None,
    "stop": None,
    "tags": [],
    "year": None,
    "to": [],
}
"""What a key that is left out means; `url` as well, but not of an alternative."""


def default_of(path: str) -> list[object]:
    """The default of a key, if it has one."""
    key = path.rpartition(".")[2]
    if key == "url":
        return [] if "alternatives" in path else [None]
    return [DEFAULTS[key]] if key in DEFAULTS else []


@pytest.mark.parametrize("path", [each[1:] for each in keys_of(valid())])
def test_a_key_is_missing_only_where_it_must_say_something(path: str) -> None:
    document = valid()
    container, step = at(document, path)
    del container[step]
    missing = [
        fault.path for fault in check(document) if "key is missing" in fault.reason
    ]
    assert [as_steps(each) for each in missing] == ([] if default_of(path) else [path])


@pytest.mark.parametrize(
    "path",
    [
        each[1:]
        for each in keys_of(valid())
        if default_of(each[1:]) and each != ".changes.0.to"
    ],
)
def test_a_key_that_was_left_out_is_stored_with_its_default(path: str) -> None:
    document = valid()
    container, step = at(document, path)
    container[step] = default_of(path)[0]
    written = check_curriculum(json.dumps(document), "my.json")
    del container[step]
    assert check_curriculum(json.dumps(document), "my.json") == written
    if "lessons.1.needs" not in path:  # a lab must say
        assert json.loads(written.text or "") == changed(path, default_of(path)[0])


def test_the_name_of_the_schema_is_for_editors_and_not_stored() -> None:
    document = {"$schema": "curriculum.schema.json", **valid()}
    assert check_curriculum(json.dumps(document), "my.json").text == normalised(valid())


def test_hours_without_an_upper_end_stand_alone_or_before_null() -> None:
    alone = changed("tracks.0.stated_hours", [2])
    assert check_curriculum(json.dumps(alone), "my.json").text == normalised(valid())


def test_all_faults_are_told_at_once() -> None:
    document = valid()
    document["modules"][0]["lessons"][0]["minutes"] = -1
    document["modules"][0]["title"] = ""
    document["modules"][1]["prerequisites"][0]["module"] = "c"
    del document["edition"]
    paths = [path for path, _ in told(document)]
    assert paths == [
        "edition",
        "modules[0].title",
        "modules[0].lessons[0].minutes",
        "modules[1].prerequisites[0].module",
    ]


def test_faults_between_entries_are_told_with_the_others() -> None:
    modules = [module("a", "c"), module("b", "a"), module("c", "b", title="")]
    assert told(curriculum(*modules)) == [
        ("modules[2].title", "c: nothing to read is in it"),
        ("modules[0].prerequisites", "a: each needs the next: a > c > b > a"),
    ]


def test_a_text_that_is_stored_cleaned_is_advice() -> None:
    document = valid()
    document["modules"][0]["title"] = "Trees\x1b[2J"
    checked = check_curriculum(json.dumps(document), "my.json")
    assert (checked.text is not None, checked.faults) == (True, ())
    assert "modules[0].title" in [each.path for each in checked.advice]


def test_modules_of_no_track_and_their_lessons_are_allowed() -> None:
    document = valid()
    document["modules"].append(module("c"))
    assert check(document) == ()


@pytest.mark.parametrize("source", ["null", "[]", "3", b'"x"'])
def test_a_file_must_hold_an_object(source: str | bytes) -> None:
    faults = check_curriculum(source, "my.json").faults
    assert [fault.reason for fault in faults] == ["not an object"]


def test_too_many_faults_to_list_are_counted() -> None:
    document = valid()
    document["modules"] = [{"lessons": [{}] * 16_000}]
    ((path, reason),) = [each for each in told(document) if not each[0]]
    assert (path, reason) == ("", "112004 values are wrong or missing")


def test_a_syntax_error_has_its_line() -> None:
    (fault,) = check_curriculum('{\n "format": 1,\n}', "my.json").faults
    assert (fault.path, fault.line, fault.column) == ("", 3, 1)


def test_a_repeated_key_is_told_with_the_other_faults() -> None:
    source = json.dumps(valid()).replace('"format"', '"format": 1, "format"', 1)
    source = source.replace('"minutes": 30', '"minutes": NaN', 1)
    faults = check_curriculum(source, "my.json").faults
    assert [(fault.path, fault.reason) for fault in faults] == [
        ("format", "the key stands twice"),
        ("modules[0].lessons[0].minutes", "a/one: not a finite number"),
    ]


def test_text_of_the_file_cannot_reach_the_terminal_raw() -> None:
    document = valid()
    document["modules"][0]["id"] = "\x1b]52;c;eA==\x07"
    document["modules"][0]["\x1b[2J\ud800"] = 1
    document["modules"][1]["prerequisites"][0]["module"] = "\u202e\ud800\n"
    for fault in check(document):
        assert f"{fault.path}{fault.reason}{fault.remedy}".isprintable()


def test_after_a_thousand_faults_the_rest_is_counted() -> None:
    document = valid()
    document["modules"][0]["lessons"] = [7] * 1500
    document["changes"] = []
    faults = check(document)
    assert len(faults) == 1001
    assert faults[-1] == Fault(
        "my.json", "", None, "500 more faults", "correct these first"
    )


JSON = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=5), inner)
    ),
    max_leaves=8,
)


@given(st.sampled_from([each[1:] for each in keys_of(valid())]), JSON)
def test_any_value_anywhere_is_passed_or_told(path: str, value: object) -> None:
    checked = check_curriculum(json.dumps(changed(path, value)), "my.json")
    assert (checked.text is None) == bool(checked.faults)
    if checked.text is not None:
        parse_curriculum(checked.text)


@given(st.one_of(st.binary(max_size=80), st.text(max_size=80)))
def test_any_bytes_are_passed_or_told(source: bytes | str) -> None:
    assert check_curriculum(source, "my.json").faults


def test_the_committed_schema_is_current() -> None:
    committed = (ROOT / "data" / "curriculum.schema.json").read_text(encoding="utf-8")
    assert committed == normalised(curriculum_schema())


def test_the_schema_asks_for_the_keys_without_default_and_no_other() -> None:
    schema = curriculum_schema()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    for entry in [schema, *schema["$defs"].values()]:
        keys = entry["properties"]
        assert entry["required"] == [
            each for each in keys if "default" not in keys[each]
        ]
        assert entry["additionalProperties"] is False
