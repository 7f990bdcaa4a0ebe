"""Editions compared: each lesson in one place, and no tick lost by what follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import strategies as st

from llmpath.core.carrying import carry
from llmpath.core.curriculum import Change, Curriculum, Lesson
from llmpath.core.editions import (
    Comparison,
    Retimed,
    Reuse,
    TrackMinutes,
    compare,
    with_unclear,
)
from llmpath.core.events import LessonsCompleted
from llmpath.core.folding import fold
from llmpath.core.ledger import Ledger
from llmpath.core.matching import Match, Unclear
from llmpath.core.settling import changes_to_write
from llmpath.errors import UnknownIdError
from tests.builders import a_curriculum, a_lesson, a_module, a_record, a_track
from tests.core.ledgers import LESSONS, a_change, full, wild_ledgers
from tests.strategies import EDITION, law

Row = tuple[str, str, str | None]
"""Id, title and the address after its host; a last `@` part is where to stop."""


def _host(page: str) -> str:
    """Of videos, which have times in them, or of pages."""
    return "www.youtube.com" if "?v=" in page else "example.org"


def an_edition(
    rows: Sequence[Row],
    changes: Sequence[Change] = (),
    minutes: Mapping[str, int] = {},
    modules: Mapping[str, str] = {},
) -> Curriculum:
    """An edition of lessons; `modules` has the titles of those with another one."""
    lessons: dict[str, list[Lesson]] = {}
    for key, title, place in rows:
        page, _, stop = (place or "").partition("@")
        made = a_lesson(f"llmpath:{key}", minutes.get(key, 30), title=title)
        # links may be missing
        fields = {
            "url": None if place is None else f"https://{_host(page)}/{page}",
            "stop": stop or None,
        }
        lessons.setdefault(key.partition("/")[0], []).append(made._replace(**fields))  # type: ignore[arg-type]  # None for url comes with lessons without links
    pool = [
        a_module(slug, each)._replace(title=modules.get(slug, f"Module {slug}"))
        for slug, each in lessons.items()
    ]
    edition = a_curriculum([a_track("road", pool)] if pool else [], pool)
    return edition._replace(changes=tuple(changes), edition="2027.1")


def bare(matches: Sequence[Match]) -> list[tuple[str, str, str]]:
    """Matches as text, without the curriculum's name."""
    return [
        (
            " ".join(each.removeprefix("llmpath:") for each in found.before),
            " ".join(each.removeprefix("llmpath:") for each in found.after),
            found.because,
        )
        for found in matches
    ]


_titles = st.sampled_from(("Intro", "intro ", "Quiz", "Scores", "Heads"))
_places = st.sampled_from(
    (None, "p", "p#a", "w?v=1", "w?v=1&t=60", "p@half", "q", "q/", "r#b")
)
_rows = st.lists(
    st.tuples(st.sampled_from(LESSONS), _titles, _places),
    max_size=8,
    unique_by=lambda row: row[0],
)
_times = st.dictionaries(st.sampled_from(LESSONS), st.integers(1, 90))
_none: st.SearchStrategy[tuple[Change, ...]] = st.just(())
plain_editions = st.builds(an_edition, _rows, _none, _times)
editions = st.builds(an_edition, _rows, wild_ledgers | _none, _times)


@law(editions)
def test_an_edition_is_no_other_than_itself(edition: Curriculum) -> None:
    comparison = compare(edition, edition)

    told = (comparison.declared, comparison.changed, comparison.unclear)
    assert not any((*told, comparison.added, comparison.retired, comparison.retimed))
    assert all(each.before == each.after for each in comparison.tracks)
    assert comparison.kept == tuple(edition.lessons)
    assert changes_to_write(comparison, {}) == ()


@law(editions, editions)
def test_each_lesson_of_the_old_edition_is_in_exactly_one_place(
    old: Curriculum, new: Curriculum
) -> None:
    found = compare(old, new)

    unclear = [each.lesson for each in found.unclear]
    places = [*found.kept, *found.changed, *found.retired, *unclear]
    assert sorted(places) == sorted(old.lessons)
    assert len(set(places)) == len(places)


