"""Weekly hours, the plan's end and the target, in sentences."""

from __future__ import annotations

from datetime import date

from llmpath.core.availability import WeekMinutes
from llmpath.core.day_forms import DAY_NAMES
from llmpath.core.summary import StatusSummary, TrackSummary, WeekSummary
from llmpath.core.when import spoken_minutes
from llmpath.report.phrases import (
    DAYS_EXAMPLE,
    HOURS_EXAMPLE,
    counted,
    document_words,
    facts,
    nothing_left_words,
    spoken_day,
)


def week_facts(week: WeekMinutes) -> list[str]:
    """All seven days, their sum, and how to change them."""
    return [
        *day_facts(week),
        f"To change them: {HOURS_EXAMPLE}",
        f"Or by day: {DAYS_EXAMPLE}",
    ]


def day_facts(week: WeekMinutes) -> list[str]:
    """All seven days and their sum."""
    days = zip(DAY_NAMES, week, strict=True)
    return [
        *(f"{name.title()}: {spoken_minutes(minutes)}" for name, minutes in days),
        f"Sum: {spoken_minutes(sum(week))} a week",
    ]


def end_fact(finish: date | None, today: date | None) -> str:
    """The day on which the plan ends."""
    return f"Plan ends: {spoken_day(finish, today) if finish else 'no date'}"


def shortfall_facts(minutes: int) -> list[str]:
    """What has no room in the calendar, and where to look."""
    return [
        f"No room for {spoken_minutes(minutes)} of lessons",
        "Your days off: llmpath off list",
        "Your hours: llmpath hours",
    ]


def standing_facts(status: StatusSummary, today: date) -> list[str]:
    """How far ahead or behind one is, and where the plan ends and was to end."""
    has_plan = status.finish is not None or status.ahead is not None
    if status.tally.percent in {None, 100} or not has_plan:
        return [f"Left: {nothing_left_words(status.tally)}"] if status.tracks else []
    end, accepted = end_fact(status.finish, today), status.planned_finish
    if accepted is not None and accepted != status.finish:
        end = f"{end}, was {spoken_day(accepted, today)}"
    return [*ahead_facts(status.ahead), end]


def ahead_facts(ahead: int | None) -> list[str]:
    """Study days ahead of the accepted plan or behind it."""
    if ahead is None:
        return []
    if not ahead:
        return ["On plan"]
    side = "ahead of" if ahead > 0 else "behind"
    return [f"{counted(abs(ahead), 'study day')} {side} the accepted plan"]


def exception_fact(day: date, minutes: int, today: date | None) -> str:
    """A day off, or a day with other minutes than its weekday's."""
    words = f"{spoken_minutes(minutes)} on this date" if minutes else "day off"
    return f"{spoken_day(day, today)}: {words}"


def target_facts(
    target: date | None, slack: int | None, left_over: int, today: date | None
) -> list[str]:
    """Whether the target fits, with the slack in days or the minutes left over."""
    if target is None:
        return []
    name = f"Target: {spoken_day(target, today)}"
    if left_over and today and target < today:
        return [f"{name}, has passed", "To set another: llmpath target DATE"]
    if left_over:
        return [
            f"{name}, does not fit",
            f"Left over at full attendance: {spoken_minutes(left_over)}",
        ]
    if slack is None:
        return [f"{name}, fits"]
    if slack < 0:
        return [
            f"{name}, fits only if all your hours are used",
            f"As planned it ends {counted(-slack, 'day')} after the target",
        ]
    return [
        f"{name}, fits if every study day is used",
        f"Slack: {counted(slack, 'day')}",
    ]


def needed_fact(needed: int, weekly: int) -> str:
    """The weekly hours that a target needs, beside those declared."""
    return (
        f"Needed at full attendance: {spoken_minutes(needed)} a week; "
        f"you have {spoken_minutes(weekly)}"
    )


def track_facts(summary: TrackSummary) -> list[str]:
    """A track's required lessons and hours, and how many cost money or need a GPU."""
    track, paid, gpu = summary.track, summary.paid_minutes, summary.gpu_minutes
    lessons = counted(summary.lessons, "required lesson")
    document = document_words(track)
    return facts(
        f"{track.title}: {lessons}, {spoken_minutes(summary.minutes)}",
        f"Its document: {document}" if document else None,
        f"Costs money: {spoken_minutes(paid)} of it"
        if paid
        else "Costs money: none of it",
        f"Needs a GPU: {gpu_words(gpu, summary.unknown_minutes)}",
    )


def gpu_words(gpu: int, unknown: int) -> str:
    """How much needs a GPU, and for how much no source says."""
    if not unknown:
        return f"{spoken_minutes(gpu)} of it" if gpu else "none of it"
    known = f"{spoken_minutes(gpu)} of it" if gpu else "none as far as is known"
    return f"{known}; no source says for {spoken_minutes(unknown)}"


def studied_fact(minutes: int) -> str:
    """Minutes studied in all."""
    return f"Studied in all: {spoken_minutes(minutes)}"


def this_week_facts(week: WeekSummary) -> list[str]:
    """Planned, done and studied minutes of this week."""
    return [
        f"Planned this week: {spoken_minutes(week.planned)}",
        f"Done this week: {spoken_minutes(week.done)} of lessons",
        f"Studied this week: {spoken_minutes(week.studied)}",
    ]
