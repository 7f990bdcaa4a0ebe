"""What `curriculum update` asks at a terminal, and what becomes of each answer."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.cli.hostile import ALL, ATTACKS
from tests.cli.program import Program
from tests.cli.states import without_note, written_in
from tests.cli.test_curricula import a_file, added, lesson

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminals", allow_module_level=True)

from tests.cli.terminal import SECONDS, Pty, Shown, Terminal

OLD = (
    lesson(0),
    lesson(1, title="Game Theory"),
    lesson(2, title="Modern Robotics (Specialization)"),
    lesson(3, title="Learn Prolog Now"),
    lesson(4, title="Compilers"),
    lesson(5, title="Haskell"),
)
NEW = (
    lesson(0),
    lesson(11, title="Algorithmic Game Theory"),
    lesson(12, title="Modern Robotics"),
    lesson(13, title="Modern Robotics in Practice"),
    lesson(4, id="l14", title="Compilers and Linkers"),
)
"""The fourth lesson is gone, the fifth renamed; the last was not begun."""

FIRST = """\
1 of 2: Game Theory is not in the new edition. What is it now?
1. Algorithmic Game Theory
2. none of these (it stays in the journal)
1 or 2: """
SECOND = """\
2 of 2: Modern Robotics (Specialization) is not in the new edition. What is it
    now?
