"""`why` in documents and sentences."""

from __future__ import annotations

from datetime import date

import pytest

from llmpath.core.reasons import DayRoom, Kind, Reason
from llmpath.report.views.why import WhyView
from llmpath.report.why import reason_clause, short, why_document, why_sentences
from tests.builders import TODAY
from tests.report.course import GPT, POST, RLHF, SEQUENCES
from tests.report.situations import BEHIND, UNDERWAY, why_view

VIEW = why_view(UNDERWAY, SEQUENCES.lessons[0], planned=date(2026, 11, 25))
HEADS = POST.lessons[1].id
WEDNESDAY = date(2026, 11, 25)


def room(
    day: date,
    declared: int = 60,
    planned: int = 60,
    studied: int = 0,
    spared: int = 0,
    *,
    is_exception: bool = False,
) -> DayRoom:
    return DayRoom(day, declared, planned, studied, spared, is_exception)


def off(*days: int, is_exception: bool = True) -> Reason:
    rooms = (room(date(2026, 12, day), 0, 0, is_exception=is_exception) for day in days)
    return Reason(Kind.DAY_OFF, days=tuple(rooms))


def clause(reason: Reason, view: WhyView = VIEW) -> str:
    return reason_clause(reason, view, short(TODAY))


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        (Reason(Kind.ORDER, since=TODAY), "nothing in your plan comes before it"),
        (
            Reason(Kind.ORDER, since=WEDNESDAY),
            "your plan begins on Wed 25 Nov, and nothing in your plan comes before it",
        ),
        (
            Reason(Kind.ORDER, (HEADS, HEADS), minutes=90),
            "in all, 2 lessons and 1 h 30 min of your plan come before it",
        ),
        (
            Reason(Kind.CAPACITY, days=(room(WEDNESDAY),)),
            "no room is left on Wed 25 Nov (1 h planned, of 1 h)",
        ),
        (
            Reason(Kind.CAPACITY, days=(room(TODAY, 60, 10, 40, 0),)),
            (
                "no room is left on Fri 20 Nov (10 min planned, 40 min studied and"
                " 10 min repaid for longer days before, of 1 h)"
            ),
        ),
        (
            Reason(Kind.CAPACITY, days=(room(TODAY, 60, 50, 0, 10),)),
            (
                "too little is left on Fri 20 Nov for a part of it (50 min planned"
                " and 10 min free, of 1 h; a part takes at least 15 min)"
            ),
        ),
        (
            Reason(Kind.CAPACITY, since=TODAY),
            "the next ten years of your hours have no room for it",
        ),
        (
            Reason(Kind.DAY_OFF, since=WEDNESDAY),
            "your break from Wed 25 Nov has no end",
        ),
        (off(1), "Tue 1 Dec is off"),
        (off(1, 2, 4), "Tue 1 Dec to Wed 2 Dec and Fri 4 Dec are off"),
        (off(1, 3, 5, 7), "4 days between Tue 1 Dec and Mon 7 Dec are off"),
        (
            off(5, 6, is_exception=False),
            "your week has no hours on Sat 5 Dec to Sun 6 Dec",
        ),
        (
            Reason(Kind.HELD, until=WEDNESDAY),
            "your plan keeps it for the week from Wed 25 Nov",
        ),
        (
            Reason(Kind.HELD, days=(room(TODAY, 60, 40, 0, 20),), until=WEDNESDAY),
            (
                "your plan keeps it for the week from Wed 25 Nov,"
                " and leaves 20 min free on Fri 20 Nov"
            ),
        ),
        (
            Reason(Kind.DEFERRAL, (VIEW.lesson.id,), until=WEDNESDAY),
            "it was put off until Wed 25 Nov",
        ),
        (
            Reason(Kind.DEFERRAL, (HEADS,), until=WEDNESDAY),
            (
                "Many heads, positions, decoder and training"
                " (illustrated-transformer/heads-positions-decoder), which it needs,"
                " was put off until Wed 25 Nov"
            ),
        ),
        (
            off(1)._replace(of=HEADS),
            (
                "Many heads, positions, decoder and training"
                " (illustrated-transformer/heads-positions-decoder) begins that day"
                " because Tue 1 Dec is off"
            ),
        ),
        (
            Reason(Kind.TARGET, since=WEDNESDAY, until=TODAY),
            "it ends on Wed 25 Nov, after your target, Fri 20 Nov",
        ),
        (
            Reason(Kind.DONE, since=TODAY),
            "it was done on Fri 20 Nov and is not planned any more",
        ),
        (Reason(Kind.SKIPPED), "you left it out, so it is not planned"),
        (Reason(Kind.OPTIONAL), "it is optional and not taken into your plan"),
        (Reason(Kind.TRACK), "its module is in none of your tracks"),
    ],
)
def test_a_reason_is_a_clause(reason: Reason, expected: str) -> None:
    assert clause(reason) == expected


def test_a_document_has_each_reason_with_what_it_names() -> None:
    document = why_document(why_view(BEHIND, RLHF.lessons[0], RLHF))

    assert list(document) == [
        *("schema", "lesson", "planned", "reasons", "title", "asked", "change"),
    ]
    assert document["asked"] == "illustrating-rlhf"
    assert document["change"] == {"command": "llmpath hours 6", "planned": None}
    assert [list(each) for each in document["reasons"]] == [  # type: ignore[attr-defined]
        ["kind", "text", "ids", "days"]
    ] * len(document["reasons"])  # type: ignore[arg-type]


def test_sentences_begin_with_the_lesson_and_its_day() -> None:
    first, second, third, *_ = why_sentences(why_view(BEHIND, RLHF.lessons[0], RLHF))

    assert first.startswith("Lesson: RLHF step by step")
    assert second.startswith("It is the first open lesson of Illustrating")
    assert ", because it " in third


def test_a_lesson_that_is_done_says_only_that_and_what_reopens_it() -> None:
    view = why_view(UNDERWAY, GPT.lessons[0], command="llmpath reopen x")

    assert why_sentences(view) == [
        (
            "Lesson: Text, characters as tokens, batches,"
            " id lets-build-gpt/data-and-batches"
        ),
        "It was done on Wednesday 4 November and is not planned any more.",
        "To plan it: llmpath reopen x",
    ]
    assert why_document(view._replace(change=None))["change"] is None
