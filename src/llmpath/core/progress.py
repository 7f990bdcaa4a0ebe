"""Progress: what the journal says, as values; `core/folding.py` makes them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from llmpath.core.availability import Availability
from llmpath.core.events import PlanAccepted, Stated
from llmpath.core.plan_settings import PlanSettings, SettingValue
from llmpath.named_tuple import NamedTuple


class Completion(NamedTuple):
    """A lesson done: the earliest day on which any device says so.

    Attributes:
        minutes: The estimate of that day.
        records: Every live record that completes it.
    """

    day: date
    minutes: int
    records: tuple[str, ...]


class Skip(NamedTuple):
    """A lesson left out; `known` if any record says that it was known."""

    known: bool
    records: tuple[str, ...]


class Note(NamedTuple):
    """One note, with the study day on which it was written."""

    day: date
    text: str


class Started(NamedTuple):
    """The tracks in force, with the first day of study and the record's own day."""

    tracks: tuple[str, ...]
    from_day: date
    day: date


class AcceptedPlan(NamedTuple):
    """A plan that was accepted, and the study day on which that was.

    Attributes:
        adjusts: Accepted with another change, such as a day off: what was planned
            before that change is still what study is measured by.
    """

    day: date
    record: str
    plan: PlanAccepted
    adjusts: bool = False


class StatedOn(NamedTuple):
    """A forecast that was shown, and the study day on which that was."""

    day: date
    stated: Stated


class StoredCopy(NamedTuple):
    """The stored copy of a curriculum that is in force, and its edition."""

    edition: str
    file: str


class Progress(NamedTuple):
    """Everything that the journal says.

    Attributes:
        starts: Whatever was started or stopped, the last one being in force.
        stated: Forecasts that were shown, oldest first.
        held_stated: The one shown last, if that was of the tracks in force.
        reopened: Lessons made open, each with a record that this took back.
        lifted: Lessons that were put off and are not any more.
        study_days: Minutes logged by study day and id of lesson or module.
        logged: Minutes logged in all by id.
        studied: Minutes of each day: logged ones, and estimates where none were.
        plans: Every accepted plan, oldest first; the last one holds.
        curricula: The curricula that were added and not removed, by id.
        links: Links that the learner put in place of others, by lesson or module; None
            where the curriculum's own was given back.
        linked: Groups of lessons that are the same study, none in two of them.
        journal: The journal's random id; None before the first `start`.
        voided: Ids of records taken back.
        last_day: Greatest study day of a live record; None in an empty journal.
    """

    started: Started | None
    starts: tuple[Started, ...]
    availability: Availability
    target: date | None
    settings: PlanSettings
    setting_values: Mapping[str, SettingValue]
    plans: tuple[AcceptedPlan, ...]
    completions: Mapping[str, Completion]
    skips: Mapping[str, Skip]
    included: frozenset[str]
    deferred: Mapping[str, date]
    study_days: Mapping[date, Mapping[str, int]]
    logged: Mapping[str, int]
    studied: Mapping[date, int]
    notes: Mapping[str, tuple[Note, ...]]
    curricula: Mapping[str, StoredCopy]
    links: Mapping[str, str | None]
    linked: tuple[tuple[str, ...], ...]
    journal: str | None
    voided: frozenset[str]
    last_day: date | None
    stated: tuple[StatedOn, ...]
    held_stated: StatedOn | None
    reopened: frozenset[tuple[str, str]]
    lifted: frozenset[str]

    @property
    def begun(self) -> date | None:
        """First day of study of all tracks that were ever started."""
        days = (each.from_day for each in self.starts if each.tracks)
        return min(days, default=None)

    def is_active_on(self, day: date) -> bool:
        """Tell whether a track was in force on a day, by what had been started then."""
        for each in reversed(self.starts):
            if each.day <= day:
                return bool(each.tracks) and each.from_day <= day
        return False

    @property
    def plan(self) -> AcceptedPlan | None:
        """The plan that holds; None before `start`."""
        return self.plans[-1] if self.plans else None

    @property
    def measured_plan(self) -> AcceptedPlan | None:
        """The plan by which one is ahead or behind: that of a start or a replan."""
        whole = [each for each in self.plans if not each.adjusts]
        return whole[-1] if whole else self.plan

    def is_done(self, lesson: str) -> bool:
        """Tell whether a lesson is done; done outweighs skipped."""
        return lesson in self.completions

    def is_open(self, lesson: str) -> bool:
        """Tell whether a lesson is neither done nor skipped."""
        return lesson not in self.completions and lesson not in self.skips


def studied_by_day(
    study_days: Mapping[date, Mapping[str, int]], done: Mapping[str, Completion]
) -> dict[date, int]:
    """Minutes studied on each day: logged ones, and estimates where none were logged.

    A lesson completed on a day without logged minutes of its own counts there with
    what earlier days left of its estimate.
    """
    days = {day: sum(by_id.values()) for day, by_id in study_days.items()}
    timed, earlier = logged_for(study_days, done)
    for lesson, (day, estimate, _) in done.items():
        unlogged = estimate - earlier.get(lesson, 0)
        if unlogged > 0 and lesson not in timed:
            days[day] = days.get(day, 0) + unlogged
    return days


def logged_for(
    study_days: Mapping[date, Mapping[str, int]], done: Mapping[str, Completion]
) -> tuple[set[str], dict[str, int]]:
    """Lessons with minutes logged on the day of their completion, and minutes before.

    In one pass: a loop for each lesson would cost 60 ms after years of study.
    """
    timed: set[str] = set()
    earlier: dict[str, int] = {}
    for day, by_id in study_days.items():
        for key, minutes in by_id.items():
            completion = done.get(key)
            if completion is None or day > completion.day:
                continue
            if day == completion.day:
                timed.add(key)
            else:
                earlier[key] = earlier.get(key, 0) + minutes
    return timed, earlier