@law(editions, editions)
def test_each_lesson_of_the_new_edition_was_there_became_or_is_added(
    old: Curriculum, new: Curriculum
) -> None:
    found = compare(old, new)

    became = {key for after in found.changed.values() for key in after}
    named = {
        end
        for key in old.lessons
        if key not in new.lessons
        for end in Ledger(new.changes, new).ends(key)
    }
    assert {*found.added} == new.lessons.keys() - {*found.kept} - became
    assert not (named & {*found.added})


@law(editions, editions)
def test_what_is_declared_is_not_inferred_and_what_is_inferred_is_not_asked(
    old: Curriculum, new: Curriculum
) -> None:
    found = compare(old, new)

    moves = Ledger(new.changes, new)
    before = [key for each in found.inferred for key in each.before]
    after = [key for each in found.inferred for key in each.after]
    candidates = {key for each in found.unclear for key in each.candidates}
    declared = {end for key in old.lessons for end in moves.ends(key)}
    assert len({*before, *after}) == len(before) + len(after)
    assert all(moves.way(key) is None for key in before)
    assert not declared.intersection(after)
    assert not candidates.intersection(after)
    assert candidates.issubset(found.added)
    assert all(each.candidates for each in found.unclear)


@law(plain_editions, plain_editions)
def test_backwards_all_is_the_other_way_round(old: Curriculum, new: Curriculum) -> None:
    there, back = compare(old, new), compare(new, old)

    def turned(matches: Sequence[Match]) -> set[Match]:
        return {each._replace(before=each.after, after=each.before) for each in matches}

    assert {*there.inferred} == turned(back.inferred)
    unclear = {each.lesson for each in back.unclear}
    assert {*there.added} == {*back.retired} | unclear
    assert {each[:1] + each[:0:-1] for each in back.retimed} == {*there.retimed}
    assert there.tracks_added == back.tracks_removed


@law(editions, plain_editions, st.data())
def test_no_tick_is_lost_and_none_made_up_by_what_follows_from_a_comparison(
    old: Curriculum, new: Curriculum, data: st.DataObject
) -> None:
    found = compare(old, new)
    asked = st.sampled_from([*found.unclear, Unclear("", ())])
    chosen = [each for each in data.draw(st.lists(asked, max_size=3)) if each.lesson]
    answers = {each.lesson: each.candidates[:1] for each in chosen}
    after = new._replace(changes=(*new.changes, *changes_to_write(found, answers)))
    done = data.draw(st.sets(st.sampled_from([*old.lessons]))) if old.lessons else set()
    before = fold([a_record(LessonsCompleted(dict.fromkeys(done, 30), EDITION))])

    progress = carry(before, Ledger(after.changes, after))

    moves = Ledger(after.changes, after)
    for key in done:
        assert any(
            progress.is_done(each) or progress.logged.get(each)
            for each in moves.ends(key)
        )
    for key in found.kept:
        assert not progress.is_done(key) or key in done
    for each in changes_to_write(found, answers):
        if not done.issuperset(each.before):
            assert not any(map(progress.is_done, each.after))


