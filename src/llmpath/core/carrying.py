"""Progress made under ids of earlier editions, carried to those of the one in force.

The journal is not rewritten: this is done at load, each time, by the ledger of the
curriculum in force (docs/decisions/0021-progress-is-carried-at-load.md).

Renamed and moved: all goes along. Split: what was done makes all parts done, its
minutes divided by theirs; minutes logged on an open lesson fill the parts in order;
a lesson left out, included or put off is so in all parts; notes go to the first.
Merged: done, on the latest day, where each was done or left out and one was done; left
out where all were; else open, and what was studied on each counts as logged minutes.

What stays under old ids: whatever was retired; the lessons in records, so in
`history`; records' ids, by which `undo` and `reopen` find them; ids of tracks, which no
ledger names; the timer's file. `studied` stays, for days have no ids. A plan's end and
minutes are those of its day.

Reopening: records that `LessonsReopened` names for a lesson complete or skip it no
more, also where they named it by an older id. So one part of a split lesson can be
made open again, and a lesson that was merged.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from heapq import heappop, heappush
from itertools import chain

from llmpath.core.curriculum import Change, Curriculum
from llmpath.core.events import PlannedWeek
from llmpath.core.ledger import Ledger, Way
from llmpath.core.progress import AcceptedPlan, Progress
from llmpath.core.traces import Trace, joined, merged, split, without


def carry(
    progress: Progress, changes: Sequence[Change], curriculum: Curriculum
) -> Progress:
    """Say what the journal says by the ids of a curriculum.

    Where nothing is to be carried, that is the same object. What comes out is not to be
    kept in place of the fold: another curriculum would find no old ids in it.

    Args:
        changes: The ledger, oldest first.
        curriculum: The one in force, or all of them joined.
    """
    if not changes:
        return progress
    ledger = Ledger(changes, curriculum)
    plans = carried_plans(progress.plans, ledger)
    if any(ledger.way(key) for key in named_in(progress)):
        taken: dict[str, set[str]] = {}
        for lesson, record in progress.reopened:
            taken.setdefault(lesson, set()).add(record)
        traces = moved(traces_in(progress), ledger, taken)
        return with_traces(progress._replace(plans=plans), traces)
    return progress if plans is progress.plans else progress._replace(plans=plans)


def named_in(progress: Progress) -> dict[str, None]:
    """Every id of which progress says something, but for those in plans."""
    return dict.fromkeys(
        chain(
            progress.completions,
            progress.skips,
            sorted(progress.included),
            progress.deferred,
            sorted(progress.lifted),
            progress.logged,
            progress.notes,
        )
    )


def traces_in(progress: Progress) -> dict[str, Trace]:
    """Progress by id."""
    days: dict[str, dict[date, int]] = {}
    for day, by_id in progress.study_days.items():
        for key, minutes in by_id.items():
            days.setdefault(key, {})[day] = minutes
    return {
        key: Trace(
            progress.completions.get(key),
            progress.skips.get(key),
            key in progress.included,
            progress.deferred.get(key),
            key in progress.lifted,
            days.get(key, {}),
            progress.notes.get(key, ()),
        )
        for key in named_in(progress)
    }


def with_traces(progress: Progress, traces: Mapping[str, Trace]) -> Progress:
    """Progress with other things said by id."""
    days: dict[date, dict[str, int]] = {}
    for key, trace in traces.items():
        for day, minutes in trace.days.items():
            days.setdefault(day, {})[key] = minutes
    rows = traces.items()
    return progress._replace(
        completions={key: it.completion for key, it in rows if it.completion},
        skips={key: it.skip for key, it in rows if it.skip},
        included=frozenset(key for key, it in rows if it.is_included),
        deferred={key: it.deferred for key, it in rows if it.deferred},
        lifted=frozenset(key for key, it in rows if it.is_lifted),
        study_days=days,
        logged={key: sum(it.days.values()) for key, it in rows if it.days},
        notes={key: it.notes for key, it in rows if it.notes},
    )


def moved(
    traces: dict[str, Trace], ledger: Ledger, taken: Mapping[str, Collection[str]]
) -> dict[str, Trace]:
    """Each trace where the ledger leads it, change by change.

    Args:
        taken: Records that a reopening took back, by lesson.
    """
    going: dict[tuple[int, int, str], tuple[Way, list[str]]] = {}
    queue: list[tuple[int, int, str]] = []

    def set_out(key: str) -> None:
        way = ledger.way(key)
        if way is None:
            return
        if way.name not in going:
            going[way.name] = (way, [])
            heappush(queue, way.name)
        going[way.name][1].append(key)

    for key in traces:
        set_out(key)
    while queue:
        way, keys = going.pop(heappop(queue))
        sources = {key: traces.pop(key) for key in sorted(keys)}
        for key, trace in arrivals(way, sources, ledger, taken):
            there = traces.get(key)
            traces[key] = trace if there is None else joined(there, trace)
            if there is None:
                set_out(key)
    return traces


def arrivals(
    way: Way,
    sources: Mapping[str, Trace],
    ledger: Ledger,
    taken: Mapping[str, Collection[str]],
) -> Iterator[tuple[str, Trace]]:
    """What comes to each id at the end of a way."""
    is_whole = way.is_whole and all(each in sources for each in way.before)
    traces = list(sources.values())
    if len(way.after) == 1:
        (key,) = way.after
        traces = [without(each, taken.get(key, ())) for each in traces]
        yield key, merged(traces, is_whole=is_whole)
        return
    whole = merged(traces, is_whole=is_whole)
    parts = split(whole, [ledger.weight(each) for each in way.after])
    for key, part in zip(way.after, parts, strict=True):
        yield key, without(part, taken.get(key, ()))


def carried_plans(
    plans: tuple[AcceptedPlan, ...], ledger: Ledger
) -> tuple[AcceptedPlan, ...]:
    """Plans over the ids in force; the same object where none differs."""
    weeks = [week for accepted in plans for week in accepted.plan.weeks]
    named = {lesson for week in weeks for lesson in week.lessons}
    ends = {each: ledger.ends(each) for each in named if ledger.way(each)}
    if not ends:
        return plans
    return tuple(carried_plan(each, ends) for each in plans)


def carried_plan(
    accepted: AcceptedPlan, ends: Mapping[str, tuple[str, ...]]
) -> AcceptedPlan:
    """A plan over the ids in force; each lesson stands once, where it came first."""
    planned = {each for week in accepted.plan.weeks for each in week.lessons}
    if planned.isdisjoint(ends):
        return accepted
    seen: set[str] = set()
    weeks = []
    for week in accepted.plan.weeks:
        lessons = dict.fromkeys(
            end for each in week.lessons for end in ends.get(each, (each,))
        )
        weeks.append(
            PlannedWeek(week.start, tuple(each for each in lessons if each not in seen))
        )
        seen.update(lessons)
    return accepted._replace(plan=accepted.plan._replace(weeks=tuple(weeks)))
