"""Progress made under ids of earlier editions, carried to those of the one in force.

The journal is not rewritten: this is done at load, each time, by the ledger of the
curriculum in force (docs/decisions/0021-progress-is-carried-at-load.md).

Renamed and moved: all goes along. Split: what was done makes all parts done, its
minutes divided by theirs; minutes logged on an open lesson fill the parts in order;
a lesson left out, included or put off is so in all parts, and each has the learner's
own link; notes go to the first. A goal of study is all parts.
Merged: done, on the latest day, where each was done or left out and one was done; left
out where all were; else open, and what was studied on each counts as logged minutes.

What stays under old ids: whatever was retired; the lessons in records, so in
`history`; records' ids, by which `undo` and `reopen` find them; linked lessons
(`core/linking.py`); the timer's file. `studied` stays, for days have no ids. A plan's
end and minutes are those of its day.

Reopening: records that `LessonsReopened` names for a lesson complete or skip it no
more, also where they named it by an older id. So one part of a split lesson can be
made open again, and a lesson that was merged.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from heapq import heappop, heappush
from itertools import chain

from llmpath.core.curriculum import Curriculum
from llmpath.core.events import PlannedWeek
from llmpath.core.ledger import Ledger, Way
from llmpath.core.linking import share_linked
from llmpath.core.paths import goal_id, path_id
from llmpath.core.progress import AcceptedPlan, Progress, Started
from llmpath.core.traces import Trace, joined, merged, split, without


def carry_and_share(progress: Progress, curriculum: Curriculum) -> Progress:
    """Carry progress to the ids of a curriculum, and count linked lessons everywhere.

    They are counted before as well: what was done elsewhere then counts for a lesson
    that became part of another.
    """
    ledger = Ledger(curriculum.changes, curriculum)
    if not progress.linked:
        return carry(progress, ledger)
    return share_linked(carry(share_linked(progress), ledger), ledger)


def carry(progress: Progress, ledger: Ledger) -> Progress:
    """Say what the journal says by the ids to which a ledger leads.

    What comes out is not to be kept in place of the fold: another curriculum would find
    no old ids in it.
    """
    if not ledger:
        return progress
    progress = progress._replace(
        plans=carried_plans(progress.plans, ledger),
        links=carried_links(progress.links, ledger),
        started=carried_started(progress.started, ledger),
    )
    if not any(ledger.way(key) for key in named_in(progress)):
        return progress
    taken: dict[str, set[str]] = {}
    for lesson, record in progress.reopened:
        taken.setdefault(lesson, set()).add(record)
    return with_traces(progress, moved(traces_in(progress), ledger, taken))


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


def carried_links(
    links: Mapping[str, str | None], ledger: Ledger
) -> Mapping[str, str | None]:
    """The learner's own links by the ids in force.

    What was said of a later id holds. Of several ids that became one the first that
    has a link gives it.
    """
    carried: dict[str, str | None] = {}
    for key, url in sorted(links.items()):
        for end in ledger.ends(key, short_of=links):
            carried[end] = carried.get(end) or url
    return carried


def carried_started(started: Started | None, ledger: Ledger) -> Started | None:
    """What is active, tracks and goals by the ids in force."""
    if started is None:
        return None
    tracks = (
        map(path_id, ledger.ends(goal))
        if (goal := goal_id(track))
        else ledger.ends(track)
        for track in started.tracks
    )
    return started._replace(tracks=tuple(dict.fromkeys(chain.from_iterable(tracks))))


def carried_plans(
    plans: tuple[AcceptedPlan, ...], ledger: Ledger
) -> tuple[AcceptedPlan, ...]:
    """Plans over the ids in force."""
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
