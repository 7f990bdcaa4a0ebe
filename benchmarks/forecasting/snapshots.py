"""What is known of a simulated learner on a day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from benchmarks.forecasting.learners import Learner
from llmpath.core.forecast import USUAL_PACE, OpenLesson, TimedLesson, Week


class Snapshot(NamedTuple):
    """What is known of a learner on the morning of a day.

    Attributes:
        throughput: Estimates of the lessons completed in each week so far.
        declared: Minutes by day from this one on.
        truth: Days until all is done, this one among them.
    """

    weeks: list[Week]
    timed: list[TimedLesson]
    rest: list[OpenLesson]
    throughput: list[float]
    declared: Sequence[int]
    truth: int

    def declared_on(self, offset: int) -> float:
        """Declared minutes so many days from now."""
        return self.declared[offset]


def look_at(learner: Learner, week: int) -> Snapshot | None:
    """What is known after so many weeks; None if all is done, or never will be."""
    day = 7 * week
    if learner.finish is None or learner.finish < day:
        return None
    minutes = learner.before[day]
    done = bisect_right(learner.ends, minutes)
    starts = [0.0, *learner.ends]
    lessons = learner.lessons
    timed = [
        TimedLesson(each.module, each.kind, each.estimate, max(1.0, end - start))
        for each, start, end in zip(lessons[:done], starts, learner.ends, strict=False)
    ]
    rest = [
        OpenLesson(each.module, each.kind, each.estimate) for each in lessons[done:]
    ]
    rest[0] = rest[0]._replace(spent=minutes - starts[done])
    return Snapshot(
        weeks=[studied_week(learner, each) for each in range(week)],
        timed=timed,
        rest=rest,
        throughput=completed_by_week(learner, week),
        declared=learner.declared[day:],
        truth=learner.finish - day + 1,
    )


def studied_week(learner: Learner, week: int) -> Week:
    """Declared and studied minutes of one week."""
    days = slice(7 * week, 7 * week + 7)
    return Week(sum(learner.declared[days]), sum(learner.studied[days]))


def completed_by_week(learner: Learner, weeks: int) -> list[float]:
    """Estimates of the lessons completed in each week."""
    counts = [
        bisect_right(learner.ends, learner.before[7 * n]) for n in range(weeks + 1)
    ]
    sums = list(accumulate((each.estimate for each in learner.lessons), initial=0))
    totals = [sums[count] for count in counts]
    return [float(after - before) for before, after in pairwise(totals)]


def without_logs(snapshot: Snapshot) -> Snapshot:
    """The same where nothing but completions is known."""
    return snapshot._replace(
        weeks=[
            week._replace(studied=USUAL_PACE * done)
            for week, done in zip(snapshot.weeks, snapshot.throughput, strict=True)
        ],
        timed=[],
        rest=[each._replace(spent=0.0) for each in snapshot.rest],
    )
