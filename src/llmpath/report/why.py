"""`why`: the reasons as clauses, which follow `because` or stand as sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from llmpath.core.availability import ONE_DAY
from llmpath.core.curriculum import Lesson, shown_id
from llmpath.core.reasons import DayRoom, Kind, Reason
from llmpath.core.when import shown_day, shown_minutes, spoken_minutes
from llmpath.named_tuple import NamedTuple
from llmpath.report.parts import Document, iso, schema, shown_ids
from llmpath.report.phrases import counted, facts, listed, spoken_day
from llmpath.report.views.why import WhyView

MOST_RANGES = 3
"""Days named one by one; of more, the first and the last."""


class Wording(NamedTuple):
    """How a day and minutes are written."""

    day: Callable[[date], str]
    minutes: Callable[[int], str]


def spoken(today: date) -> Wording:
    """Units and dates spelled out, as in sentences and documents."""
    return Wording(lambda day: spoken_day(day, today), spoken_minutes)


def short(today: date) -> Wording:
    """Units and dates as on a drawn screen."""
    return Wording(lambda day: shown_day(day, today=today), shown_minutes)


def why_document(view: WhyView) -> Document:
    """The document of `why`."""
    wording = spoken(view.today)
    return {
        **schema("why"),
        "lesson": shown_id(view.lesson.id),
        "planned": iso(view.planned),
        "reasons": [reason_object(each, view, wording) for each in view.reasons],
        "title": view.lesson.title,
        "asked": shown_id(view.asked.id) if view.asked else None,
        "change": view.change
        and {"command": view.change.command, "planned": iso(view.change.planned)},
    }


def reason_object(reason: Reason, view: WhyView, wording: Wording) -> Document:
    """One reason with the lessons and days that it names."""
    of = () if reason.of is None else (reason.of,)
    return {
        "kind": reason.kind.value,
        "text": sentence(reason_clause(reason, view, wording)),
        "ids": shown_ids((*of, *reason.lessons)),
        "days": [iso(each.day) for each in reason.days],
    }


def why_sentences(view: WhyView) -> list[str]:
    """The lesson, its day, the reasons, and what would move it."""
    wording = spoken(view.today)
    return facts(
        f"Lesson: {view.lesson.title}, id {shown_id(view.lesson.id)}",
        asked_fact(view),
        sentence(main_clause(view, wording)),
        also_sentences(view, wording),
        change_fact(view, wording),
    )


def asked_fact(view: WhyView) -> str | None:
    """Which lesson of a module the answer speaks of."""
    if view.asked is None:
        return None
    return f"It is the {which_words(view)} of {view.asked.title}"


def which_words(view: WhyView) -> str:
    """Which of a module's lessons is explained."""
    if view.reasons[0].kind is Kind.DONE:
        return "lesson done last"
    return "first lesson" if view.is_closed else "first open lesson"


def main_clause(view: WhyView, wording: Wording) -> str:
    """The day with the reason that binds; without a day, what keeps it from one."""
    clause = reason_clause(view.reasons[0], view, wording)
    if view.planned is None:
        return clause if view.is_closed else f"no day, because {clause}"
    return f"{wording.day(view.planned)}, because {clause}"


def also_sentences(view: WhyView, wording: Wording) -> list[str]:
    """The other reasons, a sentence each."""
    return [sentence(reason_clause(each, view, wording)) for each in view.reasons[1:]]


def change_fact(view: WhyView, wording: Wording) -> str | None:
    """The command that gives it an earlier day, or a day at all."""
    if view.change is None:
        return None
    label = "To plan it" if view.planned is None else "To move it earlier"
    then = view.change.planned
    day = f", then {wording.day(then)}" if then is not None else ""
    return f"{label}: {view.change.command}{day}"


def sentence(clause: str) -> str:
    """A clause as a sentence of its own."""
    return f"{clause[:1].upper()}{clause[1:]}."


def reason_clause(reason: Reason, view: WhyView, wording: Wording) -> str:
    """A reason in words; `it` is the lesson asked for, or the one named first."""
    clause = CLAUSES[reason.kind](reason, view, wording)
    if reason.of is None:
        return clause
    return f"{named(view.lessons[reason.of])} begins that day because {clause}"


def named(lesson: Lesson) -> str:
    """A title with its id."""
    return f"{lesson.title} ({shown_id(lesson.id)})"


def order_clause(reason: Reason, view: WhyView, wording: Wording) -> str:
    """What comes before it in the order of the plan."""
    if reason.minutes is not None:
        count = counted(len(reason.lessons), "lesson")
        minutes = wording.minutes(reason.minutes)
        return f"in all, {count} and {minutes} of your plan come before it"
    if not reason.lessons:
        nothing = "nothing in your plan comes before it"
        if reason.since is None or reason.since <= view.today:
            return nothing
        return f"your plan begins on {wording.day(reason.since)}, and {nothing}"
    before = view.lessons[reason.lessons[0]]
    return f"it comes after {named(before)}, {until_words(reason, view, wording)}"


