"""What tracks assume is said once, at the highest level that a module asks for."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

from llmpath.core.assumptions import LEVELS, joint_assumptions, parted
from llmpath.core.curriculum import Module
from tests.builders import a_module
from tests.strategies import law

TEXTS = st.builds(
    lambda level, subject: f"{level} {subject}".strip(),
    st.sampled_from(LEVELS),
    st.sampled_from(["Python", "PyTorch", "school algebra", "a softmax"]),
)


def assuming(*texts: str) -> Module:
    return a_module("m", 1)._replace(assumes=texts)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["basic Python", "Python", "good Python"], ("good Python",)),
        (["strong Python", "basic Python"], ("strong Python",)),
        (["Python", "basic Python"], ("Python",)),
        (["basic Python", "school algebra", "Python"], ("Python", "school algebra")),
        (["basic", "good"], ("basic", "good")),
        ([], ()),
    ],
)
def test_of_one_thing_the_highest_level_is_said_where_it_came_first(
    given: list[str], said: tuple[str, ...]
) -> None:
    assert joint_assumptions([assuming(each) for each in given]) == said
    assert joint_assumptions([assuming(*given)]) == said


@law(st.lists(st.lists(TEXTS)))
def test_each_thing_is_said_once_and_asks_for_no_less_and_no_more(
    given: list[list[str]],
) -> None:
    said = [parted(each) for each in joint_assumptions(assuming(*t) for t in given)]
    asked = [parted(each) for texts in given for each in texts]

    assert {subject for _, subject in said} == {subject for _, subject in asked}
    assert len({subject for _, subject in said}) == len(said)
    assert set(said) <= set(asked)
    assert all((level, subject) <= max_of(said, subject) for level, subject in asked)


def max_of(pairs: list[tuple[int, str]], subject: str) -> tuple[int, str]:
    return max(pair for pair in pairs if pair[1] == subject)
