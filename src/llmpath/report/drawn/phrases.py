"""Everyday words for what the values say; plain strings, without any style."""

from __future__ import annotations

from datetime import date

from llmpath.core.curriculum import Lesson
from llmpath.core.when import shown_day, shown_minutes
from llmpath.report.phrases import counted

NEEDS_WORDS = {
    "laptop": "a laptop",
    "colab": "Colab",
    "gpu-optional": "a GPU if there is one",
    "gpu": "a GPU",
    "multi-gpu": "several GPUs",
}

_ROUNDED_FROM = 600
_WEEKS_FROM = 14


def rough_hours(minutes: int) -> str:
    """Whole hours from ten hours on, else hours and minutes."""
    if minutes < _ROUNDED_FROM:
        return shown_minutes(minutes)
    return f"{(minutes + 30) // 60} h"


def percent_words(percent: int | None) -> str:
    """A share as `27 %`; nothing where there is nothing to count."""
    return "" if percent is None else f"{percent} %"


def ahead_words(days: int) -> str:
    """Study days ahead of the plan, or behind it."""
    if not days:
        return "on plan"
    side = "ahead" if days > 0 else "behind"
    return f"{counted(abs(days), 'study day')} {side}"


def planned_words(day: date | None, today: date) -> str:
    """The day for which something is planned."""
    if day is None:
        return "not planned"
    if day == today:
        return "today"
    if (day - today).days == 1:
        return f"tomorrow, {shown_day(day, today=today)}"
    return shown_day(day, today=today)


def away_words(days: int) -> str:
    """How long ago something was."""
    if days < _WEEKS_FROM:
        return f"{counted(days, 'day')} ago"
    return f"{counted(days // 7, 'week')} ago"


def finish_words(finish: date | None, today: date) -> str:
    """The day on which the plan ends."""
    return "no date" if finish is None else shown_day(finish, today=today)


def needs_words(lesson: Lesson) -> str:
    """An account and what a lesson runs on; nothing where no more is known."""
    account = ["an account"] if lesson.access == "account" else []
    runs_on = [NEEDS_WORDS[each] for each in lesson.needs if each in NEEDS_WORDS]
    return ", ".join([*account, *runs_on])


def put_off_words(until: date) -> str:
    """That a lesson was put off, and until when."""
    return f"not before {shown_day(until, today=None)}"


def extra_words(lesson: Lesson) -> tuple[str, ...]:
    """What is out of the ordinary about a lesson: optional, cost, needs."""
    needs = needs_words(lesson)
    words = (
        "optional" if lesson.optional else "",
        "paid" if lesson.access == "paid" else "",
        f"needs {needs}" if needs else "",
    )
    return tuple(each for each in words if each)


def part_words(first: int, last: int, parts: int) -> str:
    """Which parts of a long lesson; nothing for a lesson in one piece."""
    if parts <= 1:
        return ""
    if first == last:
        return f"part {first} of {parts}"
    return f"parts {first}-{last} of {parts}"


def clock_words(at: str, day: date) -> str:
    """When a record was written: the time, and the date if not that of its day."""
    written, time = at[:10], at[11:16]
    return time if written == day.isoformat() else f"written {written} {time}"


def week_words(monday: date, today: date) -> str:
    """A week by its Monday: `week of 23 Nov`."""
    return f"week of {shown_day(monday, today=today).partition(' ')[2]}"
