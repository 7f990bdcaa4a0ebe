"""The fold: the journal's records into what they mean.

The fold is a function of the set of records: their order, duplicates and the files
they came from do not matter, and no clock is read. A register takes the value of the
greatest (lamport, device, id) among live records; completions, skips and inclusions
are observed-remove sets, so concurrent study is never lost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from operator import attrgetter

from llmpath.core.availability import Availability
from llmpath.core.events import (
    NOTHING_STATED,
    AvailabilitySet,
    CurriculumStored,
    LeaveSet,
    LessonDeferred,
    LessonsCompleted,
    LessonsIncluded,
    LessonsLinked,
    LessonsReopened,
    LessonsSkipped,
    LinkReplaced,
    NoteAdded,
    PlanAccepted,
    Record,
    RecordsVoided,
    SettingSet,
    StudyLogged,
    TargetSet,
    TrackStarted,
)
from llmpath.core.plan_settings import SettingValue, plan_settings
from llmpath.core.progress import (
    AcceptedPlan,
    Completion,
    Note,
    Progress,
    Skip,
    Started,
    StatedOn,
    StoredCopy,
    studied_by_day,
)
from llmpath.core.registers import Happenings, latest, registers, stamp
from llmpath.core.voiding import voided_by


def fold(records: Iterable[Record]) -> Progress:
    """Fold the union of all devices' records; a second record of one id is ignored."""
    unique = {record.id: record for record in records}
    live: Collection[Record] = unique.values()
    happened = Happenings(live)
    voided = voided_by(happened.of(RecordsVoided), unique)
    if voided:
        live = [record for record in live if record.id not in voided]
        happened = Happenings(live)
    removed = removed_pairs(happened)
    tracks = sorted(happened.of(TrackStarted), key=lambda each: stamp(each[0]))
    starts = tuple(
        Started(event.tracks, event.from_day, record.day) for record, event in tracks
    )
    stated = stated_forecasts(live)
    target = latest([(r, event.day) for r, event in happened.of(TargetSet)])
    values = setting_values(happened)
    study_days, logged = study_logged(happened)
    done = completions(happened, removed)
    put_off = deferrals(happened)
    return Progress(
        started=starts[-1] if starts else None,
        starts=starts,
        availability=availability(happened),
        target=target,
        settings=plan_settings(values),
        setting_values=values,
        plans=accepted_plans(happened),
        completions=done,
        skips=skips(happened, removed),
        included=included(happened, removed),
        deferred={key: day for key, day in put_off.items() if day is not None},
        study_days=study_days,
        logged=logged,
        studied=studied_by_day(study_days, done),
        notes=notes(happened),
        curricula=stored_curricula(happened),
        links=replaced_links(happened),
        linked=linked_lessons(happened),
        journal=journal_id(tracks),
        voided=frozenset(voided),
        last_day=max(map(attrgetter("day"), live), default=None),
        stated=tuple(each for _, each in stated),
        held_stated=stated_since(tracks, stated),
        reopened=frozenset(removed),
        lifted=frozenset(key for key, day in put_off.items() if day is None),
    )


def removed_pairs(happened: Happenings) -> set[tuple[str, str]]:
    """Pairs of (lesson, record id) that a reopening takes back."""
    return {
        (lesson, record_id)
        for _, event in happened.of(LessonsReopened)
        for lesson, seen in event.lessons.items()
        for record_id in seen
    }


def completions(
    happened: Happenings, removed: set[tuple[str, str]]
) -> dict[str, Completion]:
    """Done lessons; two devices that complete one lesson make one completion."""
    done: dict[str, Completion] = {}
    several: defaultdict[str, set[str]] = defaultdict(set)
    for record, event in happened.of(LessonsCompleted):
        for lesson, minutes in event.lessons.items():
            if (lesson, record.id) in removed:
                continue
            here = Completion(record.day, minutes, (record.id,))
            there = done.get(lesson)
            if there is not None:
                several[lesson].update(there.records, here.records)
                here = min(here, there)
            done[lesson] = here
    for lesson, records in several.items():
        done[lesson] = done[lesson]._replace(records=tuple(sorted(records)))
    return done


def skips(happened: Happenings, removed: set[tuple[str, str]]) -> dict[str, Skip]:
    """Skipped lessons."""
    known: dict[str, bool] = {}
    records: defaultdict[str, set[str]] = defaultdict(set)
    for record, event in happened.of(LessonsSkipped):
        for lesson in event.lessons:
            if (lesson, record.id) not in removed:
                known[lesson] = known.get(lesson, False) or event.known
                records[lesson].add(record.id)
    return {
        lesson: Skip(is_known, tuple(sorted(records[lesson])))
        for lesson, is_known in known.items()
    }


def included(happened: Happenings, removed: set[tuple[str, str]]) -> frozenset[str]:
    """Optional lessons taken into the plan."""
    return frozenset(
        lesson
        for record, event in happened.of(LessonsIncluded)
        for lesson in event.lessons
        if (lesson, record.id) not in removed
    )


def deferrals(happened: Happenings) -> dict[str, date | None]:
    """Lessons with the first day on which they may be planned; None where any may."""
    return registers(
        (record, event.lesson, event.until)
        for record, event in happened.of(LessonDeferred)
    )