@law(editions, plain_editions)
def test_once_the_ledger_is_appended_nothing_more_is_inferred_or_asked(
    old: Curriculum, new: Curriculum
) -> None:
    found = compare(old, new)
    whole = new._replace(changes=(*new.changes, *changes_to_write(found, {})))

    again = compare(old, whole)

    asked = {each.lesson for each in found.unclear}
    still = {each.lesson for each in again.unclear}
    assert again.inferred == ()
    assert still <= asked
    assert again.changed == found.changed
    assert {*again.retired} | still == {*found.retired} | asked


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(
            [("a/one", "Scores", "p")],
            [("a/1st", "The scores", "p")],
            [("a/one", "a/1st", "same address")],
            id="address",
        ),
        pytest.param(
            [("a/one", "Attention  scores", "p")],
            [("a/1st", "attention Scores", "q")],
            [("a/one", "a/1st", "same title")],
            id="title in the same module",
        ),
        pytest.param(
            [("a/one", "Scores", None)],
            [("b/one", "Scores", None)],
            [("a/one", "b/one", "same title")],
            id="title in another module, without links",
        ),
        pytest.param(
            [("a/one", "Intro", None), ("c/x", "Intro", None)],
            [("b/one", "Intro", None), ("c/x", "Intro", None)],
            [],
            id="a title that others have says nothing of another module",
        ),
        pytest.param(
            [("a/one", "All of it", "p")],
            [("a/x", "First", "p?v=1&t=60#b"), ("a/y", "Second", "p?v=1@half")],
            [],
            id="another page",
        ),
        pytest.param(
            [("a/one", "All of it", "p?v=1")],
            [("a/x", "First", "p?v=1@half"), ("a/y", "Second", "p?v=1&t=60s")],
            [("a/one", "a/x a/y", "parts of one address")],
            id="split",
        ),
        pytest.param(
            [("a/x", "First", "p#a"), ("a/y", "Second", "p#b")],
            [("a/one", "All of it", "p")],
            [("a/x a/y", "a/one", "parts of one address")],
            id="merged",
        ),
        pytest.param(
            [("a/x", "Old", "course"), ("a/y", "Kept", "course")],
            [("a/z", "New", "course"), ("a/y", "Kept", "course")],
            [],
            id="address of a course",
        ),
        pytest.param(
            [("a/x", "Old", "course")],
            [("a/y", "New", "course"), ("a/z", "Newer", "course")],
            [],
            id="several of one address without places in it",
        ),
        pytest.param(
            [("a/x", "Old", "a"), ("a/y", "Kept", "k")],
            [("a/z", "New", "a"), ("a/y", "Kept", "k")],
            [],
            id="address of the module",
        ),
        pytest.param(
            [("a/x", "Old", "a")],
            [("a/z", "New", "a")],
            [("a/x", "a/z", "same address")],
            id="address of a module of one lesson",
        ),
        pytest.param(
            [("a/x", "Old", "p")],
            [(f"a/n{n}", f"Part {n}", f"p#{n}") for n in range(101)],
            [],
            id="more parts than a lesson has",
        ),
        pytest.param(
            [("a/one", "Scores", "p"), ("a/two", "Heads", "q")],
            [("a/x", "Heads", "p")],
            [],
            id="address and title disagree",
        ),
        pytest.param(
            [("a/x", "Quiz", None), ("b/x", "Quiz", None)],
            [("c/x", "Quiz", None), ("d/x", "Quiz", None)],
            [("a/x", "c/x", "same title"), ("b/x", "d/x", "same title")],
            id="modules renamed",
        ),
    ],
)
def test_evidence_tells_what_became_of_a_lesson(
    old: list[Row], new: list[Row], expected: list[tuple[str, str, str]]
) -> None:
    titles = {"a": "First", "b": "Second", "c": "First", "d": "Second"}
    if not any(key.startswith("d/") for key, _, _ in new):
        titles = {}
    found = compare(an_edition(old, modules=titles), an_edition(new, modules=titles))

    assert bare(found.inferred) == expected


def test_where_evidence_disagrees_it_is_asked() -> None:
    old = an_edition([("a/one", "Scores", "p"), ("a/two", "Heads", "q")])
    new = an_edition([("a/x", "Heads", "p"), ("a/y", "Scores", "r")])

    found = compare(old, new)

    assert found.unclear == (
        Unclear("llmpath:a/one", full(["a/y", "a/x"])),
        Unclear("llmpath:a/two", full(["a/x"])),
    )
    assert found.added == full(["a/x", "a/y"])


