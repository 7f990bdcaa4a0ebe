"""`path` in documents and sentences."""

from __future__ import annotations

from datetime import date

from llmpath.report.path import path_document, path_sentences
from tests.builders import TODAY
from tests.report.course import FIRST_WEEK, GPT, POST, RLHF, done
from tests.report.situations import path_view

LATE = path_view(RLHF, *FIRST_WEEK, target=date(2026, 11, 23))


def test_a_way_is_told_lesson_by_lesson_with_its_end_and_how_to_begin() -> None:
    view = path_view(GPT.lessons[0], target=date(2026, 12, 1))

    assert path_sentences(view) == [
        (
            "Path to Text, characters as tokens, batches: 3 lessons in 2 modules, "
            "1 hour 17 minutes"
        ),
        (
            "From the overview to self-attention as matrices, part of The Illustrated "
            "Transformer, 25 minutes, begins today, "
            "id illustrated-transformer/self-attention-detail"
        ),
        (
            "Many heads, positions, decoder and training, part of The Illustrated "
            "Transformer, 30 minutes, begins today, "
            "id illustrated-transformer/heads-positions-decoder"
        ),
        (
            "Text, characters as tokens, batches, part of Let's build GPT: from "
            "scratch, in code, spelled out, 22 minutes, begins Monday 23 November, "
            "id lets-build-gpt/data-and-batches"
        ),
        "Monday: 1 hour",
        "Tuesday: 1 hour",
        "Wednesday: 1 hour",
        "Thursday: 1 hour",
        "Friday: 1 hour",
        "Saturday: 0 minutes",
        "Sunday: 0 minutes",
        "Sum: 5 hours a week",
        "Plan ends: Monday 23 November",
        "Target: Tuesday 1 December, fits if every study day is used",
        "Slack: 8 days",
        (
            "With other hours: llmpath path --to lets-build-gpt/data-and-batches "
            "--by 2026-12-01 --hours 6"
        ),
        "To begin: llmpath start --to lets-build-gpt/data-and-batches --by 2026-12-01",
    ]


def test_what_is_behind_the_learner_is_counted_and_a_late_target_does_not_fit() -> None:
    said = path_sentences(LATE)
    document = path_document(LATE)

    assert "Behind you: 3 lessons done or skipped" in said
    assert "Target: Monday 23 November, does not fit" in said
    assert document["feasible"] is False
    assert document["closed_lessons"] == 3
    assert document["shortfall_minutes"] == LATE.left_over > 0


def test_the_minutes_of_a_way_are_the_sum_of_its_lessons() -> None:
    view = path_view(RLHF)
    document = path_document(view)

    assert document["minutes"] == sum(each.lesson.minutes for each in view.lessons)
    assert document["left_minutes"] == sum(each.left for each in view.lessons)
    assert document["feasible"] is document["target"] is document["slack_days"] is None


def test_where_the_goal_is_done_what_comes_before_it_is_still_told() -> None:
    view = path_view(RLHF, done(2, TODAY, "illustrating-rlhf/rlhf-post"))

    assert path_document(view)["reached"] is True
    assert view.lessons
    said = path_sentences(view)
    behind = (
        "The goal itself: done or skipped; what stands here usually comes before it"
    )
    assert behind in said
    assert not [each for each in said if each.startswith("To begin")]


def test_where_nothing_is_left_that_is_all_that_is_said() -> None:
    view = path_view(POST.lessons[1], *FIRST_WEEK)

    assert path_sentences(view) == [
        "Path to Many heads, positions, decoder and training: nothing is left",
        "Behind you: 2 lessons done or skipped",
    ]
    document = path_document(view)
    assert (document["lessons"], document["minutes"]) == ([], 0)
    assert document["finish"] is None
