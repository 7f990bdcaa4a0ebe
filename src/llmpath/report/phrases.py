"""Everyday words for values, as sentences use them: units and dates are spelled out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from llmpath.core.counting import Tally
from llmpath.core.curriculum import Lesson, Price, Track, shown_id
from llmpath.core.day_forms import DAY_NAMES, MONTH_NAMES
from llmpath.core.paths import goal_id
from llmpath.core.text import clean
from llmpath.core.when import spoken_minutes

STATUS_WORDS = {
    "done": "done",
    "skipped": "skipped",
    "ready": "open",
    "active": "begun",
    "blocked": "later",
    "known": "known",
}
BASIS_WORDS = {
    "published": "stated by the source",
    "recalled": "from memory, not checked",
    "estimated": "our estimate",
}
ACCESS_FACTS = {"account": "Needs an account", "paid": "Costs money"}
NEEDS_FACTS = {
    "colab": "Runs on Colab, in the browser",
    "gpu-optional": "A GPU helps but is not needed",
    "gpu": "Needs a GPU",
    "multi-gpu": "Needs several GPUs",
    "unknown": "No source says what it runs on",
}
UNDO = "Undo: llmpath undo"
MOST_NAMED = 3
"""So many lessons are named; more are counted."""
HOURS_EXAMPLE = "llmpath hours 6"
DAYS_EXAMPLE = "llmpath hours mon-fri=45m,sat=2h"


def facts(*parts: str | Iterable[str] | None) -> list[str]:
    """One line a fact: cleaned, in the order given, without what is absent or empty."""
    lines: list[str] = []
    for part in parts:
        lines += [part] if isinstance(part, str) else part or ()
    return [clean(line) for line in lines if line]


def spoken_day(day: date, today: date | None) -> str:
    """A day as `Friday 20 November`, with the year where it is not that of `today`."""
    text = f"{DAY_NAMES[day.weekday()]} {day.day} {MONTH_NAMES[day.month - 1]}".title()
    return text if today and today.year == day.year else f"{text} {day.year}"


def spoken_from_today(day: date, today: date) -> str:
    """A day, or `today` or `tomorrow`."""
    near = {0: "today", 1: f"tomorrow, {spoken_day(day, today)}"}
    return near.get((day - today).days) or spoken_day(day, today)


def counted(number: int, thing: str) -> str:
    """A number with its noun: `1 lesson`, `2 lessons`, `3 matches`."""
    plural = "es" if thing.endswith("ch") else "s"
    return f"{number} {thing}{'' if number == 1 else plural}"


def moved_words(moved: int) -> str:
    """How many lessons stand on another day."""
    lessons = counted(moved, "lesson") if moved else "no lesson"
    verb = "begin" if moved > 1 else "begins"
    return f"{lessons} {verb} on another day".capitalize()


def listed(names: Iterable[str]) -> str:
    """Names as `a`, `a and b` or `a, b and c`."""
    *rest, last = names
    return f"{', '.join(rest)} and {last}" if rest else last


def shown_list(ids: Iterable[str]) -> str:
    """Ids as shown, in one list."""
    return listed(map(shown_id, ids))


def few_ids(lessons: Sequence[str]) -> str:
    """Lessons by their ids, or how many where they are more than a few."""
    if len(lessons) > MOST_NAMED:
        return counted(len(lessons), "lesson")
    return shown_list(lessons)


def tally_words(tally: Tally) -> str:
    """How much of something is done."""
    if tally.percent is None:
        return "nothing to count"
    lessons = counted(tally.lessons, "lesson")
    done, whole = spoken_minutes(tally.done_minutes), spoken_minutes(tally.minutes)
    time = f"{done} of {whole}, {tally.percent} percent"
    return f"{tally.done_lessons} of {lessons} done, {time}"


def nothing_left_words(tally: Tally) -> str:
    """That nothing is left, once all that counts is done or nothing counts."""
    return f"nothing; all that is required is {'done' if tally.lessons else 'skipped'}"


def tracks_fact(titles: Iterable[str]) -> str:
    """The titles of one or more tracks."""
    names = list(titles)
    return f"{'Track' if len(names) == 1 else 'Tracks'}: {listed(names)}"


def progress_fact(tally: Tally) -> str:
    """How much of the plan's lessons is done."""
    return f"Progress: {tally_words(tally)}"


def document_words(track: Track) -> str:
    """The hours that a track's document claims; empty for one to a goal."""
    return "" if goal_id(track.id) else stated_hours_words(track.stated_hours)


def stated_hours_words(stated: tuple[int, int | None] | None) -> str:
    """The hours that a track's document claims."""
    if stated is None:
        return "no hours stated by the source"
    low, high = stated
    if high is None:
        return f"{counted(low, 'hour')} or more, stated by the source"
    if low == high:
        return f"{counted(low, 'hour')}, stated by the source"
    return f"{low} to {counted(high, 'hour')}, stated by the source"


def price_words(price: Price) -> str:
    """An amount, what it is for, and how it is known."""
    checked = f", looked up on {price.checked}" if price.checked else ""
    return f"{price.amount} ({price.what_for}), {BASIS_WORDS[price.basis]}{checked}"


def stop_fact(lesson: Lesson) -> str | None:
    """Where to stop, by a time mark or by the heading that comes last."""
    if lesson.stop is None:
        return None
    if lesson.stop.replace(":", "").isdigit():
        return f"Stop at: {lesson.stop}"
    return f"Stop after: {lesson.stop}"


def cost_facts(lesson: Lesson, price: Price | None) -> list[str]:
    """What is out of the ordinary: money, an account, a machine, its own time."""
    access = ACCESS_FACTS.get(lesson.access)
    if access and lesson.access == "paid" and price is not None:
        access = f"{access}: {price_words(price)}"
    machine = lesson.machine_minutes
    return facts(
        access,
        (NEEDS_FACTS[each] for each in lesson.needs if each in NEEDS_FACTS),
        f"The computer works {spoken_minutes(machine)} by itself" if machine else None,
    )


def standing_words(
    status: str, tally: Tally, *, is_optional: bool, waits: Sequence[str]
) -> str:
    """Where a module stands; one without lessons that count has no share.

    Args:
        waits: Titles of the modules that it waits for.
    """
    later = f": after {listed(waits)}" if waits else ""
    words = (
        "optional" if is_optional else "",
        f"{STATUS_WORDS[status]}{later}",
        tally_words(tally) if tally.lessons else "",
    )
    return ", ".join(word for word in words if word)
