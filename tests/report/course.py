"""A course with real titles, and learners in several situations, to draw."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from llmpath.core.availability import WeekMinutes
from llmpath.core.curriculum import (
    Alternative,
    Lesson,
    Module,
    Phase,
    PhaseModule,
    Price,
    Track,
)
from llmpath.core.events import (
    AvailabilitySet,
    Event,
    LeaveSet,
    LessonsCompleted,
    NoteAdded,
    Record,
    StudyLogged,
    TargetSet,
    TrackStarted,
)
from llmpath.core.folding import fold
from llmpath.core.scheduling import make_plan
from llmpath.core.situation import Situation, make_situation
from tests.builders import TODAY, a_curriculum, a_lesson, a_module, a_record, a_track

WEEK: WeekMinutes = (60, 60, 60, 60, 60, 0, 0)
START = date(2026, 11, 2)
SATURDAY = TODAY + timedelta(days=1)
CHRISTMAS = {date(2026, 12, 24) + timedelta(days=n): 0 for n in range(9)}


def lessons(module: str, *rows: tuple[str, int, str]) -> list[Lesson]:
    """Lessons of a module from rows of slug, minutes and title."""
    return [
        a_lesson(f"llmpath:{module}/{slug}", minutes, title=title)
        for slug, minutes, title in rows
    ]


POST = a_module(
    "illustrated-transformer",
    lessons(
        "illustrated-transformer",
        (
            "self-attention-detail",
            25,
            "From the overview to self-attention as matrices",
        ),
        ("heads-positions-decoder", 30, "Many heads, positions, decoder and training"),
        ("transformer-animation", 15, "Animated update of 2025"),
    ),
    note="It shows the encoder-decoder model of 2017; today's models are decoder-only "
    "and code positions in other ways. The text lives on its figures.",
)._replace(
    title="The Illustrated Transformer",
    outcomes=(
        "Sketch the encoder and the decoder stack of the 2017 transformer",
        "Explain why attention scores are divided by the square root of the key size",
    ),
    alternatives=(
        Alternative(
            "The Annotated Transformer",
            "https://example.org/annotated-transformer",
            "those who would rather read code",
        ),
    ),
)
GPT = a_module(
    "lets-build-gpt",
    lessons(
        "lets-build-gpt",
        ("data-and-batches", 22, "Text, characters as tokens, batches"),
        ("self-attention-in-code", 37, "Self-attention in code, with six notes"),
        ("gpt-code-along", 190, "Type the code along with the video"),
    ),
    after=["illustrated-transformer"],
    note="Minutes are watching only; coding along about doubles them.",
)._replace(
    title="Let's build GPT: from scratch, in code, spelled out",
    assumes=("Python", "basic PyTorch tensors"),
    price=Price("about US$49 a month", "a subscription", "recalled", None),
)
RLHF = a_module(
    "illustrating-rlhf",
    lessons(
        "illustrating-rlhf",
        ("rlhf-post", 45, "RLHF step by step: pretraining, reward model, policy"),
    ),
    after=["lets-build-gpt"],
)._replace(title="Illustrating Reinforcement Learning from Human Feedback (RLHF)")
TALKS = a_module(
    "llm-talks",
    lessons(
        "llm-talks", ("future-of-llms", 70, "Shaping the future of language models")
    ),
)._replace(title="CS25: more talks on language models")
SEQUENCES = a_module(
    "sequence-models",
    lessons(
        "sequence-models",
        ("build-an-rnn", 180, "Assignment: build a recurrent network step by step"),
        ("attention-quiz", 30, "Week 3 quiz: sequence models and attention"),
        ("attention-translator", 240, "Assignment: translation with attention"),
    ),
    after=["lets-build-gpt"],
)._replace(title="Sequence Models")


def with_details(module: Module) -> Module:
    """The module with lessons that cost money, need a GPU or are optional."""
    first, *middle, last = module.lessons
    changed = [
        first._replace(stop="Matrix calculation of self-attention"),
        *middle,
        last._replace(
            kind="lab", access="paid", needs=("gpu",), basis="recalled", stop="42:13"
        ),
    ]
    return module._replace(lessons=tuple(changed))


def with_optional_end(module: Module) -> Module:
    """The module with an optional last lesson."""
    *others, last = module.lessons
    return module._replace(lessons=(*others, last._replace(optional=True)))


MODULES = [with_optional_end(POST), with_details(GPT), RLHF, SEQUENCES, TALKS]
SHORT: Track = a_track("short", [(TALKS, True), POST, GPT, RLHF])._replace(
    title="Shorter roadmap",
    summary="How a transformer computes, how a GPT is built and trained, how it is "
    "made to answer as people prefer.",
)
LONG = Track(
    id="llmpath:long",
    title="Long roadmap",
    summary="From a first transformer to sequence models and talks.",
    audience="people with Python and school algebra",
    stated_hours=(80, None),
    source="Understanding LLM Architecture, long roadmap",
    phases=(
        Phase(
            "long-transformers",
            "Transformers and GPT",
            "Follow a sentence through a transformer.",
            (PhaseModule(POST.id, optional=False), PhaseModule(GPT.id, optional=False)),
        ),
        Phase(
            "long-deep-learning",
            "Deep Learning",
            "Write, train and tune neural networks.",
            (
                PhaseModule(SEQUENCES.id, optional=False),
                PhaseModule(TALKS.id, optional=True),
            ),
        ),
        Phase(
            "long-alignment",
            "Alignment",
            "Explain how models are made to answer.",
            (PhaseModule(RLHF.id, optional=False),),
        ),
    ),
)
CURRICULUM = a_curriculum([SHORT, LONG], MODULES)


def begun(
    *later: Record,
    tracks: Iterable[Track | str] = (LONG,),
    start: date = START,
    target: date | None = None,
    today: date = TODAY,
) -> Situation:
    """A learner who started on a day, and what happened later.

    Args:
        tracks: Those to a goal by their ids.
    """
    ids = [each if isinstance(each, str) else each.id for each in tracks]
    events: list[Event] = [
        TrackStarted(tuple(ids), start, "llmpath", "2026.11", "j"),
        AvailabilitySet(start, WEEK),
        LeaveSet(CHRISTMAS),
        TargetSet(target),
    ]
    first = a_record(*events, day=min(start, today))
    fresh = make_situation(CURRICULUM, fold([first]), min(start, today))
    started = a_record(*events, make_plan(fresh), day=min(start, today))
    return make_situation(CURRICULUM, fold([started, *later]), today)


def done(n: int, day: date, *ids: str) -> Record:
    """A record that completes lessons."""
    full = [f"llmpath:{each}" for each in ids]
    minutes = {each: CURRICULUM.lessons[each].minutes for each in full}
    return a_record(LessonsCompleted(minutes, "2026.11"), n=n, day=day)


def logged(n: int, day: date, lesson: str, minutes: int) -> Record:
    """A record of study time."""
    return a_record(StudyLogged(f"llmpath:{lesson}", minutes), n=n, day=day)


def noted(n: int, day: date, thing: str, text: str) -> Record:
    """A record with a note."""
    return a_record(NoteAdded(f"llmpath:{thing}", text), n=n, day=day)


FIRST_WEEK = (
    done(2, date(2026, 11, 2), "illustrated-transformer/self-attention-detail"),
    done(3, date(2026, 11, 3), "illustrated-transformer/heads-positions-decoder"),
    done(4, date(2026, 11, 4), "lets-build-gpt/data-and-batches"),
    noted(5, date(2026, 11, 4), "lets-build-gpt", "Shapes of Q and K: look again"),
)
SECOND_WEEK = (
    done(6, date(2026, 11, 10), "lets-build-gpt/self-attention-in-code"),
    logged(7, date(2026, 11, 17), "lets-build-gpt/gpt-code-along", 50),
)
ALL = tuple(
    f"{module.id.removeprefix('llmpath:')}/{lesson.id.rpartition('/')[2]}"
    for module in MODULES
    for lesson in module.lessons
)
REQUIRED = tuple(
    each
    for each in ALL
    if not each.startswith("llm-talks") and not each.endswith("animation")
)
