from __future__ import annotations

from typing import Any

from llmpath.exchange.importers.draft import DraftLesson, DraftModule, Reading, Span
from llmpath.exchange.importers.estimates import ESTIMATES
from llmpath.exchange.importers.making import Made, make_document
from tests.exchange.importers.drafts import a_reading, faults_of, readings
from tests.strategies import law


def made(*modules: DraftModule, span: Span | None = None) -> Made:
    return make_document(a_reading(*modules, span=span), "mine", "2026.11")


def lessons_of(document: dict[str, Any]) -> dict[str, Any]:
    return {
        f"{module['id']}/{lesson['id']}": lesson
        for module in document["modules"]
        for lesson in module["lessons"]
    }


@law(readings)
def test_a_document_of_any_reading_passes_the_check_and_is_made_again(
    reading: Reading,
) -> None:
    first = make_document(reading, "mine", "2026.11")

    assert faults_of(first.document) == ()
    assert make_document(reading, "mine", "2026.11") == first


@law(readings)
def test_every_lesson_has_its_minutes_counted_once(reading: Reading) -> None:
    made = make_document(reading, "mine", "2026.11")
    low, high = made.minutes_guessed
    lessons = lessons_of(made.document)
    own = [
        each
        for each in lessons.values()
        if each["source"].startswith(("our estimate", "an estimate"))
    ]
    others = sum(each["minutes"] for each in lessons.values() if each not in own)

    assert len(own) == made.estimated_lessons
    assert others == made.minutes_read
    assert low <= sum(each["minutes"] for each in own) <= high
    assert made.estimated_lessons <= len(lessons)
    marked = [*made.ticks, *made.skips, *made.known]
    assert len(marked) == len(set(marked))
    assert {each.removeprefix("mine:") for each in marked} <= lessons.keys()


def test_minutes_that_a_lesson_states_are_published_and_the_others_estimated() -> None:
    answer = made(
        DraftModule(
            "Trees",
            (
                DraftLesson("Talk", span=Span(60, 90), kind="video", line=7),
                DraftLesson("Text", kind="reading"),
            ),
        )
    )
    talk, text = lessons_of(answer.document).values()

    assert (talk["minutes"], talk["basis"]) == (75, "published")
    assert talk["source"] == "stated by the source, line 7: 1 h to 1 h 30 min"
    assert (text["minutes"], text["basis"]) == (25, "estimated")
    assert text["source"] == (
        "our estimate for a reading without stated time: 10 min to 1 h"
    )
    assert answer.minutes_read == 75
    assert answer.minutes_guessed == (10, 60)
    assert (answer.estimated_lessons, answer.notes) == (1, ())


def test_what_a_track_states_is_divided_over_the_lessons_without_minutes() -> None:
    answer = made(
        DraftModule("Trees", (DraftLesson("Course on trees"), DraftLesson("Leaves"))),
        DraftModule("Work", (DraftLesson("Work", span=Span(180, 180)),)),
        span=Span(4800, None),
    )
    minutes = [each["minutes"] for each in lessons_of(answer.document).values()]

    assert sum(minutes) == answer.minutes_read == 4800
    assert minutes[2] == 180
    assert minutes[0] > 30 * minutes[1] > 0
    assert answer.minutes_guessed == (0, 0)
    assert answer.notes == ("the time stated for a part divided over 2 lessons",)
    assert answer.document["tracks"][0]["stated_hours"] == [80, None]


def test_a_module_divides_its_own_hours_before_the_track_does() -> None:
    answer = made(
        DraftModule("Trees", (DraftLesson("a"), DraftLesson("b")), span=Span(60, 60)),
        DraftModule("Work", (DraftLesson("c"),)),
        span=Span(120, 180),
    )
    minutes = [each["minutes"] for each in lessons_of(answer.document).values()]

    assert minutes == [30, 30, 90]
    assert answer.document["modules"][0]["study_minutes"] == 60


def test_hours_that_the_known_lessons_use_up_leave_the_others_estimated() -> None:
    lessons = (DraftLesson("a", span=Span(120, 120)), DraftLesson("b"))
    answer = made(DraftModule("Trees", lessons, span=Span(60, 60)))

    minutes = [each["minutes"] for each in lessons_of(answer.document).values()]
    assert minutes == [120, ESTIMATES["lesson"].likely]


def test_optional_lessons_take_no_part_of_what_a_track_states() -> None:
    lessons = (DraftLesson("a"), DraftLesson("b", is_optional=True))
    answer = made(DraftModule("Trees", lessons), span=Span(300, 300))

    minutes = [each["minutes"] for each in lessons_of(answer.document).values()]
    assert minutes == [300, ESTIMATES["lesson"].likely]


def test_a_link_stays_as_it_is_or_is_none_and_that_is_said() -> None:
    answer = made(
        DraftModule(
            "Trees",
            (
                DraftLesson("a", url="http://example.org/a"),
                DraftLesson("b", url="docs/b.md"),
                DraftLesson("c"),
            ),
        )
    )
    urls = [each["url"] for each in lessons_of(answer.document).values()]

    assert urls == ["http://example.org/a", None, None]
    assert answer.notes == (
        "links that cannot be opened from here, relative or not on the web: 1",
    )


def test_ticked_lessons_are_named_by_their_full_ids() -> None:
    answer = made(
        DraftModule("Trees", (DraftLesson("a1"), DraftLesson("b", is_done=True))),
        DraftModule("Work", (DraftLesson("b", is_done=True),)),
    )
    assert answer.ticks == ("mine:trees/b", "mine:work/b")


def test_needs_become_prerequisites_by_key_or_title_and_the_rest_is_assumed() -> None:
    answer = made(
        DraftModule("Trees", (DraftLesson("a"),), key="M1"),
        DraftModule("Leaves", (DraftLesson("b"),), needs=("m1", "Algebra")),
        DraftModule("Work", (DraftLesson("c"),), needs=("leaves", "TREES", "Work")),
    )
    trees, leaves, work = answer.document["modules"]

    assert trees["prerequisites"] == []
    assert [each["module"] for each in leaves["prerequisites"]] == ["trees"]
    assert leaves["assumes"] == ["Algebra"]
    assert [each["module"] for each in work["prerequisites"]] == ["leaves", "trees"]


def test_a_need_that_closes_a_circle_is_left_out_and_said() -> None:
    answer = made(
        DraftModule("First", (DraftLesson("a"),), needs=("Second",)),
        DraftModule("Second", (DraftLesson("b"),), needs=("First",)),
    )
    assert faults_of(answer.document) == ()
    assert answer.document["modules"][0]["prerequisites"] == []
    assert answer.notes == (
        "first needs second, which needs it in turn; this need is left out",
    )


def test_modules_of_one_title_are_told_apart_by_their_phases() -> None:
    one = a_reading(DraftModule("Reading list", (DraftLesson("a"),)))
    (track,) = one.tracks
    (phase,) = track.phases
    phases = (phase._replace(title="First"), phase._replace(title="Second"))
    two = one._replace(tracks=(track._replace(phases=phases),))

    document = make_document(two, "mine", "1").document

    assert [each["id"] for each in document["modules"]] == [
        "first-reading-list",
        "second-reading-list",
    ]


def test_a_lesson_that_is_put_in_front_changes_no_id() -> None:
    after = (DraftLesson("Talk on trees"), DraftLesson("机器学习"))
    before = (DraftLesson("New"), *after)

    old = [*lessons_of(made(DraftModule("Trees", after)).document)]
    new = [*lessons_of(made(DraftModule("Trees", before)).document)]

    assert new[1:] == old
