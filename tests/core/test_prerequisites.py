"""Study order, what waits for what, and cycles; with naive twins."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from llmpath.core.curriculum import Curriculum, Lesson, Route, make_route
from llmpath.core.events import LessonsIncluded, LessonsSkipped
from llmpath.core.prerequisites import Waiting, study_order, unmet
from tests.builders import a_curriculum, a_lesson, a_module, a_track
from tests.strategies import Study, a_study, curricula, law, m, one_track


def route_of(curriculum: Curriculum) -> Route:
    return make_route(curriculum, curriculum.tracks)


def needed_lessons(route: Route, lesson: Lesson) -> set[str]:
    """Ids of the required lessons that stand before a lesson, by the contract."""
    needed = route.modules[lesson.module].module.prerequisites
    return {
        each.id for entry in needed for each in route.required_lessons(entry.module)
    }


def naive_order(route: Route, lessons: Sequence[Lesson]) -> list[str]:
    """Walk the lessons; before one, emit what it needs, depth first."""
    order: list[str] = []

    def emit(lesson: Lesson) -> None:
        if lesson.id not in order:
            for needed in route.modules[lesson.module].module.prerequisites:
                for each in lessons:
                    if each.module == needed.module and route.requires(each):
                        emit(each)
            order.append(lesson.id)

    for lesson in lessons:
        emit(lesson)
    return order


@st.composite
def some_lessons(draw: st.DrawFn) -> tuple[Route, tuple[Lesson, ...]]:
    """Some lessons of a road, in any order."""
    route = route_of(draw(curricula()))
    lessons = list(route.lessons())
    count = draw(st.integers(0, len(lessons)))
    return route, tuple(draw(st.permutations(lessons))[:count])


@law(some_lessons())
def test_an_order_of_study_holds_each_lesson_once_after_what_it_needs(
    given: tuple[Route, tuple[Lesson, ...]],
) -> None:
    route, lessons = given

    order = study_order(route, lessons)

    assert sorted(order) == sorted(lessons)
    ids = [each.id for each in order]
    for nth, lesson in enumerate(order):
        assert needed_lessons(route, lesson).isdisjoint(ids[nth:])


@law(some_lessons())
def test_what_is_in_order_of_study_is_left_as_it_is(
    given: tuple[Route, tuple[Lesson, ...]],
) -> None:
    route, lessons = given
    order = study_order(route, lessons)

    assert study_order(route, order) == order


@law(some_lessons())
def test_the_order_is_that_of_the_naive_walk(
    given: tuple[Route, tuple[Lesson, ...]],
) -> None:
    route, lessons = given

    order = study_order(route, lessons)

    assert [each.id for each in order] == naive_order(route, lessons)


@law(curricula())
def test_without_prerequisites_the_order_is_that_of_the_tracks(
    curriculum: Curriculum,
) -> None:
    modules = {
        key: each._replace(prerequisites=()) for key, each in curriculum.modules.items()
    }
    route = route_of(curriculum._replace(modules=modules))
    lessons = tuple(route.lessons())

    assert study_order(route, lessons) == lessons


def ordered(curriculum: Curriculum) -> list[str]:
    route = route_of(curriculum)
    order = study_order(route, route.lessons())
    return [each.id for each in order]


def test_a_prerequisite_stands_just_before_its_first_use() -> None:
    curriculum = one_track(30, 30, 30, 30, after={1: (3,), 2: (3,)})

    assert ordered(curriculum) == [m(0), m(3), m(1), m(2)]


def test_a_chain_across_tracks_is_pulled_from_its_beginning() -> None:
    first, second, third = (
        a_module("m0", 1, after=["m2"]),
        a_module("m1", 1),
        a_module("m2", 1, after=["m1"]),
    )
    tracks = [a_track("one", [first]), a_track("two", [third, second])]

    assert ordered(a_curriculum(tracks, [first, second, third])) == [m(1), m(2), m(0)]


def test_a_prerequisite_that_is_on_no_active_track_does_not_count() -> None:
    first, second = a_module("m0", 1, after=["m1"]), a_module("m1", 1)
    curriculum = a_curriculum([a_track("one", [first])], [first, second])
    study = a_study(curriculum)

    assert ordered(curriculum) == [m(0)]
    assert list(unmet(study.situation.route, study.progress, "llmpath:m0")) == []


def test_optional_lessons_of_a_prerequisite_are_not_pulled_forward() -> None:
    needed = [a_lesson(m(1, 1)), a_lesson(m(1, 2), optional=True), a_lesson(m(1, 3))]
    modules = [a_module("m0", 1, after=["m1"]), a_module("m1", needed)]
    curriculum = a_curriculum([a_track("one", modules)], modules)

    assert ordered(curriculum) == [m(1, 1), m(1, 3), m(0), m(1, 2)]


def test_a_chain_of_three_thousand_modules_is_put_in_order() -> None:
    count = 3000
    curriculum = one_track(*[10] * count, after={n: (n + 1,) for n in range(count - 1)})

    assert ordered(curriculum) == [m(n) for n in reversed(range(count))]


def waiting(study: Study, module: str) -> list[tuple[str, list[str]]]:
    found = unmet(study.situation.route, study.progress, module)
    return [(each.module, [lesson.id for lesson in each.lessons]) for each in found]


def test_a_prerequisite_is_met_when_each_required_lesson_is_done_or_skipped() -> None:
    needed = [a_lesson(m(1, 1)), a_lesson(m(1, 2)), a_lesson(m(1, 3), optional=True)]
    modules = [a_module("m0", 1, after=["m1", "m2"]), a_module("m1", needed)]
    modules.append(a_module("m2", 1))
    study = a_study(a_curriculum([a_track("one", modules)], modules))
    half = study.done(m(1, 1))
    met = half.then(LessonsSkipped((m(1, 2),), known=False))

    assert waiting(study, "llmpath:m0") == [
        ("llmpath:m1", [m(1, 1), m(1, 2)]),
        ("llmpath:m2", [m(2)]),
    ]
    assert waiting(half, "llmpath:m0")[0] == ("llmpath:m1", [m(1, 2)])
    assert waiting(met, "llmpath:m0") == [("llmpath:m2", [m(2)])]
    assert waiting(met.done(m(2)), "llmpath:m0") == []


def test_a_module_without_required_lessons_never_blocks() -> None:
    needed = [a_lesson(m(1, 1), optional=True), a_lesson(m(1, 2), optional=True)]
    modules = [a_module("m0", 1, after=["m1"]), a_module("m1", needed)]
    study = a_study(a_curriculum([a_track("one", modules)], modules))

    assert waiting(study, "llmpath:m0") == []


def test_an_optional_module_never_blocks_not_even_by_what_was_included_of_it() -> None:
    first, second = a_module("m0", 1, after=["m1"]), a_module("m1", 2)
    tracks = [a_track("one", [first, (second, True)])]
    study = a_study(a_curriculum(tracks, [first, second]))
    included = study.then(LessonsIncluded((m(1, 2),)))

    assert waiting(study, "llmpath:m0") == []
    assert waiting(included, "llmpath:m0") == []


def test_what_waits_names_the_lessons_themselves() -> None:
    study = a_study(one_track(30, 30, after={1: (0,)}))
    lesson = study.curriculum.lessons[m(0)]

    found = list(unmet(study.situation.route, study.progress, "llmpath:m1"))

    assert found == [Waiting("llmpath:m0", (lesson,))]