def prerequisite_clause(reason: Reason, view: WhyView, wording: Wording) -> str:
    """The last lesson of what it needs."""
    before = view.lessons[reason.lessons[0]]
    module = view.modules[before.module]
    until = until_words(reason, view, wording)
    needed = f"{module.title} ({shown_id(module.id)})"
    return f"it comes after {named(before)}, {until}; it needs {needed} first"


def until_words(reason: Reason, view: WhyView, wording: Wording) -> str:
    """How long the lesson before it takes."""
    if reason.until is None or reason.until == view.planned:
        return "which ends that day"
    return f"which takes until {wording.day(reason.until)}"


def capacity_clause(reason: Reason, view: WhyView, wording: Wording) -> str:
    """A day that is full, or leaves too little; or that no day is left at all."""
    if not reason.days:
        return "the next ten years of your hours have no room for it"
    (room,) = reason.days
    used = used_words(room, wording)
    day = wording.day(room.day)
    if not room.spared:
        return f"no room is left on {day} ({used})"
    shortest = wording.minutes(view.block_min)
    return (
        f"too little is left on {day} for a part of it"
        f" ({used}; a part takes at least {shortest})"
    )


def used_words(room: DayRoom, wording: Wording) -> str:
    """What a day's minutes are used for."""
    parts = (
        (room.planned, "planned"),
        (room.studied, "studied"),
        (
            room.declared - room.planned - room.studied - room.spared,
            "repaid for longer days before",
        ),
        (room.spared, "free"),
    )
    used = [f"{wording.minutes(n)} {what}" for n, what in parts if n > 0]
    declared = wording.minutes(room.declared)
    return f"{listed(used) if used else 'nothing'}, of {declared}"


def day_off_clause(reason: Reason, _view: WhyView, wording: Wording) -> str:
    """Days without study: exceptions, those of the usual week, or an open break."""
    if not reason.days:
        start = "" if reason.since is None else f" from {wording.day(reason.since)}"
        return f"your break{start} has no end"
    days = ranges_words([each.day for each in reason.days], wording)
    if not reason.days[0].is_exception:
        return f"your week has no hours on {days}"
    return f"{days} {'are' if len(reason.days) > 1 else 'is'} off"


def ranges_words(days: Sequence[date], wording: Wording) -> str:
    """Days in a row as one; of many ranges, only how many days and between which."""
    ranges: list[tuple[date, date]] = []
    for day in days:
        if ranges and ranges[-1][1] + ONE_DAY == day:
            ranges[-1] = (ranges[-1][0], day)
        else:
            ranges.append((day, day))
    if len(ranges) > MOST_RANGES:
        first, last = wording.day(days[0]), wording.day(days[-1])
        return f"{counted(len(days), 'day')} between {first} and {last}"
    return listed(
        wording.day(first)
        if first == last
        else f"{wording.day(first)} to {wording.day(last)}"
        for first, last in ranges
    )


def deferral_clause(reason: Reason, view: WhyView, wording: Wording) -> str:
    """That it was put off, or what it needs."""
    (cause,) = reason.lessons
    until = f"put off until {wording.day(reason.until)}" if reason.until else "put off"
    own = reason.of or view.lesson.id
    if cause == own:
        return f"it was {until}"
    return f"{named(view.lessons[cause])}, which it needs, was {until}"


def held_clause(reason: Reason, _view: WhyView, wording: Wording) -> str:
    """That the plan keeps it for its week, and what stays free before."""
    week = f" from {wording.day(reason.until)}" if reason.until else ""
    clause = f"your plan keeps it for the week{week}"
    if not reason.days:
        return clause
    (room,) = reason.days
    free = wording.minutes(room.spared)
    return f"{clause}, and leaves {free} free on {wording.day(room.day)}"


def target_clause(reason: Reason, _view: WhyView, wording: Wording) -> str:
    """That it ends after the target."""
    if reason.since is None or reason.until is None:
        return "it ends after your target"
    last, target = wording.day(reason.since), wording.day(reason.until)
    return f"it ends on {last}, after your target, {target}"


def done_clause(reason: Reason, _view: WhyView, wording: Wording) -> str:
    """When it was done."""
    day = f" on {wording.day(reason.since)}" if reason.since else ""
    return f"it was done{day} and is not planned any more"


CLAUSES: dict[Kind, Callable[[Reason, WhyView, Wording], str]] = {
    Kind.PREREQUISITE: prerequisite_clause,
    Kind.CAPACITY: capacity_clause,
    Kind.DAY_OFF: day_off_clause,
    Kind.ORDER: order_clause,
    Kind.DEFERRAL: deferral_clause,
    Kind.TARGET: target_clause,
    Kind.HELD: held_clause,
    Kind.DONE: done_clause,
    Kind.SKIPPED: lambda *_: "you left it out, so it is not planned",
    Kind.OPTIONAL: lambda *_: "it is optional and not taken into your plan",
    Kind.TRACK: lambda *_: "its module is in none of your tracks",
}
