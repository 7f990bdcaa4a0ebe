"""What the journal says of a lesson, and of lessons that became one or several."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import reduce
from itertools import chain

from llmpath.core.counting import shares
from llmpath.core.progress import Completion, Note, Skip, studied_by_day
from llmpath.named_tuple import NamedTuple


class Trace(NamedTuple):
    """What the journal says of one lesson or module.

    Attributes:
        is_lifted: It was put off and is not any more.
        days: Minutes logged by day.
    """

    completion: Completion | None = None
    skip: Skip | None = None
    is_included: bool = False
    deferred: date | None = None
    is_lifted: bool = False
    days: Mapping[date, int] = {}
    notes: tuple[Note, ...] = ()


def without(trace: Trace, taken: Collection[str]) -> Trace:
    """A trace that these records neither complete nor skip."""
    if not taken:
        return trace
    completion, skip = trace.completion, trace.skip
    if completion is not None:
        left = tuple(each for each in completion.records if each not in taken)
        completion = completion._replace(records=left) if left else None
    if skip is not None:
        left = tuple(each for each in skip.records if each not in taken)
        skip = skip._replace(records=left) if left else None
    return trace._replace(completion=completion, skip=skip)


def joined(there: Trace, came: Trace) -> Trace:
    """Two traces of one lesson, as the fold joins two devices' records.

    Whether it is put off is for the first to say, if it says so.
    """
    says_when = there if there.deferred or there.is_lifted else came
    return Trace(
        earliest(there.completion, came.completion),
        either(there.skip, came.skip),
        there.is_included or came.is_included,
        says_when.deferred,
        says_when.is_lifted,
        added(there.days, came.days),
        by_day(there.notes, came.notes),
    )


def merged(traces: Sequence[Trace], *, is_whole: bool) -> Trace:
    """What several lessons are as one.

    Args:
        is_whole: Nothing is part of it of which the journal says nothing.
    """
    if len(traces) == 1 and is_whole:
        return traces[0]
    done = [each.completion for each in traces if each.completion]
    left_out = [each.skip for each in traces if each.skip]
    is_closed = is_whole and all(each.completion or each.skip for each in traces)
    deferred = max((each.deferred for each in traces if each.deferred), default=None)
    return Trace(
        latest(done) if is_closed and done else None,
        skipped_all(left_out) if is_closed and not done else None,
        any(each.is_included for each in traces),
        deferred,
        deferred is None and any(each.is_lifted for each in traces),
        reduce(added, [each.days if is_closed else studied(each) for each in traces]),
        reduce(by_day, [each.notes for each in traces]),
    )


def split(trace: Trace, minutes: Sequence[int]) -> list[Trace]:
    """What one lesson is as several of so many minutes.

    Where none has any, as where all of them were retired, each counts alike.
    """
    weights = minutes if any(minutes) else [1] * len(minutes)
    completion = trace.completion
    if completion is None:
        estimates = [0] * len(weights)
        days = filled(trace.days, weights)
    else:
        estimates = shares(completion.minutes, weights)
        days = divided(trace.days, weights)
    return [
        trace._replace(
            completion=completion and completion._replace(minutes=estimate),
            days=some,
            notes=trace.notes if place == 0 else (),
        )
        for place, (estimate, some) in enumerate(zip(estimates, days, strict=True))
    ]


def filled(days: Mapping[date, int], minutes: Sequence[int]) -> list[dict[date, int]]:
    """Logged minutes of an open lesson: the first part's until it is full, and on.

    The last takes what is more.
    """
    parts: list[dict[date, int]] = [{} for _ in minutes]
    place, room = 0, minutes[0]
    for day, logged in sorted(days.items()):
        rest = logged
        while place < len(minutes) - 1 and rest >= room:
            if room:
                parts[place][day] = room
            rest -= room
            place += 1
            room = minutes[place]
        if rest:
            parts[place][day] = rest
            room -= rest
    return parts


def divided(days: Mapping[date, int], minutes: Sequence[int]) -> list[dict[date, int]]:
    """Logged minutes of a lesson that was done, each day's by the parts' minutes.

    Filled in order, the last parts of a lesson done in less than its estimate would
    have no time of their own, and count with their estimates as well.
    """
    parts: list[dict[date, int]] = [{} for _ in minutes]
    for day, logged in days.items():
        for part, share in zip(parts, shares(logged, minutes), strict=True):
            if share:
                part[day] = share
    return parts


def studied(trace: Trace) -> Mapping[date, int]:
    """Minutes by day, with what a completion counts for where none were logged."""
    if trace.completion is None:
        return trace.days
    by_id = {day: {"": minutes} for day, minutes in trace.days.items()}
    return studied_by_day(by_id, {"": trace.completion})


def latest(done: Sequence[Completion]) -> Completion:
    """The completion of what these were parts of."""
    return Completion(
        max(each.day for each in done),
        sum(each.minutes for each in done),
        united(*(each.records for each in done)),
    )


def skipped_all(skips: Sequence[Skip]) -> Skip:
    """The skip of what these were parts of; known if all were."""
    known = all(each.known for each in skips)
    return Skip(known, united(*(each.records for each in skips)))


def earliest(one: Completion | None, other: Completion | None) -> Completion | None:
    """Two completions of one lesson."""
    if one is None or other is None:
        return one or other
    return min(one, other)._replace(records=united(one.records, other.records))


def either(one: Skip | None, other: Skip | None) -> Skip | None:
    """Two skips of one lesson."""
    if one is None or other is None:
        return one or other
    return Skip(one.known or other.known, united(one.records, other.records))


def united(*records: tuple[str, ...]) -> tuple[str, ...]:
    """Ids of records, each once, in order."""
    return tuple(sorted(set(chain.from_iterable(records))))


def added(some: Mapping[date, int], more: Mapping[date, int]) -> dict[date, int]:
    """Minutes by day, summed."""
    days = dict(some)
    for day, minutes in more.items():
        days[day] = days.get(day, 0) + minutes
    return days


def by_day(some: tuple[Note, ...], more: tuple[Note, ...]) -> tuple[Note, ...]:
    """Notes on two lessons, oldest first."""
    if not some or not more:
        return some or more
    return tuple(sorted((*some, *more), key=lambda note: note.day))
