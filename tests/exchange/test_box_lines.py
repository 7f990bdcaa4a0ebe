"""What stands behind a title in an exported check list."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest
from hypothesis import strategies as st

from llmpath.exchange.box_lines import KINDS, Facts, facts_text, find_facts
from llmpath.storage.curriculum_file import Lesson
from tests.strategies import law

_days = st.none() | st.dates(date(1000, 1, 1)).map(date.isoformat)
_slugs = st.from_regex(r"[a-z0-9][a-z0-9-]{0,9}", fullmatch=True)
_ids = st.builds("{}/{}".format, _slugs, _slugs)
facts = st.builds(
    lambda fields, is_known: Facts(*fields)._replace(
        is_known=is_known and fields[4],
    ),
    st.tuples(
        st.sampled_from(KINDS),
        st.integers(1, 20_000),
        st.booleans(),
        st.booleans(),
        st.booleans(),
        st.just(value=False),
        _days,
        _days,
        _ids | st.builds("{}:{}".format, _slugs, _ids),
    ),
    st.booleans(),
)
_parts = st.sampled_from(
    [", ", "reading", "1 h", "30 min", "optional", "estimated 5 min", "skipped", "a/b"]
)
_titles = st.text(max_size=20) | st.lists(_parts, max_size=6).map("".join)


@law(_titles, facts)
def test_facts_behind_any_title_are_read_as_they_were_written(
    title: str, written: Facts
) -> None:
    line = f"{title}, {facts_text(written)}".replace("`", "")

    assert find_facts(line) == (title.replace("`", "").strip(), written)


@pytest.mark.parametrize(
    "line",
    [
        "Scores, reading, 30 min",
        "Scores, reading, a/b",
        "Scores, 30 min, a/b",
        "Scores, reading, 0 min, a/b",
        "Scores, reading, 30 min, a/b, or another",
        "Scores, walking, 30 min, a/b",
    ],
)
def test_a_line_without_kind_time_or_id_at_its_end_is_none_of_ours(line: str) -> None:
    assert find_facts(line) is None


def test_the_kinds_are_those_of_the_format() -> None:
    assert get_args(Lesson.model_fields["kind"].annotation) == KINDS
