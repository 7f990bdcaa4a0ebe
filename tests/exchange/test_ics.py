from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from unicodedata import category

import pytest
from hypothesis import strategies as st

from llmpath.core.curriculum import shown_id
from llmpath.core.events import AvailabilitySet, LeaveSet, LessonsSkipped, StudyLogged
from llmpath.core.text import TITLE_LIMIT, clean
from llmpath.exchange.ics import calendar_text, is_over
from tests.builders import a_curriculum, a_lesson, a_module, a_track
from tests.conftest import Golden
from tests.exchange.calendars import (
    LATER,
    STAMP,
    again,
    events_of,
    export,
    live_events,
    read,
    uid_of,
)
from tests.exchange.lessons import HOSTILE, SCORES, small_curriculum, small_study
from tests.strategies import MONDAY, Study, a_study, happening, law, one_track, studies

EVENING = time(19)
TUESDAY = MONDAY + timedelta(days=1)


accepted = studies().map(Study.accept)

_picks = st.integers(0, 99)
_minutes = st.integers(1, 90)
_kinds = st.sampled_from(("done", "skip", "include", "log", "took"))
_weeks = st.sampled_from(
    ((60, 60, 60, 60, 60, 0, 0), (0, 0, 0, 0, 0, 200, 0), (25,) * 7, (240,) * 7)
)
_steps: st.SearchStrategy[Callable[[Study], Study]] = st.one_of(
    st.builds(
        lambda pick, kind, minutes: (
            lambda study: study.then(
                *happening(
                    kind,
                    [*study.curriculum.lessons.values()][pick % lessons(study)],
                    minutes,
                )
            )
        ),
        _picks,
        _kinds,
        _minutes,
    ),
    st.builds(
        lambda week: lambda study: study.then(AvailabilitySet(MONDAY, week)), _weeks
    ),
    st.builds(
        lambda ahead: (
            lambda study: study.then(LeaveSet({study.today + timedelta(days=ahead): 0}))
        ),
        st.integers(0, 9),
    ),
    st.builds(
        lambda days: lambda study: study.on(study.today + timedelta(days=days)),
        st.integers(1, 9),
    ),
    st.just(Study.accept),
)
changes = st.lists(_steps, min_size=1, max_size=4)
hours = st.sampled_from((None, EVENING, time(23, 30)))
rounds = st.lists(st.tuples(changes, hours), min_size=1, max_size=3)


def lessons(study: Study) -> int:
    return len(study.curriculum.lessons)


# What stands in a calendar


@law(accepted, plain=50, thorough=500)
def test_the_events_are_the_blocks_of_the_plan(study: Study) -> None:
    live = live_events(export(study).text)
    assert len(live) == len(study.plan.blocks)
    for block in study.plan.blocks:
        event = live[uid_of(block)]
        assert event["DTSTART"].dt == block.day
        assert event["DTEND"].dt == block.day + timedelta(days=1)
        assert event["TRANSP"] == "TRANSPARENT"
        assert event["SEQUENCE"] == 0
        assert event["DTSTAMP"].dt == STAMP.replace(microsecond=0)
        is_part = block.parts > 1
        part = f" (part {block.part} of {block.parts})" if is_part else ""
        lesson = study.curriculum.lessons[block.lesson]
        assert event["SUMMARY"] == lesson.title + part
        assert event["URL"] == lesson.url
        assert f"llmpath done {shown_id(block.lesson)}" in event["DESCRIPTION"]


@law(accepted, hours, plain=40, thorough=400)
def test_blocks_with_a_time_follow_each_other_and_have_their_minutes(
    study: Study, at: time | None
) -> None:
    first = at or time(6, 15)
    live = live_events(export(study, at=first).text)
    free: dict[date, datetime] = {}
    for block in study.plan.blocks:
        event = live[uid_of(block)]
        begins, ends = event["DTSTART"].dt, event["DTEND"].dt
        assert begins == free.get(block.day, datetime.combine(block.day, first))
        assert begins.tzinfo is None
        assert ends - begins == timedelta(minutes=block.minutes)
        assert event["TRANSP"] == "OPAQUE"
        free[block.day] = ends


def test_a_calendar_as_it_is_written(golden: Golden) -> None:
    study = small_study(small_curriculum(title=f"{HOSTILE} {'é' * 60}"))
    text = export(study).text
    assert text.count("\n") == text.count("\r\n")
    golden("calendars/study.ics", text.replace("\r\n", "\n"))


