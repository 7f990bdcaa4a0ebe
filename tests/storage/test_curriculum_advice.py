from __future__ import annotations

from typing import Any

import pytest

from llmpath.storage.curriculum_advice import find_advice
from llmpath.storage.curriculum_faults import path_text


def lesson(name: str, minutes: int = 60, **changed: object) -> dict[str, Any]:
    return {
        "id": name,
        "url": f"https://example.org/{name}",
        "stop": None,
        "minutes": minutes,
        "optional": False,
        "access": "free",
        **changed,
    }


def module(name: str, *lessons: dict[str, Any], **changed: object) -> dict[str, Any]:
    return {
        "id": name,
        "price": None,
        "prerequisites": [],
        "study_minutes": None,
        "lessons": list(lessons) or [lesson(f"{name}-one")],
        **changed,
    }


def needing(name: str, needed: str) -> dict[str, Any]:
    return module(name, prerequisites=[{"module": needed, "reason": "used here"}])


def track(*listed: str, hours: list[int | None] | None = None) -> dict[str, Any]:
    """A track of modules, each in a phase of its own; a ? makes one optional."""
    phases = [
        {"modules": [{"module": each.strip("?"), "optional": "?" in each}]}
        for each in listed
    ]
    return {"id": "road", "stated_hours": hours, "phases": phases}


def told(*modules: dict[str, Any], on: dict[str, Any] | None = None) -> list[str]:
    road = on or track(*(each["id"] for each in modules))
    found = find_advice({"tracks": [road], "modules": list(modules)})
    return [f"{path_text(each.place)}: {each.reason}" for each in found]


def test_of_what_is_as_it_should_be_nothing_is_said() -> None:
    first = module("a", study_minutes=60)
    assert told(first, needing("b", "a"), on=track("a", "b", hours=[2, 3])) == []


@pytest.mark.parametrize(
    ("hours", "minutes", "said"),
    [
        ([2, 3], 107, "2 to 3 hours; its required lessons take 1.8"),
        ([2, 3], 108, None),
        ([2, 3], 198, None),
        ([2, 3], 199, "2 to 3 hours; its required lessons take 3.3"),
        ([2, None], 10_000, None),
        ([2, None], 60, "2 or more hours; its required lessons take 1.0"),
        (None, 60, None),
    ],
)
def test_stated_hours_may_differ_from_the_required_lessons_by_a_tenth(
    hours: list[int | None] | None, minutes: int, said: str | None
) -> None:
    required = module("a", lesson("x", minutes), lesson("y", 900, optional=True))
    road = track("a", "b?", hours=hours)
    found = told(required, module("b", lesson("z", 900)), on=road)
    sums = [each for each in found if "over 3 hours" not in each]
    assert sums == ([f"tracks[0].stated_hours: {said}"] if said else [])


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        (90, "90 minutes; its lessons take 100 to 150"),
        (91, None),
        (150, None),
        (166, None),
        (167, "167 minutes; its lessons take 100 to 150"),
    ],
)
def test_study_time_lies_between_required_and_all_lessons(
    stated: int, said: str | None
) -> None:
    lessons = lesson("x", 100), lesson("y", 50, optional=True)
    found = told(module("a", *lessons, study_minutes=stated))
    assert found == ([f"modules[0].study_minutes: {said}"] if said else [])


def test_the_range_of_a_module_without_optional_lessons_is_one_number() -> None:
    assert told(module("a", study_minutes=600)) == [
        "modules[0].study_minutes: 600 minutes; its lessons take 60"
    ]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"url": None}, "without a link"),
        ({"minutes": 181}, "over 3 hours"),
        ({"access": "paid"}, "to be paid, and the module has no price"),
        ({"url": "http://example.org"}, "a link with http://"),
    ],
)
def test_what_lessons_have_in_common_is_said_once_a_module(
    changed: dict[str, Any], reason: str
) -> None:
    odd = [
        lesson(f"x{each}", **{"url": f"https://a.example/{each}", **changed})
        for each in range(7)
    ]
    if "http:" in reason:
        odd = [{**each, "url": f"{each['url']}/{each['id']}"} for each in odd]
    assert told(module("a", lesson("fine"), *odd)) == [
        f"modules[0].lessons: {reason}: x0, x1, x2, x3, x4 and 2 more"
    ]


def test_three_hours_are_not_long_and_a_price_explains_paid_lessons() -> None:
    paid = lesson("x", 180, access="paid")
    assert told(module("a", paid, price={"amount": "5 USD"})) == []


PAGE = "https://example.org/page"


@pytest.mark.parametrize(
    "other",
    [
        PAGE,
        "https://EXAMPLE.org/page",
        "https://example.org/page/",
        "http://example.org/page",
        "https://example.org/page?",
        "https://example.org/page#",
    ],
)
def test_the_same_place_written_otherwise_is_the_same_link(other: str) -> None:
    assert any(
        "the same link as another lesson here: x, y" in each
        for each in told(module("a", lesson("x", url=PAGE), lesson("y", url=other)))
    )


@pytest.mark.parametrize(
    ("url", "stop"),
    [
        (f"{PAGE}#part-2", None),
        (f"{PAGE}?t=90", None),
        (f"{PAGE}?v=2&t=90s", None),
        (f"{PAGE}s", None),
        ("https://example.org/Page", None),
        ("https://example.org:8443/page", None),
        (PAGE, "1:02:00"),
    ],
)
def test_a_time_mark_a_heading_and_where_to_stop_make_another_place(
    url: str, stop: str | None
) -> None:
    two = lesson("x", url=PAGE), lesson("y", url=url, stop=stop)
    assert told(module("a", *two)) == []
    assert told(module("a", two[0]), module("b", two[1])) == []


def test_a_link_that_several_modules_have_is_said_at_the_second_one() -> None:
    def here(name: str) -> dict[str, Any]:
        return lesson(name, url=PAGE)

    assert told(module("a", here("x")), module("b", lesson("y"), here("z"))) == [
        "modules[1].lessons[1].url: the same link as that of a/x"
    ]
    modules = [module(each, here(f"{each}x")) for each in "abc"]
    assert told(*modules) == [
        (
            "modules[1].lessons[0].url: the same link as that of a/ax; "
            "3 modules have it: a/ax, b/bx, c/cx"
        )
    ]


def test_lessons_without_a_link_share_none() -> None:
    none = module("a", lesson("x", url=None)), module("b", lesson("y", url=None))
    assert told(*none) == [
        "modules[0].lessons[0].url: without a link",
        "modules[1].lessons[0].url: without a link",
    ]


def test_a_module_in_no_track_is_told() -> None:
    assert told(module("a"), module("b"), on=track("a")) == [
        "modules[1]: this module stands in no track"
    ]


def test_a_module_before_what_it_needs_is_told() -> None:
    modules = module("a"), needing("b", "a")
    assert told(*modules, on=track("b", "a")) == [
        "tracks[0].phases[0].modules[0].module: b stands before a, which it needs"
    ]


def test_a_required_module_that_needs_an_optional_one_is_told() -> None:
    modules = module("a"), needing("b", "a")
    assert told(*modules, on=track("a?", "b")) == [
        "tracks[0].phases[1].modules[0].module: b needs a, which is optional here"
    ]
    assert told(*modules, on=track("a?", "b?")) == []


def test_what_a_track_leaves_out_may_be_known_from_elsewhere() -> None:
    modules = module("a"), needing("b", "a")
    assert told(*modules, on=track("b")) == [
        "modules[0]: this module stands in no track"
    ]
