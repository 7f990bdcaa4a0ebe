"""Settings of the plan: what each takes, what is refused, what the journal may hold."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

from llmpath.core.plan_settings import (
    SETTINGS,
    PlanSettings,
    SettingValue,
    parse_setting,
    plan_settings,
)
from llmpath.errors import UsageError
from tests.strategies import law


@pytest.mark.parametrize(
    ("key", "text", "expected"),
    [
        ("plan.day_ends", "04:00", "04:00"),
        ("plan.day_ends", " 4:30 ", "04:30"),
        ("plan.day_ends", "0:00", "00:00"),
        ("plan.day_ends", "12:00", "12:00"),
        ("plan.buffer", "0.2", 0.2),
        ("plan.buffer", "20%", 0.2),
        ("plan.buffer", "0", 0.0),
        ("plan.buffer", "40%", 0.4),
        ("plan.block_min", "5", 5),
        ("plan.block_min", "60", 60),
        ("plan.block_max", "20", 20),
        ("plan.block_max", "240", 240),
        ("plan.tolerance", "0", 0),
        ("plan.tolerance", " 60 ", 60),
    ],
)
def test_a_setting_is_read_as_the_journal_keeps_it(
    key: str, text: str, expected: SettingValue
) -> None:
    value = parse_setting(key, text)

    assert (value, type(value)) == (expected, type(expected))


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("plan.day_ends", "4"),
        ("plan.day_ends", "12:01"),
        ("plan.day_ends", "04:60"),
        ("plan.day_ends", "004:00"),
        ("plan.day_ends", "04:0"),
        ("plan.day_ends", "-1:00"),
        ("plan.day_ends", "٤:00"),
        ("plan.day_ends", ""),
        ("plan.buffer", "0.41"),
        ("plan.buffer", "41%"),
        ("plan.buffer", "-0.1"),
        ("plan.buffer", "nan"),
        ("plan.buffer", "inf"),
        ("plan.buffer", "much"),
        ("plan.buffer", ""),
        ("plan.block_min", "4"),
        ("plan.block_min", "61"),
        ("plan.block_min", "15.0"),
        ("plan.block_max", "19"),
        ("plan.block_max", "241"),
        ("plan.tolerance", "-1"),
        ("plan.tolerance", "61"),
        ("plan.tolerance", "٣"),
        ("plan.tolerance", "9" * 5000),
    ],
)
def test_a_value_out_of_range_is_refused(key: str, text: str) -> None:
    with pytest.raises(UsageError, match="is not"):
        parse_setting(key, text)


def test_without_values_the_defaults_hold() -> None:
    assert plan_settings({}) == PlanSettings(
        day_ends=240, buffer=0.15, block_min=15, block_max=50, tolerance=10
    )


def test_values_of_the_journal_become_settings() -> None:
    values: dict[str, SettingValue] = {
        "plan.day_ends": "02:30",
        "plan.buffer": 0.3,
        "plan.block_min": 20,
        "plan.block_max": 90,
        "plan.tolerance": 0,
    }

    assert plan_settings(values) == PlanSettings(150, 0.3, 20, 90, 0)


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"plan.block_min": 30}, id="shortest above half of the longest"),
        pytest.param({"plan.block_max": 20}, id="longest below twice the shortest"),
        pytest.param({"plan.block_min": 40, "plan.block_max": 79}, id="both"),
    ],
)
def test_block_lengths_that_contradict_each_other_give_way_to_the_defaults(
    values: dict[str, SettingValue],
) -> None:
    settings = plan_settings({**values, "plan.tolerance": 5})

    assert settings == PlanSettings(tolerance=5)


@law(
    st.dictionaries(
        st.sampled_from([*SETTINGS, "plan.unknown"]),
        st.integers() | st.floats() | st.text(max_size=6) | st.sampled_from(("08:00",)),
    )
)
def test_whatever_a_journal_holds_the_settings_are_usable(
    values: dict[str, SettingValue],
) -> None:
    settings = plan_settings(values)

    assert 0 <= settings.day_ends <= 720
    assert 0 <= settings.buffer <= 0.4
    assert 5 <= settings.block_min <= 60
    assert max(20, 2 * settings.block_min) <= settings.block_max <= 240
    assert 0 <= settings.tolerance <= 60


@law(st.sampled_from(list(SETTINGS)), st.text(max_size=8))
def test_a_text_is_read_or_refused_as_wrong_usage(key: str, text: str) -> None:
    try:
        value = parse_setting(key, text)
    except UsageError:
        return
    assert parse_setting(key, str(value)) == value
    assert plan_settings({key: value}) == plan_settings({key: str(value)})
