from __future__ import annotations

import pytest

from llmpath.report.curricula import left_out_sentences
from llmpath.report.drawn.curricula import track_table
from llmpath.report.drawn.glyphs import UNICODE
from llmpath.report.drawn.look import Look
from llmpath.report.views.curricula import LeftOutView
from tests.report.example_views import KEPT


@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        (LeftOutView(3, "build", "image"), "line 3: build (image)"),
        (LeftOutView(0, "build", "image"), "build (image)"),
        (LeftOutView(3, "", "image"), "line 3: image"),
        (LeftOutView(3, "build", "image", 2), "2 images, the first in line 3: build"),
        (LeftOutView(0, "build", "image", 2), "2 images, the first: build"),
        (LeftOutView(3, "", "entry of it", 2), "2 entries of it, the first in line 3"),
        (LeftOutView(0, "", "key of it", 1200), "1,200 keys of it"),
    ],
)
def test_what_is_left_out_is_told_by_its_line_or_by_its_number(
    part: LeftOutView, sentence: str
) -> None:
    assert left_out_sentences([part]) == [sentence]


@pytest.mark.parametrize("most", [None, 0, 1, 2, 5])
def test_nothing_is_lost_where_a_few_of_a_kind_are_told(most: int | None) -> None:
    parts = [LeftOutView(line, "a", "link") for line in range(1, 5)]
    parts += [LeftOutView(9, "b", "link", 7), LeftOutView(2, "c", "image")]

    *links, image = left_out_sentences(parts, most)
    told = 4 if most is None else min(most, 4)
    assert image == "line 2: c (image)"
    assert links[:told] == [f"line {line}: a (link)" for line in range(1, told + 1)]
    (rest,) = links[told:]
    assert rest.startswith(f"{4 - told + 7} more links" if told else "11 links")
    assert left_out_sentences(parts[:4], 3)[3] == "line 4: a (link)"


@pytest.mark.parametrize("width", [20, 40, 60, 80, 120])
def test_titles_of_tracks_are_never_narrower_than_they_can_be_read(width: int) -> None:
    tracks = KEPT.curricula[0].tracks
    lines = [each.plain for each in track_table(tracks, Look(width, UNICODE))]

    title = tracks[0].track.title
    assert " ".join(" ".join(lines).split()).endswith(title)
    assert max(map(len, lines)) <= max(width, 40)
    assert len(lines) <= 2 + len(title) // 14
