"""Filling days: laws on random days and lessons, with a twin that counts minutes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

import pytest
from hypothesis import assume
from hypothesis import strategies as st

from llmpath.core.filling import (
    HORIZON_DAYS,
    NOTHING_CARRIED,
    Carried,
    Work,
    even_pieces,
    fill_days,
    part_of_day,
)
from llmpath.core.plan import Plan, Shortfall, StudyBlock
from llmpath.core.plan_settings import PlanSettings
from tests.strategies import (
    FREE_SPLITTING,
    MONDAY,
    law,
    minutes_of_day,
    minutes_of_lesson,
    plan_settings,
)


class Fill(NamedTuple):
    """Lessons to be laid on days whose minutes repeat."""

    lessons: tuple[int, ...]
    days: tuple[int, ...]
    settings: PlanSettings
    carried: Carried = NOTHING_CARRIED

    def room_on(self, day: date) -> int:
        return self.days[(day - MONDAY).days % len(self.days)]

    def plan(self) -> Plan:
        work = [Work(str(n), minutes) for n, minutes in enumerate(self.lessons)]
        return fill_days(work, MONDAY, self.room_on, self.settings, self.carried)


lessons = st.lists(minutes_of_lesson, min_size=1, max_size=6).map(tuple)
days = st.lists(minutes_of_day, min_size=1, max_size=28).filter(any).map(tuple)
nothing = st.just(NOTHING_CARRIED)
fills = st.builds(Fill, lessons, days, plan_settings, nothing)
free_fills = st.builds(Fill, lessons, days, st.just(FREE_SPLITTING), nothing)


def day_parts(plan: Plan) -> dict[tuple[date, str], int]:
    parts: dict[tuple[date, str], int] = {}
    for block in plan.blocks:
        key = (block.day, block.lesson)
        parts[key] = parts.get(key, 0) + block.minutes
    return parts


def on(n: int) -> date:
    return MONDAY + timedelta(days=n)


def end(plan: Plan) -> date:
    return date.max if plan.finish is None else plan.finish


def minute_by_minute(fill: Fill) -> dict[tuple[date, str], int]:
    """The twin of free splitting: one minute of a day after the other."""
    queue = [str(n) for n, minutes in enumerate(fill.lessons) for _ in range(minutes)]
    parts: dict[tuple[date, str], int] = {}
    day = MONDAY
    while queue:
        for _ in range(fill.room_on(day)):
            if queue:
                key = (day, queue.pop(0))
                parts[key] = parts.get(key, 0) + 1
        day += timedelta(days=1)
    return parts


@law(free_fills)
def test_free_splitting_uses_every_minute_in_order(fill: Fill) -> None:
    assert day_parts(fill.plan()) == minute_by_minute(fill)


@law(fills)
def test_every_lesson_is_placed_whole_and_in_order(fill: Fill) -> None:
    plan = fill.plan()

    assert plan.shortfall is None
    totals = {str(n): 0 for n in range(len(fill.lessons))}
    for block in plan.blocks:
        totals[block.lesson] += block.minutes
    assert tuple(totals.values()) == fill.lessons
    places = [(block.day, int(block.lesson), block.part) for block in plan.blocks]
    assert places == sorted(places)


@law(fills, st.integers(0, 60), st.integers(0, 27), st.integers(1, 120))
def test_more_room_never_ends_later(
    fill: Fill, tolerance: int, pick: int, more: int
) -> None:
    fill = fill._replace(settings=fill.settings._replace(tolerance=tolerance))
    n = pick % len(fill.days)
    richer = (*fill.days[:n], fill.days[n] + more, *fill.days[n + 1 :])

    assert end(fill._replace(days=richer).plan()) <= end(fill.plan())


@law(fills, st.integers(0, 5))
def test_one_lesson_fewer_never_ends_later(fill: Fill, pick: int) -> None:
    n = pick % len(fill.lessons)
    assume(len(fill.lessons) > 1)
    fewer = fill.lessons[:n] + fill.lessons[n + 1 :]

    assert end(fill._replace(lessons=fewer).plan()) <= end(fill.plan())


@law(fills, st.integers(0, 60))
def test_overruns_stay_within_the_tolerance_and_are_repaid(
    fill: Fill, debt: int
) -> None:
    carried = Carried(debt=min(debt, fill.settings.tolerance))
    by_day: dict[date, int] = {}
    for (day, _), minutes in day_parts(fill._replace(carried=carried).plan()).items():
        by_day[day] = by_day.get(day, 0) + minutes

    owed = carried.debt
    day = MONDAY
    for _ in range((max(by_day) - MONDAY).days + 1):
        declared = fill.room_on(day)
        over = owed + by_day.get(day, 0) - declared
        assert over <= fill.settings.tolerance
        owed = max(0, over)
        day += timedelta(days=1)


@law(fills)
def test_a_day_that_was_begun_gets_no_part_below_the_shortest(fill: Fill) -> None:
    plan = fill._replace(carried=Carried(begun=MONDAY)).plan()

    for (day, lesson), minutes in day_parts(plan).items():
        shortest = min(fill.settings.block_min, fill.lessons[int(lesson)])
        assert day != MONDAY or minutes >= shortest


@law(fills, st.lists(st.integers(-3, 40), min_size=6, max_size=6))
def test_nothing_begins_before_its_deferral_and_others_keep_their_order(
    fill: Fill, ahead: list[int]
) -> None:
    until = [on(n) if n > 0 else date.min for n in ahead]
    work = [
        Work(str(n), minutes, deferred_until=until[n])
        for n, minutes in enumerate(fill.lessons)
    ]

    plan = fill_days(work, MONDAY, fill.room_on, fill.settings)

    begun = plan.first_days()
    assert set(begun) == {each.lesson for each in work}
    assert all(begun[each.lesson] >= each.deferred_until for each in work)
    free = [each.lesson for each in work if each.deferred_until == date.min]
    assert [each for each in begun if each in free] == free


@law(fills, st.lists(st.integers(0, 5), min_size=6, max_size=6))
def test_a_held_lesson_holds_all_after_it(fill: Fill, weeks: list[int]) -> None:
    held = [on(7 * week) for week in weeks]
    work = [
        Work(str(n), minutes, held_until=held[n])
        for n, minutes in enumerate(fill.lessons)
    ]

    begun = list(
        fill_days(work, MONDAY, fill.room_on, fill.settings).first_days().values()
    )

    assert begun == sorted(begun)
    assert all(day >= monday for day, monday in zip(begun, held, strict=False))


@pytest.mark.parametrize(
    ("left", "room", "expected"),
    [
        pytest.param(30, 0, 0, id="no room"),
        pytest.param(30, 30, 30, id="fits"),
        pytest.param(40, 30, 40, id="runs over by the tolerance"),
        pytest.param(41, 30, 26, id="both parts keep the shortest block"),
        pytest.param(90, 30, 30, id="the room, and the rest another day"),
        pytest.param(90, 14, 0, id="less than the shortest block is left as slack"),
        pytest.param(29, 18, 0, id="too short to be split"),
        pytest.param(30, 19, 15, id="just long enough to be split"),
    ],
)
def test_a_part_of_a_day_that_holds_something(
    left: int, room: int, expected: int
) -> None:
    assert part_of_day(left, room, PlanSettings(), untouched=False) == expected


@pytest.mark.parametrize(
    ("left", "room", "expected"),
    [
        pytest.param(29, 18, 18, id="too short to be split, and split all the same"),
        pytest.param(90, 5, 5, id="a day shorter than the shortest block"),
        pytest.param(41, 30, 26, id="both parts keep the shortest block"),
    ],
)
def test_a_part_of_an_untouched_day_is_never_nothing(
    left: int, room: int, expected: int
) -> None:
    assert part_of_day(left, room, PlanSettings(), untouched=True) == expected


def test_an_overrun_is_repaid_on_the_next_day_with_room() -> None:
    fill = Fill((65, 120, 60), (60, 0, 60, 60), PlanSettings())

    assert day_parts(fill.plan()) == {
        (on(0), "0"): 65,
        (on(2), "1"): 55,
        (on(3), "1"): 65,
        (on(4), "2"): 55 + 5,
    }


def test_a_deferred_lesson_goes_first_on_its_day() -> None:
    work = [Work("a", 60, deferred_until=on(2)), *(Work(each, 60) for each in "bcd")]

    plan = fill_days(work, MONDAY, lambda _: 60, PlanSettings())

    assert plan.first_days() == {"b": on(0), "c": on(1), "a": on(2), "d": on(3)}


def test_a_deferred_lesson_uses_the_days_before_a_held_week() -> None:
    work = [
        Work("a", 60, deferred_until=on(5)),
        Work("b", 60),
        Work("c", 60, held_until=on(7)),
    ]

    plan = fill_days(work, MONDAY, lambda _: 60, PlanSettings())

    assert plan.first_days() == {"b": on(0), "a": on(5), "c": on(7)}


def test_two_deferred_lessons_keep_their_order() -> None:
    work = [
        Work("a", 30, deferred_until=on(4)),
        Work("b", 30, deferred_until=on(1)),
        Work("c", 30, deferred_until=on(4)),
    ]

    plan = fill_days(work, MONDAY, lambda _: 60, PlanSettings())

    assert plan.first_days() == {"b": on(1), "a": on(4), "c": on(4)}


def test_studied_parts_are_counted_in_the_numbers() -> None:
    plan = fill_days([Work("a", 60, 2)], MONDAY, lambda _: 30, PlanSettings())

    assert plan.blocks == (
        StudyBlock(on(0), "a", 30, 3, 4),
        StudyBlock(on(1), "a", 30, 4, 4),
    )


def test_what_finds_no_room_within_ten_years_is_a_shortfall() -> None:
    work = [Work("a", 60), Work("b", 50), Work("c", 40)]

    def room_on(day: date) -> int:
        return 90 if day == MONDAY else 0

    plan = fill_days(work, MONDAY, room_on, PlanSettings())

    assert plan.shortfall == Shortfall(20 + 40, ("b", "c"))
    assert plan.finish is None
    assert plan.minutes == 90


def test_the_last_day_of_the_horizon_is_a_study_day() -> None:
    last = on(HORIZON_DAYS - 1)

    plan = fill_days(
        [Work("a", 5)], MONDAY, lambda day: 5 * (day == last), PlanSettings()
    )
    beyond = fill_days(
        [Work("a", 5, held_until=on(HORIZON_DAYS))], MONDAY, lambda _: 5, PlanSettings()
    )

    assert plan.finish == last
    assert beyond.shortfall == Shortfall(5, ("a",))


def test_nothing_to_do_is_an_empty_plan() -> None:
    plan = fill_days([], MONDAY, lambda _: 60, PlanSettings())

    assert plan == Plan(MONDAY, (), None)
    assert plan.finish is None
    assert plan.minutes == 0


@law(st.integers(1, 1000), st.integers(1, 240))
def test_pieces_are_few_and_even(minutes: int, longest: int) -> None:
    pieces = even_pieces(minutes, longest)

    assert sum(pieces) == minutes
    assert max(pieces) <= longest
    assert max(pieces) - min(pieces) <= 1
    assert (len(pieces) - 1) * longest < minutes


def test_a_plan_tells_the_blocks_of_a_day_and_the_first_day_of_each_lesson() -> None:
    plan = Fill((30, 50), (45,), PlanSettings(block_max=30)).plan()

    assert plan.on(on(0)) == (
        StudyBlock(on(0), "0", 30, 1, 1),
        StudyBlock(on(0), "1", 15, 1, 3),
    )
    assert plan.first_days() == {"0": on(0), "1": on(0)}
    assert (plan.minutes, plan.finish) == (80, on(1))