1. Modern Robotics
2. Modern Robotics in Practice
3. none of these (it stays in the journal)
1 to 3, or several such as 1,2: """
LAST = """\
Compilers is Compilers and Linkers now: same address
Learn Prolog Now is in no lesson of the new edition
Is that so; go on? [y/N] """
ANSWERS = ("1\n", "1,2\n", "y\n")
"""To the questions in their order."""


@pytest.fixture
def own(run: Program, tmp_path: Path) -> Path:
    """The new edition of a curriculum of which all but one lesson is done."""
    added(run, a_file(tmp_path, *OLD))
    assert run("start", "--track", "own:main", "--hours", "1").code == 0
    done = [f"own:first/l{number}" for number in range(5)]
    assert run("done", *done, "--took", "50m").code == 0
    return a_file(tmp_path, *NEW, edition="2")


def update(run: Program, path: Path, *options: str, **given: Any) -> Shown:  # noqa: ANN401 - as `Terminal` takes them
    columns = given.pop("columns", 80)
    line = ("curriculum", "update", str(path), *options)
    return Terminal(run, columns)(*line, **given)


def statuses(run: Program) -> Mapping[str, str]:
    shown = run("show", "own:first", "--json").json()["lessons"]
    return {each["id"].partition("/")[2]: each["status"] for each in shown}


def everything(run: Program) -> tuple[str, ...]:
    """What the learner sees of progress and plan."""
    lines = ("list --json", "status --json", "plan --json", "curriculum list --json")
    return tuple(run(*line.split()).stdout for line in lines)


def test_each_lesson_is_asked_about_then_what_evidence_tells_at_once(
    run: Program, own: Path
) -> None:
    shown = update(run, own, typed="".join(ANSWERS))

    assert without_note(shown.stderr) == FIRST + SECOND + LAST
    assert shown.code == 0
    assert statuses(run) == {
        "l0": "done",
        "l11": "done",
        "l12": "done",
        "l13": "done",
        "l14": "done",
    }


def test_none_of_what_is_offered_marks_nothing(run: Program, own: Path) -> None:
    shown = update(run, own, typed="2\n3\ny\n")

    assert shown.code == 0
    assert "Done: 2 lessons, before 5." in shown.text
    assert "in the journal alone now: Game Theory, Modern Robotics" in shown.text
    done = {key for key, status in statuses(run).items() if status == "done"}
    assert done == {"l0", "l14"}


def test_undo_takes_all_answers_back(run: Program, own: Path) -> None:
    before = everything(run)
    assert update(run, own, typed="".join(ANSWERS)).code == 0
    after = everything(run)
    assert after != before
    assert run("undo").code == 0
    assert everything(run) == before
    assert run("redo").code == 0
    assert everything(run) == after


@pytest.mark.parametrize("nonsense", ["", "0", "3", "x", "1,2", "-1", "1.", "²", "y"])
def test_what_is_no_choice_is_asked_for_again(
    nonsense: str, run: Program, own: Path
) -> None:
    shown = update(run, own, typed=f"{nonsense}\n" + "".join(ANSWERS))

    assert shown.code == 0
    asked = f"{FIRST}Type 1 or 2: {SECOND}{LAST}"
    assert without_note(shown.stderr) == asked


@pytest.mark.parametrize("nonsense", ["1,3", "1 2 3", "4", ",", "none"])
def test_several_are_chosen_without_that_for_none(
    nonsense: str, run: Program, own: Path
) -> None:
    shown = update(run, own, typed=f"1\n{nonsense}\n 2 1 \ny\n")

    assert shown.code == 0
    again = "Type 1 to 3, or several such as 1,2: "
    assert without_note(shown.stderr) == FIRST + SECOND + again + LAST
    assert (statuses(run)["l12"], statuses(run)["l13"]) == ("done", "done")


@pytest.mark.parametrize("typed", ["\n", "n\n", "no\n", "1\n", "\x04"])
def test_what_is_no_yes_at_the_end_changes_nothing(
    typed: str, run: Program, own: Path
) -> None:
    before = written_in(run.home)
    shown = update(run, own, typed=f"1\n1\n{typed}")

    assert (shown.code, shown.stdout) == (1, "")
    assert shown.stderr.endswith(
        "error: nothing was changed\n"
        "  try: add --became OLD=NEW where it is not so; --dry-run has the ids\n"
    )
    assert written_in(run.home) == before


@pytest.mark.parametrize("typed", ["1\n", "yes\n"])
def test_in_accessible_mode_the_last_question_has_numbers(
    typed: str, run: Program, own: Path
) -> None:
    shown = update(run, own, typed=f"1\n1\n{typed}", env={"ACCESSIBLE": "1"})

    assert shown.code == 0
    asked = "go on?\n1. yes\n2. no\nType 1 for yes or 2 for no: "
    assert shown.stderr.endswith(asked)


@pytest.mark.parametrize("answered", [0, 1, 2])
def test_the_end_of_input_at_a_question_changes_nothing(
    answered: int, run: Program, own: Path
) -> None:
    before = written_in(run.home)
    shown = update(run, own, typed="".join(ANSWERS[:answered]) + "\x04")

    assert (shown.code, shown.stdout) == (1, "")
    assert "\nerror: nothing was changed\n" in shown.stderr
    assert written_in(run.home) == before


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("answered", [0, 1, 2])
def test_an_interrupt_at_a_question_changes_nothing(
    answered: int, run: Program, own: Path
) -> None:
    before, seen = written_in(run.home), everything(run)
    screen, errors = Pty(80), Pty(80)
    line = ("curriculum", "update", str(own))
    with Terminal(run).start(screen, errors, *line) as child:
        for number, question in enumerate((FIRST, SECOND, LAST)[: answered + 1]):
            errors.wait_for(question)
            if number < answered:
                screen.type(ANSWERS[number])
        os.kill(child.pid, signal.SIGINT)
        code = child.wait(timeout=SECONDS)
    said, complaint = screen.close(), errors.close()

    assert (code, said) == (130, "")
    assert complaint.endswith("\ninterrupted; nothing was saved\n")
    assert written_in(run.home) == before
    assert everything(run) == seen


def test_the_file_is_read_once_for_all_questions(run: Program, own: Path) -> None:
    screen, errors = Pty(80), Pty(80)
    with Terminal(run).start(screen, errors, "curriculum", "update", str(own)) as child:
        errors.wait_for(FIRST)
        own.unlink()
        screen.type("".join(ANSWERS))
        code = child.wait(timeout=SECONDS)
    screen.close()

    assert (code, without_note(errors.close())) == (0, FIRST + SECOND + LAST)


def test_yes_answers_the_last_question_alone(run: Program, own: Path) -> None:
    shown = update(run, own, "-y", typed="1\n1\n")

    assert shown.code == 0
    assert without_note(shown.stderr) == FIRST + SECOND


def test_what_the_command_line_says_is_not_asked(run: Program, own: Path) -> None:
    became = ("--became", "first/l1=first/l11", "--became", "first/l3=")
    shown = update(run, own, *became, typed="1\ny\n")

    assert shown.code == 0
    (second, last) = SECOND.replace("2 of 2: ", ""), LAST.splitlines(keepends=True)
    # a line shorter, the first has room for one word more
    second = second.replace("it\n    now?", "it now?")
    assert without_note(shown.stderr) == second + last[0] + last[2]


def test_without_input_all_that_is_unclear_is_named_at_once(
    run: Program, own: Path
) -> None:
    before = written_in(run.home)
    for option in ("--no-input", "--json"):
        shown = update(run, own, option, "-y", typed="".join(ANSWERS), columns=120)
        assert (shown.code, shown.stdout) == (2, "")
        assert without_note(shown.stderr) == (
            "error: what became of a lesson is unclear\n"
            "  Game Theory (first/l1) may be: first/l11\n"
            "  Modern Robotics (Specialization) (first/l2) may be: first/l12,"
            " first/l13\n"
            "  try: add --became OLD=NEW for each, or --became OLD= if nothing\n"
        )
        assert written_in(run.home) == before


def test_what_nothing_is_like_needs_a_yes_off_a_terminal(
    run: Program, tmp_path: Path, own: Path
) -> None:
    a_file(tmp_path, *OLD[:3], OLD[4], edition="2")
    refused = run("curriculum", "update", own)
    assert (refused.code, refused.stdout) == (2, "")
    assert without_note(refused.stderr) == (
        "error: what became of these lessons needs a yes\n"
        "  Learn Prolog Now (first/l3) is in no lesson of the new edition\n"
        "  try: add -y, or --became OLD=NEW where it is not so\n"
    )
    assert run("curriculum", "update", own, "-y").code == 0


def test_what_was_not_begun_is_not_asked_about(run: Program, tmp_path: Path) -> None:
    added(run, a_file(tmp_path, *OLD))
    path = a_file(tmp_path, *NEW, edition="2")
    shown = update(run, path)

    assert (shown.code, without_note(shown.stderr)) == (0, "")


def test_a_dry_run_names_what_would_be_asked_and_asks_nothing(
    run: Program, own: Path
) -> None:
    before = written_in(run.home)
    document = run("curriculum", "update", own, "--dry-run", "--json").json()
    assert document["changes"][:3] == [
        "unclear: Game Theory (first/l1) may be: first/l11",
        (
            "unclear: Modern Robotics (Specialization) (first/l2) may be: "
            "first/l12, first/l13"
        ),
        "retired: Learn Prolog Now (first/l3) and Haskell (first/l5)",
    ]
    shown = update(run, own, "--dry-run")
    assert (shown.code, without_note(shown.stderr)) == (0, "")
    assert "To be asked about: 2 done lessons." in shown.text
    assert "in the journal alone now: Learn Prolog Now.\n" in shown.text
    assert written_in(run.home) == before


@pytest.mark.parametrize("columns", [40, 60])
def test_no_line_of_a_question_is_wider_than_the_terminal(
    columns: int, run: Program, own: Path
) -> None:
    shown = update(run, own, typed="".join(ANSWERS), columns=columns)

    assert shown.code == 0
    # what is typed ends the last line of a question
    screen = without_note(shown.stderr).replace(": 2 of 2", ":\n2 of 2")
    screen = screen.replace("1,2: ", "1,2:\n").replace("[y/N] ", "[y/N]\n")
    assert max(map(len, screen.splitlines())) <= columns
    # words are whole, and in their order
    asked = " ".join(without_note(shown.stderr).split())
    assert asked == " ".join((FIRST + SECOND + LAST).split())


def test_lessons_of_one_title_have_their_ids(run: Program, tmp_path: Path) -> None:
    quizzes = [lesson(number, title="Quiz") for number in range(2)]
    added(run, a_file(tmp_path, *quizzes))
    assert run("done", "own:first/l0").code == 0
    new = [lesson(10 + number, title="Quiz") for number in range(2)]
    shown = update(run, a_file(tmp_path, *new, edition="2"), typed="2\n")

    assert shown.code == 0
    assert without_note(shown.stderr).splitlines()[:3] == [
        "Quiz (first/l0) is not in the new edition. What is it now?",
        "1. Quiz (first/l10)",
        "2. Quiz (first/l11)",
    ]
    assert statuses(run) == {"l10": "ready", "l11": "done"}


def test_of_a_title_as_long_as_a_paragraph_the_beginning_is_shown(
    run: Program, tmp_path: Path
) -> None:
    title = " ".join(f"word{number}" for number in range(40))
    added(run, a_file(tmp_path, lesson(1, title=title)))
    assert run("done", "own:first/l1").code == 0
    path = a_file(tmp_path, lesson(2, title=f"{title} now"), edition="2")
    shown = update(run, path, typed="1\n", columns=200)

    assert shown.code == 0
    assert f"{title[:99]}… is not in the new edition." in shown.stderr
    assert title not in shown.text + shown.stderr


def test_titles_reach_the_terminal_clean_and_on_their_line(
    run: Program, tmp_path: Path
) -> None:
    spoof = "Prolog\n2. none of these\nIs that so; go on?"
    titles = (f"{ALL[:200]} Game Theory", spoof, ATTACKS["bidi"])
    old = [lesson(number, title=each) for number, each in enumerate(titles, start=1)]
    added(run, a_file(tmp_path, *old))
    done = run("done", "own:first/l1", "own:first/l2", "own:first/l3")
    assert done.code == 0
    new = [lesson(10 + each, title=f"{titles[each]} Now") for each in range(2)]
    path = a_file(tmp_path, *new, edition="2")
    shown = update(run, path, typed="1\n1\ny\n")

    assert shown.code == 0, shown
    assert all(each.isprintable() for each in shown.stderr.split("\n"))
    asked = [row for row in shown.stderr.split("\n") if row.startswith("2. ")]
    assert len(asked) == 2
    ends = [row for row in shown.stderr.split("\n") if row.startswith("Is that so")]
    assert len(ends) == 1