def test_a_calendar_with_moved_and_cancelled_events(golden: Golden) -> None:
    study = a_study(one_track(90, 30, 30), 40).accept()
    first = export(study, at=EVENING)
    moved = study.then(StudyLogged("llmpath:m0/m0-1", 40)).on(TUESDAY)
    moved = moved.then(LessonsSkipped(("llmpath:m2/m2-1",), known=False))
    moved = moved.then(LeaveSet({TUESDAY: 0}))
    second = again(moved, first, at=EVENING)
    golden("calendars/moved.ics", second.text.replace("\r\n", "\n"))
    assert second[1:] == (2, 0, 2, 1)


@law(st.text(max_size=200), st.text(max_size=40), st.text(max_size=40))
def test_no_title_breaks_out_of_its_line(title: str, stop: str, url: str) -> None:
    lesson = a_lesson(SCORES, 30, title=title)
    lesson = lesson._replace(stop=stop, url=f"https://example.org/{url}")
    module = a_module("attention", [lesson])
    study = a_study(a_curriculum([a_track("road", [module])], [module])).accept()
    text = export(study).text
    lines = text.encode().split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert not [each for each in text.replace("\r\n", "") if category(each) == "Cc"]
    unfolded = text.replace("\r\n ", "").split("\r\n")
    names = Counter(line.replace(";", ":").partition(":")[0] for line in unfolded[6:-3])
    assert {*names} <= {*KEYS, "URL"}
    assert all(names[each] == 1 for each in KEYS)
    (event,) = events_of(text)
    assert event["SUMMARY"] == clean(lesson.title, TITLE_LIMIT)
    assert event.get("URL", "https://").startswith("https://")


KEYS = (
    "SUMMARY",
    "DTSTART",
    "DTEND",
    "DTSTAMP",
    "UID",
    "SEQUENCE",
    "DESCRIPTION",
    "LAST-MODIFIED",
    "STATUS",
    "TRANSP",
)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "ftp://example.org", "https://e/\r\nATTACH:x"]
)
def test_a_link_that_is_no_web_address_is_left_out(url: str) -> None:
    module = a_module("attention", [a_lesson(SCORES)._replace(url=url)])
    study = a_study(a_curriculum([a_track("road", [module])], [module])).accept()
    (event,) = events_of(export(study).text)
    assert "URL" not in event
    assert url not in event["DESCRIPTION"]


@pytest.mark.parametrize(
    ("journal", "domain"),
    [
        ("6ok5o32nzftxv65c", "6ok5o32nzftxv65c"),
        ("a\r\nEND:VEVENT @;,", "aENDVEVENT"),
        ("\u202e", "llmpath"),
        ("x" * 500, "x" * 40),
        (None, "llmpath"),
    ],
)
def test_a_uid_ends_in_the_journals_id_as_far_as_it_may(
    journal: str | None, domain: str
) -> None:
    study = a_study(one_track(30)).accept()
    situation = study.situation
    progress = situation.progress._replace(journal=journal)
    situation = situation._replace(progress=progress)
    text = calendar_text(study.plan, situation, {}, stamp=STAMP).text
    assert list(live_events(text)) == [f"llmpath.m0.m0-1.1@{domain}"]
    assert list(read(text, progress)) == [f"llmpath.m0.m0-1.1@{domain}"]


def test_a_lesson_in_parts_says_what_to_type_after_each() -> None:
    study = a_study(one_track(90), 45).accept()
    first, last = live_events(export(study).text).values()
    assert first["DESCRIPTION"].split("\n") == [
        "45 min, part 1 of 2",
        "https://example.org/m0-1",
        "After this part: llmpath log m0/m0-1 45m",
        "When done: llmpath done m0/m0-1",
    ]
    assert last["DESCRIPTION"].split("\n") == [
        "45 min, part 2 of 2",
        "https://example.org/m0-1",
        "When done: llmpath done m0/m0-1",
    ]


# The same calendar again


@law(accepted, hours, plain=50, thorough=500)
def test_an_unchanged_plan_gives_the_same_bytes(study: Study, at: time | None) -> None:
    first = export(study, at=at)
    second = again(study, first, at=at)
    assert second.text == first.text
    assert second[1:] == (first.items, 0, 0, 0)


@law(accepted, rounds, plain=30, thorough=600)
def test_after_each_change_every_block_is_on_once_and_nothing_is_lost(
    study: Study, rounds: list[tuple[list[Callable[[Study], Study]], time | None]]
) -> None:
    calendar = export(study)
    for steps, at in rounds:
        for step in steps:
            study = step(study)
        before = read(calendar.text, study.progress)
        calendar = export(study, before, stamp=LATER, at=at)
        after = read(calendar.text, study.progress)
        blocks = {uid_of(each): each for each in study.plan.blocks}
        assert set(after) == set(before) | set(blocks)
        for uid, event in after.items():
            was = before.get(uid)
            if was is not None and event.text != was.text:
                assert event.sequence == was.sequence + 1
                assert event.stamp == LATER.replace(microsecond=0)
            if uid in blocks:
                assert event.is_live
                if at is None:
                    assert event.span.begins == blocks[uid].day
            elif was is not None:
                stays = not was.is_live or is_over(was, study.situation)
                assert event.is_live == (was.is_live and stays)
                assert (event.text == was.text) == stays
        assert again(study, calendar, at=at).text == calendar.text


