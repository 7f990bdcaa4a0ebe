"""Lessons that stand in several curricula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import pytest

from llmpath.core.carrying import carry_and_share
from llmpath.core.curriculum import Change, Curriculum
from llmpath.core.events import (
    Event,
    LessonsCompleted,
    LessonsLinked,
    LessonsReopened,
    Record,
)
from llmpath.core.folding import fold
from llmpath.core.linking import same_lessons, share_linked
from llmpath.core.progress import Completion, Progress
from llmpath.storage.curricula import parse_curriculum
from tests.builders import a_record
from tests.core.ledgers import a_change, a_pool, full, pools, wild_ledgers
from tests.storage.test_curriculum_copies import LESSON, MODULE, a_text
from tests.strategies import Step, histories, law

DAY = date(2026, 11, 20)


def a_curriculum(name: str, urls: Sequence[str | None]) -> Curriculum:
    lessons = [
        LESSON | {"id": f"l{number}", "url": url, "stop": stop or None}
        for number, text in enumerate(urls)
        for url, _, stop in ((None, "", "") if text is None else text.partition("@"),)
    ]
    return parse_curriculum(a_text(name, modules=[MODULE | {"lessons": lessons}]))


def pairs(new: Sequence[str | None], other: Sequence[str | None]) -> list[str]:
    found = same_lessons(a_curriculum("own", new), a_curriculum("old", other))
    return [f"{one.id[-2:]} {another.id[-2:]}" for one, another in found]


VIDEO = "https://youtu.be/a"


@pytest.mark.parametrize(
    ("new", "other", "expected"),
    [
        (["https://a/1"], ["https://a/1"], ["l0 l0"]),
        (["https://a/1"], ["http://a/1/"], ["l0 l0"]),
        (["https://a/1", "https://a/2"], ["https://a/2"], ["l1 l0"]),
        (["https://a/1", "https://a/1"], ["https://a/1"], []),
        (["https://a/1"], ["https://a/1", "https://a/1"], []),
        ([None], [None], []),
        (["https://a/1#x"], ["https://a/1#y"], []),
    ],
)
def test_lessons_are_the_same_if_a_link_tells_of_one_alone_in_each(
    new: list[str | None], other: list[str | None], expected: list[str]
) -> None:
    assert pairs(new, other) == expected


@pytest.mark.parametrize(
    ("new", "other", "expected"),
    [
        (["https://a/1"], ["https://a/1@Heads"], []),
        (["https://a/1@Heads"], ["https://a/1@Heads"], ["l0 l0"]),
        (["https://a/1@Heads"], ["https://a/1@Scores"], []),
        (["https://a/1"], ["https://a/1#x"], []),
        (["https://a/1#x"], ["https://a/1#x"], ["l0 l0"]),
        # the first of two parts is not the whole, though it has the whole's link
        (["https://a/1"], ["https://a/1", "https://a/1#x"], []),
        ([VIDEO], [VIDEO, f"{VIDEO}?t=90"], []),
        ([f"{VIDEO}?t=90"], [f"{VIDEO}?t=90", f"{VIDEO}?t=180"], []),
        # from Heads on, not from the beginning
        (["https://a/1@Scores"], ["https://a/1@Heads", "https://a/1@Scores"], []),
        ([VIDEO, f"{VIDEO}?t=90"], [f"{VIDEO}?t=90", VIDEO], ["l0 l1", "l1 l0"]),
    ],
)
def test_a_part_of_a_page_is_the_same_only_where_the_page_is_divided_alike(
    new: list[str | None], other: list[str | None], expected: list[str]
) -> None:
    assert pairs(new, other) == expected


def test_a_curriculum_has_nothing_in_common_with_itself() -> None:
    curriculum = a_curriculum("own", ["https://a/1"])
    assert same_lessons(curriculum, curriculum) == []


def progress_of(*steps: Sequence[Event]) -> Progress:
    return share_linked(fold(records_of(steps)))


def records_of(steps: Iterable[Sequence[Event]]) -> list[Record]:
    return [
        a_record(*events, n=number)._replace(id=f"r{number}")
        for number, events in enumerate(steps, start=1)
    ]


LINKED = (LessonsLinked(("a:m/1", "b:m/1")), LessonsLinked(("b:m/1", "c:m/1")))


def test_a_linked_lesson_is_done_everywhere_and_counts_its_minutes_once() -> None:
    progress = progress_of(LINKED, [LessonsCompleted({"a:m/1": 30}, "1")])

    assert progress.completions == {
        "a:m/1": Completion(progress.completions["a:m/1"].day, 30, ("r2",)),
        "b:m/1": Completion(progress.completions["a:m/1"].day, 0, ("r2",)),
        "c:m/1": Completion(progress.completions["a:m/1"].day, 0, ("r2",)),
    }
    assert sum(progress.studied.values()) == 30


def test_a_lesson_of_its_own_completion_keeps_it() -> None:
    progress = progress_of(
        LINKED,
        [LessonsCompleted({"a:m/1": 30}, "1")],
        [LessonsCompleted({"b:m/1": 45}, "1")],
    )

    assert progress.completions["b:m/1"].minutes == 45
    assert progress.completions["c:m/1"].records == ("r2", "r3")


def test_a_linked_lesson_that_was_reopened_is_open_there_alone() -> None:
    progress = progress_of(
        LINKED,
        [LessonsCompleted({"a:m/1": 30}, "1")],
        [LessonsReopened({"b:m/1": ("r2",)})],
    )

    assert set(progress.completions) == {"a:m/1", "c:m/1"}


def test_without_links_nothing_changes() -> None:
    progress = fold([a_record(LessonsCompleted({"a:m/1": 30}, "1"))])

    assert share_linked(progress) == progress


OLD, OTHER, ONE, TWO = full(("a/one", "c/x", "b/one", "b/two"))
POOL = a_pool({"b/one": 20, "b/two": 20, "c/x": 30})
SPLIT = a_change("split", "a/one", "b/one b/two")
MERGED = a_change("merged", "a/one a/two", "b/one")


def done_after(change: Change, *done: str, reopened: str | None = None) -> set[str]:
    """What of the curriculum is done where `OLD` was linked with `OTHER` before."""
    steps: list[Sequence[Event]] = [[LessonsLinked((OLD, OTHER))]]
    steps += [[LessonsCompleted({each: 30}, "1")] for each in done]
    if reopened is not None:
        steps.append([LessonsReopened({reopened: ("r2",)})])
    curriculum = POOL._replace(changes=(change,))
    progress = carry_and_share(fold(records_of(steps)), curriculum)
    return progress.completions.keys() & POOL.lessons.keys()


@pytest.mark.parametrize(
    ("change", "done", "expected"),
    [
        (a_change("renamed", "a/one", "b/one"), [OTHER], {OTHER, ONE}),
        (a_change("renamed", "a/one", "b/one"), [OLD], {OTHER, ONE}),
        (a_change("renamed", "a/one", "b/one"), [ONE], {OTHER, ONE}),
        (SPLIT, [OTHER], {OTHER, ONE, TWO}),
        (SPLIT, [OLD], {OTHER, ONE, TWO}),
        (SPLIT, [ONE], {ONE}),
        (SPLIT, [ONE, TWO], {ONE, TWO, OTHER}),
        (MERGED, [OTHER], {OTHER}),
        (MERGED, [OLD], {OTHER}),
        (MERGED, [ONE], {ONE, OTHER}),
        (MERGED, [OTHER, "llmpath:a/two"], {ONE, OTHER}),
        (a_change("retired", "a/one"), [OLD], {OTHER}),
    ],
)
def test_lessons_stay_linked_as_far_as_they_are_the_same_study(
    change: Change, done: list[str], expected: set[str]
) -> None:
    assert done_after(change, *done) == expected


@pytest.mark.parametrize("reopened", [OLD, ONE])
def test_a_lesson_that_was_reopened_is_open_under_its_later_id(reopened: str) -> None:
    change = a_change("renamed", "a/one", "b/one")
    assert done_after(change, OTHER, reopened=reopened) == {OTHER}


def test_one_part_of_a_linked_lesson_is_reopened_alone() -> None:
    assert done_after(SPLIT, OTHER, reopened=TWO) == {OTHER, ONE}


@law(histories(), wild_ledgers, pools)
def test_what_is_done_by_a_link_is_done_by_a_record(
    history: tuple[Step, ...], changes: tuple[Change, ...], curriculum: Curriculum
) -> None:
    before = fold(step.record for step in history)
    after = carry_and_share(before, curriculum._replace(changes=changes))

    known = {each for it in before.completions.values() for each in it.records}
    for each in after.completions.values():
        assert each.records
        assert known.issuperset(each.records)
    assert sum(each.minutes for each in after.completions.values()) <= sum(
        each.minutes for each in before.completions.values()
    )
