from __future__ import annotations

import copy
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.core.curriculum import LESSON_LIMIT
from llmpath.errors import Fault
from llmpath.storage.curriculum_document import Finding, Place
from llmpath.storage.curriculum_faults import (
    find_contradictions,
    make_fault,
    path_text,
)


def modules(**needed: str) -> dict[str, Any]:
    """A document of modules, each with the names of those that it needs."""
    return {
        "modules": [
            {"id": name, "prerequisites": [{"module": each} for each in names.split()]}
            for name, names in needed.items()
        ]
    }


def told(document: object) -> list[tuple[str, str]]:
    found = find_contradictions(document)
    return [(path_text(each.place), each.reason) for each in found]


def test_a_cycle_is_shown_in_full() -> None:
    assert told(modules(a="c", b="a", c="b", d="a")) == [
        ("modules[0].prerequisites", "each needs the next: a > c > b > a")
    ]


def test_a_module_that_needs_itself_is_a_cycle() -> None:
    assert told(modules(a="a")) == [
        ("modules[0].prerequisites", "each needs the next: a > a")
    ]


def test_separate_cycles_are_told_together() -> None:
    assert told(modules(a="b", b="a", c="d", d="c")) == [
        ("modules[0].prerequisites", "each needs the next: a > b > a"),
        ("modules[2].prerequisites", "each needs the next: c > d > c"),
    ]


def test_cycles_with_a_common_module_are_all_told() -> None:
    assert told(modules(a="a b", b="a c", c="b", d="a")) == [
        ("modules[0].prerequisites", "each needs the next: a > a"),
        ("modules[0].prerequisites", "each needs the next: a > b > a"),
        ("modules[1].prerequisites", "each needs the next: b > c > b"),
    ]


def test_a_cycle_through_a_module_whose_id_stands_twice_is_told() -> None:
    document = {
        "modules": [*modules(a="b", b="a")["modules"], *modules(a="")["modules"]]
    }
    assert ("modules[0].prerequisites", "each needs the next: a > b > a") in told(
        document
    )


def test_of_very_many_cycles_twenty_are_told() -> None:
    names = [f"m{each}" for each in range(30)]
    assert len(told(modules(**dict.fromkeys(names, " ".join(names))))) == 20


def test_a_long_chain_needs_no_recursion() -> None:
    chain = {f"m{each}": f"m{each + 1}" for each in range(5000)}
    assert told(modules(**chain, m5000="")) == []
    assert len(told(modules(**chain, m5000="m0"))) == 1


@given(st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=12))
def test_what_lies_in_a_cycle_is_told_and_nothing_else(
    edges: set[tuple[int, int]],
) -> None:
    needed = {each: {far for near, far in edges if near == each} for each in range(6)}
    names = {f"m{each}": " ".join(f"m{far}" for far in needed[each]) for each in needed}
    reached = copy.deepcopy(needed)
    for _ in range(6):  # the reference twin: everything reachable
        for each in reached:
            reached[each] |= {more for far in reached[each] for more in reached[far]}
    shown: set[tuple[int, int]] = set()
    for _, reason in told(modules(**names)):
        cycle = reason.partition("next: ")[2].split(" > ")
        assert cycle[0] == cycle[-1]
        shown |= {(int(a[1:]), int(b[1:])) for a, b in pairwise(cycle)}
    assert shown == {(a, b) for a, b in edges if a in reached[b] or a == b}


def test_tracks_phases_and_modules_share_their_ids() -> None:
    document = {
        "tracks": [
            {"id": "a", "phases": [{"id": "b"}]},
            {"id": "c", "phases": [{"id": "a"}]},
        ],
        "modules": [{"id": "b"}, {"id": "d"}, {"id": "d"}],
    }
    assert told(document) == [
        ("tracks[1].phases[0].id", "the id is already that of tracks[0]"),
        ("modules[0].id", "the id is already that of tracks[0].phases[0]"),
        ("modules[2].id", "the id is already that of modules[1]"),
    ]


def test_two_modules_may_use_the_same_lesson_id() -> None:
    lessons = [{"id": "one"}, {"id": "two"}]
    document = {
        "modules": [
            {"id": "a", "lessons": lessons},
            {"id": "b", "lessons": [*lessons, {"id": "one"}]},
        ]
    }
    assert told(document) == [
        ("modules[1].lessons[2].id", "the id is already that of modules[1].lessons[0]")
    ]


def test_a_module_stands_once_in_a_track() -> None:
    phases = [{"modules": [{"module": "a"}]}, {"modules": [{"module": "a"}]}]
    document = {
        **modules(a="", b="a a"),
        "tracks": [{"phases": phases}, {"phases": phases[:1]}],
    }
    assert told(document) == [
        (
            "tracks[0].phases[1].modules[0].module",
            "a stands twice in this track",
        ),
        (
            "modules[1].prerequisites[1].module",
            "a stands twice in this list of prerequisites",
        ),
    ]


