from __future__ import annotations

from llmpath.report.checking import check_document, check_sentences
from llmpath.report.plain import plain_report
from llmpath.report.views.data import CheckView
from tests.report.example_views import CHECKED

ADVICE = CHECKED.advice[0]


def test_what_was_checked_is_said_file_by_file_and_then_the_advice() -> None:
    assert check_sentences(CHECKED) == [
        "mine.toml is in order.",
        "From A to B, edition 2026.11: 1 track, 4 modules and 31 lessons.",
        "long.json is in order.",
        "The long way, edition 2: 2 tracks, 1 module and 1 lesson.",
        f"Advice: mine.toml: modules[3].lessons: {ADVICE.reason}; {ADVICE.remedy}",
    ]


def test_one_file_lends_its_id_to_the_whole_answer() -> None:
    one = check_document(CHECKED._replace(files=CHECKED.files[:1]))
    assert (one["curriculum"], one["lessons"]) == ("mine", 31)
    both = check_document(CHECKED)
    assert (both["curriculum"], both["lessons"]) == (None, 32)


def test_a_file_and_a_piece_of_advice_are_a_line_each_for_scripts() -> None:
    lines = plain_report(check_document(CHECKED))
    assert [line.split("\t") for line in lines] == [
        ["mine.toml", "mine", "From A to B", "2026.11", "1", "4", "31"],
        ["long.json", "long", "The long way", "2", "2", "1", "1"],
        ["mine.toml", ADVICE.path, "", ADVICE.reason, ADVICE.remedy, ""],
    ]


def test_of_faulty_files_alone_there_is_nothing_to_say() -> None:
    assert check_sentences(CheckView((), (ADVICE,), ())) == []
    assert check_document(CheckView((), (ADVICE,), ()))["faults"] == [ADVICE._asdict()]
