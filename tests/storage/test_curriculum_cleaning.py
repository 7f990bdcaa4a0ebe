from __future__ import annotations

import pytest

from llmpath.storage.curriculum_cleaning import find_cleaned


@pytest.mark.parametrize(
    "text",
    [
        *("Knots", "n\u0153uds", "Kno\u0302ts", "two\nlines\tof\u00a0a note", ""),
        "\U0001f468\u200d\U0001f680",
    ],
)
def test_of_letters_spaces_and_emoji_nothing_is_said(text: str) -> None:
    assert list(find_cleaned({"title": text})) == []


@pytest.mark.parametrize(
    "text", ["\x1b[31mKnots", "Kno\u202ets", "Knots\x07", "Kn\u200bots", "K\x1fnots"]
)
def test_what_is_taken_out_is_told_at_its_place(text: str) -> None:
    document = {"modules": [{"title": "a"}, {"lessons": [{"title": text}]}]}
    (found,) = find_cleaned(document)
    assert found.place == ("modules", 1, "lessons", 0, "title")
    assert found.remedy
