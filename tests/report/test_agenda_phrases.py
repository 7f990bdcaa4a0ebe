from __future__ import annotations

from datetime import date

import pytest

from llmpath.core.events import (
    AvailabilitySet,
    LeaveSet,
    LessonsIncluded,
    Record,
    StudyLogged,
)
from llmpath.report.next import next_document, next_sentences
from tests.builders import TODAY, a_record
from tests.report.example_views import SCORES_FACTS, next_on
from tests.report.examples import (
    ADAPTERS,
    ATTENTION,
    HEADS,
    MONDAY,
    ORIGINS,
    SCORES,
    SUNDAY,
    a_start,
    completed,
    with_note,
)

AFTER_SEVEN_WEEKS = date(2027, 1, 8)


def test_next_says_all_that_is_needed_to_begin_with_the_link_last() -> None:
    assert next_sentences(next_on(TODAY, a_start(), count=3)) == [
        "Planned for today, Friday 20 November: 1 hour",
        "Next: Scores",
        *SCORES_FACTS,
        "Then: Heads",
        "Module: Attention",
        "Time: part 1 of 4, 30 minutes now, 1 hour 30 minutes left after that",
        "Stop at: 1:02:00",
        "Why this one: next in your plan, planned for today",
        "Unlocks: tuning",
        "To begin: llmpath open attention/heads",
        "Afterwards: llmpath done attention/heads",
        "Link: https://example.org/heads",
        "Then: Adapters",
        "Module: Tuning",
        "Time: 40 minutes",
        "Stop after: The last layer",
        (
            "Why this one: next in your plan, planned for Tuesday 24 November; "
            "later: after attention"
        ),
        "Costs money: about US$49 a month (a subscription), from memory, not checked",
        "Needs a GPU",
        "The computer works 1 hour 30 minutes by itself",
        "To begin: llmpath open tuning/adapters",
        "Afterwards: llmpath done tuning/adapters",
        "Link: https://example.org/adapters",
    ]


def test_the_first_screen_after_seven_weeks_says_where_one_stopped() -> None:
    note = with_note(ATTENTION.id, "Two\nlines")
    view = next_on(AFTER_SEVEN_WEEKS, a_start(), completed(SCORES.id), note)
    assert next_sentences(view) == [
        "Last time: Friday 20 November 2026",
        "You stopped at: Scores",
        "Your last note: Two lines",
        "Nothing is overdue.",
        "Plan ends: Tuesday 12 January; before: Tuesday 24 November 2026",
        "A short lesson to begin with: Heads, 2 hours",
        "To open it: llmpath open attention/heads",
        "Planned for today, Friday 8 January: 1 hour",
        "Next: Heads",
        "Module: Attention",
        "Time: parts 1 to 2 of 4, 1 hour now, 1 hour left after that",
        "Stop at: 1:02:00",
        "Why this one: next in your plan, planned for today",
        "Unlocks: tuning",
        "To begin: llmpath open attention/heads",
        "Afterwards: llmpath done attention/heads",
        "Link: https://example.org/heads",
    ]


def test_after_a_break_with_nothing_studied_there_is_no_place_to_name() -> None:
    sentences = next_sentences(next_on(AFTER_SEVEN_WEEKS, a_start()))
    assert sentences[:4] == [
        "Last time: Friday 20 November 2026",
        "Nothing is overdue.",
        "Plan ends: Tuesday 12 January; before: Tuesday 24 November 2026",
        "A short lesson to begin with: Scores, 30 minutes",
    ]


ALL_DONE = completed(SCORES.id, HEADS.id, ADAPTERS.id)


USED = a_record(StudyLogged(SCORES.id, 20), StudyLogged(HEADS.id, 40), n=4)


