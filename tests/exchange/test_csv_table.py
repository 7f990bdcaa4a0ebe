from __future__ import annotations

import csv
from io import StringIO

import pytest
from hypothesis import strategies as st

from llmpath.core.text import clean
from llmpath.exchange.csv_table import COLUMNS, csv_text, text_cell
from tests.exchange.lessons import HOSTILE, entries_of, small_curriculum, small_study
from tests.strategies import law

FORMULA_STARTS = tuple("=+-@\t\r\0\uff1d\uff0b\uff0d\uff20")


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text, newline=""), strict=True))


def test_a_row_a_lesson_with_a_header() -> None:
    place = "https://example.org"
    assert csv_text(entries_of(small_study(small_curriculum()))) == (
        "track,phase,module,lesson,title,url,kind,minutes,logged,status,planned,"
        "done_on,note\r\n"
        f"road,road-1,tokens,tokens/bpe,Byte pairs,{place}/bpe,"
        "reading,60,0,done,,2026-11-16,\r\n"
        'road,road-2,attention,attention/scores,"Scores, and softmax",'
        f"{place}/scores,reading,30,10,active,2026-11-17,,"
        "2026-11-16 (module): bring paper | 2026-11-16: seen twice\r\n"
        f"road,road-2,attention,attention/heads,Many heads,{place}/heads,"
        "reading,45,0,skipped,,,\r\n"
        f"road,road-2,attention,attention/masks,Masks,{place}/masks,"
        "reading,20,0,ready,,,\r\n"
    )


def test_no_lessons_leave_the_header() -> None:
    assert csv_text([]) == ",".join(COLUMNS) + "\r\n"


def test_a_hostile_title_and_note_stay_text_in_their_cells() -> None:
    study = small_study(small_curriculum(title=HOSTILE), note=HOSTILE)
    text = csv_text(entries_of(study))
    (row,) = (each for each in rows_of(text) if each["lesson"] == "attention/scores")
    assert row["title"] == "'" + clean(HOSTILE)
    assert row["note"].endswith(": " + clean(HOSTILE))
    assert text.count("\r\n") == 5
    assert text.isprintable() is False
    assert text.replace("\r\n", "").isprintable()


@law(st.text(min_size=1, max_size=30), st.text(max_size=30))
def test_no_text_begins_like_a_formula_and_all_of_it_comes_back(
    title: str, note: str
) -> None:
    study = small_study(small_curriculum(title=title), note=note)
    rows = rows_of(csv_text(entries_of(study)))
    assert len(rows) == 4
    for row in rows:
        starts = [cell.lstrip()[:1] for cell in row.values()]
        assert not set(starts) & set(FORMULA_STARTS)
    assert rows[1]["title"].removeprefix("'") == clean(title).removeprefix("'")
    assert rows[1]["note"].endswith(f": {clean(note)}")


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_each_start_of_a_formula_is_defused(start: str) -> None:
    cell = text_cell(f"{start}1+1")
    assert cell.startswith("'") or cell.strip() == "1+1" or "\ufffd" in cell
    assert text_cell(f"  {start}1+1").lstrip()[:1] not in FORMULA_STARTS


def test_a_minus_inside_a_text_is_left_alone() -> None:
    assert text_cell("self-attention") == "self-attention"
