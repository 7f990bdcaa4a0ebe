from __future__ import annotations

from datetime import time

import pytest
from hypothesis import strategies as st

from llmpath.core.progress import Progress
from llmpath.errors import LlmpathError, RefusedInputError
from llmpath.exchange.ics_reading import EVENT_LIMIT, SIZE_LIMIT, parse_calendar
from tests.exchange.calendars import export, live_events, read
from tests.strategies import a_study, law, one_track

EVENING = time(19)


def a_calendar() -> tuple[str, Progress]:
    study = a_study(one_track(30, 30), 40).accept()
    return export(study).text, study.progress


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0\xff\xfe" * 99,
        b"precious",
        b"X-LLMPATH-JOURNAL:llmpath\r\n",
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\nX-LLMPATH-JOURNAL:other\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VEVENT\r\nX-LLMPATH-JOURNAL:llmpath\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    ],
)
def test_another_file_is_refused(data: bytes) -> None:
    with pytest.raises(LlmpathError) as refused:
        parse_calendar(data, "a.ics", a_calendar()[1])
    assert type(refused.value) is LlmpathError
    assert refused.value.message == "a.ics is there already"


@pytest.mark.parametrize("more", ["x" * SIZE_LIMIT, "BEGIN:VEVENT\r\n" * EVENT_LIMIT])
def test_a_file_above_the_limits_is_refused_before_it_is_parsed(more: str) -> None:
    text, progress = a_calendar()
    with pytest.raises(LlmpathError, match="is there already"):
        read(text + more, progress)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("SEQUENCE:0", "SEQUENCE:-1", 6),
        ("SEQUENCE:0", "SEQUENCE:2147483647", 6),
        ("SEQUENCE:0", "SEQUENCE:0\r\nSEQUENCE:1", 6),
        ("SEQUENCE:0\r\n", "", 6),
        ("UID:llmpath.m0", "UID:mine.m0.x", 6),
        ("UID:llmpath.m0", "UID:llmpath.m0-1@e\r\nUID:llmpath.m0", 6),
        ("UID:llmpath.m0.m0-1", "UID:llmpath.m1.m1-1", 20),
        ("DTSTAMP:20261116T193005Z", "DTSTAMP:20261116T193005", 6),
        ("DTEND;VALUE=DATE:20261117", "DTEND:20261117T120000", 6),
        ("DTSTART;VALUE=DATE:20261116", "DTSTART;VALUE=DATE:20261316", 6),
        ("DTSTAMP:20261116T193005Z", "DTSTAMP;TZID=Asia/Tokyo:20261116T193005", 6),
        ("STATUS:CONFIRMED", "STATUS:TENTATIVE", 6),
        ("STATUS:CONFIRMED", "STATUS:CONFIRMED\r\nSTATUS:CONFIRMED", 6),
        ("DTSTART;VALUE=DATE", "DTSTART;VALUE=DATE:20261116\r\nDTSTART", 6),
        ("TRANSP", "CATEGORIES;VALUE=DATE-TIME:a\r\nTRANSP", 6),
        ("TRANSP", "BEGIN:VALARM\r\nEND:VALARM\r\nTRANSP", 6),
        ("TRANSP", "RRULE:FREQ=DAILY\r\nTRANSP", 6),
        ("TRANSP", "garbage without a colon\r\nTRANSP", 6),
        (
            "END:VEVENT\r\nBEGIN",
            "END:VEVENT\r\nBEGIN:VTODO\r\nEND:VTODO\r\nBEGIN",
            None,
        ),
        ("VERSION", "BEGIN:VTIMEZONE\r\nEND:VTIMEZONE\r\nVERSION", None),
        ("END:VCALENDAR\r\n", "", None),
        ("END:VCALENDAR\r\n", "END:VCALENDAR\r\nmore", None),
    ],
)
def test_a_calendar_that_is_not_as_it_was_written_is_refused_with_its_place(
    old: str, new: str, line: int | None
) -> None:
    text, progress = a_calendar()
    assert old in text
    changed = text.replace(old, new, 1)
    with pytest.raises(RefusedInputError) as refused:
        read(changed, progress)
    assert [each.line for each in refused.value.faults] == [line]


@law(
    st.integers(0, 3000),
    st.integers(0, 40),
    st.one_of(st.binary(max_size=40), st.sampled_from((b"\r\n", b"BEGIN:VEVENT\r\n"))),
)
def test_whatever_a_file_holds_it_is_read_or_refused(
    at: int, count: int, new: bytes
) -> None:
    data = a_calendar()[0].encode()
    at %= len(data)
    changed = data[:at] + new + data[at + count :]
    is_read_or_refused(changed)


_names = st.sampled_from(
    [
        "UID",
        "SEQUENCE",
        "STATUS",
        "DTSTART",
        "DTEND",
        "DTSTAMP",
        "SUMMARY",
        "URL",
        "RRULE",
        "CATEGORIES",
    ]
)
_parameters = st.sampled_from(
    (
        "",
        ";VALUE=DATE",
        ";VALUE=DATE-TIME",
        ";VALUE=PERIOD",
        ";VALUE=BINARY;ENCODING=BASE64",
        ";TZID=Asia/Tokyo",
        ";TZID=../../etc/passwd",
        ';X="',
        ";=",
    )
)
_values = st.sampled_from(
    (
        "",
        "-1",
        "CONFIRMED",
        "20261120",
        "20261120T190000",
        "20261120T190000/PT1H",
        "00010101T000000Z",
        "99991231",
        "9" * 400,
        "llmpath.m0.m0-1.1@llmpath",
        "\\",
        "\0",
    )
)


@law(st.integers(0, 40), st.integers(0, 1), _names, _parameters, _values)
def test_whatever_a_property_says_it_is_read_or_refused(
    at: int, count: int, name: str, parameter: str, value: str
) -> None:
    lines = a_calendar()[0].split("\r\n")
    at %= len(lines)
    lines[at : at + count] = [f"{name}{parameter}:{value}"]
    is_read_or_refused("\r\n".join(lines).encode())


def is_read_or_refused(data: bytes) -> None:
    """What was read can be written and read again; all else is refused."""
    text, progress = a_calendar()
    try:
        written = parse_calendar(data, "a.ics", progress)
    except LlmpathError:
        return
    study = a_study(one_track(30, 30), 40).accept()
    for at in (None, EVENING):
        calendar = export(study, written, at=at)
        assert set(read(calendar.text, progress)) >= set(live_events(text))