def test_the_limit_counts_the_lessons_of_all_modules() -> None:
    half = [{"id": f"x{each}"} for each in range(LESSON_LIMIT // 2)]
    document = {"modules": [{"id": "a", "lessons": half}, {"id": "b", "lessons": half}]}
    assert told(document) == []
    document["modules"].append({"id": "c", "lessons": [{"id": "one-more"}]})
    assert told(document) == [("modules", "20001 lessons; the limit is 20000")]


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        "x",
        {},
        {"tracks": 1, "modules": None},
        {"tracks": [1, {"id": 2}], "modules": [[], {"id": [], "lessons": {}}]},
        {"tracks": [{"phases": [{"modules": [{"module": 3}]}]}]},
        {"modules": [{"prerequisites": [{"module": {}}], "lessons": [{"kind": []}]}]},
        {"changes": [1, {"from": 2, "kind": [], "to": [3]}, {"to": [[]]}]},
        {"tracks": [{"stated_hours": [1]}, {"stated_hours": ["2", "1"]}]},
    ],
)
def test_what_has_another_shape_is_left_to_the_models(document: object) -> None:
    assert told(document) == []


@pytest.mark.parametrize(
    ("place", "path", "reason"),
    [
        ((), "", "wrong"),
        (("title",), "title", "wrong"),
        (("modules", 0, "id"), "modules[0].id", "a: wrong"),
        (("modules", 0, "lessons", 0, "x"), "modules[0].lessons[0].x", "a/b: wrong"),
        (("modules", 9, "id"), "modules[9].id", "wrong"),
        (("\x1b[2J\n",), "\ufffd[2J ", "wrong"),
    ],
)
def test_a_fault_has_the_ids_on_the_way(place: Place, path: str, reason: str) -> None:
    document = {"modules": [{"id": "a", "lessons": [{"id": "b", "x": 1}]}]}
    fault = make_fault(document, Finding(place, "wrong", "mend it", 7, 2), "f.json")
    assert fault == Fault("f.json", path, 7, reason, "mend it", 2)


# Changes


def changes(*listed: tuple[str, str, str]) -> dict[str, Any]:
    """A document of one module `a` with a lesson `x`, and changes."""
    return {
        "tracks": [{"id": "road", "phases": [{"id": "first"}]}],
        "modules": [{"id": "a", "lessons": [{"id": "x"}]}],
        "changes": [
            {"kind": kind, "from": before.split(), "to": after.split()}
            for kind, before, after in listed
        ],
    }


@pytest.mark.parametrize(
    "listed",
    [
        [("renamed", "old", "a")],
        [("moved", "b/x", "a/x")],
        [("split", "b", "a road first")],
        [("merged", "b c b/x", "a")],
        [("retired", "b b/x", "")],
        [("retired", "b", "a")],
        [("retimed", "a/x", "a/x"), ("retimed", "a/x", "")],
        [("renamed", "b", "c"), ("renamed", "c", "a")],
        [("renamed", "b", "c"), ("retired", "c", "")],
        [("retimed", "b", "b"), ("renamed", "b", "a")],
    ],
)
def test_changes_that_lead_somewhere_are_in_order(
    listed: list[tuple[str, str, str]],
) -> None:
    assert told(changes(*listed)) == []


USED = "is in the curriculum, so its id is used again"


@pytest.mark.parametrize(
    ("listed", "path", "reason"),
    [
        ([("renamed", "a", "a")], "from[0]", f"a {USED}"),
        ([("retired", "b a/x", "")], "from[1]", f"a/x {USED}"),
        ([("moved", "first", "a")], "from[0]", f"first {USED}"),
        ([("merged", "b road", "a")], "from[1]", f"road {USED}"),
        ([("renamed", "b", "c")], "to[0]", "nothing has the id c"),
        ([("renamed", "b", "x")], "to[0]", "nothing has the id x"),
        ([("retimed", "b", "b")], "to[0]", "nothing has the id b"),
        ([("renamed", "b", "b")], "to[0]", "nothing has the id b"),
        ([("renamed", "b", "")], "to", "this change does not say what b became"),
        ([("retired", "b b", "")], "from[1]", "changes[0].from[0] took this id away"),
    ],
)
def test_changes_that_use_an_id_again_or_lead_nowhere_are_told(
    listed: list[tuple[str, str, str]], path: str, reason: str
) -> None:
    ((place, why),) = told(changes(*listed))
    assert (place, why[: len(reason)]) == (f"changes[0].{path}", reason)


def test_changes_in_a_ring_lead_nowhere() -> None:
    ring = changes(("renamed", "b", "c"), ("renamed", "c", "b"))
    assert told(ring) == [("changes[1].to[0]", "nothing has the id b")]


def test_an_id_goes_away_once() -> None:
    twice = changes(("retired", "b", ""), ("renamed", "b", "a"))
    assert told(twice) == [
        ("changes[0].from[0]", "changes[1].from[0] took this id away as well")
    ]
