"""The named tuples: as those of `typing`, field by field."""

from __future__ import annotations

import copy
import pickle
import typing
from typing import Any

import pytest

from llmpath.named_tuple import Named, NamedTuple


class Block(NamedTuple):
    """A value with fields, a default, a property and a method."""

    lesson: str
    minutes: int
    notes: tuple[str, ...] = ()

    @property
    def hours(self) -> float:
        return self.minutes / 60

    def twice(self) -> Block:
        return self._replace(minutes=2 * self.minutes)


class TypingBlock(typing.NamedTuple):
    """The same fields as `typing` makes them."""

    lesson: str
    minutes: int
    notes: tuple[str, ...] = ()


ANY: Any = Block


def test_it_is_our_own_class_and_no_compiled_text() -> None:
    assert Named in Block.__mro__


def test_made_from_a_row_it_is_the_same_value() -> None:
    row = ("a", 1, ("x",))

    assert Block._make(row) == Block(*row) == tuple(TypingBlock._make(row))
    assert type(Block._make(row)) is Block


@pytest.mark.parametrize(
    ("positional", "named"),
    [
        (("a", 1), {}),
        (("a", 1, ("x",)), {}),
        (("a",), {"minutes": 1}),
        ((), {"notes": (), "minutes": 1, "lesson": "a"}),
    ],
)
def test_values_are_given_by_place_or_by_name(
    positional: tuple[Any, ...], named: dict[str, Any]
) -> None:
    made, expected = ANY(*positional, **named), TypingBlock(*positional, **named)

    assert tuple(made) == tuple(expected)
    assert [made.lesson, made.minutes, made.notes] == list(expected)
    assert repr(made) == repr(expected).replace("TypingBlock", "Block")
    assert made._asdict() == expected._asdict()


@pytest.mark.parametrize(
    ("positional", "named"),
    [
        ((), {}),
        (("a",), {}),
        (("a", 1, (), 4), {}),
        (("a", 1), {"minutes": 2}),
        (("a", 1), {"other": 2}),
        (("a", 1, ()), {"notes": ()}),
    ],
)
def test_what_does_not_fit_is_refused(
    positional: tuple[Any, ...], named: dict[str, Any]
) -> None:
    with pytest.raises(TypeError):
        TypingBlock(*positional, **named)
    with pytest.raises(TypeError, match="Block takes lesson, minutes, notes"):
        ANY(*positional, **named)


def test_a_value_can_be_unpacked_matched_replaced_and_compared() -> None:
    block = Block("a", 90)
    lesson, minutes, notes = block

    assert (lesson, minutes, notes, block.hours) == ("a", 90, (), 1.5)
    assert block.twice() == Block("a", 180)
    assert len({block, Block("a", 90)}) == 1
    match block:
        case Block(each, minutes=90):
            assert each == "a"
        case _:
            pytest.fail("not matched")
    with pytest.raises(TypeError):
        ANY("a", 90)._replace(other=1)


def test_a_value_cannot_be_changed() -> None:
    block: Any = Block("a", 90)

    with pytest.raises(AttributeError):
        block.minutes = 1
    with pytest.raises(AttributeError):
        block.other = 1


def test_a_value_can_be_copied_and_pickled() -> None:
    block = Block("a", 90, ("x",))

    for made in (copy.deepcopy(block), pickle.loads(pickle.dumps(block))):  # noqa: S301 - our own
        assert made == block
        assert type(made) is Block