@pytest.mark.parametrize(
    ("day", "records", "state", "sentences"),
    [
        (
            TODAY,
            [a_start()],
            "today",
            ["Planned for today, Friday 20 November: 1 hour", "Next: Scores"],
        ),
        (
            TODAY,
            [a_start(), USED],
            "day-used",
            [
                "Today's minutes are used.",
                "Next study day: Monday 23 November",
                "Next: Scores",
            ],
        ),
        (
            SUNDAY,
            [a_start()],
            "free-day",
            [
                "Today is a free day.",
                "Next study day: tomorrow, Monday 23 November",
                "Next: Scores",
            ],
        ),
        (
            TODAY,
            [a_start(first=MONDAY)],
            "before-start",
            [
                "The plan has not begun yet.",
                "Next study day: Monday 23 November",
                "Next: Scores",
            ],
        ),
        (
            TODAY,
            [a_start(), ALL_DONE],
            "only-optional",
            [
                "Only optional lessons are left.",
                "To take one into the plan: llmpath include ID",
                "Next: Origins",
            ],
        ),
        (
            TODAY,
            [a_start(), ALL_DONE, completed(ORIGINS.id, n=3)],
            "finished",
            [
                "All lessons of the plan are done or skipped.",
                "What else there is: llmpath tracks",
            ],
        ),
        (
            TODAY,
            [a_start(), a_record(LeaveSet({}, TODAY, changes_break=True), n=2)],
            "break",
            ["You are on a break.", "To end it: llmpath off remove today"],
        ),
    ],
)
def test_every_kind_of_day_has_a_plain_sentence(
    day: date, records: list[Record], state: str, sentences: list[str]
) -> None:
    view = next_on(day, *records, count=1)
    assert next_document(view)["state"] == state
    assert next_sentences(view)[: len(sentences)] == sentences


@pytest.mark.parametrize(
    ("records", "time", "why"),
    [
        (
            [a_record(StudyLogged(SCORES.id, 10), n=2)],
            "Time: part 2 of 2, 20 minutes now, the last",
            "Why this one: begun already, planned for today",
        ),
        (
            [completed(SCORES.id), a_record(StudyLogged(HEADS.id, 96), n=3)],
            "Time: part 3 of 3, 24 minutes now, the last",
            "Why this one: begun already, planned for Monday 23 November",
        ),
        (
            [ALL_DONE],
            "Time: 25 minutes",
            "Why this one: optional, not in the plan",
        ),
        (
            [ALL_DONE, a_record(StudyLogged(ORIGINS.id, 10), n=3)],
            "Time: 15 minutes left of 25 minutes",
            "Why this one: optional, not in the plan",
        ),
        (
            [ALL_DONE, a_record(LessonsIncluded((ORIGINS.id,)), n=3)],
            "Time: 25 minutes",
            "Why this one: next in your plan, planned for Monday 23 November",
        ),
    ],
)
def test_time_and_reason_follow_from_what_was_done(
    records: list[Record], time: str, why: str
) -> None:
    sentences = next_sentences(next_on(TODAY, a_start(), *records, count=1))
    assert [each for each in sentences if each.startswith("Time")] == [time]
    assert [each for each in sentences if each.startswith("Why")] == [why]


def test_what_is_not_free_or_not_known_is_said() -> None:
    sentences = next_sentences(next_on(TODAY, a_start(), ALL_DONE))
    assert sentences[6:9] == [
        "Needs an account",
        "No source says what it runs on",
        "To begin: llmpath open extras/origins",
    ]


def test_a_free_day_names_the_next_day_with_time() -> None:
    changed = a_record(AvailabilitySet(TODAY, (0, 0, 0, 0, 0, 120, 0)), n=2)
    assert next_sentences(next_on(TODAY, a_start(), changed))[:2] == [
        "Today is a free day.",
        "Next study day: tomorrow, Saturday 21 November",
    ]


def test_a_lesson_that_counts_without_a_day_is_not_called_optional() -> None:
    endless = a_record(LeaveSet({}, TODAY, changes_break=True), n=2)
    said = next_sentences(next_on(TODAY, a_start(), endless))
    assert (
        "Why this one: next in your plan, no day for it in your calendar: "
        "llmpath off list"
    ) in said
    assert not any("optional" in each for each in said)
