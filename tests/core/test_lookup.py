"""What an id means: exact, then prefix, then words; active tracks first."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

from llmpath.core.curriculum import (
    Curriculum,
    Route,
    curriculum_of,
    join_curricula,
    make_route,
    own_part,
    shown_id,
)
from llmpath.core.lookup import (
    Step,
    find,
    find_candidates,
    find_track,
    near_things,
)
from llmpath.errors import UnknownIdError
from tests.builders import a_curriculum, a_lesson, a_module, a_track
from tests.core.ledgers import a_change
from tests.strategies import curricula, law

ILLUSTRATED = a_module(
    "illustrated-transformer",
    [
        a_lesson("llmpath:illustrated-transformer/high-level"),
        a_lesson("llmpath:illustrated-transformer/self-attention"),
        a_lesson("llmpath:illustrated-transformer/self-test"),
    ],
)
ATTENTION = a_module(
    "attention",
    [
        a_lesson("llmpath:attention/scores", title="Scores: dot products (again)"),
        a_lesson("llmpath:attention/quiz"),
    ],
)
GPT = a_module(
    "gpt",
    [
        a_lesson("llmpath:gpt/attention-heads", title="Heads of attention"),
        a_lesson("llmpath:gpt/quiz"),
    ],
)
GPU = a_module("gpu-basics", [a_lesson("llmpath:gpu-basics/memory")])
IMPORTED = a_module("x", 0)._replace(
    id="other:gpu-basics",
    title="Hardware",
    lessons=(a_lesson("other:gpu-basics/warm-up"),),
)

CURRICULUM = a_curriculum(
    [a_track("short", [ILLUSTRATED, ATTENTION]), a_track("long", [GPT])],
    [GPT, ILLUSTRATED, ATTENTION, GPU, IMPORTED],
)
SHORT = make_route(CURRICULUM, ["llmpath:short"])


@pytest.mark.parametrize(
    ("text", "expected", "step"),
    [
        pytest.param("attention", "attention", Step.EXACT, id="module"),
        pytest.param("attention/scores", "attention/scores", Step.EXACT, id="both"),
        pytest.param("scores", "attention/scores", Step.EXACT, id="slug"),
        pytest.param(
            "llmpath:attention/scores", "attention/scores", Step.EXACT, id="full id"
        ),
        pytest.param("llmpath:attention", "attention", Step.EXACT, id="full module id"),
        pytest.param("  Attention ", "attention", Step.EXACT, id="case and spaces"),
        pytest.param(
            "ill",
            "illustrated-transformer",
            Step.PREFIX,
            id="a module, not its lessons",
        ),
        pytest.param(
            "ill/self-a",
            "illustrated-transformer/self-attention",
            Step.PREFIX,
            id="both parts abbreviated",
        ),
        pytest.param(
            "llmpath:ill/hi",
            "illustrated-transformer/high-level",
            Step.PREFIX,
            id="full id, abbreviated",
        ),
        pytest.param(
            "high",
            "illustrated-transformer/high-level",
            Step.PREFIX,
            id="part of a slug",
        ),
        pytest.param(
            "dot products", "attention/scores", Step.WORDS, id="words of a title"
        ),
        pytest.param(
            "again, dot", "attention/scores", Step.WORDS, id="words in any order"
        ),
        pytest.param("quiz", "attention/quiz", Step.EXACT, id="active tracks first"),
        pytest.param(
            "gpt/quiz", "gpt/quiz", Step.EXACT, id="elsewhere by its whole id"
        ),
        pytest.param(
            "gp/att", "gpt/attention-heads", Step.PREFIX, id="elsewhere, prefix"
        ),
        pytest.param("heads", "gpt/attention-heads", Step.WORDS, id="elsewhere, words"),
        pytest.param("mem", "gpu-basics/memory", Step.PREFIX, id="in no track"),
        pytest.param(
            "other:gpu-basics", "other:gpu-basics", Step.EXACT, id="added curriculum"
        ),
        pytest.param(
            "other:gpu/w", "other:gpu-basics/warm-up", Step.PREFIX, id="added, prefix"
        ),
        pytest.param(
            "warm-up", "other:gpu-basics/warm-up", Step.EXACT, id="added, slug"
        ),
        pytest.param("gpu-basics", "gpu-basics", Step.EXACT, id="bundled before added"),
        pytest.param(
            "gpu-basics/warm-up",
            "other:gpu-basics/warm-up",
            Step.EXACT,
            id="added, without its name",
        ),
        pytest.param(
            "gpu/wa",
            "other:gpu-basics/warm-up",
            Step.PREFIX,
            id="added, without its name, prefix",
        ),
    ],
)
def test_an_id_means_the_first_thing_that_matches(
    text: str, expected: str, step: Step
) -> None:
    match = find(text, CURRICULUM, SHORT)

    assert (shown_id(match.thing.id), match.step) == (expected, step)


def test_a_match_tells_a_lesson_from_a_module() -> None:
    assert find("scores", CURRICULUM, SHORT).lesson == ATTENTION.lessons[0]
    assert find("attention", CURRICULUM, SHORT).lesson is None


def test_an_exact_match_decides_although_others_begin_alike() -> None:
    longer = a_module("attention-is-all", 1)
    road = make_route(
        a_curriculum([a_track("one", [longer, ATTENTION])], [longer, ATTENTION]),
        ["llmpath:one"],
    )

    assert find("attention", CURRICULUM, road).thing == ATTENTION


def test_the_exact_id_of_a_module_outweighs_a_lesson_of_that_name() -> None:
    other = a_module("heads", [a_lesson("llmpath:heads/attention")])
    curriculum = a_curriculum([a_track("one", [other, ATTENTION])], [other, ATTENTION])
    route = make_route(curriculum, ["llmpath:one"])

    assert find("attention", curriculum, route).thing == ATTENTION
    assert find("heads/attention", curriculum, route).thing == other.lessons[0]


def test_active_tracks_win_with_a_prefix_over_an_exact_match_elsewhere() -> None:
    exact = a_module("sel", 1)
    curriculum = a_curriculum(
        [a_track("short", [ATTENTION])], [ATTENTION, exact, a_module("score", 1)]
    )
    route = make_route(curriculum, ["llmpath:short"])

    assert find("score", curriculum, route).thing == ATTENTION.lessons[0]
    assert find("sel", curriculum, route).thing == exact


@pytest.mark.parametrize(
    ("text", "near"),
    [
        pytest.param(
            "ill/self",
            [
                "  illustrated-transformer/self-attention  Self attention",
                "  illustrated-transformer/self-test  Self test",
            ],
            id="two by prefix",
        ),
        pytest.param(
            "gp", ["  gpt  Gpt", "  gpu-basics  Gpu basics"], id="two elsewhere"
        ),
    ],
)
def test_an_id_that_matches_twice_is_refused_with_what_it_matches(
    text: str, near: list[str]
) -> None:
    with pytest.raises(UnknownIdError) as refused:
        find(text, CURRICULUM, SHORT)

    assert refused.value.message == f"'{text}' matches 2 ids"
    assert list(refused.value.detail) == near
    assert refused.value.exit_code == 1


def test_words_that_stand_in_two_titles_name_titles_and_not_ids() -> None:
    modules = [
        a_module("one", 1)._replace(title="Deep nets"),
        a_module("two", 1)._replace(title="Nets"),
    ]
    curriculum = a_curriculum([a_track("road", modules)], modules)
    route = make_route(curriculum, ["llmpath:road"])

    with pytest.raises(UnknownIdError, match="'nets' matches 2 titles"):
        find("nets", curriculum, route)
    assert find_candidates("nets", curriculum, route) == (tuple(modules), Step.WORDS)


@law(curricula(), st.text("m0123-/ :", max_size=8))
def test_what_is_found_is_the_one_candidate(curriculum: Curriculum, text: str) -> None:
    route = whole_route(curriculum)
    things, step = find_candidates(text, curriculum, route)
    if len(things) == 1:
        assert find(text, curriculum, route) == (things[0], step)
    else:
        assert (step is None) is (not things)
        with pytest.raises(UnknownIdError):
            find(text, curriculum, route)


def test_an_ambiguous_step_is_not_left_for_a_later_one() -> None:
    one = a_module("one", [a_lesson("llmpath:one/same"), a_lesson("llmpath:one/b")])
    two = a_module("two", [a_lesson("llmpath:two/same")])
    three = a_module("three", [a_lesson("llmpath:three/x", title="Same")])
    curriculum = a_curriculum([a_track("road", [one, two, three])], [one, two, three])

    with pytest.raises(UnknownIdError, match="matches 2 ids"):
        find("same", curriculum, make_route(curriculum, ["llmpath:road"]))


@pytest.mark.parametrize(
    ("text", "near"),
    [
        pytest.param("atention", ("near ones:", "  attention  Attention"), id="typo"),
        pytest.param("zebra-crossing", (), id="nothing near"),
        pytest.param(
            "atten/qiuz",
            ("near ones:", "  attention/quiz  Quiz"),
            id="in a module",
        ),
        pytest.param("", (), id="empty"),
        pytest.param("  ", (), id="blank"),
        pytest.param("short", (), id="a track is no module"),
        pytest.param("ucts", (), id="the end of a word"),
    ],
)
def test_an_id_that_matches_nothing_is_refused_with_near_ones(
    text: str, near: tuple[str, ...]
) -> None:
    with pytest.raises(UnknownIdError) as refused:
        find(text, CURRICULUM, SHORT)

    assert refused.value.message == f"nothing has the id '{text}'"
    assert refused.value.detail[:2] == near


def test_at_most_five_near_ones_are_listed() -> None:
    modules = [a_module(f"lecture-{n}", 1) for n in range(9)]
    curriculum = a_curriculum([a_track("road", modules)], modules)
    route = make_route(curriculum, ["llmpath:road"])

    with pytest.raises(UnknownIdError, match="matches 9 ids") as refused:
        find("lecture", curriculum, route)

    assert len(refused.value.detail) == 5
    assert len(near_things("lecture-x", modules)) == 5


def whole_route(curriculum: Curriculum) -> Route:
    return make_route(curriculum, curriculum.tracks)


@law(curricula())
def test_every_full_id_finds_its_own_thing(curriculum: Curriculum) -> None:
    for route in (whole_route(curriculum), make_route(curriculum, ())):
        for module in curriculum.modules.values():
            assert find(module.id, curriculum, route).thing == module
            assert find(shown_id(module.id), curriculum, route).thing == module
            for lesson in module.lessons:
                assert find(lesson.id, curriculum, route) == (lesson, Step.EXACT)


@law(curricula(), curricula())
def test_a_module_on_the_road_is_found_without_the_name_of_its_curriculum(
    bundled: Curriculum, added: Curriculum
) -> None:
    own = renamed(added, "own")
    both = join_curricula(bundled, [own])
    road = make_route(both, own.tracks)
    for place in road.modules.values():
        assert find(own_part(place.module.id), both, road).thing == place.module
        for lesson in place.module.lessons:
            assert find(own_part(lesson.id), both, road) == (lesson, Step.EXACT)


@law(curricula(), curricula(), st.sampled_from([(), ("llmpath", "own")]))
def test_what_stands_on_screen_is_what_is_found_among_two_curricula(
    bundled: Curriculum, added: Curriculum, active: tuple[str, ...]
) -> None:
    own = renamed(added, "own")
    both = join_curricula(bundled, [own])
    tracks = [each for each in both.tracks if curriculum_of(each) in active]
    road = make_route(both, tracks)
    for module in both.modules.values():
        if active and module.id not in road.modules:
            continue  # an active one comes first
        assert find(shown_id(module.id), both, road).thing == module
        for lesson in module.lessons:
            assert find(shown_id(lesson.id), both, road) == (lesson, Step.EXACT)


def test_without_a_name_an_id_that_two_added_curricula_have_is_refused() -> None:
    modules = [
        a_module("m", 0)._replace(id=f"{name}:knots", title=name)
        for name in ("one", "two")
    ]
    curriculum = a_curriculum([], modules)
    with pytest.raises(UnknownIdError, match="'knots' matches 2 ids") as refused:
        find("knots", curriculum, make_route(curriculum, ()))
    assert list(refused.value.detail) == ["  one:knots  one", "  two:knots  two"]
    assert find("two:knots", curriculum, make_route(curriculum, ())).thing == modules[1]


def test_a_former_id_of_an_added_curriculum_is_told_without_its_name() -> None:
    change = a_change("renamed", "attention/sc", "attention/scores")
    moved = CURRICULUM._replace(changes=(change,))
    both = join_curricula(a_curriculum([], []), [renamed(moved, "own")])
    road = make_route(both, ["own:short"])
    for text in ("own:attention/sc", "attention/sc"):
        with pytest.raises(UnknownIdError, match="has another id") as refused:
            find(text, both, road)
        assert refused.value.detail[0].startswith("  own:attention/scores  ")


def renamed(curriculum: Curriculum, name: str) -> Curriculum:
    """The same curriculum under another id."""

    def other(full: str) -> str:
        return f"{name}:{own_part(full)}"

    modules = {
        other(key): module._replace(
            id=other(key),
            lessons=tuple(
                each._replace(id=other(each.id), module=other(key))
                for each in module.lessons
            ),
        )
        for key, module in curriculum.modules.items()
    }
    tracks = {
        other(key): track._replace(
            id=other(key),
            phases=tuple(
                phase._replace(
                    modules=tuple(
                        each._replace(module=other(each.module))
                        for each in phase.modules
                    )
                )
                for phase in track.phases
            ),
        )
        for key, track in curriculum.tracks.items()
    }
    return curriculum._replace(
        id=name,
        tracks=tracks,
        modules=modules,
        lessons={x.id: x for each in modules.values() for x in each.lessons},
        changes=tuple(
            each._replace(
                before=tuple(map(other, each.before)),
                after=tuple(map(other, each.after)),
            )
            for each in curriculum.changes
        ),
    )


@law(curricula(), st.text("m0123-/ :", max_size=8))
def test_any_text_is_found_once_or_refused(curriculum: Curriculum, text: str) -> None:
    try:
        match = find(text, curriculum, whole_route(curriculum))
    except UnknownIdError:
        return
    if match.step is Step.PREFIX and "/" not in text:
        ids = (shown_id(match.thing.id), match.thing.id.rpartition("/")[2])
        assert any(each.startswith(text.strip()) for each in (*ids, match.thing.id))


FORMER = CURRICULUM._replace(
    changes=(
        a_change("renamed", "attention/sc", "attention/scores"),
        a_change("moved", "gp", "gpt"),
        a_change("moved", "quiz", "attention"),
        a_change("retired", "gpt/att"),
    )
)


@pytest.mark.parametrize(
    ("text", "message", "shown"),
    [
        ("attention/sc", "has another id since edition 2026.11", "attention/scores  "),
        ("LLMPATH:attention/sc", "has another id since edition", "attention/scores  "),
        ("gp", "has another id since edition", "gpt  "),
        ("gp/quiz", "has another id since edition", "gpt/quiz  "),
        ("gpt/att", "is not in the curriculum any more", "edition 2026.11 says: tests"),
    ],
)
def test_a_former_id_is_told_and_not_taken_for_the_beginning_of_another(
    text: str, message: str, shown: str
) -> None:
    with pytest.raises(UnknownIdError, match=message) as refused:
        find(text, FORMER, SHORT)
    assert shown in refused.value.detail[0]
    assert find_candidates(text, FORMER, SHORT).step is None


def test_a_former_id_that_another_thing_has_now_is_that_thing() -> None:
    assert find("quiz", FORMER, SHORT).thing.id == "llmpath:attention/quiz"
    assert find("attention/sco", FORMER, SHORT).thing.id == "llmpath:attention/scores"


def test_tracks_are_found_by_their_exact_id_only() -> None:
    assert find_track("short", CURRICULUM) == CURRICULUM.tracks["llmpath:short"]
    assert find_track("llmpath:short", CURRICULUM) is not None
    assert find_track("sho", CURRICULUM) is None
    assert find_track("Short", CURRICULUM) is None