@law(accepted, changes, plain=50, thorough=500)
def test_from_today_on_no_two_events_overlap(
    study: Study, steps: list[Callable[[Study], Study]]
) -> None:
    calendar = export(study, at=EVENING)
    for step in steps:
        study = step(study)
    calendar = again(study, calendar, at=EVENING)
    spans = sorted(
        (each["DTSTART"].dt, each["DTEND"].dt)
        for each in live_events(calendar.text).values()
        if each["DTSTART"].dt.date() >= study.today
    )
    assert all(ends <= begins for (_, ends), (begins, _) in pairwise(spans))


def test_what_was_studied_today_stays_and_what_was_done_ahead_is_cancelled() -> None:
    study = a_study(one_track(30, 30, 30), 40).accept()
    first = export(study)
    calendar = again(study.done("llmpath:m0/m0-1", "llmpath:m2/m2-1"), first)
    events = read(calendar.text, study.progress)
    assert {uid[8:10]: event.is_live for uid, event in events.items()} == {
        "m0": True,
        "m1": True,
        "m2": False,
    }
    assert events["llmpath.m0.m0-1.1@llmpath"].text in first.text


def test_a_part_that_was_logged_today_stays() -> None:
    study = a_study(one_track(90), 45).accept()
    first = export(study)
    logged = study.then(StudyLogged("llmpath:m0/m0-1", 45))
    events = read(again(logged, first).text, study.progress)
    assert all(each.is_live for each in events.values())
    assert events["llmpath.m0.m0-1.1@llmpath"].text in first.text


def test_a_block_of_today_is_cancelled_if_it_was_done_before() -> None:
    study = a_study(one_track(30, 30), 40).accept().on(TUESDAY)
    first = export(study)
    done = study.done("llmpath:m0/m0-1", day=MONDAY)
    event = read(again(done, first).text, study.progress)["llmpath.m0.m0-1.1@llmpath"]
    assert (event.span.day, event.is_live) == (TUESDAY, False)


def test_today_goes_on_behind_what_was_studied_or_at_a_later_time() -> None:
    study = a_study(one_track(30, 30, 30), 120).accept()
    first = export(study, at=EVENING)
    study = study.done("llmpath:m0/m0-1")
    study = study.then(LessonsSkipped(("llmpath:m2/m2-1",), known=False))
    for at, begins in ((EVENING, "19:30"), (time(21), "21:00")):
        calendar = again(study, first, at=at)
        live = live_events(calendar.text)
        assert [f"{each['DTSTART'].dt:%H:%M}" for each in live.values()] == [
            "19:00",
            begins,
        ]
        assert again(study, calendar, at=at).text == calendar.text


def test_a_past_block_that_was_done_stays_and_one_that_was_not_moves() -> None:
    study = a_study(one_track(40, 40), 40).accept()
    first = export(study)
    later = study.done("llmpath:m0/m0-1").on(MONDAY + timedelta(days=5))
    calendar = again(later, first)
    events = read(calendar.text, later.progress)
    done, moved = (events[f"llmpath.m{n}.m{n}-1.1@llmpath"] for n in (0, 1))
    assert done.text in first.text
    assert (moved.span.day, moved.sequence) == (MONDAY + timedelta(days=5), 1)


def test_a_block_that_comes_back_is_confirmed_again() -> None:
    study = a_study(one_track(30, 30), 40).accept()
    first = export(study)
    skipped = study.then(LessonsSkipped(("llmpath:m1/m1-1",), known=False))
    second = again(skipped, first)
    third = again(study, second)
    event = read(third.text, study.progress)["llmpath.m1.m1-1.1@llmpath"]
    assert (event.is_live, event.sequence) == (True, 2)
    assert third[1:] == (2, 0, 1, 0)


def test_a_thousand_blocks_are_written_and_read() -> None:
    study = a_study(one_track(50_000), 50).accept()
    first = export(study)
    assert first.items == 1000
    assert again(study, first).text == first.text


def test_a_file_whose_line_ends_were_changed_is_still_read() -> None:
    study = a_study(one_track(30, 30), 40).accept()
    first = export(study)
    written = read("\ufeff" + first.text.replace("\r\n", "\n"), study.progress)
    assert export(study, written, stamp=LATER).text == first.text