def setting_values(happened: Happenings) -> dict[str, SettingValue]:
    """The settings that differ from their defaults."""
    values = registers(
        (record, event.key, event.value) for record, event in happened.of(SettingSet)
    )
    return {key: value for key, value in values.items() if value is not None}


def availability(happened: Happenings) -> Availability:
    """Weekly minutes by the day from which they hold, exceptions and open break."""
    weekly = registers(
        (record, event.from_day, event.minutes)
        for record, event in happened.of(AvailabilitySet)
    )
    exceptions = [
        (record, day, (minutes, is_set_late(record, day, event)))
        for record, event in happened.of(LeaveSet)
        for day, minutes in event.days.items()
    ]
    leave = registers(exceptions)
    in_time = registers(each for each in exceptions if not each[2][1])
    return Availability(
        weekly=tuple(sorted(weekly.items())),
        leave={
            day: minutes for day, (minutes, _) in leave.items() if minutes is not None
        },
        open_from=latest(
            (record, event.open_from)
            for record, event in happened.of(LeaveSet)
            if event.changes_break
        ),
        afterwards={
            day: in_time[day][0] if day in in_time else None
            for day, (_, is_late) in leave.items()
            if is_late
        },
    )


def is_set_late(record: Record, day: date, event: LeaveSet) -> bool:
    """Tell whether a day's minutes were set when it had passed.

    The end of a break sets its days once more, which were off already.
    """
    return record.day > day and not event.changes_break


def accepted_plans(happened: Happenings) -> tuple[AcceptedPlan, ...]:
    """Every accepted plan, the one that holds last."""
    return tuple(
        AcceptedPlan(record.day, record.id, event, adjusts=is_adjustment(record))
        for record, event in sorted(
            happened.of(PlanAccepted), key=lambda entry: stamp(entry[0])
        )
    )


def is_adjustment(record: Record) -> bool:
    """Tell whether a plan was accepted with a change that is no start."""
    kinds = {type(event) for event in record.events}
    return TrackStarted not in kinds and kinds != {PlanAccepted}


def study_logged(
    happened: Happenings,
) -> tuple[dict[date, dict[str, int]], dict[str, int]]:
    """Logged minutes by day and id, and by id alone."""
    days: dict[date, dict[str, int]] = {}
    totals: dict[str, int] = {}
    for record, event in happened.of(StudyLogged):
        key, minutes = event
        totals[key] = totals.get(key, 0) + minutes
        day = days.get(record.day)
        if day is None:
            days[record.day] = {key: minutes}
        else:
            day[key] = day.get(key, 0) + minutes
    return days, totals


def stated_forecasts(live: Iterable[Record]) -> list[tuple[Record, StatedOn]]:
    """What was stated, oldest first, each on the day on which that was."""
    carrying = sorted((each for each in live if each.stated), key=stamp)
    return [
        (record, StatedOn(record.stated.day or record.day, record.stated))
        for record in carrying
        if record.stated and record.stated != NOTHING_STATED
    ]


def stated_since(
    tracks: Sequence[tuple[Record, TrackStarted]],
    stated: Sequence[tuple[Record, StatedOn]],
) -> StatedOn | None:
    """The forecast that was stated last of the tracks in force."""
    if not tracks or not stated or stamp(stated[-1][0]) < stamp(tracks[-1][0]):
        return None
    return stated[-1][1]


def notes(happened: Happenings) -> dict[str, tuple[Note, ...]]:
    """Notes by id, oldest first."""
    found: dict[str, list[Note]] = {}
    for record, event in sorted(
        happened.of(NoteAdded), key=lambda entry: stamp(entry[0])
    ):
        found.setdefault(event.id, []).append(Note(record.day, event.text))
    return {key: tuple(texts) for key, texts in found.items()}


def stored_curricula(happened: Happenings) -> dict[str, StoredCopy]:
    """The copies in force, by the curriculum's id."""
    copies = registers(
        (record, event.curriculum, event)
        for record, event in happened.of(CurriculumStored)
    )
    return {
        key: StoredCopy(event.edition, event.file)
        for key, event in copies.items()
        if event.file is not None
    }


def replaced_links(happened: Happenings) -> dict[str, str | None]:
    """The learner's own links by lesson or module; None where one was given back."""
    return registers(
        (record, event.id, event.url) for record, event in happened.of(LinkReplaced)
    )


def linked_lessons(happened: Happenings) -> tuple[tuple[str, ...], ...]:
    """Groups of lessons that are linked, also through others, sorted."""
    group_of: dict[str, set[str]] = {}
    for _, event in happened.of(LessonsLinked):
        groups = [group_of.setdefault(each, {each}) for each in event.lessons]
        whole = max(groups, key=len, default=set())
        for group in groups:  # the smaller into the greatest: each lesson moves rarely
            if group is not whole:
                whole |= group
                group_of.update(dict.fromkeys(group, whole))
    found = {id(group): group for group in group_of.values() if len(group) > 1}
    return tuple(sorted(tuple(sorted(group)) for group in found.values()))


def journal_id(tracks: Iterable[tuple[Record, TrackStarted]]) -> str | None:
    """The id in the earliest `TrackStarted` that carries one."""
    named = [
        (stamp(record), event.journal) for record, event in tracks if event.journal
    ]
    return min(named, key=lambda entry: entry[0])[1] if named else None