def test_changes_of_the_new_ledger_are_declared_and_the_rest_inferred() -> None:
    known = a_change("renamed", "a/old", "a/one")
    changes = (known, a_change("moved", "a/one", "b/one"), a_change("retired", "a/two"))
    old = an_edition(
        [("a/one", "One", "p"), ("a/two", "Two", "q"), ("a/x", "Ex", "r")], [known]
    )
    new = an_edition([("b/one", "One", "p"), ("b/x", "Ex", "s")], changes)

    assert compare(old, new) == Comparison(
        edition="2027.1",
        declared=changes[1:],
        inferred=(Match(full(["a/x"]), full(["b/x"]), "same title"),),
        places=(Match(full(["a"]), full(["b"]), "same title or lessons"),),
        unclear=(),
        kept=(),
        replaced=(),
        relinked=(),
        changed={"llmpath:a/one": full(["b/one"]), "llmpath:a/x": full(["b/x"])},
        added=(),
        retired=full(["a/two"]),
        retimed=(),
        tracks=(TrackMinutes("llmpath:road", 90, 60),),
        faults=(),
    )
    assert changes_to_write(compare(old, new), {}) == (
        Change("2027.1", "moved", full(["a/x"]), full(["b/x"]), "same title"),
        Change("2027.1", "renamed", full(["a"]), full(["b"]), "same title or lessons"),
    )


def test_minutes_of_kept_lessons_and_tracks_that_came_or_went_are_told() -> None:
    old = an_edition([("a/one", "One", "p")])
    new = an_edition([("a/one", "One", "p")], minutes={"a/one": 45})
    (track,) = new.tracks.values()
    fast = track._replace(id="llmpath:fast", title="Fast", phases=())
    new = new._replace(tracks={fast.id: fast})

    found = compare(old, new)

    assert found.retimed == (Retimed("llmpath:a/one", 30, 45),)
    assert found.tracks == (
        TrackMinutes("llmpath:road", 30, None),
        TrackMinutes("llmpath:fast", None, 0),
    )
    assert (found.tracks_added, found.tracks_removed) == (
        ("llmpath:fast",),
        ("llmpath:road",),
    )


@pytest.mark.parametrize(
    ("change", "key", "is_declared"),
    [
        (a_change("renamed", "a/old", "a/one"), "a/old", False),
        (a_change("retired", "a/x"), "a/x", False),
        (a_change("split", "a/one", "a/one a/x"), "a/one", True),
        (a_change("retired", "a/one"), "a/one", True),
    ],
)
def test_an_id_that_is_used_again_is_a_fault(
    change: Change,
    key: str,
    is_declared: bool,  # noqa: FBT001 - a test's parameter
) -> None:
    rows: list[Row] = [("a/one", "One", "p")]
    again = [(key, "Ex", "q")]
    old = an_edition(rows, [] if is_declared else [change])
    new = an_edition(rows if is_declared else [*rows, *again], [change])

    assert compare(old, new).faults == (Reuse(f"llmpath:{key}", change),)


def test_a_module_may_go_on_when_a_part_of_it_left() -> None:
    change = a_change("split", "a", "a b")
    old = an_edition([("a/one", "One", "p"), ("a/two", "Two", "q")])
    new = an_edition([("a/one", "One", "p"), ("b/two", "Two", "q")], [change])

    found = compare(old, new)

    assert found.faults == ()
    assert found.changed == {"llmpath:a/two": full(["b/two"])}


def test_lessons_answered_to_be_one_are_done_only_together() -> None:
    rows: list[Row] = [("a/one", "Quiz", None), ("a/two", "Quiz", None)]
    old, new = an_edition(rows), an_edition([("b/x", "Quiz", None)])
    found = compare(old, new)
    first, second = full(["a/one", "a/two"])

    changes = changes_to_write(found, {first: full(["b/x"]), second: full(["b/x"])})

    assert changes == (
        Change("2027.1", "merged", (first, second), full(["b/x"]), "as answered"),
    )


