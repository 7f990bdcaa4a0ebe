"""The settings that change study days or the plan; each is an event of the journal."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from llmpath.errors import UsageError
from llmpath.named_tuple import NamedTuple

SettingValue = int | float | str


class PlanSettings(NamedTuple):
    """What the planner goes by.

    Attributes:
        day_ends: Minutes after midnight up to which study counts for the day before.
        buffer: Share of each week that a new plan keeps free.
        block_min: Shortest block, in minutes.
        block_max: Longest block, in minutes.
        tolerance: Minutes by which a day may run over; repaid on the next study day.
    """

    day_ends: int = 4 * 60
    buffer: float = 0.15
    block_min: int = 15
    block_max: int = 50
    tolerance: int = 10


class Setting(NamedTuple):
    """One setting: its name, field, what it does and how its text is read."""

    key: str
    field: str
    help: str
    parse: Callable[[str], SettingValue]


def plan_settings(values: Mapping[str, SettingValue]) -> PlanSettings:
    """Settings from the journal's values; one that cannot be read keeps its default."""
    fields: dict[str, SettingValue] = {}
    for key, value in values.items():
        setting = SETTINGS.get(key)
        if setting is not None:
            try:
                fields[setting.field] = field_value(setting, value)
            except UsageError:
                continue
    settings = PlanSettings(**{**PlanSettings()._asdict(), **fields})
    if settings.block_max < 2 * settings.block_min:
        return settings._replace(block_min=15, block_max=50)
    return settings


def parse_setting(key: str, text: str) -> SettingValue:
    """Read a setting's new value as it is kept in the journal.

    Raises:
        UsageError: The text is not a value of this setting.
    """
    return SETTINGS[key].parse(text)


def field_value(setting: Setting, value: SettingValue) -> SettingValue:
    """The value as `PlanSettings` holds it: times of day as minutes."""
    checked = setting.parse(str(value))
    return minutes_of_day(checked) if isinstance(checked, str) else checked


def minutes_of_day(text: str) -> int:
    """Minutes after midnight of a checked `HH:MM`."""
    hours, _, minutes = text.partition(":")
    return int(hours) * 60 + int(minutes)


def parse_time_of_day(text: str) -> str:
    """Read `04:00`, up to noon."""
    hours, colon, minutes = text.strip().partition(":")
    digits = hours.isascii() and minutes.isascii() and (hours + minutes).isdigit()
    if not colon or not digits or len(minutes) != 2 or len(hours) not in {1, 2}:
        raise UsageError(f"'{text}' is not a time such as 04:00")
    if int(minutes) > 59 or int(hours) * 60 + int(minutes) > 12 * 60:
        raise UsageError(f"'{text}' is not between 00:00 and 12:00")
    return f"{int(hours):02}:{minutes}"


def parse_share(text: str) -> float:
    """Read a share between 0 and 0.4, as `0.15` or `15%`."""
    bare = text.strip()
    try:
        value = float(bare.removesuffix("%")) / (100 if bare.endswith("%") else 1)
    except ValueError:
        raise UsageError(f"'{text}' is not a share such as 0.15 or 15%") from None
    if not 0 <= value <= 0.4:
        raise UsageError(f"'{text}' is not between 0 and 0.4")
    return value


def minutes_parser(low: int, high: int) -> Callable[[str], int]:
    """A reader of whole minutes within bounds."""

    def parse_minutes(text: str) -> int:
        bare = text.strip()
        if not (bare.isascii() and bare.isdigit()):
            raise UsageError(f"'{text}' is not a whole number of minutes")
        if len(bare) > 4 or not low <= int(bare) <= high:
            raise UsageError(f"'{text}' is not between {low} and {high} minutes")
        return int(bare)

    return parse_minutes


SETTINGS: Mapping[str, Setting] = {
    setting.key: setting
    for setting in (
        Setting(
            "plan.day_ends",
            "day_ends",
            "Study before this time counts for the day before.",
            parse_time_of_day,
        ),
        Setting(
            "plan.buffer",
            "buffer",
            "Share of each week that a new plan keeps free, 0 to 0.4.",
            parse_share,
        ),
        Setting(
            "plan.block_min",
            "block_min",
            "Shortest block in minutes, 5 to 60.",
            minutes_parser(5, 60),
        ),
        Setting(
            "plan.block_max",
            "block_max",
            "Longest block in minutes, 20 to 240, at least twice the shortest.",
            minutes_parser(20, 240),
        ),
        Setting(
            "plan.tolerance",
            "tolerance",
            "Minutes by which a day may run over, 0 to 60.",
            minutes_parser(0, 60),
        ),
    )
}
