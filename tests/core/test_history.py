from __future__ import annotations

from llmpath.core.events import LessonsCompleted, StudyLogged
from llmpath.core.folding import fold
from llmpath.core.history import timed_lessons
from tests.builders import a_record

ONE, TWO = "llmpath:attention/scores", "llmpath:attention/heads"


def test_a_lesson_that_was_estimated_at_nothing_says_nothing_of_the_pace() -> None:
    for logged in ((), (StudyLogged(ONE, 90), StudyLogged(TWO, 30))):
        record = a_record(*logged, LessonsCompleted({ONE: 0, TWO: 30}, "2026.11"))
        progress = fold([record])

        timed = timed_lessons(progress, progress.completions)
        assert timed == ({TWO} if logged else set())