def test_an_answer_outweighs_what_was_inferred() -> None:
    old, new = an_edition([("a/one", "One", "p")]), an_edition([("b/x", "One", "p")])
    found = compare(old, new)

    assert found.changed
    assert changes_to_write(found, {"llmpath:a/one": ()}) == (
        Change(
            "2027.1", "retired", full(["a/one"]), (), "the edition has nothing like it"
        ),
    )


@pytest.mark.parametrize(
    "answers", [{"a/x": ["b/x"]}, {"a/one": ["a/x"]}, {"z/z": []}, {"a/one": ["z/z"]}]
)
def test_an_answer_about_what_is_not_asked_is_refused(
    answers: dict[str, list[str]],
) -> None:
    old = an_edition([("a/one", "One", "p"), ("a/x", "Ex", "q")])
    new = an_edition([("b/x", "One", "p"), ("a/x", "Ex", "q")])
    given = {f"llmpath:{key}": full(after) for key, after in answers.items()}

    with pytest.raises(UnknownIdError):
        changes_to_write(compare(old, new), given)


def test_the_address_of_a_course_is_no_reason_to_ask() -> None:
    kept: Row = ("a/y", "Kept", "course")
    old = an_edition([("a/x", "Old", "course"), kept])
    new = an_edition([("a/z", "New", "course"), kept])

    found = compare(old, new)

    assert (found.unclear, found.retired) == ((), full(["a/x"]))


def test_other_minutes_are_no_second_use_of_an_id() -> None:
    rows: list[Row] = [("a/one", "One", "p")]
    change = a_change("retimed", "a/one", "a/one")

    assert compare(an_edition(rows), an_edition(rows, [change])).faults == ()


def test_lessons_of_a_module_that_is_declared_retired_are_not_looked_for() -> None:
    old = an_edition([("k/one", "One", "p")])
    new = an_edition([("a/one", "One", "p")], [a_change("retired", "k")])

    found = compare(old, new)

    assert found.retired == full(["k/one"])
    assert (found.inferred, changes_to_write(found, {})) == ((), ())


def test_a_lesson_with_nothing_like_it_may_be_answered_to_be_another() -> None:
    old, new = an_edition([("a/one", "One", "p")]), an_edition([("b/x", "Ex", "q")])

    changes = changes_to_write(compare(old, new), {"llmpath:a/one": full(["b/x"])})

    assert changes == (
        Change("2027.1", "moved", full(["a/one"]), full(["b/x"]), "as answered"),
    )


def test_no_change_names_more_ids_than_a_file_may_have() -> None:
    old = an_edition([(f"a/n{n}", f"Old {n}", None) for n in range(1500)])

    changes = changes_to_write(compare(old, an_edition([("b/x", "Ex", None)])), {})

    assert [len(each.before) for each in changes] == [1000, 500]


def test_a_change_to_an_id_that_another_lesson_had_is_a_fault() -> None:
    change = a_change("renamed", "a/one", "a/two")
    old = an_edition([("a/one", "One", "p"), ("a/two", "Two", "q")])
    new = an_edition([("a/two", "Two", "q")], [change])

    assert compare(old, new).faults == (Reuse("llmpath:a/two", change),)


def test_what_a_change_retires_is_declared_and_the_rest_is_not() -> None:
    old = an_edition([("a/one", "One", None), ("a/two", "Two", None)])
    change = a_change("retired", "a/one")
    compared = compare(old, an_edition([("a/three", "Three", None)], [change]))
    assert compared.retired == full(("a/one", "a/two"))
    assert compared.undeclared == full(["a/two"])


def test_a_lesson_made_unclear_is_retired_no_more() -> None:
    old = an_edition([("a/one", "One", None), ("a/two", "Two", None)])
    compared = compare(old, an_edition([("a/three", "Three", None)]))
    unclear = Unclear("llmpath:a/two", full(["a/three"]))
    told = with_unclear(compared, [unclear])
    assert (told.retired, told.unclear) == (full(["a/one"]), (unclear,))
    assert with_unclear(told, [unclear]) == told
